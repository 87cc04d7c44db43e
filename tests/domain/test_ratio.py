from __future__ import annotations

import itertools
from dataclasses import fields

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weipian_plugin.domain import ratio
from weipian_plugin.domain.ratio import DeductFrom, RatioRule

MU = 100
"""Hundredths of 亩."""
RULE = RatioRule()


def frame(*rows):
    """Rows of (result, farmland 亩, doubtful 亩, area 亩, rectified)."""
    table = pd.DataFrame(
        [(*row, *(0.0, row[1], False)[len(row) - 2 :]) for row in rows],
        columns=["result", "farmland", "doubtful", "area", "rectified"],
    )
    areas = ["farmland", "doubtful", "area"]
    table[areas] = (table[areas].astype(float) * MU).round().astype("int64")
    table["patch_no"] = [f"P{number}" for number in range(1, len(rows) + 1)]
    return table.assign(deducted=table["rectified"].astype(bool), town="白马镇")


def test_the_published_example():
    """高平市 2020: 3777.02 亩 illegal at 82.2 %, so 4594.9 亩 of farmland for new construction in all."""
    found = ratio.figures(frame(("违法", 3777.02), ("合法", 817.88)), RULE)
    assert round(found.ratio, 4) == 0.8220
    assert found.shares[0].denominator == 459490
    assert ratio.percent(found.ratio, 1) == "82.2%"


def test_a_hand_worked_table():
    """亩 of farmland: illegal 3 + 1.5 (put right), legal 10.5, other 100, undecided 5.

    ratio (3 + 1.5) / (3 + 1.5 + 10.5) = 30 %; after deduction 3 / 15 = 20 %; unrectified 3 / 4.5;
    areas: illegal 4 + 2, legal 14: 6 / 20 = 30 %, 4 / 20 = 20 %, unrectified 4 / 6.
    """
    table = frame(
        ("违法", 3, 0, 4, False),
        ("违法", 1.5, 0, 2, True),
        ("合法", 10.5, 0, 14, False),
        ("其他", 100, 0, 100, False),
        ("", 5, 0, 8, False),
    )
    found = ratio.figures(table, RULE)
    assert [share.value for share in found.shares] == pytest.approx([0.3, 0.2, 0.3, 0.2, 2 / 3, 2 / 3])
    assert [share.numerator / MU for share in found.shares] == [4.5, 3, 6, 4, 4, 3]
    assert [share.denominator / MU for share in found.shares] == [15, 15, 20, 20, 6, 4.5]
    assert (found.best, found.worst) == pytest.approx((4.5 / 20, 9.5 / 20))
    assert found.caveat == "1个图斑未判定（耕地最多5.00亩）：比例尚不确定，最低22.50%，最高47.50%。"
    both = ratio.figures(table, RatioRule(deduct_from=DeductFrom.BOTH))
    assert [share.value for share in both.shares[1:4:2]] == pytest.approx([3 / 13.5, 4 / 18])


def test_no_denominator_is_no_zero():
    for table in (frame(), frame(("其他", 3)), frame(("合法", 0))):
        found = ratio.figures(table, RULE)
        assert [share.value for share in found.shares] == [None] * 6
        assert (found.best, found.worst, found.caveat) == (None, None, "")
    assert ratio.percent(None) == "—"


def test_half_a_digit_goes_up_as_spreadsheets_do():
    """3 / 20000 is 0.015 %, whose double lies below: format() cuts the half off."""
    assert f"{3 / 20000:.2%}" == "0.01%"
    assert [ratio.percent(top / 20000) for top in (3, 10477)] == ["0.02%", "52.39%"]
    assert [ratio.percent(v) for v in (0.0, 0.15, 1.0, 1 / 3)] == ["0.00%", "15.00%", "100.00%", "33.33%"]
    assert [ratio.short_percent(v) for v in (0.15, 0.125, 1.0)] == ["15%", "12.5%", "100%"]


def test_a_limit_that_is_met_exactly_is_met():
    """0.1 + 0.2 of 2.00 亩: in floats 0.30000000000000004 / 2."""
    assert ratio.figures(frame(("违法", 0.1), ("违法", 0.2), ("合法", 1.7)), RULE).ratio == 0.15


def test_only_undecided_farmland_lies_between_nothing_and_all():
    found = ratio.figures(frame(("", 2)), RULE)
    assert (found.ratio, found.best, found.worst) == (None, 0, 1)


