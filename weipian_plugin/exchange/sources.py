"""The named values that a column of a sheet can show, and how each kind of value is written."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from weipian_plugin.domain.roles import Role

ISSUED_PREFIX = "issued."
"""`issued.TZ` shows the issued field TZ, unchanged."""
EVIDENCE_PREFIX = "evidence."
"""`evidence.批准文号` shows that evidence field of the determination."""
REMEDY_PREFIX = "remedy."
"""`remedy.拆除.area` shows what was recorded of a measure: see REMEDY_FACTS."""
NOTE_PREFIX = "note."
"""`note.field_check` shows what units wrote under that key of plans/feedback_table.yaml."""
FILL_PREFIX = "fill."
"""`fill.verdict` is an empty column that who gets the workbook fills in."""


class Kind(StrEnum):
    """How a value is written and aligned."""

    CODE = "code"
    """Short text or a long number: a text cell, centred."""
    TEXT = "text"
    """Running text: a text cell, wrapped, left."""
    AREA = "area"
    """亩, summed in the total row."""
    NUMBER = "number"
    """A number that is not summed."""
    PERCENT = "percent"
    DATE = "date"
    COUNTER = "counter"
    """The running number of the row on its sheet."""
    CHECK = "check"
    """A formula that must be 0."""
    VERDICT = "verdict"
    """A formula that says in words whether a check of the row is 0."""
    COUNT = "count"
    """How many patches."""


CONTROL_ROLES = tuple(role for role in Role if role not in (Role.LAND_CLASS, Role.TOWNSHIP, Role.COMMITTEE))
"""The roles with an area column each."""

LAND_PARTS = ("other_agricultural_mu", "construction_mu", "unused_mu", "unclassified_mu", "uncovered_mu")
"""The sources that make up the patch together with its farmland."""


def area_source(role: Role) -> str:
    """Return the source name of a role's area."""
    return f"{role.value}_mu"


