"""weipian:importfeedback and weipian:letter as the toolbox runs them."""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pytest
from processing_runs import rows, run

sys.path.append(str(Path(__file__).resolve().parents[1] / "workflow"))

from feedback_samples import COUNT, Returned, reported_workspace


@pytest.fixture
def work(tmp_path):
    return reported_workspace(tmp_path)


def test_a_return_is_first_reported_and_then_applied(work, tmp_path):
    book = Returned(work).put(1, "reason", "需补充实地照片").put(2, "patch_no", "?").put(2, "stable_id", None)
    path, report = book.save(tmp_path / "反馈.xlsx"), tmp_path / "报告.html"
    only = run("importfeedback", WORKSPACE=work.path, INPUT=path, REPORT=report)
    assert only.ok
    counts = {"CHANGED": 1, "CONFLICTS": 0, "UNMATCHED": 1}
    assert counts.items() <= only.outputs.items()
    assert report.read_text(encoding="utf-8").count("需补充实地照片") >= 1
    assert rows(work.path, "SELECT COUNT(*) FROM return_task") == [(0,)]
    done = run("importfeedback", WORKSPACE=work.path, INPUT=path, APPLY=True, REPORT=report)
    assert counts.items() <= done.outputs.items()
    assert rows(work.path, "SELECT stage FROM patch WHERE fid = 1") == [("市级退回",)]
    again = run("importfeedback", WORKSPACE=work.path, INPUT=path, APPLY=True)
    assert (again.outputs["CHANGED"], again.outputs["UNMATCHED"]) == (0, 1)
    assert Path(again.outputs["REPORT"]).parent == tmp_path / "处理报告"


def test_a_unit_s_workbook_goes_out_and_comes_back(work, tmp_path):
    assert run("assign", WORKSPACE=work.path).ok
    sent = run("dispatch", WORKSPACE=work.path, FOLDER=tmp_path / "下发")
    assert sent.ok
    path = next((tmp_path / "下发").glob("*规划自然资源局*.xlsx"))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "现场核查描述" for cell in row))
    column = next(cell.column for cell in head if cell.value == "现场核查描述")
    number = next(cell.column for cell in head if cell.value == "图斑编号")
    filled = sheet.cell(head[0].row + 1, number).value
    sheet.cell(head[0].row + 1, column).value = "已建成砖混房屋"
    sheet.sheet_view.showGridLines = False
    book.save(path)
    counts = {"CHANGED": 1, "CONFLICTS": 0, "UNMATCHED": 0}
    back = {"WORKSPACE": work.path, "INPUT": path, "REPORT": tmp_path / "报告.html"}
    assert counts.items() <= run("importfeedback", **back).outputs.items()
    assert rows(work.path, "SELECT COUNT(*) FROM patch_note") == [(0,)]
    assert counts.items() <= run("importfeedback", APPLY=True, **back).outputs.items()
    told = rows(work.path, "SELECT patch_no, field, text, source FROM patch_note")
    assert told == [(filled, "field_check", "已建成砖混房屋", "区规划自然资源局")]
    assert run("importfeedback", APPLY=True, **back).outputs["CHANGED"] == 0


def test_a_file_that_is_no_workbook_is_one_sentence(work, tmp_path):
    path = tmp_path / "反馈.xlsx"
    path.write_text("图斑编号,退回原因\n", encoding="utf-8")
    before = work.path.read_bytes()
    refused = run(
        "importfeedback", WORKSPACE=work.path, INPUT=path, APPLY=True, REPORT=tmp_path / "报告.html"
    )
    assert not refused.ok
    assert "不是 Excel 工作簿" in refused.log
    assert work.path.read_bytes() == before


def test_letters_are_written(work, tmp_path):
    path = tmp_path / "通报.odt"
    done = run("letter", WORKSPACE=work.path, KIND="通报", AS_OF="2030-01-01", OUTPUT=path)
    assert done.ok
    assert done.outputs["OUTPUT"] == str(path)
    assert path.stat().st_size > 2000
    refused = run(
        "letter", WORKSPACE=work.path, KIND="督办函", AS_OF="2030-01-01", OUTPUT=tmp_path / "函.odt"
    )
    assert not refused.ok
    assert "要写明发给哪个单位" in refused.log
    assert not (tmp_path / "函.odt").exists()
    assert rows(work.path, "SELECT COUNT(*) FROM patch")[0][0] == COUNT
