"""Use case: everything that a person needs to see to judge one patch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from weipian_plugin.domain.categories import Dictionary
from weipian_plugin.domain.categories.model import ILLEGAL
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.jurisdiction import DutyMatrix, assign
from weipian_plugin.domain.patch_type import UNKNOWN_KIND_WORD
from weipian_plugin.domain.proposal import Proposal
from weipian_plugin.domain.roles import Role
from weipian_plugin.domain.units import apportion
from weipian_plugin.exchange.figures import LandFigures
from weipian_plugin.store import one_patch
from weipian_plugin.store.evidence_files import EvidenceFile
from weipian_plugin.store.one_patch import PatchRecord, Row
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.categories import dictionary_of
from weipian_plugin.workflow.dictionaries import land_classes, patch_type_names
from weipian_plugin.workflow.evidence import evidence_by_patch
from weipian_plugin.workflow.known_facts import NOTHING_SAID, facts_of, person_facts, with_outcomes
from weipian_plugin.workflow.plans import adopted_plan
from weipian_plugin.workflow.propose_determinations import proposals_for
from weipian_plugin.workflow.rectify import remedies_dictionary
from weipian_plugin.workflow.review.history_words import HistoryLine, history_lines
from weipian_plugin.workflow.review.overlay_lines import OverlayLine, overlay_view


@dataclass(frozen=True)
class DutyLine:
    """One row of the role matrix as it stands, with the sentence that is printed."""

    duty: str
    unit: str
    status: str
    """建议, 确认 or 改派."""
    sentence: str
    decided: str
    """Who decided when and why; '' for a proposal."""
    note: str
    """Where later figures contradict the decision."""


@dataclass(frozen=True)
class Judged:
    """One determination on record."""

    result: str
    category: str
    basis: str
    document_no: str
    decided_by: str
    decided_on: str
    revision: int
    evidence: Mapping[str, str | float]


@dataclass(frozen=True)
class Doubt:
    """Why a person could not tell."""

    reason: str
    noted_by: str
    noted_on: str


@dataclass(frozen=True)
class Dossier:
    """One patch. Texts are as shown; what is not known is ''."""

    patch_no: str
    kind: str
    """土地, 矿产 or '' for not known: what the form may ask for."""
    stage: str
    duty_state: str
    area: str
    """In 亩, as printed."""
    issued_area: str
    """As it was issued, in the unit of the batch."""
    issued: tuple[tuple[str, str], ...]
    """What else was issued: patch_type, dates, township, batch and, of a part, parent, with texts."""
    attributes: tuple[tuple[str, str], ...]
    """Every issued field as it came, empty ones left out."""
    land: LandFigures
    overlay: tuple[OverlayLine, ...]
    summary: str
    """The duty state in one sentence."""
    duties: tuple[DutyLine, ...]
    notes: tuple[str, ...]
    """Sentences beside the duties: 边角, gravity, what is unknown."""
    proposal: Proposal | None
    """建议; None before the overlay."""
    judged: tuple[Judged, ...]
    """Every revision, the first one first."""
    doubt: Doubt | None
    """The doubt that no determination has settled."""
    returns: tuple[str, ...]
    """Why the city sent it back, as far as open."""
    files: tuple[EvidenceFile, ...]
    history: tuple[HistoryLine, ...]
    """The latest first."""
    dictionary: Dictionary
    year: int

    @property
    def latest(self) -> Judged | None:
        """The determination recorded last; whether it stands, the stage says."""
        return self.judged[-1] if self.judged else None


def patch_dossier(workspace: Path, patch_no: str) -> Dossier:
    """Return everything about one patch; nothing is written.

    Raises WeipianError when the workspace cannot be read or does not have the patch.
    """
    work = Workspace.open(workspace)
    dictionary = dictionary_of(work)
    with work.reading() as connection:
        record = one_patch.read(connection, patch_no)
        proposals = proposals_for(connection, [patch_no], dictionary, work.year)
    if record is None:
        raise WeipianError(f"工作库里没有图斑“{patch_no}”，可能已被改编号，请刷新队列。")
    return _dossier(work, record, proposals[0] if len(record.areas) else None, dictionary)


def read_rules(workspace: Path) -> None:
    """Parse ahead what every dossier of a workspace needs: plan, dictionaries; later reading finds it held.

    Raises WeipianError when the workspace cannot be read.
    """
    work = Workspace.open(workspace)
    adopted_plan(work)
    dictionary_of(work)
    remedies_dictionary()
    land_classes()
    patch_type_names()


def _dossier(
    work: Workspace, record: PatchRecord, proposal: Proposal | None, dictionary: Dictionary
) -> Dossier:
    patch = record.patch
    matrix = _matrix(work, record)
    view = overlay_view(patch["area_m2"], record.areas, record.hits, _slivers(matrix))
    return Dossier(
        patch_no=patch["patch_no"],
        kind=patch["kind"],
        stage=patch["stage"],
        duty_state=patch["duty_state"],
        area=f"{apportion([patch['area_mu']], patch['area_mu'])[0]:.2f}",
        issued_area=f"{patch['issued_area']:g}" if patch["issued_area"] is not None else "",
        issued=tuple(_issued(patch)),
        attributes=_attributes(patch["attributes"]),
        land=view.land,
        overlay=view.lines,
        summary=matrix.summary if record.duties else "还没有分派职责。",
        duties=tuple(map(_duty_line, record.duties)),
        notes=matrix.notes if record.duties else (),
        proposal=proposal,
        judged=tuple(map(_judged, record.determinations)),
        doubt=_open_doubt(record),
        returns=tuple(str(task["reason"]) for task in record.tasks if not task["closed_on"]),
        files=tuple(record.files),
        history=history_lines(record.history),
        dictionary=dictionary,
        year=work.year,
    )


def _matrix(work: Workspace, record: PatchRecord) -> DutyMatrix:
    """Return what the plan in force says about the patch: its claims and notes are stored nowhere."""
    plan = adopted_plan(work)
    number = str(record.patch["patch_no"])
    measures = remedies_dictionary().measures
    is_illegal = bool(record.determinations) and record.determinations[-1]["result"] == ILLEGAL
    done = record.measures if is_illegal else frozenset()
    outcomes = frozenset(filter(None, (measures[name].outcome for name in done)))
    said = with_outcomes(person_facts(record.facts), {number: outcomes} if outcomes else {})
    facts = facts_of(SimpleNamespace(**record.patch), plan, said.get(number, NOTHING_SAID))
    return assign(facts, evidence_by_patch(record.areas, record.hits).get(number, {}), plan)


def _slivers(matrix: DutyMatrix) -> frozenset[Role]:
    """Return the layers that the patch meets too little to count."""
    met = {claim.rule.layer for claim in matrix.claims if claim.counted}
    small = {claim.rule.layer for claim in matrix.claims if not claim.counted}
    return frozenset(role for role in small - met if role is not None)


def _issued(patch: Row) -> Iterable[tuple[str, str]]:
    code = patch["patch_type"]
    named = " ".join(filter(None, (patch_type_names().get(code, ""), code)))
    yield "patch_type", f"{named}（{patch['kind'] or UNKNOWN_KIND_WORD}）"
    yield "dates", f"{patch['date_before'] or '不明'} → {patch['date_after'] or '不明'}"
    yield "township", patch["town_name"] or "不明"
    yield "batch", f"{patch['batch']}（{str(patch['received_on'])[:10]}）"
    if patch["parent_no"]:
        yield "parent", patch["parent_no"]


def _attributes(text: str) -> tuple[tuple[str, str], ...]:
    fields = json.loads(text).items()
    return tuple((name, str(value)) for name, value in fields if value not in (None, ""))


def _duty_line(row: Row) -> DutyLine:
    grounds = "，".join(filter(None, (row["decision_reason"], row["reference"])))
    decided = f"{row['decided_by']} {row['decided_on']}{f'：{grounds}' if grounds else ''}"
    return DutyLine(
        row["duty"],
        row["unit"],
        row["status"],
        row["reason"],
        decided if row["decided_by"] else "",
        row["note"],
    )


def _judged(row: Row) -> Judged:
    words = {name: str(row[name]) for name in ("result", "category", "basis", "document_no")}
    evidence = json.loads(row["evidence"])
    return Judged(
        **words,
        decided_by=row["decided_by"],
        decided_on=row["decided_on"],
        revision=row["revision"],
        evidence=evidence,
    )


def _open_doubt(record: PatchRecord) -> Doubt | None:
    revision = record.determinations[-1]["revision"] if record.determinations else 0
    standing: Sequence[Row] = [row for row in record.doubts if row["after_revision"] >= revision]
    if not standing:
        return None
    last = standing[-1]
    return Doubt(last["reason"], last["noted_by"], last["noted_on"])
