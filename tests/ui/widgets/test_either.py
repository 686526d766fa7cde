"""A chart and its table twin in one place: as high as the one that is shown."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.widgets.either import LEAST, Either


def test_the_place_is_as_high_as_what_is_shown(qtbot: QtBot) -> None:
    chart, table = QWidget(), QWidget()
    chart.setFixedHeight(40)
    place = Either(chart, table)
    qtbot.addWidget(place)
    place.show()
    assert (chart.isVisible(), table.isVisible()) == (True, False)
    assert place.sizeHint().height() == 40
    place.show_table(shown=True)
    assert (chart.isVisible(), table.isVisible()) == (False, True)
    assert place.minimumSizeHint().height() == LEAST
