"""The submission workbook on disk: what comes back with it, what may be typed, figures by hand."""

from __future__ import annotations

import dataclasses

import openpyxl
import pytest
from exchange_samples import (
    CHOICES,
    STAMP,
    class_row,
    content,
    duty_row,
    large_content,
    patch_row,
    with_casework,
)

from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.ranking import Place
from weipian_plugin.exchange.columns import DISPATCH_SHEETS, DISPATCH_TEMPLATE, TEMPLATES, load_template
from weipian_plugin.exchange.content import Casework, Remedy
from weipian_plugin.exchange.dispatch import tasks_by_unit, write_dispatch
from weipian_plugin.exchange.export_record import CITY, DISPATCH, EXPORT_SHEET, read_export, stable_id
from weipian_plugin.exchange.feedback_layout import FeedbackLayout
from weipian_plugin.exchange.ledger import write_ledger
from weipian_plugin.exchange.records import build_records
from weipian_plugin.exchange.titles import title_stem
from weipian_plugin.exchange.validations import DICTIONARY_SHEET
from weipian_plugin.paths import plan_file

PATCH_SHEETS = [
    "核查判定汇总表",
    "图斑台账",
    "违法图斑查处整改台账",
    "部门分派清单",
    "套合面积审核表",
    "上报自查",
    "未评估清单",
]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("submission") / "上报.xlsx"
    write_ledger(path, with_casework(large_content(60)), Progress())
    return openpyxl.load_workbook(path)


def head_of(sheet):
    return next(row for row in sheet.iter_rows(max_row=8) if row[-1].value == "系统标识")


def exported(book):
    rows = book[EXPORT_SHEET].iter_rows(values_only=True)
    return read_export([["" if value is None else str(value) for value in row] for row in rows])


@pytest.mark.parametrize("name", PATCH_SHEETS)
def test_rows_carry_the_id_of_their_patch_in_a_hidden_column(book, name):
    sheet, head = book[name], head_of(book[name])
    letter = head[-1].column_letter
    assert sheet.column_dimensions[letter].hidden
    numbers = {cell.value: cell.column for cell in head}
    number = numbers.get("图斑编号") or numbers["图斑标识"]
    made = with_casework(large_content(60)).patches
    ids = {no: stable_id(STAMP.tag, fid, no) for no, fid in zip(made["patch_no"], made["fid"], strict=True)}
    rows = [row for row in sheet.iter_rows(min_row=head[0].row + 1) if row[-1].value]
    assert rows
    assert all(row[-1].value == ids[row[number - 1].value] for row in rows)


def test_what_went_out_travels_with_the_workbook(book):
    said = exported(book)
    assert book[EXPORT_SHEET].sheet_state == book[DICTIONARY_SHEET].sheet_state == "veryHidden"
    assert (said.head.kind, said.head.tag, said.head.history_head) == (CITY, STAMP.tag, STAMP.history_head)
    assert len(said.values) == 60
    first = said.values[stable_id(STAMP.tag, 1, "500156SJBG21000000")]
    ledger = book["图斑台账"]
    titles = {cell.value: cell.column for cell in ledger[5]}
    assert float(first["area_mu"]) == ledger.cell(6, titles["总面积"]).value
    assert (first["result"], first["verdict"]) == (ledger.cell(6, titles["判定结果"]).value or "", "")


def test_drop_downs_offer_the_words_of_the_dictionaries(book):
    sheet, lists = book["核查判定汇总表"], book[DICTIONARY_SHEET]
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list":
            name, cells = rule.formula1.rsplit("!", 1)
            assert name.strip("'") == DICTIONARY_SHEET
            words = tuple(row[0].value for row in lists[cells.replace("$", "")])
            (cells_of_rule,) = rule.sqref.ranges
            offered[sheet.cell(5, cells_of_rule.min_col).value] = words
            assert rule.errorStyle == "warning"
            assert (cells_of_rule.min_row, cells_of_rule.max_row) == (6, 65)
    named = {"判定结果": "result", "类别": "category", "审核结论": "verdict"}
    assert offered == {title: CHOICES[key] for title, key in named.items()}


