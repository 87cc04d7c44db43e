"""The printed sentences, word for word."""

from __future__ import annotations

import pytest
from plan_cases import decide, edited, evidence, wulong

from weipian_plugin.domain.jurisdiction import PatchFacts, RoleEvidence, assign
from weipian_plugin.domain.roles import Role, Status

V = f"（方案文件版本{wulong().version}）。"
COORDINATION = "提请区土地矿产卫片执法工作领导小组办公室协调，会商确定"


def test_one_claim():
    matrix = decide({"river": 0.412}, area_m2=1343.042)
    assert matrix.lead.reason == (
        "依据方案四（八）“负责河道管理范围内违法行为的查处整改工作”，"
        "图斑与河道管理范围（2021年版）重叠0.83亩（41.2%），建议由区水利局查处" + V
    )
    assert matrix.summary == "只有区水利局一家有查处职责。"


def test_several_claims():
    matrix = decide({"river": 0.4, "redline": 0.6})
    assert [row.reason for row in matrix.duties] == [
        "依据方案四（七）“负责生态红线范围内违法图斑的查处整改工作”，"
        "图斑与生态保护红线（2021年版）重叠0.90亩（60.0%）；区水利局（四（八），0.60亩，40.0%）亦有查处职责，"
        f"方案未规定先后，按占比最大（非文件规定）建议由区生态环境局牵头查处，{COORDINATION}" + V,
        "依据方案四（八）“负责河道管理范围内违法行为的查处整改工作”，"
        "图斑与河道管理范围（2021年版）重叠0.60亩（40.0%），与区生态环境局的职责范围重叠，"
        "建议由区水利局协办，是否改由其牵头待会商确定" + V,
    ]


def test_nothing_met_names_the_layers_looked_at():
    matrix = decide({"river": 0.001, "township": {"白马镇": 1.0}}, area_m2=2000.0)
    assert matrix.lead.reason == (
        "图斑与城镇规划建设用地（2021年版）、交通沿线管理范围（2021年版）、生态保护红线（2021年版）、"
        "河道管理范围（2021年版）、林地（2021年版）、自然保护地（2021年版）均无达到阈值的重叠"
        "（边角：河道管理范围2.00平方米（0.1%）），"
        "依据方案四（一）“有序组织我区开展图斑核查判定和查处整改工作”，建议由区规划自然资源局查处" + V
    )
    assert matrix.notes == (
        "边角：与河道管理范围（2021年版）重叠2.00平方米（0.1%），小于10平方米且1%（非文件规定），"
        "不计为区水利局的职责。",
    )


def test_a_missing_layer():
    matrix = decide({}, missing=("urban", "traffic", "redline", "river", "forest", "nature_reserve"))
    assert matrix.lead.reason == (
        "依据方案四（一）“有序组织我区开展图斑核查判定和查处整改工作”，暂建议由区规划自然资源局查处；"
        "城镇规划建设用地、交通沿线管理范围、生态保护红线、河道管理范围、林地、自然保护地未评估，若有重叠，"
        "区城市管理局（四（五））、区交通局（四（六））、区生态环境局（四（七））、区水利局（四（八））、"
        "区林业局（四（九））也有查处职责，须补齐后再定；林地未评估，整改验收单位可能未列全" + V
    )


