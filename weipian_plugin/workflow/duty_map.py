"""Use case: cut the district into areas with none, one and several spatial claims to 查处."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from weipian_plugin.domain.duties import DutyName
from weipian_plugin.domain.duty_areas import ClaimLayer, DutyArea, disjoint, dissolve, duty_areas, in_degrees
from weipian_plugin.domain.errors import Cancelled, WeipianError
from weipian_plugin.domain.findings import Finding, Severity
from weipian_plugin.domain.geodesy import Geometries, to_plane
from weipian_plugin.domain.layers import LayerEdition
from weipian_plugin.domain.plan import Plan, Rule, RuleKind
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.store import duty_map as store
from weipian_plugin.store.library import Library
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.plans import adopted_plan

THREADS = min(4, os.cpu_count() or 1)
TOLERANCE_M2 = 1.0
"""By how much the areas may miss the district."""
_EVERYWHERE = np.array([[-180.0, -90.0, 180.0, 90.0]])
_BEYOND = "?"
"""Marks, in the id of a layer, the ground that a rule's layer does not cover."""
KINDS = ("无", "一家", "多家")
_M2_PER_KM2 = 1e6


@dataclass(frozen=True)
class DutyMap:
    """What the map of duties shows."""

    district_m2: float
    areas: int
    """Features of the layer."""
    by_kind: Mapping[str, float]
    """m² by how many units claim: 无, 一家, 多家."""
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Towns:
    names: Sequence[str]
    cells: Geometries
    district_m2: float


@dataclass(frozen=True)
class _Claims:
    """The rules that could be mapped, and those that could not."""

    rules: Mapping[str, Rule]
    layers: Sequence[ClaimLayer]
    missing: Sequence[Rule]


def make_duty_map(workspace: Path, library: Path, output: Path, progress: Progress) -> DutyMap:
    """Write the map of duties by the workspace's plan; both GeoPackages are only read.

    Raises WeipianError when there is no township layer or the output cannot be written; nothing is left
    then, or when cancelled.
    """
    store.check_target(output)
    plan = adopted_plan(Workspace.open(workspace))
    base = Library.open(library)
    editions = base.editions()
    progress.report(0, "读取图层")
    towns = _towns(base, editions, plan)
    claims = _claims(base, editions, plan)
    found = _cut(towns, claims, progress.part(0.1, 0.9))
    progress.report(0.9, "写入职责分布图")
    rows = [_area_row(name, area, claims, plan) for name, area in found]
    _require_whole(rows, towns.district_m2)
    combinations = _combinations(rows, towns.district_m2)
    geometries = in_degrees([area for _, area in found])
    progress.check()
    store.write(output, geometries, rows, combinations, _info(plan, editions, towns, claims))
    progress.finish()
    return DutyMap(towns.district_m2, len(rows), _by_kind(rows), tuple(_findings(claims, plan)))


def _towns(base: Library, editions: Mapping[Role, LayerEdition], plan: Plan) -> _Towns:
    if Role.TOWNSHIP not in editions:
        raise WeipianError("底图库里没有乡镇街道图层，无法确定全区范围，请先导入乡镇街道图层。")
    found = base.near(Role.TOWNSHIP, _EVERYWHERE)
    cells = to_plane(shapely.from_wkb(found.wkb))
    if len(cells) == 0:
        raise WeipianError("底图库里的乡镇街道图层没有要素，无法确定全区范围，请重新导入。")
    proper = plan.district.township_names
    pairs = zip(found.label, found.class_code, strict=True)
    names = [proper.get(label) or proper.get(code) or label or code for label, code in pairs]
    return _Towns(names, disjoint(cells), float(shapely.union_all(cells).area))


def _claims(base: Library, editions: Mapping[Role, LayerEdition], plan: Plan) -> _Claims:
    """Return the layer of every spatial 查处 rule; rules without one cannot say no anywhere."""
    rules = [rule for rule in plan.rules_of(RuleKind.SPATIAL) if rule.duty is DutyName.LEAD]
    known = [rule for rule in rules if rule.layer in editions]
    layers = []
    for rule in known:
        layers.append(ClaimLayer.of(rule.id, _features(base, rule)))
        limit = editions[rule.layer].coverage if rule.layer else ""
        if limit:
            layers.append(ClaimLayer.of(rule.id + _BEYOND, _outside(limit)))
    missing = [rule for rule in rules if rule.layer not in editions]
    return _Claims({rule.id: rule for rule in known}, layers, missing)


def _features(base: Library, rule: Rule) -> Geometries:
    """Return the features under which a rule claims, in the compute plane."""
    found = base.near(rule.layer or Role.LAND_CLASS, _EVERYWHERE)
    geometries = shapely.from_wkb(found.wkb)
    if rule.only:
        pairs = zip(found.label, found.class_code, strict=True)
        geometries = geometries[[rule.only.accepts(label, code) for label, code in pairs]]
    return to_plane(geometries)


