"""Splitting in the workspace: rows, views, numbers, and the way back."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely
from casework_samples import QUIET, add_patches, halving, line, number_of, workspace_with

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store import determinations, history, patches
from weipian_plugin.store.patches import View
from weipian_plugin.workflow.assign_duties import assign_duties
from weipian_plugin.workflow.export_city import ledger_content
from weipian_plugin.workflow.split import split_by_layer, split_patch, unsplit_patch

ONE, TWO = number_of(1), number_of(2)


@pytest.fixture
def work(tmp_path):
    return workspace_with(tmp_path, 2)


def numbers(work, view):
    return patches.read(work, with_geometry=False, view=view)["patch_no"].tolist()


def dump(work):
    with work.reading() as connection:
        assert history.verify(connection).ok
        return [
            connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
            for table in ("patch", "overlay_area", "overlay_hit", "duty", "rtree_patch_geom")
        ]


def test_children_stand_in_place_of_their_parent(work):
    outcome = split_patch(work.path, ONE, halving(1), "乙", QUIET)
    assert outcome.children == (f"{ONE}_1", f"{ONE}_2")
    frame = patches.read(work).set_index("patch_no")
    assert frame.loc[ONE, "split_state"] == "被拆分"
    child = frame.loc[f"{ONE}_1"]
    assert (child.split_state, child.parent_no, child.stage, child.duty_state) == (
        "拆分",
        ONE,
        "待核查",
        "未评估",
    )
    inherited = ["batch_id", "kind", "town_name", "patch_type", "date_after", "attributes"]
    assert child[inherited].tolist() == frame.loc[ONE, inherited].tolist()
    assert child.isna().issued_area
    areas = frame.loc[list(outcome.children), "area_m2"]
    assert areas.sum() == pytest.approx(frame.loc[ONE, "area_m2"], rel=1e-6)
    assert numbers(work, View.ISSUED) == [ONE, TWO]
    assert numbers(work, View.VERIFIED) == [TWO, f"{ONE}_1", f"{ONE}_2"]
    both = [
        patches.read(work, with_geometry=False, view=view)["area_m2"].sum()
        for view in (View.ISSUED, View.VERIFIED)
    ]
    assert both[0] == pytest.approx(both[1], rel=1e-9)


def test_a_child_can_be_cut_again(work):
    split_patch(work.path, ONE, halving(1), "乙", QUIET)
    west = 107.502
    upright = line((west + 0.0005, 29.29), (west + 0.0005, 29.31))
    outcome = split_patch(work.path, f"{ONE}_2", upright, "乙", QUIET)
    assert outcome.children == (f"{ONE}_3", f"{ONE}_4")
    assert numbers(work, View.ISSUED) == [ONE, TWO]
    assert numbers(work, View.VERIFIED) == [TWO, f"{ONE}_1", f"{ONE}_3", f"{ONE}_4"]
    with pytest.raises(WeipianError, match="再拆分"):
        unsplit_patch(work.path, ONE, "乙", QUIET)
    unsplit_patch(work.path, f"{ONE}_2", "乙", QUIET)
    assert numbers(work, View.VERIFIED) == [TWO, f"{ONE}_1", f"{ONE}_2"]
    frame = patches.read(work).set_index("patch_no")
    assert frame.loc[f"{ONE}_2", "split_state"] == "拆分"


def test_undone_leaves_everything_as_it_was(work):
    before = dump(work)
    split_patch(work.path, ONE, halving(1), "乙", QUIET)
    assert unsplit_patch(work.path, ONE, "乙", QUIET).children == (f"{ONE}_1", f"{ONE}_2")
    assert dump(work) == before
    with pytest.raises(WeipianError, match="没有拆分过"):
        unsplit_patch(work.path, ONE, "乙", QUIET)


def test_what_was_decided_on_a_child_holds_the_split(work):
    split_patch(work.path, ONE, halving(1), "乙", QUIET)
    given = {
        "patch_no": f"{ONE}_2",
        "result": "违法",
        "category": "未报即用",
        "basis": "示例",
        "document_no": "",
        "decided_by": "丙",
        "decided_on": "2021-07-10",
        "dictionary": "示例",
    }
    with work.writing("丙", "判定") as change:
        determinations.insert(change, [given])
    before = dump(work)
    with pytest.raises(WeipianError, match=f"{ONE}_2.*不能撤销"):
        unsplit_patch(work.path, ONE, "乙", QUIET)
    assert dump(work) == before


def test_refusals_change_nothing(work):
    before = dump(work)
    with pytest.raises(WeipianError, match="没有图斑"):
        split_patch(work.path, "不存在", halving(1), "乙", QUIET)
    with pytest.raises(WeipianError, match="没有切开"):
        split_patch(work.path, ONE, halving(2), "乙", QUIET)
    with pytest.raises(WeipianError, match="由谁"):
        split_patch(work.path, ONE, halving(1), "", QUIET)
    split_patch(work.path, TWO, halving(2), "乙", QUIET)
    with pytest.raises(WeipianError, match="已经拆分"):
        split_patch(work.path, TWO, halving(2), "乙", QUIET)
    unsplit_patch(work.path, TWO, "乙", QUIET)
    assert dump(work) == before


def test_a_layer_in_another_system_cuts_where_it_lies(work, tmp_path):
    lines = gpd.GeoSeries(list(halving(1)), crs=4490).to_crs(4524)
    path = tmp_path / "切割线（一）.gpkg"
    lines.to_file(path)
    outcome = split_by_layer(work.path, ONE, str(path), "", "乙", QUIET)
    frame = patches.read(work).set_index("patch_no")
    assert frame.loc[outcome.children[0]].geom.bounds[1] == pytest.approx(29.3005, abs=1e-8)
    empty = tmp_path / "空.gpkg"
    gpd.GeoSeries([shapely.LineString()], crs=4490).to_file(empty)
    with pytest.raises(WeipianError, match="没有线"):
        split_by_layer(work.path, TWO, str(empty), "", "乙", QUIET)


def test_issued_numbers_with_a_suffix_are_not_given_twice(work):
    frame_number = 5
    add_patches(work, 1, first=frame_number)
    with work.writing("甲", "试") as change:
        change.connection.execute(
            "UPDATE patch SET patch_no = ? WHERE patch_no = ?", (f"{ONE}_7", number_of(frame_number))
        )
    assert split_patch(work.path, ONE, halving(1), "乙", QUIET).children == (f"{ONE}_8", f"{ONE}_9")
    assert f"{ONE}_7" in numbers(work, View.ISSUED)
    assert f"{ONE}_7" in numbers(work, View.VERIFIED)


def test_the_ledger_shows_children_in_place_of_their_parent(work):
    split_patch(work.path, ONE, halving(1), "乙", QUIET)
    assign_duties(work.path, "乙", QUIET)
    content = ledger_content(work, "乙")
    assert content.patches["patch_no"].tolist() == [TWO, f"{ONE}_1", f"{ONE}_2"]
    assert set(content.duties["patch_no"]) == {TWO, f"{ONE}_1", f"{ONE}_2"}
