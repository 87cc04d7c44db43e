"""Figures of one moment, though they are read in several steps while others may write."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store import history
from weipian_plugin.store.workspace import Workspace

Gathered = TypeVar("Gathered")
TRIES = 5


def of_one_moment(work: Workspace, gather: Callable[[], Gathered]) -> Gathered:
    """Return what `gather` reads, read again where somebody wrote meanwhile: every change moves the history.

    One long transaction would make the writers wait instead. Raises WeipianError when somebody writes each
    time.
    """
    head = _head(work)
    for _ in range(TRIES):
        gathered, before = gather(), head
        head = _head(work)
        if head == before:
            return gathered
    raise WeipianError("读取期间一直有人在改动工作库，数字前后对不上，没有写出；请等对方办完后重试。")


def _head(work: Workspace) -> str:
    with work.reading() as connection:
        return history.head(connection)
