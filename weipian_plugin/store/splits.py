"""Split patches: children in the place of their parent, and the way back while nothing was decided on one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd
import shapely

from weipian_plugin.domain.duties import DutyState
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.geodesy import Geometries, official_area
from weipian_plugin.domain.split import CHILD, SPLIT, child_numbers, root_number
from weipian_plugin.domain.units import to_mu
from weipian_plugin.store import batches, duties, facts, geopackage, overlays, sql
from weipian_plugin.store.change import Change
from weipian_plugin.store.frames import want
from weipian_plugin.store.workspace import Workspace

_INHERITED = (
    "batch_id",
    "kind",
    "county_code",
    "town_code",
    "town_name",
    "patch_type",
    "date_before",
    "date_after",
    "attributes",
)
"""What children take from their parent; `issued_area` was issued for the parent and stays with it."""
_INSERT = (
    "INSERT INTO patch (geom, patch_no, parent_no, area_m2, area_mu, split_state, batch_id, kind,"
    " county_code, town_code, town_name, patch_type, date_before, date_after, attributes)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INHERIT = (
    "SELECT batch_id, kind, county_code, town_code, town_name, patch_type, date_before, date_after,"
    " attributes FROM patch WHERE patch_no = ?"
)
_DESCRIBE = (
    "SELECT patch_no, parent_no, area_m2, area_mu, split_state, batch_id, kind, county_code, town_code,"
    " town_name, patch_type, date_before, date_after, attributes, geom FROM patch WHERE patch_no = ?"
)
_NEW = ("patch_no", "parent_no", "area_m2", "area_mu", "split_state", *_INHERITED)
_FIND = "SELECT patch_no, parent_no, stage, split_state, split_on, geom FROM patch WHERE patch_no = ?"
_FAMILY = "SELECT patch_no FROM patch WHERE substr(patch_no, 1, length(:root)) = :root"
_CHILDREN = "SELECT patch_no FROM patch WHERE parent_no = ? AND split_state <> '' ORDER BY fid"
_SET_STATE = "UPDATE patch SET split_state = ?, split_on = ? WHERE patch_no = ?"
_LAST_DAY = (
    "SELECT MAX(day) FROM (SELECT substr(received_on, 1, 10) AS day FROM patch JOIN batch USING (batch_id)"
    " WHERE patch_no = :patch_no"
    " UNION ALL SELECT split_on FROM patch WHERE patch_no = :parent_no"
    " UNION ALL SELECT substr(decided_on, 1, 10) FROM determination WHERE patch_no = :patch_no"
    " UNION ALL SELECT taken_on FROM stage_event WHERE patch_no = :patch_no"
    " UNION ALL SELECT approved_on FROM extension WHERE patch_no = :patch_no)"
)
_DECIDED = "SELECT patch_no FROM $table JOIN temp.wanted USING (patch_no) LIMIT 1"
_DECIDED_DUTY = "SELECT patch_no FROM duty JOIN temp.wanted USING (patch_no) WHERE status <> '建议' LIMIT 1"
_MOVED = "SELECT patch_no FROM patch JOIN temp.wanted USING (patch_no) WHERE stage <> '待核查' LIMIT 1"
_CUT_AGAIN = (
    "SELECT patch_no FROM patch JOIN temp.wanted USING (patch_no) WHERE split_state = '被拆分' LIMIT 1"
)
_LOOKED_AT_APART = ("patch", "patch_fact", "overlay_area", "overlay_hit", "duty")
"""Tables with patch_no in which not every row is a person's word: inherited, or worked out again any time."""


class Parent(NamedTuple):
    """A patch that may be split."""

    patch_no: str
    parent_no: str
    stage: str
    split_state: str
    split_on: str
    """ISO date; '' for a patch that is not split, or was issued split."""
    geom: bytes

    @property
    def geometry(self) -> shapely.Geometry:
        """The shape in EPSG:4490 degrees."""
        return geopackage.decode([self.geom])[0]


def find(workspace: Workspace, patch_no: str) -> Parent:
    """Return a patch; raise WeipianError when the workspace has none of that number."""
    with workspace.reading() as connection:
        return _find(connection, patch_no)


def split(change: Change, patch_no: str, seen: bytes, pieces: Geometries, day: str) -> list[str]:
    """Store the pieces (degrees) as children of a patch and return their numbers.

    `seen` is the parent's geometry from which the pieces were cut, `day` (ISO) that from which the children
    stand in its place. Raises WeipianError when the patch was changed meanwhile, is split already, has come
    too far in its casework, or was worked on after the day.
    """
    parent = _find(change.connection, patch_no)
    _require_splittable(change.connection, parent)
    _require_later(change.connection, parent, day)
    if parent.geom != seen:
        raise WeipianError(f"图斑“{patch_no}”的图形刚被改动，没有拆分，请重试。")
    family = {"root": root_number(patch_no)}
    taken = [row[0] for row in change.connection.execute(_FAMILY, family)]
    numbers = child_numbers(patch_no, taken, len(pieces))
    for number, blob, area in zip(
        numbers, geopackage.encode(pieces), official_area(pieces).tolist(), strict=True
    ):
        _insert(change, parent, number, blob, area)
    facts.inherit(change, patch_no, numbers)
    _set_state(change, parent, SPLIT, day)
    geopackage.touch_contents(change.connection, "patch")
    return numbers


