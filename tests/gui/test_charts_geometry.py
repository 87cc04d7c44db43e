"""Where the parts of charts stand: laws and hand-worked values, without Qt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weipian_plugin.gui.charts.geometry import (
    Box,
    count_ticks,
    elided,
    every,
    gauge_angle,
    gauge_top,
    lanes,
    stacked,
    ticks,
)


@pytest.mark.parametrize(
    ("highest", "found"),
    [
        (0, (0.0, 1.0)),
        (0.4, (0.0, 0.1, 0.2, 0.3, 0.4)),
        (7, (0.0, 2.0, 4.0, 6.0, 8.0)),
        (760, (0.0, 200.0, 400.0, 600.0, 800.0)),
    ],
)
def test_ticks_are_round_and_reach_the_highest(highest, found):
    assert ticks(highest) == found


@given(st.floats(1e-6, 1e9))
def test_the_last_tick_is_the_first_above(highest):
    scale = ticks(highest)
    assert scale[-1] >= highest * (1 - 1e-9)
    assert scale[-2] < highest
    assert 3 <= len(scale) <= 10


@given(st.integers(0, 10**7))
def test_counts_have_whole_ticks(highest):
    scale = count_ticks(highest)
    assert all(isinstance(value, int) for value in scale)
    assert scale[0] == 0 and scale[-1] >= max(highest, 1)


def test_few_things_are_counted_one_by_one():
    assert count_ticks(0) == (0, 1)
    assert count_ticks(3) == (0, 1, 2, 3)


def test_lanes_are_equal_and_their_bars_stand_in_the_middle():
    assert lanes(2, 10, 100, 0.2, 100) == ((15.0, 40.0), (65.0, 40.0))
    assert lanes(2, 0, 100, 0.2, 10) == ((20.0, 10), (70.0, 10))
    assert lanes(0, 0, 100, 0.2, 10) == ()


def test_a_stack_gives_small_parts_room_at_the_cost_of_the_others():
    assert stacked([1, 1, 2], 100) == (25.0, 25.0, 50.0)
    assert stacked([1, 0, 999], 100, 4) == (4, 0.0, 96.0)
    assert stacked([0, 0], 100) == (0.0, 0.0)
    assert stacked([5, 5], 6, 4) == (3.0, 3.0)


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=9), st.floats(1, 1000), st.floats(0, 20))
def test_a_stack_fills_its_length_and_hides_nothing(values, length, least):
    parts = stacked(values, length, least)
    if not any(values):
        assert not any(parts)
        return
    assert sum(parts) == pytest.approx(length)
    assert [part > 0 for part in parts] == [value > 0 for value in values]
    shown = sum(value > 0 for value in values)
    assert min(part for part in parts if part > 0) >= min(least, length / shown) * (1 - 1e-9)


@pytest.mark.parametrize(
    ("values", "top"),
    [((None, None), 0.3), ((0.1, 0.2), 0.3), ((0.1, 0.31), 0.4), ((0.4, None), 0.4), ((0.9, 2.0), 1.0)],
)
def test_the_gauge_ends_at_twice_the_limit_or_above_what_it_shows(values, top):
    assert gauge_top(*values, limit=0.15) == pytest.approx(top)


def test_the_limit_stands_on_top_of_a_gauge_twice_as_long():
    assert gauge_angle(0.0, 0.3) == 200.0
    assert gauge_angle(0.15, 0.3) == pytest.approx(90.0)
    assert gauge_angle(0.3, 0.3) == pytest.approx(-20.0)
    assert gauge_angle(5.0, 0.3) == pytest.approx(-20.0)


def test_labels_are_left_out_where_they_do_not_fit():
    assert every(12, 360, 30) == 1
    assert every(12, 359, 30) == 2
    assert every(12, 100, 30) == 4
    assert every(0, 100, 30) == 1


@given(st.text("乡镇街道苗族土家abc ", max_size=20), st.integers(0, 20))
def test_shortened_text_fits_and_says_that_it_is_shortened(text, width):
    shown = elided(text, width, len)
    assert len(shown) <= width
    assert shown in (text, "") or shown.endswith("…")
    if len(text) <= width:
        assert shown == text


def test_a_box_has_no_negative_inside():
    assert Box(0, 0, 10, 10).within(3, 4, 2, 1) == Box(3, 4, 5, 5)
    assert Box(0, 0, 10, 10).within(left=8, right=8) == Box(8, 0, 0, 10)
    assert Box(0, 0, 10, 10).contains(0, 0) and not Box(0, 0, 10, 10).contains(10, 5)
