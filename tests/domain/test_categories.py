"""The shipped dictionaries say what the models list; a file with faults is refused line by line."""

from __future__ import annotations

import pytest

from weipian_plugin.domain.categories import Dictionary, parse_categories
from weipian_plugin.domain.plan.reader import PlanError
from weipian_plugin.paths import plan_file


def text_of(stem):
    return plan_file(f"{stem}.yaml").read_text(encoding="utf-8")


def load(stem):
    return parse_categories(text_of(stem), f"{stem}.yaml")


def names(categories, result):
    return [item.full_name for item in categories.categories if item.result == result]


def test_model_a():
    read = load("categories_2021")
    assert names(read, "合法") == ["当年审批", "往年审批", "其他合法用地", "增减挂钩"]
    illegal = "未报即用 边报边用 未供即用 超占用地 擅自改变用途 非法批地 违法方式供地 其他违法用地"
    assert names(read, "违法") == illegal.split()
    other = (
        "临时用地 设施农用地 实地伪变化 农村道路 大棚及种植设施 203范围内 宅基地 推填土 非卫片关心变化"
        " 伪图斑提取错误 采矿用地 其他用地 实地未变化 特殊用地"
    )
    assert names(read, "其他") == other.split()
    unverified = {item.name for item in read.categories if item.unverified}
    assert unverified == {*illegal.split(), "增减挂钩", "实地未变化", "特殊用地"}
    assert read.unverified


def test_model_b():
    read = load("categories_2026")
    assert names(read, "合法")[:4] == ["批文", "供地手续", "登记发证", "其他"]
    assert names(read, "违法") == [
        *(f"工矿商服/{name}" for name in "厂房类 光伏 硬化 文旅 采矿用地 挖湖造景".split()),
        *(f"民生公益/{name}" for name in "公共管理和公共服务 城镇住宅 特殊用地".split()),
        *(f"道路交通/{name}" for name in "高速高铁 国省干道 地方城镇道路".split()),
        "圈占堆放等其他用地/圈占/堆放压占",
        "非粮违法",
    ]
    eighteen = (
        "边角细缝 边坡治理 地下管廊（网） 农村宅基地 直接服务于河道的水工建筑/涉海用地 JY 农村土坟"
        " 203范围及开天窗 SM 省外飞地"
        " 出入口 紧急用地 合法矿区内的矿山修复治理 生态修复用地 电力设施 灾毁地块 水面高架桥 其他"
    ).split()
    assert len(eighteen) == 18
    other = names(read, "其他")
    assert [name for name in other if name in eighteen] == eighteen
    assert set(other) - set(eighteen) == {"农村道路", "设施农用地", "临时用地", "伪变化"}


def test_model_c():
    read = load("categories_mining")
    assert names(read, "违法") == [
        *(f"勘查/{name}" for name in "无证勘查 越界勘查 非法转让探矿权 其他".split()),
        *(f"开采/{name}" for name in "无证开采 越界开采 非法转让采矿权 破坏性开采 其他".split()),
        "不按规定缴纳矿产资源补偿费",
        "非法批准/违法发证",
        "非法批准/其他",
    ]
    assert not any(item.is_counted for item in read.categories)


@pytest.mark.parametrize("stem", ["categories_2021", "categories_2026"])
def test_papers_and_the_ratio(stem):
    read = load(stem)
    assert {item.name for item in read.categories if item.is_counted} == set(names(read, "合法"))
    papers = {item.name for item in read.categories if item.needs_papers and item.result != "合法"}
    assert papers == ({"临时用地"} if stem == "categories_2021" else {"临时用地", "紧急用地"})
    assert all(item.needs_papers for item in read.categories if item.result == "合法")
    assert not any(item.needs_papers for item in read.categories if item.result == "违法")


EVIDENCE = {
    "当年审批": "项目名称 批准机关级别 批准机关名称 批准文号 批准时间 批准面积 备注",
    "设施农用地": "项目名称 用地协议备案编号 批准文号 批准用途 实际用途 批准面积 批准时间",
    "临时用地": "项目名称 批准文号 批准用途 实际用途 批准面积 批准时间 到期时间",
    "农村道路": "硬化情况 道路宽度（米）",
    "增减挂钩": "项目名称 项目编号 建新地块名称 建新地块面积",
}


def test_a_patch_of_unknown_kind_is_judged_by_either_dictionary():
    both = Dictionary(load("categories_2021"), load("categories_mining"))
    assert both.category("违法", "未报即用", "").name == "未报即用"
    assert both.category("违法", "无证开采", "").name == "无证开采"
    assert {"未报即用", "无证开采"} <= set(both.names("违法", ""))
    assert both.category("违法", "无证开采", "土地") is None


@pytest.mark.parametrize("stem", ["categories_2021", "categories_2026"])
@pytest.mark.parametrize(("category", "fields"), EVIDENCE.items())
def test_the_evidence_that_a_category_asks_for(stem, category, fields):
    dictionary = Dictionary(load(stem), load("categories_mining"))
    result = "合法" if category in ("当年审批", "增减挂钩") else "其他"
    found = dictionary.category(result, category, "土地")
    assert found.evidence == tuple(fields.split())


