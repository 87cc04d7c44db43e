"""SQLite gets the file that is meant, whatever its name, and on a shared folder too."""

from pathlib import Path, PureWindowsPath

import pytest

from weipian_plugin.sqlite_uri import sqlite_uri


@pytest.mark.parametrize(
    "path, mode, uri",
    [
        ("/a b/库.gpkg", "ro", "file:///a%20b/%E5%BA%93.gpkg?mode=ro"),
        ("/a?#%/x.gpkg", "ro", "file:///a%3F%23%25/x.gpkg?mode=ro"),
        ("/x.gpkg", "immutable", "file:///x.gpkg?mode=ro&immutable=1"),
    ],
)
def test_uri_of_a_path(path, mode, uri):
    assert sqlite_uri(Path(path), mode) == uri


@pytest.mark.parametrize(
    "path, uri",
    [
        (r"C:\卫片\a.gpkg", "file:///C:/%E5%8D%AB%E7%89%87/a.gpkg?mode=rw"),
        (r"\\srv\share\a.gpkg", "file:////srv/share/a.gpkg?mode=rw"),
    ],
)
def test_uri_of_a_windows_path(path, uri):
    class Place(PureWindowsPath):
        def absolute(self):
            return self

    assert sqlite_uri(Place(path), "rw") == uri
