"""Areas as they are shown: 亩, rounded so that the parts of a patch always sum to its whole."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from weipian_plugin.domain.land_parts import Bools, ClassArea, PrintedLand, land_parts, printed_land
from weipian_plugin.domain.roles import Status
from weipian_plugin.domain.units import apportion, to_mu

Printed = float | Status
"""A printed area, or 未评估 where nobody can know it."""

_NOISE_MU = 1e-9
"""What lies below is left over from subtraction, not land."""


class TraceArea(float):
    """An area that exists but prints as zero: shown as ＜0.01, never as a plain 0."""


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


def printed_mu(square_metres: float, decimals: int = 2) -> Printed:
    """Return an area in printed 亩; NaN is 未评估, and what exists but rounds to zero is a TraceArea."""
    if math.isnan(square_metres):
        return Status.NOT_EVALUATED
    mu = to_mu(square_metres)
    return _marked(apportion([mu], mu, decimals)[0], mu)


def land_of(
    area_m2: float, rows: Iterable[ClassArea], group_of: Callable[[str], str], decimals: int = 2
) -> PrintedLand:
    """Return what is printed of one patch of `area_m2` with these `land_class` rows; see `land_parts`."""
    known = [row for row in rows if not math.isnan(row.area_m2)]
    listed = [(row.code, row.status, row.area_m2, row.net_area_m2) for row in known]
    land = pd.DataFrame(listed, columns=["class_code", "status", "area_m2", "net_m2"])
    parts = land_parts(land, np.zeros(len(known), dtype=np.int64), 1, group_of)
    return printed_land(np.array([area_m2]), parts, decimals)


def figures_of(land: PrintedLand, decimals: int) -> list[LandFigures]:
    """Return the figures of every patch, in 亩."""
    nobody_knows_ridge = land.without_net | land.unknown("farmland", "ridge")
    columns = (
        _shown(land, ["farmland"], land.net_unknown, decimals),
        _shown(land, ["farmland", "ridge"], land.unknown("farmland", "ridge"), decimals),
        _shown(land, ["ridge"], nobody_knows_ridge, decimals),
        *(
            _shown(land, parts, land.unknown(*parts), decimals)
            for parts in (["agricultural", "ridge"], ["construction"], ["unused"])
        ),
        *(_shown(land, [part], ~land.evaluated, decimals) for part in ("unclassified", "uncovered")),
    )
    areas = (land.area / 10**decimals).tolist()
    return [LandFigures(area, *values) for area, *values in zip(areas, *columns, strict=True)]


def _shown(land: PrintedLand, parts: Sequence[str], unknown: Bools, decimals: int) -> list[Printed]:
    """Return the sum of some parts of every patch, 未评估 where nobody knows it."""
    printed, exact = (land.sum_of(*parts) / 10**decimals).tolist(), land.exact_of(*parts).tolist()
    return [
        Status.NOT_EVALUATED if gap else _marked(mu, real)
        for gap, mu, real in zip(unknown.tolist(), printed, exact, strict=True)
    ]


def _marked(printed: float, exact: float) -> float:
    return TraceArea(0.0) if printed == 0 and exact > _NOISE_MU else printed
