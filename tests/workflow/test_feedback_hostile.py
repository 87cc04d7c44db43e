"""Our own submission workbook as it comes back from desks that sort, paste, convert and break it.

Every patch is returned for a reason that names it, and some determinations are corrected in words that name
their patch: whatever was done to the file, a word lands on the patch that it names, or is listed.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import shapely
from decision_samples import number
from feedback_samples import COUNT, NUMBERS, copy_of, feed, latest, reported_workspace, ruled, state
from hostile_samples import (
    CORRECTED,
    Sent,
    all_rows,
    basis,
    reason,
    result,
    sent_workspace,
)
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.export_record import EXPORT_SHEET
from weipian_plugin.store import determinations, patches, returns, stages
from weipian_plugin.store.stages import Move
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.export_city import export_city
from weipian_plugin.workflow.import_feedback import FeedbackSource, import_feedback
from weipian_plugin.workflow.split import split_patch


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    return sent_workspace(tmp_path_factory.mktemp("hostile"))


@pytest.fixture
def work(reported, tmp_path):
    return copy_of(reported, tmp_path)


@pytest.fixture
def sent(reported) -> Sent:
    return Sent(reported.path.with_name("上报.xlsx"))


# What changes the form alone: every word arrives.


def ids_cleared(s):
    for index in s.lines:
        s.put(index, "系统标识", None)


def unseen_characters(s):
    for index, n in enumerate(NUMBERS, 1):
        s.put(index, "图斑编号", f"\ufeff{n[:6]}\u00a0{n[6:12]}\u200b{n[12:]}\u3000")
        s.put(index, "系统标识", None)
        s.put(index, "判定结果", f"\u00a0{s.cell(index, '判定结果').value}\u200b")
    s.sheet.cell(s.head, s.titles["退回原因"]).value = "退\u200b回\u00a0原因\n（市级填写）"


def full_width(s):
    wide = {c: c + 0xFEE0 for c in range(0x21, 0x7F)}
    for index, n in enumerate(NUMBERS, 1):
        s.put(index, "图斑编号", n.translate(wide))
        s.put(
            index, "文号", (s.cell(index, "文号").value or "").translate({0x3014: "[", 0x3015: "]"}) or None
        )
    s.sheet.cell(s.head, s.titles["图斑面积"]).value = "图斑面积（亩）".translate(wide)


def moved_down_and_right(s):
    s.sheet.move_range(f"A1:{get_column_letter(s.sheet.max_column)}{s.sheet.max_row}", rows=5, cols=3)


def column_inside_a_merged_header(s):
    for area in list(s.sheet.merged_cells.ranges):
        s.sheet.unmerge_cells(str(area))
    s.sheet.insert_cols(8, 2)
    s.sheet.merge_cells(start_row=s.head - 1, end_row=s.head - 1, start_column=7, end_column=12)


def three_header_rows(s):
    for area in list(s.sheet.merged_cells.ranges):
        s.sheet.unmerge_cells(str(area))
    s.sheet.insert_rows(s.head)
    for column in (7, 13, 24):
        s.sheet.cell(s.head, column).value = "本级填写"
    s.sheet.cell(s.head + 1, 2).value = "图斑编号"


def only_one_sheet(s):
    s.drop_other_sheets((EXPORT_SHEET,))
    s.sheet.title = "Sheet1"


def filtered_grouped_and_hidden(s):
    s.sheet.auto_filter.add_filter_column(1, [NUMBERS[0], NUMBERS[3]])
    for line in range(s.first, s.last + 1):
        s.sheet.row_dimensions[line].hidden = line % 3 != 0
        s.sheet.row_dimensions[line].outlineLevel = 1
    s.sheet.column_dimensions["Y"].hidden = True


def id_column_first_and_shown(s):
    rows = [list(row) for row in s.sheet.iter_rows(s.head, s.last, values_only=True)]
    s.write([[row[-1], *row[:-1]] for row in rows], s.head)
    for dimension in s.sheet.column_dimensions.values():
        dimension.hidden = False


def texts_with_breaks(s):
    for index in s.lines:
        s.put(index, "退回原因", f"{reason(index)[:4]}\r\n{reason(index)[4:]}\n")
    s.put(5, "判定依据", f"\t{basis(5)}\r\n")


def values_spread_over_columns(s):
    """The reviewer hides our column and writes beside it."""
    last = s.sheet.max_column + 1
    s.sheet.cell(s.head, last).value = "市级审核意见"
    for index in s.lines:
        s.put(index, "退回原因", None)
        s.sheet.cell(s.lines[index], last).value = reason(index)


def reasons_in_the_verdict(s):
    for index in s.lines:
        s.put(index, "退回原因", None).put(index, "审核结论", reason(index))


def totals_pasted_as_values(s):
    for line in range(1, s.head):
        for cell in s.sheet[line]:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.value = 36


def sorted_whole_rows(s):
    rows = s.rows()
    random.Random(3).shuffle(rows)
    s.write(rows)


def sorted_by_township(s):
    s.write(sorted(s.rows(), key=lambda row: row[s.titles["乡镇街道"] - 1]))


def one_patch_to_a_page(s):
    """Header and unit row again above every third row."""
    head = [cell.value for cell in s.sheet[s.head]]
    pages = [row for place, row in enumerate(s.rows()) for row in ([head, row] if place % 3 == 0 else [row])]
    s.sheet.insert_rows(s.first, len(pages) - COUNT)
    s.write(pages)


def numbered_by_hand(s):
    s.put(3, "序号", "3-1").put(4, "序号", None)
    s.sheet.insert_rows(s.first + 6)
    s.sheet.cell(s.first + 6, 1).value = "以上为第一组审核"


def dates_in_every_spelling(s):
    """Days that nobody changed come back in other spellings; they are no changes."""
    spelled = (
        "2021/7/10",
        "2021年7月10日",
        44387,
        "44387",
        "20210710",
        "2021.7.10",
        datetime(2021, 7, 10, 9),
    )
    for index in s.lines:
        s.put(index, "判定日期", spelled[index % len(spelled)])
        s.put(index, "审核日期", date(2021, 8, 1))


def figures_retyped(s):
    for index in s.lines:
        value = s.cell(index, "图斑面积").value
        text = (f"{value:.4f}", f"'{value}", f"{value}亩", f"{value} ", value + 1e-9)
        s.put(index, "图斑面积", text[index % len(text)])


def emoji_and_very_long_words(s):
    for index in s.lines:
        s.put(index, "退回原因", reason(index) + "❗" * 40)
    s.put(5, "判定依据", basis(5) + "，" + "附图附表" * 8000)


def id_header_lost(s):
    s.sheet.cell(s.head, s.titles["系统标识"]).value = None


def ids_of_another_workspace_pasted(s):
    for index in s.lines:
        identity = s.cell(index, "系统标识").value
        s.put(index, "系统标识", f"WP-0A0B0C0D{identity[11:]}")


def ids_of_a_copy_that_went_its_own_way(s):
    """The same workspace and place, but the number there was another."""
    for index in s.lines:
        identity = s.cell(index, "系统标识").value
        s.put(index, "系统标识", identity[:-4] + f"{int(identity[-4:], 16) ^ 1:04X}")


def ids_copied_in_front(s):
    rows = [list(row) for row in s.sheet.iter_rows(s.head, s.last, values_only=True)]
    s.write([[*row, *row[-1:]] for row in rows], s.head)


def verdict_beside_the_reason(s):
    for index in s.lines:
        s.put(index, "审核结论", ("退回", "不通过", "退回补材料")[index % 3])
    s.sheet.insert_rows(s.first + 3)


def number_of_another_system_in_front(s):
    rows = [list(row) for row in s.sheet.iter_rows(s.head, s.last, values_only=True)]
    more = ["监测编号", *(f"500156SJBG99{place:06d}" for place in range(1, COUNT + 1))]
    s.write([[first, *row] for first, row in zip(more, rows, strict=True)], s.head)


FORM = [
    ids_cleared,
    unseen_characters,
    full_width,
    moved_down_and_right,
    column_inside_a_merged_header,
    three_header_rows,
    only_one_sheet,
    filtered_grouped_and_hidden,
    id_column_first_and_shown,
    texts_with_breaks,
    values_spread_over_columns,
    reasons_in_the_verdict,
    totals_pasted_as_values,
    sorted_whole_rows,
    sorted_by_township,
    one_patch_to_a_page,
    numbered_by_hand,
    dates_in_every_spelling,
    figures_retyped,
    emoji_and_very_long_words,
    id_header_lost,
    ids_of_another_workspace_pasted,
    ids_of_a_copy_that_went_its_own_way,
    ids_copied_in_front,
    verdict_beside_the_reason,
    number_of_another_system_in_front,
]


@pytest.mark.parametrize("mangle", FORM, ids=lambda mangle: mangle.__name__)
def test_every_word_arrives(work, sent, tmp_path, mangle):
    mangle(sent)
    rows = all_rows(sent.book)
    if mangle in (unseen_characters, full_width):
        rows += COUNT
    run = result(work, sent.save(tmp_path / "反馈.xlsx"), rows)
    assert (run.changed, run.conflicts, run.unmatched, run.areas) == (COUNT + 2, 0, (), ())
    assert sorted(task.patch_no for plan in run.plans for task in plan.tasks) == NUMBERS
    assert set(state(work)["stages"].values()) == {"市级退回"}


# What cannot be told apart any more: listed, and nothing of it is applied.


def rows_of(s) -> int:
    return sum(sheet.title == s.sheet.title for sheet in s.book.worksheets) * COUNT


def held(work, run) -> list[int]:
    """Return the patches (by index) for which nothing was opened and nothing changed."""
    told = {task.patch_no for plan in run.plans for task in plan.tasks}
    told |= {one.patch_no for plan in run.plans for one in plan.applied}
    return [index for index, patch_no in enumerate(NUMBERS, 1) if patch_no not in told]


EVERYONE = list(range(1, COUNT + 1))


def alone(s):
    """Keep the one sheet on which the city writes: on others the same rows would be whole."""
    s.drop_other_sheets((EXPORT_SHEET,))


def ids_sorted_apart(s):
    rows = s.rows()
    s.write_columns(["系统标识"], rows[::-1])


def numbers_sorted_apart(s):
    rows = s.rows()
    s.write_columns(["图斑编号"], rows[1:] + rows[:1])


def selection_without_number_and_id_sorted(s):
    """Excel asks whether to widen the selection; the clerk says no."""
    rows = sorted(s.rows(), key=lambda row: -row[s.titles["占用耕地"] - 1])
    names = [name for name in s.titles if name not in ("序号", "图斑编号", "系统标识")]
    s.write_columns(names, rows)


def figures_and_words_sorted_by_area(s):
    rows = s.rows()
    s.write_columns(["占用耕地", "判定结果", "类别", "判定依据", "文号", "退回原因"], rows[5:] + rows[:5])


def one_column_moved_up_by_a_cell(s):
    rows = s.rows()
    s.write_columns(["判定依据", "退回原因"], rows[1:] + rows[:1])


def verdicts_left_behind(s):
    """All that identifies a patch was sorted; what was judged and why it comes back was not."""
    rows = s.rows()
    left = ("序号", "乡镇街道", "判定结果", "类别", "审核结论", "退回原因", "审核日期", "备注")
    s.write_columns([name for name in s.titles if name not in left], rows[1:] + rows[:1])


def cells_shifted_left(s):
    for index in s.lines:
        line = s.lines[index]
        for column in range(s.titles["批次"], s.sheet.max_column):
            s.sheet.cell(line, column).value = s.sheet.cell(line, column + 1).value
        s.sheet.cell(line, s.sheet.max_column).value = None


def numbers_split_into_two_columns(s):
    for index, n in enumerate(NUMBERS, 1):
        s.put(index, "图斑编号", n[:10]).put(index, "批次", n[10:])


def numbers_dragged_down(s):
    """The first number pulled down with the handle: each becomes the one before plus one, from the second."""
    for index in EVERYONE:
        s.put(index, "图斑编号", number(index + 1))


def numbers_by_formula(s):
    for index in EVERYONE:
        s.put(index, "图斑编号", f"=VLOOKUP(A{s.lines[index]},'[台账.xlsx]表'!A:B,2,0)")


def numbers_in_error(s):
    for index in EVERYONE:
        s.put(index, "图斑编号", "#N/A").put(index, "系统标识", "#REF!")


def two_numbers_in_a_cell(s):
    for index in EVERYONE:
        s.put(index, "图斑编号", f"{number(index)}、{number(index % COUNT + 1)}").put(index, "系统标识", None)


HELD = [
    ids_sorted_apart,
    numbers_sorted_apart,
    selection_without_number_and_id_sorted,
    figures_and_words_sorted_by_area,
    one_column_moved_up_by_a_cell,
    verdicts_left_behind,
    cells_shifted_left,
    numbers_split_into_two_columns,
    numbers_dragged_down,
    numbers_by_formula,
    numbers_in_error,
    two_numbers_in_a_cell,
]


@pytest.mark.parametrize("mangle", HELD, ids=lambda mangle: mangle.__name__)
def test_rows_torn_apart_are_listed_and_not_applied(work, sent, tmp_path, mangle):
    alone(sent)
    before = [list(row) for row in sent.sheet.iter_rows(values_only=True)]
    mangle(sent)
    after = [list(row) for row in sent.sheet.iter_rows(values_only=True)]
    run = result(work, sent.save(tmp_path / "反馈.xlsx"), COUNT)
    moved = [i for i in EVERYONE if before[sent.lines[i] - 1] != after[sent.lines[i] - 1]]
    assert len(run.unmatched) == len(moved) >= COUNT - 1
    assert held(work, run) == moved
    assert all(
        "不能认定" in row.why or "图斑编号是" in row.why or "没有图斑" in row.why for row in run.unmatched
    )


# One by one.


@pytest.fixture
def fed(work, tmp_path):
    """Save a workbook and take it back, checking that nothing lands elsewhere."""

    def take(workbook: Sent, rows: int):
        return result(work, workbook.save(tmp_path / "反馈.xlsx"), rows)

    return take


def test_a_sheet_that_lost_its_header_is_listed_row_by_row(sent, fed):
    sent.sheet.delete_rows(sent.head)
    run = fed(sent, all_rows(sent.book))
    assert len(run.unmatched) == COUNT
    assert all("没有认出表头" in row.why for row in run.unmatched)
    assert run.changed == 0


def test_a_workbook_without_any_header_is_refused(work, sent, tmp_path):
    alone(sent)
    sent.sheet.delete_rows(sent.head)
    with pytest.raises(WeipianError, match="没有一张表有“图斑编号”列"):
        feed(work, sent.save(tmp_path / "反馈.xlsx"))


def test_one_row_whose_cells_moved_is_listed_alone(sent, fed):
    alone(sent)
    line = sent.lines[4]
    for column in range(3, sent.sheet.max_column):
        sent.sheet.cell(line, column).value = sent.sheet.cell(line, column + 1).value
    sent.sheet.cell(line, sent.sheet.max_column).value = None
    run = fed(sent, COUNT)
    assert [row.place for row in run.unmatched] == [f"{sent.sheet.title} 第{line}行"]
    assert "错了位" in run.unmatched[0].why


def test_a_number_retyped_as_another_patch_s(sent, fed):
    """Without its id nothing but the rest of the row tells whose it is."""
    alone(sent)
    sent.put(4, "图斑编号", number(7)).put(4, "系统标识", None)
    run = fed(sent, COUNT)
    assert len(run.unmatched) == 1
    assert f"与图斑“{number(4)}”的错开了" in run.unmatched[0].why
    assert run.changed == COUNT - 1 + 2


def test_judgements_exchanged_on_purpose_are_no_sort(work, sent, tmp_path):
    """The city takes two for 其他 and two for 违法, as many as before: their words are taken."""
    for index, words in ((1, ("其他", "实地伪变化")), (4, ("其他", "实地伪变化"))):
        sent.put(index, "判定结果", words[0]).put(index, "类别", words[1])
    for index in (2, 5):
        sent.put(index, "判定结果", "违法").put(index, "类别", "未报即用")
    run = feed(work, sent.save(tmp_path / "反馈.xlsx"))
    assert (run.conflicts, run.unmatched) == (0, ())
    results = [latest(work, number(index))["result"] for index in (1, 2, 4, 5)]
    assert results == ["其他", "违法", "其他", "违法"]


def test_two_ids_exchanged(sent, fed):
    alone(sent)
    ids = [sent.cell(index, "系统标识").value for index in (4, 7)]
    sent.put(4, "系统标识", ids[1]).put(7, "系统标识", ids[0])
    run = fed(sent, COUNT)
    assert len(run.unmatched) == 2
    assert run.changed == COUNT - 2 + 2


def test_rows_pasted_twice_with_other_words(sent, fed):
    """The same patch twice: both reasons count, of two different corrections neither."""
    alone(sent)
    rows = sent.rows()
    again = [list(row) for row in rows[:5]]
    for index, row in enumerate(again, 1):
        row[sent.titles["退回原因"] - 1] = f"{index}号图斑：需提供套合图"
    again[4][sent.titles["判定依据"] - 1] = f"{basis(5)}，另一说"
    sent.sheet.insert_rows(sent.last + 1, 5)
    sent.write(again, sent.last + 1)
    run = fed(sent, COUNT + 5)
    assert (run.conflicts, len(run.unmatched)) == (1, 0)
    assert run.changed == COUNT + 5 + 1


def test_only_the_returned_rows_come_back(sent, fed):
    alone(sent)
    kept = [row for index, row in enumerate(sent.rows(), 1) if index in (2, 7)]
    sent.sheet.delete_rows(sent.first, COUNT)
    sent.sheet.insert_rows(sent.first, 2)
    sent.write(kept)
    run = fed(sent, 2)
    assert (run.changed, run.conflicts, len(run.unmatched)) == (3, 0, 0)


def test_values_pasted_into_a_workbook_of_their_own(work, sent, tmp_path):
    """Nothing remembers what went out: reasons arrive, nothing of ours gives way."""
    book = openpyxl.Workbook()
    for row in [[cell.value for cell in sent.sheet[sent.head]], *sent.rows()]:
        book.active.append(row)
    book.save(tmp_path / "反馈.xlsx")
    run = result(work, tmp_path / "反馈.xlsx", COUNT)
    assert (run.changed, run.conflicts, len(run.unmatched)) == (COUNT, len(CORRECTED), 0)
    assert "没有导出时的记录" in run.warnings[0]


def judge_again(work: Workspace, index: int, text: str) -> None:
    with work.writing("乙", "重新判定") as change:
        back = stages.transitions_of(change.connection).sending_back("已上报")
        stages.take(change, [Move(number(index), back, "市级", "2021-08-02", "口头退回")])
        row = latest(work, number(index)) | {"patch_no": number(index), "evidence": {}, "basis": text}
        determinations.insert(change, [row | {"decided_by": "乙"}])


def test_the_workbook_of_last_month(work, sent, tmp_path):
    judge_again(work, 2, "本月更正的依据")
    judge_again(work, 8, "本月也更正了")
    run = feed(work, sent.save(tmp_path / "反馈.xlsx"))
    conflicts = [(one.patch_no, one.base, one.now) for plan in run.plans for one in plan.conflicts]
    assert conflicts == [(number(2), ruled(2)["basis"], "本月更正的依据")]
    assert latest(work, number(2))["basis"] == "本月更正的依据"
    assert latest(work, number(8))["basis"] == "本月也更正了"
    assert latest(work, number(5))["basis"] == basis(5)


def test_somebody_writes_between_the_comparison_and_the_change(work, sent, tmp_path):
    """What was compared before is compared again: their word is a conflict now, and ours stays."""

    class Meddling(Progress):
        def report(self, fraction: float, text: str = "") -> None:
            if text == "写入工作库":
                judge_again(work, 2, "刚刚更正的依据")

    path = sent.save(tmp_path / "反馈.xlsx")
    source = FeedbackSource(path, path.with_suffix(".html"), True)
    run = import_feedback(work.path, source, "丙", Meddling())
    assert [one.patch_no for plan in run.plans for one in plan.conflicts] == [number(2)]
    assert latest(work, number(2))["basis"] == "刚刚更正的依据"
    assert latest(work, number(5))["basis"] == basis(5)


def test_what_does_not_stand_any_more_is_nobody_s_word(tmp_path):
    """Sent back by our own review, the patch went out without a determination, and comes back without one."""
    work = reported_workspace(tmp_path, stage="已判定")
    with work.writing("乙", "退回") as change:
        step = stages.transitions_of(change.connection).of("复核不通过", "已判定")
        stages.take(change, [Move(number(2), step, "乙", "2021-07-13", "依据不足")])
    export_city(work.path, tmp_path / "上报.xlsx", "甲", Progress())
    run = feed(work, tmp_path / "上报.xlsx")
    assert (run.changed, run.conflicts) == (0, 0)
    assert [one for plan in run.plans for one in plan.notices] == []


def test_a_patch_split_meanwhile_is_said(work, sent, tmp_path):
    index = 3
    split_after_export(work, index)
    run = feed(work, sent.save(tmp_path / "反馈.xlsx"))
    told = {row.why for row in run.unmatched}
    assert told == {
        f"图斑“{number(index)}”已拆分为{number(index)}_1、{number(index)}_2，请写明是哪一个子图斑的"
    }
    assert held(work, run) == [index]


def split_after_export(work: Workspace, index: int) -> None:
    with work.writing("乙", "口头退回") as change:
        back = stages.transitions_of(change.connection).sending_back("已上报")
        stages.take(change, [Move(number(index), back, "市级", "2021-08-02", "口头退回")])
    west = 107.5 + 0.002 * (index - 1) + 0.0004
    split_patch(
        work.path, number(index), [shapely.LineString([(west, 29.2), (west, 29.4)])], "乙", Progress()
    )


def with_result(path: Path, cell: str, result: str) -> Path:
    """Give a formula the result that the program which saved the workbook left beside it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    formula = re.compile(rf'<c r="{cell}"([^>]*)><f>(.*?)</f><v ?/?>(?:</v>)?</c>')
    text, count = formula.subn(
        rf'<c r="{cell}"\1 t="str"><f>\2</f><v>{result}</v></c>', parts[name].decode("utf-8")
    )
    assert count == 1
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in (parts | {name: text.encode()}).items():
            archive.writestr(part, data)
    return path


