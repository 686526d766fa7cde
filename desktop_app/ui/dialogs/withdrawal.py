"""The dialog of one withdrawal: what to ask for, the ways out side by side, when it would be claimable."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.analysis.alternatives import Way, ways
from desktop_app.analysis.request_states import Progress, progress
from desktop_app.analysis.withdrawals import plan_of
from desktop_app.domain import money
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.own_entries import effective
from desktop_app.domain.paths import with_path, with_path_terms
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import PathTerms, Position, Request
from desktop_app.domain.requests import new_id, taken_back, with_request
from desktop_app.errors import UserError
from desktop_app.figures.labels import Labels
from desktop_app.report.request_words import consequence, edit_words, note_words, path_words
from desktop_app.shipped import full_catalogue
from desktop_app.ui import jobs, messages, theme
from desktop_app.ui.dialogs.foot import Foot
from desktop_app.ui.dialogs.terms_row import TermsRow
from desktop_app.ui.dialogs.two_parts import fit, put_together
from desktop_app.ui.dialogs.withdrawal_form import WithdrawalForm
from desktop_app.ui.document import Document
from desktop_app.ui.requests import moment_of_day
from desktop_app.ui.tables.table_view import TableView
from desktop_app.ui.tables.way_columns import STANDARD, WAYS, way_rows
from desktop_app.ui.widgets.section import Rule, Section, Words
from desktop_app.ui.widgets.sentence_label import SentenceLabel

SIZE = (1040, 520)
PAUSE = 120
"""Milliseconds without a key before the ways are asked for."""
HOW = "Choose the way that is taken; what may be taken only under a condition says so."


@dataclass(frozen=True, slots=True)
class Seen:
    """What the dialog shows: the ways, how far the request would be, the value of what it asks for."""

    ways: tuple[Way, ...]
    progress: Progress | None
    value: float | None


def edit_withdrawal(
    parent: QWidget,
    document: Document,
    as_of: date,
    labels: Labels,
    position_id: str,
    request_id: str = "",
    now: datetime | None = None,
) -> "WithdrawalDialog":
    """Open the dialog that starts a withdrawal of a position, or changes one of its requests."""
    dialog = WithdrawalDialog(parent, document, as_of, labels, position_id, request_id, now)
    dialog.open()
    return dialog


class WithdrawalDialog(QDialog):
    """Makes one edit of the document when the user agrees; nothing before that."""

    def __init__(
        self,
        parent: QWidget | None,
        document: Document,
        as_of: date,
        labels: Labels,
        position_id: str,
        request_id: str = "",
        now: datetime | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("withdrawal")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._document = document
        self._catalogue: Catalogue = effective(full_catalogue(), document.portfolio.entries)
        self._as_of, self._labels, self._now = as_of, labels, now or moment_of_day(as_of)
        held = document.portfolio.counted_positions()
        asked = document.portfolio.positions[position_id].requests if request_id else ()
        self._request = next((r for r in asked if r.id == request_id), None)
        self._path: str | None = None if self._request is None else self._request.path
        self.form = WithdrawalForm(tuple(held), labels, self._request)
        self.section = Section("Ways out", HOW)
        self.table = TableView("ways", WAYS, accessible_name="Ways out")
        self.note = Words("", theme.NOTE, "text2", wrap=True)
        self.terms = TermsRow(labels)
        self.remember = QPushButton("Make it the position’s own way")
        self.keep = QPushButton("Keep the terms")
        self.sentence = SentenceLabel(theme.TEXT)
        self.take_back = QPushButton("Take back…" if self._request is None else "Take back")
        self.foot = Foot(
            "One step to undo.", "Start withdrawal" if self._request is None else "Change withdrawal"
        )
        self.setWindowTitle("Start a withdrawal" if self._request is None else "Change a withdrawal")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._seen: Seen | None = None
        self._changes: dict[tuple[str, str], PathTerms] = {}
        self._lay_out()
        self._connect()
        self.form.start(position_id, self._now or datetime.combine(as_of, time(), UTC))
        self._changed()
        self._ask()
        self.form.amount.editor.setFocus()

    def _lay_out(self) -> None:
        self.section.body.addWidget(self.table, 1)
        self.section.body.addWidget(self.note)
        self.section.body.addSpacing(6)
        self.section.body.addWidget(self.terms)
        deeds = QHBoxLayout()
        deeds.addWidget(self.remember)
        deeds.addWidget(self.keep)
        deeds.addStretch()
        deeds.addWidget(self.take_back)
        for button in (self.remember, self.keep, self.take_back):
            button.setAutoDefault(False)
        self.take_back.setVisible(self._request is not None)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self.section, 1)
        right.addLayout(deeds)
        right.addWidget(Rule("rule"))
        right.addWidget(self.sentence)
        put_together(self, self.form, right, self.foot, gap=24, scrolls=False)
        fit(self, SIZE)

    def _connect(self) -> None:
        self.form.edited.connect(self._changed)
        self._pause.timeout.connect(self._ask)
        self.table.picked.connect(self._pick)
        self.remember.clicked.connect(self._remember)
        self.keep.clicked.connect(self._keep)
        self.terms.edited.connect(self._take_terms)
        self.take_back.clicked.connect(self._take_back)
        self.foot.cancel.clicked.connect(self.reject)
        self.foot.primary.clicked.connect(self.save)

    # -- while typing --------------------------------------------------------------------------------------

    def _changed(self) -> None:
        self.foot.hold(self.form.reason())
        self._pause.start()

    def is_waiting(self) -> bool:
        """Tell whether what is shown is still behind the fields."""
        return self._pause.isActive()

    def _ask(self) -> None:
        position = self.form.chosen()
        if position is None:
            return
        portfolio = self._edited(position.id)
        held = portfolio.positions[position.id]
        work = partial(self._worked_out, portfolio, held, self.form.request(), self._path)
        jobs.run(self, work, self._show)

    def _worked_out(
        self, portfolio: Portfolio, position: Position, request: Request | None, path: str | None
    ) -> Seen:
        """Return the ways and what comes of the request; called beside the window."""
        as_of, stored = self._as_of, self._request
        amount = None if request is None else request.amount
        own = position.exit.path if path is None else path
        meant = None if request is None else replace(request, path=own)
        found = ways(portfolio, self._catalogue, position, as_of, meant)
        worth, whole = portfolio.worth(position, as_of), position.quantity
        value = None if worth is None else float(worth)
        if value is not None and amount is not None and whole:
            value *= float(money.EXACT.divide(amount, whole))
        if request is None:
            return Seen(found, None, value)
        way = chosen_way(found, path, position)
        asked = replace(request, path=way.path, steps=self._steps(way, stored))
        alone = replace(position, requests=(asked,))
        plan = plan_of(portfolio.with_positions(alone), alone, as_of, now=self._now)
        (far,) = progress(plan, as_of, self._now)
        return Seen(found, far, value)

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        self.table.show_rows(way_rows(seen.ways, seen.value, self._labels), self._labels)
        position = self.form.chosen()
        if position is not None and seen.ways:
            self.table.choose(chosen_way(seen.ways, self._path, position).path or STANDARD)
        said = () if seen.progress is None else consequence(seen.progress, self._labels)
        self.sentence.set_parts([(run.text, run.bold, "", run.warn) for run in said])
        self._show_way()

    # -- the way -------------------------------------------------------------------------------------------

    def _way(self) -> Way | None:
        position = self.form.chosen()
        if self._seen is None or position is None or not self._seen.ways:
            return None
        return chosen_way(self._seen.ways, self._path, position)

    def _pick(self, ids: Sequence[str]) -> None:
        path = None if not ids else "" if ids[0] == STANDARD else ids[0]
        way = self._way()
        if path is not None and way is not None and path != way.path:
            self._path = path
            self._changed()
        self._show_way()

    def _show_way(self) -> None:
        way, position = self._way(), self.form.chosen()
        if way is None or position is None:
            return
        self.note.setText(note_words(way))
        held = self._edited(position.id).positions[position.id]
        self.terms.setVisible(bool(way.path))
        self.terms.show_terms(held.exit.terms_of(way.path))
        self.remember.setEnabled(not way.chosen and bool(way.steps))
        self.form.offer(way.steps, held.exit.terms_of(way.path))
        self.keep.setVisible(held != position or self._tells_clock())

    # -- terms ---------------------------------------------------------------------------------------------

    def _take_terms(self, terms: PathTerms) -> None:
        position = self.form.chosen()
        if position is not None:
            self._changes[position.id, terms.path] = terms
            self._ask()

    def _edited(self, position_id: str) -> Portfolio:
        """Return the portfolio with the terms that were typed for a position."""
        portfolio = self._document.portfolio
        for (owner, _), terms in self._changes.items():
            if owner == position_id:
                portfolio = with_path_terms(portfolio, owner, terms)
        return portfolio

    def _keep(self) -> None:
        """Record the terms alone, with what was told the clock of the way."""
        way, position = self._way(), self.form.chosen()
        if way is None or position is None:
            return
        after = self._edited(position.id)
        if self._tells_clock():
            known = after.positions[position.id].exit.terms_of(way.path)
            after = with_path_terms(after, position.id, known.with_clock(self.form.clock.terms()))
        self._document.edit(f"Terms of leaving {position.name}", after)
        self.reject()

    def _tells_clock(self) -> bool:
        """Tell whether the position's own clock could be told what was typed for a new request."""
        clock = self.form.clock
        return self._request is None and clock.isVisible() and clock.is_changed() and not clock.reason()

    @staticmethod
    def _steps(way: Way, stored: Request | None) -> tuple:  # type: ignore[type-arg]
        return stored.steps if stored is not None and stored.path == way.path and stored.steps else way.steps

    def _remember(self) -> None:
        """Let the position leave by this way also where nothing is asked for yet."""
        way, position = self._way(), self.form.chosen()
        if way is None or position is None:
            return
        before = self._edited(position.id)
        try:
            after = with_path(before, self._catalogue, position.id, way.path)
        except UserError as error:
            messages.show_error(error)
            return
        self._document.edit(f"{position.name} leaves {path_words(way.path)}", after)
        self.reject()

    # -- the deed ------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Record the request and close; a sentence stays where it cannot be."""
        request, position, way = self.form.request(), self.form.chosen(), self._way()
        if request is None or position is None:
            return
        steps = () if way is None else self._steps(way, self._request)
        asked = replace(
            request,
            id=request.id or new_id(position),
            path="" if way is None else way.path,
            steps=tuple(replace(step, elapsed_days=0.0) for step in steps),
        )
        try:
            after = with_request(self._edited(position.id), position.id, asked)
        except UserError as error:
            messages.show_error(error)
            return
        verb = "Start" if self._request is None else "Change"
        self._document.edit(edit_words(verb, position), after)
        self.accept()

    def _take_back(self) -> None:
        """Record that it is not asked for any more."""
        position, request = self.form.chosen(), self._request
        if position is None or request is None:
            return
        after = taken_back(self._document.portfolio, position.id, request.id)
        self._document.edit(edit_words("Take back", position), after)
        self.accept()


def chosen_way(found: Sequence[Way], path: str | None, position: Position) -> Way:
    """Return the way of a path, else the position's own, else the first."""
    wanted = position.exit.path if path is None else path
    return next((way for way in found if way.path == wanted), found[0])
