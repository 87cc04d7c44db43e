"""What must not be taken from a returned workbook: listed, and nothing is overwritten."""

from __future__ import annotations

import csv
import random
import shutil
import sqlite3
import subprocess
import zipfile

import openpyxl
import pytest
from decision_samples import number
from feedback_samples import (
    COUNT,
    FIRST_ROW,
    KEYS,
    NUMBERS,
    Returned,
    copy_of,
    feed,
    latest,
    reported_workspace,
    state,
)

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.feedback import Severity
from weipian_plugin.exchange.export_record import EXPORT_SHEET
from weipian_plugin.store import determinations, notes, returns, stages
from weipian_plugin.store.stages import Move
from weipian_plugin.store.verification import verify

LAST_ROW = FIRST_ROW + COUNT - 1


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    return reported_workspace(tmp_path_factory.mktemp("reported"))


@pytest.fixture
def work(reported, tmp_path):
    return copy_of(reported, tmp_path)


@pytest.fixture
def returned(work, tmp_path):
    """Save a workbook and feed it."""

    def fed(workbook, apply=True):
        return feed(work, workbook.save(tmp_path / "反馈.xlsx"), apply)

    return fed


def test_ids_torn_from_numbers_are_nobody_s(work, returned):
    """Only the visible columns were sorted: every row carries another patch's hidden id."""
    book = Returned(work)
    for index in range(1, COUNT + 1):
        book.put(index, "reason", f"原因{index}，需补充实地照片")
    rows = book.rows()
    rotated = [[row[0], *rows[(place + 1) % COUNT][1:]] for place, row in enumerate(rows)]
    book.write_rows(rotated)
    before = state(work)
    run = returned(book)
    assert (run.changed, run.conflicts, len(run.unmatched)) == (0, 0, COUNT)
    assert all("不能认定" in row.why for row in run.unmatched)
    assert state(work) == before


@pytest.mark.parametrize(
    "written",
    [
        5.00156202100001e17,
        500156202100001001,
        "5.00156E+17",
        "5.00156202100001E+17",
        "５．００１５６Ｅ＋１７",
        "500156202100001000.0",
        "500156202100001001.00",
    ],
)
def test_digits_that_a_spreadsheet_lost_are_not_guessed(tmp_path, written):
    """Even where only one patch could be meant: the file cannot say which rows were lost before."""
    from weipian_plugin.exchange.cell_text import cell_text
    from weipian_plugin.exchange.export_record import stable_id
    from weipian_plugin.exchange.patch_match import PatchIndex
    from weipian_plugin.exchange.sheet_cells import Cell, CellKind

    index = PatchIndex(
        "ABCDEF01", [(1, "500156202100001001"), (2, "500156202100001002"), (3, "500156202100002000")]
    )
    kind = CellKind.TEXT if isinstance(written, str) else CellKind.NUMBER
    cell = Cell(cell_text(written), kind, 0.0 if isinstance(written, str) else float(written))
    assert index.find(None, cell).patch_no == ""
    assert "末几位已丢失" in index.find(None, cell).why_not
    # With its own id the row is known, and the damaged number does not speak against it.
    own = Cell(stable_id("ABCDEF01", 1, "500156202100001001"))
    assert index.find(own, cell).patch_no == "500156202100001001"


def test_a_damaged_number_of_another_patch_speaks_against_the_id():
    from weipian_plugin.exchange.export_record import stable_id
    from weipian_plugin.exchange.patch_match import PatchIndex
    from weipian_plugin.exchange.sheet_cells import Cell, CellKind

    index = PatchIndex("ABCDEF01", [(1, "500156202100001001"), (2, "500156209900001001")])
    other = Cell("5.00156209900001E+17", CellKind.NUMBER, 5.00156209900001e17)
    assert index.find(Cell(stable_id("ABCDEF01", 1, "500156202100001001")), other).patch_no == ""


def test_short_numbers_survive_being_typed_as_numbers():
    from weipian_plugin.exchange.patch_match import PatchIndex
    from weipian_plugin.exchange.sheet_cells import Cell, CellKind

    index = PatchIndex("ABCDEF01", [(1, "0012"), (2, "130403"), (3, "12"), (4, "000700")])
    typed = {
        value: index.find(None, Cell(str(int(value)), CellKind.NUMBER, value)) for value in (130403.0, 700.0)
    }
    assert [match.patch_no for match in typed.values()] == ["130403", "000700"]
    assert index.find(None, Cell("130403.0")).patch_no == "130403"
    assert index.find(None, Cell("0012")).patch_no == "0012"
    assert "可能是" in index.find(None, Cell("12", CellKind.NUMBER, 12.0)).why_not
    assert index.find(None, Cell("1304", CellKind.NUMBER, 1304.0)).why_not == "工作库里没有图斑“1304”"


