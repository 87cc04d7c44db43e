from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from weipian_plugin.domain.units import apportion, apportion_rows, printed_units

PARTS = st.lists(st.floats(0, 500), min_size=4, max_size=4)


@settings(deadline=None)
@given(
    st.lists(PARTS, min_size=1, max_size=5),
    st.sampled_from([0.0, 0.004, -0.3, 3.0]),
    st.sampled_from([1, 2, 4]),
)
def test_rows_are_apportioned_as_one_by_one(rows, off, decimals):
    parts = np.array(rows)
    whole = np.maximum(parts.sum(axis=1) + off, 0)
    found = apportion_rows(parts, whole, decimals)
    for row, sums in zip(found, zip(rows, whole, strict=True), strict=True):
        assert [value / 10**decimals for value in row] == apportion(*sums, decimals)


def test_by_hand():
    found = apportion_rows(np.array([[1.006, 2.005, 0.989], [0.004, 0.004, 0.002]]), np.array([4.0, 0.01]))
    assert found.tolist() == [[101, 200, 99], [1, 0, 0]]


def test_what_is_nothing_gets_the_last_unit():
    assert apportion([0.0, 4.0, 6.0], 10.01) == [0.0, 4.01, 6.0]
    assert apportion_rows(np.array([[0.0, 4.0, 6.0]]), np.array([10.01])).tolist() == [[0, 401, 600]]


def test_figures_are_rounded_exactly():
    # 2.675 is a little less than it looks, 0.125 and 0.375 are exact ties.
    assert printed_units(np.array([2.675, 0.125, 0.375, 1.005, 10.0])).tolist() == [267, 12, 38, 100, 1000]
    assert printed_units(np.array([0.5, 1.5, 2.4999]), 0).tolist() == [0, 2, 2]


@given(st.floats(0, 1e6), st.sampled_from([0, 2, 4]))
def test_alone_as_apportioned(value, decimals):
    assert (
        printed_units(np.array([value]), decimals)[0] / 10**decimals == apportion([value], value, decimals)[0]
    )
