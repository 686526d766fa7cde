"""Arrow keys: along the widest line, else to the nearest target that way, never nowhere."""

from PySide6.QtCore import Qt

from desktop_app.figures.shapes import Target
from desktop_app.ui.charts.walking import next_target, target_at

A, B, C, D = (
    Target(name, x, y, 50, 20, name)
    for name, x, y in (("a", 0, 0), ("b", 0, 40), ("c", 100, 0), ("d", 100, 300))
)
ALL = (A, B, C, D)


def test_without_a_start_the_first_one_is_taken() -> None:
    assert next_target(ALL, None, Qt.Key.Key_Up) is A
    assert next_target((), None, Qt.Key.Key_Up) is None


def test_the_nearest_that_way_is_next() -> None:
    assert next_target(ALL, A, Qt.Key.Key_Down) is B
    assert next_target(ALL, A, Qt.Key.Key_Right) is C
    assert next_target(ALL, C, Qt.Key.Key_Left) is A


def test_a_line_leads_further_than_the_eye() -> None:
    assert next_target(ALL, A, Qt.Key.Key_Right, {"a": ("d", "c")}) is D


def test_lines_do_not_bend_up_and_down() -> None:
    assert next_target(ALL, A, Qt.Key.Key_Down, {"a": ("d",)}) is B


def test_at_the_edge_nothing_changes() -> None:
    assert next_target(ALL, D, Qt.Key.Key_Right) is D


def test_the_target_in_front_is_under_the_pointer() -> None:
    over = Target("over", 10, 5, 10, 10, "over")
    assert target_at((A, over), 12, 8) is over
    assert target_at((A, over), 2, 2) is A
    assert target_at((A, over), 80, 80) is None
