"""The workbook of statistics: breakdowns in two views, ratios with terms and bounds, movers, ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from openpyxl.utils import get_column_letter

from weipian_plugin.domain.casework_statistics import (
    DONE,
    ISSUED,
    MEASURES,
    OPEN,
    RESULTS,
    UNKNOWN,
    VERIFIED,
    Breakdown,
    Statistics,
    Sums,
)
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.ratio import RatioFigures, percent, short_percent
from weipian_plugin.exchange.book import Formula, Item
from weipian_plugin.exchange.grid_book import BookHead, write_grids
from weipian_plugin.exchange.grid_sheet import COUNT, DASH, Cell, Grid, GridColumn, first_row
from weipian_plugin.exchange.sources import Kind
from weipian_plugin.exchange.styles import Look, number_format
from weipian_plugin.exchange.titles import NOBODY, signature_line

_SIGNATURES = ("填报人", "审核人", "单位负责人", "填报日期")
_MEASURE_TITLES = ("个数", "面积", "耕地", "永久基本农田")
_ILLEGAL = RESULTS[1]
_BASIC_IN = (ISSUED, VERIFIED, _ILLEGAL)
"""Blocks that show 永久基本农田."""


def write_statistics(path: Path, head: BookHead, figures: Statistics, progress: Progress) -> None:
    """Write the workbook to `path`, whole or not at all; raise WeipianError where it cannot be written."""
    foot = (signature_line(_SIGNATURES),)
    write_grids(path, head, [replace(grid, foot=foot) for grid in _grids(head, figures)], progress)


def _grids(head: BookHead, figures: Statistics) -> list[Grid]:
    return [
        _six(head, figures),
        *[_breakdown(head, figures, item) for item in figures.breakdowns.values()],
        _ratios(head, figures, "分乡镇比例", "乡镇街道", figures.by_town),
        _ratios(head, figures, "分月比例", "收到月份", figures.by_month),
        _ratios(head, figures, "逐月末比例", "截至", figures.running),
        _movers(head, figures),
        _ranking(head, figures),
    ]


# --------------------------------------------------------------------------- ratios


def _six(head: BookHead, figures: Statistics) -> Grid:
    columns = [
        GridColumn("比例", Kind.TEXT, 54),
        GridColumn("分子（亩）", Kind.NUMBER, 18),
        GridColumn("分母（亩）", Kind.NUMBER, 18),
        GridColumn("数值", Kind.PERCENT, 14),
    ]
    whole = figures.ratio
    bounds = f"未判定和未评估图斑全部查清后：最低{percent(whole.best)}，最高{percent(whole.worst)}。"
    over = whole.ratio is not None and whole.ratio >= figures.limit
    verdict = f"控制线{short_percent(figures.limit)}：" + ("已达到或超过。" if over else "未达到。")
    rounding = "各表的面积和比例都由台账所列各图斑面积（逐图斑舍入到0.01亩）合计得出，与上报工作簿一致。"
    more = [figures.formula, verdict + bounds, whole.caveat or "全部图斑已判定，耕地均已评估。", rounding]
    notes = [head.line, *more]
    first = first_row(len(notes), columns)
    rows: list[list[Cell]] = []
    for number, share in enumerate(whole.shares):
        terms = share.numerator / 100, share.denominator / 100
        rows.append([share.name, *terms, _quotient("B", "C", first + number, share.value)])
    red = [0] if over else []
    return Grid(
        "比例",
        f"{head.title}（违法占用耕地面积比例）",
        notes,
        columns,
        rows,
        colour="C00000",
        red_rows=red,
    )


def _quotient(top: str, bottom: str, row: int, value: float | None) -> Formula:
    text = f'=IF({bottom}{row}>0,ROUND({top}{row}*100,0)/ROUND({bottom}{row}*100,0),"{DASH}")'
    return Formula(text, DASH if value is None else value)


def _ratios(
    head: BookHead, figures: Statistics, name: str, label: str, groups: Mapping[str, RatioFigures]
) -> Grid:
    columns = [
        GridColumn(label, Kind.CODE, 22),
        GridColumn("图斑数", COUNT, 9),
        GridColumn("违法占用耕地（亩）", Kind.NUMBER, 15),
        GridColumn("合法新增占用耕地（亩）", Kind.NUMBER, 18),
        GridColumn("分母（亩）", Kind.NUMBER, 15),
        GridColumn("比例", Kind.PERCENT, 11),
        GridColumn("扣减后比例", Kind.PERCENT, 11),
        GridColumn("未整改耕地占比", Kind.PERCENT, 13),
        GridColumn("最低", Kind.PERCENT, 11),
        GridColumn("最高", Kind.PERCENT, 11),
        GridColumn("说明", Kind.TEXT, 46),
    ]
    notes = [head.line, figures.formula]
    first = first_row(len(notes), columns)
    rows = [
        _ratio_row(key or NOBODY, group, first + number) for number, (key, group) in enumerate(groups.items())
    ]
    red = [n for n, group in enumerate(groups.values()) if (group.ratio or 0) >= figures.limit]
    title = f"{head.title}（{name}）"
    return Grid(name, title, notes, columns, rows, colour="C00000", red_rows=red)


def _ratio_row(key: str, group: RatioFigures, row: int) -> list[Cell]:
    ratio, deducted = group.shares[0], group.shares[1]
    return [
        key,
        group.patches,
        group.illegal / 100,
        group.legal / 100,
        Formula(f"=ROUND(C{row}+D{row},2)", ratio.denominator / 100),
        _quotient("C", "E", row, ratio.value),
        _or_dash(deducted.value),
        _or_dash(group.shares[5].value),
        _or_dash(group.best),
        _or_dash(group.worst),
        group.uncertain,
    ]


def _or_dash(value: float | None) -> Cell:
    return DASH if value is None else value


def _movers(head: BookHead, figures: Statistics) -> Grid:
    columns = [
        GridColumn("图斑编号", Kind.CODE, 28),
        GridColumn("乡镇街道", Kind.CODE, 18),
        GridColumn("耕地（亩）", Kind.NUMBER, 14),
        GridColumn("判为违法时的比例", Kind.PERCENT, 16),
        GridColumn("判为合法时的比例", Kind.PERCENT, 16),
        GridColumn("相差", Kind.PERCENT, 12),
    ]
    names = ["patch_no", "town", "farmland", "if_illegal", "if_legal", "swing"]
    shown = figures.movers.assign(farmland=figures.movers["farmland"] / 100)[names]
    rows = [list(row) for row in shown.itertuples(index=False, name=None)]
    note = "尚未判定的图斑中，判定结果对全区比例影响最大的十个（其余图斑按现状）。"
    title = f"{head.title}（影响最大的图斑）"
    return Grid("影响最大的图斑", title, [head.line, note], columns, rows, colour="FFC000")


# --------------------------------------------------------------------------- breakdowns


def _columns(label: str) -> tuple[list[GridColumn], list[tuple[str, str]]]:
    """Return the columns of a breakdown, and which sum each of them but the first and the checks shows."""
    columns, keys = [GridColumn(label, Kind.TEXT, 26)], []
    for block in (ISSUED, VERIFIED, *RESULTS, DONE, OPEN):
        for measure, title in zip(MEASURES, _MEASURE_TITLES, strict=True):
            if measure == "basic" and block not in _BASIC_IN:
                continue
            kind = COUNT if measure == "count" else Kind.NUMBER
            columns.append(GridColumn(title, kind, 8 if kind is COUNT else 11, block))
            keys.append((block, measure))
        if block == VERIFIED:
            columns += [GridColumn(f"{what}未评估个数", COUNT, 9, block) for what in ("耕地", "永久基本农田")]
            keys += [(block, name) for name in UNKNOWN]
    for group in ("校核：核实后－各判定结果", "校核：违法－整改"):
        columns += [GridColumn(title, Kind.CHECK, 9, group) for title in _MEASURE_TITLES[:3]]
    return columns, keys


def _breakdown(head: BookHead, figures: Statistics, item: Breakdown) -> Grid:
    columns, keys = _columns(item.label)
    letters = {key: get_column_letter(number) for number, key in enumerate(keys, 2)}
    notes = [
        head.line,
        "单位：个、亩。“原始下发”为下发的图斑，被拆分的按整个图斑计；“核实后”以拆分出的子图斑代替被拆分的图斑；"
        "两种口径不能相加，也不逐图斑相比。判定结果和整改按核实后统计。",
        "校核为公式，应为 0，不为 0 时标红；末两行为另行汇总的全部图斑数和与合计的差。"
        "耕地、永久基本农田未评估的图斑按 0 计，个数另列。",
    ]
    first = first_row(len(notes), columns)
    rows: list[list[Cell]] = []
    for number, (key, sums) in enumerate(item.rows.iterrows()):
        shown: list[Cell] = [_figure(name, int(sums[name])) for name in keys]
        rows.append([str(key) or NOBODY, *shown, *_checks(letters, first + number)])
    last = first + max(len(rows), 1) - 1
    totals = _totals(figures.whole, keys, letters, first, last)
    title = f"{head.title}（{item.name}）"
    return Grid(item.name, title, notes, columns, rows, totals, "5B9BD5", check_totals=[2])


def _figure(key: tuple[str, str], value: int) -> float | int:
    return value if key[1] in ("count", *UNKNOWN) else value / 100


def _checks(letters: Mapping[tuple[str, str], str], row: int) -> list[Cell]:
    def minus(whole: str, parts: Sequence[str], measure: str) -> Formula:
        taken = "".join(f"-{letters[part, measure]}{row}" for part in parts)
        return Formula(f"=ROUND({letters[whole, measure]}{row}{taken},2)", 0)

    return [
        *[minus(VERIFIED, RESULTS, measure) for measure in MEASURES[:3]],
        *[minus(_ILLEGAL, (DONE, OPEN), measure) for measure in MEASURES[:3]],
    ]


def _totals(
    whole: Sums,
    keys: Sequence[tuple[str, str]],
    letters: Mapping[tuple[str, str], str],
    first: int,
    last: int,
) -> list[list[Cell]]:
    """Return the sums of the rows, all patches added up on their own, and the difference, which must be 0."""
    figures = [_figure(key, whole[key]) for key in keys]
    added: list[Cell] = [
        Formula(f"=SUM({letters[key]}{first}:{letters[key]}{last})", figure)
        for key, figure in zip(keys, figures, strict=True)
    ]
    differences: list[Cell] = [
        Formula(f"=ROUND({letters[key]}{last + 1}-{letters[key]}{last + 2},2)", 0) for key in keys
    ]
    blank: list[Cell] = [None] * 6
    return [
        ["合计", *added, *_checks(letters, last + 1)],
        ["全部图斑", *figures, *blank],
        ["校核：合计－全部图斑", *differences, *blank],
    ]


# --------------------------------------------------------------------------- ranking


def _ranking(head: BookHead, figures: Statistics) -> Grid:
    criteria = figures.criteria.criteria
    columns = [
        GridColumn("乡镇街道", Kind.CODE, 22),
        *[_criterion_column(c.key, c.title) for c in criteria],
        GridColumn("得分", Kind.NUMBER, 11),
        GridColumn("名次", COUNT, 9),
    ]
    notes = [head.line, f"依据方案五（五）“综合评估和统计排序”。{figures.criteria.text}"]
    first = first_row(len(notes), columns)
    placed = figures.ranking[figures.ranking["place"].notna()]
    last = first + max(len(placed), 1) - 1
    below = first + max(len(figures.ranking), 1)
    letters = [get_column_letter(number) for number in range(2, 2 + len(criteria))]
    place = get_column_letter(2 + len(criteria))
    rows: list[list[Cell]] = []
    for number, (unit, values) in enumerate(figures.ranking.iterrows()):
        row = first + number
        shown: list[Cell] = [str(unit) or NOBODY, *[float(values[c.key]) for c in criteria]]
        if unit not in placed.index:
            rows.append([*shown, DASH, DASH])
            continue
        parts = "".join(f"-{x}${below + 1}*IF({x}${below}=0,0,{x}{row}/{x}${below})" for x in letters)
        score = Formula(f"=ROUND(100{parts},2)", float(values["score"]))
        rank = Formula(f"=RANK({place}{row},{place}${first}:{place}${last})", int(values["place"]))
        rows.append([*shown, score, rank])
    highest: list[Cell] = [
        Formula(f"=MAX({x}{first}:{x}{last})", float(placed[c.key].max()) if len(placed) else 0.0)
        for x, c in zip(letters, criteria, strict=True)
    ]
    weights = [Item(c.weight, Look.TOTAL, number_format(Kind.NUMBER, 0), "right") for c in criteria]
    totals: list[list[Cell]] = [
        ["各单位最大值", *highest, None, None],
        ["权重", *weights, None, None],
    ]
    title = f"{head.title}（乡镇街道综合评估排序）"
    return Grid("乡镇排序", title, notes, columns, rows, totals, colour="70AD47")


def _criterion_column(key: str, title: str) -> GridColumn:
    if key in ("ratio", "open_share"):
        return GridColumn(title, Kind.PERCENT, 16)
    return GridColumn(title, Kind.NUMBER, 16, decimals=2 if key == "illegal_farmland" else 0)
