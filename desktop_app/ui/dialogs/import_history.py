"""Everything that was imported, and taking one import back, also long after."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.import_undo import lost_with_import, without_import
from desktop_app.domain.imports import ImportRecord
from desktop_app.domain.own_entries import effective
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.figures.texts import one_line
from desktop_app.report.words import counted
from desktop_app.ui import jobs, theme
from desktop_app.ui.dialogs.foot import Foot
from desktop_app.ui.dialogs.import_reading import format_title
from desktop_app.ui.document import Document
from desktop_app.ui.tables import kinds
from desktop_app.ui.tables.columns import WIDEST_NAME
from desktop_app.ui.tables.table_model import Column
from desktop_app.ui.tables.table_view import TableView
from desktop_app.ui.widgets.section import Words

SIZE = (880, 460)
MOST_LOST = 6
NEWEST = 0


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One import, and how many positions of it are still there."""

    id: str
    on: date
    record: ImportRecord
    positions: int


IMPORTS = (
    Column("On", lambda r: r.on, kinds.DATE),
    Column("File", lambda r: r.record.file_name, stretch=True, widest=WIDEST_NAME),
    Column("Format", lambda r: format_title(r.record.format) or "columns by hand"),
    Column("Account", lambda r: r.record.account, widest=WIDEST_NAME),
    Column("Rows", lambda r: r.record.data_rows, kinds.COUNT),
    Column("Came in", lambda r: r.record.accepted, kinds.COUNT),
    Column("Rejected", lambda r: r.record.rejected, kinds.COUNT),
    Column("Skipped", lambda r: r.record.skipped, kinds.COUNT),
    Column("Positions", lambda r: r.positions, kinds.COUNT),
    Column("SHA-256", lambda r: r.record.sha256, hidden=True),
)


def import_rows(portfolio: Portfolio) -> tuple[ImportRow, ...]:
    """Return the imports of a portfolio, on the day they were made where the user is."""
    held = Counter(p.import_id for p in portfolio.positions.values() if p.import_id)
    return tuple(
        ImportRow(i.id, i.imported_at.astimezone().date(), i, held[i.id]) for i in portfolio.imports.values()
    )


class ImportHistory(QDialog):
    """One import is chosen; its foot says what taking it back would cost before it is done."""

    def __init__(
        self, parent: QWidget | None, document: Document, catalogue: Catalogue, labels: Labels
    ) -> None:
        super().__init__(parent)
        self.setObjectName("import_history")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Imports")
        self._document = document
        self._catalogue = catalogue
        self._labels = labels
        self._after: Portfolio | None = None
        self.words = Words("", theme.SENTENCE, wrap=True)
        self.table = TableView("imports", IMPORTS, sorted_by=NEWEST, accessible_name="Imports")
        self.cost = Words("", theme.NOTE, "warn", wrap=True)
        self.foot = Foot("", "Take back")
        self.foot.cancel.setText("Close")
        self._lay_out()
        self.table.picked.connect(self._weigh)
        self.foot.cancel.clicked.connect(self.reject)
        self.foot.primary.clicked.connect(self.take_back)
        document.changed.connect(self._show)
        self._show(document.portfolio)

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(theme.PAGE_MARGIN, 16, theme.PAGE_MARGIN, 8)
        column.setSpacing(10)
        column.addWidget(self.words)
        column.addWidget(self.table, 1)
        column.addWidget(self.cost)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(column, 1)
        whole.addWidget(self.foot)
        self.resize(*SIZE)

    def _show(self, portfolio: Portfolio) -> None:
        rows = import_rows(portfolio)
        self.table.show_rows(rows, self._labels)
        self.words.setText(
            f"{counted(len(rows), 'import').capitalize()}. Choose one to take it back."
            if rows
            else "Nothing has been imported yet. Import a file with Ctrl+I."
        )
        if rows and not self.table.chosen_ids():
            self.table.choose(self.table.rows_model.rows[0].id)
        self._weigh(self.table.chosen_ids())

    # -- taking back ---------------------------------------------------------------------------------------

    def _weigh(self, chosen: Sequence[str]) -> None:
        """Work out, beside the window, what the portfolio would be without the chosen import."""
        self._after = None
        self.cost.setText("")
        if not chosen:
            self.foot.words.setText("")
            self.foot.hold(
                "Choose an import" if self.table.rows_model.rows else "There is nothing to take back"
            )
            return
        self.foot.hold("What it would cost is being worked out")
        before, catalogue = self._document.portfolio, self._catalogue

        def work() -> tuple[Portfolio, tuple[str, ...]]:
            after = without_import(before, effective(catalogue, before.entries), chosen[0])
            return after, tuple(issue.text for issue in lost_with_import(before, chosen[0]))

        jobs.run(self, work, partial(self._tell, before))

    def _tell(self, before: Portfolio, found: tuple[Portfolio, tuple[str, ...]]) -> None:
        after, lost = found
        if before is not self._document.portfolio:
            return
        self._after = after
        gone = len(before.positions) - len(after.positions)
        self.foot.words.setText(f"{counted(gone, 'position').capitalize()} would go. It can be undone.")
        more = f" And {len(lost) - MOST_LOST} more." if len(lost) > MOST_LOST else ""
        self.cost.setText(" ".join(lost[:MOST_LOST]) + more)
        self.foot.hold("")

    def take_back(self) -> None:
        """Make it one edit of the document."""
        chosen = self.table.chosen_ids()
        if self._after is None or not chosen:
            return
        record = self._document.portfolio.imports[chosen[0]]
        self._document.edit(f"Take back import of {one_line(record.file_name)}", self._after)
