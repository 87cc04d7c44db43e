"""Values that the rows of older workspaces need when their structure grows; see `schema_steps`."""

from __future__ import annotations

from weipian_plugin.store.change import Change

_SPLITS = (
    "SELECT record_key, substr(MAX(at), 1, 10) FROM history JOIN patch ON patch_no = record_key"
    " WHERE table_name = 'patch' AND split_state = '被拆分' AND instr(after, '\"split_state\":\"被拆分\"')"
    " GROUP BY record_key ORDER BY record_key"
)
_SET = "UPDATE patch SET split_on = ? WHERE patch_no = ?"


def days_of_splits(change: Change) -> None:
    """Give every split patch the day on which the history says that it was split."""
    for number, day in change.connection.execute(_SPLITS).fetchall():
        change.connection.execute(_SET, (day, number))
        change.record("patch", number, {"split_on": ""}, {"split_on": day})
