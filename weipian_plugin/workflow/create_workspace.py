"""Use case: make the workspace of a year."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from weipian_plugin.domain.findings import Finding
from weipian_plugin.domain.plan import parse_plan, plan_findings
from weipian_plugin.domain.plan_examples import require_examples
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.places import require_place
from weipian_plugin.workflow.plans import DEFAULT_PLAN, read_plan_text


@dataclass(frozen=True)
class NewWorkspace:
    """What was made."""

    plan_title: str
    plan_version: str
    findings: tuple[Finding, ...]
    """What the check of the plan file noticed."""


def create_workspace(path: Path, year: int, plan: Path | None, actor: str) -> NewWorkspace:
    """Make a workspace that works by a plan file (None: the Wulong plan of 2021).

    Raises WeipianError when the file exists, cannot be made, or the plan file has errors or fails its own
    examples; nothing is left then.
    """
    if not path.exists():
        require_place(path, "工作库")
    plan_path = plan or DEFAULT_PLAN
    text = read_plan_text(plan_path)
    parsed = parse_plan(text, plan_path.name)
    require_examples(parsed)
    Workspace.create(path, year, plan_path.name, text, actor)
    return NewWorkspace(parsed.title, parsed.version, tuple(plan_findings(parsed)))
