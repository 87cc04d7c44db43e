"""Bring a workspace of an older structure up to date, inside one transaction."""

from __future__ import annotations

from weipian_plugin.store import geopackage, sql
from weipian_plugin.store.change import Change
from weipian_plugin.store.files import write_settings
from weipian_plugin.store.schema_steps import STEPS

_VERSION = "SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'schema_version'"


def bring_up_to_date(change: Change) -> None:
    """Take the steps that the workspace has not taken; nothing happens where another program just did."""
    found = change.connection.execute(_VERSION).fetchone()[0]
    for step in (step for step in STEPS if step.version > found):
        geopackage.run(change.connection, sql.script(step.script))
        if step.fill is not None:
            step.fill(change)
        version = str(step.version)
        write_settings(change.connection, {"schema_version": version, "since_plugin": step.since_plugin})
        change.record("setting", "schema_version", str(step.version - 1), version)
