"""The exchange desk: export, self-check, dispatch, letters, city return, tasks."""

from __future__ import annotations

from typing import TypeVar

from qgis.PyQt.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.dock import Dock
from weipian_plugin.gui.exchange_desk.dispatch_page import DispatchPage
from weipian_plugin.gui.exchange_desk.export_page import ExportPage
from weipian_plugin.gui.exchange_desk.letters_page import LettersPage
from weipian_plugin.gui.exchange_desk.precheck_page import PrecheckPage
from weipian_plugin.gui.exchange_desk.return_page import ReturnPage
from weipian_plugin.gui.exchange_desk.tasks_page import TasksPage
from weipian_plugin.gui.forms import scrolled
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.page import Page
from weipian_plugin.texts import tr

AnyPage = TypeVar("AnyPage", bound=Page)


class ExchangeDock(Dock):
    """One tab a direction."""

    none_label: QLabel
    tabs: QTabWidget

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Show what can be done with the open workspace."""
        super().__init__("exchange_dock.ui", "weipianExchangeDock", parent)
        self._desk, self._jobs = desk, Jobs(desk.worker)
        self._made: dict[type[Page], Page] = {}
        self._titles: dict[type[Page], str] = {
            ExportPage: tr("导出上报"),
            PrecheckPage: tr("上报自查"),
            DispatchPage: tr("下发任务"),
            LettersPage: tr("函件与总结"),
            ReturnPage: tr("市级退回"),
            TasksPage: tr("退回待办"),
        }
        for title in self._titles.values():
            place = QWidget(self.tabs)
            QVBoxLayout(place).setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(place, title)
        self.tabs.currentChanged.connect(self._show_page)
        desk.session.workspace_changed.connect(self.reload)
        desk.session.patches_changed.connect(self._reload_tasks)
        self._show_page(0)
        self.reload()

    def page(self, kind: type[AnyPage]) -> AnyPage:
        """Return a page, made when first asked for: six forms at once would let the window hang."""
        if kind not in self._made:
            made = kind(self._desk, self._jobs)
            self._made[kind] = made
            self.tabs.widget(list(self._titles).index(kind)).layout().addWidget(scrolled(made))
            if self._desk.session.workspace is not None:
                made.reload()
        return self._made[kind]  # type: ignore[return-value]

    def show_page(self, kind: type[Page]) -> None:
        """Turn to a page."""
        self.tabs.setCurrentIndex(list(self._titles).index(kind))

    def reload(self) -> None:
        """Show another workspace, or that none is open."""
        is_open = self._desk.session.workspace is not None
        self.none_label.setVisible(not is_open)
        self.tabs.setEnabled(is_open)
        for page in self._made.values() if is_open else ():
            page.reload()

    def shutdown(self) -> None:
        """Disconnect from the session; tasks that only read are dropped."""
        self._jobs.close()
        self._desk.session.workspace_changed.disconnect(self.reload)
        self._desk.session.patches_changed.disconnect(self._reload_tasks)

    def _reload_tasks(self, _numbers: list[str]) -> None:
        if self._desk.session.workspace is not None and TasksPage in self._made:
            self._made[TasksPage].reload()

    def _show_page(self, index: int) -> None:
        self.page(list(self._titles)[index])
