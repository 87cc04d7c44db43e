"""The tables of the assistant: the list of items, what was found, and the first rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from qgis.PyQt.QtGui import QColor, QPalette

from weipian_plugin.domain.findings import Finding, Severity
from weipian_plugin.gui import colours
from weipian_plugin.gui.intake_assistant.items import ImportItem, State
from weipian_plugin.texts import tr

_MOST_SUBJECTS = 30
_SEVERITIES = {
    Severity.ERROR: colours.OVERDUE,
    Severity.WARNING: colours.SOON,
    Severity.NOTE: colours.OTHER,
}
_STATES = {
    State.READY: colours.IN_TIME,
    State.DONE: colours.IN_TIME,
    State.REFUSED: colours.OVERDUE,
    State.ROLE_OPEN: colours.SOON,
}
_NOWHERE = QModelIndex()
_DISPLAY, _BACK = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.BackgroundRole
_FRONT, _TIP = Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.ToolTipRole


class FindingsModel(QAbstractTableModel):
    """What a look at a file found, the gravest first."""

    def __init__(self, palette: QPalette, parent: QObject | None = None) -> None:
        """Show nothing; tint for this palette."""
        super().__init__(parent)
        self._palette = palette
        self._findings: list[Finding] = []

    def show(self, findings: Sequence[Finding]) -> None:
        """Show other findings."""
        order = list(Severity)
        self.beginResetModel()
        self._findings = sorted(findings, key=lambda one: order.index(one.severity))
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = _NOWHERE) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._findings)

    def columnCount(self, parent: QModelIndex = _NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """Return what a head shows."""
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY:
            return (tr("程度"), tr("问题"), tr("怎么办"))[section]
        return None

    def data(self, index: QModelIndex, role: int = _DISPLAY) -> object:
        """Return what a cell shows."""
        found = self._findings[index.row()]
        if role == _DISPLAY:
            return (found.severity.value, found.message, found.advice or tr("不用处理"))[index.column()]
        if role == _BACK and index.column() == 0:
            return colours.tinted(_SEVERITIES[found.severity], self._palette, 0.3)
        if role == _TIP and found.subjects:
            return self._subjects(found)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 0:
            return int(Qt.AlignmentFlag.AlignCenter)
        return None

    def _subjects(self, found: Finding) -> str:
        listed = "、".join(found.subjects[:_MOST_SUBJECTS])
        if len(found.subjects) > _MOST_SUBJECTS:
            return tr("涉及：{listed} 等共 {count} 个").format(listed=listed, count=len(found.subjects))
        return tr("涉及：{listed}").format(listed=listed)


class RowsModel(QAbstractTableModel):
    """The first rows of a file as they are read, under the file's own names."""

    def __init__(self, palette: QPalette, parent: QObject | None = None) -> None:
        """Show nothing; tint for this palette."""
        super().__init__(parent)
        self._palette = palette
        self._columns: Sequence[str] = ()
        self._rows: Sequence[Sequence[str]] = ()
        self._used: Mapping[str, str] = {}

    def show(self, columns: Sequence[str], rows: Sequence[Sequence[str]], used: Mapping[str, str]) -> None:
        """Show other rows; `used`: column -> what it serves as."""
        self.beginResetModel()
        self._columns, self._rows, self._used = columns, rows, used
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = _NOWHERE) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = _NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """Return what a head shows."""
        if role != _DISPLAY:
            return None
        if orientation == Qt.Orientation.Vertical:
            return section + 1
        name = self._columns[section]
        return f"{name}\n{self._used[name]}" if name in self._used else f"{name}\n"

    def data(self, index: QModelIndex, role: int = _DISPLAY) -> object:
        """Return what a cell shows."""
        if role in (_DISPLAY, _TIP):
            return self._rows[index.row()][index.column()]
        if role == _BACK and self._columns[index.column()] in self._used:
            return colours.tinted(colours.STAGES[next(iter(colours.STAGES))], self._palette, 0.14)
        return None


class ItemsModel(QAbstractTableModel):
    """The files or layers to be imported; ticked ones are imported."""

    def __init__(self, with_roles: bool, parent: QObject | None = None) -> None:
        """Show none yet; `with_roles` for base layers."""
        super().__init__(parent)
        self._with_roles = with_roles
        self.items: list[ImportItem] = []

    def show(self, items: list[ImportItem]) -> None:
        """Show other items."""
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def refresh(self) -> None:
        """Show the items as they are now."""
        if self.items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.items) - 1, self.columnCount() - 1))

    def rowCount(self, parent: QModelIndex = _NOWHERE) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: QModelIndex = _NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """Return what a head shows."""
        if orientation != Qt.Orientation.Horizontal or role != _DISPLAY:
            return None
        heads = (tr("图层"), tr("种类"), tr("版本"), tr("情况"))
        return (heads if self._with_roles else (tr("文件"), tr("收到日期"), tr("批次"), heads[3]))[section]

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        flags = super().flags(index)
        is_open = self.items[index.row()].state is not State.DONE
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 and is_open else flags

    def data(self, index: QModelIndex, role: int = _DISPLAY) -> object:
        """Return what a cell shows."""
        item = self.items[index.row()]
        if role == _DISPLAY:
            return self._texts(item)[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0 and item.state is not State.DONE:
            return Qt.CheckState.Checked if item.wanted else Qt.CheckState.Unchecked
        if role == _TIP:
            return f"{item.path}\n{item.told}".strip()
        if role == _FRONT and index.column() == 3 and item.state in _STATES:
            return QColor(_STATES[item.state])
        return None

    def setData(self, index: QModelIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a tick."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.items[index.row()].wanted = Qt.CheckState(value) == Qt.CheckState.Checked
        self.dataChanged.emit(index, index)
        return True

    def _texts(self, item: ImportItem) -> tuple[str, ...]:
        if self._with_roles:
            role = item.kind.label if item.kind else tr("（未定）")
            return item.name, role, item.edition, tr(item.state.value)
        return item.name, item.received.isoformat(), item.batch or item.name, tr(item.state.value)
