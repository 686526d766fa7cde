"""The detail of one position: its strata from the asset up, and the five questions with their answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.figures.labels import Labels
from desktop_app.figures.texts import one_line
from desktop_app.report.questions import Question
from desktop_app.report.sentences import Sentence, bold, sentence, warn
from desktop_app.ui import theme
from desktop_app.ui.charts.figure_widget import Build, FigureWidget
from desktop_app.ui.pages.page import parts
from desktop_app.ui.tables.position_rows import PositionRow
from desktop_app.ui.widgets.section import Link, Section, Words
from desktop_app.ui.widgets.sentence_label import SentenceLabel

WIDEST = 960
STRATA = "Strata, from the asset up"
"""The title over the strata; it stands in the picture, on the line of its headings."""
QUESTION_WIDTH = 176
LONGEST_BESIDE = 240
LARGE = 17
"""From this font on, in pixels, the value stands under every name."""


@dataclass(frozen=True, slots=True)
class Detail:
    """What is shown of one position: ``strata`` builds its figure for a width."""

    row: PositionRow
    strata: Build
    questions: tuple[Question, ...]


def worth_sentence(row: PositionRow, labels: Labels) -> Sentence:
    """Return "13.20 at 3,521.00, USD 46,477.20", or what is missing and what to do about it."""
    quantity = f"{labels.quantity(row.quantity)} " if row.quantity is not None else ""
    if row.value is None:
        missing = "price not known" if row.quantity is not None else "neither quantity nor value known"
        return sentence(f"{quantity}· " if quantity else "", warn(missing), ". Edit it to enter one.")
    at = f"at {labels.money(row.price, decimals=2)}" if quantity and row.price is not None else ""
    debt = f", less {labels.money(row.debt, decimals=2)} debt" if row.debt else ""
    value = bold(labels.money(row.value, decimals=2, with_currency=True), f"value:{row.id}")
    text = f"{quantity}{at}{debt}".strip()
    old = f" · price of {labels.day(row.price_day)}" if row.price_day else ""
    return sentence(f"{text}, " if text else "", value, warn(old) if old else "")


class PositionDetail(QWidget):
    """``edited``, ``restacked``: its buttons; ``explained`` carries a number, ``followed`` a node."""

    edited = Signal()
    restacked = Signal()
    followed = Signal(str)
    explained = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.name = Words("", theme.SENTENCE, bold=True)
        self.worth = SentenceLabel(theme.TEXT, role="text2")
        self.edit_button = QPushButton("Edit…")
        self.stack_button = QPushButton("Stack and loan…")
        self.strata = FigureWidget()
        self.questions = Section("Five questions")
        self.hint = Words("Choose a position to see what it stands on.", theme.TEXT, "text2", wrap=True)
        self._heading = QGridLayout()
        self._answers = QGridLayout()
        self._content = QWidget()
        self._labels = Labels()
        self._lay_out()
        self.edit_button.clicked.connect(self.edited)
        self.stack_button.clicked.connect(self.restacked)
        self.worth.explained.connect(self.explained)
        self.strata.chosen.connect(self.followed)

    def _lay_out(self) -> None:
        self._answers.setContentsMargins(0, 2, 0, 16)
        self._answers.setHorizontalSpacing(16)
        self._answers.setVerticalSpacing(0)
        self._answers.setColumnStretch(1, 1)
        self.questions.body.addLayout(self._answers)
        scrolled = QWidget()
        scrolled.setMaximumWidth(WIDEST)
        column = QVBoxLayout(scrolled)
        column.setContentsMargins(0, 0, theme.PAGE_MARGIN, 0)
        column.setSpacing(0)
        column.addWidget(self.strata)
        column.addSpacing(16)
        column.addWidget(self.questions)
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(scrolled)
        inside = QVBoxLayout(self._content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self._head())
        inside.addSpacing(8)
        inside.addWidget(area, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 0, 0, 0)
        whole.addWidget(self._content)
        whole.addWidget(self.hint, 0, Qt.AlignmentFlag.AlignTop)
        self._content.hide()

    def _head(self) -> QWidget:
        head = QWidget()
        head.setMaximumWidth(WIDEST)
        self._heading.setContentsMargins(0, 0, theme.PAGE_MARGIN, 0)
        self._heading.setHorizontalSpacing(10)
        self._heading.setVerticalSpacing(4)
        self._heading.setColumnStretch(1, 1)
        self._heading.addWidget(self.name, 0, 0)
        self._heading.addWidget(self.edit_button, 0, 2)
        self._heading.addWidget(self.stack_button, 0, 3)
        head.setLayout(self._heading)
        return head

    def _place_worth(self) -> None:
        """Put the value beside a short name and under a long one."""
        beside = self.name.sizeHint().width() <= LONGEST_BESIDE and theme.pixels() < LARGE
        self.name.setWordWrap(not beside)
        self._heading.removeWidget(self.worth)
        if beside:
            self._heading.addWidget(self.worth, 0, 1, Qt.AlignmentFlag.AlignVCenter)
            self._heading.addWidget(self.name, 0, 0)
        else:
            self._heading.addWidget(self.worth, 1, 0, 1, 4)
            self._heading.addWidget(self.name, 0, 0, 1, 2)

    # -- content -------------------------------------------------------------------------------------------

    def clear(self) -> None:
        """Show that nothing is chosen."""
        self._content.hide()
        self.hint.show()

    def show_detail(self, detail: Detail, labels: Labels) -> None:
        """Show one position."""
        self._labels = labels
        name = one_line(detail.row.name)
        self.name.setWordWrap(False)
        self.name.setText(name)
        self._place_worth()
        self.edit_button.setAccessibleName(f"Edit {name}")
        self.stack_button.setAccessibleName(f"Stack and loan of {name}")
        self.worth.set_parts(parts(worth_sentence(detail.row, labels)))
        self.strata.show_figure(detail.strata)
        self._show_questions(detail.questions)
        self.hint.hide()
        self._content.show()

    def _show_questions(self, questions: Sequence[Question]) -> None:
        while (item := self._answers.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for row, question in enumerate(questions):
            title = Words(question.title, theme.NOTE, bold=True, wrap=True)
            title.setFixedWidth(QUESTION_WIDTH)
            title.setContentsMargins(0, 2, 0, 8)
            self._answers.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            self._answers.addWidget(_Answer(question), row, 1)


class _Answer(QWidget):
    """An answer; its sources unfold below it."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.words = SentenceLabel(theme.NOTE)
        self.words.set_parts(parts(question.answer))
        count = len(question.sources)
        self._closed = f"{count} sources" if count > 1 else "Source"
        self.link = Link(self._closed, theme.AXIS)
        self.link.setAccessibleName(f"{self._closed} of the answer to “{question.title}”")
        self.sources = Words("\n".join(map(one_line, question.sources)), theme.AXIS, "text2", wrap=True)
        self.sources.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(1)
        column.addWidget(self.words)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.sources)
        self.link.setVisible(bool(count))
        self.sources.hide()
        self.link.clicked.connect(self._toggle)

    def _toggle(self) -> None:
        shown = self.sources.isHidden()
        self.sources.setVisible(shown)
        self.link.setText("Hide sources" if shown else self._closed)
