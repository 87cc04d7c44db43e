"""Every combination of ranges, missing layers and facts, against the plan's part four told once more.

The duties are read from the text of 武隆府办〔2021〕37号 and written down here in a few plain lines that
share nothing with the plan file or the engine.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from plan_cases import decide, evidence, rows, wulong

from weipian_plugin.domain.jurisdiction import PatchFacts, assign
from weipian_plugin.domain.roles import Role

IN_CHARGE = "区规划自然资源局"
BY_CLAUSE = ["区农业农村委", "区城市管理局", "区交通局", "区生态环境局", "区水利局", "区林业局"]
"""Who has 查处 under 四（四） to 四（九）, in the order of the clauses."""
RANGES = {  # layer: who deals with it, and the share used here; never in the order of the clauses
    "urban": ("区城市管理局", 0.31),
    "traffic": ("区交通局", 0.84),
    "redline": ("区生态环境局", 0.42),
    "river": ("区水利局", 0.73),
    "nature_reserve": ("区林业局", 0.78),
    "forest": ("区林业局", 0.55),
}
FACTS = {
    "企业建厂房": {"subject": "企业", "use": "厂房"},
    "农村村民建住宅": {"subject": "农村村民", "use": "住宅"},
    "企业采矿": {"kind": "矿产", "subject": "企业", "use": "采矿"},
    "什么都没查明": {"kind": "", "subject": "", "use": ""},
}
MISSING, OUTSIDE, INSIDE = "缺", "外", "内"


def told(where, what):
    """Return state and duties of a patch by the words of the document."""
    weights = {}
    for layer, (unit, share) in RANGES.items():
        if where[layer] == INSIDE:
            weights[unit] = max(weights.get(unit, 0.0), share)
    if what == "农村村民建住宅":
        weights["区农业农村委"] = 1.0  # 四（四）: the whole patch, wherever it lies
    claimants = sorted(weights, key=lambda unit: (-weights[unit], BY_CLAUSE.index(unit)))
    lead, *others = claimants or [IN_CHARGE]
    duties = {("查处", lead), ("属地责任", "白马镇"), *(("协办", unit) for unit in others)}
    if where["forest"] == INSIDE:
        duties.add(("复绿验收", "区林业局"))
    if MISSING in where.values():
        return "未评估", duties
    return ["兜底", "唯一", "待会商"][min(len(claimants), 2)], duties


@pytest.mark.parametrize("what", FACTS)
def test_all_combinations_of_ranges(what):
    for places in product((OUTSIDE, INSIDE, MISSING), repeat=len(RANGES)):
        where = dict(zip(RANGES, places, strict=True))
        shares = {layer: RANGES[layer][1] for layer, place in where.items() if place == INSIDE}
        missing = tuple(layer for layer, place in where.items() if place == MISSING)
        matrix = decide({**shares, "township": {"白马镇": 1.0}}, missing=missing, **FACTS[what])
        assert (matrix.state, rows(matrix)) == told(where, what), where
        assert matrix.not_evaluated == tuple(sorted(missing, key=ORDER.index))


ORDER = ["urban", "traffic", "redline", "river", "forest", "nature_reserve"]
"""四（九） has two layers: 林地 before 自然保护地 by their Chinese names."""


@pytest.mark.parametrize("layer", RANGES)
@pytest.mark.parametrize(
    ("area_m2", "overlap_m2", "counted"),
    [
        (5000.0, 9.99, False),
        (5000.0, 10.0, True),
        (600.0, 5.99, False),
        (600.0, 6.0, True),
        (50.0, 0.4, False),
    ],
)
def test_the_threshold_of_every_range_on_both_sides(layer, area_m2, overlap_m2, counted):
    matrix = decide({layer: overlap_m2 / area_m2}, area_m2=area_m2)
    unit = RANGES[layer][0]
    assert matrix.units("查处") == (unit if counted else IN_CHARGE,)
    assert matrix.state == ("唯一" if counted else "兜底")
    assert (("复绿验收", "区林业局") in rows(matrix)) == (counted and layer == "forest")
    assert [(claim.unit, claim.counted) for claim in matrix.claims] == [(unit, counted)]


@pytest.mark.parametrize(("land", "duty"), [("0103", "复耕验收"), ("0305", "复绿验收")])
@pytest.mark.parametrize(("overlap_m2", "counted"), [(9.99, False), (10.0, True)])
def test_the_threshold_of_what_was_taken(land, duty, overlap_m2, counted):
    share = overlap_m2 / 5000.0
    matrix = decide({"land_class": {land: share, "0601": 1 - share}}, area_m2=5000.0)
    assert bool(matrix.units(duty)) is counted


@pytest.mark.parametrize(
    ("overlap_m2", "assistants"), [(9.99, ()), (10.0, ("江口镇",)), (2000.0, ("江口镇",))]
)
def test_the_threshold_at_a_border(overlap_m2, assistants):
    share = overlap_m2 / 5000.0
    matrix = decide({"township": {"白马镇": 1 - share, "江口镇": share}}, area_m2=5000.0)
    assert (matrix.units("属地责任"), matrix.units("协办")) == (("白马镇",), assistants)
    assert len([claim for claim in matrix.claims if claim.unit == "江口镇"]) == 1


@pytest.mark.parametrize(
    ("townships", "committees", "responsible", "assisting"),
    [
        ({"白马镇": 1.0}, {}, "白马镇", ()),
        ({"白马镇": 1.0}, {"区白管委": 1.0}, "白马镇", ("区白管委",)),
        ({"白马镇": 1.0}, {"区白管委": 0.99}, "白马镇", ("区白管委",)),
        ({"白马镇": 0.99, "长坝镇": 0.01}, {"区白管委": 1.0}, "区白管委", ("白马镇", "长坝镇")),
        ({"白马镇": 0.6, "长坝镇": 0.4}, {"区白管委": 0.5}, "白马镇", ("区白管委", "长坝镇")),
        (
            {"凤山街道": 0.3, "芙蓉街道": 0.7},
            {"区工业园区管委会": 0.2},
            "芙蓉街道",
            ("凤山街道", "区工业园区管委会"),
        ),
        ({"仙女山街道": 1.0}, {"区仙管委": 0.4, "区白管委": 0.6}, "仙女山街道", ("区白管委", "区仙管委")),
        ({"仙女山街道": 1.0}, {"区仙管委": 0.0005}, "仙女山街道", ()),
        ({}, {"区仙管委": 0.8}, "区仙管委", ()),
    ],
)
def test_townships_and_committees(townships, committees, responsible, assisting):
    matrix = decide({"township": townships, "committee": committees})
    assert (matrix.units("属地责任"), matrix.units("协办")) == ((responsible,), assisting)
    shares = {c.unit: c.share for c in matrix.claims}
    assert shares == {**townships, **committees}  # every one is listed with its share


def test_every_township_and_committee_of_the_plan_can_be_responsible():
    text = (
        "凤山街道 芙蓉街道 仙女山街道 羊角街道 白马镇 江口镇 火炉镇 鸭江镇 长坝镇 平桥镇 桐梓镇 和顺镇 双河镇"
        " 凤来镇 庙垭乡 石桥苗族土家族乡 黄莺乡 沧沟乡 文复苗族土家族乡 土地乡 白云乡 后坪苗族土家族乡"
        " 浩口苗族仡佬族乡 接龙乡 赵家乡 大洞河乡"
    )
    for name in text.split():
        matrix = decide({"township": {name: 1.0}})
        assert matrix.units("属地责任") == (name,)
        assert not any("不在方案文件中" in note for note in matrix.notes)
    for name, written in [
        ("区工业园区管委会", "武隆工业园区管委会"),
        ("区仙管委", "仙女山旅游度假区管委会"),
        ("区白管委", "白管委"),
    ]:
        matrix = decide({"committee": {written: 1.0}})
        assert matrix.units("属地责任") == (name,)


OUTCOMES = {
    "没收": {("没收接收", "区财政局")},
    "移送": {("移送受理", "区公安局")},
    "拆除纠纷": {("协办", "区公安局")},
    "阻碍执法": {("协办", "区公安局")},
    "断供": {("断供", "区经济信息委")},
    "督查": {("督查", "区纪委监委机关"), ("督查", "区政府办公室")},
    "复耕": {("复耕验收", IN_CHARGE), ("复耕验收", "区农业农村委")},
    "复绿": {("复绿验收", "区林业局")},
}


@pytest.mark.parametrize("chosen", list(product((False, True), repeat=len(OUTCOMES)))[::7])
def test_outcomes_together(chosen):
    words = [word for word, there in zip(OUTCOMES, chosen, strict=True) if there]
    matrix = decide({"traffic": 0.5}, outcomes=frozenset(words))
    expected = {("查处", "区交通局")}.union(*(OUTCOMES[word] for word in words))
    assert rows(matrix) == expected
    assert matrix.state == "唯一"  # what follows from a decision makes no quarrel


def test_acceptances_follow_what_was_taken_and_what_was_decided():
    matrix = decide({"land_class": {"0101": 0.5, "0301": 0.5}}, outcomes=frozenset(["复绿"]))
    assert rows(matrix) == {
        ("查处", IN_CHARGE),
        ("复耕验收", IN_CHARGE),
        ("复耕验收", "区农业农村委"),
        ("复绿验收", "区林业局"),
    }
    said = {row.duty: row.reason for row in matrix.duties}
    assert "图斑已列明“复绿”，占用地类为林地的土地" in said["复绿验收"]
    assert "如须复耕" in said["复耕验收"]


@pytest.mark.parametrize(("rest", "said"), [(600.0, True), (10.0, True), (9.99, False), (0.0, False)])
def test_ground_without_a_land_class_may_be_farmland_yet(rest, said):
    found = evidence({"land_class": {"0601": 0.7}, "township": {"白马镇": 1.0}}, 2000.0)
    found[Role.LAND_CLASS] = replace(found[Role.LAND_CLASS], uncovered_m2=rest)
    notes = assign(PatchFacts("甲", "土地", 2000.0, "企业", "厂房"), found, wulong()).notes
    assert [note.startswith("地类图斑图层未覆盖图斑的") for note in notes] == ([True] if said else [])
