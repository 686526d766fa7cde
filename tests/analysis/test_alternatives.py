"""The ways out side by side: when, how much, at what cost, slashable until when."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from desktop_app import shipped
from desktop_app.analysis.alternatives import Way, cheapest, fastest, ways
from desktop_app.analysis.withdrawals import Days
from desktop_app.domain.paths import with_path, with_path_terms
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Market, Origin, PathTerms, Position, Request
from tests.builders import position, step, way_out
from tests.domain.reach import one

AS_OF = date(2026, 11, 24)
CATALOGUE = shipped.catalogue()


def found(portfolio: Portfolio, held: Position, **asked: object) -> dict[str, Way]:
    return {w.path: w for w in ways(portfolio, CATALOGUE, held, AS_OF, **asked)}  # type: ignore[arg-type]


def test_each_path_says_when_how_much_and_at_what_cost() -> None:
    portfolio, held = one("stETH")
    sold = replace(held, exit=replace(held.exit, market=Market(0.8, 0.01, 0.0, 0.5, 1.0)))
    seen = found(portfolio.with_positions(sold), sold)
    assert seen[""].finish == Days(1, None, 5)
    assert (seen[""].arrives, seen[""].cost, seen[""].slashable) == (1, 0, Days(1, None, 5))
    assert seen["market"].finish == Days(0, 0.5, 1)
    assert (seen["market"].arrives, seen["market"].cost) == (0.8, 0.01)
    assert seen["bunker-slashing"].only_when
    assert not seen["bunker-slashing"].is_choice


def test_what_nobody_prices_has_no_known_cost() -> None:
    seen = found(*one("weETH"))
    assert (seen["instant"].cost, seen["instant"].slashable) == (None, None)
    assert seen["instant"].steps[0].id == "etherfi/instant/1"


@pytest.mark.parametrize(
    ("asset", "more", "path", "fee"),
    [
        ("rsETH", {}, "instant", 0.002),
        ("JitoSOL", {}, "", 0.001),
        ("JitoSOL", {"protocol": "Jito (Re)staking vaults"}, "", 1 - 0.998 * 0.999),
        ("vDOT", {}, "", 0.001),
        ("frxETH", {}, "", None),
        ("ezSOL", {}, "", None),
        ("weETH", {}, "", 0),
        ("xSolvBTC", {}, "instant", None),
    ],
)
def test_a_fee_that_a_source_names_is_the_cost(
    asset: str, more: dict[str, str], path: str, fee: float | None
) -> None:
    assert found(*one(asset, **more))[path].cost == (None if fee is None else pytest.approx(fee))


def test_what_the_user_has_settled_on_is_a_choice_also_under_a_condition() -> None:
    portfolio, held = one("DOT", layer="staking")
    seen = tuple(found(portfolio, held).values())
    assert [(way.path, way.is_choice) for way in seen] == [("", True), ("fast-unbond", False)]
    assert fastest(seen) is cheapest(seen) is seen[0]


def test_a_partial_withdrawal_leaves_32_eth_in_a_validator() -> None:
    portfolio, held = one("ETH", layer="staking")
    held = replace(held, quantity=Decimal(40))
    portfolio = portfolio.with_positions(held)
    assert found(portfolio, held)["partial"].arrives is None
    for amount, arrives in (("8", 1), ("8.000000001", None)):
        asked = Request("r", Decimal(amount), datetime(2026, 11, 24, tzinfo=UTC))
        assert found(portfolio, held, request=asked)["partial"].arrives == arrives


def test_a_claim_follows_also_where_a_path_holds_under_a_condition() -> None:
    portfolio, held = one("BTC", protocol="Babylon")
    seen = found(portfolio, held)
    for path in ("legacy-params", "hold-to-expiry"):
        assert [step.id for step in seen[path].steps] == [f"babylon/{path}/1", "babylon/standard/2"]
    assert seen["legacy-params"].finish.typical == pytest.approx(7.01)
    bunker = found(*one("stETH"))["bunker-slashing"].steps
    assert [step.id for step in bunker] == ["lido/bunker-slashing/1", "lido/standard/2"]
    native = found(*one("weETH"))["buffer-empty"].steps
    assert [step.id for step in native] == ["etherfi/buffer-empty/1"]


def test_a_sale_of_the_users_own_is_a_way_also_where_the_catalogue_knows_none() -> None:
    held = position("p", exit=replace(way_out(step("a", 5)), market=Market(1.0, 0.02, 0.0, 0.0, 0.0)))
    seen = found(Portfolio().with_positions(held), held)
    assert list(seen) == ["", "market"]
    assert seen[""].finish == Days(5, 5, 5)
    assert seen[""].chosen


def test_a_capacity_lets_only_a_part_arrive() -> None:
    narrow = step("buffer", 0, capacity=Decimal(250))
    held = position("p", "1000", exit=way_out(narrow))
    assert found(Portfolio().with_positions(held), held)[""].arrives == 0.25


def test_the_fastest_and_the_cheapest_are_choices_of_the_user() -> None:
    quick = Way("instant", (), Days(0, 0, None), 1.0, None, None)
    sale = Way("market", (), Days(0, 0, 1), 1.0, 0.01, None)
    slow = Way("", (), Days(1, 7, 9), 1.0, 0.0, None)
    barred = Way("priority", (), Days(0, 0, 0), 1.0, 0.0, None, only_when="approved users only")
    frozen = Way("x", (), Days(0, 0, 0), 0.0, 0.0, None)
    every = (quick, sale, slow, barred, frozen)
    assert fastest(every) is sale
    assert cheapest(every) is slow
    assert fastest((barred,)) is None
    assert cheapest((quick,)) is None


def test_the_chosen_path_is_the_positions_own() -> None:
    portfolio, held = one("weETH")
    chosen = with_path(portfolio, CATALOGUE, held.id, "instant")
    seen = found(chosen, chosen.positions[held.id])
    assert [path for path, way in seen.items() if way.chosen] == ["instant"]
    assert seen[""].finish.typical is None
    assert seen[""].finish.max == found(portfolio, held)[""].finish.max


def test_days_count_from_the_request() -> None:
    held = position("p", exit=way_out(step("a", 5, slashable=True)))
    counted = replace(held, quantity=Decimal(10), value=None)
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    seen = found(Portfolio().with_positions(counted), counted, request=Request("", Decimal(2), at))
    assert (seen[""].finish, seen[""].slashable) == (Days(5, 5, 5), Days(5, 5, 5))


def test_the_terms_that_the_user_knows_count() -> None:
    portfolio, held = one("weETH")
    priced = replace(held, unit_price=Decimal(4000))
    known = with_path_terms(
        portfolio.with_positions(priced), held.id, PathTerms("instant", 0.003, Decimal(1000))
    )
    way = found(known, known.positions[held.id])["instant"]
    assert (way.cost, way.arrives) == (0.003, 0.25)
    gone = with_path_terms(known, held.id, PathTerms("instant"))
    assert gone.positions[held.id].exit.terms == ()


def test_a_request_tells_the_clock_of_its_own_way() -> None:
    portfolio, held = one("liquidETH")
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    asked = Request("", Decimal(1), at, maturity_seconds=2 * 86400, deadline_seconds=86400)
    seen = found(portfolio, held, request=asked)
    assert seen[""].steps[0].typical == 3
    other = found(portfolio, held, request=replace(asked, path="delayed-withdraw"))
    assert (seen["delayed-withdraw"].slashable, other["delayed-withdraw"].slashable) == (
        Days(None, None, None),
        Days(2, 2, 2),
    )
    vault = step("symbiotic/standard/1", 7, 10.5, 14, origin=Origin.CATALOGUE)
    counted = position("p", exit=way_out(vault), quantity=Decimal(10), value=None)
    phase = datetime(2026, 11, 17, 12, tzinfo=UTC)
    seen = found(
        Portfolio().with_positions(counted), counted, request=Request("", Decimal(2), at, phase=phase)
    )
    assert seen[""].finish == Days(11, 11, 11)
