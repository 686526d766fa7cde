"""The year on the Stress page: curve, value at risk and beyond, what adds to it; or the ways to get rates."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.analysis.overview import Overview
from desktop_app.analysis.year import Year
from desktop_app.figures.amount_bars import AmountBar, amount_bars
from desktop_app.figures.exceedance import exceedance
from desktop_app.figures.labels import Labels
from desktop_app.figures.sizes import Sizes
from desktop_app.report.assumed import WAYS
from desktop_app.report.stressed import NO_RATES
from desktop_app.report.year_parts import (
    adds_title,
    node_parts,
    position_parts,
    told_curve,
    told_level,
    year_lines,
)
from desktop_app.report.year_words import method_sentence, rounded
from desktop_app.ui import theme
from desktop_app.ui.charts.figure_widget import FigureWidget
from desktop_app.ui.charts.painting import measure
from desktop_app.ui.tables.stress_columns import CURVE, curve_rows
from desktop_app.ui.tables.table_view import TableView
from desktop_app.ui.widgets.either import Either
from desktop_app.ui.widgets.row_list import Cell, Item, Lane, RowList
from desktop_app.ui.widgets.section import Rule, Section, Words
from desktop_app.ui.widgets.sentence_label import SentenceLabel

HEIGHT, LOW_HEIGHT = 236.0, 168.0
PARTS, FEW_PARTS = 7, 5
"""Height of the curve, and bars beside it, in a high and in a low window."""
WAITING = "Working out the year …"


class YearPanel(QWidget):
    """``explained`` carries the key of a number, ``wished`` a command of the menus."""

    explained = Signal(str)
    wished = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.found: Year | None = None
        self.curve = FigureWidget()
        self.curve_table = TableView("year curve", CURVE, accessible_name="Chance of losing at least so much")
        self.year = Section("A year, as you assumed", " ")
        self.figures = RowList(
            (
                Lane("One year in", stretch=True),
                Lane("loses at least (VaR)", right=True),
                Lane("", right=True),
            ),
            "A bad year",
            row=20,
            lines=False,
        )
        self.method = SentenceLabel(theme.NOTE, role="text2")
        self.adds = Section(" ")
        self.positions = FigureWidget()
        self.nodes = FigureWidget()
        self.ways = _Ways()
        self._low = False
        self._curve_or_table = Either(self.curve, self.curve_table)
        self._lay_out()
        self.figures.followed.connect(self.explained)
        self.ways.wished.connect(self.wished)
        self.positions.chosen.connect(self._explain_part)
        self.nodes.chosen.connect(lambda node: self.explained.emit(f"spared:{node}"))

    def _lay_out(self) -> None:
        self.year.body.addWidget(self._curve_or_table)
        self.year.body.addSpacing(8)
        self.year.body.addWidget(self.figures)
        self.year.body.addSpacing(4)
        self.year.body.addWidget(self.method)
        self.year.body.addWidget(self.ways)
        sides = QHBoxLayout()
        sides.setSpacing(10)
        for words, chart in (
            ("Positions, these sum up", self.positions),
            ("Nodes, these do not sum", self.nodes),
        ):
            side = QVBoxLayout()
            side.setSpacing(4)
            side.addWidget(Words(words, theme.NOTE, "text2"))
            side.addWidget(chart)
            side.addStretch()
            sides.addLayout(side, 1)
        self.adds.body.addLayout(sides)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        for widget in (self.year, self.adds):
            column.addWidget(widget)
        column.addStretch()

    def make_low(self, *, low: bool) -> None:
        """Let the curve and the bars take less height from now on, or as much as they like."""
        self._low = low

    # -- showing -------------------------------------------------------------------------------------------

    def show_overview(self, seen: Overview, labels: Labels) -> None:
        """Show what is known at once: whether there is a year at all, and what it costs on average."""
        loss = seen.expected_loss
        for widget in (self._curve_or_table, self.figures, self.method, self.adds):
            widget.setVisible(loss is not None and self.found is not None)
        self.ways.setVisible(loss is None and seen.portfolio_value is not None)
        if loss is None:
            self.found = None
            self.year.set_note(NO_RATES)
            return
        average = labels.money(rounded(loss.total, loss.error or 0.0), with_currency=True)
        words = f"Chance of losing more than so much. On average the year costs {average}."
        self.year.set_note(words if self.found is not None else f"{words} {WAITING}")

    def show_year(
        self, found: Year | None, seen: Overview, labels: Labels, sizes: Sizes, headline: str
    ) -> None:
        """Show the distribution."""
        self.found = found
        self.show_overview(seen, labels)
        if found is None:
            return
        told = told_curve(found, seen.names, labels, headline)
        height = (LOW_HEIGHT if self._low else HEIGHT) * max(1.0, theme.pixels() / 13)
        parts = FEW_PARTS if self._low else PARTS
        self.curve.show_figure(lambda width: exceedance(told, labels, width, height, sizes, measure))
        self.curve_table.show_rows(curve_rows(found.curve), labels)
        bad = told_level(found)
        self.figures.set_items(
            [
                Item(
                    f"cvar:{level:g}",
                    tuple(Cell(text, bold=level == bad) for text in (years, var, cvar)),
                    tooltip=f"One year in {years} costs {var} or more, on average then {cvar}",
                )
                for level, years, var, cvar in year_lines(found, labels)
            ],
            ("One year in", "loses at least (VaR)", "and then on average (CVaR)"),
        )
        self.method.set_text("".join(run.text for run in method_sentence(found, labels)))
        self.adds.title.setText(adds_title(found, labels))
        self._show_bars(self.positions, position_parts(found, seen, parts), labels, sizes)
        self._show_bars(self.nodes, node_parts(found, seen, parts), labels, sizes)

    def _show_bars(
        self, chart: FigureWidget, bars: Sequence[AmountBar], labels: Labels, sizes: Sizes
    ) -> None:
        headline = f"{self.adds.title.text()}: {', '.join(bar.name for bar in bars)}"
        chart.show_figure(lambda width: amount_bars(bars, labels, width, sizes, measure, headline))

    def show_table(self, *, shown: bool) -> None:
        """Show the table twin of the curve, or the curve."""
        self._curve_or_table.show_table(shown=shown)

    def _explain_part(self, position: str) -> None:
        if self.found is not None:
            known = position in self.found.cvar_by_position[told_level(self.found)]
            self.explained.emit(f"part:{position}" if known else f"cvar:{told_level(self.found):g}")


class _Ways(QWidget):
    """The ways to get failure rates, where there are none; ``wished`` carries the command of one."""

    wished = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for key, title, text, button in WAYS:
            words = QVBoxLayout()
            words.setSpacing(2)
            words.addWidget(Words(title, bold=True))
            words.addWidget(Words(text, theme.NOTE, "text2", wrap=True))
            take = QPushButton(button)
            take.setObjectName(key)
            take.setAccessibleDescription(title)
            take.clicked.connect(partial(self.wished.emit, key))
            row = QHBoxLayout()
            row.setSpacing(24)
            row.addLayout(words, 1)
            row.addWidget(take)
            column.addLayout(row)
            column.addWidget(Rule("rule"))
