"""What an import decided about a file, with the evidence, as the report and the batch record show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Repair:
    """One geometry that was repaired; areas are official m²."""

    subject: str
    reason: str
    """Chinese: what was wrong."""
    before_m2: float
    after_m2: float

    @property
    def change_m2(self) -> float:
        """The change of area by the repair."""
        return self.after_m2 - self.before_m2

    @property
    def is_large(self) -> bool:
        """Whether the area changed by more than 10 m² or 1 %."""
        return abs(self.change_m2) > 10 or abs(self.change_m2) > 0.01 * max(self.before_m2, self.after_m2)


@dataclass(frozen=True)
class Decisions:
    """Source, choices with their reasons, and counts of one import. `taken + dropped == read`."""

    path: str
    layer: str = ""
    format: str = ""
    sha256: str = ""
    size: int = 0
    encoding: str = ""
    encoding_why: str = ""
    crs: str = ""
    crs_why: str = ""
    area_unit: str = ""
    area_unit_why: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Canonical name -> name in the source."""
    read: int = 0
    taken: int = 0
    dropped: int = 0
    repairs: tuple[Repair, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Return plain data for JSON."""
        return asdict(self) | {"fields": dict(self.fields)}
