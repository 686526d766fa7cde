"""What dialogs with two parts have in common: fields left, what follows from them right, the foot below."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desktop_app.ui import theme


def put_together(
    dialog: QDialog, left: QWidget, right: QLayout, foot: QWidget, *, gap: int = 20, scrolls: bool = True
) -> None:
    """Lay the parts out; one that ``scrolls`` at the right brings room for its bar along."""
    middle = QHBoxLayout()
    middle.setContentsMargins(theme.PAGE_MARGIN, 16, theme.PAGE_MARGIN - (8 if scrolls else 0), 12)
    middle.setSpacing(gap)
    middle.addWidget(left)
    middle.addLayout(right, 1)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addLayout(middle, 1)
    column.addWidget(foot)


def fit(dialog: QDialog, size: tuple[int, int]) -> None:
    """Give a dialog its size (pixels at 100 %), larger with a larger font, within the window above it."""
    room = dialog.parentWidget()
    wanted = tuple(round(side * max(1.0, theme.pixels() / 13)) for side in size)
    most = (room.width() - 24, room.height() - 24) if room else wanted
    dialog.resize(*map(min, wanted, most))
