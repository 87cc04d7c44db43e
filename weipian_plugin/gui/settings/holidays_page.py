"""The holiday table: look, change, save as the office's own."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from weipian_plugin.domain.days import day_of
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.holiday_years import HolidayPeriod, YearArrangement
from weipian_plugin.gui import colours
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.settings.page import SettingsPage
from weipian_plugin.texts import tr
from weipian_plugin.workflow.edit_holidays import HolidayTable, read_holiday_table, save_holiday_table

_BETWEEN = re.compile(r"[、，,；;\s]+")


class HolidaysPage(SettingsPage):
    """One year at a time; saving writes the whole table."""

    form = "settings_holidays.ui"
    file_label: QLabel
    year_list: QListWidget
    year_box: QSpinBox
    add_year_button: QPushButton
    year_group: QGroupBox
    source_edit: QLineEdit
    verified_check: QCheckBox
    rest_table: QTableWidget
    add_rest_button: QPushButton
    remove_rest_button: QPushButton
    work_edit: QLineEdit
    save_button: QPushButton

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(desk, jobs, parent)
        self._years: list[YearArrangement] = []
        self._shown = -1
        heads = self.rest_table.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.rest_table.verticalHeader().hide()
        self.year_list.currentRowChanged.connect(self._choose)
        self.add_year_button.clicked.connect(lambda: self.add_year())
        self.add_rest_button.clicked.connect(lambda: self._add_rest(("", "", "")))
        self.remove_rest_button.clicked.connect(
            lambda: self.rest_table.removeRow(self.rest_table.currentRow())
        )
        self.save_button.clicked.connect(lambda: self.save())

    def reload(self) -> None:
        """Read the table that counts."""
        workspace = self.workspace
        self.read(tr("读取节假日表"), lambda progress: read_holiday_table(workspace), self._show_table)

    def add_year(self) -> None:
        """Begin the arrangement of another year."""
        year = self.year_box.value()
        if any(one.year == year for one in self._years):
            self.say(tr("{year}年已经在表里了。").format(year=year), colours.SOON)
            return
        if self._keep():
            self._years = sorted([*self._years, YearArrangement(year)], key=lambda one: one.year)
            self._show_years([one.year for one in self._years].index(year))

    def save(self) -> None:
        """Write the table beside the workspace."""
        if not self._keep():
            return
        workspace, years = self.workspace, list(self._years)

        def done(table: HolidayTable) -> None:
            self._show_table(table)
            self.say(tr("已保存，期限按这张表重新计算。"), colours.IN_TIME)
            self.desk.session.tell_changed()

        title = tr("保存节假日表")
        self.write(title, lambda actor: lambda progress: save_holiday_table(workspace, years, actor), done)

    def _show_table(self, table: HolidayTable) -> None:
        kept = self.year_list.currentRow()
        own = tr("现用：本单位的表 {path}")
        shipped = tr("现用：随插件提供的表；保存后改用本单位的表。")
        self.file_label.setText(own.format(path=table.file) if table.is_own else shipped)
        self._years = list(table.years)
        self.year_box.setValue(max((one.year for one in self._years), default=date.today().year) + 1)
        self._show_years(kept if 0 <= kept < len(self._years) else len(self._years) - 1)

    def _show_years(self, current: int) -> None:
        self._shown = -1
        self.year_list.clear()
        for one in self._years:
            mark = tr("已核对") if one.verified else tr("待核对")
            self.year_list.addItem(tr("{year}年（{mark}）").format(year=one.year, mark=mark))
        self.year_list.setCurrentRow(current)
        self.year_group.setEnabled(bool(self._years))

    def _choose(self, row: int) -> None:
        if row == self._shown or row < 0:
            return
        if not self._keep():
            self.year_list.setCurrentRow(self._shown)
            return
        one = self._years[row]
        self._shown = row
        self.year_group.setTitle(tr("{year}年的安排").format(year=one.year))
        self.source_edit.setText(one.source)
        self.verified_check.setChecked(one.verified)
        self.rest_table.setRowCount(0)
        for item in one.rest:
            self._add_rest((item.name, item.first.isoformat(), item.last.isoformat()))
        self.work_edit.setText("、".join(day.isoformat() for day in one.work))

    def _add_rest(self, texts: tuple[str, str, str]) -> None:
        row = self.rest_table.rowCount()
        self.rest_table.insertRow(row)
        for column, text in enumerate(texts):
            self.rest_table.setItem(row, column, QTableWidgetItem(text))

    def _keep(self) -> bool:
        """Take over what was typed about the year shown; False, with a sentence, where it is no day."""
        if self._shown < 0:
            return True
        try:
            rest = tuple(self._rest(row) for row in range(self.rest_table.rowCount()) if self._is_filled(row))
            work = tuple(self._day(text) for text in _BETWEEN.split(self.work_edit.text().strip()) if text)
        except WeipianError as error:
            self.say(str(error), colours.OVERDUE)
            return False
        self._years[self._shown] = replace(
            self._years[self._shown],
            source=self.source_edit.text().strip(),
            verified=self.verified_check.isChecked(),
            rest=rest,
            work=work,
        )
        self.say("")
        return True

    def _is_filled(self, row: int) -> bool:
        return any(self._text(row, column) for column in range(3))

    def _rest(self, row: int) -> HolidayPeriod:
        name, first, last = (self._text(row, column) for column in range(3))
        if not first:
            told = tr("“{name}”从哪天起放假还没有填，请写成 2021-10-01 的样子。")
            raise WeipianError(told.format(name=name or last))
        return HolidayPeriod(name, self._day(first), self._day(last or first))

    def _text(self, row: int, column: int) -> str:
        item = self.rest_table.item(row, column)
        return item.text().strip() if item is not None else ""

    def _day(self, text: str) -> date:
        day = day_of(text)
        if day is None:
            raise WeipianError(tr("“{text}”不是日期，请写成 2021-10-01 的样子。").format(text=text))
        return day
