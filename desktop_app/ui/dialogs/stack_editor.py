"""The dialog of a stack: bridge and loan, what each layer pays, the shares of those behind it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import partial

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.analysis.exposure import exposure
from desktop_app.analysis.losses import losses_of
from desktop_app.analysis.withdrawals import plan_of
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.own_entries import effective
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.shares import Crowd, crowds, with_shares
from desktop_app.domain.terms import Terms, with_terms
from desktop_app.errors import UserError
from desktop_app.figures.labels import Labels
from desktop_app.figures.texts import one_line
from desktop_app.report.consequence import consequence_sentence
from desktop_app.report.request_words import finish_sentence
from desktop_app.report.sentences import Sentence, sentence, warn
from desktop_app.ui import jobs, messages, theme
from desktop_app.ui.dialogs.crowd_form import MAGNITUDES, CrowdForm
from desktop_app.ui.dialogs.foot import Foot
from desktop_app.ui.dialogs.slash_helper import ask_limits, ask_magnitudes
from desktop_app.ui.dialogs.stack_form import StackForm
from desktop_app.ui.dialogs.two_parts import fit, put_together
from desktop_app.ui.document import Document
from desktop_app.ui.widgets.section import Rule, Words
from desktop_app.ui.widgets.sentence_label import SentenceLabel

SIZE = (900, 660)
LEFT = 330
PAUSE = 120
"""Milliseconds without a key before the consequence is asked for."""
NOBODY = (
    "No operator or service of this stack is named yet. Name those you know in “Change…”; their shares are "
    "typed here."
)


def edit_stack(parent: QWidget, document: Document, catalogue: Catalogue, position_id: str) -> "StackEditor":
    """Open the dialog of a position's stack; ``catalogue``: the shipped one."""
    dialog = StackEditor(parent, document, catalogue, position_id)
    dialog.open()
    return dialog


class StackEditor(QDialog):
    """Makes one edit of the document when the user agrees, and none before that."""

    def __init__(
        self, parent: QWidget | None, document: Document, catalogue: Catalogue, position_id: str
    ) -> None:
        super().__init__(parent)
        self.setObjectName("stack_editor")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._document = document
        self._catalogue = effective(catalogue, document.portfolio.entries)
        self._id = position_id
        portfolio = document.portfolio
        position = portfolio.positions[position_id]
        self._labels = Labels(QLocale().name(), portfolio.currency, zone=None)
        self.form = StackForm(portfolio, self._catalogue, position, self._labels)
        self.crowds = [CrowdForm(c, portfolio, self._labels) for c in crowds(portfolio, position)]
        self.consequence = SentenceLabel(theme.TEXT)
        self.foot = Foot(f"Undo brings back the old stack of {one_line(position.name)}.", "Change stack")
        self.foot.primary.setDefault(False)
        self.foot.primary.setAutoDefault(False)
        self.setWindowTitle(f"Stack and loan of {one_line(position.name)}")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._lay_out()
        self.form.edited.connect(self._changed)
        for crowd in self.crowds:
            crowd.edited.connect(self._changed)
            crowd.helped.connect(partial(self._help, crowd))
        self._pause.timeout.connect(self._ask)
        self.foot.cancel.clicked.connect(self.reject)
        self.foot.primary.clicked.connect(self.save)
        self._changed()

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 16, 8)
        column.setSpacing(20)
        for crowd in self.crowds:
            column.addWidget(crowd)
        if not self.crowds:
            column.addWidget(Words(NOBODY, theme.NOTE, "text2", wrap=True))
        column.addStretch()
        left = _scrolled(self.form)
        left.setFixedWidth(round(LEFT * max(1.0, theme.pixels() / 13)))
        beside = QVBoxLayout()
        beside.setSpacing(10)
        beside.addWidget(_scrolled(right), 1)
        beside.addWidget(Rule("rule"))
        beside.addWidget(self.consequence)
        put_together(self, left, beside, self.foot)
        fit(self, SIZE)

    def _help(self, crowd: CrowdForm, kind: str) -> None:
        """Let a helper work the shares of a crowd out."""
        names = {n: one_line(self._document.portfolio.nodes[n].name) for n in crowd.crowd.members}
        unique = kind == MAGNITUDES
        dialog = (ask_magnitudes if unique else ask_limits)(self, names, self._labels)

        def use(found: Mapping[str, float]) -> None:
            crowd.put({n: found.get(n) for n in names}, overlapping=not unique, rest_unknown=not unique)

        dialog.used.connect(use)

    # -- while typing --------------------------------------------------------------------------------------

    def _wanted(self) -> tuple[Terms, tuple[Crowd, ...]] | None:
        terms, said = self.form.terms(), [crowd.changed() for crowd in self.crowds]
        if terms is None or any(crowd is None for crowd in said):
            return None
        changed = (now for now, form in zip(said, self.crowds, strict=True) if now and now != form.crowd)
        return terms, tuple(changed)

    def _changed(self) -> None:
        wanted = self._wanted()
        reason = self.form.reason() or ("" if wanted else "Correct the shares")
        if not reason and wanted and not wanted[1] and not self.form.is_changed():
            reason = "Nothing is changed yet"
        self.foot.hold(reason)
        self._pause.start()

    def is_waiting(self) -> bool:
        """Tell whether the consequence is still behind the fields."""
        return self._pause.isActive()

    def _ask(self) -> None:
        wanted = self._wanted()
        if wanted is None:
            jobs.drop(self)
            self.consequence.set_parts([])
            return
        before, today = self._document.portfolio, datetime.now(UTC).astimezone().date()
        work = partial(_consequence, before, self._catalogue, self._id, *wanted, self._labels, today)
        jobs.run(self, work, self._say, lambda error: self.foot.hold(error.text))

    def _say(self, said: Sentence) -> None:
        self.consequence.set_parts([(run.text, run.bold, "", run.warn) for run in said])

    # -- the deed ------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Make the edit and close; a sentence stays where it cannot be made."""
        wanted, before = self._wanted(), self._document.portfolio
        if wanted is None:
            return
        try:
            after = changed(before, self._catalogue, self._id, *wanted)
        except UserError as error:
            messages.show_error(error)
            return
        self._document.edit(f"Change the stack of {before.positions[self._id].name}", after)
        self.accept()


def changed(
    portfolio: Portfolio, catalogue: Catalogue, position: str, terms: Terms, shares: tuple[Crowd, ...]
) -> Portfolio:
    """Return the portfolio with what was said of a position and of those behind it."""
    after = with_terms(portfolio, catalogue, position, terms)
    for crowd in shares:
        after = with_shares(after, crowd)
    return after


def _consequence(
    before: Portfolio,
    catalogue: Catalogue,
    position: str,
    terms: Terms,
    shares: tuple[Crowd, ...],
    labels: Labels,
    today: date,
) -> Sentence:
    """Return what the change would do; called beside the window."""
    after, day = changed(before, catalogue, position, terms, shares), before.as_of or today
    was, will_be = exposure(before, day), exposure(after, day)
    fault = losses_of(after, will_be.worths, will_be.as_of).unavailable.get(position)
    if fault:
        return sentence(warn(fault))
    names = {n.id: n.name for n in (*before.nodes.values(), *after.nodes.values())}
    said = consequence_sentence(was, will_be, position, names, labels)
    old, new = (plan_of(p, p.positions[position], day).finish for p in (before, after))
    return (*said, *finish_sentence(old, new, labels))


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidgetResizable(True)
    area.setWidget(widget)
    return area
