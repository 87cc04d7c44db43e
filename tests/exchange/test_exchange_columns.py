"""Column templates: the shipped one is sound, and faults are told with their line."""

from __future__ import annotations

import re

import openpyxl
import pytest
from exchange_samples import class_row, content, patch_row

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.columns import DEFAULT_TEMPLATE, load_template, parse_template
from weipian_plugin.exchange.ledger import write_ledger
from weipian_plugin.exchange.sources import CONTROL_ROLES, UNIT_SOURCES, Kind

TEXT = DEFAULT_TEMPLATE.read_text(encoding="utf-8")


def fault(text):
    with pytest.raises(WeipianError) as caught:
        parse_template(text, "城市表.yaml")
    return str(caught.value)


def line_of(part):
    return next(number for number, line in enumerate(TEXT.splitlines(), 1) if part in line)


def test_shipped_template_has_every_column_of_the_ledger():
    template = load_template()
    sources = [column.source for column in template.sheets["ledger"].columns]
    assert sources[:3] == ["row_no", "patch_no", "parent_no"]
    assert {
        "farmland_net_mu",
        "farmland_gross_mu",
        "ridge_mu",
        "uncovered_mu",
        "duty_basis",
        "due_on",
    } <= set(sources)
    assert template.area_decimals == 2
    assert template.notes[0].title == "性质"


def test_comment_of_the_template_names_every_source():
    comment = "\n".join(line for line in TEXT.splitlines() if line.startswith("#"))
    named = set(re.findall(r"[a-z][a-z_]+", comment))
    suffixed = {f"{role.value}_{end}" for role in CONTROL_ROLES for end in ("mu", "share", "labels")}
    assert {role.value for role in CONTROL_ROLES} <= named
    assert set(UNIT_SOURCES) <= named | suffixed


def test_unknown_source_is_told_with_line_and_guess():
    text = TEXT.replace("source: redline_mu", "source: redlin_mu", 1)
    assert fault(text) == (
        "列模板“城市表.yaml”有 1 处问题，请改正后再试。"
        f"第 {line_of('source: redline_mu')} 行：没有名为“redlin_mu”的取值，是不是“redline_mu”。"
    )


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("title: 序号, width: 5}", "title: 序号, width: 很宽}", "“width”应是 1 到 200 之间的数"),
        ("title: 序号, width: 5}", "title: 序号, hidden: 是}", "“hidden”应写 true 或 false"),
        ("title: 序号, width: 5}", "titel: 序号, width: 5}", "没有“titel”这一项，是不是“title”"),
        ("title: 总面积, width: 8.5", "title: 总面积, decimals: 4", "小数位数（decimals）必须全部相同"),
        ("title: 总面积, width: 8.5", "title: 总面积, decimals: 2.5", "“decimals”应是 0 到 6 之间的数"),
        ("title: 原图斑编号", "title: 图斑编号", "列名“图斑编号”出现了两次"),
        ("source: parent_no", "source: patch_no", "取值“patch_no”出现了两次"),
        ("source: uncovered_mu, title: 未覆盖", "source: kind, title: 未覆盖", "缺少必需的列“uncovered_mu”"),
        ("  ledger:", "  ledgr:", "缺少工作表“ledger”"),
        ("  audit:", "  adit:", "没有“adit”这一项，是不是“audit”"),
        ("choices: result", "choices: resultt", "“choices”应是一列词"),
        ("kind: date, ", "kind: dat, ", "“kind”应是"),
        ("title: 乡镇街道, width: 10}", "title: 乡镇街道, kind: text}", "“kind”只用于要填写的列"),
        ("name: 完整版", "name:", "“name”没有填写"),
        ("sheets:\n", "sheets: [\n", "第 46 行写法有误"),
    ],
)
def test_faults_are_told_in_chinese(old, new, words):
    assert old in TEXT
    assert words in fault(TEXT.replace(old, new, 1))


@pytest.mark.parametrize("text", ["", "[]", "台账", "\x00", "name: a\nsheets: 3", "a: &a [*a]", "? [1]\n: 2"])
def test_texts_that_are_no_template(text):
    assert fault(text).startswith("列模板“城市表.yaml”")


def test_missing_and_unreadable_files(tmp_path):
    with pytest.raises(WeipianError, match="找不到列模板"):
        load_template(tmp_path / "没有.yaml")
    (tmp_path / "gbk.yaml").write_bytes("name: 台账".encode("gbk"))
    with pytest.raises(WeipianError, match="UTF-8"):
        load_template(tmp_path / "gbk.yaml")


def test_edited_template_changes_the_sheet(tmp_path):
    """Order, title, width, hidden, decimals and issued fields are data."""
    before, ledger = TEXT.replace("decimals: 2\n", "decimals: 3\n").split("  ledger:\n")
    ledger = ledger.replace(
        "- {source: row_no, title: 序号, width: 5}",
        "- {source: issued.TZ, title: 图斑特征, width: 31, hidden: true}",
        1,
    )
    text = f"{before}  ledger:\n{ledger}"
    template = parse_template(text, "a.yaml")
    made = content([patch_row("P1", 1.0)], [class_row("P1", c, 1 / 3) for c in ("0101", "0602", "1101")])
    write_ledger(tmp_path / "a.xlsx", made, Progress(), template)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["图斑台账"]
    assert (sheet["A5"].value, sheet["A6"].value) == ("图斑特征", "新增建筑")
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["A"].hidden) == (31, True)
    titles = [cell.value for cell in sheet[5]]
    farmland = sheet.cell(6, titles.index("耕地（扣田坎）") + 1)
    assert (farmland.value, farmland.number_format) == (0.334, "0.000")


def test_kinds_of_issued_fields_are_text():
    template = load_template()
    kinds = {column.source: column.kind for column in template.sheets["ledger"].columns}
    assert kinds["patch_no"] is Kind.CODE
    assert kinds["area_check"] is Kind.CHECK
