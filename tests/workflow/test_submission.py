"""Submission workbook, self-check and dispatch from a workspace with casework; figures worked out by hand.

Every patch has 3 亩, half of it farmland (no 田坎).
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from decision_samples import make_workspace, number

from weipian_plugin.domain.errors import Cancelled, WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.rectification import Entry
from weipian_plugin.store import determinations, evidence_files, history, notes, patches, rectifications
from weipian_plugin.store.evidence_files import ATTACH, TAKE_AWAY, EvidenceFile
from weipian_plugin.store.notes import Note
from weipian_plugin.workflow.assign_duties import assign_duties
from weipian_plugin.workflow.casework_content import casework_of
from weipian_plugin.workflow.dispatch import dispatch
from weipian_plugin.workflow.export_city import Checking, export_city
from weipian_plugin.workflow.precheck import OWN_CATALOGUE, precheck
from weipian_plugin.workflow.statistics import statistics
from weipian_plugin.workflow.templates import find_template

P = [number(index) for index in range(9)]


def judged(index, result, category, document="", **evidence):
    return {
        "patch_no": P[index],
        "result": result,
        "category": category,
        "basis": f"依据{index}",
        "document_no": document,
        "decided_by": "甲",
        "decided_on": "2021-07-05",
        "evidence": evidence,
    }


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    cases = {
        P[index]: {
            "land_class": {"0103": 0.5, "0602": 0.5},
            "forest": 0.4 if index % 2 else 0.0,
            "township": {"白马镇": 1.0} if index % 3 else {"江口镇": 1.0},
            "approval": 0.9 if index == 1 else 0.0,
        }
        for index in range(1, 9)
    }
    cases[P[8]]["redline"] = None
    work = make_workspace(tmp_path_factory.mktemp("submission") / "工作库.gpkg", cases)
    assign_duties(work.path, "甲", Progress())
    towns = [(number, "", next(iter(case["township"]))) for number, case in cases.items()]
    with work.writing("甲", "乡镇") as change:
        patches.set_towns(change, pd.DataFrame(towns, columns=["patch_no", "town_code", "town_name"]))
    papers = {"批准机关名称": "市政府", "批准时间": "2021-03-01", "批准面积": 2.0}
    given = [
        judged(1, "合法", "当年审批", "渝府地〔2021〕1号", **papers),
        judged(2, "违法", "未报即用", 项目名称="示例仓库"),
        judged(3, "违法", "其他违法用地", 建设时间="2021"),
        judged(4, "其他", "设施农用地", "备〔2021〕3号"),
        judged(5, "其他", "推填土"),
        judged(6, "其他", "临时用地", "临〔2020〕2号", 到期时间="2020-12-31"),
    ]
    entries = [
        Entry("制止通知", None, None, "停〔2021〕7号", "2021-07-06", "区规划自然资源局"),
        Entry("拆除", 1.2, None, "", "2021-07-08", "白马镇"),
        Entry("罚款", None, 12345.0, "罚〔2021〕8号", "2021-07-09", "区规划自然资源局"),
    ]
    with work.writing("甲", "判定") as change:
        determinations.insert(change, given)
        for entry in entries:
            rectifications.insert(change, P[2], entry, "甲")
    return work


def rows_by(sheet, title):
    """Return the rows of a sheet as dictionaries by title, under the value of one title."""
    rows = list(sheet.iter_rows(values_only=True))
    head = next(place for place, row in enumerate(rows) if title in row)
    records = [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]]
    return {record[title]: record for record in records if record[title]}


@pytest.fixture(scope="module")
def exported(workspace, tmp_path_factory):
    path = tmp_path_factory.mktemp("exported") / "上报.xlsx"
    done = export_city(workspace.path, path, "甲", Progress())
    return done, openpyxl.load_workbook(path, data_only=True)


def test_casework_stands_on_its_sheets(exported):
    _, book = exported
    first = rows_by(book["核查判定汇总表"], "图斑编号")[P[1]]
    shown = [first[name] for name in ("判定结果", "类别", "判定依据", "文号", "判定人", "办理阶段")]
    assert shown == ["合法", "当年审批", "依据1", "渝府地〔2021〕1号", "甲", "待核查"]
    remedies = rows_by(book["违法图斑查处整改台账"], "图斑编号")
    assert set(remedies) == {P[2], P[3]}
    told = remedies[P[2]]
    assert (told["制止通知书编号"], told["罚款（元）"], told["拆除"]) == ("停〔2021〕7号", 12345, 1.2)
    assert (told["已整改"], told["未整改"], told["校核"], told["整改状态"]) == (1.2, 1.8, 0, "整改中")
    assert remedies[P[3]]["整改状态"] == "未整改"


def test_ratio_and_townships(exported, workspace):
    """Illegal farmland 2 × 1.5, legal 1.5, undecided 2 × 1.5 亩; the same as the statistics say."""
    _, book = exported
    ratio = rows_by(book["占用耕地比例"], "乡镇、街道、管委会")
    whole = ratio["全区合计"]
    assert whole["违法占用耕地面积比例"] == pytest.approx(3 / 4.5)
    assert whole["未判定图斑耕地（亩）"] == 3
    assert whole["未判定全为合法时的比例"] == pytest.approx(3 / 7.5)
    assert whole["未判定全为违法时的比例"] == pytest.approx(6 / 7.5)
    assert statistics(workspace, date.today()).ratio.ratio == pytest.approx(3 / 4.5)
    ranking = rows_by(book["乡镇统计与排序"], "乡镇、街道、管委会")
    assert [ranking["全区合计"][name] for name in ("合法", "违法", "其他", "未判定")] == [1, 2, 3, 2]
    assert [ranking[town]["违法占耕比例"] for town in ("白马镇", "江口镇")] == [0.5, 1.0]


def test_the_head_of_the_history_is_printed(exported, workspace):
    _, book = exported
    with workspace.reading() as connection:
        head = history.head(connection)
    sheet = book["核查判定汇总表"]
    assert any(head in str(cell.value) for cell in sheet[sheet.max_row])


def test_the_self_check_marks_what_is_missing(exported):
    done, book = exported
    assert (done.patches, done.blocking) == (8, 3)
    found = rows_by(book["上报自查"], "图斑编号")
    assert {no for no, row in found.items() if row["自查结果"] == "须补正"} == {P[6], P[7], P[8]}
    assert found[P[7]]["须补正"] == "判定：尚未判定"
    assert "批准到 2020-12-31 为止" in found[P[6]]["须补正"]
    assert "批准面积 2.00 亩，小于图斑面积 3.00 亩" in found[P[1]]["提醒核对"]
    assert "批准范围盖住 2.70 亩，还有 0.30 亩没有盖住" in found[P[1]]["提醒核对"]
    assert "设施农用地占耕地 1.50 亩" in found[P[4]]["提醒核对"]
    assert "材料真伪" in found[P[1]]["须由人确认"]


def test_figures_of_the_evidence_keep_their_digits(workspace, tmp_path):
    work = type(workspace).open(tmp_path_copy(workspace, tmp_path))
    with work.writing("甲", "判定") as change:
        determinations.insert(
            change, [judged(1, "合法", "当年审批", "渝府地〔2021〕1号", 批准面积=1234567.89)]
        )
    assert casework_of(work)[P[1]].evidence["批准面积"] == "1234567.89"


def tmp_path_copy(workspace, folder):
    path = folder / "工作库.gpkg"
    path.write_bytes(workspace.path.read_bytes())
    return path


def test_photos_on_record_count_and_are_told_apart(workspace, tmp_path):
    """A unit numbered photos of 1, 2 and 3, that of 3 again for 2; one file hangs on 1 and 3 alike."""
    path = tmp_path_copy(workspace, tmp_path)
    work = type(workspace).open(path)

    def file(index, act=ATTACH, name="东.JPG"):
        place = f"{P[index]}/{name}"
        return EvidenceFile(P[index], act, name, place, "ab" * 32, 9, "", "甲", "2021-07-06")

    with work.writing("甲", "举证") as change:
        evidence_files.insert(change, [file(1), file(3), file(5), file(5, TAKE_AWAY)])
        evidence_files.insert(change, [file(2, name=f"{P[4]}批文.pdf")])
        texts = {1: "IMG_1.jpg", 2: "IMG_2.jpg；IMG_3.jpg", 3: "IMG_3.jpg"}
        given = [Note(P[i], "photos", text, "白马镇", "a.xlsx", "2021-07-06") for i, text in texts.items()]
        notes.insert(change, given)
    found = precheck(path, tmp_path / "自查.html", "甲", Progress()).checked
    told = {index: {f.code: f.message for f in found.by_patch[P[index]]} for index in range(1, 9)}
    assert [index for index in told if "field-photos" in told[index]] == [4, 5, 6]
    assert {index: told[index]["photo-shared"] for index in told if "photo-shared" in told[index]} == {
        1: f"举证材料非属于本图斑：照片“东.JPG”也用在图斑{P[3]}",
        2: f"举证材料非属于本图斑：照片“IMG_3.jpg”也用在图斑{P[3]}",
        3: f"举证材料非属于本图斑：照片“IMG_3.jpg”也用在图斑{P[2]}",
    }
    assert P[4] in told[2]["foreign-number"]


def test_export_that_refuses_leaves_the_target(workspace, tmp_path):
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"before")
    with pytest.raises(WeipianError, match="自查发现 3 个图斑须补正") as caught:
        export_city(workspace.path, target, "甲", Progress(), checking=Checking.REFUSE)
    assert P[6] in str(caught.value)
    assert target.read_bytes() == b"before"


def test_export_without_check_has_no_sheet_of_it(workspace, tmp_path):
    done = export_city(workspace.path, tmp_path / "a.xlsx", "甲", Progress(), "市级简表", Checking.NONE)
    assert (done.blocking, done.template) == (0, "市级简表")
    names = openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames
    assert names == [
        "核查判定汇总表",
        "图斑台账",
        "违法图斑查处整改台账",
        "部门分派清单",
        "乡镇统计与排序",
        "占用耕地比例",
        "套合面积审核表",
        "汇总",
        "填报说明",
        "_字典",
        "_导出",
    ]


def test_templates_are_found_by_name_or_path(tmp_path):
    own = tmp_path / "本市.yaml"
    own.write_text(
        "name: 本市\nsheets: {ledger: {title: 台账, columns: ["
        + ", ".join(
            f"{{source: {source}, title: {source}}}"
            for source in ("patch_no", "area_mu", "duty_state", "lead_units", "territory_units")
        )
        + "]}}\n",
        encoding="utf-8",
    )
    assert [find_template(choice).name for choice in ("", "市级简表", str(own))] == [
        "完整版",
        "市级简表",
        "本市",
    ]
    with pytest.raises(WeipianError, match="没有叫“简表”的列模板，请写完整版、市级简表"):
        find_template("简表")


def test_an_own_template_needs_only_the_ledger(workspace, tmp_path):
    test_templates_are_found_by_name_or_path(tmp_path)
    export_city(workspace.path, tmp_path / "a.xlsx", "甲", Progress(), str(tmp_path / "本市.yaml"))
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["台账", "汇总", "填报说明", "_导出"]


def test_precheck_reports_and_changes_nothing(workspace, tmp_path):
    before = workspace.path.read_bytes()
    done = precheck(workspace.path, tmp_path / "自查.html", "甲", Progress())
    assert (done.patches, done.blocking, done.confirm) == (8, 3, 6)
    page = (tmp_path / "自查.html").read_text(encoding="utf-8")
    assert "共 8 个图斑：须补正 3 个" in page
    assert P[7] in page
    assert "程序无法判断" in page
    assert workspace.path.read_bytes() == before


def test_the_office_can_turn_checks_off(workspace, tmp_path):
    own = workspace.path.parent / OWN_CATALOGUE
    own.write_text("checks: {undetermined: {reason: 判定, level: 不查}}\n", encoding="utf-8")
    try:
        assert precheck(workspace.path, tmp_path / "a.html", "甲", Progress()).blocking == 0
    finally:
        own.unlink()


def test_dispatch_writes_a_workbook_a_unit(workspace, tmp_path):
    done = dispatch(workspace.path, tmp_path / "下发", "", "甲", Progress())
    names = {path.name.split("_")[0] for path in done.files}
    assert names == {"区规划自然资源局", "区农业农村委", "区林业局", "白马镇", "江口镇"}
    town = next(path for path in done.files if path.name.startswith("江口镇"))
    rows = rows_by(openpyxl.load_workbook(town)["图斑任务清单"], "图斑编号")
    assert set(rows) == {P[3], P[6]}
    assert (rows[P[3]]["本单位职责"], rows[P[3]]["判定结果"]) == ("属地责任", "违法")
    assert rows[P[3]]["整改措施"] is None


def test_dispatch_to_named_units(workspace, tmp_path):
    done = dispatch(workspace.path, tmp_path, "白马镇、 区林业局", "甲", Progress())
    assert [path.name.split("_")[0] for path in done.files] == ["白马镇", "区林业局"]
    with pytest.raises(WeipianError, match="没有分派给“区水利局”的图斑，可选的单位：区规划自然资源局、"):
        dispatch(workspace.path, tmp_path, "区水利局", "甲", Progress())


def test_dispatch_tries_every_target_before_the_first(workspace, tmp_path):
    first = dispatch(workspace.path, tmp_path, "", "甲", Progress()).files
    blocked = first[-1]
    blocked.unlink()
    blocked.mkdir()
    for path in first[:-1]:
        path.write_bytes(b"before")
    with pytest.raises(WeipianError, match="是一个文件夹"):
        dispatch(workspace.path, tmp_path, "", "甲", Progress())
    assert all(path.read_bytes() == b"before" for path in first[:-1])


class Cancelling(Progress):
    """Cancels once progress passes a mark."""

    def __init__(self, mark: float) -> None:
        self.mark, self.seen = mark, 0.0

    def is_cancelled(self) -> bool:
        return self.seen >= self.mark

    def _show(self, fraction: float, text: str) -> None:
        assert fraction >= self.seen - 1e-9
        self.seen = fraction


@pytest.mark.parametrize("mark", [0.05, 0.2, 0.5, 0.9])
def test_cancel_leaves_the_target_and_no_trace(workspace, tmp_path, mark):
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"before")
    with pytest.raises(Cancelled):
        export_city(workspace.path, target, "甲", Cancelling(mark))
    assert target.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["a.xlsx"]


def test_nothing_is_written_beside_a_good_target(workspace, tmp_path):
    export_city(workspace.path, tmp_path / "a.xlsx", "甲", Progress())
    assert [path.name for path in Path(tmp_path).iterdir()] == ["a.xlsx"]
