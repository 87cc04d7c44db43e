"""The files that make up one shapefile: whether they are all there, whole, and belong together.

Source: ESRI Shapefile Technical Description (1998).
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Mapping
from pathlib import Path, PurePath

import numpy as np
from numpy.typing import NDArray

from weipian_plugin.domain.errors import WeipianError

_HEADER = 100
_RECORD_HEADER = 8
_SHAPE_TYPE = 4
"""Bytes of the shortest content: the type of a record without shape."""
_FILE_CODE = 9994
_POLYGON_TYPES = (5, 15, 25)
_TYPE_NAMES = {
    0: "空",
    1: "点",
    3: "线",
    8: "多点",
    11: "点",
    13: "线",
    18: "多点",
    21: "点",
    23: "线",
    28: "多点",
}
PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
"""The parts that matter for reading; others (.sbn, .qix, .xml) only speed up or describe."""


def find_parts(shp: Path) -> dict[str, Path]:
    """Return the parts that lie beside the .shp, by lower-case suffix, whatever case they are written in."""
    return {
        entry.suffix.lower(): entry
        for entry in shp.parent.iterdir()
        if is_same_set(entry, shp) and entry.suffix.lower() in PARTS
    }


def is_same_set(one: PurePath, other: PurePath) -> bool:
    """Return whether two files of a folder are called the same but for the suffix, as their system sees it.

    Windows knows no case: `INPUT=dltb.shp` on a command line means DLTB.shp.
    """
    return one.with_suffix("") == other.with_suffix("")


def prj_text(path: Path) -> str:
    """Return the text of a .prj, which may be in GBK where someone gave the system a Chinese name."""
    content = path.read_bytes().strip(b"\x00 \r\n\t")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def check_shp(path: Path) -> None:
    """Raise WeipianError unless the .shp is a whole file of polygons."""
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if len(header) < _HEADER or struct.unpack_from(">i", header)[0] != _FILE_CODE:
        raise WeipianError(f"{path.name} 不是 shapefile（文件头不对），请向提供单位索取完好的文件。")
    declared = struct.unpack_from(">I", header, 24)[0] * 2
    actual = path.stat().st_size
    if actual < declared:
        raise WeipianError(
            f"{path.name} 不完整：应有 {declared} 字节，实有 {actual} 字节，请重新拷贝一套完整的文件。"
        )
    kind = struct.unpack_from("<i", header, 32)[0]
    if kind not in _POLYGON_TYPES:
        raise WeipianError(
            f"{path.name} 是{_TYPE_NAMES.get(kind, '其他')}图层，不是面图层，请换成图斑的面图层。"
        )


def index_is_sound(parts: Mapping[str, Path]) -> bool:
    """Return whether the .shx is there and every entry points to a record inside the .shp."""
    index = parts.get(".shx")
    if index is None:
        return False
    size = index.stat().st_size
    if size < _HEADER or (size - _HEADER) % _RECORD_HEADER:
        return False
    entries = np.fromfile(index, dtype=">i4", offset=_HEADER).astype(np.int64).reshape(-1, 2) * 2
    ends = entries[:, 0] + _RECORD_HEADER + entries[:, 1]
    inside = (entries[:, 0] >= _HEADER) & (entries[:, 1] >= 0) & (ends <= parts[".shp"].stat().st_size)
    return bool(inside.all())


def build_index(shp: Path) -> bytes:
    """Return the .shx of a .shp, by walking its records; WeipianError if they run past its end."""
    entries = _walk(shp)
    with shp.open("rb") as file:
        header = bytearray(file.read(_HEADER))
    struct.pack_into(">I", header, 24, (_HEADER + len(entries) * _RECORD_HEADER) // 2)
    return bytes(header) + (entries // 2).astype(">i4").tobytes()


def record_count(shx: Path) -> int:
    """Return how many records the index lists."""
    return (shx.stat().st_size - _HEADER) // _RECORD_HEADER


def _walk(shp: Path) -> NDArray[np.int64]:
    """Return offset and content length in bytes of every record."""
    entries = []
    with shp.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        at, end = _HEADER, len(content)
        while at + _RECORD_HEADER <= end:
            length = int.from_bytes(content[at + 4 : at + 8], "big") * 2
            # Every record has a shape type at least: zeros, as of a copy that broke off, are no records.
            if length < _SHAPE_TYPE or at + _RECORD_HEADER + length > end:
                raise WeipianError(
                    f"{shp.name} 不完整，且没有可用的 .shx 索引，请向提供单位索取完整的一套文件。"
                )
            entries.append((at, length))
            at += _RECORD_HEADER + length
    return np.array(entries, dtype=np.int64).reshape(-1, 2)