@pytest.mark.parametrize("shown", ["", "3号图斑：需补充实地照片"])
def test_formulas_that_came_to_something(work, sent, tmp_path, shown):
    """What a program worked out may be out of date, or never have been seen: it is told, not taken."""
    sent.put(3, "退回原因", '=IF(G9>1,"需补充实地照片","")').put(3, "判定依据", "=O8&O9")
    path = sent.save(tmp_path / "反馈.xlsx")
    if shown:
        with_result(path, sent.cell(3, "退回原因").coordinate, shown)
    run = feed(work, path)
    assert (run.changed, run.conflicts) == (COUNT + 2 - 1, 2)
    conflicts = {one.key: one.theirs for plan in run.plans for one in plan.conflicts}
    assert conflicts["reason"].endswith(f"（显示为“{shown}”）" if shown else '"")')
    assert number(3) not in returns.read(work)["patch_no"].tolist()
    assert latest(work, number(3))["basis"] == ruled(3)["basis"]


def test_errors_and_truth_values(sent, fed):
    sent.put(1, "退回原因", "#N/A").put(3, "退回原因", True).put(4, "退回原因", False)
    sent.put(6, "退回原因", None).put(6, "审核结论", True)
    sent.put(7, "退回原因", None).put(7, "审核结论", False)
    sent.put(8, "退回原因", None).put(8, "审核结论", "#VALUE!")
    run = fed(sent, all_rows(sent.book))
    told = {plan.patch_no: [one.key for one in plan.conflicts] for plan in run.plans if plan.conflicts}
    assert told == {
        number(1): ["reason"],
        number(3): ["reason"],
        number(4): ["reason"],
        number(8): ["verdict"],
    }
    assert [plan.patch_no for plan in run.plans if plan.passed] == [number(6)]
    bare = [task.reason for plan in run.plans for task in plan.tasks if plan.patch_no == number(7)]
    assert bare == ["否"]


