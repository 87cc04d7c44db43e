"""What patches and base layers share: from a raw layer to clean geometries in EPSG:4490."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.findings import Finding
from weipian_plugin.domain.plan.model import District
from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake.catalogue import finding
from weipian_plugin.intake.chunks import map_chunks
from weipian_plugin.intake.crs import CrsChoice, check_district, choose_crs, extent, to_degrees
from weipian_plugin.intake.decisions import Decisions, Repair
from weipian_plugin.intake.geometry import Cleaned, clean, join
from weipian_plugin.intake.raw_layer import RawLayer
from weipian_plugin.intake.source import Source

_EXAMPLES = 5
_TINY_M2 = 1.0

Names = Callable[[Iterable[int]], list[str]]
"""What the clerk calls the given rows: patch numbers or feature ids."""


@dataclass(frozen=True)
class Placed:
    """Geometries of all rows of a raw layer, placed and cleaned; None where a row cannot be used."""

    geometries: NDArray[np.object_]
    area_m2: NDArray[np.float64]
    crs: CrsChoice
    findings: tuple[Finding, ...]
    repairs: tuple[Repair, ...]

    @property
    def usable(self) -> NDArray[np.bool_]:
        """Which rows have a geometry."""
        return ~shapely.is_missing(self.geometries)


@dataclass(frozen=True)
class Expectation:
    """What the caller knows about the layer."""

    crs: str
    """Coordinate system that the person laid down, '' for none."""
    district: District
    is_patches: bool
    """Issued patches are named one by one when they lie outside the district, features of a layer counted."""


def place(raw: RawLayer, expected: Expectation, names: Names, progress: Progress) -> Placed:
    """Return the layer's geometries in EPSG:4490, valid, with the findings about them.

    Raises WeipianError when the coordinate system cannot be settled or no geometry can be used.
    """
    geometries = raw.geometries
    if not len(geometries):
        raise WeipianError("文件里一个要素也没有，没有导入。")
    bounds = _bounds(geometries, progress.part(0.0, 0.1))
    choice = choose_crs(bounds, raw.crs_wkt, expected.crs, expected.district)
    outliers = np.flatnonzero(choice.outliers) if choice.outliers is not None else np.empty(0, dtype=int)
    geometries[outliers] = None
    cleaned, bounds = _clean(geometries, choice, progress.part(0.1, 1.0))
    outside = check_district(bounds, choice, expected.district)
    repairs = _repairs(cleaned, names)
    found = list(choice.findings)
    found += _listed("coordinate-outlier", outliers, names)
    found += _district_findings(bounds, outside, choice, expected, names)
    found += _geometry_findings(raw, cleaned, outliers, names)
    found += _repair_findings(repairs)
    return Placed(cleaned.geometries, cleaned.area_m2, choice, tuple(found), repairs)


def decided(
    source: Source, raw: RawLayer, placed: Placed, fields: Mapping[str, str], taken: int
) -> Decisions:
    """Return what was decided about a layer of which `taken` rows were taken."""
    return Decisions(
        path=str(source.original),
        layer=raw.layer,
        format=source.kind.value,
        sha256=source.sha256,
        size=source.size,
        encoding=raw.encoding,
        encoding_why=raw.encoding_why,
        crs=placed.crs.name,
        crs_why=placed.crs.why,
        fields=fields,
        read=len(raw.fids),
        taken=taken,
        dropped=len(raw.fids) - taken,
        repairs=placed.repairs,
    )


def _bounds(geometries: NDArray[np.object_], progress: Progress) -> NDArray[np.float64]:
    def bounds(part: slice) -> NDArray[np.float64]:
        return np.asarray(shapely.bounds(geometries[part]))

    return np.concatenate(map_chunks(bounds, len(geometries), progress))


def _clean(
    geometries: NDArray[np.object_], choice: CrsChoice, progress: Progress
) -> tuple[Cleaned, NDArray[np.float64]]:
    """Return the geometries in degrees, clean, and their bounds; the input is used up."""

    def work(part: slice) -> tuple[Cleaned, NDArray[np.float64]]:
        placed = to_degrees(geometries[part].copy(), choice)
        geometries[part] = None
        return clean(placed), shapely.bounds(placed)

    pieces = map_chunks(work, len(geometries), progress)
    return join([cleaned for cleaned, _ in pieces]), np.concatenate([bounds for _, bounds in pieces])


def _listed(code: str, rows: Iterable[int], names: Names, **figures: object) -> list[Finding]:
    """Return the finding about these rows, none when there are no rows."""
    subjects = names(rows)
    return [finding(code, subjects, **figures)] if subjects else []


def _district_findings(
    bounds: NDArray[np.float64],
    outside: NDArray[np.bool_],
    choice: CrsChoice,
    expected: Expectation,
    names: Names,
) -> list[Finding]:
    name = expected.district.called
    present = np.isfinite(bounds).all(axis=1)
    if not outside.any():
        return []
    if not outside[present].all():
        if not expected.is_patches:
            return [finding("outside-district-layer", rows=int(outside.sum()), district=name)]
        return _listed("outside-district", np.flatnonzero(outside), names, district=name)
    west, south, east, north = (round(value, 4) for value in extent(bounds))
    return [
        finding(
            "outside-district-all",
            district=name,
            crs=choice.name,
            west=west,
            south=south,
            east=east,
            north=north,
        )
    ]


def _geometry_findings(
    raw: RawLayer, cleaned: Cleaned, outliers: NDArray[np.int64], names: Names
) -> list[Finding]:
    missing = cleaned.missing & ~raw.unreadable
    missing[outliers] = False
    tiny = (cleaned.area_m2 > 0) & (cleaned.area_m2 < _TINY_M2)
    rows_by_code = {
        "geometry-missing": missing,
        "geometry-unreadable": raw.unreadable,
        "geometry-not-polygon": cleaned.not_polygon,
        "geometry-zero-area": cleaned.zero_area,
        "geometry-tangled": cleaned.tangled,
        "geometry-unclosed": raw.unclosed,
        "geometry-mixed-parts": cleaned.mixed_parts,
        "geometry-repeated-vertices": cleaned.repeated_vertices,
        "geometry-tiny": tiny,
    }
    return [
        found
        for code, rows in rows_by_code.items()
        for found in _listed(code, np.flatnonzero(rows).tolist(), names)
    ]


def _repairs(cleaned: Cleaned, names: Names) -> tuple[Repair, ...]:
    rows = sorted(cleaned.repaired)
    return tuple(
        Repair(name, cleaned.repaired[row][0], cleaned.repaired[row][1], float(cleaned.area_m2[row]))
        for row, name in zip(rows, names(rows), strict=True)
    )


def _repair_findings(repairs: tuple[Repair, ...]) -> list[Finding]:
    large = [repair for repair in repairs if repair.is_large]
    small = [repair.subject for repair in repairs if not repair.is_large]
    found = [finding("geometry-repaired", small)] if small else []
    if large:
        examples = "；".join(
            f"{repair.subject}（{repair.reason}）由 {repair.before_m2:.2f} 变为 {repair.after_m2:.2f} 平方米"
            for repair in large[:_EXAMPLES]
        )
        found.append(finding("geometry-repaired-large", [r.subject for r in large], examples=examples))
    return found
