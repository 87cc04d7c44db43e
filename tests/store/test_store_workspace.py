"""The workspace: made, opened, refused; one transaction or nothing."""

from __future__ import annotations

import sqlite3
import warnings

import pyogrio
import pytest
from store_samples import add_batch, layer_frame, patch_frame

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store import history, patches
from weipian_plugin.store.workspace import Workspace, adopt_plan

TABLES = {
    "batch": "batch_id name source_file source_sha256 received_on due_on patch_count crs encoding area_unit"
    " imported_at",
    "patch": "fid geom patch_no parent_no batch_id kind county_code town_code town_name patch_type"
    " date_before date_after area_m2 area_mu issued_area duty_state stage attributes",
    "overlay_area": "patch_no role class_code class_name status area_m2 area_mu net_area_m2 net_area_mu share"
    " edition",
    "overlay_hit": "patch_no role source_fid label class_code area_m2 share",
    "duty": "patch_no duty unit status rule_id clause reason area_m2 share plan_version"
    " decided_by decided_on",
    "determination": "patch_no result category basis document_no decided_by decided_on revision",
    "history": "seq at actor action table_name record_key before after prev_hash hash",
}


@pytest.mark.parametrize("table", TABLES)
def test_tables_have_the_columns_that_others_read(workspace, table):
    with workspace.reading() as connection:
        names = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
    assert set(TABLES[table].split()) <= names


def test_a_new_workspace_knows_its_year_and_plan(workspace):
    assert workspace.year == 2021
    assert workspace.plan() == ("wulong_2021.yaml", "plan: 示例", 1)
    assert Workspace.open(str(workspace.path)).plan().text == "plan: 示例"
    assert list(workspace.path.parent.iterdir()) == [workspace.path]


def test_a_plan_is_adopted_once_and_the_earlier_one_kept(workspace):
    for text in ("plan: 示例", "plan: 修订", "plan: 修订"):
        with workspace.writing("甲", "采用方案") as change:
            adopt_plan(change, "wulong_2021.yaml", text)
    assert workspace.plan() == ("wulong_2021.yaml", "plan: 修订", 2)
    with workspace.reading() as connection:
        assert connection.execute("SELECT COUNT(*) FROM plan_file").fetchone() == (2,)


def test_gdal_lists_every_table_without_a_warning(workspace):
    add_batch(workspace, patch_frame(3))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        listed = dict(pyogrio.list_layers(workspace.path))
        for table in listed:
            pyogrio.read_dataframe(workspace.path, layer=table)
        assert pyogrio.read_info(workspace.path, layer="patch")["features"] == 3
    tables = "setting plan_file batch overlay_area overlay_hit duty duty_decision patch_fact determination"
    tables += " history stage_transition stage_event doubt extension extension_withdrawal rectification"
    tables += " return_task patch_note evidence_file"
    assert listed == {"patch": "MultiPolygon"} | dict.fromkeys(tables.split())


def test_the_file_is_sound_geopackage_12(workspace):
    add_batch(workspace, patch_frame(3))
    with sqlite3.connect(workspace.path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert connection.execute("PRAGMA user_version").fetchone() == (10200,)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT rtreecheck('rtree_patch_geom')").fetchone() == ("ok",)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE patch SET kind = '房屋'",
        "UPDATE patch SET duty_state = '也许'",
        "UPDATE patch SET stage = '完成'",
        "UPDATE patch SET patch_no = ''",
        "UPDATE patch SET batch_id = 99",
        "INSERT INTO overlay_area (patch_no, role, status) VALUES ('500156SJBG21000001', 'river', '是')",
        "INSERT INTO overlay_area (patch_no, role, status) VALUES ('没有', 'river', '命中')",
        "INSERT INTO duty (patch_no, duty, unit, status) VALUES ('500156SJBG21000001', '查处', '甲', '好')",
        "INSERT INTO determination (patch_no, result, decided_by, decided_on, revision)"
        " VALUES ('500156SJBG21000001', '待定', '甲', '2021-07-02', 1)",
        "DELETE FROM history",
        "UPDATE history SET actor = '乙'",
        "INSERT OR REPLACE INTO history VALUES (1, '', '', '', '', '', NULL, NULL, '', '')",
    ],
)
def test_the_database_refuses_what_the_rules_forbid(workspace, statement):
    add_batch(workspace, patch_frame(1))
    before = workspace.path.read_bytes()
    with (
        pytest.raises(WeipianError, match=r"^“.*”拒绝了不符合规定的数据"),
        workspace.writing("甲", "试") as change,
    ):
        change.connection.execute(statement)
    assert workspace.path.read_bytes() == before


