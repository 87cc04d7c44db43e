"""What the queue of patches shows of each, beside its term."""

from __future__ import annotations

import pandas as pd

from weipian_plugin.store.frames import read_frame
from weipian_plugin.store.workspace import Workspace

_ROWS = (
    "SELECT patch.patch_no, name AS batch, kind, patch_type, area_mu, duty_state, stage AS stage_now,"
    " COALESCE(held.result, '') AS result, COALESCE(held.category, '') AS category,"
    " COALESCE(held.revision, 0) AS revision"
    " FROM patch JOIN batch USING (batch_id)"
    " LEFT JOIN (SELECT patch_no, result, category, MAX(revision) AS revision FROM determination"
    "  GROUP BY patch_no) AS held ON held.patch_no = patch.patch_no"
    " WHERE split_state <> '被拆分' ORDER BY patch.fid"
)
_DOUBTS = "SELECT patch_no, MAX(after_revision) AS doubted_after FROM doubt GROUP BY patch_no"


def read(workspace: Workspace) -> pd.DataFrame:
    """Return the patches that are worked on (核实后) with their latest determination, as columns.

    patch_no, batch (name), kind, patch_type, area_mu, duty_state, stage_now, result, category ('' for none)
    and is_doubt: a person could not tell, and nobody has since.
    """
    with workspace.reading() as connection:
        rows = read_frame(connection, _ROWS, numbers=("area_mu",))
        doubts = read_frame(connection, _DOUBTS)
    doubted = dict(zip(doubts["patch_no"], doubts["doubted_after"], strict=True))
    after = rows["patch_no"].map(doubted)
    rows["is_doubt"] = after.notna() & (after >= rows["revision"])
    return rows.drop(columns="revision")
