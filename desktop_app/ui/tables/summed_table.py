"""A table with its sums right under the last row: as high as its rows, at most as high as there is room."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui.tables.sum_row import SumRow
from desktop_app.ui.tables.table_view import TableView


class SummedTable(QWidget):
    """``noun`` is what one row is called in the count."""

    def __init__(self, view: TableView, noun: str) -> None:
        super().__init__()
        self.view = view
        self.sums = SumRow(view, noun)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(view, 1)
        column.addWidget(self.sums)
        column.addStretch()
        view.arranged.connect(self._fit)

    def _fit(self) -> None:
        self.view.setMaximumHeight(self.view.content_height())