def test_numbers_that_differ_only_in_their_spelling_are_not_guessed():
    from weipian_plugin.exchange.patch_match import PatchIndex
    from weipian_plugin.exchange.sheet_cells import Cell

    index = PatchIndex("ABCDEF01", [(1, "ab1"), (2, "AB1")])
    assert "可能是ab1、AB1" in index.find(None, Cell("Ａb1")).why_not


def test_rows_that_belong_to_no_patch_are_listed(work, returned):
    book = Returned(work)
    book.put(1, "patch_no", "500156SJBG2100000").put(1, "stable_id", None)  # its end is cut off
    book.put(2, "patch_no", None).put(2, "stable_id", None)
    book.put(3, "patch_no", "500156SJBG21999999")  # a copied row with a new number
    extra = [None] * len(KEYS)
    extra[KEYS.index("patch_no")], extra[KEYS.index("reason")] = "130403SJBG26210183", "别的区的图斑"
    book.sheet.insert_rows(LAST_ROW + 1)
    for column, value in enumerate(extra, 1):
        book.sheet.cell(LAST_ROW + 1, column).value = value
    for index in (1, 2, 3):
        book.put(index, "reason", "应判定为违法")
    before = state(work)
    run = returned(book)
    assert [row.place for row in run.unmatched] == [
        f"核查判定汇总表 第{row}行" for row in (FIRST_ROW, FIRST_ROW + 1, FIRST_ROW + 2, LAST_ROW + 1)
    ]
    assert run.changed == 0
    assert state(work) == before
    assert len(run.plans) == COUNT - 3


def test_doubled_rows_that_contradict_are_conflicts(work, returned):
    book = Returned(work)
    row = book.rows()[3]
    other = list(row)
    other[KEYS.index("basis")] = "第二种说法"
    row[KEYS.index("basis")] = "第一种说法"
    book.sheet.insert_rows(LAST_ROW + 1)
    for column, value in enumerate(row, 1):
        book.sheet.cell(FIRST_ROW + 3, column).value = value
    for column, value in enumerate(other, 1):
        book.sheet.cell(LAST_ROW + 1, column).value = value
    before = state(work)
    run = returned(book)
    assert (run.changed, run.conflicts) == (0, 1)
    conflict = run.plans[3].conflicts[0]
    assert (conflict.patch_no, conflict.theirs) == (NUMBERS[3], "第一种说法｜第二种说法")
    assert state(work) == before


def test_a_doubled_row_of_which_one_was_left_as_it_was_contradicts(work, returned):
    book = Returned(work)
    row = book.rows()[3]
    row[KEYS.index("basis")] = "改过的说法"
    book.sheet.insert_rows(LAST_ROW + 1)
    for column, value in enumerate(row, 1):
        book.sheet.cell(LAST_ROW + 1, column).value = value
    run = returned(book)
    assert (run.changed, run.conflicts) == (0, 1)


def test_two_reasons_in_two_rows_are_two_tasks(work, returned):
    book = Returned(work).put(4, "reason", "需补充实地照片")
    row = book.rows()[3]
    row[KEYS.index("reason")] = "需提供套合图"
    book.sheet.insert_rows(LAST_ROW + 1)
    for column, value in enumerate(row, 1):
        book.sheet.cell(LAST_ROW + 1, column).value = value
    run = returned(book)
    assert (run.changed, run.conflicts) == (2, 0)
    assert set(returns.read(work)["category"]) == {"需补充实地照片", "需提供套合图"}


def correct_ours(work, index, **changes):
    """Change our own determination after the export: the patch was taken back by the city's phone call."""
    patch_no = NUMBERS[index - 1]
    with work.writing("乙", "更正") as change:
        known = stages.transitions_of(change.connection)
        stages.take(
            change, [Move(patch_no, known.of("市级退回", "已上报"), "市级", "2021-11-02", "口头退回")]
        )
        row = latest(work, patch_no) | {"patch_no": patch_no, "evidence": {}, "decided_by": "乙"} | changes
        determinations.insert(change, [row])


