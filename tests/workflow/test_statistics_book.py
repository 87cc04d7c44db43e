"""Hand-worked: squares of one size A; land_class rows give each its farmland as a share of A."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date

import openpyxl
import pytest
from casework_samples import QUIET, add_patches, halving, number_of, workspace_with

from weipian_plugin.store import determinations, stages
from weipian_plugin.store.stages import Move
from weipian_plugin.workflow.split import split_patch
from weipian_plugin.workflow.statistics import compile_statistics, statistics

SOFFICE = shutil.which("soffice")
LAND = (
    "INSERT INTO overlay_area (patch_no, role, class_code, status, area_m2, area_mu, net_area_m2,"
    " net_area_mu)"
)
TODAY = date(2021, 12, 1)
SPLIT_ON = date(2021, 7, 20)

SIGNED = ["填报人：", "审核人：", "单位负责人：", "填报日期："]


def area_of(work, patch_no):
    with work.reading() as connection:
        return connection.execute("SELECT area_m2 FROM patch WHERE patch_no = ?", (patch_no,)).fetchone()[0]


def put_land(work, patch_no, *rows):
    """Each row: class code, share of the patch, net part of that (None: unknown); code '' is uncovered."""
    whole = area_of(work, patch_no)
    with work.writing("甲", "套合") as change:
        for code, share, net in rows:
            area = whole * share
            values = (
                area,
                area * 3 / 2000,
                *([None] * 2 if net is None else [area * net, area * net * 3 / 2000]),
            )
            status = "命中" if code else "未评估"
            change.connection.execute(
                f"{LAND} VALUES (?, 'land_class', ?, ?, ?, ?, ?, ?)", (patch_no, code, status, *values)
            )


def judge(work, patch_no, result, day="2021-07-10", category=""):
    given = {
        "patch_no": patch_no,
        "result": result,
        "category": category,
        "basis": "示例",
        "document_no": "",
        "decided_by": "甲",
        "decided_on": day,
    }
    step = next(s for s in stages.transitions(work).listed if s.step == "判定" and s.from_stage == "待核查")
    with work.writing("甲", "判定") as change:
        determinations.insert(change, [given])
        stages.take(change, [Move(patch_no, step, "甲", day)])


@pytest.fixture
def work(tmp_path):
    """Six patches: 1 违法, 2 合法, 3 其他, 4 open, 5 split into 违法 and open, 6 违法 without land classes.

    Farmland net in A: 1: 0.8·0.5 = 0.4; 2: 0.6; 3: 1; 4: 0.2; child 5_1: half of A all farmland, 5_2 none.
    """
    made = workspace_with(tmp_path, 5)
    put_land(made, number_of(1), ("0103", 0.8, 0.5), ("0702", 0.2, 1))
    put_land(made, number_of(2), ("0101", 0.6, 1), ("0301", 0.4, 1))
    put_land(made, number_of(3), ("0101", 1, 1))
    put_land(made, number_of(4), ("0103", 0.2, 1), ("0301", 0.8, 1))
    put_land(made, number_of(5), ("0103", 0.5, 1), ("0301", 0.5, 1))
    add_patches(made, 1, 6)
    children = split_patch(made.path, number_of(5), halving(5), "甲", QUIET, SPLIT_ON).children
    put_land(made, children[0], ("0103", 1, 1))
    put_land(made, children[1], ("0301", 1, 1))
    for patch_no, result in [(number_of(1), "违法"), (number_of(2), "合法"), (number_of(3), "其他")]:
        judge(made, patch_no, result)
    judge(made, children[0], "违法", "2021-08-15")
    judge(made, number_of(6), "违法", "2021-09-15")
    return made


def printed(work, patch_no, share=1.0):
    """Return hundredths of 亩 as the ledger prints them; no tie to be apportioned in these."""
    return round(area_of(work, patch_no) * share * 3 / 2000 * 100)


def test_the_ratio_by_hand(work):
    """(0.4 + child) / (0.4 + child + 0.6); open: 0.2 of patch 4; doubtful: all of patch 6."""
    figures = statistics(work, TODAY).ratio
    illegal = printed(work, number_of(1), 0.4) + printed(work, f"{number_of(5)}_1")
    legal, open_ = printed(work, number_of(2), 0.6), printed(work, number_of(4), 0.2)
    assert (figures.illegal, figures.legal, figures.undecided) == (illegal, legal, open_)
    assert figures.ratio == illegal / (illegal + legal)
    assert figures.best == illegal / (illegal + legal + open_)
    top = illegal + open_ + printed(work, number_of(6))
    assert figures.worst == top / (top + legal)
    assert (figures.undecided_patches, figures.doubtful_patches) == (2, 1)


def test_the_ratio_of_earlier_days(work):
    first, legal = printed(work, number_of(1), 0.4), printed(work, number_of(2), 0.6)
    assert statistics(work, date(2021, 7, 9)).ratio.ratio is None
    assert statistics(work, date(2021, 7, 31)).ratio.ratio == first / (first + legal)
    found = statistics(work, TODAY).running
    assert found["2021-06-30"].patches == 0
    assert found["2021-07-31"].ratio == first / (first + legal)
    child = printed(work, f"{number_of(5)}_1")
    assert found["2021-08-31"].illegal == first + child
    assert found["2021-12-01"].illegal_area == 2 * printed(work, number_of(1)) + child


def test_two_views_without_double_counting(work):
    content = statistics(work, TODAY)
    whole = content.whole
    counts = {block: number for (block, measure), number in whole.items() if measure == "count"}
    assert counts == {
        "原始下发": 6,
        "核实后": 7,
        "合法": 1,
        "违法": 3,
        "其他": 1,
        "未判定": 2,
        "已整改": 0,
        "未整改": 3,
    }
    printed = round(area_of(work, number_of(1)) * 3 / 2000 * 100)
    assert whole["原始下发", "area"] == 6 * printed
    assert abs(whole["核实后", "area"] - whole["原始下发", "area"]) <= 1
    assert whole["核实后", "unknown"] == 1
    classes = content.breakdowns["class"].rows
    assert set(classes.index) == {"违法", "合法", "其他", "未判定", "（已拆分图斑）"}
    assert classes.loc["（已拆分图斑）", ("核实后", "count")] == 0


def read(path):
    return openpyxl.load_workbook(path, data_only=True)


def test_the_workbook(work, tmp_path):
    run = compile_statistics(work.path, tmp_path / "统计.xlsx", TODAY, "甲", QUIET)
    book = read(tmp_path / "统计.xlsx")
    assert book.sheetnames[:7] == ["比例", "按乡镇", "按单位", "按类别", "按阶段", "按月份", "按季度"]
    first = next(
        row for row in book["比例"].iter_rows(values_only=True) if row[0].startswith("违法占用耕地面积占")
    )
    assert first[3] == pytest.approx(run.ratio, rel=1e-12)
    assert first[1] / first[2] == pytest.approx(run.ratio, rel=1e-12)
    for name in book.sheetnames[1:7]:
        *_, last, blank, signed = book[name].iter_rows(values_only=True)
        assert last[0] == "校核：合计－全部图斑"
        assert not any(blank)
        assert [word for word in SIGNED if word in "".join(filter(None, signed))] == SIGNED
        assert {value for value in last[1:] if value is not None} == {0}
    wide = book["按乡镇"]
    assert wide.print_title_cols in ("A:A", "$A:$A")
    assert len(wide.col_breaks.brk) == 2  # three pages wide, the township on each
    movers = [row for row in book["影响最大的图斑"].iter_rows(values_only=True) if row[1] == "白马镇"]
    assert [row[0] for row in movers] == [number_of(4)]
    ranked = [row for row in book["乡镇排序"].iter_rows(values_only=True) if row[0] == "白马镇"]
    assert ranked[0][-1] == 1
    text = " ".join(str(cell.value) for cell in book["乡镇排序"]["A"])
    assert "非文件规定" in text


def test_an_empty_workspace(tmp_path):
    made = workspace_with(tmp_path, 1)
    run = compile_statistics(made.path, tmp_path / "a.xlsx", date(2021, 1, 1), "甲", QUIET)
    assert run.ratio is None
    assert run.figures.patches == 0


def test_nothing_is_changed(work, tmp_path):
    before = work.path.read_bytes()
    compile_statistics(work.path, tmp_path / "a.xlsx", TODAY, "甲", QUIET)
    assert work.path.read_bytes() == before


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice Calc is not installed")
def test_every_formula_comes_to_our_figure_and_a_broken_sum_shows(work, tmp_path):
    ours = tmp_path / "统计.xlsx"
    compile_statistics(work.path, ours, TODAY, "甲", QUIET)
    own = read(ours)
    broken = openpyxl.load_workbook(ours)
    row = next(r[0].row for r in broken["按乡镇"].iter_rows() if r[0].value == "白马镇")
    broken["按乡镇"].cell(row, 2).value = 99
    broken.save(tmp_path / "改动.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    options = ["--headless", "--convert-to", "xlsx", "--outdir", tmp_path / "out"]
    subprocess.run(
        [SOFFICE, profile, *options, ours, tmp_path / "改动.xlsx"], check=True, capture_output=True
    )
    formulas, theirs, compared = openpyxl.load_workbook(ours), read(tmp_path / "out" / ours.name), 0
    for sheet in formulas:
        for cell in (cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"):
            here = own[sheet.title][cell.coordinate].value
            expected = pytest.approx(here, abs=1e-9) if isinstance(here, int | float) else here
            assert theirs[sheet.title][cell.coordinate].value == expected, (sheet.title, cell.coordinate)
            compared += 1
    assert compared > 200
    *_, last, _blank, _signed = read(tmp_path / "out" / "改动.xlsx")["按乡镇"].iter_rows(values_only=True)
    assert last[1] == 99 - 6
