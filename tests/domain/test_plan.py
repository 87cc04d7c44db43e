"""The shipped plan file against the document, and what the loader takes and refuses."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_cases import edited, plan_text, wulong

from weipian_plugin.domain.cycle import CutOffs
from weipian_plugin.domain.deadlines import Counting, FirstDay, LastDay, PauseStage
from weipian_plugin.domain.duties import DutyName, DutyState
from weipian_plugin.domain.land_parts import Farmland
from weipian_plugin.domain.plan import PlanError, RuleKind, parse_plan, plan_findings
from weipian_plugin.domain.plan.model import Standing, TerritoryOrder, clause_order
from weipian_plugin.domain.plan.reader import Block
from weipian_plugin.domain.ratio import DeductFrom, RatioRule
from weipian_plugin.domain.roles import Role

CLAUSES = Path(__file__).parents[1] / "data" / "wulong_2021_clauses.tsv"
PART_FOUR = ["四（一）", "四（二）", "四（三）", "四（四）", "四（五）", "四（六）"]
PART_FOUR += ["四（七）", "四（八）", "四（九）", "四（十）", "四（十一）", "四（十二）"]


def document() -> dict[str, str]:
    lines = CLAUSES.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))


def test_every_sentence_is_the_documents_own():
    text = document()
    for clause in wulong().clauses:
        for sentence in clause.sentences:
            assert sentence in text[clause.number], clause.number


def test_every_quoted_word_stands_in_the_document():
    text, plan = document(), wulong()
    settings = [plan.deadlines.source, plan.ratio.source, plan.cycle.source, plan.cycle.summary_source]
    settings.append(plan.coordination.source)
    quotes = [(rule.clause, rule.words) for rule in plan.rules]
    quotes += [(quote.clause, quote.words) for quote in settings]
    for clause, words in quotes:
        assert words in text[clause]


def test_part_four_is_complete():
    text, plan = document(), wulong()
    assert {rule.clause for rule in plan.rules} == set(PART_FOUR)
    for number in PART_FOUR:
        clause = next(item for item in plan.clauses if item.number == number)
        names, _, duties = text[number].partition("。")
        assert "".join(clause.sentences) == (
            duties if number != "四（一）" else text[number].partition("。")[2]
        )
        for rule in plan.rules:
            if rule.clause == number and rule.unit and "配合" not in rule.words:
                assert rule.unit in names


def test_settings_of_the_plan():
    plan = wulong()
    assert plan.deadlines.days == 15
    assert (plan.deadlines.counting, plan.deadlines.counting_origin) == ("自然日", "非文件规定")
    assert plan.ratio.limit == 0.15
    assert plan.cycle.stages == ("月清", "季核", "年度评估")
    assert plan.cycle.summary_due(2021) == date(2021, 12, 31)
    assert (plan.thresholds.min_area_m2, plan.thresholds.min_share) == (10, 0.01)
    assert plan.thresholds.origin == plan.priority.origin == plan.territory.origin == "非文件规定"
    assert plan.priority.units == ()
    assert (plan.district.code, plan.district.aliases) == ("500156", ("500232",))
    assert len(plan.district.townships) == 26


def test_the_shipped_plan_has_nothing_to_complain_of():
    assert plan_findings(wulong()) == []


def test_an_edit_shows_in_the_version():
    assert wulong().version.startswith("wulong-2021/1+")
    assert edited(("min_share: 1%", "min_share: 2%")).version != wulong().version


def test_line_ends_and_byte_order_mark_do_not_change_the_plan():
    windows = "\ufeff" + plan_text().replace("\n", "\r\n")
    assert parse_plan(windows, "wulong_2021.yaml") == wulong()


def test_a_renamed_unit_is_one_line():
    line = "  - {name: 区林业局, short_name: 林业局}\n"
    plan = edited((line, line + "  - {name: 区林草局, from: 2025, formerly: 区林业局}\n"))
    assert plan.unit_name("区林业局") == "区林业局"
    assert plan.in_year(2025).unit_name("林业局") == "区林草局"
    assert plan.in_year(2024).unit_name("区林业局") == "区林业局"
    assert plan_findings(plan) == []


def test_clauses_sort_by_number():
    numbers = ["四（十二）", "四（二）", "三（二）", "四", "四（十）", "四（十一）", "四（九）", "二"]
    expected = ["二", "三（二）", "四", "四（二）", "四（九）", "四（十）", "四（十一）", "四（十二）"]
    assert sorted(numbers, key=clause_order) == expected


def line_of(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


def refusal(old: str, new: str) -> tuple[PlanError, str]:
    text = plan_text()
    assert text.count(old) == 1
    changed = text.replace(old, new)
    with pytest.raises(PlanError) as caught:
        parse_plan(changed, "坏方案.yaml")
    return caught.value, changed


RIVER = "  - id: 河道\n    kind: spatial\n"
RIVER_WORDS = "    words: 负责河道管理范围内违法行为的查处整改工作\n"


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        (RIVER, RIVER.replace("spatial", "空间"), "kind: 空间", "不认识；允许：spatial、attribute"),
        (RIVER_WORDS, RIVER_WORDS.replace("违法行为", "违法图斑"), "- id: 河道", "原文不一致"),
        (RIVER_WORDS, "", "- id: 河道", "“words”缺少或为空"),
        ("    clause: 四（八）\n", "", "- id: 河道", "“clause”缺少或为空"),
        ("    clause: 四（八）\n", "    clause: 四(八)\n", "- id: 河道", "引用的条款“四(八)”不在clauses中"),
        (
            "    layer: river\n",
            "    layer: 河道\n",
            "layer: 河道",
            "允许：land_class、basic_farmland、redline",
        ),
        ("    unit: 区水利局\n", "    unit: 区水务局\n", "- id: 河道", "单位“区水务局”不在units中"),
        ("    unit: 区水利局\n", "    unit: 区水利局\n    units: x\n", "    units: x", "不认识的“units”"),
        ("  - id: 河道\n", "  - id: 林地\n", None, "规则编号“林地”与第"),
        ("min_share: 1%", "min_share: 15", "min_share: 15", "0到1之间的数"),
        ("min_share: 1%", "min_share: 很少", "min_share: 很少", "不是可用的数"),
        ("limit: 15%", "limit: nan", "limit: nan", "不是可用的数"),
        (
            "determination_days: 15",
            "determination_days: 十五",
            "determination_days: 十五",
            "1到366之间的整数",
        ),
        ("determination_days: 15", "determination_days:", "determination_days:", "缺少或为空"),
        ("summary_due: 12-31", "summary_due: 2-29", "summary_due: 2-29", "不是每年都有的月日"),
        ("issued_on: 2021-10-09", "issued_on: 2021.10.9", "issued_on:", "不是日期"),
        ("year: 2021     ", "year: 二一     ", "year: 二一", "不是可用的整数"),
        ("version: wulong-2021/1", "version： wulong-2021/1", "version：", "全角冒号"),
        ("version: wulong-2021/1", "version: [1", None, "写法有误"),
        ("unavailable: []", "unavailable: 无", "unavailable: 无", "应为列表"),
        ("unavailable: []", "unavailable:\n  - {layer: urban}", "- {layer: urban}", "“reason”缺少"),
        ("order: 按占比", "order: 管委会优先", None, "管委会优先要写明依据"),
        ("    standing: 并列\n", "    standing: 优先\n", "- id: 农村住宅", "优先于其他单位要写明依据"),
        ("  units: []\n", "  units: [区林业局]\n", None, "排了先后就要写明依据"),
        (
            "when: {kind: 土地, subject: 农村村民",
            "when: {kind: 土地, subject: 村民",
            "- id: 农村住宅",
            "“村民”不在vocabulary中",
        ),
        ("    kind: default\n", "    kind: spatial\n    layer: river\n", None, "缺少兜底规则"),
        ("coordination:\n", "coordination2:\n", "coordination2:", "不认识的“coordination2”"),
        ("title: 武隆区", "number: x\ntitle: 武隆区", None, "“number”与第"),
        (
            "  - {group: 耕地}\n\n#",
            "  - {group: 耕作地}\n\n#",
            "{group: 耕作地}",
            "没有这个地类组；允许：耕地、林地",
        ),
        ("bbox: [107.15", "bbox: [109.15", "bbox: [109.15", "不是可用的范围"),
    ],
)
def test_a_fault_is_refused_with_its_line(old, new, at, message):
    error, text = refusal(old, new)
    matching = [problem for problem in error.problems if message in str(problem)]
    assert matching, str(error)
    assert str(matching[0]) in str(error)
    if at is not None:
        assert line_of(text, at) in [problem.line for problem in matching]


def test_all_faults_are_reported_at_once():
    text = plan_text().replace("min_share: 1%", "min_share: 7").replace("limit: 15%", "limit: x")
    with pytest.raises(PlanError, match="有2处问题"):
        parse_plan(text, "坏方案.yaml")


@pytest.mark.parametrize(
    "text", ["", "只有一句话", "- 列表", "\x00", "a: &x [*x]", "a: b: c", "[" * 2000, "\t- x"], ids=range(8)
)
def test_what_is_no_plan_is_refused_in_one_message(text):
    with pytest.raises(PlanError, match="方案文件“随便.yaml”有"):
        parse_plan(text, "随便.yaml")


def test_no_object_is_ever_built_from_the_file():
    with pytest.raises(PlanError):
        parse_plan("title: !!python/object/apply:os.getcwd []", "坏.yaml")


def test_warnings_for_what_is_idle():
    unused = edited(
        ("  - {name: 区财政局, short_name: 财政局}\n", "  - {name: 区财政局}\n  - {name: 区发展改革委}\n")
    )
    assert [finding.code for finding in plan_findings(unused)] == ["plan-unit-unused"]
    assert "区发展改革委" in plan_findings(unused)[0].message
    expired = edited(("区交通局, short_name: 交通局, from: 2018", "区交通局, short_name: 交通局, to: 2020"))
    assert [finding.code for finding in plan_findings(expired)] == ["plan-unit-expired"]
    idle = edited(("unavailable: []", "unavailable:\n  - {layer: approval, reason: 未建库}"))
    assert [finding.code for finding in plan_findings(idle)] == ["plan-declaration-idle"]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_damaged_file_is_a_plan_or_a_list_of_faults(data):
    """No slip of a clerk's hand ends in anything but a plan or numbered faults."""
    lines = plan_text().splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        number = data.draw(st.integers(0, len(lines) - 1))
        slip = data.draw(
            st.sampled_from(["", "-", "  ", "：", "[", "{}", "~", "12", "units:", "- a: b", "'", "%"])
        )
        how = data.draw(st.sampled_from(["replace", "insert", "append", "delete", "indent"]))
        if how == "delete":
            del lines[number]
        elif how == "indent":
            lines[number] = f"  {lines[number]}"
        elif how == "insert":
            lines.insert(number, slip)
        else:
            lines[number] = slip if how == "replace" else lines[number] + slip
    try:
        parse_plan("\n".join(lines), "改过的.yaml")
    except PlanError as error:
        assert error.problems
        assert all(1 <= problem.line <= len(lines) + 1 for problem in error.problems)


