"""Everything that a letter can say: named values and tables, worked out from the casework of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from weipian_plugin.domain import ratio
from weipian_plugin.domain.casework_statistics import Statistics
from weipian_plugin.domain.deadline_queue import TermState
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.letters import LetterTable
from weipian_plugin.domain.plan import Plan
from weipian_plugin.domain.ranking import in_order
from weipian_plugin.domain.ratio import RatioFigures, percent, short_percent
from weipian_plugin.domain.stages import Stage
from weipian_plugin.domain.units import hundredths_text
from weipian_plugin.exchange.titles import NOBODY
from weipian_plugin.workflow.case_frame import CaseFrame

WHOLE = "全区"
_SOON_DAYS = 7
_LEGAL, _ILLEGAL, _OTHER, _UNDECIDED = "合法", "违法", "其他", "未判定"
_LATE, _OPEN, _RETURNED, _RATIO = "超过判定期限", "未整改到位", "市级退回未办结", "比例超过控制目标"
_GROUP_HEAD = (
    "图斑数",
    "面积（亩）",
    "合法",
    "违法",
    "其他",
    "未判定",
    "违法占用耕地（亩）",
    "已整改",
    "未整改",
)
_PATCH_HEAD = ("序号", "图斑编号", "乡镇（街道）", "查处单位", "面积（亩）", "占用耕地（亩）", "判定", "问题")


@dataclass(frozen=True)
class LetterFacts:
    """What letters are made from."""

    plan: Plan
    year: int
    unit: str
    """Whom the letter is about; '' for the whole district."""
    as_of: date
    made_on: date
    statistics: Statistics
    frame: CaseFrame
    tasks: pd.DataFrame
    """What the city sent back and was still open on the day; of a split patch once for each piece. Columns
    patch_no, reason, category."""
    territories: Mapping[str, frozenset[str]]
    """The patches for which each unit has 属地责任."""
    terms_text: str


def letter_facts(facts: LetterFacts) -> tuple[Mapping[str, str], Mapping[str, LetterTable]]:
    """Return the values by name and the tables by name; 亩 with two decimals.

    Raises WeipianError where nothing concerns the unit: a letter of noughts would say that all is well.
    """
    cases = _cases(facts)
    own = cases[_concerns(cases, facts)]
    if facts.unit and own.empty:
        raise WeipianError(
            f"截至{facts.as_of.isoformat()}没有涉及“{facts.unit}”的图斑（在其辖区、由其查处或承担属地责任的），"
            "不能出具信函，请核对单位。"
        )
    counted = facts.frame.counted_on(facts.as_of)
    figures = ratio.figures(counted[counted["patch_no"].isin(own["patch_no"])], facts.frame.rule)
    values = {
        **_plain_values(facts),
        **_count_values(own, facts.tasks),
        **_ratio_values(figures, facts),
        **_rank_values(facts),
    }
    return values, _tables(facts, cases, own, figures)


def concerned_units(cases: pd.DataFrame, territories: Iterable[str]) -> list[str]:
    """Return every township and every 查处 unit that has patches, and who has 属地责任: committees too."""
    return sorted({*cases["town"].unique(), *cases["unit"].unique(), *territories} - {""})


def _cases(facts: LetterFacts) -> pd.DataFrame:
    """Return the patches 核实后 with what is wrong with each: columns late, soon, open, returned, problem."""
    cases = facts.frame.cases
    cases = cases[cases["verified"].to_numpy(bool)]
    terms = facts.frame.terms.set_index("patch_no")
    state = cases["patch_no"].map(terms["state"])
    left = cases["patch_no"].map(terms["days_left"])
    cases = cases.assign(
        late=(state == TermState.OVERDUE).to_numpy(bool),
        soon=(state.isin([TermState.TODAY, TermState.OPEN]) & (left <= _SOON_DAYS)).to_numpy(bool),
        open=((cases["result"] == _ILLEGAL) & ~cases["rectified"].astype(bool)).to_numpy(bool),
        returned=(
            cases["patch_no"].isin(facts.tasks["patch_no"]) | (cases["stage"] == Stage.RETURNED)
        ).to_numpy(bool),
    )
    named = zip(cases["late"], cases["returned"], cases["open"], strict=True)
    return cases.assign(problem=["、".join(_problems(*flags)) for flags in named])


def _problems(late: bool, returned: bool, is_open: bool) -> list[str]:
    flags = {_LATE: late, _RETURNED: returned, _OPEN: is_open}
    return [name for name, holds in flags.items() if holds]


def _concerns(cases: pd.DataFrame, facts: LetterFacts) -> pd.Series[bool]:
    """Return which patches are the unit's: in its township, led by it, or its 属地责任; all for no unit."""
    unit = facts.unit
    if not unit:
        return cases["town"].notna()
    held = cases["patch_no"].isin(facts.territories.get(unit, frozenset()))
    return held | (cases["town"] == unit) | (cases["unit"] == unit)


