"""Patches worked by hand from the plan's text: exact role matrices."""

from __future__ import annotations

from itertools import combinations

import pytest
from plan_cases import decide, edited, evidence, rows, wulong

from weipian_plugin.domain.issued_facts import settled_kind
from weipian_plugin.domain.jurisdiction import Hit, PatchFacts, RoleEvidence, assign
from weipian_plugin.domain.roles import Role, Status

GUI, NONG, CHENG, JIAO = "区规划自然资源局", "区农业农村委", "区城市管理局", "区交通局"
HUAN, SHUI, LIN = "区生态环境局", "区水利局", "区林业局"
UNIT_OF = {
    "urban": CHENG,
    "traffic": JIAO,
    "redline": HUAN,
    "river": SHUI,
    "nature_reserve": LIN,
    "forest": LIN,
}
CLAUSE_OF = {
    "urban": "四（五）",
    "traffic": "四（六）",
    "redline": "四（七）",
    "river": "四（八）",
    "nature_reserve": "四（九）",
    "forest": "四（九）",
}


@pytest.mark.parametrize("layer", UNIT_OF)
def test_one_range_one_unit(layer):
    matrix = decide({layer: 0.412, "township": {"白马镇": 1.0}})
    expected = {("查处", UNIT_OF[layer]), ("属地责任", "白马镇")}
    if layer == "forest":
        expected.add(("复绿验收", LIN))
    assert matrix.state == "唯一"
    assert rows(matrix) == expected
    assert matrix.lead.clause == CLAUSE_OF[layer]
    assert matrix.lead.area_m2 == pytest.approx(412.0)
    assert matrix.lead.share == pytest.approx(0.412)


@pytest.mark.parametrize(
    ("larger", "smaller"), [*combinations(UNIT_OF, 2), *combinations(reversed(UNIT_OF), 2)]
)
def test_every_pair_of_ranges(larger, smaller):
    matrix = decide({larger: 0.6, smaller: 0.3})
    expected = {("查处", UNIT_OF[larger])}
    if "forest" in (larger, smaller):
        expected.add(("复绿验收", LIN))
    if UNIT_OF[larger] != UNIT_OF[smaller]:
        expected.add(("协办", UNIT_OF[smaller]))
        assert matrix.state == "待会商"
    else:
        assert matrix.state == "唯一"
    assert rows(matrix) == expected
    assert {claim.rule.layer: claim.area_m2 for claim in matrix.claims} == {
        larger: pytest.approx(600.0),
        smaller: pytest.approx(300.0),
    }


@pytest.mark.parametrize(
    ("one", "other"), combinations(["urban", "traffic", "redline", "river", "forest"], 2)
)
def test_equal_shares_fall_by_clause_and_stay_for_discussion(one, other):
    matrix = decide({one: 0.5, other: 0.5})
    first = min(one, other, key=list(UNIT_OF).index)  # UNIT_OF lists the clauses in order
    assert matrix.lead.unit == UNIT_OF[first]
    assert matrix.state == "待会商"
    assert "占比相同" in matrix.lead.reason


def test_three_ranges():
    matrix = decide({"river": 0.2, "redline": 0.5, "forest": 0.9})
    assert matrix.state == "待会商"
    assert rows(matrix) == {("查处", LIN), ("协办", HUAN), ("协办", SHUI), ("复绿验收", LIN)}
    assert matrix.units("协办") == (HUAN, SHUI)  # by share


def test_two_claims_of_one_unit_are_no_conflict_and_both_are_cited():
    matrix = decide({"forest": 0.8, "nature_reserve": 0.5})
    assert matrix.state == "唯一"
    assert matrix.units("查处") == (LIN,)
    assert "与林地（2021年版）重叠1.20亩（80.0%）" in matrix.lead.reason
    assert "与自然保护地（2021年版）重叠0.75亩（50.0%）" in matrix.lead.reason
    assert matrix.lead.rule_id == "林地+自然保护地"
    assert matrix.lead.share == pytest.approx(0.8)


def test_nothing_met_goes_to_the_unit_in_charge():
    matrix = decide({"township": {"江口镇": 1.0}})
    assert matrix.state == "兜底"
    assert rows(matrix) == {("查处", GUI), ("属地责任", "江口镇")}
    assert (matrix.lead.clause, matrix.lead.area_m2, matrix.lead.share) == ("四（一）", None, None)


