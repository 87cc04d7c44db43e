"""Use case: the parts of base features that lie in one patch, to be shown on the map."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.geodesy import Geometries, from_plane, to_plane
from weipian_plugin.domain.overlay.cutting import cut
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.store import patches
from weipian_plugin.store.library import Library
from weipian_plugin.store.workspace import Workspace


@dataclass(frozen=True)
class RolePieces:
    """What of a role's features lies in the patch."""

    role: Role
    wkb: Sequence[bytes]
    """Polygons in EPSG:4490."""
    area_m2: float
    """Of their union."""


def overlay_pieces(
    workspace: Path, library: Path, patch_no: str, roles: Collection[Role], progress: Progress
) -> list[RolePieces]:
    """Return the pieces of each of these roles that the library holds and that meet the patch.

    Raises WeipianError when a file cannot be read or the workspace has no such patch.
    """
    outline = patches.outline(Workspace.open(workspace), patch_no)
    if outline is None:
        raise WeipianError(f"工作库里没有图斑“{patch_no}”，请刷新后再试。")
    base = Library.open(library)
    held = [role for role in base.editions() if role in roles]
    patch = np.array([outline], dtype=object)
    with base.around(shapely.bounds(patch)) as near:
        stored = {role: shapely.from_wkb(near(role).wkb) for role in held}
    found = [_pieces(role, to_plane(patch), to_plane(shapes), progress) for role, shapes in stored.items()]
    return [pieces for pieces in found if pieces.wkb]


def _pieces(role: Role, patch: Geometries, features: Geometries, progress: Progress) -> RolePieces:
    everyone = np.arange(len(features))
    geometry = cut(patch, features, np.zeros_like(everyone), everyone, progress.check).geometry
    # An intersection may have lines in it where outlines only touch; they have no area to show.
    parts = shapely.get_parts(shapely.get_parts(geometry))
    areas = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    area = float(shapely.area(shapely.union_all(areas)))
    return RolePieces(role, shapely.to_wkb(from_plane(areas)).tolist(), area)