def _plain_values(facts: LetterFacts) -> dict[str, str]:
    plan = facts.plan
    return {
        "年度": str(facts.year),
        "截止日期": chinese_day(facts.as_of),
        "出具日期": chinese_day(facts.made_on),
        "方案名称": plan.title,
        "方案文号": plan.number,
        "单位": facts.unit or "各街道办事处、乡镇人民政府，区级有关部门和单位",
        "范围": facts.unit or WHOLE,
        "出具单位": plan.default_rule.unit,
        "区名": plan.district.name,
        "判定期限": str(plan.deadlines.days),
        "判定期限说明": facts.terms_text,
        "控制比例": short_percent(plan.ratio.limit),
    }


def _count_values(cases: pd.DataFrame, tasks: pd.DataFrame) -> dict[str, str]:
    illegal = cases[cases["result"] == _ILLEGAL]
    still_open = cases[cases["open"]]
    own = tasks[tasks["patch_no"].isin(cases["patch_no"])]
    done = len(illegal) - len(still_open)
    return {
        "图斑数": str(len(cases)),
        "图斑面积": _mu(cases["area"]),
        "耕地面积": _mu(cases["farmland"]),
        "耕地说明": _unknown_farmland(cases),
        **{
            f"{word}数": str(int((cases["result"] == word).sum()))
            for word in (_LEGAL, _ILLEGAL, _OTHER, _UNDECIDED)
        },
        "违法面积": _mu(illegal["area"]),
        "违法耕地": _mu(illegal["farmland"]),
        "已整改数": str(done),
        "未整改数": str(len(still_open)),
        "未整改面积": _mu(still_open["area"]),
        "未整改耕地": _mu(still_open["farmland"]),
        "整改率": percent(done / len(illegal) if len(illegal) else None),
        "超期数": str(int(cases["late"].sum())),
        "将到期数": str(int(cases["soon"].sum())),
        "退回数": str(int(cases["returned"].sum())),
        "退回原因": "；".join(_reasons(own)),
    }


def _unknown_farmland(cases: pd.DataFrame) -> str:
    """Return of how many patches the farmland is not, or not all, in the sums: 未评估 is never 0."""
    unknown = cases["unknown"].astype(bool) | (cases["doubtful"] > 0)
    if not unknown.any():
        return ""
    illegal = int((unknown & (cases["result"] == _ILLEGAL)).sum())
    return (
        f"有{int(unknown.sum())}个图斑（其中违法{illegal}个）的耕地未评估或不全，"
        "本文各处的耕地面积都不含未评估的部分。"
    )


def _reasons(tasks: pd.DataFrame) -> Iterable[str]:
    """Return each reason once with how often it occurs: by its category where it has one."""
    named = tasks["category"].where(tasks["category"] != "", tasks["reason"])
    split = named.str.split("、").explode()
    return (f"{reason}（{count}个）" for reason, count in split.value_counts().items())


def _ratio_values(figures: RatioFigures, facts: LetterFacts) -> dict[str, str]:
    first, deducted = figures.shares[0], figures.shares[1]
    over = figures.ratio is not None and figures.ratio >= facts.plan.ratio.limit
    return {
        "比例": percent(figures.ratio),
        "比例分子": hundredths_text(first.numerator),
        "比例分母": hundredths_text(first.denominator),
        "扣减后比例": percent(deducted.value),
        "比例下限": percent(figures.best),
        "比例上限": percent(figures.worst),
        "比例说明": figures.caveat,
        "比例公式": facts.statistics.formula,
        "是否超限": "是" if over else "",
    }


def _rank_values(facts: LetterFacts) -> dict[str, str]:
    ranking, limit = facts.statistics.ranking, facts.plan.ratio.limit
    towns = ranking[ranking["place"].notna()]
    over = [str(town) for town, value in towns["ratio"].items() if value >= limit]
    return {
        "名次": str(towns.loc[facts.unit, "place"]) if facts.unit in towns.index else "—",
        "乡镇数": str(len(towns)),
        "超限乡镇数": str(len(over)),
        "超限乡镇": "、".join(over),
        "排序指标": facts.statistics.criteria.text,
    }


def _tables(
    facts: LetterFacts, cases: pd.DataFrame, own: pd.DataFrame, figures: RatioFigures
) -> dict[str, LetterTable]:
    return {
        "问题图斑": _patch_table(own[own["problem"] != ""], facts),
        "未整改图斑": _patch_table(own[own["open"]], facts),
        "超期图斑": _patch_table(own[own["late"]], facts),
        "退回图斑": _patch_table(own[own["returned"]], facts),
        "乡镇情况": _group_table(own, "town", "乡镇（街道）", _in_order(own["town"].unique(), facts)),
        "单位情况": _group_table(own, "unit", "查处单位"),
        "月度情况": _group_table(own, "month", "收到月份"),
        "乡镇排序": _ranking_table(facts),
        "约谈对象": _interview_table(facts, cases, figures),
    }