@pytest.mark.parametrize("layer", UNIT_OF)
def test_a_missing_layer_is_never_a_no(layer):
    matrix = decide({}, missing=(layer,))
    assert matrix.state == "未评估"
    assert matrix.units("查处") == (GUI,)
    assert matrix.not_evaluated == (layer,)
    assert UNIT_OF[layer] in matrix.lead.reason
    assert "未评估" in matrix.lead.reason


def test_what_was_found_is_still_proposed_when_a_layer_is_missing():
    matrix = decide({"river": 0.5}, missing=("redline", "urban"))
    assert matrix.state == "未评估"
    assert rows(matrix) == {("查处", SHUI)}
    assert matrix.not_evaluated == ("urban", "redline")  # in the order of the clauses


def test_layers_that_choose_no_unit_do_not_unsettle_when_missing():
    matrix = decide({"river": 0.5}, missing=("land_class", "basic_farmland", "approval", "committee"))
    assert matrix.state == "唯一"


@pytest.mark.parametrize(
    ("area_m2", "overlap_m2", "counted"),
    [
        (5000.0, 9.99, False),  # below both: 9.99 m², 0.1998 %
        (5000.0, 10.0, True),  # exactly 10 m²
        (500.0, 4.9, False),  # 0.98 %
        (500.0, 5.0, True),  # exactly 1 %, though only 5 m²
        (100000.0, 500.0, True),  # 0.5 %, but 500 m²
        (200.0, 5.0, True),  # 2.5 %, but 5 m²
        (1000.0, 9.9999, False),
    ],
)
def test_slivers_on_both_sides_of_the_thresholds(area_m2, overlap_m2, counted):
    matrix = decide({"river": overlap_m2 / area_m2}, area_m2=area_m2)
    assert [claim.counted for claim in matrix.claims] == [counted]
    assert matrix.lead.unit == (SHUI if counted else GUI)
    assert matrix.state == ("唯一" if counted else "兜底")
    assert any(note.startswith("边角") for note in matrix.notes) is not counted


def test_a_sliver_does_not_make_a_conflict():
    matrix = decide({"river": 0.5, "traffic": 0.0005}, area_m2=2000.0)
    assert matrix.state == "唯一"
    assert rows(matrix) == {("查处", SHUI)}
    assert len(matrix.claims) == 2


def test_rural_housing_is_decided_by_facts():
    matrix = decide({"township": {"火炉镇": 1.0}}, subject="农村村民", use="住宅")
    assert matrix.state == "唯一"
    assert rows(matrix) == {("查处", NONG), ("属地责任", "火炉镇")}
    assert matrix.lead.clause == "四（四）"
    assert matrix.lead.area_m2 is None


def test_rural_housing_inside_a_range_stands_beside_the_spatial_claim():
    matrix = decide({"river": 0.9}, subject="农村村民", use="住宅")
    assert matrix.state == "待会商"
    assert rows(matrix) == {("查处", NONG), ("协办", SHUI)}
    assert "事实所定的职责及于整个图斑" in matrix.lead.reason


@pytest.mark.parametrize(
    ("subject", "use"),
    [("企业", "住宅"), ("农村村民", "厂房"), ("企业", ""), ("", "厂房"), ("城镇居民", "住宅")],
)
def test_other_facts_leave_the_agriculture_committee_out(subject, use):
    matrix = decide({"river": 0.9}, subject=subject, use=use)
    assert rows(matrix) == {("查处", SHUI)}
    assert NONG not in matrix.lead.reason


@pytest.mark.parametrize(
    ("subject", "use", "unknown"),
    [("", "", "建设主体、用途未查明"), ("农村村民", "", "；用途未查明"), ("", "住宅", "；建设主体未查明")],
)
def test_unknown_facts_are_said_to_be_able_to_change_the_result(subject, use, unknown):
    matrix = decide({"river": 0.9}, subject=subject, use=use)
    assert matrix.state == "唯一"
    assert rows(matrix) == {("查处", SHUI)}
    assert unknown in matrix.lead.reason
    assert f"若建设主体为农村村民、用途为住宅，依据四（四）{NONG}也有查处职责" in matrix.lead.reason


def test_mining_without_a_range_is_for_the_unit_in_charge():
    matrix = decide({"township": {"桐梓镇": 1.0}}, kind="矿产", subject="", use="")
    assert matrix.state == "兜底"
    assert rows(matrix) == {("查处", GUI), ("属地责任", "桐梓镇")}
    assert NONG not in matrix.lead.reason  # a mine is no dwelling, whoever dug it
    assert "方案没有为矿产图斑另列查处部门。" in matrix.notes


