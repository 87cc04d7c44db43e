"""Patches that come with the pieces they were split into: which stand for which, so that none counts twice.

The issuing side lists a split patch (被拆分) and its pieces (拆分) side by side: the patch is 原始下发, the
pieces are 核实后.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from weipian_plugin.domain.findings import Finding
from weipian_plugin.domain.geodesy import Geometries, official_area
from weipian_plugin.domain.overlay.common_ground import Check
from weipian_plugin.domain.overlay.measure import every_pair
from weipian_plugin.domain.overlay.shared import shared
from weipian_plugin.domain.split import mismatch
from weipian_plugin.domain.units import SQUARE_METRES_PER_MU, to_mu
from weipian_plugin.intake.catalogue import finding

_INSIDE = 0.9
"""A patch with so much of its area in another one is a piece of it, if its number says so."""
_TOLERANCE_MU = 0.01
_TOLERANCE_SHARE = 0.001
"""By how much pieces drawn by somebody else may miss their patch: the larger of the two."""
_EXAMPLES = 5


@dataclass(frozen=True)
class IssuedSplits:
    """The split patches among some, and the pieces that cannot stand for theirs."""

    children: Mapping[str, tuple[str, ...]]
    """Pieces by the number of the patch that they cover."""
    incomplete: Mapping[str, tuple[str, ...]]
    """Pieces by the number of the patch that they lie in but do not cover."""
    findings: tuple[Finding, ...]


def find_splits(children: gpd.GeoDataFrame, parents: gpd.GeoDataFrame, check: Check) -> IssuedSplits:
    """Return which of the parents the children are pieces of: by parent_no, and by where they lie.

    Both have patch_no and geometry (EPSG:4490), `children` also parent_no.
    """
    shape_of = dict(zip(parents["patch_no"], parents.geometry, strict=True))
    families = _families(children, shape_of, check)
    gaps = {number: mismatch(shape_of[number], _shapes(own)) for number, own in families.items()}
    named = {number: tuple(own) for number, own in families.items()}
    fitting = _standing({number: own for number, own in named.items() if _fits(*gaps[number])}, named)
    others = {number: own for number, own in named.items() if number not in fitting}
    found = [finding("split-issued", fitting, examples=_listed(fitting))] if fitting else []
    if others:
        pieces = [child for own in others.values() for child in own]
        examples = "；".join(_gap(number, *gaps[number]) for number in list(others)[:_EXAMPLES])
        found.append(finding("split-incomplete", pieces, examples=examples))
    return IssuedSplits(fitting, others, tuple(found))


def _families(
    children: gpd.GeoDataFrame, shape_of: Mapping[str, shapely.Geometry], check: Check
) -> dict[str, dict[str, shapely.Geometry]]:
    """Return by the number of the parent the pieces that lie in it."""
    families: defaultdict[str, dict[str, shapely.Geometry]] = defaultdict(dict)
    rows = zip(children["patch_no"], children["parent_no"], children.geometry, strict=True)
    for number, parent, shape in rows:
        if parent in shape_of and parent != number and _lies_in(shape, shape_of[parent], check):
            families[parent][number] = shape
    return dict(families)


def _standing(
    fitting: Mapping[str, tuple[str, ...]], families: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return the families that fit but those under a piece that is left out."""
    left_out = {piece for number, own in families.items() if number not in fitting for piece in own}
    kept = {number: own for number, own in fitting.items() if number not in left_out}
    return kept if len(kept) == len(fitting) else _standing(kept, families)


def _lies_in(child: shapely.Geometry, parent: shapely.Geometry, check: Check) -> bool:
    one, other = np.array([[child], [parent]], dtype=object)
    return bool(shared(one, other, every_pair, check).area.sum() >= _INSIDE * official_area(one)[0])


def _shapes(family: Mapping[str, shapely.Geometry]) -> Geometries:
    return np.array(list(family.values()), dtype=object)


def _fits(missed: float, doubled: float, whole: float) -> bool:
    return max(missed, doubled) <= max(_TOLERANCE_MU * SQUARE_METRES_PER_MU, _TOLERANCE_SHARE * whole)


def _gap(number: str, missed: float, doubled: float, _whole: float) -> str:
    return f"{number} 相差 {to_mu(missed):.2f} 亩、相互重叠 {to_mu(doubled):.2f} 亩"


def _listed(families: Mapping[str, tuple[str, ...]]) -> str:
    named = [f"{number}（{'、'.join(own)}）" for number, own in list(families.items())[:_EXAMPLES]]
    return "；".join(named) + (" 等" if len(families) > _EXAMPLES else "")