def test_what_is_missing_is_said_with_every_duty_that_it_could_change():
    gone = ("traffic", "committee")
    matrix = decide({"river": 0.4, "redline": 0.6, "township": {"白马镇": 1.0}}, missing=gone)
    said = {(row.duty, row.unit): row.reason for row in matrix.duties}
    assert said["协办", "区水利局"].endswith(
        "建议由区水利局协办，是否改由其牵头待会商确定；交通沿线管理范围未评估，须补齐后再定" + V
    )
    assert said["属地责任", "白马镇"].endswith(
        "建议由白马镇承担属地责任；管委会辖区未评估，属地责任单位可能未列全，须补齐后再定" + V
    )
    plan = edited(("unavailable: []", "unavailable:\n  - {layer: committee, reason: 各管委会没有界线}"))
    declared = decide({"township": {"白马镇": 1.0}}, missing=("committee",), plan=plan)
    assert "承担属地责任；管委会辖区未评估：方案文件声明本单位没有此图层（各管委会没有界线）" in (
        declared.duties[1].reason
    )
    nothing = decide({}, missing=("township", "committee", "land_class", "basic_farmland"))
    assert nothing.lead.reason.endswith(
        "，建议由区规划自然资源局查处；属地未能确定：乡镇街道、管委会辖区未评估，请补齐图层后再分派，或人工填写；"
        "地类图斑未评估，整改验收单位可能未列全" + V
    )
    assert "永久基本农田、地类图斑未评估，是否有从重情形未查明。" in nothing.notes


def test_parts_of_a_divided_patch_print_to_their_sum():
    matrix = decide({"township": {"江口镇": 1 / 3, "黄莺乡": 1 / 3, "火炉镇": 1 / 3}}, area_m2=2000 / 3)
    printed = [row.reason for row in matrix.duties[1:]]
    assert sorted(text.split("辖区内")[1][:5] for text in printed) == ["0.33亩", "0.33亩", "0.34亩"]


def test_figures_round_as_the_office_rounds():
    assert "重叠0.98亩（65.0%）" in decide({"river": 0.65}).lead.reason  # 650 m² = 0.975 亩


def test_an_adopted_priority_list_proposes_the_lead_and_is_cited():
    listed = "  units: [区水利局, 区林业局]\n  reference: 领导小组会议纪要〔2021〕3号\n"
    plan = edited(("  units: []\n  reference:\n", listed))
    matrix = decide({"river": 0.1, "forest": 0.5, "redline": 0.9}, plan=plan)
    assert matrix.state == "待会商"  # a proposal still
    assert matrix.units("查处") == ("区水利局",)
    assert matrix.units("协办") == ("区林业局", "区生态环境局")  # those not listed come after
    assert (
        "按区里议定的顺序（领导小组会议纪要〔2021〕3号，非文件规定）建议由区水利局牵头查处"
        in matrix.lead.reason
    )


def test_a_rule_that_goes_before_settles_the_lead():
    new = "    standing: 优先\n    reference: 示例办法第三条\n"
    plan = edited(("    standing: 并列\n", new))
    matrix = decide({"river": 1.0}, plan=plan, subject="农村村民", use="住宅")
    assert matrix.state == "唯一"
    assert (matrix.units("查处"), matrix.units("协办")) == (("区农业农村委",), ("区水利局",))
    assert "按示例办法第三条，建议由区农业农村委牵头查处" in matrix.lead.reason
    assert "区农业农村委按示例办法第三条牵头，建议由区水利局协办" in matrix.duties[1].reason
    assert decide({}, plan=plan, missing=("river",), subject="农村村民", use="住宅").state == "未评估"


def test_a_layer_declared_unavailable_no_longer_holds_the_patch():
    declared = "unavailable:\n  - {layer: urban, reason: 范围尚未划定}"
    plan = edited(("unavailable: []", declared))
    matrix = decide({"river": 1.0}, plan=plan, missing=("urban",))
    assert matrix.state == "唯一"
    assert "城镇规划建设用地未评估：方案文件声明本单位没有此图层（范围尚未划定）" in matrix.lead.reason
    assert decide({"river": 1.0}, plan=plan, missing=("urban", "redline")).state == "未评估"


def test_a_layer_that_exists_but_leaves_the_patch_out_is_not_excused():
    plan = edited(("unavailable: []", "unavailable:\n  - {layer: urban, reason: 范围尚未划定}"))
    found = evidence({"river": 1.0}, 1000.0)
    found[Role.URBAN] = RoleEvidence(Role.URBAN, Status.NOT_EVALUATED, edition="2021")
    assert assign(PatchFacts("1", "土地", 1000.0), found, plan).state == "未评估"


