"""LibreOffice as referee: it recalculates every formula and lays out every page."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from exchange_samples import (
    class_row,
    content,
    duty_row,
    large_content,
    patch_row,
    role_row,
    with_casework,
)
from openpyxl.cell.cell import MergedCell

from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.exchange.ledger import write_ledger
from weipian_plugin.workflow.templates import SHIPPED, find_template

SOFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice Calc is not installed")


def awkward_content():
    """Patches whose units, numbers and ground tempt formulas to go wrong."""
    patches = [
        patch_row("500156SJBG21000001", 3.0, duty_state="待会商"),
        patch_row("500156SJBG21000001_1", 2.0, duty_state="唯一", town_name="=1+1"),
        patch_row("00012", 1.0, duty_state="未评估"),
        patch_row("P*?~", 4.0, duty_state="", stage="已判定"),
    ]
    areas = [
        class_row("500156SJBG21000001", "0103", 1.0, 0.87),
        class_row("500156SJBG21000001", "0301", 2.0),
        class_row("500156SJBG21000001_1", "0602", 1.996),
        class_row("500156SJBG21000001_1", "0103", 0.004, 0.0035),
        class_row("00012", "0602", 0.4),
        class_row("00012", "", 0.6, status="未评估"),
        class_row("P*?~", "0103", 3.0),
        class_row("P*?~", "0602", 3.0),
        role_row("00012", Role.REDLINE, "命中", 0.002, 0.002),
    ]
    duties = [
        duty_row("500156SJBG21000001", "查处", "区林业局/草原局"),
        duty_row("500156SJBG21000001", "查处", "林业"),
        duty_row("500156SJBG21000001", "属地责任", "白马镇"),
        duty_row("500156SJBG21000001_1", "查处", "区林业局"),
        duty_row("500156SJBG21000001_1", "属地责任", "=白马镇"),
        duty_row("00012", "查处", "区*局"),
        duty_row("00012", "属地责任", "History"),
    ]
    return content(patches, areas, duties)


def unknown_content():
    """Nobody looked at any layer: every sum is 未评估."""
    return content([patch_row("P1", 1.0), patch_row("P2", 2.0, duty_state="未评估")])


MADE = {
    "awkward": lambda: with_casework(awkward_content(), seed=2),
    "large": lambda: with_casework(large_content(120, seed=7)),
    "empty": lambda: with_casework(content([])),
    "unknown": unknown_content,
    "short": lambda: with_casework(large_content(60, seed=9)),
}
"""By name; the case short is written by the short template, the others by the full one."""


def copy_without(source, target, pattern, put=b""):
    """Copy the workbook, with what a pattern finds in its sheets replaced."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(pattern, put, data)
            new.writestr(name, data)


def without_results(source, target):
    """Copy the workbook without the results of its formulas, so that LibreOffice must calculate them."""
    copy_without(source, target, rb"</f><v>[^<]*</v>", b"</f>")


def convert(paths, target, folder):
    """Convert workbooks in one run of LibreOffice; the results lie in folder/out."""
    command = [SOFFICE, "--headless", f"-env:UserInstallation={(folder / 'office').as_uri()}"]
    command += ["--convert-to", target, "--outdir", folder / "out", *paths]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return [folder / "out" / f"{path.stem}.{target}" for path in paths]


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory):
    """Return by case: our workbook, and LibreOffice's calculation of it without our results."""
    folder = tmp_path_factory.mktemp("recalculated")
    ours, bare = ([folder / f"{kind}-{case}.xlsx" for case in MADE] for kind in ("ours", "bare"))
    for case, path, stripped in zip(MADE, ours, bare, strict=True):
        template = find_template("市级简表" if case == "short" else "")
        write_ledger(path, MADE[case](), Progress(), template)
        without_results(path, stripped)
    return dict(zip(MADE, zip(ours, convert(bare, "xlsx", folder), strict=True), strict=True))


@pytest.fixture(scope="module", params=list(MADE))
def calculated(request, workbooks):
    """Return our workbook with formulas, the same with our results, and LibreOffice's results."""
    ours, theirs = workbooks[request.param]
    return (
        openpyxl.load_workbook(ours),
        openpyxl.load_workbook(ours, data_only=True),
        openpyxl.load_workbook(theirs, data_only=True),
    )


def test_every_formula_comes_to_our_figure(calculated):
    formulas, ours, theirs = calculated
    compared = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                own, other = (book[sheet.title][cell.coordinate].value for book in (ours, theirs))
                expected = pytest.approx(own, abs=1e-6) if isinstance(own, int | float) else own
                assert other == expected, (sheet.title, cell.coordinate, cell.value)
                compared += 1
    assert compared > 40