def test_a_kind_that_is_not_known_is_no_land_and_the_sentence_says_what_would_change():
    matrix = decide({"river": 0.9}, kind="", subject="农村村民", use="住宅")
    assert rows(matrix) == {("查处", SHUI)}
    assert (
        "；图斑种类未查明，若图斑种类为土地、建设主体为农村村民、用途为住宅，"
        f"依据四（四）{NONG}也有查处职责" in matrix.lead.reason
    )
    both = decide({}, kind="", subject="", use="")
    assert "；图斑种类、建设主体、用途未查明，若图斑种类为土地、建设主体为农村村民" in both.lead.reason
    other = decide({}, kind="", subject="企业", use="采矿")
    assert "；图斑种类（土地、矿产）未查明，查明后按方案不改变查处单位" in other.lead.reason
    assert (other.state, rows(other)) == ("兜底", {("查处", GUI)})


def test_a_use_that_only_land_has_settles_an_unknown_kind():
    plan = wulong()
    assert settled_kind("", "住宅", plan) == "土地"
    assert settled_kind("", "采矿", plan) == ""  # 采矿用地 can be either
    assert settled_kind("", "", plan) == ""
    assert settled_kind("矿产", "住宅", plan) == "矿产"


def test_mining_in_a_forest():
    matrix = decide({"forest": 1.0, "land_class": {"0301": 1.0}}, kind="矿产", use="采矿")
    assert matrix.state == "唯一"
    assert rows(matrix) == {("查处", LIN), ("复绿验收", LIN)}


def test_farmland_prepares_recultivation_and_picks_no_unit():
    matrix = decide({"land_class": {"0101": 0.5, "0103": 0.2, "0702": 0.3}, "basic_farmland": 0.4})
    assert matrix.state == "兜底"
    assert rows(matrix) == {("查处", GUI), ("复耕验收", GUI), ("复耕验收", NONG)}
    acceptance = next(row for row in matrix.duties if row.duty == "复耕验收")
    assert acceptance.area_m2 == pytest.approx(700.0)
    assert acceptance.share == pytest.approx(0.7)
    assert any("永久基本农田（2021年版）0.60亩（40.0%）" in note for note in matrix.notes)


@pytest.mark.parametrize(
    ("code", "duties"),
    [
        ("0101", {("复耕验收", GUI), ("复耕验收", NONG)}),
        ("0102K", {("复耕验收", GUI), ("复耕验收", NONG)}),
        ("0201", set()),
        ("0301", {("复绿验收", LIN)}),
        ("0302K", {("复绿验收", LIN)}),
        ("0303", set()),  # 红树林地 is wetland in the working classification
        ("0305", {("复绿验收", LIN)}),
        ("0307", {("复绿验收", LIN)}),
        ("0404", set()),
        ("0601", set()),
    ],
)
def test_what_was_taken_prepares_the_acceptance(code, duties):
    assert rows(decide({"land_class": {code: 1.0}})) == {("查处", GUI)} | duties


@pytest.mark.parametrize(
    ("outcome", "duties"),
    [
        ("没收", {("没收接收", "区财政局")}),
        ("移送", {("移送受理", "区公安局")}),
        ("拆除纠纷", {("协办", "区公安局")}),
        ("阻碍执法", {("协办", "区公安局")}),
        ("断供", {("断供", "区经济信息委")}),
        ("督查", {("督查", "区纪委监委机关"), ("督查", "区政府办公室")}),
        ("复耕", {("复耕验收", GUI), ("复耕验收", NONG)}),
        ("复绿", {("复绿验收", LIN)}),
    ],
)
def test_outcomes(outcome, duties):
    assert rows(decide({"river": 1.0}, outcomes=frozenset([outcome]))) == {("查处", SHUI)} | duties


def test_two_outcomes_for_one_unit_make_one_row_citing_both():
    matrix = decide({"river": 1.0}, outcomes=frozenset(["拆除纠纷", "阻碍执法"]))
    assert rows(matrix) == {("查处", SHUI), ("协办", "区公安局")}
    police = matrix.duties[-1]
    assert "矛盾纠纷及时出警处置" in police.reason
    assert "阻碍国家机关公职人员" in police.reason


def test_border_of_two_townships():
    matrix = decide({"township": {"江口镇": 0.35, "黄莺乡": 0.65}})
    assert rows(matrix) == {("查处", GUI), ("属地责任", "黄莺乡"), ("协办", "江口镇")}
    assert {row.unit: row.share for row in matrix.duties if row.unit != GUI} == {
        "黄莺乡": 0.65,
        "江口镇": 0.35,
    }


