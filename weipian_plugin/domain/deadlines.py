"""When a patch's determination is due."""

from __future__ import annotations

from datetime import date, timedelta


def due_on(received: date, days: int) -> date:
    """Return the last day of a term of `days` calendar days; day one is the day after receipt.

    The plan's 15日 of 三（一） run from receipt of the patches; it does not say how days are counted.
    """
    return received + timedelta(days=days)
