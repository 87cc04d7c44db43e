"""Sheets with one row a township: counts, sums and ratios over the ledger, all live formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from openpyxl.utils import get_column_letter

from weipian_plugin.domain import ratio
from weipian_plugin.domain.ranking import Place, in_order
from weipian_plugin.domain.ratio import RatioFigures, RatioRule
from weipian_plugin.domain.ratio_term import NOT_COUNTED
from weipian_plugin.domain.units import printed_units, to_mu
from weipian_plugin.exchange.book import Book, Formula, Item, Sheet, SheetLayout
from weipian_plugin.exchange.columns import Column
from weipian_plugin.exchange.content import LedgerContent, PlanFacts
from weipian_plugin.exchange.heights import HEADER_POINTS, row_height
from weipian_plugin.exchange.layout import TownTable
from weipian_plugin.exchange.paper import Paper
from weipian_plugin.exchange.records import Record
from weipian_plugin.exchange.sources import Kind
from weipian_plugin.exchange.styles import Look, alignment, green_when, number_format, red_when
from weipian_plugin.exchange.sums import number, total
from weipian_plugin.exchange.tables import Table, on_paper, write_bands, write_foot, write_head, write_header
from weipian_plugin.exchange.titles import NOBODY, FootLine, head_note
from weipian_plugin.exchange.town_sources import (
    CHECKS,
    MEASURES,
    RATIO_AREAS,
    RATIOS,
    SHARES,
    TOWN_SOURCES,
    Measure,
    Quotient,
    quotients,
)

_NONE = "—"
_WHOLE = "全区合计"
_BASE = ("ratio_illegal_mu", "ratio_legal_mu")
_ADDED = "ROUND({},6)"
"""Sums of floats differ in their last bits, by the order of the rows: what is compared must not."""


@dataclass(frozen=True)
class Towns:
    """The rows and columns of one sheet."""

    name: str
    columns: Sequence[Column]
    units: Sequence[str]
    groups: Mapping[str, Sequence[Record]]
    """Records of the ledger by unit; all of them under ''."""
    ledger: Table
    issued: Mapping[str, tuple[int, float]]
    """Patches and 亩 原始下发 by unit, '' for all."""
    plan: PlanFacts
    figures: Mapping[str, RatioFigures]
    """The ratio of every unit, '' for all."""
    ranking: Mapping[str, Place]
    """Where the units stand."""

    @cached_property
    def quotients(self) -> Mapping[str, Quotient]:
        """The ratios of counts and areas, by source."""
        return quotients(self.plan.ratio_rule)

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """Column letters by source."""
        return {column.source: get_column_letter(i) for i, column in enumerate(self.columns, 1)}

    @property
    def has_bands(self) -> bool:
        """Whether titles stand above groups of columns."""
        return any(column.group for column in self.columns)

    @cached_property
    def paper(self) -> Paper:
        """How the table is laid on paper."""
        return on_paper(self.columns, [column.source for column in self.columns].index("unit") + 1)

    @property
    def total_row(self) -> int:
        """The row of the whole district, above the townships."""
        return 5 if self.has_bands else 4

    @property
    def last_row(self) -> int:
        """The last township's row."""
        return self.total_row + max(len(self.units), 1)


def write_towns(
    book: Book,
    entry: TownTable,
    ledger: Table,
    decimals: int,
    content: LedgerContent,
    foot: Sequence[FootLine],
) -> None:
    """Write a sheet with the whole district and then every township, as they are ranked."""
    towns = _towns(entry, ledger, content, decimals)
    sheet = book.add_sheet(_layout(entry, towns))
    write_head(sheet, entry.title, [head_note(content)], towns.columns, towns.paper)
    if towns.has_bands:
        write_bands(sheet, towns.columns, towns.paper)
    write_header(sheet, towns.columns, HEADER_POINTS)
    for place, unit in enumerate(["", *towns.units]):
        items = [_item(towns, column, unit, towns.total_row + place) for column in towns.columns]
        sheet.append(items, _height(towns, items))
    if not towns.units:
        sheet.append([Item(None) for _ in towns.columns])
    write_foot(sheet, foot, towns.columns, towns.paper)
    _paint(sheet, towns)


def _towns(entry: TownTable, ledger: Table, content: LedgerContent, decimals: int) -> Towns:
    issued = issued_totals(content.issued, decimals)
    groups: dict[str, list[Record]] = {"": list(ledger.records)}
    for record in ledger.records:
        groups.setdefault(str(record["rank_unit"]), []).append(record)
    for unit in issued:
        groups.setdefault(unit, [])
    units = in_order((unit for unit in groups if unit), content.ranking)
    figures = _ratios(ledger.records, content.plan.ratio_rule)
    columns = _with_parts(entry.sheet.columns, content.plan.ratio_rule)
    return Towns(entry.name, columns, units, groups, ledger, issued, content.plan, figures, content.ranking)


