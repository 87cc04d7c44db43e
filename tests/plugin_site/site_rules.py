"""The rules by which the QGIS plug-in site takes or refuses an uploaded zip, and ours on top of them.

Source: qgis/QGIS-Plugins-Website, validator and file checks of the security scanner as of July 2026. That
the addresses of the metadata answer is the one rule that cannot be tried here.
"""

from __future__ import annotations

import configparser
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import urlparse

LARGEST = 5_000_000
"""Bytes of the zip; the site allows 25,000,000."""
LONGEST_NAME = 100
"""Characters below the plug-ins' folder: Windows counts 260 for the whole path, and profiles lie deep."""
REQUIRED = (
    "name description version qgisMinimumVersion author email about tracker repository homepage".split()
)
"""The site asks for the homepage too: it tries the address, and none is no address."""
ADDRESSES = {"tracker": "http://bugs", "repository": "http://repo", "homepage": "http://homepage"}
"""Keys that hold an address, and what a template has there, which the site refuses."""
REFUSED_FOLDERS = {"__MACOSX", ".git", "__pycache__"}
REFUSED_SUFFIXES = set(
    ".pyc .pyo .pyd .exe .dll .so .dylib .lib .a .bat .sh .ps1 .cmd .jar .whl .zip".split()
)
BINARY_STARTS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"PK\x03\x04")
"""Windows, Linux and Mac programs, and archives, whatever they are called."""
WINDOWS_NAMES = re.compile(r'[<>:"\\|?*\x00-\x1f]|[. ]$')

Rule = Callable[[zipfile.ZipFile], Iterator[str]]


def refusals(path: Path) -> list[str]:
    """Return what the site, or we, would say against a zip; empty when nothing."""
    if path.stat().st_size > LARGEST:
        return [f"larger than {LARGEST} bytes"]
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.testzip() is None:
                return [fault for rule in RULES for fault in rule(archive)]
    except (zipfile.BadZipFile, zlib.error):
        pass
    return ["damaged, or no zip"]


def _names(archive: zipfile.ZipFile) -> Iterator[str]:
    for name in archive.namelist():
        parts = PurePosixPath(name).parts
        if ".." in name or name.startswith("/") or re.match(r"[A-Za-z]:", name):
            yield f"leads out of the folder: {name}"
        if REFUSED_FOLDERS & set(parts) or any(part.startswith(".") for part in parts if part != ".."):
            yield f"hidden or a cache: {name}"
        if not name.isascii() or any(WINDOWS_NAMES.search(part) for part in parts):
            yield f"no name for Windows: {name}"
        if len(name) > LONGEST_NAME:
            yield f"name too long: {name}"


def _told_apart(archive: zipfile.ZipFile) -> Iterator[str]:
    folded = [name.casefold() for name in archive.namelist()]
    yield from (f"twice on Windows: {name}" for name in sorted({n for n in folded if folded.count(n) > 1}))


def _one_folder(archive: zipfile.ZipFile) -> Iterator[str]:
    folders = {name.split("/")[0] for name in archive.namelist()}
    if len(folders) != 1 or not all("/" in name for name in archive.namelist()):
        yield f"not one folder: {sorted(folders)}"
        return
    folder = folders.pop()
    if not (folder.isidentifier() and re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]+", folder)):
        yield f"no name of a Python package: {folder}"
    for needed in ("__init__.py", "metadata.txt", "LICENSE"):
        if f"{folder}/{needed}" not in archive.namelist():
            yield f"missing: {needed}"


def _no_binaries(archive: zipfile.ZipFile) -> Iterator[str]:
    for entry in archive.infolist():
        if PurePosixPath(entry.filename).suffix.lower() in REFUSED_SUFFIXES:
            yield f"binary: {entry.filename}"
        elif archive.read(entry).startswith(BINARY_STARTS):
            yield f"binary inside: {entry.filename}"
        if (entry.external_attr >> 16) & 0o111:
            yield f"may be run: {entry.filename}"


def _no_waivers(archive: zipfile.ZipFile) -> Iterator[str]:
    for entry in archive.infolist():
        if entry.filename.endswith(".py") and b"nosec" in archive.read(entry):
            yield f"tells bandit to look away: {entry.filename}"
        if b"allowlist secret" in archive.read(entry):
            yield f"tells detect-secrets to look away: {entry.filename}"


def _metadata(archive: zipfile.ZipFile) -> Iterator[str]:
    name = next((name for name in archive.namelist() if re.fullmatch(r"[^/]+/metadata\.txt", name)), None)
    if name is None:
        return
    # As the site reads it: with interpolation, so that a lone % is an error.
    parser = configparser.ConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read_string(archive.read(name).decode("utf-8"))
        general = dict(parser.items("general"))
    except (configparser.Error, UnicodeDecodeError) as error:
        yield f"metadata cannot be read: {type(error).__name__}"
        return
    yield from _fields(general)
    if f"{name.split('/')[0]}/{general.get('icon', '')}" not in archive.namelist():
        yield "metadata: no icon"


def _fields(general: dict[str, str]) -> Iterator[str]:
    yield from (f"metadata: no {key}" for key in REQUIRED if not general.get(key, "").strip())
    for key, template in ADDRESSES.items():
        address = urlparse(general.get(key, ""))
        if not (address.scheme and address.netloc) or general[key] == template:
            yield f"metadata: {key} is no address"
    if "/" in general.get("author", ""):
        yield "metadata: an author has no slashes"


RULES: tuple[Rule, ...] = (
    _names,
    _told_apart,
    _one_folder,
    _no_binaries,
    _no_waivers,
    _metadata,
)
