"""Puts the results of formulas beside them in a finished workbook.

openpyxl writes formulas without results. Programs that calculate show them anyway; those that only show,
such as Excel's protected view of a received file, previews and phones, would show nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Results = Mapping[str, float | int | str]
"""Result by cell, such as B3."""

_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"((?: s="[0-9]+")?)><f>(.*?)</f><v ?(?:/>|></v>)</c>', re.DOTALL)
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can hold: equal contents make equal files."""


def write_with_results(source: IO[bytes], target: Path, results: Mapping[str, Results]) -> None:
    """Copy the workbook `source` to `target` with results; `results` go by the name of the sheet's part."""
    with ZipFile(source) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = ZipInfo(name, _EPOCH)
            info.compress_type = ZIP_DEFLATED
            data = old.read(name)
            new.writestr(info, _filled(data, results[name]) if name in results else data)


def _filled(sheet: bytes, results: Results) -> bytes:
    def fill(found: re.Match[bytes]) -> bytes:
        cell, style, formula = found.groups()
        result = results.get(cell.decode())
        if result is None:
            return found.group(0)
        kind = b' t="str"' if isinstance(result, str) else b""
        text = escape(str(result), quote=False).encode()
        return b'<c r="%s"%s%s><f>%s</f><v>%s</v></c>' % (cell, style, kind, formula, text)

    return _FORMULA.sub(fill, sheet)
