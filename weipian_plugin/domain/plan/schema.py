"""Turn the text of a plan file into a checked Plan."""

from __future__ import annotations

import calendar
import hashlib
from collections.abc import Mapping
from functools import lru_cache

from weipian_plugin.domain.cycle import CutOff, CutOffs
from weipian_plugin.domain.deadlines import Counting, FirstDay, LastDay, PauseStage
from weipian_plugin.domain.land_parts import Farmland
from weipian_plugin.domain.patch_type import KINDS
from weipian_plugin.domain.plan.checks import check_references
from weipian_plugin.domain.plan.model import (
    Clause,
    Coordination,
    Cycle,
    Deadlines,
    District,
    Plan,
    Priority,
    Quote,
    RatioLimit,
    TerritoryOrder,
    TerritorySetting,
    Thresholds,
    Township,
    Unavailable,
    Unit,
    Vocabulary,
)
from weipian_plugin.domain.plan.reader import Block, PlanError, Problems, compose
from weipian_plugin.domain.plan.schema_examples import read_examples
from weipian_plugin.domain.plan.schema_facts import read_fact_sources
from weipian_plugin.domain.plan.schema_rules import read_aggravations, read_groups, read_role, read_rules
from weipian_plugin.domain.ratio import DeductFrom, RatioRule

_MAX_CHARACTERS = 2_000_000
_FIRST_YEAR, _LAST_YEAR = 1990, 2200


@lru_cache(maxsize=4)
def parse_plan(text: str, name: str) -> Plan:
    """Return the plan written in the text of the file called `name`; the same text is read only once.

    Raises PlanError listing every fault with its line and what is allowed there.
    """
    problems = Problems()
    if len(text) > _MAX_CHARACTERS:
        problems.add(1, "文件过大，不像方案文件")
        raise PlanError(name, problems.found)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    top = compose(text, problems)
    if top is None:
        raise PlanError(name, problems.found)
    plan = _read_plan(top, text, name, problems)
    if not problems.found:
        check_references(plan, problems)
    if problems.found:
        raise PlanError(name, problems.found)
    return plan


def _read_plan(top: Block, text: str, name: str, problems: Problems) -> Plan:
    groups = read_groups(top)
    thresholds = _thresholds(top)
    plan = Plan(
        title=top.text("title"),
        short_title=top.text("short_title", "方案"),
        number=top.text("number"),
        issued_on=top.day("issued_on"),
        year=_year(top, "year", required=True) or _FIRST_YEAR,
        version=f"{top.text('version')}+{hashlib.sha256(text.encode()).hexdigest()[:8]}",
        district=_district(top),
        clauses=tuple(_clause(block) for block in top.blocks("clauses", "条款", required=True)),
        units=tuple(_unit(block) for block in top.blocks("units", "单位", required=True)),
        rules=read_rules(top, thresholds, groups),
        thresholds=thresholds,
        priority=_priority(top),
        territory=_territory(top),
        deadlines=_deadlines(top),
        ratio=_ratio(top),
        cycle=_cycle(top),
        vocabulary=_vocabulary(top),
        fact_sources=read_fact_sources(top),
        coordination=_coordination(top),
        unavailable=tuple(_unavailable(block) for block in top.blocks("unavailable", "无此图层的说明")),
        aggravations=read_aggravations(top, groups),
        examples=read_examples(top),
        file_name=name,
    )
    top.close()
    return plan


def _year(block: Block, key: str, required: bool = False) -> int | None:
    if required and not block.has(key):
        block.problem(key, "缺少或为空", "四位年份")
    return block.integer(key, _FIRST_YEAR, _LAST_YEAR)


def _district(top: Block) -> District:
    block = top.block("district") or top.nothing()
    district = District(
        name=block.text("name"),
        short_name=block.text("short_name", "") or block.text("name", ""),
        code=block.text("code"),
        aliases=block.texts("aliases"),
        bbox=_bbox(block),
        townships=tuple(_township(item) for item in block.blocks("townships", "乡镇街道")),
    )
    block.close()
    return district


