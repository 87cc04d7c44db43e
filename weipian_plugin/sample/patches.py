"""The issued patches: quotas for every case the plan knows, the rest at random."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import yaml

from weipian_plugin.sample.config import Bools, Ints, Objects, stream
from weipian_plugin.sample.ground import Ground
from weipian_plugin.sample.patch_shapes import at_corner, core, free_shape, inside, patch_area, strip

ROUNDS = 14
BATCH = 40
SPACING = 3.0
"""Metres between patches."""


@dataclass(frozen=True)
class Case:
    """What a group of patches is built for; see `patch_cases.yaml`."""

    key: str
    label: str
    share: float = 0.0
    touch: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    pool: str = ""
    shape: str = "any"
    area: tuple[float, ...] = ()
    types: tuple[str, ...] = ()
    feature: str = ""
    nature: str = ""


@dataclass(frozen=True)
class PlannedPatch:
    """A patch and the case it was built for."""

    shape: shapely.Polygon
    case: Case
    is_strip: bool


@dataclass
class _Placed:
    """What has been placed so far, for keeping patches apart."""

    patches: list[PlannedPatch] = field(default_factory=list)
    tree: shapely.STRtree = field(default_factory=lambda: shapely.STRtree([]))
    recent: list[shapely.Polygon] = field(default_factory=list)

    def is_free(self, shape: shapely.Polygon) -> bool:
        near = self.tree.query(shape, predicate="dwithin", distance=SPACING)
        return len(near) == 0 and not any(shapely.dwithin(shape, other, SPACING) for other in self.recent)

    def add(self, patch: PlannedPatch) -> None:
        self.patches.append(patch)
        self.recent.append(patch.shape)
        if len(self.recent) >= 100:
            self.tree, self.recent = shapely.STRtree([item.shape for item in self.patches]), []


@cache
def case_facts() -> dict[str, Any]:
    """Return the contents of `patch_cases.yaml`."""
    path = Path(__file__).with_name("patch_cases.yaml")
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def planned_cases() -> list[Case]:
    """Return the cases in the order of the file."""
    return [_case(entry) for entry in case_facts()["cases"]]


def quotas(cases: Sequence[Case], patches: int) -> list[int]:
    """Return how many patches each case gets: its share, at least one, as long as there are patches left."""
    result = []
    left = patches
    for case in cases:
        quota = min(left, max(1, round(case.share * patches)))
        result.append(quota)
        left -= quota
    return result


def place_patches(ground: Ground, patches: int, seed: int) -> list[PlannedPatch]:
    """Place exactly `patches` patches, in random order; cases that find no room are made up for at random."""
    placed = _Placed()
    cases = planned_cases()
    for case, quota in zip(cases, quotas(cases, patches), strict=True):
        _Placing(ground, case, placed, stream(seed, f"patches {case.key}")).fill(quota)
    rest = _Placing(ground, _case(case_facts()["random"]), placed, stream(seed, "patches random"))
    rest.fill(patches - len(placed.patches))
    rest.crowd(patches - len(placed.patches))
    return [placed.patches[i] for i in rest.rng.permutation(len(placed.patches))]


def _case(entry: Mapping[str, Any]) -> Case:
    facts: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()
    }
    ranges = [role for role in case_facts()["ranges"] if role not in facts.get("touch", ())]
    avoid = [role for name in facts.get("avoid", ()) for role in (ranges if name == "ranges" else [name])]
    return Case(**(facts | {"avoid": tuple(avoid)}))


@dataclass(frozen=True)
class _Placing:
    """The search for room for the patches of one case."""

    ground: Ground
    case: Case
    placed: _Placed
    rng: np.random.Generator

    def fill(self, quota: int) -> None:
        """Try places in random order, with smaller shapes from round to round, until the quota is filled."""
        places = self._candidates()
        position = 0
        for turn in range(ROUNDS):
            if quota <= 0 or not len(places):
                return
            size = min(max(BATCH, 2 * quota), len(places))
            batch = np.take(places, np.arange(position, position + size), mode="wrap")
            position += size
            quota -= self._fill_from(batch, quota, 0.85**turn)

    def crowd(self, count: int) -> None:
        """Put `count` small patches anywhere, on top of others too: there is no room left."""
        for _ in range(count):
            shape, is_strip = self._draw(int(self.rng.integers(len(self.ground.seeds))), 0.1)
            self.placed.patches.append(PlannedPatch(shape, self.case, is_strip))

    def _fill_from(self, places: Ints, quota: int, shrink: float) -> int:
        """Place up to `quota` patches at some of `places`; return how many."""
        drawn = [self._draw(int(place), shrink) for place in places]
        shapes = np.array([shape for shape, _ in drawn], dtype=object)
        done = 0
        for index in np.flatnonzero(self._suits(shapes)):
            if done == quota:
                break
            if self.placed.is_free(shapes[index]):
                self.placed.add(PlannedPatch(shapes[index], self.case, drawn[index][1]))
                done += 1
        return done

    def _candidates(self) -> Ints:
        """Return positions in the case's pool, or of parcel seeds that touch and avoid as asked, shuffled."""
        case, ground = self.case, self.ground
        if case.pool:
            pool = ground.outlines[case.pool] if case.pool in ground.outlines else ground.pools[case.pool]
            return self.rng.permutation(len(pool))
        suits: Bools = np.ones(len(ground.seeds), dtype=bool)
        for role in case.touch:
            suits &= ground.seed_flags[role]
        for role in case.avoid:
            suits &= ~ground.seed_flags[role]
        return self.rng.permutation(np.flatnonzero(suits))

    def _draw(self, place: int, shrink: float) -> tuple[shapely.Polygon, bool]:
        """Return a shape for the case at a position of its pool, and whether it is a strip."""
        case, ground = self.case, self.ground
        if case.shape == "inside":
            return inside(ground.outlines[case.pool][place], self.rng), False
        if case.shape == "corner":
            return at_corner(ground.outlines[case.pool][place], self.rng), False
        points = ground.pools[case.pool] if case.pool else ground.seeds
        area = patch_area(case.area, shrink, self.rng)
        if case.shape == "strip" and self.rng.random() < 0.6:
            return strip(*ground.nearest_road(points[place]), points[place], area, self.rng), True
        return free_shape(case.shape, points[place], area, self.rng), False

    def _suits(self, shapes: Objects) -> Bools:
        """Return which shapes touch and avoid what the case asks."""
        suits: Bools = shapely.is_valid(shapes)
        middles = core(shapes) if self.case.touch else shapes
        for role in self.case.touch:
            suits &= self.ground.meets(role, middles)
        for role in self.case.avoid:
            suits &= ~self.ground.meets(role, shapes)
        return suits
