"""The pages of the import dialog: choosing a file, waiting for it, its plan with questions."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.figures.labels import Labels
from desktop_app.report.sentences import Sentence
from desktop_app.report.words import counted, cut
from desktop_app.ui import theme
from desktop_app.ui.dialogs.import_rows import IMPORT_COLUMNS, NO_ROWS, PlanTable
from desktop_app.ui.dialogs.question_box import QuestionBox
from desktop_app.ui.tables.table_view import TableView
from desktop_app.ui.widgets.section import Link, Rule, Words
from desktop_app.ui.widgets.sentence_label import SentenceLabel

MOST_WARNINGS = 4


class Asked(Protocol):
    """A question as the plan asks it."""

    @property
    def code(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def stops(self) -> bool: ...
    @property
    def choices(self) -> tuple[str, ...]: ...
    @property
    def default(self) -> str | None: ...


class StartPage(QWidget):
    """Asks for a file, or says why the last one cannot be taken. ``wanted``: the user wants to choose.

    ``columns_wanted``: to say what the columns of the refused file hold.
    """

    wanted = Signal()
    columns_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = Words("Choose a file", theme.SENTENCE, bold=True, wrap=True)
        self.words = Words(
            "A CSV of positions, or a portfolio in JSON. You see a plan first; nothing is written before you "
            "agree to it.",
            theme.TEXT,
            "text2",
            wrap=True,
        )
        self.button = QPushButton("Choose a file…")
        self.button.setObjectName("choose")
        self.columns_button = QPushButton("Say what the columns hold…")
        self.columns_button.hide()
        column = _page(self)
        for widget in (self.title, self.words):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addWidget(self.columns_button)
        row.addStretch()
        column.addLayout(row)
        column.addStretch()
        self.button.clicked.connect(self.wanted)
        self.columns_button.clicked.connect(self.columns_wanted)

    def refuse(self, text: str, *, has_columns: bool = False) -> None:
        """Say why a file cannot be taken; ``has_columns``: the user may say what they hold."""
        self.columns_button.setVisible(has_columns)
        self.title.setText("This file cannot be imported")
        self.words.setText(text)
        self.words.set_role("alarm")
        self.button.setText("Choose another file…")
        self.button.setFocus()


class WaitPage(QWidget):
    """What is read now, and how far it is."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Words("", theme.SENTENCE, bold=True, wrap=True)
        self.words = Words("", theme.TEXT, "text2", wrap=True)
        column = _page(self)
        for widget in (self.title, self.words):
            column.addWidget(widget)
        column.addStretch()

    def show_file(self, name: str) -> None:
        """Say which file is read."""
        self.say(f"Reading {name} …", "")

    def show_rows(self, rows: str) -> None:
        """Say how many rows have been read."""
        self.words.setText(f"{rows} rows so far. Cancel stops it.")

    def say(self, title: str, words: str) -> None:
        """Show a bold sentence and another one under it."""
        self.title.setText(title)
        self.words.setText(words)


