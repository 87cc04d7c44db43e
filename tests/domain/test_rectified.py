"""Many patches at once come to what `rectification.standing` says of each (test_rectification.py by hand)."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from weipian_plugin.domain.plan import parse_plan
from weipian_plugin.domain.rectification import Entry, Remedies, acceptors, standing
from weipian_plugin.domain.rectified import Entries, outside, rectified
from weipian_plugin.domain.units import printed_units
from weipian_plugin.paths import plan_file

REMEDIES = Remedies.parse(plan_file("remedies.yaml").read_text(encoding="utf-8"))
PLAN = parse_plan(plan_file("wulong_2021.yaml").read_text(encoding="utf-8"), "wulong_2021.yaml")
LAND, FARM, FOREST, WATER = "区规划自然资源局", "区农业农村委", "区林业局", "区水利局"


def who(lead):
    return acceptors(PLAN, REMEDIES, lead)


def entries_of(rows, count):
    """Rows of (position, measure, 亩 or None, unit)."""
    table = pd.DataFrame(rows, columns=["at", "measure", "area_mu", "unit"], dtype=object)
    return Entries(count, table["at"].to_numpy(np.int64), table)


def test_mixed_remedies_by_hand():
    """1: 拆除 2 + 补办 1.5 + 复耕 6.5 of 10, all accepted; 2: one of two acceptances lacks; 3: 0.01 remains.

    4: led by 区水利局, which accepts beside the unit in charge; 5: nothing was done about it.
    """
    rows = [
        (0, "拆除", 2, "白马镇"),
        (0, "补办", 1.5, "白马镇"),
        (0, "复耕", 6.5, "白马镇"),
        (0, "整改验收", 3.5, LAND),
        (0, "复耕验收", 6.5, LAND),
        (0, "复耕验收", 6.5, FARM),
        (1, "复耕", 6.5, "白马镇"),
        (1, "复耕验收", 6.5, FARM),
        (2, "复绿", 9.99, "白马镇"),
        (2, "复绿验收", 9.99, FOREST),
        (3, "没收", 4.0, WATER),
        (3, "整改验收", 4.0, WATER),
        (3, "罚款", None, WATER),
    ]
    areas = np.array([1000, 650, 1000, 400, 300])
    leads = np.array([LAND, LAND, LAND, WATER, WATER], dtype=object)
    entries = entries_of(rows, 5)
    assert rectified(areas, leads, entries, REMEDIES, who).tolist() == [True, False, False, True, False]
    assert outside(entries, REMEDIES, ["拆除", "复耕"]).tolist() == [True, False, True, True, False]
    # Led by 区林业局, which may not accept 没收 of 区水利局's, the fourth waits.
    other = rectified(areas, np.array([FOREST] * 5, dtype=object), entries, REMEDIES, who)
    assert other.tolist() == [True, False, False, False, False]


def test_a_patch_too_small_to_print_wants_its_acceptance_too():
    tiny = np.array([0, 0])
    entries = entries_of([(0, "立案", None, LAND)], 2)
    assert (
        rectified(tiny, np.array([LAND, LAND], dtype=object), entries, REMEDIES, who).tolist() == [False] * 2
    )
    assert not standing(0.004, [], REMEDIES, who(LAND)).is_rectified


ENTRY = st.tuples(
    st.integers(0, 2),
    st.sampled_from(list(REMEDIES.measures)),
    st.sampled_from([None, 0.01, 1.0, 2.5, 6.5]),
    st.sampled_from([LAND, FARM, FOREST, WATER]),
)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(ENTRY, max_size=12), st.lists(st.sampled_from([LAND, FOREST, WATER, ""]), min_size=3, max_size=3)
)
def test_each_is_what_it_is_alone(rows, leads):
    areas = np.array([1.0, 2.5, 0.004])
    printed = printed_units(areas)
    found = rectified(printed, np.array(leads, dtype=object), entries_of(rows, 3), REMEDIES, who)
    for patch in range(3):
        own = [Entry(m, mu, None, "", "2021-10-20", unit) for at, m, mu, unit in rows if at == patch]
        assert found[patch] == standing(areas[patch], own, REMEDIES, who(leads[patch])).is_rectified