@pytest.mark.parametrize(
    ("typed", "format_", "grave"),
    [
        ("12.5%", "@", "警告"),
        (0.125, "0.0%", "警告"),
        ("1,234.5", "@", "严重"),
        ("3,05", "@", "警告"),
        ("3.000,5", "@", "警告"),
        ("三亩", "@", "警告"),
        ("-3", "@", "严重"),
        ("3 0", "@", "严重"),
        (True, "General", "警告"),
        (date(2021, 3, 5), "yyyy/m/d", "警告"),
    ],
)
def test_figures_are_graded_and_never_taken(work, sent, tmp_path, typed, format_, grave):
    sent.put(3, "图斑面积", typed)
    sent.cell(3, "图斑面积").number_format = format_
    before = patches.read(work, with_geometry=False)["area_mu"].tolist()
    run = feed(work, sent.save(tmp_path / "反馈.xlsx"))
    assert [(gap.patch_no, gap.severity.value) for gap in run.areas] == [(number(3), grave)]
    assert patches.read(work, with_geometry=False)["area_mu"].tolist() == before


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2021/8/5", "2021-08-05"),
        ("2021年8月5日", "2021-08-05"),
        ("２０２１－０８－０５", "2021-08-05"),
        (44413, "2021-08-05"),
        ("44413.0", "2021-08-05"),
        (datetime(2021, 8, 5, 14, 30), "2021-08-05"),
        ("2021.8.5", "2021-08-05"),
        # The day of the import: nobody guesses day and month, or takes a day that cannot be.
        ("8/5/2021", ""),
        ("2021-02-30", ""),
        ("2020-08-05", ""),
        ("2199-01-01", ""),
        ("八月五日", ""),
    ],
)
def test_days_of_the_review(work, sent, tmp_path, typed, day):
    sent.put(1, "审核日期", typed)
    feed(work, sent.save(tmp_path / "反馈.xlsx"))
    task = returns.read(work).set_index("patch_no").loc[number(1)]
    assert task["opened_on"] == (day or date.today().isoformat())


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2021/13/1", "看不出是哪一天（要写年月日）"),
        ("10月9日", "看不出是哪一天（要写年月日）"),
        ("2020-08-05", "早于收到图斑的日期（2021-07-01）"),
        ("2199-01-01", "晚于今天"),
    ],
)
def test_a_day_that_cannot_be_is_told(work, sent, tmp_path, typed, why):
    """Not a day, before the patch was received, and to come: today stands for it, and the report says so."""
    sent.put(1, "审核日期", typed)
    run = feed(work, sent.save(tmp_path / "反馈.xlsx"))
    (told,) = [one for plan in run.plans for one in plan.notices if one.key == "returned_on"]
    assert (told.patch_no, told.theirs) == (number(1), typed)
    assert told.said == f"{why}，按导入当天（{date.today().isoformat()}）记"


