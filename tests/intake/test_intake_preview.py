"""Looking at a file before the import: what is shown, what may be corrected, and that nothing is written."""

from __future__ import annotations

import zipfile
from datetime import date

import geopandas as gpd
import pytest
import shapely
from intake_files import SQUARE, box, patch_dbf, snapshot, write_shapefile

from weipian_plugin.domain.errors import Cancelled
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.store import patches
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.create_workspace import create_workspace
from weipian_plugin.workflow.import_base import BaseSource, import_base
from weipian_plugin.workflow.import_patches import PatchSource, import_patches
from weipian_plugin.workflow.preview import list_base_layers, preview_base, preview_patches

DAY = date(2021, 7, 20)


@pytest.fixture
def workspace(tmp_path):
    path = tmp_path / "工作库.gpkg"
    create_workspace(path, 2021, None, "甲")
    return path


def issued(folder, name="图斑.shp", **columns):
    return write_shapefile(folder / name, [[box(107.7, 29.3)], [box(107.8, 29.3)]], patch_dbf(2, **columns))


def look(workspace, path, **options):
    return preview_patches(workspace, None, PatchSource(str(path), DAY, **options), Progress())


def columns_of(seen):
    return {name: column for name, _, column in seen.fields}


def town_layer(path, **columns):
    data = {"XZQDM": ["500156001"], "XZQMC": ["凤山街道"]} | columns
    frame = gpd.GeoDataFrame(data, geometry=[shapely.Polygon(SQUARE)], crs="EPSG:4490")
    frame.to_file(path, layer="XZQ")
    return path


def test_preview_shows_text_figures_and_shapes_and_writes_nothing(tmp_path, workspace):
    path = issued(tmp_path)
    before = snapshot(tmp_path)
    seen = look(workspace, path)
    assert snapshot(tmp_path) == before
    assert seen.is_ready and seen.refusal == ""
    assert seen.look.columns == ("JCBH", "TBLX", "XZQDM", "XMC", "QSX", "HSX")
    assert seen.look.rows[1] == ("500156SJBG21210002", "20", "500156", "武隆区", "20210115", "20210320")
    assert seen.look.samples == ("武隆区",)
    assert (seen.decisions.read, seen.decisions.taken) == (2, 2)
    assert (seen.decisions.encoding, seen.decisions.crs) == ("GBK", "EPSG:4490")
    assert seen.crs_choices[0] == ("EPSG:4490", "CGCS2000 经纬度")
    assert ("EPSG:4524", "3度带 第36带（东坐标有带号）") in seen.crs_choices
    assert len(seen.shapes) == 2
    assert columns_of(seen)["patch_no"] == "JCBH"


def test_a_file_without_a_number_field_is_refused_and_can_be_mapped(tmp_path, workspace):
    path = write_shapefile(
        tmp_path / "a.shp", [SQUARE and [box(107.7, 29.3)]], patch_dbf(1, JCBH=["x"], MYNO=["P1"])
    )
    mapped = look(workspace, path, fields={"patch_no": "MYNO", "county_name": ""})
    assert mapped.is_ready
    assert columns_of(mapped)["county_name"] == ""
    nothing = look(workspace, path, fields={"patch_no": ""})
    assert "没有图斑编号字段" in nothing.refusal
    assert nothing.decisions is None and nothing.look.count == 1
    assert columns_of(nothing)["patch_type"] == "TBLX"
    import_patches(workspace, PatchSource(str(path), DAY, fields={"patch_no": "MYNO"}), "甲", Progress())
    assert list(patches.read(Workspace.open(workspace))["patch_no"]) == ["P1"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"patch_no": "无此"}, "文件里没有字段“无此”，不能用作图斑编号，请另选字段。"),
        ({"patch_no": "JCBH", "remark": "JCBH"}, "字段“JCBH”不能既作图斑编号和备注，请只选一处。"),
    ],
)
def test_a_wrong_mapping_is_told(tmp_path, workspace, fields, said):
    assert look(workspace, issued(tmp_path), fields=fields).refusal == said


