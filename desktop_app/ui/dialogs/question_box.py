"""One question of an import, under the table: its choices as radio buttons, answered at once."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.figures.layer_words import layer_word
from desktop_app.figures.texts import one_line
from desktop_app.ui import theme
from desktop_app.ui.widgets.section import Link, Words

_WORDS = {
    ".": "The point",
    ",": "The comma",
    "dmy": "The day",
    "mdy": "The month",
    "day_numbers": "Yes, they are day numbers",
    "own": "My own, without layers for now",
    "leave": "Leave it out",
    "new": "Take the new one",
    "keep": "Keep the stored one",
    "add": "Add it as another position",
    "both": "Keep both",
    "one": "Count them once",
    "import": "Import it again",
    "guess": "Yes, read it so",
    "close": "Close it there",
    "update": "It is that one: update it",
    "held": "No, only held",
    "staked": "Yes, it is staked",
    "position": "Yes, keep it as a position",
    "gone": "No, it went out",
    "assets": "Yes, it holds assets",
    "balances": "Yes, they are balances",
    "deposit": "No, a deposit",
    "reward": "Yes, a reward",
    "purchase": "No, a purchase",
    "in": "They came in",
    "out": "They went out",
    "neither": "Neither, it only cost the fee",
}
OPEN = ("asset_unknown", "protocol", "account", "own_address", "snapshot_date", "coin")
"""Questions that take other answers than those offered."""
COLUMNS = 3


def choice_words(code: str, choice: str) -> str:
    """Return what a radio button says for a choice of a question."""
    kind = code.partition(":")[0]
    if kind == "same_file" and choice == "leave":
        return "No, it is all there"
    if kind == "missing_positions":
        return {"keep": "Keep what is stored", "close": "Close what the file lacks"}.get(choice, choice)
    if kind == "layer_unknown":
        return {"own": "A word of my own, as a note", "leave": "Leave it out"}.get(choice, layer_word(choice))
    if kind in OPEN and choice == "own":
        return "My own, without layers for now" if kind == "asset_unknown" else "Keep it under its own name"
    return _WORDS.get(choice, one_line(choice))


class QuestionBox(QWidget):
    """Shows one question. ``answered`` carries code and answer; ``turned`` +1 or -1 for another question."""

    answered = Signal(str, str)
    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.code = ""
        self.title = Words("", bold=True, wrap=True)
        self.place = Words("", theme.NOTE, "text2")
        self.previous, self.next = Link("Previous"), Link("Next")
        self.other = QLineEdit()
        self.other.setObjectName("other_answer")
        self.other.setFixedWidth(240)
        self.other.setAccessibleName("Another answer")
        self.wrong = Words("", theme.NOTE, "alarm", wrap=True)
        self.answer_button = QPushButton("Answer")
        self.answer_button.setObjectName("answer")
        self.answer_button.setAutoDefault(False)
        self._buttons = QButtonGroup(self)
        self._other_button = QRadioButton("Another:")
        self._choices: dict[QRadioButton, str] = {}
        self._grid = QGridLayout()
        self._lay_out()
        self.previous.clicked.connect(lambda: self.turned.emit(-1))
        self.next.clicked.connect(lambda: self.turned.emit(1))
        self.other.textEdited.connect(lambda: self._other_button.setChecked(True))
        self.other.returnPressed.connect(self.answer)
        self.answer_button.clicked.connect(self.answer)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        for widget in (self.previous, self.place, self.next):
            head.addWidget(widget)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(COLUMNS, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._other_button)
        foot.addWidget(self.other)
        foot.addWidget(self.wrong, 4)
        foot.addStretch(1)
        foot.addWidget(self.answer_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(5)
        column.addLayout(head)
        column.addLayout(self._grid)
        column.addLayout(foot)

    def ask(self, code: str, text: str, choices: tuple[str, ...], default: str | None, place: str) -> None:
        """Show a question; ``default`` is chosen at first, ``place`` says which of how many it is."""
        if code == self.code and self._choices:
            self.place.setText(place)
            return
        self.code = code
        self.title.setText(one_line(text))
        self.place.setText(place)
        self.say("")
        self._fill(code, choices, default)
        takes_other = code.partition(":")[0] in OPEN
        self.other.clear()
        self._buttons.addButton(self._other_button)
        for widget in (self._other_button, self.other):
            widget.setVisible(takes_other)

    def _fill(self, code: str, choices: tuple[str, ...], default: str | None) -> None:
        for button in self._choices:
            self._buttons.removeButton(button)
            self._grid.removeWidget(button)
            button.deleteLater()
        self._choices = {}
        for number, choice in enumerate(choices):
            button = QRadioButton(choice_words(code, choice).replace("&", "&&"))
            button.setObjectName(f"choice:{choice}")
            self._choices[button] = choice
            self._buttons.addButton(button)
            self._grid.addWidget(button, number // COLUMNS, number % COLUMNS)
            if choice == default or (default is None and len(choices) == 1):
                button.setChecked(True)

    def turn_by(self, *, possible: bool) -> None:
        """Offer to go to other questions, or not."""
        for link in (self.previous, self.next):
            link.setVisible(possible)

    def say(self, text: str) -> None:
        """Show why an answer was not taken."""
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))

    def answer(self) -> None:
        """Give the chosen answer."""
        button = self._buttons.checkedButton()
        chosen = self.other.text().strip() if button is self._other_button else None
        if isinstance(button, QRadioButton) and button in self._choices:
            chosen = self._choices[button]
        if chosen:
            self.answered.emit(self.code, chosen)
        else:
            self.say("Choose an answer first.")
