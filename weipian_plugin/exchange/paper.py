"""How a wide table is laid on A4 paper: one page wide while it stays readable, else several.

A page that is squeezed into the width of the paper has letters nobody reads. So beyond `_WIDEST` a table is
cut between groups of columns, every page repeats the columns that say which row it is, and all pages have
the same scale.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

_ROOM = 112.0
"""Characters across A4 landscape at full size: of the widest of the fonts that stand in for the standard one.
Where the standard font is there, a quarter of the paper stays free."""
_SMALLEST = 0.58
_WIDEST = _ROOM / _SMALLEST
"""Letters of 11 points are then at least 6.4 points high; 8.6 with the standard font."""
_READABLE = 0.65
"""What a table that is cut anyway shall not fall below; groups stay whole where it does not."""
_LARGEST = 0.75
_FULL = 100


@dataclass(frozen=True)
class PaperColumn:
    """What the layout must know of a column."""

    width: float
    """In characters; 0 for a hidden column."""
    group: str
    """Neighbours of one group stay on one page where they can."""


@dataclass(frozen=True)
class Paper:
    """How a table is laid on paper; columns count from 1."""

    pages: tuple[tuple[int, int], ...]
    """First and last column of each page beside the next, without those that are repeated."""
    repeated: int
    """How many columns from the left stand on every page; 0 where all fits on one page."""
    scale: int | None
    """Percent; None: fitted to the width of one page. Some programs enlarge what they fit."""

    @property
    def breaks(self) -> tuple[int, ...]:
        """The columns after which a page ends."""
        return tuple(last for _, last in self.pages[:-1])

    def page_of(self, column: int) -> int:
        """Return on which page a column stands."""
        return next((page for page, (_, last) in enumerate(self.pages) if column <= last), 0)


def lay_out(columns: Sequence[PaperColumn], repeated: int) -> Paper:
    """Return how columns are laid on A4 landscape when the first ones say which row it is."""
    width = sum(column.width for column in columns)
    if width <= _WIDEST:
        return Paper(((1, len(columns)),), 0, _FULL if width <= _ROOM else None)
    kept, rest = sum(column.width for column in columns[:repeated]), columns[repeated:]
    single = [(1, column.width) for column in rest]
    limit = _ROOM / _READABLE - kept
    needed = len(list(_fill(single, limit)))
    groups = [(len(part), sum(part)) for part in _groups(rest)]
    together = _narrowest(groups, needed)
    blocks = groups if together <= limit else single
    room = _narrowest(blocks, needed)
    scale = int(100 * min(_LARGEST, _ROOM / (kept + room)))
    return Paper(tuple(_pages(_fill(blocks, room), repeated + 1)), repeated, scale)


def _groups(columns: Sequence[PaperColumn]) -> Iterator[list[float]]:
    """Yield the widths of what belongs together: a group, or a column that is in none."""
    for group, members in groupby(columns, key=lambda column: column.group):
        widths = [column.width for column in members]
        if group:
            yield widths
        else:
            yield from ([width] for width in widths)


def _narrowest(blocks: Sequence[tuple[int, float]], pages: int) -> float:
    """Return how wide the widest page must be for the blocks to go on so many pages."""
    widest = max(width for _, width in blocks)
    rooms = sorted(room for room in _rooms(blocks) if room >= widest)
    return next(room for room in rooms if len(list(_fill(blocks, room))) <= pages)


def _rooms(blocks: Sequence[tuple[int, float]]) -> Iterator[float]:
    """Yield every width that neighbouring blocks can have together."""
    for start in range(len(blocks)):
        yield from accumulate(width for _, width in blocks[start:])


def _pages(counts: Iterable[int], first: int) -> Iterator[tuple[int, int]]:
    for count in counts:
        yield first, first + count - 1
        first += count


def _fill(blocks: Sequence[tuple[int, float]], room: float) -> Iterator[int]:
    """Yield how many columns stand on each page; a block wider than the room has a page of its own."""
    count, used = 0, 0.0
    for columns, width in blocks:
        if count and used + width > room:
            yield count
            count, used = 0, 0.0
        count, used = count + columns, used + width
    yield count
