"""Children of a split patch through everything: overlay, duties, determinations, workbook and back."""

from __future__ import annotations

import numpy as np
import openpyxl
import pytest
import shapely
from casework_samples import QUIET
from decision_samples import write_table
from feedback_samples import feed, latest
from hand_district import PATCHES, make_library, make_workspace, write_layers, write_patches
from test_feedback_round_trip import put

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store import determinations, duties, overlays, patches, stages
from weipian_plugin.store.patches import View
from weipian_plugin.store.verification import verify
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.advance import StepSource, advance
from weipian_plugin.workflow.assign_duties import assign_duties
from weipian_plugin.workflow.determine import determine
from weipian_plugin.workflow.dispatch import dispatch
from weipian_plugin.workflow.export_city import export_city
from weipian_plugin.workflow.row_outcomes import TableSource
from weipian_plugin.workflow.run_overlay import run_overlay
from weipian_plugin.workflow.split import split_patch, unsplit_patch

PARENT, *OTHERS = PATCHES
WEST, EAST = f"{PARENT}_1", f"{PARENT}_2"
HEAD = ["图斑编号", "判定结果", "类别", "判定依据", "文号"]
CUT = np.array([shapely.LineString([(107.565, 29.40), (107.566, 29.44)])], dtype=object)


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    """A patch over two rivers and two land classes, overlaid, then cut from north to south."""
    folder = tmp_path_factory.mktemp("拆分（全程）")
    layers = write_layers(folder)
    library = make_library(folder, layers)
    path = make_workspace(folder, write_patches(folder))
    run_overlay(path, library, "", "甲", QUIET)
    assign_duties(path, "甲", QUIET)
    split_patch(path, PARENT, CUT, "乙", QUIET)
    run_overlay(path, library, "", "甲", QUIET)
    assign_duties(path, "甲", QUIET)
    return path


@pytest.fixture
def work(district, tmp_path):
    path = tmp_path / "工作库.gpkg"
    path.write_bytes(district.read_bytes())
    return Workspace.open(path)


def judged(work, tmp_path, *rows, by="丙"):
    table = write_table(tmp_path / "判定.xlsx", HEAD, *rows)
    return determine(work.path, TableSource(table, by, tmp_path / "判定.html"), "甲", QUIET)


def step(work, tmp_path, name, by):
    return advance(work.path, StepSource(name, by, tmp_path / f"{name}.html", batch="七月"), "甲", QUIET)


def test_each_child_has_an_overlay_of_its_own_and_they_make_up_the_parent(work):
    frame = overlays.read_areas(work)
    own = {number: frame[frame["patch_no"] == number] for number in (PARENT, WEST, EAST)}
    for role in ("land_class", "redline", "river", "township"):
        for figure in ("area_m2", "net_area_m2"):
            whole, *parts = (
                own[number].loc[own[number]["role"] == role, figure].sum() for number in (PARENT, WEST, EAST)
            )
            assert sum(parts) == pytest.approx(whole, rel=1e-9, abs=1e-6), (role, figure)
    assert all(set(part["role"]) == set(own[PARENT]["role"]) for part in own.values())


def test_each_child_has_duties_of_its_own(work):
    views = {view: set(patches.read(work, view=view)["patch_no"]) for view in (View.ISSUED, View.VERIFIED)}
    assert views == {View.ISSUED: {PARENT, *OTHERS}, View.VERIFIED: {WEST, EAST, *OTHERS}}
    held = duties.read(work)
    leads = held[held["duty"] == "查处"].groupby("patch_no").size()
    assert leads[[WEST, EAST, *OTHERS]].tolist() == [1] * 6
    # Of the parent stays what was proposed before the split.
    before = held.loc[held["patch_no"] == PARENT, "area_m2"].dropna()
    children = held.loc[held["patch_no"].isin([WEST, EAST]), "area_m2"].dropna()
    assert before.max() > children.max()


