"""Who is writing: a small file beside the GeoPackage for the time of a transaction."""

from __future__ import annotations

import getpass
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

UNKNOWN_HOLDER = "可能有人在 QGIS 里直接编辑它，或别的软件开着它"


@dataclass(frozen=True)
class Holder:
    """The person and program that hold a file for writing."""

    user: str
    host: str
    pid: int
    actor: str
    action: str
    since: str

    def sentence(self) -> str:
        """Return who it is in Chinese, for a message."""
        who = self.actor if self.actor in ("", self.user) else f"{self.actor}（{self.user}）"
        return f"{who or self.user}自 {self.since} 起在电脑 {self.host} 上进行“{self.action}”"


def sidecar_of(path: Path) -> Path:
    """Return the file that names the writer of a GeoPackage."""
    return path.with_name(path.name + ".writing.json")


@contextmanager
def announced(path: Path, actor: str, action: str) -> Iterator[None]:
    """Name the writer beside the file while the block runs. A folder that takes no file is no obstacle."""
    sidecar = sidecar_of(path)
    since = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
    me = Holder(user(), platform.node(), os.getpid(), actor, action, since)
    with suppress(OSError):
        sidecar.write_text(json.dumps(asdict(me), ensure_ascii=False), encoding="utf-8")
    try:
        yield
    finally:
        with suppress(OSError):
            sidecar.unlink(missing_ok=True)


def describe(path: Path) -> str:
    """Return in Chinese who holds the file, as far as can be told."""
    found = read(path)
    return found.sentence() if found is not None and not _is_gone(found) else UNKNOWN_HOLDER


def read(path: Path) -> Holder | None:
    """Return the writer named beside the file; None when nobody is named or the note cannot be read."""
    try:
        return Holder(**json.loads(sidecar_of(path).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _is_gone(found: Holder) -> bool:
    """Tell whether the note was left by a program that was killed (only knowable on this computer)."""
    if found.host != platform.node() or os.name != "posix":
        return False
    try:
        os.kill(found.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def user() -> str:
    """Return the login name of the person at this computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "未知用户"