DITTO = ("同上", "〃", "如上", "同第3行", "详见上一行")


@pytest.mark.parametrize("word", DITTO)
def test_what_another_row_says_is_nobody_s_word(work, sent, tmp_path, word):
    """Sorted, the table would make it say what it never said."""
    for title, index in (("审核结论", 3), ("退回原因", 4), ("判定依据", 6)):
        sent.put(index, "退回原因", None).put(index, title, word)
    run = result(work, sent.save(tmp_path / "反馈.xlsx"), all_rows(sent.book))
    held = {(one.patch_no, one.key) for plan in run.plans for one in plan.conflicts}
    assert held == {(number(3), "verdict"), (number(4), "reason"), (number(6), "basis")}
    assert word not in {task.reason for plan in run.plans for task in plan.tasks}


EITHER_WAY = ("基本通过", "原则同意", "审核通过，同意上报", "☑通过 □退回", "□通过 ☑退回", "通过/退回")


@pytest.mark.parametrize("title", ["审核结论", "退回原因"])
@pytest.mark.parametrize("words", EITHER_WAY)
def test_words_that_may_let_a_patch_pass_do_not_return_it(work, sent, tmp_path, title, words):
    sent.put(3, "退回原因", None).put(3, title, words)
    run = result(work, sent.save(tmp_path / "反馈.xlsx"), all_rows(sent.book))
    (plan,) = [plan for plan in run.plans if plan.patch_no == number(3)]
    assert (plan.tasks, plan.passed, plan.returns) == ((), False, False)
    assert [one.theirs for one in plan.conflicts] == [words]


