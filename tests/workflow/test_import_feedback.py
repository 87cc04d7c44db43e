"""Returned workbooks as people make them: whatever their form, the right patch gets the right value."""

from __future__ import annotations

import random
import unicodedata
from datetime import datetime

import pytest
from feedback_samples import (
    COUNT,
    FIRST_ROW,
    HEADERS,
    KEYS,
    NUMBERS,
    Returned,
    copy_of,
    feed,
    reported_workspace,
    state,
)
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from weipian_plugin.domain.feedback import Severity
from weipian_plugin.exchange.export_record import EXPORT_SHEET
from weipian_plugin.store import determinations, notes, patches, returns

LAST_ROW = FIRST_ROW + COUNT - 1
HEAD_ROW = FIRST_ROW - 1


def edited(work) -> Returned:
    """Return the workbook with what the city wrote into it: 违法, 其他 and 合法 patches in turn."""
    return (
        Returned(work)
        .put(1, "reason", "需补充实地照片；请提供套合图")
        .put(2, "basis", "经核实，实地没有变化")
        .put(3, "evidence.批准时间", "2021-03-20")
        .put(4, "category", "其他违法用地")
        .put(4, "basis", "未经批准占用耕地建房，应当拆除")
        .put(5, "remark", "请加快整改")
        .put(6, "verdict", "通过")
        .put(7, "area_mu", 3.6)
        .put(8, "reason", "设施农业用地不得占用耕地")
    )


def squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def outcome(work, run) -> dict:
    """Return what came of a workbook, without its days and places."""
    judged = determinations.read(work, latest_only=True)
    columns = ["patch_no", "result", "category", "basis", "document_no", "decided_by", "revision", "evidence"]
    tasks, noted = returns.read(work), notes.read(work)
    frame = patches.read(work, with_geometry=False)
    return {
        "judged": [
            [squeezed(str(value)) for value in row]
            for row in judged[columns].itertuples(index=False, name=None)
        ],
        "stages": dict(zip(frame["patch_no"], frame["stage"], strict=True)),
        "tasks": sorted((t.patch_no, squeezed(t.reason), t.category) for t in tasks.itertuples()),
        "notes": sorted((n.patch_no, n.field, squeezed(n.text)) for n in noted.itertuples()),
        "areas": sorted({(gap.patch_no, gap.severity) for gap in run.areas}),
        "passed": sorted(plan.patch_no for plan in run.plans if plan.passed),
        "changed": run.changed,
        "conflicts": run.conflicts,
        "unmatched": len(run.unmatched),
    }


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    return reported_workspace(tmp_path_factory.mktemp("reported"))


@pytest.fixture
def work(reported, tmp_path):
    """A fresh copy of the reported workspace."""
    return copy_of(reported, tmp_path)


@pytest.fixture(scope="module")
def expected(reported, tmp_path_factory):
    """What the plain workbook brings; checked by hand in test_the_plain_workbook."""
    copy = copy_of(reported, tmp_path_factory.mktemp("plain"))
    return outcome(copy, feed(copy, edited(copy).save(copy.path.with_name("反馈.xlsx"))))


def test_the_plain_workbook(expected):
    changed = "市级改动判定："
    assert expected["tasks"] == [
        (NUMBERS[0], "需补充实地照片;请提供套合图", "需补充实地照片、需提供套合图"),
        (NUMBERS[1], f"{squeezed(changed)}判定依据“实地没有变化2”改为“经核实,实地没有变化”", ""),
        (NUMBERS[2], f"{squeezed(changed)}批准时间“2021-03-15”改为“2021-03-20”", ""),
        (
            NUMBERS[3],
            f"{squeezed(changed)}类别“未报即用”改为“其他违法用地”;"
            "判定依据“未经批准占地4”改为“未经批准占用耕地建房,应当拆除”",
            "",
        ),
        (NUMBERS[7], "设施农业用地不得占用耕地", "设施农不得占耕"),
    ]
    assert expected["notes"] == [(NUMBERS[4], "remark", "请加快整改")]
    assert expected["areas"] == [(NUMBERS[6], Severity.WARNING)]
    assert expected["passed"] == [NUMBERS[5]]
    returned = {NUMBERS[index] for index in (0, 1, 2, 3, 7)}
    assert {number for number, stage in expected["stages"].items() if stage == "市级退回"} == returned
    assert set(expected["stages"].values()) == {"市级退回", "已上报"}
    # Four cells of determinations, one remark, five tasks.
    assert (expected["changed"], expected["conflicts"], expected["unmatched"]) == (10, 0, 0)
    by_number = {row[0]: row for row in expected["judged"]}
    assert by_number[NUMBERS[3]][1:7] == [
        "违法",
        "其他违法用地",
        "未经批准占用耕地建房,应当拆除",
        "",
        "市级",
        "2",
    ]
    assert "2021-03-20" in by_number[NUMBERS[2]][7]
    untouched = [row for number, row in by_number.items() if number not in (NUMBERS[1:4])]
    assert all(row[5] == "甲" and row[6] == "1" for row in untouched)


