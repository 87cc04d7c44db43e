"""What both GeoPackages share: their settings, how a file is recognised, made and opened."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from weipian_plugin.domain.errors import Damaged, WeipianError
from weipian_plugin.store import geopackage
from weipian_plugin.store.connection import connect, connect_to_read, told
from weipian_plugin.store.schema_steps import LATEST
from weipian_plugin.text_files import require_usable

_SQLITE_MAGIC = b"SQLite format 3\0"
_HAS_SETTINGS = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'setting'"
"""A view of that name might never come to its end."""
_PAGE_BYTES = 16384
"""Outlines of a kilobyte or more fill SQLite's usual pages of 4096 badly: files get an eighth smaller."""


@dataclass(frozen=True)
class FileKind:
    """One of the plug-in's two kinds of GeoPackage."""

    format: str
    """Value of the setting `format`, by which the file knows what it is."""
    label: str
    """What the office calls it."""
    schema_version: int
    """The newest schema that this version of the plug-in understands."""
    since_plugin: str
    """The first plug-in version that writes this schema: what an older plug-in tells its user to get."""


LIBRARY = FileKind("weipian-library", "底图库", 1, "0.1.0")
WORKSPACE = FileKind("weipian-workspace", "工作库", LATEST.version, LATEST.since_plugin)
_REASONS = {
    errno.ENOSPC: "磁盘空间不足",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "路径太长",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "同名文件已经存在",
    errno.EIO: "磁盘或网络出错",
}
_HELD_ELSEWHERE = (32, 33)
"""ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows, whose errno says no more than EACCES."""
_KINDS = {kind.format: kind for kind in (LIBRARY, WORKSPACE)}


def read_settings(path: Path, kind: FileKind) -> dict[str, str]:
    """Return the settings of a file of this kind; raise WeipianError in one sentence for anything else."""
    _check_file(path, kind)
    with told(path), closing(connect_to_read(path)) as connection:
        if not _is_ours(connection):
            raise WeipianError(f"“{path}”不是{kind.label}：它是其他软件的 GeoPackage 文件，请重新选择。")
        return checked_settings(connection, path, kind)


def checked_settings(connection: sqlite3.Connection, path: Path, kind: FileKind) -> dict[str, str]:
    """Return the settings; raise WeipianError when they are of another kind of file, or a newer one."""
    settings = dict(connection.execute("SELECT key, value FROM setting"))
    _check_settings(path, kind, settings)
    return settings


def is_older(settings: Mapping[str, str], kind: FileKind) -> bool:
    """Return whether a file's structure is older than this version of the plug-in makes it."""
    return int(settings["schema_version"]) < kind.schema_version


def _check_file(path: Path, kind: FileKind) -> None:
    require_usable(path)
    if path.is_dir():
        raise WeipianError(f"“{path}”是文件夹，不是{kind.label}文件，请选择 .gpkg 文件。")
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except FileNotFoundError as error:
        told = f"找不到{kind.label}“{path}”，请检查路径（网络盘、U 盘要先连上），或重新选择。"
        raise WeipianError(told) from error
    except OSError as error:
        raise WeipianError(
            f"无法读取{kind.label}“{path}”（{reason_of(error)}），请检查路径和权限。"
        ) from error
    if head[:16] != _SQLITE_MAGIC:
        raise Damaged(f"“{path}”不是{kind.label}：它不是 GeoPackage 文件，或已损坏，请重新选择或从备份恢复。")
    if int.from_bytes(head[68:72], "big") != geopackage.APPLICATION_ID:
        raise WeipianError(f"“{path}”不是{kind.label}：它不是 GeoPackage 文件，请重新选择。")


def _is_ours(connection: sqlite3.Connection) -> bool:
    columns = {row[1] for row in connection.execute("PRAGMA table_info(setting)")}
    return {"key", "value"} <= columns and connection.execute(_HAS_SETTINGS).fetchone() is not None


def _check_settings(path: Path, kind: FileKind, settings: Mapping[str, str]) -> None:
    found = _KINDS.get(settings.get("format", ""))
    if found is None:
        raise WeipianError(f"“{path}”不是{kind.label}：它是其他软件的 GeoPackage 文件，请重新选择。")
    if found.format != kind.format:
        raise WeipianError(f"“{path}”是{found.label}，这里需要的是{kind.label}，请重新选择。")
    if not settings.get("schema_version", "").isdecimal():
        raise Damaged(f"“{path}”的设置表已损坏（没有结构版本），请从备份恢复。")
    if int(settings["schema_version"]) > kind.schema_version:
        needed = settings.get("since_plugin", "更新")
        raise WeipianError(
            f"{kind.label}“{path}”由更新版本的插件建立，本插件不能打开，请升级到 {needed} 或以上版本。"
        )


def make(path: Path, kind: FileKind, build: Callable[[sqlite3.Connection], None]) -> None:
    """Make a new GeoPackage: written whole under a temporary name, then moved into place.

    Raises WeipianError, leaving nothing behind, when the file exists or the folder cannot be written.
    """
    if path.exists():
        raise WeipianError(f"“{path}”已经存在，不会覆盖，请换一个文件名。")
    if not path.parent.is_dir():
        raise WeipianError(f"文件夹“{path.parent}”不存在，请先建立文件夹或换一个位置。")
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        unfinished.unlink(missing_ok=True)
        with told(path), closing(connect(unfinished, "rwc")) as connection:
            _build(connection, kind, build)
        unfinished.rename(path)
    except OSError as error:
        raise WeipianError(
            f"无法建立{kind.label}“{path}”（{reason_of(error)}），请换一个可写的位置。"
        ) from error
    finally:
        remove_unfinished(unfinished)


def _build(
    connection: sqlite3.Connection, kind: FileKind, build: Callable[[sqlite3.Connection], None]
) -> None:
    connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
    connection.execute("BEGIN IMMEDIATE")
    geopackage.create_core_tables(connection)
    build(connection)
    write_settings(
        connection,
        {
            "format": kind.format,
            "schema_version": str(kind.schema_version),
            "since_plugin": kind.since_plugin,
        },
    )
    connection.execute("COMMIT")


def remove_unfinished(unfinished: Path) -> None:
    """Remove a file that was not finished, with what SQLite put beside it; what is not there is no error."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            unfinished.with_name(unfinished.name + suffix).unlink()


def reason_of(error: OSError) -> str:
    """Return in Chinese why the system refused a file operation."""
    if getattr(error, "winerror", None) in _HELD_ELSEWHERE:
        return "正被别的程序占用"
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")


def write_settings(connection: sqlite3.Connection, settings: Mapping[str, str]) -> None:
    """Put settings into the table `setting`, replacing those of the same key."""
    connection.executemany(
        "INSERT INTO setting (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        settings.items(),
    )
