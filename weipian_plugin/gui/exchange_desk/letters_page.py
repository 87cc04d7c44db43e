"""The letters of the office: whom, by which day, what they say, and the document."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtWidgets import QComboBox, QCompleter, QDateEdit, QPushButton, QTextBrowser, QWidget

from weipian_plugin.domain.letters import Block
from weipian_plugin.gui import colours
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.exchange_desk.letter_preview import preview_html
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.page import Page, open_file
from weipian_plugin.gui.refusal import allow
from weipian_plugin.texts import tr
from weipian_plugin.workflow.letters import (
    KINDS,
    NEEDS_UNIT,
    LetterChoices,
    LetterOrder,
    compose_letter,
    letter_choices,
    produce_letter,
)


class LettersPage(Page):
    """Shows a letter as soon as it is chosen; only the button writes a file."""

    form = "exchange_letters.ui"
    kind_combo: QComboBox
    unit_combo: QComboBox
    period_combo: QComboBox
    day_edit: QDateEdit
    output_widget: QgsFileWidget
    preview_view: QTextBrowser
    write_button: QPushButton
    file_button: QPushButton
    folder_button: QPushButton

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        """Offer the letters."""
        super().__init__(desk, jobs, parent)
        self._written: Path | None = None
        self.kind_combo.addItems(KINDS)
        self.output_widget.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.output_widget.setFilter(tr("文档 (*.odt)"))
        self.day_edit.setMaximumDate(QDate.currentDate())
        self.day_edit.setDate(QDate.currentDate())
        self._connect()

    def _connect(self) -> None:
        self.kind_combo.currentIndexChanged.connect(lambda _: self._show_choice())
        self.unit_combo.activated.connect(lambda _: self._show_choice())
        self.unit_combo.lineEdit().editingFinished.connect(self._show_choice)
        self.period_combo.activated.connect(lambda _: self._take_period())
        self.day_edit.dateChanged.connect(lambda _: self._show_choice())
        self.output_widget.fileChanged.connect(lambda _: self._enable())
        self.write_button.clicked.connect(lambda: self.write_document())
        self.file_button.clicked.connect(lambda: open_file(self._written))
        self.folder_button.clicked.connect(lambda: open_file(self._written and self._written.parent))

    def reload(self) -> None:
        """Read whom letters of this workspace can be about."""
        self._written = None
        self.say("")
        workspace, today = self.workspace, date.today()
        self.read(tr("读取信函可选的单位"), lambda progress: letter_choices(workspace, today), self._offer)

    def showEvent(self, event: object) -> None:
        """Show the figures as they are now: other windows may have changed the casework."""
        super().showEvent(event)
        self._show_choice()

    @property
    def order(self) -> LetterOrder:
        """What is chosen."""
        day = self.day_edit.date().toPyDate()
        return LetterOrder(self.kind_combo.currentText(), day, self.unit_combo.currentText().strip())

    def write_document(self) -> None:
        """Write what is shown."""
        workspace, order = self.workspace, self.order
        output = Path(self.output_widget.filePath().strip())
        output = output if output.suffix else output.with_suffix(".odt")

        def done(blocks: tuple[Block, ...]) -> None:
            self._written = output
            self._show(blocks)
            self.say(tr("已写好 {name}，请核对、编号后审签。").format(name=output.name), colours.IN_TIME)
            self._enable()

        self.write(
            tr("写信函"),
            lambda _actor: lambda progress: produce_letter(workspace, order, output, progress),
            done,
        )

    def failed(self, error: BaseException) -> None:
        """Show why, and no letter that was not asked for."""
        super().failed(error)
        self.preview_view.clear()

    def _offer(self, choices: LetterChoices) -> None:
        chosen = self.unit_combo.currentText()
        self.unit_combo.clear()
        self.unit_combo.addItems(choices.units)
        self.unit_combo.setEditText(chosen if chosen in choices.units else "")
        completer = QCompleter(list(choices.units), self.unit_combo)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.unit_combo.setCompleter(completer)
        self.period_combo.clear()
        self.period_combo.addItem(tr("今天"), date.today())
        for period in choices.periods:
            text = tr("{name}{kind}，截止{day}")
            shown = text.format(name=period.name, kind=period.kind.value, day=period.due)
            self.period_combo.addItem(shown, period.due)
        self.period_combo.addItem(tr("另选日期"), None)
        self._take_period()

    def _take_period(self) -> None:
        """Take the day of a period; another day is the person's to choose."""
        day = self.period_combo.currentData()
        allow(self.day_edit, "" if day is None else tr("要自己定日期，请在左边选“另选日期”。"))
        if day is not None:
            self.day_edit.setDate(QDate(day.year, day.month, day.day))
        self._show_choice()

    def _show_choice(self) -> None:
        """Show the letter that is chosen, or what is missing; and propose a file for it."""
        order = self.order
        must = order.kind in NEEDS_UNIT
        self.unit_combo.lineEdit().setPlaceholderText(tr("选一个收函单位") if must else tr("不填为全区"))
        name = "_".join(filter(None, (order.kind, order.unit, f"{order.as_of:%Y%m%d}")))
        self.output_widget.setFilePath(str(self.workspace.with_name(f"{name}.odt")))
        self.say("")
        self._enable()
        if must and not order.unit:
            self.preview_view.clear()
            self.say(tr("{kind}发给哪个单位？请在“单位”里选。").format(kind=order.kind), colours.SOON)
            return
        workspace = self.workspace
        self.read(tr("写信函的草稿"), lambda progress: compose_letter(workspace, order, progress), self._show)

    def _show(self, blocks: tuple[Block, ...]) -> None:
        tint = colours.tinted(colours.SOON, colours.palette_of(self.preview_view))
        self.preview_view.setHtml(preview_html(blocks, tint.name()))

    def _enable(self) -> None:
        reason = "" if self.output_widget.filePath().strip() else tr("请先填写存到哪里。")
        if self.order.kind in NEEDS_UNIT and not self.order.unit:
            reason = tr("请先选收函单位。")
        allow(self.write_button, reason)
        for button in (self.file_button, self.folder_button):
            allow(button, "" if self._written is not None else tr("写成文档后可以打开。"))
