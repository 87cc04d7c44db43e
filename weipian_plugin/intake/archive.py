"""Zip archives from outside, taken apart without trusting them.

Members are written under names made up here, into a temporary folder: a path in the archive is never
followed. Sizes are counted while unpacking, not believed.
"""

from __future__ import annotations

import lzma
import shutil
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake.shapefile_parts import PARTS

_MOST_MEMBERS = 20_000
_MOST_BYTES = 8 << 30
_MOST_RATIO = 200
_RATIO_MATTERS_FROM = 64 << 20
_BLOCK = 1 << 20
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What the standard library raises over archives that are damaged, encrypted or of an unknown method."""
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_SINGLE_FILES = (".gpkg", ".geojson", ".json", ".db", ".sqlite")


@dataclass(frozen=True)
class _Member:
    info: zipfile.ZipInfo
    path: PurePosixPath
    """Name inside the archive, decoded; only for telling members apart and for the person."""


@dataclass(frozen=True)
class Unpacked:
    """A data set taken out of an archive."""

    data: Path
    name: str
    """Its name in the archive; only for the person."""
    layer: str
    """Layer asked for inside it, '' for none."""


def unpack(archive: Path, wanted: str, folder: Path, progress: Progress) -> Unpacked:
    """Unpack the one data set of the archive into `folder`.

    `wanted` picks a data set by name; where the archive has one only, it names the layer inside that.
    Raises WeipianError for a damaged, encrypted, oversized or ambiguous archive.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            members = _members(opened)
            sets = _data_sets(members)
            name = _choose(sets, wanted, archive.name)
            data = _extract(opened, sets[name], folder, progress)
            is_whole = _is_called(name, wanted) or data.suffix == ".shp"
            return Unpacked(data, name, "" if is_whole else wanted)
    except PermissionError:
        raise
    except _DAMAGE as error:
        raise WeipianError(f"压缩包 {archive.name} 已损坏或有密码，请解压后重新选择文件。") from error


def data_set_names(archive: Path) -> list[str]:
    """Return the names of the data sets in an archive, as `unpack` picks them by.

    Raises WeipianError for a damaged, encrypted or oversized archive.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            return list(_data_sets(_members(opened)))
    except PermissionError:
        raise
    except _DAMAGE as error:
        raise WeipianError(f"压缩包 {archive.name} 已损坏或有密码，请解压后重新选择文件。") from error


def decoded_name(info: zipfile.ZipInfo) -> str:
    """Return the member's name: Chinese Windows writes GBK where the standard says code page 437."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    raw = info.filename.encode("cp437", errors="replace")
    for codec in ("utf-8", "gb18030"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return info.filename


def _members(opened: zipfile.ZipFile) -> list[_Member]:
    infos = opened.infolist()
    if len(infos) > _MOST_MEMBERS or sum(info.file_size for info in infos) > _MOST_BYTES:
        raise WeipianError("压缩包太大或文件太多，请解压后选择其中的数据文件。")
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise WeipianError("压缩包有密码，请解压后选择其中的数据文件。")
    return [
        _Member(info, PurePosixPath(decoded_name(info).replace("\\", "/")))
        for info in infos
        if not info.is_dir()
    ]


def _data_sets(members: list[_Member]) -> dict[str, list[_Member]]:
    """Return the members of every data set by its name inside the archive."""
    sets: dict[str, list[_Member]] = {}
    for member in members:
        suffix, path = member.path.suffix.lower(), member.path
        if _is_clutter(path):
            continue
        if path.parent.suffix.lower() == ".gdb":
            sets.setdefault(str(path.parent), []).append(member)
        elif suffix in _SINGLE_FILES:
            sets[str(path)] = [member]
        elif suffix == ".shp":
            sets[str(path)] = [other for other in members if _is_part_of(other.path, path)]
    return sets


def _is_clutter(path: PurePosixPath) -> bool:
    return path.name.startswith("._") or "__MACOSX" in path.parts


def _is_part_of(other: PurePosixPath, shp: PurePosixPath) -> bool:
    return other.parent == shp.parent and other.stem == shp.stem and other.suffix.lower() in PARTS


def _choose(sets: dict[str, list[_Member]], wanted: str, archive: str) -> str:
    if not sets:
        raise WeipianError(f"压缩包 {archive} 里没有 shapefile、GeoPackage 或 GeoJSON，请解压后检查。")
    fitting = [name for name in sets if _is_called(name, wanted)] or list(sets)
    listing = "、".join(dict.fromkeys(sets))
    if len(fitting) == 1 and wanted and not _may_hold(fitting[0], wanted):
        raise WeipianError(f"压缩包 {archive} 里没有“{wanted}”，里面的数据是：{listing}。")
    if len(fitting) == 1:
        return fitting[0]
    raise WeipianError(f"压缩包 {archive} 里有多份数据（{listing}），请解压后选择其中一份。")


def _may_hold(name: str, wanted: str) -> bool:
    """Return whether a data set is what is wanted, or may have a layer of that name."""
    return _is_called(name, wanted) or PurePosixPath(name).suffix.lower() != ".shp"


def _is_called(name: str, wanted: str) -> bool:
    path = PurePosixPath(name)
    return wanted in (name, path.name, path.stem)


def _extract(opened: zipfile.ZipFile, members: list[_Member], folder: Path, progress: Progress) -> Path:
    if members[0].path.parent.suffix.lower() == ".gdb":
        target = folder / "data.gdb"
        target.mkdir()
        for member in members:
            _write(opened, member.info, target / _plain_name(member.path.name), progress)
        return target
    main = folder / f"data{'.shp' if len(members) > 1 else members[0].path.suffix.lower()}"
    for member in members:
        _write(opened, member.info, main.with_suffix(member.path.suffix.lower()), progress)
    return main


def _plain_name(name: str) -> str:
    """Return the name of a geodatabase table file; anything but letters, digits, dot and dash is refused."""
    if not all(char.isalnum() or char in "._-" for char in name) or name.startswith("."):
        raise WeipianError("压缩包里的地理数据库含有异常文件名，请解压后检查。")
    return name


def _write(opened: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, progress: Progress) -> None:
    limit = max(info.compress_size * _MOST_RATIO, _RATIO_MATTERS_FROM)
    room = shutil.disk_usage(target.parent).free
    if info.file_size > room:
        raise WeipianError("临时目录所在磁盘空间不足，请清理后重试。")
    written = 0
    with opened.open(info) as source, target.open("wb") as sink:
        while block := source.read(_BLOCK):
            progress.check()
            written += len(block)
            if written > min(limit, _MOST_BYTES):
                raise WeipianError("压缩包的压缩率异常，可能是恶意文件，未解压；请核实来源。")
            sink.write(block)