def test_the_columns_of_the_older_table_are_recorded_but_not_missed():
    found = next(item for item in load("categories_2021").categories if item.name == "未报即用")
    flags = "违反规划 单独选址 紧急用地 国家和省级重点工程 占用基本农田 农业结构调整 动态巡查已发现"
    assert found.evidence == ("项目名称", "建设时间", "实际用途", *flags.split(), "备注")
    assert found.asked == ("项目名称", "建设时间", "实际用途")
    mining = next(item for item in load("categories_mining").categories if item.name == "无证开采")
    assert mining.evidence == ("矿业权人", "矿种", "涉嫌罪名", "备注")
    crimes = load("categories_mining").fields["涉嫌罪名"].choices
    assert (mining.asked, crimes) == (("矿业权人", "矿种"), ("非法采矿罪", "破坏性采矿罪"))


@pytest.mark.parametrize("stem", ["categories_2021", "categories_2026", "categories_mining"])
def test_every_recorded_name_is_found_again_and_means_one_category(stem):
    read = load(stem)
    for item in read.categories:
        for kind in item.kinds:
            assert read.matching(item.result, read.stored_name(item), kind) == (item,)
            assert read.matching(item.result, item.full_name, kind) == (item,)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("name: 未报即用", "nam: 未报即用", "有不认识的“nam”"),
        (
            "result: 违法, name: 未报即用",
            "result: 违规, name: 未报即用",
            "“result”写作“违规”，不认识；允许：合法、违法、其他",
        ),
        ("name: 边报边用", "name: 未报即用", "“name”“未报即用”在“违法”里重复"),
        (
            "name: 当年审批, aliases: [批文,",
            "name: 当年审批, papers: 否, aliases: [批文,",
            "合法的必须有文号；允许：是",
        ),
        (
            "name: 推填土, materials: [照片]",
            "name: 推填土, evidence: 推土类",
            "“evidence”写作“推土类”，不认识",
        ),
        (
            "  农村道路: [硬化情况, 道路宽度（米）]",
            "  农村道路: [硬化, 道路宽度（米）]",
            "里的“硬化”不在 fields 里",
        ),
        ("{name: 批准面积, kind: 面积", "{name: 批准面积, kind: 亩数", "“kind”写作“亩数”，不认识"),
        ("{name: 建设时间}", "{name: 建设时间, asked: 可以}", "“asked”写作“可以”，不认识"),
        (
            "name: 农村道路, evidence: 农村道路",
            "name: 农村道路, evidence: 农村道路, required: [路基]",
            "“required”里的“路基”不是该类别的举证项；允许：硬化情况、道路宽度（米）",
        ),
        (
            "name: 宅基地, aliases: [农村宅基地]",
            "name: 宅基地, aliases: [推填土, 临时用地]",
            "“临时用地”也是“临时用地”的写法",
        ),
        ("role: approval, min_share: 95%", "role: forest, min_share: 95%", "“role”写作“forest”，不认识"),
        (
            "min_share: 95%, result: 其他, category: 临时用地",
            "min_share: 950%, result: 其他, category: 临时用地",
            "不是可用的数",
        ),
        ("result: 其他, category: 203范围内}", "result: 其他, category: 204}", "“204”不在“其他”的类别里"),
        ("  - {id: JY-4 农村道路, types: [ND],", "  - {id: JY-4 农村道路,", "没有条件，只能排在最后"),
        ("id: JY-4 农村道路", "id: JY-3 临时用地", "里的编号“JY-3 临时用地”重复"),
        ("title: 合法性判定类别字典（月清系统口径）", "title：合法性判定类别字典", "键的后面用了全角冒号"),
    ],
)
def test_a_fault_is_told_with_its_line(old, new, message):
    text = text_of("categories_2021")
    assert text.count(old) == 1, old
    changed = text.replace(old, new)
    place = "proposals:" if "编号" in message else new
    line = max(n for n, part in enumerate(changed.split("\n"), 1) if place in part and part[:1] != "#")
    with pytest.raises(PlanError) as caught:
        parse_categories(changed, "本局.yaml")
    told = str(caught.value)
    assert told.startswith("判定字典“本局.yaml”有")
    assert message in told
    lines = {problem.line for problem in caught.value.problems}
    assert line in lines


def test_a_result_without_categories_is_refused():
    text = "\n".join(line for line in text_of("categories_mining").split("\n") if "result: 其他" not in line)
    with pytest.raises(PlanError, match="里没有“其他”的类别"):
        parse_categories(text, "本局.yaml")


@pytest.mark.parametrize("text", ["", "- 1", "a: [", "results: 合法", "\x00"])
def test_what_is_no_dictionary(text):
    with pytest.raises(PlanError, match="判定字典“x”有"):
        parse_categories(text, "x")
