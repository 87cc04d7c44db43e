"""What a letter says of a unit holds: committees and departments, farmland nobody knows, one ratio."""

from __future__ import annotations

import re
from datetime import date

import pytest
from decision_samples import make_workspace, number

from weipian_plugin.domain.determination import Given
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.letters import Part
from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import patches
from weipian_plugin.workflow.assign_duties import assign_duties
from weipian_plugin.workflow.letters import KINDS, LetterOrder, compose_letter, letter_choices
from weipian_plugin.workflow.review.judge_patch import judge_patch

TODAY = date.today()
QUIET = Progress()
A, B, C = number(1), number(2), number(3)
TOWN = "仙女山街道"
CASES = {
    A: {"land_class": {"0103": 1.0}, "forest": 1.0, "committee": {"区仙管委": 1.0}},
    B: {"land_class": {"0103": 0.5, "0702": 0.5}, "forest": 0.5, "township": {TOWN: 1.0}},
    C: {"river": 0.4, "township": {TOWN: 1.0}},
}
"""3 亩 each. A lies in the committee alone, B has 1.50 亩 of farmland, of C nobody knows the land classes."""


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """A and C are 违法, B 合法."""
    made = make_workspace(tmp_path_factory.mktemp("true") / "工作库.gpkg", CASES)
    frame = patches.read(made, with_geometry=False)[["patch_no"]].assign(town_code="")
    with made.writing("甲", "乡镇") as change:
        patches.set_towns(change, frame.assign(town_name=["", TOWN, TOWN]))
    assign_duties(made.path, "甲", QUIET)
    for given in (
        Given(A, "违法", "未报即用", "无审批"),
        Given(B, "合法", "当年审批", "批文", "渝府地〔2021〕1号"),
        Given(C, "违法", "未报即用", "无审批"),
    ):
        assert judge_patch(made.path, given, "甲", QUIET).done
    return made


def compose(work, kind, unit=""):
    return compose_letter(work.path, LetterOrder(kind, TODAY, unit), QUIET)


def text_of(work, kind, unit=""):
    return "\n".join(block.text for block in compose(work, kind, unit))


def table_of(work, kind, name, unit=""):
    return next(b.table for b in compose(work, kind, unit) if b.part is Part.TABLE and b.text == name)


def test_a_committee_is_told_of_the_patches_of_its_ground(work):
    """四（二）: the committees bear 属地责任 as the townships do."""
    assert "区仙管委" in letter_choices(work.path, TODAY).units
    text = text_of(work, "督办函", "区仙管委")
    assert "涉及你单位的2021年度卫片图斑1个，面积3.00亩，其中耕地3.00亩" in text
    assert "违法图斑尚有1个未整改到位，面积3.00亩" in text
    assert "请继续保持" not in text
    assert [row[1] for row in table_of(work, "督办函", "问题图斑", "区仙管委").rows] == [A]


def test_nobody_gets_a_letter_of_noughts(work):
    """区交通局 has nothing here: to say that nothing is overdue would be true of nothing."""
    with pytest.raises(WeipianError, match="没有涉及“区交通局”的图斑"):
        compose(work, "督办函", "区交通局")


@pytest.mark.parametrize("kind", KINDS)
def test_farmland_that_nobody_knows_is_said_to_be_missing(work, kind):
    """C is in no sum of farmland; its 3.00 亩 may all be."""
    said = "有1个图斑（其中违法1个）的耕地未评估或不全，本文各处的耕地面积都不含未评估的部分。"
    assert said in text_of(work, kind, TOWN if kind == "督办函" else "")


def test_where_all_is_known_nothing_is_said_of_it(work):
    assert "未评估" not in text_of(work, "督办函", "区林业局")


def test_text_and_table_give_a_department_one_ratio(work):
    """区林业局 leads A (违法, 3.00 亩) and B (合法, 1.50 亩): 3.00 of 4.50."""
    text = text_of(work, "约谈提请", "区林业局")
    assert "违法占用耕地面积比例66.67%，控制目标为15%以内" in text
    (row,) = table_of(work, "约谈提请", "约谈对象", "区林业局").rows
    assert row == ("区林业局", "66.67%", "0", "1", "0", "比例超过控制目标、未整改到位")
    assert re.search("未整改1个", text)
