"""The button "As of 24 Nov 2026": a calendar drops down under it."""

from datetime import date

from PySide6.QtCore import Signal

from desktop_app.ui.widgets.calendar_popup import CalendarPopup
from desktop_app.ui.widgets.drop_button import DropButton


class AsOfButton(DropButton):
    """``chosen`` carries the day; None asks for today."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("As of")
        self.popup = CalendarPopup(self)
        self.clicked.connect(self.popup.drop_down)
        self.popup.chosen.connect(self.chosen)

    def show_day(self, day: date, text: str) -> None:
        """Show a day, written as ``text``."""
        self.setText(f"As of {text}")
        self.popup.show_day(day)
