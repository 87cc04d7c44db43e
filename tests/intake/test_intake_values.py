"""Dates, codes and figures in their many spellings; field names; area units; role hints."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from weipian_plugin.domain.plan.spelling import normalise
from weipian_plugin.domain.roles import Role
from weipian_plugin.intake.area_unit import choose_unit, parse_unit
from weipian_plugin.intake.fields import Target, bracketed, match_fields
from weipian_plugin.intake.role_guess import propose_role
from weipian_plugin.intake.values import attributes_json, code_text, figures, iso_date, texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20210315", "2021-03-15"),
        ("2021-03-15", "2021-03-15"),
        ("2021/3/5", "2021-03-05"),
        ("2021.3.15", "2021-03-15"),
        ("2021年3月15日", "2021-03-15"),
        ("２０２１年３月", "2021-03"),
        ("202103", "2021-03"),
        ("2021-03", "2021-03"),
        ("GF2_20210315", "2021-03-15"),
        ("20210315GF1", "2021-03-15"),
        ("BJ2 2021-03-15 10:20:30", "2021-03-15"),
        ("2021-03-15T00:00:00", "2021-03-15"),
        ("20210230", "20210230"),
        ("20211315", "20211315"),
        ("20210315、20210401", "20210315、20210401"),
        ("春季", "春季"),
        (" ", ""),
        ("", ""),
    ],
)
def test_dates(text, expected):
    assert iso_date(text) == expected


def test_texts_of_a_column():
    column = pd.Series([500156.0, np.nan, 0.5], dtype=float)
    assert texts(column) == ["500156", "", "0.5"]
    assert texts(pd.Series(["  a ", None, "b"], dtype=object)) == ["a", "", "b"]
    assert texts(pd.Series([7, 8])) == ["7", "8"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("５００", "500"), ("500156.00", "500156"), (" a b ", "ab"), ("1.5", "1.5"), ("", "")],
)
def test_codes(text, expected):
    assert code_text(text) == expected


def test_figures_in_text():
    column = pd.Series(["1,234.5", " 7 ", "", None, "约3亩", "１２"], dtype=object)
    assert np.array_equal(figures(column), [1234.5, 7, np.nan, np.nan, np.nan, 12], equal_nan=True)


def test_attributes_keep_types_and_names():
    frame = pd.DataFrame({"面积": [1.5, np.nan], "编号": ['a"b', None], "n": [1, 2]})
    assert attributes_json(frame) == [
        '{"面积": 1.5, "编号": "a\\"b", "n": 1}',
        '{"面积": null, "编号": null, "n": 2}',
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("建设用地面积（亩）", "建设用地面积(亩)"), (" 图斑 编号", "图斑编号"), ("ｊｃｂｈ", "JCBH")],
)
def test_headers(name, expected):
    assert normalise(name) == expected


def test_units_in_brackets():
    assert [bracketed(name) for name in ("面积（亩）", "面积(㎡)", "面积")] == ["亩", "M2", ""]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["TBBH", "JCBH"], "JCBH"),
        (["jcbh"], "JCBH"),
        (["JCBH_1", "X"], "JCBH_1"),
        (["JCBH_1", "TBBH"], "TBBH"),
        (["图斑编号（监测）"], "图斑编号（监测）"),
        (["JCBHX"], None),
    ],
)
def test_matching(names, expected):
    target = Target("patch_no", ("JCBH", "TBBH", "图斑编号"))
    found = match_fields(names, [target], lambda _: []).get("patch_no")
    assert found == (names[0] if expected == "JCBH" and "jcbh" in names else expected)


def test_a_column_serves_once_and_values_decide():
    wanted = [Target("code", ("行政区",), r"\d+"), Target("name", ("行政区", "行政区_1"), r"\D+")]
    values = {"行政区": ["武隆区"], "行政区_1": ["500156"]}
    assert match_fields(values, wanted, values.__getitem__) == {"name": "行政区", "code": "行政区_1"}


@pytest.mark.parametrize("text", ["m2", "㎡", "平方米"])
def test_unit_names(text):
    assert parse_unit(text) == "平方米"
    assert (parse_unit(""), parse_unit("MU"), parse_unit("ha")) == ("", "亩", "公顷")


def test_no_unit_fits():
    choice = choose_unit(np.array([7.0, 8.0]), np.array([1000.0, 2000.0]), ["a", "b"], "MJ", "")
    assert choice.unit == ""
    assert [finding.code for finding in choice.findings] == ["area-unit-unknown"]
    assert "0.0055" in choice.why


@pytest.mark.parametrize(
    ("names", "fields", "role"),
    [
        (["DLTB"], ["BSM", "DLBM", "TBDLMJ", "KCDLBM"], Role.LAND_CLASS),
        (["生态保护红线（示例）"], ["HXMC", "LHLX"], Role.REDLINE),
        (["HDGLFW"], ["MC", "GLJB"], Role.RIVER),
        (["JTYXGLFW"], ["MC"], Role.TRAFFIC),
        (["XZQ"], ["XZQDM", "XZQMC"], Role.TOWNSHIP),
        (["临时用地"], ["PZWH", "PZMJ"], Role.TEMPORARY_LAND),
        (["layer"], ["a", "b"], None),
        (["林地", "永久基本农田"], [], Role.BASIC_FARMLAND),
        (["河道公路"], [], Role.RIVER),
        (["公路铁路河流"], [], None),  # 交通 and 河道 tie
    ],
)
def test_roles_are_proposed(names, fields, role):
    proposal = propose_role(names, fields)
    assert proposal.role is role
    assert proposal.text()
