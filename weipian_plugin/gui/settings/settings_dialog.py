"""The settings."""

from __future__ import annotations

from typing import TypeVar

from qgis.PyQt.QtWidgets import (
    QDialog,
    QLabel,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.forms import fit_to_screen, load_form, scrolled
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.settings.backup_page import BackupPage
from weipian_plugin.gui.settings.dictionary_page import DictionaryPage
from weipian_plugin.gui.settings.environment_page import EnvironmentPage
from weipian_plugin.gui.settings.holidays_page import HolidaysPage
from weipian_plugin.gui.settings.page import SettingsPage
from weipian_plugin.gui.settings.people_page import PeoplePage
from weipian_plugin.gui.settings.plan_page import PlanPage
from weipian_plugin.gui.settings.rules_page import RulesPage
from weipian_plugin.texts import tr
from weipian_plugin.workflow.settings_overview import SettingsOverview, settings_overview

PAGES: tuple[type[SettingsPage], ...] = (
    PeoplePage,
    PlanPage,
    DictionaryPage,
    HolidaysPage,
    RulesPage,
    EnvironmentPage,
    BackupPage,
)
"""In the order of the list in the form."""
AnyPage = TypeVar("AnyPage", bound=SettingsPage)


class SettingsDialog(QDialog):
    """One page a subject."""

    page_list: QListWidget
    stack: QStackedWidget
    state_label: QLabel
    close_button: QPushButton

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Show how the open workspace is set up."""
        super().__init__(parent)
        load_form("settings.ui", self)
        fit_to_screen(self)
        self._desk, self._jobs = desk, Jobs(desk.worker)
        self.finished.connect(self._jobs.close)
        self._made: dict[type[SettingsPage], SettingsPage] = {}
        self._areas: dict[type[SettingsPage], QWidget] = {}
        """What scrolls each page."""
        self._overview: SettingsOverview | None = None
        self.page_list.currentRowChanged.connect(self._show_page)
        self.close_button.clicked.connect(self.close)
        desk.session.workspace_changed.connect(self.reload)
        desk.session.patches_changed.connect(self._read_overview)
        self.page_list.setCurrentRow(0)
        self.reload()

    def page(self, kind: type[AnyPage]) -> AnyPage:
        """Return a page, made when first asked for: seven forms at once would let the window hang."""
        if kind not in self._made:
            made = kind(self._desk, self._jobs)
            self._made[kind] = made
            self._areas[kind] = scrolled(made)
            self.stack.addWidget(self._areas[kind])
            self._fill(made)
        return self._made[kind]  # type: ignore[return-value]

    def show_page(self, kind: type[SettingsPage]) -> None:
        """Turn to a page."""
        self.page_list.setCurrentRow(PAGES.index(kind))

    def reload(self) -> None:
        """Show everything as it is now."""
        workspace = self._desk.session.workspace
        self._overview = None
        for page in self._made.values():
            self._fill(page)
        none = tr("还没有打开工作库：方案、字典、节假日、期限和备份都属于工作库，打开后可用。")
        self.state_label.setText(str(workspace) if workspace is not None else none)
        self._read_overview()

    def _show_page(self, row: int) -> None:
        kind = PAGES[row]
        self.page(kind)
        self.stack.setCurrentWidget(self._areas[kind])

    def _fill(self, page: SettingsPage) -> None:
        """Fill a page; what needs a workspace is disabled where none is open."""
        page.setEnabled(self._desk.session.workspace is not None or not page.needs_workspace)
        if page.isEnabled():
            page.reload()
            if self._overview is not None:
                page.show_overview(self._overview)

    def _read_overview(self) -> None:
        workspace = self._desk.session.workspace
        if workspace is None:
            self._jobs.drop("overview")
        else:
            self._jobs.start_newest(
                "overview",
                tr("读取设置"),
                lambda progress: settings_overview(workspace),
                self._show_overview,
            )

    def _show_overview(self, seen: SettingsOverview) -> None:
        self._overview = seen
        for page in self._made.values():
            page.show_overview(seen)
