"""Use case: sheets for the meeting that settles who deals with a patch: every claim, every sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from weipian_plugin.domain.decisions import Casework, Standing, contradictions, stand
from weipian_plugin.domain.decisions.values import claimants_of
from weipian_plugin.domain.duties import DutyName, DutyState
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.jurisdiction import Claim, phrases
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
_ROOM = "\u3000\n\u3000\n\u3000"
"""Three lines to write on: wide blanks, since empty lines at an end are not printed everywhere."""


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
    head = ("图斑编号", "亩", "状态", "属地责任", "有查处职责的单位", "查处（建议或已定）")
    yield table(head, (_listed(case, plan) for case in cases), "没有要会商的图斑。", (24, 9, 10, 16, 25, 16))
    for case in cases:
        heading = f"图斑 {case.facts.patch_no}　{case.state.value}"
        yield section(heading, *_sheet(case, plan), new_page=True)


def _listed(case: Casework, plan: Plan) -> tuple[str | Cell, ...]:
    """Return the row of a patch in the list on the first page."""
    standing = stand(case, plan)
    return (
        case.facts.patch_no,
        number(to_mu(case.facts.area_m2), 2),
        case.state.value,
        "、".join(standing.units(DutyName.TERRITORY)) or "未确定",
        "、".join(claimants_of(case.matrix)) or "无",
        standing.lead,
    )


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
    nobody = "没有单位因范围、事实或辖区而有职责。"
    yield table(head, map(_claim_row, matrix.claims), nobody, (37, 12, 20, 9, 10, 12))
    standing = stand(case, plan)
    yield table(("职责", "单位", "依据语句"), _duty_rows(standing), widths=(12, 18, 70))
    for note in matrix.notes:
        if note.removesuffix("。") not in standing.lead_reason:
            yield paragraph(note, Look.QUIET)
    for contradiction in contradictions(case, plan).values():
        yield paragraph(contradiction, Look.DOUBTFUL)
    yield table(("会商结果", "理由和依据", "签字、日期"), [(_ROOM, "", "")], widths=(36, 36, 28))


def _claim_row(claim: Claim) -> tuple[str | Cell, ...]:
    share = "—" if claim.share is None else phrases.share_text(claim.share)
    counted = "计入" if claim.counted else Cell("边角，不计", Look.DOUBTFUL)
    figures = (Cell(_area(claim), Look.NUMBER), Cell(share, Look.NUMBER))
    return _ground(claim), claim.rule.clause, claim.unit, *figures, counted


def _area(claim: Claim) -> str:
    """Return the area as the sentences have it: in 亩, in 平方米 where that would be nothing."""
    if claim.area_m2 is None:
        return "—"
    if claim.printed_mu:
        return f"{claim.printed_mu:.2f}"
    return phrases.area_text(claim.area_m2).removesuffix("亩")


def _ground(claim: Claim) -> str:
    if claim.rule.kind is RuleKind.ATTRIBUTE:
        return f"事实：{claim.rule.id}"
    layer = claim.rule.layer.label if claim.rule.layer else claim.rule.id
    return f"{layer}（{claim.edition}）" if claim.edition else layer


def _duty_rows(standing: Standing) -> Iterable[tuple[str | Cell, ...]]:
    for ruling in standing.rulings:
        yield ruling.duty.value, Cell(f"{ruling.unit}（已定）", Look.GOOD), ruling.reason
    for row in standing.proposals:
        yield row.duty.value, row.unit, row.reason
