"""Use case: write a letter of the office from its template and the casework of a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from weipian_plugin.domain.cycle import Period, periods
from weipian_plugin.domain.duties import DutyName
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.feedback import parse_reasons, recognise
from weipian_plugin.domain.letters import Block, LetterTemplate, fill_letter, parse_letter
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.stages import Stage
from weipian_plugin.exchange.letter_document import write_letter
from weipian_plugin.exchange.saving import check_target
from weipian_plugin.paths import plan_file
from weipian_plugin.store import duties, returns, stages
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.text_files import read_text
from weipian_plugin.workflow.case_frame import CaseFrame, case_frame
from weipian_plugin.workflow.deadlines import rules_text
from weipian_plugin.workflow.letter_values import LetterFacts, concerned_units, letter_facts
from weipian_plugin.workflow.plans import adopted_plan
from weipian_plugin.workflow.statistics import statistics_of
from weipian_plugin.workflow.unit_names import unit_names

KINDS = {
    "督办函": "supervision",
    "通报": "circular",
    "约谈提请": "interview",
    "年度工作总结": "annual",
}
"""The letters, with the names of their templates in plans/letters."""
NEEDS_UNIT = ("督办函",)
OWN_TEMPLATES = "信函模板"
"""Folder beside the workspace with the office's own templates, such as 督办函.txt."""


@dataclass(frozen=True)
class LetterOrder:
    """Which letter is wanted."""

    kind: str
    """A key of KINDS."""
    as_of: date
    unit: str = ""
    """Whom it is about; '' for the whole district."""
    template: Path | None = None
    """The office's own template; None for the one that comes with the plug-in."""


@dataclass(frozen=True)
class LetterChoices:
    """What a letter of one workspace can be about."""

    units: tuple[str, ...]
    """Townships, 查处 units and those with 属地责任 that have patches."""
    periods: tuple[Period, ...]
    """Months, quarters and the year whose cut-off came after the first patches did; the last one first."""


def letter_choices(workspace: Path, today: date) -> LetterChoices:
    """Return whom letters can be about, and by which cut-offs."""
    work = Workspace.open(workspace)
    cases = case_frame(work, today).cases
    first = cases["received_on"].min() if len(cases) else today.isoformat()
    named = periods(work.year, adopted_plan(work).cycle.cut_offs)
    over = [one for one in named if first <= one.due.isoformat() <= today.isoformat()]
    over.sort(key=lambda one: one.due, reverse=True)
    return LetterChoices(tuple(concerned_units(cases, _territories(work))), tuple(over))


def produce_letter(
    workspace: Path, order: LetterOrder, output: Path, progress: Progress
) -> tuple[Block, ...]:
    """Write the letter to `output` (.odt), and return it; changes nothing in the workspace.

    Raises WeipianError as `compose_letter` does, and where the file cannot be written.
    """
    check_target(output, ".odt")
    blocks = compose_letter(workspace, order, progress.part(0, 0.9))
    write_letter(output, blocks)
    progress.finish()
    return blocks


def compose_letter(workspace: Path, order: LetterOrder, progress: Progress) -> tuple[Block, ...]:
    """Return the letter, filled in; changes nothing in the workspace.

    Raises WeipianError for an unknown kind or unit, and for faults of the template with their lines.
    """
    if order.kind not in KINDS:
        raise WeipianError(f"没有“{order.kind}”这种信函，可以写：{'、'.join(KINDS)}。")
    if order.kind in NEEDS_UNIT and not order.unit:
        raise WeipianError(f"{order.kind}要写明发给哪个单位，请填写“单位”。")
    template = read_template(order, workspace)
    work = Workspace.open(workspace)
    progress.report(0.1, "统计")
    facts = _facts(work, order)
    progress.report(0.8, "写信函")
    return fill_letter(template, *letter_facts(facts))


def read_template(order: LetterOrder, workspace: Path) -> LetterTemplate:
    """Return the template of a letter: the one named, else the office's beside the workspace, else ours.

    Raises WeipianError when it cannot be read or is written wrongly.
    """
    own = workspace.resolve().parent / OWN_TEMPLATES / f"{order.kind}.txt"
    shipped = plan_file("letters") / f"{KINDS[order.kind]}.txt"
    path = order.template or (own if own.exists() else shipped)
    return parse_letter(read_text(path, "信函模板"), path.name)


def _facts(work: Workspace, order: LetterOrder) -> LetterFacts:
    plan = adopted_plan(work)
    frame = case_frame(work, order.as_of)
    if frame.cases.empty:
        raise WeipianError(f"截至{order.as_of.isoformat()}工作库里没有图斑，不能出具信函。")
    territories = _territories(work)
    return LetterFacts(
        plan=plan,
        year=work.year,
        unit=_unit(work, order.unit, concerned_units(frame.cases, territories)) if order.unit else "",
        as_of=order.as_of,
        made_on=date.today(),
        statistics=statistics_of(frame, plan.ratio.limit, work.year),
        frame=frame,
        tasks=_sent_back(work, frame),
        territories=territories,
        terms_text=rules_text(plan.deadlines),
    )


def _territories(work: Workspace) -> Mapping[str, frozenset[str]]:
    return duties.holders(work, DutyName.TERRITORY.value)


def _sent_back(work: Workspace, frame: CaseFrame) -> pd.DataFrame:
    """Return what the city sent back and was still open on the day."""
    tasks, steps = _open_tasks(work, frame), _returned_by_step(work, frame)
    return pd.concat([tasks, steps[~steps["patch_no"].isin(tasks["patch_no"])]], ignore_index=True)


def _open_tasks(work: Workspace, frame: CaseFrame) -> pd.DataFrame:
    """Return the tasks open on the day; of a split patch also for each piece that is not reported again."""
    tasks, day = returns.read(work), frame.as_of.isoformat()
    tasks = tasks[(tasks["opened_on"] <= day) & ((tasks["closed_on"] == "") | (tasks["closed_on"] > day))]
    with work.reading() as connection:
        pieces = {number: [*returns.pieces(connection, number)] for number in set(tasks["patch_no"])}
    inherited = tasks.assign(patch_no=tasks["patch_no"].map(pieces)).explode("patch_no")
    settled = frame.cases.loc[frame.cases["stage"].isin(returns.SETTLING), "patch_no"]
    return pd.concat([tasks, inherited[~inherited["patch_no"].isin(settled)]]).dropna(subset=["patch_no"])


def _returned_by_step(work: Workspace, frame: CaseFrame) -> pd.DataFrame:
    """Return why patches stand at 市级退回 on the day: a return taken as a step opens no task."""
    away = frame.cases.loc[frame.cases["stage"] == Stage.RETURNED, "patch_no"]
    events = stages.read_events(work)
    chosen = events["patch_no"].isin(away) & (events["to_stage"] == Stage.RETURNED)
    chosen &= events["taken_on"] <= frame.as_of.isoformat()
    last = events[chosen].drop_duplicates("patch_no", keep="last")[["patch_no", "reason"]]
    known = parse_reasons(plan_file("return_reasons.yaml").read_text(encoding="utf-8"))
    return last.assign(category=["、".join(recognise(reason, known)) for reason in last["reason"]])


def _unit(work: Workspace, text: str, concerned: list[str]) -> str:
    """Return the proper name of a unit; raise WeipianError when it is not known."""
    names = unit_names(work, adopted_plan(work))
    found = text if text in concerned else names.find(text)
    if not found:
        near = "、".join(names.near(text))
        hint = f"是否为：{near}？" if near else "请写乡镇街道、管委会或查处单位的名称。"
        raise WeipianError(f"不认识单位“{text}”，{hint}")
    return found
