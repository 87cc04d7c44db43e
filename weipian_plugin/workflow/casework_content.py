"""What was decided about every patch and done, gathered for the workbooks."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

import pandas as pd

from weipian_plugin.domain.ratio import RatioRule
from weipian_plugin.domain.ratio_term import ratio_term
from weipian_plugin.domain.rectification import Standing
from weipian_plugin.domain.stages import DETERMINE, RETURN, RETURN_UNREPORTED, UNDOING
from weipian_plugin.exchange.content import Casework, Remedy
from weipian_plugin.exchange.export_record import exported_text
from weipian_plugin.store import determinations, doubts, facts, notes, patches, rectifications, stages
from weipian_plugin.store.patches import View
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.categories import dictionary_of
from weipian_plugin.workflow.known_facts import person_facts
from weipian_plugin.workflow.plans import adopted_plan
from weipian_plugin.workflow.rectify import remedies_dictionary, standings

_VOIDING = frozenset({"复核不通过", "审定不通过", "撤回"}) | UNDOING
"""Steps after which the determination does not stand."""
_AFRESH = _VOIDING | {DETERMINE}
"""Steps after which earlier reviews say nothing any more."""
_GIVEN = ("result", "category", "basis", "document_no", "decided_by", "decided_on")

Steps = Mapping[str, tuple[str, str, str]]


def casework_of(work: Workspace) -> dict[str, Casework]:
    """Return the casework of every patch that has any, as it stands today.

    A determination that was sent or taken back, or is doubted since, does not stand: the patch is undecided.
    """
    held = {row["patch_no"]: row for row in determinations.read(work, latest_only=True).to_dict("records")}
    doubtful = _doubts(work, {str(number): int(row["revision"]) for number, row in held.items()})
    steps, remedies = _steps(stages.read_events(work)), _remedies(rectifications.read(work))
    said, settled = person_facts(facts.read(work)), standings(work)
    written = _notes(notes.read(work))
    dictionary, rule = dictionary_of(work), adopted_plan(work).ratio.rule
    frame = patches.read(work, with_geometry=False, view=View.VERIFIED)
    made = {}
    for number, kind in frame[["patch_no", "kind"]].itertuples(index=False, name=None):
        is_void = not _VOIDING.isdisjoint(steps.get(number, ()))
        row = {} if is_void or number in doubtful else held.get(number, {})
        fact, standing = said.get(number), settled.get(number)
        made[number] = Casework(
            **{name: str(row.get(name) or "") for name in _GIVEN},
            evidence=_evidence(str(row.get("evidence") or "{}")),
            doubt=doubtful.get(number, ""),
            steps=steps.get(number, {}),
            subject=(fact.subject or "") if fact else "",
            use=(fact.use or "") if fact else "",
            ratio_side=ratio_term(
                str(row.get("result") or ""), str(row.get("category") or ""), kind, dictionary, rule
            ),
            remedies=remedies.get(number, ()),
            settled_mu=standing.settled_mu if standing else None,
            rectified=_rectified(standing),
            deducted=_is_deducted(standing, remedies.get(number, ()), rule),
            notes=written.get(number, {}),
        )
    return made


def _rectified(standing: Standing | None) -> str:
    return standing.state.value if standing else ""


def _evidence(text: str) -> dict[str, str]:
    return {str(name): exported_text(value) for name, value in json.loads(text).items()}


def _doubts(work: Workspace, revisions: Mapping[str, int]) -> dict[str, str]:
    """Return why patches cannot be judged, where no later determination has settled it."""
    rows = doubts.read(work)[["patch_no", "reason", "after_revision"]].itertuples(index=False, name=None)
    return {number: reason for number, reason, after in rows if revisions.get(number, 0) <= after}


def _steps(events: pd.DataFrame) -> dict[str, Steps]:
    found: defaultdict[str, dict[str, tuple[str, str, str]]] = defaultdict(dict)
    columns = ["patch_no", "step", "person", "taken_on", "reason"]
    for number, step, person, day, reason in events[columns].itertuples(index=False, name=None):
        if step in _AFRESH:
            found[number].clear()
        found[number][RETURN if step == RETURN_UNREPORTED else step] = (person, day, reason)
    return dict(found)


def _notes(rows: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return by patch and key what each writer said last, with the writer's name."""
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    last = rows.drop_duplicates(["patch_no", "field", "source"], keep="last")
    for number, field, text, source in last[["patch_no", "field", "text", "source"]].itertuples(
        index=False, name=None
    ):
        found[number][field].append(f"{source}：{text}")
    return {number: {key: "；".join(texts) for key, texts in own.items()} for number, own in found.items()}


def _remedies(rows: pd.DataFrame) -> dict[str, list[Remedy]]:
    found: defaultdict[str, list[Remedy]] = defaultdict(list)
    columns = ["patch_no", "measure", "area_mu", "amount_yuan", "document_no", "done_on", "unit"]
    for number, measure, area, amount, *texts in rows[columns].itertuples(index=False, name=None):
        found[number].append(Remedy(measure, _number(area), _number(amount), *texts))
    return dict(found)


def _number(value: float | None) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def _is_deducted(standing: Standing | None, remedies: Iterable[Remedy], rule: RatioRule) -> bool:
    """Return whether a patch is put right, and by measures that the rule deducts."""
    if standing is None or not standing.is_rectified:
        return False
    known = remedies_dictionary().measures
    settling = {remedy.measure for remedy in remedies if known[remedy.measure].settles}
    return not rule.deducted_measures or settling <= set(rule.deducted_measures)
