"""Keeps the patch layer like the workspace: reads in a worker, one at a time, and takes over what changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from qgis.core import QgsFeature
from qgis.PyQt.QtCore import QObject, QTimer

from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.map.patch_layer import PatchLayer, features_of
from weipian_plugin.gui.map.turns import Step, Turns
from weipian_plugin.gui.work import Work
from weipian_plugin.texts import tr
from weipian_plugin.workflow.patch_map import EMPTY, PatchChanges, PatchMap, changes_between, read_patch_map

_DAY_CHECK_MS = 10 * 60 * 1000
_PATCHES = "patches"
_PART = 400
"""Features put into the layer in one turn of the event loop: about 10 ms."""


@dataclass(frozen=True)
class _News:
    changes: PatchChanges
    fresh: list[QgsFeature]
    shown: PatchMap


class PatchFeed(QObject):
    """Makes the patch layer of a workspace and keeps it up to date."""

    def __init__(self, desk: Desk, made: Callable[[PatchLayer], None], updated: Callable[[], None]) -> None:
        """`made` is given each new layer, `updated` is called when it shows newer values."""
        super().__init__()
        self._desk, self._made, self._updated = desk, made, updated
        self._jobs = Jobs(desk.worker, quiet_reads=True)
        self._steps = Turns(self)
        self._patches: PatchLayer | None = None
        self._reading = self._again = False
        self._day = date.today()
        self._midnight = QTimer(self)
        self._midnight.setInterval(_DAY_CHECK_MS)
        self._midnight.timeout.connect(self._on_new_day)

    @property
    def patches(self) -> PatchLayer | None:
        """The layer on the map; None while there is none."""
        return self._patches

    def open(self, workspace: Path) -> None:
        """Make the layer of a workspace, in place of the one so far."""
        self.forget()
        self._day = date.today()
        self._midnight.start()
        self._read(tr("读取图斑到地图"), lambda _progress: _news(workspace, EMPTY), self._take)

    def forget(self) -> None:
        """Feed no layer any more."""
        self._jobs.drop(_PATCHES)
        self._steps.stop()
        self._patches = None
        self._reading = self._again = False
        self._midnight.stop()

    def refresh(self) -> None:
        """Read the workspace again; while a read is on its way, once more after it."""
        workspace, patches = self._desk.session.workspace, self._patches
        self._again = self._reading
        if self._reading or workspace is None or patches is None:
            return
        before = patches.shown
        self._read(tr("更新地图上的图斑"), lambda _progress: _news(workspace, before), self._apply)

    def _read(self, title: str, work: Work, take: Callable[[Any], None]) -> None:
        self._reading = True
        self._jobs.start_newest(_PATCHES, title, work, take, lambda _error: self._over())

    def _take(self, news: _News) -> None:
        """Fill a new layer part by part: thousands of features at once would stop the window."""
        patches = PatchLayer(news.shown)
        self._steps.run([*_filling(patches, news.fresh), partial(self._on_filled, patches)])

    def _on_filled(self, patches: PatchLayer) -> None:
        self._patches = patches
        self._made(patches)
        self._over()

    def _apply(self, news: _News) -> None:
        """Take over what changed, part by part too: a whole batch may have come."""
        patches = self._patches
        if patches is None:
            self._over()
            return
        change = partial(patches.change, news.changes)
        elsewhere = bool(news.changes.gone or news.fresh)
        tell = partial(patches.tell_changed, news.shown, elsewhere)
        self._steps.run([change, *_filling(patches, news.fresh), tell, self._on_applied])

    def _on_applied(self) -> None:
        self._updated()
        self._over()

    def _over(self) -> None:
        self._reading = False
        if self._again:
            self._again = False
            self.refresh()

    def _on_new_day(self) -> None:
        """Count the days that are left again once the day has changed."""
        if self._day != date.today():
            self._day = date.today()
            self.refresh()


def _filling(patches: PatchLayer, fresh: list[QgsFeature]) -> list[Step]:
    starts = range(0, len(fresh), _PART)
    return [partial(patches.add, fresh[start : start + _PART]) for start in starts]


def _news(workspace: Path, before: PatchMap) -> _News:
    after = read_patch_map(workspace, date.today())
    changes = changes_between(before, after)
    return _News(changes, features_of(changes.new), after)
