"""Tables as the office fills them in: any encoding, any headers, titles above, numbers as floats."""

from __future__ import annotations

import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.exchange.cell_text import cell_text
from weipian_plugin.exchange.table_input import lost_digits, read_table
from weipian_plugin.exchange.table_layout import TableLayout
from weipian_plugin.paths import plan_file

LAYOUT = TableLayout.parse(plan_file("input_tables.yaml").read_text(encoding="utf-8"), "decide")
PATCH = "500156SJBG21000001"


def workbook(path, *sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_workbook_with_a_title_and_notes_above_the_header(tmp_path):
    path = workbook(
        tmp_path / "决定.xlsx",
        ("说明", [["填表说明"], ["先填编号"]]),
        (
            "决定",
            [
                ["职责决定表（2021年10月）"],
                [],
                ["序号", "图斑　编号", "决 定", "单位（原单位）", "改派单位", "原因", "日期"],
                [1.0, PATCH, "改派", "区林业局", "区水利局", " 会商确定 ", datetime(2021, 10, 20)],
                [None, None, None, None, None, None, None],
                [2.0, 12345.0, "确认", None, None, None, "2021年10月21日"],
            ],
        ),
    )
    table = read_table(path, LAYOUT)
    assert (table.sheet, [row.line for row in table.rows]) == ("决定", [4, 6])
    assert dict(table.rows[0].values) == {
        "patch_no": PATCH,
        "duty": "",
        "decision": "改派",
        "unit": "",
        "new_unit": "区水利局",
        "reason": "会商确定",
        "reference": "",
        "decided_on": "2021-10-20",
    }
    assert table.rows[1]["patch_no"] == "12345"
    assert table.ignored == ("序号", "单位（原单位）")


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_any_encoding_and_delimiter(tmp_path, encoding, delimiter):
    path = tmp_path / "决定.csv"
    first = [f'="{PATCH}"', "确认", '"两行\n理由"']
    rows = [["图斑编号", "决定", "理由"], first, ["", "", ""], ["'7", "撤销", "错"]]
    text = "".join(delimiter.join(row) + "\r\n" for row in rows)
    path.write_bytes(text.encode(encoding))
    table = read_table(path, LAYOUT)
    assert [row["patch_no"] for row in table.rows] == [PATCH, "7"]
    assert [row["reason"] for row in table.rows] == ["两行\n理由", "错"]
    assert [row.line for row in table.rows] == [2, 5]


def test_headers_are_told_apart_whatever_their_width_and_case(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("ｊｃｂｈ, 处理决定 \n甲,确认\n", encoding="utf-8")
    assert [dict(row.values)["patch_no"] for row in read_table(path, LAYOUT).rows] == ["甲"]


def test_the_proper_title_goes_before_an_alias(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("监测编号,图斑编号,决定\n乙,甲,确认\n", encoding="utf-8")
    table = read_table(path, LAYOUT)
    assert (table.rows[0]["patch_no"], table.ignored) == ("甲", ("监测编号",))


def test_a_file_without_the_header_says_what_is_missing(tmp_path):
    path = workbook(tmp_path / "a.xlsx", ("一", [["图斑编号", "单位"], ["甲", "乙"]]))
    with pytest.raises(WeipianError, match="缺少“决定”列"):
        read_table(path, LAYOUT)
    path = tmp_path / "空.csv"
    path.write_text("", encoding="utf-8")
    with pytest.raises(WeipianError, match="缺少“图斑编号、决定”列"):
        read_table(path, LAYOUT)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0", "另存为"),
        ("a.xlsx", b"not a zip", "不是 Excel 工作簿"),
        ("a.csv", b"\xff\xff\x80\x00", "编码"),
    ],
)
def test_files_that_are_no_tables_are_refused(tmp_path, name, data, said):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(WeipianError, match=said):
        read_table(path, LAYOUT)
    with pytest.raises(WeipianError):
        read_table(tmp_path / f"没有-{name}", LAYOUT)


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (3.0, "3"), (0.5, "0.5"), (True, "是"), (date(2021, 1, 2), "2021-01-02"), (" 甲 ", "甲")],
)
def test_values_become_what_a_person_would_write(value, text):
    assert cell_text(value) == text


def test_a_long_code_stored_as_a_number_shows_that_it_lost_its_end():
    assert lost_digits(cell_text(500156202100000123.0))
    assert lost_digits("5.00156E+17")
    assert not lost_digits(PATCH)
    assert not lost_digits("500156202100000123")


LAUGHS = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "hihi">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("part", "content", "said"),
    [
        ("xl/vbaProject.bin", b"\xd0\xcf", "宏"),
        ("xl/worksheets/sheet9.xml", LAUGHS, "实体声明"),
        ("xl/worksheets/sheet9.xml", b" " * 60_000_000, "大得不正常"),
    ],
    ids=["macro", "entity", "bomb"],
)
def test_a_dangerous_workbook_is_not_opened(tmp_path, part, content, said):
    """Tables that the office fills in go through the same gate as what the city sends back."""
    path = workbook(tmp_path / "a.xlsx", ("一", [["图斑编号", "决定"], [PATCH, "确认"]]))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, content)
    with pytest.raises(WeipianError, match=said):
        read_table(path, LAYOUT)
    with pytest.raises(WeipianError, match="宏"):
        read_table(workbook(tmp_path / "b.xlsm", ("一", [["图斑编号", "决定"]])), LAYOUT)


def test_links_to_other_files_are_not_followed_and_formulas_are_what_they_came_to(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx", ("一", [["图斑编号", "决定", "理由"], [PATCH, "确认", "='[b.xlsx]表'!A1"]])
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    assert dict(read_table(path, LAYOUT).rows[0].values)["reason"] == ""
