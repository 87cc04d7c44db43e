"""One record a patch: every value that a sheet can show, under the names of `sources`."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from weipian_plugin.domain.duties import DutyName
from weipian_plugin.domain.roles import Role, Status
from weipian_plugin.domain.units import to_mu
from weipian_plugin.exchange.assignments import SEPARATOR, Assignment, assignments_by_patch, units_of
from weipian_plugin.exchange.content import LandClassGrouping, LedgerContent
from weipian_plugin.exchange.figures import ClassArea, Printed, land_figures, printed_mu, printed_parts
from weipian_plugin.exchange.sources import CONTROL_ROLES, ISSUED_PREFIX, area_source

Value = str | float | int | date | None
Record = Mapping[str, Value]

UNASSIGNED = "未分派"
"""Stands where no unit or state is recorded yet; never an empty cell."""

_DUTY_SOURCES = {
    "lead_units": DutyName.LEAD,
    "support_units": DutyName.ASSIST,
    "territory_units": DutyName.TERRITORY,
    "reclaim_acceptance_units": DutyName.RECULTIVATION,
    "regreen_acceptance_units": DutyName.REGREENING,
    "confiscation_units": DutyName.CONFISCATION,
    "transfer_units": DutyName.TRANSFER,
    "cutoff_units": DutyName.CUT_OFF,
    "supervision_units": DutyName.SUPERVISION,
}
_NEVER_EMPTY = ("lead_units", "territory_units")
_PLAIN = (
    "patch_no",
    "parent_no",
    "batch_id",
    "kind",
    "county_code",
    "town_code",
    "town_name",
    "patch_type",
    "date_before",
    "date_after",
    "stage",
)
_LABELS_SHOWN = 5


@dataclass(frozen=True)
class RoleArea:
    """One row of table `overlay_area`."""

    role: str
    class_code: str
    status: str
    area_m2: float
    net_area_m2: float
    share: float
    edition: str


@dataclass(frozen=True)
class PatchRecord:
    """A patch's values, with the duties that the unit sheets are made from."""

    values: Record
    assignments: Sequence[Assignment]
    not_evaluated: bool
    """Whether some layer could not be evaluated for the patch."""


def build_records(content: LedgerContent, decimals: int = 2) -> list[PatchRecord]:
    """Return one record a patch, in the order of the patches; areas in printed 亩 of `decimals` places."""
    areas = _areas_by_patch(content.areas)
    duties = assignments_by_patch(content.duties)
    labels = _labels_by_patch(content.hits)
    batches = {str(row["batch_id"]): row for row in content.batches.to_dict("records")}
    records = []
    for patch in content.patches.to_dict("records"):
        patch_no = str(patch["patch_no"])
        rows, held = areas.get(patch_no, []), duties.get(patch_no, [])
        values: dict[str, Value] = {
            **_patch_values(patch, batches.get(_text(patch["batch_id"]), {})),
            "patch_type_name": _type_name(_text(patch.get("patch_type")), content.patch_type_names),
            **_land_values(float(patch["area_m2"]), rows, content.land_classes, decimals),
            **_control_values(rows, decimals),
            **_gap_values(rows, decimals),
            **labels.get(patch_no, {}),
            **_duty_values(held),
        }
        not_evaluated = bool(values["roles_without_layer"] or values["roles_beyond_coverage"])
        records.append(PatchRecord(values, held, not_evaluated))
    return records


def unit_record(record: PatchRecord, unit: str, duty: DutyName, decimals: int = 2) -> Record:
    """Return the record as the sheet of `unit` shows it: with that unit's own duty, basis and area."""
    own = [a for a in record.assignments if a.unit == unit and a.duty == duty]
    areas = [a.area_m2 for a in own if not math.isnan(a.area_m2)]
    shares = [a.share for a in own if not math.isnan(a.share)]
    return {
        **record.values,
        "unit_duty": duty.value,
        "unit_status": SEPARATOR.join(dict.fromkeys(a.status for a in own)),
        "unit_clause": SEPARATOR.join(dict.fromkeys(a.clause for a in own if a.clause)),
        "unit_basis": _paragraphs(own),
        "unit_area_mu": printed_mu(max(areas), decimals) if areas else None,
        "unit_share": max(shares) if shares else None,
    }


def _areas_by_patch(areas: pd.DataFrame) -> Mapping[str, list[RoleArea]]:
    found: dict[str, list[RoleArea]] = defaultdict(list)
    texts = [areas[name].fillna("").astype(str) for name in ("patch_no", "role", "class_code", "status")]
    numbers = [areas[name].astype(float) for name in ("area_m2", "net_area_m2", "share")]
    editions = areas["edition"].fillna("").astype(str)
    for patch_no, *values in zip(*texts, *numbers, editions, strict=True):
        found[patch_no].append(RoleArea(*values))
    return found


def _labels_by_patch(hits: pd.DataFrame | None) -> Mapping[str, dict[str, Value]]:
    """Return the names of the features that each patch meets, largest first."""
    found: dict[str, dict[str, Value]] = defaultdict(dict)
    if hits is None or hits.empty:
        return found
    named = hits[hits["label"].fillna("").astype(str) != ""].sort_values(
        "area_m2", ascending=False, kind="stable"
    )
    for (patch_no, role), group in named.groupby(["patch_no", "role"], sort=False):
        names = list(dict.fromkeys(group["label"].astype(str)))
        more = f"等 {len(names)} 处" if len(names) > _LABELS_SHOWN else ""
        found[str(patch_no)][f"{role}_labels"] = "、".join(names[:_LABELS_SHOWN]) + more
    return found


