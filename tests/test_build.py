"""The assembled plug-in: complete, clean, reproducible, and installed where QGIS looks for it."""

from __future__ import annotations

import configparser
import io
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from qgis.PyQt.QtCore import QFile

from scripts import build

ROOT = build.ROOT
SOURCES = ("weipian_plugin", "forms", "processing_algorithms", "scripts")
KNOWN_SUFFIXES = {".py", ".txt", ".ui", ".svg", ".qm", ".xml", ".yaml", ".sql", ".qml", ".html", ".css", ""}


@pytest.fixture(scope="module")
def files():
    return build.contents(ROOT)


@pytest.fixture
def copy(tmp_path):
    """A copy of the sources that a test may change, with Chinese and a space in its path."""
    root = tmp_path / "卫片 执法"
    for folder in SOURCES:
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in (*build.FILES, "resources.qrc"):
        shutil.copy(ROOT / name, root / name)
    return root


def run_build(root, *arguments, **environment):
    command = [sys.executable, str(root / "scripts" / "build.py"), *arguments]
    return subprocess.run(
        command, env=os.environ | environment, cwd="/", capture_output=True, text=True, check=False
    )


# What is inside ---------------------------------------------------------------------------------------------


def test_every_source_is_inside_and_nothing_else(files):
    sources = {
        build.FOLDERS[folder] + path.relative_to(ROOT / folder).as_posix()
        for folder in build.FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".ts"
    }
    generated = {"resources.py", "i18n/weipian_en.qm"}
    assert set(files) == sources | generated | {"metadata.txt", "LICENSE"}
    assert {PurePosixPath(name).suffix for name in files} <= KNOWN_SUFFIXES


def test_tests_caches_and_leftovers_stay_out(copy):
    before = set(build.contents(copy))
    package = copy / "weipian_plugin"
    for name in (
        "__pycache__/a.cpython-311.pyc",
        "tests/test_a.py",
        ".hidden",
        "a.py~",
        "a.py.orig",
        "b.tmp",
    ):
        path = package / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    assert set(build.contents(copy)) == before


def test_resources_load_through_qgis_and_hold_every_icon(files, tmp_path):
    code = files["resources.py"].decode("utf-8")
    assert re.findall(r"^(?:from|import) .*", code, re.MULTILINE) == ["from qgis.PyQt import QtCore"]
    assert (
        "PyQt5" not in code.split('"""')[-1].replace("Resource object code", "") or "import PyQt5" not in code
    )
    prefix = ":/plugins/weipian_plugin/icons/"
    icons = sorted(path.name for path in (ROOT / "weipian_plugin" / "icons").glob("*.svg"))
    assert not QFile.exists(prefix + icons[0])
    loaded: dict[str, object] = {}
    exec(compile(code, "resources.py", "exec"), loaded)
    try:
        assert all(QFile.exists(prefix + name) for name in icons)
    finally:
        loaded["qCleanupResources"]()
    assert not QFile.exists(prefix + icons[0])


def test_icons_are_one_family():
    for path in sorted((ROOT / "weipian_plugin" / "icons").glob("*.svg")):
        root = ET.parse(path).getroot()
        assert root.get("viewBox") == "0 0 24 24", path.name
        groups = root.findall("{http://www.w3.org/2000/svg}g")
        style = [(group.get("stroke"), group.get("stroke-width"), group.get("fill")) for group in groups]
        assert style == [("#3b8ad9", "1.75", "none"), ("#e08a1e", "1.75", "none")], path.name


def test_metadata_has_what_the_plugin_site_asks(files):
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(files["metadata.txt"].decode("utf-8"))
    metadata = parser["general"]
    for key in ("name", "description", "about", "version", "author", "email", "repository", "tracker"):
        assert metadata[key].strip(), key
    assert metadata["qgisMinimumVersion"] == "3.40"
    assert metadata["qgisMaximumVersion"] == "4.99"
    assert metadata["hasProcessingProvider"] == "yes"
    assert metadata["icon"] in files
    assert re.fullmatch(r"\d+\.\d+\.\d+", metadata["version"])