def adopt(change: Change, families: Mapping[str, Sequence[str]]) -> None:
    """Let issued pieces stand in the place of the issued patches that they cover, from their receipt on.

    Raises WeipianError when such a patch has been split here, or has come too far in its casework.
    """
    for number, pieces in families.items():
        parent = _find(change.connection, number)
        _require_splittable(change.connection, parent)
        for piece in (_find(change.connection, piece) for piece in pieces):
            _set_state(change, piece, piece.split_state or CHILD, piece.split_on)
        _set_state(change, parent, SPLIT)


def unsplit(change: Change, patch_no: str) -> list[str]:
    """Take the children of a patch away again and return what their numbers were.

    Raises WeipianError when the patch is not split or when something was decided on a child.
    """
    connection = change.connection
    parent = _find(connection, patch_no)
    children = [row[0] for row in connection.execute(_CHILDREN, (patch_no,))]
    if parent.split_state != SPLIT or not children:
        raise WeipianError(f"图斑“{patch_no}”没有拆分过，无从撤销，请核对图斑编号。")
    if not parent.split_on:
        raise WeipianError(f"图斑“{patch_no}”和它的拆分图斑都是下发的，不能撤销拆分。")
    _require_untouched(connection, patch_no, children)
    facts.forget(change, children)
    _remove(change, children)
    grown = connection.execute(_FIND, (parent.parent_no,)).fetchone()
    _set_state(change, parent, CHILD if grown and grown[3] == SPLIT else "")
    geopackage.touch_contents(connection, "patch")
    return children


def _find(connection: sqlite3.Connection, patch_no: str) -> Parent:
    row = connection.execute(_FIND, (patch_no,)).fetchone()
    if row is None:
        raise WeipianError(f"工作库里没有图斑“{patch_no}”，请核对图斑编号。")
    return Parent(*row)


def _require_splittable(connection: sqlite3.Connection, parent: Parent) -> None:
    if parent.split_state == SPLIT:
        raise WeipianError(f"图斑“{parent.patch_no}”已经拆分，请先撤销拆分，或拆分它的子图斑。")
    if parent.stage not in ("待核查", "已判定", "市级退回"):
        raise WeipianError(f"图斑“{parent.patch_no}”{parent.stage}，不能再拆分，请先退回。")
    remedy = connection.execute("SELECT 1 FROM rectification WHERE patch_no = ?", (parent.patch_no,))
    if remedy.fetchone():
        raise WeipianError(f"图斑“{parent.patch_no}”已有查处整改记录，不能拆分，请先撤销整改记录。")


def _require_later(connection: sqlite3.Connection, parent: Parent, day: str) -> None:
    known = {"patch_no": parent.patch_no, "parent_no": parent.parent_no}
    last = connection.execute(_LAST_DAY, known).fetchone()[0]
    if day < last:
        raise WeipianError(
            f"图斑“{parent.patch_no}”{last}才收到、形成或最后办理，拆分日期不能早于这一天，现填{day}。"
        )


def _insert(change: Change, parent: Parent, number: str, blob: bytes | None, area: float) -> None:
    values = change.connection.execute(_INHERIT, (parent.patch_no,)).fetchone()
    row = (number, parent.patch_no, area, to_mu(area), CHILD, *values)
    fid = change.connection.execute(_INSERT, (blob, *row)).lastrowid
    after = dict(zip(_NEW, row, strict=True)) | {"issued_area": None, "fid": fid}
    change.record("patch", number, None, after | {"geom": batches.geometry_digest(blob)})


def _set_state(change: Change, parent: Parent, state: str, day: str = "") -> None:
    change.connection.execute(_SET_STATE, (state, day, parent.patch_no))
    before = {"split_state": parent.split_state, "split_on": parent.split_on}
    change.record("patch", parent.patch_no, before, {"split_state": state, "split_on": day})


def _require_untouched(connection: sqlite3.Connection, patch_no: str, children: Sequence[str]) -> None:
    want(connection, children)
    touched = _touched(connection) or facts.spoken_of(connection, patch_no, children)
    if touched:
        raise WeipianError(
            f"子图斑“{touched}”上已有办理记录（判定、确认的职责、查明的事实、整改、再拆分等），不能撤销拆分；"
            "如确需撤销，请先逐项退回。"
        )


def _touched(connection: sqlite3.Connection) -> str:
    """Return a wanted patch on which something was decided; '' for none."""
    statements = [_CUT_AGAIN, _MOVED, _DECIDED_DUTY]
    statements += [sql.fill(_DECIDED, table=sql.quoted(table)) for table in _tables_of_people(connection)]
    for statement in statements:
        found = connection.execute(statement).fetchone()
        if found:
            return str(found[0])
    return ""


def _tables_of_people(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield every table beside `patch` in which a row about a patch is a person's word."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in tables:
        columns = {row[1] for row in connection.execute(f"PRAGMA table_info({sql.quoted(name)})")}
        if "patch_no" in columns and name not in _LOOKED_AT_APART:
            yield name


def _remove(change: Change, children: Sequence[str]) -> None:
    """Remove children with what was computed for them, each noted with what it was."""
    overlays.remove(change, children)
    nothing = pd.DataFrame(columns=list(duties.PROPOSAL_COLUMNS))
    duties.replace_proposals(change, nothing, dict.fromkeys(children, DutyState.NOT_EVALUATED.value))
    for number in children:
        row = change.connection.execute(_DESCRIBE, (number,)).fetchone()
        before = dict(zip(_NEW, row[:-1], strict=True)) | {"geom": batches.geometry_digest(row[-1])}
        change.connection.execute("DELETE FROM patch WHERE patch_no = ?", (number,))
        change.record("patch", number, before, None)
