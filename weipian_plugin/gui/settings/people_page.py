"""Who works here."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QLineEdit, QPushButton, QWidget

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.people import person_name
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.refusal import allow
from weipian_plugin.gui.settings.page import SettingsPage
from weipian_plugin.texts import tr


class PeoplePage(SettingsPage):
    """The name that every step is recorded under."""

    form = "settings_people.ui"
    needs_workspace = False
    name_edit: QLineEdit
    save_button: QPushButton

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        """Show who works here."""
        super().__init__(desk, jobs, parent)
        self.save_button.clicked.connect(lambda: self.save())
        self.name_edit.returnPressed.connect(self.save)
        self.name_edit.textChanged.connect(lambda _: self._show_state())

    def reload(self) -> None:
        """Show who works here."""
        self.name_edit.setText(self.desk.session.person)
        self._show_state()

    def _show_state(self) -> None:
        allow(self.save_button, "" if self.name_edit.text().strip() else tr("请先填写姓名。"))

    def save(self) -> None:
        """Remember the name, spelt as one person is spelt everywhere."""
        try:
            name = person_name(self.name_edit.text(), tr("姓名"))
        except WeipianError as error:
            self.desk.messages.warning(str(error))
            return
        self.desk.session.set_person(name)
        self.name_edit.setText(name)
        self.desk.messages.success(tr("以后各步都以“{name}”记入办理历史。").format(name=name))
