"""A copy of a position has the same stack and edges of its own."""

from desktop_app.analysis.exposure import exposure
from desktop_app.domain.checks import check
from desktop_app.domain.duplicates import duplicate
from desktop_app.domain.stacks import Holding, add_holding
from desktop_app.shipped import catalogue, sample_portfolio
from tests.builders import drawn


def test_a_copy_depends_on_the_same_nodes_by_the_same_parts() -> None:
    before = drawn("me: 1000 -> X", "me -30%-> A", "me -rest-> unknown:operator", "X ~50%~> S")
    after, (copy,) = duplicate(before, "me")
    rhos = {node: found.by_position for node, found in exposure(after).nodes.items()}
    assert rhos
    assert all(by[copy] == by["me"] for by in rhos.values())
    assert check(after) == ()


def test_a_copy_that_is_deleted_leaves_everything_as_it_was() -> None:
    before = sample_portfolio()
    for ident in before.positions:
        after, (copy,) = duplicate(before, ident)
        assert after.without_positions(copy) == before


def test_copies_of_one_name_are_told_apart() -> None:
    once, (first,) = duplicate(drawn("me: 1000"), "me")
    twice, (second,) = duplicate(once, "me")
    names = [p.name for p in twice.positions.values()]
    assert first != second
    assert len(set(names)) == 3


def test_what_was_imported_stays_with_the_original() -> None:
    portfolio = add_holding(sample_portfolio(), catalogue(), Holding("ETH", operators=("P2P", "Kiln")))
    *_, last = portfolio.positions
    after, (copy,) = duplicate(portfolio, last)
    assert after.positions[copy].import_id is None
    assert after.positions[copy].import_key == ""
    assert check(after) == ()


def test_a_copy_has_asked_for_nothing() -> None:
    after, (copy,) = duplicate(sample_portfolio(), "ATOM")
    assert (len(after.positions["ATOM"].requests), after.positions[copy].requests) == (1, ())