def _bbox(block: Block) -> tuple[float, float, float, float] | None:
    raw = block.texts("bbox")
    if not raw:
        return None
    try:
        west, south, east, north = (float(item) for item in raw)
    except ValueError:
        west = south = east = north = float("nan")
    if -180 <= west < east <= 180 and -90 <= south < north <= 90:
        return west, south, east, north
    block.problem("bbox", "不是可用的范围", "[西经度, 南纬度, 东经度, 北纬度]，单位为度")
    return None


def _township(block: Block) -> Township:
    township = Township(block.text("code"), block.text("name"), block.texts("aliases"))
    block.close()
    return township


def _clause(block: Block) -> Clause:
    clause = Clause(block.text("clause"), block.texts("sentences", required=True), block.line)
    block.close()
    return clause


def _unit(block: Block) -> Unit:
    unit = Unit(
        name=block.text("name"),
        short_name=block.text("short_name", ""),
        aliases=block.texts("aliases"),
        valid_from=_year(block, "from"),
        valid_to=_year(block, "to"),
        formerly=block.text("formerly", ""),
        line=block.line,
    )
    if unit.valid_from and unit.valid_to and unit.valid_to < unit.valid_from:
        block.problem("to", f"早于起始年份{unit.valid_from}", f"不小于{unit.valid_from}的年份")
    block.close()
    return unit


def _thresholds(top: Block) -> Thresholds:
    block = top.block("thresholds") or top.nothing()
    thresholds = Thresholds(
        min_area_m2=block.number("min_area_m2", 0, 1e6),
        min_share=block.number("min_share", 0, 1),
        origin=block.text("origin"),
        reference=block.text("reference", ""),
    )
    block.close()
    return thresholds


def _priority(top: Block) -> Priority:
    block = top.block("priority", required=False)
    if block is None:
        return Priority()
    priority = Priority(block.texts("units"), block.text("origin"), block.text("reference", ""), block.line)
    if priority.units and not priority.reference:
        block.problem("reference", "缺少：排了先后就要写明依据", "采纳该顺序的会议纪要或文件名称、文号")
    block.close()
    return priority


def _territory(top: Block) -> TerritorySetting:
    block = top.block("territory", required=False)
    if block is None:
        return TerritorySetting()
    order = TerritoryOrder(block.choice("order", list(TerritoryOrder)))
    setting = TerritorySetting(order, block.text("origin"), block.text("reference", ""))
    if order is TerritoryOrder.COMMITTEE_FIRST and not setting.reference:
        block.problem("reference", "缺少：管委会优先要写明依据", "规定该顺序的文件名称、文号")
    block.close()
    return setting


def _quote(block: Block) -> Quote:
    return Quote(block.text("clause"), block.text("words"), block.line_of("words"))


def _deadlines(top: Block) -> Deadlines:
    block = top.block("deadlines") or top.nothing()
    deadlines = Deadlines(
        days=block.integer("determination_days", 1, 366, default=0) or 0,
        source=_quote(block),
        counting=Counting(block.choice("counting", list(Counting))),
        counting_origin=block.text("counting_origin"),
        first_day=FirstDay(block.choice("first_day", list(FirstDay), FirstDay.NEXT)),
        last_day=LastDay(block.choice("last_day", list(LastDay), LastDay.KEPT)),
        paused_in=_paused_in(block),
    )
    if not block.has("determination_days"):
        block.problem("determination_days", "缺少或为空", "1到366之间的整数")
    block.close()
    return deadlines


def _paused_in(block: Block) -> tuple[PauseStage, ...]:
    texts = block.texts("paused_in")
    if not set(texts) <= set(PauseStage):
        block.problem("paused_in", f"写作“{'、'.join(texts)}”，有不认识的阶段", "、".join(PauseStage))
        return Deadlines.paused_in
    return tuple(PauseStage(text) for text in texts) or Deadlines.paused_in


