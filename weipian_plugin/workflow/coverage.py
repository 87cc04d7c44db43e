"""What area the layers of the library cover, as far as it is known."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely

from weipian_plugin.domain.geodesy import to_plane
from weipian_plugin.domain.layers import LayerEdition
from weipian_plugin.domain.plan import District
from weipian_plugin.domain.roles import Role

_DISTRICT_ROLES = (Role.TOWNSHIP, Role.LAND_CLASS)
"""Layers without gaps: what they cover is the district, and other layers were delivered for the district."""


def layer_coverage(
    role: Role, editions: Mapping[Role, LayerEdition], district: District
) -> shapely.Geometry | None:
    """Return in the compute plane where a layer can say no; None when no limit is known.

    A range that is drawn only where it applies (a red line, a river) shows nowhere how far its delivery
    reaches. Its recorded coverage counts; else the district as the gap-free layers show it; else the
    district's box in the plan.
    """
    for source in (role, *_DISTRICT_ROLES):
        if source in editions and editions[source].coverage:
            return _plane(shapely.from_wkt(editions[source].coverage))
    return _plane(shapely.box(*district.bbox)) if district.bbox else None


def _plane(geometry: shapely.Geometry) -> shapely.Geometry:
    single = np.empty(1, dtype=object)
    single[0] = geometry
    return to_plane(single)[0]
