"""Tooltips in plain words: Qt takes a text that looks like markup for markup, and names come from files."""

from html import escape


def plain_tooltip(text: str) -> str:
    """Return the tooltip that shows a text as it stands, line by line."""
    return f"<span>{escape(text).replace(chr(10), '<br>')}</span>" if text else ""
