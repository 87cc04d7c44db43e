"""What the workspace holds about its patches, under the keys of the columns that come back."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from weipian_plugin.exchange.content import Casework
from weipian_plugin.exchange.export_record import exported_text
from weipian_plugin.exchange.feedback_layout import EVIDENCE_PREFIX, FeedbackLayout, Use
from weipian_plugin.exchange.records import PatchRecord
from weipian_plugin.store import facts, notes, returns, stages
from weipian_plugin.store.returns import ReturnTask
from weipian_plugin.store.stages import Standing

_JUDGED = ("result", "category", "basis", "document_no")


@dataclass(frozen=True)
class Held:
    """The workspace at one moment."""

    values: Mapping[str, Mapping[str, str]]
    """Text by column key, by patch number; '' where nothing is recorded."""
    said: Mapping[tuple[str, str], Sequence[str]]
    """What the sender wrote in earlier workbooks, by patch number and field; others' words are others'."""
    standings: Mapping[str, Standing]
    tasks: Mapping[str, list[ReturnTask]]
    facts: Mapping[tuple[str, str], list[facts.Row]]


def hold(
    connection: sqlite3.Connection,
    records: Iterable[PatchRecord],
    casework: Mapping[str, Casework],
    layout: FeedbackLayout,
    sender: str,
) -> Held:
    """Return what is recorded now.

    Figures and names come from `records`, determinations that stand from `casework`, the rest from the
    database.
    """
    values: dict[str, dict[str, str]] = {}
    for record in records:
        number = str(record.values["patch_no"])
        values[number] = {
            column.key: exported_text(record.values[column.key])
            for column in layout.columns
            if column.use in (Use.AREA, Use.FIXED) and column.key in record.values
        }
    numbers = list(values)
    for number, work in casework.items():
        values[number].update({key: str(getattr(work, key)) for key in _JUDGED})
        values[number].update({EVIDENCE_PREFIX + name: text for name, text in work.evidence.items()})
    said = notes.said_by(connection, numbers, sender)
    for (number, field), texts in said.items():
        values[number][field] = texts[-1]
    stored = facts.stored(connection)
    for (number, fact), rows in stored.items():
        if number in values:
            values[number][fact] = "、".join(str(row[2]) for row in rows)
    return Held(
        {number: defaultdict(str, own) for number, own in values.items()},
        said,
        stages.standings(connection, numbers),
        returns.of_patches(connection, numbers),
        stored,
    )
