"""Settings of a workspace that the office may change: read, and changed with history."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from weipian_plugin.store.change import Change
from weipian_plugin.store.files import write_settings
from weipian_plugin.store.workspace import Workspace

_SELECT = "SELECT key, value FROM setting"


def read(workspace: Workspace) -> dict[str, str]:
    """Return all settings, as they are now."""
    with workspace.reading() as connection:
        return read_in(connection)


def read_in(connection: sqlite3.Connection) -> dict[str, str]:
    """Return all settings, inside a transaction."""
    return dict(connection.execute(_SELECT))


def put(change: Change, settings: Mapping[str, str]) -> list[str]:
    """Store settings and return the keys that changed."""
    before = read_in(change.connection)
    changed = {key: value for key, value in settings.items() if before.get(key) != value}
    write_settings(change.connection, changed)
    for key, value in changed.items():
        change.record("setting", key, before.get(key), value)
    return list(changed)
