"""Which district the data of an import are expected in."""

from __future__ import annotations

from pathlib import Path

import shapely

from weipian_plugin.domain.plan import District, parse_plan
from weipian_plugin.domain.roles import Role
from weipian_plugin.store.library import Library
from weipian_plugin.workflow.plans import DEFAULT_PLAN, read_plan_text


def expected_district(library: Path, plan: Path | None) -> District:
    """Return where base layers should lie: the library's townships if it has them, else the plan's.

    `plan` None means the plan file that comes with the plug-in. Raises WeipianError when the plan file has
    errors.
    """
    coverage = _township_coverage(library)
    if coverage and plan is None:
        return District(bbox=_box(coverage))
    path = plan or DEFAULT_PLAN
    return parse_plan(read_plan_text(path), path.name).district


def _township_coverage(library: Path) -> str:
    editions = Library.open(library).editions() if library.exists() else {}
    return editions[Role.TOWNSHIP].coverage if Role.TOWNSHIP in editions else ""


def _box(coverage: str) -> tuple[float, float, float, float]:
    west, south, east, north = shapely.bounds(shapely.from_wkt(coverage)).tolist()
    return west, south, east, north
