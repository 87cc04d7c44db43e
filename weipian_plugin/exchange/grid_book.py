"""A workbook whose sheets are all tables of figures (`grid_sheet`), as of one day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.book import Book
from weipian_plugin.exchange.grid_sheet import Grid, write_grid
from weipian_plugin.exchange.saving import replacing

_SAVED_FROM = 0.8


@dataclass(frozen=True)
class BookHead:
    """What stands above every table."""

    title: str
    as_of: date
    maker: str
    made_on: date

    @property
    def line(self) -> str:
        """The line below the title."""
        return f"截至 {self.as_of:%Y-%m-%d}　　制表：{self.maker}　　日期：{self.made_on:%Y-%m-%d}"


def write_grids(path: Path, head: BookHead, grids: Sequence[Grid], progress: Progress) -> None:
    """Write the workbook to `path`, whole or not at all; raise WeipianError where it cannot be written."""
    with replacing(path) as temporary:
        book = Book(head.title, head.maker, head.made_on)
        each = _SAVED_FROM / len(grids)
        for number, grid in enumerate(grids):
            write_grid(book, grid, progress.part(each * number, each * (number + 1)))
        book.save(temporary, progress.part(_SAVED_FROM, 1.0))
