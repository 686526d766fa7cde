"""Whether the layers pay: the sentence, a row for each layer with its ratio, the ranking; a table twin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtWidgets import QComboBox, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.analysis.rewards import Rewards, rewards
from desktop_app.analysis.withdrawals import withdrawals
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.reward_rows import RewardColumns, RewardRow, reward_columns, reward_head, reward_rows
from desktop_app.figures.shapes import Figure
from desktop_app.figures.sizes import Sizes
from desktop_app.report.explain_rewards import reward_explanation
from desktop_app.report.reward_lines import RANKS, ranked, reward_lines
from desktop_app.report.reward_words import RewardWords, rewards_sentence
from desktop_app.ui import settings
from desktop_app.ui.charts.figure_widget import FigureWidget
from desktop_app.ui.charts.painting import measure
from desktop_app.ui.charts.picture import Pictures, below_each_other
from desktop_app.ui.charts.rows_view import RowsView
from desktop_app.ui.document import Document
from desktop_app.ui.pages.page import Page, parts
from desktop_app.ui.tables.reward_columns import REWARDS, RewardTableRow, reward_table_rows
from desktop_app.ui.tables.table_view import TableView
from desktop_app.ui.widgets.sentence_label import SentenceLabel

RANK = "rewards/rank"
MOST_SAVED = 60
ROW = "row:"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page shows: the answer, its words, and its rows by id and for the table."""

    rewards: Rewards
    said: RewardWords
    lines: Mapping[str, RewardRow]
    table: Sequence[RewardTableRow]


class RewardsPage(Page):
    """A number of a row explains itself at the foot; the name of a row leads to its position."""

    name = "rewards"
    title = "Rewards"
    nothing = (
        "There is nothing that could pay yet.",
        (
            "This page shows of every layer what it pays, what it is assumed to lose, and how rarely its "
            "weakest part must fail for it to be worth the risk."
        ),
    )
    has_table = True
    has_pictures = True
    commands = frozenset({"copy"})

    def __init__(self, document: Document, catalogue: Catalogue) -> None:
        super().__init__(document, catalogue)
        self.answer: Answer | None = None
        self.chosen = ""
        self._lines: tuple[RewardRow, ...] = ()
        self._columns: dict[tuple[float, Sizes], RewardColumns] = {}
        self.rank = QComboBox()
        self.rank.setAccessibleName("Rank by")
        for rank in RANKS:
            self.rank.addItem(f"Rank by {rank}", rank)
        self.rank.setCurrentIndex(max(0, self.rank.findData(settings.read(RANK, RANKS[0]))))
        self.add_command(self.rank)
        self.table_button = self.add_button("Table", "show_table")
        self.add_picture_button()
        self.sentence = SentenceLabel()
        self.head = FigureWidget()
        self.rows = RowsView()
        self.table = TableView("rewards", REWARDS, accessible_name="Rewards")
        self._either = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        picture = QWidget()
        column = QVBoxLayout(picture)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.rows, 1)
        self._either.addWidget(picture)
        self._either.addWidget(self.table)
        self.body.addWidget(self.sentence)
        self.body.addSpacing(8)
        self.body.addWidget(self._either, 1)

    def _connect(self) -> None:
        self.sentence.explained.connect(self._explain)
        self.rows.activated.connect(self._explain)
        self.rows.resized.connect(self._show_head)
        self.rank.activated.connect(self._rank)
        self.table.opened.connect(lambda row: self.go("positions", row.partition(":")[2]))

    # -- answer --------------------------------------------------------------------------------------------

    def ask(self, portfolio: Portfolio, as_of: date) -> Answer:
        found = rewards(portfolio, withdrawals(portfolio, as_of), as_of)
        said = RewardWords(portfolio, self.labels)
        lines = {line.id: line for line in reward_lines(found.rows, said)}
        return Answer(found, said, lines, reward_table_rows(found, said))

    def show_answer(self, answer: Answer) -> None:
        self.answer = answer
        self.sentence.set_parts(parts(rewards_sentence(answer.rewards, answer.said)))
        self.table.show_rows(answer.table, self.labels)
        self._show_rows()

    def _show_rows(self) -> None:
        if self.answer is None:
            return
        order = ranked(self.answer.rewards, self.rank.currentData())
        self._lines = tuple(self.answer.lines[f"{row.number}:{row.position}"] for row in order)
        self._columns = {}
        self.rows.show_rows([line.id for line in self._lines], self.sizes.row - 2, self._figure, _row_of)
        self._show_head()

    def _figure(self, first: int, last: int, width: float) -> Figure:
        columns = self._columns_at(width)
        headline = self.sentence.text()
        return reward_rows(self._lines[first:last], columns, self.chosen, self._sizes, measure, headline)

    def _columns_at(self, width: float) -> RewardColumns:
        """Return the columns that every row fits into; worked out once for a width and a size of letters."""
        key = (width, self._sizes)
        if key not in self._columns:
            self._columns = {
                key: reward_columns(self._lines, self.labels.currency, width, self._sizes, measure)
            }
        return self._columns[key]

    @property
    def _sizes(self) -> Sizes:
        return replace(self.sizes, row=self.sizes.row - 2)

    def _show_head(self) -> None:
        self.head.show_figure(lambda _: self._head(self.rows.room))

    def _head(self, width: float) -> Figure:
        columns = self._columns_at(width)
        return reward_head(columns, self.labels.currency, self._sizes)

    def pictures(self) -> Pictures:
        return {self.title: self._picture}

    def _picture(self) -> Figure:
        width = float(max(self.rows.room, 900))
        return below_each_other(self._head(width), self._figure(0, min(len(self._lines), MOST_SAVED), width))

    # -- commands ------------------------------------------------------------------------------------------

    def _rank(self) -> None:
        settings.write(RANK, self.rank.currentData())
        self._show_rows()

    def show_item(self, item: str) -> None:
        index = next((i for i, line in enumerate(self._lines) if _position(line.id) == item), -1)
        if index >= 0:
            self._choose(self._lines[index].id)
            self.rows.show_row(index)

    def show_table(self, *, shown: bool) -> None:
        super().show_table(shown=shown)
        self.table_button.setText("Chart" if shown else "Table")
        self._either.setCurrentIndex(int(shown))
        (self.table if shown else self.rows.chart).setFocus()

    def take(self, command: str) -> None:
        self.table.copy()

    def let_go(self) -> None:
        super().let_go()
        self._choose("")

    def _choose(self, row: str) -> None:
        self.chosen = row
        self.rows.redraw()

    def _explain(self, key: str) -> None:
        if key.startswith(ROW):
            self.go("positions", _position(_row_of(key)))
        elif self.answer is not None:
            self._choose(_row_of(key) if key.count(":") > 1 else "")
            self.tell(reward_explanation(key, self.answer.rewards, self.answer.said))


def _row_of(target: str) -> str:
    """Return the row that a target belongs to: NUMBER:POSITION behind the name of its column."""
    return target.partition(":")[2]


def _position(row: str) -> str:
    return row.partition(":")[2]
