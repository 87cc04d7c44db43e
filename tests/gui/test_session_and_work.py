"""Session, worker and messages: what every window stands on."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

from qgis.PyQt.QtWidgets import QDialog, QPlainTextEdit, QPushButton
from stand_in import wait_until
from watchdog import BUSY_MS, Watchdog

from weipian_plugin.domain.errors import Cancelled, WeipianError
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.session import last_workspace, recent_workspaces
from weipian_plugin.workflow.create_workspace import create_workspace


def shown(desk):
    return [item.text() for item in desk.messages.bar.items()]


def test_session_remembers_the_last_workspaces_without_repeating_them(desk):
    for name in ("a", "b", "a"):
        desk.session.set_workspace(Path(f"/x/{name}.gpkg"))
    assert last_workspace() == Path("/x/a.gpkg")
    assert recent_workspaces() == [Path("/x/a.gpkg"), Path("/x/b.gpkg")]


def test_session_remembers_one_workspace_too(desk):
    desk.session.set_workspace(Path("/x/一.gpkg"))
    assert recent_workspaces() == [Path("/x/一.gpkg")]


def test_closing_forgets_the_patch_but_not_the_file(desk):
    desk.session.set_workspace(Path("/x/a.gpkg"))
    desk.session.set_current("P1")
    desk.session.set_workspace(None)
    assert (desk.session.workspace, desk.session.current) == (None, "")
    assert last_workspace() == Path("/x/a.gpkg")


def test_looking_at_the_same_patch_again_is_no_change(desk):
    heard = []
    desk.session.current_changed.connect(heard.append)
    desk.session.set_current("P1")
    desk.session.set_current("P1")
    assert heard == ["P1"]


def test_work_runs_elsewhere_and_its_result_comes_back_here(desk):
    threads = []

    def work(progress):
        progress.report(0.5, "一半")
        threads.append(threading.current_thread())
        return 42

    results = []
    desk.worker.start("算", work, lambda value: results.append((value, threading.current_thread())))
    wait_until(lambda: results)
    assert results == [(42, threading.main_thread())]
    assert threads[0] is not threading.main_thread()
    assert desk.worker.running == ()


def test_a_refusal_is_told_in_its_own_words(desk):
    def refuse(progress):
        raise WeipianError("文件不对，请换一个。")

    failures = []
    desk.worker.start("读", refuse, lambda value: None, failures.append)
    wait_until(lambda: failures)
    assert shown(desk) == ["文件不对，请换一个。"]
    assert not desk.messages.bar.findChildren(QPushButton, "weipian_details_button")


def test_of_many_lines_the_bar_shows_the_first(desk):
    desk.messages.warning("字典有2处问题：\n第1行：甲\n第2行：乙")
    assert shown(desk) == ["字典有2处问题："]
    desk.messages.bar.findChild(QPushButton, "weipian_details_button").click()
    window = desk.messages.bar.window().findChild(QDialog, "weipian_details_dialog")
    told = window.findChild(QPlainTextEdit).toPlainText()
    assert told.split() == ["字典有2处问题：", "第1行：甲", "第2行：乙"]
    window.close()


def test_an_error_inside_gives_details_and_no_abort(desk):
    failures = []
    desk.worker.start("坏", lambda progress: 1 / 0, lambda value: None, failures.append)
    wait_until(lambda: failures)
    assert isinstance(failures[0], ZeroDivisionError)
    assert len(desk.messages.bar.findChildren(QPushButton, "weipian_details_button")) == 1


def test_an_error_on_a_workspace_that_was_altered_outside_says_so(desk, tmp_path):
    """In the words of the algorithms; an error in another workspace stays an error of the program."""
    path = tmp_path / "工作库.gpkg"
    create_workspace(path, 2021, None, "甲")
    desk.session.set_workspace(path)
    failures = []
    desk.worker.start("算", lambda progress: 1 / 0, lambda value: None, failures.append)
    wait_until(lambda: failures)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM setting WHERE key = 'year'")
        connection.commit()
    desk.worker.start("算", lambda progress: 1 / 0, lambda value: None, failures.append)
    wait_until(lambda: len(failures) == 2)
    assert [type(failure) for failure in failures] == [ZeroDivisionError, WeipianError]
    assert shown(desk)[0].startswith(
        "工作库“工作库.gpkg”里的数据被别的程序改动过，不能办理，这一步没有保存任何改动："
    )


def test_cancelling_ends_the_work_and_says_so(desk):
    begun = threading.Event()

    def work(progress):
        begun.set()
        while True:
            progress.check()
            time.sleep(0.01)

    failures = []
    task = desk.worker.start("久", work, lambda value: None, failures.append)
    wait_until(begun.is_set)
    task.cancel()
    wait_until(lambda: failures)
    assert isinstance(failures[0], Cancelled)
    assert shown(desk) == ["已取消：久"]


def test_long_work_shows_how_far_it_is_and_can_be_stopped_there(desk):
    def work(progress):
        for step in range(1000):
            progress.report(step / 1000, "数图斑")
            time.sleep(0.01)

    failures = []
    desk.worker.start("久", work, lambda value: None, failures.append)
    wait_until(lambda: "久：数图斑" in shown(desk))
    [button] = desk.messages.bar.findChildren(QPushButton, "weipian_cancel_button")
    button.click()
    wait_until(lambda: failures)
    assert shown(desk) == ["已取消：久"]


def until_cancelled(begun):
    """Return work that goes on until it is cancelled."""

    def work(progress):
        begun.set()
        while True:
            progress.check()
            time.sleep(0.01)

    return work


def test_a_read_that_the_person_cancels_is_over_for_its_window_too(desk):
    jobs, begun, done, failed = Jobs(desk.worker), threading.Event(), [], []
    task = jobs.start_newest("read", "读取", until_cancelled(begun), done.append, failed.append)
    wait_until(begun.is_set)
    assert jobs.is_running("read")
    task.cancel()
    wait_until(lambda: failed)
    assert isinstance(failed[0], Cancelled)
    assert (done, jobs.is_running("read"), shown(desk)) == ([], False, ["已取消：读取"])


def test_of_a_read_that_is_out_of_date_nobody_hears(desk):
    jobs, begun, done, failed = Jobs(desk.worker), threading.Event(), [], []
    jobs.start_newest("read", "读取", until_cancelled(begun), done.append, failed.append)
    wait_until(begun.is_set)
    jobs.start_newest("read", "读取", lambda progress: "新", done.append, failed.append)
    wait_until(lambda: not desk.worker.running)
    assert (done, failed, jobs.is_running("read"), shown(desk)) == (["新"], [], False, [])


def test_of_reads_that_were_dropped_before_their_turn_nobody_hears(desk):
    """More than there are threads: QGIS deletes what is cancelled while it waits."""
    jobs, begun, done = Jobs(desk.worker), threading.Event(), []
    for _turn in range(200):
        jobs.start_newest("read", "读取", until_cancelled(begun), done.append, done.append)
    jobs.close()
    wait_until(lambda: not desk.worker.running)
    assert (done, shown(desk)) == ([], [])


def test_after_stop_nobody_is_called(desk):
    begun, called = threading.Event(), []

    def work(progress):
        begun.set()
        while not progress.is_cancelled():
            time.sleep(0.01)

    desk.worker.start("久", work, called.append, called.append)
    wait_until(begun.is_set)
    desk.worker.stop()
    wait_until(lambda: True)
    assert called == [] and desk.worker.running == ()


def test_window_stays_alive_while_work_runs(desk):
    results = []
    with Watchdog() as dog:
        desk.worker.start("睡", lambda progress: time.sleep(0.3), results.append)
        wait_until(lambda: results)
    assert dog.busiest_ms < BUSY_MS
    assert dog.longest_ms < 400
