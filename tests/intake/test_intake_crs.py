"""Which coordinate system the data are in: labels true, missing, contradicted and refused."""

from __future__ import annotations

import numpy as np
import pyproj
import pytest
from intake_files import DISTRICT, PRJ_4490, SQUARE, SQUARE_M2, box, patch_dbf, prj, project, write_shapefile

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.plan.model import District
from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake.crs_label import code_of_meridian, code_of_zone, parse_label
from weipian_plugin.intake.patches import PatchOptions, read_patches


def swap(ring):
    return [(y, x) for x, y in ring]


def read(tmp_path, ring, prj_text, crs="", district=DISTRICT):
    path = write_shapefile(tmp_path / "patches", [[ring]], patch_dbf(), prj_text=prj_text)
    return read_patches(str(path), PatchOptions(crs=crs, district=district), Progress())


def codes(intake):
    return {
        finding.code for finding in intake.findings if finding.code.startswith(("crs", "outside", "coord"))
    }


def assert_is_square(intake):
    """The square of design.md came back to its place, vertex by vertex, to a millimetre."""
    assert intake.frame["area_m2"][0] == pytest.approx(SQUARE_M2, abs=0.01)
    assert np.allclose(intake.frame.total_bounds, (107.70, 29.30, 107.71, 29.31), rtol=0, atol=1e-8)


# label, true coordinates, whether swapped, expected CRS, expected findings
CASES = {
    "degrees as labelled": (PRJ_4490, 4490, False, "EPSG:4490", set()),
    "degrees without label": (None, 4490, False, "EPSG:4490", {"crs-guessed"}),
    "degrees swapped": (PRJ_4490, 4490, True, "EPSG:4490", {"crs-swapped"}),
    "degrees swapped without label": (None, 4490, True, "EPSG:4490", {"crs-guessed", "crs-swapped"}),
    "degrees labelled WGS84": (prj(4326), 4490, False, "EPSG:4326", {"crs-wgs84"}),
    "zone 36 as labelled": (prj(4524), 4524, False, "EPSG:4524", set()),
    "zone 36 without label": (None, 4524, False, "EPSG:4524", {"crs-guessed"}),
    "zone 36 swapped": (prj(4524), 4524, True, "EPSG:4524", {"crs-swapped"}),
    "zone 36 swapped without label": (None, 4524, True, "EPSG:4524", {"crs-guessed", "crs-swapped"}),
    "CM 108E as labelled": (prj(4545), 4545, False, "EPSG:4545", set()),
    "CM 108E without label": (None, 4545, False, "EPSG:4545", {"crs-guessed"}),
    "CM 108E swapped": (prj(4545), 4545, True, "EPSG:4545", {"crs-swapped"}),
    "label CM 108E, numbers with prefix": (prj(4545), 4524, False, "EPSG:4524", {"crs-zone-prefix"}),
    "label zone 36, numbers without prefix": (prj(4524), 4545, False, "EPSG:4545", {"crs-zone-prefix"}),
    "label zone 35, numbers of zone 36": (prj(4523), 4524, False, "EPSG:4524", {"crs-zone-prefix"}),
    "label CM 105E, numbers of zone 36": (prj(4544), 4524, False, "EPSG:4524", {"crs-zone-prefix"}),
    "neighbouring zone 35, labelled so": (prj(4523), 4523, False, "EPSG:4523", set()),
    "neighbouring zone 37 without label": (None, 4525, False, "EPSG:4525", {"crs-guessed"}),
    "6-degree zone 18 without label": (None, 4496, False, "EPSG:4496", {"crs-guessed"}),
    "label metres, numbers degrees": (prj(4524), 4490, False, "EPSG:4490", {"crs-contradiction"}),
    "label degrees, numbers zone 36": (PRJ_4490, 4524, False, "EPSG:4524", {"crs-contradiction"}),
    "label degrees, numbers CM 108E": (PRJ_4490, 4545, False, "EPSG:4545", {"crs-contradiction"}),
    "label WGS84, numbers zone 36": (prj(4326), 4524, False, "EPSG:4524", {"crs-contradiction"}),
    "label metres, numbers degrees swapped": (
        prj(4524),
        4490,
        True,
        "EPSG:4490",
        {"crs-contradiction", "crs-swapped"},
    ),
    "a label that says nothing": ('LOCAL_CS["unknown"]', 4490, False, "EPSG:4490", {"crs-guessed"}),
    "a label of rubbish": ("\x00\xff garbage", 4524, False, "EPSG:4524", {"crs-guessed"}),
}