def test_signatures_and_the_head_of_the_history_stand_below_every_table(book):
    for sheet in book:
        if sheet.title in ("汇总", "填报说明") or sheet.sheet_state != "visible":
            continue
        last, before = (
            "".join(str(cell.value) for cell in sheet[row] if cell.value)
            for row in (sheet.max_row, sheet.max_row - 1)
        )
        assert STAMP.history_head in last, sheet.title
        assert [who in before for who in ("填报人", "审核人", "单位负责人", "填报日期")] == [True] * 4


def test_text_like_a_formula_stays_text_in_every_sheet(book):
    rows = book["核查判定汇总表"].iter_rows(min_row=6, max_row=65)
    evil = [cell for row in rows for cell in row if cell.value == "=依据"]
    assert evil
    assert {cell.data_type for cell in evil} == {"s"}
    assert all(cell.quotePrefix for cell in evil)


def test_townships_and_ratio_by_hand(tmp_path):
    """Three patches in two townships: 2 亩 illegal farmland, 6 亩 legal, 1 亩 undecided."""
    patches = [
        patch_row("P1", 4.0, town_name="白马镇"),
        patch_row("P2", 6.0, town_name="白马镇"),
        patch_row("P3", 1.0, town_name="江口镇"),
    ]
    areas = [class_row("P1", "0103", 2.0), class_row("P1", "0602", 2.0)]
    areas += [class_row("P2", "0103", 6.0), class_row("P3", "0103", 1.0)]
    casework = {
        "P1": Casework(
            "违法",
            "未报即用",
            ratio_side="违法",
            settled_mu=1.5,
            rectified="整改中",
            remedies=[Remedy("拆除", 1.5)],
        ),
        "P2": Casework("合法", "当年审批", ratio_side="合法"),
        "P3": Casework(),
    }
    ranked = {"江口镇": Place(1, 90.0), "白马镇": Place(2, 35.5)}
    made = content(patches, areas, casework=casework, stamp=STAMP, ranking=ranked)
    write_ledger(tmp_path / "a.xlsx", made, Progress())
    book = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)
    ranking = {row[1]: row for row in book["乡镇统计与排序"].iter_rows(min_row=5, values_only=True)}
    assert [name for name in ranking if name in ranked] == ["江口镇", "白马镇"]
    assert ranking["全区合计"][0] is ranking["全区合计"][2] is None
    assert ranking["全区合计"][5:14] == (3, 11, 9, 1, 1, 0, 1, 0, pytest.approx(2 / 3))
    assert ranking["白马镇"][0:3] == (2, "白马镇", 35.5)
    assert ranking["白马镇"][14:21] == (4, 2, 0, 0, 1.5, 2.5, 0)
    ratio = {row[0]: row for row in book["占用耕地比例"].iter_rows(min_row=4, values_only=True)}
    assert ratio["全区合计"][1:5] == (2, 6, 8, 0.25)
    assert ratio["全区合计"][7:10] == (1, pytest.approx(2 / 9), pytest.approx(3 / 9))
    assert ratio["江口镇"][3:5] == (0, "—")
    assert ratio["江口镇"][10] == "1个图斑未判定（耕地最多1.00亩）"
    remedy = list(book["违法图斑查处整改台账"].iter_rows(min_row=5, values_only=True))
    titles, row = remedy[0], remedy[1]
    told = dict(zip(titles, row, strict=True))
    assert (told["拆除"], told["已整改"], told["未整改"], told["校核"]) == (1.5, 1.5, 2.5, 0)


def test_a_split_patch_counts_once_as_issued_and_its_children_as_verified(tmp_path):
    children = [patch_row("P1_1", 1.0, parent_no="P1"), patch_row("P1_2", 2.0, parent_no="P1")]
    made = content(children)
    issued = content([patch_row("P1", 3.0)]).patches
    write_ledger(tmp_path / "a.xlsx", dataclasses.replace(made, issued=issued), Progress())
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)["乡镇统计与排序"]
    whole = [cell.value for cell in sheet[5]]
    assert whole[1:7] == ["全区合计", None, 1, 3, 2, 3]


