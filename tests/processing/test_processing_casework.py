"""weipian:determine, weipian:advance and weipian:caseworksettings as the toolbox runs them."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import openpyxl
import pytest
from processing_runs import rows, run

from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.propose_determinations import propose_determinations

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "workflow"))
from decision_samples import make_workspace, number

HEAD = ["图斑编号", "判定结果", "类别", "判定依据", "文号"]
A, B, C = (number(n) for n in range(1, 4))


@pytest.fixture
def desk(tmp_path):
    work = make_workspace(tmp_path / "工作库 2021(1).gpkg", {number(n): {} for n in range(1, 4)})
    return work.path


def table(path, *lines):
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    book.save(path)
    return path


def judged(desk):
    lines = [HEAD, [A, "合法", "当年审批", "核对", "渝府地〔2021〕1号"], [B, "违法", "未报即用", "现场", ""]]
    return table(desk.with_name("判定表.xlsx"), *lines, [C, "合法", "当年审批", "核对", ""])


def test_determine_then_advance(desk):
    report = desk.with_name("报告.html")
    first = run("determine", WORKSPACE=desk, INPUT=judged(desk), BY="甲", REPORT=report)
    assert first.ok
    assert (first.outputs["RECORDED"], first.outputs["REJECTED"]) == (2, 1)
    assert Path(first.outputs["REPORT"]) == report
    assert "必须有批准文件的文号" in report.read_text(encoding="utf-8")
    assert rows(desk, "SELECT patch_no, result, revision FROM determination ORDER BY fid") == [
        (A, "合法", 1),
        (B, "违法", 1),
    ]
    again = run("determine", WORKSPACE=desk, INPUT=judged(desk), BY="甲", REPORT=report)
    assert (again.outputs["RECORDED"], again.outputs["REJECTED"]) == (0, 1)
    own = run("advance", WORKSPACE=desk, BATCH="七月一批", STEP="复核", BY="甲", REPORT=report)
    assert (own.outputs["ADVANCED"], own.outputs["REJECTED"]) == (0, 2)
    assert "判定人是甲，复核须由另一人办理" in own.log
    other = run("advance", WORKSPACE=desk, BATCH="七月一批", STEP="复核", BY="乙", REPORT=report)
    assert (other.outputs["ADVANCED"], other.outputs["REJECTED"]) == (2, 0)
    assert rows(desk, "SELECT stage, COUNT(*) FROM patch GROUP BY stage ORDER BY 1") == [
        ("已复核", 2),
        ("待核查", 1),
    ]


def test_extend_and_take_it_back(desk):
    report = desk.with_name("报告.html")
    given = {"PATCH_NO": A, "DAYS": "5", "APPROVED_BY": "乙", "REASON": "洪水", "REPORT": report}
    done = run("extend", WORKSPACE=desk, APPROVED_ON="2021-07-10", **given)
    assert (done.outputs["RECORDED"], done.outputs["REJECTED"]) == (1, 0)
    back = given | {"OPERATION": "撤销", "REASON": "写错图斑", "WITHDRAWN_ON": "2021-07-12"}
    assert run("extend", WORKSPACE=desk, **back).outputs["RECORDED"] == 1
    assert rows(
        desk, "SELECT patch_no, approved_on, days, reason, withdrawn_on FROM extension_withdrawal"
    ) == [(A, "2021-07-10", 5, "写错图斑", "2021-07-12")]
    refused = run("extend", WORKSPACE=desk, APPROVED_ON="2021-07-10", **given)
    assert refused.outputs["REJECTED"] == 1
    assert "已于2021-07-12撤销" in refused.log


def test_settings(desk):
    found = run("caseworksettings", WORKSPACE=desk, CATEGORIES="categories_2026", REVIEW_BY_ANOTHER="否")
    assert found.ok
    assert found.outputs["CHANGED"] == 2
    assert found.outputs["DICTIONARY"].startswith("合法性判定类别字典（2026年一体化口径）")


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("determine", {"BY": " "}, "没有填写“判定人”"),
        ("advance", {"BY": "乙", "STEP": "办结", "BATCH": "1"}, "没有“办结”这一步"),
        ("caseworksettings", {"CATEGORIES": "没有.yaml"}, "找不到判定字典"),
    ],
)
def test_what_cannot_be_done_fails_and_changes_nothing(desk, name, given, said):
    before = desk.read_bytes()
    if name == "determine":
        given = given | {"INPUT": judged(desk)}
    found = run(name, WORKSPACE=desk, **given)
    assert not found.ok
    assert said in found.log
    assert desk.read_bytes() == before


def test_suggestions_on_the_sample_district(month):
    """The referee reads the term of each 临时用地 from the library's own column DQRQ."""
    work = Workspace.open(month.overlaid)
    found = {item.patch_no: item for item in propose_determinations(work)}
    assert len(found) == rows(month.overlaid, "SELECT COUNT(*) FROM patch")[0][0]
    until = dict(rows(month.library, "SELECT source_fid, DQRQ FROM temporary_land"))
    hits = rows(
        month.overlaid,
        "SELECT patch_no, source_fid, share FROM overlay_hit WHERE role = 'temporary_land' AND share > 0.99",
    )
    covered = dict(
        rows(
            month.overlaid,
            "SELECT patch_no, MAX(share) FROM overlay_area WHERE role IN"
            " ('approval', 'facility_farm') GROUP BY patch_no",
        )
    )
    seen = set()
    for patch_no, source_fid, _ in hits:
        if covered[patch_no] > 0.9:
            continue
        running = until[source_fid] >= "20210720"
        assert (found[patch_no].category == "临时用地") is running
        seen.add(running)
    assert seen == {True, False}
    approved = {n for n, item in found.items() if item.rule_id == "JY-1 批文"}
    full = "SELECT patch_no FROM overlay_area WHERE role = 'approval' AND share >= 0.95"
    assert approved == {row[0] for row in rows(month.overlaid, full)} - _mining(month)
    assert {"合法", "违法", "其他"} <= {item.result for item in found.values()}


