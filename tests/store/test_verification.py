"""Whatever is changed outside the plug-in is found and named."""

from __future__ import annotations

from contextlib import closing

import pandas as pd
import pytest
from store_samples import add_batch, patch_frame

from weipian_plugin.domain.errors import Damaged
from weipian_plugin.domain.overlay.frames import AREA_COLUMNS, HIT_COLUMNS
from weipian_plugin.store import duties, overlays, patches
from weipian_plugin.store.connection import connect
from weipian_plugin.store.records import FIXED, OVERLAY, RECORDED
from weipian_plugin.store.schema_check import reference
from weipian_plugin.store.verification import verify
from weipian_plugin.store.workspace import Workspace

FIRST, SECOND = "500156SJBG21000001", "500156SJBG21000002"


@pytest.fixture
def worked(workspace):
    """A workspace with patches, overlay, proposals and settings."""
    add_batch(workspace, patch_frame(3))
    areas = pd.DataFrame(
        [
            (number, role, "", "", "命中", 10.5, 0.01575, None, None, 0.1, "2021年版")
            for number in (FIRST, SECOND)
            for role in ("river", "traffic")
        ],
        columns=list(AREA_COLUMNS),
    )
    hits = pd.DataFrame([(FIRST, "river", 7, "乌江", "", 10.5, 0.1)], columns=list(HIT_COLUMNS))
    proposals = pd.DataFrame(
        [
            (FIRST, "查处", "区水利局", "河道", "四（八）", "示例", 10.5, 0.1, "1"),
            (FIRST, "协办", "区交通局", "交通", "四（六）", "示例", None, None, "1"),
        ],
        columns=list(duties.PROPOSAL_COLUMNS),
    )
    with workspace.writing("甲", "试") as change:
        overlays.replace(change, areas, hits)
        duties.replace_proposals(change, proposals, {FIRST: "唯一", SECOND: "兜底"})
        towns = pd.DataFrame({"patch_no": [FIRST], "town_code": ["500156101"], "town_name": ["白马镇"]})
        patches.set_towns(change, towns)
    assert verify(workspace).ok
    return workspace


def edit(workspace, *statements):
    """Change the file as someone with an SQL editor would."""
    with closing(connect(workspace.path)) as connection:
        for statement in statements:
            connection.execute(statement)
    return verify(workspace)


def test_what_the_plug_in_wrote_is_in_order(worked):
    found = verify(worked)
    assert (found.ok, found.first_bad, found.problems) == (True, "", ())
    assert found.chain.rows == 2 + 1 + 3 + 2 + 1 + 2 + 1


