"""With the good values every algorithm of the provider succeeds, so that a refusal is the spoilt value's."""

from __future__ import annotations

import pytest
from hostile_desk import GOOD, OTHERWISE


def test_every_algorithm_and_every_parameter_is_known(provider):
    registered = {algorithm.name(): algorithm for algorithm in provider.algorithms()}
    assert GOOD.keys() == registered.keys()
    for name, algorithm in registered.items():
        known = {item.name() for item in algorithm.parameterDefinitions()}
        assert GOOD[name].keys() | OTHERWISE.get(name, {}).keys() == known, name


@pytest.mark.parametrize(
    ("name", "instead"),
    [*((name, {}) for name in GOOD), *OTHERWISE.items()],
    ids=lambda value: str(value)[:12],
)
def test_good_values_are_good(desk, tmp_path, name, instead):
    here = desk.copy_to(tmp_path / "桌面")
    done = here.run(name, **instead)
    assert done.ok, done.log
    rejected = done.outputs.get("REJECTED", 0)
    assert rejected == 0, done.log
