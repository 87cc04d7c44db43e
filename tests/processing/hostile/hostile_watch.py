"""What a hostile run may leave behind: nothing, whether it was refused or did its work."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from processing_runs import Run

FOREIGN = re.compile(
    r"Traceback|Error\b|Exception|errno|could not|failed|No such|\bNone\b|not a |invalid|unable|cannot|"
    r"\bdisk\b",
    re.IGNORECASE,
)
"""Words of libraries and of the system; what the clerk gave is taken out of a sentence first."""
LEFTOVERS = re.compile(r"\.part$|\.restore$|\.writing\.json$|-journal$|-wal$|-shm$|^~|\.tmp$|^\.~")
LARGE = 64 << 20
_CHINESE = re.compile(r"[一-鿿]")
_MOST_LETTERS = 400
_known: dict[tuple[int, ...], str] = {}


def snapshot(*folders: Path) -> dict[str, tuple[object, ...]]:
    """Return everything below the folders: kind, mode and content, of large files the times instead."""
    there = (str(folder) for folder in folders if folder.is_dir())
    return {entry.path: _state(entry) for folder in there for entry in _below(folder)}


def _below(folder: str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            yield entry
            if entry.is_dir(follow_symlinks=False):
                yield from _below(entry.path)


def _state(entry: os.DirEntry[str]) -> tuple[object, ...]:
    status = entry.stat(follow_symlinks=False)
    if stat.S_ISLNK(status.st_mode):
        return ("link", str(Path(entry.path).readlink()))
    if not stat.S_ISREG(status.st_mode):
        return (stat.S_IFMT(status.st_mode),)
    seen = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    if status.st_size > LARGE:
        return ("large", *seen)
    if seen not in _known:
        _known[seen] = hashlib.sha256(Path(entry.path).read_bytes()).hexdigest()
    return ("file", stat.S_IMODE(status.st_mode), _known[seen])


def leftovers(names: Iterable[str]) -> list[str]:
    """Return those paths that no run may leave: drafts, locks, notes of who writes."""
    return [name for name in names if LEFTOVERS.search(Path(name).name)]


def assert_refused_in_one_sentence(done: Run, *given: object) -> None:
    """Hold that the run failed and said why in Chinese; `given` are texts that the sentence may repeat."""
    assert not done.ok, f"not refused: {done.log}"
    assert len(done.errors) == 1, done.errors
    sentence = done.errors[0]
    assert "程序内部出错" not in sentence, sentence
    listed = "\n" in sentence  # faults of a plan file or template, each with its line
    assert listed or sentence.endswith("。"), sentence
    for text in sorted({str(value) for value in given}, key=len, reverse=True):
        sentence = sentence.replace(text, "") if text.strip() else sentence
    assert len(_CHINESE.findall(sentence)) >= 8, done.errors
    assert not FOREIGN.search(sentence), done.errors
    assert listed or len(sentence) < _MOST_LETTERS, done.errors
