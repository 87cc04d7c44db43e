"""A workspace and a library to test with, in a folder as the office names them."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from weipian_plugin.store.library import Library
from weipian_plugin.store.workspace import Workspace


@pytest.fixture
def place(tmp_path):
    """Return a folder as the office names them."""
    folder = tmp_path / "2021年 卫片（7月）[一批]"
    folder.mkdir()
    return folder


@pytest.fixture
def workspace(place):
    return Workspace.create(place / "工作库 2021(1).gpkg", 2021, "wulong_2021.yaml", "plan: 示例", "甲")


@pytest.fixture
def library(place):
    return Library.create(place / "底图库.gpkg")


@pytest.fixture
def open_folder():
    """Return a folder that any user may enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)
