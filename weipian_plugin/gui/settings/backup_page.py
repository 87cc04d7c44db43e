"""Copies of the workspace: see them, make one, go back to one."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtWidgets import QFrame, QLabel, QPushButton, QTableView, QWidget

from weipian_plugin.gui import colours
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.page import open_file
from weipian_plugin.gui.refusal import allow
from weipian_plugin.gui.settings.page import SettingsPage
from weipian_plugin.gui.text_table import TextTable, put_into
from weipian_plugin.store.backup import KEPT, folder_of
from weipian_plugin.texts import tr
from weipian_plugin.workflow.backup import Restored, back_up_workspace, restore_workspace
from weipian_plugin.workflow.settings_overview import Copy, list_copies

MEGABYTE = 1_000_000


class BackupPage(SettingsPage):
    """Going back is asked about on the page itself."""

    form = "settings_backup.ui"
    folder_label: QLabel
    copies_view: QTableView
    make_button: QPushButton
    restore_button: QPushButton
    folder_button: QPushButton
    sure_frame: QFrame
    sure_label: QLabel
    yes_button: QPushButton
    no_button: QPushButton

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(desk, jobs, parent)
        self._copies: list[Copy] = []
        self.copies = TextTable((tr("备份时间"), tr("文件"), tr("大小")), self)
        put_into(self.copies_view, self.copies, wide=(1,))
        self.sure_frame.hide()
        self.make_button.clicked.connect(lambda: self.make())
        self.restore_button.clicked.connect(lambda: self._ask())
        self.yes_button.clicked.connect(lambda: self.restore())
        self.no_button.clicked.connect(lambda: self.sure_frame.hide())
        self.folder_button.clicked.connect(lambda: open_file(self._folder()))
        self.copies_view.selectionModel().selectionChanged.connect(lambda *_: self._show_choice())

    def reload(self) -> None:
        """List the copies."""
        workspace = self.workspace
        self.read(tr("列出备份"), lambda progress: list_copies(workspace), self._show_copies)

    def make(self) -> None:
        """Make a copy now."""
        workspace = self.workspace

        def done(copy: Path) -> None:
            self.say(tr("已备份为 {name}。").format(name=copy.name), colours.IN_TIME)
            self.reload()

        title = tr("备份工作库")
        self.write(title, lambda actor: lambda progress: back_up_workspace(workspace, KEPT, progress), done)

    def restore(self) -> None:
        """Go back to the chosen copy."""
        self.sure_frame.hide()
        copy, workspace = self._chosen(), self.workspace
        if copy is None:
            return

        def done(result: Restored) -> None:
            text = tr("已退回到 {name}；退回前的工作库另存为 {before}。")
            before = result.before.name if result.before else "—"
            self.say(text.format(name=result.copy.name, before=before), colours.IN_TIME)
            self.desk.session.set_workspace(workspace)
            self.desk.session.tell_changed()

        title = tr("退回到备份")
        path = copy.path
        self.write(
            title, lambda actor: lambda progress: restore_workspace(workspace, path, actor, progress), done
        )

    def _show_copies(self, copies: list[Copy]) -> None:
        self._copies = copies
        self.folder_label.setText(str(self._folder()))
        allow(self.folder_button, "" if copies else tr("还没有备份过。"))
        self.copies.show([(one.made_at, one.path.name, f"{one.size / MEGABYTE:.1f} MB") for one in copies])
        self._show_choice()

    def _folder(self) -> Path:
        return self._copies[0].path.parent if self._copies else folder_of(self.workspace)

    def _chosen(self) -> Copy | None:
        rows = self.copies_view.selectionModel().selectedRows()
        return self._copies[rows[0].row()] if rows else None

    def _show_choice(self) -> None:
        allow(self.restore_button, "" if self._chosen() is not None else tr("请先在上面点选一份备份。"))
        self.sure_frame.hide()

    def _ask(self) -> None:
        copy = self._chosen()
        if copy is not None:
            text = tr("退回到 {time} 的备份：那以后办理的内容不在现用工作库里了（会另存一份）。确定吗？")
            self.sure_label.setText(text.format(time=copy.made_at))
            self.sure_frame.show()
            self.no_button.setFocus()
