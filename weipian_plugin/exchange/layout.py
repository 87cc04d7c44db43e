"""Which sheets the submission workbook has, with which records on each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from weipian_plugin.domain.duties import DutyName
from weipian_plugin.exchange.assignments import SEPARATOR
from weipian_plugin.exchange.columns import Column, LedgerTemplate, SheetTemplate
from weipian_plugin.exchange.content import LedgerContent
from weipian_plugin.exchange.export_record import EXPORT_SHEET, STABLE_ID, STABLE_ID_TITLE
from weipian_plugin.exchange.heights import width_showing
from weipian_plugin.exchange.records import UNASSIGNED, PatchRecord, Record, duty_records, unit_record
from weipian_plugin.exchange.sheet_names import SheetNames
from weipian_plugin.exchange.sources import PATCH_SOURCES, Kind
from weipian_plugin.exchange.tables import Mark, Table
from weipian_plugin.exchange.titles import foot_lines, full_title, head_note
from weipian_plugin.exchange.town_sources import LEDGER_NEEDS, RATIO_AREAS
from weipian_plugin.exchange.validations import DICTIONARY_SHEET
from weipian_plugin.giving_way import free_row_by_row

SUMMARY, NOTES = "汇总", "填报说明"
_COLOURS = {
    "determination": "C00000",
    "ledger": "4472C4",
    "remedy": "ED7D31",
    "assignment": "70AD47",
    "ranking": "FFC000",
    "ratio": "FFC000",
    "audit": "4472C4",
    "precheck": "C00000",
    "department": "70AD47",
    "township": "5B9BD5",
    "not_evaluated": "7030A0",
}
_LISTED_DUTIES = tuple(d.value for d in DutyName if d not in (DutyName.TERRITORY, DutyName.SUPERVISION))
"""部门分派清单: what somebody has to do about a patch; territories have their own sheets."""
_ILLEGAL = "违法"
_MARKS = (
    Mark("check_state", "须补正"),
    Mark("check_state", "有提醒", is_bad=False),
    Mark("area_verdict", "否"),
    Mark("rectified", "未整改"),
    Mark("rectified", "整改中", is_bad=False),
    Mark("duty_state", "待会商", is_bad=False),
)


@dataclass(frozen=True)
class UnitTable:
    """The sheet of one unit."""

    unit: str
    table: Table


@dataclass(frozen=True)
class TownTable:
    """A sheet with one row a township."""

    key: str
    name: str
    title: str
    sheet: SheetTemplate
    colour: str


@dataclass(frozen=True)
class LedgerLayout:
    """All sheets of the workbook, known before the first is written, so that each can point to the others."""

    ledger: Table
    summary_name: str
    lists: Mapping[str, Table]
    """Further sheets with one row a patch, by the key of the template; only those that are written."""
    towns: Sequence[TownTable]
    departments: Sequence[UnitTable]
    townships: Sequence[UnitTable]
    not_evaluated: Table | None
    """None when every layer could be evaluated for every patch."""
    notes_name: str

    def tables(self) -> Iterator[Table]:
        """Yield every sheet with one row a patch."""
        yield self.ledger
        yield from self.lists.values()
        yield from (entry.table for entry in (*self.departments, *self.townships))
        if self.not_evaluated:
            yield self.not_evaluated

    def forget_records(self) -> None:
        """Let go of the rows of every sheet, which are many times those of the patches."""
        for table in self.tables():
            free_row_by_row(table.records)


def lay_out(
    content: LedgerContent, records: Sequence[PatchRecord], template: LedgerTemplate, names: SheetNames
) -> LedgerLayout:
    """Return the sheets; the fixed ones get their names before the units do."""
    maker = TableMaker(content, template, names)
    summary, notes = names.take(SUMMARY), names.take(NOTES)
    ledger = maker.table("ledger", template.sheets["ledger"].title, [record.values for record in records])
    return LedgerLayout(
        ledger=ledger,
        summary_name=summary,
        lists=_lists(maker, records, content, template),
        towns=[maker.town_table(key) for key in ("ranking", "ratio") if key in template.sheets],
        not_evaluated=_gaps(maker, records, template),
        departments=maker.unit_tables("department", "lead_units", DutyName.LEAD, records),
        townships=maker.unit_tables("township", "territory_units", DutyName.TERRITORY, records),
        notes_name=notes,
    )


def _gaps(maker: TableMaker, records: Sequence[PatchRecord], template: LedgerTemplate) -> Table | None:
    gaps = [record.values for record in records if record.not_evaluated]
    sheet = template.sheets.get("not_evaluated")
    return maker.table("not_evaluated", sheet.title, gaps) if sheet and gaps else None


def _lists(
    maker: TableMaker, records: Sequence[PatchRecord], content: LedgerContent, template: LedgerTemplate
) -> dict[str, Table]:
    everything = [record.values for record in records]
    decimals = template.area_decimals
    rows = {
        "determination": everything,
        "remedy": [values for values in everything if values["result"] == _ILLEGAL],
        "assignment": _by_unit([r for p in records for r in duty_records(p, _LISTED_DUTIES, decimals)]),
        "audit": everything,
        "precheck": [values for values in everything if values.get("check_state") not in (None, "", "通过")],
    }
    wanted = [
        key for key in rows if key in template.sheets and (key != "precheck" or content.checks is not None)
    ]
    return {key: maker.table(key, template.sheets[key].title, rows[key]) for key in wanted}


def _by_unit(rows: list[Record]) -> list[Record]:
    """Return the rows unit by unit, in the order in which the units first stand, what it leads first."""
    order = {unit: place for place, unit in enumerate(dict.fromkeys(str(row["unit"]) for row in rows))}
    duties = {name: place for place, name in enumerate(_LISTED_DUTIES)}
    return sorted(rows, key=lambda row: (order[str(row["unit"])], duties[str(row["unit_duty"])]))


class TableMaker:
    """Makes the tables of one workbook."""

    def __init__(self, content: LedgerContent, template: LedgerTemplate, names: SheetNames) -> None:
        self._content, self._template, self._names = content, template, names
        self._names.reserve(DICTIONARY_SHEET)
        self._names.reserve(EXPORT_SHEET)

    def table(self, key: str, name: str, records: list[Record], unit: str = "") -> Table:
        """Return the table of sheet `key`; `name` is made legal and unique."""
        sheet = self._template.sheets[key]
        return Table(
            name=self._names.take(name),
            title=full_title(self._content, sheet.title) + (f"（{unit}）" if unit else ""),
            note=head_note(self._content),
            columns=[_wide_enough(column, records) for column in self._columns(key, sheet)],
            records=records,
            colour=_COLOURS.get(key, "4472C4"),
            foot=foot_lines(self._content, self._template.signatures),
            marks=_MARKS,
            counted="条" if key == "assignment" else "个",
        )

    def town_table(self, key: str) -> TownTable:
        """Return the sheet `key` with one row a township."""
        sheet = self._template.sheets[key]
        name, title = self._names.take(sheet.title), full_title(self._content, sheet.title)
        return TownTable(key, name, title, sheet, _COLOURS[key])

    def _columns(self, key: str, sheet: SheetTemplate) -> tuple[Column, ...]:
        """Return the columns of the template, and hidden ones that formulas or the way back need."""
        columns = list(sheet.columns)
        known = {column.source for column in columns}
        if key == "ledger" and {"ranking", "ratio"} & set(self._template.sheets):
            columns += [
                Column(source, _HIDDEN_TITLES[source], PATCH_SOURCES[source], 8, decimals, hidden=True)
                for source, decimals in self._ledger_needs()
                if source not in known
            ]
        if self._content.stamp:
            columns.append(Column(STABLE_ID, STABLE_ID_TITLE, Kind.CODE, 10, hidden=True))
        return tuple(columns)

    def _ledger_needs(self) -> Iterator[tuple[str, int]]:
        """Yield the columns that sheets by township add up, with their decimals."""
        for source in LEDGER_NEEDS:
            yield source, 2 if source in RATIO_AREAS else self._template.area_decimals

    def unit_tables(
        self, key: str, source: str, duty: DutyName, records: Sequence[PatchRecord]
    ) -> list[UnitTable]:
        """Return one table a unit, largest first, the patches without a unit last."""
        if key not in self._template.sheets:
            return []
        by_unit: dict[str, list[Record]] = {}
        for record in records:
            for unit in str(record.values[source]).split(SEPARATOR):
                own = unit_record(record, unit, duty, self._template.area_decimals)
                by_unit.setdefault(unit, []).append(own)
        order = sorted(by_unit, key=lambda unit: (unit == UNASSIGNED, -len(by_unit[unit])))
        return [UnitTable(unit, self._unit_table(key, unit, duty, by_unit[unit])) for unit in order]

    def _unit_table(self, key: str, unit: str, duty: DutyName, records: list[Record]) -> Table:
        name = f"{duty.value}{UNASSIGNED}" if unit == UNASSIGNED else unit
        return self.table(key, name, records, name)


def _wide_enough(column: Column, records: Sequence[Record]) -> Column:
    """Return the column as the template has it, or wider where a text is longer than the highest row."""
    if column.hidden or column.kind not in (Kind.TEXT, Kind.CODE):
        return column
    texts = (value for record in records if isinstance(value := record.get(column.source), str))
    width = width_showing(texts, column.width)
    return column if width == column.width else replace(column, width=width)


_HIDDEN_TITLES = {
    "rank_unit": "统计单位",
    "result": "判定结果",
    "rectified": "整改情况",
    "ratio_side": "占比口径",
    "deducted": "扣减",
    "area_mu": "总面积",
    "farmland_net_mu": "耕地（扣田坎）",
    "basic_farmland_mu": "永久基本农田",
    "settled_mu": "已整改面积",
    "open_mu": "未整改面积",
    "ratio_farmland_mu": "计入比例的耕地",
    "doubtful_mu": "可能为耕地的面积",
}


def with_lists(layout: LedgerLayout, lists: Mapping[str, str]) -> LedgerLayout:
    """Return the layout with the cells of the drop-downs' words known to every table."""

    def known(table: Table) -> Table:
        return replace(table, lists=lists)

    def units(entries: Sequence[UnitTable]) -> list[UnitTable]:
        return [UnitTable(entry.unit, known(entry.table)) for entry in entries]

    return replace(
        layout,
        ledger=known(layout.ledger),
        lists={key: known(table) for key, table in layout.lists.items()},
        departments=units(layout.departments),
        townships=units(layout.townships),
    )
