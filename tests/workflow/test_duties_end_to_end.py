"""Patches and layers drawn by hand, imported, overlaid and assigned: exact role matrices in the workspace.

Every case is a square of its own; a layer meets it from one fraction of its width to another, so that shares
are plain numbers. What is expected was read from part four of the plan.
"""

from __future__ import annotations

import re
from datetime import date

import geopandas as gpd
import pytest
from shapely.geometry import box

from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.store import duties, patches
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.assign_duties import assign_duties
from weipian_plugin.workflow.create_workspace import create_workspace
from weipian_plugin.workflow.import_base import BaseSource, import_base
from weipian_plugin.workflow.import_patches import PatchSource, import_patches
from weipian_plugin.workflow.run_overlay import run_overlay

QUIET = Progress()
WEST, SOUTH, STEP, SIDE = 107.50, 29.30, 0.003, 0.001
"""A patch is about 97 m by 111 m: 10,764 m², so that 10 m² are 0.000929 of its width."""
HERE, ELSEWHERE = "白马镇", "长坝镇"
GUI, NONG, CHENG, JIAO = "区规划自然资源局", "区农业农村委", "区城市管理局", "区交通局"
HUAN, SHUI, LIN = "区生态环境局", "区水利局", "区林业局"
FIRM = {"建设主体": "企业", "实际用途": "厂房"}
VILLAGER = {"建设主体": "村民", "实际用途": "农村宅基地"}
MINE = {"TBLX": "CK", "建设主体": "企业"}
WIDE, THIN, SLIVER = (0.0, 0.6), (0.5, 0.8), (0.0, 0.0009)
AT_THRESHOLD = (0.0, 0.00094)


def case(state, lead, helpers=(), more=(), issued=FIRM, town=HERE, **layers):
    """Return one case: what is drawn and issued, and the state and duties that the plan gives."""
    expected = {("查处", lead), *(("协办", unit) for unit in helpers), *more}
    if town:
        expected.add(("属地责任", town))
    return {"layers": layers, "issued": issued, "expected": (state, expected)}


