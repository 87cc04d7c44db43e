"""A workspace with as many patches as one likes, each with its overlay, duties and casework; all invented."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from weipian_plugin.domain.duties import DutyName, DutyState
from weipian_plugin.domain.geodesy import official_area
from weipian_plugin.domain.overlay.frames import AREA_COLUMNS, HIT_COLUMNS
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.rectification import Entry
from weipian_plugin.domain.roles import Role
from weipian_plugin.domain.units import to_mu
from weipian_plugin.paths import plan_file
from weipian_plugin.store import batches, determinations, duties, extensions, overlays, rectifications, stages
from weipian_plugin.store.extensions import Extension
from weipian_plugin.store.stages import Move
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.plans import adopted_plan
from weipian_plugin.workflow.split import split_patch

YEAR = 2021
SPLITS_A_MONTH = 10
_CLASSES = ("0101", "0103", "0201", "0301", "0404", "0702", "1006", "1104", "1202")
_CATEGORIES = {
    "合法": ("当年审批", "往年审批", "其他合法用地"),
    "违法": ("未报即用", "边报边用", "擅自改变用途"),
    "其他": ("临时用地", "设施农用地", "实地伪变化"),
}
_LEADS = (
    "区规划自然资源局",
    "区林业局",
    "区生态环境局",
    "区水利局",
    "区交通局",
    "区城市管理局",
    "区农业农村委",
)
_WAY = (("判定", "甲", 9), ("复核", "乙", 2), ("审定", "丙", 1), ("上报", "丁", 1), ("审核结束", "市局", 20))
_ISSUED = dict.fromkeys(
    "XZQDM XMC TBLX TZ QSX HSX DDTC BZ DLBM DLMC TBXHDM ZZSXDM CZCSXM QSXZ SFYN SFHX".split(), "示例数据"
)
_QUIET = Progress()

Chance = np.random.Generator
Numbers = Sequence[str]


def fill(path: Path, count: int) -> None:
    """Make the workspace: a batch a month; of the earlier ones most patches are judged and reported."""
    text = plan_file("wulong_2021.yaml").read_text(encoding="utf-8")
    work = Workspace.create(path, YEAR, "wulong_2021.yaml", text, "示例")
    towns = sorted(set(adopted_plan(work).district.township_names.values()))
    chance = np.random.default_rng(1)
    for month, part in enumerate(np.array_split(np.arange(count), 12), start=1):
        received = date(YEAR, month, 5)
        frame = _patches(part, towns, chance)
        _issue(work, frame, received, chance)
        _split(work, frame.iloc[:SPLITS_A_MONTH], received + timedelta(days=30))
        _work_on(work, list(frame["patch_no"].iloc[SPLITS_A_MONTH:]), received, chance)


def _patches(part: NDArray[np.int64], towns: Sequence[str], chance: Chance) -> gpd.GeoDataFrame:
    """Return rounds of some mu with 40 vertices on a grid, as intake makes them."""
    radius = np.sqrt(chance.lognormal(0.6, 0.9, len(part)) * 2000 / 3 / np.pi) / 100_000
    centres = shapely.points(107.3 + part % 400 * 0.002, 29.05 + part // 400 * 0.002)
    shapes = shapely.multipolygons(shapely.buffer(centres, radius, quad_segs=10).reshape(-1, 1))
    area = official_area(shapes)
    frame = pd.DataFrame({"patch_no": [f"500156SJBG{number:08d}" for number in part]}).assign(
        parent_no="",
        kind=np.where(chance.random(len(part)) < 0.03, "矿产", "土地"),
        county_code="500156",
        town_code="",
        town_name=chance.choice(np.array(towns, dtype=object), len(part)),
        patch_type="20",
        date_before="2021-03",
        date_after="2021-06-15",
        area_m2=area,
        area_mu=to_mu(area),
        issued_area=np.round(to_mu(area), 2),
        attributes=json.dumps(_ISSUED, ensure_ascii=False),
    )
    return gpd.GeoDataFrame(frame.assign(geom=shapes), geometry="geom", crs=4490)


def _issue(work: Workspace, frame: gpd.GeoDataFrame, received: date, chance: Chance) -> None:
    """Import the patches, with their overlay and the duties that the plan would propose."""
    batch = {
        "name": f"{received:%Y-%m}",
        "source_file": "示例.shp",
        "source_sha256": f"{received.month:02d}" * 32,
        "received_on": received.isoformat(),
        "due_on": (received + timedelta(days=15)).isoformat(),
        "crs": "EPSG:4490",
        "encoding": "UTF-8",
        "area_unit": "亩",
    }
    with work.writing("示例", "导入图斑") as change:
        batches.add(change, batch, frame, [])
        overlays.replace(change, _areas(frame, chance), pd.DataFrame(columns=list(HIT_COLUMNS)))
        states = dict.fromkeys(frame["patch_no"], DutyState.UNIQUE.value)
        duties.replace_proposals(change, _duties(frame, chance), states)


def _areas(frame: gpd.GeoDataFrame, chance: Chance) -> pd.DataFrame:
    """Return two to five land classes a patch, and a row for every other role, one in six of them 命中."""
    rows: list[tuple[Any, ...]] = []
    for number, area in zip(frame["patch_no"], frame["area_m2"], strict=True):
        codes = chance.choice(_CLASSES, chance.integers(2, 6), replace=False)
        for code, part in zip(codes, chance.dirichlet(np.ones(len(codes))) * area, strict=True):
            net = part * (0.85 if code == "0103" else 1.0)
            rows.append(_area_row(number, Role.LAND_CLASS, code, part, net, area))
        for role, met in zip(Role.__members__.values(), chance.random(len(Role)), strict=True):
            if role is not Role.LAND_CLASS:
                rows.append(_area_row(number, role, "", met * 3 * area if met < 1 / 6 else 0.0, None, area))
    return pd.DataFrame(rows, columns=list(AREA_COLUMNS))


def _area_row(
    number: str, role: Role, code: str, area: float, net: float | None, whole: float
) -> tuple[Any, ...]:
    status = "命中" if area else "未命中"
    net_mu = None if net is None else to_mu(net)
    return number, role.value, code, code, status, area, to_mu(area), net, net_mu, area / whole, "2021年"


def _duties(frame: gpd.GeoDataFrame, chance: Chance) -> pd.DataFrame:
    leads = chance.choice(_LEADS, len(frame))
    parts = [
        frame[["patch_no"]].assign(duty=duty.value, unit=unit)
        for duty, unit in (
            (DutyName.LEAD, leads),
            (DutyName.TERRITORY, frame["town_name"]),
            (DutyName.ASSIST, np.roll(leads, 1)),
        )
    ]
    reason = "依据方案四（二），图斑位于辖区内（示例数据）。"
    rows = pd.concat(parts).assign(
        rule_id="示例", clause="四（二）", reason=reason, area_m2=1.0, share=1.0, plan_version="1"
    )
    return rows[list(duties.PROPOSAL_COLUMNS)].sort_values("patch_no", kind="stable")


def _split(work: Workspace, frame: gpd.GeoDataFrame, day: date) -> None:
    """Cut patches through their middle, from south to north."""
    for number, shape in zip(frame["patch_no"], frame.geometry, strict=True):
        west, south, east, north = shape.bounds
        middle = (west + east) / 2
        line = shapely.LineString([(middle, south - 0.001), (middle, north + 0.001)])
        split_patch(work.path, number, np.array([line], dtype=object), "示例", _QUIET, day)


def _work_on(work: Workspace, numbers: Numbers, received: date, chance: Chance) -> None:
    """Judge, review, report; put half of the illegal ones right; grant some more days."""
    done = np.clip(chance.normal(6.0 - received.month / 3, 1.5, len(numbers)), 0, 5).astype(int)
    results = dict(
        zip(numbers, chance.choice(list(_CATEGORIES), len(numbers), p=(0.5, 0.2, 0.3)), strict=True)
    )
    with work.writing("示例", "办理") as change:
        day = received
        for position, (step, person, later) in enumerate(_WAY):
            moved = [number for number, reached in zip(numbers, done, strict=True) if reached > position]
            day += timedelta(days=later)
            if step == "判定":
                judged = [_judgement(number, results[number], day, chance) for number in moved]
                determinations.insert(change, judged)
            transition = next(t for t in stages.transitions_of(change.connection).listed if t.step == step)
            stages.take(change, [Move(number, transition, person, day.isoformat()) for number in moved])
        for number in _some(numbers, 50):
            extensions.insert(change, [Extension(number, 5, "洪水", "乙", received.isoformat())])
    _rectify(work, [n for n, reached in zip(numbers, done, strict=True) if reached and results[n] == "违法"])


def _judgement(number: str, result: str, day: date, chance: Chance) -> dict[str, Any]:
    return {
        "patch_no": number,
        "result": result,
        "category": str(chance.choice(_CATEGORIES[result])),
        "basis": "现场核查（示例数据）",
        "document_no": "",
        "decided_by": "甲",
        "decided_on": day.isoformat(),
    }


def _rectify(work: Workspace, illegal: Numbers) -> None:
    """Record two remedies and the acceptance on every second illegal patch, a hundred at a time."""
    numbers = _some(illegal, 2)
    with work.reading() as connection:
        area_of = dict(connection.execute("SELECT patch_no, area_mu FROM patch"))
    for start in range(0, len(numbers), 100):
        with work.writing("示例", "记录查处整改") as change:
            for number in numbers[start : start + 100]:
                for entry in _entries(round(area_of[number], 2)):
                    rectifications.insert(change, number, entry, "甲")


def _entries(area: float) -> list[Entry]:
    half = round(area / 2, 2)
    lead, day = "区规划自然资源局", f"{YEAR}-12-10"
    measures = (("拆除", half), ("补办", round(area - half, 2)), ("整改验收", area))
    return [Entry(measure, mu, None, "示例〔2021〕1号", day, lead) for measure, mu in measures if mu > 0]


def _some(numbers: Numbers, step: int) -> Numbers:
    return numbers[::step]
