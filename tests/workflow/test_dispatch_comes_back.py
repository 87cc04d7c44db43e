"""Workbooks of the units, out and back by the road of the city's: filled in, mangled, twice, by two units."""

from __future__ import annotations

import random
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from feedback_samples import COUNT, NUMBERS, copy_of, feed, latest, reported_workspace, state

from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.export_record import EXPORT_SHEET
from weipian_plugin.store import duties, notes, patches
from weipian_plugin.workflow.dispatch import dispatch
from weipian_plugin.workflow.export_city import export_city

TOWN, BUREAU = "白马镇", "区规划自然资源局"
FILLED = {
    "现场核查描述": "{}号图斑：已建成砖混房屋一层",
    "当事人": "{}号户",
    "拆除面积（亩）": 0.25,
    "整改完成日期": 44510,
    "照片编号": "IMG_{}.jpg；IMG_{}b.jpg",
    "备注": "=1+{}",
}


@pytest.fixture(scope="module")
def sent_out(tmp_path_factory):
    """A workspace whose patches are all one township's and one bureau's, and their workbooks."""
    folder = tmp_path_factory.mktemp("dispatch")
    cases = {
        n: {"land_class": {"0101": 0.02 + index / 20, "0602": 0.98 - index / 20}}
        for index, n in enumerate(NUMBERS, 1)
    }
    work = reported_workspace(folder, stage="待核查", cases=cases)
    frame = patches.read(work, with_geometry=False)[["patch_no"]]
    rows = [
        (n, duty, unit, "r1", "四（二）", "示例", None, None, "1")
        for n in NUMBERS
        for duty, unit in (("查处", BUREAU), ("属地责任", TOWN))
    ]
    with work.writing("甲", "分派") as change:
        patches.set_towns(change, frame.assign(town_code="", town_name=TOWN))
        proposals = pd.DataFrame(rows, columns=list(duties.PROPOSAL_COLUMNS))
        duties.replace_proposals(change, proposals, dict.fromkeys(NUMBERS, "唯一"))
    dispatch(work.path, folder, "", "甲", Progress())
    return work


@pytest.fixture
def work(sent_out, tmp_path):
    return copy_of(sent_out, tmp_path)


class Task:
    """The workbook of a unit, filled in."""

    def __init__(self, folder: Path, unit: str) -> None:
        (path,) = folder.glob(f"{unit}_*.xlsx")
        self.unit = unit
        self.book = openpyxl.load_workbook(path)
        self.sheet = self.book.worksheets[0]
        self.head = next(c.row for row in self.sheet.iter_rows() for c in row if c.value == "图斑编号")
        self.titles = {cell.value: cell.column for cell in self.sheet[self.head]}

    def fill(self, words=FILLED) -> Task:
        for index in range(1, COUNT + 1):
            for title, value in words.items():
                text = value.format(index, index) if isinstance(value, str) else value
                cell = self.sheet.cell(self.head + index, self.titles[title])
                cell.value = text
                cell.data_type = "s" if isinstance(text, str) else cell.data_type
        return self

    def rows(self) -> list[list]:
        last = self.head + COUNT
        return [list(row) for row in self.sheet.iter_rows(self.head + 1, last, values_only=True)]

    def write(self, rows: list[list]) -> None:
        for line, row in enumerate(rows, self.head + 1):
            for column, value in enumerate(row, 1):
                cell = self.sheet.cell(line, column)
                cell.value = value
                cell.data_type = "s" if isinstance(value, str) else cell.data_type

    def save(self, folder: Path) -> Path:
        path = folder / f"{self.unit}填报.xlsx"
        self.book.save(path)
        return path


def noted(work, source) -> set:
    frame = notes.read(work)
    own = frame[frame["source"] == source]
    return set(own[["patch_no", "field", "text"]].itertuples(index=False, name=None))


def expected() -> set:
    return {
        (number, field, text.format(index, index))
        for index, number in enumerate(NUMBERS, 1)
        for field, text in (
            ("field_check", "{}号图斑：已建成砖混房屋一层"),
            ("builder", "{}号户"),
            ("demolished", "0.25"),
            ("finished_on", "2021-11-10"),
            ("photos", "IMG_{}.jpg；IMG_{}b.jpg"),
            ("remark", "=1+{}"),
        )
    }


def as_it_is(task):
    return


def sorted_by_area(task):
    task.write(sorted(task.rows(), key=lambda row: -row[task.titles["占用耕地（亩）"] - 1]))


