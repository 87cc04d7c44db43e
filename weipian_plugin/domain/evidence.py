"""The evidence fields of a determination: read by their kind, checked against the day of judgement."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from weipian_plugin.domain.amounts import amount_of
from weipian_plugin.domain.categories import Category, EvidenceField, FieldKind
from weipian_plugin.domain.days import Period, period_of
from weipian_plugin.domain.plan.spelling import normalise

_YES = frozenset({"是", "有", "√", "✓", "Y", "YES", "1", "TRUE"})
_NO = frozenset({"否", "无", "没有", "不是", "×", "N", "NO", "0", "FALSE"})
_UNITS = ("亩", "米", "M")


@dataclass(frozen=True)
class Fault:
    """Why what stands in one field cannot be recorded."""

    field: str
    message: str
    """Chinese, without the full stop."""


@dataclass(frozen=True)
class Evidence:
    """What the fields came to."""

    values: Mapping[str, str | float]
    """Days as ISO text, areas (亩) and numbers as float, 是 or 否, else text; only what was filled in."""
    faults: tuple[Fault, ...]
    """Why the row cannot be recorded."""
    remarks: tuple[str, ...]
    """What was left aside or could not be checked; Chinese."""


def read_evidence(
    category: Category, fields: Mapping[str, EvidenceField], given: Mapping[str, str], day: date
) -> Evidence:
    """Return the evidence that a category asks for, from what was filled in; `day`: of the judgement."""
    filled = {name: text.strip() for name, text in given.items() if text.strip()}
    values: dict[str, str | float] = {}
    faults: list[Fault] = []
    for name in category.evidence:
        if name in filled:
            value, fault = _value(fields[name], filled[name], day)
            faults += [Fault(name, fault)] if fault else []
            values[name] = value
    faults += [
        Fault(name, f"{category.result}（{category.full_name}）必须填写{name}")
        for name in category.required
        if name not in filled
    ]
    faults += _contradictions(values)
    return Evidence(values, tuple(faults), tuple(_remarks(category, fields, filled)))


def _remarks(category: Category, fields: Mapping[str, EvidenceField], filled: Mapping[str, str]) -> list[str]:
    aside = [name for name in filled if name not in category.evidence]
    remarks = [f"不是该类别的举证项，没有记录：{'、'.join(aside)}"] if aside else []
    expiring = [name for name in category.evidence if fields[name].kind is FieldKind.EXPIRY]
    if expiring and not any(name in filled for name in expiring):
        remarks.append(f"没有{'、'.join(expiring)}，不能核对是否到期")
    return remarks


def _value(field: EvidenceField, text: str, day: date) -> tuple[str | float, str]:
    """Return the value of a field, and why it cannot stand; '' when it can."""
    if field.kind in (FieldKind.DAY, FieldKind.EXPIRY):
        period = period_of(text)
        if period is None:
            return text, f"{field.name}“{text}”不是日期，应写成 2021-07-20 的样子"
        return period.text, _day_fault(field, period, day)
    if field.kind is FieldKind.TEXT:
        return text, ""
    if field.kind is FieldKind.FLAG:
        return _flag(field, text)
    return _amount(field, text)


def _day_fault(field: EvidenceField, period: Period, day: date) -> str:
    if field.kind is FieldKind.EXPIRY and period.last < day:
        return f"{field.name}{period.text}早于判定日期{day}，已经到期，不能作为依据"
    if field.kind is FieldKind.DAY and period.first > day:
        return f"{field.name}{period.text}晚于判定日期{day}"
    return ""


def _flag(field: EvidenceField, text: str) -> tuple[str, str]:
    written = normalise(text)
    if written in _YES or written in _NO:
        return ("是" if written in _YES else "否"), ""
    return text, f"{field.name}“{text}”只能写是或否"


def _amount(field: EvidenceField, text: str) -> tuple[str | float, str]:
    number = amount_of(text, _UNITS)
    if number is None or not math.isfinite(number):
        unit = "亩" if field.kind is FieldKind.AREA else "规定的单位"
        return text, f"{field.name}“{text}”不是数，应按{unit}只写数字"
    return number, f"{field.name}{text}不能小于 0" if number < 0 else ""


def _contradictions(values: Mapping[str, str | float]) -> list[Fault]:
    approved, until = (period_of(str(values.get(name, ""))) for name in ("批准时间", "到期时间"))
    if approved is not None and until is not None and until.last < approved.first:
        return [Fault("到期时间", f"到期时间{until.text}早于批准时间{approved.text}")]
    return []
