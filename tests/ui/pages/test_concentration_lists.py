"""The lists of the Concentration page: long names leave numbers in sight, broken limits have a sign."""

from desktop_app.domain.positions import Dimension
from desktop_app.figures.labels import Labels
from desktop_app.report.concentrated import DimensionRow, PointRow
from desktop_app.ui.pages.concentration_lists import LONGEST_GATEWAY, dimension_items, point_items

LONG = "A gateway whose name has more than forty letters"


def test_a_long_gateway_is_cut_and_whole_in_the_tooltip() -> None:
    (item,) = point_items([PointRow("x", "X", Dimension.PROTOCOL, 0.5, 1, 3, LONG)], Labels())
    assert len(item.cells[-1].text) <= LONGEST_GATEWAY
    assert LONG in item.tooltip
    assert item.cells[2].text == "1 of 3"


def test_a_point_without_a_gateway_says_that_no_single_exit_removes_it() -> None:
    (item,) = point_items([PointRow("x", "X", Dimension.PROTOCOL, 0.5, 3, 3, "none")], Labels())
    assert item.tooltip.endswith("no single exit removes it")


def test_a_dimension_with_a_broken_limit_has_a_sign_and_says_so() -> None:
    rows = [
        DimensionRow("operator", "Operator", 5, 0.39, 4.2, "Not published"),
        DimensionRow("chain", "Chain", 2, 0.8, 1.5, "Ethereum"),
    ]
    broken, kept = dimension_items(rows, {"operator"}, Labels())
    assert (broken.cells[1].text, kept.cells[1].text) == ("▲", "")
    assert "the largest (Not published) carries" in broken.tooltip
    assert broken.tooltip.endswith("A limit of yours is broken")
