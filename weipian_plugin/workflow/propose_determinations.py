"""Use case: suggest what each patch might be judged to be. Computed when asked for, stored nowhere."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from weipian_plugin.domain.categories import Dictionary
from weipian_plugin.domain.days import day_of
from weipian_plugin.domain.proposal import Cover, Figures, Permit, Proposal, propose
from weipian_plugin.domain.roles import Role, Status
from weipian_plugin.store import permits
from weipian_plugin.store.permits import AreaRow, HitRow, PatchRow
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.categories import dictionary_of

Covers = Mapping[str, Mapping[Role, Cover]]


def propose_determinations(work: Workspace, batch_id: int | None = None) -> list[Proposal]:
    """Return a suggestion for every patch of a batch, or all, from the stored overlay."""
    dictionary = dictionary_of(work)
    with work.reading() as connection:
        numbers = permits.numbers(connection, batch_id)
        return proposals_for(connection, numbers, dictionary, work.year)


def proposals_for(
    connection: sqlite3.Connection, patch_numbers: Iterable[str], dictionary: Dictionary, year: int
) -> list[Proposal]:
    """Return suggestions for some patches. A 临时用地 must not have expired by the day of receipt."""
    held = permits.read(connection, patch_numbers)
    covers = _covers(held.areas, held.hits)
    return [
        propose(_figures(row, covers), dictionary, year, day_of(row.received_on) or date.today())
        for row in held.patches
    ]


def _covers(areas: Iterable[AreaRow], hits: Iterable[HitRow]) -> Covers:
    met: defaultdict[tuple[str, str], list[Permit]] = defaultdict(list)
    for hit in hits:
        until = day_of(hit.class_code) if hit.role == Role.TEMPORARY_LAND else None
        met[hit.patch_no, hit.role].append(Permit(hit.label, hit.area_m2, until))
    covers: defaultdict[str, dict[Role, Cover]] = defaultdict(dict)
    for row in areas:
        found = tuple(met[row.patch_no, row.role])
        covers[row.patch_no][Role(row.role)] = Cover(Status(row.status), row.area_m2, found)
    return covers


def _figures(row: PatchRow, covers: Covers) -> Figures:
    attributes = json.loads(row.attributes)
    return Figures(
        row.patch_no, row.kind, row.area_m2, row.patch_type, attributes, covers.get(row.patch_no, {})
    )
