"""The one definition of printed areas, by hand; whoever shows figures is compared with it elsewhere."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from weipian_plugin.domain.land_class import LandClasses
from weipian_plugin.domain.land_parts import PARTS, Farmland, land_parts, printed_land
from weipian_plugin.paths import plan_file

MU = 2000 / 3
CLASSES = LandClasses.parse(plan_file("land_classes.yaml").read_text(encoding="utf-8"))


def parts_of(rows, count):
    """Rows of (position, class code, status, m², m² after 田坎)."""
    land = pd.DataFrame(rows, columns=["at", "class_code", "status", "area_m2", "net_m2"])
    return land_parts(land, land["at"].to_numpy(np.int64), count, CLASSES.group)


def test_parts_by_hand():
    """田坎 is a part of its own under 旱地 (0103), 其他农用地 under 果园 (0201); XX is no class.

    The second patch was not evaluated; the third lies half outside the layer, its farmland's 田坎 unknown, so
    that what is known of it, 5 of 50, is no part of its own either.
    """
    found = parts_of(
        [
            (0, "0103", "命中", 400.0, 340.0),
            (0, "0201", "命中", 200.0, 190.0),
            (0, "0702", "命中", 100.0, 100.0),
            (0, "1206", "命中", 50.0, 50.0),
            (0, "XX", "命中", 25.0, 25.0),
            (2, "0101", "命中", 30.0, math.nan),
            (2, "0103", "命中", 50.0, 45.0),
            (2, "", "未评估", 80.0, math.nan),
        ],
        3,
    )
    assert found.parts[0].tolist() == [340, 60, 200, 100, 50, 25, 0]
    assert np.isnan(found.parts[1]).all()
    assert found.parts[2].tolist() == [80, 0, 0, 0, 0, 0, 80]
    assert found.without_net.tolist() == [False, False, True]


def test_what_counts_and_what_is_doubtful():
    """1: farmland of 1 亩, 0.2 of it 田坎, the rest of 3.001 built on; 2: nobody looked at 2 亩;
    3: 1 亩 whose 田坎 is unknown, 0.5 open; 4: 1 亩 built on, 1 open: farmland unknown, at most 1.
    """
    land = parts_of(
        [
            (0, "0103", "命中", MU, 0.8 * MU),
            (0, "0702", "命中", 2.001 * MU, 2.001 * MU),
            (2, "0103", "命中", MU, math.nan),
            (2, "", "未评估", 0.5 * MU, math.nan),
            (3, "0702", "命中", MU, MU),
            (3, "", "未评估", MU, math.nan),
        ],
        4,
    )
    found = printed_land(np.array([3.001, 2, 1.5, 2]) * MU, land)
    assert found.area.tolist() == [300, 200, 150, 200]
    assert found.net_unknown.tolist() == [False, True, True, True]
    assert found.farmland(Farmland.NET).tolist() == [80, 0, 0, 0]
    assert found.farmland(Farmland.GROSS).tolist() == [100, 0, 100, 0]
    assert found.doubtful(Farmland.NET).tolist() == [0, 200, 150, 100]
    assert found.doubtful(Farmland.GROSS).tolist() == [0, 200, 50, 100]
    assert dict(zip(PARTS, found.parts[0].tolist(), strict=True))["construction"] == 200


def test_a_class_that_was_not_met_gets_nothing():
    """4 + 6.005 of 10.01 亩: the missing hundredth goes to what is there, never to 耕地, which is not."""
    rows = [(0, "0702", "命中", 4 * MU, 4 * MU), (0, "0301", "命中", 6 * MU, 6 * MU)]
    found = printed_land(np.array([10.0099]) * MU, parts_of(rows, 1))
    assert found.area.tolist() == [1001]
    assert found.parts.tolist() == [[0, 0, 601, 400, 0, 0, 0]]


def test_other_decimals_are_apportioned_too():
    rows = [(0, code, "命中", MU / 3, MU / 3) for code in ("0101", "0702", "1206")]
    found = printed_land(np.array([MU]), parts_of(rows, 1), 4)
    assert found.area.tolist() == [10000]
    assert found.sum_of("farmland", "construction", "unused").tolist() == [10000]
    assert sorted(found.parts[0].tolist()) == [0, 0, 0, 0, 3333, 3333, 3334]
