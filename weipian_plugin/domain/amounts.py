"""Numbers as people write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from weipian_plugin.domain.plan.spelling import normalise

_AMOUNT = re.compile(r"^[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:E[-+]?\d+)?$")
"""A comma only where it marks thousands: 3,05 may be three and a bit, or three hundred and five."""


@lru_cache(maxsize=8192)
def amount_of(text: str, units: Sequence[str] = ()) -> float | None:
    """Return the number that a text means, in any width and with thousands marks; None for anything else.

    `units` are those that may stand behind it.
    """
    plain = normalise(text)
    for unit in units:
        plain = plain.removesuffix(normalise(unit))
    return float(plain.replace(",", "")) if _AMOUNT.match(plain) else None