_PATCH: Mapping[str, Kind] = {
    "row_no": Kind.COUNTER,
    "patch_no": Kind.CODE,
    "parent_no": Kind.CODE,
    "kind": Kind.CODE,
    "batch_id": Kind.CODE,
    "batch_name": Kind.CODE,
    "received_on": Kind.DATE,
    "due_on": Kind.DATE,
    "county_code": Kind.CODE,
    "town_code": Kind.CODE,
    "town_name": Kind.CODE,
    "patch_type": Kind.CODE,
    "patch_type_name": Kind.CODE,
    "date_before": Kind.CODE,
    "date_after": Kind.CODE,
    "issued_area": Kind.NUMBER,
    "issued_unit": Kind.CODE,
    "duty_state": Kind.CODE,
    "stage": Kind.CODE,
    "village": Kind.CODE,
    "main_class": Kind.CODE,
}
_AREAS: Mapping[str, Kind] = {
    "area_mu": Kind.AREA,
    "farmland_net_mu": Kind.AREA,
    "farmland_gross_mu": Kind.AREA,
    "ridge_mu": Kind.AREA,
    **dict.fromkeys(LAND_PARTS, Kind.AREA),
    "ratio_farmland_mu": Kind.AREA,
    "doubtful_mu": Kind.AREA,
    "area_check": Kind.CHECK,
    "area_verdict": Kind.VERDICT,
    "land_class_detail": Kind.TEXT,
    **{area_source(role): Kind.AREA for role in CONTROL_ROLES},
    **{f"{role.value}_share": Kind.PERCENT for role in CONTROL_ROLES},
    **{f"{role.value}_labels": Kind.TEXT for role in CONTROL_ROLES},
    "roles_without_layer": Kind.TEXT,
    "roles_beyond_coverage": Kind.TEXT,
}
_DUTIES: Mapping[str, Kind] = {
    "lead_units": Kind.CODE,
    "support_units": Kind.CODE,
    "territory_units": Kind.CODE,
    "reclaim_acceptance_units": Kind.CODE,
    "regreen_acceptance_units": Kind.CODE,
    "confiscation_units": Kind.CODE,
    "transfer_units": Kind.CODE,
    "cutoff_units": Kind.CODE,
    "supervision_units": Kind.CODE,
    "duty_basis": Kind.TEXT,
    "clauses": Kind.CODE,
    "duty_decision": Kind.CODE,
    "duty_note": Kind.TEXT,
    "rank_unit": Kind.CODE,
}
_CASEWORK: Mapping[str, Kind] = {
    "result": Kind.CODE,
    "category": Kind.CODE,
    "basis": Kind.TEXT,
    "document_no": Kind.CODE,
    "decided_by": Kind.CODE,
    "decided_on": Kind.DATE,
    "doubt": Kind.TEXT,
    "proposal": Kind.TEXT,
    "reviewed_by": Kind.CODE,
    "reviewed_on": Kind.DATE,
    "approved_by": Kind.CODE,
    "approved_on": Kind.DATE,
    "reported_on": Kind.DATE,
    "returned_on": Kind.DATE,
    "returned_reason": Kind.TEXT,
    "subject": Kind.CODE,
    "use": Kind.CODE,
    "ratio_side": Kind.CODE,
    "deducted": Kind.CODE,
    "remedies": Kind.TEXT,
    "rectified": Kind.CODE,
    "settled_mu": Kind.AREA,
    "open_mu": Kind.AREA,
    "remedy_check": Kind.CHECK,
    "check_state": Kind.CODE,
    "check_blocking": Kind.TEXT,
    "check_warnings": Kind.TEXT,
    "check_confirm": Kind.TEXT,
}
REMEDY_FACTS: Mapping[str, Kind] = {
    "area": Kind.AREA,
    "amount": Kind.NUMBER,
    "documents": Kind.CODE,
    "dates": Kind.CODE,
    "units": Kind.CODE,
}
"""What `remedy.MEASURE.` can be followed by."""
_UNIT: Mapping[str, Kind] = {
    "unit_duty": Kind.CODE,
    "unit_status": Kind.CODE,
    "unit_clause": Kind.CODE,
    "unit_basis": Kind.TEXT,
    "unit_area_mu": Kind.AREA,
    "unit_share": Kind.PERCENT,
    "unit": Kind.CODE,
    "unit_reference": Kind.CODE,
    "unit_note": Kind.TEXT,
    "unit_decided_by": Kind.CODE,
    "unit_decided_on": Kind.DATE,
}

PATCH_SOURCES: Mapping[str, Kind] = {**_PATCH, **_AREAS, **_DUTIES, **_CASEWORK}
"""What every sheet with one row per patch can show."""
UNIT_SOURCES: Mapping[str, Kind] = {**PATCH_SOURCES, **_UNIT}
"""What the sheet of one unit can show: the same, and that unit's own duty."""

CHECK_NEEDS = ("area_mu", "farmland_net_mu", "farmland_gross_mu", *LAND_PARTS)
"""The columns that `area_check` adds up; a sheet that shows the check must have them."""
NEEDS: Mapping[str, tuple[str, ...]] = {
    "area_check": CHECK_NEEDS,
    "area_verdict": (*CHECK_NEEDS, "area_check"),
    "remedy_check": ("area_mu", "settled_mu", "open_mu"),
}
"""The columns that a sheet with the formula must have."""

FILL_KINDS = (Kind.CODE, Kind.TEXT, Kind.NUMBER, Kind.AREA, Kind.DATE)
"""What a column to be filled in can be said to hold."""


def kind_of(source: str, known: Mapping[str, Kind]) -> Kind | None:
    """Return the kind of a source, or None if there is no such source."""
    if source in known:
        return known[source]
    prefix, _, name = source.partition(".")
    if not name or "patch_no" not in known:
        return None
    if prefix + "." == REMEDY_PREFIX:
        return REMEDY_FACTS.get(name.rpartition(".")[2]) if "." in name.strip(".") else None
    kinds = {
        ISSUED_PREFIX: Kind.CODE,
        EVIDENCE_PREFIX: Kind.CODE,
        NOTE_PREFIX: Kind.TEXT,
        FILL_PREFIX: Kind.TEXT,
    }
    return kinds.get(prefix + ".")