def columns_turned_round(task):
    rows = [[cell.value for cell in task.sheet[task.head]], *task.rows()]
    task.head -= 1
    task.write([row[::-1] for row in rows])
    task.head += 1


def ids_deleted(task):
    task.sheet.delete_cols(task.titles["系统标识"])


def numbers_deleted(task):
    task.sheet.delete_cols(task.titles["图斑编号"])


def pasted_under_a_title_of_the_town_s_own(task):
    task.sheet.move_range(f"A1:{task.sheet.cell(task.sheet.max_row, task.sheet.max_column).coordinate}", 6, 2)
    task.sheet["A1"] = "白马镇人民政府关于卫片图斑核查情况的报告"


def half_hidden(task):
    task.sheet.auto_filter.ref = f"A{task.head}:F{task.head + COUNT}"
    for index in range(1, COUNT + 1, 2):
        task.sheet.row_dimensions[task.head + index].hidden = True


def two_sheets(task):
    """Two people of the town share the work."""
    other = task.book.copy_worksheet(task.sheet)
    other.delete_rows(task.head + 1, COUNT // 2)
    task.sheet.delete_rows(task.head + COUNT // 2 + 1, COUNT // 2)


def mangled_numbers(task):
    for index, number in enumerate(NUMBERS, 1):
        task.sheet.cell(task.head + index, task.titles["图斑编号"]).value = f" {number.lower()}\u200b"
    ids_deleted(task)


MANGLES = [
    as_it_is,
    sorted_by_area,
    columns_turned_round,
    ids_deleted,
    numbers_deleted,
    pasted_under_a_title_of_the_town_s_own,
    half_hidden,
    two_sheets,
    mangled_numbers,
]


@pytest.mark.parametrize("mangle", MANGLES, ids=lambda mangle: mangle.__name__)
def test_what_a_unit_filled_in_arrives(work, sent_out, tmp_path, mangle):
    task = Task(sent_out.path.parent, TOWN).fill()
    mangle(task)
    path = task.save(tmp_path)
    before = state(work)
    run = feed(work, path)
    assert (run.sender, run.conflicts, run.unmatched, run.areas) == (TOWN, 0, (), ())
    assert run.changed == COUNT * len(FILLED)
    assert noted(work, TOWN) == expected()
    after = state(work)
    for unmoved in ("determinations", "stages", "tasks", "geometry"):
        assert after[unmoved] == before[unmoved]
    assert feed(work, path).changed == 0
    assert state(work) == after


def test_rows_sorted_without_their_numbers_are_held(work, sent_out, tmp_path):
    task = Task(sent_out.path.parent, TOWN).fill()
    rows = task.rows()
    keep = [task.titles[name] - 1 for name in ("图斑编号", "系统标识")]
    turned = rows[1:] + rows[:1]
    task.write(
        [
            [row[c] if c in keep else other[c] for c in range(len(row))]
            for row, other in zip(rows, turned, strict=True)
        ]
    )
    run = feed(work, task.save(tmp_path))
    assert (run.changed, run.matched_rows, len(run.unmatched)) == (0, 0, COUNT)
    assert noted(work, TOWN) == set()


def test_two_units_write_about_the_same_patches(work, sent_out, tmp_path):
    """Each speaks for itself: no conflict, and what each said is kept beside the other's."""
    town, bureau = (Task(sent_out.path.parent, unit).fill() for unit in (TOWN, BUREAU))
    bureau.fill({"现场核查描述": "{}号图斑：局里查看，已硬化"})
    assert feed(work, town.save(tmp_path)).conflicts == 0
    run = feed(work, bureau.save(tmp_path))
    assert (run.sender, run.changed, run.conflicts) == (BUREAU, COUNT * len(FILLED), 0)
    assert noted(work, TOWN) == expected()
    assert (NUMBERS[0], "field_check", "1号图斑：局里查看，已硬化") in noted(work, BUREAU)


def test_what_units_wrote_stands_in_the_ledger_with_their_names(work, sent_out, tmp_path):
    feed(work, Task(sent_out.path.parent, TOWN).fill().save(tmp_path))
    feed(work, Task(sent_out.path.parent, BUREAU).fill({"现场核查描述": "{}号图斑：已硬化"}).save(tmp_path))
    export_city(work.path, tmp_path / "上报.xlsx", "甲", Progress())
    sheet = openpyxl.load_workbook(tmp_path / "上报.xlsx")["图斑台账"]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "图斑编号" for cell in row))
    column = next(cell.column for cell in head if cell.value == "现场核查描述（填报）")
    told = f"{TOWN}：1号图斑：已建成砖混房屋一层；{BUREAU}：1号图斑：已硬化"
    assert sheet.cell(head[0].row + 1, column).value == told
    assert feed(work, tmp_path / "上报.xlsx").changed == 0


