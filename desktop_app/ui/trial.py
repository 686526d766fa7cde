"""Trying changes on a copy: the strip that says so, before and after, applying and dropping."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Scenario
from desktop_app.errors import UserError
from desktop_app.figures.labels import Labels
from desktop_app.report.words import counted
from desktop_app.ui import jobs, messages
from desktop_app.ui.document import Document, Store
from desktop_app.ui.widgets.bars import ChoiceBar

if TYPE_CHECKING:  # imported when something is tried first
    from desktop_app.analysis.what_if import Standing
    from desktop_app.report.what_if_lines import WhatIfLine
    from desktop_app.ui.dialogs.comparison import Comparison

CHOICES = {"compare_trial": "Compare", "apply_trial": "Apply", "drop_trial": "Drop"}
NOTHING_SAVED = "You are trying changes on a copy: nothing of them is saved until you apply them."
NOT_OF_A_COPY = "Only what is saved goes on paper or into a file: apply or drop first what you are trying."
TRYING = "Nothing is saved while you try"
ON_A_COPY = "On a copy, not saved."
SAVING = "What was tried is being saved"


@dataclass(frozen=True, slots=True)
class Found:
    """Before and after in words; ``before``: the saved portfolio, as it was worked out."""

    before: "Standing"
    limits: tuple[str, ...]
    lines: "tuple[WhatIfLine, ...]"


class Trial(QObject):
    """Leads through the trials of one window; ``bar`` stands under its menus while one lasts."""

    def __init__(self, window: QWidget, document: Document, choose: Callable[[str], None]) -> None:
        """``choose`` carries out a command of the menus."""
        super().__init__(window)
        self._window = window
        self._document = document
        self._before: tuple[Portfolio, date, Standing] | None = None
        self._found: Found | None = None
        self._as_of = date.min
        self._labels = Labels()
        self.bar = ChoiceBar(CHOICES)
        self.comparison: Comparison | None = None
        self.bar.chosen.connect(choose)
        document.trial_begun.connect(self._begin)
        document.trial_ended.connect(self._end)

    # -- showing -------------------------------------------------------------------------------------------

    def _begin(self, compare: bool) -> None:
        self.bar.tell(NOTHING_SAVED)
        if compare:
            self.compare()
        else:
            self._ask()

    def _end(self) -> None:
        jobs.drop(self)
        self.bar.hide()
        self._before = self._found = None
        if self.comparison is not None:
            self.comparison.close()
            self.comparison.deleteLater()
            self.comparison = None

    def show_portfolio(self, as_of: date, labels: Labels) -> None:
        """Work out before and after again, while something is tried; what is shown as of which day is new."""
        self._as_of, self._labels = as_of, labels
        if self._document.is_trying:
            self._ask()

    def _ask(self) -> None:
        document, as_of = self._document, self._as_of
        known = self._before
        is_known = known is not None and known[0] is document.saved and known[1] == as_of
        before = known[2] if known is not None and is_known else None
        work = partial(_worked_out, document.saved, document.portfolio, before, as_of, self._labels)
        jobs.run(self, work, partial(self._show, document.saved, as_of))

    def _show(self, saved: Portfolio, as_of: date, found: Found) -> None:
        from desktop_app.report.sentences import plain
        from desktop_app.report.what_if_lines import what_if_sentence

        self._before, self._found = (saved, as_of, found.before), found
        broken = [line for line in found.limits if line.startswith("▲")]
        said = what_if_sentence(found.lines, self._document.tried)
        lead = (ON_A_COPY, plain(said)) if self._document.tried else (NOTHING_SAVED,)
        self.bar.tell(" ".join((*lead, *broken[:1])), "alarm" if broken else "warn")
        self._fill()

    def compare(self) -> None:
        """Show before and after beside each other; it stays open while the user goes on."""
        from desktop_app.ui.dialogs.comparison import Comparison

        if not self._document.is_trying:
            return
        if self.comparison is None:
            self.comparison = Comparison(self._window)
            self.comparison.applied.connect(self.apply)
            self.comparison.dropped.connect(self.drop)
        self._fill()
        self.comparison.show()
        self.comparison.raise_()
        self.comparison.activateWindow()

    def _fill(self) -> None:
        if self.comparison is not None and self._found is not None:
            from desktop_app.report.what_if_lines import what_if_sentence

            found = self._found
            said = what_if_sentence(found.lines, self._document.tried)
            self.comparison.show_lines(said, found.limits, found.lines, self._labels)

    # -- its end -------------------------------------------------------------------------------------------

    @property
    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """What each command of a trial does."""
        return {
            "try_changes": self.begin,
            "compare_trial": self.compare,
            "apply_trial": self.apply,
            "drop_trial": self.drop,
        }

    def asks_first(self) -> bool:
        """Ask, where something is tried, whether it is to be dropped and the window closed; tell of it."""
        if not self._document.tried:
            return False
        box = QMessageBox(self._window)
        box.setObjectName("close_trial")
        box.setText("What you are trying is not saved.")
        box.setInformativeText(f"{counted(len(self._document.tried), 'change')} would be lost.".capitalize())
        drop = box.addButton("Drop and close", QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        drop.clicked.connect(self.drop)
        drop.clicked.connect(self._window.close)
        box.finished.connect(box.deleteLater)
        box.open()
        return True

    def begin(self) -> None:
        """Make edits on a copy from now on."""
        self._document.try_out()

    def drop(self) -> None:
        """Forget what was tried."""
        self._document.drop()

    def apply(self) -> None:
        """Save what was tried as one edit, beside the window, which waits for it."""
        if self._document.portfolio is self._document.saved:
            self.drop()
            return
        self._hold(SAVING)
        jobs.run(self, self._document.applying(), self._finish, self._refuse, topic="apply")

    def _finish(self, store: Store | None) -> None:
        self._hold("")
        self._document.apply(store)

    def _refuse(self, error: UserError) -> None:
        self._hold("")
        messages.show_error(error)

    def _hold(self, reason: str) -> None:
        self._window.setEnabled(not reason)
        if self.comparison is not None:
            self.comparison.hold(reason)


def try_scenario(document: Document, scenario: Scenario, as_of: date) -> None:
    """Write what a scenario takes into a copy of what is held, and show before and after."""
    before = document.portfolio

    def work() -> Portfolio:
        from desktop_app.analysis.aftermath import aftermath

        return aftermath(before, scenario, as_of)

    def show(after: Portfolio) -> None:
        if before is document.portfolio:
            document.try_out(compare=True)
            document.edit(f"Write off {scenario.name}", after)

    jobs.run(document, work, show, topic="scenario")


def _worked_out(
    saved: Portfolio,
    tried: Portfolio,
    before: "Standing | None",
    as_of: date,
    labels: Labels,
) -> Found:
    """Return before and after; called beside the window."""
    from desktop_app.analysis.what_if import compared, standing
    from desktop_app.report.what_if_lines import limit_sentences, what_if_lines

    before = before or standing(saved, as_of)
    found = compared(before, before if tried is saved else standing(tried, as_of))
    names = {node.id: node.name for held in (saved, tried) for node in held.nodes.values()}
    return Found(before, limit_sentences(found, names, labels), what_if_lines(found, names, labels))
