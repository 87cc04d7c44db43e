"""Columns with a figure above and a name below: how many are due when."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QPainter

from weipian_plugin.gui.charts.chart import Chart, Region
from weipian_plugin.gui.charts.geometry import Box, lanes
from weipian_plugin.gui.charts.paint import (
    CENTRE,
    LARGE,
    SMALL,
    Look,
    bar,
    faded,
    height_of,
    ink,
    pen_of,
    rule,
    write,
)

_WIDEST, _GAP, _LEAST = 54.0, 0.3, 2.0


@dataclass(frozen=True)
class Bucket:
    """One column."""

    key: str
    name: str
    count: int
    colour: str
    text: str
    """All about it in words."""


@dataclass(frozen=True)
class BucketsData:
    """The columns from left to right."""

    buckets: tuple[Bucket, ...] = ()
    empty: str = ""


class DeadlineBuckets(Chart):
    """Columns as high as their counts."""

    def __init__(self, parent: object | None = None) -> None:
        """Start without columns."""
        super().__init__(parent)
        self._data = BucketsData()

    def show_data(self, data: BucketsData) -> None:
        """Show columns."""
        self._data = data
        self.refresh()

    def words(self) -> str:
        """Return every column in words."""
        return "\n".join(bucket.text for bucket in self._data.buckets) or self._data.empty

    def needed(self) -> QSize:
        """Return the least size: figures, names, and something of a column."""
        buckets, line = self._data.buckets, self.fontMetrics().height()
        widest = max((self.fontMetrics().horizontalAdvance(bucket.name) for bucket in buckets), default=line)
        return QSize(max(len(buckets), 3) * round(widest * SMALL + 3), 5 * line)

    def draw(self, painter: QPainter, box: Box, look: Look) -> list[Region]:
        """Paint the columns on their line."""
        buckets = self._data.buckets
        if not buckets:
            write(painter, box, self._data.empty, look.font(), look.quiet)
            return []
        number, name = look.font(LARGE, True), look.font(SMALL)
        room = box.within(top=height_of(number) + 2, bottom=height_of(name) + 6)
        highest, lane = max(1, *(bucket.count for bucket in buckets)), box.width / len(buckets)
        found = []
        for at, (bucket, (left, wide)) in enumerate(
            zip(buckets, lanes(len(buckets), box.x, box.width, _GAP, _WIDEST), strict=True)
        ):
            whole = Box(box.x + at * lane, box.y, lane, box.height)
            high = max(bucket.count / highest * room.height, _LEAST if bucket.count else 0.0)
            column = Box(left, room.bottom - high, wide, high)
            bar(painter, column, faded(bucket.colour, look, 0.85), 2.0)
            figure = ink(bucket.colour, look) if bucket.count else look.quiet
            above = Box(whole.x, column.y - height_of(number) - 1, lane, height_of(number))
            write(painter, above, str(bucket.count), number, figure, CENTRE)
            below = Box(whole.x, room.bottom + 4, lane, height_of(name))
            write(painter, below, bucket.name, name, look.text if bucket.count else look.quiet, CENTRE)
            found.append(Region(whole, bucket.key, bucket.text))
        base = round(room.bottom) + 0.5
        rule(painter, (box.x, base), (box.right, base), pen_of(look.line))
        return found
