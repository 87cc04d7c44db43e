from __future__ import annotations

import pandas as pd
import pytest

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.ranking import KEYS, Place, Ranking, in_order, places, rank
from weipian_plugin.paths import plan_file

SHIPPED = Ranking.parse(plan_file("ranking.yaml").read_text(encoding="utf-8"))


def test_the_shipped_criteria_say_where_they_come_from():
    assert sum(criterion.weight for criterion in SHIPPED.criteria) == 100
    assert "权重：非文件规定" in SHIPPED.text
    assert "违法占耕比例大" in SHIPPED.text
    assert SHIPPED.origin == "非文件规定"


def test_by_hand():
    """甲: 100 - 30·0.1/0.2 - 20·4/4 - 15·3/3 - 20·0.5/1 = 40; 乙: 100 - 30 - 10 - 5 - 20 - 5 = 30; 丙 100."""
    rows = {
        "甲": [0.1, 4, 3, 0.5, 0, 0],
        "乙": [0.2, 2, 1, 1.0, 0, 3],
        "丙": [float("nan"), 0, 0, float("nan"), 0, 0],
        "丁": [float("nan"), 0, 0, 0, 0, 0],
    }
    found = rank(pd.DataFrame.from_dict(rows, orient="index", columns=KEYS), SHIPPED)
    assert found["score"].to_dict() == {"丁": 100, "丙": 100, "甲": 40, "乙": 30}
    assert found["place"].to_dict() == {"丁": 1, "丙": 1, "甲": 3, "乙": 4}


def test_patches_of_no_known_unit_take_nobodys_place():
    """甲: 100 - 20·2/2 = 80, measured by 乙 alone: the 9 of no known unit set no maximum."""
    rows = {"": [0, 9, 0, 0, 0, 0], "甲": [0, 2, 0, 0, 0, 0], "乙": [0, 0, 0, 0, 0, 0]}
    found = rank(pd.DataFrame.from_dict(rows, orient="index", columns=KEYS), SHIPPED)
    assert list(found.index) == ["乙", "甲", ""]
    assert found["score"].isna().to_list() == found["place"].isna().to_list() == [False, False, True]
    assert places(found) == {"乙": Place(1, 100.0), "甲": Place(2, 80.0)}


def test_nobody_to_rank():
    assert rank(pd.DataFrame(columns=KEYS), SHIPPED).empty


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("criteria: []", "criteria"),
        ("criteria: [{key: 人数, weight: 100}]", "人数"),
        ("criteria: [{key: ratio, weight: 很多}]", "权重"),
        ("criteria: [{key: ratio, weight: 90}]", "不是100"),
        ("criteria: [{key: ratio, weight: 50}, {key: ratio, weight: 50}]", "重复"),
        ("criteria: {", "写得不对"),
    ],
)
def test_faults_are_said(text, said):
    with pytest.raises(WeipianError, match=said):
        Ranking.parse(text)


def test_the_order_of_all_papers():
    """As ranked; who is not ranked comes after by name, who is not known last."""
    assert in_order(["", "丙", "乙", "丁", "甲"], ["乙", "甲"]) == ["乙", "甲", "丁", "丙", ""]
    assert in_order(["甲", ""], ["", "甲"]) == ["", "甲"]
