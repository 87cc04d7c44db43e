"""Remedies of one patch, worked out by hand: what is settled, what remains, who has yet to accept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weipian_plugin.domain.plan import parse_plan
from weipian_plugin.domain.rectification import (
    Entry,
    Need,
    Progressed,
    Remedies,
    acceptors,
    standing,
    to_accept,
    wrongly_accepted,
)
from weipian_plugin.paths import plan_file

REMEDIES = Remedies.parse(plan_file("remedies.yaml").read_text(encoding="utf-8"))
PLAN = parse_plan(plan_file("wulong_2021.yaml").read_text(encoding="utf-8"), "wulong_2021.yaml")
OTHER_PLAN = parse_plan(plan_file("example_by_subject.yaml").read_text(encoding="utf-8"), "x.yaml")
WHO = acceptors(PLAN, REMEDIES, "区水利局")
LAND, FARM, FOREST, WATER = "区规划自然资源局", "区农业农村委", "区林业局", "区水利局"


def entry(measure, area=None, unit="白马镇", amount=None, day="2021-10-20"):
    return Entry(measure, area, amount, "示例1号", day, unit)


def stand(patch_mu, *entries):
    return standing(patch_mu, entries, REMEDIES, WHO)


def test_acceptors_come_from_the_plan():
    assert WHO.every == {"复耕验收": (LAND, FARM), "复绿验收": (FOREST,)}
    assert WHO.anyone == {"整改验收": (WATER, LAND)}
    assert acceptors(PLAN.in_year(2021), REMEDIES, LAND).anyone == {"整改验收": (LAND,)}
    assert acceptors(OTHER_PLAN, REMEDIES, "").of("整改验收") == (OTHER_PLAN.default_rule.unit,)


@pytest.mark.parametrize(
    ("patch_mu", "entries", "settled", "remaining", "state", "unaccepted"),
    [
        (10, [], 0, 10, Progressed.NOT_BEGUN, 0),
        (10, [entry("制止通知"), entry("罚款", amount=5000)], 0, 10, Progressed.UNDER_WAY, 0),
        # 拆除 2 + 补办 1.5 + 复耕 6.5 = 10: nothing remains, three acceptances are lacking.
        (10, [entry("拆除", 2), entry("补办", 1.5), entry("复耕", 6.5)], 10, 0, Progressed.UNDER_WAY, 3),
        (
            10,
            [
                entry("拆除", 2), entry("补办", 1.5), entry("复耕", 6.5), entry("整改验收", 3.5, WATER),
                entry("复耕验收", 6.5, LAND), entry("复耕验收", 6.5, FARM),
            ],
            10, 0, Progressed.RECTIFIED, 0,
        ),
        # One of the two named units is not enough, nor is a part of the area.
        (6.5, [entry("复耕", 6.5), entry("复耕验收", 6.5, LAND)], 6.5, 0, Progressed.UNDER_WAY, 1),
        (6.5, [entry("复绿", 6.5), entry("复绿验收", 6, FOREST)], 6.5, 0, Progressed.UNDER_WAY, 1),
        # All accepted, but ground remains.
        (6.5, [entry("复绿", 6), entry("复绿验收", 6, FOREST)], 6, 0.5, Progressed.UNDER_WAY, 0),
        # Figures count as printed: 3.456 prints as 3.46.
        (3.456, [entry("没收", 3.46), entry("整改验收", 3.46, LAND)], 3.46, 0, Progressed.RECTIFIED, 0),
        (
            0.3, [entry("拆除", 0.1), entry("拆除", 0.2), entry("整改验收", 0.3, LAND)],
            0.3, 0, Progressed.RECTIFIED, 0,
        ),
        # 移送, 断供, 问责 settle nothing; a 拆除 before 复耕 carries no area.
        (
            5, [entry("移送", 5), entry("断供", 5), entry("问责"), entry("拆除")],
            0, 5, Progressed.UNDER_WAY, 0,
        ),
    ],
)  # fmt: skip
def test_mixed_remedies(patch_mu, entries, settled, remaining, state, unaccepted):
    now = stand(patch_mu, *entries)
    assert (now.settled_mu, now.remaining_mu, now.state) == (settled, remaining, state)
    assert len(now.unaccepted) == unaccepted
    assert now.is_rectified == (state is Progressed.RECTIFIED)


def test_what_is_settled_is_rectified_once_accepted():
    settled = stand(1, entry("拆除", 1))
    assert (settled.remaining_mu, settled.is_rectified) == (0, False)
    accepted = stand(1, entry("拆除", 1), entry("整改验收", 1, LAND))
    assert (accepted.remaining_mu, accepted.is_rectified) == (0, True)
    assert settled.unaccepted == ("区水利局或区规划自然资源局整改验收1.00亩",)


def test_each_unit_accepts_on_its_own():
    entries = [entry("复耕", 2), entry("复耕验收", 1.25, LAND)]
    measure = REMEDIES.measures["复耕验收"]
    assert (to_accept(measure, LAND, entries), to_accept(measure, FARM, entries)) == (0.75, 2.0)


def test_words_and_needs():
    assert REMEDIES.named("断水断电断气").name == "断供"
    assert REMEDIES.named("处罚") is None
    assert REMEDIES.measures["制止通知"].document is Need.REQUIRED
    settling = {name for name, measure in REMEDIES.measures.items() if measure.settles}
    assert settling == {"没收", "拆除", "复耕", "复绿", "补办"}
    outcomes = {measure.outcome for measure in REMEDIES.measures.values()} - {""}
    assert outcomes <= set(PLAN.vocabulary.outcomes)


amounts = st.integers(1, 500).map(lambda cents: cents / 100)


@given(
    st.lists(st.tuples(st.sampled_from(["没收", "拆除", "复耕", "复绿", "补办"]), amounts), max_size=8),
    amounts,
)
def test_settled_and_remaining_make_up_the_patch(remedies, patch_mu):
    now = stand(patch_mu, *(entry(measure, area) for measure, area in remedies))
    cents = sum(round(area * 100) for _, area in remedies)
    assert round(now.settled_mu * 100) == cents
    assert round(now.remaining_mu * 100) == max(round(patch_mu * 100) - cents, 0)
    assert not now.is_rectified


def test_an_acceptance_of_what_was_not_done_is_found():
    done, accepted = entry("复绿", 2, day="2021-10-01"), entry("复绿验收", 2, FOREST, day="2021-10-05")
    late = entry("复绿", 2, day="2021-10-06")
    assert wrongly_accepted([done, accepted], REMEDIES) is None
    assert wrongly_accepted([done, accepted, late], REMEDIES) is None
    assert wrongly_accepted([accepted], REMEDIES) == accepted
    assert wrongly_accepted([late, accepted], REMEDIES) == accepted
    twice = entry("复绿验收", 1, FOREST, day="2021-10-07")
    assert wrongly_accepted([done, accepted, twice], REMEDIES) == twice
    assert wrongly_accepted([done, accepted, twice, late], REMEDIES) is None


days = st.sampled_from(["2021-10-01", "2021-10-02", "2021-10-03"])
cents = st.integers(1, 400).map(lambda value: value / 100)


@given(st.lists(st.tuples(st.booleans(), cents, days), max_size=8))
def test_accepting_what_waits_is_never_wrong(steps):
    """Acceptances of what `to_accept` says is waiting by their day, in whatever order days are entered."""
    acceptance, entries = REMEDIES.measures["复绿验收"], []
    for accepts, area, day in steps:
        if not accepts:
            entries.append(entry("复绿", area, day=day))
            continue
        waiting = to_accept(acceptance, FOREST, entries, day)
        if waiting:
            entries.append(entry("复绿验收", min(area, waiting), FOREST, day=day))
    assert wrongly_accepted(entries, REMEDIES) is None
