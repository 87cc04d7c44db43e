"""What the figures suggest: worked by hand for patches of 2,000 m² (3 亩)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weipian_plugin.domain.categories import Dictionary, parse_categories
from weipian_plugin.domain.proposal import ROLES, Cover, Figures, Permit, propose
from weipian_plugin.domain.roles import Role, Status
from weipian_plugin.paths import plan_file

APPROVAL, FARM, TEMPORARY = ROLES
DAY = date(2021, 7, 20)


def load(stem):
    return parse_categories(plan_file(f"{stem}.yaml").read_text(encoding="utf-8"), stem)


MINING = load("categories_mining")
A, B = Dictionary(load("categories_2021"), MINING), Dictionary(load("categories_2026"), MINING)
MISS = Cover(Status.MISS)


def cover(share, label="", until=None, status=Status.HIT):
    return Cover(status, share * 2000, (Permit(label, share * 2000, until),))


def figures(kind="土地", patch_type="20", attributes=None, **covers):
    met = {role: covers.get(role.value, MISS) for role in ROLES}
    met = {role: found for role, found in met.items() if found is not None}
    return Figures("甲1", kind, 2000.0, patch_type, attributes or {}, met)


def suggested(by=A, **more):
    return propose(figures(**more), by, 2021, DAY)


def test_an_approval_that_covers_all():
    found = suggested(approval=cover(1.0, "渝府地〔2021〕12号"))
    assert (found.result, found.category, found.rule_id) == ("合法", "当年审批", "JY-1 批文")
    assert found.sentence == (
        "建议合法（当年审批）：建设用地审批（渝府地〔2021〕12号）覆盖100.00%（3.00亩），未覆盖0.000亩。"
        "规则JY-1 批文。"
    )


def test_a_rest_above_a_thousandth_of_a_mu_is_to_be_looked_at():
    rest = suggested(approval=cover(0.96, "渝府地〔2019〕12号"))
    assert rest.category == "往年审批"
    assert "覆盖96.00%（2.88亩），未覆盖0.120亩，查看现场照片确认是否为边角地" in rest.sentence
    just = 1 - 0.001 / 3
    assert "查看现场照片" not in suggested(approval=cover(just + 1e-9)).sentence
    assert "查看现场照片" in suggested(approval=cover(just - 1e-6)).sentence


@pytest.mark.parametrize(("share", "result"), [(0.95, "合法"), (0.9499, "违法"), (0.3, "违法")])
def test_the_share_from_which_it_counts(share, result):
    assert suggested(approval=cover(share)).result == result


def test_a_part_is_told_and_splitting_advised():
    found = suggested(
        approval=cover(0.4, "渝府地〔2021〕1号"), temporary_land=cover(0.97, "", date(2021, 7, 19))
    )
    assert found.sentence == (
        "建议违法：建设用地审批（渝府地〔2021〕1号）覆盖40.00%（1.20亩），未覆盖1.800亩，"
        "查看现场照片确认是否为边角地；临时用地审批覆盖97.00%（2.91亩），未覆盖0.090亩，查看现场照片确认是否为边角地，"
        "其中2021-07-19已到期，请考虑拆分后分别判定；须现场核查后由人判定。规则JY-9 兜底。"
    )


def test_the_order_of_the_rules():
    everything = {role.value: cover(1.0) for role in ROLES}
    road = {"patch_type": "ND", "attributes": {"CZCSXM": "203"}}
    expected = [
        "JY-1 批文",
        "JY-2 设施农用地",
        "JY-3 临时用地",
        "JY-4 农村道路",
        "JY-5 203范围内",
        "JY-9 兜底",
    ]
    seen = [suggested(**everything, **road).rule_id]
    for role in ROLES:
        del everything[role.value]
        seen.append(suggested(**everything, **road).rule_id)
    seen.append(suggested(attributes={"城镇村属性": 203}).rule_id)
    seen.append(suggested(attributes={"CZCSXM": "202"}).rule_id)
    assert seen == expected


@pytest.mark.parametrize(
    ("until", "result", "said"),
    [
        (date(2021, 7, 20), "其他", "2021-07-20到期"),
        (date(2021, 7, 19), "违法", "其中2021-07-19已到期"),
        (None, "其他", "到期时间不明，须核对是否到期"),
    ],
)
def test_temporary_land_only_while_its_term_runs(until, result, said):
    found = suggested(temporary_land=cover(1.0, "临〔2019〕1号", until))
    assert found.result == result
    assert said in found.sentence


@pytest.mark.parametrize("absent", list(ROLES))
@pytest.mark.parametrize("how", [None, Cover(Status.NOT_EVALUATED)])
def test_what_was_not_looked_up_is_never_illegal(absent, how):
    found = suggested(**{absent.value: how})
    assert (found.result, found.category) == ("存疑", "")
    assert f"{absent.label}未评估，不能判断有无手续" in found.sentence


def test_the_year_of_approval_may_be_unknown():
    assert suggested(approval=cover(1.0, "示例学校")).category == "批文"
    assert suggested(by=B, approval=cover(1.0, "示例学校")).category == "批文"


def test_mining_is_not_judged_from_land_layers():
    found = suggested(kind="矿产", approval=cover(1.0))
    assert (found.result, found.rule_id) == ("存疑", "JY-K 矿产")


def test_without_a_kind_nobody_knows_which_papers_to_look_for():
    found = suggested(kind="")
    assert (found.result, found.category) == ("存疑", "")
    assert "图斑种类（土地、矿产）未查明" in found.sentence


covers = st.one_of(
    st.none(),
    st.sampled_from(list(Status)).flatmap(
        lambda status: st.floats(0, 1).map(lambda share: cover(share, "x", None, status) if share else MISS)
    ),
)


@given(st.fixed_dictionaries({role.value: covers for role in ROLES}), st.sampled_from(["20", "ND"]))
def test_a_suggestion_is_always_labelled_and_never_illegal_on_ignorance(met, patch_type):
    found = suggested(patch_type=patch_type, **met)
    assert found.sentence.startswith("建议")
    assert found.sentence.endswith(f"规则{found.rule_id}。")
    unknown = any(item is None or item.status is Status.NOT_EVALUATED for item in met.values())
    assert not (unknown and found.result == "违法")
    assert Role.APPROVAL.value in met