def _page(page: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(page)
    column.setContentsMargins(theme.PAGE_MARGIN, 24, theme.PAGE_MARGIN, 16)
    column.setSpacing(12)
    return column


class PlanPage(QWidget):
    """The plan: ``answered`` carries code and answer, ``ticked`` the lines of rows whose box was used."""

    answered = Signal(str, str)
    ticked = Signal(list)
    forgotten = Signal()
    saving_rejected = Signal()

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._labels = labels
        self._plan_rows: PlanTable = NO_ROWS
        self.questions: Sequence[Asked] = ()
        self._off: set[str] = set()
        self.summary = SentenceLabel(theme.SENTENCE)
        self.recognised = Words("", theme.NOTE, "text2")
        self.boxes: dict[str, QCheckBox] = {}
        self.table = TableView("import", IMPORT_COLUMNS, accessible_name="Rows of the file")
        self.question = QuestionBox()
        self.warnings = Words("", theme.NOTE, "text2", wrap=True)
        self.limits = Words("", theme.TEXT, "alarm", wrap=True)
        self.limits.hide()
        self.forget = Link("Forget the answers")
        self.save_rejected = Link("")
        self._rule = Rule("rule")
        self._box_row = QHBoxLayout()
        self._lay_out()
        self.table.ticked.connect(self._tick)
        self.table.picked.connect(self._ask_about_chosen)
        self.question.answered.connect(self.answered)
        self.question.turned.connect(self._turn)
        self.forget.clicked.connect(self.forgotten)
        self.save_rejected.clicked.connect(self.saving_rejected)

    def _lay_out(self) -> None:
        self._box_row.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.summary, 1)
        head.addWidget(self.recognised)
        filters = QHBoxLayout()
        filters.addLayout(self._box_row)
        filters.addStretch()
        told = "Clear a tick to leave a row out, set one to take it in"
        filters.addWidget(Words(told, theme.NOTE, "text2"))
        foot = QHBoxLayout()
        foot.addWidget(self.warnings, 1)
        foot.addWidget(self.save_rejected)
        foot.addWidget(self.forget)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PAGE_MARGIN, 16, theme.PAGE_MARGIN, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(filters)
        column.addWidget(self.table, 1)
        column.addWidget(self.question)
        column.addWidget(self._rule)
        column.addLayout(foot)
        column.addWidget(self.limits)

    # -- content -------------------------------------------------------------------------------------------

    def show_plan(
        self,
        recognised: str,
        message: str,
        summary: Sentence,
        rows: PlanTable,
        questions: Sequence[Asked],
        warnings: Sequence[str],
        *,
        answered: bool,
        is_whole: bool = True,
    ) -> None:
        """Show a plan; what was chosen stays chosen. ``answered``: some answers could be forgotten.

        ``is_whole`` is False while these are only the first rows of the file.
        """
        self.forget.setVisible(answered)
        self._plan_rows, self.questions = rows, questions
        self.recognised.setText(recognised)
        self.summary.set_parts([(run.text, run.bold, "", run.warn) for run in summary])
        self.summary.setAccessibleDescription(message)
        self._show_boxes(rows.counts)
        self._show_rows()
        self._ask_about_chosen()
        if not self.table.chosen_ids():
            self._choose_asked()
        self.warnings.setText("\n".join(warnings))
        rejected = rows.counts.get("reject", 0) if is_whole else 0
        self.save_rejected.setText(f"Save the {counted(rejected, 'rejected row')}…")
        self.save_rejected.setVisible(bool(rejected))
        self._rule.setVisible(bool(warnings or rejected) or not self.forget.isHidden())

    def warn_of_limits(self, warnings: Sequence[str]) -> None:
        """Say which limits the import would break."""
        self.limits.setText("\n".join(f"▲ {words}" for words in cut(warnings, MOST_WARNINGS)))
        self.limits.setVisible(bool(warnings))

    def clear(self) -> None:
        """Forget the rows."""
        self._plan_rows = NO_ROWS
        self._show_rows()

    def refuse_answer(self, text: str) -> None:
        """Say why an answer was not taken."""
        self.question.say(text)

    def _show_boxes(self, found: Mapping[str, int]) -> None:
        for box in self.boxes.values():
            self._box_row.removeWidget(box)
            box.deleteLater()
        self.boxes = {}
        for verdict, number in found.items():
            box = QCheckBox(f"{verdict}  {self._labels.number(number)}")
            box.setObjectName(f"show:{verdict}")
            box.setProperty("box", True)
            box.setChecked(verdict not in self._off)
            box.toggled.connect(lambda shown, verdict=verdict: self._filter(verdict, shown=shown))
            self.boxes[verdict] = box
            self._box_row.addWidget(box)

    def _filter(self, verdict: str, *, shown: bool) -> None:
        self._off = self._off - {verdict} if shown else self._off | {verdict}
        self._show_rows()

    def _show_rows(self) -> None:
        rows = self._plan_rows.rows
        if not self._off.isdisjoint(self._plan_rows.counts):
            rows = tuple(row for row in rows if row.verdict not in self._off)
        self.table.show_rows(rows, self._labels)

    # -- questions -----------------------------------------------------------------------------------------

    def _ask_about_chosen(self) -> None:
        """Show the question of the chosen row, else the one that is shown, else the first."""
        codes = [question.code for question in self.questions]
        wanted = next((row.question for row in self.table.chosen_rows() if row.question), "")
        code = wanted or (self.question.code if self.question.code in codes else "")
        self._ask(codes.index(code) if code in codes else 0)

    def _ask(self, index: int) -> None:
        self.question.setVisible(bool(self.questions))
        if not self.questions:
            return
        asked = self.questions[index]
        place = f"question {index + 1} of {len(self.questions)}" + ("" if asked.stops else ", may stay open")
        self.question.ask(asked.code, asked.text, asked.choices, asked.default, place)
        self.question.turn_by(possible=len(self.questions) > 1)

    def _turn(self, step: int) -> None:
        codes = [question.code for question in self.questions]
        self._ask((codes.index(self.question.code) + step) % len(codes))
        self._choose_asked()

    def _choose_asked(self) -> None:
        """Choose the first row that the shown question is about."""
        row = self._plan_rows.waiting.get(self.question.code)
        if row is not None:
            self.table.choose(row)

    def _tick(self, row_id: str) -> None:
        rows = self.table.chosen_rows()
        if all(row.id != row_id for row in rows):
            rows = [row for row in self.table.rows_model.rows if row.id == row_id]
        self.ticked.emit([row.line for row in rows if row.ticked is not None and row.line is not None])
