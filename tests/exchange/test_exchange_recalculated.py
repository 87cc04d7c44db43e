"""LibreOffice as referee: it recalculates every formula and lays out every page."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile

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

from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.exchange.ledger import write_ledger

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
}


def without_results(source, target):
    """Copy the workbook without the results of its formulas, so that LibreOffice must calculate them."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"</f><v>[^<]*</v>", b"</f>", data)
            new.writestr(name, data)


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
    for make, path, stripped in zip(MADE.values(), ours, bare, strict=True):
        write_ledger(path, make(), Progress())
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
    assert [cell.value for cell in book["图斑台账"][3][12:20]] == ["未评估"] * 8
    rows = {row[0].value: [cell.value for cell in row[1:6]] for row in book["汇总"].iter_rows(min_row=4)}
    assert rows["合计"] == [2, 3, "未评估", "未评估", "未评估"]
    assert rows["唯一"] == [1, 1, "未评估", "未评估", "未评估"]
    assert rows["兜底"] == [0, 0, 0, 0, 0]
    assert rows["小计"] == [2, 3, "未评估", "未评估", "未评估"]


def test_doubled_ground_turns_the_verdict_red(tmp_path):
    write_ledger(tmp_path / "a.xlsx", awkward_content(), Progress())
    summary = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)["汇总"]
    assert summary["B3"].value.startswith("校核有不符")


@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext is not installed")
def test_pages_show_everything(tmp_path):
    """No cell shows ####, and every sentence is on paper to its last word."""
    path = tmp_path / "pages.xlsx"
    write_ledger(path, large_content(12, seed=3), Progress())
    (pdf,) = convert([path], "pdf", tmp_path)
    text = subprocess.run([PDFTOTEXT, pdf, "-"], check=True, capture_output=True, text=True).stdout
    assert "###" not in text
    assert re.sub(r"\s", "", text).count("方案文件wulong_2021v1）。") >= 24
