"""Sheets, statistics and dashboard say the same of one patch, and 未评估 is never 0."""

from __future__ import annotations

from datetime import date

import openpyxl
import pandas as pd
import pytest
from casework_samples import QUIET, number_of, workspace_with

from weipian_plugin.domain.overlay.frames import HIT_COLUMNS
from weipian_plugin.domain.plan import parse_plan
from weipian_plugin.exchange.records import build_records
from weipian_plugin.paths import plan_file
from weipian_plugin.workflow.dashboard import dashboard_figures
from weipian_plugin.workflow.ledger_content import ledger_content
from weipian_plugin.workflow.run_overlay import main_towns
from weipian_plugin.workflow.statistics import compile_statistics, statistics

TODAY = date.today()
MU = 2000 / 3
A, B, C, D = (number_of(n) for n in range(1, 5))
BASIC = {A: ("命中", 2.0), B: ("未评估", 1.5), C: ("未评估", None)}
"""A takes 2.00 亩; B leaves the layer, in which it has 1.50; for C there is none, D was not overlaid."""
VERIFIED = "核实后"


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    made = workspace_with(tmp_path_factory.mktemp("basic"), 5)
    with made.writing("甲", "套合") as change:
        for number, (status, mu) in {**BASIC, number_of(5): ("未命中", 0.0)}.items():
            change.connection.execute(
                "INSERT INTO overlay_area (patch_no, role, status, area_m2, area_mu, edition)"
                " VALUES (?, 'basic_farmland', ?, ?, ?, '2022')",
                (number, status, None if mu is None else mu * MU, mu),
            )
    return made


def test_basic_farmland_that_nobody_knows_is_counted_apart_everywhere(work, tmp_path):
    """The ledger sums 2.00 亩 and shows 未评估 three times: so do the statistics and the dashboard."""
    records = {r.values["patch_no"]: r.values for r in build_records(ledger_content(work, "甲"))}
    shown = [records[number_of(n)]["basic_farmland_mu"] for n in range(1, 6)]
    assert shown == [2.0, "未评估", "未评估", "未评估", 0.0]
    whole = statistics(work, TODAY).whole
    assert (whole[VERIFIED, "basic"], whole[VERIFIED, "unknown_basic"]) == (200, 3)
    figures = dashboard_figures(work.path, TODAY, QUIET)
    assert (figures.totals[VERIFIED].basic, figures.unknown_basic) == (200, 3)
    compile_statistics(work.path, tmp_path / "统计.xlsx", TODAY, "甲", QUIET)
    sheet = openpyxl.load_workbook(tmp_path / "统计.xlsx", data_only=True)["按乡镇"]
    rows = list(sheet.iter_rows(values_only=True))
    titles = next(row for row in rows if "永久基本农田未评估个数" in row)
    column = titles.index("永久基本农田未评估个数")
    found = {row[0]: row[column] for row in rows if row[0] in ("白马镇", "合计", "全部图斑")}
    assert found == {"白马镇": 3, "合计": 3, "全部图斑": 3}


def hits(*rows):
    made = [
        (number, "township", fid, label, code, share * 1000, share)
        for fid, (number, label, code, share) in enumerate(rows)
    ]
    return pd.DataFrame(made, columns=list(HIT_COLUMNS))


def test_one_township_is_one_however_the_layer_writes_it():
    """A: two parts of 石桥乡 make 60 %; B: by its code; C: a tie falls as 属地责任 does."""
    text = plan_file("wulong_2021.yaml").read_text(encoding="utf-8")
    district = parse_plan(text, "wulong_2021.yaml").district
    found = main_towns(
        hits(
            (A, "白马镇人民政府", "500156101", 0.4),
            (A, "石桥乡", "500156202", 0.3),
            (A, "石桥乡", "500156202", 0.3),
            (B, "", "500156102", 1.0),
            (C, "黄莺乡", "500156203", 0.5),
            (C, "江口镇", "500156102", 0.5),
            (D, "某镇", "", 0.7),
            (number_of(5), "", "", 1.0),
        ),
        district,
    )
    assert found.set_index("patch_no")["town_name"].to_dict() == {
        A: "石桥苗族土家族乡",
        B: "江口镇",
        C: "江口镇",
        D: "某镇",
    }
