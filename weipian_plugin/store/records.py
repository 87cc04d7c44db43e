"""Which record of the history speaks of which row: what the verification compares, table by table.

The contract of `Change.record`: `before` are the rows, or the parts of one row, that the change took away,
`after` those it put in their place. Every column of a row is recorded, or has its default, or is a stamp
(the time or the actor of the change) named here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Recorded:
    """How the rows of one table are known to the history."""

    table: str
    key: str
    """SQL expression of the record key of a row."""
    key_columns: tuple[str, ...]
    """Columns that the record key holds; the record need not name them again."""
    label: str
    """What the office calls such a record."""
    derived: Mapping[str, str] = field(default_factory=dict)
    """SQL expression by column, where the history knows a digest and not the value."""
    stamps: Mapping[str, str] = field(default_factory=dict)
    """By column, what the history row itself says: `at` or `actor` of the change, or `ordinal`, how many rows
    of this table it had put in by then. Where rows never go and are read in the order of their `fid`, that is
    their `fid`: so that no two of them can change places."""
    unrecorded: tuple[str, ...] = ()
    """Columns that the history cannot tell."""
    appended: bool = False
    """Rows are only ever added: `before` tells what came earlier, nothing is taken away."""


_IN_ORDER = {"fid": "ordinal"}

RECORDED = (
    Recorded("setting", "key", ("key",), "设置"),
    Recorded(
        "plan_file",
        "CAST(version AS TEXT)",
        ("version",),
        "方案文件",
        derived={"sha256": "CASE sha256 WHEN text_digest(text) THEN sha256 ELSE '与原文不符' END"},
        stamps={"adopted_at": "at", "adopted_by": "actor"},
        unrecorded=("text",),
    ),
    Recorded("batch", "CAST(batch_id AS TEXT)", ("batch_id",), "批次"),
    Recorded("patch", "patch_no", ("patch_no",), "图斑", derived={"geom": "geometry_digest(geom)"}),
    Recorded("duty", "patch_no", ("patch_no",), "职责分派"),
    Recorded("duty_decision", "CAST(fid AS TEXT)", (), "职责决定"),
    Recorded("patch_fact", "patch_no || ':' || fact", ("patch_no", "fact"), "图斑事实"),
    Recorded("determination", "patch_no", ("patch_no",), "合法性判定", stamps=_IN_ORDER, appended=True),
    Recorded("stage_event", "patch_no", ("patch_no",), "办理步骤", stamps={"recorded_at": "at", **_IN_ORDER}),
    Recorded("doubt", "patch_no", ("patch_no",), "存疑记录", stamps=_IN_ORDER),
    Recorded(
        "extension",
        "patch_no",
        ("patch_no",),
        "判定期限延长",
        stamps={"recorded_at": "at", "recorded_by": "actor", **_IN_ORDER},
    ),
    Recorded(
        "extension_withdrawal",
        "patch_no",
        ("patch_no",),
        "判定期限延长的撤销",
        stamps={"recorded_at": "at", "recorded_by": "actor", **_IN_ORDER},
    ),
    Recorded(
        "return_task",
        "patch_no || ':' || round || ':' || reason",
        ("patch_no", "round", "reason"),
        "市级退回待办",
        stamps=_IN_ORDER,
    ),
    Recorded("patch_note", "patch_no", ("patch_no",), "备注和填报内容", stamps=_IN_ORDER),
    Recorded("evidence_file", "patch_no", ("patch_no",), "举证材料", stamps=_IN_ORDER),
    Recorded("rectification", "CAST(entry AS TEXT)", ("entry",), "查处整改", stamps={"recorded_at": "at"}),
)
"""Every table of casework beside the overlay, whose rows are known by their digest."""

OVERLAY = ("overlay_area", "overlay_hit")
"""Known to the history by one digest a patch (`overlays.summary`), under the name of the first."""

FIXED = ("stage_transition",)
"""Tables that hold in every workspace what the schema puts there."""

FILE_SETTINGS = ("format", "schema_version", "since_plugin", "created_at")
"""Settings that say what the file is: no change writes them, they follow from the plug-in and the history."""
