"""What is known about a base layer beside its features."""

from __future__ import annotations

from dataclasses import dataclass

from weipian_plugin.domain.roles import Role


@dataclass(frozen=True)
class LayerEdition:
    """One delivery of one base layer, as it was imported into the library."""

    role: Role
    edition: str
    """What the office calls the delivery, such as `2020年度变更调查`."""
    source: str
    """The file and layer it was read from, as the clerk knows it."""
    sha256: str
    """Digest of the source files."""
    feature_count: int
    coverage: str = ""
    """WKT polygon in degrees (EPSG:4490) of the area that the delivery covers; '' when unknown."""
    imported_at: str = ""
    """ISO date and time with offset."""
    fields: str = "{}"
    """JSON object: canonical column to source field."""
    findings: str = "[]"
    """JSON list of the findings of the import."""
