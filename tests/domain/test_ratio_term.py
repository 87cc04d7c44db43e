"""On which side of the ratio a patch stands, by the dictionary of 2021."""

from __future__ import annotations

import pytest

from weipian_plugin.domain.categories import Dictionary, parse_categories
from weipian_plugin.domain.ratio import RatioRule
from weipian_plugin.domain.ratio_term import ratio_term
from weipian_plugin.paths import plan_file


def parsed(stem):
    path = plan_file(f"{stem}.yaml")
    return parse_categories(path.read_text(encoding="utf-8"), path.name)


BOTH = Dictionary(parsed("categories_2021"), parsed("categories_mining"))
EARLIER = RatioRule(earlier_categories=("往年审批", "未报即用"))
EVERY_KIND = RatioRule(kinds=("土地", "矿产"))


@pytest.mark.parametrize(
    ("result", "category", "kind", "rule", "side"),
    [
        ("违法", "未报即用", "土地", RatioRule(), "违法"),
        ("合法", "当年审批", "土地", RatioRule(), "合法"),
        ("其他", "设施农用地", "土地", RatioRule(), "其他"),
        ("", "", "土地", RatioRule(), "未判定"),
        ("合法", "没有的类别", "土地", RatioRule(), "合法"),
        ("违法", "未报即用", "土地", EARLIER, "不计"),  # 存量
        ("合法", "往年审批", "土地", EARLIER, "不计"),
        ("违法", "无证开采", "矿产", RatioRule(), "不计"),
        ("", "", "矿产", RatioRule(), "不计"),
        ("违法", "无证开采", "矿产", EVERY_KIND, "违法"),
        # A kind that is not known counts: to leave it out would make the figure look better than it may be.
        ("违法", "未报即用", "", RatioRule(), "违法"),
        ("违法", "无证开采", "", RatioRule(), "不计"),  # the judgement says that it is a mine
        ("违法", "无证开采", "", EVERY_KIND, "违法"),
    ],
)
def test_sides(result, category, kind, rule, side):
    assert ratio_term(result, category, kind, BOTH, rule) == side