# Forms that change nothing of what a workbook says.


def shuffled(r):
    rows = r.rows()
    random.Random(7).shuffle(rows)
    r.write_rows(rows)


def reversed_rows(r):
    r.write_rows(r.rows()[::-1])


def sorted_by_reason(r):
    r.write_rows(sorted(r.rows(), key=lambda row: str(row[KEYS.index("reason")])))


def filtered(r):
    r.sheet.auto_filter.ref = f"A{HEAD_ROW}:O{LAST_ROW}"
    for row in range(FIRST_ROW, LAST_ROW, 2):
        r.sheet.row_dimensions[row].hidden = True


def column_in_front(r):
    r.sheet.insert_cols(1)
    for row in range(HEAD_ROW, LAST_ROW + 1):
        r.sheet.cell(row, 1).value = "经办" if row == HEAD_ROW else "张"


def columns_between(r):
    r.sheet.insert_cols(6, 3)
    r.sheet.cell(HEAD_ROW, 6).value = "市局内部意见"
    r.sheet.cell(FIRST_ROW, 6).value = "同意"


def row_number_deleted(r):
    r.sheet.delete_cols(r.column("row"))


def town_deleted(r):
    r.sheet.delete_cols(r.column("town_name"))


def ids_deleted(r):
    r.sheet.delete_cols(r.column("stable_id"))


def numbers_deleted(r):
    r.sheet.delete_cols(r.column("patch_no"))


def ids_emptied(r):
    for index in range(1, COUNT + 1):
        r.put(index, "stable_id", None)


def half_the_ids_emptied(r):
    for index in range(1, COUNT + 1, 2):
        r.put(index, "stable_id", None)


def half_the_numbers_emptied(r):
    for index in range(1, COUNT + 1, 2):
        r.put(index, "patch_no", None)


def ids_with_blanks(r):
    for index in range(1, COUNT + 1):
        r.put(index, "stable_id", f" {r.cell(index, 'stable_id').value.lower()} ")


def columns_reordered(r):
    order = list(range(1, len(KEYS) + 1))
    random.Random(11).shuffle(order)
    for row in range(HEAD_ROW, LAST_ROW + 1):
        values = [r.sheet.cell(row, column).value for column in order]
        for column, value in enumerate(values, 1):
            r.sheet.cell(row, column).value = value


def rename(r, names):
    places = {key: r.column(key) for key in names}
    for key, name in names.items():
        r.sheet.cell(HEAD_ROW, places[key]).value = name


def headers_renamed(r):
    rename(
        r,
        {
            "result": "合法性判定",
            "category": "二级类别",
            "basis": "判定依据说明",
            "area_mu": "监测面积（亩）",
            "reason": "市级审核意见",
            "verdict": "审核结果",
            "remark": "备注说明",
            "patch_no": "监测编号",
        },
    )


def headers_in_pinyin_fields(r):
    rename(r, {"remark": "BZ", "patch_no": "JCBH"})


def headers_half_width(r):
    rename(r, {"area_mu": "图斑面积(亩)", "farmland_net_mu": "耕地(扣田坎)"})


def headers_with_blanks_and_marks(r):
    rename(
        r,
        {
            "result": " 判定 结果*",
            "basis": "判定\n依据",
            "reason": "退回原因：",
            "remark": "备　注",
            "patch_no": "图斑\n编号",
            "category": "*类别",
        },
    )


def headers_numbered(r):
    rename(r, {"result": "4.判定结果", "basis": "六、判定依据", "reason": "十二、退回原因"})


