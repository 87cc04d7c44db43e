"""A disabled button has its reason as a tooltip, and its own tip again once it can be pressed."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QPushButton

from weipian_plugin.gui.refusal import allow


def told(button):
    return button.isEnabled(), button.toolTip()


def test_the_reason_comes_and_goes(qtbot):
    button = QPushButton()
    qtbot.addWidget(button)
    button.setToolTip("写出会商材料")
    for why_not, expected in (
        ("没有列出图斑。", (False, "没有列出图斑。")),
        ("还在读取。", (False, "还在读取。")),
        ("", (True, "写出会商材料")),
    ):
        allow(button, why_not)
        assert told(button) == expected
