"""Which unit an issued area is in: found by comparing it with the official area of the geometry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.findings import Finding
from weipian_plugin.domain.units import AREA_UNITS, SQUARE_METRES_PER_MU
from weipian_plugin.intake.catalogue import finding
from weipian_plugin.intake.fields import bracketed

Floats = NDArray[np.float64]
_SPELLINGS = {
    "平方米": ("平方米", "㎡", "M2", "M²", "平米", "SQM", "MJ_M2"),
    "亩": ("亩", "MU", "市亩"),
    "公顷": ("公顷", "HA", "HM2", "HM²"),
}
_WITHIN = 1.5
"""A figure belongs to a unit when it is within this factor of the geometry's area in it."""
_MAJORITY = 0.5
_LARGEST_DIFFERENCE = 0.01
_TOLERANCE_M2 = 0.01 * SQUARE_METRES_PER_MU
_EXAMPLES = 5


@dataclass(frozen=True)
class UnitChoice:
    """The decision; `unit` is '' when there is no area field or no telling."""

    unit: str
    why: str
    findings: tuple[Finding, ...] = ()


def parse_unit(text: str) -> str:
    """Return 平方米, 亩 or 公顷 for a spelling of it, '' for empty text; WeipianError for anything else."""
    wanted = text.strip().upper()
    if not wanted:
        return ""
    for unit, spellings in _SPELLINGS.items():
        if wanted in spellings:
            return unit
    raise WeipianError(f"不认识面积单位“{text}”，请写平方米、亩或公顷。")


def choose_unit(
    issued: Floats, official_m2: Floats, numbers: list[str], field: str, wanted: str
) -> UnitChoice:
    """Return the unit of the issued areas; `numbers` are the patch numbers, for the findings."""
    laid_down = parse_unit(wanted)
    usable = np.isfinite(issued) & (issued > 0) & (official_m2 > 0)
    if not field or not usable.any():
        why = "没有面积字段" if not field else f"面积字段 {field} 全部为空或零"
        return UnitChoice(laid_down, "按指定的单位" if laid_down else why)
    nearest = _nearest(issued, official_m2, usable)
    seen, share = _most_frequent(nearest[usable])
    unit = laid_down or seen
    if not unit:
        why = _no_telling(issued, official_m2, usable)
        return UnitChoice("", why, (finding("area-unit-unknown", field=field, why=why),))
    why = "按指定的单位" if laid_down else _why(field, seen, share, issued, official_m2, usable)
    found = _contradiction(laid_down, seen)
    found += _mixed(nearest, usable, unit, numbers, field)
    found += _differences(issued, official_m2, nearest, unit, numbers)
    return UnitChoice(unit, why, tuple(found))


def unit_of(issued: Floats, official_m2: Floats) -> str:
    """Return the unit of most of the areas, compared with the geometry; '' when there is no telling."""
    usable = np.isfinite(issued) & (issued > 0) & (official_m2 > 0)
    return _most_frequent(_nearest(issued, official_m2, usable)[usable])[0] if usable.any() else ""


def _nearest(issued: Floats, official_m2: Floats, usable: NDArray[np.bool_]) -> NDArray[np.object_]:
    """Return for every row the unit its figure fits, '' for none."""
    nearest = np.full(len(issued), "", dtype=object)
    for unit, factor in AREA_UNITS.items():
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = issued * factor / official_m2
            nearest[usable & (ratio < _WITHIN) & (ratio > 1 / _WITHIN)] = unit
    return nearest


def _most_frequent(nearest: NDArray[np.object_]) -> tuple[str, float]:
    shares = {unit: float((nearest == unit).mean()) for unit in AREA_UNITS}
    unit = max(shares, key=lambda name: shares[name])
    return (unit, shares[unit]) if shares[unit] > _MAJORITY else ("", shares[unit])


def _why(
    field: str, unit: str, share: float, issued: Floats, official_m2: Floats, usable: NDArray[np.bool_]
) -> str:
    ratio = float(np.median(issued[usable] * AREA_UNITS[unit] / official_m2[usable]))
    header = bracketed(field)
    spelled = f"，字段名写着“{header}”" if header else ""
    return (
        f"字段 {field} 按{unit}换算后与图形面积之比的中位数为 {ratio:.4f}，{share:.0%} 的行相符"
        f"（共 {int(usable.sum())} 行）{spelled}"
    )


def _no_telling(issued: Floats, official_m2: Floats, usable: NDArray[np.bool_]) -> str:
    ratio = float(np.median(issued[usable] / official_m2[usable]))
    return f"与图形面积（平方米）之比的中位数为 {ratio:.6g}，不像平方米（1）、亩（0.0015）或公顷（0.0001）"


def _contradiction(laid_down: str, seen: str) -> list[Finding]:
    if laid_down and seen and seen != laid_down:
        return [finding("area-unit-contradiction", unit=laid_down, seen=seen)]
    return []


def _mixed(
    nearest: NDArray[np.object_], usable: NDArray[np.bool_], unit: str, numbers: list[str], field: str
) -> list[Finding]:
    rows = np.flatnonzero(usable & (nearest != unit) & (nearest != ""))
    if not len(rows):
        return []
    others = "、".join(sorted(set(nearest[rows])))
    return [finding("area-unit-mixed", [numbers[row] for row in rows], field=field, unit=unit, others=others)]


def _differences(
    issued: Floats, official_m2: Floats, nearest: NDArray[np.object_], unit: str, numbers: list[str]
) -> list[Finding]:
    stated = issued * AREA_UNITS[unit]
    fits = (nearest == unit) | (nearest == "")
    with np.errstate(invalid="ignore"):
        gap = np.abs(stated - official_m2)
        large = fits & (stated > 0) & (gap > _TOLERANCE_M2) & (gap > _LARGEST_DIFFERENCE * official_m2)
    rows = np.flatnonzero(large & (official_m2 > 0))
    if not len(rows):
        return []
    examples = "；".join(
        f"{numbers[row]} 下发 {stated[row] * 3 / 2000:.2f} 亩、图形 {official_m2[row] * 3 / 2000:.2f} 亩"
        for row in rows[:_EXAMPLES]
    )
    return [finding("area-differs", [numbers[row] for row in rows], examples=examples)]
