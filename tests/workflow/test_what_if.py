"""Trying another plan or other layers: who would change, how the totals move, and nothing written."""

from __future__ import annotations

import hashlib

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from decision_samples import (
    actions,
    held,
    make_workspace,
    number,
    overlay,
    row_of,
    state,
    write_table,
)

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.geodesy import official_area
from weipian_plugin.domain.layers import LayerEdition
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.domain.what_if import Total
from weipian_plugin.paths import plan_file
from weipian_plugin.store import patches
from weipian_plugin.store.library import Library
from weipian_plugin.workflow.adopt_plan import adopt_plan
from weipian_plugin.workflow.assign_duties import assign_duties
from weipian_plugin.workflow.decide_duties import decide_duties
from weipian_plugin.workflow.row_outcomes import TableSource
from weipian_plugin.workflow.set_facts import set_facts
from weipian_plugin.workflow.what_if import Scenario, what_if
from weipian_plugin.workflow.what_if_report import verdict, write_what_if

AREA = 300
"""Printed hundredths of 亩 of each patch."""
FACTS = {"建设主体": "企业", "实际用途": "厂房"}
RIVER, QUARREL, HOUSE = (number(index) for index in range(1, 4))
CASES = {
    RIVER: {"river": 0.412, "township": {"白马镇": 1.0}, **FACTS},
    QUARREL: {
        "redline": 0.6,
        "forest": 0.4,
        "township": {"白马镇": 0.7},
        "committee": {"区白管委": 0.3},
        **FACTS,
    },
    HOUSE: {"urban": 1.0, "township": {"凤山街道": 1.0}, "建设主体": "村民", "实际用途": "住宅"},
}


@pytest.fixture
def work(tmp_path):
    made = make_workspace(tmp_path / "工作库.gpkg", CASES)
    assign_duties(made.path, "甲", Progress())
    return made


@pytest.fixture
def edited(tmp_path):
    def write(*changes, name="改过.yaml"):
        text = plan_file("wulong_2021.yaml").read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


PRIORITY = (
    "priority:\n  origin: 非文件规定\n  units: []\n  reference:",
    "priority:\n  origin: 非文件规定\n  units: [区林业局]\n  reference: 会议纪要3号",
)
BEFORE = ("    standing: 并列", "    standing: 优先\n    reference: 会议纪要4号")
COMMITTEES = ("  order: 按占比", "  order: 管委会优先\n  reference: 会议纪要5号")


def digest(work):
    return hashlib.sha256(work.path.read_bytes()).hexdigest()


def test_the_same_plan_changes_nothing(work):
    before = digest(work)
    result = what_if(work.path, Scenario(plan_file("wulong_2021.yaml")), Progress())
    assert result.comparison.changes == ()
    assert verdict(result) == "3个图斑的分派都不变。人作过的决定都不与新结果抵触。"
    assert digest(work) == before


def test_another_plan_moves_units_states_and_totals(work, edited, tmp_path):
    before = digest(work)
    result = what_if(work.path, Scenario(edited(PRIORITY, BEFORE, COMMITTEES)), Progress())
    found = result.comparison
    assert [change.patch_no for change in found.changes] == [QUARREL, HOUSE]
    quarrel, house = found.changes
    assert (quarrel.before.lead, quarrel.after.lead, quarrel.state_changes) == (
        "区生态环境局",
        "区林业局",
        False,
    )
    assert [duty.value for duty in quarrel.other_duties] == ["协办", "属地责任"]
    assert (house.before.state, house.after.state) == ("待会商", "唯一")
    assert not house.unit_changes
    assert (found.unit_changes, found.state_changes) == (1, 1)
    assert found.by_state == {
        "唯一": Total(1, 2, AREA, 2 * AREA),
        "待会商": Total(2, 1, 2 * AREA, AREA),
        "兜底": Total(),
        "未评估": Total(),
    }
    assert found.by_town == {
        "白马镇": Total(2, 1, 2 * AREA, AREA),
        "凤山街道": Total(1, 1, AREA, AREA),
        "区白管委": Total(0, 1, 0, AREA),
    }
    assert digest(work) == before
    write_what_if(tmp_path / "试算.html", result)
    html = (tmp_path / "试算.html").read_text(encoding="utf-8")
    assert "3个图斑中有2个会变：1个换查处单位，1个换状态。" in html
    assert (
        '<td>白马镇</td><td class="number">2</td><td class="number">1</td><td class="number">-1</td>' in html
    )


