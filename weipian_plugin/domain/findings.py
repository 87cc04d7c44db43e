"""Findings: what a check noticed, as data. They are shown, stored and counted, never raised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters to the clerk."""

    ERROR = "错误"
    """The row or file was not taken, or a figure cannot be relied on."""
    WARNING = "警告"
    """Taken, after a repair or a guess that a person should look at."""
    NOTE = "提示"
    """Taken as it is; worth knowing."""


@dataclass(frozen=True)
class Finding:
    """One thing noticed about a file, a feature or a patch."""

    code: str
    """Stable English identifier in kebab-case, such as `encoding-guessed`."""
    severity: Severity
    message: str
    """Chinese: what was seen, with its figures."""
    advice: str = ""
    """Chinese: what the clerk should do; empty when nothing."""
    subjects: tuple[str, ...] = ()
    """Patch numbers or feature ids concerned, in file order."""

    def as_dict(self) -> dict[str, object]:
        """Return plain data for JSON: the fields under their own names."""
        return asdict(self) | {"severity": self.severity.value, "subjects": list(self.subjects)}


def count_by_severity(findings: Iterable[Finding]) -> dict[Severity, int]:
    """Return how many findings there are of each severity, zeros included."""
    counts: dict[Severity, int] = {severity: 0 for severity in Severity}
    for finding in findings:
        counts[finding.severity] += 1
    return counts
