"""The watchdog of the event loop sees a main thread that stands still, and only that."""

from __future__ import annotations

import time

from tests.gui.watchdog import Watchdog


def test_standing_still_is_seen(qtbot):
    with Watchdog() as dog:
        qtbot.wait(20)
        time.sleep(0.15)
        qtbot.wait(20)
    assert dog.longest_ms >= 150


def test_waiting_in_the_event_loop_is_none(qtbot):
    with Watchdog() as dog:
        qtbot.wait(200)
    assert dog.longest_ms < 150
