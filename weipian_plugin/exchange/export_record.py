"""What a workbook that shall come back remembers of itself: hidden ids, and the values as they went out.

`ours at export` is one of the three sides of every later comparison, so it travels with the workbook: on the
very hidden sheet `_导出`, as text. The id in the hidden column 系统标识 names workspace, patch and number at
once, so that a row whose id was torn from its number is noticed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

EXPORT_SHEET = "_导出"
STABLE_ID = "stable_id"
STABLE_ID_TITLE = "系统标识"
CITY, DISPATCH = "上报", "分派"
"""Kinds of workbooks: for the city, or for a unit."""

_MARK = "卫片执法导出"
_VERSION = "1"
_ID = re.compile(r"^WP-([0-9A-F]{8})-(\d{1,9})-([0-9A-F]{4})$")
_HEAD_CELLS = 7


@dataclass(frozen=True)
class StableId:
    """The parts of a hidden id."""

    tag: str
    """Which workspace: the same in every copy of it."""
    fid: int
    check: str
    """Digest of the patch number."""

    def is_of(self, patch_no: str) -> bool:
        """Return whether the id was made for this patch number."""
        return self.check == _digest(patch_no, 4)


@dataclass(frozen=True)
class ExportHead:
    """Where and when a workbook was made."""

    tag: str
    exported_at: str
    """ISO date and time."""
    kind: str
    """上报 or 分派."""
    unit: str = ""
    """分派: the unit that shall fill it in."""
    history_head: str = ""
    columns: tuple[str, ...] = ()
    """What each column of each sheet shows, as `column_groups` writes it."""


@dataclass(frozen=True)
class Exported:
    """The values as they went out."""

    head: ExportHead
    values: dict[str, Mapping[str, str]]
    """Text by field key, by hidden id; keys as in plans/feedback_table.yaml."""


def stable_id(tag: str, fid: int, patch_no: str) -> str:
    """Return the hidden id of a patch: text that no spreadsheet takes for a number or a date."""
    return f"WP-{tag}-{fid}-{_digest(patch_no, 4)}"


def parse_stable_id(text: str) -> StableId | None:
    """Return the parts of a hidden id, None for what is none."""
    found = _ID.match("".join(text.split()).upper())
    return StableId(found[1], int(found[2]), found[3]) if found else None


def exported_text(value: object) -> str:
    """Return a value of a record as the sheet `_导出` keeps it."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}"
    return value.isoformat() if isinstance(value, date) else str(value)


def export_rows(
    head: ExportHead, keys: Sequence[str], records: Iterable[tuple[str, Mapping[str, object]]]
) -> Iterator[list[str]]:
    """Return the rows of the sheet `_导出`: head, keys, then one row a patch (hidden id, values by key)."""
    facts = (head.tag, head.exported_at, head.kind, head.unit, head.history_head)
    yield [_MARK, _VERSION, *facts, *head.columns]
    yield [STABLE_ID, *keys]
    for identity, record in records:
        yield [identity, *(exported_text(record.get(key)) for key in keys)]


def column_groups(sheets: Iterable[tuple[str, Mapping[str, str]]]) -> tuple[str, ...]:
    """Return as text which key each title has on each sheet; sheets with the same columns share one text."""
    groups: dict[str, list[str]] = {}
    for name, keys in sheets:
        groups.setdefault(json.dumps(keys, ensure_ascii=False), []).append(name)
    return tuple(
        json.dumps({"sheets": names, "columns": json.loads(keys)}, ensure_ascii=False)
        for keys, names in groups.items()
    )


def column_keys(head: ExportHead) -> Mapping[str, Mapping[str, str]]:
    """Return key by title, by sheet, as `column_groups` wrote it; what cannot be read is left out."""
    found: dict[str, Mapping[str, str]] = {}
    for text in head.columns:
        try:
            group = json.loads(text)
            keys = {str(title): str(key) for title, key in group["columns"].items()}
            found |= {str(name): keys for name in group["sheets"]}
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    return found


def read_export(rows: Sequence[Sequence[str]]) -> Exported | None:
    """Return what the sheet `_导出` says, None where it is not as we write it.

    A row whose id is not whole is left out, an id that stands twice with different values too: then nobody
    knows what went out.
    """
    if len(rows) < 2 or len(rows[0]) < 5 or rows[0][0] != _MARK or rows[0][1] != _VERSION:
        return None
    head = [*rows[0], *[""] * _HEAD_CELLS]
    if rows[1][:1] != [STABLE_ID]:
        return None
    values: dict[str, dict[str, str]] = {}
    torn = set()
    for row in rows[2:]:
        given = dict(zip(rows[1][1:], [*row[1:], *[""] * len(rows[1])], strict=False))
        if parse_stable_id(row[0]) is None or values.get(row[0], given) != given:
            torn.add(row[0])
        values[row[0]] = given
    kept: dict[str, Mapping[str, str]] = {
        identity: given for identity, given in values.items() if identity not in torn
    }
    columns = tuple(text for text in rows[0][_HEAD_CELLS:] if text)
    return Exported(ExportHead(head[2], head[3], head[4], head[5], head[6], columns), kept)


def _digest(text: str, digits: int) -> str:
    return sha256(text.encode()).hexdigest()[:digits].upper()
