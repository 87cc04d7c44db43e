"""Where the data of an import are: path, layer and kind told apart, checked, fingerprinted, opened safely.

Originals are only ever read. Whatever needs another form (a zip, a shapefile without index, a database that
is being written) is copied into a temporary folder first.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath

from pyogrio.util import vsi_path

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.findings import Finding
from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake import archive, fingerprint, shapefile_parts
from weipian_plugin.intake.catalogue import finding
from weipian_plugin.intake.crs_label import is_crs_text
from weipian_plugin.intake.geojson_link import refuse_linked_crs
from weipian_plugin.text_files import require_usable


class Kind(StrEnum):
    """What a source is; the value is shown in the report."""

    SHAPEFILE = "Shapefile"
    GEOPACKAGE = "GeoPackage"
    FILE_GDB = "文件地理数据库"
    PERSONAL_GDB = "个人地理数据库"
    GEOJSON = "GeoJSON"
    SQLITE = "国土调查云数据包"
    ZIP = "压缩包"


_SUFFIXES = {
    ".shp": Kind.SHAPEFILE,
    ".gpkg": Kind.GEOPACKAGE,
    ".gdb": Kind.FILE_GDB,
    ".mdb": Kind.PERSONAL_GDB,
    ".geojson": Kind.GEOJSON,
    ".json": Kind.GEOJSON,
    ".db": Kind.SQLITE,
    ".sqlite": Kind.SQLITE,
    ".sqlite3": Kind.SQLITE,
    ".zip": Kind.ZIP,
}
_SHAPEFILE_COMPANIONS = (".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qpj")
_SQLITE_MAGIC = b"SQLite format 3\x00"
_WAL_VERSION = 2
_SIDECARS = ("-wal", "-journal")
_COPY_NAME = re.compile(r"(?<![\w./])data(?=\.\w+)")
"""What temporary copies are called; messages speak of the original."""
_HARMLESS_URI_PARTS = ("option:", "geometrytype=", "uniquegeometrytype=", "encoding=")


@dataclass(frozen=True)
class Source:
    """A source ready for reading."""

    original: Path
    """What the person chose; shown and recorded, never changed."""
    data: Path
    """What is read: the original, or a copy of it in a temporary folder."""
    kind: Kind
    layer: str
    """Layer asked for, '' for none."""
    sha256: str = ""
    size: int = 0
    findings: tuple[Finding, ...] = ()
    inside: str = ""
    """Name of the data set inside the archive, '' when it lies in none."""

    @property
    def name(self) -> str:
        """What the data set is called, without its suffix."""
        return PurePosixPath(self.inside).stem if self.inside else self.original.stem


@contextmanager
def open_source(text: str, progress: Progress) -> Iterator[Source]:
    """Yield the source that `text` names (path, `|layername=` allowed); copies go at the end.

    Raises WeipianError in one sentence when it is missing, incomplete, locked or of no known kind.
    """
    path, layer = parse_source(text)
    with tempfile.TemporaryDirectory(prefix="weipian_", ignore_cleanup_errors=True) as folder:
        try:
            yield _prepare(path, layer, Path(folder), progress)
        except WeipianError as error:
            # A lambda, because a name may hold backslashes.
            told = _COPY_NAME.sub(lambda _: path.stem, str(error))
            if told == str(error):
                raise
            raise WeipianError(told) from error
        except PermissionError as error:
            raise WeipianError(
                f"打不开 {path.name}：文件正被其他程序占用，或没有读取权限；请关闭占用它的程序后重试。"
            ) from error


def parse_source(text: str) -> tuple[Path, str]:
    """Return path and layer name of a source as QGIS and people write it."""
    text = text.strip().strip('"')
    if not text:
        raise WeipianError("没有指定要导入的文件。")
    if _exists(Path(text)):
        return Path(text), ""
    if text.startswith("/vsizip/"):
        return _parse_vsizip(text.removeprefix("/vsizip/"))
    main, parts = _split_source(text)
    layer = ""
    for part in parts:
        if part.lower().startswith("layername="):
            layer = part[len("layername=") :]
        elif not part.lower().startswith(_HARMLESS_URI_PARTS):
            raise WeipianError(f"不支持带“{part}”的图层（只认 |layername=），请把要导入的内容另存为文件。")
    return Path(main), layer


def _split_source(text: str) -> tuple[str, list[str]]:
    """Return the path and what is said about it behind |, which may stand in names of folders too."""
    pieces = text.split("|")
    for count in range(len(pieces) - 1, 1, -1):
        main = "|".join(pieces[:count])
        if _exists(Path(main)):
            return main, pieces[count:]
    return pieces[0], pieces[1:]


def _parse_vsizip(text: str) -> tuple[Path, str]:
    path = Path(text)
    for parent in (path, *path.parents):
        if parent.suffix.lower() == ".zip" and parent.is_file():
            return parent, path.relative_to(parent).as_posix().removeprefix(".")
    raise WeipianError(f"找不到压缩包 {text}，请检查路径。")


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _prepare(path: Path, layer: str, folder: Path, progress: Progress) -> Source:
    path, kind = _identify(path)
    if kind is Kind.ZIP:
        unpacked = archive.unpack(path, layer, folder, progress)
        inner = _prepare(unpacked.data, unpacked.layer, _sub_folder(folder), progress)
        return replace(inner, original=path, inside=unpacked.name)
    source = Source(path, path, kind, layer)
    if kind is Kind.SHAPEFILE:
        return _prepare_shapefile(source, folder, progress)
    if kind is Kind.FILE_GDB:
        return _prepare_folder(source, folder, progress)
    if kind is Kind.GEOJSON:
        refuse_linked_crs(path, progress)
    return _prepare_file(source, folder, progress)


def _sub_folder(folder: Path) -> Path:
    inner = folder / "inner"
    inner.mkdir()
    return inner


def _identify(path: Path) -> tuple[Path, Kind]:
    require_usable(path)
    if not _exists(path):
        raise WeipianError(f"找不到 {path}，请检查路径；若在网络盘或 U 盘上，请确认已经连接。")
    if path.is_dir():
        return _identify_folder(path)
    suffix = path.suffix.lower()
    if suffix in _SHAPEFILE_COMPANIONS:
        return _main_of(path), Kind.SHAPEFILE
    if suffix == ".gdbtable":
        return path.parent, Kind.FILE_GDB
    if suffix not in _SUFFIXES:
        raise WeipianError(
            f"不认识 {path.name} 的格式，请换成 shapefile、GeoPackage、文件地理数据库（.gdb）、"
            "GeoJSON 或它们的压缩包。"
        )
    return path, _confirm(path, _SUFFIXES[suffix])


def _identify_folder(path: Path) -> tuple[Path, Kind]:
    if path.suffix.lower() == ".gdb" or any(path.glob("*.gdbtable")):
        return path, Kind.FILE_GDB
    shapefiles = [entry for entry in path.iterdir() if entry.suffix.lower() == ".shp"]
    if len(shapefiles) == 1:
        return shapefiles[0], Kind.SHAPEFILE
    if not shapefiles:
        raise WeipianError(
            f"文件夹 {path.name} 里没有 shapefile，也不是文件地理数据库（.gdb），请选择数据文件。"
        )
    names = "、".join(sorted(entry.name for entry in shapefiles)[:10])
    raise WeipianError(f"文件夹 {path.name} 里有多个 shapefile（{names}），请选择其中一个。")


def _main_of(companion: Path) -> Path:
    for entry in companion.parent.iterdir():
        if entry.suffix.lower() == ".shp" and shapefile_parts.is_same_set(entry, companion):
            return entry
    raise WeipianError(
        f"{companion.name} 只是 shapefile 的一部分，缺少图形文件 {companion.stem}.shp，请索取完整的一套。"
    )


def _confirm(path: Path, kind: Kind) -> Kind:
    """Return the kind after a look at the first bytes: a wrong suffix is told at once."""
    with path.open("rb") as file:
        head = file.read(16)
    is_sqlite = head == _SQLITE_MAGIC
    if kind in (Kind.GEOPACKAGE, Kind.SQLITE) and not is_sqlite:
        raise WeipianError(f"{path.name} 不是{kind.value}（文件头不对），可能没有拷贝完整，请重新索取。")
    if kind is Kind.ZIP and not head.startswith(b"PK"):
        raise WeipianError(f"{path.name} 不是 zip 压缩包（若是 rar 或 7z，请先解压）。")
    if kind is Kind.GEOJSON and not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        raise WeipianError(f"{path.name} 不是 GeoJSON（应以花括号开头），请检查文件。")
    return kind


def _prepare_shapefile(source: Source, folder: Path, progress: Progress) -> Source:
    parts = shapefile_parts.find_parts(source.original)
    shapefile_parts.check_shp(parts[".shp"])
    if ".dbf" not in parts:
        raise WeipianError(
            f"{source.original.name} 缺少属性文件 {source.original.stem}.dbf，请向提供单位索取完整的一套。"
        )
    sha256, size = fingerprint.of_shapefile(parts, progress)
    source = replace(source, sha256=sha256, size=size)
    if not shapefile_parts.index_is_sound(parts):
        return _with_new_index(source, parts, folder)
    if _is_plain(source.original) and _is_regular(parts) and _has_plain_prj(parts):
        return source
    return _copy_shapefile(source, parts, folder)


def _with_new_index(source: Source, parts: dict[str, Path], folder: Path) -> Source:
    state = "已损坏" if ".shx" in parts else "缺失"
    index = shapefile_parts.build_index(parts[".shp"])
    copied = _copy_shapefile(source, {key: part for key, part in parts.items() if key != ".shx"}, folder)
    copied.data.with_suffix(".shx").write_bytes(index)
    return replace(copied, findings=(finding("index-rebuilt", state=state),))


def _copy_shapefile(source: Source, parts: dict[str, Path], folder: Path) -> Source:
    data = folder / "data.shp"
    for suffix, part in parts.items():
        shutil.copyfile(part, data.with_suffix(suffix))
    if not _has_plain_prj(parts):
        text = _readable_label(shapefile_parts.prj_text(parts[".prj"]))
        data.with_suffix(".prj").write_text(text, encoding="utf-8")
    return replace(source, data=data)


def _has_plain_prj(parts: dict[str, Path]) -> bool:
    """Return whether the reader, which knows UTF-8 and whole texts only, can take the .prj as it is."""
    if ".prj" not in parts:
        return True
    content = parts[".prj"].read_bytes()
    return content.isascii() and is_crs_text(content.decode("ascii"))


def _readable_label(text: str) -> str:
    """Return a CRS text as it is, a broken one as the name of a local system: the reader stops at it else."""
    return text if is_crs_text(text) else f'LOCAL_CS["{text.replace(chr(34), chr(39))}"]'


def _is_regular(parts: dict[str, Path]) -> bool:
    """Return whether all parts have the .shp's way of writing the suffix, as GDAL looks for them."""
    upper = parts[".shp"].suffix.isupper()
    return all(part.suffix == (suffix.upper() if upper else suffix) for suffix, part in parts.items())


