"""GeoJSON may give its coordinate system as an address, which GDAL would fetch: no such file is opened.

Source: GeoJSON 2008, 3.2 Linked CRS; GDAL takes the types `link` and `url`, in any case of letters, in the
whole and in each geometry.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress

_BLOCK = 1 << 20
_LONGEST_HINT = 64
_HINT = re.compile(rb'"crs"|\\u00', re.IGNORECASE)
"""Without one of these there is no such thing in the file: the name, or letters written as numbers."""
_LINKED = {"link", "url"}


def refuse_linked_crs(path: Path, progress: Progress) -> None:
    """Raise WeipianError when a GeoJSON file gives its coordinate system as an address."""
    if not _may_have_crs(path, progress):
        return
    try:
        json.loads(path.read_bytes().decode("utf-8-sig", "replace"), object_pairs_hook=_look)
    except _LinkedCrs:
        raise WeipianError(
            f"{path.name} 的坐标系写成了网址，本插件不联网，不读这样的文件；"
            "请在导出软件里改用坐标系代号后重新导出。"
        ) from None
    except (ValueError, RecursionError) as error:
        raise WeipianError(f"{path.name} 读不出来：不是完整的 GeoJSON，请重新索取。") from error


class _LinkedCrs(Exception):
    """The file gives a coordinate system as an address."""


def _look(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return what an enclosing object must know of this one: whole features would pile up in memory."""
    for name, value in pairs:
        if name.casefold() == "crs" and isinstance(value, dict) and _kind(value) in _LINKED:
            raise _LinkedCrs
    return {name: value for name, value in pairs if name.casefold() == "type"}


def _kind(crs: dict[str, object]) -> str:
    return next((str(value).casefold() for value in crs.values()), "")


def _may_have_crs(path: Path, progress: Progress) -> bool:
    kept = b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            progress.check()
            if _HINT.search(kept + block):
                return True
            kept = block[-_LONGEST_HINT:]
    return False
