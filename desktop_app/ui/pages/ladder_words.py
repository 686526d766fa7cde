"""The words beside the ladder: what it shows, what is sold, what chance would do, what has no date."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.analysis.percentiles import Percentiles
from desktop_app.analysis.withdrawals import Withdrawals
from desktop_app.figures.labels import Labels
from desktop_app.report.likely import likely_sentence
from desktop_app.report.sections.way_out import ladder_remarks
from desktop_app.ui import theme
from desktop_app.ui.pages.page import parts
from desktop_app.ui.widgets.section import Words
from desktop_app.ui.widgets.sentence_label import SentenceLabel


class LadderWords(QWidget):
    """``explained`` carries the key of a number that was clicked."""

    explained = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.title = Words("Back in the wallet,", bold=True, wrap=True)
        self.whole = Words("share of the portfolio", theme.NOTE, "text2", wrap=True)
        self.market = Words("", theme.NOTE, "text2", wrap=True)
        self.likely = SentenceLabel(theme.NOTE, role="text2")
        self.unknown = Words("", theme.NOTE, "warn", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for words in (self.title, self.whole, self.market, self.likely, self.unknown):
            column.addWidget(words)
        column.addStretch()
        self.likely.explained.connect(self.explained)

    def show_ladder(self, out: Withdrawals, likely: Percentiles, labels: Labels) -> None:
        """Show what belongs to a ladder; without a known value there is none."""
        self.whole.setText(f"share of {labels.money(out.value, with_currency=True)}")
        remarks = ladder_remarks(out, labels)
        for note, role in ((self.market, "text2"), (self.unknown, "warn")):
            said = "\n".join(text for text, its_role in remarks if its_role == role)
            note.setText(said)
            note.setVisible(bool(said))
        said_by_chance = likely_sentence(likely, labels)
        self.likely.set_parts(parts(said_by_chance))
        self.likely.setVisible(bool(said_by_chance))
        self.setVisible(out.value > 0)

    def fit(self, width: int, room: float) -> None:
        """Leave out what only explains where the words would be higher than the room there is."""
        for words in (self.market, self.likely):
            words.setVisible(bool(words.text()))
        for words in (self.market, self.likely):
            if self.heightForWidth(width) <= room:
                return
            words.hide()
