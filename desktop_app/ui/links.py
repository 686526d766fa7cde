"""Opening a source in the user's browser: on a click alone, and nothing but a web address."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_link(address: str) -> None:
    """Hand a web address to the system's browser; anything else is left alone."""
    url = QUrl(address)
    if url.isValid() and url.scheme().lower() in {"https", "http"} and url.host():
        QDesktopServices.openUrl(url)
