"""Base layers end to end: the role told, the district held against, the library whole or untouched."""

from __future__ import annotations

import json

import geopandas as gpd
import pyogrio
import pytest
import shapely
from import_runs import Canceller, rows, take_base
from intake_files import PRJ_4490, Dbf, box, project, snapshot, write_shapefile

from weipian_plugin.domain.errors import Cancelled, WeipianError
from weipian_plugin.domain.roles import Role
from weipian_plugin.store.library import Library


@pytest.fixture
def library(tmp_path):
    (tmp_path / "库").mkdir()
    return tmp_path / "库" / "底图库.gpkg"


def layer(folder, name, fields, rings, prj_text=PRJ_4490):
    """Write a shapefile whose fields all hold the same text in every row."""
    dbf = Dbf([(field.encode("gbk"), "C", 30, 0) for field in fields])
    for number in range(len(rings)):
        dbf.add(*(value.format(number).encode("gbk") for value in fields.values()))
    return write_shapefile(folder / name, [[ring] for ring in rings], dbf, prj_text)


def townships(folder, rings, prj_text=PRJ_4490):
    fields = {"XZQDM": "50015610{}", "XZQMC": "示例镇{}"}
    return layer(folder, "XZQ", fields, rings, prj_text)


RED = {"LHDM": "500156{}", "LHLX": "水源涵养"}
TOWNS = [box(107.5, 29.2, 0.1), box(107.6, 29.2, 0.1)]


def test_the_role_is_told_and_its_scores_are_shown(library, tmp_path):
    done = take_base(library, layer(tmp_path, "STBHHX2018", RED, [box(107.7, 29.3)]))
    assert done.role is Role.REDLINE
    assert done.scores == "生态保护红线 100 分"
    assert "生态保护红线（按图层名和字段判断；得分：生态保护红线 100 分）" in done.report.read_text(
        encoding="utf-8"
    )
    assert list(Library.open(library).editions()) == [Role.REDLINE]


def test_a_tie_is_refused_with_the_scores(library, tmp_path):
    path = layer(tmp_path, "河道与自然保护地_林地", {"NAME": "甲"}, [box(107.7, 29.3)])
    with pytest.raises(WeipianError) as refused:
        take_base(library, path)
    assert str(refused.value) == (
        "从图层名和字段看不准 河道与自然保护地_林地.shp 是哪一种底图"
        "（自然保护地 60 分、河道管理范围 50 分、林地 50 分），请用“图层种类”（ROLE）指定。"
    )
    assert not library.exists()
    assert list(library.parent.iterdir()) == []


def test_no_hint_is_refused(library, tmp_path):
    with pytest.raises(WeipianError, match="没有线索"):
        take_base(library, layer(tmp_path, "export", {"A": "甲"}, [box(107.7, 29.3)]))


def test_the_name_inside_a_zip_and_a_container_counts(library, tmp_path):
    import zipfile

    path = layer(tmp_path, "STBHHX", {"MC": "甲"}, [box(107.7, 29.3)])
    with zipfile.ZipFile(tmp_path / "资料.zip", "w") as archive:
        for suffix in (".shp", ".shx", ".dbf", ".prj"):
            archive.write(path.with_suffix(suffix), f"成果/STBHHX{suffix}")
    assert take_base(library, tmp_path / "资料.zip").role is Role.REDLINE
    frame = gpd.GeoDataFrame({"MC": ["甲"]}, geometry=[shapely.Polygon(box(107.7, 29.3))], crs=4490)
    pyogrio.write_dataframe(frame, tmp_path / "行政区.gpkg", layer="管委会辖区")
    pyogrio.write_dataframe(frame, tmp_path / "行政区.gpkg", layer="其他", append=True)
    assert take_base(library, f"{tmp_path / '行政区.gpkg'}|layername=管委会辖区").role is Role.COMMITTEE


def test_a_role_against_name_and_fields_is_taken_with_a_finding(library, tmp_path):
    done = take_base(library, layer(tmp_path, "STBHHX", RED, [box(107.7, 29.3)]), Role.RIVER)
    assert done.role is Role.RIVER
    assert done.findings[0].code == "role-doubtful"


def test_without_prefix_and_label_the_district_of_the_plan_decides(library, tmp_path):
    rings = [project(box(107.7, 29.3), 4545)]
    done = take_base(library, layer(tmp_path, "STBHHX", RED, rings, None))
    assert [finding.code for finding in done.findings] == ["crs-guessed"]
    [feature] = gpd.read_file(library, layer="redline").geometry
    assert feature.bounds == pytest.approx((107.7, 29.3, 107.701, 29.301), abs=1e-9)


def test_a_layer_of_another_place_is_refused(library, tmp_path):
    with pytest.raises(WeipianError, match="全部图形都落在武隆区范围之外"):
        take_base(library, layer(tmp_path, "STBHHX", RED, [box(116.3, 39.9)]))
    assert list(library.parent.iterdir()) == []