def test_children_are_judged_each_on_its_own_and_never_their_parent(work, tmp_path):
    run = judged(
        work,
        tmp_path,
        [PARENT, "违法", "未报即用", "现场", ""],
        [WEST, "违法", "未报即用", "现场已建", ""],
        [EAST, "其他", "实地伪变化", "没有变化", ""],
    )
    assert [outcome.recorded for outcome in run.outcomes] == [False, True, True]
    assert run.outcomes[0].said == "图斑已拆分，请对各子图斑分别判定。"
    found = determinations.read(work).set_index("patch_no")["result"].to_dict()
    assert found == {WEST: "违法", EAST: "其他"}
    assert step(work, tmp_path, "复核", "丁").advanced == 2
    with pytest.raises(WeipianError, match=f"子图斑“{WEST}”上已有办理记录"):
        unsplit_patch(work.path, PARENT, "乙", QUIET)
    assert verify(work).ok


def reported(work, tmp_path):
    """Take both children to 已上报 and write the workbook that goes with them."""
    rows = ([WEST, "违法", "未报即用", "现场已建", ""], [EAST, "其他", "实地伪变化", "没有变化", ""])
    assert judged(work, tmp_path, *rows).recorded == 2
    for name, by in (("复核", "丁"), ("审定", "戊"), ("上报", "戊")):
        assert step(work, tmp_path, name, by).advanced == 2
    export_city(work.path, tmp_path / "上报.xlsx", "甲", QUIET)
    return tmp_path / "上报.xlsx"


def test_the_workbook_has_the_children_in_place_of_their_parent(work, tmp_path):
    book = openpyxl.load_workbook(reported(work, tmp_path))
    told = [cell.value for row in book["核查判定汇总表"].iter_rows() for cell in row]
    assert told.count(WEST) == told.count(EAST) == 1
    assert PARENT not in told


def test_what_the_city_says_of_a_child_reaches_that_child_alone(work, tmp_path):
    path = reported(work, tmp_path)
    assert feed(work, path).changed == 0
    book = openpyxl.load_workbook(path)
    put(book["核查判定汇总表"], WEST, "退回原因", "需补充实地照片")
    put(book["核查判定汇总表"], EAST, "审核结论", "通过")
    book.save(path)
    run = feed(work, path)
    assert (run.conflicts, run.unmatched) == (0, ())
    frame = patches.read(work, with_geometry=False).set_index("patch_no")
    assert frame.loc[[PARENT, WEST, EAST], "stage"].tolist() == ["待核查", "市级退回", "已上报"]
    assert [plan.patch_no for plan in run.plans if plan.passed] == [EAST]
    assert latest(work, WEST)["result"] == "违法"
    assert len(stages.read_events(work)) == 9  # four steps of each child, and the return
    assert verify(work).ok


def test_a_workbook_from_before_the_split_names_what_it_cannot_be_put_to(work, tmp_path):
    """The parent went out whole; what comes back about it is no word about a child."""
    unsplit_patch(work.path, PARENT, "乙", QUIET)
    export_city(work.path, tmp_path / "旧.xlsx", "甲", QUIET)
    split_patch(work.path, PARENT, CUT, "乙", QUIET)
    book = openpyxl.load_workbook(tmp_path / "旧.xlsx")
    put(book["核查判定汇总表"], PARENT, "判定结果", "违法")
    put(book["核查判定汇总表"], PARENT, "退回原因", "应判定为违法")
    book.save(tmp_path / "旧.xlsx")
    before = determinations.read(work), stages.read_events(work)
    run = feed(work, tmp_path / "旧.xlsx")
    assert run.changed == 0
    assert run.conflicts + len(run.unmatched) > 0
    assert [len(part) for part in before] == [len(determinations.read(work)), len(stages.read_events(work))]
    assert verify(work).ok


def test_units_get_the_children_too(work, tmp_path):
    folder = tmp_path / "分派"
    folder.mkdir()
    dispatch(work.path, folder, "", "甲", QUIET)
    told = {
        cell.value
        for path in folder.glob("*.xlsx")
        for sheet in openpyxl.load_workbook(path).worksheets
        if sheet.sheet_state == "visible"
        for row in sheet.iter_rows()
        for cell in row
    }
    assert {WEST, EAST} <= told
    assert PARENT not in told