def test_what_both_changed_is_a_conflict(work, returned):
    correct_ours(work, 2, basis="本区更正的依据")
    book = Returned(work).put(2, "basis", "市里改的依据").put(2, "remark", "照此办理")
    before = latest(work, NUMBERS[1])
    run = returned(book)
    assert (run.changed, run.conflicts) == (1, 1)
    (conflict,) = run.plans[1].conflicts
    assert (conflict.base, conflict.now, conflict.theirs) == (
        "实地没有变化2",
        "本区更正的依据",
        "市里改的依据",
    )
    assert latest(work, NUMBERS[1]) == before
    assert notes.read(work)["text"].tolist() == ["照此办理"]


def test_what_only_we_changed_stays(work, returned):
    correct_ours(work, 2, basis="本区更正的依据")
    run = returned(Returned(work))
    assert (run.changed, run.conflicts, len(run.unmatched)) == (0, 0, 0)
    assert [one.said for one in run.plans[1].notices] == ["导出以后本方已改，对方没有动，保留本方的"]
    assert latest(work, NUMBERS[1])["basis"] == "本区更正的依据"


def test_one_conflict_holds_the_whole_determination(work, returned):
    correct_ours(work, 1, basis="本区更正的依据")
    book = Returned(work).put(1, "basis", "市里改的依据").put(1, "category", "其他违法用地")
    run = returned(book)
    assert (run.changed, run.conflicts) == (0, 2)
    assert latest(work, NUMBERS[0])["category"] == "未报即用"


def test_emptied_cells_delete_nothing(work, returned):
    book = Returned(work)
    for key in ("basis", "category", "document_no", "result", "area_mu"):
        for index in range(1, COUNT + 1):
            book.put(index, key, None)
    before = state(work)
    run = returned(book)
    assert (run.changed, run.conflicts) == (0, 0)
    assert sum(len(plan.notices) for plan in run.plans) == 3 * COUNT + 4
    assert state(work) == before


@pytest.mark.parametrize("formula", ["=1+1", "=cmd|'/c calc'!A0", '=HYPERLINK("https://example.org","违法")'])
def test_formulas_are_not_taken(work, returned, formula):
    """Nor passed over: what the city wrote as a formula is told, reason and verdict too."""
    book = Returned(work).put(1, "basis", formula).put(2, "reason", formula).put(3, "remark", formula)
    book.put(4, "verdict", formula).put(5, "returned_on", formula).put(6, "area_mu", formula)
    before = state(work)
    run = returned(book)
    assert (run.changed, run.conflicts) == (0, 5)
    assert [gap.theirs for gap in run.areas] == [formula]
    assert all("单元格是公式" in one.said for plan in run.plans for one in plan.conflicts)
    assert state(work) == before


def test_text_that_looks_like_a_formula_stays_text(work, returned):
    book = Returned(work)
    cell = book.cell(3, "remark")
    cell.value, cell.data_type = "=cmd|'/c calc'!A0", "s"
    returned(book)
    assert notes.read(work)["text"].tolist() == ["=cmd|'/c calc'!A0"]


def test_error_values_and_numbers_by_formula_are_not_taken(work, returned):
    book = Returned(work).put(1, "basis", "#REF!").put(2, "patch_no", "=C5").put(2, "reason", "应判定为违法")
    before = state(work)
    run = returned(book)
    assert (run.changed, run.conflicts, len(run.unmatched)) == (0, 1, 1)
    assert state(work) == before


def test_without_the_record_of_the_export_nothing_of_ours_is_overwritten(work, returned):
    book = (
        Returned(work)
        .put(1, "basis", "市里改的依据")
        .put(2, "remark", "请核实")
        .put(3, "reason", "需提供套合图")
    )
    del book.book[EXPORT_SHEET]
    run = returned(book)
    assert (run.changed, run.conflicts) == (2, 1)
    assert "没有导出时的记录" in run.warnings[0]
    assert latest(work, NUMBERS[0])["basis"] == "未经批准占地1"
    again = returned(book)
    assert (again.changed, again.conflicts) == (0, 1)


def test_a_workbook_of_another_workspace_is_said_and_matched_by_number(work, returned, tmp_path):
    import datetime as clock

    other = reported_workspace(tmp_path_in(tmp_path, "另一个"))
    while other.tag == work.tag:  # made within the same second
        shutil.rmtree(other.path.parent)
        other = reported_workspace(tmp_path_in(tmp_path, f"另一个{clock.datetime.now().microsecond}"))
    book = Returned(other).put(1, "basis", "别处的依据").put(2, "reason", "需提供套合图")
    run = returned(book)
    assert "另一个工作库" in run.warnings[0]
    assert (run.changed, run.conflicts, len(run.unmatched)) == (1, 1, 0)
    assert latest(work, NUMBERS[0])["basis"] == "未经批准占地1"


