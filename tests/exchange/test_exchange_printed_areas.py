"""The statistics print the digits of the ledger."""

from __future__ import annotations

import math

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from weipian_plugin.domain.casework_statistics import printed_areas
from weipian_plugin.exchange.figures import ClassArea, land_figures
from weipian_plugin.workflow.dictionaries import land_classes

AREAS = st.floats(0.5, 60000)
ROWS = st.tuples(
    AREAS, AREAS, AREAS, st.floats(0.5, 1), st.sampled_from(["", "uncovered", "no ridge", "no layer"])
)


def one(farmland, forest, built, net, doubt):
    """Return the ledger's rows of a patch, and the columns that the statistics are made from."""
    whole = farmland + forest + built
    if doubt == "no layer":
        names = ("farmland", "ridge", "agricultural", "construction", "unused", "unclassified", "uncovered")
        return whole, [], dict.fromkeys((*names, "without_net"), math.nan)
    known = math.nan if doubt == "no ridge" else farmland * net
    gap = doubt == "uncovered"
    rows = [
        ClassArea("0103", "命中", farmland, known),
        ClassArea("0301", "命中", forest, forest),
        ClassArea("" if gap else "0702", "未评估" if gap else "命中", built, math.nan if gap else built),
    ]
    ridge = 0.0 if doubt == "no ridge" else farmland - known
    return (
        whole,
        rows,
        {
            "farmland": farmland - ridge,
            "ridge": ridge,
            "agricultural": forest,
            "construction": 0.0 if gap else built,
            "unused": 0.0,
            "unclassified": 0.0,
            "uncovered": built if gap else 0.0,
            "without_net": farmland if doubt == "no ridge" else 0.0,
        },
    )


@settings(deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=5))
def test_the_same_digits_as_the_ledger(rows):
    made = [one(*row) for row in rows]
    found = printed_areas(pd.DataFrame([{"area_m2": whole} | columns for whole, _, columns in made]))
    for number, (whole, classes, _) in enumerate(made):
        ledger = land_figures(whole, classes, land_classes())
        assert found.area[number] == round(ledger.area * 100)
        assert found.unknown[number] == (ledger.farmland_net == "未评估")
        if not found.unknown[number]:
            assert found.farmland[number] == round(ledger.farmland_net * 100)
