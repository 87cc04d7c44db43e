"""What is taken as a judgement, what is refused and why, by the shipped dictionaries."""

from __future__ import annotations

from datetime import date

import pytest

from weipian_plugin.domain.categories import Dictionary, parse_categories
from weipian_plugin.domain.determination import Case, Given, Refused, judge, require_open
from weipian_plugin.domain.stages import Stage
from weipian_plugin.paths import plan_file

TODAY = date(2021, 10, 20)
LAND = Case("土地", "2021-10-09", 2021, "2021-07-15", 5.0)
MINE = Case("矿产", "2021-10-09", 2021)


def load(name):
    return parse_categories(plan_file(f"{name}.yaml").read_text(encoding="utf-8"), f"{name}.yaml")


MINING = load("categories_mining")
A = Dictionary(load("categories_2021"), MINING)
B = Dictionary(load("categories_2026"), MINING)


def given(result, category="", document_no="", basis="经核查", decided_on="", **evidence):
    return Given("甲1", result, category, basis, document_no, decided_on, evidence)


def judged(*words, by=A, case=LAND, **more):
    return judge(given(*words, **more), case, by, TODAY)


def refused(*words, by=A, case=LAND, **more):
    with pytest.raises(Refused) as caught:
        judged(*words, by=by, case=case, **more)
    return str(caught.value)


def test_a_legal_one_is_taken_with_its_papers():
    taken = judged(
        "合法", "当年审批", "渝府地〔2021〕12号", 批准时间="2021/3/5", 批准面积="6.5亩", 项目名称="示例学校"
    )
    assert (taken.result, taken.category, taken.document_no) == ("合法", "当年审批", "渝府地〔2021〕12号")
    assert taken.decided_on == "2021-10-20"
    assert taken.evidence == {
        "项目名称": "示例学校",
        "批准时间": "2021-03-05",
        "批准面积": 6.5,
        "批准文号": "渝府地〔2021〕12号",
    }
    assert taken.dictionary.startswith("合法性判定类别字典（月清系统口径） 2021.1+")
    assert taken.remarks == ("举证项未填：批准机关级别、批准机关名称",)


@pytest.mark.parametrize("document_no", ["", "  ", "无", "暂无", "/", "—", "待补充"])
@pytest.mark.parametrize("category", ["当年审批", "往年审批", "其他合法用地"])
def test_a_legal_one_without_papers_is_refused(category, document_no):
    assert "必须有批准文件的文号" in refused("合法", category, document_no)


def test_papers_without_a_number_are_none():
    assert refused("合法", "当年审批", "有批文") == "文号“有批文”里没有号数，请写全文号"


@pytest.mark.parametrize("document_no", ["", "无"])
def test_an_illegal_one_needs_neither_papers_nor_intent(document_no):
    assert judged("违法", "未报即用", document_no).document_no == ""


@pytest.mark.parametrize(
    ("words", "by", "taken"),
    [
        (("违法用地", "其他"), A, ("违法", "其他违法用地")),
        (("非农违法", "厂房类"), B, ("违法", "厂房类")),
        (("非农违法", "工矿商服-厂房类"), B, ("违法", "厂房类")),
        (("违法", "圈占堆放等其他用地/圈占／堆放压占"), B, ("违法", "圈占/堆放压占")),
        (("违法", "非粮违法"), B, ("违法", "非粮违法")),
        (("设施农用地",), A, ("其他", "设施农用地")),
        (("农村道路",), B, ("其他", "农村道路")),
        (("其他", "实地为设施"), B, ("其他", "设施农用地")),
        (("其他用地", "伪变化"), A, ("其他", "实地伪变化")),
        (("其他", "其他"), B, ("其他", "其他")),
        (("其他", "地下管廊(网)"), B, ("其他", "地下管廊（网）")),
    ],
)
def test_other_spellings_come_to_the_dictionary_s_word(words, by, taken):
    one = judged(*words, by=by)
    assert (one.result, one.category) == taken


