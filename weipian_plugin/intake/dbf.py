"""The attribute table of a shapefile (dBASE III and its kin), read as raw bytes.

GDAL decodes text on the way, by labels that issued files carry wrongly, and cuts damaged characters. Here the
bytes stay as they are until the encoding is decided. Sources: dBASE table file format; ESRI Shapefile
Technical Description (1998), page 25.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.giving_way import slices

_HEADER = 32
_DESCRIPTOR = 32
_END_OF_FIELDS = 0x0D
_DELETED = 0x2A
_PADDING = b" \x00"
_EXACT_DIGITS = 15
"""Digits a float holds for sure; longer whole numbers stay text."""
_AT_ONCE = 10_000
"""Values of a column; between pieces the window has its turn."""


@dataclass(frozen=True)
class DbfField:
    """One column: raw name, type letter and where its bytes are in a record."""

    name: bytes
    type: str
    width: int
    decimals: int
    offset: int

    @property
    def is_text(self) -> bool:
        """Whether the column is shown as text: characters, dates, logical values, long whole numbers."""
        return self.type in "CDL" or (self.is_number and not self.decimals and self.width > _EXACT_DIGITS)

    @property
    def is_number(self) -> bool:
        """Whether the column holds digits."""
        return self.type in "NF"


@dataclass(frozen=True)
class DbfTable:
    """A table open for reading; `records` has one row of bytes a record."""

    fields: tuple[DbfField, ...]
    records: NDArray[np.uint8]
    language_byte: int

    @property
    def deleted(self) -> NDArray[np.bool_]:
        """Which records carry the deletion mark."""
        return np.asarray(self.records[:, 0] == _DELETED)

    def column(self, field: DbfField, rows: NDArray[np.int64]) -> NDArray[np.bytes_]:
        """Return the raw bytes of one column for the given rows, trailing NULs gone."""
        block = np.ascontiguousarray(self.records[:, field.offset : field.offset + field.width][rows])
        return block.view(f"S{field.width}").ravel()


def open_dbf(path: Path) -> DbfTable:
    """Open the table; raises WeipianError when it is no dbf, is damaged or cut short."""
    with path.open("rb") as file:
        header = file.read(_HEADER)
        if len(header) < _HEADER:
            raise WeipianError(
                f"属性表 {path.name} 不完整（只有 {len(header)} 字节），请重新拷贝一套完整的文件。"
            )
        count, header_length, record_length = struct.unpack_from("<IHH", header, 4)
        descriptors = file.read(max(header_length - _HEADER, 0))
    fields = _fields(descriptors, record_length, path)
    _check_size(path, header_length + count * record_length)
    records = _records(path, header_length, count, record_length)
    return DbfTable(fields, records, header[29])


def distinct(raw: NDArray[np.bytes_]) -> tuple[NDArray[np.int64], list[bytes]]:
    """Return for each value its index among the distinct ones, and these without padding."""
    known: dict[bytes, int] = {}
    codes = np.empty(len(raw), dtype=np.int64)
    for part in slices(len(raw), _AT_ONCE):
        own, values = pd.factorize(raw[part].astype(object))
        codes[part] = np.array([known.setdefault(value, len(known)) for value in values], dtype=np.int64)[own]
    return codes, [value.split(b"\x00", 1)[0].rstrip(_PADDING) for value in known]


def numbers(raw: NDArray[np.bytes_]) -> tuple[NDArray[np.float64], int]:
    """Return the values as floats, NaN for blank and unreadable ones, and how many were unreadable."""
    figures, unreadable = np.empty(len(raw), dtype=np.float64), 0
    for part in slices(len(raw), _AT_ONCE):
        figures[part], faults = _numbers(raw[part])
        unreadable += faults
    return figures, unreadable


def _numbers(raw: NDArray[np.bytes_]) -> tuple[NDArray[np.float64], int]:
    stripped = np.char.strip(raw, _PADDING)
    stripped[stripped == b""] = b"nan"
    try:
        return stripped.astype(np.float64), 0
    except ValueError:
        return _numbers_one_by_one(stripped)


def _numbers_one_by_one(raw: NDArray[np.bytes_]) -> tuple[NDArray[np.float64], int]:
    codes, values = pd.factorize(raw.astype(object))
    parsed = [_number(value) for value in values]
    figures = np.array([np.nan if figure is None else figure for figure in parsed], dtype=np.float64)
    unreadable = np.array([figure is None for figure in parsed])
    return figures[codes], int(unreadable[codes].sum())


def _number(value: bytes) -> float | None:
    try:
        # Some regional settings write a decimal comma.
        return float(value.replace(b",", b".").decode("ascii"))
    except (ValueError, UnicodeDecodeError):
        return None


def _fields(descriptors: bytes, record_length: int, path: Path) -> tuple[DbfField, ...]:
    rows = _descriptor_rows(descriptors)
    widths = [row[16] for row in rows]
    if 1 + sum(widths) > record_length or not rows:
        raise WeipianError(f"属性表 {path.name} 的表头已损坏，请向提供单位索取完好的文件。")
    if 1 + sum(widths) < record_length:
        # Long text columns keep the high byte of their width where numbers keep their decimals.
        long = [row[16] + 256 * row[17] if row[11:12] == b"C" else row[16] for row in rows]
        widths = long if 1 + sum(long) == record_length else widths
    offsets = np.cumsum([1, *widths])
    return tuple(
        DbfField(
            row[:11].split(b"\x00", 1)[0].rstrip(),
            chr(row[11]).upper(),
            width,
            row[17] if chr(row[11]).upper() in "NF" else 0,
            int(offset),
        )
        for row, width, offset in zip(rows, widths, offsets, strict=False)
        if width
    )


def _descriptor_rows(descriptors: bytes) -> list[bytes]:
    rows = []
    for start in range(0, len(descriptors) - _DESCRIPTOR + 1, _DESCRIPTOR):
        if descriptors[start] == _END_OF_FIELDS:
            break
        rows.append(descriptors[start : start + _DESCRIPTOR])
    return rows


def _check_size(path: Path, expected: int) -> None:
    actual = path.stat().st_size
    if actual < expected:
        raise WeipianError(
            f"属性表 {path.name} 不完整：应有 {expected} 字节，实有 {actual} 字节，请重新拷贝一套完整的文件。"
        )


def _records(path: Path, offset: int, count: int, length: int) -> NDArray[np.uint8]:
    if count == 0:
        return np.empty((0, length), dtype=np.uint8)
    flat = np.fromfile(path, dtype=np.uint8, count=count * length, offset=offset)
    return flat.reshape(count, length)
