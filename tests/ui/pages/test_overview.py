"""The first page: sentences first, everything leads to its page, nothing unknown is shown as zero."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.overview import OverviewPage
from tests.drivers import choose, press, settle


@pytest.fixture
def page(sample_window: MainWindow) -> OverviewPage:
    assert isinstance(sample_window.page, OverviewPage)
    return sample_window.page


def test_the_page_begins_with_the_value_and_the_largest_dependency(page: OverviewPage) -> None:
    first = page.sentences.text().splitlines()[0]
    assert first.startswith("USD\u00a0393,340 in 11 positions, and one position without a price.")
    assert "55\u202f% of it stands on EigenLayer" in first


def test_the_largest_dependencies_lead_to_the_graph(
    page: OverviewPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    node = page.share_chart.figure.targets[0].id
    page.share_chart.chosen.emit(node)
    settle(qtbot)
    assert sample_window.page_name == "dependencies"
    assert sample_window.page.kept == node  # type: ignore[attr-defined]


def test_what_is_missing_leads_to_its_position(
    page: OverviewPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    leading = next(item for item in page.missing_rows.items if item.key)
    page.missing_rows.followed.emit(leading.key)
    settle(qtbot)
    assert sample_window.page_name == "positions"


def test_a_number_explains_itself(page: OverviewPage) -> None:
    page.sentences.explained.emit("value")
    assert page.explanation.isVisible()
    assert "393,340" in page.explanation.title.text()


def test_the_way_out_is_shown_where_there_is_room(
    page: OverviewPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    sample_window.resize(1280, 720)
    settle(qtbot)
    narrow = page.way_out.isVisible()
    sample_window.resize(1920, 1080)
    settle(qtbot)
    assert (narrow, page.way_out.isVisible()) == (False, True)


def test_hidden_amounts_keep_shares(page: OverviewPage, sample_window: MainWindow, qtbot: QtBot) -> None:
    choose(sample_window, "hide_amounts")
    settle(qtbot)
    assert "393,340" not in page.sentences.text()
    assert "55\u202f%" in page.sentences.text()
    assert page.hide_button.text() == "Show amounts"


def test_everything_fits_into_the_smallest_window(
    page: OverviewPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    sample_window.resize(1280, 720)
    settle(qtbot)
    width = page.width()
    for section in (page.layers, page.largest, page.missing):
        right = section.mapTo(page, section.rect().bottomRight()).x()
        assert right <= width


def test_an_explanation_closes_when_amounts_are_hidden(
    page: OverviewPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    page.sentences.explained.emit("value")
    choose(sample_window, "hide_amounts")
    settle(qtbot)
    assert not page.explanation.isVisible()


def test_an_explanation_closes_with_an_edit_and_with_esc_from_anywhere(
    page: OverviewPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    held = sample_window.document.portfolio
    page.sentences.explained.emit("value")
    sample_window.document.edit("Delete", held.without_positions(next(iter(held.positions))))
    assert not page.explanation.isVisible()
    settle(qtbot)
    page.sentences.explained.emit("value")
    press(page.hide_button, Qt.Key.Key_Escape)
    assert not page.explanation.isVisible()


def test_everything_that_is_missing_can_be_listed(page: OverviewPage) -> None:
    assert page.answer is not None
    few = len(page.missing_rows.items)
    press(page.all_missing, Qt.Key.Key_Return)
    assert few < len(page.missing_rows.items) == len(page.answer.missing)
    press(page.all_missing, Qt.Key.Key_Return)
    assert len(page.missing_rows.items) == few


def test_a_position_without_a_price_is_the_first_that_is_missing(page: OverviewPage) -> None:
    assert page.missing_rows.items[0].cells[0].text == "Price of SOL"


def test_limits_stand_with_their_present_figure_the_broken_ones_first(page: OverviewPage) -> None:
    assert page.limits.isVisible()
    assert page.limits.title.text() == "Limits: 2 of 5 broken"
    states = [item.cells[-1].text for item in page.limit_rows.items]
    assert states == ["▲ broken", "▲ broken", "kept", "kept", "kept"]


def test_a_limit_leads_to_what_it_bounds(page: OverviewPage, sample_window: MainWindow, qtbot: QtBot) -> None:
    page.limit_rows.followed.emit(page.limit_rows.items[0].key)
    settle(qtbot)
    assert sample_window.page_name == "concentration"


def test_without_limits_there_is_no_such_section(
    page: OverviewPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    held = sample_window.document.portfolio
    sample_window.document.edit("Delete limits", held.without_limits(*held.limits))
    settle(qtbot)
    assert not page.limits.isVisible()


def test_claims_and_maturities_are_the_next_dates(
    page: OverviewPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    here = (datetime(2026, 12, 3, tzinfo=UTC).astimezone().date() - date(2026, 11, 24)).days
    rows = [[cell.text for cell in item.cells][1:3] for item in page.date_rows.items]
    assert rows == [
        ["tomorrow", "ezETH: claim"],
        [f"in {here}\u00a0days", "ATOM: claim"],
        ["in 121\u00a0days", "PT-weETH: matures"],
    ]
    page.date_rows.followed.emit(page.date_rows.items[0].key)
    settle(qtbot)
    assert sample_window.page_name == "withdrawals"


def test_where_nothing_is_dated_it_says_what_would_be_out_first(
    page: OverviewPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    held = sample_window.document.portfolio
    sample_window.document.edit("Delete", held.without_positions("ezETH", "ATOM", "PT-weETH-25MAR2027"))
    settle(qtbot)
    assert page.dates.note.text().startswith("Nothing is asked for yet.")
    assert len(page.date_rows.items) == 5
    assert page.date_rows.items[0].cells[2].text == "JitoSOL"


def test_its_charts_are_saved(page: OverviewPage, sample_window: MainWindow) -> None:
    assert sample_window.actions_by_key["save_picture"].isEnabled()
    pictures = page.pictures()
    assert {"Value and reward by layer", "Largest dependencies"} <= set(pictures)
    assert all(make().shapes for make in pictures.values())
