#!/usr/bin/env python3
"""Assemble, package and install the plug-in. Standard library only, for desks without make.

    python3 scripts/build.py build       build/weipian_plugin/, the folder that QGIS sees
    python3 scripts/build.py package     dist/weipian_plugin-VERSION.zip, the same bytes from the same sources
    python3 scripts/build.py install     into the user's QGIS profile
    python3 scripts/build.py translate   take the texts of the sources into the .ts files

Qt's own tools pyrcc5 and lrelease compile the resources and the translations; their output is kept in build/
and made again when what it is made of has changed.
"""

from __future__ import annotations

import argparse
import configparser
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts import translations

ROOT = Path(__file__).resolve().parents[1]
NAME = "weipian_plugin"

FOLDERS = {"weipian_plugin": "", "forms": "forms/", "processing_algorithms": "processing_algorithms/"}
"""Source folders and where they come to lie inside the plug-in."""
FILES = ("metadata.txt", "LICENSE")
TRANSLATED = tuple(FOLDERS)
"""Where texts of the windows and of the algorithms stand. Findings, sentences and values stay Chinese."""
LEFT_OUT_FOLDERS = {"__pycache__", "tests"}
LEFT_OUT_SUFFIXES = {".pyc", ".pyo", ".ts", ".orig", ".rej", ".bak", ".tmp"}

Contents = Mapping[str, bytes]
"""A plug-in as data: relative path with forward slashes to bytes."""


class BuildError(Exception):
    """The build cannot be done; the message is one sentence that says why."""


def version(root: Path = ROOT) -> str:
    """Return the plug-in's version, which only metadata.txt holds."""
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read_string((root / "metadata.txt").read_text(encoding="utf-8"))
    return metadata["general"]["version"]


def contents(root: Path = ROOT) -> dict[str, bytes]:
    """Return every file of the plug-in, compiled resources and translations included."""
    files = {name: (root / name).read_bytes() for name in FILES}
    for folder, target in FOLDERS.items():
        for path in _shipped(root / folder):
            files[target + path.relative_to(root / folder).as_posix()] = path.read_bytes()
    return files | _generated(root)


def _shipped(folder: Path) -> Iterator[Path]:
    """Yield the files below a source folder that belong into the plug-in."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith((".", "~")) or part.endswith("~") for part in parts)
        left_out = LEFT_OUT_FOLDERS.intersection(parts) or path.suffix in LEFT_OUT_SUFFIXES
        if path.is_file() and not hidden and not left_out:
            yield path


# Generated files --------------------------------------------------------------------------------------------


def _generated(root: Path) -> dict[str, bytes]:
    """Return the compiled resources and translations."""
    icons = sorted((root / NAME / "icons").glob("*.svg"))
    resources = [root / "resources.qrc", *icons]
    files = {"resources.py": _cached(root, "resources.py", resources, _compile_resources)}
    for source in sorted((root / NAME / "i18n").glob("*.ts")):
        target = f"{source.stem}.qm"
        files[f"i18n/{target}"] = _cached(root, target, [source], _compile_translation)
    return files


def _cached(root: Path, name: str, sources: list[Path], compile_: Callable[[list[Path]], bytes]) -> bytes:
    """Return what `compile_` makes of the sources, from build/generated/ if they have not changed since."""
    digest = hashlib.sha256()
    for path in sources:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    kept = root / "build" / "generated" / f"{name}.{digest.hexdigest()[:16]}"
    if not kept.exists():
        _put(kept, compile_(sources), kept.parent)
    return kept.read_bytes()


def _compile_resources(sources: list[Path]) -> bytes:
    """Compile resources.qrc and the icons it names; the result depends on their contents alone."""
    root = sources[0].parent
    with tempfile.TemporaryDirectory() as scratch:
        for path in sources:
            # pyrcc5 writes modification times into its output, so it gets copies with a fixed one.
            copy = Path(scratch, path.relative_to(root))
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
            os.utime(copy, (315532800, 315532800))
        target = Path(scratch, "resources.py")
        _run([_tool("pyrcc5"), "-o", str(target), "resources.qrc"], cwd=scratch)
        code = target.read_text(encoding="utf-8")
    return code.replace("from PyQt5 import", "from qgis.PyQt import").encode()


def _compile_translation(sources: list[Path]) -> bytes:
    """Compile one .ts file to the .qm form that Qt loads."""
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch, "translation.qm")
        _run([_tool("lrelease"), "-silent", str(sources[0]), "-qm", str(target)], cwd=scratch)
        return target.read_bytes()


def translate(root: Path = ROOT) -> list[Path]:
    """Take the texts of windows and algorithms into the .ts files; translations already there stay."""
    sources = [path for folder in TRANSLATED for path in _shipped(root / folder)]
    targets = sorted((root / NAME / "i18n").glob("*.ts"))
    for target in targets:
        translations.update(target, [path for path in sources if path.suffix in {".py", ".ui"}])
    return targets


def _tool(name: str) -> str:
    """Return the path of one of Qt's tools."""
    found = shutil.which(name) or shutil.which(name, path="/usr/lib/qt5/bin")
    if found is None:
        raise BuildError(
            f"{name} is missing: on Debian it comes with pyqt5-dev-tools and qttools5-dev-tools, "
            "elsewhere with PyQt5 and Qt's linguist tools."
        )
    return found


