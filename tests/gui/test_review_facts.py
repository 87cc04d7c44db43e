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
    ("needs", "room", "rows"),
    [
        ([100, 90, 80, 100], 200, [[(0, 100), (1, 90)], [(2, 100), (3, 100)]]),
        # The long one finds room behind a short one, which gives way.
        ([100, 100, 50, 150], 200, [[(0, 100), (1, 100)], [(2, 50), (3, 150)]]),
        ([100, 100, 60, 150], 200, [[(0, 100), (1, 100)], [(2, 60)], [(3, 150)]]),
        (
            [100, 90, 80, 70, 60, 250],
            500,
            [[(0, 100), (1, 90 + 10), (2, 100), (3, 100), (4, 60)], [(5, 250)]],
        ),
        # Two long ones leave one column: short ones still share a row.
        ([80, 90, 130, 120, 60, 150], 200, [[(0, 80), (1, 90)], [(2, 130)], [(3, 120), (4, 60)], [(5, 150)]]),
        ([300], 200, [[(0, 300)]]),
        ([], 200, []),
    ],
)
def test_facts_stand_in_columns_unless_that_would_cut_one(needs, room, rows):
    assert placed(needs, room) == rows


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