def test_the_townships_of_the_library_are_the_district(library, tmp_path):
    take_base(library, townships(tmp_path, TOWNS))
    inside, outside = box(107.55, 29.25), box(107.9, 29.25)
    take_base(library, layer(tmp_path, "STBHHX", RED, [inside]))
    with pytest.raises(WeipianError, match="全部图形都落在本区范围之外"):
        take_base(library, layer(tmp_path, "YJJBNT", {"JBNTTBBH": "1"}, [outside]))
    done = take_base(library, layer(tmp_path, "HDGL", {"HDMC": "甲"}, [inside, outside]))
    assert [finding.code for finding in done.findings] == ["outside-district-layer"]


def test_another_districts_plan(library, tmp_path):
    from weipian_plugin.workflow.plans import DEFAULT_PLAN

    text = DEFAULT_PLAN.read_text(encoding="utf-8").replace(
        "[107.15, 28.95, 108.15, 29.75]", "[116, 39, 117, 41]"
    )
    plan = tmp_path / "方案.yaml"
    plan.write_text(text, encoding="utf-8")
    take_base(library, layer(tmp_path, "STBHHX", RED, [box(116.3, 39.9)]), plan=plan)
    assert Role.REDLINE in Library.open(library).editions()


def test_findings_and_decisions_are_in_the_library(library, tmp_path):
    path = layer(tmp_path, "STBHHX", RED, [box(107.7, 29.3)], None)
    done = take_base(library, path)
    [(role, edition, source, sha256, count, fields, findings)] = rows(
        library, "SELECT role, edition, source, sha256, feature_count, fields, findings FROM layer_edition"
    )
    assert (role, edition, source, count) == ("redline", "2020年度", str(path), 1)
    assert len(sha256) == 64
    assert json.loads(fields) == {"label": "LHDM", "class_code": "LHLX"}
    assert json.loads(findings) == [finding.as_dict() for finding in done.findings]
    assert done.report.is_file()


def test_a_dry_run_makes_no_library(library, tmp_path):
    originals = snapshot(tmp_path)
    path = layer(tmp_path, "STBHHX", RED, [box(107.7, 29.3)])
    originals = snapshot(tmp_path)
    done = take_base(library, path, dry_run=True)
    assert done.features == 1
    assert {name: text for name, text in snapshot(tmp_path).items() if "导入报告" not in name} == originals
    assert "这是预检，没有写入任何数据。" in done.report.read_text(encoding="utf-8")


def test_a_dry_run_leaves_the_library_as_it_was(library, tmp_path):
    path = layer(tmp_path, "STBHHX", RED, [box(107.7, 29.3)])
    take_base(library, path)
    before = library.read_bytes()
    take_base(library, path, edition="2021年度", dry_run=True)
    assert library.read_bytes() == before


@pytest.mark.parametrize("text", ["读取底图", "整理属性", "正在写入要素", "正在建立空间索引"])
def test_cancel_while_the_first_library_is_made(library, tmp_path, text):
    path = layer(tmp_path, "STBHHX", RED, [box(107.7, 29.3)] * 3)
    before = snapshot(tmp_path)
    with pytest.raises(Cancelled):
        take_base(library, path, progress=Canceller(text))
    assert snapshot(tmp_path) == before
    assert list(library.parent.iterdir()) == []


@pytest.mark.parametrize("text", ["正在写入要素", "正在建立空间索引"])
def test_cancel_keeps_the_earlier_edition(library, tmp_path, text):
    take_base(library, layer(tmp_path, "STBHHX", RED, [box(107.7, 29.3)]))
    path = layer(tmp_path, "STBHHX2021", RED, [box(107.8, 29.3), box(107.9, 29.3)])
    before = snapshot(tmp_path)
    with pytest.raises(Cancelled):
        take_base(library, path, edition="2021年度", progress=Canceller(text))
    assert {k: v for k, v in snapshot(tmp_path).items() if not k.endswith(".gpkg")} == {
        k: v for k, v in before.items() if not k.endswith(".gpkg")
    }
    assert rows(library, "SELECT edition, feature_count FROM layer_edition") == [("2020年度", 1)]
    assert rows(library, "SELECT count(*) FROM redline") == [(1,)]


def test_a_re_import_takes_the_place_of_the_earlier_edition(library, tmp_path):
    take_base(library, layer(tmp_path, "STBHHX", RED, [box(107.7, 29.3)]))
    take_base(library, layer(tmp_path, "STBHHX2021", RED, [box(107.8, 29.3)] * 2), edition="2021年度")
    assert rows(library, "SELECT edition, feature_count FROM layer_edition") == [("2021年度", 2)]
    assert rows(library, "SELECT count(*) FROM redline") == [(2,)]


def test_progress_moves_all_the_way(library, tmp_path):
    watcher = Canceller()
    take_base(library, layer(tmp_path, "STBHHX", RED, [box(107.7, 29.3)]), progress=watcher)
    assert watcher.seen == sorted(watcher.seen)
    assert watcher.seen[-1] == 1.0


def test_no_edition_is_refused(library, tmp_path):
    with pytest.raises(WeipianError, match="没有填写图层的版本"):
        take_base(library, layer(tmp_path, "STBHHX", RED, [box(107.7, 29.3)]), edition="")
