"""A workbook appears whole under its name, or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from weipian_plugin.domain.errors import WeipianError

_LOCKS = ("~${}", ".~{}", ".~lock.{}#")
"""What Excel, WPS and LibreOffice put beside a file while it is open."""


@contextmanager
def replacing(path: Path, extension: str = ".xlsx") -> Iterator[Path]:
    """Give a temporary path beside `path`, and move it there when the block ends well.

    Otherwise the temporary file is removed and what was at `path` stays as it was. Raises WeipianError for a
    wrong extension, a missing folder, a target that is open elsewhere or may not be written, a full disk.
    """
    check_target(path, extension)
    temporary = path.with_name(f"~{os.getpid()}-{path.name}")
    try:
        yield temporary
        _check_closed(path)
        temporary.replace(path)
    except PermissionError as error:
        raise _refused(path) from error
    except OSError as error:
        raise WeipianError(
            f"写不了“{path}”（{error.strerror or error}），请检查磁盘空间和路径后重试。"
        ) from error
    finally:
        # Where that fails, what went wrong before it is what has to be told.
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def check_target(path: Path, extension: str = ".xlsx") -> None:
    """Raise WeipianError before the work for what would fail after it; the target is not touched."""
    if path.suffix.lower() != extension:
        raise WeipianError(f"输出文件“{path.name}”的扩展名应为 {extension}，请改名后重试。")
    if not path.parent.is_dir():
        raise WeipianError(f"文件夹“{path.parent}”不存在，请先建好文件夹或另选位置。")
    if path.is_dir():
        raise WeipianError(f"“{path}”是一个文件夹，请换一个文件名。")
    _check_closed(path)
    try:
        if path.exists():
            path.open("r+b").close()
        else:
            with tempfile.TemporaryFile(dir=path.parent):
                pass
    except OSError as error:
        raise _refused(path) from error


def _check_closed(path: Path) -> None:
    """Raise WeipianError where Excel, WPS or LibreOffice left the sign that it has the file open.

    Windows would refuse to replace it; elsewhere, as on a shared drive, it would be replaced under the hands
    of who is working in it.
    """
    for sign in _LOCKS:
        lock = path.with_name(sign.format(path.name))
        if path.exists() and lock.exists():
            raise WeipianError(
                f"“{path.name}”正被 Excel、WPS 或 LibreOffice 打开（有锁文件“{lock.name}”），"
                "请关闭它或另选文件名后重试；确认没有打开的，请先删除这个锁文件；原文件没有改动。"
            )


def _refused(path: Path) -> WeipianError:
    return WeipianError(
        f"写不了“{path}”：文件可能正被 Excel 或 WPS 打开，或没有写入权限，"
        "请关闭它或另选位置后重试；原文件没有改动。"
    )
