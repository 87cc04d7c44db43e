"""The form that judges one patch: result, category, basis, and the evidence that the category needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qgis.PyQt.QtCore import QSignalBlocker, pyqtSignal
from qgis.PyQt.QtGui import QShowEvent
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from weipian_plugin.domain.categories import DOUBTFUL, Category, Dictionary
from weipian_plugin.domain.categories.model import ILLEGAL, LEGAL, OTHER, RESULTS
from weipian_plugin.domain.determination import Given
from weipian_plugin.domain.stages import CORRECTABLE, OPEN
from weipian_plugin.gui import colours
from weipian_plugin.gui.forms import load_form
from weipian_plugin.gui.refusal import allow
from weipian_plugin.gui.review.evidence_fields import EvidenceFields
from weipian_plugin.texts import tr
from weipian_plugin.workflow.review.dossier import Dossier
from weipian_plugin.workflow.review.judge_patch import Outcome

_RESULT_COLOURS = {
    LEGAL: colours.LEGAL,
    ILLEGAL: colours.ILLEGAL,
    OTHER: colours.OTHER,
    DOUBTFUL: colours.NOT_EVALUATED,
}


class DeterminationForm(QWidget):
    """Takes a person's words about one patch; records nothing by itself."""

    save_wanted = pyqtSignal()
    undo_wanted = pyqtSignal()
    repeat_wanted = pyqtSignal()
    worked_in = pyqtSignal()
    """The person changes something."""

    proposal_frame: QFrame
    proposal_label: QLabel
    take_button: QPushButton
    legal_button: QPushButton
    illegal_button: QPushButton
    other_button: QPushButton
    doubt_button: QPushButton
    repeat_button: QToolButton
    result_error: QLabel
    field_area: QScrollArea
    field_page: QWidget
    category_label: QLabel
    category_combo: QComboBox
    category_error: QLabel
    basis_label: QLabel
    basis_edit: QPlainTextEdit
    basis_error: QLabel
    document_label: QLabel
    document_edit: QLineEdit
    document_error: QLabel
    date_edit: QLineEdit
    date_error: QLabel
    evidence_place: QWidget
    evidence_layout: QVBoxLayout
    material_label: QLabel
    outcome_label: QLabel
    person_label: QLabel
    person_edit: QLineEdit
    person_error: QLabel
    undo_button: QPushButton
    save_button: QPushButton

    def __init__(self, watch: Callable[[QWidget], None], parent: QWidget | None = None) -> None:
        """Begin empty; `watch` hears the keys of fields that are made later."""
        super().__init__(parent)
        load_form("review_form.ui", self)
        self._dossier: Dossier | None = None
        self._categories: dict[str, Category] = {}
        self._dirty = False
        self.evidence = EvidenceFields(self._edited, watch)
        self.evidence.setObjectName("evidence_fields")
        self.evidence_layout.addWidget(self.evidence)
        self.evidence.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.evidence_place.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._results = dict(
            zip(
                (*RESULTS, DOUBTFUL),
                (self.legal_button, self.illegal_button, self.other_button, self.doubt_button),
                strict=True,
            )
        )
        self._errors = {
            "result": self.result_error,
            "category": self.category_error,
            "basis": self.basis_error,
            "document_no": self.document_error,
            "decided_on": self.date_error,
            "person": self.person_error,
        }
        self._dress()
        self._connect()

    def showEvent(self, event: QShowEvent | None) -> None:
        """Tell the hint from what is typed."""
        super().showEvent(event)
        colours.fade_hint(self.basis_edit)

    def _dress(self) -> None:
        for result, button in self._results.items():
            colour = _RESULT_COLOURS[result]
            ink = colours.on(colour).name()
            button.setStyleSheet(
                f"QPushButton:checked {{ background-color: {colour}; color: {ink}; font-weight: bold; }}"
            )
        for label in self._errors.values():
            label.setStyleSheet(f"color: {self._red()};")
        self.save_button.setDefault(True)
        self.date_edit.setPlaceholderText(tr("日期：今天"))
        lines = self.basis_edit.fontMetrics().lineSpacing()
        self.basis_edit.setFixedHeight(lines * 2 + 14)

    def _connect(self) -> None:
        for result, button in self._results.items():
            button.clicked.connect(lambda _checked, result=result: self.choose(result))
        self.category_combo.activated.connect(lambda _index: self._category_chosen())
        self.basis_edit.textChanged.connect(self._edited)
        self.document_edit.textEdited.connect(lambda _text: self._edited())
        self.date_edit.textEdited.connect(lambda _text: self._edited())
        self.take_button.clicked.connect(self.take_proposal)
        self.repeat_button.clicked.connect(self.repeat_wanted)
        self.undo_button.clicked.connect(self.undo_wanted)
        self.save_button.clicked.connect(self.save_wanted)

    @property
    def is_dirty(self) -> bool:
        """Whether a person changed something since the patch was shown."""
        return self._dirty

    def show_patch(self, dossier: Dossier, draft: Given | None, person: str) -> None:
        """Show a patch: what was written and not saved, else what was judged last, else nothing."""
        self._dossier = dossier
        self.clear_errors()
        self.outcome_label.setVisible(False)
        self._show_proposal(dossier)
        self.fill(draft or recorded(dossier))
        self._dirty = draft is not None
        self.show_person(person)
        can_judge = dossier.stage in CORRECTABLE
        fixed = "" if can_judge else tr("图斑{stage}，要改判定须先退回。").format(stage=dossier.stage)
        for widget in (self.field_area, self.save_button, self.take_button, *self._results.values()):
            allow(widget, fixed)
        latest = dossier.latest
        mine = latest is not None and dossier.stage in CORRECTABLE - OPEN and latest.decided_by == person
        allow(self.undo_button, "" if mine else tr("只能撤销自己作的、还没有复核的最近一次判定。"))
        if not can_judge:
            self.say(fixed)
        elif draft is not None:
            self.say(tr("上次填写后没有保存的内容，保存后才算数。"))

    def _show_proposal(self, dossier: Dossier) -> None:
        proposal = dossier.proposal
        said = proposal.sentence if proposal is not None else tr("还没有套合结果，没有建议。")
        self.proposal_label.setText(said)
        self.take_button.setVisible(proposal is not None)
        colour = _RESULT_COLOURS[proposal.result] if proposal is not None else colours.OTHER
        ground = colours.tinted(colour, colours.palette_of(self.basis_edit), 0.14).name()
        self.proposal_frame.setStyleSheet(
            f"#proposal_frame {{ background-color: {ground}; border-left: 3px solid {colour}; }}"
        )

    def given(self) -> Given:
        """Return what is written, for the patch that is shown."""
        category = self._category()
        shown = not self.document_edit.isHidden()
        return Given(
            patch_no=self._dossier.patch_no if self._dossier is not None else "",
            result=self.result(),
            category=str(self.category_combo.currentData() or "") if category is not None else "",
            basis=self.basis_edit.toPlainText().strip(),
            document_no=self.document_edit.text().strip() if shown else "",
            decided_on=self.date_edit.text().strip(),
            evidence=self.evidence.values(),
        )

    def fill(self, given: Given) -> None:
        """Write a person's words into the form."""
        self._set_result(given.result)
        with QSignalBlocker(self.category_combo):
            self.category_combo.setCurrentIndex(max(self.category_combo.findData(given.category), 0))
        with QSignalBlocker(self.basis_edit):
            self.basis_edit.setPlainText(given.basis)
        self.document_edit.setText(given.document_no)
        self.date_edit.setText(given.decided_on)
        self._ask_for_evidence()
        self.evidence.fill(given.evidence)

    def result(self) -> str:
        """Return the result that is chosen; '' for none."""
        return next((result for result, button in self._results.items() if button.isChecked()), "")

    def choose(self, result: str) -> None:
        """Choose a result, as a person does by button or key; on to the category."""
        if self._dossier is None or not self.save_button.isEnabled():
            return
        if result != self.result() or not self.category_combo.count():
            self._set_result(result)
            self._suggest_category(result)
            self._ask_for_evidence()
        self._results[result].setChecked(True)
        self._edited()
        (self.basis_edit if result == DOUBTFUL else self.category_combo).setFocus()

    def show_person(self, name: str) -> None:
        """Show who judges, from the first character on."""
        self.person_edit.setText(name)
        self.person_edit.setCursorPosition(0)

    def take_proposal(self) -> None:
        """Take the suggestion over into the form; it is recorded only when a person saves."""
        proposal = self._dossier.proposal if self._dossier is not None else None
        if self._dossier is None or proposal is None or not self.save_button.isEnabled():
            return
        words = (proposal.result, proposal.category, proposal.grounds, proposal.document_no)
        self.fill(Given(self._dossier.patch_no, *words))
        self._edited()
        missing = proposal.result != DOUBTFUL and self._category() is None
        (self.category_combo if missing else self.save_button).setFocus()

    def repeat(self, given: Given) -> None:
        """Write the words about another patch; document and evidence are that one's own and stay out."""
        if self._dossier is None or not self.save_button.isEnabled():
            return
        self.fill(Given(self._dossier.patch_no, given.result, given.category, given.basis))
        self._edited()
        self.save_button.setFocus()

    def refuse(self, outcome: Outcome) -> None:
        """Say beside the field concerned why nothing was recorded."""
        self.clear_errors()
        document = self._document_field()
        field = "document_no" if outcome.field and outcome.field == document else outcome.field
        if self.evidence.refuse(field, outcome.said):
            edit = self.evidence.edit_of(field)
            if edit is not None:
                edit.setFocus()
                self.field_area.ensureWidgetVisible(edit)
            return
        label = self._errors.get(field)
        if label is None:
            self.say(outcome.said, is_refusal=True)
            return
        label.setText(outcome.said)
        label.setVisible(True)
        self._focus_of(field).setFocus()
        if field in ("category", "basis", "document_no"):
            self.field_area.ensureWidgetVisible(label)

    def say(self, text: str, is_refusal: bool = False) -> None:
        """Say something about the patch under the fields."""
        self.outcome_label.setText(text)
        self.outcome_label.setStyleSheet(f"color: {self._red()};" if is_refusal else "")
        self.outcome_label.setVisible(bool(text))

    def clear_errors(self) -> None:
        """Take the refusals away."""
        for label in self._errors.values():
            label.setVisible(False)
        self.evidence.clear_errors()

    def set_busy(self, busy: bool) -> None:
        """Do not take a second save while one is on its way."""
        # Meanwhile a patch may be shown that cannot be judged.
        self.save_button.setEnabled(not busy and self.field_area.isEnabled())

    def settled(self) -> None:
        """Take what is shown as recorded."""
        self._dirty = False

    def _red(self) -> str:
        return colours.readable(colours.OVERDUE, colours.palette_of(self.proposal_label)).name()

    def _focus_of(self, field: str) -> QWidget:
        places: Mapping[str, QWidget] = {
            "category": self.category_combo,
            "basis": self.basis_edit,
            "document_no": self.document_edit,
            "decided_on": self.date_edit,
            "person": self.person_edit,
        }
        return places.get(field, self.legal_button)

    def _set_result(self, result: str) -> None:
        for name, button in self._results.items():
            button.setChecked(name == result)
        dictionary = self._dossier.dictionary if self._dossier is not None else None
        kind = self._dossier.kind if self._dossier is not None else ""
        self._categories = _categories(dictionary, result, kind) if dictionary is not None else {}
        with QSignalBlocker(self.category_combo):
            self.category_combo.clear()
            self.category_combo.addItem(tr("请选择类别") if self._categories else "", "")
            for name in self._categories:
                self.category_combo.addItem(name, name)
        for widget in (self.category_label, self.category_combo):
            widget.setVisible(result != DOUBTFUL)

    def _suggest_category(self, result: str) -> None:
        """Point at the suggested category, where the suggestion is this result."""
        proposal = self._dossier.proposal if self._dossier is not None else None
        if proposal is not None and proposal.result == result:
            with QSignalBlocker(self.category_combo):
                index = self.category_combo.findData(proposal.category)
                self.category_combo.setCurrentIndex(max(index, 0))

    def _category(self) -> Category | None:
        return self._categories.get(str(self.category_combo.currentData() or ""))

    def _category_chosen(self) -> None:
        self._ask_for_evidence()
        self._edited()

    def _document_field(self) -> str:
        category = self._category()
        return category.document if category is not None else ""

    def _ask_for_evidence(self) -> None:
        """Show the fields of the category, the document number under the name that it has there."""
        category = self._category()
        wants = category is not None and bool(category.document or category.needs_papers)
        for widget in (self.document_label, self.document_edit):
            widget.setVisible(wants)
        self.document_label.setText(self._document_field() or tr("文号"))
        self.document_edit.setPlaceholderText(
            tr("必填") if category is not None and category.needs_papers else ""
        )
        known = self._dossier.dictionary.fields if self._dossier is not None else {}
        names = category.evidence if category is not None else ()
        document = self._document_field()
        self.evidence.ask_for([known[name] for name in names if name != document], self.date_edit)
        self.evidence_place.setVisible(bool(names))
        self._show_materials(category)

    def _show_materials(self, category: Category | None) -> None:
        said = []
        if category is not None and category.materials:
            said.append(tr("应备材料：{names}").format(names="、".join(category.materials)))
        if category is not None and category.unverified:
            said.append(tr("待核对：{text}").format(text=category.unverified))
        self.material_label.setText("\n".join(said))
        self.material_label.setVisible(bool(said))

    def _edited(self) -> None:
        self._dirty = True
        self.clear_errors()
        self.outcome_label.setVisible(False)
        self.worked_in.emit()


def recorded(dossier: Dossier) -> Given:
    """Return what was said of a patch last, as the form takes it; empty words for nothing."""
    latest, doubt = dossier.latest, dossier.doubt
    if doubt is not None:
        return Given(dossier.patch_no, DOUBTFUL, basis=doubt.reason)
    if latest is None:
        return Given(dossier.patch_no, "")
    evidence = {
        name: f"{value:g}" if isinstance(value, float) else str(value)
        for name, value in latest.evidence.items()
    }
    words = (latest.result, latest.category, latest.basis, latest.document_no)
    return Given(dossier.patch_no, *words, evidence=evidence)


def _categories(dictionary: Dictionary, result: str, kind: str) -> dict[str, Category]:
    return {
        one.stored_name(item): item
        for one in dictionary.for_kind(kind)
        for item in one.categories
        if item.result == result and item.fits(kind)
    }