def test_a_sliver_of_the_neighbour_is_no_border_case():
    matrix = decide({"township": {"江口镇": 0.9995, "黄莺乡": 0.0005}}, area_m2=3000.0)
    assert rows(matrix) == {("查处", GUI), ("属地责任", "江口镇")}
    assert any("黄莺乡" in note for note in matrix.notes)


def test_committee_over_township_goes_by_share_and_township_first_on_a_tie():
    part = decide({"township": {"仙女山街道": 1.0}, "committee": {"区仙管委": 0.7}})
    assert (part.units("属地责任"), part.units("协办")) == (("仙女山街道",), ("区仙管委",))
    whole = decide({"township": {"仙女山街道": 1.0}, "committee": {"仙女山旅游度假区管委会": 1.0}})
    assert (whole.units("属地责任"), whole.units("协办")) == (("仙女山街道",), ("区仙管委",))
    across = decide({"township": {"仙女山街道": 0.6, "土地乡": 0.4}, "committee": {"区仙管委": 1.0}})
    assert across.units("属地责任") == ("区仙管委",)
    assert across.units("协办") == ("仙女山街道", "土地乡")


def test_a_township_drawn_in_several_parts_is_one():
    parts = {"仙女山街道": 0.25, "仙女山街道办事处": 0.2, "土地乡": 0.4, "500156003": 0.15}
    matrix = decide({"township": parts})
    assert (matrix.units("属地责任"), matrix.units("协办")) == (("仙女山街道",), ("土地乡",))
    responsible = next(row for row in matrix.duties if row.duty == "属地责任")
    assert (responsible.area_m2, responsible.share) == (pytest.approx(600.0), pytest.approx(0.6))


def test_who_leads_does_not_assist_and_nobody_assists_twice():
    plan = edited(("    unit: 区水利局\n", "    unit: 区白管委\n"))
    committee = {"township": {"白马镇": 1.0}, "committee": {"区白管委": 0.5}}
    leads = decide({"river": 0.9, **committee}, plan=plan)
    assert rows(leads) == {("查处", "区白管委"), ("属地责任", "白马镇")}
    assists = decide({"river": 0.3, "redline": 0.9, **committee}, plan=plan)
    assert [(row.duty, row.unit) for row in assists.duties] == [
        ("查处", HUAN),
        ("协办", "区白管委"),
        ("属地责任", "白马镇"),
    ]
    assert assists.duties[1].rule_id == "河道"


def test_township_written_another_way_gets_its_proper_name():
    matrix = decide({"township": {"文复乡": 1.0}})
    assert matrix.units("属地责任") == ("文复苗族土家族乡",)
    unknown = decide({"township": {"土坎镇": 1.0}})
    assert unknown.units("属地责任") == ("土坎镇",)
    assert any("土坎镇" in note and "不在方案文件中" in note for note in unknown.notes)


def test_without_the_township_layer_the_issued_name_is_used():
    matrix = decide({}, missing=("township", "committee"), town_name="后坪乡")
    assert matrix.units("属地责任") == ("后坪苗族土家族乡",)
    assert matrix.duties[1].reason.startswith(
        "依据方案四（二）“要切实履行属地执法监管主体责任”，图斑登记的所在乡镇街道（下发属性或以往套合）为"
        "后坪苗族土家族乡，建议由后坪苗族土家族乡承担属地责任；乡镇街道、管委会辖区未评估，属地责任单位可能未列全，"
        "须补齐后再定（方案文件版本"
    )
    nothing = decide({}, missing=("township", "committee"))
    assert nothing.units("属地责任") == ()
    assert any("属地未能确定" in note for note in nothing.notes)


def test_what_a_layer_shows_of_a_patch_that_leaves_it_is_proposed_and_still_open():
    found = evidence({}, 1000.0)
    part = Hit("乌江", "", 300.0, 0.3)
    found[Role.RIVER] = RoleEvidence(Role.RIVER, Status.NOT_EVALUATED, None, None, "2021", (part,))
    matrix = assign(PatchFacts("1", "土地", 1000.0), found, wulong())
    assert matrix.state == "未评估"
    assert (matrix.lead.unit, matrix.lead.area_m2) == (SHUI, 300.0)
    assert "河道管理范围未评估" in matrix.lead.reason
