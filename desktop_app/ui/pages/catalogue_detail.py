"""The detail of one entry of the catalogue: all its facts in groups, each with its source and date."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop_app.figures.texts import one_line
from desktop_app.report.catalogue_words import STATES, YOURS
from desktop_app.report.cited import cited_parts
from desktop_app.report.fact_lines import FactLine
from desktop_app.ui import theme
from desktop_app.ui.widgets.fact_row import FactRow, ShownFact
from desktop_app.ui.widgets.section import Link, Section, Words
from desktop_app.ui.widgets.swatch import Swatch

WIDEST = 900
LONGEST_BESIDE = 200
LARGE = 17
"""From this font on, in pixels, the kind stands under every name."""
SHIPPED_VALUE = "Back to the shipped value"
_ROLES = {STATES[False]: "warn", YOURS: "accent"}


@dataclass(frozen=True, slots=True)
class EntryDetail:
    """What is shown of an entry: ``colour`` of its dimension; ``change`` and ``back``: what can be done."""

    id: str
    name: str
    what: str
    colour: str
    lines: tuple[FactLine, ...]
    change: str = ""
    back: str = ""


class CatalogueDetail(QWidget):
    """``changed``: the button; ``restored``: back to the shipped entry, or away with an own one.

    ``fact_restored`` carries (kind, index) of a fact that goes back to the shipped one, ``opened`` the web
    address of a source.
    """

    changed = Signal()
    restored = Signal()
    fact_restored = Signal(str, int)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.swatch = Swatch()
        self.name = Words("", theme.SENTENCE, bold=True, wrap=True)
        self.what = Words("", theme.TEXT, "text2", wrap=True)
        self.change_button = QPushButton("Override a fact…")
        self.hint = Words("Choose an entry to see what is known of it.", theme.TEXT, "text2", wrap=True)
        self.area = QScrollArea()
        self._head = QGridLayout()
        self._content = QWidget()
        self._lay_out()
        self.change_button.clicked.connect(self.changed)

    def _lay_out(self) -> None:
        head = QWidget()
        head.setMaximumWidth(WIDEST)
        self._head.setContentsMargins(0, 0, theme.PAGE_MARGIN, 0)
        self._head.setHorizontalSpacing(8)
        self._head.setVerticalSpacing(2)
        self._head.setColumnStretch(2, 1)
        self._head.addWidget(self.swatch, 0, 0)
        self._head.addWidget(self.name, 0, 1)
        self._head.addWidget(self.change_button, 0, 3, Qt.AlignmentFlag.AlignTop)
        head.setLayout(self._head)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QVBoxLayout(self._content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        inside.addWidget(head)
        inside.addWidget(self.area, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 8, 0, 0)
        whole.addWidget(self._content)
        whole.addWidget(self.hint, 0, Qt.AlignmentFlag.AlignTop)
        self._content.hide()

    def _place_what(self) -> None:
        """Put the kind beside a short name and under a long one."""
        self.name.setWordWrap(False)
        beside = self.name.sizeHint().width() <= LONGEST_BESIDE and theme.pixels() < LARGE
        self.name.setWordWrap(not beside)
        self._head.removeWidget(self.name)
        self._head.removeWidget(self.what)
        self._head.addWidget(self.name, 0, 1, 1, 1 if beside else 2)
        self._head.addWidget(self.what, *((0, 2) if beside else (1, 1, 1, 3)))

    def clear(self) -> None:
        """Show that nothing is chosen."""
        self._content.hide()
        self.hint.show()

    def show_detail(self, detail: EntryDetail, *, keep_place: bool) -> None:
        """Show one entry; ``keep_place``: where the same one was scrolled to."""
        place = self.area.verticalScrollBar().value() if keep_place else 0
        self.swatch.show_role(detail.colour)
        self.name.setText(one_line(detail.name))
        self.what.setText(one_line(detail.what))
        self._place_what()
        self.change_button.setText(detail.change)
        self.change_button.setVisible(bool(detail.change))
        self.change_button.setAccessibleName(f"{detail.change} {one_line(detail.name)}")
        self.area.setWidget(self._facts(detail))
        self.area.verticalScrollBar().setValue(place)
        self.hint.hide()
        self._content.show()

    def _facts(self, detail: EntryDetail) -> QWidget:
        facts = QWidget()
        facts.setMaximumWidth(WIDEST)
        column = QVBoxLayout(facts)
        column.setContentsMargins(0, 0, theme.PAGE_MARGIN, 16)
        column.setSpacing(12)
        for group, lines in groupby(detail.lines, lambda line: line.group):
            column.addWidget(self._section(group, list(lines)))
        if not detail.lines:
            column.addWidget(Words("Nothing is recorded of it but its name.", theme.TEXT, "text2", wrap=True))
        if detail.back:
            back = Link(detail.back, theme.TEXT)
            back.clicked.connect(self.restored)
            column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        return facts

    def _section(self, title: str, lines: Sequence[FactLine]) -> Section:
        section = Section(title)
        for line in lines:
            row = FactRow(_shown(line))
            row.opened.connect(self.opened)
            row.restored.connect(lambda line=line: self.fact_restored.emit(line.kind, line.index))
            section.body.addWidget(row)
        return section


def _shown(line: FactLine) -> ShownFact:
    way = [(f"{line.way} · ", "")] if line.way else []
    return ShownFact(
        text=line.text,
        sources=[*way, *((part.text, part.url) for part in cited_parts(line.cited))],
        dated=line.dated,
        state=line.state,
        role=_ROLES.get(line.state, "text2"),
        dated_role="warn" if line.old else "text2",
        note=line.note,
        before=line.shipped,
        back=SHIPPED_VALUE if line.shipped else "",
    )
