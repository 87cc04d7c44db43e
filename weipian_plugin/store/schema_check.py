"""Compare the structure of a workspace with what the plug-in makes: tables, views, triggers."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

from weipian_plugin.store import geopackage
from weipian_plugin.store.workspace import create_tables

_OBJECTS = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
_LABELS = {"table": "表", "index": "索引", "trigger": "触发器", "view": "视图"}
_FOREIGN = re.compile(r"rtree_\w+|trigger_(insert|delete)_feature_count_\w+|gpkg_\w+|idx_\w+")
"""What GDAL and QGIS keep for themselves: spatial index, feature count, registers."""


def reference() -> sqlite3.Connection:
    """Return an empty workspace in memory, as this plug-in makes it."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    geopackage.register_functions(connection)
    geopackage.create_core_tables(connection)
    create_tables(connection)
    return connection


def schema_problems(connection: sqlite3.Connection, trusted: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield name and Chinese message of what is missing, altered, or added to a table of casework."""
    expected, found = _objects(trusted), _objects(connection)
    for name, (kind, _, text) in expected.items():
        if name not in found:
            yield name, f"{_LABELS[kind]}“{name}”被删除，它保护办理记录"
        elif found[name][2] != text:
            yield name, f"{_LABELS[kind]}“{name}”的定义被改动"
    ours = {name for name, (kind, _, _) in expected.items() if kind == "table"}
    for name, (kind, table, _) in found.items():
        if name not in expected and kind == "trigger" and table in ours:
            yield name, f"表“{table}”上多出触发器“{name}”，它会暗中改动办理记录"


def _objects(connection: sqlite3.Connection) -> dict[str, tuple[str, str, str]]:
    return {
        name: (kind, table, _plain(text))
        for kind, name, table, text in connection.execute(_OBJECTS)
        if not _FOREIGN.fullmatch(name)
    }


def _plain(text: str) -> str:
    """Return an SQL text without comments and with single blanks, none where a list goes on or ends.

    A column that was added to an older table stands in its text as SQLite puts it there.
    """
    return re.sub(r" ([,)])", r"\1", " ".join(re.sub(r"--[^\n]*", " ", text).split()))