def test_decisions_stand_and_are_told_where_they_would_be_contradicted(work, edited, tmp_path):
    table = write_table(
        tmp_path / "决定.xlsx",
        ["图斑编号", "决定", "单位", "理由"],
        [QUARREL, "确认", "区生态环境局", "会商"],
    )
    decide_duties(work.path, TableSource(table, "张三", tmp_path / "r.html"), "乙", Progress())
    result = what_if(work.path, Scenario(edited(PRIORITY)), Progress())
    assert result.comparison.changes == ()
    assert list(result.contradictions) == [QUARREL]


def test_layers_of_another_library_replace_the_stored_figures(work, tmp_path):
    frame = patches.read(work)
    river = frame.loc[frame["patch_no"] == HOUSE].geometry.to_numpy()
    features = pd.DataFrame(
        {
            "source_fid": [1],
            "label": ["示例河"],
            "class_code": [""],
            "geom_area_m2": official_area(river),
            "parcel_area_m2": np.nan,
            "net_parcel_area_m2": np.nan,
            "deducted_class": "",
        }
    )
    library = Library.create(tmp_path / "新河道.gpkg")
    edition = LayerEdition(Role.RIVER, "2022", "河.shp", "ab" * 32, 1)
    library.replace_layer(
        edition, gpd.GeoDataFrame(features, geometry=river, crs=4490).rename_geometry("geom")
    )
    both = Scenario(library=library.path, removed=frozenset({Role.RIVER}))
    with pytest.raises(WeipianError, match="河道管理范围既在替换的底图库里，又写在要去掉的图层里"):
        what_if(work.path, both, Progress())
    before = digest(work)
    result = what_if(work.path, Scenario(library=library.path), Progress())
    assert digest(work) == before
    assert result.editions == {Role.RIVER: ("2021", "2022")}
    changed = {change.patch_no: change.after for change in result.comparison.changes}
    assert set(changed) == {RIVER, HOUSE}
    assert (changed[RIVER].lead, changed[RIVER].state) == ("区规划自然资源局", "兜底")
    assert "区水利局" in changed[HOUSE].units("协办")


def test_a_layer_taken_away_is_not_evaluated_and_never_a_no(work, tmp_path):
    before = digest(work)
    result = what_if(work.path, Scenario(removed=frozenset({Role.RIVER, Role.APPROVAL})), Progress())
    assert digest(work) == before
    assert result.editions == {Role.RIVER: ("2021", ""), Role.APPROVAL: ("2021", "")}
    found = result.comparison
    assert {name: total.patches_after for name, total in found.by_state.items()} == {
        "唯一": 0,
        "待会商": 0,
        "兜底": 0,
        "未评估": 3,
    }
    river = next(change.after for change in found.changes if change.patch_no == RIVER)
    assert "河道管理范围未评估，若有重叠，区水利局（四（八））也有查处职责" in river.lead_reason
    write_what_if(tmp_path / "试算.html", result)
    html = (tmp_path / "试算.html").read_text(encoding="utf-8")
    assert "<td>河道管理范围</td><td>2021</td><td>没有（试算去掉，按未评估处理）</td>" in html


def test_a_decision_is_not_contradicted_by_a_layer_that_is_gone(work, tmp_path):
    table = write_table(tmp_path / "决定.xlsx", ["图斑编号", "决定"], [RIVER, "确认"])
    decide_duties(work.path, TableSource(table, "张三", tmp_path / "r.html"), "乙", Progress())
    result = what_if(work.path, Scenario(removed=frozenset({Role.RIVER})), Progress())
    [note] = result.contradictions[RIVER].values()
    assert "区水利局职责所依据的图层现未评估，无法核对" in note
    assert "没有查处职责的依据" not in note