def unit_dropped_from_header(r):
    rename(r, {"area_mu": "图斑面积"})


def with_numbers(r, change):
    for index in range(1, COUNT + 1):
        r.put(index, "patch_no", change(NUMBERS[index - 1]))


def numbers_full_width(r):
    with_numbers(r, lambda n: n.translate({ord(c): chr(ord(c) + 0xFEE0) for c in n}))


def numbers_full_width_without_ids(r):
    numbers_full_width(r)
    ids_deleted(r)


def numbers_with_blanks_without_ids(r):
    with_numbers(r, lambda n: f" {n[:6]} {n[6:10]}\u200b{n[10:]}\n")
    ids_deleted(r)


def numbers_lower_case_without_ids(r):
    with_numbers(r, str.lower)
    ids_deleted(r)


def numbers_with_apostrophe_without_ids(r):
    with_numbers(r, lambda n: f"'{n}")
    ids_deleted(r)


def numbers_as_text_formulas_without_ids(r):
    with_numbers(r, lambda n: f'="{n}"')
    ids_deleted(r)


def blank_rows_between(r):
    for row in range(LAST_ROW, FIRST_ROW, -3):
        r.sheet.insert_rows(row, 2)


def more_title_rows(r):
    r.sheet.unmerge_cells("A1:O1")
    r.sheet.insert_rows(1, 3)
    r.sheet["A1"] = "附件2"
    r.sheet.merge_cells("A2:O2")
    r.sheet["A2"] = "重庆市规划和自然资源局审核反馈表"
    r.sheet["A3"] = "审核意见见末列，图斑编号不得改动"


def header_far_down(r):
    r.sheet.unmerge_cells("A1:O1")
    r.sheet.insert_rows(1, 25)


def title_rows_deleted(r):
    r.sheet.unmerge_cells("A1:O1")
    r.sheet.delete_rows(1, 3)


def bands_above_the_header(r):
    r.sheet.insert_rows(HEAD_ROW)
    for column, name in ((4, "基本情况"), (5, "核查判定"), (10, "面积（亩）"), (12, "市级审核")):
        r.sheet.cell(HEAD_ROW, column).value = name
    r.sheet.merge_cells(start_row=HEAD_ROW, end_row=HEAD_ROW, start_column=5, end_column=9)


def header_cells_merged_downwards(r):
    r.sheet.insert_rows(FIRST_ROW)
    for column in range(1, len(KEYS) + 1):
        if column != r.column("basis"):
            r.sheet.merge_cells(start_row=HEAD_ROW, end_row=FIRST_ROW, start_column=column, end_column=column)
    basis = r.column("basis")
    r.sheet.cell(FIRST_ROW, basis).value = "判定依据"
    r.sheet.cell(HEAD_ROW, basis).value = "说明"


def extra_sheets(r):
    r.book.create_sheet("审核说明", 0).append(["请各区县按退回原因补正", None, "联系人：略"])
    r.book.create_sheet("空表")
    table = r.book.create_sheet("统计")
    table.append(["乡镇", "图斑数", "违法"])
    table.append(["白马镇", 12, 4])


def sheet_renamed(r):
    r.sheet.title = "Sheet1 (2)"


def sheet_hidden(r):
    r.book.create_sheet("封面", 0)
    r.book.active = 0
    r.sheet.sheet_state = "hidden"


def sheet_twice(r):
    r.book.copy_worksheet(r.sheet)


def old_copy_of_the_sheet(r):
    """A second sheet as it went out: what the first one changed still counts."""
    r.book.move_sheet(r.book.copy_worksheet(r.sheet), -1)
    other = r.book.worksheets[0] if r.book.worksheets[0] is not r.sheet else r.book.worksheets[1]
    for key, index in (("basis", 2), ("category", 4), ("basis", 4), ("evidence.批准时间", 3)):
        exported = r.book[EXPORT_SHEET]
        keys = [cell.value for cell in exported[2]]
        value = exported.cell(2 + index, keys.index(key) + 1).value
        other.cell(r.row(index), r.column(key)).value = value


