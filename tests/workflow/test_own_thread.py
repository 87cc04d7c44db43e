"""Work in the threads that QGIS lends, again and again in the same one."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pyproj
import pytest
from qgis.core import QgsApplication, QgsTask

from weipian_plugin.workflow.own_thread import in_own_thread


class Placing(QgsTask):
    """Asks pyproj for a name in a thread of QGIS."""

    def __init__(self, names):
        super().__init__("示例")
        self._names = names

    def run(self):
        self._names.append(in_own_thread(lambda: pyproj.CRS.from_user_input(4524).name))
        return True


def outside(work):
    """Do work in a thread that is not the main one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def test_result_comes_back_from_another_thread():
    borrowed, own = outside(lambda: (threading.get_ident(), in_own_thread(threading.get_ident)))
    assert borrowed != own


def test_the_main_thread_works_itself():
    assert in_own_thread(threading.current_thread) is threading.main_thread()


def test_error_comes_back():
    with pytest.raises(ValueError, match="nein"):
        outside(lambda: in_own_thread(lambda: int("nein")))


def test_turns_are_short_until_the_last_work_is_over():
    usual, both = sys.getswitchinterval(), threading.Barrier(3, timeout=60)

    def work():
        both.wait()
        both.wait()

    with ThreadPoolExecutor(2) as pool:
        for _ in range(2):
            pool.submit(in_own_thread, work)
        both.wait()
        during = sys.getswitchinterval()
        both.wait()
    assert during == pytest.approx(0.0005)
    assert sys.getswitchinterval() == pytest.approx(usual)


def test_turns_are_as_before_after_an_error():
    usual = sys.getswitchinterval()
    with pytest.raises(ZeroDivisionError):
        outside(lambda: in_own_thread(lambda: 1 / 0))
    assert sys.getswitchinterval() == usual


def test_pyproj_works_again_and_again_in_a_thread_of_qgis(qtbot):
    names = []
    tasks = [Placing(names) for _ in range(3)]
    for count, task in enumerate(tasks, start=1):
        QgsApplication.taskManager().addTask(task)
        qtbot.waitUntil(lambda count=count: len(names) == count)
        qtbot.wait(50)
    assert names == ["CGCS2000 / 3-degree Gauss-Kruger zone 36"] * 3