@pytest.mark.parametrize(
    "words",
    [
        "不同意，请补充批文",
        "未通过：照片不清",
        "缺少村民同意书",
        "需补充批准文件，通过市局系统上传",
        "经研究同意退回",
        "□照片 ☑批文不清",
    ],
)
def test_words_that_return_a_patch_return_it(work, sent, tmp_path, words):
    sent.put(3, "退回原因", words)
    run = result(work, sent.save(tmp_path / "反馈.xlsx"), all_rows(sent.book))
    (plan,) = [plan for plan in run.plans if plan.patch_no == number(3)]
    assert [task.reason for task in plan.tasks] == [words]


@pytest.mark.parametrize("by", ["图斑编号", "系统标识"])
def test_two_tables_side_by_side_are_listed(work, sent, tmp_path, by):
    """The second half of the rows stands beside the first: a row is about two patches, so about none."""
    sent.drop_other_sheets((EXPORT_SHEET,))
    other = {"图斑编号": "系统标识", "系统标识": "图斑编号"}[by]
    for index in sent.lines:
        sent.put(index, other, None)
    rows, half, width = sent.rows(), COUNT // 2, len(sent.titles)
    for line in range(half):
        for column in range(width):
            beside = sent.sheet.cell(sent.first + line, width + 2 + column)
            beside.value = rows[half + line][column]
            sent.sheet.cell(sent.first + half + line, 1 + column).value = None
    for title, column in sent.titles.items():
        sent.sheet.cell(sent.head, width + 1 + column).value = title
    before = state(work)
    run = feed(work, sent.save(tmp_path / "反馈.xlsx"))
    assert (run.changed, len(run.unmatched)) == (0, half)
    assert all("几栏并排" in row.why for row in run.unmatched)
    assert state(work) == before