def _mining(month):
    return {row[0] for row in rows(month.overlaid, "SELECT patch_no FROM patch WHERE kind = '矿产'")}


def test_the_report_of_suggestions_stores_nothing(month, tmp_path):
    before = month.overlaid.read_bytes()
    found = run("propose", WORKSPACE=month.overlaid, REPORT=tmp_path / "建议.html")
    assert found.ok, found.log
    counts = {name: found.outputs[name] for name in ("LEGAL", "ILLEGAL", "OTHER", "DOUBTFUL")}
    assert sum(counts.values()) == rows(month.overlaid, "SELECT COUNT(*) FROM patch")[0][0]
    unknown = (
        "SELECT DISTINCT patch_no FROM overlay_area WHERE status = '未评估'"
        " AND role IN ('approval', 'facility_farm', 'temporary_land')"
    )
    blind = {row[0] for row in rows(month.overlaid, unknown)}
    assert counts["DOUBTFUL"] == len(blind | _mining(month)), "none of the blind ones is covered otherwise"
    html = (tmp_path / "建议.html").read_text(encoding="utf-8")
    assert html.count("<td>建议") >= sum(counts.values())
    assert "不是判定" in html
    assert month.overlaid.read_bytes() == before


def test_the_report_of_suggestions_finds_a_place_of_its_own(month, tmp_path):
    desk = shutil.copy(month.overlaid, tmp_path / "工作库.gpkg")
    found = run("propose", WORKSPACE=desk)
    assert found.ok, found.log
    report = Path(found.outputs["REPORT"])
    assert report.parent == tmp_path / "处理报告"
    assert report.name.endswith("_判定建议.html") and "不是判定" in report.read_text(encoding="utf-8")


def test_the_ledger_shows_the_suggestion_in_a_column_of_its_own(month, tmp_path):
    done = run("exportcity", WORKSPACE=month.assigned, OUTPUT=tmp_path / "台账.xlsx")
    assert done.ok, done.log
    sheet = openpyxl.load_workbook(tmp_path / "台账.xlsx", data_only=True)["图斑台账"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in cells if "判定建议（不是判定）" in row)
    number_at, said_at = head.index("图斑编号"), head.index("判定建议（不是判定）")
    said = {row[number_at]: row[said_at] for row in cells if str(row[number_at]).startswith("500156")}
    expected = {
        item.patch_no: item.sentence for item in propose_determinations(Workspace.open(month.assigned))
    }
    assert said == expected
