"""Which dictionary determinations are made by."""

from __future__ import annotations

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtWidgets import QComboBox, QHeaderView, QLabel, QPushButton, QTableView, QWidget

from weipian_plugin.domain.plan import PlanError
from weipian_plugin.gui import colours
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.refusal import allow
from weipian_plugin.gui.settings.page import SettingsPage
from weipian_plugin.gui.settings.problem_table import show_problems
from weipian_plugin.gui.text_table import TextTable, put_into
from weipian_plugin.texts import tr
from weipian_plugin.workflow.casework_settings import CaseworkSettings, change_casework_settings
from weipian_plugin.workflow.categories import BY_YEAR, SHIPPED, dictionary_settings, shipped
from weipian_plugin.workflow.settings_overview import SettingsOverview


class DictionaryPage(SettingsPage):
    """A shipped dictionary, or a file of the office."""

    form = "settings_dictionary.ui"
    current_label: QLabel
    choice_combo: QComboBox
    file_label: QLabel
    file_widget: QgsFileWidget
    check_button: QPushButton
    save_button: QPushButton
    category_view: QTableView

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        """Offer what there is."""
        super().__init__(desk, jobs, parent)
        self.categories = TextTable((tr("判定结果"), tr("类别")), self)
        self._show_categories()
        self.choice_combo.addItem(tr("按工作年度自动选用"), BY_YEAR)
        for stem in SHIPPED:
            one = shipped(stem)
            years = tr("{title}（{first}—{last}年）")
            text = years.format(title=one.title, first=one.first_year, last=one.last_year)
            self.choice_combo.addItem(text, stem)
        self.choice_combo.addItem(tr("本单位的字典文件"), "")
        self.file_widget.setFilter(tr("判定字典 (*.yaml *.yml)"))
        self.choice_combo.currentIndexChanged.connect(lambda _: self._show_choice())
        self.file_widget.fileChanged.connect(lambda _: self._show_choice())
        self.problems = TextTable(())
        self.check_button.clicked.connect(lambda: self.check())
        self.save_button.clicked.connect(lambda: self.save())
        self._show_choice()

    def show_overview(self, seen: SettingsOverview) -> None:
        """Show the dictionary in force."""
        held = seen.dictionary
        text = tr("现行字典：{title} {version}；矿产图斑另用：{mining}。")
        told = text.format(title=held.title, version=held.version, mining=held.mining_title)
        self.current_label.setText("\n".join(filter(None, (told, held.unverified))))
        self.categories.show(held.categories)
        row = self.choice_combo.findData("" if held.is_own_file else held.choice)
        self.choice_combo.setCurrentIndex(max(row, 0))

    def check(self) -> None:
        """Read the dictionary without taking it."""
        choice = self._choice()
        self.read(
            tr("检查判定字典"),
            lambda progress: dictionary_settings(choice),
            lambda _: self.say(tr("写法没有问题，可以采用。"), colours.IN_TIME),
        )

    def save(self) -> None:
        """Take the dictionary from now on."""
        choice, workspace = self._choice(), self.workspace

        def done(result: CaseworkSettings) -> None:
            text = tr("现在按“{name}”判定。") if result.changed else tr("没有改动，仍是“{name}”。")
            self.say(text.format(name=result.dictionary), colours.IN_TIME)
            self.desk.session.tell_changed()

        title = tr("更换判定字典")
        self.write(
            title, lambda actor: lambda progress: change_casework_settings(workspace, actor, choice), done
        )

    def failed(self, error: BaseException) -> None:
        """List what is wrong in a file with its lines, in the place of the categories."""
        if not isinstance(error, PlanError):
            super().failed(error)
            return
        self.say(str(error).splitlines()[0], colours.OVERDUE)
        self.problems = show_problems(self.category_view, error.problems)

    def _show_categories(self) -> None:
        self.category_view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        put_into(self.category_view, self.categories, wide=(1,))

    def _choice(self) -> str:
        return str(self.choice_combo.currentData() or self.file_widget.filePath().strip())

    def _show_choice(self) -> None:
        is_file = not self.choice_combo.currentData()
        self.file_label.setVisible(is_file)
        self.file_widget.setVisible(is_file)
        for button in (self.check_button, self.save_button):
            allow(button, "" if self._choice() else tr("请先选择字典文件。"))
        self._show_categories()
        self.say("")
