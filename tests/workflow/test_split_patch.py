"""Splitting in the workspace: rows, views, numbers, and the way back."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely
from casework_samples import QUIET, add_patches, halving, line, number_of, workspace_with
from decision_samples import write_table

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store import determinations, duties, facts, history, patches
from weipian_plugin.store.patches import View
from weipian_plugin.store.verification import verify
from weipian_plugin.workflow.assign_duties import assign_duties
from weipian_plugin.workflow.export_city import ledger_content
from weipian_plugin.workflow.row_outcomes import TableSource
from weipian_plugin.workflow.set_facts import set_facts
from weipian_plugin.workflow.split import CutterLayer, split_by_layer, split_patch, unsplit_patch

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
            for table in ("patch", "overlay_area", "overlay_hit", "duty", "patch_fact", "rtree_patch_geom")
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


def told(work, path, *rows):
    header = ["图斑编号", "图斑种类", "建设主体", "用途", "处理结果", "依据", "日期"]
    table = write_table(path / "事实.xlsx", header, *rows)
    run = set_facts(work.path, TableSource(table, "丙", path / "报告.html"), "乙", QUIET)
    return run.outcomes[0]


def test_children_know_what_was_found_out_about_their_parent(work, tmp_path):
    told(work, tmp_path, [ONE, "土地", "农户", "住宅", "断供", "现场核查", "2021-07-05"])
    split_patch(work.path, ONE, halving(1), "乙", QUIET)
    own = facts.read(work)
    own = own[own["patch_no"] == f"{ONE}_2"].to_numpy().tolist()
    source = f"承自原图斑{ONE}：现场核查"
    assert own == [
        [f"{ONE}_2", "kind", "土地", source, "丙", "2021-07-05"],
        [f"{ONE}_2", "subject", "农村村民", source, "丙", "2021-07-05"],
        [f"{ONE}_2", "use", "住宅", source, "丙", "2021-07-05"],
    ]  # what was decided about the whole does not hold for its parts
    with work.reading() as connection:
        steps = connection.execute(
            "SELECT action, record_key, before, after FROM history WHERE table_name = 'patch_fact'"
        ).fetchall()
    assert ("拆分图斑", f"{ONE}_2:use", None) in [step[:3] for step in steps]
    assert any(source in str(step[3]) for step in steps)
    assert verify(work).ok
    assign_duties(work.path, "乙", QUIET)
    rows = duties.read(work)
    reasons = rows.loc[(rows["patch_no"] == f"{ONE}_2") & (rows["duty"] == "查处"), ["unit", "reason"]]
    assert reasons["unit"].tolist() == ["区农业农村委"]
    assert "建设主体为农村村民、用途为住宅" in reasons["reason"].iloc[0]


def test_what_was_inherited_does_not_hold_the_split_but_what_was_said_since_does(work, tmp_path):
    told(work, tmp_path, [ONE, None, "农户", "住宅", None, None, "2021-07-05"])
    before = dump(work)
    split_patch(work.path, ONE, halving(1), "乙", QUIET)
    unsplit_patch(work.path, ONE, "乙", QUIET)
    assert dump(work) == before
    assert verify(work).ok
    split_patch(work.path, ONE, halving(1), "乙", QUIET)
    said = told(work, tmp_path, [ONE, None, "企业", None, None, None, "2021-07-06"])
    assert "已拆分，事实记在子图斑上" in said.said
    assert not said.recorded
    told(work, tmp_path, [f"{ONE}_1", None, "企业", None, None, None, "2021-07-06"])
    with pytest.raises(WeipianError, match=f"{ONE}_1.*查明的事实.*不能撤销"):
        unsplit_patch(work.path, ONE, "乙", QUIET)


def test_a_childs_child_inherits_too(work, tmp_path):
    told(work, tmp_path, [ONE, "矿产", None, None, None, None, "2021-07-05"])
    split_patch(work.path, ONE, halving(1), "乙", QUIET)
    west = 107.502
    split_patch(work.path, f"{ONE}_2", line((west + 0.0005, 29.29), (west + 0.0005, 29.31)), "乙", QUIET)
    frame = patches.read(work, with_geometry=False).set_index("patch_no")
    assert frame.loc[[f"{ONE}_3", f"{ONE}_4"], "kind"].tolist() == ["矿产", "矿产"]
    known = facts.read(work).set_index("patch_no")
    assert known.loc[f"{ONE}_4", "reference"] == f"承自原图斑{ONE}_2：承自原图斑{ONE}"


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
    outcome = split_by_layer(work.path, ONE, CutterLayer(str(path)), "乙", QUIET)
    frame = patches.read(work).set_index("patch_no")
    assert frame.loc[outcome.children[0]].geom.bounds[1] == pytest.approx(29.3005, abs=1e-8)
    empty = tmp_path / "空.gpkg"
    gpd.GeoSeries([shapely.LineString()], crs=4490).to_file(empty)
    with pytest.raises(WeipianError, match="没有线"):
        split_by_layer(work.path, TWO, CutterLayer(str(empty)), "乙", QUIET)


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
