"""The ledger workbook as it lies on disk, read back with openpyxl."""

from __future__ import annotations

import openpyxl
import pytest
from exchange_samples import class_row, content, duty_row, large_content, patch_row, role_row

from weipian_plugin.domain.errors import Cancelled, WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role, Status
from weipian_plugin.exchange.ledger import write_ledger


def written(tmp_path, made):
    path = tmp_path / "台账.xlsx"
    write_ledger(path, made, Progress())
    return openpyxl.load_workbook(path)


FIXED = [
    "核查判定汇总表",
    "图斑台账",
    "违法图斑查处整改台账",
    "部门分派清单",
    "乡镇统计与排序",
    "占用耕地比例",
    "套合面积审核表",
]


def header_row(sheet):
    return next(
        row[0].row for row in sheet.iter_rows(max_row=8) if "图斑编号" in [cell.value for cell in row]
    )


def rows_of(sheet):
    """Return the records of a table sheet as dictionaries of cells by column title."""
    head = header_row(sheet)
    titles = [cell.value for cell in sheet[head]]
    rows = sheet.iter_rows(min_row=head + 1)
    return [dict(zip(titles, row, strict=True)) for row in rows if row[titles.index("图斑编号")].value]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return written(tmp_path_factory.mktemp("ledger"), large_content(40))


def test_sheets_stand_in_order(book):
    names = book.sheetnames
    assert names[:8] == [*FIXED[:7], "汇总"]
    assert names[-2:] == ["未评估清单", "填报说明"]
    assert {"区林业局", "区水利局", "白马镇"} <= set(names)


def test_every_patch_has_one_row(book):
    numbers = [row["图斑编号"].value for row in rows_of(book["图斑台账"])]
    assert numbers == [f"500156SJBG21{index:06d}" for index in range(40)]


def test_numbers_are_text_cells(book):
    cell = rows_of(book["图斑台账"])[0]["图斑编号"]
    assert (cell.data_type, cell.number_format, cell.quotePrefix) == ("s", "@", True)


@pytest.mark.parametrize("name", ["图斑台账", "区林业局", "白马镇", "未评估清单"])
def test_tables_are_set_up_for_screen_and_paper(book, name):
    sheet = book[name]
    head = header_row(sheet)
    assert sheet.freeze_panes == f"C{head + 1}"
    assert sheet.auto_filter.ref.startswith(f"A{head}:")
    assert sheet.print_title_rows == (f"${head - 1}:${head}" if name == "图斑台账" else f"${head}:${head}")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert "&P" in sheet.oddFooter.center.text
    if name != "图斑台账":
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_cols is None


def test_a_wide_table_is_cut_between_groups_of_columns(book):
    """Three pages wide at two thirds of the size; each names its patches and has its part of the title."""
    sheet = book["图斑台账"]
    assert sheet.print_title_cols == "$A:$B"
    assert sheet.sheet_properties.pageSetUpPr is None or not sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.scale >= 65
    cuts = [found.id for found in sheet.col_breaks.brk]
    assert len(cuts) == 2
    titles = [cell.column for cell in sheet[1] if cell.value]
    assert titles == [3, *(cut + 1 for cut in cuts)]
    bands = [merged for merged in sheet.merged_cells.ranges if merged.min_row == header_row(sheet) - 1]
    assert bands
    assert not [merged for merged in bands for cut in cuts if merged.min_col <= cut < merged.max_col]


def test_header_and_total_have_the_office_colours(book):
    sheet = book["图斑台账"]
    header, whole = sheet.cell(header_row(sheet), 2), sheet["B3"]
    assert (header.font.name, header.font.bold, header.fill.fgColor.rgb) == ("微软雅黑", True, "004472C4")
    assert whole.fill.fgColor.rgb == "00FFF2CC"
    assert whole.value.startswith("=SUBTOTAL(103,")


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    evil = ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "#N/A", "=1+1"]
    made = content([patch_row(f"P{i}", 1.0, town_name=text) for i, text in enumerate(evil)])
    cells = [row["乡镇街道"] for row in rows_of(written(tmp_path, made)["图斑台账"])]
    assert [cell.value for cell in cells] == evil
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)


