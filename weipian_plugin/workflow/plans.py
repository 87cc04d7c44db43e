"""The plan file of a workspace: reading, checking before adoption."""

from __future__ import annotations

from pathlib import Path

from weipian_plugin.domain.plan import Plan, parse_plan
from weipian_plugin.paths import plan_file
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.text_files import read_text

DEFAULT_PLAN = plan_file("wulong_2021.yaml")
"""The plan that a workspace gets when none is named: 武隆府办〔2021〕37号."""


def read_plan_text(path: Path) -> str:
    """Return the text of a plan file; raise WeipianError when it cannot be read."""
    return read_text(path, "方案文件")


def adopted_plan(workspace: Workspace) -> Plan:
    """Return the plan that the workspace works by, with the unit names of its year."""
    stored = workspace.plan()
    return parse_plan(stored.text, stored.name).in_year(workspace.year)
