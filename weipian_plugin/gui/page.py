"""What the pages of the settings and of the exchange desk share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QLabel, QWidget

from weipian_plugin.gui import colours
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.forms import load_form
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.messages import sentence
from weipian_plugin.gui.start.opening import require_person
from weipian_plugin.gui.work import Work
from weipian_plugin.texts import tr


class Page(QWidget):
    """One page; subclasses name their form and fill it in `reload`."""

    form = ""
    needs_workspace = True

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        """Build the page's form."""
        super().__init__(parent)
        load_form(self.form, self)
        font = self.title_label.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)
        self.title_label.setFont(font)
        self.desk, self.jobs = desk, jobs
        if hasattr(self, "result_label"):
            self.say("")

    @property
    def workspace(self) -> Path:
        """The open workspace; pages that need one are disabled where there is none."""
        return self.desk.session.workspace or Path()

    def reload(self) -> None:
        """Show how things are now."""

    def say(self, text: str, colour: str = colours.OTHER) -> None:
        """Show a sentence on the page; '' takes it away."""
        label: QLabel = self.result_label
        label.setVisible(bool(text))
        label.setText(text)
        colours.lay_under(label, colour)

    def read(self, title: str, work: Work, done: Callable[[Any], None]) -> None:
        """Read something away from the main thread; older reads of this page are dropped.

        What was read of a workspace is not shown for another one.
        """
        name = f"{type(self).__name__}.{title}"
        self.jobs.start_newest(name, title, work, self._of_this(done), self._of_this(self.failed))

    def write(
        self,
        title: str,
        work: Callable[[str], Work],
        done: Callable[[Any], None],
        over: Callable[[], None] | None = None,
    ) -> None:
        """Write something in the name of who works here; the page waits until it is over.

        `over` is called at the end in any case, also where the page is gone by then.
        """
        actor = require_person(self.desk)
        if not actor:
            self.say(tr("请先在“人员”页填写姓名。"), colours.SOON)
            return
        self.setEnabled(False)

        def finish(result: Any) -> None:
            self.setEnabled(True)
            done(result)

        def fail(error: BaseException) -> None:
            self.setEnabled(True)
            self.failed(error)

        self.jobs.start(title, work(actor), finish, fail, over)

    def _of_this(self, told: Callable[[Any], None]) -> Callable[[Any], None]:
        workspace = self.desk.session.workspace

        def call(value: Any) -> None:
            if not self.needs_workspace or self.desk.session.workspace == workspace:
                told(value)

        return call

    def failed(self, error: BaseException) -> None:
        """Show why something could not be done."""
        if hasattr(self, "result_label"):
            self.say(sentence(error), colours.OVERDUE)


def open_file(path: Path | None) -> None:
    """Open a file or folder with the program that the computer has for it."""
    if path is not None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
