"""Patches beside each other and beside earlier batches: which lie over each other, and which came before."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from weipian_plugin.domain.findings import Finding
from weipian_plugin.domain.geodesy import Geometries, official_area
from weipian_plugin.domain.overlay.common_ground import Check
from weipian_plugin.domain.overlay.measure import Wanted, every_pair
from weipian_plugin.domain.overlay.shared import Shared, shared
from weipian_plugin.domain.units import to_mu
from weipian_plugin.intake.catalogue import finding

_LEAST_OVERLAP_M2 = 1.0
"""Less than this between neighbours comes from drawing along a shared border."""
_SAME_PLACE = 0.9
_EXAMPLES = 5


def _overlaps(left: Geometries, right: Geometries, wanted: Wanted, check: Check) -> Shared:
    """Return the pairs of valid polygons (EPSG:4490) of two arrays that share at least 1 m²."""
    found = shared(left, right, wanted, check)
    return found.keep(found.area >= _LEAST_OVERLAP_M2)


def check_among(
    frame: gpd.GeoDataFrame, splits: Mapping[str, Collection[str]], check: Check
) -> list[Finding]:
    """Return the finding about patches of one batch that overlap; split ones and their pieces do.

    `splits` has the pieces by the number of the patch that they stand for.
    """
    shapes = np.asarray(frame.geometry)
    pairs = _overlaps(shapes, shapes, np.less, check)
    numbers = frame["patch_no"].to_numpy()
    parent_of = {piece: number for number, pieces in splits.items() for piece in pieces}
    named = zip(numbers[pairs.one], numbers[pairs.other], strict=True)
    family = [other in _above(one, parent_of) or one in _above(other, parent_of) for one, other in named]
    pairs = pairs.keep(~np.array(family, dtype=bool))
    if not len(pairs.one):
        return []
    subjects = dict.fromkeys(np.concatenate([numbers[pairs.one], numbers[pairs.other]]))
    total = float(to_mu(pairs.area.sum()))
    return [
        finding(
            "patches-overlap",
            subjects,
            pairs=len(pairs.one),
            mu=f"{total:.2f}",
            examples=_examples(pairs, numbers, numbers),
        )
    ]


def _above(number: str, parent_of: Mapping[str, str]) -> Iterator[str]:
    """Yield the patch of which a patch is a piece, and that of which this one is."""
    while number in parent_of:
        number = parent_of[number]
        yield number


def check_against_earlier(
    frame: gpd.GeoDataFrame,
    earlier: gpd.GeoDataFrame,
    splits: Mapping[str, Collection[str]],
    check: Check,
) -> list[Finding]:
    """Return findings about patches whose place earlier batches have already.

    `earlier` has patch_no, parent_no and geometry (EPSG:4490) of other patches than those of the frame;
    `splits` the pieces in the frame by the number of the earlier patch in whose place they stand.
    """
    numbers, known = frame["patch_no"].to_numpy(), earlier["patch_no"].to_numpy()
    left, right = np.asarray(frame.geometry), np.asarray(earlier.geometry)
    pairs = _overlaps(left, right, every_pair, check)
    named = zip(numbers[pairs.one], known[pairs.other], strict=True)
    stands = [piece in splits.get(number, ()) for piece, number in named]
    pairs = pairs.keep(~np.array(stands, dtype=bool))
    family = frame["parent_no"].to_numpy()[pairs.one] == known[pairs.other]
    family |= earlier["parent_no"].to_numpy()[pairs.other] == numbers[pairs.one]
    split, pairs = pairs.keep(family), pairs.keep(~family)
    same = _is_same_place(pairs, left, right)
    found = _pair_finding("patches-overlap-earlier", pairs.keep(~same), numbers, known)
    found += _pair_finding("patches-same-place", pairs.keep(same), numbers, known)
    found += _pair_finding("split-beside-parent", split, numbers, known)
    return found


def _is_same_place(pairs: Shared, left: Geometries, right: Geometries) -> NDArray[np.bool_]:
    larger = np.maximum(official_area(left[pairs.one]), official_area(right[pairs.other]))
    return np.asarray(pairs.area >= _SAME_PLACE * larger)


def _pair_finding(
    code: str, pairs: Shared, numbers: NDArray[np.object_], known: NDArray[np.object_]
) -> list[Finding]:
    if not len(pairs.one):
        return []
    subjects = dict.fromkeys(numbers[pairs.one])
    mu = f"{float(to_mu(pairs.area.sum())):.2f}"
    return [finding(code, subjects, mu=mu, examples=_examples(pairs, numbers, known))]


def _examples(pairs: Shared, numbers: NDArray[np.object_], others: NDArray[np.object_]) -> str:
    """Return the largest overlaps in words."""
    order = np.argsort(-pairs.area, kind="stable")[:_EXAMPLES]
    return "；".join(
        f"{numbers[pairs.one[i]]} 与 {others[pairs.other[i]]} {to_mu(pairs.area[i]):.2f} 亩" for i in order
    )
