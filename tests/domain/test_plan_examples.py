"""The examples that ship with the plans, and what a failing one says."""

from __future__ import annotations

import pytest
from plan_cases import decide, edited, plan_text, rows, wulong

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.plan import parse_plan, plan_findings
from weipian_plugin.domain.plan_examples import check_examples, require_examples

BY_SUBJECT = "example_by_subject.yaml"


@pytest.mark.parametrize("name", ["wulong_2021.yaml", BY_SUBJECT])
def test_the_shipped_examples_hold(name):
    plan = parse_plan(plan_text(name), name)
    results = check_examples(plan)
    assert [result.name for result in results] == [case.name for case in plan.examples]
    assert {result.name: result.differences for result in results if not result.passed} == {}
    assert plan_findings(plan) == []


def test_a_changed_rule_fails_the_example_that_it_touches():
    old = "    unit: 区水利局\n    layer: river\n"
    plan = edited((old, old.replace("区水利局", "区交通局")))
    failed = [result for result in check_examples(plan) if not result.passed]
    assert [result.name for result in failed] == ["只在河道内"]
    assert failed[0].differences == ("查处应为区水利局，实为区交通局",)


def test_a_missing_duty_and_a_wrong_state_are_told():
    old = "      state: 唯一\n      duties: {查处: 区水利局, 属地责任: 白马镇}"
    plan = edited((old, "      state: 待会商\n      duties: {查处: 区水利局, 协办: 区林业局}"))
    result = check_examples(plan)[0]
    assert result.differences == (
        "状态应为待会商，实为唯一",
        "协办应为区林业局，实为无",
        "属地责任应为无，实为白马镇",
    )


def test_a_plan_that_fails_its_examples_cannot_be_adopted():
    require_examples(wulong())
    old = "    unit: 区水利局\n    layer: river\n"
    with pytest.raises(WeipianError, match="第\\d+行：只在河道内：查处应为区水利局，实为区交通局"):
        require_examples(edited((old, old.replace("区水利局", "区交通局"))))


def test_a_plan_by_subject_needs_no_layers():
    plan = parse_plan(plan_text(BY_SUBJECT), BY_SUBJECT)
    layers = ("redline", "river", "forest", "nature_reserve", "urban", "traffic")
    house = decide({}, plan=plan, missing=layers, subject="农村村民", use="住宅")
    assert (house.state, rows(house)) == ("唯一", {("查处", "县农业农村局")})
    mine = decide({"forest": 1.0}, plan=plan, kind="矿产")
    assert (mine.state, rows(mine)) == ("唯一", {("查处", "县自然资源局")})
    other = decide({"forest": 1.0}, plan=plan, subject="", use="")
    assert (other.state, rows(other)) == ("兜底", {("查处", "县自然资源局")})
    assert "若建设主体为农村村民、用途为住宅，依据第三条县农业农村局也有查处职责" in other.lead.reason
