"""Which patches lie where a layer can say no, as far as the layers' coverage is known."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely

from weipian_plugin.domain.geodesy import Geometries, to_plane
from weipian_plugin.domain.layers import LayerEdition
from weipian_plugin.domain.overlay.extent import Bools, inside
from weipian_plugin.domain.plan.model import District
from weipian_plugin.domain.roles import Role

_DISTRICT_ROLES = (Role.TOWNSHIP, Role.LAND_CLASS)
"""Layers without gaps: what they cover is the district, and other layers were delivered for the district."""


def inside_coverage(
    patches: Geometries, editions: Mapping[Role, LayerEdition], district: District
) -> dict[Role, Bools]:
    """Return for each layer which patches (in the compute plane) lie in what it covers."""
    limits = {role: _limit(role, editions, district) for role in editions}
    answers = {limit: _inside(patches, limit) for limit in set(limits.values())}
    return {role: answers[limit] for role, limit in limits.items()}


def told_by_survey(editions: Mapping[Role, LayerEdition]) -> list[Role]:
    """Return the layers of which only the land classes show how far they were delivered.

    Their box is known beforehand, but the parcels do not fill it: what they leave open shows in the overlay
    (`domain.overlay.frames.beyond_survey`).
    """
    known = {role for role, edition in editions.items() if edition.coverage}
    if Role.LAND_CLASS not in known or Role.TOWNSHIP in known:
        return []
    return [role for role in editions if role not in known]


def _limit(role: Role, editions: Mapping[Role, LayerEdition], district: District) -> str:
    """Return as WKT in degrees where a layer can say no; '' when no limit is known.

    A range that is drawn only where it applies (a red line, a river) shows nowhere how far its delivery
    reaches. Its recorded coverage counts; else the district as the gap-free layers show it; else the
    district's box in the plan.
    """
    for source in (role, *_DISTRICT_ROLES):
        if source in editions and editions[source].coverage:
            return editions[source].coverage
    return shapely.box(*district.bbox).wkt if district.bbox else ""


def _inside(patches: Geometries, limit: str) -> Bools:
    if not limit:
        return np.ones(len(patches), dtype=bool)
    single = np.empty(1, dtype=object)
    single[0] = shapely.from_wkt(limit)
    return inside(patches, to_plane(single)[0])