def _run(command: list[str], cwd: str | Path) -> None:
    """Run one of Qt's tools; what it prints is shown only when it fails."""
    environment = os.environ | {"QT_HASH_SEED": "0", "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BuildError(f"{Path(command[0]).name} failed: {(done.stderr or done.stdout).strip()}")


# Where it goes ----------------------------------------------------------------------------------------------


def write_folder(files: Contents, folder: Path) -> None:
    """Make a folder hold exactly these files, touching only what differs.

    Every file is put in place in one step and everybody writes the same bytes, so a running QGIS and a second
    build at the same time see whole files and need no lock. Python's own caches stay.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".weipian-", dir=folder.parent) as scratch:
        for name, data in files.items():
            path = folder / name
            if not path.is_file() or path.read_bytes() != data:
                _put(path, data, Path(scratch))
    kept = {folder / name for name in files}
    needed = {parent for path in kept for parent in path.parents}
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and path not in needed and not any(path.iterdir()):
            path.rmdir()
        elif path.is_file() and path not in kept and _is_stray(path, kept):
            path.unlink(missing_ok=True)


def _is_stray(path: Path, kept: set[Path]) -> bool:
    """Return whether a file that is not ours is no bytecode cache of ours either."""
    if path.parent.name != "__pycache__":
        return True
    return path.parent.parent / f"{path.name.split('.')[0]}.py" not in kept


def _put(path: Path, data: bytes, scratch: Path) -> None:
    """Write a file so that it is seen whole or not at all, by way of a folder on the same disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch.mkdir(parents=True, exist_ok=True)
    written = scratch / f".{path.name}.{os.getpid()}.tmp"
    written.write_bytes(data)
    written.replace(path)


def write_zip(files: Contents, path: Path) -> None:
    """Write the plug-in as a zip whose bytes depend on the files alone."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{NAME}/{name}", date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, files[name], zipfile.ZIP_DEFLATED, compresslevel=9)
    _put(path, buffer.getvalue(), path.parent)


def plugins_folder(profile: str, environment: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Return where QGIS looks for the plug-ins of a user profile on this operating system."""
    if environment.get("QGIS_CUSTOM_CONFIG_PATH"):
        base = Path(environment["QGIS_CUSTOM_CONFIG_PATH"])
    elif platform == "win32":
        base = Path(environment["APPDATA"], "QGIS", "QGIS3")
    elif platform == "darwin":
        base = Path(environment["HOME"], "Library", "Application Support", "QGIS", "QGIS3")
    else:
        share = environment.get("XDG_DATA_HOME") or Path(environment["HOME"], ".local", "share")
        base = Path(share, "QGIS", "QGIS3")
    return base / "profiles" / profile / "python" / "plugins"


# Commands ---------------------------------------------------------------------------------------------------


def build(root: Path = ROOT) -> Path:
    """Bring build/weipian_plugin/ up to date and return it; milliseconds when nothing has changed."""
    folder = root / "build" / NAME
    write_folder(contents(root), folder)
    return folder


def package(root: Path = ROOT) -> Path:
    """Write dist/weipian_plugin-VERSION.zip and return it."""
    path = root / "dist" / f"{NAME}-{version(root)}.zip"
    write_zip(contents(root), path)
    return path


def install(profile: str, root: Path = ROOT) -> Path:
    """Put the plug-in into the user's QGIS profile and return its folder."""
    folder = plugins_folder(profile, os.environ) / NAME
    if folder.is_symlink():
        folder.unlink()
    write_folder(contents(root), folder)
    return folder


def main(arguments: Iterable[str] | None = None) -> int:
    """Run one command of the command line."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=layout)
    parser.add_argument("command", choices=["build", "package", "install", "translate", "version"])
    parser.add_argument("--profile", default="default", help="QGIS user profile to install into")
    chosen = parser.parse_args(None if arguments is None else list(arguments))
    commands: dict[str, Callable[[], object]] = {
        "build": build,
        "package": package,
        "install": lambda: install(chosen.profile),
        "translate": lambda: "\n".join(map(str, translate())),
        "version": version,
    }
    try:
        print(commands[chosen.command]())
    except (BuildError, OSError) as error:
        print(f"build.py: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
