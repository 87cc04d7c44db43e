"""Issued files built byte by byte, so that every fault is exactly the one meant. No GDAL on the way."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

import pyproj

from weipian_plugin.domain.plan.model import District

Point = tuple[float, float]
Ring = Sequence[Point]

DISTRICT = District(
    name="重庆市武隆区",
    short_name="武隆区",
    code="500156",
    aliases=("500232",),
    bbox=(107.2, 29.0, 108.1, 29.7),
)
PRJ_4490 = pyproj.CRS(4490).to_wkt("WKT1_ESRI")
SQUARE: Ring = [(107.70, 29.30), (107.70, 29.31), (107.71, 29.31), (107.71, 29.30), (107.70, 29.30)]
SQUARE_M2 = 1076835.0024
"""Official area of SQUARE (design.md, section 4)."""


def box(west: float, south: float, size: float = 0.001) -> Ring:
    """Return a closed square, clockwise as shapefile shells are."""
    east, north = west + size, south + size
    return [(west, south), (west, north), (east, north), (east, south), (west, south)]


def project(ring: Ring, epsg: int) -> list[Point]:
    """Return a ring of degrees in another coordinate system of the same datum."""
    crs = pyproj.CRS(epsg)
    forward = pyproj.Transformer.from_crs(crs.geodetic_crs, crs, always_xy=True)
    return [forward.transform(x, y) for x, y in ring]


def prj(epsg: int) -> str:
    """Return the .prj text that ArcGIS writes."""
    return pyproj.CRS(epsg).to_wkt("WKT1_ESRI")


class Dbf:
    """A dbf to be: fields as (name, type, width, decimals), values as bytes."""

    def __init__(self, fields: Sequence[tuple[bytes, str, int, int]], language_byte: int = 0) -> None:
        self.fields, self.language_byte = fields, language_byte
        self.rows: list[tuple[bytes, list[bytes]]] = []

    def add(self, *values: bytes, deleted: bool = False) -> Dbf:
        """Add a row; values are padded or cut to the field width, as dbf writers do."""
        self.rows.append((b"*" if deleted else b" ", list(values)))
        return self

    def content(self) -> bytes:
        """Return the bytes of the file."""
        width = 1 + sum(field[2] for field in self.fields)
        header = struct.pack("<B3BIHH", 3, 121, 3, 15, len(self.rows), 33 + 32 * len(self.fields), width)
        header += bytes(17) + bytes([self.language_byte]) + bytes(2)
        for name, kind, size, decimals in self.fields:
            header += (
                name[:10].ljust(11, b"\0") + kind.encode() + bytes(4) + bytes([size, decimals]) + bytes(14)
            )
        body = b"".join(
            mark
            + b"".join(
                value[: field[2]].rjust(field[2]) if field[1] in "NF" else value[: field[2]].ljust(field[2])
                for value, field in zip(values, self.fields, strict=True)
            )
            for mark, values in self.rows
        )
        return header + b"\r" + body + b"\x1a"


def shp_content(shapes: Sequence[Sequence[Ring] | None], kind: int = 5) -> tuple[bytes, bytes]:
    """Return the bytes of .shp and .shx; each shape is its rings, None for a null shape."""
    records, index, at = b"", b"", 100
    for number, rings in enumerate(shapes, start=1):
        content = struct.pack("<i", 0) if rings is None else _polygon(rings, kind)
        records += struct.pack(">ii", number, len(content) // 2) + content
        index += struct.pack(">ii", at // 2, len(content) // 2)
        at += 8 + len(content)
    points = [p for rings in shapes if rings for ring in rings for p in ring] or [(0.0, 0.0)]
    return _header(100 + len(records), kind, points) + records, _header(
        100 + len(index), kind, points
    ) + index


def _header(size: int, kind: int, points: Sequence[Point]) -> bytes:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    box_ = struct.pack("<8d", min(xs), min(ys), max(xs), max(ys), 0, 0, 0, 0)
    return struct.pack(">7i", 9994, 0, 0, 0, 0, 0, size // 2) + struct.pack("<2i", 1000, kind) + box_


def _polygon(rings: Sequence[Ring], kind: int) -> bytes:
    points = [point for ring in rings for point in ring]
    starts = [sum(len(ring) for ring in rings[:index]) for index in range(len(rings))]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    content = struct.pack("<i4d2i", kind, min(xs), min(ys), max(xs), max(ys), len(rings), len(points))
    content += struct.pack(f"<{len(rings)}i", *starts)
    content += b"".join(struct.pack("<2d", *point) for point in points)
    if kind in (15, 25):  # Z or M values: range, then one a point
        content += struct.pack("<2d", 1, 9) + struct.pack(f"<{len(points)}d", *range(len(points)))
    return content


def write_shapefile(
    path: Path,
    shapes: Sequence[Sequence[Ring] | None],
    dbf: Dbf,
    prj_text: str | None = PRJ_4490,
    cpg: str | None = None,
    kind: int = 5,
) -> Path:
    """Write all parts of a shapefile and return the path of the .shp."""
    shp, shx = shp_content(shapes, kind)
    path.with_suffix(".shp").write_bytes(shp)
    path.with_suffix(".shx").write_bytes(shx)
    path.with_suffix(".dbf").write_bytes(dbf.content())
    if prj_text is not None:
        path.with_suffix(".prj").write_text(prj_text, encoding="utf-8")
    if cpg is not None:
        path.with_suffix(".cpg").write_text(cpg, encoding="ascii")
    return path.with_suffix(".shp")


def patch_dbf(rows: int = 1, codec: str = "gbk", **columns: Sequence[str]) -> Dbf:
    """Return a dbf as issued: JCBH 500156SJBG21210001 …, TBLX, XZQDM, XMC, MJ, QSX, HSX; columns override."""
    values: dict[str, Sequence[str]] = {
        "JCBH": [f"500156SJBG2121{row + 1:04}" for row in range(rows)],
        "TBLX": ["20"] * rows,
        "XZQDM": ["500156"] * rows,
        "XMC": ["武隆区"] * rows,
        "QSX": ["20210115"] * rows,
        "HSX": ["20210320"] * rows,
    } | columns
    dbf = Dbf([(name.encode(codec), "C", 40, 0) for name in values])
    for row in zip(*values.values(), strict=True):
        dbf.add(*(value.encode(codec) for value in row))
    return dbf


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return name and content of every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
