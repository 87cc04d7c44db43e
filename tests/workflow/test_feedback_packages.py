"""Our own workbook as other programs write it down, and with the marks that people put into cells.

The files are taken apart and put together again by hand: what no library writes, and some program does.
"""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from decision_samples import number
from feedback_samples import COUNT, NUMBERS, copy_of, feed, latest, reported_workspace, ruled, state
from hostile_samples import Sent, all_rows, basis, reason, result, sent_workspace
from openpyxl.drawing.image import Image
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.table import Table
from PIL import Image as Picture

from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.cell_values import went_out_as
from weipian_plugin.exchange.export_record import EXPORT_SHEET
from weipian_plugin.exchange.sheet_cells import Cell, CellKind
from weipian_plugin.store import determinations, returns
from weipian_plugin.workflow.export_city import export_city

FIRST = "xl/worksheets/sheet1.xml"
EVERYONE = range(1, COUNT + 1)


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    return sent_workspace(tmp_path_factory.mktemp("packages"))


@pytest.fixture
def work(reported, tmp_path):
    return copy_of(reported, tmp_path)


@pytest.fixture
def sent(reported) -> Sent:
    return Sent(reported.path.with_name("上报.xlsx"))


Parts = dict[str, bytes]


def unpacked(path: Path) -> Parts:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def replaced(parts: Parts, name: str, pattern: str, put: str) -> None:
    text, count = re.subn(pattern, put, parts[name].decode(), flags=re.DOTALL)
    assert count
    parts[name] = text.encode()


# The package, taken apart and put together otherwise.


_INLINE = r'(<c [^>]*)t="inlineStr"(?: [^>]*)?><is><t[^>]*>([^<]*)</t></is></c>'


def with_shared_texts(parts, item="<si><t>{}</t></si>"):
    """Put the texts of all sheets into one list, as most programs do."""
    texts: dict[str, int] = {}
    for name in (name for name in parts if name.startswith("xl/worksheets/sheet")):

        def put(found):
            return f'{found[1]}t="s"><v>{texts.setdefault(found[2], len(texts))}</v></c>'

        parts[name] = re.sub(_INLINE, put, parts[name].decode()).encode()
    listed = "".join(item.format(text) for text in texts)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{space}" count="3">{listed}<si/></sst>'.encode()
    if b"sharedStrings" not in parts["xl/_rels/workbook.xml.rels"]:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
        more = f'<Relationship Id="rIdTexts" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
        replaced(parts, "xl/_rels/workbook.xml.rels", "</Relationships>", more)


def texts_shared(parts, sent):
    with_shared_texts(parts)


def strings_with_reading_aids_and_runs(parts, sent):
    """Each text in two runs, with a reading aid and what was struck out before."""
    struck = '<r><rPr><strike/></rPr><t xml:space="preserve">原来写的：</t></r>'
    kept = '<r><rPr><b/><strike val="0"/></rPr><t xml:space="preserve">{}</t></r>'
    aid = '<rPh sb="0" eb="1"><t>ㄊㄨˊ</t></rPh><phoneticPr fontId="1"/>'
    with_shared_texts(parts, f"<si>{struck}{kept}{aid}</si>")


def inline_texts_in_runs(parts, sent):
    replaced(parts, FIRST, _INLINE, r'\1t="inlineStr"><is><r><t></t></r><r><t>\2</t></r></is></c>')


def names_in_other_capitals(parts, sent):
    with_shared_texts(parts)
    parts["xl/Worksheets/SHEET1.xml"] = parts.pop(FIRST)
    parts["xl/SharedStrings.xml"] = parts.pop("xl/sharedStrings.xml")


def two_sheets_of_one_name(parts, sent):
    first, second = sent.book.sheetnames[:2]
    replaced(parts, "xl/workbook.xml", f'name="{second}"', f'name="{first}"')


def huge_dimension_and_rows_far_away(parts, sent):
    replaced(parts, FIRST, r"<dimension [^>]*/>", '<dimension ref="A1:XFD1048576"/>')
    replaced(parts, FIRST, "</sheetData>", '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>')


