from __future__ import annotations

import pytest
from plan_cases import edited, wulong

from weipian_plugin.domain.issued_facts import IssuedFacts, issued_facts
from weipian_plugin.domain.plan import PlanError


@pytest.mark.parametrize(
    ("attributes", "facts"),
    [
        ({}, IssuedFacts()),
        ({"JCBH": "500156SJBG21100001", "TBLX": "20"}, IssuedFacts()),
        ({"建设主体": "村民", "SJYT": "住宅"}, IssuedFacts("农村村民", "住宅")),
        ({"建设主体 ": " 农户", "sjyt": "厂房类"}, IssuedFacts("农村村民", "厂房")),
        ({"建设主体": "某建筑公司"}, IssuedFacts()),  # not a listed value: not sure
        ({"建设主体": None, "用途": ""}, IssuedFacts()),
        ({"实际用途": "住宅", "用途": "农村宅基地"}, IssuedFacts("", "住宅")),  # two fields agree
        ({"实际用途": "住宅", "用途": "商服"}, IssuedFacts()),  # two fields contradict
        ({"实际用途": "住宅", "用途": "说不清"}, IssuedFacts("", "住宅")),
        ({"实际用途": "村民住宅"}, IssuedFacts("农村村民", "住宅")),  # the use says who built
        ({"实际用途": "村民住宅", "建设主体": "企业"}, IssuedFacts("", "住宅")),  # and may contradict
        ({"项目主体": "示例建设有限公司", "用途": "农村宅基地"}, IssuedFacts("", "住宅")),
    ],
)
def test_only_sure_values_count(attributes, facts):
    assert issued_facts(attributes, wulong()) == facts


def test_a_value_under_two_words_is_refused():
    with pytest.raises(PlanError, match="同时归在"):
        edited(("      企业: [企业, 企业单位, 公司]", "      企业: [企业, 公司, 农户]"))


def test_a_word_outside_the_vocabulary_is_refused():
    with pytest.raises(PlanError, match="“工厂”不在vocabulary中"):
        edited(("      厂房: [厂房, 厂房类]", "      工厂: [厂房, 厂房类]"))
