"""Work in QGIS's borrowed threads, twice in the same one: what pyproj keeps must live as long as the thread."""

from __future__ import annotations

import threading

import pyproj
import pytest
from qgis.core import QgsApplication, QgsTask

from weipian_plugin.workflow.own_thread import in_own_thread


class Placing(QgsTask):
    """Asks pyproj for a name in a thread of QGIS."""

    names: list[str] = []

    def run(self):
        self.names.append(in_own_thread(lambda: pyproj.CRS.from_user_input(4524).name))
        return True


def test_result_comes_back_from_another_thread():
    assert in_own_thread(threading.current_thread) is not threading.current_thread()


def test_error_comes_back():
    with pytest.raises(ValueError, match="nein"):
        in_own_thread(lambda: int("nein"))


def test_pyproj_works_again_and_again_in_a_thread_of_qgis(qtbot):
    for count in range(1, 4):
        QgsApplication.taskManager().addTask(Placing("示例"))
        qtbot.waitUntil(lambda count=count: len(Placing.names) == count)
    assert Placing.names == ["CGCS2000 / 3-degree Gauss-Kruger zone 36"] * 3