def _ratios(records: Sequence[Record], rule: RatioRule) -> Mapping[str, RatioFigures]:
    """Return the figures of the ratio by unit, '' for all."""
    counted = [record for record in records if record["ratio_side"] != NOT_COUNTED]
    frame = pd.DataFrame(
        {
            "result": pd.Series([record["ratio_side"] for record in counted], dtype=object),
            "unit": pd.Series([record["rank_unit"] for record in counted], dtype=object),
            "farmland": [_hundredths(record, "ratio_farmland_mu") for record in counted],
            "doubtful": [_hundredths(record, "doubtful_mu") for record in counted],
            "area": [_hundredths(record, "area_mu") for record in counted],
            "deducted": [record["deducted"] == "是" for record in counted],
            "rectified": [record["rectified"] == "已整改" for record in counted],
        }
    )
    return {"": ratio.figures(frame, rule), **ratio.figures_by(frame, rule, "unit")}


def _hundredths(record: Record, source: str) -> int:
    return round(number(record, source) * 100)


def _height(towns: Towns, items: Sequence[Item]) -> float:
    shown = zip(items, towns.columns, strict=True)
    texts = [(i.value, c.width) for i, c in shown if isinstance(i.value, str) and not c.hidden]
    return row_height(texts, 24)


def _with_parts(columns: Sequence[Column], rule: RatioRule) -> list[Column]:
    """Return the columns with hidden ones for whatever their formulas add up."""
    made, decimals = list(columns), next((c.decimals for c in columns if c.kind is Kind.AREA), 2)
    needed: list[str] = []
    for column in columns:
        if column.source in SHARES:
            needed += quotients(rule)[column.source].parts
        elif column.source in CHECKS:
            needed += [source for part in CHECKS[column.source] for source in part]
        elif column.source == "ratio_base_mu":
            needed += _BASE
        elif column.source == "rank":
            needed.append("score")
    known = {column.source for column in columns}
    for source in dict.fromkeys(source for source in needed if source not in known):
        made.append(Column(source, source, TOWN_SOURCES[source], 8, decimals, hidden=True))
    return made


def _layout(entry: TownTable, towns: Towns) -> SheetLayout:
    return SheetLayout(
        name=entry.name,
        widths=[column.width for column in towns.columns],
        hidden=[column.hidden for column in towns.columns],
        frozen=f"C{towns.total_row + 1}",
        repeated_rows=f"{3}:{towns.total_row - 1}",
        paper=towns.paper,
        colour=entry.colour,
    )


def _item(towns: Towns, column: Column, unit: str, row: int) -> Item:
    look = Look.BODY if unit else Look.TOTAL
    value = _cell(towns, column.source, unit, row)
    decimals = 2 if _is_ratio_area(column.source) else column.decimals
    written = "General" if isinstance(value, str) else number_format(column.kind, decimals)
    if column.kind in (Kind.CODE, Kind.TEXT):
        written = "@"
    return Item(value, look, written, alignment(column.kind))


def _is_ratio_area(source: str) -> bool:
    return source == "ratio_base_mu" or (source in MEASURES and MEASURES[source].sums in RATIO_AREAS)


def _cell(towns: Towns, source: str, unit: str, row: int) -> str | float | int | Formula | None:
    if source in MEASURES:
        return _measured(towns, MEASURES[source], unit, row)
    if source in SHARES:
        return _share(towns, source, unit, row)
    if source in CHECKS:
        return _added(towns, *CHECKS[source], unit, row)
    count, area = towns.issued.get(unit, (0, 0.0))
    other: dict[str, str | float | int | Formula | None] = {
        "unit": unit or _WHOLE,
        "rank": _rank(towns, unit, row) if source == "rank" else None,
        "score": _score(towns, unit),
        "issued_count": count,
        "issued_mu": area,
        "note": towns.figures[unit].uncertain if unit in towns.figures else "",
    }
    return _added(towns, _BASE, (), unit, row) if source == "ratio_base_mu" else other[source]


def _measured(towns: Towns, measure: Measure, unit: str, row: int) -> Formula:
    ledger = towns.ledger
    terms = [f"--(LEN({ledger.range('patch_no')})>0)"]
    if unit:
        terms.append(f"--({ledger.range('rank_unit')}=${towns.letters['unit']}{row})")
    terms += [f'--({ledger.range(source)}="{value}")' for source, value in measure.where]
    if measure.sums:
        terms.append(ledger.range(measure.sums))
    counted = f"SUMPRODUCT({','.join(terms)})"
    text = _ADDED.format(counted) if measure.sums else counted
    return Formula(f"={text}", _value(measure, towns.groups[unit]))


