"""The facts above the figures: nothing is cut, whatever the width and however long the batch is called."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtGui import QTextDocument
from qgis.PyQt.QtWidgets import QLabel

from weipian_plugin.gui.review.facts_table import facts_table, placed

FACTS = [
    ("面积", "2.93 亩（下发 1956.14）"),
    ("Farmland", "0.00 mu (gross 0.00)"),
    ("类型", "硬化 YH（土地）"),
    ("时相", "2021-03 → 2021-06-09"),
    ("乡镇", "庙垭乡"),
    ("批次", "2021年7月武隆区卫片图斑（120个）（2021-07-20）"),
]


@pytest.mark.parametrize(
    ("spans", "columns", "rows"),
    [
        ([1, 1, 1, 1], 2, [[0, 1], [2, 3]]),
        ([1, 1, 1, 1, 1, 2], 2, [[0, 1], [2, 3], [4], [5]]),
        ([1, 1, 1, 1, 1, 2], 4, [[0, 1, 2, 3], [4, 5]]),
        ([1, 2, 2], 3, [[0, 1], [2]]),
        ([1, 1], 1, [[0], [1]]),
        ([], 3, []),
    ],
)
def test_a_long_fact_takes_the_columns_it_needs(spans, columns, rows):
    assert placed(spans, columns) == rows


@pytest.mark.parametrize("room", [400, 439, 700, 873, 1400])
def test_the_table_is_no_wider_than_its_place(qgis_app, room):
    label = QLabel()
    document = QTextDocument()
    document.setDefaultFont(label.font())
    document.setHtml(facts_table(FACTS, room, label.fontMetrics(), "#808080"))
    document.setTextWidth(room)
    assert document.size().width() <= room
    text = document.toPlainText()
    assert all(f"{name} {value}" in text for name, value in FACTS)
