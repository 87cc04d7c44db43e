"""Our submission workbook with the city's words in it, and what must hold whatever comes back (示例数据)."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
from decision_samples import number
from feedback_samples import COUNT, NUMBERS, feed, latest, reported_workspace, ruled, state
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import patches, returns
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.export_city import export_city

CORRECTED = (2, 5)
"""Patches whose basis the city corrects: 其他 ones, so that nothing else is asked of the correction."""
TOWNS = ("白马镇", "江口镇", "火炉镇")


def reason(index: int) -> str:
    return f"{index}号图斑：需补充实地照片"


def basis(index: int) -> str:
    return f"{index}号图斑经核实没有变化"


class Sent:
    """The submission workbook as exported, with what the city wrote into its first sheet."""

    def __init__(self, path: Path, indices: range = range(1, COUNT + 1)) -> None:
        self.book = openpyxl.load_workbook(path)
        self.sheet: Worksheet = self.book.worksheets[0]
        self.head = next(c.row for row in self.sheet.iter_rows() for c in row if c.value == "图斑编号")
        self.titles = {cell.value: cell.column for cell in self.sheet[self.head]}
        numbers = {cell.value: cell.row for cell in self.sheet[get_column_letter(self.titles["图斑编号"])]}
        self.lines = {index: numbers[number(index)] for index in indices}
        for index in indices:
            self.put(index, "退回原因", reason(index))
        for index in CORRECTED:
            self.put(index, "判定依据", basis(index))

    def put(self, index: int, title: str, value: object) -> Sent:
        self.cell(index, title).value = value
        return self

    def cell(self, index: int, title: str):
        return self.sheet.cell(self.lines[index], self.titles[title])

    @property
    def first(self) -> int:
        return min(self.lines.values())

    @property
    def last(self) -> int:
        return max(self.lines.values())

    def rows(self) -> list[list]:
        return [list(row) for row in self.sheet.iter_rows(self.first, self.last, values_only=True)]

    def write(self, rows: list[list], first: int = 0) -> None:
        for line, row in enumerate(rows, first or self.first):
            for column, value in enumerate(row, 1):
                self.sheet.cell(line, column).value = value

    def write_columns(self, names: list[str], rows: list[list]) -> None:
        """Put the values of some columns as they stand in other rows: what sorting a selection does."""
        for line, row in enumerate(rows, self.first):
            for name in names:
                self.sheet.cell(line, self.titles[name]).value = row[self.titles[name] - 1]

    def drop_other_sheets(self, keep: tuple[str, ...] = ()) -> None:
        for title in self.book.sheetnames:
            if title != self.sheet.title and title not in keep:
                del self.book[title]

    def save(self, path: Path) -> Path:
        self.book.save(path)
        return path


def named(text: str) -> str:
    """Return the number of the patch that a word of the city names."""
    return number(int(re.match(r"(\d+)号", text)[1]))


def nothing_lands_elsewhere(work: Workspace, run, rows: int) -> None:
    """Check what holds for every file: no row lost, no word on another patch, nothing overwritten unseen."""
    assert run.matched_rows + len(run.unmatched) == rows
    tasks = [task for plan in run.plans for task in plan.tasks if re.match(r"\d+号", task.reason)]
    assert all(named(task.reason) == task.patch_no for task in tasks)
    changed = {one.patch_no: one.theirs for plan in run.plans for one in plan.applied if one.key == "basis"}
    assert all(named(text) == patch_no for patch_no, text in changed.items())
    for index, patch_no in enumerate(NUMBERS, 1):
        row, ours = latest(work, patch_no), ruled(index)
        assert row["basis"] == changed.get(patch_no, ours["basis"])
        assert [row[key] for key in ("result", "category")] == [ours[key] for key in ("result", "category")]
    assert returns.read(work)["patch_no"].isin(NUMBERS).all()


def result(work: Workspace, path: Path, rows: int):
    """Take a workbook back twice and return what came of the first time."""
    run = feed(work, path)
    nothing_lands_elsewhere(work, run, rows)
    before = state(work)
    again = feed(work, path)
    assert (again.changed, state(work)) == (0, before)
    return run


def all_rows(book: openpyxl.Workbook) -> int:
    """Count rows with a patch number of ours, on all sheets but the hidden ones."""
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state != "veryHidden"]
    return sum(
        any(isinstance(value, str) and value in NUMBERS for value in row)
        for sheet in sheets
        for row in sheet.iter_rows(values_only=True)
    )


def sent_workspace(folder: Path) -> Workspace:
    """Make a workspace of patches that differ in every figure, and its workbook beside it."""
    cases = {
        n: {"land_class": {"0101": 0.02 + index / 20, "0602": 0.98 - index / 20}, "forest": index / 30}
        for index, n in enumerate(NUMBERS, 1)
    }
    work = reported_workspace(folder, cases=cases)
    frame = patches.read(work, with_geometry=False)[["patch_no"]]
    towns = [TOWNS[place % 3] for place in range(COUNT)]
    with work.writing("甲", "乡镇") as change:
        patches.set_towns(change, frame.assign(town_code="", town_name=towns))
    export_city(work.path, folder / "上报.xlsx", "甲", Progress())
    return work