def _value(measure: Measure, records: Sequence[Record]) -> float | int:
    chosen = [r for r in records if all((r.get(source) or "") == value for source, value in measure.where)]
    return total(chosen, measure.sums) if measure.sums else len(chosen)


def _added(towns: Towns, added: Sequence[str], taken: Sequence[str], unit: str, row: int) -> Formula:
    """Return the sum of some columns of the row, less others."""
    text = "+".join(f"{towns.letters[source]}{row}" for source in added)
    text += "".join(f"-{towns.letters[source]}{row}" for source in taken)
    return Formula(f"={_ADDED.format(text)}", _sum(towns, added, taken, unit))


def _sum(towns: Towns, added: Sequence[str], taken: Sequence[str], unit: str) -> float:
    def one(source: str) -> float:
        return float(_value(MEASURES[source], towns.groups[unit]))

    return round(sum(map(one, added)) - sum(map(one, taken)), 6) + 0.0


def _share(towns: Towns, source: str, unit: str, row: int) -> Formula:
    """Return a ratio; — where nothing stands below the line, never 0 %."""
    parts = towns.quotients[source]
    above = _added(towns, parts.above, parts.less_above, unit, row)
    below = _added(towns, parts.below, parts.less_below, unit, row)
    upper, lower = (formula.text.removeprefix("=") for formula in (above, below))
    otherwise = f'"{_NONE}"'
    if parts.if_any:
        otherwise = f"IF({towns.letters[parts.if_any]}{row}>0,{parts.then},{otherwise})"
    # Whole numbers above and below the line give the one right quotient, whatever was added in which order.
    text = f"=IF({lower}<=0,{otherwise},ROUND({upper}*100,0)/ROUND({lower}*100,0))"
    if source in RATIOS:
        value = _ratio(towns.figures.get(unit), source)
    else:
        value = float(above.value) / float(below.value) if below.value else None
    return Formula(text, _NONE if value is None else value)


def _ratio(figures: RatioFigures | None, source: str) -> float | None:
    """Return one of RATIOS as the domain works it out; the formula must come to the same."""
    if figures is None:
        return None
    values = (figures.ratio, figures.shares[1].value, figures.best, figures.worst)
    return values[RATIOS.index(source)]


def _score(towns: Towns, unit: str) -> float | str | None:
    """Return the score of a unit; — for one that is not ranked, None for the whole district."""
    if unit in towns.ranking:
        return towns.ranking[unit].score
    return _NONE if unit else None


def _rank(towns: Towns, unit: str, row: int) -> Formula | str | None:
    """Return the place of a unit by its score, or what stands where there is no score."""
    if unit not in towns.ranking:
        return _NONE if unit else None
    letter = towns.letters["score"]
    cells = f"${letter}${towns.total_row + 1}:${letter}${towns.last_row}"
    return Formula(f"=RANK({letter}{row},{cells})", towns.ranking[unit].place)


def _paint(sheet: Sheet, towns: Towns) -> None:
    rules = sheet.worksheet.conditional_formatting
    for source, letter in towns.letters.items():
        cell, cells = f"{letter}{towns.total_row}", f"{letter}{towns.total_row}:{letter}{towns.last_row}"
        if source in CHECKS:
            rules.add(cells, red_when(f"AND(ISNUMBER({cell}),ABS({cell})>0.004)"))
            rules.add(cells, green_when(f"AND(ISNUMBER({cell}),ABS({cell})<=0.004)"))
        elif source in ("ratio", "ratio_deducted"):
            rules.add(cells, red_when(f"AND(ISNUMBER({cell}),{cell}>={towns.plan.ratio_limit})"))


def issued_totals(issued: pd.DataFrame | None, decimals: int) -> dict[str, tuple[int, float]]:
    """Return patches and printed 亩 原始下发 by unit, '' for all."""
    if issued is None:
        return {}
    units = issued["town_name"].where(issued["town_name"] != "", NOBODY)
    areas = printed_units(to_mu(issued["area_m2"].to_numpy(float)), decimals)
    printed: pd.Series[int] = pd.Series(areas, index=issued.index)
    by_unit = printed.groupby(units).agg(["count", "sum"])
    rows = {"": (len(printed), printed.sum()), **{u: (n, a) for u, n, a in by_unit.itertuples()}}
    return {unit: (int(count), int(area) / 10**decimals) for unit, (count, area) in rows.items()}
