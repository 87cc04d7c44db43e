"""Rows whose cells do not belong together: part of a table was sorted, pasted or shifted without the rest.

The hidden id and the number of such a row may agree, and still its judgement is another patch's. What gives
it away is that it shows, where it differs from its own patch, what went out for one other patch, and that
this other patch does not show it any more: then neither row is sure. Words that nobody sent out say nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from weipian_plugin.exchange.cell_values import comparable, same_by, value_text
from weipian_plugin.exchange.feedback_layout import EVIDENCE_PREFIX, FeedbackLayout, Use, ValueKind
from weipian_plugin.exchange.returned_table import ReturnedRow
from weipian_plugin.giving_way import free_row_by_row

_SHOWN = frozenset({Use.AREA, Use.FIXED, Use.DETERMINATION})
_TELLING_TEXTS = frozenset({"basis", "document_no"})
_ENOUGH = 2
"""Columns that must agree where the other patch is not on the sheet to be asked."""

_SORTED = 3
"""Torn rows from which on a sheet counts as sorted in part; two may be two papers exchanged."""
_JUDGED, _MOST_OF = 5, 0.3
"""Rows, and their share of the sheet, from which judgements that only changed places count as sorted."""
_FEW = 5
"""A fifth of the values that moved may be new: the city corrects where it sorts."""
WHOLE_SHEET = ""
"""Stands for the other patch where nothing in the row itself is strange."""

Values = Mapping[str, Mapping[str, str]]
"""Text by column key, by patch number."""
Shown = Mapping[str, ValueKind]
"""How the columns that are looked at are compared, by key."""


@dataclass(frozen=True)
class _Row:
    """A row beside the patch that its id or number names."""

    patch_no: str
    row: ReturnedRow
    strange: Mapping[str, str]
    """What is not that patch's, by column key."""
    own: Mapping[str, str]
    """What went out for it instead."""


def torn_rows(
    rows: Mapping[str, Sequence[ReturnedRow]], known: Values, layout: FeedbackLayout
) -> dict[str, str]:
    """Return the places of torn rows, each with the other patch or WHOLE_SHEET; `known` is what went out."""
    shown = {column.key: column.kind for column in layout.columns if column.use in _SHOWN}
    looked_at = [_row(number, row, known[number], shown) for number, own in rows.items() for row in own]
    found = _torn(looked_at, known, layout)
    free_row_by_row(looked_at)
    return found


def _torn(looked_at: Sequence[_Row], known: Values, layout: FeedbackLayout) -> dict[str, str]:
    strange = [one for one in looked_at if one.strange]
    owners = _Owners(known, {key for one in strange for key in one.strange}, layout)
    held = _held(looked_at)
    found: dict[str, str] = {}
    for one in strange:
        theirs = {key: text for key, text in one.strange.items() if owners.any(key, text)}
        owner = owners.only(theirs) if _tells(theirs, layout) else ""
        robbed = held[one.row.sheet].get(owner, [])
        if owner and owner != one.patch_no and _is_displaced(robbed, theirs):
            found[one.row.place] = owner
            found |= {other.row.place: one.patch_no for other in robbed if other.row.place not in found}
    return found | _whole_sheets(looked_at, found, layout)


def _whole_sheets(rows: Sequence[_Row], torn: Mapping[str, str], layout: FeedbackLayout) -> dict[str, str]:
    """Return the other rows of sheets that were sorted in part: what moved is not seen in every row."""
    counts = Counter(one.row.sheet for one in rows if one.row.place in torn)
    sorted_in_part = {sheet for sheet, count in counts.items() if count >= _SORTED}
    sorted_in_part |= {sheet for sheet, own in _by_sheet(rows).items() if _is_permuted(own, layout)}
    return {
        one.row.place: WHOLE_SHEET
        for one in rows
        if one.row.sheet in sorted_in_part and one.row.place not in torn
    }


def _is_permuted(rows: Sequence[_Row], layout: FeedbackLayout) -> bool:
    """Return whether some column of a sheet shows the values that went out, but in other rows.

    Judgements may be exchanged on purpose, so of them it takes more.
    """
    shown: defaultdict[str, Counter[str]] = defaultdict(Counter)
    own: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in rows:
        for key, text in one.strange.items():
            shown[key][text] += 1
            own[key][one.own[key]] += 1
    for key, texts in shown.items():
        judged = layout.by_key[key].use is Use.DETERMINATION
        least = max(_JUDGED, len(rows) * _MOST_OF) if judged else _SORTED
        if texts.total() >= least and (texts - own[key]).total() * _FEW <= texts.total():
            return True
    return False


def _by_sheet(rows: Sequence[_Row]) -> dict[str, list[_Row]]:
    found: defaultdict[str, list[_Row]] = defaultdict(list)
    for one in rows:
        found[one.row.sheet].append(one)
    return found


def _row(number: str, row: ReturnedRow, known: Mapping[str, str], shown: Shown) -> _Row:
    strange, own = {}, {}
    for key, theirs in _values(row, known, shown):
        kind, ours = shown[key], known.get(key, "")
        if theirs != ours and not same_by(kind)(theirs, ours):
            strange[key], own[key] = comparable(theirs, kind), comparable(ours, kind)
    return _Row(number, row, strange, own)


def _values(row: ReturnedRow, known: Mapping[str, str], shown: Shown) -> Iterator[tuple[str, str]]:
    """Yield key and text of what the row shows otherwise than it went out, or shows no more."""
    for key, cells in row.cells.items():
        if key in shown and len(cells) == 1 and cells[0].text != known.get(key):
            yield key, value_text(cells[0], shown[key])
    for key in row.blank:
        if key in shown and known.get(key):
            yield key, ""


def _tells(strange: Mapping[str, str], layout: FeedbackLayout) -> bool:
    """Return whether something is strange that few patches share: many are 违法, many in one township."""
    return any(
        layout.by_key[key].use is Use.AREA or key in _TELLING_TEXTS or key.startswith(EVIDENCE_PREFIX)
        for key in strange
    )


class _Owners:
    """Which patches went out with a value."""

    def __init__(self, known: Values, keys: set[str], layout: FeedbackLayout) -> None:
        self._by_value: dict[str, defaultdict[str, set[str]]] = {key: defaultdict(set) for key in keys}
        for number, values in known.items():
            for key in keys:
                if values.get(key):
                    self._by_value[key][comparable(values[key], layout.by_key[key].kind)].add(number)

    def any(self, key: str, text: str) -> bool:
        """Return whether any patch went out with a value."""
        return text in self._by_value[key]

    def only(self, values: Mapping[str, str]) -> str:
        """Return the one patch that went out with all these values; '' for none or several."""
        common = set.intersection(*(self._by_value[key][text] for key, text in values.items()))
        return next(iter(common)) if len(common) == 1 else ""


def _held(rows: Sequence[_Row]) -> defaultdict[str, dict[str, list[_Row]]]:
    held: defaultdict[str, dict[str, list[_Row]]] = defaultdict(dict)
    for one in rows:
        held[one.row.sheet].setdefault(one.patch_no, []).append(one)
    return held


def _is_displaced(own: Sequence[_Row], values: Mapping[str, str]) -> bool:
    """Return whether the owner of some values does not show them itself."""
    if not own:
        return len(values) >= _ENOUGH
    return all(_overlap(one.strange, values) for one in own)


def _overlap(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return any(key in other for key in one)
