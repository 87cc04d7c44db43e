"""Use case: sheets for the meeting that settles who deals with a patch: every claim, every sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from weipian_plugin.domain.decisions import Casework, contradictions, stand
from weipian_plugin.domain.duties import DutyState
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.jurisdiction import Claim
from weipian_plugin.domain.plan import Plan
from weipian_plugin.domain.plan.model import RuleKind
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.units import to_mu
from weipian_plugin.exchange.pages import Cell, Look, number, page, paragraph, section, table, write_page
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.casework import known, propose, with_decisions
from weipian_plugin.workflow.plans import adopted_plan

_SEPARATORS = re.compile(r"[、，,；;\s]+")
_UNKNOWN = "未查明"


@dataclass(frozen=True)
class Sheets:
    """What was printed."""

    patches: int
    open_patches: int
    """Patches that nobody has settled: 待会商 and 未评估."""


def print_duty_sheets(workspace: Path, patches: str, output: Path, progress: Progress) -> Sheets:
    """Write one sheet a patch as a page to print; '' prints what is to be settled or looked at again.

    That is every patch 待会商, and every one whose decision the present figures contradict. The workspace
    is only read. Raises WeipianError for a number that it does not have.
    """
    work = Workspace.open(workspace)
    asked = tuple(dict.fromkeys(filter(None, _SEPARATORS.split(patches))))
    plan = adopted_plan(work)
    cases = propose(known(work, asked or None), plan, progress.part(0, 0.8))
    _require(asked, cases)
    with work.reading() as connection:
        cases = with_decisions(cases, connection)
    chosen = [cases[key] for key in asked] if asked else [c for c in cases.values() if _matters(c, plan)]
    progress.report(0.9, "写出材料")
    write_page(output, page(f"图斑职责会商材料：{plan.title}", *_content(chosen, plan)))
    progress.finish()
    return Sheets(len(chosen), sum(case.state in _OPEN for case in chosen))


_OPEN = (DutyState.CONFLICT, DutyState.NOT_EVALUATED)


def _require(asked: Sequence[str], cases: Any) -> None:
    unknown = [key for key in asked if key not in cases]
    if unknown:
        raise WeipianError(f"工作库里没有图斑“{'”“'.join(unknown)}”，或已拆分，请核对图斑编号。")


def _matters(case: Casework, plan: Plan) -> bool:
    return case.state is DutyState.CONFLICT or bool(contradictions(case, plan))


def _content(cases: Sequence[Casework], plan: Plan) -> Iterator[str]:
    yield paragraph(f"共{len(cases)}个图斑。依据：{plan.number}，方案文件版本{plan.version}。", Look.VERDICT)
    if plan.coordination:
        source = plan.coordination.source
        yield paragraph(f"协调：{plan.coordination.body}（{source.clause}“{source.words}”）。", Look.QUIET)
    for case in cases:
        yield section(f"图斑 {case.facts.patch_no}　{case.state.value}", *_sheet(case, plan))


def _sheet(case: Casework, plan: Plan) -> Iterator[str]:
    facts, matrix = case.facts, case.matrix
    yield paragraph(matrix.summary)
    shown = (
        f"种类：{facts.kind or _UNKNOWN}；面积：{to_mu(facts.area_m2):.2f}亩；"
        f"建设主体：{facts.subject or _UNKNOWN}；用途：{facts.use or _UNKNOWN}；"
        f"处理结果：{'、'.join(sorted(facts.outcomes)) or '无'}。"
    )
    yield paragraph(shown, Look.QUIET)
    head = ("依据", "条款", "单位", "亩", "占比", "是否计入")
    yield table(head, map(_claim_row, matrix.claims), "没有单位因范围、事实或辖区而有职责。")
    yield table(("职责", "单位", "依据语句"), _duty_rows(case, plan))
    for note in (*matrix.notes, *contradictions(case, plan).values()):
        yield paragraph(note, Look.QUIET)
    yield table(("会商结果", "理由和依据", "签字、日期"), [("\n\n", "", "")])


def _claim_row(claim: Claim) -> tuple[str | Cell, ...]:
    area = Cell("—", Look.NUMBER) if claim.area_m2 is None else number(to_mu(claim.area_m2), 2)
    share = Cell("—", Look.NUMBER) if claim.share is None else Cell(f"{claim.share:.1%}", Look.NUMBER)
    counted = "计入" if claim.counted else Cell("边角，不计", Look.DOUBTFUL)
    return _ground(claim), claim.rule.clause, claim.unit, area, share, counted


def _ground(claim: Claim) -> str:
    if claim.rule.kind is RuleKind.ATTRIBUTE:
        return f"事实：{claim.rule.id}"
    layer = claim.rule.layer.label if claim.rule.layer else claim.rule.id
    return f"{layer}（{claim.edition}）" if claim.edition else layer


def _duty_rows(case: Casework, plan: Plan) -> Iterable[tuple[str | Cell, ...]]:
    standing = stand(case, plan)
    for ruling in standing.rulings:
        yield ruling.duty.value, Cell(f"{ruling.unit}（已定）", Look.GOOD), ruling.reason
    for row in standing.proposals:
        yield row.duty.value, row.unit, row.reason
