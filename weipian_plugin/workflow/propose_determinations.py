"""Use case: suggest what each patch might be judged to be. Computed when asked for, stored nowhere."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from weipian_plugin.domain.days import day_of
from weipian_plugin.domain.proposal import ROLES, Cover, Figures, Permit, Proposal, propose
from weipian_plugin.domain.roles import Role, Status
from weipian_plugin.store import batches, overlays, patches
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.categories import dictionary_of


def propose_determinations(work: Workspace, batch_id: int | None = None) -> list[Proposal]:
    """Return a suggestion for every patch of a batch, or all, from the stored overlay.

    A 临时用地 must not have expired by the day of receipt.
    """
    return proposals_for(
        work,
        patches.read(work, batch_id, with_geometry=False),
        overlays.read_areas(work, batch_id),
        overlays.read_hits(work, batch_id),
    )


def proposals_for(
    work: Workspace, frame: pd.DataFrame, areas: pd.DataFrame, hits: pd.DataFrame
) -> list[Proposal]:
    """Return the suggestions for frames of patch, overlay_area and overlay_hit that are read already."""
    dictionary = dictionary_of(work)
    received = dict(batches.read(work)[["batch_id", "received_on"]].itertuples(index=False, name=None))
    covers = covers_by_patch(areas, hits)
    rows: Iterable[Any] = frame.itertuples(index=False)
    return [
        propose(
            _figures(row, covers.get(row.patch_no, {})),
            dictionary,
            work.year,
            day_of(received.get(row.batch_id, "")) or date.today(),
        )
        for row in rows
    ]


def covers_by_patch(areas: pd.DataFrame, hits: pd.DataFrame) -> Mapping[str, dict[Role, Cover]]:
    """Return how far the layers of permits cover each patch, from the tables of the overlay."""
    names = [role.value for role in ROLES]
    permits: defaultdict[tuple[str, str], list[Permit]] = defaultdict(list)
    met: Iterable[Any] = hits[hits["role"].isin(names)].itertuples(index=False)
    for row in met:
        until = day_of(row.class_code) if row.role == Role.TEMPORARY_LAND else None
        permits[row.patch_no, row.role].append(Permit(row.label, row.area_m2, until))
    covers: defaultdict[str, dict[Role, Cover]] = defaultdict(dict)
    rows: Iterable[Any] = areas[areas["role"].isin(names)].itertuples(index=False)
    for row in rows:
        area = 0.0 if pd.isna(row.area_m2) else float(row.area_m2)
        found = tuple(sorted(permits[row.patch_no, row.role], key=lambda permit: -permit.area_m2))
        covers[row.patch_no][Role(row.role)] = Cover(Status(row.status), area, found)
    return covers


def _figures(row: Any, covers: Mapping[Role, Cover]) -> Figures:
    return Figures(row.patch_no, row.kind, row.area_m2, row.patch_type, json.loads(row.attributes), covers)