def _patch_values(patch: Mapping[Hashable, Any], batch: Mapping[Hashable, Any]) -> dict[str, Value]:
    issued = patch.get("issued_area")
    return {
        **{name: _text(patch.get(name)) for name in _PLAIN},
        **_issued_fields(_text(patch.get("attributes"))),
        "duty_state": _text(patch.get("duty_state")) or UNASSIGNED,
        "issued_area": None if issued is None or pd.isna(issued) else float(issued),
        "issued_unit": _text(batch.get("area_unit")),
        "batch_name": _text(batch.get("name")) or _text(patch.get("batch_id")),
        "received_on": _date(_text(batch.get("received_on"))),
        "due_on": _date(_text(batch.get("due_on"))),
    }


def _type_name(code: str, names: Mapping[str, str]) -> str:
    return f"{code} {names[code]}" if names.get(code, code) != code else code


def _issued_fields(text: str) -> dict[str, Value]:
    """Return the issued fields as text; what is no JSON object gives none."""
    try:
        fields = json.loads(text) if text else {}
    except ValueError:
        return {}
    if not isinstance(fields, dict):
        return {}
    return {ISSUED_PREFIX + str(key): "" if value is None else str(value) for key, value in fields.items()}


def _land_values(
    area_m2: float, rows: Sequence[RoleArea], classes: LandClassGrouping, decimals: int
) -> dict[str, Value]:
    land = [
        ClassArea(row.class_code, row.status, row.area_m2, row.net_area_m2)
        for row in rows
        if row.role == Role.LAND_CLASS
    ]
    figures = land_figures(area_m2, land, classes, decimals)
    return {
        "area_mu": figures.area,
        "farmland_net_mu": figures.farmland_net,
        "farmland_gross_mu": figures.farmland_gross,
        "ridge_mu": figures.ridge,
        "other_agricultural_mu": figures.other_agricultural,
        "construction_mu": figures.construction,
        "unused_mu": figures.unused,
        "unclassified_mu": figures.unclassified,
        "uncovered_mu": figures.uncovered,
        "land_class_detail": _land_class_detail(land, area_m2, classes, decimals),
    }


def _land_class_detail(
    rows: Sequence[ClassArea], area_m2: float, classes: LandClassGrouping, decimals: int
) -> str:
    """Return the gross area of every class met, apportioned to the patch, largest first."""
    known = sorted((row for row in rows if not math.isnan(row.area_m2)), key=lambda row: -row.area_m2)
    if not known:
        return Status.NOT_EVALUATED.value
    printed = printed_parts([to_mu(row.area_m2) for row in known], to_mu(area_m2), decimals)
    names = [_class_name(row, classes) for row in known]
    return SEPARATOR.join(f"{name} {mu:.{decimals}f}" for name, mu in zip(names, printed, strict=True))


def _class_name(row: ClassArea, classes: LandClassGrouping) -> str:
    if row.status == Status.NOT_EVALUATED:
        return "未覆盖"
    return f"{row.code} {classes.name(row.code)}".strip()


def _control_values(rows: Sequence[RoleArea], decimals: int) -> dict[str, Value]:
    """Return area and share of every control role; a role without a row is 未评估."""
    by_role = {row.role: row for row in rows}
    values: dict[str, Value] = {}
    for role in CONTROL_ROLES:
        row = by_role.get(role.value)
        known = row is not None and row.status != Status.NOT_EVALUATED
        area = printed_mu(row.area_m2, decimals) if row and known else Status.NOT_EVALUATED
        values[area_source(role)] = area
        values[f"{role.value}_share"] = row.share if row and known else Status.NOT_EVALUATED
    return values


def _gap_values(rows: Sequence[RoleArea], decimals: int) -> dict[str, Value]:
    """Return what could not be evaluated: roles without a layer, and roles whose layer the patch leaves."""
    by_role: dict[str, list[RoleArea]] = defaultdict(list)
    for row in rows:
        by_role[row.role].append(row)
    gaps = {
        role: [row for row in by_role[role.value] if row.status == Status.NOT_EVALUATED]
        for role in Role
        if not by_role[role.value] or any(row.status == Status.NOT_EVALUATED for row in by_role[role.value])
    }
    absent = [role for role, found in gaps.items() if not any(row.edition for row in found)]
    beyond = [_gap_text(role, rows, decimals) for role, rows in gaps.items() if role not in absent]
    return {
        "roles_without_layer": "、".join(role.label for role in absent),
        "roles_beyond_coverage": "、".join(beyond),
    }


def _gap_text(role: Role, gaps: Iterable[RoleArea], decimals: int) -> str:
    """Return the role with the area that is known: uncovered land, or what was found inside the coverage."""
    area: Printed = printed_mu(sum(row.area_m2 for row in gaps), decimals)
    if isinstance(area, Status):
        return role.label
    word = "未覆盖" if role is Role.LAND_CLASS else "已查到"
    return f"{role.label}（{word} {area:.{decimals}f} 亩）"


def _duty_values(assignments: Sequence[Assignment]) -> dict[str, Value]:
    units = {source: SEPARATOR.join(units_of(assignments, duty)) for source, duty in _DUTY_SOURCES.items()}
    for source in _NEVER_EMPTY:
        units[source] = units[source] or UNASSIGNED
    leading = [a for a in assignments if a.duty == DutyName.LEAD]
    return {
        **units,
        "basis": _paragraphs(leading),
        "clauses": SEPARATOR.join(dict.fromkeys(a.clause for a in leading if a.clause)),
        "duty_decision": SEPARATOR.join(dict.fromkeys(a.status for a in leading)),
    }


def _paragraphs(assignments: Iterable[Assignment]) -> str:
    return "\n".join(dict.fromkeys(a.reason for a in assignments if a.reason))


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)


def _date(text: str) -> Value:
    """Return a date for ISO text, so that the spreadsheet sorts it; any other text as it is."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return text
