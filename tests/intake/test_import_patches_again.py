"""Batches after batches: the same file, the same numbers, the same ground, and runs that only look."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from import_runs import FIRST, Canceller, issue, new_workspace, rows, stored_codes, take
from intake_files import SQUARE, box, snapshot

from weipian_plugin.domain.errors import Cancelled, WeipianError
from weipian_plugin.domain.roles import Role
from weipian_plugin.store.verification import verify
from weipian_plugin.store.workspace import Workspace

SECOND, THIRD = FIRST[:-1] + "2", FIRST[:-1] + "3"
HERE, EAST, NORTH = box(107.70, 29.30), box(107.71, 29.30), box(107.70, 29.31)


@pytest.fixture
def workspace(tmp_path):
    return new_workspace(tmp_path)


@pytest.fixture
def first(workspace, tmp_path):
    """Import two patches, with an overlay and proposals as if they had been worked out."""
    take(workspace, issue(tmp_path, "一批", [FIRST, SECOND], [HERE, EAST]))
    return workspace


def put(workspace, statement, *values):
    """Write as the program would, with its history left alone."""
    with Workspace.open(workspace).writing("乙", "测试") as change:
        change.connection.execute(statement, values)


def overlaid(workspace, number):
    put(
        workspace,
        "INSERT INTO overlay_area (patch_no, role, status, area_m2, area_mu, share)"
        " VALUES (?, 'redline', '未命中', 0, 0, 0)",
        number,
    )
    put(
        workspace,
        "INSERT INTO duty (patch_no, duty, unit, status) VALUES (?, '查处', '林业局', '建议')",
        number,
    )
    put(workspace, "UPDATE patch SET duty_state = '唯一' WHERE patch_no = ?", number)


def patch(workspace, number, columns="patch_type, area_m2, batch_id, duty_state, stage"):
    return rows(workspace, f"SELECT {columns} FROM patch WHERE patch_no = ?", number)[0]


def test_the_same_file_is_refused_with_the_earlier_batch(first, tmp_path):
    before = first.read_bytes()
    with pytest.raises(WeipianError, match="作为批次“七月一批”导入过"):
        take(first, tmp_path / "一批.shp", "七月二批")
    assert first.read_bytes() == before


def test_known_numbers_are_refused_with_the_way_out(first, tmp_path):
    again = issue(tmp_path, "二批", [SECOND, THIRD], [EAST, NORTH], TBLX=["TL", "TL"])
    before = first.read_bytes()
    with pytest.raises(WeipianError) as refused:
        take(first, again, "七月二批")
    assert str(refused.value) == (
        f"有 1 个图斑编号已在以前的批次“七月一批”里（{SECOND}），没有导入；"
        "若是更正后重新下发，请选“更新已有图斑”（UPDATE）再导入：只更新下发字段和图形，已作的判定和确认的职责不改。"
    )
    assert first.read_bytes() == before


def test_issued_fields_are_updated(first, tmp_path):
    overlaid(first, SECOND)
    again = issue(tmp_path, "二批", [SECOND, THIRD], [EAST, NORTH], TBLX=["TL", "TL"])
    done = take(first, again, "七月二批", update=True)
    assert (done.patches, done.updated) == (2, 1)
    assert patch(first, SECOND, "patch_type, batch_id, duty_state") == ("TL", 1, "未评估")
    assert json.loads(patch(first, SECOND, "attributes")[0])["TBLX"] == "TL"
    assert patch(first, THIRD, "patch_type, batch_id") == ("TL", 2)
    assert rows(first, "SELECT patch_count FROM batch") == [(2,), (1,)]
    assert stored_codes(first, "七月二批") == ["patches-updated"]
    assert rows(first, "SELECT count(*) FROM duty") == [(0,)], "proposals from old attributes are gone"
    assert rows(first, "SELECT count(*) FROM overlay_area") == [
        (1,)
    ], "the shape is the same, so is its overlay"


def test_a_new_shape_takes_the_overlay_away(first, tmp_path):
    overlaid(first, FIRST)
    overlaid(first, SECOND)
    done = take(first, issue(tmp_path, "二批", [FIRST], [SQUARE]), "七月二批", update=True)
    assert stored_codes(first, "七月二批") == ["patches-updated", "patches-reshaped"]
    assert next(f for f in done.findings if f.code == "patches-reshaped").subjects == (FIRST,)
    assert patch(first, FIRST, "area_m2")[0] == pytest.approx(1076835.0024, abs=1e-3)
    assert rows(first, "SELECT patch_no FROM overlay_area") == [(SECOND,)]
    assert rows(first, "SELECT patch_no FROM duty") == [(SECOND,)]
    fid = patch(first, FIRST, "fid")[0]
    tree = rows(first, "SELECT maxx, maxy FROM rtree_patch_geom WHERE id = ?", fid)
    assert tree[0] == pytest.approx((107.71, 29.31), abs=1e-4)


def test_decisions_stand(first, tmp_path):
    put(
        first,
        "INSERT INTO determination (patch_no, result, decided_by, decided_on, revision)"
        " VALUES (?, '违法', '乙', '2021-07-05', 1)",
        FIRST,
    )
    put(
        first,
        "INSERT INTO duty (patch_no, duty, unit, status, decided_by, decided_on)"
        " VALUES (?, '查处', '林业局', '确认', '乙', '2021-07-05')",
        FIRST,
    )
    put(first, "UPDATE patch SET duty_state = '唯一' WHERE patch_no = ?", FIRST)
    done = take(first, issue(tmp_path, "二批", [FIRST], [SQUARE]), "七月二批", update=True)
    assert rows(first, "SELECT result, decided_by FROM determination") == [("违法", "乙")]
    assert rows(first, "SELECT unit, status FROM duty") == [("林业局", "确认")]
    assert patch(first, FIRST, "duty_state, stage") == ("唯一", "待核查")
    [told] = [f for f in done.findings if f.code == "patches-updated-decided"]
    assert told.subjects == (FIRST,)
    assert "都未改动" in told.message


def test_update_is_in_the_history_and_verifies(first, tmp_path):
    take(first, issue(tmp_path, "二批", [FIRST], [SQUARE], TBLX=["TL"]), "七月二批", update=True)
    [(before, after)] = rows(
        first,
        "SELECT before, after FROM history WHERE record_key = ? AND action = '导入图斑' AND before NOT NULL",
        FIRST,
    )
    old, new = json.loads(before), json.loads(after)
    assert (old["patch_type"], new["patch_type"]) == ("20", "TL")
    assert set(old) == set(new) == {"patch_type", "attributes", "area_m2", "area_mu", "geom"}
    assert old["geom"] != new["geom"]
    assert verify(Workspace.open(first)).problems == ()


def test_the_same_content_changes_nothing(first, tmp_path):
    overlaid(first, FIRST)
    overlaid(first, SECOND)
    again = issue(tmp_path, "二批", [FIRST, SECOND], [HERE, EAST])
    again.with_suffix(".cpg").write_text("GBK")
    done = take(first, again, "七月二批", update=True)
    assert done.updated == 0
    assert stored_codes(first, "七月二批") == ["patches-unchanged"]
    assert rows(first, "SELECT count(*) FROM overlay_area, duty") == [(4,)]
    assert patch(first, FIRST, "duty_state") == ("唯一",)


def test_a_town_that_the_program_found_stays_when_none_is_issued(first, tmp_path):
    put(first, "UPDATE patch SET town_name = '白马镇', town_code = '500156101' WHERE patch_no = ?", FIRST)
    take(first, issue(tmp_path, "二批", [FIRST], [HERE], TBLX=["TL"]), "七月二批", update=True)
    assert patch(first, FIRST, "town_name, town_code, patch_type") == ("白马镇", "500156101", "TL")


def unsplit(workspace, number):
    from weipian_plugin.domain.progress import Progress
    from weipian_plugin.workflow.split import unsplit_patch

    unsplit_patch(workspace, number, "乙", Progress())


def split(workspace, number, cutter):
    import numpy as np
    import shapely

    from weipian_plugin.domain.progress import Progress
    from weipian_plugin.workflow.split import split_patch

    return split_patch(workspace, number, np.array([shapely.LineString(cutter)]), "乙", Progress()).children


def test_a_split_patch_of_another_shape_is_refused(first, tmp_path):
    split(first, FIRST, [(107.7005, 29.2), (107.7005, 29.4)])
    before = first.read_bytes()
    with pytest.raises(WeipianError, match=f"图斑 {FIRST} 已经拆分，而重新下发的图形与原来不同"):
        take(first, issue(tmp_path, "二批", [FIRST], [SQUARE]), "七月二批", update=True)
    assert first.read_bytes() == before
    take(first, issue(tmp_path, "三批", [FIRST], [HERE], TBLX=["TL"]), "七月三批", update=True)
    assert patch(first, FIRST, "patch_type, split_state") == ("TL", "被拆分")


def test_a_number_that_a_split_made_here_is_refused(first, tmp_path):
    child = split(first, FIRST, [(107.7005, 29.2), (107.7005, 29.4)])[0]
    with pytest.raises(WeipianError, match=f"{child} 是在本工作库里拆分出来的"):
        take(first, issue(tmp_path, "二批", [child], [HERE]), "七月二批", update=True)


def test_places_of_earlier_batches(first, tmp_path):
    half = box(107.7105, 29.30)
    take(first, issue(tmp_path, "二批", [THIRD, THIRD + "9"], [HERE, half]), "七月二批")
    assert stored_codes(first, "七月二批") == ["patches-overlap-earlier", "patches-same-place"]


def test_split_children_and_their_parents(first, tmp_path):
    done = take(first, issue(tmp_path, "二批", [f"{FIRST}_1", f"{THIRD}_1"], [HERE, NORTH]), "七月二批")
    found = {finding.code: finding.subjects for finding in done.findings}
    assert found == {"split-without-parent": (f"{THIRD}_1",), "split-issued": (FIRST,)}


def halves(south):
    """Return the west and the east half of the square at 107.70 and `south`."""
    places = [(107.70, 107.7005), (107.7005, 107.701)]
    north = south + 0.001
    return [[(w, south), (w, north), (e, north), (e, south), (w, south)] for w, e in places]


WEST_HALF, EAST_HALF = halves(29.30)
FAMILY = [FIRST, f"{FIRST}_1", f"{FIRST}_2"]


def states(workspace):
    found = rows(workspace, "SELECT patch_no, split_state, split_on FROM patch ORDER BY fid")
    return {number: (state, day) for number, state, day in found}


def views(workspace):
    def numbers(view):
        return [row[0] for row in rows(workspace, f"SELECT patch_no FROM {view} ORDER BY fid")]

    return numbers("patch_issued"), numbers("patch_verified")


def test_a_patch_that_comes_with_its_pieces_counts_once(workspace, tmp_path):
    done = take(workspace, issue(tmp_path, "一批", [*FAMILY, SECOND], [HERE, WEST_HALF, EAST_HALF, EAST]))
    [told] = done.findings
    assert (told.code, told.subjects) == ("split-issued", (FIRST,))
    assert states(workspace) == {
        FIRST: ("被拆分", ""),
        f"{FIRST}_1": ("拆分", ""),
        f"{FIRST}_2": ("拆分", ""),
        SECOND: ("", ""),
    }
    assert views(workspace) == ([FIRST, SECOND], [f"{FIRST}_1", f"{FIRST}_2", SECOND])
    assert verify(Workspace.open(workspace)).ok
    with pytest.raises(WeipianError, match="都是下发的，不能撤销拆分"):
        unsplit(workspace, FIRST)
    # Both came with new shapes and fields: they are issued ones, and are renewed as such.
    moved = issue(tmp_path, "二批", FAMILY, [NORTH, *halves(29.31)], TBLX=["TL"] * 3)
    again = take(workspace, moved, "七月二批", update=True)
    assert again.updated == 3
    assert states(workspace)[FIRST] == ("被拆分", "")
    assert patch(workspace, f"{FIRST}_2", "patch_type, split_state") == ("TL", "拆分")


def test_pieces_that_do_not_cover_their_patch_are_left_out(workspace, tmp_path):
    """The half of 16 mu that lies in no piece would be lost to 核实后, or counted twice."""
    done = take(workspace, issue(tmp_path, "一批", FAMILY[:2], [HERE, WEST_HALF]))
    [told] = done.findings
    assert (told.code, told.severity, told.subjects) == ("split-incomplete", "错误", (f"{FIRST}_1",))
    assert f"{FIRST} 相差 8.08 亩、相互重叠 0.00 亩" in told.message
    assert views(workspace) == ([FIRST], [FIRST])
    assert done.patches == 1


def test_pieces_of_a_patch_that_came_earlier(first, tmp_path):
    """FIRST came in July and nothing was decided about it; its pieces come in August and stand for it."""
    done = take(first, issue(tmp_path, "二批", FAMILY[1:], [WEST_HALF, EAST_HALF]), "八月一批")
    assert [(item.code, item.subjects) for item in done.findings] == [("split-issued", (FIRST,))]
    assert views(first) == ([FIRST, SECOND], [SECOND, f"{FIRST}_1", f"{FIRST}_2"])
    assert verify(Workspace.open(first)).ok


def test_pieces_of_a_patch_that_was_decided_about_are_told(first, tmp_path):
    """What a person decided is not put aside by an import: both are kept, and said to count twice."""
    put(first, "INSERT INTO patch_fact (patch_no, fact, value, decided_by, decided_on)"
        " VALUES (?, 'kind', '土地', '乙', '2021-07-10')", FIRST)  # fmt: skip
    done = take(first, issue(tmp_path, "二批", FAMILY[1:], [WEST_HALF, EAST_HALF]), "八月一批")
    assert [item.code for item in done.findings] == ["split-beside-parent"]
    assert views(first)[1] == [FIRST, SECOND, f"{FIRST}_1", f"{FIRST}_2"]
    again = take(
        first, issue(tmp_path, "三批", FAMILY, [HERE, WEST_HALF, EAST_HALF]), "八月二批", update=True
    )
    told = {item.code: item.subjects for item in again.findings}
    assert told["split-beside-parent"] == (f"{FIRST}_1", f"{FIRST}_2")


def test_a_dry_run_reports_and_changes_nothing(first, tmp_path):
    again = issue(tmp_path, "二批", [FIRST, THIRD], [SQUARE, NORTH])
    before = {name: content for name, content in snapshot(tmp_path).items() if "导入报告" not in name}
    done = take(first, again, "七月二批", update=True, dry_run=True)
    after = {name: content for name, content in snapshot(tmp_path).items() if "导入报告" not in name}
    assert after == before
    assert (done.batch_id, done.patches, done.updated) == (None, 2, 1)
    page = done.report.read_text(encoding="utf-8")
    assert "这是预检，没有写入任何数据。" in page
    assert done.report.name.endswith("_七月二批_预检.html")
    assert "patches-reshaped" in {finding.code for finding in done.findings}


def test_a_dry_run_is_refused_where_the_import_would_be(first, tmp_path):
    with pytest.raises(WeipianError, match="已在以前的批次"):
        take(first, issue(tmp_path, "二批", [FIRST], [SQUARE]), "七月二批", dry_run=True)


@pytest.mark.parametrize("text", ["读取图斑文件", "检查坐标和图形", "与以前的批次比对", "写入工作库"])
def test_cancel_leaves_everything_as_it_was(first, tmp_path, text):
    again = issue(tmp_path, "二批", [FIRST, THIRD], [SQUARE, NORTH])
    before = snapshot(tmp_path)
    with pytest.raises(Cancelled):
        take(first, again, "七月二批", update=True, progress=Canceller(text))
    assert snapshot(tmp_path) == before


def test_the_report_is_whole(workspace, tmp_path):
    done = take(workspace, issue(tmp_path, "一批", [FIRST], [HERE]))
    page = done.report.read_text(encoding="utf-8")
    sha256, findings = rows(workspace, "SELECT source_sha256, findings FROM batch")[0]
    for text in (
        sha256,
        "七月一批",
        "2021-07-01",
        str(tmp_path / "一批.shp"),
        "EPSG:4490",
        "图斑编号",
        "JCBH",
    ):
        assert text in page
    assert len(json.loads(findings)) == len(done.findings)
    assert isinstance(done.report, Path)
    assert Role.LAND_CLASS.value not in page
