"""Which sheets the ledger workbook has, with which records on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from weipian_plugin.domain.duties import DutyName
from weipian_plugin.exchange.assignments import SEPARATOR
from weipian_plugin.exchange.columns import LedgerTemplate
from weipian_plugin.exchange.content import LedgerContent
from weipian_plugin.exchange.records import UNASSIGNED, PatchRecord, Record, unit_record
from weipian_plugin.exchange.sheet_names import SheetNames
from weipian_plugin.exchange.tables import Table

SUMMARY, NOTES = "汇总", "填报说明"
_PLAN_SUFFIX = "工作方案"
_COLOURS = {"ledger": "4472C4", "department": "70AD47", "township": "5B9BD5", "not_evaluated": "7030A0"}


@dataclass(frozen=True)
class UnitTable:
    """The sheet of one unit."""

    unit: str
    table: Table


@dataclass(frozen=True)
class LedgerLayout:
    """All sheets of the workbook, known before the first is written, so that each can point to the others."""

    ledger: Table
    summary_name: str
    departments: Sequence[UnitTable]
    townships: Sequence[UnitTable]
    not_evaluated: Table | None
    """None when every layer could be evaluated for every patch."""
    notes_name: str


def lay_out(
    content: LedgerContent, records: Sequence[PatchRecord], template: LedgerTemplate, names: SheetNames
) -> LedgerLayout:
    """Return the sheets; the fixed ones get their names before the units do."""
    maker = _TableMaker(content, template, names)
    summary, notes = names.take(SUMMARY), names.take(NOTES)
    ledger = maker.table("ledger", template.sheets["ledger"].title, [record.values for record in records])
    gaps = [record.values for record in records if record.not_evaluated]
    title = template.sheets["not_evaluated"].title
    not_evaluated = maker.table("not_evaluated", title, gaps) if gaps else None
    return LedgerLayout(
        ledger=ledger,
        summary_name=summary,
        departments=maker.unit_tables("department", "lead_units", DutyName.LEAD, records),
        townships=maker.unit_tables("township", "territory_units", DutyName.TERRITORY, records),
        not_evaluated=not_evaluated,
        notes_name=notes,
    )


def full_title(content: LedgerContent, what: str) -> str:
    """Return the title of a sheet: the plan's name with `what` in the place of 工作方案."""
    plan = content.plan.title
    stem = (
        plan.removesuffix(_PLAN_SUFFIX)
        if plan.endswith(_PLAN_SUFFIX)
        else f"{content.year}年土地矿产卫片执法"
    )
    return stem + what


def head_note(content: LedgerContent) -> str:
    """Return the line under the title: basis, period, unit, maker, date."""
    return (
        f"依据：{content.plan.number}　　时段：{content.period}　　单位：亩　　"
        f"制表：{content.maker}　　日期：{content.made_on:%Y-%m-%d}　　"
        "套合与分派结果为线索和建议，不是认定结论"
    )


class _TableMaker:
    """Makes the tables of one workbook."""

    def __init__(self, content: LedgerContent, template: LedgerTemplate, names: SheetNames) -> None:
        self._content, self._template, self._names = content, template, names

    def table(self, key: str, name: str, records: Sequence[Record], unit: str = "") -> Table:
        """Return the table of sheet `key`; `name` is made legal and unique."""
        sheet = self._template.sheets[key]
        return Table(
            name=self._names.take(name),
            title=full_title(self._content, sheet.title) + (f"（{unit}）" if unit else ""),
            note=head_note(self._content),
            columns=sheet.columns,
            records=records,
            colour=_COLOURS[key],
        )

    def unit_tables(
        self, key: str, source: str, duty: DutyName, records: Sequence[PatchRecord]
    ) -> list[UnitTable]:
        """Return one table a unit, largest first, the patches without a unit last."""
        by_unit: dict[str, list[Record]] = {}
        for record in records:
            for unit in str(record.values[source]).split(SEPARATOR):
                own = unit_record(record, unit, duty, self._template.area_decimals)
                by_unit.setdefault(unit, []).append(own)
        order = sorted(by_unit, key=lambda unit: (unit == UNASSIGNED, -len(by_unit[unit])))
        return [UnitTable(unit, self._unit_table(key, unit, duty, by_unit[unit])) for unit in order]

    def _unit_table(self, key: str, unit: str, duty: DutyName, records: Sequence[Record]) -> Table:
        name = f"{duty.value}{UNASSIGNED}" if unit == UNASSIGNED else unit
        return self.table(key, name, records, name)
