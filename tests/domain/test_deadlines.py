from __future__ import annotations

from datetime import date

import pytest

from weipian_plugin.domain.deadlines import due_on


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        (date(2021, 10, 9), 15, date(2021, 10, 24)),
        (date(2021, 12, 20), 15, date(2022, 1, 4)),
        (date(2024, 2, 15), 15, date(2024, 3, 1)),  # leap day on the way
        (date(2023, 2, 15), 15, date(2023, 3, 2)),
        (date(2021, 10, 9), 1, date(2021, 10, 10)),
    ],
)
def test_day_one_is_the_day_after_receipt(received, days, due):
    assert due_on(received, days) == due
