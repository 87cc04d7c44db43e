"""The shipped dictionaries, read once."""

from __future__ import annotations

from functools import cache

from weipian_plugin.domain.land_class import LandClasses
from weipian_plugin.domain.patch_type import PatchTypes
from weipian_plugin.paths import plan_file


@cache
def land_classes() -> LandClasses:
    """Return the land-class dictionary."""
    return LandClasses.parse(plan_file("land_classes.yaml").read_text(encoding="utf-8"))


@cache
def patch_type_names() -> dict[str, str]:
    """Return the Chinese name of every patch type, by its TBLX code."""
    types = PatchTypes.parse(plan_file("patch_types.yaml").read_text(encoding="utf-8"))
    return {entry.code: entry.name for entry in types.types.values()}
