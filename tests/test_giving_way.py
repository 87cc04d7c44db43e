"""Pieces cover all, breaths come after each, and what was let go of is gone."""

from __future__ import annotations

import weakref

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from weipian_plugin import giving_way
from weipian_plugin.giving_way import free_column_by_column, free_row_by_row, slices, with_breaths


class Value:
    """Something that a weak reference can watch."""


def watched(count):
    values = [Value() for _ in range(count)]
    return values, [weakref.ref(value) for value in values]


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, []), (1, [(0, 1)]), (4, [(0, 4)]), (5, [(0, 4), (4, 5)]), (8, [(0, 4), (4, 8)])],
)
def test_slices(count, expected):
    assert [(part.start, part.stop) for part in slices(count, 4)] == expected


def test_a_breath_comes_after_the_work_on_each(monkeypatch):
    done = []
    monkeypatch.setattr(giving_way.time, "sleep", lambda seconds: done.append("breath") or seconds)
    for item in with_breaths("ab"):
        done.append(item)
    assert done == ["a", "breath", "b", "breath"]


def test_short_work_needs_no_breath(monkeypatch):
    monkeypatch.delattr(giving_way.time, "sleep")
    assert list(with_breaths("ab", 100)) == ["a", "b"]


def test_rows():
    rows, seen = watched(3)
    free_row_by_row(rows)
    assert rows == []
    assert [one() for one in seen] == [None] * 3


def test_entries():
    values, seen = watched(3)
    entries = dict(enumerate(values))
    del values
    free_row_by_row(entries)
    assert entries == {}
    assert [one() for one in seen] == [None] * 3


def test_columns_of_any_kind_go_at_once_with_the_frame_still_held():
    values, seen = watched(12_000)
    column = np.empty(12_000, dtype=object)
    column[:] = values
    geometry = gpd.points_from_xy(range(12_000), range(12_000), crs=4490)
    frame = gpd.GeoDataFrame({"a": column, "n": np.arange(12_000), "geom": geometry}, geometry="geom")
    del column, values
    free_column_by_column(frame)
    assert list(frame.columns) == []
    assert not any(one() for one in seen)


def test_an_empty_frame():
    free_column_by_column(pd.DataFrame())
