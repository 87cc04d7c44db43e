"""Read a table that a person filled in, from .xlsx or .csv: rows of plain text under canonical keys."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.exchange.cell_text import cell_text
from weipian_plugin.exchange.sheet_cells import Cell, CellKind, read_sheets
from weipian_plugin.exchange.table_layout import TableLayout

_HEADER_WITHIN = 30
"""Rows searched for the header: titles, units and notes may stand above it."""
_DELIMITERS = (",", "\t", ";", "，")

Cells = tuple[str, ...]
NumberedRow = tuple[int, Cells]


@dataclass(frozen=True)
class InputRow:
    """One filled-in row."""

    line: int
    """Row number in the file, as the spreadsheet shows it."""
    values: Mapping[str, str]
    """Text by column key; '' for an empty cell or a column that the file does not have."""

    def __getitem__(self, key: str) -> str:
        return self.values[key]


@dataclass(frozen=True)
class InputTable:
    """A table as it was read."""

    path: Path
    sheet: str
    """Name of the sheet; '' for csv."""
    rows: tuple[InputRow, ...]
    ignored: tuple[str, ...]
    """Headers of columns that were not understood, as written."""


def read_table(path: Path, layout: TableLayout) -> InputTable:
    """Return the rows of the first sheet that has the layout's required columns.

    Numbers come as the text a person would write (`12`, not `12.0`), dates as ISO text, everything without
    surrounding blanks. Raises WeipianError when the file cannot be read or has no such header.
    """
    tried: list[tuple[str, ...]] = []
    for sheet, rows in _sheets(path):
        head, best = _find_header(rows, layout)
        if head is not None:
            return _table(path, sheet, rows, head, layout)
        tried.append(best)
    fewest: tuple[str, ...] = min([*tried, layout.missing(())], key=len)
    lacking = "、".join(fewest)
    raise WeipianError(
        f"“{path.name}”里找不到《{layout.title}》的表头：缺少“{lacking}”列；"
        f"表头应在前{_HEADER_WITHIN}行，可用的列：{'、'.join(column.title for column in layout.columns)}。"
    )


def _table(path: Path, sheet: str, rows: Sequence[NumberedRow], head: int, layout: TableLayout) -> InputTable:
    header = rows[head][1]
    places = layout.places(header)
    read = tuple(
        InputRow(line, {c.key: _at(cells, places.get(c.key)) for c in layout.columns})
        for line, cells in rows[head + 1 :]
        if any(_at(cells, place) for place in places.values())
    )
    known = set(places.values())
    ignored = tuple(name for place, name in enumerate(header) if name and place not in known)
    return InputTable(path, sheet, read, ignored)


def _at(cells: Cells, place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def _find_header(rows: Sequence[NumberedRow], layout: TableLayout) -> tuple[int | None, tuple[str, ...]]:
    """Return the index of the header row, or None with what the likeliest row lacks."""
    best = layout.missing(())
    for index, (line, cells) in enumerate(rows):
        if line > _HEADER_WITHIN:
            break
        lacking = layout.missing(layout.places(cells))
        if not lacking:
            return index, ()
        best = lacking if len(lacking) < len(best) else best
    return None, best


def _sheets(path: Path) -> Iterator[tuple[str, list[NumberedRow]]]:
    suffix = path.suffix.lower()
    if suffix in {".xlsx", ".xlsm"}:
        yield from _workbook_sheets(path)
    elif suffix in {".csv", ".txt"}:
        text = _decoded(path)
        yield from (("", list(_csv_rows(path, text, sign))) for sign in _likeliest_delimiters(text))
    else:
        raise WeipianError(f"“{path.name}”不是 .xlsx 或 .csv 表格，请用 Excel 或 WPS 另存为其中一种。")


def _workbook_sheets(path: Path) -> Iterator[tuple[str, list[NumberedRow]]]:
    for sheet in read_sheets(path):
        yield sheet.title, [(line, _texts(cells)) for line, cells in sheet.rows.items()]


def _texts(cells: Mapping[int, Cell]) -> Cells:
    """Return the texts of a row from its first column on; of a formula what it came to."""
    texts = {
        column: cell.result if cell.kind is CellKind.FORMULA else cell.text for column, cell in cells.items()
    }
    return tuple(texts.get(column, "") for column in range(1, max(texts) + 1))


def _csv_rows(path: Path, text: str, delimiter: str) -> Iterator[NumberedRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise WeipianError(
                f"“{path.name}”第{line}行不像表格内容，请用 Excel 或 WPS 打开后另存。"
            ) from error
        cells = tuple(map(cell_text, values))
        if any(cells):
            yield line, cells


def _decoded(path: Path) -> str:
    """Return the text of a csv file: by its byte-order mark, else UTF-8 if it is that, else GBK."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path) from error
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "gb18030"]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise WeipianError(f"“{path.name}”的文字编码既不是 UTF-8 也不是 GBK，请用 Excel 或 WPS 另存为 .xlsx。")


def _likeliest_delimiters(text: str) -> list[str]:
    """Return the delimiters, that which stands most often in the first lines first; the header decides."""
    head = "".join(text.split("\n", _HEADER_WITHIN)[:_HEADER_WITHIN])
    return sorted(_DELIMITERS, key=head.count, reverse=True)


def _unreadable(path: Path) -> WeipianError:
    return WeipianError(f"打不开“{path}”，请检查路径和权限；文件正在别处打开的，请先关闭。")


def lost_digits(text: str) -> bool:
    """Return whether a code has gone through a spreadsheet's number format and lost its end: 5.00156E+17."""
    mantissa, _, exponent = text.upper().partition("E+")
    return exponent.isdigit() and mantissa.replace(".", "", 1).isdigit()
