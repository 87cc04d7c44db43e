"""Printed areas: parts sum to the whole, gaps are never a no."""

from __future__ import annotations

from decimal import Decimal

import pytest
from exchange_samples import MU, NAN, land_classes
from hypothesis import given, settings
from hypothesis import strategies as st

from weipian_plugin.domain.land_parts import ClassArea, printed_classes
from weipian_plugin.domain.roles import Status
from weipian_plugin.exchange.figures import TraceArea, figures_of, land_of, printed_mu

GAP = Status.NOT_EVALUATED
CLASSES = land_classes()


def hit(code, mu, net_mu=None):
    return ClassArea(code, "命中", mu * MU, (mu if net_mu is None else net_mu) * MU)


def uncovered(mu):
    return ClassArea("", "未评估", mu * MU, NAN)


def figures(mu, *rows, decimals=2):
    return figures_of(land_of(mu * MU, rows, CLASSES.group, decimals), decimals)[0]


def cents(*values):
    return sum(Decimal(repr(float(value))) for value in values if value is not GAP)


def test_thirds_are_apportioned_to_the_whole():
    # 1 亩 in three equal parts: 0.33 + 0.33 + 0.33 leaves 0.01, which goes to the first of equal remainders.
    result = figures(1.0, hit("0101", 1 / 3), hit("0602", 1 / 3), hit("1101", 1 / 3))
    assert (result.area, result.farmland_net, result.construction, result.unused) == (1.0, 0.34, 0.33, 0.33)


def test_ridge_belongs_to_other_agricultural_land():
    # 10 亩 旱地 with 13 % 田坎, 5 亩 林地: net 8.70, ridge 1.30, other agricultural 5.00 + 1.30.
    result = figures(15.0, hit("0103", 10.0, 8.7), hit("0301", 5.0))
    assert (result.farmland_net, result.ridge, result.farmland_gross) == (8.7, 1.3, 10.0)
    assert result.other_agricultural == 6.3
    assert (result.construction, result.unused, result.uncovered) == (0.0, 0.0, 0.0)


def test_deduction_from_other_land_is_other_agricultural_land():
    result = figures(4.0, hit("0602", 4.0, 3.5))
    assert (result.construction, result.other_agricultural, result.ridge) == (3.5, 0.5, 0.0)


def test_without_deducted_areas_net_and_ridge_are_not_evaluated():
    result = figures(3.0, ClassArea("0103", "命中", 2 * MU, NAN), hit("0602", 1.0))
    assert (result.farmland_net, result.ridge) == (GAP, GAP)
    assert (result.farmland_gross, result.other_agricultural, result.construction) == (2.0, 0.0, 1.0)


def test_patch_without_layer_is_not_evaluated_throughout():
    result = figures(2.5, ClassArea("", "未评估", NAN, NAN))
    assert result.area == 2.5
    assert [getattr(result, name) for name in list(result.__dataclass_fields__)[1:]] == [GAP] * 8


def test_classes_not_met_in_a_half_covered_patch_are_not_zero():
    result = figures(2.0, hit("0602", 1.5), uncovered(0.5))
    assert (result.farmland_net, result.farmland_gross, result.unused) == (GAP, GAP, GAP)
    assert (result.construction, result.uncovered) == (1.5, 0.5)


def test_met_farmland_without_ridge_has_a_known_ridge_of_zero():
    result = figures(3.0, hit("0103", 2.0), uncovered(1.0))
    assert (result.farmland_net, result.ridge, result.construction) == (2.0, 0.0, GAP)


def test_unknown_class_is_shown_apart():
    result = figures(2.0, hit("0602", 1.5), hit("ZZ99", 0.5))
    assert (result.construction, result.unclassified) == (1.5, 0.5)


def test_overlapping_layer_is_not_smoothed_away():
    result = figures(2.0, hit("0602", 1.5), hit("0103", 1.5))
    assert cents(result.farmland_net, result.construction) == 3


