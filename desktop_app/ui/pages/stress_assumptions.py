"""The assumptions beside the year: typed over in their table, one edit each, the effect shown at once."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.analysis.exposure import Exposure
from desktop_app.domain.assumptions import with_copied, with_illustrative, without_illustrative
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Basis
from desktop_app.errors import UserError
from desktop_app.figures.labels import Labels
from desktop_app.report.assumed import (
    NEVER,
    TAKES,
    YEARS,
    assumed,
    assumption_rows,
    assumptions_note,
    edit_words,
)
from desktop_app.report.stressed import NOT_MODELLED
from desktop_app.ui import messages, theme
from desktop_app.ui.dialogs.typed import read_amount, write_amount
from desktop_app.ui.document import Document
from desktop_app.ui.tables.assumption_columns import ASSUMPTIONS
from desktop_app.ui.tables.table_view import TableView
from desktop_app.ui.widgets.section import Link, Section, Words

ASSUMPTION_COMMANDS = ("type_assumptions", "take_illustrative", "drop_illustrative", "copy_assumptions")


class AssumptionsPanel(QWidget):
    """Makes edits of the document; ``wished`` carries a command of the menus."""

    wished = Signal(str)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._labels = Labels()
        self.section = Section("Your assumptions", " ")
        self.table = TableView("assumptions", ASSUMPTIONS, accessible_name="Your assumptions")
        self.wrong = Words("", theme.NOTE, "alarm", wrap=True)
        self.slash = Link("Work out what a slash takes…")
        self.fill = Link("Fill the gaps, illustrative")
        self.drop = Link("Take the illustrative out")
        self.copy = Link("Copy from another portfolio…")
        self._lay_out()
        self.table.entered.connect(self._enter)
        self.slash.clicked.connect(self._reckon)
        self.fill.clicked.connect(lambda: self.wished.emit("take_illustrative"))
        self.drop.clicked.connect(lambda: self.wished.emit("drop_illustrative"))
        self.copy.clicked.connect(lambda: self.wished.emit("copy_assumptions"))

    def _lay_out(self) -> None:
        self.section.body.addWidget(self.table, 1)
        self.section.body.addWidget(self.wrong)
        links = QVBoxLayout()
        links.setSpacing(4)
        for link in (self.slash, self.fill, self.drop, self.copy):
            row = QHBoxLayout()
            row.addWidget(link)
            row.addStretch()
            links.addLayout(row)
        self.section.body.addSpacing(6)
        self.section.body.addLayout(links)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.section)
        column.addSpacing(8)
        column.addWidget(Words(NOT_MODELLED, theme.NOTE, "text2", wrap=True))
        self.wrong.hide()

    def show_portfolio(self, portfolio: Portfolio, exposed: Exposure, labels: Labels) -> None:
        """Show the assumptions of the nodes that positions stand on."""
        self._labels = labels
        rows = assumption_rows(portfolio, exposed)
        self.table.show_rows(rows, labels)
        self.section.set_note(assumptions_note(rows))
        self.fill.setVisible(not all(row.is_complete for row in rows))
        self.drop.setVisible(any(row.basis is Basis.ILLUSTRATIVE for row in rows))
        self._say("")

    def _say(self, text: str) -> None:
        """Say under the table why what was typed cannot be; "" nothing."""
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))

    # -- edits ---------------------------------------------------------------------------------------------

    def _enter(self, node: str, what: str, text: str) -> None:
        """Make an edit of what was typed over an assumption, or say why it cannot be."""
        before = self._document.portfolio
        try:
            after = typed_assumption(before, node, what, text, QLocale(self._labels.locale))
        except UserError as error:
            self._say(error.text)
            return
        if after.nodes[node] != before.nodes[node]:
            self._document.edit(edit_words(before, node, what, text), after)

    def _reckon(self) -> None:
        """Let the part that a slash on Ethereum takes be worked out for the chosen node."""
        from desktop_app.ui.dialogs.slash_helper import ask_severity

        chosen = self.table.chosen_ids()
        if not chosen:
            self._say("Choose the node first whose slash you mean.")
            return
        self._say("")
        locale = QLocale(self._labels.locale)

        def use(part: float) -> None:
            percent = Decimal(repr(round(part * 100, 10))).normalize()
            self._enter(chosen[0], TAKES, write_amount(percent, locale))

        ask_severity(self.window(), self._labels).used.connect(use)

    def take(self, command: str) -> None:
        """Carry out one of ``ASSUMPTION_COMMANDS``."""
        acts: dict[str, Callable[[], None]] = {
            "type_assumptions": self._start_typing,
            "take_illustrative": self._take_illustrative,
            "drop_illustrative": self._drop_illustrative,
            "copy_assumptions": self._ask_for_file,
        }
        acts[command]()

    def _start_typing(self) -> None:
        if self.table.rows_model.rows:
            index = self.table.rows_model.index(0, 1)
            self.table.setFocus()
            self.table.setCurrentIndex(index)
            self.table.edit(index)

    def _take_illustrative(self) -> None:
        from desktop_app.shipped import illustrative

        after = with_illustrative(self._document.portfolio, illustrative())
        self._document.edit("Take illustrative failure rates", after)

    def _drop_illustrative(self) -> None:
        after = without_illustrative(self._document.portfolio)
        self._document.edit("Take illustrative failure rates out", after)

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self.window(), "Copy failure rates from")
        dialog.setNameFilters(["Portfolios (*.stakeout)", "All files (*)"])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self._copy_from(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _copy_from(self, path: Path) -> None:
        before = self._document.portfolio
        try:
            after = with_copied(before, self._document.read(path))
        except UserError as error:
            messages.show_error(error)
            return
        if after is before:
            messages.show(f"{path.name} assumes nothing of these nodes that is not here already.")
        self._document.edit(f"Copy failure rates from {path.stem}", after)


def typed_assumption(portfolio: Portfolio, node: str, what: str, text: str, locale: QLocale) -> Portfolio:
    """Return the portfolio with what was typed; raises UserError where it is no number that can be."""
    text = text.strip().removesuffix("%").strip()
    if text in {"", "?"}:
        return assumed(portfolio, node, what, None)
    if what == YEARS and text.casefold() == NEVER:
        return assumed(portfolio, node, what, None, never=True)
    number = read_amount(text, locale)
    if number is None:
        wanted = "years, like 125, or “never”" if what == YEARS else "per cent, like 30"
        raise UserError(f"“{text}” is not a number. Enter {wanted}.")
    return assumed(portfolio, node, what, float(number))