def rows_without_numbers(parts, sent):
    replaced(parts, FIRST, r'<row r="\d+"', "<row")


def rows_backwards(parts, sent):
    rows = re.findall(r"<row .*?</row>", parts[FIRST].decode(), flags=re.DOTALL)
    backwards = "".join(reversed(rows))
    replaced(parts, FIRST, r"<sheetData>.*</sheetData>", f"<sheetData>{backwards}</sheetData>")


def written_in_utf_16(parts, sent):
    for name in (FIRST, "xl/workbook.xml"):
        text = re.sub(r"^<\?xml[^>]*\?>", "", parts[name].decode())
        parts[name] = ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")


def counted_from_1904(parts, sent):
    """Somebody ticked the box of old Apple computers: every day moves by four years and a day."""
    replaced(parts, "xl/workbook.xml", r"<workbookPr[^>]*/>", '<workbookPr date1904="1"/>')


def junk_beside_the_parts(parts, sent):
    parts |= {
        "__MACOSX/._反馈.xlsx": b"\0\5\26\7",
        ".DS_Store": b"\0",
        "xl/worksheets/": b"",
        "备注.txt": b"?",
    }


PACKAGES = [
    strings_with_reading_aids_and_runs,
    texts_shared,
    inline_texts_in_runs,
    names_in_other_capitals,
    two_sheets_of_one_name,
    huge_dimension_and_rows_far_away,
    rows_without_numbers,
    rows_backwards,
    written_in_utf_16,
    counted_from_1904,
    junk_beside_the_parts,
]


@pytest.mark.parametrize("mangle", PACKAGES, ids=lambda mangle: mangle.__name__)
def test_the_same_words_in_another_package(work, sent, tmp_path, mangle):
    rows = all_rows(sent.book)
    path = sent.save(tmp_path / "反馈.xlsx")
    parts = unpacked(path)
    mangle(parts, sent)
    run = result(work, packed(path, parts), rows)
    assert (run.changed, run.conflicts, run.unmatched, run.areas) == (COUNT + 2, 0, (), ())
    assert sorted(task.patch_no for plan in run.plans for task in plan.tasks) == NUMBERS


def test_stored_without_compression(work, sent, tmp_path):
    path = sent.save(tmp_path / "反馈.xlsx")
    run = feed(work, packed(path, unpacked(path), zipfile.ZIP_STORED))
    assert (run.changed, run.conflicts, run.unmatched) == (COUNT + 2, 0, ())


# What people do with a table.


def protected_and_a_table_of_its_own(s):
    s.sheet.auto_filter.ref = None
    last = get_column_letter(s.sheet.max_column)
    s.sheet.add_table(Table(displayName="表1", ref=f"A{s.head}:{last}{s.last}"))
    s.sheet.protection.set_password("8888")
    s.book.security = WorkbookProtection(workbookPassword="8888", lockStructure=True)


def sheet_very_hidden(s):
    s.sheet.sheet_state = "veryHidden"


def verdict_and_reason_merged(s):
    first, last = sorted((s.titles["审核结论"], s.titles["退回原因"]))
    for index in EVERYONE:
        s.put(index, "退回原因", None)
        s.sheet.cell(s.lines[index], first).value = reason(index)
        line = s.lines[index]
        s.sheet.merge_cells(start_row=line, end_row=line, start_column=first, end_column=last)


def answers_in_a_table_below(s):
    """The reviewer's own table under ours: other columns, another order, some of the patches."""
    start = s.sheet.max_row + 2
    for column, title in ((2, "退回原因"), (3, "序号"), (7, "图斑编号")):
        s.sheet.cell(start, column).value = title
    for line, index in enumerate((9, 4, 7), start + 1):
        s.put(index, "退回原因", None)
        s.sheet.cell(line, 2).value = reason(index)
        s.sheet.cell(line, 3).value = line - start
        s.sheet.cell(line, 7).value = number(index)


