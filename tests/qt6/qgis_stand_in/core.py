# ruff: noqa: N802, N815 the names are those of QGIS
"""Of qgis.core: settings, tasks in threads, the message log."""

from __future__ import annotations

import enum
import threading
from functools import partial
from typing import Any, ClassVar

from PyQt6.QtCore import QObject, pyqtSignal

from qgis_stand_in.names import Anything


class Qgis(metaclass=Anything):
    """Levels of messages are real; every other enum is a name."""

    class MessageLevel(enum.IntEnum):
        Info, Warning, Critical, Success, NoLevel = range(5)

    @staticmethod
    def version() -> str:
        return "without QGIS"


class QgsSettings:
    """Settings in memory, one store for all."""

    kept: ClassVar[dict[str, Any]] = {}

    def value(self, key: str, default: Any = None, type: Any = None) -> Any:
        return self.kept.get(key, default)

    def setValue(self, key: str, value: Any) -> None:
        self.kept[key] = value

    def contains(self, key: str) -> bool:
        return key in self.kept

    def allKeys(self) -> list[str]:
        return sorted(self.kept)

    def remove(self, key: str) -> None:
        for known in [known for known in self.kept if known == key or known.startswith(f"{key}/")]:
            del self.kept[known]


class QgsMessageLog:
    """A log that nobody reads."""

    @staticmethod
    def logMessage(text: str, tag: str = "", level: Any = None, notify: bool = True) -> None:
        """Forget it."""


class QgsTask(QObject):
    """A task as QGIS runs it: `run` in a thread, the signals in the main thread."""

    class Flag(enum.Flag):
        CanCancel, Hidden, Silent = 2, 8, 16

    class TaskStatus(enum.Enum):
        Queued, OnHold, Running, Complete, Terminated = range(5)

    taskCompleted = pyqtSignal()
    taskTerminated = pyqtSignal()
    progressChanged = pyqtSignal(float)
    _over = pyqtSignal(bool)

    def __init__(self, description: str = "", flags: Flag = Flag.CanCancel) -> None:
        super().__init__()
        self._description, self._status, self._cancelled = description, self.TaskStatus.Queued, False
        self._progress = 0.0
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._over.connect(self._finish)

    def description(self) -> str:
        return self._description

    def status(self) -> TaskStatus:
        return self._status

    def progress(self) -> float:
        return self._progress

    def setProgress(self, percent: float) -> None:
        self._progress = percent
        self.progressChanged.emit(percent)

    def isCanceled(self) -> bool:
        return self._cancelled

    def cancel(self) -> None:
        self._cancelled = True

    def waitForFinished(self, milliseconds: int) -> bool:
        self._thread.join(milliseconds / 1000)
        return not self._thread.is_alive()

    def begin(self) -> None:
        self._status = self.TaskStatus.Running
        self._thread.start()

    def run(self) -> bool:
        raise NotImplementedError

    def _work(self) -> None:
        self._over.emit(self.run())

    def _finish(self, done: bool) -> None:
        done = done and not self._cancelled
        self._status = self.TaskStatus.Complete if done else self.TaskStatus.Terminated
        (self.taskCompleted if done else self.taskTerminated).emit()


class _Manager:
    """Starts tasks at once, and keeps them as QGIS does until they are over."""

    def __init__(self) -> None:
        self._kept: list[QgsTask] = []

    def addTask(self, task: QgsTask) -> None:
        self._kept.append(task)
        for over in (task.taskCompleted, task.taskTerminated):
            over.connect(partial(self._kept.remove, task))
        task.begin()


class QgsApplication:
    """The manager of tasks."""

    _manager = _Manager()

    @classmethod
    def taskManager(cls) -> _Manager:
        return cls._manager
