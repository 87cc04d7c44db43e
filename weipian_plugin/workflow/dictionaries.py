"""The shipped dictionaries, read once."""

from __future__ import annotations

from functools import cache

from weipian_plugin.domain.land_class import LandClasses
from weipian_plugin.paths import plan_file


@cache
def land_classes() -> LandClasses:
    """Return the land-class dictionary."""
    return LandClasses.parse(plan_file("land_classes.yaml").read_text(encoding="utf-8"))
