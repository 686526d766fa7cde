"""The assumptions as cells: shown short, typed again with all digits, unknown never zero."""

from desktop_app.analysis.exposure import exposure
from desktop_app.figures.labels import Labels
from desktop_app.report.assumed import assumption_rows
from desktop_app.ui.tables.assumption_columns import ASSUMPTIONS
from tests.builders import drawn, node

HELD = drawn("a: 100 -> X", "a -> Y", "a -> operator:Z").with_graph([node("X", 0.012, 0.305), node("Y", 0.0)])
ROWS = {row.id: row for row in assumption_rows(HELD, exposure(HELD))}
NODE, ONCE, TAKES = ASSUMPTIONS


def test_a_rate_is_shown_in_whole_years_and_typed_exactly() -> None:
    assert ONCE.shown(ROWS["X"], Labels()) == "83"
    assert ONCE.written(ROWS["X"], Labels()) == "83.333333"
    assert TAKES.shown(ROWS["X"], Labels()) == "30\u202f%"
    assert TAKES.written(ROWS["X"], Labels("de_DE")) == "30,5"


def test_what_cannot_fail_takes_nothing() -> None:
    assert [column.shown(ROWS["Y"], Labels()) for column in (ONCE, TAKES)] == ["never", ""]


def test_what_is_not_known_is_a_question_in_ochre_and_an_empty_field() -> None:
    row = ROWS["operator:Z"]
    assert [column.shown(row, Labels()) for column in (ONCE, TAKES)] == ["?", "?"]
    assert [column.written(row, Labels()) for column in (ONCE, TAKES)] == ["", ""]
    assert ONCE.colour(row) == "warn"
    assert "stays out of the year" in ONCE.tooltip(row, Labels())


def test_the_swatch_has_the_colour_of_the_dimension() -> None:
    assert NODE.swatch(ROWS["operator:Z"]) == "dimension:operator"
