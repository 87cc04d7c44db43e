"""Write dBASE tables byte by byte: field widths, code page mark and text bytes exactly as asked.

GDAL would choose the widths, stamp today's date and, in a process where QGIS has opened a shapefile, may
write UTF-8 where GBK was asked for.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from weipian_plugin.sample.config import Objects

HEADER_DATE = (121, 7, 18)
"""Years since 1900, month, day: the same for every run."""


@dataclass(frozen=True)
class Field:
    """A column: `kind` C (text) or N (number), `width` in bytes."""

    name: str
    kind: str
    width: int
    decimals: int = 0


def write_dbf(
    path: Path, table: pd.DataFrame, fields: Sequence[Field], encoding: str, language_byte: int
) -> None:
    """Write the columns named by `fields`; a text that does not fit its field is a ValueError."""
    layout = [("deleted", "S1")] + [(field.name, f"S{field.width}") for field in fields]
    records = np.zeros(len(table), dtype=layout)
    records["deleted"] = b" "
    for field in fields:
        records[field.name] = _cells(table[field.name], field, encoding)
    with path.open("wb") as file:
        file.write(_header(len(table), fields, records.dtype.itemsize, language_byte))
        file.write(records.tobytes())
        file.write(b"\x1a")


def _header(count: int, fields: Sequence[Field], record_size: int, language_byte: int) -> bytes:
    size = 32 + 32 * len(fields) + 1
    start = struct.pack("<4BIHH17xB2x", 3, *HEADER_DATE, count, size, record_size, language_byte)
    described = [
        struct.pack(
            "<11sc4xBB14x",
            field.name.encode("ascii"),
            field.kind.encode(),
            field.width,
            field.decimals,
        )
        for field in fields
    ]
    return start + b"".join(described) + b"\r"


def _cells(values: pd.Series[Any], field: Field, encoding: str) -> Objects:
    """Return the column as bytes padded to the field's width: text on the left, numbers on the right."""
    codes, uniques = pd.factorize(values)
    if field.kind == "N":
        texts = [f"{value:{field.width}.{field.decimals}f}".encode() for value in uniques]
    else:
        texts = [str(value).encode(encoding).ljust(field.width) for value in uniques]
    too_long = [text for text in texts if len(text) > field.width]
    if too_long:
        raise ValueError(f"{field.name}: {too_long[0]!r} is longer than {field.width} bytes")
    return np.array(texts, dtype=f"S{field.width}")[codes]
