"""Cells as other programs write them into the file: parts written by hand, after ECMA-376 part 1, 18.3."""

from __future__ import annotations

import zipfile

import openpyxl
import pytest

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.exchange.sheet_cells import Cell, CellKind, read_sheets

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
# Style 1 is a built-in Chinese date, 2 a written one, 3 a percentage, 4 shows a sign in quotes.
STYLES = (
    '<numFmts><numFmt numFmtId="176" formatCode="yyyy/m/d;@"/>'
    "<numFmt numFmtId=\"177\" formatCode='0.00&quot;%&quot;'/></numFmts>"
    '<fills><fill><patternFill patternType="wpsOwn"/></fill></fills>'
    '<cellXfs><xf/><xf numFmtId="31"/><xf numFmtId="176"/><xf numFmtId="10"/><xf numFmtId="177"/></cellXfs>'
)


def package(path, rows, strings="", head="", tail="", main=MAIN, relations=RELATIONS):
    """Write a workbook with one sheet whose rows are given as XML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{relations}">{head}'
            '<sheets><sheet name="表" sheetId="7" r:id="rId1"/></sheets></workbook>',
        )
        entries = "".join(
            f'<Relationship Id="rId{n}" Type="{relations}/{kind}" Target="{target}"/>'
            for n, (kind, target) in enumerate(
                (("worksheet", "/xl/worksheets/表1.xml"), ("sharedStrings", "s.xml"), ("styles", "st.xml")), 1
            )
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}">{entries}</Relationships>'
        )
        sheet = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>{tail}</worksheet>'
        archive.writestr("xl/worksheets/表1.xml", sheet)
        archive.writestr("xl/s.xml", f'<sst xmlns="{main}">{strings}</sst>')
        archive.writestr("xl/st.xml", f'<styleSheet xmlns="{main}">{STYLES}</styleSheet>')
    return path


def cells(path, *given, **kw):
    (sheet,) = read_sheets(package(path / "a.xlsx", *given, **kw))
    return {(line, column): cell for line, row in sheet.rows.items() for column, cell in row.items()}


@pytest.mark.parametrize(("main", "relations"), [(MAIN, RELATIONS), (STRICT, STRICT_RELATIONS)])
def test_texts_numbers_days_and_words_of_truth(tmp_path, main, relations):
    found = cells(
        tmp_path,
        '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="D2"><v>3.0</v></c></row>'
        '<row r="5"><c r="A5" s="1"><v>44260</v></c><c r="B5" s="2"><v>44260.75</v></c>'
        '<c r="C5" s="3"><v>0.125</v></c><c r="D5" s="4"><v>12.5</v></c><c r="E5" t="b"><v>1</v></c>'
        '<c r="F5" t="e"><v>#N/A</v></c><c r="G5" t="d"><v>2021-03-05</v></c><c r="H5" s="1"/></row>'
        '<row><c><v>1E+2</v></c><c t="inlineStr"><is><r><t>甲</t></r>'
        '<r><t xml:space="preserve"> 乙</t></r></is></c><c t="str"><v>=1+1</v></c></row>',
        strings="<si><r><rPr><b/></rPr><t>白马</t></r><r><t>镇</t></r><rPh sb='0' eb='1'><t>ﾊｸ</t></rPh></si>"
        "<si><t>一_x000D_\n二_x005F_x</t></si>",
        main=main,
        relations=relations,
    )
    assert found == {
        (2, 1): Cell("白马镇"),
        (2, 2): Cell("一\r\n二_x"),
        (2, 4): Cell("3", CellKind.NUMBER, 3.0),
        (5, 1): Cell("2021-03-05", CellKind.DATE, 44260),
        (5, 2): Cell("2021-03-05 18:00:00", CellKind.DATE, 44260.75),
        (5, 3): Cell("12.5%"),
        (5, 4): Cell("12.5", CellKind.NUMBER, 12.5),
        (5, 5): Cell("是"),
        (5, 6): Cell("#N/A", CellKind.ERROR),
        (5, 7): Cell("2021-03-05", CellKind.DATE),
        (6, 1): Cell("100", CellKind.NUMBER, 100.0),
        (6, 2): Cell("甲 乙"),
        (6, 3): Cell("=1+1"),
    }


def test_days_are_counted_from_1904_where_the_workbook_says_so(tmp_path):
    row = '<row r="1"><c r="A1" s="1"><v>42798</v></c></row>'
    found = cells(tmp_path, row, head='<workbookPr date1904="1"/>')
    assert found == {(1, 1): Cell("2021-03-05", CellKind.DATE, 42798)}


def test_formulas_are_not_worked_out(tmp_path):
    found = cells(
        tmp_path,
        '<row r="1"><c r="A1" t="str"><f>B1&amp;"x"</f><v>甲x</v></c><c r="B1"><f t="shared" si="0"/></c>'
        '<c r="C1" t="str"><f>"500156SJBG21000001"</f><v>0</v></c><c r="D1"><f>"a"&amp;"b"</f></c></row>',
    )
    assert found == {
        (1, 1): Cell('=B1&"x"', CellKind.FORMULA, result="甲x"),
        (1, 2): Cell("=", CellKind.FORMULA),
        (1, 3): Cell("500156SJBG21000001"),
        (1, 4): Cell('="a"&"b"', CellKind.FORMULA),
    }


def test_a_cell_merged_downwards_is_in_each_of_its_rows(tmp_path):
    rows = "".join(
        f'<row r="{n}"><c r="B{n}"><v>{n}</v></c></row>' if n != 2 else '<row r="2"/>' for n in range(1, 6)
    )
    rows = rows.replace('<row r="1">', '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c>')
    found = cells(tmp_path, rows, tail='<mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>')
    assert [line for (line, column), cell in found.items() if cell.text == "甲"] == [1, 3, 4, 5]
    assert (2, 1) not in found


def test_a_broken_sheet_is_one_sentence(tmp_path):
    with pytest.raises(WeipianError, match="不是完好的 .xlsx 工作簿"):
        read_sheets(package(tmp_path / "a.xlsx", '<row r="1"><c r="A1" t="s"><v>9</v></c></row>'))


def test_it_reads_what_openpyxl_writes(tmp_path):
    """The other way round: the two readers agree, cell by cell."""
    book = openpyxl.Workbook()
    values = ["甲", 1, 2.5, True, -3e-7, "'0012", "=A1", "￥"]
    book.active.append(values)
    book.save(tmp_path / "a.xlsx")
    (sheet,) = read_sheets(tmp_path / "a.xlsx")
    assert [cell.text for cell in sheet.rows[1].values()] == [
        "甲",
        "1",
        "2.5",
        "是",
        "-3e-07",
        "0012",
        "=A1",
        "￥",
    ]