GUIDE = Path(__file__).parents[2] / "docs" / "方案文件写法.md"


def test_the_guide_names_everything_that_a_plan_file_can_say(monkeypatch):
    """Every key that the readers ask for, and every word that they know."""
    asked, node = set(), Block._node

    def noting(self, key, required):
        asked.add(key)
        return node(self, key, required)

    monkeypatch.setattr(Block, "_node", noting)
    for name in ("wulong_2021.yaml", "example_by_subject.yaml"):
        parse_plan(plan_text(name), name)
    townships = {town.name for town in wulong().district.townships}
    free = {*wulong().vocabulary.subjects, *wulong().vocabulary.uses, *townships, "耕地", "林地"}
    free |= {key for key in asked if key[:1].isdigit() or key in {"示例乡", "示例镇", "区仙管委"}}
    words = {*RuleKind, *Role, *DutyName, *DutyState, *Standing, *Counting, *FirstDay, *LastDay, *PauseStage}
    words |= {*Farmland, *DeductFrom, *TerritoryOrder}
    guide = GUIDE.read_text(encoding="utf-8")
    assert {term for term in (asked - free) | words if term not in guide} == set()
    assert {"determination_days", "earlier_categories", "months_later", "kinds"} <= asked


def test_the_settings_in_the_guide_are_a_plans_own():
    """What is shown there can be copied as it stands; every default that it names is the default."""
    shown = GUIDE.read_text(encoding="utf-8").split("### 期限、比例、周期")[1].split("\n## ")[0]
    lines = [line[4:] for line in shown.splitlines() if line.startswith("    ")]
    plan = wulong()
    settings = "\n".join(lines).replace("……", plan.cycle.summary_source.words)
    head, rest = plan_text().split("\ndeadlines:\n")
    tail = "unavailable:" + rest.split("\nunavailable:")[1]
    copied = parse_plan(f"{head}\n{settings}\n{tail}", "照抄.yaml")
    assert (copied.ratio.rule, copied.cycle.cut_offs) == (RatioRule(), CutOffs())
    assert copied.ratio.rule == plan.ratio.rule
    assert copied.cycle.cut_offs == plan.cycle.cut_offs
    assert copied.deadlines.term == plan.deadlines.term
    bare = parse_plan(plan_text("example_by_subject.yaml"), "example_by_subject.yaml")
    assert bare.deadlines.term == copied.deadlines.term
    assert bare.deadlines.paused_in == copied.deadlines.paused_in