def test_sheets_that_changed_their_names(work, sent, tmp_path):
    """What stands on a sheet counts, not its name: no column of ours is taken for the city's words."""
    shown = [sheet for sheet in sent.book.worksheets if sheet.sheet_state != "veryHidden"]
    names = [sheet.title for sheet in shown]
    for sheet in shown:
        sheet.title = f"暂{sheet.title}"
    for sheet, name in zip(shown, [*names[1:], names[0]], strict=True):
        sheet.title = name
    run = result(work, sent.save(tmp_path / "反馈.xlsx"), all_rows(sent.book))
    assert {one.key for plan in run.plans for one in plan.applied} == {"basis"}
    reasons = {task.reason for plan in run.plans for task in plan.tasks if "号图斑" in task.reason}
    assert reasons >= {reason(index) for index in sent.lines}


def test_comments_and_columns_nobody_reads_are_told(sent, fed, tmp_path):
    sent.cell(3, "判定依据").comment = Comment("这个依据不对，请改", "审核员")
    last = sent.sheet.max_column + 1
    sent.sheet.cell(sent.head, last).value = "处长批示"
    sent.sheet.cell(sent.lines[2], last).value = "加快办理"
    sent.sheet.cell(sent.lines[4], last + 1).value = "没有列名的一句话"
    run = fed(sent, all_rows(sent.book))
    title = f"{sent.sheet.title}："
    assert run.book.other_columns == (
        f"{title}处长批示",
        f"{title}第{get_column_letter(last + 1)}列（没有列名）",
    )
    assert [(one.patch_no, one.text) for one in run.book.comments] == [(number(3), "这个依据不对，请改")]
    assert len(run.warnings) == 2
    assert "这个依据不对，请改" in (tmp_path / "反馈.html").read_text(encoding="utf-8")


