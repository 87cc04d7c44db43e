"""Sheets with one row a township: counts, sums and ratios over the ledger, all live formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from openpyxl.utils import get_column_letter

from weipian_plugin.exchange.book import Book, Formula, Item, Sheet, SheetLayout
from weipian_plugin.exchange.columns import Column
from weipian_plugin.exchange.figures import printed_mu
from weipian_plugin.exchange.heights import row_height
from weipian_plugin.exchange.layout import TownTable
from weipian_plugin.exchange.paper import Paper
from weipian_plugin.exchange.records import UNASSIGNED, Record
from weipian_plugin.exchange.sources import Kind
from weipian_plugin.exchange.styles import Look, alignment, green_when, number_format, red_when
from weipian_plugin.exchange.sums import number, total
from weipian_plugin.exchange.tables import Table, on_paper, write_bands, write_foot, write_head
from weipian_plugin.exchange.town_sources import CHECKS, MEASURES, RANKED_BY, SHARES, TOWN_SOURCES, Measure

_LIMIT = 0.15
"""15号令 (2008) art. 3; the plan keeps the ratio below it at all times."""
_NONE = "—"
_WHOLE = "全区合计"
_BASE = ("ratio_illegal_mu", "ratio_legal_mu")


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
    issued: Mapping[str, tuple[int, float]],
    note: str,
    foot: Sequence[str],
) -> None:
    """Write a sheet with the whole district and then every township, most illegal farmland first."""
    towns = _towns(entry, ledger, issued)
    sheet = book.add_sheet(_layout(entry, towns))
    write_head(sheet, entry.title, [note], towns.columns, towns.paper)
    if towns.has_bands:
        write_bands(sheet, towns.columns, towns.paper)
    sheet.append([Item(column.title, Look.HEADER) for column in towns.columns], height=54)
    for place, unit in enumerate(["", *towns.units]):
        items = [_item(towns, column, unit, towns.total_row + place) for column in towns.columns]
        sheet.append(items, _height(towns, items))
    if not towns.units:
        sheet.append([Item(None) for _ in towns.columns])
    write_foot(sheet, foot, towns.columns, towns.paper)
    _paint(sheet, towns)


def _towns(entry: TownTable, ledger: Table, issued: Mapping[str, tuple[int, float]]) -> Towns:
    groups: dict[str, list[Record]] = {"": list(ledger.records)}
    for record in ledger.records:
        groups.setdefault(str(record["rank_unit"]), []).append(record)
    for unit in issued:
        groups.setdefault(unit, [])
    units = sorted((unit for unit in groups if unit), key=lambda unit: _rank_key(unit, groups[unit]))
    return Towns(entry.name, _with_parts(entry.sheet.columns), units, groups, ledger, issued)


def _height(towns: Towns, items: Sequence[Item]) -> float:
    shown = zip(items, towns.columns, strict=True)
    texts = [(i.value, c.width) for i, c in shown if isinstance(i.value, str) and not c.hidden]
    return row_height(texts, 24)


def _rank_key(unit: str, records: Sequence[Record]) -> tuple[bool, float, int, str]:
    return unit == UNASSIGNED, -_value(MEASURES[RANKED_BY], records), -len(records), unit


def _with_parts(columns: Sequence[Column]) -> list[Column]:
    """Return the columns with hidden ones for whatever their formulas add up."""
    made, decimals = list(columns), next((c.decimals for c in columns if c.kind is Kind.AREA), 2)
    needed: list[str] = []
    for column in columns:
        if column.source in SHARES:
            needed += [source for part in SHARES[column.source] for source in part]
        elif column.source in CHECKS:
            needed += [source for part in CHECKS[column.source] for source in part]
        elif column.source == "ratio_base_mu":
            needed += _BASE
        elif column.source == "rank":
            needed.append(RANKED_BY)
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
    written = "General" if isinstance(value, str) else number_format(column.kind, column.decimals)
    if column.kind in (Kind.CODE, Kind.TEXT):
        written = "@"
    return Item(value, look, written, alignment(column.kind))


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
        "issued_count": count,
        "issued_mu": area,
        "note": _caveat(towns.groups[unit]),
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
    return Formula(f"=SUMPRODUCT({','.join(terms)})", _value(measure, towns.groups[unit]))


def _value(measure: Measure, records: Sequence[Record]) -> float | int:
    chosen = [r for r in records if all((r.get(source) or "") == value for source, value in measure.where)]
    return total(chosen, measure.sums) if measure.sums else len(chosen)


def _added(towns: Towns, added: Sequence[str], taken: Sequence[str], unit: str, row: int) -> Formula:
    """Return the sum of some columns of the row, less others."""
    text = "+".join(f"{towns.letters[source]}{row}" for source in added)
    text += "".join(f"-{towns.letters[source]}{row}" for source in taken)
    return Formula(f"=ROUND({text},6)", _sum(towns, added, taken, unit))


def _sum(towns: Towns, added: Sequence[str], taken: Sequence[str], unit: str) -> float:
    def one(source: str) -> float:
        return float(_value(MEASURES[source], towns.groups[unit]))

    return round(sum(map(one, added)) - sum(map(one, taken)), 6) + 0.0


def _share(towns: Towns, source: str, unit: str, row: int) -> Formula:
    """Return a ratio; — where nothing stands below the line, never 0 %."""
    added, taken, below = SHARES[source]
    top, bottom = _added(towns, added, taken, unit, row), _added(towns, below, (), unit, row)
    upper, lower = top.text.removeprefix("="), bottom.text.removeprefix("=")
    value = float(top.value) / float(bottom.value) if bottom.value else _NONE
    return Formula(f'=IF({lower}=0,"{_NONE}",{upper}/{lower})', value)


def _rank(towns: Towns, unit: str, row: int) -> Formula | None:
    if not unit:
        return None
    letter = towns.letters[RANKED_BY]
    values = [_value(MEASURES[RANKED_BY], towns.groups[one]) for one in towns.units]
    own = _value(MEASURES[RANKED_BY], towns.groups[unit])
    cells = f"${letter}${towns.total_row + 1}:${letter}${towns.last_row}"
    return Formula(f"=RANK({letter}{row},{cells})", 1 + sum(1 for value in values if value > own))


def _caveat(records: Sequence[Record]) -> str:
    """Return what makes the figures of a row uncertain."""
    open_ = sum(1 for r in records if r.get("ratio_side") == "未判定")
    decided = [r for r in records if r.get("ratio_side") in ("违法", "合法")]
    doubtful = sum(1 for r in decided if number(r, "doubtful_mu") > 0)
    parts = [f"{open_} 个图斑未判定"] if open_ else []
    parts += [f"{doubtful} 个已判定图斑的耕地未评估或不全"] if doubtful else []
    return "，".join(parts)


def _paint(sheet: Sheet, towns: Towns) -> None:
    rules = sheet.worksheet.conditional_formatting
    for source, letter in towns.letters.items():
        cell, cells = f"{letter}{towns.total_row}", f"{letter}{towns.total_row}:{letter}{towns.last_row}"
        if source in CHECKS:
            rules.add(cells, red_when(f"AND(ISNUMBER({cell}),ABS({cell})>0.004)"))
            rules.add(cells, green_when(f"AND(ISNUMBER({cell}),ABS({cell})<=0.004)"))
        elif source in ("ratio", "ratio_deducted"):
            rules.add(cells, red_when(f"AND(ISNUMBER({cell}),{cell}>={_LIMIT})"))


def issued_totals(
    issued: pd.DataFrame | None, units: Mapping[str, str], decimals: int
) -> dict[str, tuple[int, float]]:
    """Return patches and printed 亩 原始下发 by unit; `units` tells the unit of a patch number."""
    if issued is None:
        return {}
    found: dict[str, tuple[int, float]] = {}
    for patch_no, town, area in zip(issued["patch_no"], issued["town_name"], issued["area_m2"], strict=True):
        printed = printed_mu(float(area), decimals)
        for unit in ("", units.get(str(patch_no)) or str(town) or UNASSIGNED):
            count, sum_ = found.get(unit, (0, 0.0))
            found[unit] = count + 1, sum_ + (printed if isinstance(printed, float) else 0.0)
    return {unit: (count, round(area, decimals)) for unit, (count, area) in found.items()}
