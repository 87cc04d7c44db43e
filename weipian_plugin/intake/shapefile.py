"""Reading a shapefile: geometry by GDAL, attributes from the raw bytes of the dbf."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake.dbf import open_dbf
from weipian_plugin.intake.dbf_encoding import Labels
from weipian_plugin.intake.dbf_text import read_table
from weipian_plugin.intake.raw_layer import RawLayer
from weipian_plugin.intake.shapefile_parts import find_parts, prj_text, record_count
from weipian_plugin.intake.source import Source
from weipian_plugin.intake.vector_file import read_geometry

_CPG_LENGTH = 40


def read_shapefile(source: Source, encoding: str, progress: Progress) -> RawLayer:
    """Return the shapefile with its text decoded as its bytes demand, or as `encoding` lays down."""
    parts = find_parts(source.data)
    table = open_dbf(parts[".dbf"])
    shapes = record_count(parts[".shx"])
    if len(table.records) != shapes:
        raise WeipianError(
            f"{source.original.name} 有 {shapes} 个图形，属性表却有 {len(table.records)} 行，"
            "不是同一套文件，请向提供单位索取完整的一套。"
        )
    geometry = read_geometry(source, "", progress.part(0.0, 0.7))
    decoded = read_table(table, geometry.fids, Labels(_cpg(parts), table.language_byte), encoding)
    progress.report(1.0)
    return replace(
        geometry,
        attributes=decoded.frame,
        encoding=decoded.encoding.label,
        encoding_why=decoded.encoding.why,
        crs_wkt=_prj(parts) or geometry.crs_wkt,
        cut_names=True,
        findings=decoded.findings,
    )


def _prj(parts: dict[str, Path]) -> str:
    """Return the text of the .prj; GDAL would drop what it cannot make sense of."""
    return prj_text(parts[".prj"]) if ".prj" in parts else ""


def _cpg(parts: dict[str, Path]) -> str:
    if ".cpg" not in parts:
        return ""
    return parts[".cpg"].read_bytes()[:_CPG_LENGTH].decode("ascii", errors="replace").strip()
