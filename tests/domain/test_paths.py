"""The paths out of a position: what the catalogue knows, and the user's own choice."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from desktop_app import shipped
from desktop_app.domain.interchange import dumps, loads
from desktop_app.domain.paths import exit_by, paths_of, with_path, with_path_terms
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Market, Origin, PathTerms, Request
from desktop_app.domain.stacks import add_holding, holding_of
from desktop_app.errors import UserError
from tests.domain.reach import one

CATALOGUE = shipped.catalogue()


def names(asset: str, **more: object) -> dict[str, str]:
    portfolio, position = one(asset, **more)
    return {path.name: path.only_when for path in paths_of(portfolio, CATALOGUE, position)}


def test_the_paths_are_those_of_what_is_left_first() -> None:
    assert list(names("weETH")) == ["standard", "instant", "priority", "buffer-empty"]
    assert names("weETH")["priority"] == "approved users only"
    assert list(names("stETH")) == ["standard", "bunker-negative-rebase", "bunker-slashing", "market"]
    assert next(iter(names("stETH", protocol="EigenLayer"))) == "standard"
    assert "market" not in names("stETH", protocol="EigenLayer")
    assert names("ETH") == {}


def test_after_an_instant_path_nothing_underneath_is_waited_for() -> None:
    portfolio, position = one("weETH")
    assert [s.id for s in exit_by(portfolio, CATALOGUE, position, "instant").tranches[0].steps] == [
        "etherfi/instant/1"
    ]


def test_a_path_that_gives_a_token_goes_on_with_its_exit() -> None:
    portfolio, position = one("xSolvBTC")
    steps = exit_by(portfolio, CATALOGUE, position, "instant").tranches[0].steps
    assert [s.id for s in steps] == ["solv-xsolvbtc/instant/1", "solvbtc/standard/1"]


def test_the_choice_is_the_positions_and_goes_back(  # and stays in a file
) -> None:
    portfolio, position = one("weETH")
    sold = Market(1.0, 0.01, 0.0, 0.0, 1.0)
    portfolio = portfolio.with_positions(replace(position, exit=replace(position.exit, market=sold)))
    chosen = with_path(portfolio, CATALOGUE, position.id, "instant")
    assert chosen.positions[position.id].exit.path == "instant"
    assert chosen.positions[position.id].exit.market == sold
    assert loads(dumps(chosen)) == chosen
    assert with_path(chosen, CATALOGUE, position.id, "") == portfolio


def test_an_unknown_path_is_refused() -> None:
    portfolio, position = one("weETH")
    with pytest.raises(UserError, match="knows no path “lift”"):
        with_path(portfolio, CATALOGUE, position.id, "lift")


def changed(portfolio: Portfolio, ident: str, **fields: object) -> Portfolio:
    held = replace(holding_of(portfolio, portfolio.positions[ident]), **fields)  # type: ignore[arg-type]
    return add_holding(portfolio, CATALOGUE, held, ident)


def test_the_choice_stays_while_what_is_said_of_the_holding_changes() -> None:
    portfolio, position = one("weETH")
    chosen = with_path(portfolio, CATALOGUE, position.id, "instant")
    assert changed(chosen, position.id, quantity=Decimal(3)).positions[position.id].exit.path == "instant"


def test_a_sale_and_requests_stay_when_the_stack_is_built_anew() -> None:
    portfolio, position = one("weETH")
    sold = replace(position.exit, market=Market(1.0, 0.01, 0.0, 0.0, 1.0))
    asked = (Request("r", Decimal("0.5"), datetime(2026, 11, 24, tzinfo=UTC)),)
    portfolio = portfolio.with_positions(replace(position, exit=sold, requests=asked))
    assert changed(portfolio, position.id, quantity=Decimal(3)).positions[position.id].requests == asked
    rebuilt = changed(portfolio, position.id, operators=("Kiln",)).positions[position.id]
    assert (rebuilt.exit.market, rebuilt.requests) == (sold.market, asked)
    assert changed(portfolio, position.id, asset="stETH").positions[position.id].exit.market is None


def typed(portfolio: Portfolio, ident: str, **fields: object) -> Portfolio:
    """Return the portfolio with the first step of a position's way out as the user has it."""
    held = portfolio.positions[ident]
    (tranche,) = held.exit.tranches
    first = replace(tranche.steps[0], **fields)  # type: ignore[arg-type]
    steps = replace(tranche, steps=(first, *tranche.steps[1:]))
    return portfolio.with_positions(replace(held, exit=replace(held.exit, tranches=(steps,))))


def test_days_that_the_user_typed_come_back_with_their_path() -> None:
    portfolio, position = one("weETH")
    mine = typed(portfolio, position.id, minimum=2.0, typical=4.0, maximum=8.0, origin=Origin.YOURS)
    switched = with_path(mine, CATALOGUE, position.id, "instant")
    assert [s.id for s in switched.positions[position.id].exit.tranches[0].steps] == ["etherfi/instant/1"]
    assert loads(dumps(switched)) == switched
    both = typed(switched, position.id, typical=0.5, origin=Origin.YOURS)
    back = with_path(both, CATALOGUE, position.id, "")
    assert back.positions[position.id].exit.tranches == mine.positions[position.id].exit.tranches
    assert with_path(back, CATALOGUE, position.id, "instant") == both
    assert with_path(with_path(mine, CATALOGUE, position.id, "instant"), CATALOGUE, position.id, "") == mine


def test_what_has_elapsed_comes_back_with_the_days_of_the_catalogue_as_they_are_now() -> None:
    portfolio, position = one("weETH")
    old = typed(portfolio, position.id, typical=99.0, elapsed_days=1.0)
    there = with_path(old, CATALOGUE, position.id, "instant")
    step = with_path(there, CATALOGUE, position.id, "").positions[position.id].exit.tranches[0].steps[0]
    given = portfolio.positions[position.id].exit.tranches[0].steps[0]
    assert step == replace(given, elapsed_days=1.0)


def test_a_choice_there_and_back_leaves_the_terms_in_their_order() -> None:
    portfolio, position = one("weETH")
    for path in ("", "instant"):
        portfolio = with_path_terms(portfolio, position.id, PathTerms(path, 0.01))
    there = with_path(portfolio, CATALOGUE, position.id, "instant")
    assert with_path(there, CATALOGUE, position.id, "") == portfolio
