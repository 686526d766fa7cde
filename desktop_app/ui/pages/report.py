"""The report: its sections and paper at the left, its real pages at the right, as they will be printed."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app import paths
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import StoppedError, UserError
from desktop_app.report.blocks import Report
from desktop_app.report.choices import MARGINS, Choices, Paper
from desktop_app.report.content import LONGEST_NAME, growing
from desktop_app.report.sections.registry import BY_KEY
from desktop_app.ui import jobs, report_choices, theme
from desktop_app.ui.document import Document
from desktop_app.ui.files import ask_for_file
from desktop_app.ui.latest import asked_of, earlier_of
from desktop_app.ui.pages.page import Page
from desktop_app.ui.printing import page_image
from desktop_app.ui.sheets import Sheets
from desktop_app.ui.widgets.check_list import CheckList
from desktop_app.ui.widgets.page_preview import PagePreview
from desktop_app.ui.widgets.section import Link, Rule, Words
from desktop_app.ui.widgets.tooltip import plain_tooltip

LEFT = 212
"""The choices are so wide at a font of 13 pixels; they grow with the font."""
LONGEST_TITLE = 80
TYPING = 300
"""Milliseconds after the last letter of the title."""
GROWING = 150
"""Milliseconds between two looks at the sections that are ready."""

EARLIER = "Portfolios, backups and exports (*.stakeout *.json)"

PAPERS: tuple[tuple[str, Paper, bool], ...] = (
    ("A4, upright", "a4", False),
    ("A4, across", "a4", True),
    ("Letter, upright", "letter", False),
    ("Letter, across", "letter", True),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """The report on its sheets, how long that took, and what it is compared with or why it is not."""

    sheets: Sheets
    seconds: float
    since: str


class ReportPage(Page):
    """What is chosen here is also what the File menu prints and saves."""

    name = "report"
    title = "Report"
    nothing = (
        "There is nothing to report yet.",
        (
            "This page shows the exposure summary as it will be printed: what you hold, on what it stands, "
            "when it can be out, what is not known. You choose its sections, and print or save it."
        ),
    )

    works_while_asking = True
    commands = frozenset({"compare_report", "compare_nothing"})

    def __init__(self, document: Document, catalogue: Catalogue) -> None:
        super().__init__(document, catalogue)
        self.answer: Answer | None = None
        self._sheets: Sheets | None = None
        self._grown: Report | None = None
        self._round = 0
        self._growing = QTimer(self, interval=GROWING)
        self._chosen = report_choices.load()
        for text, command in (
            ("Print…", "print_report"),
            ("PDF…", "save_pdf"),
            ("HTML…", "save_html"),
            ("CSV…", "save_csv"),
            ("JSON…", "save_json"),
        ):
            self.add_button(text, command)
        self.sections = CheckList("Sections")
        self.paper = QComboBox()
        self.margins = QComboBox()
        self.title_field = QLineEdit()
        self.title_field.setMaxLength(LONGEST_TITLE)
        self.since_button = QPushButton("An earlier file…")
        self.since_note = Words("", theme.NOTE, "text2", wrap=True)
        self.since_link = Link("Compare with nothing")
        self.hide_box = QCheckBox("Hide amounts, keep shares")
        self.grey_box = QCheckBox("In grey")
        self.whole_box = QCheckBox("Long tables whole")
        self.made = Words("", theme.TEXT, "text2", wrap=True)
        self._inner = QWidget()
        self.preview = PagePreview()
        self.preview.setToolTip("Double-click to read, + and − to zoom")
        self._typing = QTimer(self, singleShot=True, interval=TYPING)
        self._lay_out()
        self._restore()
        self._connect()

    def _lay_out(self) -> None:
        inner = self._inner
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.PAGE_MARGIN, 8, 16, 8)
        column.setSpacing(4)
        column.addWidget(Words("Sections", bold=True))
        column.addWidget(self.sections)
        column.addSpacing(6)
        column.addWidget(Rule("rule"))
        column.addSpacing(6)
        sheet = QGridLayout()
        sheet.setSpacing(4)
        for at, (label, field) in enumerate((("Paper", self.paper), ("Margins", self.margins))):
            sheet.addWidget(_named(label, field), 0, at)
            sheet.addWidget(field, 1, at)
        sheet.setColumnStretch(0, 1)
        column.addLayout(sheet)
        column.addSpacing(4)
        for widget in (_named("Title", self.title_field), self.title_field):
            column.addWidget(widget)
        column.addSpacing(4)
        compared = _named("Compared with", self.since_button)
        for widget in (compared, self.since_button, self.since_note, self.since_link):
            column.addWidget(widget)
        column.addSpacing(4)
        for box in (self.hide_box, self.grey_box, self.whole_box):
            column.addWidget(box)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        self.made.setContentsMargins(theme.PAGE_MARGIN, 4, 0, 10)
        left = QWidget()
        left.setFixedWidth(round(LEFT * max(1.0, theme.pixels() / 13)) + theme.PAGE_MARGIN + 24)
        choices = QVBoxLayout(left)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(0)
        choices.addWidget(scroll, 1)
        choices.addWidget(self.made)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(self.preview, 1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(row)

    def _restore(self) -> None:
        choices = self._chosen
        ticked = report_choices.load_sections()
        self.sections.set_entries([(key, BY_KEY[key].title, is_chosen) for key, is_chosen in ticked])
        self.paper.addItems([words for words, _, _ in PAPERS])
        self.paper.setCurrentIndex([p[1:] for p in PAPERS].index((choices.paper, choices.landscape)))
        self.margins.addItems([f"{margin} mm" for margin in MARGINS])
        self.margins.setCurrentIndex(MARGINS.index(choices.margin))
        self.title_field.setText(choices.title)
        self.hide_box.setChecked(choices.hide_amounts)
        self.grey_box.setChecked(choices.grey)
        self.whole_box.setChecked(choices.whole)
        self._inner.setMinimumHeight(self._inner.sizeHint().height())  # fields scroll and are not squeezed

    def _connect(self) -> None:
        self.sections.changed.connect(self._choose)
        self.paper.currentIndexChanged.connect(self._choose)
        self.margins.currentIndexChanged.connect(self._choose)
        for box in (self.hide_box, self.grey_box, self.whole_box):
            box.toggled.connect(self._choose)
        self.since_button.clicked.connect(lambda: self.wished.emit("compare_report"))
        self.since_link.clicked.connect(lambda: self.wished.emit("compare_nothing"))
        self.title_field.textEdited.connect(lambda _: self._typing.start())
        self.title_field.editingFinished.connect(self._finish_title)
        self._typing.timeout.connect(self._choose)
        self._growing.timeout.connect(self._show_grown)
        self.preview.wanted.connect(self._make_picture)

    # -- choosing ------------------------------------------------------------------------------------------

    @property
    def choices(self) -> Choices:
        """What is chosen now."""
        _, paper, across = PAPERS[self.paper.currentIndex()]
        return Choices(
            sections=tuple(key for key, ticked in self.sections.entries() if ticked),
            title=self.title_field.text(),
            paper=paper,
            landscape=across,
            margin=MARGINS[self.margins.currentIndex()],
            hide_amounts=self.hide_box.isChecked(),
            grey=self.grey_box.isChecked(),
            whole=self.whole_box.isChecked(),
        )

    def _choose(self) -> None:
        """Remember what is chosen, and show it."""
        self._typing.stop()
        self._chosen = self.choices
        report_choices.save(self._chosen, self.sections.entries())
        self.ask_again()

    def take(self, command: str) -> None:
        """Ask for an earlier file to compare with, or compare with nothing any more."""
        if command == "compare_nothing":
            self.compare(None)
            return
        folder = self.document.path.parent if self.document.path else paths.data_folder()
        ask_for_file(self.window(), "Compare with an earlier file", EARLIER, "", folder, self.compare)

    def compare(self, path: Path | None) -> None:
        """Compare with a portfolio file, a backup or an export; None: with nothing."""
        report_choices.save_since(self.document.path, path)
        self.ask_again()

    def _finish_title(self) -> None:
        if self._typing.isActive():
            self._choose()

    # -- answer --------------------------------------------------------------------------------------------

    def ask_again(self) -> None:
        self.made.setText("Making the pages …")
        hidden = self.labels.hide_amounts
        self.hide_box.setEnabled(not hidden)
        self.hide_box.setToolTip("Amounts are hidden in the whole window" if hidden else "")
        self._grown, self._round = None, self._round + 1
        self._growing.start()
        super().ask_again()

    def ask(self, portfolio: Portfolio, as_of: date) -> Answer:
        start, asking = perf_counter(), self._round
        path, choices = self.document.path, self._chosen
        since, said = report_choices.load_since(path), ""
        if since is not None:
            try:
                found = earlier_of(since, portfolio, as_of)
            except UserError as error:
                said = str(error)
            else:
                choices, said = replace(choices, earlier=found), f"As of {self.labels.day(found.day)}"
        asked, name = asked_of(portfolio, as_of), path.name if path else ""
        for report in growing(asked, name, self.labels, self.catalogue, choices):
            if self._round != asking:
                raise StoppedError("Something else was chosen.")
            self._grown = report
        sheets = Sheets(report, grey=choices.grey)
        return Answer(sheets, perf_counter() - start, said)

    def _show_grown(self) -> None:
        """Show the pages of the sections that are ready, where there are more than the last time."""
        report, self._grown = self._grown, None
        if report is not None and report.sections:
            sheets = partial(Sheets, report, grey=self._chosen.grey, whole=False)
            jobs.run(self, sheets, self._show_sheets, topic="growing")

    def show_answer(self, answer: Answer) -> None:
        self._growing.stop()
        jobs.drop(self, "growing")
        self.answer = answer
        self._show_since(answer.since)
        count = answer.sheets.count
        seconds = self.labels.number(max(answer.seconds, 0.1), decimals=1)
        pages = "One page" if count == 1 else f"{self.labels.number(count)} pages"
        self.made.setText(f"{pages}, made in {seconds} s")
        self.preview.setAccessibleName(f"{self.paper.currentText()}: {pages}")
        self._show_sheets(answer.sheets)

    def _show_sheets(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self.preview.show_pages(sheets.count, sheets.width / sheets.height)

    def _show_since(self, said: str) -> None:
        since = report_choices.load_since(self.document.path)
        self.since_button.setText("An earlier file…" if since is None else f"{_cut(since.name)}…")
        self.since_button.setToolTip("" if since is None else plain_tooltip(str(since)))
        self.since_note.setText(said)
        self.since_note.setVisible(bool(said))
        self.since_link.setVisible(since is not None)
        self._inner.setMinimumHeight(self._inner.sizeHint().height())

    def _make_picture(self, number: int, height: int, sharpness: float) -> None:
        """Let the picture of a page be made beside the window."""
        if self._sheets is None:
            return
        sheets, edition = self._sheets, self.preview.edition

        def show(image: QImage) -> None:
            self.preview.show_picture(number, image, edition)

        work = partial(page_image, sheets, number, height, sharpness)
        jobs.run(self.preview, work, show, topic=f"page {number}")


def _cut(name: str) -> str:
    """Return a name that fits the button, of a long one its two ends."""
    shown = name if len(name) <= LONGEST_NAME else f"{name[:11]}…{name[-10:]}"
    return shown.replace("&", "&&")


def _named(text: str, field: QWidget) -> QWidget:
    """Return the words over a field, which is called so."""
    words = Words(text, theme.NOTE, "text2")
    words.setBuddy(field)
    field.setAccessibleName(text)
    return words
