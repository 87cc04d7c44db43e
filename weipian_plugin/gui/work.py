"""Work away from the main thread: a function of `workflow` as a QGIS task, with progress and cancel."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from weipian_plugin.domain.errors import Cancelled, WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.gui.messages import Messages
from weipian_plugin.gui.progress_item import ProgressItem
from weipian_plugin.gui.session import Session
from weipian_plugin.texts import tr
from weipian_plugin.workflow import outside_changes
from weipian_plugin.workflow.own_thread import in_own_thread

Work = Callable[[Progress], Any]
TELL_SECONDS = 0.1


class TaskProgress(Progress):
    """Hands progress on to a task, and its cancelling back."""

    def __init__(self, task: WorkTask) -> None:
        """Listen for this task."""
        self._task = task
        self._told_at = 0.0

    def is_cancelled(self) -> bool:
        """Return whether the task was cancelled."""
        return bool(self._task.isCanceled())

    def _show(self, fraction: float, text: str) -> None:
        """Tell the window, but not more often than a person reads.

        Each telling makes the main thread wait for Python, which the work keeps busy; a hundred of them that
        have piled up stop the window.
        """
        now = time.monotonic()
        if now - self._told_at < TELL_SECONDS:
            return
        self._told_at = now
        self._task.setProgress(fraction * 100)
        if text:
            self._task.said.emit(text)


class WorkTask(QgsTask):
    """Runs one function in a worker thread. The function must touch no layer, project or widget."""

    said = pyqtSignal(str)
    """What the work does now, in Chinese."""

    def __init__(
        self,
        title: str,
        work: Work,
        quiet: bool = False,
        workspace: Path | None = None,
        library: Path | None = None,
    ) -> None:
        """Prepare `work(progress)` on these files; its result is handed to whoever started it.

        A quiet one is over in a moment and comes often: QGIS does not list it.
        """
        flags = QgsTask.Flag.CanCancel | (QgsTask.Flag.Hidden if quiet else QgsTask.Flag(0))
        super().__init__(title, flags)
        self.title = title
        self._work = work
        self._workspaces, self._libraries = ([path] if path else [] for path in (workspace, library))
        self.result: Any = None
        self.error: BaseException | None = None
        self.trace = ""
        self.is_dropped = False
        """Whether nobody wants to hear of it any more."""

    def run(self) -> bool:
        """Do the work in the worker thread; never raises, for Qt would abort the program."""
        try:
            self.result = in_own_thread(lambda: self._work(TaskProgress(self)))
        except Exception as error:
            self.trace = traceback.format_exc()
            self.error = self._explained(error)
        return self.error is None

    def _explained(self, error: Exception) -> Exception:
        return in_own_thread(lambda: outside_changes.explained(error, self._workspaces, self._libraries))


class Worker(QObject):
    """Starts tasks, keeps them until they are over, and says in the message bar what went wrong."""

    busy_changed = pyqtSignal()
    """A task has begun or ended."""

    def __init__(self, messages: Messages, session: Session, parent: QObject | None = None) -> None:
        """Tell refusals and errors through `messages`; the work is on the files of the session."""
        super().__init__(parent)
        self._messages, self._session = messages, session
        self._running: dict[WorkTask, Callable[[], None]] = {}
        self._shown: dict[WorkTask, ProgressItem] = {}
        self._stopped = False

    @property
    def running(self) -> tuple[WorkTask, ...]:
        """The tasks that are not over yet."""
        return tuple(self._running)

    def start(
        self,
        title: str,
        work: Work,
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None = None,
        quiet: bool = False,
    ) -> WorkTask:
        """Run `work(progress)` in a worker thread, then `done(result)` in the main thread.

        When it raises, the person is told, and `failed(error)` is called in the main thread; a cancelled
        task ends with Cancelled. After `stop` nothing is called any more.
        """
        task = WorkTask(title, work, quiet, self._session.workspace, self._session.library)
        self._running[task] = lambda: self._finish(task, done, failed)
        # QgsTask.finished() of a Python subclass is lost when the wrapper dies first; the signals are not.
        task.taskCompleted.connect(self._running[task])
        task.taskTerminated.connect(self._running[task])
        # A bound method: a function of the task's own would be gone when it is called.
        task.destroyed.connect(self._sweep_soon)
        self._shown[task] = ProgressItem(self._messages.bar, task)
        QgsApplication.taskManager().addTask(task)
        self.busy_changed.emit()
        return task

    def drop(self, task: WorkTask) -> None:
        """Cancel a task of which nobody, the person neither, wants to hear any more."""
        task.is_dropped = True
        if not sip.isdeleted(task):
            task.cancel()

    def stop(self) -> None:
        """Cancel what is running and wait until it has stopped."""
        self._stopped = True
        for task in self._living():
            task.cancel()
        for task in self._living():
            task.waitForFinished(10_000)
        self._running.clear()
        for item in self._shown.values():
            item.end()
        self._shown.clear()

    def _sweep_soon(self) -> None:
        QTimer.singleShot(0, self._sweep)

    def _sweep(self) -> None:
        """End what was cancelled while it waited for its turn: QGIS deletes it without a word."""
        for task in self.running:
            if sip.isdeleted(task):
                self._running[task]()

    def _living(self) -> list[WorkTask]:
        return [task for task in self.running if not sip.isdeleted(task)]

    def _finish(
        self,
        task: WorkTask,
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None,
    ) -> None:
        if self._running.pop(task, None) is None or self._stopped:
            return
        self._shown.pop(task).end()
        self.busy_changed.emit()
        if task.is_dropped:
            return
        error = task.error or (Cancelled() if _is_cancelled(task) else None)
        if error is None:
            done(task.result)
            return
        self._tell(task, error)
        if failed is not None:
            failed(error)

    def _tell(self, task: WorkTask, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            self._messages.info(tr("已取消：{}").format(task.title))
        elif isinstance(error, WeipianError):
            self._messages.warning(str(error))
        else:
            self._messages.error(
                tr("程序内部出错，没有保存任何改动；请点“详情”复制后发给维护人员。"),
                task.trace or repr(error),
            )


def _is_cancelled(task: WorkTask) -> bool:
    return sip.isdeleted(task) or task.status() == QgsTask.TaskStatus.Terminated