GREEN = (("复绿验收", LIN),)
TILL = (("复耕验收", GUI), ("复耕验收", NONG))
CASES = {
    # 四（一）: nobody's range
    "none": case("兜底", GUI),
    # 四（五） to 四（九）: one range each
    "urban": case("唯一", CHENG, urban=WIDE),
    "traffic": case("唯一", JIAO, traffic=WIDE),
    "redline": case("唯一", HUAN, redline=WIDE),
    "river": case("唯一", SHUI, river=WIDE),
    "reserve": case("唯一", LIN, nature_reserve=WIDE),
    "forest": case("唯一", LIN, more=GREEN, forest=WIDE),
    # every pair: the larger leads, nobody decides but a person
    "urban, traffic": case("待会商", CHENG, [JIAO], urban=WIDE, traffic=THIN),
    "urban, redline": case("待会商", HUAN, [CHENG], redline=WIDE, urban=THIN),
    "urban, river": case("待会商", SHUI, [CHENG], river=WIDE, urban=THIN),
    "urban, reserve": case("待会商", CHENG, [LIN], urban=WIDE, nature_reserve=THIN),
    "urban, forest": case("待会商", LIN, [CHENG], GREEN, forest=WIDE, urban=THIN),
    "traffic, redline": case("待会商", JIAO, [HUAN], traffic=WIDE, redline=THIN),
    "traffic, river": case("待会商", SHUI, [JIAO], river=WIDE, traffic=THIN),
    "traffic, reserve": case("待会商", LIN, [JIAO], nature_reserve=WIDE, traffic=THIN),
    "traffic, forest": case("待会商", JIAO, [LIN], GREEN, traffic=WIDE, forest=THIN),
    "redline, river": case("待会商", HUAN, [SHUI], redline=WIDE, river=THIN),
    "redline, reserve": case("待会商", LIN, [HUAN], nature_reserve=WIDE, redline=THIN),
    "redline, forest": case("待会商", HUAN, [LIN], GREEN, redline=WIDE, forest=THIN),
    "river, reserve": case("待会商", SHUI, [LIN], river=WIDE, nature_reserve=THIN),
    "river, forest": case("待会商", LIN, [SHUI], GREEN, forest=WIDE, river=THIN),
    "reserve, forest": case("唯一", LIN, more=GREEN, nature_reserve=WIDE, forest=THIN),
    "side by side": case("待会商", HUAN, [SHUI], redline=(0.0, 0.5), river=(0.6, 1.0)),
    # 边角 on both sides
    "sliver": case("兜底", GUI, river=SLIVER),
    "just no sliver": case("唯一", SHUI, river=AT_THRESHOLD),
    "sliver of forest": case("唯一", CHENG, urban=WIDE, forest=SLIVER),
    # 四（四）: who and what, no layer
    "dwelling": case("唯一", NONG, issued=VILLAGER),
    "dwelling, river": case("待会商", NONG, [SHUI], issued=VILLAGER, river=WIDE),
    "dwelling, forest, reserve": case(
        "待会商", NONG, [LIN], GREEN, issued=VILLAGER, forest=WIDE, nature_reserve=THIN
    ),
    "dwelling of a firm": case("兜底", GUI, issued={"建设主体": "企业", "实际用途": "住宅"}),
    "villager's workshop": case("兜底", GUI, issued={"建设主体": "村民", "实际用途": "厂房"}),
    "who is not known": case("兜底", GUI, issued={"实际用途": "住宅"}),
    "nothing known": case("唯一", SHUI, issued={}, river=WIDE),
    # mining has no clause of its own
    "mine": case("兜底", GUI, issued=MINE),
    "mine, forest": case("唯一", LIN, more=GREEN, issued=MINE, forest=WIDE),
    "mine, redline, river": case("待会商", HUAN, [SHUI], issued=MINE, redline=WIDE, river=THIN),
    "mine of a villager": case("兜底", GUI, issued={"TBLX": "CK", **VILLAGER}),
    # what was taken
    "farmland": case("兜底", GUI, more=TILL, land_class=("0103", (0.0, 1.0)), basic_farmland=(0.0, 1.0)),
    "woodland by class": case("兜底", GUI, more=GREEN, land_class=("0301", (0.0, 1.0))),
    "both": case("唯一", LIN, more=(*GREEN, *TILL), land_class=("0101", (0.0, 1.0)), forest=WIDE),
    # borders
    "border": case("兜底", GUI, [ELSEWHERE], township=(0.7, 1.0)),
    "over the border": case("兜底", GUI, [HERE], town=ELSEWHERE, township=(0.3, 1.0)),
    "sliver over the border": case("兜底", GUI, township=SLIVER),
    "committee": case("兜底", GUI, ["区白管委"], committee=(0.0, 1.0)),
    "committee, border": case(
        "兜底", GUI, [HERE, ELSEWHERE], town="区白管委", township=(0.6, 1.0), committee=(0.0, 1.0)
    ),
    "committee in part": case("唯一", JIAO, ["区白管委"], traffic=WIDE, committee=(0.0, 0.4)),
}
NAMES = {
    Role.TOWNSHIP: {"XZQDM": "500156107", "XZQMC": ELSEWHERE},
    Role.COMMITTEE: {"GWHMC": "白马山旅游度假区管委会"},
    Role.RIVER: {"HDMC": "示例河"},
}
LAYERS = [role for role in Role if role in {Role(name) for item in CASES.values() for name in item["layers"]}]


def number_of(index):
    return f"500156SJBG21{index:06d}"


