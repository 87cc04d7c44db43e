"""Use case: the queue of patches, those with the fewest days left first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from weipian_plugin.domain.deadline_buckets import buckets
from weipian_plugin.domain.deadline_queue import WAITING, TermState
from weipian_plugin.store import review_rows
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.deadlines import terms_on
from weipian_plugin.workflow.dictionaries import patch_type_names

_ORDER = {state.value: 0 for state in WAITING} | {TermState.PAUSED.value: 1}
_TERM = ["patch_no", "town", "unit", "due_on", "days_left", "state", "bucket"]


def review_queue(workspace: Path, as_of: date) -> pd.DataFrame:
    """Return the patches that are worked on, as the queue shows them on a day.

    Columns: patch_no, town, unit ('' where unknown), batch, kind, type (name), area_mu, duty_state, stage,
    days_left (int), due_on (ISO text), state (`TermState`), bucket (`Bucket`, '' when judged), result and
    category of the determination that was recorded last ('' for none), is_doubt. Sorted: waiting ones by days
    left, then those with the city, then those done. Raises WeipianError when the workspace cannot be read.
    """
    work = Workspace.open(workspace)
    terms = terms_on(work, as_of)
    terms["bucket"] = buckets(terms, as_of)
    rows = review_rows.read(work).merge(terms[_TERM], on="patch_no", how="left")
    rows = rows.rename(columns={"stage_now": "stage"})
    rows["type"] = rows.pop("patch_type").map(lambda code: patch_type_names().get(code, code))
    rows["due_on"] = rows["due_on"].dt.strftime("%Y-%m-%d").fillna("")
    rows["days_left"] = rows["days_left"].fillna(0).astype(int)
    texts = ["town", "unit", "state", "bucket"]
    rows[texts] = rows[texts].fillna("")
    return _sorted(rows)


def _sorted(rows: pd.DataFrame) -> pd.DataFrame:
    rank = rows["state"].map(_ORDER).fillna(2)
    days = rows["days_left"].where(rank < 2, 0)
    keyed = rows.assign(_rank=rank, _days=days).sort_values(["_rank", "_days", "patch_no"], kind="stable")
    return keyed.drop(columns=["_rank", "_days"]).reset_index(drop=True)
