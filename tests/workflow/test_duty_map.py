"""The map of duties over layers drawn by hand: squares whose official areas are known one by one."""

from __future__ import annotations

import hashlib
import sqlite3
import time

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from decision_samples import make_workspace, number

from weipian_plugin.domain.errors import Cancelled, WeipianError
from weipian_plugin.domain.geodesy import official_area
from weipian_plugin.domain.layers import LayerEdition
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.store.library import Library
from weipian_plugin.workflow.duty_map import make_duty_map

WEST, SOUTH, STEP = 107.5, 29.3, 0.01


def box(x1, y1, x2, y2):
    """Return a box on the grid of hundredths of a degree, as a polygon."""
    return shapely.box(WEST + STEP * x1, SOUTH + STEP * y1, WEST + STEP * x2, SOUTH + STEP * y2)


def area(*boxes):
    return float(official_area(np.array([box(*corners) for corners in boxes], dtype=object)).sum())


LAYERS = {
    Role.TOWNSHIP: {"白马镇": box(0, 0, 4, 4), "江口镇": box(4, 0, 8, 4)},
    Role.RIVER: {"甲河": box(1, 1, 5, 2), "乙河": box(2, 1, 3, 2)},
    Role.REDLINE: {"红线": box(3, 1, 6, 3)},
    Role.FOREST: {"林": box(5, 2, 7, 3)},
    Role.NATURE_RESERVE: {"保护地": box(6, 2, 9, 3)},
    Role.URBAN: {"城": box(-3, -3, -1, -1)},
    Role.TRAFFIC: {"路": box(0, 0, 1, 1)},
}


def make_library(path, layers=LAYERS, coverage=None):
    library = Library.create(path)
    for role, features in layers.items():
        geometry = shapely.multipolygons(np.array(list(features.values()), dtype=object).reshape(-1, 1))
        frame = pd.DataFrame(
            {
                "source_fid": range(len(features)),
                "label": list(features),
                "class_code": "",
                "geom_area_m2": official_area(geometry),
                "parcel_area_m2": np.nan,
                "net_parcel_area_m2": np.nan,
                "deducted_class": "",
            }
        )
        edition = LayerEdition(
            role, "2021", "图层.shp", "ab" * 32, len(features), (coverage or {}).get(role, "")
        )
        library.replace_layer(
            edition, gpd.GeoDataFrame(frame, geometry=geometry, crs=4490).rename_geometry("geom")
        )
    return library.path


@pytest.fixture
def work(tmp_path):
    return make_workspace(tmp_path / "工作库.gpkg", {number(1): {}}).path


def combinations(path):
    with sqlite3.connect(path) as connection:
        rows = connection.execute(
            "SELECT rule_ids, kind, units, area_m2, share FROM duty_combination"
        ).fetchall()
    return {rules: (kind, units, square_metres, share) for rules, kind, units, square_metres, share in rows}


def test_every_combination_has_its_area_and_they_sum_to_the_district(work, tmp_path):
    output = tmp_path / "职责分布.gpkg"
    result = make_duty_map(work, make_library(tmp_path / "底图库.gpkg"), output, Progress())
    district = area((0, 0, 8, 4))
    expected = {
        "河道": ("一家", "区水利局", area((1, 1, 3, 2))),
        "生态红线+河道": ("多家", "区生态环境局、区水利局", area((3, 1, 5, 2))),
        "生态红线": ("一家", "区生态环境局", area((3, 2, 5, 3), (5, 1, 6, 2))),
        "生态红线+林地": ("多家", "区生态环境局、区林业局", area((5, 2, 6, 3))),
        "林地+自然保护地": ("一家", "区林业局", area((6, 2, 7, 3))),
        "自然保护地": ("一家", "区林业局", area((7, 2, 8, 3))),
        "交通沿线": ("一家", "区交通局", area((0, 0, 1, 1))),
    }
    expected[""] = ("无", "", district - sum(row[2] for row in expected.values()))
    found = combinations(output)
    assert found.keys() == expected.keys()
    for rules, (kind, units, square_metres) in expected.items():
        assert found[rules][:2] == (kind, units)
        assert found[rules][2] == pytest.approx(square_metres, abs=1e-4)
        assert found[rules][3] == pytest.approx(square_metres / district)
    assert sum(row[2] for row in found.values()) == pytest.approx(district, abs=1e-4)
    assert result.district_m2 == pytest.approx(district, abs=1e-6)
    assert sum(result.by_kind.values()) == pytest.approx(district, abs=1e-4)
    assert result.findings == ()


