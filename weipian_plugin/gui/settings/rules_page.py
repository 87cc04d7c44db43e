"""How days are counted and what the ratio is; whether one may review one's own."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QCheckBox, QPushButton, QTableView, QWidget

from weipian_plugin.domain.plan.model import NOT_IN_DOCUMENT
from weipian_plugin.gui import colours
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.settings.page import SettingsPage
from weipian_plugin.gui.text_table import TextTable, put_into, wrap_rows
from weipian_plugin.texts import tr
from weipian_plugin.workflow.casework_settings import NO, YES, change_casework_settings
from weipian_plugin.workflow.settings_overview import SettingsOverview


class RulesPage(SettingsPage):
    """What the plan says is shown; what the office decides is changed."""

    form = "settings_rules.ui"
    rules_view: QTableView
    review_check: QCheckBox
    save_button: QPushButton

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(desk, jobs, parent)
        heads = (tr("设置"), tr("取值"), tr("来源"), tr("意思"))
        self.rules = TextTable(heads, self)
        put_into(self.rules_view, self.rules, wide=(2, 3))
        wrap_rows(self.rules_view)
        self.save_button.clicked.connect(lambda: self.save())

    def show_overview(self, seen: SettingsOverview) -> None:
        """Show the rules in force; those that no document prescribes are marked."""
        shade = colours.tinted(colours.SOON, colours.palette_of(self.rules_view), 0.12)
        rows = [(one.name, one.value, one.source, one.meaning) for one in seen.rules]
        self.rules.show(rows, lambda row: shade if NOT_IN_DOCUMENT in rows[row][2] else None)
        self.review_check.setChecked(seen.review_by_another)

    def save(self) -> None:
        """Save who may review."""
        workspace, wanted = self.workspace, YES if self.review_check.isChecked() else NO

        def done(_: object) -> None:
            text = tr("已保存：复核人须与判定人不同——{wanted}。").format(wanted=wanted)
            self.desk.messages.success(text)

        self.write(
            tr("保存复核设置"),
            lambda actor: lambda progress: change_casework_settings(workspace, actor, "", wanted),
            done,
        )
