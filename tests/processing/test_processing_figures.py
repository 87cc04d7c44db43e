"""The algorithms of deadlines, extensions and statistics, run as the toolbox does."""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pytest
from processing_runs import run

sys.path.append(str(Path(__file__).parents[1] / "workflow"))

from casework_samples import number_of, workspace_with


@pytest.fixture
def work(tmp_path):
    return workspace_with(tmp_path, 2)


def test_deadlines_after_an_extension(work, tmp_path):
    given = {"PATCH_NO": number_of(1), "DAYS": "5", "APPROVED_BY": "乙", "REASON": "洪水"}
    report = tmp_path / "报告.html"
    done = run("extend", WORKSPACE=work.path, APPROVED_ON="2021-07-10", REPORT=report, **given)
    assert done.ok, done.log
    assert (done.outputs["RECORDED"], done.outputs["REJECTED"]) == (1, 0)
    done = run("deadlines", WORKSPACE=work.path, AS_OF="2021-07-17", OUTPUT=tmp_path / "期限.xlsx")
    assert done.ok, done.log
    assert [done.outputs[name] for name in ("WAITING", "OVERDUE", "DUE_7", "DUE_15")] == [2, 1, 1, 1]
    assert "期限队列" in openpyxl.load_workbook(tmp_path / "期限.xlsx").sheetnames


def test_statistics_without_a_denominator(work, tmp_path):
    done = run("statistics", WORKSPACE=work.path, AS_OF="2021-07-17", OUTPUT=tmp_path / "统计.xlsx")
    assert done.ok, done.log
    assert "RATIO" not in done.outputs
    assert "违法占用耕地面积比例：—。2个图斑未判定" in done.log
    sheet = openpyxl.load_workbook(tmp_path / "统计.xlsx", data_only=True)["比例"]
    assert "—" in [cell.value for cell in sheet["D"]]


def test_a_wrong_day_is_said(work, tmp_path):
    done = run("statistics", WORKSPACE=work.path, AS_OF="去年", OUTPUT=tmp_path / "统计.xlsx")
    assert not done.ok
    assert "2021-07-20 的样子" in done.log