def square(index, fractions=(0.0, 1.0)):
    west = WEST + STEP * (index % 10)
    south = SOUTH + STEP * (index // 10)
    return box(west + SIDE * fractions[0], south, west + SIDE * fractions[1], south + SIDE)


def drawn(role):
    """Return the features of a layer: what each case says of it, and what fills the rest of the district."""
    rows = []
    for index, item in enumerate(CASES.values()):
        where = item["layers"].get(role.value)
        if where is None:
            continue
        code, fractions = where if role is Role.LAND_CLASS else ("", where)
        names = {"DLBM": code} if role is Role.LAND_CLASS else NAMES.get(role, {"MC": "示例"})
        rows.append({**names, "geometry": square(index, fractions)})
    if role in (Role.TOWNSHIP, Role.LAND_CLASS):
        rest = box(WEST - STEP, SOUTH - STEP, WEST + 11 * STEP, SOUTH + 7 * STEP)
        for row in rows:
            rest = rest.difference(row["geometry"])
        own = {"XZQDM": "500156101", "XZQMC": HERE} if role is Role.TOWNSHIP else {"DLBM": "0601"}
        rows.append({**own, "geometry": rest})
    if role is Role.LAND_CLASS:
        rows = [{**row, "TBMJ": 1.0, "TBDLMJ": 1.0, "KCDLBM": ""} for row in rows]
    return gpd.GeoDataFrame(rows, crs=4490)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("手绘")
    for role in LAYERS:
        drawn(role).to_file(folder / f"{role.value}.gpkg", layer=role.value)
    rows = [
        {
            "JCBH": number_of(index),
            "TBLX": "20",
            "XZMC": HERE,
            **item["issued"],
            "geometry": square(index),
        }
        for index, item in enumerate(CASES.values())
    ]
    gpd.GeoDataFrame(rows, crs=4490).to_file(folder / "下发图斑.gpkg")
    return folder


def assigned(files, name, without=(), layers=None):
    layers = layers or files
    library, work = files / f"{name}底图库.gpkg", files / f"{name}工作库.gpkg"
    for role in LAYERS:
        if role not in without:
            import_base(library, BaseSource(str(layers / f"{role.value}.gpkg"), role, "2021"), QUIET)
    create_workspace(work, 2021, None, "甲")
    source = PatchSource(str(layers / "下发图斑.gpkg"), date(2021, 7, 20), "七月")
    import_patches(work, source, "甲", QUIET)
    run_overlay(work, library, "", "甲", QUIET)
    assign_duties(work, "甲", QUIET)
    return result(work)


def result(path):
    """Return state and duties of every case by its name."""
    work = Workspace.open(path)
    rows = duties.read(work)
    found = {}
    states = patches.read(work, with_geometry=False).set_index("patch_no")["duty_state"]
    for index, name in enumerate(CASES):
        own = rows[rows["patch_no"] == number_of(index)]
        pairs = set(own[["duty", "unit"]].itertuples(index=False, name=None))
        found[name] = (states[number_of(index)], pairs, own)
    return found


@pytest.fixture(scope="module")
def found(files):
    return assigned(files, "全")


@pytest.mark.parametrize("name", CASES)
def test_the_role_matrix(found, name):
    state, rows, own = found[name]
    assert (state, rows) == CASES[name]["expected"]
    assert len(own) == len(rows)
    assert (own["status"] == "建议").all()


def test_shares_are_those_drawn(found):
    own = found["river, forest"][2].set_index(["duty", "unit"])
    assert own.loc[("查处", LIN), "share"] == pytest.approx(0.6, abs=1e-6)
    assert own.loc[("协办", SHUI), "share"] == pytest.approx(0.3, abs=1e-6)
    border = found["over the border"][2].set_index(["duty", "unit"])
    assert border.loc[("属地责任", ELSEWHERE), "share"] == pytest.approx(0.7, abs=1e-6)
    assert border.loc[("协办", HERE), "share"] == pytest.approx(0.3, abs=1e-6)


def test_the_order_of_features_and_patches_changes_nothing(files, found, tmp_path):
    for path in files.glob("*.gpkg"):
        if "库" not in path.stem:
            frame = gpd.read_file(path)
            frame.sample(frac=1, random_state=7).to_file(tmp_path / path.name, layer=path.stem)
    other = assigned(tmp_path, "乱序", layers=tmp_path)
    for name, (state, _, own) in found.items():
        assert other[name][0] == state
        columns = ["duty", "unit", "rule_id", "clause", "reason"]
        assert other[name][2][columns].to_numpy().tolist() == own[columns].to_numpy().tolist()
        assert other[name][2]["area_m2"].to_numpy() == pytest.approx(own["area_m2"].to_numpy(), nan_ok=True)


def test_assigning_and_overlaying_again_changes_nothing(files, found):
    work = files / "全工作库.gpkg"
    before = work.read_bytes()
    assert assign_duties(work, "乙", QUIET).changed == 0
    run_overlay(work, files / "全底图库.gpkg", "", "乙", QUIET)
    assert assign_duties(work, "乙", QUIET).changed == 0
    assert work.read_bytes() == before


@pytest.mark.parametrize("role", [role for role in LAYERS if role is not Role.LAND_CLASS])
def test_without_a_layer_nothing_turns_into_a_no(files, found, role):
    ranges = {Role.URBAN, Role.TRAFFIC, Role.REDLINE, Role.RIVER, Role.NATURE_RESERVE, Role.FOREST}
    less = assigned(files, f"缺{role.value}", {role})
    for name, (state, rows, _) in found.items():
        after_state, after_rows, after = less[name]
        said = " ".join(after["reason"])
        assert sum(duty == "查处" for duty, _ in after_rows) == 1
        assert after_state == ("未评估" if role in ranges else state)
        if role in ranges or role in (Role.TOWNSHIP, Role.COMMITTEE):
            assert re.search(f"{role.label}[^；。，]*未评估", said)
        if role.value not in CASES[name]["layers"] and role is not Role.TOWNSHIP:
            assert after_rows == rows
