"""The statistics print the digits of the ledger."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from weipian_plugin.domain.land_parts import land_parts, printed_areas
from weipian_plugin.exchange.figures import ClassArea, land_figures
from weipian_plugin.workflow.case_frame import part_of
from weipian_plugin.workflow.dictionaries import land_classes

AREAS = st.floats(0.5, 60000)
ROWS = st.tuples(
    AREAS, AREAS, AREAS, st.floats(0.5, 1), st.sampled_from(["", "uncovered", "no ridge", "no layer"])
)


def one(farmland, forest, built, net, doubt):
    """Return the size of a patch and the ledger's rows of it."""
    whole = farmland + forest + built
    if doubt == "no layer":
        return whole, []
    known = math.nan if doubt == "no ridge" else farmland * net
    gap = doubt == "uncovered"
    return whole, [
        ClassArea("0103", "命中", farmland, known),
        ClassArea("0301", "命中", forest, forest),
        ClassArea("" if gap else "0702", "未评估" if gap else "命中", built, math.nan if gap else built),
    ]


@settings(deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=5))
def test_the_same_digits_as_the_ledger(rows):
    made = [one(*row) for row in rows]
    listed = [(n, r.code, r.status, r.area_m2, r.net_area_m2) for n, (_, own) in enumerate(made) for r in own]
    land = pd.DataFrame(listed, columns=["at", "class_code", "status", "area_m2", "net_m2"])
    parts = land_parts(land, land["at"].to_numpy(np.int64), len(made), part_of)
    found = printed_areas(np.array([whole for whole, _ in made]), parts)
    for number, (whole, classes) in enumerate(made):
        ledger = land_figures(whole, classes, land_classes())
        assert found.area[number] == round(ledger.area * 100)
        assert found.unknown[number] == (ledger.farmland_net == "未评估")
        if not found.unknown[number]:
            assert found.farmland[number] == round(ledger.farmland_net * 100)


def test_parts_by_hand():
    """田坎 is a part of its own under 旱地 (0103), 其他农用地 under 果园 (0201); XX is no class.

    The second patch was not evaluated; the third lies half outside the layer, its farmland's 田坎 unknown.
    """
    rows = [
        (0, "0103", "命中", 400.0, 340.0),
        (0, "0201", "命中", 200.0, 190.0),
        (0, "0702", "命中", 100.0, 100.0),
        (0, "1206", "命中", 50.0, 50.0),
        (0, "XX", "命中", 25.0, 25.0),
        (2, "0101", "命中", 30.0, math.nan),
        (2, "", "未评估", 30.0, math.nan),
    ]
    land = pd.DataFrame(rows, columns=["at", "class_code", "status", "area_m2", "net_m2"])
    found = land_parts(land, land["at"].to_numpy(np.int64), 3, part_of)
    assert found.parts[0].tolist() == [340, 60, 200, 100, 50, 25, 0]
    assert found.evaluated.tolist() == [True, False, True]
    assert found.parts[2].tolist() == [30, 0, 0, 0, 0, 0, 30]
    assert (found.net.tolist(), found.without_net.tolist()) == ([340, 0, 0], [0, 0, 30])
    assert found.of("uncovered").tolist() == [0, 0, 30]
