"""One record a patch: every value that a sheet can show, under the names of `sources`."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from weipian_plugin.domain.duties import DutyName
from weipian_plugin.domain.land_parts import (
    ClassArea,
    LandParts,
    PrintedLand,
    land_parts,
    printed_classes,
    printed_land,
)
from weipian_plugin.domain.patch_type import UNKNOWN_KIND_WORD
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role, Status
from weipian_plugin.exchange.assignments import SEPARATOR, Assignment, assignments_by_patch, units_of
from weipian_plugin.exchange.casework_values import Value, casework_values, check_values, day_value
from weipian_plugin.exchange.content import LandClassGrouping, LedgerContent, PatchCheck
from weipian_plugin.exchange.export_record import STABLE_ID, stable_id
from weipian_plugin.exchange.figures import LandFigures, Printed, figures_of, printed_mu
from weipian_plugin.exchange.sources import CONTROL_ROLES, ISSUED_PREFIX, area_source
from weipian_plugin.exchange.titles import NOBODY

Record = Mapping[str, Value]

GAP = Status.NOT_EVALUATED.value
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
    "county_code",
    "town_code",
    "town_name",
    "patch_type",
    "date_before",
    "date_after",
    "stage",
)
_LABELS_SHOWN = 5
_ROWS_BETWEEN_CHECKS = 200
_VILLAGE_FIELDS = ("村名称", "CMC", "CUNMC", "XZCMC", "ZLDWMC", "坐落单位名称", "村")
"""Issued fields in which a village is named."""


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


def build_records(
    content: LedgerContent, decimals: int = 2, progress: Progress | None = None
) -> list[PatchRecord]:
    """Return one record a patch, in the order of the patches; areas in printed 亩 of `decimals` places."""
    areas = _areas_by_patch(content.areas)
    duties = assignments_by_patch(content.duties)
    labels = _labels_by_patch(content.hits)
    batches = {str(row["batch_id"]): row for row in content.batches.to_dict("records")}
    records = []
    progress, whole = progress or Progress(), max(len(content.patches), 1)
    printed, land = _land_values(content, decimals)
    for index, patch in enumerate(content.patches.to_dict("records")):
        if index % _ROWS_BETWEEN_CHECKS == 0:
            progress.report(index / whole)
        patch_no = str(patch["patch_no"])
        rows, held = areas.get(patch_no, []), duties.get(patch_no, [])
        values: dict[str, Value] = {
            **_patch_values(patch, batches.get(_text(patch["batch_id"]), {})),
            "patch_type_name": _type_name(_text(patch.get("patch_type")), content.patch_type_names),
            **land[index],
            **_class_values(printed, index, rows, content.land_classes, decimals),
            **_control_values(rows, decimals),
            **_gap_values(rows, land[index]["uncovered_mu"], decimals),
            **labels.get(patch_no, {}),
            **_duty_values(held),
        }
        values |= casework_values(_area(values), content.casework.get(patch_no), decimals)
        values |= check_values(content.checks, patch_no)
        values["proposal"] = content.proposals.get(patch_no, "")
        values["due_on"] = content.due.get(patch_no, values["due_on"])
        values["rank_unit"] = values["town_name"] or NOBODY
        if content.stamp:
            values[STABLE_ID] = stable_id(content.stamp.tag, int(patch["fid"]), patch_no)
        not_evaluated = bool(values["roles_without_layer"] or values["roles_beyond_coverage"])
        records.append(PatchRecord(values, held, not_evaluated))
    return records


def with_checks(records: Sequence[PatchRecord], checks: Mapping[str, PatchCheck] | None) -> list[PatchRecord]:
    """Return the records with what the self-check, made from them, says."""
    return [
        replace(record, values={**record.values, **check_values(checks, str(record.values["patch_no"]))})
        for record in records
    ]


def unit_record(record: PatchRecord, unit: str, duty: DutyName, decimals: int = 2) -> Record:
    """Return the record as the sheet of `unit` shows it: with that unit's own duty, basis and area."""
    own = [a for a in record.assignments if a.unit == unit and a.duty == duty]
    return {**record.values, **_unit_values(own, decimals), "unit_duty": duty.value}


def _unit_values(own: Sequence[Assignment], decimals: int) -> dict[str, Value]:
    areas = [a.area_m2 for a in own if not math.isnan(a.area_m2)]
    shares = [a.share for a in own if not math.isnan(a.share)]
    return {
        "unit_duty": SEPARATOR.join(dict.fromkeys(a.duty for a in own)),
        "unit_status": SEPARATOR.join(dict.fromkeys(a.status for a in own)),
        "unit_clause": SEPARATOR.join(dict.fromkeys(a.clause for a in own if a.clause)),
        "unit_basis": _paragraphs(own),
        "unit_area_mu": printed_mu(max(areas), decimals) if areas else None,
        "unit_share": max(shares) if shares else None,
        "unit_note": "\n".join(dict.fromkeys(a.note for a in own if a.note)),
        "unit_reference": SEPARATOR.join(dict.fromkeys(a.reference for a in own if a.reference)),
        "unit_decided_by": SEPARATOR.join(dict.fromkeys(a.decided_by for a in own if a.decided_by)),
        "unit_decided_on": day_value(max((a.decided_on for a in own), default="")),
    }


