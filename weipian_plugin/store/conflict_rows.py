"""Who could lead which patch, as the table of duties has it: what the conflict desk lists."""

from __future__ import annotations

import pandas as pd

from weipian_plugin.store.frames import read_frame
from weipian_plugin.store.workspace import Workspace

_PATCHES = (
    "SELECT patch.patch_no, town_name AS town, patch.area_mu, duty_state, lead.unit AS lead,"
    " lead.status AS status, lead.note <> '' AS contradicted"
    " FROM patch JOIN duty AS lead ON lead.patch_no = patch.patch_no AND lead.duty = '查处'"
    " WHERE split_state <> '被拆分' AND (duty_state = '待会商' OR lead.status <> '建议')"
    " ORDER BY patch.fid"
)
_CLAIMS = (
    "SELECT own.patch_no, own.unit, own.rule_id"
    " FROM patch JOIN duty AS lead ON lead.patch_no = patch.patch_no AND lead.duty = '查处'"
    " JOIN duty AS own ON own.patch_no = patch.patch_no"
    " WHERE split_state <> '被拆分' AND (duty_state = '待会商' OR lead.status <> '建议')"
    " AND own.duty IN ('查处', '协办') AND own.rule_id <> '' ORDER BY patch.fid, own.fid"
)


def read_patches(workspace: Workspace) -> pd.DataFrame:
    """Return the patches that are 待会商 or whose 查处 a person decided, in the order of their import.

    Columns patch_no, town, area_mu, duty_state, lead (the 查处 unit), status (建议 or decided), contradicted
    (later figures contradict the decision).
    """
    with workspace.reading() as connection:
        return read_frame(connection, _PATCHES, (), ("area_mu",))


def read_claims(workspace: Workspace) -> pd.DataFrame:
    """Return their units for 查处 and 协办: patch_no, unit, rule_id (rules of the plan, joined by +)."""
    with workspace.reading() as connection:
        return read_frame(connection, _CLAIMS)
