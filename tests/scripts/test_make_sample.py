"""The sample district as files: what the ministry issues and what a bureau keeps."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely

from scripts import make_sample
from weipian_plugin.domain.geodesy import official_area
from weipian_plugin.domain.roles import Role
from weipian_plugin.sample.config import district_facts
from weipian_plugin.sample.patches import planned_cases, quotas

PARCELS, PATCHES, SEED = 2_000, 160, 3
ISSUED_FIELDS = (
    "OBJECTID XZQDM XMC TBLX TZ QSX HSX DDTC BZ JCBH DLBM DLMC TBXHDM TBXHMC ZZSXDM ZZSXMC CZCSXM SFYN SFHX "
    "MJ JSYDXZ CREATE_AT UPDATE_AT"
).split()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("示例") / "sample (1)"
    arguments = [str(folder), "--parcels", str(PARCELS), "--patches", str(PATCHES), "--seed", str(SEED)]
    assert make_sample.main(arguments) == 0
    return folder


@pytest.fixture(scope="module")
def manifest(sample: Path) -> dict[str, Any]:
    return dict(json.loads((sample / "manifest.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def layers(sample: Path, manifest: dict[str, Any]) -> dict[str, gpd.GeoDataFrame]:
    return {entry["role"]: _read(sample, entry) for entry in manifest["base"]}


@pytest.fixture(scope="module")
def patches(sample: Path, manifest: dict[str, Any]) -> gpd.GeoDataFrame:
    return _without_nulls(pyogrio.read_dataframe(sample / manifest["patches"], encoding="GBK"))


@pytest.fixture(scope="module")
def flags(patches: gpd.GeoDataFrame, layers: dict[str, gpd.GeoDataFrame]) -> pd.DataFrame:
    """Which patch meets which layer, and how many townships, by brute force over the written files."""
    flat = patches.to_crs(4524).geometry.to_numpy()
    result = pd.DataFrame(index=patches.index)
    for role, layer in layers.items():
        tree = shapely.STRtree(layer.geometry.to_numpy())
        hit = tree.query(flat, predicate="intersects")[0]
        result[role] = np.bincount(hit, minlength=len(flat))
    result["case"] = patches["BZ"].str.removeprefix("示例数据：")
    return result


def _read(folder: Path, entry: dict[str, str]) -> gpd.GeoDataFrame:
    path = folder / entry["path"]
    if "layer" in entry:
        return _without_nulls(pyogrio.read_dataframe(path, layer=entry["layer"]))
    return _without_nulls(pyogrio.read_dataframe(path, encoding="GBK"))


def _without_nulls(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    texts = [name for name in layer.columns if name != "geometry" and layer[name].dtype == object]
    layer[texts] = layer[texts].fillna("")
    return layer


def test_all_roles_are_there(manifest: dict[str, Any], layers: dict[str, gpd.GeoDataFrame]) -> None:
    assert [entry["role"] for entry in manifest["base"]] == [role.value for role in Role]
    assert all(layer.crs.to_epsg() == 4524 and layer.is_valid.all() for layer in layers.values())
    assert {Path(entry["path"]).suffix for entry in manifest["base"]} == {".shp", ".gpkg"}
    assert manifest["received"] == "2021-07-20"
    assert next(iter(manifest["base"]))["edition"] == "示例2020年度变更调查"


def test_everything_is_marked_as_sample(
    sample: Path, layers: dict[str, gpd.GeoDataFrame], patches: gpd.GeoDataFrame, manifest: dict[str, Any]
) -> None:
    assert all((layer["BZ"] == "示例数据").all() for layer in layers.values())
    assert patches["BZ"].str.startswith("示例数据").all()
    assert "示例数据" in (sample / "README.txt").read_text(encoding="utf-8-sig")
    assert "示例数据" in manifest["note"]


class TestLandClass:
    def test_covers_without_gap_or_overlap(self, layers: dict[str, gpd.GeoDataFrame]) -> None:
        shapes = layers["land_class"].geometry.to_numpy()
        union = shapely.union_all(shapes)
        assert len(shapes) == PARCELS
        assert union.geom_type == "Polygon"
        assert not union.interiors
        assert union.area == pytest.approx(shapely.area(shapes).sum(), rel=1e-12)
        assert union.area == pytest.approx(PARCELS * 14_500, rel=0.03)

    def test_has_fifty_vertices_a_parcel(self, layers: dict[str, gpd.GeoDataFrame]) -> None:
        counts = shapely.get_num_coordinates(layers["land_class"].geometry.to_numpy())
        assert counts.mean() == pytest.approx(49, abs=1)

    def test_areas_are_official_and_add_up(self, layers: dict[str, gpd.GeoDataFrame]) -> None:
        parcels = layers["land_class"]
        areas = official_area(parcels.to_crs(4490).geometry.to_numpy())
        assert np.abs(parcels["TBMJ"] - areas).max() <= 0.0051
        assert (parcels["TBMJ"] - parcels["KCMJ"] - parcels["TBDLMJ"]).abs().max() < 1e-6
        assert (parcels["KCMJ"] - parcels["TBMJ"] * parcels["KCXS"]).abs().max() <= 0.0051

    def test_ridges_are_taken_off_sloping_fields_only(self, layers: dict[str, gpd.GeoDataFrame]) -> None:
        parcels = layers["land_class"]
        field = parcels["DLBM"].isin(["0101", "0102", "0103"])
        sloping = field & (parcels["GDPDJB"] > "1")
        assert ((parcels["KCDLBM"] == "1203") == sloping).all()
        assert ((parcels["KCXS"] > 0) == sloping).all()
        assert sloping.sum() > 100
        assert (field & ~sloping).sum() > 10

    def test_class_mix_is_that_of_a_mountain_district(self, layers: dict[str, gpd.GeoDataFrame]) -> None:
        share = layers["land_class"].groupby("DLBM")["TBMJ"].sum() / layers["land_class"]["TBMJ"].sum()
        assert 0.40 < share[share.index.str.startswith("03")].sum() < 0.75
        assert 0.12 < share[["0101", "0103"]].sum() < 0.40
        assert share["0103"] > share["0101"]
        assert {"0702", "1101", "1003", "1006", "1104"} <= set(share.index)

    def test_location_code_is_that_of_the_township_around(self, layers: dict[str, gpd.GeoDataFrame]) -> None:
        parcels, townships = layers["land_class"], layers["township"]
        middle = parcels.geometry.representative_point()
        index, town = townships.sindex.query(middle.to_numpy(), predicate="intersects")
        assert np.array_equal(np.sort(index), np.arange(PARCELS))
        assert (parcels["ZLDWDM"].str[:9].to_numpy()[index] == townships["XZQDM"].to_numpy()[town]).all()
        assert parcels["ZLDWDM"].str.fullmatch(r"500156\d{6}0{7}").all()

    def test_identifiers_are_unique(self, layers: dict[str, gpd.GeoDataFrame]) -> None:
        assert layers["land_class"]["BSM"].is_unique
        assert layers["land_class"]["BSM"].str.fullmatch(r"\d{18}").all()


def test_townships_share_the_outline_of_the_parcels(layers: dict[str, gpd.GeoDataFrame]) -> None:
    townships = layers["township"]
    facts = {entry[0]: entry[1] for entry in district_facts()["townships"]}
    assert len(facts) == 26
    assert dict(zip(townships["XZQDM"], townships["XZQMC"], strict=True)) == facts
    whole = shapely.union_all(layers["land_class"].geometry.to_numpy())
    union = shapely.union_all(townships.geometry.to_numpy())
    assert shapely.symmetric_difference(whole, union).area < 1e-3
    assert union.area == pytest.approx(townships.area.sum(), rel=1e-12)


def test_red_line_is_a_hundred_large_multipolygons_with_holes(layers: dict[str, gpd.GeoDataFrame]) -> None:
    redline = layers["redline"]
    counts = shapely.get_num_coordinates(redline.geometry.to_numpy())
    holes = [sum(len(part.interiors) for part in shape.geoms) for shape in redline.geometry]
    assert len(redline) == 108
    assert counts.mean() > 2_000
    assert counts.max() > 5_000
    assert sum(holes) > 50


def test_nature_reserves_lie_mostly_in_the_red_line(layers: dict[str, gpd.GeoDataFrame]) -> None:
    reserves = shapely.union_all(layers["nature_reserve"].geometry.to_numpy())
    redline = shapely.union_all(layers["redline"].geometry.to_numpy())
    assert 0.5 < reserves.intersection(redline).area / reserves.area < 0.995


def test_ranges_overlap_themselves_and_each_other(layers: dict[str, gpd.GeoDataFrame]) -> None:
    unions = {role: shapely.union_all(layers[role].geometry.to_numpy()) for role in ("river", "traffic")}
    assert all(unions[role].area < 0.999 * layers[role].area.sum() for role in unions)
    assert unions["river"].intersection(unions["traffic"]).area > 0.02 * unions["traffic"].area


def test_forest_disagrees_a_little_with_the_survey(layers: dict[str, gpd.GeoDataFrame]) -> None:
    parcels = layers["land_class"]
    survey = shapely.union_all(parcels.geometry[parcels["DLBM"].str.startswith("03")].to_numpy())
    forest = shapely.union_all(layers["forest"].geometry.to_numpy())
    agreed = survey.intersection(forest).area / survey.union(forest).area
    assert 0.85 < agreed < 0.99


def test_one_centre_and_two_clusters_and_three_committees(layers: dict[str, gpd.GeoDataFrame]) -> None:
    assert layers["urban"]["MC"].tolist() == ["中心城区", "仙女山组团", "白马组团"]
    assert layers["committee"]["MC"].tolist() == ["区工业园区管委会", "区仙管委", "区白管委"]


class TestPatches:
    def test_dbf_is_gbk_without_any_label(self, sample: Path, manifest: dict[str, Any]) -> None:
        path = sample / manifest["patches"]
        data = path.with_suffix(".dbf").read_bytes()
        assert path.name == f"2021年7月武隆区卫片图斑（{PATCHES}个）.shp"
        assert not path.with_suffix(".cpg").exists()
        assert data[29] == 0
        assert "武隆区".encode("gbk") in data
        assert "示例数据".encode("gbk") in data
        with pytest.raises(UnicodeDecodeError):
            data[int.from_bytes(data[8:10], "little") :].decode("utf-8")
        assert "GCS_China_Geodetic_Coordinate_System_2000" in path.with_suffix(".prj").read_text()

    def test_fields_are_those_issued(self, patches: gpd.GeoDataFrame) -> None:
        assert [name for name in patches.columns if name != "geometry"] == ISSUED_FIELDS
        assert len(patches) == PATCHES
        assert patches["JCBH"].is_unique
        assert patches["JCBH"].map(lambda number: bool(re.fullmatch(r"500156SJBG2107\d{4}", number))).all()

    def test_shapes_are_valid_apart_and_in_the_district(self, patches: gpd.GeoDataFrame) -> None:
        assert patches.crs.to_epsg() == 4490
        assert patches.is_valid.all()
        west, south, east, north = patches.total_bounds
        assert 107 + 13 / 60 < west < east < 108 + 5 / 60
        assert 29 + 2 / 60 < south < north < 29 + 40 / 60
        first, second = patches.sindex.query(patches.geometry.to_numpy(), predicate="intersects")
        assert np.array_equal(first, second)

    def test_area_is_official_in_square_metres(self, patches: gpd.GeoDataFrame) -> None:
        areas = official_area(patches.geometry.to_numpy())
        assert np.abs(patches["MJ"] - areas).max() <= 0.0051
        assert areas.min() > 50
        assert areas.max() > 5_000

    def test_every_case_is_built(self, manifest: dict[str, Any]) -> None:
        built = manifest["cases"]
        cases = planned_cases()
        wanted = dict(zip((case.key for case in cases), quotas(cases, PATCHES), strict=True))
        assert all(1 <= built[key] <= wanted[key] for key in wanted)
        # A district this small has hardly room for some of them; the rest is placed at random.
        assert sum(built[key] for key in wanted) >= 0.95 * sum(wanted.values())
        assert sum(built.values()) == PATCHES

    @pytest.mark.parametrize("case", planned_cases(), ids=lambda case: case.key)
    def test_case_is_what_it_says(self, case: Any, flags: pd.DataFrame) -> None:
        mine = flags[flags["case"] == case.label]
        assert len(mine) >= 1
        assert (mine[list(case.touch)] > 0).all(axis=None)
        assert (mine[list(case.avoid)] == 0).all(axis=None)

    def test_borders_are_straddled(self, flags: pd.DataFrame, layers: dict[str, Any], patches: Any) -> None:
        assert (flags.loc[flags["case"] == "跨乡镇", "township"] >= 2).all()
        whole = shapely.union_all(layers["township"].geometry.to_numpy())
        across = patches[flags["case"] == "跨区界"].to_crs(4524)
        assert not shapely.covers(whole, across.geometry.to_numpy()).any()
        assert shapely.intersects(whole, across.geometry.to_numpy()).all()

    def test_legal_ones_lie_wholly_on_an_approval(
        self, flags: pd.DataFrame, patches: gpd.GeoDataFrame, layers: dict[str, gpd.GeoDataFrame]
    ) -> None:
        approvals = shapely.union_all(layers["approval"].geometry.to_numpy())
        flat = patches.to_crs(4524).geometry
        assert shapely.covers(approvals.buffer(0.01), flat[flags["case"] == "审批全覆盖"].to_numpy()).all()
        part = flat[flags["case"] == "审批部分覆盖"].to_numpy()
        share = shapely.area(shapely.intersection(part, approvals)) / shapely.area(part)
        assert ((share > 0.02) & (share < 0.98)).all()

    def test_flags_of_the_ministry_agree_with_the_layers(
        self, flags: pd.DataFrame, patches: gpd.GeoDataFrame
    ) -> None:
        assert ((patches["SFHX"] == "红线") == (flags["redline"] > 0)).all()
        assert ((patches["SFYN"] == "永农") == (flags["basic_farmland"] > 0)).all()

    def test_mining_and_rural_houses(self, flags: pd.DataFrame, patches: gpd.GeoDataFrame) -> None:
        assert (patches.loc[flags["case"] == "采矿", "TBLX"] == "CK").all()
        rural = patches[flags["case"].str.contains("农村村民住宅")]
        assert (rural["TBLX"] == "20").all()
        assert (rural["TZ"] == "农村村民新建住宅").all()
        assert rural["MJ"].max() < 400


def test_same_seed_gives_the_same_bytes_and_another_does_not(tmp_path: Path) -> None:
    def digests(name: str, seed: int) -> dict[str, str]:
        folder = tmp_path / name
        make_sample.make_sample(folder, 500, 40, seed, print)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {
            str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
        }

    first = digests("a", 7)
    assert first == digests("b", 7)
    other = digests("c", 8)
    assert set(first) == set(other)
    shapes = [name for name in first if name.endswith((".shp", ".gpkg"))]
    assert all(first[name] != other[name] for name in shapes)


def test_a_smaller_sample_leaves_nothing_of_the_larger(tmp_path: Path) -> None:
    make_sample.make_sample(tmp_path, 500, 12, 1, print)
    (tmp_path / "底图" / "notes.txt").write_text("mine")
    make_sample.make_sample(tmp_path, 500, 11, 1, print)
    assert [path.name for path in (tmp_path / "下发图斑").glob("*.shp")] == [
        "2021年7月武隆区卫片图斑（11个）.shp"
    ]
    assert (tmp_path / "底图" / "notes.txt").exists()


def test_wrong_numbers_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        make_sample.main([str(tmp_path), "--parcels", "10"])
    assert caught.value.code == 2
    assert "--parcels 至少 500" in capsys.readouterr().err
    assert not any(tmp_path.iterdir())
