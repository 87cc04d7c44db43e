"""Cut a patch into children: pure functions in the compute plane."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.geodesy import Geometries, from_plane, to_plane

SPLIT, CHILD = "被拆分", "拆分"
"""The state of a patch whose children are worked on in its place, and theirs; '' is neither."""
SMALLEST_M2 = 1.0
"""A smaller piece comes from drawing along a border: it joins the neighbour it shares most border with."""
TOLERANCE = 1e-6
"""By how much of the parent's area its children together may miss it or lie over each other."""


def cut(parent: shapely.Geometry, cutters: Geometries) -> Geometries:
    """Return the children of a patch as multipolygons, largest latitude first; all in EPSG:4490 degrees.

    Lines cut along themselves; every face between them and the border becomes a child. Polygons each cut
    out one child, in their order, and the rest is the last one. Vertices of the parent keep their
    coordinates to the last digit. Raises WeipianError when nothing is cut, when the cutters overlap, or
    when the children do not cover the parent.
    """
    plane, *tools = to_plane(np.array([parent, *cutters], dtype=object))
    faces = _faces(plane, tools)
    groups = _by_line(faces) if _are_lines(tools) else _by_polygon(faces, tools)
    if len(groups) < 2 or (_are_lines(tools) and len(faces) <= len(shapely.get_parts(plane))):
        raise WeipianError("没有切开：请让切割线的两端都伸出图斑边界，或让切割面只盖住图斑的一部分。")
    children = _back(_settled(groups), parent)
    check(parent, children)
    return children


def check(parent: shapely.Geometry, children: Geometries) -> None:
    """Raise WeipianError unless children (degrees) cover their parent and do not lie over each other."""
    missed, doubled, whole = mismatch(parent, children)
    allowed = TOLERANCE * whole
    if missed > allowed or abs(doubled) > allowed or not shapely.is_valid(children).all():
        raise WeipianError(
            f"切出的图斑与原图斑不一致（相差{missed:.4f}平方米，相互重叠{doubled:.4f}平方米），"
            "没有拆分，请检查切割线或切割面。"
        )


def mismatch(parent: shapely.Geometry, children: Geometries) -> tuple[float, float, float]:
    """Return by how many m² children (degrees) miss their parent, lie over each other, and its area."""
    plane = to_plane(np.array([parent, *children], dtype=object))
    whole, pieces = plane[0], plane[1:]
    union = shapely.union_all(pieces)
    missed = float(shapely.area(shapely.symmetric_difference(whole, union)))
    return missed, float(shapely.area(pieces).sum() - shapely.area(union)), float(shapely.area(whole))


def child_numbers(parent_no: str, taken: Sequence[str], count: int) -> list[str]:
    """Return `count` numbers `…_1`, `…_2` for the children of a patch, going on after those taken.

    A child that is cut once more gives its pieces the next numbers of the same family: issued numbers have
    one suffix only.
    """
    root = root_number(parent_no)
    last = max((_suffix(number, root) for number in taken), default=0)
    return [f"{root}_{last + number}" for number in range(1, count + 1)]


def root_number(number: str) -> str:
    """Return the number of the issued patch to whose family a number belongs."""
    stem, mark, suffix = number.rpartition("_")
    return stem if mark and suffix.isdecimal() else number


def _suffix(number: str, root: str) -> int:
    stem, _, suffix = number.rpartition("_")
    return int(suffix) if stem == root and suffix.isdecimal() else 0


def _are_lines(tools: Sequence[shapely.Geometry]) -> bool:
    """Return whether the cutters are lines; raise WeipianError where they are neither or both."""
    dimensions = {int(shapely.get_dimensions(tool)) for tool in tools}
    if dimensions == {1}:
        return True
    if dimensions == {2}:
        return False
    raise WeipianError("切割图层里应当全是线或者全是面，请检查图层。")


