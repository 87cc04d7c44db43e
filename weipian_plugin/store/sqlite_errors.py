"""SQLite's errors in the clerk's words."""

from __future__ import annotations

import os
import re
import sqlite3
from pathlib import Path

from weipian_plugin.domain.errors import Damaged, WeipianError
from weipian_plugin.store import holder

_LONGEST_PATH = 500
"""Bytes; SQLite takes 512 with what it puts beside the file (Windows: 1040)."""
_DAMAGED = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT})
_MESSAGES = {
    sqlite3.SQLITE_NOTADB: "“{path}”不是 GeoPackage 文件，或文件已损坏，请重新选择。",
    sqlite3.SQLITE_CORRUPT: "“{path}”已损坏，请从备份恢复后再试。",
    sqlite3.SQLITE_READONLY: "“{path}”或它所在的文件夹是只读的，无法写入，请换一个可写的位置或修改权限。",
    sqlite3.SQLITE_PERM: "没有权限读写“{path}”，请修改权限或换一个位置。",
    sqlite3.SQLITE_CANTOPEN: "无法打开“{path}”，请检查文件是否存在、文件夹是否可以读写。",
    sqlite3.SQLITE_FULL: "磁盘已满，“{path}”没有写入任何内容，请腾出空间后重试。",
    sqlite3.SQLITE_IOERR: "读写“{path}”时磁盘或网络出错，没有写入任何内容，请检查磁盘或网络连接后重试。",
    sqlite3.SQLITE_NOMEM: "处理“{path}”时内存不足，本次没有改动，请关闭别的程序后重试。",
    sqlite3.SQLITE_TOOBIG: "“{path}”里有一项内容太大，不能写入，本次没有改动，请检查数据后重试。",
}
_PARTS = {"table": "表", "column": "列", "trigger": "触发器", "view": "视图", "index": "索引"}
_MISSING = re.compile(r"no such (table|column|trigger|view|index): (\S+)")
_CONSTRAINTS = {
    "UNIQUE": "“{}”有重复的值",
    "NOT NULL": "“{}”没有填写",
    "CHECK": "不符合规定“{}”",
    "FOREIGN KEY": "有的记录所属的图斑或批次不在库里",
}
_CONSTRAINT = re.compile(rf"({'|'.join(_CONSTRAINTS)}) constraint failed(?:: (.*))?", re.DOTALL)


def told_as(error: sqlite3.Error, path: Path) -> WeipianError:
    """Return the exception, with one Chinese sentence, that tells of an error with a GeoPackage."""
    kind = Damaged if code_of(error) in _DAMAGED else WeipianError
    return kind(_sentence(error, path))


def code_of(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code of an error."""
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & 0xFF


def _sentence(error: sqlite3.Error, path: Path) -> str:
    code = code_of(error)
    if code == sqlite3.SQLITE_CANTOPEN and len(os.fsencode(path)) > _LONGEST_PATH:
        return f"“{path.name}”所在的路径太长，数据库打不开，请移到层次较浅、名称较短的文件夹。"
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return f"“{path}”正被占用（{holder.describe(path)}），本次没有改动，请等对方完成或关闭后重试。"
    if code in _MESSAGES:
        return _MESSAGES[code].format(path=path)
    if code == sqlite3.SQLITE_CONSTRAINT:
        why = _constraint(str(error))
        return f"“{path}”拒绝了不符合规定的数据（{why}），本次没有改动，请检查数据后重试。"
    return f"“{path}”的结构与本插件建立的不一致{_difference(str(error))}，本次没有改动，请从备份恢复。"


def _constraint(text: str) -> str:
    """Return in Chinese which constraint was broken; the triggers of the schema speak Chinese themselves."""
    found = _CONSTRAINT.fullmatch(text)
    return _CONSTRAINTS[found[1]].format(found[2]) if found else text


def _difference(text: str) -> str:
    found = _MISSING.search(text)
    return f"（缺少{_PARTS[found[1]]}“{found[2]}”）" if found else ""
