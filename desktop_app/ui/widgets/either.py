"""Two widgets of which one is shown: a chart and its table twin, in the same place."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

LEAST = 200
"""The height that a table twin has at least."""


class Either(QWidget):
    """As high as the one that is shown asks for; a stack would be as high as the higher of both."""

    def __init__(self, chart: QWidget, table: QWidget) -> None:
        super().__init__()
        self.chart = chart
        self.table = table
        table.setMinimumHeight(LEAST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(chart)
        column.addWidget(table)
        table.hide()

    def show_table(self, *, shown: bool) -> None:
        """Show the table, or the chart."""
        self.chart.setVisible(not shown)
        self.table.setVisible(shown)