@pytest.mark.parametrize("name", CASES)
def test_placed_right(tmp_path, name):
    label, epsg, swapped, expected, findings = CASES[name]
    ring = project(SQUARE, epsg)
    intake = read(tmp_path, swap(ring) if swapped else ring, label)
    assert_is_square(intake)
    assert intake.decisions.crs == expected
    assert codes(intake) == findings
    assert intake.decisions.crs_why


@pytest.mark.parametrize(
    ("label", "epsg", "words"),
    [
        (prj(2360), 2360, "西安80"),
        (prj(4610), 4610, "西安80"),
        (prj(2432), 2432, "北京54"),
        (prj(4214), 4214, "北京54"),
        (prj(3857), 3857, "Web 墨卡托"),
        (None, 3857, "Web 墨卡托"),
        (prj(4267), 4267, "既不是 CGCS2000"),
    ],
)
def test_refused_and_the_way_out_named(tmp_path, label, epsg, words):
    with pytest.raises(WeipianError, match=words) as refusal:
        read(tmp_path, project(SQUARE, epsg), label)
    assert "CRS" in str(refusal.value)
    assert str(refusal.value).count("。") == 1


@pytest.mark.parametrize("wanted", ["EPSG:2360", "EPSG:4610", "EPSG:3857", "2432"])
def test_an_unlawful_order_is_refused(tmp_path, wanted):
    with pytest.raises(WeipianError, match=r"指定的坐标系"):
        read(tmp_path, project(SQUARE, 4524), None, crs=wanted)


def test_a_label_with_a_chinese_name_in_gbk(tmp_path):
    text = prj(4524).replace("CGCS2000_3_Degree_GK_Zone_36", "国家2000三度带36")
    path = write_shapefile(tmp_path / "a", [[project(SQUARE, 4524)]], patch_dbf(), prj_text="")
    path.with_suffix(".prj").write_bytes(text.encode("gbk"))
    intake = read_patches(str(path), PatchOptions(district=DISTRICT), Progress())
    assert_is_square(intake)
    assert "国家2000三度带36" in intake.decisions.crs_why
    assert codes(intake) == set()


def test_an_order_overrides_a_wrong_label(tmp_path):
    intake = read(tmp_path, project(SQUARE, 4524), prj(2360), crs="EPSG:4524")
    assert_is_square(intake)
    assert codes(intake) == {"crs-label-overridden"}


@pytest.mark.parametrize("wanted", ["4490", "EPSG:4490"])
def test_an_order_may_be_a_number(tmp_path, wanted):
    intake = read(tmp_path, SQUARE, None, crs=wanted)
    assert_is_square(intake)
    assert codes(intake) == set()


def test_an_order_that_the_numbers_contradict_is_refused(tmp_path):
    with pytest.raises(WeipianError, match="与数据不符"):
        read(tmp_path, project(SQUARE, 4524), None, crs="EPSG:4490")


def test_an_unknown_order_is_refused(tmp_path):
    with pytest.raises(WeipianError, match="不认识坐标系"):
        read(tmp_path, SQUARE, None, crs="北京")


def test_no_prefix_no_label_no_district_is_refused(tmp_path):
    with pytest.raises(WeipianError, match="定不出中央经线"):
        read(tmp_path, project(SQUARE, 4545), None, district=District())


@pytest.mark.parametrize("epsg", [32648, 4544])
def test_utm_is_refused_because_the_numbers_could_be_gauss_krueger(tmp_path, epsg):
    with pytest.raises(WeipianError, match="两种读法相差约一公里，没有导入"):
        read(tmp_path, project(SQUARE, epsg), prj(32648))


def test_utm_laid_down_is_taken(tmp_path):
    intake = read(tmp_path, project(SQUARE, 32648), prj(32648), crs="EPSG:32648")
    assert intake.frame["area_m2"][0] == pytest.approx(SQUARE_M2, rel=1e-6)
    assert codes(intake) == {"crs-wgs84"}


