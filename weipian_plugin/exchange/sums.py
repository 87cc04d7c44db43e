"""Sums of printed areas, as live formulas and in Python, that never turn 未评估 into 0."""

from __future__ import annotations

from collections.abc import Sequence

from weipian_plugin.domain.roles import Status
from weipian_plugin.exchange.records import Record

GAP = Status.NOT_EVALUATED.value


def number(record: Record, source: str) -> float:
    """Return a figure of a record, 0 where it is no number."""
    value = record.get(source)
    return float(value) if isinstance(value, int | float) else 0.0


def total(records: Sequence[Record], source: str) -> float:
    """Return the sum of the printed figures; 未评估 counts as nothing."""
    return round(sum(number(record, source) for record in records), 6)


def known_sum(cells: str) -> str:
    """Return the formula that sums a column; 未评估 where no cell holds a figure and some are 未评估."""
    return f'=IF(AND(COUNT({cells})=0,COUNTIF({cells},"{GAP}")>0),"{GAP}",SUM({cells}))'


def known_sum_value(records: Sequence[Record], source: str) -> float | str:
    """Return what `known_sum` comes to."""
    values = [record.get(source) for record in records]
    if GAP in values and not any(isinstance(value, int | float) for value in values):
        return GAP
    return total(records, source)


def filtered_sum(cells: str) -> str:
    """Return the formula that sums what the filter shows; 未评估, or nothing, where there is no figure."""
    other = f'IF(COUNTIF({cells},"{GAP}")>0,"{GAP}","")'
    return f"=IF(SUBTOTAL(102,{cells})>0,SUBTOTAL(109,{cells}),{other})"


def filtered_sum_value(records: Sequence[Record], source: str) -> float | str:
    """Return what `filtered_sum` comes to while nothing is filtered."""
    if any(isinstance(record.get(source), int | float) for record in records):
        return total(records, source)
    return known_sum_value(records, source) or ""
