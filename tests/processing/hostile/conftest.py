"""The desk that all hostile cases begin with, made once."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hostile_desk import make_desk


@pytest.fixture(scope="session")
def hall(provider):
    """Return a folder that every user may enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="hostile-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def rooms():
    """Return a folder for what tests make."""
    folder = Path(tempfile.mkdtemp(prefix="hostile-rooms-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def tmp_path(rooms):
    """Return a folder of a test's own; pytest's looks through those of all tests before for a free number."""
    room = Path(tempfile.mkdtemp(dir=rooms))
    yield room
    shutil.rmtree(room)


@pytest.fixture(scope="session")
def desk(hall):
    """Return the desk; tests leave it as it is, or work on a copy."""
    return make_desk(hall / "桌面")