def tmp_path_in(folder, name):
    made = folder / name
    made.mkdir()
    return made


def test_areas_never_change_and_are_graded(work, returned):
    book = Returned(work)
    for index, value in (
        (1, 3.004),
        (2, 3.05),
        (3, 3.1),
        (4, 3.11),
        (5, 4.0),
        (6, 4.01),
        (7, "未评估"),
        (8, 2.9),
    ):
        book.put(index, "area_mu", value)
    before = state(work)
    run = returned(book)
    grades = {gap.patch_no: gap.severity for gap in run.areas}
    assert grades == {
        NUMBERS[1]: Severity.REMINDER,
        NUMBERS[2]: Severity.REMINDER,
        NUMBERS[3]: Severity.WARNING,
        NUMBERS[4]: Severity.WARNING,
        NUMBERS[5]: Severity.SERIOUS,
        NUMBERS[6]: Severity.WARNING,
        NUMBERS[7]: Severity.REMINDER,
    }
    assert (run.changed, run.conflicts) == (0, 0)
    assert state(work) == before


def test_a_changed_township_is_listed_and_not_taken(work, returned):
    run = returned(Returned(work).put(5, "town_name", "白马镇"))
    assert (run.changed, run.conflicts) == (0, 0)
    assert [(one.title, one.theirs) for one in run.plans[4].notices] == [("乡镇（街道）", "白马镇")]


def test_a_determination_against_the_rules_becomes_a_task(work, returned):
    """合法 without papers, or 违法 with a category of 合法, is refused as in every other table."""
    book = Returned(work).put(1, "result", "合法").put(1, "category", "当年审批").put(3, "result", "违法")
    run = returned(book)
    assert run.conflicts == 3
    assert latest(work, NUMBERS[0])["result"] == "违法"
    assert latest(work, NUMBERS[2])["result"] == "合法"
    frame = returns.read(work).set_index("patch_no")
    assert frame.loc[NUMBERS[2], "reason"] == "市级改动判定：判定结果“合法”改为“违法”"
    again = returned(book)
    assert (again.changed, again.conflicts) == (0, 3)


def test_the_second_round_opens_the_same_reason_again(work, returned):
    book = Returned(work).put(1, "reason", "需补充实地照片")
    returned(book)
    with work.writing("乙", "再次上报") as change:
        known = stages.transitions_of(change.connection)
        row = latest(work, NUMBERS[0]) | {"patch_no": NUMBERS[0], "evidence": {}}
        determinations.insert(change, [row])
        for step, start, person in (
            ("判定", "市级退回", "甲"),
            ("复核", "已判定", "乙"),
            ("审定", "已复核", "乙"),
            ("上报", "已审定", "乙"),
        ):
            stages.take(change, [Move(NUMBERS[0], known.of(step, start), person, "2021-11-20")])
    assert returns.read(work)["closed_on"].tolist() == ["2021-11-20"]
    assert returned(book).changed == 0
    export = book.book[EXPORT_SHEET]
    export["D1"] = "2021-12-01T09:00:00+08:00"
    assert returned(book).changed == 1
    assert returns.read(work)["closed_on"].tolist() == ["2021-11-20", ""]
    assert state(work)["stages"][NUMBERS[0]] == "市级退回"
    assert verify(work).ok


def test_a_passed_review_closes_what_is_open(work, returned):
    returned(Returned(work).put(1, "reason", "需补充实地照片"))
    book = Returned(work).put(1, "verdict", "通过")
    book.book[EXPORT_SHEET]["D1"] = "2021-12-01T09:00:00+08:00"
    run = returned(book)
    assert run.plans[0].passed
    assert returns.read(work)["closed_by"].tolist() == ["市级"]