def test_a_unit_corrects_itself_and_an_old_file_does_not_come_back(work, sent_out, tmp_path):
    task = Task(sent_out.path.parent, TOWN).fill()
    first = task.save(tmp_path).rename(tmp_path / "第一次.xlsx")
    second = task.fill({"现场核查描述": "{}号图斑：已拆除"}).save(tmp_path)
    feed(work, first)
    assert feed(work, second).changed == COUNT
    before = state(work)
    run = feed(work, first)
    assert (run.changed, run.conflicts) == (0, 0)
    assert {one.said for plan in run.plans for one in plan.notices} == {
        "以前填过，后来改成了现在的内容，没有采用"
    }
    assert state(work) == before


def test_facts_of_two_units_that_differ_are_a_conflict(work, sent_out, tmp_path):
    town, bureau = (Task(sent_out.path.parent, unit) for unit in (TOWN, BUREAU))
    feed(work, town.fill({"建设主体": "农村村民"}).save(tmp_path))
    run = feed(work, bureau.fill({"建设主体": "企业"}).save(tmp_path))
    assert (run.changed, run.conflicts) == (0, COUNT)
    assert {fact["value"] for fact in state(work)["facts"]} == {"农村村民"}


def test_an_area_larger_than_the_patch_is_asked_about(work, tmp_path, sent_out):
    """3 亩 are 2000 m²: who fills in 1600 means square metres. In its own unit a figure is kept as a word."""
    task = Task(sent_out.path.parent, TOWN).fill({"拆除面积（亩）": 3.0})
    for index, typed in ((1, 1600), (2, "1600㎡"), (3, 3.02)):
        task.sheet.cell(task.head + index, task.titles["拆除面积（亩）"]).value = typed
    run = feed(work, task.save(tmp_path))
    held = [(one.patch_no, one.theirs, one.said) for plan in run.plans for one in plan.conflicts]
    said = "大于图斑面积3.00亩，像是按平方米填的，没有采用"
    assert held == [(NUMBERS[0], "1600", said), (NUMBERS[2], "3.02", said)]
    assert (NUMBERS[1], "demolished", "1600㎡") in noted(work, TOWN)


def test_without_memory_and_with_odd_figures(work, sent_out, tmp_path):
    """Values pasted into a new workbook: still a unit's, whose words stay as they were written."""
    task = Task(sent_out.path.parent, TOWN).fill({"现场核查描述": "{}号图斑：看过"})
    task.fill({"拆除面积（亩）": "12.5%"})
    for index, value in ((1, "1,234.5"), (2, "3,05"), (3, "约半亩"), (4, "=SUM(A1:A3)"), (5, 0.5)):
        cell = task.sheet.cell(task.head + index, task.titles["拆除面积（亩）"])
        cell.value = value
        cell.number_format = "0%" if index == 5 else "@"
    del task.book[EXPORT_SHEET]
    run = feed(work, task.save(tmp_path))
    held = [one.theirs for plan in run.plans for one in plan.conflicts]
    assert (run.sender, held, len(run.unmatched)) == ("填报单位", ["1,234.5", "=SUM(A1:A3)"], 0)
    written = {text for _, field, text in noted(work, "填报单位") if field == "demolished"}
    assert written == {"3,05", "约半亩", "50%", "12.5%"}


def test_a_judgement_of_ours_and_an_opinion_of_theirs_are_no_conflict(work, sent_out, tmp_path):
    task = Task(sent_out.path.parent, TOWN).fill({"判定结果": "合法"})
    run = feed(work, task.save(tmp_path))
    assert run.conflicts == 0
    assert {text for _, field, text in noted(work, TOWN) if field == "unit_result"} == {"合法"}
    assert latest(work, NUMBERS[0])["result"] == "违法"


def test_random_orders(work, sent_out, tmp_path):
    for seed in range(5):
        task = Task(sent_out.path.parent, TOWN).fill()
        rows = task.rows()
        random.Random(seed).shuffle(rows)
        task.write(rows)
        feed(work, task.save(tmp_path))
    assert noted(work, TOWN) == expected()
