"""Look at a workbook that came from outside before it is opened: what it is, and whether it is harmless."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from weipian_plugin.domain.errors import WeipianError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAX_PARTS = 5_000
_MAX_PART_BYTES = 400_000_000
_MAX_TOTAL_BYTES = 800_000_000
_MAX_RATIO = 400
"""A sheet of nothing but equal cells shrinks to a hundredth; a bomb to a thousandth."""
_SMALL = 2_000_000
"""Below this no ratio matters."""
_CHUNK = 1 << 20
_OVERLAP = 64
# In UTF-8 and in both kinds of UTF-16: an XML part may be written in either.
_DECLARATION = re.compile(
    b"|".join(
        re.escape(word.encode(encoding))
        for word in ("<!DOCTYPE", "<!ENTITY", "<!doctype", "<!entity")
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    )
)
_STARTS = (b"<!", b"<\0!", b"\0<\0!")
"""What every declaration begins with, and hardly anything else: found much faster."""
_XML = (".xml", ".rels", ".vml")
_SAVE_AS = "请用 Excel 或 WPS 打开后另存为“Excel 工作簿（*.xlsx）”再导入"


def check_package(path: Path) -> None:
    """Raise WeipianError in one sentence for a file that is no plain .xlsx workbook.

    Refused are old .xls and encrypted files, web pages and texts called .xlsx, workbooks with macros, parts
    that declare a document type or entities, and packages that would unpack to more than memory holds.
    Nothing is unpacked to disk, and nothing in the file is run.
    """
    try:
        with path.open("rb") as file:
            head = file.read(512)
    except FileNotFoundError as error:
        raise WeipianError(f"找不到“{path}”，请检查路径。") from error
    except OSError as error:
        raise WeipianError(f"打不开“{path}”，请检查路径和权限；文件正在别处打开的，请先关闭。") from error
    _check_head(path, head)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(path, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise WeipianError(f"“{path.name}”已损坏，打不开，请让对方重新发送。") from error


def _check_head(path: Path, head: bytes) -> None:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not head:
        raise WeipianError(f"“{path.name}”是空文件，请让对方重新发送。")
    if head.startswith(_OLE):
        raise WeipianError(f"“{path.name}”是旧版 .xls 或加了密码的工作簿，{_SAVE_AS}。")
    if text.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        raise WeipianError(f"“{path.name}”其实是网页，不是 Excel 工作簿，{_SAVE_AS}。")
    if not head.startswith(b"PK"):
        raise WeipianError(f"“{path.name}”不是 Excel 工作簿（可能是改了扩展名的文本或 csv），{_SAVE_AS}。")


def _check_parts(path: Path, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise WeipianError(f"“{path.name}”里没有工作簿，可能是 .ods、.xlsb 或别的压缩文件，{_SAVE_AS}。")
    if path.suffix.lower() != ".xlsx" or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise WeipianError(f"“{path.name}”带有宏或扩展名不是 .xlsx，宏不会运行也不会导入，{_SAVE_AS}。")
    if len(parts) > _MAX_PARTS or len(names) < len(parts) or _is_bomb(parts):
        raise WeipianError(f"“{path.name}”展开后大得不正常，没有打开，请让对方重新导出。")
    for part in parts:
        if part.filename.lower().endswith(_XML) and _declares(archive, part):
            raise WeipianError(f"“{path.name}”里有不该有的实体声明，没有打开，请让对方重新导出。")


def _is_bomb(parts: list[zipfile.ZipInfo]) -> bool:
    return sum(part.file_size for part in parts) > _MAX_TOTAL_BYTES or any(
        part.file_size > _MAX_PART_BYTES
        or (part.file_size > _SMALL and part.file_size > _MAX_RATIO * max(part.compress_size, 1))
        for part in parts
    )


def _declares(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Return whether a part declares a document type; reads no more than the size that was checked."""
    kept = b""
    with archive.open(part) as stream:
        while block := stream.read(_CHUNK):
            text = kept + block
            if any(start in text for start in _STARTS) and _DECLARATION.search(text):
                return True
            kept = block[-_OVERLAP:]
    return False
