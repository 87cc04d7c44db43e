from __future__ import annotations

from datetime import date

import pytest

from weipian_plugin.domain.cycle import CutOff, CutOffs, CycleKind, periods


@pytest.mark.parametrize(
    ("end", "rule", "due"),
    [
        (date(2021, 7, 31), CutOff(1, 31), date(2021, 8, 31)),
        (date(2021, 8, 31), CutOff(1, 31), date(2021, 9, 30)),
        (date(2021, 12, 31), CutOff(1, 10), date(2022, 1, 10)),
        (date(2024, 1, 31), CutOff(1, 31), date(2024, 2, 29)),
        (date(2023, 1, 31), CutOff(1, 31), date(2023, 2, 28)),
        (date(2021, 12, 31), CutOff(0, 31), date(2021, 12, 31)),
        (date(2021, 11, 30), CutOff(14, 5), date(2023, 1, 5)),
    ],
)
def test_cut_offs(end, rule, due):
    assert rule.after(end) == due


def test_the_periods_of_a_leap_year():
    found = periods(2024, CutOffs())
    assert [period.kind for period in found] == [CycleKind.MONTH] * 12 + [CycleKind.QUARTER] * 4 + [
        CycleKind.YEAR
    ]
    assert (found[1].first, found[1].last, found[1].due) == (
        date(2024, 2, 1),
        date(2024, 2, 29),
        date(2024, 3, 31),
    )
    assert (found[12].name, found[12].last, found[12].due) == (
        "2024年第1季度",
        date(2024, 3, 31),
        date(2024, 4, 10),
    )
    assert (found[16].first, found[16].last, found[16].due) == (
        date(2024, 1, 1),
        date(2024, 12, 31),
        date(2024, 12, 31),
    )