def _in_order(towns: Iterable[str], facts: LetterFacts) -> list[str]:
    """Return townships as they are ranked, as in every other paper."""
    return in_order(towns, facts.statistics.ranking.index)


def _patch_table(cases: pd.DataFrame, facts: LetterFacts) -> LetterTable:
    order = {town: number for number, town in enumerate(_in_order(cases["town"].unique(), facts))}
    listed: Iterable[Any] = (
        cases.assign(order=cases["town"].map(order)).sort_values(["order", "patch_no"]).itertuples()
    )
    rows = tuple(
        (
            str(number),
            str(case.patch_no),
            str(case.town) or NOBODY,
            str(case.unit) or NOBODY,
            hundredths_text(case.area),
            "未评估" if case.unknown else hundredths_text(case.farmland),
            str(case.result),
            str(case.problem),
        )
        for number, case in enumerate(listed, 1)
    )
    return LetterTable(_PATCH_HEAD, rows)


def _group_table(
    cases: pd.DataFrame, column: str, title: str, order: Sequence[str] | None = None
) -> LetterTable:
    """Return counts and areas by a column, in order or by name, with their total; no rows without patches."""
    if cases.empty:
        return LetterTable((title, *_GROUP_HEAD), ())
    groups = {str(name): _group_row(group) for name, group in cases.groupby(column, sort=True)}
    rows = [(name or NOBODY, *groups[name]) for name in order or groups] + [("合计", *_group_row(cases))]
    return LetterTable((title, *_GROUP_HEAD), tuple(rows))


def _group_row(cases: pd.DataFrame) -> tuple[str, ...]:
    counts = (int((cases["result"] == word).sum()) for word in (_LEGAL, _ILLEGAL, _OTHER, _UNDECIDED))
    illegal = cases[cases["result"] == _ILLEGAL]
    still_open = int(cases["open"].sum())
    return (
        str(len(cases)),
        _mu(cases["area"]),
        *map(str, counts),
        _mu(illegal["farmland"]),
        str(len(illegal) - still_open),
        str(still_open),
    )


def _ranking_table(facts: LetterFacts) -> LetterTable:
    head = (
        "名次",
        "乡镇（街道）",
        "得分",
        "违法占耕比例",
        "违法图斑",
        "计入比例的违法占用耕地（亩）",
        "未整改率",
        "超期",
        "退回",
    )
    listed: Iterable[Any] = facts.statistics.ranking.itertuples()
    rows = tuple(
        (
            "—" if pd.isna(row.place) else str(row.place),
            str(row.Index) or NOBODY,
            "—" if pd.isna(row.score) else f"{row.score:.2f}",
            percent(_ratio_of(facts, str(row.Index))),
            f"{row.illegal_count:.0f}",
            f"{row.illegal_farmland:.2f}",
            percent(row.open_share),
            f"{row.overdue_count:.0f}",
            f"{row.returned_count:.0f}",
        )
        for row in listed
    )
    return LetterTable(head, rows)


def _ratio_of(facts: LetterFacts, town: str) -> float | None:
    figures = facts.statistics.by_town.get(town)
    return figures.ratio if figures is not None else None


def _interview_table(facts: LetterFacts, cases: pd.DataFrame, figures: RatioFigures) -> LetterTable:
    """Return the units to be summoned with the reasons: the one named, else every township that has any.

    `figures` are those of the unit named: the ratio of its patches, which the text of the letter gives.
    """
    head = ("单位", "违法占耕比例", "超期未判定", "未整改到位", "市级退回未办结", "事由")
    units = [facts.unit] if facts.unit else _in_order(cases["town"].unique(), facts)
    rows = []
    for unit in units:
        own = cases[_concerns(cases, facts)] if facts.unit else cases[cases["town"] == unit]
        share = figures.ratio if facts.unit else _ratio_of(facts, unit)
        counts = {
            _RATIO: int(share is not None and share >= facts.plan.ratio.limit),
            _LATE: int(own["late"].sum()),
            _OPEN: int(own["open"].sum()),
            _RETURNED: int(own["returned"].sum()),
        }
        why = "、".join(name for name, count in counts.items() if count)
        if why:
            rows.append(
                (
                    unit or NOBODY,
                    percent(share),
                    *(str(counts[n]) for n in (_LATE, _OPEN, _RETURNED)),
                    why,
                )
            )
    return LetterTable(head, tuple(rows))


def chinese_day(day: date) -> str:
    """Return a day as official letters write it: 2021年10月9日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _mu(hundredths: pd.Series[int]) -> str:
    return hundredths_text(int(hundredths.sum()))
