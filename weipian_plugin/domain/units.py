"""Areas in the units that the forms use, and parts that add up to their printed whole."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

SQUARE_METRES_PER_MU = 2000 / 3
"""1 亩 = 2000/3 m², exactly."""
AREA_UNITS = {"平方米": 1.0, "亩": SQUARE_METRES_PER_MU, "公顷": 10_000.0}
"""m² in one of each unit that areas are issued in."""

STEADY_DECIMALS = 9
"""Decimals to which figures are steady, whichever way they were added up."""
CLOSE = 1e-6
"""Of the last printed digit: fractions closer than this are told apart by exact arithmetic."""

Area = TypeVar("Area", float, NDArray[np.float64])


def to_mu(square_metres: Area) -> Area:
    """Return an area or an array of areas in 亩, from m²."""
    return square_metres * 3 / 2000


def apportion(parts: Sequence[float], whole: float, decimals: int = 2) -> list[float]:
    """Round `parts` to `decimals` so that they sum exactly to `whole` rounded the same way (平差).

    Largest remainder: every part is rounded down and the units left over go to the largest fractions,
    earlier parts first on a tie, those that are nothing last. The parts must be non-negative; where they do
    not sum to `whole`, the difference is spread the same way, so a part can move by more than one unit. The
    result is exact in units of 10**-decimals.
    """
    if not parts or (not whole and not any(parts)):
        return [0.0] * len(parts)
    scale = 10**decimals
    # The same figure added up in another order differs in its last bit, and must print alike all the same.
    target = round(Fraction(round(whole, STEADY_DECIMALS)) * scale)
    if len(parts) == 1:
        return [target / scale]
    exact = [Fraction(round(part, STEADY_DECIMALS)) * scale for part in parts]
    units = [value.numerator // value.denominator for value in exact]
    order = sorted(range(len(parts)), key=lambda i: (units[i] - exact[i], not exact[i], i))
    rest = target - sum(units)
    step = 1 if rest > 0 else -1
    if rest < 0:
        order.reverse()
    for turn in range(abs(rest)):
        units[_next_part(order, units, turn, step)] += step
    return [unit / scale for unit in units]


def printed_units(values: NDArray[np.float64], decimals: int = 2) -> NDArray[np.int64]:
    """Return figures as they are printed each by itself, as `apportion` does: in units of 10**-decimals."""
    scaled = values * 10**decimals
    units = np.rint(scaled).astype(np.int64)
    for row in np.flatnonzero(_near_half(scaled)):
        units[row] = round(apportion([float(values[row])], float(values[row]), decimals)[0] * 10**decimals)
    return units


def apportion_rows(
    parts: NDArray[np.float64], whole: NDArray[np.float64], decimals: int = 2
) -> NDArray[np.int64]:
    """Apportion each row of `parts`, shape (n, k), to its whole as `apportion` does.

    For a hundred thousand rows at once; returns units of 10**-decimals, shape (n, k).
    """
    scale = 10**decimals
    scaled = parts * scale
    units = np.floor(scaled).astype(np.int64)
    rest = np.rint(whole * scale).astype(np.int64) - units.sum(axis=1)
    # What is nothing comes after everything else: 1 is more than any fraction lacks.
    order = np.argsort(np.where(scaled > 0, units - scaled, 1.0), axis=1, kind="stable")
    rank = np.argsort(order, axis=1, kind="stable")
    units += rank < rest[:, None]
    exact = (rest < 0) | (rest > (scaled > 0).sum(axis=1)) | _close_calls(scaled, whole * scale)
    for row in np.flatnonzero(exact):
        units[row] = np.rint(np.array(apportion(parts[row].tolist(), float(whole[row]), decimals)) * scale)
    return units


def hundredths_text(hundredths: float) -> str:
    """Return a figure kept in hundredths as it is printed, two decimals."""
    return f"{hundredths / 100:.2f}"


def _near_half(scaled: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.abs(scaled - np.floor(scaled) - 0.5) < CLOSE


def _close_calls(scaled: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return the rows where the last bit of a float could decide: ties, and parts next to a whole unit."""
    fractions = np.sort(np.where(scaled > 0, scaled - np.floor(scaled), 0.0), axis=1)
    ties = (np.diff(fractions, axis=1) < CLOSE) & (fractions[:, 1:] > 0)
    whole_units = (scaled > 0) & (np.abs(scaled - np.rint(scaled)) < CLOSE)
    return _near_half(whole) | ties.any(axis=1) | whole_units.any(axis=1)


def _next_part(order: list[int], units: list[int], turn: int, step: int) -> int:
    """Return which part takes the next unit: round robin, never taking one below zero."""
    for offset in range(len(order)):
        index = order[(turn + offset) % len(order)]
        if step > 0 or units[index] > 0:
            return index
    return order[turn % len(order)]
