"""The month's work in the real QGIS application with the zip installed: every window, by hand and by key.

It runs without any network, and nobody may be called.
"""

from __future__ import annotations

import os

import pytest
import watch

from scripts import make_manual


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("tour")


@pytest.fixture(scope="module")
def seen(folder):
    log = folder / "calls.txt"
    return make_manual.tour(folder, watch.environment(os.environ), watch.command(log))


def test_every_step_brings_what_it_should(seen):
    assert (seen["layers"], seen["patches"], seen["determined"]) == (13, 120, 11)
    assert seen["overlaid"] > 120 * 13
    assert seen["duties"] > 120
    assert (seen["复核"], seen["审定"], seen["上报"], seen["tasks"]) == (11, 11, 11, 3)
    assert seen["dispatched"] == 36
    assert seen["workbook"] > 20_000


def test_every_picture_is_of_the_office_screen(seen, folder):
    from qgis.PyQt.QtGui import QImage

    for name in seen["pictures"]:
        image = QImage(str(folder / name))
        assert 0 < image.width() <= 1368 and 0 < image.height() <= 770, name


def test_the_plugin_is_the_installed_zip(seen):
    assert "/profiles/default/python/plugins/weipian_plugin/" in seen["plugin"]


def test_nothing_went_wrong_inside(seen):
    assert [text for text in seen["messages"] if "内部出错" in text or "Traceback" in text] == []


def test_nobody_was_called(seen, folder):
    assert watch.dialled(folder / "calls.txt") == []
    assert [text for text in seen["messages"] if "network refused" in text or "Forbidden" in text] == []
