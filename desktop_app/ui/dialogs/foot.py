"""The foot of a dialog: what it will do, why it cannot be done yet, Cancel, and the deed by its name."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets.section import Rule, Words


class Foot(QWidget):
    """``primary``, and the deeds that are added, stay grey while ``hold`` gives a reason."""

    def __init__(self, words: str, deed: str) -> None:
        super().__init__()
        self.words = Words(words, theme.NOTE, "text2", wrap=True)
        self.reason = Words("", theme.NOTE, "warn")
        self._others: list[QPushButton] = []
        self.cancel = QPushButton("Cancel")
        self.primary = QPushButton(deed)
        self.cancel.setObjectName("cancel")
        self.cancel.setAutoDefault(False)
        self.primary.setObjectName("primary")
        self.primary.setProperty("primary", True)
        self.primary.setDefault(True)
        self._row = row = QHBoxLayout()
        row.setContentsMargins(theme.PAGE_MARGIN, 10, theme.PAGE_MARGIN, 12)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.reason)
        row.addSpacing(4)
        row.addWidget(self.cancel)
        row.addWidget(self.primary)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule("rule"))
        column.addLayout(row)

    def add(self, button: QPushButton) -> None:
        """Put another deed before the primary one."""
        button.setAutoDefault(False)
        self._others.append(button)
        self._row.insertWidget(self._row.count() - 1, button)

    def hold(self, reason: str) -> None:
        """Keep the deed from being done and say why; "" lets it be done."""
        self.reason.setText(reason)
        for button in (self.primary, *self._others):
            button.setEnabled(not reason)
        self.primary.setAccessibleDescription(reason)
