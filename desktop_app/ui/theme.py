"""Light and dark: palette, style sheet and fonts, from the colour roles of ``figures.colours``."""

import re
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QToolTip

from desktop_app import paths
from desktop_app.figures import colours
from desktop_app.ui import settings

Choice = Literal["system", "light", "dark"]
CHOICES: tuple[Choice, ...] = ("system", "light", "dark")

TITLE, SENTENCE, TEXT, NOTE, AXIS = 1.5, 1.15, 1.0, 0.92, 0.85
"""Sizes of type as multiples of S, the system's size."""
SMALLEST_POINTS = 8.0
PAGE_MARGIN = 24

_PALETTE = {
    "page": ("Window", "Base", "Button", "ToolTipBase", "Light"),
    "band": ("AlternateBase", "Midlight"),
    "ink": ("WindowText", "Text", "ButtonText", "ToolTipText", "HighlightedText", "BrightText"),
    "sel": ("Highlight",),
    "accent": ("Accent", "Link", "LinkVisited"),
    "text3": ("PlaceholderText",),
    "rule": ("Mid",),
    "field": ("Dark", "Shadow"),
}
_PALETTE_DISABLED = ("WindowText", "Text", "ButtonText", "HighlightedText")


class _Notifier(QObject):
    changed = Signal()


class _State:
    """What holds for the program: the choice, the system's theme, the one that is shown, and S in points."""

    def __init__(self) -> None:
        self.choice: Choice = "system"
        self.system: colours.Theme = "light"
        self.theme: colours.Theme = "light"
        self.points = 0.0


_notifier = _Notifier()
_state = _State()
changed = _notifier.changed
"""Emitted after the palette has changed: what paints by role paints again."""


# -- asking --------------------------------------------------------------------------------------------


def current() -> colours.Theme:
    """Return the theme that is shown."""
    return _state.theme


def choice() -> Choice:
    """Return what the user chose: the system's scheme, light or dark."""
    return _state.choice


def code(role: str) -> str:
    """Return the colour of a role in the current theme as "#RRGGBB"."""
    return colours.colour(role, _state.theme)


def colour(role: str) -> QColor:
    """Return the colour of a role in the current theme."""
    return QColor(code(role))


def font(scale: float = TEXT, *, bold: bool = False) -> QFont:
    """Return the system's font at ``scale`` times its size, with figures of equal width, never under 8 pt."""
    result = QFont(QApplication.font())
    points = _state.points or result.pointSizeF()
    result.setPointSizeF(max(points * scale, SMALLEST_POINTS))
    result.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    _tabular(result)
    return result


def pixels(scale: float = TEXT) -> float:
    """Return the size of that font in logical pixels."""
    return float(QFontInfo(font(scale)).pixelSize())


def _tabular(font: QFont) -> None:
    font.setFeature(QFont.Tag("tnum"), 1)


# -- changing ------------------------------------------------------------------------------------------


def set_up(app: QApplication) -> None:
    """Give the application its style, font and colours, and follow the system's scheme from now on."""
    _state.points = app.font().pointSizeF()
    base = QFont(app.font())
    _tabular(base)
    app.setFont(base)
    app.setStyle(QStyleFactory.create("Fusion"))
    stored = settings.read("theme", "system")
    _state.choice = next((c for c in CHOICES if c == stored), "system")
    _state.system = _theme_of(app.styleHints().colorScheme())
    app.styleHints().colorSchemeChanged.connect(_follow)
    _show()


def choose(choice: Choice) -> None:
    """Show the system's scheme, or always light or dark, and remember it."""
    _state.choice = choice
    settings.write("theme", choice)
    _show()


def _follow(scheme: Qt.ColorScheme) -> None:
    _state.system = _theme_of(scheme)
    if _state.choice == "system":
        _show()


def _theme_of(scheme: Qt.ColorScheme) -> colours.Theme:
    return "dark" if scheme is Qt.ColorScheme.Dark else "light"


def _show() -> None:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    _state.theme = _state.system if _state.choice == "system" else _state.choice
    palette = _palette()
    app.setPalette(palette)
    QToolTip.setPalette(palette)
    app.setStyleSheet(style_sheet())
    changed.emit()


def _palette() -> QPalette:
    palette = QPalette()
    for role, names in _PALETTE.items():
        for name in names:
            palette.setColor(QPalette.ColorRole[name], colour(role))
    for name in _PALETTE_DISABLED:
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[name], colour("text3"))
    return palette


def style_sheet() -> str:
    """Return the style sheet with the colours of the current theme in it."""
    text = (paths.resources() / "styles" / "stakeout.qss").read_text("utf-8")
    for picture in ("chevron", "check"):
        path = paths.resources() / "icons" / f"{picture}-{_state.theme}.svg"
        text = text.replace(f"@{picture}@", f'"{path.as_posix()}"')
    text = text[text.index("*/") + 2 :]
    return re.sub(r"@([a-z0-9 ]+)@", lambda match: code(match[1]), text)
