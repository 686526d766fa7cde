"""What a page does with withdrawal requests: start one, change one, record that it was claimed."""

from datetime import UTC, date, datetime

from PySide6.QtWidgets import QWidget

from desktop_app.figures.labels import Labels
from desktop_app.ui.document import Document


def moment_of_day(as_of: date) -> datetime | None:
    """Return what time it is (UTC) where the as-of date is today, here or in UTC; else None."""
    now = datetime.now(UTC)
    return now if as_of in {now.date(), now.astimezone().date()} else None


def open_withdrawal(
    parent: QWidget, document: Document, as_of: date, labels: Labels, position: str = "", request: str = ""
) -> None:
    """Open the dialog that starts a withdrawal, or changes one of a position's requests."""
    from desktop_app.ui.dialogs.withdrawal import edit_withdrawal

    edit_withdrawal(parent, document, as_of, labels, position, request)


def open_claim(
    parent: QWidget, document: Document, _: date, labels: Labels, position: str, request: str
) -> None:
    """Open the dialog that records that a request was claimed, by default now whatever the as-of date is."""
    from desktop_app.ui.dialogs.claim import ClaimDialog

    ClaimDialog(parent, document, labels, position, request).open()
