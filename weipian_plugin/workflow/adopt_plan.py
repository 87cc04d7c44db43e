"""Use case: let a workspace work by another plan file from now on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.findings import Finding, Severity
from weipian_plugin.domain.patch_type import KINDS
from weipian_plugin.domain.plan import Plan, parse_plan, plan_findings
from weipian_plugin.domain.plan_examples import require_examples
from weipian_plugin.store import facts
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.store.workspace import adopt_plan as store_plan
from weipian_plugin.workflow.plans import adopted_plan, read_plan_text


@dataclass(frozen=True)
class Adoption:
    """What adopting a plan file brought."""

    title: str
    version: str
    changed: bool
    """False when the workspace works by this very file already."""
    findings: tuple[Finding, ...]


def adopt_plan(workspace: Path, path: Path, actor: str) -> Adoption:
    """Make a plan file the one in force; the earlier ones stay in the workspace, the step in its history.

    Duties stay as they are until they are assigned again. Raises WeipianError when the file has faults,
    fails its own examples or is for another district; nothing is changed then.
    """
    work = Workspace.open(workspace)
    text = read_plan_text(path)
    plan = parse_plan(text, path.name)
    require_examples(plan)
    before = adopted_plan(work)
    _require_same_district(before, plan)
    version = work.plan().version
    with work.writing(actor, "采用方案文件") as change:
        changed = store_plan(change, path.name, text) != version
    return Adoption(plan.title, plan.version, changed, (*plan_findings(plan), *_lost_words(work, plan)))


def _require_same_district(before: Plan, plan: Plan) -> None:
    codes = {before.district.code, *before.district.aliases}
    if not codes & {plan.district.code, *plan.district.aliases}:
        raise WeipianError(
            f"方案文件是{plan.district.name}（{plan.district.code}）的，工作库是{before.district.name}"
            f"（{before.district.code}）的，不能采用；另一个区县请新建工作库。"
        )


def _lost_words(work: Workspace, plan: Plan) -> Iterator[Finding]:
    """Yield the recorded facts in words that the plan does not use: under it they count as unknown."""
    words = plan.vocabulary
    known = {"kind": KINDS, "subject": words.subjects, "use": words.uses, "outcome": words.outcomes}
    for (fact, value), rows in facts.read(work).groupby(["fact", "value"]):
        if value and value not in known[fact]:
            yield Finding(
                "fact-not-in-plan",
                Severity.WARNING,
                f"已记录的“{value}”不是新方案文件的用语，{len(rows)}个图斑的这一项按未查明处理。",
                "在方案文件的vocabulary中补上这个词，或用“记录图斑事实”改写。",
                tuple(rows["patch_no"]),
            )
