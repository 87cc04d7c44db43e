"""Base layers: from the bureau's file to clean rows with canonical columns, decisions and findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.findings import Finding
from weipian_plugin.domain.frame_columns import LAYER_COLUMNS
from weipian_plugin.domain.land_class import LandClasses
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.giving_way import with_breaths
from weipian_plugin.intake import land_class_columns
from weipian_plugin.intake.catalogue import finding
from weipian_plugin.intake.decisions import Decisions
from weipian_plugin.intake.fields import alias_table, match_fields, targets
from weipian_plugin.intake.options import LayerOptions
from weipian_plugin.intake.pipeline import Expectation, Placed, decided, place
from weipian_plugin.intake.raw_layer import RawLayer
from weipian_plugin.intake.reader import Chooser, read_raw
from weipian_plugin.intake.role_guess import RoleProposal, propose_role
from weipian_plugin.intake.source import Source, open_source
from weipian_plugin.intake.topology import check_coverage
from weipian_plugin.intake.values import code_text, texts
from weipian_plugin.paths import plan_file

_TOWN_CODE = 9
_DOUBT = 20
"""Points by which another role must lead before the chosen one is doubted."""


@dataclass(frozen=True)
class LayerIntake:
    """A clean base layer (columns as in docs/architecture.md, EPSG:4490), findings and decisions."""

    frame: gpd.GeoDataFrame
    findings: tuple[Finding, ...]
    decisions: Decisions
    proposal: RoleProposal
    role: Role
    """As asked for, else as name and fields tell."""


def read_base_layer(source: str, role: Role | None, options: LayerOptions, progress: Progress) -> LayerIntake:
    """Read a base layer from a path for the role; the original is not touched and nothing is written.

    Without a role, it is told from the layer's name and fields. Features that cannot be taken are named in
    error findings. Raises WeipianError when the file as a whole cannot be used, or its role is not clear.
    """
    progress.report(0.0, f"读取{role.label if role else '底图'}")
    with open_source(source, progress.part(0.0, 0.1)) as opened:
        raw = read_raw(opened, options.encoding, layer_chooser(role), progress.part(0.1, 0.4))
        return take_layer(opened, raw, role, options, progress.part(0.4, 1.0))


def take_layer(
    source: Source, raw: RawLayer, wanted: Role | None, options: LayerOptions, progress: Progress
) -> LayerIntake:
    """Return the base layer of a layer as it stands in the file, which is used up."""
    proposal = role_of(source, raw.layer, raw.attributes.columns)
    role = wanted or _clear_role(proposal, source)

    def names(rows: object) -> list[str]:
        return [str(raw.fids[row]) for row in rows]  # type: ignore[attr-defined]

    expected = Expectation(options.crs, options.district, is_patches=False)
    placed = place(raw, expected, names, progress.part(0.0, 0.7))
    rows = np.flatnonzero(placed.usable)
    if not len(rows):
        raise WeipianError(f"{source.original.name} 里没有一个可用的面，没有导入。")
    progress.report(0.7, "整理属性")
    fields = _match(raw, role, source, options)
    columns, found = _columns(raw, role, fields, rows, placed, options)
    frame = _frame(columns, raw, placed, rows)
    if role is Role.LAND_CLASS:
        progress.report(0.8, "检查自身重叠和空隙")
        found += check_coverage(placed.geometries[rows], raw.fids[rows], progress.part(0.8, 1.0))
    progress.report(1.0)
    findings = (*raw.findings, *_role_findings(role, proposal), *placed.findings, *found)
    decisions = decided(source, raw, placed, fields, len(frame))
    return LayerIntake(frame, findings, decisions, proposal, role)


def role_of(source: Source, layer: str, fields: Iterable[str]) -> RoleProposal:
    """Return what name and fields say; the file's name counts where the layer's own does not settle it."""
    fields = list(fields)
    by_layer = propose_role((layer,), fields)
    if by_layer.is_clear:
        return by_layer
    return propose_role((source.original.stem, source.name, layer), fields)


def _clear_role(proposal: RoleProposal, source: Source) -> Role:
    if proposal.role is not None and proposal.is_clear:
        return proposal.role
    raise WeipianError(
        f"从图层名和字段看不准 {source.original.name} 是哪一种底图（{proposal.text()}），"
        "请用“图层种类”（ROLE）指定。"
    )


def layer_chooser(role: Role | None) -> Chooser:
    """Return what picks the layer of a role, or any layer whose role is clear, among several."""

    def is_meant(name: str, fields: list[str]) -> bool:
        proposal = propose_role((name,), fields)
        return proposal.is_clear if role is None else proposal.role is role

    def choose(layers: dict[str, list[str]]) -> str:
        fitting = [name for name, fields in layers.items() if is_meant(name, fields)]
        return fitting[0] if len(fitting) == 1 else ""

    return choose


def _match(raw: RawLayer, role: Role, source: Source, options: LayerOptions) -> dict[str, str]:
    def samples(name: str) -> list[str]:
        return texts(raw.attributes[name].head(1000))

    wanted = targets(alias_table()[role.value])
    fields = match_fields(raw.attributes.columns, wanted, samples, raw.cut_names, options.fields)
    if role is Role.LAND_CLASS and "class_code" not in fields:
        present = "、".join(map(str, raw.attributes.columns)) or "无"
        raise WeipianError(
            f"{source.original.name} 里没有地类编码字段（DLBM），不能作地类图斑；现有字段：{present}。"
        )
    return fields


def _role_findings(role: Role, proposal: RoleProposal) -> list[Finding]:
    other, own = proposal.role, proposal.scores[role]
    if other is None or other is role or proposal.scores[other] - own < _DOUBT:
        return []
    score = proposal.scores[other]
    return [finding("role-doubtful", proposed=other.label, score=score, role=role.label, own=own)]


def _columns(
    raw: RawLayer,
    role: Role,
    fields: dict[str, str],
    rows: NDArray[np.int64],
    placed: Placed,
    options: LayerOptions,
) -> tuple[pd.DataFrame, list[Finding]]:
    """Return label, class_code and parcel areas for the rows."""
    if role is Role.LAND_CLASS:
        text = options.land_classes or plan_file("land_classes.yaml").read_text(encoding="utf-8")
        own = raw.attributes[list(dict.fromkeys(fields.values()))].iloc[rows]
        return land_class_columns.build(
            own, fields, raw.fids[rows], placed.area_m2[rows], LandClasses.parse(text)
        )
    columns = pd.DataFrame(
        {name: _texts(raw, fields, name, rows) for name in ("label", "class_code")},
        index=pd.RangeIndex(len(rows)),
    )
    found = [] if "label" in fields else [finding("label-missing")]
    if role is Role.TOWNSHIP:
        columns["class_code"] = [code_text(code)[:_TOWN_CODE] for code in columns["class_code"]]
        found += [] if "class_code" in fields else [finding("township-code-missing")]
    return _without_parcels(columns), found


def _texts(raw: RawLayer, fields: dict[str, str], name: str, rows: NDArray[np.int64]) -> NDArray[np.object_]:
    if name not in fields:
        return np.full(len(rows), "", dtype=object)
    return np.array([*texts(raw.attributes[fields[name]].iloc[rows]), None], dtype=object)[:-1]


def _without_parcels(columns: pd.DataFrame) -> pd.DataFrame:
    return columns.assign(parcel_area_m2=np.nan, net_parcel_area_m2=np.nan, deducted_class="")


def _frame(columns: pd.DataFrame, raw: RawLayer, placed: Placed, rows: NDArray[np.int64]) -> gpd.GeoDataFrame:
    """Return the whole table. Column by column: moved as one, it would keep the window waiting."""
    made = {"source_fid": raw.fids[rows], "geom_area_m2": placed.area_m2[rows], **columns}
    data = {name: made[name] for name in LAYER_COLUMNS}
    names = _free_names(list(raw.attributes.columns))
    for name, free in with_breaths(names.items(), len(rows)):
        data[free] = raw.attributes.pop(name).to_numpy()[rows]
    data["geom"] = gpd.array.from_shapely(placed.geometries[rows], crs="EPSG:4490")
    return gpd.GeoDataFrame(data, geometry="geom", copy=False)


def _free_names(names: list[str]) -> dict[str, str]:
    """Return new names for source columns that would clash (case does not count in a database)."""
    taken = {name.upper() for name in (*LAYER_COLUMNS, "geom", "geometry", "fid")}
    renamed = {}
    for name in map(str, names):
        free = name
        while free.upper() in taken:
            free += "_"
        taken.add(free.upper())
        renamed[name] = free
    return renamed
