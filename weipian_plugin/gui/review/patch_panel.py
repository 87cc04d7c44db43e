"""One patch on the right: facts, overlay, claims, issued fields, files and history; below them the form."""

from __future__ import annotations

from html import escape

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import (
    QHeaderView,
    QLabel,
    QSplitter,
    QTableView,
    QTabWidget,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from weipian_plugin.domain.duties import DutyState
from weipian_plugin.domain.roles import Status
from weipian_plugin.domain.stages import Stage
from weipian_plugin.exchange.figures import Printed, TraceArea
from weipian_plugin.gui import colours
from weipian_plugin.gui.forms import load_form
from weipian_plugin.gui.review import overlay_model, pages
from weipian_plugin.gui.review.facts_table import facts_table
from weipian_plugin.gui.review.overlay_model import OverlayModel
from weipian_plugin.texts import tr, translatable
from weipian_plugin.workflow.review.dossier import Dossier

SIDE_BY_SIDE = 700
"""Width from which figures and form stand side by side, in units of 96 dots an inch."""
_STACKED, _BESIDE = (440, 560), (560, 440)
"""How figures and form share the room, one over the other and side by side."""
_NUMBER = "500156SJBG21070001"
"""A number as the ministry issues them: the panel is never too narrow for it."""
_SHOWS_NAMES = 470
"""Width from which the names of what was met are shown beside the figures."""

_ISSUED = {
    "patch_type": translatable("类型"),
    "dates": translatable("时相"),
    "township": translatable("乡镇"),
    "batch": translatable("批次"),
    "parent": translatable("原图斑"),
}


class PatchPanel(QWidget):
    """Shows one dossier; the form lies in `form_layout`, the files in `files_layout`."""

    number_label: QLabel
    chips_label: QLabel
    previous_button: QToolButton
    next_button: QToolButton
    zoom_button: QToolButton
    flash_button: QToolButton
    imagery_button: QToolButton
    facts_label: QLabel
    warning_label: QLabel
    work_splitter: QSplitter
    info_tabs: QTabWidget
    figures_page: QWidget
    figures_splitter: QSplitter
    overlay_view: QTableView
    claims_browser: QTextBrowser
    fields_browser: QTextBrowser
    files_page: QWidget
    files_layout: QVBoxLayout
    history_browser: QTextBrowser
    form_place: QWidget
    form_layout: QVBoxLayout

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        load_form("review_patch.ui", self)
        self._overlay = OverlayModel(self)
        self._dossier: Dossier | None = None
        font = self.number_label.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self.number_label.setFont(font)
        self.number_label.setMinimumWidth(self.number_label.fontMetrics().horizontalAdvance(_NUMBER) + 4)
        self.work_splitter.setSizes(list(_STACKED))
        self.warning_label.setStyleSheet(
            f"color: {colours.readable(colours.OVERDUE, colours.palette_of(self.warning_label)).name()};"
        )
        self._prepare_overlay()
        self.info_tabs.currentChanged.connect(lambda _index: self._show_page())

    def _prepare_overlay(self) -> None:
        view = self.overlay_view
        view.setModel(self._overlay)
        view.verticalHeader().setVisible(False)
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 2)
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setSectionResizeMode(overlay_model.NAME, QHeaderView.ResizeMode.Stretch)
        samples = {
            overlay_model.SHARE: "100.0%",
            overlay_model.GROSS: tr("亩（毛）"),
            overlay_model.NET: tr("亩（净）"),
        }
        for column, sample in samples.items():
            view.setColumnWidth(column, view.fontMetrics().horizontalAdvance(sample) + 16)

    @property
    def role(self) -> str:
        """The layer that is pointed at in the overlay table; '' for none."""
        index = self.overlay_view.currentIndex()
        role = self._overlay.role_at(index.row()) if index.isValid() else None
        return role.value if role is not None else ""

    def show_patch(self, dossier: Dossier, days: str) -> None:
        """Show a patch; `days` says how it stands to its term."""
        self._dossier = dossier
        self.number_label.setText(dossier.patch_no)
        self.chips_label.setText(f"{self._chips(dossier)}&nbsp; {escape(days)}")
        self.facts_label.setText(self._facts(dossier))
        self._warn(dossier)
        self._overlay.show_lines(dossier.overlay, colours.palette_of(self.overlay_view))
        count = len(dossier.files)
        title = tr("举证材料 {count}").format(count=count) if count else tr("举证材料")
        self.info_tabs.setTabText(self.info_tabs.indexOf(self.files_page), title)
        self._show_page()

    def _show_page(self) -> None:
        """Write the page that can be seen: the others would only cost time."""
        if self._dossier is None:
            return
        page = self.info_tabs.currentWidget()
        palette = colours.palette_of(self.claims_browser)
        if page is self.figures_page:
            self.claims_browser.setHtml(pages.claims_page(self._dossier, palette))
        elif page is self.fields_browser.parentWidget():
            self.fields_browser.setHtml(pages.fields_page(self._dossier, palette))
        elif page is self.history_browser.parentWidget():
            self.history_browser.setHtml(pages.history_page(self._dossier, palette))

    def _chips(self, dossier: Dossier) -> str:
        stage = pages.chip(dossier.stage, colours.STAGES[Stage(dossier.stage)])
        duty = pages.chip(dossier.duty_state, colours.DUTY_STATES[DutyState(dossier.duty_state)])
        doubt = f" {pages.chip(tr('存疑'), colours.NOT_EVALUATED)}" if dossier.doubt is not None else ""
        return f"{stage} {duty}{doubt}"

    def _facts(self, dossier: Dossier) -> str:
        grey = pages.faint(colours.palette_of(self.facts_label))
        land = dossier.land
        area = tr("{area} 亩（下发 {issued}）") if dossier.issued_area else tr("{area} 亩")
        farmland = tr("{net} 亩（毛 {gross}）")
        facts = (
            (tr("面积"), area.format(area=dossier.area, issued=dossier.issued_area)),
            (tr("耕地"), farmland.format(net=shown(land.farmland_net), gross=shown(land.farmland_gross))),
            *((tr(_ISSUED[key]), value) for key, value in dossier.issued),
        )
        return facts_table(facts, self.width(), self.fontMetrics(), grey)

    def _warn(self, dossier: Dossier) -> None:
        said = [tr("市级退回：{reason}").format(reason=reason) for reason in dossier.returns]
        if dossier.doubt is not None:
            text = tr("{person} {day} 记为存疑：{reason}")
            doubt = dossier.doubt
            said.append(text.format(person=doubt.noted_by, day=doubt.noted_on, reason=doubt.reason))
        self.warning_label.setText("\n".join(said))
        self.warning_label.setVisible(bool(said))

    def heightForWidth(self, width: int) -> int:  # noqa: N802 of Qt
        """Return the least height, for the area around: all that can shrink does before anything scrolls."""
        return self.layout().minimumHeightForWidth(width)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put figures and form side by side where there is room."""
        super().resizeEvent(event)
        scale = self.logicalDpiX() / 96
        wide = self.width() >= SIDE_BY_SIDE * scale
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self.work_splitter.orientation() != wanted:
            self.work_splitter.setOrientation(wanted)
            self.work_splitter.setSizes(list(_BESIDE if wide else _STACKED))
        names = self.info_tabs.width() >= _SHOWS_NAMES * scale
        self.overlay_view.setColumnHidden(overlay_model.MET, not names)
        self.overlay_view.horizontalHeader().setStretchLastSection(names)
        if self._dossier is not None:
            self.facts_label.setText(self._facts(self._dossier))


def shown(printed: Printed) -> str:
    """Return a printed area as text: 未评估 as the word, a trace as ＜0.01."""
    if isinstance(printed, Status):
        return printed.value
    return "＜0.01" if isinstance(printed, TraceArea) else f"{printed:.2f}"
