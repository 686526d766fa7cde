"""PySide6 6.12 on Python 3.11 loses references of None and True with every painted plot, until it aborts."""

import sys

import pyqtgraph
import pytest
from pytestqt.qtbot import QtBot

RESIZES = 200


@pytest.mark.parametrize("constant", [None, True])
def test_painting_plots_loses_no_references(qtbot: QtBot, constant: object) -> None:
    plot = pyqtgraph.PlotWidget()
    qtbot.addWidget(plot)
    plot.plot([0, 1, 2], [0, 1, 4])
    plot.show()
    before = sys.getrefcount(constant)
    for step in range(RESIZES):
        plot.resize(300 + step, 200)
        plot.grab()
    lost = before - sys.getrefcount(constant)
    assert lost < RESIZES / 4