def _outside(coverage: str) -> Geometries:
    """Return the world around a layer's coverage (WKT in degrees), in the compute plane."""
    covered = to_plane(np.array([shapely.from_wkt(coverage)], dtype=object))[0]
    west, south, east, north = covered.bounds
    margin = 1e6
    around = shapely.box(west - margin, south - margin, east + margin, north + margin)
    return np.array([shapely.difference(around, covered)], dtype=object)


def _cut(towns: _Towns, claims: _Claims, progress: Progress) -> list[tuple[str, DutyArea]]:
    """Return the areas township by township, cut in several threads."""
    stop: list[BaseException] = []

    def check() -> None:
        if stop or progress.is_cancelled():
            raise Cancelled

    def cut(cell: shapely.Geometry) -> list[DutyArea]:
        return dissolve(duty_areas(cell, claims.layers, check), check)

    with ThreadPoolExecutor(THREADS) as pool:
        jobs = [pool.submit(cut, cell) for cell in towns.cells]
        try:
            _follow(jobs, progress)
        except BaseException as error:
            stop.append(error)
            raise
    return [(name, area) for name, job in zip(towns.names, jobs, strict=True) for area in job.result()]


def _follow(jobs: Sequence[Future[list[DutyArea]]], progress: Progress) -> None:
    pending = set(jobs)
    while pending:
        done, pending = wait(pending, timeout=0.2, return_when=FIRST_EXCEPTION)
        for job in done:
            job.result()
        progress.report(1 - len(pending) / len(jobs), "按乡镇切分")


def _area_row(town: str, area: DutyArea, claims: _Claims, plan: Plan) -> tuple[Any, ...]:
    rules = [claims.rules[name] for name in area.rules if name in claims.rules]
    beyond = [claims.rules[name.removesuffix(_BEYOND)] for name in area.rules if name not in claims.rules]
    units = list(dict.fromkeys(plan.unit_name(rule.unit) for rule in rules))
    return (
        town,
        len(units),
        KINDS[min(len(units), 2)],
        "、".join(units),
        "+".join(rule.id for rule in rules),
        "、".join(dict.fromkeys(rule.clause for rule in rules)),
        "、".join(dict.fromkeys(rule.layer.label for rule in rules if rule.layer)),
        "、".join(_labels([*claims.missing, *beyond])),
        area.area_m2,
        area.area_m2 / _M2_PER_KM2,
    )


def _labels(rules: Sequence[Rule]) -> Iterator[str]:
    yield from dict.fromkeys(rule.layer.label for rule in rules if rule.layer)


def _require_whole(rows: Sequence[tuple[Any, ...]], district_m2: float) -> None:
    missed = sum(row[8] for row in rows) - district_m2
    if abs(missed) > TOLERANCE_M2:
        raise WeipianError(
            f"各部分面积之和与全区面积相差{missed:.2f}平方米，职责分布图没有写出；请检查图层图形后重新导入。"
        )


def _combinations(rows: Sequence[tuple[Any, ...]], district_m2: float) -> list[tuple[Any, ...]]:
    """Return one row a combination of rules: fewest claims first, then the largest area."""
    sums: defaultdict[tuple[Any, ...], float] = defaultdict(float)
    for row in rows:
        sums[row[1:8]] += row[8]
    order = sorted(sums, key=lambda key: (key[0], -sums[key]))
    return [(*key, sums[key], sums[key] / _M2_PER_KM2, sums[key] / district_m2) for key in order]


def _by_kind(rows: Sequence[tuple[Any, ...]]) -> Mapping[str, float]:
    return {kind: sum(row[8] for row in rows if row[2] == kind) for kind in KINDS}


def _info(
    plan: Plan, editions: Mapping[Role, LayerEdition], towns: _Towns, claims: _Claims
) -> Mapping[str, str]:
    used = dict.fromkeys([Role.TOWNSHIP, *(rule.layer for rule in claims.rules.values() if rule.layer)])
    return {
        "方案": f"{plan.title}（{plan.number}）",
        "方案文件版本": plan.version,
        "全区面积（平方米）": f"{towns.district_m2:.2f}",
        "图层版本": "；".join(f"{role.label}：{editions[role].edition}" for role in used),
        "未评估的图层": "、".join(_labels(claims.missing)) or "无",
        "制作日期": date.today().isoformat(),
        "说明": "只看空间规则；按事实（如农村村民建住宅）确定的职责不在图上。面积为CGCS2000椭球面积。",
    }


def _findings(claims: _Claims, plan: Plan) -> Iterator[Finding]:
    for rule in claims.missing:
        label = rule.layer.label if rule.layer else ""
        yield Finding(
            "duty-map-layer-missing",
            Severity.WARNING,
            f"底图库没有{label}图层，{plan.unit_name(rule.unit)}（{rule.clause}）的范围没有画出，不等于没有。",
            "取得图层后导入底图库，再做一次。",
        )
