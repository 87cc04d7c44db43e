"""Which of many illegal patches are 整改到位: what `rectification.standing` says, for all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weipian_plugin.domain.rectification import Acceptors, Measure, Remedies
from weipian_plugin.domain.units import printed_units

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Objects = NDArray[np.object_]


class Entries:
    """The entries about some patches: sums by patch over chosen ones."""

    def __init__(self, count: int, at: Ints, entries: pd.DataFrame) -> None:
        """Take measure, area_mu (NaN for none) and unit; `at` is the position of the patch, of `count`."""
        self.count = count
        self._at = at
        self._cents = printed_units(np.nan_to_num(entries["area_mu"].to_numpy(float)))
        self._measure, self._measures = pd.factorize(entries["measure"].to_numpy(object))
        self._unit, self._units = pd.factorize(entries["unit"].to_numpy(object))

    def of(self, measures: Collection[str]) -> Bools:
        """Return which entries are of some measures."""
        return np.isin(self._measures, list(measures))[self._measure]

    def by(self, unit: str) -> Bools:
        """Return which entries are by a unit."""
        return (self._units == unit)[self._unit]

    def sums(self, chosen: Bools) -> Ints:
        """Return for each patch the hundredths of 亩 of the chosen entries."""
        return np.bincount(self._at[chosen], self._cents[chosen], self.count).astype(np.int64)

    def any(self, chosen: Bools) -> Bools:
        """Return which patches have one of the chosen entries."""
        return np.bincount(self._at[chosen], minlength=self.count) > 0


def rectified(
    area: Ints, leads: Objects, entries: Entries, remedies: Remedies, who: Callable[[str], Acceptors]
) -> Bools:
    """Return which patches are 整改到位: nothing remains and all of it is accepted, acceptance recorded.

    `area` is what is printed of each, hundredths of 亩; `who` names the units that accept where a unit leads.
    """
    settled = entries.sums(entries.of([m.name for m in remedies.measures.values() if m.settles]))
    accepted = entries.any(entries.of([measure.name for measure in remedies.acceptances]))
    done = accepted & (settled >= area)
    for lead in set(leads[done]):
        mine = done & (leads == lead)
        for acceptance in remedies.acceptances:
            done[mine] &= ~_waiting(acceptance, who(lead), entries)[mine]
    return done


def outside(entries: Entries, remedies: Remedies, measures: Collection[str]) -> Bools:
    """Return which patches were put right by other measures than these too."""
    others = [m.name for m in remedies.measures.values() if m.settles and m.name not in measures]
    return entries.any(entries.of(others))


def _waiting(acceptance: Measure, who: Acceptors, entries: Entries) -> Bools:
    """Return which patches an acceptance is still lacking for."""
    to_accept = entries.sums(entries.of(acceptance.accepts))
    own = entries.of([acceptance.name])
    units = who.of(acceptance.name)
    lacking = [to_accept > entries.sums(own & entries.by(unit)) for unit in units]
    if not lacking:
        return np.zeros(entries.count, dtype=bool)
    return np.logical_or.reduce(lacking) if acceptance.name in who.every else np.logical_and.reduce(lacking)
