"""The table twins of timeline and ladder, in the place of the charts."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.figures.labels import Labels
from desktop_app.ui import theme
from desktop_app.ui.pages.withdrawals_answer import Answer
from desktop_app.ui.tables.columns import WITHDRAWALS
from desktop_app.ui.tables.ladder_columns import LADDER
from desktop_app.ui.tables.summed_table import SummedTable
from desktop_app.ui.tables.table_view import TableView
from desktop_app.ui.widgets.section import Words


class WithdrawalsTables(QWidget):
    """``rows`` has a row for every part of a position, ``ladder`` one for every day of the ladder."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = TableView("withdrawals", WITHDRAWALS, accessible_name="Withdrawals")
        self.ladder = TableView("ladder", LADDER, accessible_name="Back in the wallet")
        self.title = Words("", bold=True)
        self.note = Words("", theme.NOTE, "text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(SummedTable(self.rows, "row"), 3)
        column.addSpacing(12)
        column.addWidget(self.title)
        column.addWidget(self.note)
        column.addWidget(self.ladder, 2)

    def show_answer(self, answer: Answer, labels: Labels) -> None:
        """Fill both tables."""
        value = answer.overview.out.value
        self.rows.show_rows(answer.table, labels)
        self.ladder.show_rows(answer.ladder, labels)
        self.title.setText("Back in the wallet")
        self.note.setText(f"By the end of each day, of {labels.money(value, with_currency=True)}")
        for widget in (self.title, self.note, self.ladder):
            widget.setVisible(value > 0)

    def copy(self) -> None:
        """Copy what is chosen in the table that has the focus, else in that of the rows."""
        (self.ladder if self.ladder.hasFocus() else self.rows).copy()