@pytest.mark.parametrize("label", [None, PRJ_4490, prj(4326), "rubbish"])
@pytest.mark.parametrize("epsg", [32648, 32649, 4544, 4546])
def test_metres_on_another_meridian_without_a_fitting_label_are_refused(tmp_path, label, epsg):
    with pytest.raises(WeipianError, match="可能是 UTM 坐标"):
        read(tmp_path, project(SQUARE, epsg), label)


BROKEN_LABELS = ['PROJCS["Xian_1980_3_Degree_GK_Zone_36",GEOGCS[', "西安80坐标系", "BEIJING54_3度带"]


@pytest.mark.parametrize("text", BROKEN_LABELS)
def test_a_broken_label_that_names_an_old_datum_is_refused(tmp_path, text):
    with pytest.raises(WeipianError, match="坐标系说明不完整，但写着"):
        read(tmp_path, project(SQUARE, 4524), text)


def test_prefix_against_label_without_a_district_is_refused(tmp_path):
    with pytest.raises(WeipianError, match="按哪一个都不在"):
        read(tmp_path, project(SQUARE, 4524), prj(4523), district=District())


def test_the_neighbouring_meridian_is_noticed(tmp_path):
    # Labelled CM 105E, in truth CM 108E: 3 degrees west of the district.
    with pytest.raises(WeipianError, match="EPSG:4545"):
        read(tmp_path, project(SQUARE, 4545), prj(4544))


@pytest.mark.parametrize("label", [PRJ_4490, None])
def test_all_outside_the_district_is_refused(tmp_path, label):
    with pytest.raises(WeipianError, match="全部图形都落在武隆区范围之外"):
        read(tmp_path, box(116.0, 39.0), label)


def test_all_outside_is_a_warning_when_the_person_insists(tmp_path):
    intake = read(tmp_path, box(116.0, 39.0), PRJ_4490, crs="EPSG:4490")
    assert codes(intake) == {"outside-district-all"}


def test_some_outside_are_taken_and_named(tmp_path):
    path = write_shapefile(tmp_path / "two", [[SQUARE], [box(109.0, 30.0)]], patch_dbf(2))
    intake = read_patches(str(path), PatchOptions(district=DISTRICT), Progress())
    assert len(intake.frame) == 2
    [finding] = [f for f in intake.findings if f.code == "outside-district"]
    assert finding.subjects == ("500156SJBG21210002",)


def test_an_outlier_of_another_kind_is_left_out_and_named(tmp_path):
    shapes = [[SQUARE], [box(107.8, 29.4)], [project(SQUARE, 4524)]]
    path = write_shapefile(tmp_path / "three", shapes, patch_dbf(3))
    intake = read_patches(str(path), PatchOptions(district=DISTRICT), Progress())
    assert list(intake.frame["patch_no"]) == ["500156SJBG21210001", "500156SJBG21210002"]
    [finding] = [f for f in intake.findings if f.code == "coordinate-outlier"]
    assert finding.subjects == ("500156SJBG21210003",)
    assert (intake.decisions.read, intake.decisions.taken, intake.decisions.dropped) == (3, 2, 1)
    assert "geometry-missing" not in {f.code for f in intake.findings}


@pytest.mark.parametrize(
    ("wkt_name", "code"),
    [
        ("CGCS2000_3_Degree_GK_Zone_36", "EPSG:4524"),
        ("CGCS2000_3_Degree_GK_CM_108E", "EPSG:4545"),
    ],
)
def test_names_of_esri(wkt_name, code):
    assert wkt_name in prj(int(code[5:]))
    assert parse_label(prj(int(code[5:]))).name == code


@pytest.mark.parametrize("epsg", [*range(4513, 4534), *range(4534, 4555), *range(4491, 4502)])
def test_every_gauss_krueger_code_is_recognised(epsg):
    assert parse_label(prj(epsg)).name == f"EPSG:{epsg}"
    assert parse_label(pyproj.CRS(epsg).to_wkt()).name == f"EPSG:{epsg}"


def test_codes():
    assert [code_of_zone(zone) for zone in (12, 13, 23, 24, 25, 36, 45, 46)] == [
        "",
        "EPSG:4491",
        "EPSG:4501",
        "",
        "EPSG:4513",
        "EPSG:4524",
        "EPSG:4533",
        "",
    ]
    assert [code_of_meridian(m) for m in (75, 108, 135, 106.5, 138)] == [
        "EPSG:4534",
        "EPSG:4545",
        "EPSG:4554",
        "",
        "",
    ]