@pytest.mark.parametrize("stage", ["待核查", "已判定", "已复核", "已审定"])
def test_a_return_of_what_nobody_recorded_as_reported(tmp_path, stage):
    """It goes back all the same, and is judged again: a return passes no review."""
    work = reported_workspace(tmp_path_in(tmp_path, "未上报"), stage=stage)
    book = Returned(work).put(1, "reason", "需补充实地照片").put(2, "basis", "市里改的依据")
    run = feed(work, book.save(tmp_path / "反馈.xlsx"))
    assert run.plans[0].stage_said == f"本库没有上报记录（原为{stage}），补记退回，转为市级退回"
    assert run.conflicts == 0
    # What was reviewed must come back to be judged; before, the city's words are one more determination.
    corrected = {"待核查": "已判定", "已判定": "已判定"}.get(stage, "市级退回")
    stages_now = state(work)["stages"]
    assert list(stages_now.values()) == ["市级退回", corrected, *[stage] * (COUNT - 2)]
    assert len(returns.read(work)) == (2 if corrected == "市级退回" else 1)
    assert latest(work, NUMBERS[1])["basis"] == "市里改的依据"
    events = stages.read_events(work)
    back = events[events["to_stage"] == "市级退回"].iloc[0]
    assert (back["step"], back["person"], back["reason"]) == ("市级退回补记", "市级", "需补充实地照片")
    assert feed(work, tmp_path / "反馈.xlsx").changed == 0
    assert verify(work).ok
    with work.writing("乙", "越过判定") as change, pytest.raises(sqlite3.IntegrityError):
        change.connection.execute("UPDATE patch SET stage = '已复核' WHERE patch_no = ?", (NUMBERS[0],))


def test_a_finished_patch_stays_finished(work, returned):
    with work.writing("乙", "办结") as change:
        known = stages.transitions_of(change.connection)
        stages.take(change, [Move(NUMBERS[0], known.of("审核结束", "已上报"), "市级", "2021-11-20")])
    run = returned(Returned(work).put(1, "reason", "需补充实地照片").put(1, "basis", "市里改的依据"))
    assert (run.changed, run.conflicts) == (1, 1)
    assert "审核结束" in run.plans[0].stage_said
    assert "审核结束" in run.plans[0].conflicts[0].said
    assert state(work)["stages"][NUMBERS[0]] == "审核结束"
    assert returns.read(work)["reason"].tolist() == ["需补充实地照片"]


def test_a_unit_fills_in_facts_and_notes_but_does_not_judge(work, tmp_path):
    book = Returned(work, kind="分派", unit="白马镇")
    for title, value in (("建设主体", "农村村民"), ("现场核查描述", "已建成砖混房屋"), ("核查日期", 44510)):
        column = book.sheet.max_column + 1
        book.sheet.cell(FIRST_ROW - 1, column).value = title
        book.sheet.cell(FIRST_ROW, column).value = value
    book.put(1, "result", "合法").put(1, "reason", "不同意")
    run = feed(work, book.save(tmp_path / "填报.xlsx"))
    assert (run.sender, run.changed, run.conflicts) == ("白马镇", 4, 0)
    noted = notes.read(work)
    assert sorted(zip(noted["field"], noted["text"], noted["source"], strict=True)) == [
        ("checked_on", "2021-11-10", "白马镇"),
        ("field_check", "已建成砖混房屋", "白马镇"),
        ("unit_result", "合法", "白马镇"),
    ]
    found = state(work)
    assert [(f["fact"], f["value"], f["decided_by"]) for f in found["facts"]] == [
        ("subject", "农村村民", "白马镇")
    ]
    assert latest(work, NUMBERS[0])["result"] == "违法"
    assert found["tasks"] == []
    assert feed(work, tmp_path / "填报.xlsx").changed == 0
    assert verify(work).ok


def test_reporting_writes_nothing_but_the_report(work, returned, tmp_path):
    book = Returned(work).put(1, "reason", "需补充实地照片<b>").put(2, "basis", "市里改的依据")
    before, bytes_before = state(work), work.path.read_bytes()
    run = returned(book, apply=False)
    assert run.changed == 3
    assert state(work) == before
    assert work.path.read_bytes() == bytes_before
    page = (tmp_path / "反馈.html").read_text(encoding="utf-8")
    assert "需补充实地照片&lt;b&gt;" in page
    assert "本次只核对" in page


def test_all_or_nothing(work, tmp_path, monkeypatch):
    """A failure in the last write undoes the first."""
    from weipian_plugin.workflow import import_feedback

    book = Returned(work).put(1, "reason", "需补充实地照片").put(4, "basis", "市里改的依据")
    path = book.save(tmp_path / "反馈.xlsx")
    before = state(work)

    def broken(*_):
        raise WeipianError("磁盘满了。")

    monkeypatch.setattr(import_feedback.determinations, "insert", broken)
    with pytest.raises(WeipianError, match="磁盘满了"):
        feed(work, path)
    assert state(work) == before
    assert not (tmp_path / "反馈.html").exists()