def test_a_declared_layer_that_turns_up_counts():
    plan = edited(("unavailable: []", "unavailable:\n  - {layer: urban, reason: 范围尚未划定}"))
    assert decide({"urban": 1.0}, plan=plan).units("查处") == ("区城市管理局",)


def test_committees_first_if_the_plan_file_says_so():
    plan = edited(("  order: 按占比\n", "  order: 管委会优先\n  reference: 示例通知\n"))
    matrix = decide({"township": {"白马镇": 1.0}, "committee": {"区白管委": 0.4}}, plan=plan)
    assert (matrix.units("属地责任"), matrix.units("协办")) == (("区白管委",), ("白马镇",))
    assert "属地责任建议由区白管委承担（示例通知）" in matrix.duties[2].reason


def test_part_of_a_layer():
    plan = edited(("    layer: river\n", "    layer: river\n    only: {label_prefix: 乌江}\n"))
    met = decide({"river": {"乌江武隆段": 0.3, "芙蓉江": 0.4}}, plan=plan)
    assert met.lead.area_m2 == pytest.approx(300.0)
    assert "与河道管理范围（2021年版）中“乌江”开头的部分重叠0.45亩（30.0%）" in met.lead.reason
    assert decide({"river": {"芙蓉江": 0.4}}, plan=plan).state == "兜底"


def test_a_renamed_unit_is_named_with_its_old_name():
    line = "  - {name: 区林业局, short_name: 林业局}\n"
    plan = edited((line, line + "  - {name: 区林草局, from: 2025, formerly: 区林业局}\n")).in_year(2025)
    matrix = decide({"forest": 1.0}, plan=plan)
    assert matrix.units("查处") == ("区林草局",)
    assert "建议由区林草局（原区林业局）查处" in matrix.lead.reason


def test_the_duties_of_acceptance():
    matrix = decide({"land_class": {"0101": 0.3, "0301": 0.2}}, outcomes=frozenset(["复耕"]))
    assert [row.reason for row in matrix.duties[1:]] == [
        "依据方案四（四）“配合区规划自然资源局对复耕图斑进行整改验收”，图斑已列明“复耕”，"
        "占用耕地（地类图斑，2021年版）0.45亩（30.0%），建议由区规划自然资源局组织复耕整改验收" + V,
        "依据方案四（四）“配合区规划自然资源局对复耕图斑进行整改验收”，图斑已列明“复耕”，"
        "占用耕地（地类图斑，2021年版）0.45亩（30.0%），建议由区农业农村委配合复耕整改验收" + V,
        "依据方案四（九）“复绿图斑进行整改验收工作”，图斑占用地类为林地的土地（地类图斑，2021年版）"
        "0.30亩（20.0%），如须复绿，建议由区林业局负责复绿整改验收" + V,
    ]


def test_without_any_evidence_nothing_is_taken_for_a_no():
    matrix = assign(PatchFacts("1", "土地", 1000.0), {}, wulong())
    assert matrix.state == "未评估"
    assert len(matrix.not_evaluated) == 6
    assert "地类图斑、林地未评估，整改验收单位可能未列全。" in matrix.notes


def test_an_unknown_fact_under_a_rule_that_goes_before_would_change_who_leads():
    plan = edited(("    standing: 并列", "    standing: 优先\n    reference: 会议纪要4号"))
    matrix = decide({"river": 0.4}, plan=plan, subject="", use="住宅")
    assert matrix.lead.reason.endswith(
        "，建议由区水利局查处；建设主体未查明，若建设主体为农村村民、用途为住宅，依据四（四）按会议纪要4号"
        f"改由区农业农村委牵头查处（方案文件版本{plan.version}）。"
    )
