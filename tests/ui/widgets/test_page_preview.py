"""Pages side by side: only those in sight are asked for, walking and zooming by keys and wheel."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.widgets.page_preview import LARGEST, PagePreview
from tests.drivers import press

RATIO = 210 / 297


class Printer:
    """Makes the pictures that a preview asks for, at once."""

    def __init__(self, preview: PagePreview) -> None:
        self.preview = preview
        self.made: list[tuple[int, int]] = []
        preview.wanted.connect(self.make)

    def make(self, number: int, height: int, sharpness: float) -> None:
        self.made.append((number, height))
        image = QImage(
            round(height * RATIO * sharpness), round(height * sharpness), QImage.Format.Format_RGB32
        )
        image.setDevicePixelRatio(sharpness)
        image.fill(0xFF00FF00)
        self.preview.show_picture(number, image, self.preview.edition)


@pytest.fixture
def preview(qtbot: QtBot) -> PagePreview:
    made = PagePreview()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_only_pages_in_sight_are_asked_for(preview: PagePreview) -> None:
    printer = Printer(preview)
    preview.show_pages(40, RATIO)
    assert [number for number, _ in printer.made] == preview.visible_pages()
    assert len(printer.made) < 5


def test_a_page_that_comes_into_sight_is_asked_for_once(preview: PagePreview) -> None:
    printer = Printer(preview)
    preview.show_pages(40, RATIO)
    for _ in range(3):
        press(preview, Qt.Key.Key_End)
        press(preview, Qt.Key.Key_Home)
    assert len({n for n, _ in printer.made}) == len(printer.made)
    assert 39 in {n for n, _ in printer.made}


def test_pages_fit_the_height_and_stand_side_by_side(preview: PagePreview) -> None:
    preview.show_pages(3, RATIO)
    first, second = preview.page_rect(0), preview.page_rect(1)
    assert 0 < first.top() < first.bottom() < preview.viewport().height()
    assert second.left() > first.right()
    assert first.width() / first.height() == pytest.approx(RATIO, abs=0.01)


def test_one_page_stands_in_the_middle(preview: PagePreview) -> None:
    preview.show_pages(1, RATIO)
    box = preview.page_rect(0)
    assert box.center().x() == pytest.approx(preview.viewport().width() / 2, abs=10)


def test_a_new_edition_asks_again_and_throws_old_pictures_away(preview: PagePreview) -> None:
    printer = Printer(preview)
    preview.show_pages(2, RATIO)
    before, asked = preview.edition, len(printer.made)
    preview.show_pages(2, RATIO)
    assert len(printer.made) == 2 * asked
    late = QImage(10, 10, QImage.Format.Format_RGB32)
    preview.show_picture(0, late, before)
    assert preview.has_picture(0)


def test_another_height_asks_for_pictures_of_that_height(preview: PagePreview) -> None:
    printer = Printer(preview)
    preview.show_pages(1, RATIO)
    preview.resize(900, 800)
    QApplication.processEvents()
    assert printer.made[-1][1] > printer.made[0][1]
    assert preview.has_picture(0)


def test_keys_walk_from_page_to_page(preview: PagePreview) -> None:
    preview.show_pages(40, RATIO)
    press(preview, Qt.Key.Key_PageDown)
    assert preview.page_rect(1).left() == pytest.approx(9, abs=9)
    press(preview, Qt.Key.Key_PageUp)
    assert preview.horizontalScrollBar().value() == 0
    press(preview, Qt.Key.Key_End)
    assert preview.visible_pages()[-1] == 39
    assert preview.accessibleDescription().endswith("of 40")


def test_plus_and_minus_zoom_and_zero_fits_again(preview: PagePreview) -> None:
    preview.show_pages(3, RATIO)
    height = preview.page_rect(0).height()
    press(preview, Qt.Key.Key_Plus)
    assert preview.page_rect(0).height() > height
    assert preview.verticalScrollBar().maximum() > 0
    press(preview, Qt.Key.Key_Minus)
    assert preview.page_rect(0).height() == height
    for _ in range(20):
        press(preview, Qt.Key.Key_Plus)
    assert preview.zoom == LARGEST
    press(preview, Qt.Key.Key_0)
    assert preview.zoom == 1.0


def test_a_double_click_makes_it_readable_and_another_fits_it_again(preview: PagePreview) -> None:
    preview.show_pages(3, RATIO)
    QTest.mouseDClick(preview.viewport(), Qt.MouseButton.LeftButton)
    assert preview.zoom == 2.0
    QTest.mouseDClick(preview.viewport(), Qt.MouseButton.LeftButton)
    assert preview.zoom == 1.0


def turn(
    preview: PagePreview, steps: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Turn the wheel over the preview."""
    event = QWheelEvent(
        QPointF(100, 100),
        QPointF(preview.mapToGlobal(QPoint(100, 100))),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(preview.viewport(), event)


def test_the_wheel_walks_through_the_pages_and_zooms_with_ctrl(preview: PagePreview) -> None:
    preview.show_pages(40, RATIO)
    turn(preview, -3)
    assert preview.horizontalScrollBar().value() > 0
    turn(preview, 1, Qt.KeyboardModifier.ControlModifier)
    assert preview.zoom == 1.25


def test_pictures_far_from_sight_are_let_go(preview: PagePreview) -> None:
    printer = Printer(preview)
    preview.show_pages(400, RATIO)
    preview.set_zoom(LARGEST)
    for _ in range(60):
        press(preview, Qt.Key.Key_PageDown)
    assert len(printer.made) > 20
    kept = [number for number in range(400) if preview.has_picture(number)]
    assert set(preview.visible_pages()) <= set(kept)
    assert len(kept) < 15


def test_no_pages_show_nothing(preview: PagePreview) -> None:
    preview.show_pages(0, RATIO)
    assert preview.visible_pages() == []
    assert preview.accessibleDescription() == ""
