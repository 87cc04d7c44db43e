"""Issued patches (卫片图斑): from the ministry's file to clean rows, with every decision and finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.findings import Finding, Severity
from weipian_plugin.domain.frame_columns import PATCH_COLUMNS
from weipian_plugin.domain.patch_type import PatchTypes
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.units import to_mu
from weipian_plugin.intake import patch_columns, patch_numbers
from weipian_plugin.intake.area_unit import UnitChoice, choose_unit
from weipian_plugin.intake.catalogue import finding
from weipian_plugin.intake.context import check_among
from weipian_plugin.intake.decisions import Decisions
from weipian_plugin.intake.fields import alias_table, match_fields, targets
from weipian_plugin.intake.issued_splits import find_splits
from weipian_plugin.intake.options import PatchOptions
from weipian_plugin.intake.pipeline import Expectation, Placed, decided, place
from weipian_plugin.intake.raw_layer import RawLayer
from weipian_plugin.intake.reader import read_raw
from weipian_plugin.intake.source import Source, open_source
from weipian_plugin.intake.values import attributes_json, figures, issued_texts, texts
from weipian_plugin.paths import plan_file

_EXAMPLES = 5


@dataclass(frozen=True)
class PatchIntake:
    """Clean patches (columns as in docs/architecture.md, EPSG:4490), what was found and what was decided."""

    frame: gpd.GeoDataFrame
    findings: tuple[Finding, ...]
    decisions: Decisions
    splits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Issued pieces by the number of the patch, issued with them, in whose place they stand."""


def read_patches(source: str, options: PatchOptions, progress: Progress) -> PatchIntake:
    """Read issued patches from a path; the original is not touched and nothing is written.

    Rows that cannot be taken are named in error findings. Raises WeipianError when the file as a whole
    cannot be used.
    """
    progress.report(0.0, "读取图斑文件")
    with open_source(source, progress.part(0.0, 0.2)) as opened:
        raw = read_raw(opened, options.encoding, choose_layer, progress.part(0.2, 0.5))
        return take_patches(opened, raw, options, progress.part(0.5, 1.0))


def take_patches(source: Source, raw: RawLayer, options: PatchOptions, progress: Progress) -> PatchIntake:
    """Return the patches of a layer as it stands in the file; its geometries are used up."""
    types = PatchTypes.parse(options.patch_types or plan_file("patch_types.yaml").read_text(encoding="utf-8"))
    fields = _match(raw, source, options)
    numbers = patch_numbers.read_numbers(raw.attributes[fields["patch_no"]])
    names = _namer(numbers.texts, raw.fids)
    progress.report(0.1, "检查坐标和图形")
    expected = Expectation(options.crs, options.district, is_patches=True)
    placed = place(raw, expected, names, progress.part(0.1, 0.7))
    progress.report(0.7, "整理属性")
    attributes = attributes_json(raw.attributes)
    selection = patch_numbers.select(numbers, placed, raw.fids, attributes)
    _require_rows(source, len(selection.rows), (*placed.findings, *selection.findings))
    columns = patch_columns.build(raw.attributes, fields, numbers.texts, selection.rows, types, options)
    unit = _unit(raw, fields, placed, numbers.texts, selection.rows, options.area_unit)
    frame = _frame(columns.values, raw, fields, placed, attributes, selection.rows)
    splits = find_splits(frame, frame, progress.check)
    frame = _without(frame, splits.incomplete)
    found = [*raw.findings, *placed.findings, *selection.findings, *columns.findings, *unit.findings]
    found += [*splits.findings, *check_among(frame, splits.children, progress.check)]
    decisions = decided(source, raw, placed, fields, len(frame))
    decisions = replace(decisions, area_unit=unit.unit, area_unit_why=unit.why)
    progress.report(1.0)
    return PatchIntake(frame, tuple(found), decisions, splits.children)


def _without(frame: gpd.GeoDataFrame, left_out: Mapping[str, Iterable[str]]) -> gpd.GeoDataFrame:
    """Return the frame without the pieces that do not cover their patch."""
    pieces = {number for own in left_out.values() for number in own}
    return frame[~frame["patch_no"].isin(pieces)].reset_index(drop=True) if pieces else frame