def test_a_reason_merged_over_its_rows(work, sent, tmp_path):
    """One reason for all the rows that it spans, as it is written on paper."""
    alone(sent)
    for index in (3, 4, 5):
        sent.put(index, "退回原因", "同一项目，需补充供地手续" if index == 3 else None)
    column = sent.titles["退回原因"]
    sent.sheet.merge_cells(
        start_row=sent.lines[3], end_row=sent.lines[5], start_column=column, end_column=column
    )
    feed(work, sent.save(tmp_path / "反馈.xlsx"))
    tasks = returns.read(work).set_index("patch_no")["category"]
    assert [tasks[number(index)] for index in (2, 3, 4, 5, 6)] == [
        "需补充实地照片",
        *["需补充供地手续"] * 3,
        "需补充实地照片",
    ]


CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("form", ["xls", CSV], ids=["xls", "csv"])
def test_through_another_format_and_back(work, sent, tmp_path, form):
    """What went through .xls keeps all; .csv keeps one sheet and no memory of what went out."""
    path = sent.save(tmp_path / "反馈.xlsx")
    for target, more in ((form, []), ("xlsx", ["--infilter=CSV:44,34,76"] if form == CSV else [])):
        folder = tmp_path / target[:4]
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = ["soffice", profile, "--headless", *more, "--convert-to", target, "--outdir", folder, path]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        path = next(folder.iterdir())
    run = result(work, path, COUNT if form == CSV else all_rows(sent.book))
    assert run.unmatched == run.areas == ()
    if form == CSV:
        assert (run.changed, run.conflicts) == (COUNT, len(CORRECTED))
    else:
        assert (run.changed, run.conflicts) == (COUNT + 2, 0)