@pytest.mark.parametrize(
    ("category", "document_no", "year"),
    [("当年审批", "渝府地〔2019〕12号", 2019), ("往年审批", "渝府地〔2021〕12号", 2021)],
)
def test_a_category_that_contradicts_the_year_of_approval_is_refused(category, document_no, year):
    said = f"类别“{category}”与批准年份{year}不符（图斑属2021年），请核对类别、批准时间和文号"
    assert refused("合法", category, document_no) == said


@pytest.mark.parametrize(
    ("document_no", "approved", "category"),
    [
        ("渝府地〔2021〕12号", "", "当年审批"),
        ("渝府地〔2019〕12号", "", "往年审批"),
        ("渝府地12号", "2020-12-31", "往年审批"),
        ("渝府地〔2020〕12号", "2021年1月", "当年审批"),
    ],
)
def test_the_year_of_approval_tells_which_of_two(document_no, approved, category):
    assert judged("合法", "批文", document_no, 批准时间=approved).category == category


def test_without_the_year_the_person_must_say_which():
    text = refused("合法", "批文", "渝府地12号")
    assert text == "类别“批文”可指当年审批、往年审批，请写明其中一个，或填写批准时间"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("", "当年审批"), "没有填写判定结果"),
        (("可能合法", "当年审批"), "判定结果“可能合法”不认识，只能是合法、违法、其他、存疑"),
        (("不一致", ""), "判定结果“不一致”不认识，只能是合法、违法、其他、存疑"),
        (("合法", ""), "没有填写类别；合法的类别有：当年审批、往年审批、其他合法用地、增减挂钩"),
        (
            ("合法", "厂房类"),
            "类别“厂房类”不在合法的类别里；合法的类别有：当年审批、往年审批、其他合法用地、增减挂钩",
        ),
    ],
)
def test_result_and_category_must_exist(words, reason):
    assert refused(*words) == reason


def test_the_basis_must_be_there():
    assert refused("违法", "未报即用", basis=" ") == "没有填写判定依据"


@pytest.mark.parametrize("word", ["存疑", "无法判定", "无法核实", " 存 疑 "])
def test_what_cannot_be_told_is_a_value_of_its_own(word):
    taken = judged(word, basis="云遮，现场进不去")
    assert (taken.result, taken.category, taken.is_doubt) == ("存疑", "", True)
    assert taken.basis == "云遮，现场进不去"
    assert "写明为什么不能判定" in refused(word, basis="")


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [
        ({"到期时间": "2021-10-19"}, "到期时间2021-10-19早于判定日期2021-10-20，已经到期，不能作为依据"),
        ({"到期时间": "2021年9月"}, "到期时间2021-09早于判定日期2021-10-20，已经到期，不能作为依据"),
        ({"到期时间": "明年"}, "到期时间“明年”不是日期，应写成 2021-07-20 的样子"),
        ({"批准时间": "2021-10-21"}, "批准时间2021-10-21晚于判定日期2021-10-20"),
        ({"批准时间": "2021-02-30"}, "批准时间“2021-02-30”不是日期，应写成 2021-07-20 的样子"),
        ({"批准面积": "-1"}, "批准面积-1不能小于 0"),
        ({"批准面积": "约三亩"}, "批准面积“约三亩”不是数，应按亩只写数字"),
        ({"批准面积": "nan"}, "批准面积“nan”不是数，应按亩只写数字"),
        ({"批准文号": "别的〔2020〕1号"}, "文号“临〔2021〕3号”与批准文号“别的〔2020〕1号”不一致"),
    ],
)
def test_dates_areas_and_numbers_are_checked(evidence, reason):
    assert refused("其他", "临时用地", "临〔2021〕3号", **evidence) == reason


@pytest.mark.parametrize("until", ["2021-10-20", "2021年10月", "2021", "2022-01-01"])
def test_a_term_that_still_runs_is_taken(until):
    assert judged("其他", "临时用地", "临〔2021〕3号", 到期时间=until).category == "临时用地"