def _faces(plane: shapely.Geometry, tools: Sequence[shapely.Geometry]) -> list[shapely.Polygon]:
    """Return the pieces into which the cutters' lines divide a patch."""
    lines = [tool if shapely.get_dimensions(tool) == 1 else shapely.boundary(tool) for tool in tools]
    try:
        # A union of lines breaks them where they cross; unlike plain noding it snaps what nearly meets.
        net = shapely.union_all([shapely.boundary(plane), *lines])
    except shapely.errors.GEOSException as error:
        raise WeipianError("切割线与图斑边界几乎重合，没有切开；没有拆分，请移动切割线后再试。") from error
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(net)))
    inside = shapely.covers(plane, shapely.point_on_surface(faces))
    return list(faces[inside])


def _by_line(faces: Sequence[shapely.Polygon]) -> list[list[shapely.Polygon]]:
    """Return one group a face, from north to south, then from west to east."""
    centres = shapely.get_coordinates(shapely.centroid(list(faces)))
    return [[faces[index]] for index in np.lexsort((centres[:, 0], -centres[:, 1]))]


def _by_polygon(
    faces: Sequence[shapely.Polygon], tools: Sequence[shapely.Geometry]
) -> list[list[shapely.Polygon]]:
    """Return one group a cutting polygon, in their order, and the rest last; empty groups are left out."""
    points = shapely.point_on_surface(list(faces))
    covered = np.array([shapely.covers(tool, points) for tool in tools])
    doubled = [face for face, times in zip(faces, covered.sum(axis=0), strict=True) if times > 1]
    if sum(face.area for face in doubled) > SMALLEST_M2:
        raise WeipianError("切割面互相重叠，分不清重叠处归哪一块，请修改切割面。")
    owner = np.where(covered.any(axis=0), covered.argmax(axis=0), len(tools))
    groups = [[faces[at] for at in np.flatnonzero(owner == tool)] for tool in range(len(tools) + 1)]
    return [group for group in groups if group]


def _settled(groups: list[list[shapely.Polygon]]) -> list[shapely.Geometry]:
    """Return one geometry a group, those too small to be meant joined to a neighbour."""
    whole = [shapely.union_all(group) for group in groups]
    while len(whole) > 1:
        areas = [shape.area for shape in whole]
        least = int(np.argmin(areas))
        if areas[least] >= SMALLEST_M2:
            break
        sliver = whole.pop(least)
        shared = [shapely.length(shapely.intersection(sliver, other)) for other in whole]
        neighbour = int(np.argmax(shared))
        whole[neighbour] = shapely.union(whole[neighbour], sliver)
    if len(whole) < 2:
        raise WeipianError(f"切下的部分不足{SMALLEST_M2:g}平方米，没有拆分，请检查切割线或切割面。")
    return whole


def _back(pieces: Sequence[shapely.Geometry], parent: shapely.Geometry) -> Geometries:
    """Return pieces of the plane in degrees; a vertex of the parent comes back as it was, bit for bit."""
    degrees = shapely.get_coordinates(parent)
    known = dict(
        zip(
            map(tuple, shapely.get_coordinates(to_plane(np.array([parent], dtype=object))[0])),
            degrees,
            strict=True,
        )
    )
    children = from_plane(np.array(pieces, dtype=object))
    for index, piece in enumerate(pieces):
        coordinates = shapely.get_coordinates(children[index])
        for row, vertex in enumerate(map(tuple, shapely.get_coordinates(piece))):
            coordinates[row] = known.get(vertex, coordinates[row])
        children[index] = shapely.set_coordinates(children[index], coordinates)
    return _multi(children)


def _multi(geometries: Geometries) -> Geometries:
    result = np.empty(len(geometries), dtype=object)
    for index, geometry in enumerate(geometries):
        result[index] = shapely.multipolygons(
            [part for part in shapely.get_parts(geometry) if shapely.get_dimensions(part) == 2]
        )
    return result
