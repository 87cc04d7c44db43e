"""Templates of letters: what a clerk may write, and how mistakes are told."""

from __future__ import annotations

import pytest

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.letters import Block, Figure, LetterTable, Part, fill_letter, parse_letter

VALUES = {"单位": "白马镇", "超期数": "0", "违法数": "3", "比例": "—"}
TABLES = {"问题图斑": LetterTable(("编号",), (("1",),)), "退回图斑": LetterTable(("编号",), ())}


def filled(text):
    return fill_letter(parse_letter(text, "督办函.txt"), VALUES, TABLES)


def test_lines_become_paragraphs():
    text = "\ufeff# 说明，不印\n【标题】关于{ 单位 }的函\n\n  {单位}有违法图斑{违法数}个。\n"
    text += "【落款】区规划自然资源局"
    assert filled(text) == (
        Block(Part.TITLE, "关于白马镇的函", figures=(Figure("单位", 2, 5),)),
        Block(Part.BODY, "白马镇有违法图斑3个。", figures=(Figure("单位", 0, 3), Figure("违法数", 8, 9))),
        Block(Part.SIGNATURE, "区规划自然资源局"),
    )


@pytest.mark.parametrize(
    ("line", "stands"),
    [
        ("【有】违法数：有{违法数}个", True),
        ("【有】超期数：超期", False),
        ("【有】比例：比例{比例}", False),
        ("【无】超期数：没有超期", True),
        ("【无】违法数：没有违法", False),
        ("【有】问题图斑：见下表：", True),
        ("【有】退回图斑：见下表", False),
        ("【无】退回图斑：没有退回", True),
    ],
)
def test_conditions(line, stands):
    blocks = filled(f"开头\n{line}")
    assert len(blocks) == 1 + stands


def test_a_table_stands_where_it_is_named_and_may_depend_on_its_rows():
    blocks = filled("【有】问题图斑：【表】问题图斑\n【有】退回图斑：【表】退回图斑")
    assert blocks == (Block(Part.TABLE, "问题图斑", TABLES["问题图斑"]),)


def test_values_are_not_read_again_as_templates():
    template = parse_letter("{单位}", "a.txt")
    assert fill_letter(template, {"单位": "{违法数}【表】x"}, {})[0].text == "{违法数}【表】x"


def test_faults_are_told_with_their_lines():
    text = "好\n【标提】关于\n{单位\n【有】超期数 没有冒号\n【落款】"
    with pytest.raises(WeipianError) as caught:
        parse_letter(text, "督办函.txt")
    said = str(caught.value)
    assert said.startswith("信函模板“督办函.txt”有4处问题")
    for line, words in ((2, "是不是“标题”"), (3, "花括号"), (4, "中文冒号"), (5, "没有内容")):
        assert f"第{line}行：" in said
        assert words in said


def test_unknown_names_are_told_with_their_lines_and_the_nearest():
    text = "{单拉}\n【有】违法个数：x\n【表】问题的图斑"
    with pytest.raises(WeipianError) as caught:
        filled(text)
    said = str(caught.value)
    assert "第1行：没有名为“单拉”的内容，是不是“单位”" in said
    assert "第2行：没有名为“违法个数”的内容或表，是不是“违法数”" in said
    assert "第3行：没有名为“问题的图斑”的表，是不是“问题图斑”" in said


def test_an_empty_template_is_refused():
    with pytest.raises(WeipianError, match="没有一行正文"):
        parse_letter("# 只有说明\n", "空.txt")
