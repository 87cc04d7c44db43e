"""Areas as they are printed: 亩, rounded so that the parts of a patch always sum to its whole."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from weipian_plugin.domain.roles import Status
from weipian_plugin.domain.units import apportion, to_mu
from weipian_plugin.exchange.content import LandClassGrouping

Printed = float | Status
"""A printed area, or 未评估 where nobody can know it."""

_FARMLAND, _AGRICULTURAL, _CONSTRUCTION, _UNUSED = "耕地", "其他农用地", "建设用地", "未利用地"
_PART_OF_GROUP = {
    "农用地": _AGRICULTURAL,
    _AGRICULTURAL: _AGRICULTURAL,
    "耕地": _FARMLAND,
    _CONSTRUCTION: _CONSTRUCTION,
    _UNUSED: _UNUSED,
}

_NOISE_MU = 1e-9
"""What lies below is left over from subtraction, not land."""
_BALANCE_MU = 0.01
"""Tolerance of the area identity in 亩 (地块面积 = 耕地 + 非耕农用地 + 未利用地 + 建设用地)."""


class TraceArea(float):
    """An area that exists but prints as zero: shown as ＜0.01, never as a plain 0."""


@dataclass(frozen=True)
class ClassArea:
    """One land-class row of a patch, in m²; 未评估 is the uncovered remainder or a missing layer."""

    code: str
    status: str
    area_m2: float
    net_area_m2: float


@dataclass(frozen=True)
class LandFigures:
    """Printed 亩 of one patch by land-class group.

    area = farmland_net (else farmland_gross) + other_agricultural + construction + unused + unclassified
    + uncovered, exactly, counting 未评估 as nothing; farmland_gross = farmland_net + ridge. The 田坎 taken
    off farmland is part of other_agricultural (1203 is 其他农用地).
    """

    area: float
    farmland_net: Printed
    farmland_gross: Printed
    ridge: Printed
    other_agricultural: Printed
    construction: Printed
    unused: Printed
    unclassified: Printed
    uncovered: Printed

    def doubtful(self, decimals: int) -> float:
        """Return what may be farmland beside `farmland_net`: ground not evaluated, farmland not yet net."""
        if isinstance(self.uncovered, Status):
            return self.area
        gross = self.farmland_gross if isinstance(self.farmland_net, Status) else 0.0
        return round((0.0 if isinstance(gross, Status) else gross) + self.uncovered, decimals)


def printed_mu(square_metres: float, decimals: int = 2) -> Printed:
    """Return an area in printed 亩; NaN is 未评估, and what exists but rounds to zero is a TraceArea."""
    if math.isnan(square_metres):
        return Status.NOT_EVALUATED
    mu = to_mu(square_metres)
    return _marked(apportion([mu], mu, decimals)[0], mu)


def land_figures(
    area_m2: float, rows: Iterable[ClassArea], classes: LandClassGrouping, decimals: int = 2
) -> LandFigures:
    """Return the printed land-class figures of a patch of `area_m2` from its `land_class` rows."""
    parts = _exact_parts(list(rows), classes)
    whole = to_mu(area_m2)
    if not parts:
        return LandFigures(apportion([whole], whole, decimals)[0], *[Status.NOT_EVALUATED] * 8)
    printed = _printed_parts(parts, whole, decimals)
    return _figures(apportion([whole], whole, decimals)[0], printed, parts, decimals)


def printed_parts(parts: Sequence[float], whole: float, decimals: int = 2) -> list[float]:
    """Return parts in 亩 apportioned to the printed whole.

    Parts that do not make up the whole are rounded one by one, so that the check on the sheet shows it.
    """
    if abs(sum(parts) - whole) > _BALANCE_MU:
        return [apportion([part], part, decimals)[0] for part in parts]
    return apportion(parts, whole, decimals)


def _marked(printed: float, exact: float) -> float:
    return TraceArea(0.0) if printed == 0 and exact > _NOISE_MU else printed


def _exact_parts(rows: list[ClassArea], classes: LandClassGrouping) -> dict[str, float]:
    """Return exact 亩 by part; `ridge` is absent where the 田坎 of some farmland is unknown."""
    known = [row for row in rows if not math.isnan(row.area_m2)]
    if not known:
        return {}
    parts = dict.fromkeys(
        (_FARMLAND, "ridge", _AGRICULTURAL, _CONSTRUCTION, _UNUSED, "unclassified", "uncovered"), 0.0
    )
    ridge_known = True
    for row in known:
        part = _part_of(row, classes)
        ridge_known &= part != _FARMLAND or not math.isnan(row.net_area_m2)
        gross, taken = to_mu(row.area_m2), _deduction(row)
        parts[part] += gross - taken
        parts[_deduction_part(part)] += taken
    if not ridge_known:
        parts[_FARMLAND] += parts.pop("ridge")
    return parts


def _part_of(row: ClassArea, classes: LandClassGrouping) -> str:
    if row.status == Status.NOT_EVALUATED:
        return "uncovered"
    if classes.is_farmland(row.code):
        return _FARMLAND
    return _PART_OF_GROUP.get(classes.group(row.code), "unclassified")


def _deduction(row: ClassArea) -> float:
    """Return the 亩 of 田坎 taken off a row; none where TBDLMJ is unknown or larger than TBMJ."""
    if math.isnan(row.net_area_m2):
        return 0.0
    return min(max(to_mu(row.area_m2 - row.net_area_m2), 0.0), to_mu(row.area_m2))


def _deduction_part(part: str) -> str:
    """Return where 田坎 goes: its own figure under farmland, else 其他农用地, which is what 1203 is."""
    return "ridge" if part == _FARMLAND else _AGRICULTURAL


def _printed_parts(parts: Mapping[str, float], whole: float, decimals: int) -> dict[str, float]:
    return dict(zip(parts, printed_parts(list(parts.values()), whole, decimals), strict=True))


def _figures(
    area: float, printed: Mapping[str, float], exact: Mapping[str, float], decimals: int
) -> LandFigures:
    """Return the figures from printed parts; where land is uncovered an absent class is 未评估, not 0."""
    gap = printed["uncovered"] > 0

    def show(*keys: str, met: float = 0.0) -> Printed:
        total = round(sum(printed[key] for key in keys), decimals)
        known = sum(exact[key] for key in keys)
        return Status.NOT_EVALUATED if gap and known + met <= 0 else _marked(total, known)

    ridge_known = "ridge" in exact
    agricultural = (_AGRICULTURAL, "ridge") if ridge_known else (_AGRICULTURAL,)
    return LandFigures(
        area=area,
        farmland_net=show(_FARMLAND) if ridge_known else Status.NOT_EVALUATED,
        farmland_gross=show(_FARMLAND, "ridge") if ridge_known else show(_FARMLAND),
        ridge=show("ridge", met=exact[_FARMLAND]) if ridge_known else Status.NOT_EVALUATED,
        other_agricultural=show(*agricultural),
        construction=show(_CONSTRUCTION),
        unused=show(_UNUSED),
        unclassified=_marked(printed["unclassified"], exact["unclassified"]),
        uncovered=_marked(printed["uncovered"], exact["uncovered"]),
    )