def _require_rows(source: Source, count: int, findings: tuple[Finding, ...]) -> None:
    """Raise WeipianError, with the reasons, when not one patch is left."""
    if count:
        return
    reasons = "；".join(found.message.rstrip("。") for found in findings if found.severity is Severity.ERROR)
    raise WeipianError(f"{source.original.name} 里没有一个可以导入的图斑：{reasons}。")


def choose_layer(layers: dict[str, list[str]]) -> str:
    """Return the only layer with a patch-number column, '' when there are none or several."""
    wanted = [target for target in targets(alias_table()["patch"]) if target.canonical == "patch_no"]
    fitting = [name for name, fields in layers.items() if match_fields(fields, wanted, lambda _: [])]
    return fitting[0] if len(fitting) == 1 else ""


def _match(raw: RawLayer, source: Source, options: PatchOptions) -> dict[str, str]:
    def samples(name: str) -> list[str]:
        return texts(raw.attributes[name].head(1000))

    wanted = targets(alias_table()["patch"])
    fields = match_fields(raw.attributes.columns, wanted, samples, raw.cut_names, options.fields)
    if "patch_no" not in fields:
        present = "、".join(map(str, raw.attributes.columns)) or "无"
        raise WeipianError(
            f"{source.original.name} 里没有图斑编号字段（如 JCBH、TBBH、监测编号、图斑编号），"
            f"现有字段：{present}；请核对是否选错文件，或把编号字段改成上述名称。"
        )
    return fields


def _namer(numbers: list[str], fids: NDArray[np.int64]) -> Callable[[Iterable[int]], list[str]]:
    def names(rows: Iterable[int]) -> list[str]:
        return [numbers[row] or f"第 {fids[row]} 号要素" for row in rows]

    return names


def _unit(
    raw: RawLayer,
    fields: dict[str, str],
    placed: Placed,
    numbers: list[str],
    rows: NDArray[np.int64],
    wanted: str,
) -> UnitChoice:
    issued = _issued(raw, fields)[rows]
    kept = [numbers[row] for row in rows]
    choice = choose_unit(issued, placed.area_m2[rows], kept, fields.get("area", ""), wanted)
    return replace(choice, findings=(*_unreadable(raw, fields, issued, kept, rows), *choice.findings))


def _unreadable(
    raw: RawLayer,
    fields: dict[str, str],
    issued: NDArray[np.float64],
    kept: list[str],
    rows: NDArray[np.int64],
) -> list[Finding]:
    """Return the finding about areas that are there but no figures."""
    if "area" not in fields:
        return []
    written = issued_texts(raw.attributes[fields["area"]].iloc[rows])
    odd = [i for i, text in enumerate(written) if text and np.isnan(issued[i])]
    examples = "、".join(dict.fromkeys(f"“{written[i]}”" for i in odd[:_EXAMPLES]))
    subjects = [kept[i] for i in odd]
    return [finding("area-unreadable", subjects, field=fields["area"], examples=examples)] if odd else []


def _issued(raw: RawLayer, fields: dict[str, str]) -> NDArray[np.float64]:
    if "area" not in fields:
        return np.full(len(raw.fids), np.nan)
    return figures(raw.attributes[fields["area"]])


def _frame(
    columns: dict[str, list[str]],
    raw: RawLayer,
    fields: dict[str, str],
    placed: Placed,
    attributes: list[str],
    rows: NDArray[np.int64],
) -> gpd.GeoDataFrame:
    area = placed.area_m2[rows]
    data = pd.DataFrame(columns, index=pd.RangeIndex(len(rows)), dtype=object)
    data["area_m2"] = area
    data["area_mu"] = to_mu(area)
    data["issued_area"] = _issued(raw, fields)[rows]
    data["attributes"] = pd.Series([attributes[row] for row in rows], dtype=object)
    data["geom"] = gpd.GeoSeries(placed.geometries[rows], crs="EPSG:4490")
    return gpd.GeoDataFrame(data[[*PATCH_COLUMNS, "geom"]], geometry="geom", crs="EPSG:4490")
