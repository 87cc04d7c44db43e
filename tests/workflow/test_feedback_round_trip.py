"""Our own workbooks, out and back: the submission, the dispatch, at random, and large."""

from __future__ import annotations

import random
import shutil
import subprocess

import openpyxl
import pandas as pd
import pytest
from feedback_samples import (
    COUNT,
    FIRST_ROW,
    NUMBERS,
    Returned,
    copy_of,
    feed,
    latest,
    reported_workspace,
    state,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import duties, notes, patches, returns
from weipian_plugin.workflow.dispatch import dispatch
from weipian_plugin.workflow.export_city import export_city

BASIS_TITLES = {"完整版": "判定依据", "市级简表": "判定依据说明"}
TEMPLATES = tuple(BASIS_TITLES)


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    made = reported_workspace(tmp_path_factory.mktemp("round"))
    frame = patches.read(made, with_geometry=False)[["patch_no"]].assign(town_code="", town_name="白马镇")
    with made.writing("甲", "乡镇") as change:
        patches.set_towns(change, frame)
    return made


@pytest.fixture
def work(reported, tmp_path):
    return copy_of(reported, tmp_path)


def exported(work, path, template=""):
    export_city(work.path, path, "甲", Progress(), template)
    return path


def put(sheet, number, title, value):
    """Write a value into the column under a title, in the row of a patch."""
    cells = [cell for row in sheet.iter_rows() for cell in row]
    heads = [cell for cell in cells if cell.value == title]
    column = max(heads, key=lambda cell: cell.row).column
    row = next(cell.row for cell in cells if cell.value == number)
    sheet.cell(row, column).value = value


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_comes_back_untouched_changes_nothing(work, tmp_path, template):
    path = exported(work, tmp_path / "上报.xlsx", template)
    before = state(work)
    run = feed(work, path)
    assert (run.changed, run.conflicts, run.unmatched, run.areas) == (0, 0, (), ())
    assert sum(len(plan.notices) for plan in run.plans) == 0
    assert [plan.patch_no for plan in run.plans] == NUMBERS
    assert state(work) == before


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("formats", [[], ["xlsx"], ["ods", "xlsx"]], ids=["as it is", "xlsx", "ods-xlsx"])
def test_the_city_s_answer_arrives(work, tmp_path, template, formats):
    if formats and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    path = exported(work, tmp_path / "上报.xlsx", template)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    put(sheet, NUMBERS[0], "退回原因", "需补充实地照片")
    put(sheet, NUMBERS[3], BASIS_TITLES[template], "市里改的依据")
    put(sheet, NUMBERS[5], "审核结论", "通过")
    book.save(path)
    for extension in formats:
        folder = tmp_path / extension
        folder.mkdir()
        command = [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
        ]
        subprocess.run(
            [*command, extension, "--outdir", folder, path], check=True, capture_output=True, timeout=120
        )
        path = folder / f"上报.{extension}"
    run = feed(work, path)
    # One reason, one cell of a determination with the task that it is.
    assert (run.changed, run.conflicts, run.unmatched, run.areas) == (3, 0, (), ())
    assert [plan.patch_no for plan in run.plans if plan.passed] == [NUMBERS[5]]
    assert latest(work, NUMBERS[3])["basis"] == "市里改的依据"
    stages = state(work)["stages"]
    assert [number for number, stage in stages.items() if stage == "市级退回"] == [NUMBERS[0], NUMBERS[3]]
    assert feed(work, path).changed == 0


def test_a_dispatched_workbook_comes_back(work, tmp_path):
    rows = [(n, "属地责任", "白马镇", "属地", "四（二）", "示例", None, None, "1") for n in NUMBERS]
    with work.writing("甲", "分派") as change:
        duties.replace_proposals(
            change, pd.DataFrame(rows, columns=list(duties.PROPOSAL_COLUMNS)), dict.fromkeys(NUMBERS, "兜底")
        )
    folder = tmp_path / "分派"
    folder.mkdir()
    dispatch(work.path, folder, "", "甲", Progress())
    (path,) = [p for p in folder.glob("*.xlsx") if "白马镇" in p.name]
    assert feed(work, path).changed == 0
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    put(sheet, NUMBERS[0], "现场核查描述", "已建成砖混房屋")
    put(sheet, NUMBERS[0], "建设主体", "农村村民")
    put(sheet, NUMBERS[0], "初步判定意见", "违法")
    put(sheet, NUMBERS[1], "判定结果", "合法")
    put(sheet, NUMBERS[2], "整改完成日期", 44510)
    book.save(path)
    run = feed(work, path)
    assert (run.sender, run.changed, run.conflicts, run.unmatched) == ("白马镇", 5, 0, ())
    found = notes.read(work)
    assert set(zip(found["patch_no"], found["field"], found["text"], strict=True)) == {
        (NUMBERS[0], "field_check", "已建成砖混房屋"),
        (NUMBERS[0], "opinion", "违法"),
        (NUMBERS[1], "unit_result", "合法"),
        (NUMBERS[2], "finished_on", "2021-11-10"),
    }
    assert latest(work, NUMBERS[1])["result"] == "其他"
    assert feed(work, path).changed == 0


# At random: whatever is done to the form, each reason stands with its own patch, or its row is listed.

OPERATIONS = st.lists(
    st.sampled_from(
        ["shuffle rows", "shuffle columns", "no ids", "no numbers", "blank row", "copy row", "insert"]
    ),
    max_size=5,
)


def mangled(book, operations, rng):  # noqa: C901
    sheet = book.sheet
    header = [cell.value for cell in sheet[FIRST_ROW - 1]]
    table = [list(row) for row in sheet.iter_rows(FIRST_ROW, FIRST_ROW + COUNT - 1, values_only=True)]
    for operation in operations:
        match operation:
            case "shuffle rows":
                rng.shuffle(table)
            case "shuffle columns":
                order = list(range(len(header)))
                rng.shuffle(order)
                header, table = [header[i] for i in order], [[row[i] for i in order] for row in table]
            case "no ids" | "no numbers":
                title = "系统标识" if operation == "no ids" else "图斑编号"
                for row in table:
                    if rng.random() < 0.5 and title in header:
                        row[header.index(title)] = None
            case "blank row":
                table.insert(rng.randrange(len(table)), [None] * len(header))
            case "copy row":
                table.append(list(rng.choice(table)))
            case "insert":
                place = rng.randrange(len(header) + 1)
                header.insert(place, "经办人意见")
                for row in table:
                    row.insert(place, rng.choice(["同意", None, 7]))
    sheet.delete_rows(FIRST_ROW - 1, sheet.max_row)
    for row in (header, *table):
        sheet.append(row)
    return sum(1 for row in table if any(row))


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(operations=OPERATIONS, seed=st.integers(0, 2**16))
def test_nothing_lands_on_another_patch(work, tmp_path, operations, seed):
    book = Returned(work)
    for index in range(1, COUNT + 1):
        book.put(index, "reason", f"见第{index}号意见：需补充实地照片")
    rows = mangled(book, operations, random.Random(seed))
    run = feed(work, book.save(tmp_path / "反馈.xlsx"), apply=False)
    found = {task.patch_no: task.reason for plan in run.plans for task in plan.tasks}
    assert all(f"见第{NUMBERS.index(number) + 1}号意见" in reason for number, reason in found.items())
    assert run.conflicts == 0
    assert run.matched_rows + len(run.unmatched) == rows


def test_no_row_is_lost_on_the_way(work, tmp_path):
    book = Returned(work)
    book.put(3, "patch_no", "?").put(3, "stable_id", None)
    run = feed(work, book.save(tmp_path / "反馈.xlsx"), apply=False)
    assert (run.matched_rows, len(run.unmatched)) == (COUNT - 1, 1)
    assert returns.read(work).empty