def test_values_survive_unchanged(calculated):
    _, ours, theirs = calculated
    assert ours.sheetnames == theirs.sheetnames
    for row in ours["图斑台账"].iter_rows(min_row=6, max_col=8):
        for cell in row:
            assert theirs["图斑台账"][cell.coordinate].value == cell.value


def test_sums_of_what_nobody_knows_are_no_zero(tmp_path):
    write_ledger(tmp_path / "a.xlsx", unknown_content(), Progress())
    book = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)
    ledger = book["图斑台账"]
    first = next(cell.column for cell in ledger[5] if cell.value == "耕地（扣田坎）") - 1
    assert [cell.value for cell in ledger[3][first : first + 8]] == ["未评估"] * 8
    rows = {row[0].value: [cell.value for cell in row[1:6]] for row in book["汇总"].iter_rows(min_row=4)}
    assert rows["合计"] == [2, 3, "未评估", "未评估", "未评估"]
    assert rows["唯一"] == [1, 1, "未评估", "未评估", "未评估"]
    assert rows["兜底"] == [0, 0, 0, 0, 0]
    assert rows["小计"] == [2, 3, "未评估", "未评估", "未评估"]


def test_doubled_ground_turns_the_verdict_red(tmp_path):
    write_ledger(tmp_path / "a.xlsx", awkward_content(), Progress())
    summary = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)["汇总"]
    assert summary["B3"].value.startswith("校核有不符")


LONG = "经现场核查并与批准文件、供地手续、套合图逐一核对，该地块位于集中居民点以北约三百米处，"


def long_content():
    """Patches with long names, and words that no column of the template has room for."""
    made = with_casework(large_content(12, seed=3))
    casework = dict(made.casework)
    for times, number in enumerate(list(casework)[:6]):
        casework[number] = replace(casework[number], result="违法", basis=LONG * (1 + 5 * times))
    names = made.patches["town_name"].where(
        made.patches.index != 2, "石桥苗族土家族乡和浩口苗族仡佬族乡交界处"
    )
    return replace(made, casework=casework, patches=made.patches.assign(town_name=names))


def empty_hidden_columns(path):
    """Take the texts out of hidden columns: newer LibreOffice makes rows high enough for them too."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for letter, column in sheet.column_dimensions.items():
            for cell in sheet[letter] if column.hidden else ():
                if not isinstance(cell, MergedCell):
                    cell.value = None
    book.save(path)


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Workbooks of both templates, as written, on paper, and with the row heights that LibreOffice finds."""
    folder = tmp_path_factory.mktemp("printed")
    paths = [folder / f"{name}.xlsx" for name in SHIPPED]
    bare = [folder / f"{name}-bare.xlsx" for name in SHIPPED]
    for (name, path), stripped in zip(zip(SHIPPED, paths, strict=True), bare, strict=True):
        write_ledger(path, long_content(), Progress(), find_template(name))
        copy_without(path, stripped, rb' ht="[^"]*" customHeight="1"')
        empty_hidden_columns(stripped)
    pages, free = convert(paths, "pdf", folder), convert(bare, "xlsx", folder)
    return dict(zip(SHIPPED, zip(paths, pages, free, strict=True), strict=True))


def shown(sheet):
    """Yield the texts of a sheet that are not hidden."""
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and not sheet.column_dimensions[cell.column_letter].hidden:
                yield re.sub(r"\s", "", cell.value)


@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext is not installed")
@pytest.mark.parametrize("template", list(SHIPPED))
def test_pages_show_everything(printed, template):
    """No cell shows ####, and every word is on paper."""
    path, pages, _ = printed[template]
    text = subprocess.run([PDFTOTEXT, "-raw", pages, "-"], check=True, capture_output=True, text=True).stdout
    assert "###" not in text
    on_paper, count = re.sub(r"\s", "", text), 0
    for sheet in openpyxl.load_workbook(path, data_only=True):
        if sheet.sheet_state == "visible":
            words = list(shown(sheet))
            count += len(words)
            assert [word for word in words if word not in on_paper] == []
    assert count > 300


@pytest.mark.parametrize("template", list(SHIPPED))
def test_rows_are_high_enough(printed, template):
    """No row is lower than LibreOffice would make it for its text."""
    path, _, free = printed[template]
    ours, theirs = openpyxl.load_workbook(path), openpyxl.load_workbook(free)
    for sheet in ours:
        if sheet.sheet_state == "visible":
            needed = {
                n: theirs[sheet.title].row_dimensions[n].height or 0 for n in range(1, sheet.max_row + 1)
            }
            assert not [
                (sheet.title, n, height)
                for n, height in needed.items()
                if (sheet.row_dimensions[n].height or 15) < height - 0.6
            ]