# Files that are no workbook of ours.


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)


def with_part(path, name, content):
    book = openpyxl.Workbook()
    book.active.append(["图斑编号"])
    book.save(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, content)


LAUGHS = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "hihi"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'


def plain(path):
    openpyxl.Workbook().save(path)
    return path


def written_as_csv(path):
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([["图斑编号", "退回原因"], [number(1), "照片"]])


def flipped(path):
    data = bytearray(plain(path).read_bytes())
    data[400:440] = random.Random(1).randbytes(40)
    path.write_bytes(data)


def other_zip(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("图斑.shp", b"...")


GARBAGE = {
    "empty": lambda path: path.write_bytes(b""),
    "html": lambda path: path.write_text("<html><table><tr><td>图斑编号</td></tr></table></html>", "utf-8"),
    "csv": written_as_csv,
    "ole": lambda path: path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4000)),
    "cut": lambda path: path.write_bytes(plain(path).read_bytes()[:2000]),
    "flipped": flipped,
    "zip": other_zip,
    "bomb": bomb,
    "laughs": lambda path: with_part(path, "xl/worksheets/sheet9.xml", LAUGHS),
    "laughs in utf-16": lambda path: with_part(path, "docProps/custom.xml", LAUGHS.encode("utf-16")),
    "macro": lambda path: with_part(path, "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"),
    "other table": plain,
}


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("empty", "空文件"),
        ("html", "网页"),
        ("csv", "不是 Excel 工作簿"),
        ("ole", "旧版 .xls"),
        ("cut", "已损坏"),
        ("flipped", "已损坏|不是完好"),
        ("zip", "没有工作簿"),
        ("bomb", "大得不正常"),
        ("laughs", "实体声明"),
        ("laughs in utf-16", "实体声明"),
        ("macro", "宏"),
        ("other table", "没有一张表有“图斑编号”列"),
    ],
)
def test_garbage_is_one_sentence(work, tmp_path, kind, said):
    path = tmp_path / "反馈.xlsx"
    GARBAGE[kind](path)
    before = state(work)
    with pytest.raises(WeipianError, match=said) as caught:
        feed(work, path)
    assert str(caught.value).count("。") == 1
    assert state(work) == before
    assert not (tmp_path / "反馈.html").exists()


def test_workbooks_with_macros_are_refused_by_name(work, tmp_path):
    path = Returned(work).save(tmp_path / "反馈.xlsx").rename(tmp_path / "反馈.xlsm")
    with pytest.raises(WeipianError, match="宏"):
        feed(work, path)


def test_external_links_do_nothing(work, tmp_path):
    book = Returned(work).put(1, "reason", "需补充实地照片")
    book.sheet["Z1"] = "='[别处.xlsx]表'!$A$1"
    path = book.save(tmp_path / "反馈.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    assert feed(work, path).changed == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "反馈.html",
        "反馈.xlsx",
        "工作库.gpkg",
        "工作库_备份",
    ]


# Through LibreOffice.


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("formats", [["xlsx"], ["ods", "xlsx"], ["xls"]], ids="-".join)
def test_saved_by_another_program(work, tmp_path, formats):
    book = (
        Returned(work)
        .put(1, "reason", "需补充实地照片")
        .put(4, "basis", "市里改的依据")
        .put(5, "remark", "请核实")
    )
    book.put(3, "evidence.批准时间", "2021-03-20")
    path = book.save(tmp_path / "反馈.xlsx")
    for extension in formats:
        folder = tmp_path_in(tmp_path, extension)
        command = [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
        ]
        subprocess.run(
            [*command, extension, "--outdir", folder, path], check=True, capture_output=True, timeout=120
        )
        path = folder / f"反馈.{extension}"
    if path.suffix == ".xls":
        with pytest.raises(WeipianError, match="旧版 .xls"):
            feed(work, path)
        path = path.rename(path.with_suffix(".xlsx"))
        with pytest.raises(WeipianError, match="旧版 .xls"):
            feed(work, path)
        return
    run = feed(work, path)
    assert (run.changed, run.conflicts, len(run.unmatched), run.areas) == (6, 0, 0, ())
    assert len(run.plans) == COUNT
    assert run.warnings == ()
    assert latest(work, NUMBERS[3])["basis"] == "市里改的依据"
    assert feed(work, path).changed == 0
