"""The base of every page: header, body, explanation bar; asks its analysis in a job, only while seen."""

import itertools
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop_app import paths
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.own_entries import effective
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.figures.sizes import Sizes
from desktop_app.report.explain import Explanation
from desktop_app.report.sentences import Sentence
from desktop_app.ui import jobs, settings, theme
from desktop_app.ui.document import Document
from desktop_app.ui.place import Place
from desktop_app.ui.widgets.as_of_button import AsOfButton
from desktop_app.ui.widgets.bars import ExplanationBar
from desktop_app.ui.widgets.empty_page import EmptyPage, Offer
from desktop_app.ui.widgets.section import Words
from desktop_app.ui.widgets.sentence_label import Part

if TYPE_CHECKING:
    from desktop_app.ui.charts.picture import Pictures

HEADER = 48
RECENT_KEY = "recent:"
"""What the key of an offer to open a file begins with; its path follows."""

OFFERS = (
    Offer(
        "import_file",
        "Import a file",
        "A CSV of your tracker or exchange, a table of your own, or a portfolio. You see a plan first; "
        "nothing is written before you agree to it.",
        "Import…",
    ),
    Offer(
        "add_position",
        "Add a position",
        "Pick weETH, stETH, ATOM or another; its layers come from the catalogue, and you name the "
        "operators and services that you know.",
        "Add position…",
    ),
    Offer(
        "open_sample",
        "Look around first",
        "Open the sample: twelve made-up positions in a file of their own, with everything this program can "
        "show.",
        "Open the sample",
    ),
)
AGAIN = replace(
    OFFERS[2],
    text="Open the sample again, as you left it: made-up positions in a file of their own.",
)
FOOT = "Or drop a CSV or a portfolio anywhere on this window."
MOST_RECENT = 3
FOLDER_LETTERS = 60


def offers_for(shown: Path | None) -> tuple[Offer, ...]:
    """Return the ways to fill an empty page while ``shown`` is open, the files opened last among them."""
    others = [path for path in settings.recent_files() if path != shown]
    sample = paths.sample_portfolio()
    first = [offer for offer in OFFERS if offer.key != "open_sample"]
    look = [] if shown == sample else [AGAIN if sample.exists() else OFFERS[2]]
    recent = [path for path in others if path != sample][:MOST_RECENT]
    return (*first, *map(_recent_offer, recent), *look)


def _recent_offer(path: Path) -> Offer:
    folder = str(path.parent)
    if len(folder) > FOLDER_LETTERS:
        folder = f"…{folder[1 - FOLDER_LETTERS :]}"
    own = path == paths.default_portfolio()
    title = "Your own portfolio" if own else f"Open {path.stem} again"
    return Offer(f"{RECENT_KEY}{path}", title, f"{path.name} in {folder}", "Open")


def parts(sentence: Sentence) -> list[Part]:
    """Return a sentence as a ``SentenceLabel`` takes it."""
    return [(run.text, run.bold, run.explain, run.warn) for run in sentence]