def test_renaming_a_patch_takes_its_rows_along(workspace):
    add_batch(workspace, patch_frame(1))
    with workspace.writing("甲", "试") as change:
        change.connection.execute(
            "INSERT INTO duty (patch_no, duty, unit, status)"
            " VALUES ('500156SJBG21000001', '查处', '甲局', '建议')"
        )
        change.connection.execute("UPDATE patch SET patch_no = '新号'")
        assert change.connection.execute("SELECT patch_no FROM duty").fetchall() == [("新号",)]


def test_an_exception_undoes_everything(workspace):
    before = workspace.path.read_bytes()
    with pytest.raises(ZeroDivisionError), workspace.writing("甲", "试") as change:
        change.connection.execute("UPDATE setting SET value = '1999' WHERE key = 'year'")
        change.record("setting", "year", "2021", "1999")
        raise ZeroDivisionError
    assert workspace.path.read_bytes() == before
    assert not list(workspace.path.parent.glob("*.writing.json"))


def test_a_change_without_writes_leaves_the_file_as_it_was(workspace):
    before = workspace.path.read_bytes()
    with workspace.writing("甲", "看看"):
        pass
    assert workspace.path.read_bytes() == before


def test_reading_cannot_write(workspace):
    with pytest.raises(WeipianError, match="只读"), workspace.reading() as connection:
        connection.execute("DELETE FROM setting")


def test_every_change_has_its_history(workspace):
    add_batch(workspace, patch_frame(2))
    with workspace.reading() as connection:
        rows = connection.execute(
            "SELECT seq, actor, action, table_name, record_key FROM history ORDER BY seq"
        ).fetchall()
        assert history.verify(connection).ok
    assert rows == [
        (1, "甲", "建立工作库", "setting", "year"),
        (2, "甲", "建立工作库", "plan_file", "1"),
        (3, "甲", "导入图斑", "batch", "1"),
        (4, "甲", "导入图斑", "patch", "500156SJBG21000001"),
        (5, "甲", "导入图斑", "patch", "500156SJBG21000002"),
    ]


def test_an_existing_file_is_never_overwritten(workspace):
    before = workspace.path.read_bytes()
    with pytest.raises(WeipianError, match="已经存在，不会覆盖"):
        Workspace.create(workspace.path, 2022, "a.yaml", "", "甲")
    assert workspace.path.read_bytes() == before


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(WeipianError, match="文件夹“.*没有”不存在"):
        Workspace.create(tmp_path / "没有" / "a.gpkg", 2022, "a.yaml", "", "甲")


def test_an_impossible_year_is_refused(tmp_path):
    with pytest.raises(WeipianError, match="年度“21”不对"):
        Workspace.create(tmp_path / "a.gpkg", 21, "a.yaml", "", "甲")
    assert list(tmp_path.iterdir()) == []


def test_files_that_are_no_workspace_are_refused_in_one_sentence(place, library):
    text = place / "说明.gpkg"
    text.write_text("不是数据库", encoding="utf-8")
    foreign = place / "别的.gpkg"
    layer_frame(1).to_file(foreign, driver="GPKG", layer="x")
    plain = place / "普通.sqlite"
    sqlite3.connect(plain).execute("CREATE TABLE setting (key, value)").connection.close()
    empty = place / "空.gpkg"
    empty.touch()
    expected = {
        place / "没有.gpkg": "找不到工作库",
        place: "是文件夹",
        text: "它不是 GeoPackage 文件",
        empty: "它不是 GeoPackage 文件",
        plain: "它不是 GeoPackage 文件",
        foreign: "它是其他软件的 GeoPackage 文件",
        library.path: "是底图库，这里需要的是工作库",
    }
    for path, sentence in expected.items():
        before = path.read_bytes() if path.is_file() else None
        with pytest.raises(WeipianError, match=sentence) as caught:
            Workspace.open(path)
        assert str(caught.value).endswith("。")
        assert str(caught.value).count("。") == 1
        assert before == (path.read_bytes() if path.is_file() else None)


def test_a_newer_workspace_names_the_plugin_to_get(workspace):
    with sqlite3.connect(workspace.path) as connection:
        connection.execute("UPDATE setting SET value = '99' WHERE key = 'schema_version'")
        connection.execute("UPDATE setting SET value = '3.7.0' WHERE key = 'since_plugin'")
    with pytest.raises(WeipianError, match="请升级到 3.7.0 或以上版本"):
        Workspace.open(workspace.path)


def test_a_damaged_workspace_is_said(workspace):
    add_batch(workspace, patch_frame(300))
    content = bytearray(workspace.path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    workspace.path.write_bytes(content)
    with pytest.raises(WeipianError, match="损坏"):
        patches.read(Workspace.open(workspace.path))