def test_a_term_that_ends_before_it_begins_is_refused():
    day = {"decided_on": "2021-10-10"}
    text = refused("其他", "临时用地", "临〔2021〕3号", 批准时间="2022", 到期时间="2021-12", **day)
    assert text == "批准时间2022晚于判定日期2021-10-10；到期时间2021-12早于批准时间2022"


def test_temporary_land_without_papers_is_not_other_land():
    assert "临时用地" in refused("其他", "临时用地")
    assert "不能核对是否到期" in "".join(judged("其他", "临时用地", "临〔2021〕3号").remarks)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2021-10-21", "判定日期2021-10-21还没有到"),
        ("2021-10-08", "判定日期2021-10-08早于收到图斑的日期2021-10-09"),
        ("10月9日", "判定日期“10月9日”不是日期，应写成 2021-07-20 的样子"),
        ("2021-10", "判定日期“2021-10”不是日期，应写成 2021-07-20 的样子"),
    ],
)
def test_the_day_of_judgement(day, reason):
    assert refused("违法", "未报即用", decided_on=day) == reason
    assert judged("违法", "未报即用", decided_on="2021年10月9日").decided_on == "2021-10-09"


def test_what_a_reviewer_should_look_at():
    taken = judged("合法", "批文", "渝府地〔2021〕12号", 批准时间="20210716", 批准面积="4.98", 道路宽度="3")
    assert taken.remarks == (
        "“批文”记为当年审批",
        "举证项未填：项目名称、批准机关级别、批准机关名称",
        "批准时间2021-07-16晚于后时相2021-07-15，请核对是否边报边用",
        "批准面积4.98亩小于图斑面积5.00亩",
        "不是该类别的举证项，没有记录：道路宽度",
    )


def test_mining_patches_have_their_own_categories():
    assert judged("违法", "无证开采", case=MINE).category == "无证开采"
    assert judged("违法", "开采/其他", case=MINE).category == "开采/其他"
    assert "可指勘查/其他、开采/其他、非法批准/其他" in refused("违法", "其他", case=MINE)
    assert "必须有批准文件的文号" in refused("合法", "持证开采", case=MINE)
    assert judged("合法", "持证开采", "C5001〔2020〕1号", case=MINE).evidence == {
        "许可证号": "C5001〔2020〕1号"
    }
    assert "不在违法的类别里" in refused("违法", "无证开采")
    assert judged("其他", "实地伪变化", case=MINE).dictionary.startswith("合法性判定类别字典")


@pytest.mark.parametrize("stage", list(Stage))
def test_in_which_stages_a_judgement_may_be_recorded(stage):
    def allowed(*words):
        try:
            require_open(judged(*words), stage)
        except Refused:
            return False
        return True

    assert allowed("违法", "未报即用") == (stage in ("待核查", "市级退回", "已判定"))
    assert allowed("存疑") == (stage in ("待核查", "市级退回"))


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("是", "是"),
        ("√", "是"),
        ("有", "是"),
        ("y", "是"),
        ("1", "是"),
        ("否", "否"),
        ("×", "否"),
        ("无", "否"),
        ("0", "否"),
    ],
)
def test_yes_and_no_in_every_spelling(written, taken):
    assert judged("违法", "未报即用", 占用基本农田=written).evidence["占用基本农田"] == taken


def test_what_is_neither_yes_nor_no_is_refused():
    assert refused("违法", "未报即用", 占用基本农田="一半") == "占用基本农田“一半”只能写是或否"


def test_an_office_may_insist_on_a_field_of_evidence():
    text = plan_file("categories_2026.yaml").read_text(encoding="utf-8")
    strict = text.replace(
        "name: 厂房类, evidence: 违法类", "name: 厂房类, evidence: 违法类, required: [建设时间]"
    )
    own = Dictionary(parse_categories(strict, "本局.yaml"), MINING)
    assert refused("违法", "厂房类", by=own) == "违法（工矿商服/厂房类）必须填写建设时间"
    assert judged("违法", "厂房类", by=own, 建设时间="2020年").category == "厂房类"
    assert judged("违法", "光伏", by=own).category == "光伏"
