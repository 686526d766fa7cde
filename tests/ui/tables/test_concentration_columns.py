"""The table twins of Concentration hold the numbers of its charts."""

import pytest

from desktop_app.figures.labels import Labels
from desktop_app.ui.tables.concentration_columns import NAMES, PARTS, name_rows, part_rows
from tests.report.holdings import ask, open_example

SEEN = ask(open_example()).overview


def test_names_have_their_share_of_the_portfolio_and_inside_the_dimension() -> None:
    first, second = name_rows("operator", SEEN)
    assert (first.id, second.id) == ("O", "unknown:operator")
    assert (first.share, first.inside) == pytest.approx((0.7, 0.6))
    assert first.positions == 2


def test_an_underlying_asset_counts_no_positions() -> None:
    (row,) = name_rows("underlying", SEEN)
    assert [column.shown(row, Labels()) for column in NAMES] == [
        "ETH",
        "1,500",
        "100\u202f%",
        "100\u202f%",
        "",
    ]


def test_a_dimension_that_is_not_there_has_no_rows() -> None:
    assert name_rows("bridge", SEEN) == ()


def test_every_position_on_every_node_is_a_row() -> None:
    rows = part_rows(SEEN.exposed, SEEN.names)
    expected = {
        (p, n.node): part
        for n in SEEN.exposed.nodes.values()
        if n.dimension != "role"
        for p, part in n.by_position.items()
    }
    assert {tuple(row.id.split("\n")): row.part for row in rows} == expected
    bucket = next(row for row in rows if row.id.endswith("unknown:operator"))
    assert [column.shown(bucket, Labels()) for column in PARTS][1:3] == [
        "Operator",
        "Operators not published",
    ]