def _is_plain(path: Path) -> bool:
    """Return whether the reader takes the path as it is: some take ! and ; for address syntax."""
    return vsi_path(str(path)) == str(path) and ";" not in str(path)


def _prepare_folder(source: Source, folder: Path, progress: Progress) -> Source:
    sha256, size = fingerprint.of_folder(source.original, progress)
    source = replace(source, sha256=sha256, size=size)
    if any(source.original.glob("*.lock")):
        source = replace(source, findings=(finding("gdb-locked"),))
    if _is_plain(source.original):
        return source
    data = folder / "data.gdb"
    shutil.copytree(source.original, data)
    return replace(source, data=data)


def _prepare_file(source: Source, folder: Path, progress: Progress) -> Source:
    sha256, size = fingerprint.of_file(source.original, progress)
    source = replace(source, sha256=sha256, size=size)
    sidecars = [side for suffix in _SIDECARS if (side := _sidecar(source.original, suffix)).exists()]
    if _is_plain(source.original) and not sidecars and not _is_wal(source):
        return source
    data = folder / f"data{source.original.suffix.lower()}"
    shutil.copyfile(source.original, data)
    for side in sidecars:
        shutil.copyfile(side, _sidecar(data, side.name.removeprefix(source.original.name)))
    findings = (finding("source-copied", reason="数据库可能正在别的软件中打开"),) if sidecars else ()
    return replace(source, data=data, findings=findings)


def _sidecar(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _is_wal(source: Source) -> bool:
    """Return whether opening the database in place would create files beside it."""
    if source.kind not in (Kind.GEOPACKAGE, Kind.SQLITE):
        return False
    with source.original.open("rb") as file:
        return file.read(20)[18:20] == bytes([_WAL_VERSION, _WAL_VERSION])