@pytest.mark.parametrize("name", ["submission_full.yaml", "submission_short.yaml", "dispatch.yaml"])
def test_titles_of_the_templates_are_known_on_the_way_back(name):
    """Whatever a template calls a value that can come back, the way back reads under that name."""
    path = TEMPLATES / name
    template = load_template(path, DISPATCH_SHEETS) if path == DISPATCH_TEMPLATE else load_template(path)
    layout = FeedbackLayout.parse(plan_file("feedback_table.yaml").read_text(encoding="utf-8"))
    keys = {column.key for column in layout.columns}
    filled = 0
    for key, sheet in template.sheets.items():
        for column in sheet.columns if key not in ("ranking", "ratio") else ():
            if column.key in keys:
                assert layout.key_of(column.title) == column.key, (sheet.title, column.title)
                filled += column.is_open
    assert filled > 2


@pytest.mark.parametrize(
    ("plan", "year", "begins"),
    [
        ("武隆区2021年土地矿产卫片执法工作方案", 2021, "武隆区2021年土地矿产卫片执法"),
        ("武隆区2021年土地矿产卫片执法工作方案", 2026, "武隆区2026年土地矿产卫片执法"),
        ("武隆区卫片执法工作方案", 2026, "武隆区卫片执法"),
        ("关于卫片执法工作的通知", 2026, "武隆区2026年土地矿产卫片执法"),
    ],
)
def test_titles_give_district_and_year_of_the_casework(plan, year, begins):
    assert title_stem(plan, "武隆区", year) == begins


PLACES = ["填报人：", "审核人：", "单位负责人：", "填报日期：年月日"]


def signed(book):
    """Return the lines on which people sign, by sheet, without the room between them."""
    return {
        sheet.title: [line.replace("　", "") for line in cell.value.split("\n")]
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value).startswith("填报人：")
    }


def test_who_signs_stands_below_every_table(book):
    lines = signed(book)
    assert len(lines) > 30
    assert set(map(tuple, lines.values())) == {("".join(PLACES),)}


def test_dispatch_gives_a_unit_its_patches_with_all_its_duties(tmp_path):
    patches = [patch_row("P1", 2.0), patch_row("P2", 3.0)]
    duties = [
        duty_row("P1", "查处", "区林业局", "依据甲", area_mu=1.5, share=0.75),
        duty_row("P1", "复绿验收", "区林业局", "依据乙", area_mu=2.0, share=1.0),
        duty_row("P1", "属地责任", "白马镇", "依据丙"),
        duty_row("P2", "查处", "区水利局", "依据丁"),
        duty_row("P2", "督查", "区纪委监委机关"),
    ]
    made = content(patches, [class_row("P1", "0301", 2.0)], duties, stamp=STAMP, choices=CHOICES)
    template = load_template(DISPATCH_TEMPLATE, DISPATCH_SHEETS)
    tasks = tasks_by_unit(build_records(made), 2)
    assert {unit: [task["patch_no"] for task in own] for unit, own in tasks.items()} == {
        "区林业局": ["P1"],
        "白马镇": ["P1"],
        "区水利局": ["P2"],
    }
    path = tmp_path / "林业.xlsx"
    write_dispatch(path, "区林业局", tasks["区林业局"], made, template, Progress())
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:2] == ["图斑任务清单", "填报说明"]
    sheet = book["图斑任务清单"]
    # On a page of 83 characters three have room to sign on a line, and none is torn.
    assert signed(book)[sheet.title] == ["".join(PLACES[:3]), PLACES[3]]
    told = {title.value: cell.value for title, cell in zip(sheet[5], sheet[6], strict=True)}
    assert (told["本单位职责"], told["职责依据"]) == ("查处；复绿验收", "依据甲\n依据乙")
    assert (told["职责范围内面积（亩）"], told["现场核查描述"]) == (2, None)
    assert told["判定期限"].date().isoformat() == "2021-10-27"
    said = exported(book)
    assert (said.head.kind, said.head.unit, len(said.values)) == (DISPATCH, "区林业局", 1)


def test_gaps_stay_gaps_in_the_audit_sheet(tmp_path):
    made = content([patch_row("P1", 2.0)], [])
    write_ledger(tmp_path / "a.xlsx", made, Progress())
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)["套合面积审核表"]
    told = {title.value: cell.value for title, cell in zip(sheet[4], sheet[5], strict=True)}
    assert (told["平差通过"], told["耕地面积(亩)"], told["变更地类"]) == ("未评估", "未评估", "未评估")
