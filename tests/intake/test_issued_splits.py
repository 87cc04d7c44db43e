"""Which patches of a file are pieces of which, by their numbers and by where they lie."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake.issued_splits import find_splits


def box(west, south, east, north):
    """Return a box in thousandths of a degree from 107.7, 29.3."""
    return shapely.box(*(np.array([west, south, east, north]) / 1000 + [107.7, 29.3, 107.7, 29.3]))


def patches(rows):
    """Rows of number: (parent, shape)."""
    numbers, parents = list(rows), [parent for parent, _ in rows.values()]
    shapes = [shape for _, shape in rows.values()]
    return gpd.GeoDataFrame({"patch_no": numbers, "parent_no": parents}, geometry=shapes, crs=4490)


def found(rows):
    frame = patches(rows)
    splits = find_splits(frame, frame, Progress().check)
    return dict(splits.children), dict(splits.incomplete), [item.code for item in splits.findings]


WHOLE = {"A": ("", box(0, 0, 2, 2))}


def test_pieces_that_cover_their_patch():
    rows = WHOLE | {"A_1": ("A", box(0, 0, 1, 2)), "A_2": ("A", box(1, 0, 2, 2)), "B": ("", box(5, 0, 6, 1))}
    assert found(rows) == ({"A": ("A_1", "A_2")}, {}, ["split-issued"])


def test_a_drawing_that_is_a_little_off_covers_too():
    """Of 48 m by 222 m, 0.02 m are missing along the long side: less than 0.01 mu (6.67 m²)."""
    rows = {"A": ("", box(0, 0, 0.5, 2)), "A_1": ("A", box(0, 0, 0.4998, 2))}
    assert found(rows) == ({"A": ("A_1",)}, {}, ["split-issued"])
    # Of 194 m by 222 m (64.5 mu) a thousandth may be missing: 43 m², 0.19 m along the side.
    rows = WHOLE | {"A_1": ("A", box(0, 0, 1.9985, 2))}
    assert found(rows) == ({"A": ("A_1",)}, {}, ["split-issued"])
    rows = WHOLE | {"A_1": ("A", box(0, 0, 1.997, 2))}
    assert found(rows) == ({}, {"A": ("A_1",)}, ["split-incomplete"])


def test_pieces_that_overlap_or_leave_a_gap_do_not_fit():
    overlapping = WHOLE | {"A_1": ("A", box(0, 0, 1.1, 2)), "A_2": ("A", box(1, 0, 2, 2))}
    assert found(overlapping) == ({}, {"A": ("A_1", "A_2")}, ["split-incomplete"])
    gap = WHOLE | {"A_1": ("A", box(0, 0, 1, 2)), "A_2": ("A", box(1.1, 0, 2, 2))}
    assert found(gap) == ({}, {"A": ("A_1", "A_2")}, ["split-incomplete"])


def test_a_number_without_the_place_makes_no_piece():
    assert found(WHOLE | {"A_1": ("A", box(5, 0, 6, 2))}) == ({}, {}, [])
    half_out = WHOLE | {"A_1": ("A", box(1, 0, 3, 2))}
    assert found(half_out) == ({}, {}, [])


def test_pieces_of_pieces():
    halves = {"A_1": ("A", box(0, 0, 1, 2)), "A_2": ("A", box(1, 0, 2, 2))}
    quarters = {"A_3": ("A_2", box(1, 0, 2, 1)), "A_4": ("A_2", box(1, 1, 2, 2))}
    children, incomplete, _ = found(WHOLE | halves | quarters)
    assert (children, incomplete) == ({"A": ("A_1", "A_2"), "A_2": ("A_3", "A_4")}, {})
    del halves["A_1"]
    children, incomplete, _ = found(
        WHOLE | halves | quarters
    )  # A_2 does not stand for A, so nor do its pieces
    assert (children, incomplete) == ({}, {"A": ("A_2",), "A_2": ("A_3", "A_4")})
