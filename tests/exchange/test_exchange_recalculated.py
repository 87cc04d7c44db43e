"""LibreOffice as referee: it recalculates every formula and lays out every page."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
from exchange_samples import class_row, content, duty_row, large_content, patch_row, role_row

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


def without_results(source, target):
    """Copy the workbook without the results of its formulas, so that LibreOffice must calculate them."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"</f><v>[^<]*</v>", b"</f>", data)
            new.writestr(name, data)


def convert(path, target, profile):
    command = [SOFFICE, "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", target]
    subprocess.run(
        [*command, "--outdir", path.parent / "out", path], check=True, capture_output=True, timeout=120
    )
    return path.parent / "out" / f"{path.stem}.{target}"


@pytest.fixture(scope="module", params=["awkward", "large"])
def calculated(request, tmp_path_factory):
    """Return our workbook with formulas, the same with our results, and LibreOffice's calculation of it."""
    folder = tmp_path_factory.mktemp(request.param)
    made = awkward_content() if request.param == "awkward" else large_content(120, seed=7)
    write_ledger(folder / "ours.xlsx", made, Progress())
    without_results(folder / "ours.xlsx", folder / "bare.xlsx")
    theirs = convert(folder / "bare.xlsx", "xlsx", tmp_path_factory.getbasetemp() / "office")
    return (
        openpyxl.load_workbook(folder / "ours.xlsx"),
        openpyxl.load_workbook(folder / "ours.xlsx", data_only=True),
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
                assert own is not None, (sheet.title, cell.coordinate)
                expected = own if isinstance(own, str) else pytest.approx(own, abs=1e-6)
                assert other == expected, (sheet.title, cell.coordinate, cell.value)
                compared += 1
    assert compared > 60


def test_values_survive_unchanged(calculated):
    _, ours, theirs = calculated
    assert ours.sheetnames == theirs.sheetnames
    for row in ours["图斑台账"].iter_rows(min_row=6, max_col=8):
        for cell in row:
            assert theirs["图斑台账"][cell.coordinate].value == cell.value


def test_doubled_ground_turns_the_verdict_red(tmp_path):
    write_ledger(tmp_path / "a.xlsx", awkward_content(), Progress())
    summary = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)["汇总"]
    assert summary["B3"].value.startswith("校核有不符")


@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext is not installed")
def test_pages_show_everything(tmp_path):
    """No cell shows ####, and every sentence is on paper to its last word."""
    path = tmp_path / "pages.xlsx"
    write_ledger(path, large_content(12, seed=3), Progress())
    pdf = convert(path, "pdf", tmp_path / "office")
    text = subprocess.run([PDFTOTEXT, pdf, "-"], check=True, capture_output=True, text=True).stdout
    assert "###" not in text
    assert re.sub(r"\s", "", text).count("方案文件wulong_2021v1）。") >= 24