def duty_records(record: PatchRecord, duties: Collection[str], decimals: int = 2) -> list[Record]:
    """Return the record once for every unit and duty of `duties` that it has, with that duty's own values."""
    found = dict.fromkeys((a.unit, a.duty) for a in record.assignments if a.duty in duties and a.unit)
    return [
        {**unit_record(record, unit, DutyName(duty), decimals), "unit": unit, "unit_duty": duty}
        for unit, duty in found
    ]


def task_record(record: PatchRecord, unit: str, duties: Collection[str], decimals: int = 2) -> Record | None:
    """Return the record with all that a unit has to do about it; None when that is nothing."""
    own = [a for a in record.assignments if a.unit == unit and a.duty in duties]
    if not own:
        return None
    return {**record.values, **_unit_values(own, decimals), "unit": unit}


def _areas_by_patch(areas: pd.DataFrame) -> Mapping[str, list[RoleArea]]:
    found: dict[str, list[RoleArea]] = defaultdict(list)
    texts = [areas[name].fillna("").astype(str) for name in ("patch_no", "role", "class_code", "status")]
    numbers = [areas[name].astype(float) for name in ("area_m2", "net_area_m2", "share")]
    editions = areas["edition"].fillna("").astype(str)
    for patch_no, *values in zip(*texts, *numbers, editions, strict=True):
        found[patch_no].append(RoleArea(*values))
    return found


def _area(values: Record) -> float:
    area = values["area_mu"]
    return float(area) if isinstance(area, int | float) else 0.0


def _labels_by_patch(hits: pd.DataFrame | None) -> Mapping[str, dict[str, Value]]:
    """Return the names of the features that each patch meets, largest first."""
    found: dict[str, dict[str, Value]] = defaultdict(dict)
    if hits is None or hits.empty:
        return found
    named = hits[hits["label"].fillna("").astype(str) != ""].sort_values(
        "area_m2", ascending=False, kind="stable"
    )
    labels: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for patch_no, role, label in zip(
        *(named[n].astype(str) for n in ("patch_no", "role", "label")), strict=True
    ):
        labels[patch_no, role][label] = None
    for (patch_no, role), names in labels.items():
        more = f"等 {len(names)} 处" if len(names) > _LABELS_SHOWN else ""
        found[patch_no][f"{role}_labels"] = "、".join(list(names)[:_LABELS_SHOWN]) + more
    return found


def _patch_values(patch: Mapping[Hashable, Any], batch: Mapping[Hashable, Any]) -> dict[str, Value]:
    issued = patch.get("issued_area")
    return {
        **{name: _text(patch.get(name)) for name in _PLAIN},
        "kind": _text(patch.get("kind")) or UNKNOWN_KIND_WORD,
        **_issued_fields(_text(patch.get("attributes"))),
        "village": _first_issued(_text(patch.get("attributes")), _VILLAGE_FIELDS),
        "duty_state": _text(patch.get("duty_state")) or UNASSIGNED,
        "issued_area": None if issued is None or pd.isna(issued) else float(issued),
        "issued_unit": _text(batch.get("area_unit")),
        "batch_name": _text(batch.get("name")) or _text(patch.get("batch_id")),
        "received_on": day_value(_text(batch.get("received_on"))),
        "due_on": day_value(_text(batch.get("due_on"))),
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


def _first_issued(text: str, names: Sequence[str]) -> str:
    issued = _issued_fields(text)
    found = (issued.get(ISSUED_PREFIX + name) for name in names)
    return next((str(value) for value in found if value), "")


def _land_values(content: LedgerContent, decimals: int) -> tuple[PrintedLand, list[dict[str, Value]]]:
    """Return what is printed of the patches, and as values; the ratio's figures always have two decimals."""
    area = content.patches["area_m2"].to_numpy(float)
    parts = _land_parts(content)
    land, counted = printed_land(area, parts, decimals), printed_land(area, parts)
    which = content.plan.ratio_rule.farmland
    in_ratio = zip(counted.farmland(which).tolist(), counted.doubtful(which).tolist(), strict=True)
    return land, [
        {**_figures(figures), "ratio_farmland_mu": farmland / 100, "doubtful_mu": doubtful / 100}
        for figures, (farmland, doubtful) in zip(figures_of(land, decimals), in_ratio, strict=True)
    ]


def _land_parts(content: LedgerContent) -> LandParts:
    is_land = (content.areas["role"] == Role.LAND_CLASS) & content.areas["area_m2"].notna()
    rows = content.areas[is_land].rename(columns={"net_area_m2": "net_m2"})
    numbers = pd.Index(content.patches["patch_no"].astype(str))
    at = numbers.get_indexer(rows["patch_no"].astype(str))  # type: ignore[no-untyped-call]
    return land_parts(rows[at >= 0], at[at >= 0], len(numbers), content.land_classes.group)


def _figures(figures: LandFigures) -> dict[str, Value]:
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
    }


