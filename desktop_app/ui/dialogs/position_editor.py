"""The dialog that adds or changes one position: its fields, what it would stand on, what that does to all."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop_app.analysis.exposure import exposure
from desktop_app.analysis.limit_log import worsened
from desktop_app.analysis.limits import LimitState, limits
from desktop_app.analysis.withdrawals import plan_of
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.own_entries import effective
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.stacks import Holding, add_holding
from desktop_app.errors import UserError
from desktop_app.figures.labels import Labels
from desktop_app.figures.sizes import Sizes
from desktop_app.report.consequence import consequence_sentence
from desktop_app.report.limit_words import worse_words
from desktop_app.report.words import cut
from desktop_app.ui import jobs, messages, theme
from desktop_app.ui.dialogs.foot import Foot
from desktop_app.ui.dialogs.position_form import PositionForm, form_width
from desktop_app.ui.dialogs.stack_preview import Preview, StackPreview
from desktop_app.ui.dialogs.two_parts import fit, put_together
from desktop_app.ui.document import Document
from desktop_app.ui.widgets.section import Rule, Words
from desktop_app.ui.widgets.sentence_label import SentenceLabel

SIZE = (1040, 668)
MOST_WARNINGS = 4
PAUSE = 120
"""Milliseconds without a key before the preview is asked for."""


def edit_position(
    parent: QWidget, document: Document, catalogue: Catalogue, position_id: str | None
) -> "PositionEditor":
    """Open the dialog that changes a position, or adds one (None)."""
    dialog = PositionEditor(parent, document, catalogue, position_id)
    dialog.open()
    return dialog


class PositionEditor(QDialog):
    """Makes one edit of the document when the user agrees, named after the deed; nothing before that."""

    def __init__(
        self,
        parent: QWidget | None,
        document: Document,
        catalogue: Catalogue,
        position_id: str | None,
        today: date | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("position_editor")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._document = document
        self._catalogue = effective(catalogue, document.portfolio.entries)
        self._position = position_id or ""
        self._today = today or datetime.now(UTC).astimezone().date()
        old = document.portfolio.positions.get(self._position)
        labels = Labels(QLocale().name(), document.portfolio.currency)
        self.form = PositionForm(document.portfolio, self._catalogue, old, self._today)
        self.preview = StackPreview(labels, _sizes())
        self.consequence = SentenceLabel(theme.TEXT)
        undo = f"Undo brings back the old values: Change {old.name}" if old else "Undo takes it away again."
        self._deed = "Change position" if old else "Add position"
        self.foot = Foot(undo, self._deed)
        self.warning = Words("", theme.TEXT, "alarm", wrap=True)
        self.try_button = QPushButton("&Try on a copy…")
        self.foot.add(self.try_button)
        self.try_button.setVisible(not document.is_trying)
        self.setWindowTitle(f"Change {old.name}" if old else "Add a position")
        self._judged: Holding | None = None
        self._states: tuple[LimitState, ...] = ()
        self._is_wanted = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._lay_out()
        self._labels = labels
        self.form.edited.connect(self._changed)
        self._pause.timeout.connect(self._ask)
        self.foot.cancel.clicked.connect(self.reject)
        self.foot.primary.clicked.connect(self.save)
        self.try_button.clicked.connect(self.try_out)
        self._changed()
        self._ask()
        self.form.fields["asset"].editor.setFocus()

    def _lay_out(self) -> None:
        left = QScrollArea()
        left.setFrameShape(QFrame.Shape.NoFrame)
        left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left.setFixedWidth(form_width() + 16)
        left.setWidgetResizable(True)
        left.setWidget(self.form)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self.preview, 1)
        right.addWidget(Rule("rule"))
        right.addWidget(self.consequence)
        right.addWidget(self.warning)
        put_together(self, left, right, self.foot)
        fit(self, SIZE)

    # -- while typing --------------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._is_wanted = False
        reason = self.form.reason()
        if not reason and self._position and not self.form.is_changed():
            reason = "Nothing is changed yet"
        self.foot.hold(reason)
        self._pause.start()

    def is_waiting(self) -> bool:
        """Tell whether the preview is still behind the fields."""
        return self._pause.isActive()

    def _ask(self) -> None:
        self._pause.stop()
        held = self.form.holding()
        if held is None:
            jobs.drop(self)
            jobs.drop(self, "limits")
            self.preview.clear(f"{self.form.reason()} to see what it stands on.")
            self.consequence.set_parts([])
            self._warn(())
            return
        work = partial(self._worked_out, self._document.portfolio, held)
        jobs.run(self, work, partial(self._show, held), self._say)

    def _worked_out(self, before: Portfolio, held: Holding) -> Preview:
        """Return what the holding would be; called beside the window."""
        after = add_holding(before, self._catalogue, held, self._position)
        new = self._position or next(i for i in after.positions if i not in before.positions)
        day = before.as_of or self._today
        was, will_be = exposure(before, day), exposure(after, day)
        names = {n.id: n.name for n in (*before.nodes.values(), *after.nodes.values())}
        sentence = consequence_sentence(was, will_be, new, names, self._labels)
        position = after.positions[new]
        return Preview(after, plan_of(after, position, day).dated(position), will_be, sentence)

    def _show(self, held: Holding, preview: Preview) -> None:
        self.preview.show_preview(preview)
        self.consequence.set_parts([(run.text, run.bold, "", run.warn) for run in preview.sentence])
        if self._document.portfolio.limits:
            work = partial(self._weighed, self._document.portfolio, preview)
            jobs.run(self, work, partial(self._judge, held), topic="limits")

    def _weighed(self, before: Portfolio, preview: Preview) -> tuple[str, ...]:
        """Return which limits would be broken; called beside the window."""
        after, day = preview.portfolio, before.as_of or self._today
        states = self._states = self._states or limits(before, exposure(before, day), day)
        names = {n.id: n.name for n in (*before.nodes.values(), *after.nodes.values())}
        worse = worsened(states, limits(after, preview.exposed, day))
        return tuple(worse_words(w, names, self._labels) for w in worse)

    def _judge(self, held: Holding, warnings: tuple[str, ...]) -> None:
        """Warn of the limits; make the edit if that was wanted before and nothing is to be warned of."""
        self._warn(warnings)
        self._judged = held
        if self._is_wanted and held == self.form.holding():
            self._is_wanted = False
            self.foot.hold("")
            if not warnings:
                self._make_edit(held)

    def _warn(self, warnings: Sequence[str]) -> None:
        """Say which limits would be broken; the position can be saved anyway."""
        self.warning.setText("\n".join(f"▲ {words}" for words in cut(warnings, MOST_WARNINGS)))
        self.warning.setVisible(bool(warnings))
        self.foot.primary.setText(f"{self._deed} anyway" if warnings else self._deed)

    def _say(self, error: UserError) -> None:
        self._is_wanted = False
        self.foot.hold(error.text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page up and down turn the preview, which is no stop of the focus."""
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
        if step:
            bar = self.preview.verticalScrollBar()
            bar.setValue(bar.value() + step * bar.pageStep())
        else:
            super().keyPressEvent(event)

    # -- the deed ------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Make the edit and close, once it is known which limits it breaks; if any, they are shown first."""
        held = self.form.holding()
        if held is None:
            return
        if self._document.portfolio.limits and self._judged != held:
            self._is_wanted = True
            self.foot.hold("Your limits are being checked")
            self._ask()
        else:
            self._make_edit(held)

    def try_out(self) -> None:
        """Make the edit on a copy, and let it be compared with what is saved."""
        held = self.form.holding()
        if held is not None:
            self._make_edit(held, on_a_copy=True)

    def _make_edit(self, held: Holding, *, on_a_copy: bool = False) -> None:
        """Make the edit and close; a sentence stays where it cannot be made."""
        before = self._document.portfolio
        try:
            after = add_holding(before, self._catalogue, held, self._position)
        except UserError as error:
            messages.show_error(error)
            return
        new = self._position or next(i for i in after.positions if i not in before.positions)
        verb = "Change" if self._position else "Add"
        if on_a_copy:
            self._document.try_out(compare=True)
        self._document.edit(f"{verb} {after.positions[new].name}", after)
        self.accept()


def _sizes() -> Sizes:
    """Return how large things are in the figure: they grow with the system's font."""
    row = max(24.0, QFontMetrics(theme.font()).height() + 8.0)
    return Sizes(theme.pixels(theme.TEXT), theme.pixels(theme.NOTE), theme.pixels(theme.AXIS), row)
