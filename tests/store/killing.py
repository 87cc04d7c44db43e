"""A child process that is killed at one very system call, as a power cut would."""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from store_samples import forked

CALLS = "pwrite64,fdatasync,fsync,ftruncate,unlink,rename"
"""What changes files; the tracer stops the process before the call is done."""
_ANY_TRACER = "import ctypes; ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1), 0, 0, 0)"
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\(", re.MULTILINE)

Moment = tuple[str, int]
"""A system call by name, and the how-manieth of its name, from 1."""


def moments(work: Callable[[], object], log: Path) -> list[Moment]:
    """Run `work` to its end in a child; return the calls by which it changed files, in their order."""
    _traced(work, log)
    counted: Counter[str] = Counter()
    found: list[Moment] = []
    for name in _CALL.findall(log.read_text(encoding="utf-8", errors="replace")):
        counted[name] += 1
        found.append((name, counted[name]))
    return found


def kill_at(work: Callable[[], object], moment: Moment, log: Path) -> None:
    """Run `work` in a child that is killed at the moment."""
    _traced(work, log, "-e", f"inject={moment[0]}:signal=KILL:when={moment[1]}")


def _traced(work: Callable[[], object], log: Path, *options: str) -> None:
    waiting, start = os.pipe()

    def begin() -> None:
        exec(_ANY_TRACER, {})
        os.read(waiting, 1)
        work()
        os._exit(0)

    child = forked(begin)
    tracer = ["strace", "-p", str(child.pid), "-e", f"trace={CALLS}", "-o", str(log), *options]
    with subprocess.Popen(tracer, stderr=subprocess.PIPE, text=True) as strace:
        assert strace.stderr is not None
        assert "attached" in strace.stderr.readline()
        os.write(start, b"x")
        child.wait()
    os.close(waiting)
    os.close(start)
