"""Which unit, township or committee a person means by a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from weipian_plugin.domain.plan import Plan
from weipian_plugin.domain.plan.spelling import normalise
from weipian_plugin.store import duties, overlays
from weipian_plugin.store.workspace import Workspace

_SUGGESTIONS = 3


@dataclass(frozen=True)
class UnitNames:
    """The names under which the units that may have duties are known."""

    by_spelling: Mapping[str, str]

    def find(self, text: str) -> str:
        """Return the proper name for any accepted spelling; '' for a name that is not known."""
        return self.by_spelling.get(normalise(text), "")

    @property
    def proper(self) -> tuple[str, ...]:
        """Every unit once, by its proper name."""
        return tuple(dict.fromkeys(self.by_spelling.values()))

    def near(self, text: str) -> tuple[str, ...]:
        """Return the proper names that look most like a text."""
        found = get_close_matches(normalise(text), list(self.by_spelling), _SUGGESTIONS, 0.5)
        return tuple(dict.fromkeys(self.by_spelling[name] for name in found))


def unit_names(work: Workspace, plan: Plan) -> UnitNames:
    """Return the units of the plan, its townships, those that the layers name, and those with duties now."""
    names: dict[str, str] = {}
    for name in (*overlays.territories(work), *duties.units(work)):
        names[normalise(name)] = name
    for known in (plan.district.township_names, plan.unit_in_force):
        names.update({normalise(spelling): name for spelling, name in known.items()})
    return UnitNames(names)
