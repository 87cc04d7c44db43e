"""Cutting cells by claims: whatever the polygons, the parts are the cell and disagree nowhere."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from weipian_plugin.domain import duty_areas as module
from weipian_plugin.domain.duty_areas import ClaimLayer, disjoint, dissolve, duty_areas

CELL = shapely.box(0, 0, 1000, 1000)


def quiet():
    """Stop nothing."""


@st.composite
def discs(draw):
    """Return regular polygons of many corners anywhere around the cell, overlapping as they like."""
    count = draw(st.integers(0, 6))
    found = []
    for _ in range(count):
        x, y = draw(st.floats(-200, 1200)), draw(st.floats(-200, 1200))
        radius, corners = draw(st.floats(1, 400)), draw(st.integers(3, 300))
        turn = 2 * np.pi * np.arange(corners) / corners
        found.append(shapely.Polygon(np.column_stack([x + radius * np.cos(turn), y + radius * np.sin(turn)])))
    return np.array(found, dtype=object)


@settings(max_examples=40, deadline=None)
@given(st.lists(discs(), min_size=1, max_size=4), st.sampled_from([100_000, 200]))
def test_parts_are_the_cell_and_each_layer_has_its_union(layers, limit):
    claims = [ClaimLayer.of(f"规则{index}", polygons) for index, polygons in enumerate(layers)]
    before, module.CELL_VERTICES = module.CELL_VERTICES, limit
    try:
        areas = dissolve(duty_areas(CELL, claims, quiet), quiet)
    finally:
        module.CELL_VERTICES = before
    assert sum(area.area_m2 for area in areas) == pytest.approx(CELL.area, abs=1e-3)
    assert all(area.geometry.is_valid for area in areas)
    assert len({area.rules for area in areas}) == len(areas)
    for index, polygons in enumerate(layers):
        own = sum(area.area_m2 for area in areas if f"规则{index}" in area.rules)
        assert own == pytest.approx(shapely.union_all(polygons).intersection(CELL).area, abs=1e-2)


def test_a_full_cell_is_halved_and_put_together_again(monkeypatch):
    dots = np.array(
        [shapely.Point(x, y).buffer(20) for x in range(0, 1001, 100) for y in range(0, 1001, 100)],
        dtype=object,
    )
    whole = dissolve(duty_areas(CELL, [ClaimLayer.of("甲", dots)], quiet), quiet)
    monkeypatch.setattr(module, "CELL_VERTICES", 500)
    parts = list(duty_areas(CELL, [ClaimLayer.of("甲", dots)], quiet))
    assert len(parts) > len(whole)
    joined = dissolve(parts, quiet)
    assert {area.rules: area.area_m2 for area in joined} == pytest.approx(
        {area.rules: area.area_m2 for area in whole}, abs=1e-6
    )


def test_ground_that_two_cells_claim_goes_to_the_first():
    cells = np.array(
        [shapely.box(0, 0, 10, 10), shapely.box(5, 0, 15, 10), shapely.box(5, 5, 8, 8)], dtype=object
    )
    assert shapely.area(disjoint(cells)).tolist() == [100.0, 50.0, 0.0]
