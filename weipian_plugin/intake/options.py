"""What the person may lay down about a file before it is read; everything empty is found out and reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from weipian_plugin.domain.plan.model import District


@dataclass(frozen=True)
class PatchOptions:
    """How to read issued patches."""

    encoding: str = ""
    crs: str = ""
    area_unit: str = ""
    """平方米, 亩 or 公顷 (m2, mu, ha)."""
    district: District = field(default_factory=District)
    known_numbers: frozenset[str] = frozenset()
    """Patches that the workspace has already: a split's parent may be among them."""
    patch_types: str = ""
    """YAML text of the patch-type dictionary; empty for the shipped one."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Canonical name -> name in the source, '' for none; what is not named is found by the alias table."""


@dataclass(frozen=True)
class LayerOptions:
    """How to read a base layer."""

    encoding: str = ""
    crs: str = ""
    district: District = field(default_factory=District)
    land_classes: str = ""
    """YAML text of the land-class dictionary; empty for the shipped one."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Canonical name -> name in the source, '' for none; what is not named is found by the alias table."""