def two_halves(r):
    """Rows spread over two sheets, as where two reviewers shared the work."""
    other = r.book.create_sheet("第二组")
    for row in r.sheet.iter_rows(HEAD_ROW, HEAD_ROW, values_only=True):
        other.append(row)
    for row in r.sheet.iter_rows(FIRST_ROW + 6, LAST_ROW, values_only=True):
        other.append(row)
    r.sheet.delete_rows(FIRST_ROW + 6, COUNT - 6)


def rows_twice(r):
    rows = r.rows()
    r.sheet.insert_rows(LAST_ROW + 1, 5)
    for offset, row in enumerate(rows[1:5]):
        for column, value in enumerate(row, 1):
            r.sheet.cell(LAST_ROW + 1 + offset, column).value = value


def header_again(r):
    """Pages pasted one under the other, each with its header."""
    r.sheet.insert_rows(FIRST_ROW + 5)
    for column, key in enumerate(KEYS, 1):
        r.sheet.cell(FIRST_ROW + 5, column).value = HEADERS[key]


def totals_and_signatures_below(r):
    r.sheet.append([None, None, "合计", None, None, None, None, None, None, 36.0, 36.0])
    r.sheet.append([None, "总计", 12])
    r.sheet.append(["填表人：甲　审核人：乙　单位负责人：丙（盖章）　2021年11月1日"])
    r.sheet.append(["说明：面积一律以套合结果为准。"])


def subtotals_between(r):
    r.sheet.insert_rows(FIRST_ROW + 4)
    r.sheet.cell(FIRST_ROW + 4, 2).value = "小计"
    r.sheet.cell(FIRST_ROW + 4, 10).value = 12.0


def subtotals_by_the_program(r):
    """As Data → Subtotal writes them, by township."""
    for offset, words in ((4, "石桥苗族土家族乡 汇总"), (8, "白马镇 汇总")):
        r.sheet.insert_rows(FIRST_ROW + offset)
        r.sheet.cell(FIRST_ROW + offset, r.column("town_name")).value = words
        r.sheet.cell(FIRST_ROW + offset, r.column("area_mu")).value = "=SUBTOTAL(9,J5:J8)"


def figures_retyped(r):
    for index in range(1, COUNT + 1):
        if index != 7:
            r.put(index, "area_mu", ("3.00", 3.0000000001, "3亩", "３．００", " 3.0 ")[index % 5])


def row_numbers_as_floats(r):
    for index in range(1, COUNT + 1):
        r.put(index, "row", float(index))


def dates(r, value):
    r.put(3, "evidence.批准时间", value)
    for index in (6, 9, 12):
        exported = {"2021-03-20": "2021-03-15"}
        r.put(index, "evidence.批准时间", exported["2021-03-20"])


def date_as_serial(r):
    dates(r, 44275)


def date_as_serial_text(r):
    dates(r, "44275")


def date_as_date(r):
    dates(r, datetime(2021, 3, 20))


def date_in_chinese(r):
    dates(r, "2021年3月20日")


def date_with_slashes(r):
    dates(r, "2021/3/20")


def date_as_number(r):
    dates(r, 20210320)


def untouched_dates_as_serials(r):
    for index in (6, 9, 12):
        r.put(index, "evidence.批准时间", 44270)


def values_with_blanks(r):
    for index in (1, 8):
        r.put(index, "reason", f"  {r.cell(index, 'reason').value}\n ")
    for index in range(1, COUNT + 1):
        r.put(index, "result", f" {r.cell(index, 'result').value}")


def values_full_width(r):
    for index in (3, 6, 9, 12):
        r.put(
            index,
            "document_no",
            r.cell(index, "document_no").value.replace(str(index), chr(0xFF10 + index % 10)),
        )
    for index in (12,):
        r.put(index, "document_no", "渝府地〔２０２１〕１２号")


def results_in_other_words(r):
    for index in range(1, COUNT + 1):
        words = {"违法": "违法用地", "合法": "合法用地", "其他": "其他用地"}
        r.put(index, "result", words[r.cell(index, "result").value])


def dressed_up(r):
    for row in r.sheet.iter_rows(FIRST_ROW, LAST_ROW):
        for cell in row:
            cell.font, cell.fill = Font(color="FF0000", bold=True), PatternFill("solid", fgColor="FFFF00")
    r.cell(1, "basis").comment = Comment("请核对", "审核员")
    r.cell(2, "basis").hyperlink = "https://example.org/a"
    r.sheet.add_data_validation(DataValidation("list", formula1='"合法,违法,其他"', sqref="E5:E16"))
    r.sheet.freeze_panes = "D5"