def signs_for_nothing(s):
    for place, index in enumerate(EVERYONE):
        sign = ("/", "—", "－", "\u200b", "--", "／")[place % 6]
        for title in ("备注", "审核日期", "审核结论"):
            s.put(index, title, sign)
        if not s.cell(index, "文号").value:
            s.put(index, "文号", sign)
        if index % 2:
            s.put(index, "乡镇街道", sign)


TABLES = [
    protected_and_a_table_of_its_own,
    sheet_very_hidden,
    verdict_and_reason_merged,
    answers_in_a_table_below,
    signs_for_nothing,
]


@pytest.mark.parametrize("mangle", TABLES, ids=lambda mangle: mangle.__name__)
def test_every_word_arrives(work, sent, tmp_path, mangle):
    rows = all_rows(sent.book)
    mangle(sent)
    rows += 3 if mangle is answers_in_a_table_below else 0
    run = result(work, sent.save(tmp_path / "反馈.xlsx"), rows)
    assert (run.changed, run.conflicts, run.unmatched, run.areas) == (COUNT + 2, 0, (), ())
    assert sorted(task.patch_no for plan in run.plans for task in plan.tasks) == NUMBERS


def alone(sent: Sent, record: tuple[str, ...] = (EXPORT_SHEET,)) -> Sent:
    """Leave the first sheet without words of the city."""
    sent.drop_other_sheets(record)
    for index in EVERYONE:
        sent.put(index, "退回原因", None)
    return sent.put(2, "判定依据", ruled(2)["basis"]).put(5, "判定依据", ruled(5)["basis"])


def test_ticks_and_crosses(work, sent, tmp_path):
    """√ and OK pass, × comes back; a sign that may mean anything is asked about."""
    for index, word in enumerate(("√", "OK", "合格", "×", "X", "不符合要求", "?", "Y", "1", "已阅"), 1):
        alone(sent) if index == 1 else None
        sent.put(index, "审核结论", word)
    run = feed(work, sent.save(tmp_path / "反馈.xlsx"))
    assert [plan.patch_no for plan in run.plans if plan.passed] == NUMBERS[:3]
    assert [plan.patch_no for plan in run.plans if plan.tasks] == [*NUMBERS[3:6], NUMBERS[9]]
    unclear = [(one.patch_no, one.theirs) for plan in run.plans for one in plan.conflicts]
    assert unclear == list(zip(NUMBERS[6:9], ("?", "Y", "1"), strict=True))


def test_a_verdict_against_its_own_reason(work, sent, tmp_path):
    alone(sent).put(1, "审核结论", "通过").put(1, "退回原因", "需补充实地照片")
    sent.put(2, "审核结论", "退回").put(2, "退回原因", "无").put(3, "审核结论", "通过").put(
        3, "退回原因", "无"
    )
    run = feed(work, sent.save(tmp_path / "反馈.xlsx"))
    plans = {plan.patch_no: plan for plan in run.plans}
    assert [one.theirs for one in plans[NUMBERS[0]].conflicts] == ["通过｜需补充实地照片"]
    assert (plans[NUMBERS[0]].tasks, plans[NUMBERS[0]].passed) == ((), False)
    assert [task.reason for task in plans[NUMBERS[1]].tasks] == ["退回"]
    assert plans[NUMBERS[2]].passed


def test_nothing_unseen_returns_a_patch(work, sent, tmp_path):
    """Without the record of what went out, an invisible mark is still nothing."""
    alone(sent, ())
    for index in EVERYONE:
        sent.put(index, "退回原因", "\u200b" if index % 2 else "/")
    run = feed(work, sent.save(tmp_path / "反馈.xlsx"))
    assert (run.changed, run.conflicts, state(work)["tasks"]) == (0, 0, [])


