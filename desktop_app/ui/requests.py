"""What a page does with withdrawal requests: start one, change one, record that it was claimed."""

from datetime import UTC, date, datetime

from PySide6.QtWidgets import QWidget

from desktop_app.domain.requests import claimed
from desktop_app.errors import UserError
from desktop_app.figures.labels import Labels
from desktop_app.report.request_words import edit_words
from desktop_app.ui import messages
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


def record_claim(document: Document, position_id: str, request_id: str) -> None:
    """Record now that a request was claimed; one step of undo."""
    portfolio = document.portfolio
    position = portfolio.positions[position_id]
    request = next(r for r in position.requests if r.id == request_id)
    try:
        after = claimed(portfolio, position_id, request_id, max(datetime.now(UTC), request.requested_at))
    except UserError as error:
        messages.show_error(error)
        return
    document.edit(edit_words("Claim", position), after)
