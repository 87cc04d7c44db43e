"""Where a land-class layer lies over itself or leaves gaps, measured without comparing all with all.

In a sound layer every edge is drawn twice, once by each neighbour, vertex by vertex the same. So an overlap
needs a parcel with an edge that is drawn once or more than twice, and only edges drawn once bound a gap.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from weipian_plugin.domain.findings import Finding
from weipian_plugin.domain.geodesy import official_area
from weipian_plugin.domain.progress import Progress
from weipian_plugin.giving_way import slices, with_breaths
from weipian_plugin.intake.catalogue import finding
from weipian_plugin.intake.chunks import map_chunks

Keys = NDArray[np.uint64]
Rows = NDArray[np.int64]
_LEAST_M2 = 0.01
_MOST_SINGLE_EDGES = 400_000
_EXAMPLES = 5
_PARTITIONS = 16
_TREE = 10_000
_NEIGHBOURS = 2
_MULTIPLIERS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0xFF51AFD7ED558CCD))
_SHIFT = np.uint64(32)


@dataclass(frozen=True)
class Edges:
    """All boundary edges of a layer: a key that both directions share, and the row each belongs to."""

    keys: Keys
    owners: NDArray[np.int32]


def check_coverage(geometries: NDArray[np.object_], fids: Rows, progress: Progress) -> list[Finding]:
    """Return findings about overlaps within the layer and gaps in it; geometries valid, EPSG:4490."""
    edges = _edges(geometries, progress.part(0.0, 0.4))
    suspects, single = _suspects(edges, len(geometries))
    progress.report(0.6)
    if len(single) > _MOST_SINGLE_EDGES:
        return [finding("layer-not-checked", edges=len(single))]
    found = _overlap_findings(geometries, suspects, fids, progress.part(0.6, 0.9))
    found += _gap_findings(geometries, edges, single)
    progress.report(1.0)
    return found


def _edges(geometries: NDArray[np.object_], progress: Progress) -> Edges:
    # A ring of n vertices has n - 1 edges, so everyone knows where to write.
    def count(part: slice) -> Rows:
        return shapely.get_num_coordinates(geometries[part]) - _ring_counts(geometries[part])

    counts = map_chunks(count, len(geometries), progress.part(0.0, 0.2))
    ends = np.concatenate([[0], *counts]).cumsum()
    keys, owners = np.empty(ends[-1], dtype=np.uint64), np.empty(ends[-1], dtype=np.int32)

    def work(part: slice) -> None:
        segments, rows = _segments(geometries[part])
        here = slice(ends[part.start], ends[part.stop])
        keys[here], owners[here] = _keys(segments), rows + part.start

    map_chunks(work, len(geometries), progress.part(0.2, 1.0))
    return Edges(keys, owners)


def _ring_counts(geometries: NDArray[np.object_]) -> Rows:
    parts, rows = shapely.get_parts(geometries, return_index=True)
    rings = 1 + shapely.get_num_interior_rings(parts)
    return np.bincount(rows, weights=rings, minlength=len(geometries)).astype(np.int64)


def _segments(geometries: NDArray[np.object_]) -> tuple[NDArray[np.float64], Rows]:
    """Return every edge as x1, y1, x2, y2 and the row of its geometry."""
    parts, part_rows = shapely.get_parts(geometries, return_index=True)
    rings, ring_parts = shapely.get_rings(parts, return_index=True)
    points, point_rings = shapely.get_coordinates(rings, return_index=True)
    inside = point_rings[1:] == point_rings[:-1]
    segments = np.hstack([points[:-1][inside], points[1:][inside]])
    return segments, part_rows[ring_parts[point_rings[:-1][inside]]]


def _keys(segments: NDArray[np.float64]) -> Keys:
    """Return a 64-bit key an edge; the ends take part alike, so direction does not count."""
    bits = np.ascontiguousarray(segments).view(np.uint64)
    return _mix(_point_keys(bits[:, 0], bits[:, 1]) + _point_keys(bits[:, 2], bits[:, 3]))


def _point_keys(x: Keys, y: Keys) -> Keys:
    return _mix(x * _MULTIPLIERS[0] + _mix(y) * _MULTIPLIERS[1])


def _mix(keys: Keys) -> Keys:
    mixed = (keys ^ (keys >> _SHIFT)) * _MULTIPLIERS[2]
    return np.asarray(mixed ^ (mixed >> _SHIFT))


def _suspects(edges: Edges, count: int) -> tuple[Rows, Rows]:
    """Return rows that may overlap others, and the edges that are drawn only once.

    A parcel that is there twice would hide its own border, so only one of each kind takes part.
    """
    is_suspect = np.zeros(count, dtype=bool)
    is_suspect[_copies(edges, count)] = True
    kept = ~is_suspect[edges.owners]
    single = []
    # The low byte of each key, without a copy of all of them (ten million edges for 200,000 parcels).
    share = edges.keys.view(np.uint8)[:: edges.keys.itemsize] % _PARTITIONS
    for partition in range(_PARTITIONS):
        here = np.flatnonzero(kept & (share == partition))
        times = _multiplicity(edges.keys[here])
        is_suspect[edges.owners[here[times != _NEIGHBOURS]]] = True
        single.append(here[times == 1])
    return np.flatnonzero(is_suspect), np.concatenate(single)


def _multiplicity(keys: Keys) -> Rows:
    """Return how often each key occurs."""
    order = np.argsort(keys)
    ranked = keys[order]
    starts = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]]) if len(ranked) else np.empty(0, int)
    lengths = np.diff(np.r_[starts, len(ranked)])
    times = np.empty(len(keys), dtype=np.int64)
    times[order] = np.repeat(lengths, lengths)
    return times


def _copies(edges: Edges, count: int) -> Rows:
    """Return rows with exactly the edges of an earlier row."""
    totals = np.zeros(count, dtype=np.uint64)
    starts = np.flatnonzero(np.r_[True, edges.owners[1:] != edges.owners[:-1]])
    totals[edges.owners[starts]] = np.add.reduceat(edges.keys, starts)
    _, first = np.unique(totals, return_index=True)
    return np.setdiff1d(np.arange(count), first)


def _overlap_findings(
    geometries: NDArray[np.object_], suspects: Rows, fids: Rows, progress: Progress
) -> list[Finding]:
    pairs = _pairs(geometries, suspects)

    def shared(part: slice) -> NDArray[np.float64]:
        one, other = geometries[pairs[part, 0]], geometries[pairs[part, 1]]
        return official_area(shapely.intersection(one, other))

    pieces = map_chunks(shared, len(pairs), progress)
    area = np.concatenate(pieces) if pieces else np.empty(0)
    real = np.flatnonzero(area > _LEAST_M2)
    if not len(real):
        return []
    ranked = real[np.argsort(-area[real], kind="stable")]
    subjects = dict.fromkeys(fids[pairs[ranked]].ravel().tolist())
    examples = "；".join(
        f"{fids[pairs[i, 0]]} 与 {fids[pairs[i, 1]]} {area[i]:.2f} 平方米" for i in ranked[:_EXAMPLES]
    )
    total = f"{area[real].sum():.2f}"
    return [finding("layer-overlaps", subjects, pairs=len(real), area=total, examples=examples)]


def _pairs(geometries: NDArray[np.object_], suspects: Rows) -> Rows:
    """Return each pair of a suspect and a row that it meets once, the smaller row first, shape (n, 2)."""
    found, other = _met(geometries[suspects], geometries)
    one = suspects[found]
    pairs = np.column_stack([np.minimum(one, other), np.maximum(one, other)])[one != other]
    return np.unique(pairs, axis=0)


def _met(probes: NDArray[np.object_], geometries: NDArray[np.object_]) -> tuple[Rows, Rows]:
    """Return which probes meet which geometries, pair by pair; one tree of all would stop the window."""
    pairs = [np.empty((2, 0), dtype=np.int64)]
    for part in with_breaths(slices(len(geometries) if len(probes) else 0, _TREE), len(geometries)):
        tree = shapely.STRtree(geometries[part])
        pairs.append(tree.query(probes, predicate="intersects") + np.array([[0], [part.start]]))
    met, rows = np.concatenate(pairs, axis=1)
    return met, rows


def _gap_findings(geometries: NDArray[np.object_], edges: Edges, single: Rows) -> list[Finding]:
    faces = _faces(geometries, edges, single)
    if not len(faces):
        return []
    area = official_area(faces)
    faces, area = faces[area > _LEAST_M2], area[area > _LEAST_M2]
    inner = shapely.point_on_surface(faces)
    covered = np.zeros(len(faces), dtype=bool)
    covered[_met(inner, geometries)[0]] = True
    if covered.all():
        return []
    return [finding("layer-gaps", count=int((~covered).sum()), area=f"{area[~covered].sum():.2f}")]


def _faces(geometries: NDArray[np.object_], edges: Edges, single: Rows) -> NDArray[np.object_]:
    """Return the polygons that the edges drawn once enclose."""
    wanted = edges.keys[single]
    rows = np.unique(edges.owners[single])
    segments, _ = _segments(geometries[rows])
    alone = segments[np.isin(_keys(segments), wanted)]
    lines = shapely.linestrings(alone.reshape(-1, 2, 2))
    # Where one neighbour has a vertex that the other lacks, edges lie on each other and need noding. Merged,
    # since shapely keeps Python to itself while it makes polygons of many single edges.
    borders = shapely.line_merge(shapely.union_all(lines))
    return np.asarray(shapely.get_parts(shapely.polygonize([borders])))