class Page(QWidget):
    """One page of the rail. A page says what it is called, what it asks and how it shows the answer.

    ``going`` carries the Place that a link leads to; ``wished`` the key of a command of the menus;
    ``day_chosen`` the as-of date (None: today). ``body`` takes the content.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    nothing: ClassVar[tuple[str, str]]
    """What is not there, and what the page would show (both shown where the portfolio is empty)."""
    has_table: ClassVar[bool] = False
    """Whether Ctrl+T shows a table twin; then ``show_table`` does it."""
    has_pictures: ClassVar[bool] = False
    """Whether its charts can be saved; then ``pictures`` returns them."""
    works_empty: ClassVar[bool] = False
    """Whether it has something to show without any position."""
    works_while_asking: ClassVar[bool] = False
    """Whether its content is of use before the first answer has come."""
    commands: ClassVar[frozenset[str]] = frozenset()
    """Keys of the menus' commands that :meth:`take` carries out while this page is shown."""

    going = Signal(object)
    wished = Signal(str)
    day_chosen = Signal(object)

    def __init__(self, document: Document, catalogue: Catalogue) -> None:
        super().__init__()
        self.document = document
        self.shipped = catalogue
        self.portfolio = Portfolio()
        self.as_of = date.min
        self.labels = Labels()
        self.table_shown = False
        self._stale = False
        self._answered = False
        self.header = QHBoxLayout()
        self._second = QHBoxLayout()
        self._commands: list[QWidget] = []
        self._picture_button: QWidget | None = None
        self.as_of_button = AsOfButton()
        content = QWidget()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(theme.PAGE_MARGIN, 0, theme.PAGE_MARGIN, 0)
        self.body.setSpacing(0)
        self.empty = EmptyPage(*self.nothing, FOOT)
        self.explanation = ExplanationBar()
        self._content = content
        self._blank = QWidget()
        self._stack = QStackedWidget()
        self._build()
        self.as_of_button.chosen.connect(self.day_chosen)
        self.empty.taken.connect(self.wished)

    def _build(self) -> None:
        self.header.setContentsMargins(theme.PAGE_MARGIN, 0, theme.PAGE_MARGIN, 0)
        self.header.setSpacing(10)
        self._title = Words(self.title, theme.TITLE, bold=True)
        self.header.addWidget(self._title)
        self.header.addStretch()
        self.header.addWidget(self.as_of_button)
        self._second.setContentsMargins(theme.PAGE_MARGIN, 0, theme.PAGE_MARGIN, 8)
        self._second.setSpacing(10)
        self._second.addStretch()
        head = QWidget()
        head.setSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed
        )  # long content cuts no field
        rows = QVBoxLayout(head)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        first = QWidget()
        first.setMinimumHeight(HEADER)
        first.setLayout(self.header)
        self._below = QWidget()
        self._below.setLayout(self._second)
        self._below.hide()
        rows.addWidget(first)
        rows.addWidget(self._below)
        for widget in (self._blank, self._content, self.empty):
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._stack, 1)
        self._column = column

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue as it holds for the portfolio: shipped, under the user's own entries."""
        return effective(self.shipped, self.portfolio.entries)

    def add_command(self, widget: QWidget) -> None:
        """Put a button or a field at the right of the header, before "As of"."""
        self._commands.append(widget)
        self.header.insertWidget(self.header.count() - 1, widget)

    def add_button(self, text: str, command: str) -> QPushButton:
        """Put a button into the header that wishes a command of the menus."""
        button = QPushButton(text)
        button.clicked.connect(lambda: self.wished.emit(command))
        self.add_command(button)
        return button

    def add_picture_button(self) -> None:
        """Put "Save picture…" into the header."""
        self._picture_button = self.add_button("Save picture…", "save_picture")

    # -- showing -------------------------------------------------------------------------------------------

    def show_portfolio(self, portfolio: Portfolio, as_of: date, labels: Labels) -> None:
        """Take a snapshot to show; a hidden page works it out when it is shown."""
        self.portfolio, self.as_of, self.labels = portfolio, as_of, labels
        self.explanation.close_bar()  # what it says held for what was shown before
        self.as_of_button.show_day(as_of, labels.day(as_of))
        self._stale = True
        if self.isVisible():
            self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.explanation.parent() is None:
            self._order_stops()
        if self._stale:
            self._refresh()

    def _refresh(self) -> None:
        self._stale = False
        empty = self.portfolio.is_empty and not self.works_empty
        self.as_of_button.setVisible(not empty)
        for widget in self._commands:
            widget.setVisible(not empty)
        if empty:
            jobs.drop(self)
            self._answered = False
            self.empty.set_offers(offers_for(self.document.path))
            self._stack.setCurrentWidget(self.empty)
        else:
            if not self._answered:
                self._stack.setCurrentWidget(self._content if self.works_while_asking else self._blank)
            self.ask_again()

    def ask_again(self) -> None:
        """Ask for the answer beside the window; it is shown when it comes."""
        jobs.run(self, partial(self.ask, self.portfolio, self.as_of), self._show)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_header()

    def _fit_header(self) -> None:
        """Put the commands on a second line where a large font leaves no room beside the title."""
        shown = [widget for widget in self._commands if not widget.isHidden()]
        ends = (self._title, self.as_of_button)
        wide = (max(widget.sizeHint().width(), widget.minimumWidth()) for widget in (*ends, *shown))
        needed = sum(width + self.header.spacing() for width in wide)
        narrow = bool(shown) and needed + 2 * theme.PAGE_MARGIN > self.width()
        if narrow == self._below.isHidden():
            for widget in self._commands:
                (self.header if narrow else self._second).removeWidget(widget)
                if narrow:
                    self._second.addWidget(widget)
                else:
                    self.header.insertWidget(self.header.count() - 1, widget)
            self._below.setVisible(narrow)

    def _order_stops(self) -> None:
        """Let the Tab key walk the header from left to right, then the content, then the explanation."""
        header = [*self._commands, self.as_of_button]
        for before, after in itertools.pairwise(header):
            QWidget.setTabOrder(before, after)
        self._column.addWidget(self.explanation)

    def _show(self, answer: Any) -> None:
        self._answered = True
        self.show_answer(answer)
        self._fit_header()
        self._stack.setCurrentWidget(self._content)

    def tell(self, explained: Explanation | None) -> None:
        """Say at the foot of the page how a number came about."""
        if explained is not None:
            lines = (explained.formula, "; ".join(explained.sources), explained.definition)
            self.explanation.tell(explained.title, [line for line in lines if line])

    @property
    def sizes(self) -> Sizes:
        """How large things are in the charts: they grow with the system's font."""
        text = theme.pixels(theme.TEXT)
        return Sizes(
            text=text,
            note=theme.pixels(theme.NOTE),
            axis=theme.pixels(theme.AXIS),
            row=max(24.0, QFontMetrics(theme.font()).height() + 8.0),
        )

    # -- for each page -------------------------------------------------------------------------------------

    def ask(self, portfolio: Portfolio, as_of: date) -> Any:
        """Return the answer that the page shows. Runs in a thread: must not touch a widget."""
        raise NotImplementedError

    def show_answer(self, answer: Any) -> None:
        """Show the answer of :meth:`ask`."""
        raise NotImplementedError

    def show_item(self, item: str) -> None:
        """Choose a thing on the page by its id (the end of a link)."""

    def show_among(self, positions: tuple[str, ...]) -> None:
        """Show these positions only, by their ids."""
        raise NotImplementedError

    def start_filter(self) -> None:
        """Give the page's filter the focus (Ctrl+F)."""

    def show_table(self, *, shown: bool) -> None:
        """Show the table twin in the place of the chart, or the chart again (Ctrl+T)."""
        self.table_shown = shown

    def pictures(self) -> "Pictures":
        """Return the charts that can be saved, by what they are called."""
        raise NotImplementedError

    def save_picture(self) -> None:
        """Ask which chart is wanted, if there are several, and under which name; write it there."""
        from desktop_app.ui.charts.picture import offer_pictures

        button = self._picture_button
        at = button if button is not None and button.isVisible() else self._title
        offer_pictures(self, self.pictures(), at.mapToGlobal(at.rect().bottomLeft()))

    def take(self, command: str) -> None:
        """Carry out a command of the menus, one of ``commands``."""

    def let_go(self) -> None:
        """Close or release what is open on the page (Esc, wherever the focus is)."""
        self.explanation.close_bar()

    def go(self, page: str, item: str = "") -> None:
        """Ask the window to show another place."""
        self.going.emit(Place(page, item))
