"""The dialog before an export: everything, a table or the dates, with the own names and amounts or others."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QDialog, QRadioButton, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.dialogs.foot import Foot
from desktop_app.ui.widgets.section import Rule, Words

WIDTH = 560
INDENT = 22
EVERYTHING = "To move to another machine, or for another program. An import brings it back as it was."
TABLE = (
    "For a spreadsheet. An import brings the positions back; debts, withdrawal requests, shares, rewards by "
    "layer, scenarios and limits have no place in a table."
)
DATES = (
    "Claims, maturities, last days to ask and expiries, with reminders. A later export puts earlier entries "
    "right and calls off what is gone. Calendars are often kept by others: amounts stay out while they are "
    "hidden (Ctrl+H)."
)
HIDDEN = (
    "To show it to others: your names, notes and imports are left out and all amounts are scaled; what "
    "stands on what, shares, days, rates and public names stay."
)
CHOICES = (
    (".json", "&Everything, as JSON", EVERYTHING),
    (".csv", "The &positions, as a table (CSV)", TABLE),
    (".ics", "The &dates, as a calendar (ICS)", DATES),
)


class ExportDialog(QDialog):
    """Asks what to write. ``chosen`` carries the ending of the file and whether names and amounts change."""

    chosen = Signal(str, bool)

    def __init__(self, parent: QWidget | None, name: str) -> None:
        super().__init__(parent)
        self.setObjectName("export_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Export {name}")
        self.setMinimumWidth(WIDTH)
        self.buttons = {suffix: QRadioButton(text) for suffix, text, _ in CHOICES}
        self.hide_box = QCheckBox("&With other names and amounts")
        self.foot = Foot("You name the file next. The portfolio itself stays as it is.", "Choose a file…")
        self._lay_out()
        self.buttons[".json"].setChecked(True)
        self.foot.cancel.clicked.connect(self.reject)
        self.foot.primary.clicked.connect(self._choose)

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        body = QVBoxLayout()
        body.setContentsMargins(theme.PAGE_MARGIN, 16, theme.PAGE_MARGIN, 16)
        body.setSpacing(2)
        for suffix, _, words in CHOICES:
            group.addButton(self.buttons[suffix])
            self._add(body, self.buttons[suffix], words)
        body.addWidget(Rule("rule"))
        body.addSpacing(8)
        self._add(body, self.hide_box, HIDDEN)
        body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(body, 1)
        column.addWidget(self.foot)

    def _add(self, body: QVBoxLayout, button: QWidget, words: str) -> None:
        said = Words(words, theme.NOTE, "text2", wrap=True)
        said.setContentsMargins(INDENT, 0, 0, 8)
        button.setAccessibleDescription(words)
        body.addWidget(button)
        body.addWidget(said)

    def _choose(self) -> None:
        suffix = next(suffix for suffix, button in self.buttons.items() if button.isChecked())
        self.chosen.emit(suffix, self.hide_box.isChecked())
        self.accept()
