"""The sample moved to the month in which somebody tries the plug-in."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pytest

from weipian_plugin.sample.later import FIRST, Later


@pytest.mark.parametrize(
    ("received", "months"),
    [
        (FIRST, 0),
        (date(2021, 8, 19), 0),
        (date(2021, 8, 20), 1),
        (date(2026, 11, 20), 64),
        (date(2026, 11, 5), 63),
        (date(2022, 1, 31), 6),
    ],
)
def test_the_last_days_of_the_sample_are_before_it_is_received(received, months):
    assert Later.for_received(received).months == months


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        ("20210412", "20260812"),
        ("20201031", "20260228"),
        ("2021-03", "2026-07"),
        ("2021-07-16 09:30:00", "2026-11-16 09:30:00"),
        ("", ""),
    ],
)
def test_days_keep_their_spelling(day, moved):
    assert Later(64).day(day) == moved


@pytest.mark.parametrize(
    ("words", "moved"),
    [
        ("2021年7月（示例）", "2026年11月（示例）"),
        ("示例2021年6月审批台账", "示例2026年10月审批台账"),
        ("示例2020年度变更调查", "示例2025年度变更调查"),
        ("示例2017年划定成果", "示例2022年划定成果"),
    ],
)
def test_names_are_moved_too(words, moved):
    assert Later(64).words(words) == moved


def test_a_table_is_moved_as_a_whole():
    layer = gpd.GeoDataFrame(
        {"JCBH": ["500156SJBG21070001"], "QSX": ["20201015"], "PZRQ": ["20200903"]}
        | {"PZWH": ["示例临地〔2020〕7号"], "SJNF": [2020], "MC": ["2020"]},
        geometry=gpd.points_from_xy([0], [0]),
    )
    moved = Later(64).table(layer).iloc[0]
    assert moved.drop("geometry").to_dict() == {
        "JCBH": "500156SJBG26110001",
        "QSX": "20260215",
        "PZRQ": "20260103",
        "PZWH": "示例临地〔2026〕7号",
        "SJNF": 2025,
        "MC": "2020",
    }
    assert Later().table(layer) is layer
