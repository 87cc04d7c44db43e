"""Compare the structure of a workspace with what the plug-in makes: tables, views, triggers."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from weipian_plugin.store import geopackage
from weipian_plugin.store.workspace import create_tables

_OBJECTS = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
_LABELS = {"table": "表", "index": "索引", "trigger": "触发器", "view": "视图"}
_FOREIGN = re.compile(r"rtree_\w+|trigger_(insert|delete)_feature_count_\w+|gpkg_\w+|idx_\w+")
"""Names of what GDAL and QGIS keep for themselves: spatial index, feature count, registers."""
_THEIR_WRITES = re.compile(
    r"(INSERT OR REPLACE INTO|DELETE FROM|UPDATE) \"?(rtree_\w+|gpkg_ogr_contents)\"?[ (].*", re.IGNORECASE
)
"""All that a trigger of theirs does to other tables, whatever its name."""
_CHECK = re.compile(r"SELECT .*", re.IGNORECASE)
"""All that a trigger of theirs does besides, on tables of their own."""
_BODY = re.compile(r"\bBEGIN\b(.*)\bEND\b", re.IGNORECASE)

_Object = tuple[str, str, str]
"""Type, table and definition of an object of the database."""


def reference() -> sqlite3.Connection:
    """Return an empty workspace in memory, as this plug-in makes it."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    geopackage.register_functions(connection)
    geopackage.create_core_tables(connection)
    create_tables(connection)
    return connection


def schema_problems(connection: sqlite3.Connection, trusted: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield name and Chinese message of what is missing, altered, or added and able to change records."""
    expected, found = _objects(trusted), _objects(connection)
    ours = {name: expected[name] for name in expected if not _FOREIGN.fullmatch(name)}
    for name, (kind, _, text) in ours.items():
        if name not in found:
            yield name, f"{_LABELS[kind]}“{name}”被删除，它保护办理记录"
        elif found[name][2] != text:
            yield name, f"{_LABELS[kind]}“{name}”的定义被改动"
    tables = {table for kind, table, _ in expected.values() if kind == "table"}
    yield from _added({name: found[name] for name in found if name not in ours}, tables)


def _added(found: Mapping[str, _Object], ours: AbstractSet[str]) -> Iterator[tuple[str, str]]:
    for name, (kind, table, text) in found.items():
        if kind == "trigger" and not _is_harmless(text, table in ours):
            yield name, f"表“{table}”上多出触发器“{name}”，它会暗中改动办理记录"
        elif kind == "index" and table in ours and "UNIQUE" in text.upper():
            yield name, f"表“{table}”上多出唯一索引“{name}”，它会阻止正常的办理"


def _is_harmless(trigger: str, on_ours: bool) -> bool:
    """Tell whether a trigger only keeps the spatial index or the feature count, or checks a foreign table."""
    body = _BODY.search(trigger)
    statements = [part.strip() for part in body.group(1).split(";")] if body else ["?"]
    return all(
        _THEIR_WRITES.fullmatch(one) or (not on_ours and _CHECK.fullmatch(one)) for one in statements if one
    )


def _objects(connection: sqlite3.Connection) -> dict[str, _Object]:
    return {name: (kind, table, _plain(text)) for kind, name, table, text in connection.execute(_OBJECTS)}


def _plain(text: str) -> str:
    """Return an SQL text without comments and with single blanks, none where a list goes on or ends.

    A column that was added to an older table stands in its text as SQLite puts it there.
    """
    return re.sub(r" ([,)])", r"\1", " ".join(re.sub(r"--[^\n]*", " ", text).split()))
