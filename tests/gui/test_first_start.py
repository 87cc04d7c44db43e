"""The offer of a first start: seen whatever QGIS says by itself, and gone once it is taken up."""

from __future__ import annotations

import pytest
from qgis.core import Qgis
from qgis.PyQt.QtCore import QCoreApplication
from stand_in import wait_until

from weipian_plugin.gui.start.first_start import FirstStart
from weipian_plugin.gui.start.opening import Opening


@pytest.fixture
def bar(desk):
    start = FirstStart(desk, Opening(desk), lambda: None)
    start.offer()
    yield desk.iface.messageBar()
    start.withdraw()


def told(bar):
    """Return what the bar shows; the rest waits below."""
    return bar.currentItem().text()


def test_it_comes_back_above_what_qgis_says(bar):
    bar.pushMessage("字体", "Open Sans 字体安装失败", Qgis.MessageLevel.Warning, 0)
    assert told(bar) == "Open Sans 字体安装失败"
    wait_until(lambda: told(bar) == "还没有打开工作库，从哪里开始？")
    assert len(bar.items()) == 2


def test_what_the_plugin_says_itself_lies_above_it(desk, bar):
    desk.messages.warning("这个文件不是工作库。")
    for _turn in range(3):
        QCoreApplication.processEvents()
    assert told(bar) == "这个文件不是工作库。"


def test_it_goes_with_the_first_workspace(desk, bar, tmp_path):
    desk.session.set_workspace(tmp_path / "工作库.gpkg")
    assert bar.items() == []
    bar.pushMessage("字体", "Open Sans 字体安装失败", Qgis.MessageLevel.Warning, 0)
    assert told(bar) == "Open Sans 字体安装失败"