def test_what_is_crossed_out_is_asked_about(work, sent, tmp_path):
    alone(sent).put(1, "退回原因", "需补充实地照片").put(2, "退回原因", "需补充实地照片")
    sent.cell(1, "退回原因").font = Font(strike=True)
    for title in sent.titles:
        sent.cell(5, title).font = Font(strike=True)
    run = feed(work, sent.save(tmp_path / "反馈.xlsx"))
    assert [task.patch_no for plan in run.plans for task in plan.tasks] == [number(2)]
    assert [(one.patch_no, one.theirs) for plan in run.plans for one in plan.conflicts] == [
        (number(1), "需补充实地照片")
    ]
    assert [(one.patch_no, one.text) for one in run.book.comments] == [(number(5), "这一行画了删除线")]


def test_formulas_that_only_the_first_cell_spells_out(work, sent, tmp_path):
    alone(sent)
    for index in (1, 2, 3):
        sent.put(index, "退回原因", f"公式{index}")
    path = sent.save(tmp_path / "反馈.xlsx")
    parts = unpacked(path)
    column = get_column_letter(sent.titles["退回原因"])
    cells = [f"{column}{sent.lines[index]}" for index in (1, 2, 3)]
    forms = (
        f'<f t="shared" ref="{cells[0]}:{cells[2]}" si="0">A1&amp;"缺照片"</f>',
        '<f t="shared" si="0"/>',
        f'<f t="array" ref="{cells[2]}">B1</f>',
    )
    for place, form in zip(cells, forms, strict=True):
        replaced(
            parts,
            FIRST,
            rf'<c r="{place}"([^>]*?) t="inlineStr"><is>.*?</c>',
            rf'<c r="{place}"\1 t="str">{form}<v>缺照片</v></c>',
        )
    run = feed(work, packed(path, parts))
    assert run.changed == 0
    assert [one.patch_no for plan in run.plans for one in plan.conflicts] == NUMBERS[:3]
    assert all("显示为“缺照片”" in one.theirs for plan in run.plans for one in plan.conflicts)


def test_what_lies_on_the_sheet_and_around_the_table_is_told(work, sent, tmp_path):
    alone(sent)
    sent.sheet.cell(2, 1).value = "依据：武隆府办〔2021〕37号　　时段：2021年7月"
    sent.sheet.cell(sent.last + 4, 1).value = "审核人：李四　　日期：2021年11月3日"
    sent.sheet.cell(sent.last + 5, 1).value = "审核意见：第3、5号图斑照片不清，请补拍后再报"
    sent.sheet.insert_rows(3)
    sent.sheet.cell(3, 1).value = "本批次总体较好，个别图斑退回"
    Picture.new("RGB", (4, 4)).save(tmp_path / "图.png")
    sent.sheet.add_image(Image(tmp_path / "图.png"), "D9")
    path = sent.save(tmp_path / "反馈.xlsx")
    parts = unpacked(path)
    box = (
        '<xdr:oneCellAnchor xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:from><xdr:col>4'
        "</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>7</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:sp>"
        "<xdr:txBody><a:p><a:r><a:t>此处</a:t></a:r><a:r><a:t>需重新套合</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
        "</xdr:oneCellAnchor>"
    )
    drawing = next(name for name in parts if name.startswith("xl/drawings/drawing"))
    parts[drawing] = (
        parts[drawing]
        .replace(b"xdr:", b"")
        .replace(b"</wsDr>", box.replace("xdr:", "").encode() + b"</wsDr>")
    )
    run = feed(work, packed(path, parts))
    name = sent.sheet.title
    assert [(one.place, one.text) for one in run.book.comments] == [
        (f"{name} D9", "（图片）"),
        (f"{name} E8", "此处需重新套合"),
        (f"{name} 第3行", "本批次总体较好，个别图斑退回"),
        (f"{name} 第{sent.last + 6}行", "审核意见：第3、5号图斑照片不清，请补拍后再报"),
    ]
    assert run.changed == 0
    assert "请补拍后再报" in (tmp_path / "反馈.html").read_text(encoding="utf-8")


# Codes and texts that a program changed, not the city.