def test_trace_is_marked_but_noise_is_not():
    assert isinstance(printed_mu(0.004 * MU), TraceArea)
    assert not isinstance(printed_mu(0.0), TraceArea)
    assert not isinstance(printed_mu(1e-10 * MU), TraceArea)
    assert printed_mu(NAN) is GAP


@pytest.mark.parametrize(
    ("mu", "printed"), [(0.0049, 0.0), (0.0051, 0.01), (0.0151, 0.02), (12.344999, 12.34)]
)
def test_single_areas_round_like_wholes(mu, printed):
    assert printed_mu(mu * MU) == pytest.approx(printed, abs=1e-12)


codes = st.sampled_from(["0101", "0103", "0201", "0301", "1006", "0602", "1101", "1206", "ZZ"])
parts = st.tuples(codes, st.floats(0, 500), st.floats(0, 1))


@settings(max_examples=300, deadline=None)
@given(st.lists(parts, min_size=1, max_size=9), st.floats(0, 50))
def test_parts_always_sum_to_the_whole(rows, gap):
    known = [hit(code, mu, mu * factor) for code, mu, factor in rows]
    land = [*known, uncovered(gap)] if gap > 0 else known
    whole = sum(row.area_m2 for row in land)
    printed = land_of(whole, land, CLASSES.group)
    result = figures_of(printed, 2)[0]
    total = cents(
        result.farmland_net,
        result.other_agricultural,
        result.construction,
        result.unused,
        result.unclassified,
        result.uncovered,
    )
    assert total == Decimal(repr(result.area))
    if GAP not in (result.farmland_gross, result.farmland_net, result.ridge):
        assert cents(result.farmland_gross) == cents(result.farmland_net, result.ridge)
    assert_classes_make_up_the_columns(land, printed, result)


def assert_classes_make_up_the_columns(land, printed, result):
    """What is printed of the classes of a group is what is printed of the group, to the last hundredth."""
    classes = printed_classes(printed, 0, land, CLASSES.group)
    of_farmland = [a for row, a in zip(land, classes, strict=True) if CLASSES.group(row.code) == "耕地"]
    assert cents(*(gross for gross, _ in classes)) == Decimal(repr(result.area))
    assert all(0 <= net <= gross for gross, net in classes)
    if of_farmland and GAP not in (result.farmland_net, result.ridge):
        assert cents(*(gross for gross, _ in of_farmland)) == cents(result.farmland_gross)
        assert cents(*(net for _, net in of_farmland)) == cents(result.farmland_net)


def test_classes_follow_the_columns_by_hand():
    """Net 0.331 of 水田 and of 旱地 are 0.33 each; their 田坎, 0.008, is 0.01, which the first takes."""
    land = [hit("0101", 0.335, 0.331), hit("0103", 0.335, 0.331), hit("0301", 0.33)]
    result = figures(1.0, *land)
    assert (result.farmland_net, result.ridge, result.farmland_gross) == (0.66, 0.01, 0.67)
    printed = land_of(MU, land, CLASSES.group)
    assert printed_classes(printed, 0, land, CLASSES.group) == [(0.34, 0.33), (0.33, 0.33), (0.33, 0.33)]


def test_classes_are_not_apportioned_apart_from_their_groups():
    """耕地 0.494, 林地 0.506: 0.49 and 0.51. By themselves the classes would be 0.25, 0.25 and 0.50."""
    land = [hit("0101", 0.247), hit("0103", 0.247), hit("0301", 0.506)]
    result = figures(1.0, *land)
    assert (result.farmland_gross, result.other_agricultural) == (0.49, 0.51)
    printed = land_of(MU, land, CLASSES.group)
    assert [gross for gross, _ in printed_classes(printed, 0, land, CLASSES.group)] == [0.25, 0.24, 0.51]


def test_other_decimals_follow_too():
    land = [hit("0101", 0.4, 0.35), hit("0103", 0.4, 0.35), hit("0301", 0.2)]
    printed = land_of(MU, land, CLASSES.group, 1)
    assert figures_of(printed, 1)[0].farmland_gross == 0.8
    assert printed_classes(printed, 0, land, CLASSES.group, 1) == [(0.5, 0.4), (0.3, 0.3), (0.2, 0.2)]
