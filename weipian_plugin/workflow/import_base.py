"""Use case: bring a base layer into the library."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import geopandas as gpd
import shapely

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.findings import Finding
from weipian_plugin.domain.layers import LayerEdition
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.giving_way import free_column_by_column
from weipian_plugin.intake.base_layer import LayerIntake, read_base_layer
from weipian_plugin.intake.options import LayerOptions
from weipian_plugin.intake.report import write_report
from weipian_plugin.store.library import Library
from weipian_plugin.workflow.district import expected_district
from weipian_plugin.workflow.places import require_place
from weipian_plugin.workflow.reports import DRY, kept_if_done, report_path


@dataclass(frozen=True)
class BaseSource:
    """A base layer to import, as the clerk described it; '' where left open."""

    path: str
    """File path, `|layername=` allowed."""
    role: Role | None
    """None: to be told from the layer's name and fields."""
    edition: str
    encoding: str = ""
    crs: str = ""
    plan: Path | None = None
    """Plan file whose district the layer should lie in; None for the library's townships or the default."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Canonical name -> name in the file, '' for none; the others are found by their names."""


@dataclass(frozen=True)
class BaseImport:
    """What an import of a base layer brought, or would bring."""

    role: Role
    features: int
    findings: tuple[Finding, ...]
    report: Path
    scores: str
    """How far name and fields speak for which role, in words."""


def import_base(library: Path, source: BaseSource, progress: Progress, dry_run: bool = False) -> BaseImport:
    """Read, clean and store a base layer; the library is made if absent.

    A dry run does all of it but store: only the report is written. Raises WeipianError when the layer
    cannot be taken; the library then stays as it was.
    """
    if not source.edition:
        raise WeipianError("没有填写图层的版本，请填写，例如 2020年度变更调查。")
    is_new = not library.exists()
    require_place(library, "底图库") if is_new else Library.open(library)
    intake = read_base_layer(source.path, source.role, layer_options(library, source), progress.part(0, 0.6))
    report = report_path(library, f"{intake.role.label}_{source.edition}{DRY if dry_run else ''}")
    with kept_if_done(report), _removed_if_empty(library, is_new and not dry_run):
        _write_report(report, library, source, intake, dry_run)
        if dry_run:
            progress.check()
        else:
            edition = _edition(source, intake)
            Library.open_or_create(library).replace_layer(edition, intake.frame, progress.part(0.6, 1))
    progress.finish()
    taken, scores = len(intake.frame), intake.proposal.text()
    free_column_by_column(intake.frame)
    return BaseImport(intake.role, taken, intake.findings, report, scores)


def layer_options(library: Path, source: BaseSource) -> LayerOptions:
    """Return how to read a layer for a library, which need not exist yet."""
    district = expected_district(library, source.plan)
    return LayerOptions(source.encoding, source.crs, district, fields=source.fields)


def _write_report(
    report: Path, library: Path, source: BaseSource, intake: LayerIntake, dry_run: bool
) -> None:
    how = "按图层名和字段判断" if source.role is None else "由导入人选定"
    facts = {
        "图层种类": f"{intake.role.label}（{how}；得分：{intake.proposal.text()}）",
        "版本": source.edition,
        "底图库": library,
    }
    title = f"底图导入报告：{intake.role.label}（{source.edition}）"
    write_report(report, title, intake.decisions, intake.findings, facts, dry_run)


@contextmanager
def _removed_if_empty(library: Path, is_new: bool) -> Iterator[None]:
    """Remove a new library again when the block does not end well, unless another program has filled it."""
    try:
        yield
    except BaseException:
        with suppress(WeipianError, OSError):
            if is_new and library.exists() and not Library.open(library).editions():
                library.unlink()
        raise


def _edition(source: BaseSource, intake: LayerIntake) -> LayerEdition:
    return LayerEdition(
        intake.role,
        source.edition,
        intake.decisions.path,
        intake.decisions.sha256,
        len(intake.frame),
        _coverage(intake.role, intake.frame),
        datetime.now().astimezone().isoformat(timespec="seconds"),
        json.dumps(dict(intake.decisions.fields), ensure_ascii=False),
        json.dumps([finding.as_dict() for finding in intake.findings], ensure_ascii=False),
    )


def _coverage(role: Role, frame: gpd.GeoDataFrame) -> str:
    """Return as WKT what the delivery covers, for the layers that are drawn without gaps; else ''."""
    if frame.empty:
        return ""
    if role is Role.TOWNSHIP:
        return shapely.to_wkt(shapely.union_all(frame.geometry.to_numpy()), rounding_precision=-1)
    if role is Role.LAND_CLASS:
        return shapely.to_wkt(shapely.box(*frame.total_bounds), rounding_precision=-1)
    return ""