def test_taking_away_is_what_a_run_without_the_layer_gives(work):
    """The figures that a real overlay without the layer leaves: every row of the role 未评估."""
    tried = what_if(work.path, Scenario(removed=frozenset({Role.REDLINE, Role.TOWNSHIP})), Progress())
    after = {change.patch_no: change.after for change in tried.comparison.changes}
    overlay(work, {patch_no: {**case, "redline": None, "township": None} for patch_no, case in CASES.items()})
    assign_duties(work.path, "甲", Progress())
    assert after.keys() == CASES.keys()
    for patch_no in CASES:
        expected = sorted((duty.value, unit) for duty, unit in after[patch_no].keys)
        assert [(duty, unit) for duty, unit, _ in held(work, patch_no)] == expected
        assert state(work, patch_no) == after[patch_no].state


def test_nothing_to_try_and_nothing_to_try_it_on_are_refused(work, tmp_path):
    with pytest.raises(WeipianError, match="没有写明要试算什么"):
        what_if(work.path, Scenario(), Progress())
    empty = make_workspace(tmp_path / "空.gpkg", {number(1): {}})
    with empty.writing("甲", "清空") as change:
        change.connection.execute("DELETE FROM overlay_area")
        change.connection.execute("DELETE FROM patch")
    with pytest.raises(WeipianError, match="没有图斑"):
        what_if(empty.path, Scenario(plan_file("wulong_2021.yaml")), Progress())
    with pytest.raises(WeipianError, match="没有图层"):
        what_if(work.path, Scenario(library=Library.create(tmp_path / "空库.gpkg").path), Progress())


def test_adopting_a_plan_is_a_logged_step_that_leaves_the_duties(work, edited):
    path = edited(PRIORITY, ("version: wulong-2021/1", "version: wulong-2021/2"), OWN_EXAMPLE_ONLY)
    duties_before = held(work, QUARREL)
    outcome = adopt_plan(work.path, path, "乙")
    assert outcome.changed
    assert outcome.version.startswith("wulong-2021/2+")
    assert held(work, QUARREL) == duties_before
    assert actions(work)[-1] == ("采用方案文件", "plan_file", "2")
    assign_duties(work.path, "甲", Progress())
    assert ("查处", "区林业局", "建议") in held(work, QUARREL)
    assert state(work, QUARREL) == "待会商"
    before = digest(work)
    assert not adopt_plan(work.path, path, "乙").changed
    assert digest(work) == before


OWN_EXAMPLE_ONLY = (
    "查处: 区生态环境局, 协办: [区林业局, 区仙管委]",
    "查处: 区林业局, 协办: [区生态环境局, 区仙管委]",
)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([PRIORITY], "示例演算不符"),
        ([('  code: "500156"\n', '  code: "500157"\n'), ('["500232"]', "[]")], "另一个区县"),
        ([("kind: default", "kind: 兜底")], "不认识"),
    ],
)
def test_a_plan_that_cannot_be_adopted_changes_nothing(work, edited, changes, said):
    before = digest(work)
    with pytest.raises(WeipianError, match=said):
        adopt_plan(work.path, edited(*changes), "乙")
    assert digest(work) == before


def test_words_that_the_new_plan_does_not_use_are_told(work, edited, tmp_path):
    header = ["图斑编号", "建设主体", "图斑种类", "处理结果"]
    table = write_table(tmp_path / "事实.xlsx", header, [HOUSE, "村集体", "土地", "断供"])
    set_facts(work.path, TableSource(table, "张三", tmp_path / "r.html"), "乙", Progress())
    path = edited(
        ("subjects: [农村村民, 城镇居民, 村集体,", "subjects: [农村村民, 城镇居民,"),
        ("      村集体: [村集体, 村集体经济组织, 农村集体经济组织, 村民委员会, 村委会]\n", ""),
    )
    outcome = adopt_plan(work.path, path, "乙")
    said = [finding for finding in outcome.findings if finding.code == "fact-not-in-plan"]
    assert [(finding.subjects, "“村集体”" in finding.message) for finding in said] == [((HOUSE,), True)]
    assign_duties(work.path, "甲", Progress())
    assert "建设主体未查明" in row_of(work, HOUSE, "查处", "区城市管理局")["reason"]