def test_farmland_that_was_not_evaluated_is_said():
    """3 亩 illegal with 1 亩 open, 9 亩 legal with 3 open: least 3 / 15, most 4 / 13."""
    found = ratio.figures(frame(("违法", 3, 1, 4, False), ("合法", 9, 3, 12, False)), RULE)
    assert found.ratio == pytest.approx(0.25)
    assert (found.best, found.worst) == pytest.approx((3 / 15, 4 / 13))
    assert found.doubtful_patches == 2
    assert "2个已判定图斑的耕地面积未评估或不全（最多4.00亩）" in found.caveat


def test_only_doubtful_land_bounds_the_ratio_too():
    legal = ratio.figures(frame(("合法", 0, 1, 1, False)), RULE)
    assert (legal.ratio, legal.best, legal.worst) == (None, 0, 0)
    illegal = ratio.figures(frame(("违法", 0, 1, 1, False)), RULE)
    assert (illegal.ratio, illegal.best, illegal.worst) == (None, 1, 1)


def test_every_unknown_word_is_undecided():
    assert ratio.figures(frame(("存疑", 2), ("违法", 1)), RULE).undecided_patches == 1


def test_the_formula_says_every_choice():
    assert "类别为存量的存量图斑不计入" in RatioRule(earlier_categories=("存量",)).formula
    assert "减去经拆除、复耕整改到位的违法用地" in RatioRule(deducted_measures=("拆除", "复耕")).formula
    assert "种类未查明的也计入" in RULE.formula


def test_groups_are_their_own_figures():
    table = frame(("违法", 1), ("合法", 3), ("违法", 2), ("", 4)).assign(town=["甲", "甲", "乙", "乙"])
    found = ratio.figures_by(table, RULE, "town")
    assert {town: figures.ratio for town, figures in found.items()} == {"甲": 0.25, "乙": 1.0}
    assert found["乙"].best == pytest.approx(2 / 6)


def test_the_patches_that_move_it_most():
    """V = 2, D = 8. Undecided 8, 2, 0 亩: (2+8)/16 to 2/16, then 4/10 to 2/10; 0 moves nothing."""
    table = frame(("违法", 2), ("合法", 6), ("", 2), ("", 8), ("", 0))
    found = ratio.movers(table, ratio.figures(table, RULE))
    assert list(found["patch_no"]) == ["P4", "P3"]
    assert list(found["if_illegal"]) == pytest.approx([10 / 16, 4 / 10])
    assert list(found["if_legal"]) == pytest.approx([2 / 16, 2 / 10])
    assert list(found["swing"]) == pytest.approx([0.5, 0.2])
    many = frame(("违法", 1), *[("", size) for size in range(1, 15)])
    assert list(ratio.movers(many, ratio.figures(many, RULE))["patch_no"]) == [
        f"P{n}" for n in range(15, 5, -1)
    ]


AREAS = st.integers(0, 10000).map(lambda hundredths: hundredths / 100)
ROWS = st.lists(st.tuples(st.sampled_from(["合法", "违法", "其他", ""]), AREAS, AREAS), max_size=3)


@settings(deadline=None, max_examples=60)
@given(ROWS, st.data())
def test_no_outcome_lies_outside_the_bounds(rows, data):
    """However the undecided are judged and the doubtful turn out, the ratio stays within the bounds."""
    table = frame(*[(result, known, doubt, known + doubt, False) for result, known, doubt in rows])
    found = ratio.figures(table, RULE)
    results = [["合法", "违法", "其他"] if not row[0] else [row[0]] for row in rows]
    for outcome in itertools.product(*results):
        parts = [data.draw(st.sampled_from([0.0, 1.0])) for _ in rows]
        settled = frame(
            *[(r, row[1] + part * row[2]) for r, row, part in zip(outcome, rows, parts, strict=True)]
        )
        value = ratio.figures(settled, RULE).ratio
        if value is not None:
            assert found.worst is not None
            assert value <= found.worst + 1e-12
            assert found.best is not None
            assert found.best <= value + 1e-12


@settings(deadline=None)
@given(ROWS)
def test_groups_add_up_to_the_whole(rows):
    table = frame(*[(result, known, doubt, known + doubt, False) for result, known, doubt in rows])
    table["town"] = [str(number % 2) for number in range(len(rows))]
    whole = ratio.figures(table, RULE)
    groups = ratio.figures_by(table, RULE, "town").values()
    for name in {field.name for field in fields(ratio.RatioFigures)} - {"deduct_from"}:
        assert sum(getattr(group, name) for group in groups) == getattr(whole, name)
