"""What statistics and deadlines are made of: columns of all patches, read from narrow indices."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pandas as pd

from weipian_plugin.domain.duties import PROPOSED
from weipian_plugin.store.frames import read_frame, read_numbers, read_texts
from weipian_plugin.store.sql import fill
from weipian_plugin.store.workspace import Workspace

_PATCHES = (
    "SELECT patch_no, kind, town_name AS town, duty_state, substr(received_on, 1, 10) AS received_on"
    " FROM patch JOIN batch USING (batch_id) ORDER BY patch_no"
)
_SPLITS = "SELECT patch_no, parent_no, split_state, split_on FROM patch WHERE split_state <> ''"
_AREAS = "SELECT area_m2 FROM patch ORDER BY patch_no"
_LEADS = "SELECT patch_no, status, unit FROM duty WHERE duty = '查处'"
_LAND = (
    "SELECT $columns FROM overlay_area"
    " WHERE role = 'land_class' AND area_m2 IS NOT NULL ORDER BY patch_no, class_code, status"
)
_BASIC = (
    "SELECT patch_no, area_m2 AS basic_m2 FROM overlay_area"
    " WHERE role = 'basic_farmland' AND area_m2 > 0 AND status = '命中'"
)
_NO_BASIC = "SELECT patch_no FROM overlay_area WHERE role = 'basic_farmland' AND area_m2 = 0"
_DETERMINATIONS = (
    "SELECT patch_no, CAST(revision AS TEXT) AS revision, decided_on, result, category FROM determination"
)
_UNSTEPPED = (
    "SELECT patch_no, MIN(decided_on) AS decided_on FROM determination AS own"
    " WHERE NOT EXISTS (SELECT 1 FROM stage_event WHERE patch_no = own.patch_no) GROUP BY patch_no"
)
_DOUBTS = "SELECT patch_no, CAST(after_revision AS TEXT) AS after_revision, noted_on FROM doubt"
_EVENTS = "SELECT patch_no, step, to_stage, taken_on FROM stage_event ORDER BY fid"
_EXTENSIONS = (
    "SELECT patch_no, CAST(days AS TEXT) AS days, approved_on, COALESCE(withdrawn_on, '') AS withdrawn_on"
    " FROM extension LEFT JOIN extension_withdrawal USING (patch_no, approved_on, days, document_no)"
)
_REMEDIES = "SELECT patch_no, measure, area_mu, unit, done_on FROM rectification"


@dataclass(frozen=True)
class TermTables:
    """What terms depend on."""

    patches: pd.DataFrame
    """All patches, split ones and their children alike, by number.

    Columns: patch_no, kind, town, duty_state, received_on (ISO), area_m2, unit: the one that leads, a
    person's decision before a proposal, '' for none.
    """
    splits: pd.DataFrame
    """patch_no, parent_no, split_state, split_on of those that were split or came out of a split."""
    events: pd.DataFrame
    """Every step in the order of its record: patch_no, step, to_stage, taken_on."""
    determinations: pd.DataFrame
    """Of patches without any step: patch_no, decided_on."""
    extensions: pd.DataFrame
    """patch_no, days, approved_on, withdrawn_on ('' while it stands)."""


@dataclass(frozen=True)
class CaseTables(TermTables):
    """What statistics depend on; `determinations` holds every revision of every patch here.

    Its columns: patch_no, revision, decided_on, result, category.
    """

    doubts: pd.DataFrame
    """patch_no, after_revision, noted_on."""
    remedies: pd.DataFrame
    """Entries of 查处整改: patch_no, measure, area_mu (NaN for none), unit, done_on."""
    land: pd.DataFrame
    """What is evaluated of the patches by land class: patch_no, class_code, status, area_m2, net_m2.

    `net_m2` is after 田坎, NaN where that is unknown. A patch without a row was not evaluated at all.
    """
    basic_farmland: pd.DataFrame
    """patch_no, basic_m2 of the patches whose 永久基本农田 was evaluated, 0 where there is none."""


def read_terms(workspace: Workspace) -> TermTables:
    """Return what terms depend on, as it is at one moment."""
    with _snapshot(workspace) as connection:
        return TermTables(
            _patches(connection),
            read_texts(connection, _SPLITS),
            read_texts(connection, _EVENTS),
            read_texts(connection, _UNSTEPPED),
            _with_integers(read_texts(connection, _EXTENSIONS), "days"),
        )


def read_cases(workspace: Workspace) -> CaseTables:
    """Return what statistics depend on, as it is at one moment."""
    with _snapshot(workspace) as connection:
        return CaseTables(
            _patches(connection),
            read_texts(connection, _SPLITS),
            read_texts(connection, _EVENTS),
            _with_integers(read_texts(connection, _DETERMINATIONS), "revision"),
            _with_integers(read_texts(connection, _EXTENSIONS), "days"),
            _with_integers(read_texts(connection, _DOUBTS), "after_revision"),
            read_frame(connection, _REMEDIES, numbers=("area_mu",)),
            _land(connection),
            _basic_farmland(connection),
        )


@contextmanager
def _snapshot(workspace: Workspace) -> Iterator[sqlite3.Connection]:
    """Give a connection that reads the workspace as it is at one moment, whoever writes meanwhile."""
    with workspace.reading() as connection:
        connection.execute("BEGIN")
        yield connection


def _patches(connection: sqlite3.Connection) -> pd.DataFrame:
    patches = read_texts(connection, _PATCHES).assign(area_m2=read_numbers(connection, _AREAS)[:, 0])
    leads = read_texts(connection, _LEADS)
    at = pd.Index(patches["patch_no"]).get_indexer(leads["patch_no"])  # type: ignore[no-untyped-call]
    units, decided = leads["unit"].to_numpy(object), (leads["status"] != PROPOSED).to_numpy(bool)
    unit = np.full(len(patches), "", dtype=object)
    for chosen in (~decided, decided):
        unit[at[chosen]] = units[chosen]
    return patches.assign(unit=unit)


def _basic_farmland(connection: sqlite3.Connection) -> pd.DataFrame:
    none = read_texts(connection, _NO_BASIC).assign(basic_m2=0.0)
    return pd.concat([read_frame(connection, _BASIC, numbers=("basic_m2",)), none], ignore_index=True)


def _with_integers(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    return frame.assign(**{column: frame[column].to_numpy(str).astype(np.int64)})


def _land(connection: sqlite3.Connection) -> pd.DataFrame:
    texts = read_texts(connection, fill(_LAND, columns="patch_no, class_code, status"))
    numbers = read_numbers(connection, fill(_LAND, columns="area_m2, COALESCE(net_area_m2, -1)"))
    net = np.where(numbers[:, 1] < 0, np.nan, numbers[:, 1])
    return texts.assign(area_m2=numbers[:, 0], net_m2=net)
