from __future__ import annotations

import shutil
import subprocess
from datetime import date

import openpyxl
import pytest
from casework_samples import BATCH, QUIET, add_patches, number_of, patch_frame, workspace_with

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.exchange.records import build_records
from weipian_plugin.store import batches, determinations, extensions, stages
from weipian_plugin.store.extensions import Extension
from weipian_plugin.store.stages import Move
from weipian_plugin.workflow.deadlines import list_deadlines
from weipian_plugin.workflow.export_city import export_city
from weipian_plugin.workflow.holidays import OWN_TABLE
from weipian_plugin.workflow.ledger_content import ledger_content

SOFFICE = shutil.which("soffice")
WAY = [("判定", "甲"), ("复核", "乙"), ("审定", "丙"), ("上报", "丁"), ("市级退回", "市局")]


def advance(work, number, *days):
    """Take the first steps of the way, one on each day; the city gives a reason."""
    allowed = {step.step: step for step in stages.transitions(work).listed if step.from_stage != "市级退回"}
    patch_no = number_of(number)
    with work.writing("甲", "办理") as change:
        for (step, person), day in zip(WAY, days, strict=False):
            if step == "判定":
                given = ("违法", "未报即用", "现场", "", "甲", day)
                names = ("result", "category", "basis", "document_no", "decided_by", "decided_on")
                determinations.insert(change, [dict(zip(names, given, strict=True)) | {"patch_no": patch_no}])
            reason = "补照片" if step == "市级退回" else ""
            stages.take(change, [Move(patch_no, allowed[step], person, day, reason)])


@pytest.fixture
def work(tmp_path):
    """Received 2021-07-01, due 07-16. 2: done in time; 3: late; 4: away 07-10 to 07-20; 5: five days more."""
    made = workspace_with(tmp_path, 5)
    advance(made, 2, "2021-07-16")
    advance(made, 3, "2021-07-17")
    advance(made, 4, "2021-07-08", "2021-07-08", "2021-07-09", "2021-07-10", "2021-07-20")
    with made.writing("甲", "延长") as change:
        extensions.insert(change, [Extension(number_of(5), 5, "洪水", "乙", "2021-07-10")])
    return made


def read(path):
    return openpyxl.load_workbook(path, data_only=True)


def rows(sheet, columns):
    found = {}
    for row in sheet.iter_rows(values_only=True):
        if row[1] and str(row[1]).startswith("500156"):
            found[int(row[1][-6:])] = [row[column] for column in columns]
    return found


def test_every_workbook_has_the_same_terms(work, tmp_path):
    """07-16; five days more; away for ten days: not the day of the batch for all."""
    export_city(work.path, tmp_path / "上报.xlsx", "甲", QUIET)
    ledger = read(tmp_path / "上报.xlsx")["图斑台账"]
    head = [cell.value for cell in ledger[5]]
    told = rows(ledger, [head.index("判定期限")])
    assert {number: day.date().isoformat() for number, (day,) in told.items()} == {
        1: "2021-07-16",
        2: "2021-07-16",
        3: "2021-07-16",
        4: "2021-07-26",
        5: "2021-07-21",
    }
    list_deadlines(work.path, tmp_path / "期限.xlsx", date.today(), "甲", QUIET)
    queue = rows(read(tmp_path / "期限.xlsx")["期限队列"], [8])
    assert queue == {number: told[number] for number in (1, 4, 5)}


def test_the_workbook(work, tmp_path):
    """4 has six days left when it goes and so until 07-26; 5 until 07-21."""
    run = list_deadlines(work.path, tmp_path / "期限.xlsx", date(2021, 7, 20), "甲", QUIET)
    assert (run.waiting, run.overdue, run.due_7, run.due_15) == (3, 1, 2, 2)
    book = read(tmp_path / "期限.xlsx")
    assert book.sheetnames == ["期限队列", "按乡镇", "按单位", "到期预测", "月清季核年度", "延期记录"]
    shown = rows(book["期限队列"], (4, 6, 7, 8, 9, 10))
    assert {n: [*v[:3], v[3].date().isoformat(), *v[4:]] for n, v in shown.items()} == {
        1: ["待核查", 0, 0, "2021-07-16", -4, "逾期"],
        5: ["待核查", 5, 0, "2021-07-21", 1, "在办"],
        4: ["市级退回", 0, 10, "2021-07-26", 6, "在办"],
    }
    total = [cell.value for cell in list(book["按乡镇"].rows)[-1]]
    assert total == ["合计", 5, 1, 0, 2, 0, 1, 1, 4, 2, 2, 0]
    text = " ".join(str(cell.value) for cell in book["期限队列"]["A"] if cell.value)
    assert "三（一）“并在15日内完成合法性判定”" in text
    assert "非文件规定" in text