def test_the_hidden_record_meddled_with(work, sent, tmp_path):
    """Its rows sorted, doubled or damaged: what is not sure counts as unknown, and gives way to nothing."""
    export = sent.book[EXPORT_SHEET]
    keys = [cell.value for cell in export[2]]
    place = keys.index("basis") + 1
    export.cell(4, place).value = basis(2)  # now it says that the city's words went out
    export.cell(7, 1).value = "WP-坏了"
    run = feed(work, sent.save(tmp_path / "反馈.xlsx"))
    assert latest(work, number(2))["basis"] == ruled(2)["basis"]
    assert latest(work, number(5))["basis"] == ruled(5)["basis"]
    assert [one.patch_no for plan in run.plans for one in plan.conflicts] == [number(5)]


def only(name: str, data: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, data)

    return write


def without(part: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        openpyxl.Workbook().save(path)
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist() if name != part}
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in parts.items():
                archive.writestr(name, data)

    return write


def encrypted(path: Path) -> None:
    """A workbook with a password is an OLE file with a stream of this name."""
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500) + "EncryptedPackage".encode("utf-16-le"))


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (encrypted, "加了密码"),
        (only("content.xml", b"<office/>"), "没有工作簿"),
        (only("xl/workbook.bin", b"\0"), "没有工作簿"),
        (only("../../xl/workbook.xml", b"<workbook/>"), "没有工作簿"),
        (without("xl/worksheets/sheet1.xml"), "不是完好"),
        (without("xl/_rels/workbook.xml.rels"), "没有一张表有“图斑编号”列"),
        (lambda path: path.write_bytes(b"PK\x03\x04" + bytes(200)), "已损坏"),
        (lambda path: path.write_text("图斑编号\t退回原因\n", "utf-16"), "不是 Excel 工作簿"),
    ],
)
def test_what_is_no_workbook(work, tmp_path, write, said):
    path = tmp_path / "反馈.xlsx"
    write(path)
    before = state(work)
    with pytest.raises(WeipianError, match=said):
        feed(work, path)
    assert state(work) == before
    assert sorted(found.name for found in tmp_path.iterdir()) == ["反馈.xlsx", "工作库.gpkg"]
