"""Garbage is destroyed by the main thread, whoever works meanwhile."""

from __future__ import annotations

import gc
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from weipian_plugin.workflow.collecting import collecting_later
from weipian_plugin.workflow.own_thread import in_own_thread

MANY = 200_000
"""New objects, enough for searches of every generation."""


class Window:
    """Lies in a cycle, as a window does whose button calls a function of its own."""

    def __init__(self, destroyed_by):
        self._own = self
        self._destroyed_by = destroyed_by

    def __del__(self):
        self._destroyed_by.append(threading.current_thread())


@pytest.fixture
def collecting():
    """Python as QGIS starts it, whatever the tests before have left."""
    gc.enable()
    yield
    gc.enable()


def make_many():
    return len([[] for _ in range(MANY)])


def turn_until(condition):
    """Let the main thread run Python, as the event loop does."""
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_a_closed_window_is_never_destroyed_by_the_thread_of_a_task(collecting):
    destroyed_by = []

    def task():
        in_own_thread(make_many)
        return [[] for _ in range(100)]  # what the borrowed thread does after the work, as a QgsTask does

    with ThreadPoolExecutor(1) as pool:
        for _ in range(20):
            Window(destroyed_by)
            work = pool.submit(task)
            turn_until(work.done)
            turn_until(gc.isenabled)
    gc.collect()
    assert len(destroyed_by) == 20
    assert set(destroyed_by) == {threading.main_thread()}


def test_the_search_waits_for_the_last_of_several_works(collecting):
    first, second = threading.Event(), threading.Event()
    with ThreadPoolExecutor(2) as pool:
        works = [pool.submit(in_own_thread, lambda until=until: until.wait(20)) for until in (first, second)]
        turn_until(lambda: not gc.isenabled())
        with collecting_later():
            pass
        first.set()
        works[0].result()
        make_many()
        assert not gc.isenabled()
        second.set()
        works[1].result()
        turn_until(gc.isenabled)


def test_nothing_is_looked_through_while_work_within_work_goes_on(collecting):
    """A workbook of a million cells, held until the outer work is over, would stop the window twice."""
    looked = []
    inner, outer = threading.Event(), threading.Event()

    def work():
        with collecting_later():
            held = [[] for _ in range(MANY)]
        inner.set()
        outer.wait(20)
        return len(held)

    gc.callbacks.append(watch := lambda _phase, _info: looked.append(outer.is_set()))
    try:
        with ThreadPoolExecutor(1) as pool:
            done = pool.submit(in_own_thread, work)
            turn_until(inner.is_set)
            time.sleep(0.05)
            outer.set()
            assert done.result() == MANY
            turn_until(gc.isenabled)
    finally:
        gc.callbacks.remove(watch)
    assert looked
    assert all(looked)


def test_an_error_leaves_it_as_it_was(collecting):
    with pytest.raises(ZeroDivisionError), collecting_later():
        raise ZeroDivisionError
    assert gc.isenabled()


def test_who_has_turned_it_off_keeps_it_off(collecting):
    gc.disable()
    with collecting_later():
        pass
    assert not gc.isenabled()


def test_the_main_thread_may_be_called_back_in_the_midst_of_its_own_work(collecting):
    with ThreadPoolExecutor(2) as pool:
        works = [pool.submit(in_own_thread, int) for _ in range(1000)]
        while not all(work.done() for work in works):
            with collecting_later():
                assert not gc.isenabled()
    turn_until(gc.isenabled)
