"""The graph page: lit and kept nodes, the panel, finding, dimensions, table twin, pictures."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop_app.analysis.overview import overview
from desktop_app.domain.positions import Dimension
from desktop_app.figures.shapes import Curve
from desktop_app.storage.store import Store
from desktop_app.ui.charts.picture import MARGIN, SHARPNESS
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.dependencies import DependenciesPage
from desktop_app.ui.pages.positions import PositionsPage
from desktop_app.ui.place import Place
from desktop_app.ui.widgets.row_list import HATCH
from tests.drivers import button, choose, click, name_file, press, settle, write


@pytest.fixture
def page(sample_window: MainWindow, qtbot: QtBot) -> DependenciesPage:
    sample_window.resize(1280, 720)
    sample_window.go(Place("dependencies"))
    settle(qtbot)
    assert isinstance(sample_window.page, DependenciesPage)
    return sample_window.page


def name_of(page: DependenciesPage) -> str:
    return page.panel.node.name.items[0].cells[0].text


def lit(page: DependenciesPage) -> set[str]:
    """Return the colours of dimensions in which lines are drawn."""
    lines = [shape for shape in page.figure.shapes if isinstance(shape, Curve)]
    return {line.colour for line in lines if line.colour.startswith("dimension:")}


def test_at_rest_the_panel_names_what_most_stands_on(page: DependenciesPage) -> None:
    assert page.panel.rest.isVisible()
    assert page.panel.rest.list.items[0].cells[0].text == "EigenLayer"
    assert "12 positions stand on" in page.panel.rest.sentence.text()


def test_pointing_lights_a_node_and_leaving_puts_it_out(page: DependenciesPage, qtbot: QtBot) -> None:
    page.view.pointed.emit("platform:eigenlayer")
    settle(qtbot)
    assert lit(page) == {"dimension:platform"}
    assert name_of(page) == "EigenLayer"
    page.view.pointed.emit("")
    settle(qtbot)
    assert lit(page) == set()
    assert page.panel.rest.isVisible()


def test_a_click_keeps_a_node_until_it_is_released(page: DependenciesPage, qtbot: QtBot) -> None:
    page.view.chosen.emit("platform:eigenlayer")
    page.view.pointed.emit("")
    settle(qtbot)
    assert lit(page) == {"dimension:platform"}
    page.view.released.emit()
    settle(qtbot)
    assert lit(page) == set()


def test_a_position_is_told_with_what_it_stands_on(page: DependenciesPage, qtbot: QtBot) -> None:
    held = page.portfolio.positions
    position = next(p for p in held.values() if p.asset == "weETH")
    page.view.chosen.emit(position.id)
    settle(qtbot)
    below = {item.cells[0].text for item in page.panel.node.below.items}
    assert {"ether.fi", "EigenLayer"} <= below


def graph_of_two(window: MainWindow, qtbot: QtBot) -> list[str]:
    """Choose two positions in the list, ask for their graph and return their ids."""
    window.go(Place("positions"))
    settle(qtbot)
    positions = window.page
    assert isinstance(positions, PositionsPage)
    chosen = [row.id for row in positions.list.rows_model.rows[1:3]]
    positions.list.choose(*chosen)
    window.actions_by_key["graph_selection"].trigger()
    settle(qtbot)
    assert window.page_name == "dependencies"
    return chosen


def shown_positions(page: DependenciesPage) -> set[str]:
    assert page.answer is not None
    return set(page.answer.portfolio.positions)


def test_the_graph_of_the_selection_is_that_of_a_portfolio_of_these_positions(
    page: DependenciesPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    whole = sample_window.document.portfolio
    chosen = graph_of_two(sample_window, qtbot)
    assert shown_positions(page) == set(chosen)
    assert page.part.isVisible()
    assert page.part.words.text().startswith("2 of 12 positions are shown")
    alone = whole.without_positions(*(whole.positions.keys() - set(chosen)))
    assert page.answer is not None
    assert page.answer.overview == overview(alone, page.as_of)
    assert page.panel.rest.list.items[0].key in alone.nodes
    assert {row.id for row in page.table.rows_model.rows} == page.answer.overview.exposed.nodes.keys()


def test_escape_a_click_and_a_link_to_something_else_lead_back_to_the_whole_graph(
    page: DependenciesPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    whole = set(sample_window.document.portfolio.positions)
    graph_of_two(sample_window, qtbot)
    page.let_go()
    settle(qtbot)
    assert shown_positions(page) == whole
    assert page.part.isHidden()
    graph_of_two(sample_window, qtbot)
    page.part.links["whole"].clicked.emit()
    settle(qtbot)
    assert shown_positions(page) == whole
    chosen = graph_of_two(sample_window, qtbot)
    other = min(whole - set(chosen))
    sample_window.go(Place("dependencies", other))
    settle(qtbot)
    assert shown_positions(page) == whole
    assert page.kept == other


def test_the_selection_ends_when_none_of_it_is_left_and_with_the_file(
    page: DependenciesPage, sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    chosen = graph_of_two(sample_window, qtbot)
    before = sample_window.document.portfolio
    sample_window.document.edit("Delete both", before.without_positions(*chosen))
    settle(qtbot)
    assert shown_positions(page) == before.positions.keys() - set(chosen)
    sample_window.document.stack.undo()
    settle(qtbot)
    graph_of_two(sample_window, qtbot)
    Store.create(tmp_path / "same.stakeout", before).close()
    sample_window.files.open(tmp_path / "same.stakeout")
    settle(qtbot)
    sample_window.go(Place("dependencies"))
    settle(qtbot)
    assert shown_positions(page) == set(before.positions)


def test_a_row_of_the_panel_leads_on(page: DependenciesPage, qtbot: QtBot) -> None:
    page.panel.rest.list.followed.emit(page.panel.rest.list.items[0].key)
    settle(qtbot)
    assert name_of(page) == "EigenLayer"


def test_a_node_is_found_by_a_part_of_its_name(page: DependenciesPage, qtbot: QtBot) -> None:
    page.start_filter()
    write(page.field, "eigenl")
    press(page.field, Qt.Key.Key_Return)
    settle(qtbot)
    assert page.kept == "platform:eigenlayer"


def test_a_hidden_dimension_is_not_drawn_and_is_named(page: DependenciesPage, qtbot: QtBot) -> None:
    action = next(a for a in page._menu.actions() if a.data() == Dimension.PLATFORM)
    action.trigger()
    settle(qtbot)
    assert "platform:eigenlayer" not in {t.id for t in page.figure.targets}
    assert "platforms" in page.panel.rest.ground.text()
    assert page.dimensions.text() == "Dimensions: 7 of 13"


def test_the_table_twin_holds_every_node(
    page: DependenciesPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    choose(sample_window, "show_table")
    assert page.table.isVisible()
    rows = {row.id for row in page.table.rows_model.rows}
    assert page.answer is not None
    assert rows == set(page.answer.overview.exposed.nodes)
    choose(sample_window, "show_table")
    assert page.view.isVisible()


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_the_picture_is_saved(page: DependenciesPage, qtbot: QtBot, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"graph.{kind}"
    click(button(page, "Save picture…"))
    name_file(qtbot, path)
    if kind == "svg":
        assert "EigenLayer" in path.read_text("utf-8")
    else:
        assert QImage(str(path)).width() == round((page.figure.width + 2 * MARGIN) * SHARPNESS)


def test_readers_hear_the_sentence_of_the_page(page: DependenciesPage) -> None:
    assert page.view.accessibleName() == page.panel.rest.sentence.text()


def test_commands_go_to_a_second_line_where_the_title_leaves_no_room(
    page: DependenciesPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    beside = page.field.mapTo(page, page.field.rect().topLeft()).y()
    page.dimensions.setText("Dimensions: 8 of 13, " * 5)
    sample_window.resize(1279, 720)
    settle(qtbot)
    below = page.field.mapTo(page, page.field.rect().topLeft()).y()
    assert below > beside + page.field.height() / 2
    page.dimensions.setText("Dimensions: 8 of 13")
    sample_window.resize(1280, 720)
    settle(qtbot)
    assert page.field.mapTo(page, page.field.rect().topLeft()).y() == beside


def test_esc_lets_go_of_the_kept_node_from_anywhere_in_the_window(
    page: DependenciesPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    for widget in (page.field, page.fit_button, sample_window.rail):
        page.view.chosen.emit("platform:eigenlayer")
        press(widget, Qt.Key.Key_Escape)
        assert page.kept == ""
    settle(qtbot)


def test_what_is_not_published_is_among_what_most_stands_on(page: DependenciesPage) -> None:
    hatched = [item.cells[0].text for item in page.panel.rest.list.items if item.swatch == HATCH]
    assert "Operators not published" in hatched


def test_each_fact_is_a_block_of_its_own(page: DependenciesPage, qtbot: QtBot) -> None:
    page.view.chosen.emit("platform:eigenlayer")
    settle(qtbot)
    texts = [label.text() for label in page.panel.node.fact_texts]
    assert len(texts) > 1
    catalogued = [text for text in texts if "your assumption" not in text]
    assert len(catalogued) == len(texts) - 1
    assert all(text.count("verified.") == 1 for text in catalogued), texts


def test_the_share_of_a_node_explains_itself(page: DependenciesPage, qtbot: QtBot) -> None:
    page.show_item("platform:eigenlayer")
    settle(qtbot)
    page.panel.node.share.explained.emit("share:platform:eigenlayer")
    assert page.explanation.title.text().startswith("How 55")


def test_a_position_with_a_debt_tells_of_its_collateral(page: DependenciesPage, qtbot: QtBot) -> None:
    page.show_item("rsETH")
    settle(qtbot)
    node = page.panel.node
    told = {item.cells[0].text: item.cells[1].text for item in node.debt_rows._items}
    assert told["Collateral"] == "82,848"
    assert told["Loan to value"].startswith("72.7")
    assert told["Liquidated if rsETH loses"].startswith("21.8")
    parts = {item.key: item.cells[2].text for item in node.below._items}
    assert (parts["bridge:layerzero"], parts["lender:aave-v3"]) == ("all", "equity")
    assert parts["operator:kiln"].startswith("51")