@pytest.mark.parametrize(
    ("cell", "known", "same"),
    [
        (Cell("12", CellKind.NUMBER, 12.0), "0012", True),
        (Cell("13", CellKind.NUMBER, 13.0), "0012", False),
        (Cell("500156202103150000", CellKind.NUMBER, 5.0015620210315e17), "500156202103150012", True),
        (Cell("5.0015620210315e+17", CellKind.NUMBER, 5.0015620210315e17), "500156202103150012", True),
        (Cell("50015620210315000", CellKind.NUMBER, 5.0015620210315e16), "500156202103150012", False),
        (Cell("500156202104150000", CellKind.NUMBER, 5.0015620210415e17), "500156202103150012", False),
        (Cell("5.00156E+17"), "500156202103150012", True),
        (Cell("5.00157E+17"), "500156202103150012", False),
        (Cell("0012"), "12", False),
        (Cell("3", CellKind.NUMBER, 3.0), "渝府〔2021〕3号", False),
        (Cell("3", CellKind.NUMBER, 3.0), "", False),
    ],
)
def test_what_a_spreadsheet_makes_of_a_code(cell, known, same):
    assert went_out_as(cell, known) is same


CODES = {3: "500156202103150012", 6: "0012", 9: "2021-3", 12: "附件" + "甲" * 300}


@pytest.fixture
def coded(tmp_path):
    """A workspace with documents whose numbers tempt spreadsheets, and its workbook."""
    work = reported_workspace(tmp_path, "已判定")
    with work.writing("甲", "判定") as change:
        rows = [{"patch_no": number(i)} | ruled(i) | {"document_no": code} for i, code in CODES.items()]
        determinations.insert(change, rows)
    export_city(work.path, tmp_path / "上报.xlsx", "甲", Progress())
    return work, alone(Sent(tmp_path / "上报.xlsx"))


def test_codes_turned_into_numbers_are_no_changes(coded, tmp_path):
    work, sent = coded
    sent.put(3, "文号", 500156202103150000).put(6, "文号", 12)
    run = feed(work, sent.save(tmp_path / "反馈.xlsx"))
    assert (run.changed, run.conflicts) == (0, 0)
    assert latest(work, number(6))["document_no"] == "0012"


def test_codes_that_a_program_broke_are_asked_about(coded, tmp_path):
    work, sent = coded
    before = state(work)
    sent.put(3, "文号", 500199202103150000).put(9, "文号", date(2021, 3, 1)).put(12, "文号", CODES[12][:255])
    run = feed(work, sent.save(tmp_path / "反馈.xlsx"))
    assert (run.changed, state(work)) == (0, before)
    said = {one.patch_no: one.said for plan in run.plans for one in plan.conflicts}
    assert [
        word
        for index, word in zip((3, 9, 12), ("末尾的数位已经丢失", "成了日期", "截断"), strict=True)
        if word in said[number(index)]
    ] == ["末尾的数位已经丢失", "成了日期", "截断"]


def test_other_countries_ways_to_write_a_day_and_a_figure(work, sent, tmp_path):
    """Serials under the formats of other languages are days; 3,05 is no figure of ours and none of theirs."""
    formats = (
        '[$-804]yyyy"年"m"月"d"日";@',
        "[$-F800]dddd, mmmm dd, yyyy",
        "[$-407]dd/mm/yyyy;@",
        '[DBNum1][$-804]yyyy"年"m"月"d"日"',
        "aaaa",
        "General",
    )
    for index, code in enumerate(formats, 1):
        sent.put(index, "审核日期", 44501)  # 2021-11-01
        sent.cell(index, "审核日期").number_format = code
    sent.put(7, "图斑面积", "3,05")
    run = feed(work, sent.save(tmp_path / "反馈.xlsx"))
    opened = returns.read(work).set_index("patch_no")["opened_on"]
    assert [opened[n] for n in NUMBERS[: len(formats)]] == ["2021-11-01"] * len(formats)
    assert [(gap.patch_no, gap.theirs) for gap in run.areas] == [(number(7), "3,05")]
    assert basis(5) == latest(work, number(5))["basis"]