@pytest.mark.parametrize(
    ("statement", "bad", "said"),
    [
        ("UPDATE patch SET area_mu = 1 WHERE fid = 2", f"patch/{SECOND}", "area_mu 应为 16.14825，现为 1.0"),
        ("UPDATE patch SET town_name = '乙镇' WHERE fid = 1", f"patch/{FIRST}", "town_name 应为 \"白马镇\""),
        ("UPDATE patch SET duty_state = '兜底' WHERE fid = 1", f"patch/{FIRST}", "duty_state"),
        ("UPDATE patch SET attributes = '{}' WHERE fid = 3", "patch/500156SJBG21000003", "attributes"),
        ("UPDATE patch SET split_state = '拆分' WHERE fid = 1", f"patch/{FIRST}", "split_state"),
        (
            "UPDATE patch SET geom = (SELECT geom FROM patch WHERE fid = 1) WHERE fid = 2",
            f"patch/{SECOND}",
            "geom",
        ),
        ("DELETE FROM patch WHERE fid = 3", "patch/500156SJBG21000003", "少了1行"),
        ("UPDATE duty SET unit = '区林业局' WHERE fid = 1", f"duty/{FIRST}", "unit 应为 \"区水利局\""),
        ("UPDATE duty SET decided_by = '乙' WHERE fid = 2", f"duty/{FIRST}", "decided_by"),
        ("DELETE FROM duty WHERE fid = 2", f"duty/{FIRST}", "少了1行"),
        ("INSERT INTO duty (patch_no, duty, unit, status)"
         " VALUES ('500156SJBG21000003', '查处', '甲', '建议')",
         "duty/500156SJBG21000003", "多出1行"),
        ("UPDATE overlay_area SET area_m2 = 9 WHERE fid = 1", f"overlay_area/{FIRST}", "套合结果"),
        ("UPDATE overlay_hit SET label = '' WHERE fid = 1", f"overlay_area/{FIRST}", "套合结果"),
        ("DELETE FROM overlay_area WHERE patch_no LIKE '%02'", f"overlay_area/{SECOND}", "套合结果"),
        ("INSERT INTO overlay_hit (patch_no, role, source_fid, area_m2, share)"
         " VALUES ('500156SJBG21000003', 'river', 1, 1, 1)", "overlay_area/500156SJBG21000003", "套合结果"),
        ("UPDATE batch SET due_on = '2021-08-01'", "batch/1", "due_on"),
        ("UPDATE plan_file SET text = '别的'", "plan_file/1", "sha256"),
        ("UPDATE plan_file SET sha256 = 'x'", "plan_file/1", "sha256"),
        ("UPDATE plan_file SET adopted_by = '乙'", "plan_file/1", "adopted_by"),
        ("UPDATE setting SET value = '2022' WHERE key = 'year'", "setting/year", '应为 "2021"'),
        ("INSERT INTO setting (key, value) VALUES ('x', '否')", "setting/x", "多出1行"),
        ("INSERT INTO determination (patch_no, result, decided_by, decided_on, revision)"
         " VALUES ('500156SJBG21000001', '合法', '乙', '2021-07-02', 1)",
         f"determination/{FIRST}", "多出1行"),
        ("DROP TRIGGER history_never_updated", "schema/history_never_updated", "被删除"),
        ("CREATE TRIGGER x AFTER INSERT ON duty BEGIN DELETE FROM duty; END", "schema/x", "多出触发器"),
        ("DROP VIEW patch_verified", "schema/patch_verified", "视图"),
        ("ALTER TABLE patch ADD COLUMN memo TEXT", "schema/patch", "定义被改动"),
    ],
)  # fmt: skip
def test_every_change_from_outside_is_named(worked, statement, bad, said):
    found = edit(worked, "PRAGMA foreign_keys = OFF", statement)
    assert not found.ok
    assert found.first_bad == bad
    assert said in found.problems[0].message
    assert {problem.place for problem in found.problems} == {bad}


def test_a_broken_chain_comes_first(worked):
    found = edit(
        worked, "DROP TRIGGER history_never_updated", "UPDATE history SET actor = '乙' WHERE seq = 5"
    )
    assert found.first_bad == "history/5"
    assert "第5行" in found.problems[0].message


def test_a_change_that_later_work_covered_is_found(worked):
    edit(worked, "UPDATE patch SET town_name = '乙镇' WHERE fid = 1")
    with worked.writing("甲", "试") as change:
        towns = pd.DataFrame({"patch_no": [FIRST], "town_code": ["500156102"], "town_name": ["江口镇"]})
        patches.set_towns(change, towns)
    found = verify(worked)
    assert found.first_bad == f"patch/{FIRST}"
    assert "之前曾被改动" in found.problems[0].message


def test_a_row_swapped_for_another_batch_number_is_found(worked):
    found = edit(worked, "UPDATE patch SET patch_no = 'Z1' WHERE fid = 3")
    assert {problem.place for problem in found.problems} >= {"patch/Z1", "patch/500156SJBG21000003"}


def test_what_qgis_adds_is_no_problem(worked):
    statements = [
        "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, styleName TEXT)",
        'CREATE TRIGGER "trigger_insert_feature_count_patch" AFTER INSERT ON "patch" BEGIN'
        " UPDATE gpkg_ogr_contents SET feature_count = feature_count + 1"
        " WHERE lower(table_name) = lower('patch'); END",
    ]
    assert edit(worked, *statements).ok


def test_every_table_of_casework_is_compared():
    with closing(reference()) as trusted:
        tables = {row[0] for row in trusted.execute("SELECT table_name FROM gpkg_contents")}
    assert tables - {"history"} == {item.table for item in RECORDED} | set(OVERLAY) | set(FIXED)


def test_nothing_is_written(worked):
    before = worked.path.read_bytes()
    verify(worked)
    assert worked.path.read_bytes() == before


@pytest.mark.parametrize("page", range(1, 12))
def test_a_damaged_page_is_a_finding_or_a_sentence(worked, page):
    content = bytearray(worked.path.read_bytes())
    size = int.from_bytes(content[16:18], "big")
    content[page * size : (page + 1) * size] = b"\xa5" * size
    worked.path.write_bytes(content)
    try:
        found = verify(Workspace.open(worked.path))
    except Damaged as error:
        assert "损坏" in str(error)
    else:
        assert found.first_bad.startswith("file/")
        assert "文件已损坏" in found.problems[0].message