def _class_values(
    printed: PrintedLand, at: int, rows: Sequence[RoleArea], classes: LandClassGrouping, decimals: int
) -> dict[str, Value]:
    land = [row for row in rows if row.role == Role.LAND_CLASS and not math.isnan(row.area_m2)]
    return {
        "land_class_detail": _land_class_detail(printed, at, land, classes, decimals),
        "main_class": _main_class(land, classes),
    }


def _land_class_detail(
    printed: PrintedLand, at: int, rows: Sequence[RoleArea], classes: LandClassGrouping, decimals: int
) -> str:
    """Return the gross area of every class met, largest first: those of a group add up to its column."""
    if not rows:
        return GAP
    known = sorted(rows, key=lambda row: -row.area_m2)
    own = [ClassArea(row.class_code, row.status, row.area_m2, row.net_area_m2) for row in known]
    areas = printed_classes(printed, at, own, classes.group, decimals)
    names = [_class_name(row, classes) for row in known]
    return SEPARATOR.join(f"{name} {mu:.{decimals}f}" for name, (mu, _) in zip(names, areas, strict=True))


def _main_class(rows: Sequence[RoleArea], classes: LandClassGrouping) -> str:
    """Return the class that most of the patch was before the change."""
    met = [row for row in rows if row.status != GAP]
    return _class_name(max(met, key=lambda row: row.area_m2), classes) if met else GAP


def _class_name(row: RoleArea, classes: LandClassGrouping) -> str:
    if row.status == GAP:
        return "未覆盖"
    return f"{row.class_code} {classes.name(row.class_code)}".strip()


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


def _gap_values(rows: Sequence[RoleArea], uncovered: Value, decimals: int) -> dict[str, Value]:
    """Return what could not be evaluated: roles without a layer, and roles whose layer the patch leaves.

    `uncovered` is the printed area without a land class.
    """
    by_role: dict[str, list[RoleArea]] = defaultdict(list)
    for row in rows:
        by_role[row.role].append(row)
    gaps = {
        role: [row for row in by_role[role.value] if row.status == Status.NOT_EVALUATED]
        for role in Role
        if not by_role[role.value] or any(row.status == Status.NOT_EVALUATED for row in by_role[role.value])
    }
    absent = [role for role, found in gaps.items() if not any(row.edition for row in found)]
    beyond = [_gap_text(role, rows, uncovered, decimals) for role, rows in gaps.items() if role not in absent]
    return {
        "roles_without_layer": "、".join(role.label for role in absent),
        "roles_beyond_coverage": "、".join(beyond),
    }


def _gap_text(role: Role, gaps: Iterable[RoleArea], uncovered: Value, decimals: int) -> str:
    """Return the role with the area that is known: uncovered land, or what was found inside the coverage."""
    found: Printed = printed_mu(sum(row.area_m2 for row in gaps), decimals)
    if isinstance(found, Status):
        return role.label
    is_land = role is Role.LAND_CLASS
    area = uncovered if is_land and isinstance(uncovered, float) else found
    word = "未覆盖" if is_land else "已查到"
    return f"{role.label}（{word} {area:.{decimals}f} 亩）"


def _duty_values(assignments: Sequence[Assignment]) -> dict[str, Value]:
    units = {source: SEPARATOR.join(units_of(assignments, duty)) for source, duty in _DUTY_SOURCES.items()}
    for source in _NEVER_EMPTY:
        units[source] = units[source] or UNASSIGNED
    leading = [a for a in assignments if a.duty == DutyName.LEAD]
    return {
        **units,
        "duty_basis": _paragraphs(leading),
        "clauses": SEPARATOR.join(dict.fromkeys(a.clause for a in leading if a.clause)),
        "duty_decision": SEPARATOR.join(dict.fromkeys(a.status for a in leading)),
        "duty_note": "\n".join(f"{a.unit}（{a.duty}）：{a.note}" for a in assignments if a.note),
    }


def _paragraphs(assignments: Iterable[Assignment]) -> str:
    return "\n".join(dict.fromkeys(a.reason for a in assignments if a.reason))


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)
