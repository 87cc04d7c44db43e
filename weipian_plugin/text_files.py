"""Texts that people write are read with care; texts that we write appear whole or not at all."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from pathlib import Path

from weipian_plugin.domain.errors import WeipianError

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_NAME = 60
"""Characters of a text that are taken into a name: long paths fail on Windows."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MOST_TEXT_BYTES = 1 << 20
"""Plans, dictionaries and templates have some tens of kilobytes; the YAML reader takes seconds a megabyte."""


def require_usable(path: Path) -> None:
    """Raise WeipianError for a path that no system takes, and for what would never end: pipes and devices.

    Whether a file is there, and of the right kind, is left to who reads it and can say it better.
    """
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return
    except (OSError, ValueError) as error:
        raise WeipianError(
            f"路径“{_shown(path)}”不能使用（太长、有不能用的字符或链接指向自己），请重新选择文件。"
        ) from error
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise WeipianError(f"“{path}”是设备或管道，不是文件，请重新选择文件。")


def read_text(path: Path, label: str) -> str:
    """Return the text of a file that a person wrote; `label` is what the office calls it.

    Raises WeipianError when it is missing, no file, unreadable, too large, or not UTF-8.
    """
    require_usable(path)
    try:
        if path.is_dir():
            raise WeipianError(f"{label}“{path}”是文件夹，请选择文件。")
        if path.stat().st_size > _MOST_TEXT_BYTES:
            raise WeipianError(f"{label}“{path.name}”超过 1 MB，不是{label}，请重新选择。")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise WeipianError(f"找不到{label}“{path}”，请检查路径。") from error
    except OSError as error:
        raise WeipianError(f"打不开{label}“{path}”，请检查路径和权限。") from error
    except UnicodeDecodeError as error:
        raise WeipianError(f"{label}“{path}”不是 UTF-8 文本，请用记事本另存为 UTF-8。") from error
    if has_control_characters(text):
        raise WeipianError(f"{label}“{path}”里有控制字符，不是文本文件，请重新选择。")
    return text


def write_text(path: Path, text: str, label: str) -> None:
    """Write a text as UTF-8, in the place of an earlier file; `label` is what the office calls it.

    Raises WeipianError where that fails; then there is nothing new, and what was there stays.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise WeipianError(
            f"写不了{label}“{path}”，请检查文件夹是否存在、是否可写、磁盘是否已满，文件是否正在别处打开。"
        ) from error


def name_from(text: str) -> str:
    """Return a text as part of a file's name that every system takes; '' where nothing is left of it."""
    return _NOT_IN_NAMES.sub("_", text).strip(" ._")[:_LONGEST_NAME]


def has_control_characters(text: str) -> bool:
    """Return whether a text holds what nobody types, such as NUL, at which other programs cut it off."""
    return _CONTROL.search(text) is not None


def _shown(path: Path) -> str:
    text = "".join(sign if sign.isprintable() else "?" for sign in str(path))
    return text if len(text) <= 80 else f"{text[:40]}……{text[-30:]}"
