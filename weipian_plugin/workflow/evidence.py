"""From the stored overlay to the evidence that the jurisdiction engine takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pandas as pd

from weipian_plugin.domain.jurisdiction import Hit, RoleEvidence
from weipian_plugin.domain.roles import Role, Status

Evidence = dict[Role, RoleEvidence]


def evidence_by_patch(areas: pd.DataFrame, hits: pd.DataFrame) -> dict[str, Evidence]:
    """Return what the overlay found, by patch and role, from the tables overlay_area and overlay_hit."""
    hits_of = _hits(hits)
    classes: defaultdict[str, list[Any]] = defaultdict(list)
    evidence: defaultdict[str, Evidence] = defaultdict(dict)
    rows: Iterable[Any] = areas.itertuples(index=False)
    for row in rows:
        if row.role == Role.LAND_CLASS:
            classes[row.patch_no].append(row)
        else:
            role = Role(row.role)
            evidence[row.patch_no][role] = RoleEvidence(
                role,
                Status(row.status),
                _number(row.area_m2),
                _number(row.share),
                row.edition,
                tuple(hits_of[row.patch_no, row.role]),
            )
    for patch_no, met in classes.items():
        evidence[patch_no][Role.LAND_CLASS] = _land_class(met)
    return evidence


def _land_class(rows: list[Any]) -> RoleEvidence:
    """Return the evidence of the land classes: one hit a class; the uncovered rest is no hit."""
    met = [row for row in rows if row.status == Status.HIT]
    if not met:
        return RoleEvidence(Role.LAND_CLASS, Status.NOT_EVALUATED, edition=rows[0].edition)
    return RoleEvidence(
        Role.LAND_CLASS,
        Status.HIT,
        sum(row.area_m2 for row in met),
        sum(row.share for row in met),
        met[0].edition,
        tuple(Hit(row.class_name, row.class_code, row.area_m2, row.share) for row in met),
        sum(row.area_m2 for row in rows if row.status == Status.NOT_EVALUATED),
    )


def _hits(hits: pd.DataFrame) -> defaultdict[tuple[str, str], list[Hit]]:
    grouped: defaultdict[tuple[str, str], list[Hit]] = defaultdict(list)
    ranges: Iterable[Any] = hits[hits["role"] != Role.LAND_CLASS.value].itertuples(index=False)
    for row in ranges:
        grouped[row.patch_no, row.role].append(Hit(row.label, row.class_code, row.area_m2, row.share))
    return grouped


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(value)
