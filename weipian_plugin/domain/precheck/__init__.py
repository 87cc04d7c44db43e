"""The self-check before patches go to the city."""

from __future__ import annotations

from weipian_plugin.domain.precheck.catalogue import Catalogue, CheckRule, Level, Limits
from weipian_plugin.domain.precheck.run import Checked, run_checks
from weipian_plugin.domain.precheck.subject import PatchUnderCheck, Surroundings

__all__ = [
    "Catalogue",
    "CheckRule",
    "Checked",
    "Level",
    "Limits",
    "PatchUnderCheck",
    "Surroundings",
    "run_checks",
]
