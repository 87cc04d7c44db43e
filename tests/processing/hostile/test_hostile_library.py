"""Libraries that another program altered: what is wrong is told, or what is there counts."""

from __future__ import annotations

import pytest
from hostile_watch import assert_refused_in_one_sentence, snapshot
from test_hostile_altered import altered

NAN = "000000000000f87f" * 8
RING = f"01060000000100000001030000000100000004000000{NAN}"
ALTERED = {
    "half-a-shape": "UPDATE river SET geom = substr(geom, 1, 60)",
    "no-shape": "UPDATE river SET geom = NULL",
    "text-for-shape": "UPDATE river SET geom = 'POLYGON EMPTY'",
    "empty-shape": "UPDATE river SET geom = CAST(substr(geom, 1, 40) || x'010600000000000000' AS BLOB)",
    "nan-shape": f"UPDATE river SET geom = CAST(substr(geom, 1, 40) || x'{RING}' AS BLOB)",
    "other-srs": "UPDATE river"
    " SET geom = CAST(substr(geom, 1, 4) || x'11110000' || substr(geom, 9) AS BLOB)",
    "no-table": "DROP TABLE river",
    "view": "ALTER TABLE river RENAME TO was_river; CREATE VIEW river AS SELECT * FROM was_river",
    "endless-view": "ALTER TABLE river RENAME TO was_river; CREATE VIEW river AS WITH RECURSIVE n(i) AS"
    " (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT was_river.* FROM was_river, n",
    "trigger": "CREATE TRIGGER stop BEFORE INSERT ON layer_edition BEGIN SELECT RAISE(ABORT, 'no'); END",
    "no-index": "DROP TABLE rtree_river_geom",
    "no-columns": "DELETE FROM gpkg_geometry_columns WHERE table_name = 'river'",
    "unknown-role": "UPDATE layer_edition SET role = 'moon' WHERE role = 'river'",
    "bytes-for-edition": "UPDATE layer_edition SET edition = x'ff00fe' WHERE role = 'river'",
    "no-edition": "UPDATE layer_edition SET edition = ''",
    "bad-coverage": "UPDATE layer_edition SET coverage = 'POLYGON((1 2'",
    "endless-area": "UPDATE land_class SET geom_area_m2 = 9e999, net_parcel_area_m2 = 'x'",
    "bytes-for-class": "UPDATE land_class SET class_code = x'ff00fe'",
    "number-for-label": "UPDATE river SET label = 7",
}


TOLD = {
    "half-a-shape": "“河道管理范围”图层第 1 号要素的图形读不出来",
    "no-shape": "“河道管理范围”图层第 1 号要素的图形读不出来",
    "text-for-shape": "不符合 GeoPackage 标准的几何数据",
    "empty-shape": "“河道管理范围”图层第 1 号要素的图形读不出来",
    "nan-shape": "“河道管理范围”图层第 1 号要素的图形读不出来",
    "no-index": "缺少表“rtree_river_geom”",
    "bytes-for-edition": "“河道管理范围”图层的版本记录不是文字",
    "bad-coverage": "“地类图斑”图层的覆盖范围读不出来",
    "endless-area": "“地类图斑”图层第 1 号要素的文字或面积不对",
    "bytes-for-class": "“地类图斑”图层第 1 号要素的文字或面积不对",
}
"""What cannot be worked with, and what the refusal says; the other cases are done."""


@pytest.mark.parametrize("case", ALTERED)
def test_an_altered_library(desk, tmp_path, case):
    here = desk.copy_to(tmp_path / "桌面")
    altered(here.folder / "底图库.gpkg", ALTERED[case])
    before = snapshot(here.folder)
    done = here.run("overlay")
    if case not in TOLD:
        assert done.ok, done.log
        return
    assert snapshot(here.folder) == before
    assert_refused_in_one_sentence(done, here.folder, "rtree_river_geom", "GeoPackage")
    assert TOLD[case] in done.errors[0]


def test_a_month_on_an_altered_library_says_what_was_kept(desk, tmp_path):
    here = desk.copy_to(tmp_path / "桌面")
    altered(here.folder / "底图库.gpkg", ALTERED["half-a-shape"])
    done = here.run("month")
    assert_refused_in_one_sentence(done, here.folder)
    assert "图形读不出来" in done.errors[0]
    assert "已完成的步骤（导入图斑）保留" in done.errors[0]
