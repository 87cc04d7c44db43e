"""How the file of a parameter is spoilt."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
from shapely.geometry import Point

SQLITE = b"SQLite format 3\0"
SPARSE = 256 << 20
Spoil = Callable[[Path, Path], str]
"""Given the good file and an empty folder of its own, makes the bad one and returns the value to give."""


@dataclass(frozen=True)
class FileCase:
    """One way in which a file can be wrong."""

    key: str
    title: str
    """In Chinese, for the table of cases."""
    spoil: Spoil
    only: tuple[str, ...] = ()
    """Suffixes of the files to which it applies; () for all."""

    def applies(self, good: Path) -> bool:
        return not self.only or good.suffix in self.only


def _missing(good: Path, folder: Path) -> str:
    return str(folder / good.name)


def _missing_folder(good: Path, folder: Path) -> str:
    return str(folder / "没有这个文件夹" / good.name)


def _empty(good: Path, folder: Path) -> str:
    return _written(good, folder, b"")


def _folder(good: Path, folder: Path) -> str:
    (folder / good.name).mkdir()
    return str(folder / good.name)


def _truncated(good: Path, folder: Path) -> str:
    content = good.read_bytes()
    # Within a character: a text that ends between two may be all that somebody wrote.
    end = next(place for place in range(len(content) // 2, len(content)) if content[place] & 0xC0 == 0x80)
    return _written(good, folder, content[:end])


def _random(good: Path, folder: Path) -> str:
    return _written(good, folder, random.Random(7).randbytes(65536))


def _random_after_head(good: Path, folder: Path) -> str:
    head = good.read_bytes()[:100]
    return _written(good, folder, head + random.Random(8).randbytes(65536))


def _wrecked(good: Path, folder: Path) -> str:
    content = bytearray(good.read_bytes())
    middle, length = len(content) // 4, len(content) // 2
    content[middle : middle + length] = random.Random(9).randbytes(length)
    return _written(good, folder, bytes(content))


def _foreign_geopackage(good: Path, folder: Path) -> str:
    path = folder / good.name
    made = path.with_name("外来.gpkg")
    gpd.GeoDataFrame({"name": ["甲"]}, geometry=[Point(107.5, 29.4)], crs=4326).to_file(made, layer="points")
    return str(made.rename(path))


def _other_sqlite(good: Path, folder: Path) -> str:
    with closing(sqlite3.connect(folder / good.name)) as connection:
        connection.execute("CREATE TABLE setting (key, value)")
        connection.commit()
    return str(folder / good.name)


def _newer(good: Path, folder: Path) -> str:
    path = Path(_written(good, folder, good.read_bytes()))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE setting SET value = '99' WHERE key = 'schema_version'")
        connection.execute("UPDATE setting SET value = '9.9.0' WHERE key = 'since_plugin'")
        connection.commit()
    return str(path)


def _sparse(good: Path, folder: Path) -> str:
    path = folder / good.name
    with path.open("wb") as file:
        file.truncate(SPARSE)
    return str(path)


def _sparse_after_content(good: Path, folder: Path) -> str:
    path = Path(_written(good, folder, good.read_bytes()[:4096]))
    os.truncate(path, SPARSE)
    return str(path)


def _broken_link(good: Path, folder: Path) -> str:
    (folder / good.name).symlink_to(folder / "没有")
    return str(folder / good.name)


def _looping_link(good: Path, folder: Path) -> str:
    (folder / good.name).symlink_to(folder / good.name)
    return str(folder / good.name)


def _pipe(good: Path, folder: Path) -> str:
    os.mkfifo(folder / good.name)
    return str(folder / good.name)


def _device(good: Path, folder: Path) -> str:
    (folder / good.name).symlink_to("/dev/zero")
    return str(folder / good.name)


def _nul_in_path(good: Path, folder: Path) -> str:
    return f"{folder / 'a'}\0b{good.suffix}"


def _line_break_in_path(good: Path, folder: Path) -> str:
    return f"{folder / 'a'}\nb{good.suffix}"


def _overlong_name(good: Path, folder: Path) -> str:
    return str(folder / ("很长" * 200 + good.suffix))


def _blank(good: Path, folder: Path) -> str:
    return "  "


def _url(good: Path, folder: Path) -> str:
    return f"http://127.0.0.1:9/{good.name}"


def _vsi(good: Path, folder: Path) -> str:
    return f"/vsicurl/http://127.0.0.1:9/{good.name}"


def _wrong_suffix(good: Path, folder: Path) -> str:
    path = folder / f"{good.stem}.exe"
    path.write_bytes(b"MZ" + bytes(64))
    return str(path)


def _written(good: Path, folder: Path, content: bytes) -> str:
    path = folder / good.name
    path.write_bytes(content)
    return str(path)


OURS = ("工作库.gpkg", "底图库.gpkg", "备份.gpkg")

CASES = (
    FileCase("missing", "文件不存在", _missing),
    FileCase("missing-folder", "所在文件夹不存在", _missing_folder),
    FileCase("empty", "空文件（0 字节）", _empty),
    FileCase("folder", "同名的文件夹", _folder),
    FileCase("truncated", "只拷贝了一半", _truncated),
    FileCase("random", "随机字节", _random),
    FileCase("random-after-head", "开头正常，后面是随机字节", _random_after_head),
    FileCase("wrecked", "中间一半被改写", _wrecked),
    FileCase("foreign", "别的软件的 GeoPackage，改成同样的文件名", _foreign_geopackage),
    FileCase("other-sqlite", "不是 GeoPackage 的 SQLite，有同名的表", _other_sqlite),
    FileCase("newer", "更新版本插件的文件", _newer, OURS),
    FileCase("sparse", "256 MB 全零的稀疏文件", _sparse),
    FileCase("sparse-after-content", "开头正常、补零到 256 MB 的稀疏文件", _sparse_after_content),
    FileCase("broken-link", "指向不存在文件的链接", _broken_link),
    FileCase("looping-link", "指向自己的链接", _looping_link),
    FileCase("pipe", "命名管道", _pipe),
    FileCase("device", "指向设备的链接", _device),
    FileCase("nul-in-path", "路径里有 NUL 字节", _nul_in_path),
    FileCase("line-break-in-path", "路径里有换行", _line_break_in_path),
    FileCase("overlong-name", "文件名 400 个字", _overlong_name),
    FileCase("blank", "只有空格", _blank),
    FileCase("url", "网址", _url),
    FileCase("vsi", "GDAL 的网络路径", _vsi),
    FileCase("wrong-suffix", "扩展名不对的文件", _wrong_suffix),
)