def test_months_quarters_and_the_year(work, tmp_path):
    list_deadlines(work.path, tmp_path / "a.xlsx", date(2021, 9, 1), "甲", QUIET)
    table = {
        row[1]: (row[0], row[2].date().isoformat(), *row[3:])
        for row in read(tmp_path / "a.xlsx")["月清季核年度"].iter_rows(values_only=True)
        if row[5] is not None and hasattr(row[2], "date")
    }
    assert table["2021年7月"] == ("月清", "2021-08-31", 5, 3, -1)
    assert table["2021年第3季度"] == ("季核", "2021-10-10", 5, 3, 39)
    assert table["2021年度（三（二））"] == ("书面工作总结", "2021-12-31", 5, 3, 121)
    assert table["2021年6月"] == ("月清", "2021-07-31", 0, 0, "—")
    assert len(table) == 18


def test_the_extensions_stand_on_one_page_side_by_side(work, tmp_path):
    list_deadlines(work.path, tmp_path / "a.xlsx", date(2021, 9, 1), "甲", QUIET)
    assert [sheet.title for sheet in read(tmp_path / "a.xlsx") if sheet.col_breaks.brk] == []


def test_patches_that_came_after_the_new_year_stand_in_their_own_months(work, tmp_path):
    """The last patches of 2021 come in January 2022: due 02-04, to be settled by 02-28 and 04-10."""
    with work.writing("甲", "导入图斑") as change:
        later = BATCH | {"name": "四季度", "source_sha256": "cd" * 32, "received_on": "2022-01-20"}
        batches.add(change, later, patch_frame(2, 20), [])
    list_deadlines(work.path, tmp_path / "a.xlsx", date(2022, 2, 10), "甲", QUIET)
    sheet = read(tmp_path / "a.xlsx")["月清季核年度"]
    table = {
        row[1]: (row[0], row[2].date().isoformat(), *row[3:6])
        for row in sheet.iter_rows(values_only=True)
        if hasattr(row[2], "date")
    }
    assert table["2022年1月"] == ("月清", "2022-02-28", 2, 2, 18)
    assert table["2022年第1季度"] == ("季核", "2022-04-10", 2, 2, 59)
    assert table["2021年7月"] == ("月清", "2021-08-31", 5, 3, -163)
    assert sum(row[2] for row in table.values() if row[0] == "月清") == 7
    assert [name for name in table if "2022" in name] == ["2022年1月", "2022年第1季度"]


def test_earlier_days_know_nothing_of_later_ones(work, tmp_path):
    run = list_deadlines(work.path, tmp_path / "a.xlsx", date(2021, 7, 5), "甲", QUIET)
    assert (run.waiting, run.overdue, run.due_15) == (5, 0, 5)
    run = list_deadlines(work.path, tmp_path / "a.xlsx", date(2021, 6, 30), "甲", QUIET)
    assert run.waiting == 0


def test_the_holiday_table_of_the_office_counts(work, tmp_path):
    (work.path.parent / OWN_TABLE).write_text("years: {", encoding="utf-8")
    with pytest.raises(WeipianError, match="节假日表"):
        add_due = list_deadlines(work.path, tmp_path / "a.xlsx", date(2021, 7, 5), "甲", QUIET)
        assert add_due


def test_the_ledger_gives_every_patch_its_own_term(work):
    """As the queue does: 5 has five days more, 4 was away ten days; 2 stays with the city, its term ended."""
    with work.writing("甲", "上报") as change:
        for step, person in WAY[1:4]:
            stage = stages.standings(change.connection, [number_of(2)])[number_of(2)].stage
            known = stages.transitions_of(change.connection).of(step, stage)
            stages.take(change, [Move(number_of(2), known, person, "2021-07-16")])
    records = build_records(ledger_content(work, "甲"))
    assert {record.values["patch_no"][-1]: record.values["due_on"].isoformat() for record in records} == {
        "1": "2021-07-16",
        "2": "2021-07-16",
        "3": "2021-07-16",
        "4": "2021-07-26",
        "5": "2021-07-21",
    }


def test_nothing_is_changed(work, tmp_path):
    before = work.path.read_bytes()
    list_deadlines(work.path, tmp_path / "a.xlsx", date(2021, 7, 20), "甲", QUIET)
    assert work.path.read_bytes() == before


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice Calc is not installed")
def test_every_formula_comes_to_our_figure(work, tmp_path):
    add_patches(work, 3, 10)
    ours = tmp_path / "期限.xlsx"
    list_deadlines(work.path, ours, date(2021, 7, 20), "甲", QUIET)
    (tmp_path / "out").mkdir()
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", tmp_path / "out", ours]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    formulas, theirs = openpyxl.load_workbook(ours), read(tmp_path / "out" / ours.name)
    own, compared = read(ours), 0
    for sheet in formulas:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            assert theirs[sheet.title][cell.coordinate].value == own[sheet.title][cell.coordinate].value
            compared += 1
    assert compared > 30
