"""The sheets for a meeting: every claim with its figures, every sentence, room for the outcome."""

from __future__ import annotations

import re

import openpyxl
import pytest
from decision_samples import make_workspace, number, overlay, row_of, write_table

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.workflow.assign_duties import assign_duties
from weipian_plugin.workflow.decide_duties import decide_duties
from weipian_plugin.workflow.duty_sheets import print_duty_sheets
from weipian_plugin.workflow.export_city import export_city
from weipian_plugin.workflow.row_outcomes import TableSource

RIVER, QUARREL = number(1), number(2)
TOWN = {"township": {"白马镇": 1.0}, "实际用途": "厂房"}
CASES = {
    RIVER: {"river": 0.412, **TOWN},
    QUARREL: {"redline": 0.6, "forest": 0.4, "urban": 0.002, **TOWN},
}


@pytest.fixture
def work(tmp_path):
    made = make_workspace(tmp_path / "工作库.gpkg", CASES)
    assign_duties(made.path, "甲", Progress())
    return made


def printed(work, tmp_path, patches=""):
    result = print_duty_sheets(work.path, patches, tmp_path / "材料.html", Progress())
    html = (tmp_path / "材料.html").read_text(encoding="utf-8")
    return result, re.findall(r"<h2[^>]*>图斑 (\S+)　(\S+)</h2>", html), html


def test_what_is_to_be_settled_is_printed_with_every_claim(work, tmp_path):
    before = work.path.read_bytes()
    result, sheets, html = printed(work, tmp_path)
    assert (result.patches, result.open_patches) == (1, 1)
    assert sheets == [(QUARREL, "待会商")]
    assert work.path.read_bytes() == before
    assert f"<td>{QUARREL}</td>" in html  # the list on the first page
    for cell in (
        "生态保护红线（2021）",
        "1.80",
        "60.0%",
        "林地（2021）",
        "1.20",
        "边角，不计",
        "0.2%",
        "会商结果",
    ):
        assert cell in html
    for duty, unit in (("查处", "区生态环境局"), ("协办", "区林业局"), ("属地责任", "白马镇")):
        assert row_of(work, QUARREL, duty, unit)["reason"] in html


def test_figures_are_those_of_the_sentences(tmp_path):
    third = {"river": 0.0001, "township": {"白马镇": 1 / 3, "江口镇": 1 / 3, "长坝镇": 1 / 3}}
    made = make_workspace(tmp_path / "工作库.gpkg", {RIVER: third})
    _, _, html = printed(made, tmp_path, RIVER)
    cells = re.findall(r'<td class="number">([^<]*)</td>', html.split("</table>")[1])
    assert cells == ["0.20平方米", "不足0.1%", "1.00", "33.3%", "1.00", "33.3%", "1.00", "33.3%"]


def test_named_patches_are_printed_whatever_their_state(work, tmp_path):
    _, sheets, html = printed(work, tmp_path, f"{RIVER}、{QUARREL}")
    assert sheets == [(RIVER, "唯一"), (QUARREL, "待会商")]
    assert "建设主体：未查明" in html
    with pytest.raises(WeipianError, match="没有图斑“甲”"):
        printed(work, tmp_path, "甲")


def test_a_decision_that_the_figures_contradict_is_printed_again(work, tmp_path):
    table = write_table(tmp_path / "决定.xlsx", ["图斑编号", "决定"], [RIVER, "确认"])
    decide_duties(work.path, TableSource(table, "张三", tmp_path / "r.html"), "乙", Progress())
    assert [sheet for sheet, _ in printed(work, tmp_path)[1]] == [QUARREL]
    overlay(work, {RIVER: CASES[RIVER] | {"urban": 0.9}})
    _, sheets, html = printed(work, tmp_path)
    assert sheets == [(RIVER, "唯一"), (QUARREL, "待会商")]
    assert "区水利局（已定）" in html
    assert "现按图层和方案应建议由区城市管理局查处" in html


def cells(sheet, title):
    """Return the cells of the column of this title by the patch number of their row, without empty ones."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if "图斑编号" in row)
    number_at, note_at = head.index("图斑编号"), head.index(title)
    return [(row[number_at], row[note_at]) for row in rows[rows.index(head) + 1 :] if row[note_at]]


def test_the_workbook_shows_where_figures_contradict_a_decision(work, tmp_path):
    table = write_table(tmp_path / "决定.xlsx", ["图斑编号", "决定"], [RIVER, "确认"])
    decide_duties(work.path, TableSource(table, "张三", tmp_path / "r.html"), "乙", Progress())
    overlay(work, {RIVER: CASES[RIVER] | {"urban": 0.9}})
    assign_duties(work.path, "甲", Progress())
    export_city(work.path, tmp_path / "台账.xlsx", "乙", Progress())
    book = openpyxl.load_workbook(tmp_path / "台账.xlsx")
    note = row_of(work, RIVER, "查处", "区水利局")["note"]
    assert note == (
        "作出决定后情况有变：现按图层和方案应建议由区城市管理局查处（待会商）；区城市管理局新有查处职责。请复核。"
    )
    title = "与决定不一致（须复核）"
    assert cells(book["图斑台账"], title) == [(RIVER, f"区水利局（查处）：{note}")]
    assert cells(book["部门分派清单"], title) == [(RIVER, note)]
    assert cells(book["区水利局"], title) == [(RIVER, note)]