def test_addresses_that_lead_nowhere_are_called_so(files):
    """Nobody's address may look like one that works: all are in the domain that RFC 2606 keeps empty."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(files["metadata.txt"].decode("utf-8"))
    metadata = parser["general"]
    addresses = [metadata[key] for key in ("email", "homepage", "repository", "tracker")]
    assert all(re.search(r"[@/]weipian-plugin\.invalid(/|$)", address) for address in addresses)
    assert "Not published" in metadata["about"] and "没有公开发布" in metadata["about"]


def test_licence_is_the_gpl_version_2(files):
    text = files["LICENSE"].decode("utf-8")
    assert "GNU GENERAL PUBLIC LICENSE\n                       Version 2, June 1991" in text
    assert "END OF TERMS AND CONDITIONS" in text


# Translations -----------------------------------------------------------------------------------------------


def messages(path):
    return [
        (context.findtext("name"), message.findtext("source"), message.find("translation"))
        for context in ET.parse(path).getroot().iter("context")
        for message in context.iter("message")
    ]


def test_every_text_is_translated():
    found = messages(ROOT / "weipian_plugin" / "i18n" / "weipian_en.ts")
    open_ones = [source for _, source, text in found if text.get("type") or not (text.text or "").strip()]
    assert found and open_ones == []


@pytest.mark.parametrize(
    "pattern",
    [r"\{[^{}]*\}", r"&\w", r"\*\.\w+", r"\n", r"…$"],
    ids=["values", "mnemonics", "kinds of files", "lines", "more to come"],
)
def test_a_translation_keeps_what_is_no_word(pattern):
    for _, source, text in messages(ROOT / "weipian_plugin" / "i18n" / "weipian_en.ts"):
        kept = [sorted(word.lower() for word in re.findall(pattern, side)) for side in (source, text.text)]
        assert kept[0] == kept[1], source


def test_no_text_of_the_sources_is_missing(copy):
    path = copy / "weipian_plugin" / "i18n" / "weipian_en.ts"
    before = {(context, source) for context, source, _ in messages(path)}
    build.translate(copy)
    assert {(context, source) for context, source, _ in messages(path)} == before
    assert not [context for context, _ in before if context == "@default"]


# The zip ----------------------------------------------------------------------------------------------------


def test_zip_has_one_folder_and_the_same_bytes_as_the_build(files, tmp_path):
    path = tmp_path / "a.zip"
    build.write_zip(files, path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert {name.split("/")[0] for name in archive.namelist()} == {"weipian_plugin"}
        assert {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()} == dict(files)
    assert path.stat().st_size < 5_000_000


def test_zip_is_the_same_from_another_checkout_at_another_time(copy):
    for path in copy.rglob("*"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    here, there = build.package(ROOT), build.package(copy)
    assert here.name == there.name == f"weipian_plugin-{build.version()}.zip"
    assert here.read_bytes() == there.read_bytes()


def test_zip_follows_a_change(copy):
    before = build.package(copy).read_bytes()
    icon = copy / "weipian_plugin" / "icons" / "about.svg"
    icon.write_text(icon.read_text(encoding="utf-8").replace("M12 7.5v.01", "M12 7v.01"), encoding="utf-8")
    after = build.package(copy).read_bytes()
    one, other = (zipfile.ZipFile(io.BytesIO(data)) for data in (before, after))
    changed = [name for name in one.namelist() if one.read(name) != other.read(name)]
    assert changed == ["weipian_plugin/icons/about.svg", "weipian_plugin/resources.py"]


# The build folder -------------------------------------------------------------------------------------------


def test_second_build_touches_nothing(copy):
    folder = build.build(copy)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    build.build(copy)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_build_follows_changes_and_sweeps_what_is_gone(copy):
    folder = build.build(copy)
    stray = folder / "old" / "stray.py"
    stray.parent.mkdir()
    stray.write_text("", encoding="utf-8")
    caches = folder / "domain" / "__pycache__"
    caches.mkdir()
    for name in ("errors.cpython-311.pyc", "gone.cpython-311.pyc"):
        (caches / name).write_bytes(b"")
    (folder / "plugin.py").write_text("damaged", encoding="utf-8")
    (copy / "weipian_plugin" / "metadata.py").unlink()
    build.build(copy)
    assert not stray.parent.exists()
    assert [path.name for path in caches.iterdir()] == ["errors.cpython-311.pyc"]
    assert (folder / "plugin.py").read_bytes() == (copy / "weipian_plugin" / "plugin.py").read_bytes()
    assert not (folder / "metadata.py").exists()


def test_builds_at_the_same_time_all_succeed(copy):
    command = [sys.executable, str(copy / "scripts" / "build.py"), "build"]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(4)
    ]
    outputs = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0] * 4, outputs
    built = copy / "build" / "weipian_plugin"
    assert {path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()} == set(
        build.contents(copy)
    )
    assert sorted(path.name for path in (copy / "build").iterdir()) == ["generated", "weipian_plugin"]


def test_missing_tool_is_one_sentence(copy, tmp_path):
    with pytest.raises(build.BuildError, match="no-such-tool is missing: on Debian it comes with"):
        build._tool("no-such-tool")
    (copy / "weipian_plugin" / "i18n" / "weipian_en.ts").write_text("no xml", encoding="utf-8")
    done = run_build(copy, "build")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("build.py: lrelease failed: ")


# Installation -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {"HOME": "/h"}, "/h/.local/share/QGIS/QGIS3/profiles/p/python/plugins"),
        ("linux", {"HOME": "/h", "XDG_DATA_HOME": "/x"}, "/x/QGIS/QGIS3/profiles/p/python/plugins"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Application Support/QGIS/QGIS3/profiles/p/python/plugins"),
        ("win32", {"APPDATA": "/a"}, "/a/QGIS/QGIS3/profiles/p/python/plugins"),
        ("win32", {"APPDATA": "/a", "QGIS_CUSTOM_CONFIG_PATH": "/c"}, "/c/profiles/p/python/plugins"),
    ],
)
def test_plugins_folder_is_where_qgis_looks(platform, environment, expected):
    assert build.plugins_folder("p", environment, platform) == Path(expected)


def test_install_replaces_what_was_there_and_nothing_beside_it(copy, tmp_path):
    plugins = tmp_path / "data" / "QGIS" / "QGIS3" / "profiles" / "default" / "python" / "plugins"
    other = plugins / "other_plugin" / "metadata.txt"
    elsewhere = tmp_path / "elsewhere"
    for path in (other, elsewhere / "mine.py"):
        path.parent.mkdir(parents=True)
        path.write_text("kept", encoding="utf-8")
    (plugins / "weipian_plugin").symlink_to(elsewhere)
    environment = {"XDG_DATA_HOME": str(tmp_path / "data"), "QGIS_CUSTOM_CONFIG_PATH": ""}
    done = run_build(copy, "install", **environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == str(plugins / "weipian_plugin")
    assert (plugins / "weipian_plugin" / "metadata.txt").exists()
    assert other.read_text(encoding="utf-8") == (elsewhere / "mine.py").read_text(encoding="utf-8") == "kept"
    assert sorted(path.name for path in plugins.iterdir()) == ["other_plugin", "weipian_plugin"]