def test_the_layer_is_valid_in_degrees_and_measures_what_it_says(work, tmp_path):
    output = tmp_path / "职责分布.gpkg"
    make_duty_map(work, make_library(tmp_path / "底图库.gpkg"), output, Progress())
    frame = pyogrio.read_dataframe(output, layer="duty_area")
    assert frame.crs.to_epsg() == 4490
    assert frame.geometry.is_valid.all()
    assert set(frame.geom_type) == {"MultiPolygon"}
    assert official_area(frame.geometry.to_numpy()) == pytest.approx(frame["area_m2"], abs=1e-4)
    assert frame.groupby("town_name")["area_m2"].sum().to_dict() == pytest.approx(
        {"白马镇": area((0, 0, 4, 4)), "江口镇": area((4, 0, 8, 4))}, abs=1e-4
    )
    assert not list(tmp_path.glob(".*.part*"))


def test_a_layer_that_is_not_there_is_not_evaluated_and_not_a_no(work, tmp_path):
    layers = {role: features for role, features in LAYERS.items() if role is not Role.RIVER}
    output = tmp_path / "图.gpkg"
    result = make_duty_map(work, make_library(tmp_path / "库.gpkg", layers), output, Progress())
    assert [finding.code for finding in result.findings] == ["duty-map-layer-missing"]
    assert "区水利局（四（八））的范围没有画出，不等于没有" in result.findings[0].message
    frame = pyogrio.read_dataframe(output, layer="duty_area")
    assert set(frame["not_evaluated"]) == {"河道管理范围"}


def test_ground_beyond_a_layers_coverage_is_not_evaluated(work, tmp_path):
    library = make_library(tmp_path / "库.gpkg", coverage={Role.RIVER: box(0, 0, 4, 4).wkt})
    output = tmp_path / "图.gpkg"
    make_duty_map(work, library, output, Progress())
    frame = pyogrio.read_dataframe(output, layer="duty_area")
    blind = frame[frame["not_evaluated"] == "河道管理范围"]
    assert set(blind["town_name"]) == {"江口镇"}
    assert blind["area_m2"].sum() == pytest.approx(area((4, 0, 8, 4)), abs=1e-4)
    assert frame["area_m2"].sum() == pytest.approx(area((0, 0, 8, 4)), abs=1e-4)


def test_townships_drawn_over_one_another_count_once(work, tmp_path):
    layers = LAYERS | {Role.TOWNSHIP: {"白马镇": box(0, 0, 5, 4), "江口镇": box(4, 0, 8, 4)}}
    result = make_duty_map(work, make_library(tmp_path / "库.gpkg", layers), tmp_path / "图.gpkg", Progress())
    assert sum(result.by_kind.values()) == pytest.approx(area((0, 0, 8, 4)), abs=1e-4)


def test_it_is_made_again_in_place_but_never_over_another_file(work, tmp_path):
    library, output = make_library(tmp_path / "库.gpkg"), tmp_path / "图.gpkg"
    make_duty_map(work, library, output, Progress())
    make_duty_map(work, library, output, Progress())
    assert len(combinations(output)) == 8
    for other in (work, library):
        before = hashlib.sha256(other.read_bytes()).hexdigest()
        with pytest.raises(WeipianError, match="不会覆盖"):
            make_duty_map(work, library, other, Progress())
        assert hashlib.sha256(other.read_bytes()).hexdigest() == before
    with pytest.raises(WeipianError, match="gpkg"):
        make_duty_map(work, library, tmp_path / "图.shp", Progress())


def test_without_townships_there_is_no_district(work, tmp_path):
    layers = {Role.RIVER: LAYERS[Role.RIVER]}
    with pytest.raises(WeipianError, match="没有乡镇街道图层"):
        make_duty_map(work, make_library(tmp_path / "库.gpkg", layers), tmp_path / "图.gpkg", Progress())
    assert not (tmp_path / "图.gpkg").exists()


class CancelSoon(Progress):
    def __init__(self):
        self.pressed = 0.0

    def is_cancelled(self):
        return bool(self.pressed)

    def _show(self, fraction, text):
        if fraction > 0.1 and not self.pressed:
            self.pressed = time.perf_counter()


def test_cancel_leaves_nothing_and_comes_soon(work, tmp_path):
    progress = CancelSoon()
    with pytest.raises(Cancelled):
        make_duty_map(work, make_library(tmp_path / "库.gpkg"), tmp_path / "图.gpkg", progress)
    assert time.perf_counter() - progress.pressed < 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["工作库.gpkg", "库.gpkg"]
