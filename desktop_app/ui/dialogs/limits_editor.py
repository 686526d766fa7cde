"""The dialog of the user's limits: their bounds are typed over, each change is an edit of its own at once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.analysis.exposure import exposure
from desktop_app.analysis.limits import LimitState, limits
from desktop_app.domain.limits import LimitKind, limit_of
from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError
from desktop_app.figures.labels import Labels
from desktop_app.report.limit_lines import KINDS, bound_of, break_lines, limit_line, subjects, unit
from desktop_app.report.limit_words import subject_words
from desktop_app.ui import jobs, theme
from desktop_app.ui.dialogs.fields import Field, choice, line
from desktop_app.ui.dialogs.typed import read_amount
from desktop_app.ui.document import Document
from desktop_app.ui.tables.limit_columns import BREAKS, LIMITS
from desktop_app.ui.tables.table_view import TableView
from desktop_app.ui.widgets.section import Rule, Section, Words

SIZE = (860, 600)
LOG = "Every edit is judged; what breaks a limit is kept with the portfolio, with the edit and its day."
NOTHING = "No limit is set yet. Add one below: it is watched wherever its figure is shown."
HOW = "Type over a bound to change it. Every change can be undone."


def edit_limits(parent: QWidget, document: Document, as_of: date) -> "LimitsEditor":
    """Open the dialog of the limits."""
    dialog = LimitsEditor(parent, document, as_of)
    dialog.open()
    return dialog


class LimitsEditor(QDialog):
    """Shows every limit with its present figure; adds, changes and deletes."""

    def __init__(self, parent: QWidget | None, document: Document, as_of: date) -> None:
        super().__init__(parent)
        self.setObjectName("limits_editor")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Limits")
        self._document = document
        self._as_of = as_of
        self._locale = QLocale()
        self._labels = Labels(self._locale.name(), document.portfolio.currency)
        self._subjects: Mapping[str, str] = {}
        self.section = Section("Your limits", HOW)
        self.table = TableView("limits", LIMITS, accessible_name="Your limits")
        self.log = Section("When they were broken", LOG)
        self.breaks = TableView("limit breaks", BREAKS, accessible_name="When they were broken")
        self.kind = Field("kind", "What", choice(list(KINDS.values()), editable=False))
        self.subject = Field("subject", "Of", choice([], placeholder="search"))
        self.bound = Field("bound", "At most", line("30", number=True))
        self.add_button = QPushButton("Add limit")
        self.delete_button = QPushButton("Delete")
        self.close_button = QPushButton("Close")
        self.words = Words("", theme.NOTE, "alarm", wrap=True)
        self._lay_out()
        self._connect()
        self._offer_subjects()
        self._refresh(document.portfolio)

    def _lay_out(self) -> None:
        self.section.body.addWidget(self.table, 1)
        self.log.body.addWidget(self.breaks, 1)
        fields = QHBoxLayout()
        fields.setSpacing(12)
        for field, stretch in ((self.kind, 4), (self.subject, 4), (self.bound, 2)):
            fields.addWidget(field, stretch)
        fields.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignBottom)
        foot = QHBoxLayout()
        foot.addWidget(self.words, 1)
        foot.addWidget(self.delete_button)
        foot.addWidget(self.close_button)
        for button in (self.add_button, self.delete_button, self.close_button):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PAGE_MARGIN, 16, theme.PAGE_MARGIN, 12)
        column.setSpacing(12)
        column.addWidget(self.section, 1)
        column.addWidget(Rule("rule"))
        column.addLayout(fields)
        column.addWidget(self.log, 1)
        column.addLayout(foot)
        larger = max(1.0, theme.pixels() / 13)
        self.resize(*(round(side * larger) for side in SIZE))

    def _connect(self) -> None:
        if isinstance(self.kind.editor, QComboBox):
            self.kind.editor.currentIndexChanged.connect(self._offer_subjects)
        self.add_button.clicked.connect(self._add)
        self.delete_button.clicked.connect(self._delete)
        self.close_button.clicked.connect(self.accept)
        self.table.entered.connect(self._enter)
        self.table.picked.connect(lambda ids: self.delete_button.setEnabled(bool(ids)))
        self._document.changed.connect(self._refresh)

    # -- showing -------------------------------------------------------------------------------------------

    def _refresh(self, portfolio: Portfolio) -> None:
        work = partial(_states, portfolio, self._as_of)
        jobs.run(self, work, self._show)

    def _show(self, states: tuple[LimitState, ...]) -> None:
        portfolio = self._document.portfolio
        names = {node.id: node.name for node in portfolio.nodes.values()}
        self.table.show_rows([limit_line(state, names, self._labels) for state in states], self._labels)
        self.section.set_note(HOW if states else NOTHING)
        self.breaks.show_rows(break_lines(portfolio, self._labels), self._labels)
        self.log.setVisible(bool(portfolio.breaks))
        self.delete_button.setEnabled(bool(self.table.chosen_ids()))

    def _kind(self) -> LimitKind:
        return next(kind for kind, text in KINDS.items() if text == self.kind.text())

    def _offer_subjects(self) -> None:
        """Offer what a limit of the chosen kind can be about."""
        kind, box = self._kind(), self.subject.editor
        self._subjects = subjects(kind, self._document.portfolio, self._labels)
        if isinstance(box, QComboBox):
            box.clear()
            box.addItems([words for words in self._subjects if words])
            box.setEnabled(box.count() > 0)
            box.setCurrentIndex(-1)
            if (completer := box.completer()) is not None:
                completer.setModel(box.model())
        self.bound.label.setText(f"At {'least' if kind is LimitKind.REWARD_RATIO else 'most'}, {unit(kind)}")

    # -- edits ---------------------------------------------------------------------------------------------

    def _add(self) -> None:
        subject = self._subjects.get(self.subject.text())
        if subject is None:
            self.words.setText("Choose what it is about.")
            return
        if self._set(self._kind(), subject, self.bound.text(), "Limit"):
            self.subject.start_with("")
            self.bound.start_with("")

    def _enter(self, limit_id: str, _: str, text: str) -> None:
        limit = self._document.portfolio.limits[limit_id]
        self._set(limit.kind, limit.subject, text, "Change limit")

    def _set(self, kind: LimitKind, subject: str, text: str, deed: str) -> bool:
        """Make an edit of a limit; tell whether what was typed can be its bound."""
        number = read_amount(text.removesuffix("%"), self._locale)
        if number is None:
            self.words.setText(f"“{text}” is not a number." if text else "Enter the bound.")
            return False
        try:
            limit = limit_of(kind, subject, bound_of(kind, float(number)))
        except UserError as error:
            self.words.setText(error.text)
            return False
        before = self._document.portfolio
        names = {node.id: node.name for node in before.nodes.values()}
        about = (limit.kind, limit.subject)
        same = next((x for x in before.limits.values() if (x.kind, x.subject) == about), limit)
        limit = replace(limit, id=same.id)
        self.words.setText("")
        if before.limits.get(limit.id) != limit:
            self._document.edit(f"{deed}: {subject_words(limit, names)}", before.with_limits(limit))
        return True

    def _delete(self) -> None:
        chosen, before = self.table.chosen_ids(), self._document.portfolio
        if chosen:
            what = "limit" if len(chosen) == 1 else f"{len(chosen)} limits"
            self._document.edit(f"Delete {what}", before.without_limits(*chosen))


def _states(portfolio: Portfolio, as_of: date) -> tuple[LimitState, ...]:
    return limits(portfolio, exposure(portfolio, as_of), as_of)
