"""Concentration: choosing a dimension, bars and measures, single points, the matrix, twins, pictures."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop_app.domain.positions import Dimension
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.concentration import MOST_BARS, ConcentrationPage
from desktop_app.ui.place import Place
from tests.builders import drawn
from tests.drivers import choose, click, dialog, name_file, settle
from tests.ui.conftest import OpenWindow


@pytest.fixture
def page(sample_window: MainWindow, qtbot: QtBot) -> ConcentrationPage:
    sample_window.resize(1280, 720)
    return shown(sample_window, qtbot)


def shown(window: MainWindow, qtbot: QtBot) -> ConcentrationPage:
    window.go(Place("concentration"))
    settle(qtbot)
    assert isinstance(window.page, ConcentrationPage)
    return window.page


@pytest.fixture
def many(open_window: OpenWindow, qtbot: QtBot) -> ConcentrationPage:
    window = open_window(None)
    window.resize(1280, 720)
    lines = (f"position {i}: {3000 - i} -> operator:{i % 40} -> chain:{i % 3}" for i in range(2000))
    window.document.edit("Import 2,000 positions", drawn(*lines))
    return shown(window, qtbot)


def test_the_operators_come_first(page: ConcentrationPage) -> None:
    assert page.dimension == "operator"
    assert page.sentence.text().startswith("36\u202f% stands on the operator P2P.org, above your limit")


def test_choosing_a_dimension_shows_its_names_and_columns(page: ConcentrationPage) -> None:
    page.dimension_rows.followed.emit("chain")
    assert page.names.title.text() == "Chains"
    assert {target.id for target in page.bars.figure.targets} <= set(page.portfolio.nodes)
    assert page.answer is not None
    chain = next(i for i, head in enumerate(page.answer.heads) if head.dimension is Dimension.CHAIN)
    assert f"column:{chain}" in {target.id for target in page.matrix.chart.figure.targets}


def test_the_chosen_dimension_stays_over_an_edit(page: ConcentrationPage, qtbot: QtBot) -> None:
    page.choose_dimension("token")
    held = page.portfolio
    first = next(iter(held.positions.values()))
    page.document.edit("Delete", held.without_positions(first.id))
    settle(qtbot)
    assert page.dimension == "token"


def test_the_measures_explain_themselves(page: ConcentrationPage) -> None:
    for label, key in zip(page.measures, ("coverage", "overlap", "hhi"), strict=True):
        page.explanation.close_bar()
        label.explained.emit(f"{key}:operator")
        assert page.explanation.isVisible()


def test_a_bar_and_a_part_explain_themselves(page: ConcentrationPage) -> None:
    page.bars.chosen.emit("unknown:operator")
    assert "not published" in page.explanation.title.text()
    cell = next(t for t in page.matrix.chart.figure.targets if t.id.startswith("cell"))
    page.matrix.activated.emit(cell.id)
    assert "→" in page.explanation.lines.text()


def test_a_position_of_the_matrix_leads_to_its_page_and_a_node_to_the_graph(
    page: ConcentrationPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    page.matrix.activated.emit("row:0")
    settle(qtbot)
    assert sample_window.page_name == "positions"
    page.matrix.activated.emit("column:0")
    settle(qtbot)
    assert sample_window.page_name == "dependencies"


def test_many_names_and_columns_fold_and_open(many: ConcentrationPage, qtbot: QtBot) -> None:
    assert len(many.bars.figure.targets) == MOST_BARS
    click(many.all_bars)
    assert len(many.bars.figure.targets) == 40
    assert many.answer is not None
    folded = next(i for i, head in enumerate(many.answer.heads) if head.short == "35 others")
    many.matrix.activated.emit(f"column:{folded}")
    settle(qtbot)
    assert many.answer is not None
    assert sum(head.dimension is Dimension.OPERATOR for head in many.answer.heads) == 40
    many.matrix.chart.setFocus()
    many.matrix.chart.released.emit()
    settle(qtbot)
    assert sum(head.dimension is Dimension.OPERATOR for head in many.answer.heads) == 6


def test_of_2000_positions_only_those_in_sight_are_drawn(many: ConcentrationPage) -> None:
    rows = [target for target in many.matrix.chart.figure.targets if target.id.startswith("row")]
    assert 5 < len(rows) < 40
    assert many.matrix.verticalScrollBar().maximum() > 1900


def test_the_table_twins_have_the_same_numbers_and_are_copied(
    page: ConcentrationPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    choose(sample_window, "show_table")
    settle(qtbot)
    assert page.names_table.isVisible()
    assert page.parts_table.isVisible()
    assert {row.id for row in page.names_table.rows_model.rows} == {t.id for t in page.bars.figure.targets}
    choose(sample_window, "copy")
    assert "P2P.org" in QGuiApplication.clipboard().text()
    page.parts_table.setFocus()
    choose(sample_window, "copy")
    assert QGuiApplication.clipboard().text().startswith("Position\tKind")


@pytest.mark.parametrize("which", [0, 1])
def test_both_charts_are_saved(
    page: ConcentrationPage, sample_window: MainWindow, qtbot: QtBot, tmp_path: Path, which: int
) -> None:
    choose(sample_window, "save_picture")
    menu = dialog(qtbot, QMenu)
    click(menu, menu.actionGeometry(menu.actions()[which]).center())
    name_file(qtbot, tmp_path / "a.svg")
    assert "P2P.org" in (tmp_path / "a.svg").read_text("utf-8")


def test_without_a_price_the_parts_are_still_shown(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(None)
    window.document.edit("Add", drawn("a: 3 ETH -> X -40%-> operator:O"))
    page = shown(window, qtbot)
    assert page.sentence.text() == "Without a price no share is known."
    assert not page.bars.isVisible()
    assert {"cell:0:0", "cell:0:1"} <= {target.id for target in page.matrix.chart.figure.targets}


def test_positions_on_nothing_have_no_matrix(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(None)
    window.document.edit("Add", drawn("a: 3"))
    page = shown(window, qtbot)
    assert not page.matrix.isVisible()
    assert page.standing.note.text() == "No position stands on anything yet."


def test_readers_hear_the_sentence_of_the_page(page: ConcentrationPage) -> None:
    assert page.bars.accessibleName() == page.sentence.text()
    assert page.sentence.text() in page.matrix.chart.accessibleName()