def test_not_evaluated_is_shown_in_its_own_colour(tmp_path):
    roles = [role_row("P1", Role.REDLINE, "未评估", float("nan"), float("nan")), role_row("P1", Role.RIVER)]
    made = content([patch_row("P1", 2.0)], [class_row("P1", "0301", 2.0), *roles])
    row = rows_of(written(tmp_path, made)["图斑台账"])[0]
    assert row["生态保护红线"].value == Status.NOT_EVALUATED
    assert row["生态保护红线"].fill.fgColor.rgb == "00E4DFEC"
    assert row["河道管理范围"].value == 0
    # No row at all is no answer either.
    assert row["林地"].value == Status.NOT_EVALUATED


def test_duties_fill_the_ledger_and_the_unit_sheets(tmp_path):
    duties = [
        duty_row("P1", "查处", "区林业局", "依据甲"),
        duty_row("P1", "协办", "区水利局", "依据乙"),
        duty_row("P1", "属地责任", "白马镇", "依据丙", area_mu=1.2, share=0.6),
        duty_row("P1", "属地责任", "区白管委", "依据丁", area_mu=0.8, share=0.4),
    ]
    book = written(tmp_path, content([patch_row("P1", 2.0)], [class_row("P1", "0301", 2.0)], duties))
    row = rows_of(book["图斑台账"])[0]
    assert (row["查处单位（建议）"].value, row["协办单位"].value) == ("区林业局", "区水利局")
    assert (row["属地责任单位"].value, row["分派依据"].value) == ("白马镇；区白管委", "依据甲")
    assert rows_of(book["区林业局"])[0]["分派依据"].value == "依据甲"
    assert rows_of(book["区白管委"])[0]["辖区内面积（亩）"].value == 0.8
    assert "区水利局" not in book.sheetnames


def test_a_decision_replaces_the_proposal(tmp_path):
    duties = [duty_row("P1", "查处", "区林业局"), duty_row("P1", "查处", "区水利局", status="改派")]
    book = written(tmp_path, content([patch_row("P1", 2.0)], duties=duties))
    assert rows_of(book["图斑台账"])[0]["查处单位（建议）"].value == "区水利局"
    assert "区林业局" not in book.sheetnames


def test_without_patches_the_workbook_is_whole(tmp_path):
    book = written(tmp_path, content([]))
    assert book.sheetnames == [*FIXED, "汇总", "填报说明"]


def test_no_list_of_gaps_when_there_are_none(tmp_path):
    roles = [role_row("P1", role) for role in Role if role is not Role.LAND_CLASS]
    made = content([patch_row("P1", 2.0)], [class_row("P1", "0301", 2.0), *roles])
    assert "未评估清单" not in written(tmp_path, made).sheetnames


class StopAt(Progress):
    def __init__(self, fraction):
        self.fraction, self.seen = fraction, []

    def is_cancelled(self):
        return bool(self.seen) and self.seen[-1] >= self.fraction

    def _show(self, fraction, text):
        self.seen.append(fraction)


@pytest.mark.parametrize("fraction", [0.0, 0.3, 0.8])
def test_cancelled_run_leaves_the_old_file(tmp_path, fraction):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(Cancelled):
        write_ledger(path, large_content(30), StopAt(fraction))
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("台账.xlsx", b"old")]


def test_progress_only_grows(tmp_path):
    progress = StopAt(2)
    write_ledger(tmp_path / "a.xlsx", large_content(30), progress)
    assert progress.seen == sorted(progress.seen)
    assert progress.seen[-1] == 1


@pytest.mark.parametrize(
    ("name", "words"), [("a.xls", "扩展名"), ("没有/a.xlsx", "文件夹"), ("dir.xlsx", "文件夹")]
)
def test_wrong_target_gives_one_sentence(tmp_path, name, words):
    (tmp_path / "dir.xlsx").mkdir()
    with pytest.raises(WeipianError, match=words):
        write_ledger(tmp_path / name, content([patch_row("P1", 1.0)]), Progress())
    assert [p.name for p in tmp_path.iterdir()] == ["dir.xlsx"]


def test_equal_contents_make_equal_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_ledger(tmp_path / name, large_content(20), Progress())
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_formulas_carry_their_results(tmp_path):
    write_ledger(
        tmp_path / "a.xlsx", content([patch_row("P1", 2.0)], [class_row("P1", "0301", 2.0)]), Progress()
    )
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)["图斑台账"]
    at = {cell.value: cell.column for cell in sheet[5]}
    assert [sheet["B3"].value, sheet.cell(3, at["总面积"]).value, sheet.cell(6, at["校核"]).value] == [
        1,
        2,
        0,
    ]
