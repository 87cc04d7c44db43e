"""A workspace as the first version of the structure had it: tests/data/schema_1 holds its scripts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from store_samples import add_batch, patch_frame

from weipian_plugin.store import files, sql
from weipian_plugin.store.workspace import Workspace

SCRIPTS = Path(__file__).parents[1] / "data" / "schema_1"


def make_first_version(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a workspace of version 1 with three patches, the third of them split without a day."""
    newest = sql.script

    def script(name: str) -> str:
        first = SCRIPTS / f"{name}.sql"
        return first.read_text(encoding="utf-8") if first.exists() else newest(name)

    with monkeypatch.context() as then:
        then.setattr(sql, "script", script)
        then.setattr(files, "WORKSPACE", replace(files.WORKSPACE, schema_version=1, since_plugin="0.1.0"))
        work = Workspace.create(path, 2021, "wulong_2021.yaml", "plan: 示例", "甲")
        add_batch(work, patch_frame(3))
        with work.writing("甲", "拆分图斑") as change:
            change.connection.execute("UPDATE patch SET split_state = '被拆分' WHERE fid = 3")
            change.record("patch", "500156SJBG21000003", {"split_state": ""}, {"split_state": "被拆分"})
    return path