def _ratio(top: Block) -> RatioLimit:
    block = top.block("ratio") or top.nothing()
    ratio = RatioLimit(block.number("limit", 0, 1), _quote(block), _ratio_rule(block))
    block.close()
    return ratio


def _ratio_rule(ratio: Block) -> RatioRule:
    block = ratio.block("formula", required=False)
    if block is None:
        return RatioRule()
    rule = RatioRule(
        farmland=Farmland(block.choice("farmland", list(Farmland), Farmland.NET)),
        kinds=block.texts("kinds") or RatioRule.kinds,
        earlier_categories=block.texts("earlier_categories"),
        deducted_measures=block.texts("deducted_measures"),
        deduct_from=DeductFrom(block.choice("deduct_from", list(DeductFrom), DeductFrom.NUMERATOR)),
        origin=block.text("origin"),
    )
    block.close()
    return rule


def _cycle(top: Block) -> Cycle:
    block = top.block("cycle") or top.nothing()
    month, day = _month_day(block)
    summary = block.block("summary_source")
    cycle = Cycle(
        stages=block.texts("stages", required=True),
        source=_quote(block),
        summary_month=month,
        summary_day=day,
        summary_source=_quote(summary) if summary else Quote("", ""),
        cut_offs=_cut_offs(block),
    )
    if summary:
        summary.close()
    block.close()
    return cycle


def _cut_offs(cycle: Block) -> CutOffs:
    block = cycle.block("cut_offs", required=False)
    if block is None:
        return CutOffs()
    known = CutOffs()
    cut_offs = CutOffs(
        monthly=_cut_off(block, "monthly", known.monthly),
        quarterly=_cut_off(block, "quarterly", known.quarterly),
        yearly=_cut_off(block, "yearly", known.yearly),
        origin=block.text("origin"),
    )
    block.close()
    return cut_offs


def _cut_off(cut_offs: Block, key: str, default: CutOff) -> CutOff:
    block = cut_offs.block(key, required=False)
    if block is None:
        return default
    later = block.integer("months_later", 0, 24, default.months_later)
    day = block.integer("day", 1, 31, default.day)
    block.close()
    return CutOff(later or 0, day or default.day)


_DAYS_OF_EVERY_YEAR = frozenset(
    (month, day) for month in range(1, 13) for day in range(1, calendar.monthrange(2021, month)[1] + 1)
)


def _month_day(block: Block) -> tuple[int, int]:
    raw = block.text("summary_due")
    month, _, day = raw.partition("-")
    if month.isdigit() and day.isdigit() and (int(month), int(day)) in _DAYS_OF_EVERY_YEAR:
        return int(month), int(day)
    if raw:
        block.problem("summary_due", f"写作“{raw}”，不是每年都有的月日", "12-31这样的写法")
    return 12, 31


def _vocabulary(top: Block) -> Vocabulary:
    block = top.block("vocabulary") or top.nothing()
    uses = block.texts("uses")
    vocabulary = Vocabulary(block.texts("subjects"), uses, block.texts("outcomes"), _kind_by_use(block, uses))
    block.close()
    return vocabulary


def _kind_by_use(vocabulary: Block, uses: tuple[str, ...]) -> Mapping[str, str]:
    block = vocabulary.block("kinds", required=False)
    if block is None:
        return {}
    kinds: dict[str, str] = {}
    for kind in KINDS:
        for use in block.texts(kind):
            if use not in uses:
                block.problem(kind, f"写了用途“{use}”，uses里没有", "、".join(uses))
            if kinds.setdefault(use, kind) != kind:
                block.problem(kind, f"的用途“{use}”同时归在“{kinds[use]}”下", "每个用途只归一处")
    block.close()
    return kinds


def _coordination(top: Block) -> Coordination | None:
    block = top.block("coordination", required=False)
    if block is None:
        return None
    coordination = Coordination(block.text("body"), _quote(block))
    block.close()
    return coordination


def _unavailable(block: Block) -> Unavailable:
    item = Unavailable(read_role(block, "layer"), block.text("reason"), block.line)
    block.close()
    return item