def test_a_batch_that_was_imported_before_is_told_and_still_shown(tmp_path, workspace):
    path = issued(tmp_path)
    import_patches(workspace, PatchSource(str(path), DAY), "甲", Progress())
    seen = look(workspace, path)
    assert "导入过，没有重复导入" in seen.refusal
    assert seen.decisions.taken == 2
    changed = issued(tmp_path, "再下发.shp", XMC=["武隆", "武隆"])
    assert "选“更新已有图斑”" in look(workspace, changed).refusal
    assert look(workspace, changed, update=True).is_ready


def test_wrong_encoding_can_be_laid_down(tmp_path, workspace):
    assert look(workspace, issued(tmp_path), encoding="UTF-8").look.samples != ("武隆区",)


def test_a_broken_file_is_a_sentence(tmp_path, workspace):
    (tmp_path / "坏.zip").write_bytes(b"no zip")
    assert look(workspace, tmp_path / "坏.zip").refusal.startswith("坏.zip 不是 zip 压缩包")


def test_an_archive_with_several_sets_offers_them(tmp_path, workspace):
    one, other = issued(tmp_path, "一.shp"), issued(tmp_path, "二.shp")
    with zipfile.ZipFile(tmp_path / "两批.zip", "w") as bundle:
        for path in (one, other):
            for part in path.parent.glob(f"{path.stem}.*"):
                bundle.write(part, part.name)
    seen = look(workspace, tmp_path / "两批.zip")
    assert sorted(seen.look.layers) == ["一.shp", "二.shp"]
    assert not seen.is_ready
    assert look(workspace, f"{tmp_path / '两批.zip'}|layername=二.shp").is_ready


def test_base_layer_role_is_told_from_name_and_fields(tmp_path):
    path = town_layer(tmp_path / "底图.gpkg")
    seen = preview_base(tmp_path / "库.gpkg", BaseSource(str(path), None, "2021"), Progress())
    assert (seen.role, seen.is_ready) == (Role.TOWNSHIP, True)
    assert seen.fields == (("class_code", "代码或类别", "XZQDM"), ("label", "名称", "XZQMC"))
    assert not (tmp_path / "库.gpkg").exists()


def test_townships_of_the_library_lie_under_the_patches(tmp_path, workspace):
    library = tmp_path / "库.gpkg"
    import_base(library, BaseSource(str(town_layer(tmp_path / "x.gpkg")), None, "2021"), Progress())
    seen = preview_patches(workspace, library, PatchSource(str(issued(tmp_path)), DAY), Progress())
    assert [tuple(round(v, 2) for v in shape.bounds) for shape in seen.townships] == [
        (107.7, 29.3, 107.71, 29.31)
    ]


def test_layers_of_many_files_are_listed_with_their_roles(tmp_path):
    path = town_layer(tmp_path / "底图.gpkg")
    frame = gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.Polygon(SQUARE)], crs="EPSG:4490")
    frame.to_file(path, layer="未知图层")
    dltb = write_shapefile(tmp_path / "DLTB.shp", [[SQUARE]], patch_dbf(1, DLBM=["0101"]))
    (tmp_path / "说明.txt").write_text("x", encoding="utf-8")
    found, refused = list_base_layers([str(path), str(dltb), str(tmp_path / "说明.txt")], Progress())
    assert [(layer.name, layer.proposal.is_clear) for layer in found] == [
        ("XZQ", True),
        ("未知图层", False),
        ("DLTB", True),
    ]
    assert [layer.source for layer in found][:2] == [f"{path}|layername=XZQ", f"{path}|layername=未知图层"]
    assert [layer.proposal.role for layer in found][::2] == [Role.TOWNSHIP, Role.LAND_CLASS]
    assert len(refused) == 1 and "说明.txt" in refused[0]


def test_looking_can_be_stopped(tmp_path, workspace):
    class Stopped(Progress):
        def is_cancelled(self):
            return True

    with pytest.raises(Cancelled):
        preview_patches(workspace, None, PatchSource(str(issued(tmp_path)), DAY), Stopped())
