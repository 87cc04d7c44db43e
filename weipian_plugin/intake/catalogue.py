"""Every finding of the intake: stable code, severity, what is said and what the clerk should do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import yaml

from weipian_plugin.domain.findings import Finding, Severity
from weipian_plugin.paths import plan_file


class Entry(NamedTuple):
    """One kind of finding; `message` is a template for its figures."""

    severity: Severity
    message: str
    advice: str


def read_catalogue(path: Path) -> Mapping[str, Entry]:
    """Return the kinds of findings by code from the YAML file."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            code: Entry(Severity(entry["severity"]), entry["message"], entry.get("advice", ""))
            for code, entry in data.items()
        }
    )


CATALOGUE = read_catalogue(plan_file("intake_findings.yaml"))


def finding(code: str, subjects: Iterable[object] = (), **figures: object) -> Finding:
    """Return the finding of that code; `{count}` in its message is the number of subjects unless given."""
    entry = CATALOGUE[code]
    names = tuple(str(subject) for subject in subjects)
    message = entry.message.format(**({"count": len(names)} | figures))
    return Finding(code, entry.severity, message, entry.advice, names)
