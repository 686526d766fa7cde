"""The chosen row beside the timeline: its steps, how long each takes, who says so, what is in doubt."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.report.catalogue_words import STATES, YOURS
from desktop_app.report.cited import cited_parts
from desktop_app.report.sentences import Sentence
from desktop_app.report.step_lines import ASSUMED, NO_SOURCE, StepLine
from desktop_app.ui import theme
from desktop_app.ui.pages.page import parts
from desktop_app.ui.widgets.section import Link, Rule, Words
from desktop_app.ui.widgets.sentence_label import Part, SentenceLabel, breakable
from desktop_app.ui.widgets.swatch import Swatch
from desktop_app.ui.widgets.tooltip import plain_tooltip

HINT = "Choose a row to see its steps and who says how long they take."
ENTRY = "entry:"
"""What the key of a link into the catalogue begins with."""
_ROLES = {ASSUMED: "warn", NO_SOURCE: "warn", STATES[False]: "warn", YOURS: "accent"}


class WayBox(QWidget):
    """``opened`` carries the web address of a source, ``looked_up`` the id of an entry of the catalogue.

    ``explained`` carries the key of a number; ``left``: to the position, ``closed``: away from the row.
    """

    opened = Signal(str)
    looked_up = Signal(str)
    explained = Signal(str)
    left = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.hint = Words(HINT, theme.NOTE, "text2", wrap=True)
        self.name = Words("", bold=True, wrap=True)
        self.close_link = Link("Close")
        self.sentence = SentenceLabel(theme.NOTE)
        self.position = Link("Open the position")
        self._steps = QVBoxLayout()
        self._steps.setSpacing(0)
        self._content = QWidget()
        first = QHBoxLayout()
        first.addWidget(self.name, 1)
        first.addWidget(self.close_link, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(first)
        column.addWidget(self.sentence)
        column.addSpacing(6)
        column.addLayout(self._steps)
        column.addSpacing(6)
        column.addWidget(self.position, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(12)
        column.addWidget(Rule())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 2, 0, 12)
        whole.setSpacing(0)
        whole.addWidget(self.hint)
        whole.addWidget(self._content)
        self._content.hide()
        self.close_link.clicked.connect(self.closed)
        self.position.clicked.connect(self.left)
        self.sentence.explained.connect(self.explained)

    def clear(self) -> None:
        """Show that no row is chosen."""
        self._content.hide()
        self.hint.show()

    def show_way(self, name: str, headline: Sentence, lines: Sequence[StepLine]) -> None:
        """Show the steps of one row."""
        self.name.setText(name)
        self.sentence.set_parts(parts(headline))
        while (item := self._steps.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        stops: list[QWidget] = [self.close_link, self.sentence]
        for line in lines:
            step = StepBox(line)
            step.followed.connect(self._follow)
            self._steps.addWidget(step)
            stops += step.stops
        for before, after in pairwise([*stops, self.position]):
            self.setTabOrder(before, after)
        self.hint.hide()
        self._content.show()

    def _follow(self, key: str) -> None:
        if key.startswith(ENTRY):
            self.looked_up.emit(key.removeprefix(ENTRY))
        else:
            self.opened.emit(key)


class StepBox(QWidget):
    """One step; ``followed`` carries the web address of its source, or ENTRY and the id of an entry."""

    followed = Signal(str)

    def __init__(self, line: StepLine) -> None:
        super().__init__()
        name = Words(line.name, theme.NOTE, bold=True, wrap=True)
        self.said = SentenceLabel(theme.NOTE)
        self.said.set_text("".join(f"{text}. " for text in line.said).rstrip())
        self.node = SentenceLabel(theme.NOTE, role="text2", links=True)
        self.node.set_parts(_imposed(line))
        self.node.setVisible(bool(line.node))
        self.source = SentenceLabel(theme.NOTE, role="text2", links=True)
        self.source.set_parts(_source(line))
        urls = "\n".join(part.url for part in cited_parts(line.cited) if part.url)
        self.source.setToolTip(plain_tooltip(urls))
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(Swatch(line.colour))
        first.addWidget(name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(1)
        column.addWidget(Rule("rule"))
        column.addSpacing(5)
        column.addLayout(first)
        if line.doubt:
            column.addWidget(Words(f"{line.doubt}.", theme.NOTE, "warn", wrap=True))
        column.addWidget(self.said)
        column.addWidget(self.node)
        if line.cited:
            column.addWidget(self.source)
        column.addLayout(_checked(line))
        if line.shipped:
            shipped = SentenceLabel(theme.NOTE, role="text2")
            shipped.set_text(f"The catalogue says: {line.shipped}")
            column.addWidget(shipped)
        heard = (
            line.name,
            line.doubt,
            *line.said,
            line.node,
            line.cited,
            line.dated,
            line.state,
            line.shipped,
        )
        self.stops = [self.node, self.source] if line.cited else [self.node]
        """What the Tab key reaches, in this order."""
        self.setAccessibleName(", ".join(part for part in heard if part))
        self.node.explained.connect(self.followed)
        self.source.explained.connect(self.followed)


def _imposed(line: StepLine) -> list[Part]:
    key = f"{ENTRY}{line.entry}" if line.entry else ""
    return [("By ", False, "", False), (line.node, False, key, False)]


def _source(line: StepLine) -> list[Part]:
    return [(breakable(part.text), False, part.url, False) for part in cited_parts(line.cited)]


def _checked(line: StepLine) -> QHBoxLayout:
    """Return when the source was read and whether it was checked; what is doubtful stands out."""
    old = f"{line.dated}, older than a year" if line.old else line.dated
    dated = Words(old, theme.NOTE, "warn" if line.old or line.dated == "undated" else "text2", wrap=True)
    row = QHBoxLayout()
    row.setSpacing(8)
    if old:
        row.addWidget(dated, 1)
    row.addWidget(
        Words(line.state, theme.NOTE, _ROLES.get(line.state, "text2")), 0, Qt.AlignmentFlag.AlignTop
    )
    if not old:
        row.addStretch()
    return row
