import json
import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from desktop_app import paths
from desktop_app.domain import interchange
from desktop_app.domain.congestion import Congestion
from desktop_app.domain.limits import Limit, LimitKind
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Edge, Exit, ExitStep, Origin, Position, Request, Scenario, Tranche
from desktop_app.errors import UserError
from desktop_app.report.answers import QUESTIONS, answers, to_json
from desktop_app.shipped import sample_portfolio
from tests.domain.generated import portfolios
from tests.storage.portfolios import sample

DATA = Path(__file__).parent.parent / "data/portfolio"
DAY = date(2026, 1, 1)
COMPARED = (
    "portfolio_value",
    "unpriced",
    "exposure",
    "concentration",
    "single_points_of_failure",
    "gateways",
    "stress",
    "expected_annual_loss",
    "loss_distribution",
    "leave_one_out",
    "rewards",
    "withdrawals",
)


@cache
def schema(name: str) -> jsonschema.Draft202012Validator:
    text = (paths.resources() / f"schema/{name}.json").read_text(encoding="utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


def answered(portfolio: Portfolio, question: str = "all") -> Any:
    """Return the answer as a program reads it, checked against its schema."""
    found = json.loads(to_json(answers(portfolio, question, DAY)), parse_constant=pytest.fail)
    schema("answers").validate(found)
    return found


def portfolio(name: str = "open-example") -> Portfolio:
    return interchange.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def differences(expected: Any, found: Any, path: str = "") -> Iterator[str]:
    """Yield where an answer differs from the worked one, in the keys which that one has."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            if not isinstance(found, dict) or key not in found:
                yield f"{path}/{key} is missing"
            else:
                yield from differences(value, found[key], f"{path}/{key}")
    elif isinstance(expected, list):
        if len(expected) != len(found):
            yield f"{path}: {found} instead of {expected}"
        for index, (one, other) in enumerate(zip(expected, found, strict=False)):
            yield from differences(one, other, f"{path}/{index}")
    elif isinstance(expected, float):
        if found is None or not math.isclose(expected, found, rel_tol=1e-9, abs_tol=1e-12):
            yield f"{path}: {found} instead of {expected}"
    elif expected != found:
        yield f"{path}: {found} instead of {expected}"


def test_the_worked_example_is_answered_to_the_digit() -> None:
    expected = json.loads((DATA / "open-example.answers.json").read_text(encoding="utf-8"))
    found = answered(portfolio())
    assert list(differences({key: expected[key] for key in COMPARED}, found)) == []
    assert set(expected) <= set(found)


@pytest.mark.parametrize("key", ["exposure", "concentration", "gateways", "stress"])
def test_the_worked_example_has_nothing_beside(key: str) -> None:
    expected = json.loads((DATA / "open-example.answers.json").read_text(encoding="utf-8"))
    assert set(answered(portfolio())[key]) == set(expected[key])


def test_all_is_the_union_of_the_questions() -> None:
    whole = answered(portfolio())
    parts: dict[str, Any] = {}
    for question in QUESTIONS[1:]:
        part = answered(portfolio(), question)
        parts |= {key: value for key, value in part.items() if key != "unavailable"}
    assert parts == {key: value for key, value in whole.items() if key != "unavailable"}


@pytest.mark.parametrize("question", QUESTIONS)
def test_whatever_is_null_has_its_sentence(question: str) -> None:
    found = answered(portfolio(), question)
    missing = {key for key, value in found.items() if value is None}
    assert missing <= set(found["unavailable"])
    assert all(text.endswith(".") for text in found["unavailable"].values())


def test_an_empty_portfolio_is_answered() -> None:
    found = answered(Portfolio())
    assert found["portfolio_value"] is None
    assert found["exposure"] == {}
    assert found["stress"] == {}
    assert found["concentration"] is None
    assert found["unavailable"]["portfolio_value"] == "No position has a known value."


def test_without_a_price_shares_and_dates_stay() -> None:
    before = portfolio()
    unpriced = [replace(p, value=None, quantity=Decimal("2.5")) for p in before.positions.values()]
    found = answered(before.with_positions(*unpriced))
    assert found["unpriced"][0] == {"position": "A", "asset": "ETH", "quantity": "2.5"}
    assert found["exposure"]["O"]["by_position"]["B"] == pytest.approx(0.8)
    assert found["exposure"]["O"]["value"] is None
    assert found["withdrawals"]["positions"]["A"]["typical"] == 7
    assert found["stress"] is None
    assert {"stress", "concentration", "expected_annual_loss"} <= set(found["unavailable"])


def test_the_value_keeps_every_digit() -> None:
    quantity = Decimal("12345678901234567890.000000000000000001")
    position = Position("P", "P", "ETH", "ETH", quantity, Decimal(1))
    text = to_json(answers(Portfolio().with_positions(position), "positions", DAY))
    assert json.loads(text, parse_float=Decimal)["portfolio_value"] == quantity
    assert json.loads(text)["positions"][0]["value"] == str(quantity)


@pytest.mark.parametrize("size", ["1E-99", "9E+99"])
def test_no_size_of_amounts_stops_an_answer(size: str) -> None:
    position = Position("P", "P", "ETH", "ETH", Decimal(size), Decimal(size))
    found = answered(Portfolio().with_positions(position))
    assert Decimal(found["positions"][0]["value"]) == Decimal(size) * Decimal(size)


def test_an_unpriced_position_stands_in_every_list_without_a_figure() -> None:
    before = portfolio()
    found = answered(before.with_positions(replace(before.positions["A"], value=None)))
    assert found["stress"]["combined"]["by_position"] == {"A": None, "B": pytest.approx(280)}
    assert found["expected_annual_loss"]["by_position"]["A"] is None
    for path in ("stress/combined", "stress/operator", "expected_annual_loss"):
        assert found["unavailable"][f"{path}/by_position/A"] == "“Position A” has no known value."


def test_with_nothing_priced_the_ladder_is_null_and_the_dates_stay() -> None:
    before = portfolio()
    found = answered(before.with_positions(*(replace(p, value=None) for p in before.positions.values())))
    assert found["withdrawals"]["ladder"] is None
    assert "withdrawals/ladder" in found["unavailable"]
    assert found["withdrawals"]["positions"]["A"]["typical"] == 7


def test_an_unknown_duration_is_null_and_said() -> None:
    way_out = Exit((Tranche("all", 1.0, (ExitStep("q", "queue", (), 1.0, None, None),)),))
    before = portfolio()
    found = answered(before.with_positions(replace(before.positions["A"], exit=way_out)), "withdrawals")
    assert found["withdrawals"]["positions"]["A"]["typical"] is None
    assert found["withdrawals"]["days_to_share"]["typical"]["1"] is None
    said = found["unavailable"]["withdrawals/positions/A"]
    assert "The typical and latest dates of “Position A” are" in said
    assert {"withdrawals/days_to_share/typical", "withdrawals/days_to_share/max"} <= set(found["unavailable"])
    assert "withdrawals/days_to_share/min" not in found["unavailable"]


@pytest.mark.parametrize(
    ("broken", "path"),
    [
        (portfolio().with_graph(edges=[Edge("T>A", "X", "T")]), "nodes"),
        (portfolio().with_graph(edges=[Edge("B>R", "B", "R", weight=1.5)]), "edges/B>R"),
        (portfolio().with_positions(replace(portfolio().positions["B"], value=Decimal(-5))), "positions/B"),
        (portfolio().with_scenarios(Scenario("wild", "wild", (("X", 2.0),))), "scenarios/wild"),
    ],
    ids=["circle", "weight over 1", "negative value", "shock over 1"],
)
def test_what_is_wrong_is_said_once_and_the_rest_is_answered(broken: Portfolio, path: str) -> None:
    found = answered(broken)
    said = [key for key in found["unavailable"] if key.startswith(path)]
    assert len(said) == 1
    assert [position["id"] for position in found["positions"]] == ["A", "B"]
    assert set(found["withdrawals"]["positions"]) == {"A", "B"}


@pytest.mark.parametrize(
    "exported", [Portfolio(), portfolio(), sample()], ids=["empty", "example", "everything"]
)
def test_what_is_exported_is_a_valid_interchange_file(exported: Portfolio) -> None:
    schema("portfolio").validate(json.loads(interchange.dumps(exported)))


@pytest.mark.parametrize(
    "record",
    [
        {"schema": "other/1"},
        {"schema": interchange.SCHEMA, "positions": [{"id": "A", "quantity": "1,5"}]},
        {"schema": interchange.SCHEMA, "nodes": [{"id": "A", "dimension": "colour"}]},
        {"schema": interchange.SCHEMA, "groups": [{"id": "g", "node": "A", "residual": "unknown"}]},
        {"schema": interchange.SCHEMA, "limits": [{"id": "l", "kind": "moon", "bound": 1}]},
        {"schema": interchange.SCHEMA, "limits": [{"id": "l", "kind": "days out"}]},
        {"schema": interchange.SCHEMA, "entries": [{"name": "x"}]},
        {"schema": interchange.SCHEMA, "entries": [{"id": "x", "risks": [{"text": "t"}]}]},
        {"schema": interchange.SCHEMA, "entries": [{"id": "x", "symbols": "ETH"}]},
        {"schema": interchange.SCHEMA, "positions": [{"id": "p", "requests": [{"id": "r"}]}]},
    ],
)
def test_what_reading_refuses_the_schema_refuses_too(record: dict[str, Any]) -> None:
    assert not schema("portfolio").is_valid(record)
    with pytest.raises(UserError):
        interchange.loads(json.dumps(record))


def test_limits_come_with_the_present_figure_and_what_is_not_known_is_said() -> None:
    limited = portfolio().with_limits(
        Limit("x", LimitKind.NODE_SHARE, "X", 0.3),
        Limit("days", LimitKind.DAYS_OUT, "0.5", 30),
        Limit("odd", LimitKind.LARGEST_SHARE, "moon", 0.3),
    )
    found = answered(limited, "limits")
    x, days, odd = found["limits"]
    share = answered(limited, "exposure")["exposure"]["X"]["share"]
    assert x == {
        "id": "x",
        "kind": "node share",
        "subject": "X",
        "bound": 0.3,
        "figure": share,
        "broken": share > 0.3,
    }
    assert (days["figure"], days["broken"]) == (7, False)
    assert (odd["figure"], odd["broken"]) == (None, None)
    assert found["unavailable"]["limits/odd"] == "“moon” is no dimension."


def test_without_limits_there_are_none() -> None:
    assert answered(portfolio(), "limits")["limits"] == []


@given(portfolios)
@settings(max_examples=20)
def test_whatever_is_exported_fits_the_schema(exported: Portfolio) -> None:
    schema("portfolio").validate(json.loads(interchange.dumps(exported)))


def test_the_worked_example_is_a_valid_interchange_file() -> None:
    schema("portfolio").validate(json.loads((DATA / "open-example.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", ["portfolio", "answers"])
def test_the_schemas_are_schemas(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name).schema)


def test_the_exit_queue_is_told_where_somebody_waits_behind_it() -> None:
    assert answered(portfolio(), "withdrawals")["withdrawals"]["exit_queue"] is None
    found = answered(sample_portfolio(), "withdrawals")["withdrawals"]
    queue = found["exit_queue"]
    assert (queue["queue_eth"], queue["dated"], queue["churn_eth"]) == ("1240000", "2026-11-23", "256")
    assert (queue["exit_epoch_offset"], queue["positions"]) == (4848, 1)
    waiting = found["positions"][queue["last"]["position"]]
    assert queue["last"]["days"] == waiting["typical"]
    assert any("consensus-specs" in step["cited"] for step in waiting["tranches"][0]["steps"])
    nobody_read = answered(replace(sample_portfolio(), congestion=Congestion()), "withdrawals")
    assert nobody_read["withdrawals"]["exit_queue"]["days"] is None
    assert "exit queue" in nobody_read["unavailable"]["withdrawals/exit_queue"]


def test_what_is_dated_is_told_with_its_day_and_the_moment_of_its_clock() -> None:
    found = answers(sample_portfolio(), "overview", date(2026, 11, 24))["overview"]["dates"]
    assert [(d["kind"], d["position"], d["day"], d["at"]) for d in found] == [
        ("claim", "ezETH", "2026-11-25", None),
        ("claim", "ATOM", "2026-12-03", "2026-12-03T00:00:00Z"),
        ("maturity", "PT-weETH-25MAR2027", "2027-03-25", None),
    ]
    assert (found[0]["earliest"], found[0]["latest"], found[0]["amount"]) == (
        "2026-11-25",
        "2026-12-07",
        Decimal(2),
    )


def test_a_request_with_a_window_is_told_when_it_opens_and_expires() -> None:
    veda = ExitStep("veda-boring-vault/standard/1", "queue", origin=Origin.CATALOGUE)
    rest = ExitStep("step/2", "Leave what was paid out", after=(veda.id,), origin=Origin.ASSUMED)
    asked = Request(
        "r",
        Decimal(1),
        datetime(2026, 1, 1, tzinfo=UTC),
        maturity_seconds=2 * 86400,
        deadline_seconds=86400,
        steps=(veda, rest),
    )
    held = Position("p", "p", "liquidETH", "liquidETH", Decimal(1), Decimal(3000), requests=(asked,))
    found = answered(Portfolio().with_positions(held), "withdrawals")["withdrawals"]["positions"]["p"]
    request = found["tranches"][0]["request"]
    assert request["claim"] == {"min": 2, "typical": 2, "max": 2}
    assert (request["expires"], request["state"], found["typical"]) == (3, "waiting", None)
