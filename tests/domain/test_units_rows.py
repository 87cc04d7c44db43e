from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from weipian_plugin.domain.units import apportion, apportion_rows

PARTS = st.lists(st.floats(0, 500), min_size=4, max_size=4)


@settings(deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=5), st.sampled_from([0.0, 0.004, -0.3, 3.0]))
def test_rows_are_apportioned_as_one_by_one(rows, off):
    parts = np.array(rows)
    whole = np.maximum(parts.sum(axis=1) + off, 0)
    found = apportion_rows(parts, whole)
    for row, sums in zip(found, zip(rows, whole, strict=True), strict=True):
        assert [value / 100 for value in row] == apportion(*sums)


def test_by_hand():
    found = apportion_rows(np.array([[1.006, 2.005, 0.989], [0.004, 0.004, 0.002]]), np.array([4.0, 0.01]))
    assert found.tolist() == [[101, 200, 99], [1, 0, 0]]