def columns_hidden(r):
    for letter in "CEFG":
        r.sheet.column_dimensions[letter].hidden = True


def column_twice(r):
    """A reviewer keeps the old basis in a second column of the same name."""
    old = {index: r.book[EXPORT_SHEET].cell(2 + index, 6).value for index in range(1, COUNT + 1)}
    last = r.sheet.max_column + 1
    r.sheet.cell(HEAD_ROW, last).value = "判定依据"
    keys = [cell.value for cell in r.book[EXPORT_SHEET][2]]
    for index in old:
        value = r.book[EXPORT_SHEET].cell(2 + index, keys.index("basis") + 1).value
        r.sheet.cell(r.row(index), last).value = value


def far_away_cell(r):
    r.sheet.cell(200_000, 400).value = " "
    r.sheet.cell(3000, 200).value = "备注：本表共12行"


def empty_styled_rows_below(r):
    for row in range(LAST_ROW + 3, LAST_ROW + 400):
        r.sheet.cell(row, 3).font = Font(bold=True)


def reason_moved_into_the_verdict(r):
    for index in (1, 8):
        r.put(index, "verdict", "退回")


def reasons_pasted_twice(r):
    last = r.sheet.max_column + 1
    r.sheet.cell(HEAD_ROW, last).value = "审核意见"
    for index in (1, 8):
        r.sheet.cell(r.row(index), last).value = r.cell(index, "reason").value


def ledger_column_of_kinds(r):
    """The ledger calls 土地 or 矿产 类别: no category of a determination."""
    other = r.book.create_sheet("图斑台账")
    other.append(["图斑编号", "类别"])
    for number in NUMBERS:
        other.append([number, "土地"])


HARMLESS = [
    shuffled,
    reversed_rows,
    sorted_by_reason,
    filtered,
    column_in_front,
    columns_between,
    row_number_deleted,
    town_deleted,
    ids_deleted,
    numbers_deleted,
    ids_emptied,
    half_the_ids_emptied,
    half_the_numbers_emptied,
    ids_with_blanks,
    columns_reordered,
    headers_renamed,
    headers_in_pinyin_fields,
    headers_half_width,
    headers_with_blanks_and_marks,
    headers_numbered,
    unit_dropped_from_header,
    numbers_full_width,
    numbers_full_width_without_ids,
    numbers_with_blanks_without_ids,
    numbers_lower_case_without_ids,
    numbers_with_apostrophe_without_ids,
    numbers_as_text_formulas_without_ids,
    blank_rows_between,
    more_title_rows,
    header_far_down,
    title_rows_deleted,
    bands_above_the_header,
    header_cells_merged_downwards,
    extra_sheets,
    sheet_renamed,
    sheet_hidden,
    sheet_twice,
    old_copy_of_the_sheet,
    two_halves,
    rows_twice,
    header_again,
    totals_and_signatures_below,
    subtotals_between,
    subtotals_by_the_program,
    figures_retyped,
    row_numbers_as_floats,
    date_as_serial,
    date_as_serial_text,
    date_as_date,
    date_in_chinese,
    date_with_slashes,
    date_as_number,
    untouched_dates_as_serials,
    values_with_blanks,
    values_full_width,
    results_in_other_words,
    dressed_up,
    columns_hidden,
    column_twice,
    far_away_cell,
    empty_styled_rows_below,
    reason_moved_into_the_verdict,
    reasons_pasted_twice,
    ledger_column_of_kinds,
]


@pytest.mark.parametrize("mangle", HARMLESS, ids=lambda mangle: mangle.__name__)
def test_form_changes_nothing(work, expected, tmp_path, mangle):
    workbook = edited(work)
    mangle(workbook)
    path = workbook.save(tmp_path / "反馈.xlsx")
    assert feed(work, path, apply=False).changed == expected["changed"]
    run = feed(work, path)
    assert outcome(work, run) == expected
    before = state(work)
    again = feed(work, path)
    assert (again.changed, again.conflicts, state(work)) == (0, 0, before)


def test_there_are_at_least_forty_forms():
    assert len(HARMLESS) >= 40
