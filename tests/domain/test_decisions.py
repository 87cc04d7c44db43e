"""Decisions about one patch, step by step: what stands afterwards."""

from __future__ import annotations

from datetime import date

from plan_cases import evidence, wulong

from weipian_plugin.domain.decisions import Action, Casework, Decision, decide, stand
from weipian_plugin.domain.duties import DutyName
from weipian_plugin.domain.jurisdiction import PatchFacts, assign

FACTS = PatchFacts("甲", "土地", 2000.0, "企业", "厂房")


def case(shares):
    return Casework(FACTS, assign(FACTS, evidence(shares, FACTS.area_m2), wulong()))


def given(start, *steps):
    """Return the casework after steps (action, duty, unit, new unit)."""
    for action, duty, unit, new_unit in steps:
        day = date(2021, 10, 20)
        said = Decision("甲", DutyName(duty), Action(action), unit, new_unit, "会商", "", "张三", day)
        start = decide(start, said, wulong())
    return start


def test_handing_on_an_added_duty_leaves_the_settled_unit():
    after = given(
        case({"township": {"白马镇": 1.0}}),
        ("确认", "属地责任", "白马镇", ""),
        ("增加", "属地责任", "江口镇", ""),
        ("改派", "属地责任", "江口镇", "长坝镇"),
    )
    standing = stand(after, wulong())
    assert set(standing.units(DutyName.TERRITORY)) == {"白马镇", "长坝镇"}
    assert after.settled(DutyName.TERRITORY).unit == "白马镇"
    assert after.ruling(DutyName.TERRITORY, "长坝镇").action is Action.ADD


def test_a_unit_that_assisted_and_now_leads_assists_no_more():
    after = given(
        case({"river": 0.5}),
        ("增加", "协办", "区公安局", ""),
        ("改派", "查处", "区水利局", "区公安局"),
    )
    standing = stand(after, wulong())
    assert (standing.lead, standing.units(DutyName.ASSIST)) == ("区公安局", ("区水利局",))


def test_handing_on_the_settled_duty_moves_it():
    after = given(
        case({"township": {"白马镇": 0.6, "江口镇": 0.4}}),
        ("确认", "属地责任", "白马镇", ""),
        ("改派", "属地责任", "白马镇", "江口镇"),
    )
    standing = stand(after, wulong())
    assert standing.units(DutyName.TERRITORY) == ("江口镇",)
    assert after.settled(DutyName.TERRITORY).unit == "江口镇"
