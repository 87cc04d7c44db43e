"""What stands on the sheet 汇总: totals and counts by state, stage, unit and layer, all live formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from weipian_plugin.domain.duties import DutyState
from weipian_plugin.domain.roles import Role
from weipian_plugin.exchange.assignments import SEPARATOR
from weipian_plugin.exchange.book import Book, Formula
from weipian_plugin.exchange.layout import LedgerLayout, UnitTable
from weipian_plugin.exchange.records import Record
from weipian_plugin.exchange.sources import CONTROL_ROLES, LAND_PARTS, area_source
from weipian_plugin.exchange.summary_sheet import FIRST_AREA, SummaryRow, SummarySheet
from weipian_plugin.exchange.sums import GAP, known_sum, known_sum_value, number, total
from weipian_plugin.exchange.tables import Table, check_value

_MEASURES = ("area_mu", "farmland_net_mu", "basic_farmland_mu", "redline_mu")
_STAGES = ("待核查", "已判定", "已复核", "已审定", "已上报", "市级退回", "审核结束")
_ZERO_NOTE = "应为 0。"


@dataclass(frozen=True)
class _Group:
    """How a breakdown picks its patches, in formulas and in Python."""

    count: str
    """Formula of how many; {label} stands for the cell with the label."""
    within: str
    """Condition on every row of the ledger."""
    chosen: Callable[[Record, str], bool]


def write_summary(book: Book, layout: LedgerLayout, note: str, area_decimals: int) -> None:
    """Write the sheet 汇总 over the ledger and the unit sheets of `layout`."""
    _Summary(book, layout, area_decimals).write(note)


class _Summary:
    def __init__(self, book: Book, layout: LedgerLayout, area_decimals: int) -> None:
        self._layout, self._ledger = layout, layout.ledger
        self._decimals = area_decimals
        self._titles = {column.source: column.title for column in self._ledger.columns}
        self._measures = [source for source in _MEASURES if source in self._titles]
        titles = [_in_mu(self._titles[source]) for source in self._measures]
        self._sheet = SummarySheet(book, layout.summary_name, titles, area_decimals)
        self._checks = {str(r["patch_no"]): check_value(r, area_decimals) for r in self._ledger.records}

    def write(self, note: str) -> None:
        """Write the whole sheet."""
        is_good = not any(self._numbers()) or "area_check" not in self._titles
        self._sheet.write_head(f"{self._ledger.title}汇总", note, is_good=is_good)
        self._write_whole()
        if "area_check" in self._titles:
            self._write_land_classes()
        self._write_values("按分派状态", "duty_state", [state.value for state in DutyState])
        if "stage" in self._titles and self._ledger.records:
            self._write_values("按办理阶段", "stage", self._stages_found())
        self._write_units("按查处单位", "lead_units", self._layout.departments)
        self._write_units("按属地责任单位", "territory_units", self._layout.townships)
        self._write_layers()
        self._sheet.paint()

    def _numbers(self) -> list[float]:
        """Return the checks of the patches whose land classes were evaluated."""
        return [value for value in self._checks.values() if isinstance(value, float)]

    def _write_whole(self) -> None:
        self._sheet.write_heading("全部图斑")
        count = Formula(f"=COUNTA({self._ledger.range('patch_no')})", len(self._ledger.records))
        areas = [self._sum(source) for source in self._measures]
        note = "未评估的图斑不计入该列面积，个数见下方“按图层”。"
        self._sheet.write_row(SummaryRow("合计", count, areas, note=note, is_total=True))

    def _sum(self, source: str) -> Formula:
        records = self._ledger.records
        return Formula(known_sum(self._ledger.range(source)), known_sum_value(records, source))

    def _write_land_classes(self) -> None:
        """Write the composition of the ground, with a check of the totals and one of every patch."""
        self._sheet.write_heading("地类构成")
        for source in ("farmland_net_mu", *LAND_PARTS):
            self._sheet.write_row(SummaryRow(_in_mu(self._titles[source]), areas=[self._sum(source)]))
        checks = self._ledger.range("area_check")
        self._sheet.write_row(self._evaluated_row(checks))
        wrong = sum(1 for value in self._numbers() if value)
        text = f"=SUMPRODUCT(--ISNUMBER({checks}),--({checks}<>0))"
        note = "校核不为 0 的图斑个数，在台账“校核”列标红；应为 0。"
        bad = Formula(text, wrong)
        self._sheet.write_row(SummaryRow("逐图斑校核不符", bad, check=bad, note=note, is_total=True))

    def _evaluated_row(self, checks: str) -> SummaryRow:
        known = [r for r in self._ledger.records if isinstance(self._checks[str(r["patch_no"])], float)]
        area = f"=SUMPRODUCT(--ISNUMBER({checks}),{self._ledger.range('area_mu')})"
        return SummaryRow(
            "已评估图斑总面积",
            Formula(f"=SUMPRODUCT(--ISNUMBER({checks}))", len(known)),
            [Formula(area, total(known, "area_mu"))],
            Formula(f"=ROUND(SUM({checks}),{self._decimals})", round(sum(self._numbers()), self._decimals)),
            f"校核＝各地类面积之和－总面积，{_ZERO_NOTE}",
            is_total=True,
        )

    def _stages_found(self) -> list[str]:
        found = {str(record.get("stage")) for record in self._ledger.records}
        return [stage for stage in _STAGES if stage in found]

    def _write_values(self, title: str, source: str, order: Sequence[str]) -> None:
        """Write one line for every value of a column, and check that they make up all patches."""
        cells = self._ledger.range(source)
        found = dict.fromkeys(str(record.get(source) or "") for record in self._ledger.records)
        group = _Group(
            f"=COUNTIF({cells},{{label}})",
            f"--({cells}={{label}})",
            lambda record, label: record.get(source) == label,
        )
        self._sheet.write_heading(title)
        first = self._sheet.next_row
        for label in [*order, *[value for value in found if value not in order]]:
            self._sheet.write_row(self._group_row(label, group))
        patches = f"COUNTA({self._ledger.range('patch_no')})"
        note = f"校核＝各行个数之和－图斑总数，{_ZERO_NOTE}"
        self._sheet.write_row(self._subtotal(first, lambda record: 1, patches, note))

    def _write_units(self, title: str, source: str, entries: Sequence[UnitTable]) -> None:
        """Write one line a unit, with a link to its sheet and a check against the totals there."""
        cells, mark = self._ledger.range(source), f'"{SEPARATOR}"'
        within = f"ISNUMBER(FIND({mark}&{{label}}&{mark},{mark}&{cells}&{mark}))"
        group = _Group(
            f"=SUMPRODUCT(--{within})",
            f"--{within}",
            lambda record, label: label in _units(record, source),
        )
        if not entries:
            return
        self._sheet.write_heading(title)
        first = self._sheet.next_row
        for entry in entries:
            self._sheet.write_row(self._group_row(entry.unit, group, entry.table))
        named = f'(LEN({cells})>0)*(LEN({cells})-LEN(SUBSTITUTE({cells},{mark},""))+1)'
        note = f"一个图斑涉及几个单位时各计一次；校核＝各行个数之和－台账所列单位个数，{_ZERO_NOTE}"
        row = self._subtotal(first, lambda r: len(_units(r, source)), f"SUMPRODUCT({named})", note)
        self._sheet.write_row(row)

    def _group_row(self, label: str, group: _Group, own: Table | None = None) -> SummaryRow:
        records = [record for record in self._ledger.records if group.chosen(record, label)]
        cell = f"$A{self._sheet.next_row}"
        areas = [self._group_sum(group.within.format(label=cell), records, s) for s in self._measures]
        count = Formula(group.count.format(label=cell), len(records))
        if own is None:
            return SummaryRow(label, count, areas)
        check = self._own_check(own, total(records, "area_mu"))
        note = f"校核＝本行总面积－该单位工作表的合计，{_ZERO_NOTE}"
        return SummaryRow(label, count, areas, check, note, link=own.name)

    def _group_sum(self, within: str, records: Sequence[Record], source: str) -> Formula:
        """Return the area of a group: 未评估 where it has patches but none with a figure."""
        cells, count = self._ledger.range(source), f"$B{self._sheet.next_row}"
        known = f"SUMPRODUCT({within},--ISNUMBER({cells}))"
        text = f'=IF(AND({count}>0,{known}=0),"{GAP}",SUMPRODUCT({within},{cells}))'
        return Formula(text, known_sum_value(records, source))

    def _own_check(self, own: Table, area: float) -> Formula:
        here = f"{get_column_letter(FIRST_AREA)}{self._sheet.next_row}"
        text = f"=ROUND({here}-SUM({own.range('area_mu')}),{self._decimals})"
        return Formula(text, round(area - total(own.records, "area_mu"), self._decimals) + 0.0)

    def _subtotal(self, first: int, times: Callable[[Record], int], expected: str, note: str) -> SummaryRow:
        """Return the sum of the lines from `first`; `times` tells on how many of them a patch stands."""
        last, records = self._sheet.next_row - 1, self._ledger.records
        count = Formula(f"=SUM(B{first}:B{last})", sum(map(times, records)))
        areas = [
            self._sum_of_lines(f"{letter}{first}:{letter}{last}", source, times)
            for letter, source in self._area_letters().items()
        ]
        return SummaryRow("小计", count, areas, Formula(f"=B{last + 1}-{expected}", 0), note, is_total=True)

    def _sum_of_lines(self, lines: str, source: str, times: Callable[[Record], int]) -> Formula:
        """Return the sum of the lines; groups without patches show 0, so the ledger tells what is known."""
        cells, records = self._ledger.range(source), self._ledger.records
        text = f'=IF(AND(COUNT({cells})=0,COUNTIF({cells},"{GAP}")>0),"{GAP}",SUM({lines}))'
        value = known_sum_value(records, source)
        counted = round(sum(number(r, source) * times(r) for r in records), 6)
        return Formula(text, value if isinstance(value, str) else counted)

    def _area_letters(self) -> Mapping[str, str]:
        return {get_column_letter(i): source for i, source in enumerate(self._measures, FIRST_AREA)}

    def _write_layers(self) -> None:
        """Write how many patches could not be evaluated for each layer that the ledger shows."""
        self._sheet.write_heading("按图层：未评估图斑数")
        shown = {"farmland_gross_mu": Role.LAND_CLASS, **{area_source(r): r for r in CONTROL_ROLES}}
        for source, role in shown.items():
            if source in self._titles:
                self._sheet.write_row(self._layer_row(source, role))

    def _layer_row(self, source: str, role: Role) -> SummaryRow:
        missing = sum(1 for record in self._ledger.records if record.get(source) == GAP)
        count = Formula(f'=COUNTIF({self._ledger.range(source)},"{GAP}")', missing)
        what = "耕地（不扣田坎）" if role is Role.LAND_CLASS else "套合面积"
        return SummaryRow(role.label, count, [self._sum(source)], note=f"面积为已评估图斑的{what}合计。")


def _units(record: Record, source: str) -> list[str]:
    return str(record.get(source)).split(SEPARATOR)


def _in_mu(title: str) -> str:
    return title if "亩" in title else f"{title}（亩）"
