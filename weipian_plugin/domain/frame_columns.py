"""The columns of the two frames that importing gives and the files take (docs/architecture.md)."""

from __future__ import annotations

PATCH_COLUMNS = (
    "patch_no",
    "parent_no",
    "kind",
    "county_code",
    "town_code",
    "town_name",
    "patch_type",
    "date_before",
    "date_after",
    "area_m2",
    "area_mu",
    "issued_area",
    "attributes",
)
"""Issued patches, beside their geometry."""

LAYER_COLUMNS = (
    "source_fid",
    "label",
    "class_code",
    "geom_area_m2",
    "parcel_area_m2",
    "net_parcel_area_m2",
    "deducted_class",
)
"""A base layer, beside its geometry and the source's own columns: those that the overlay reads."""
