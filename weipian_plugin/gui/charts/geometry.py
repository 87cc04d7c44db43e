"""Where the parts of a chart stand: plain numbers, no Qt, so that every rule can be tested alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, floor, log10
from typing import NamedTuple

_NICE = (1, 2, 2.5, 5, 10)
ELLIPSIS = "…"
GAUGE_START, GAUGE_SPAN = 200.0, -220.0
"""Degrees, counter-clockwise from three o'clock as Qt counts: from lower left over the top to lower right."""


class Box(NamedTuple):
    """A rectangle in logical pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower edge."""
        return self.y + self.height

    def contains(self, x: float, y: float) -> bool:
        """Return whether a point lies inside; the right and lower edges do not."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def within(self, left: float = 0, top: float = 0, right: float = 0, bottom: float = 0) -> Box:
        """Return what is left after margins; never a negative size."""
        width, height = self.width - left - right, self.height - top - bottom
        return Box(self.x + left, self.y + top, max(width, 0.0), max(height, 0.0))


def ticks(highest: float, wanted: int = 4) -> tuple[float, ...]:
    """Return round values from 0 to the first that is not below `highest`, about `wanted` steps apart."""
    if highest <= 0:
        return (0.0, 1.0)
    rough = highest / max(wanted, 1)
    power = 10.0 ** floor(log10(rough))
    step = next(nice * power for nice in _NICE if nice * power >= rough * (1 - 1e-9))
    count = ceil(highest / step - 1e-9)
    return tuple(round(number * step, 12) for number in range(count + 1))


def count_ticks(highest: int, wanted: int = 4) -> tuple[int, ...]:
    """Return round whole values from 0 to the first that is not below `highest`."""
    if highest <= wanted:
        return tuple(range(max(highest, 1) + 1))
    return tuple(sorted({round(value) for value in ticks(float(highest), wanted) if value == round(value)}))


def lanes(
    count: int, start: float, length: float, gap: float, widest: float
) -> tuple[tuple[float, float], ...]:
    """Return (start, thickness) of `count` equal lanes that fill a length, each with `gap` of it left free.

    `gap` is a part of a lane, 0 to 1; no bar is thicker than `widest`, and each stands in the middle of its
    lane.
    """
    if count <= 0:
        return ()
    lane = length / count
    thick = min(lane * (1 - gap), widest)
    return tuple((start + lane * number + (lane - thick) / 2, thick) for number in range(count))


def stacked(values: Sequence[float], length: float, least: float = 0.0) -> tuple[float, ...]:
    """Return how long each part of a stack is; together `length`, or 0 when there is nothing.

    A part that is not 0 is at least `least` long, so that it can be seen and clicked; the others give way.
    """
    total = float(sum(values))
    if total <= 0 or length <= 0:
        return tuple(0.0 for _ in values)
    shown = sum(value > 0 for value in values)
    floor_of = min(least, length / shown)
    small = {i for i, value in enumerate(values) if value > 0 and value / total * length < floor_of}
    while True:
        rest = length - floor_of * len(small)
        share = sum(value for i, value in enumerate(values) if i not in small)
        sizes = [
            floor_of if i in small else value / share * rest if share else 0.0
            for i, value in enumerate(values)
        ]
        more = {i for i, value in enumerate(values) if value > 0 and i not in small and sizes[i] < floor_of}
        if not more:
            return tuple(sizes)
        small |= more


def gauge_top(*values: float | None, limit: float) -> float:
    """Return where a gauge ends: at twice the limit, or the next tenth above what it shows; at most at 1."""
    highest = max((value for value in values if value is not None), default=0.0)
    return min(max(2 * limit, ceil(highest * 10 - 1e-9) / 10), 1.0)


def gauge_angle(value: float, top: float) -> float:
    """Return the angle of a value on the gauge, degrees; values outside stand at its ends."""
    part = min(max(value / top, 0.0), 1.0) if top > 0 else 0.0
    return GAUGE_START + GAUGE_SPAN * part


def every(count: int, room: float, wanted: float) -> int:
    """Return the stride at which labels of a width fit side by side: 1 for all, 2 for every second."""
    if count <= 0 or room <= 0:
        return 1
    return max(ceil(wanted * count / room - 1e-9), 1)


def elided(text: str, width: float, measure: Callable[[str], float]) -> str:
    """Return the text, or as much of it as fits into a width with … at its end; '' when not even that."""
    if measure(text) <= width:
        return text
    for end in range(len(text) - 1, 0, -1):
        short = text[:end].rstrip() + ELLIPSIS
        if measure(short) <= width:
            return short
    return ""
