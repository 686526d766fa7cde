import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from desktop_app.domain.interchange import SCHEMA, dumps, loads
from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError
from tests.domain.generated import portfolios

DATA = Path(__file__).parent.parent / "data" / "portfolio"


def text(**keys: Any) -> str:
    return json.dumps({"schema": SCHEMA, **keys})


@given(portfolios)
@settings(max_examples=60)
def test_what_was_written_is_read_back_equal(portfolio: Portfolio) -> None:
    assert loads(dumps(portfolio)) == portfolio


@pytest.mark.parametrize("name", ["open-example.json", "debt-example.json"])
def test_a_file_without_our_further_keys_is_read(name: str) -> None:
    portfolio = loads((DATA / name).read_text("utf-8"))
    assert portfolio.positions
    assert loads(dumps(portfolio)) == portfolio


def test_the_example_has_the_values_that_stand_in_it() -> None:
    portfolio = loads((DATA / "open-example.json").read_text("utf-8"))
    assert portfolio.positions["A"].value == Decimal(1000)
    assert portfolio.positions["A"].exit.tranches[0].steps[0].maximum == 13.0
    assert portfolio.edges["X>O"].weight == 0.3
    assert portfolio.groups["X#validators"].residual_node == "unknown:operator"
    assert portfolio.scenarios["combined"].shocks == (("X", 0.3), ("O", 0.5), ("S1", 1.0))


def test_amounts_are_exact_to_the_last_digit() -> None:
    position = {"id": "p", "asset": "ETH", "quantity": 0.1, "unit_price": "3000.000000000000000001"}
    loaded = loads(json.dumps({"schema": SCHEMA, "positions": [position]})).positions["p"]
    assert (loaded.quantity, loaded.unit_price) == (Decimal("0.1"), Decimal("3000.000000000000000001"))
    assert '"3000.000000000000000001"' in dumps(Portfolio().with_positions(loaded))


def test_a_missing_duration_is_unknown() -> None:
    way = {"tranches": [{"name": "all", "fraction": 1, "steps": [{"id": "s", "min": 1, "typical": None}]}]}
    loaded = loads(text(positions=[{"id": "p", "asset": "ETH", "exit": way}]))
    step = loaded.positions["p"].exit.tranches[0].steps[0]
    assert (step.minimum, step.typical, step.maximum) == (1.0, None, None)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "not readable JSON"),
        ("{", "not readable JSON"),
        ("[" * 100_000, "brackets stand too deep"),
        ("[]", "no object with keys"),
        ("{}", "its key “schema” is missing"),
        ('{"schema": 1' + "0" * 6000 + "}", "a whole number of thousands of digits"),
        (text(edges=[{"id": "e", "from": "a", "to": "b", "weight": 10**400}]), "expected is a number below"),
        (text(ladder_days=[10**400]), "a list of whole numbers"),
        ('{"schema": "other/1"}', "its schema is “other/1”"),
        (
            '{"schema": "' + SCHEMA + '", "positions": [{"id": "p", "quantity": NaN}]}',
            "NaN, which is not a number",
        ),
        ('{"schema": "' + SCHEMA + '", "notice": "a", "notice": "b"}', "“notice” stands twice"),
        (text(nodes=[{"id": "n", "dimension": "moon"}]), "In nodes “n”, “dimension” is “moon”"),
        (text(nodes=[{"dimension": "token"}]), "In nodes, number 1, “id” is missing"),
        (text(nodes=[{"id": "n", "dimension": "token"}] * 2), "The id “n” is used twice"),
        (text(edges=[{"id": "e", "from": "a"}]), "In edges “e”, “to” is missing"),
        (text(groups=[{"id": "g", "node": "a", "residual": "some"}]), "“residual” is “some”"),
        (text(positions=[{"id": "p", "quantity": "1,5"}]), "In positions “p”, “quantity” is “1,5”"),
        (text(positions=[{"id": "p", "status": "lost"}]), "expected is one of active, pending"),
        (text(positions=[{"id": "p", "exit": {"tranches": [{"name": "x"}]}}]), "“fraction” is missing"),
        (text(prices=[{"asset": "ETH", "currency": "USD", "price": "1"}]), "“date” is missing"),
        (text(prices=[{"asset": "E", "currency": "USD", "date": "2026-01-01", "price": "-1"}]), "0 or more"),
        (text(movements=[{"id": "m", "import_id": "i", "asset": "ETH"}]), "“amount” is missing"),
        (text(scenarios=[{"id": "s", "shocks": {"n": None}}]), "“n” is missing"),
        (text(as_of="yesterday"), "a date such as 2026-01-31"),
        (text(limits=[{"id": "l", "kind": "days out"}]), "In limits “l”, “bound” is missing"),
        (text(limits=[{"id": "l", "kind": "moon", "bound": 1}]), "expected is one of node share"),
        (text(entries=[{"name": "x"}]), "In entries, number 1, “id” is missing"),
        (text(entries=[{"id": "x", "exits": [{"name": "s"}]}]), "“source” is missing"),
        (
            text(positions=[{"id": "p", "requests": [{"id": "r", "amount": "1"}]}]),
            "“requested_at” is missing",
        ),
        (
            text(positions=[{"id": "p", "requests": [{"id": "r", "amount": "1", "requested_at": "today"}]}]),
            "In requests “r”, “requested_at” is “today”",
        ),
    ],
)
def test_what_is_no_portfolio_is_refused_with_one_sentence(content: str, words: str) -> None:
    with pytest.raises(UserError) as caught:
        loads(content)
    assert words in caught.value.text
    assert "\n" not in caught.value.text
