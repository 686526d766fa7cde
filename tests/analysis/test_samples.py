"""The two worked examples give their answers to every digit."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop_app.analysis.annual import expected_annual_loss
from desktop_app.analysis.concentration import concentration
from desktop_app.analysis.dependencies import dependencies
from desktop_app.analysis.exposure import exposure
from desktop_app.analysis.rewards import rewards
from desktop_app.analysis.stress import stress
from desktop_app.analysis.withdrawals import Days, withdrawals
from desktop_app.analysis.year import year
from desktop_app.domain import interchange
from desktop_app.domain.portfolio import Portfolio

DATA = Path(__file__).parents[1] / "data" / "portfolio"


@pytest.fixture(params=["open", "debt"])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def portfolio(name: str) -> Portfolio:
    return interchange.loads((DATA / f"{name}-example.json").read_text(encoding="utf-8"))


@pytest.fixture
def answers(name: str) -> dict[str, Any]:
    answers: dict[str, Any] = json.loads((DATA / f"{name}-example.answers.json").read_text(encoding="utf-8"))
    return answers


def agree(found: Any, expected: Any) -> None:
    """Compare records key by key, numbers to a relative 1e-9."""
    if isinstance(expected, dict):
        assert found.keys() == expected.keys()
        for key, value in expected.items():
            agree(found[key], value)
    elif isinstance(expected, list):
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            agree(one, other)
    elif isinstance(expected, float):
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)
    else:
        assert found == expected


def fields(answer: object, expected: dict[str, Any]) -> dict[str, Any]:
    return {key: getattr(answer, key) for key in expected}


def test_exposure(portfolio: Portfolio, answers: dict[str, Any]) -> None:
    found = exposure(portfolio)
    assert found.portfolio_value == answers["portfolio_value"]
    assert (found.unpriced, found.unavailable, found.sampled) == ((), {}, {})
    agree({n: fields(a, answers["exposure"][n]) for n, a in found.nodes.items()}, answers["exposure"])


def test_concentration(portfolio: Portfolio, answers: dict[str, Any]) -> None:
    expected = answers["concentration"]
    found = concentration(portfolio, exposure(portfolio)).dimensions
    agree({d: fields(measures, expected[d]) for d, measures in found.items()}, expected)


def test_single_points_of_failure(portfolio: Portfolio, answers: dict[str, Any]) -> None:
    if expected := answers.get("single_points_of_failure"):
        found = concentration(portfolio, exposure(portfolio)).single_points
        records = [fields(point, expected[0]) for point in found]
        agree(
            [{**r, "fully_dependent_positions": [*r["fully_dependent_positions"]]} for r in records], expected
        )


def test_gateways(portfolio: Portfolio, answers: dict[str, Any]) -> None:
    assert dependencies(portfolio, exposure(portfolio)).gateways == answers["gateways"]


def test_stress(portfolio: Portfolio, answers: dict[str, Any]) -> None:
    agree({s: fields(a, answers["stress"][s]) for s, a in stress(portfolio).items()}, answers["stress"])


def test_expected_annual_loss(portfolio: Portfolio, answers: dict[str, Any]) -> None:
    agree(
        fields(expected_annual_loss(portfolio), answers["expected_annual_loss"]),
        answers["expected_annual_loss"],
    )


def test_withdrawals(portfolio: Portfolio, answers: dict[str, Any]) -> None:
    found = withdrawals(portfolio)
    if expected := answers.get("withdrawals"):
        plans = {
            position: {
                **days(plan.finish),
                "tranches": [
                    {"name": t.name, "fraction": t.fraction, **days(t.finish)} for t in plan.tranches
                ],
            }
            for position, plan in found.positions.items()
        }
        ladder = {
            "days": list(found.ladder.days),
            "protocol": {p: list(values) for p, values in found.ladder.protocol.items()},
            "market_first": {p: list(values) for p, values in found.ladder.market_first.items()},
        }
        shares = {p: {f"{s:g}": d for s, d in x.items()} for p, x in found.days_to_share.items()}
        agree({"positions": plans, "ladder": ladder, "days_to_share": shares}, expected)


def test_rewards(portfolio: Portfolio, answers: dict[str, Any]) -> None:
    rows = rewards(portfolio, withdrawals(portfolio)).rows
    for row, expected in zip(rows, answers["rewards"], strict=True):
        multiplier = expected.pop("hazard_multiplier", None)
        agree({key: getattr(row if hasattr(row, key) else row.risk, key) for key in expected}, expected)
        if multiplier is not None:
            assert row.hazard_multiplier == pytest.approx(multiplier, rel=1e-6)


def test_a_loop_is_held_against_each_stage_of_its_layers(portfolio: Portfolio, name: str) -> None:
    if name == "debt":
        bridge, collateral = rewards(portfolio, withdrawals(portfolio)).rows
        losses = (bridge.loss_without, bridge.loss_with, collateral.loss_with)
        assert [round(loss or 0, 4) for loss in losses] == [935.8088, 1694.6319, 1859.0141]


def test_the_year(portfolio: Portfolio, answers: dict[str, Any]) -> None:
    found, expected = year(portfolio), answers["loss_distribution"]
    assert found is not None
    single = {k: expected[k] for k in ("mean", "p_no_loss", "max_loss")}
    agree(fields(found, single), single)
    for measure, values in (("var", found.tail.var), ("cvar", found.tail.cvar)):
        assert {f"{level:g}": x for level, x in values.items()} == pytest.approx(expected[measure], abs=1e-6)
    for level, parts in expected.get("cvar_by_position", {}).items():
        assert found.cvar_by_position[float(level)] == pytest.approx(parts, abs=1e-6)
    for node, out in answers.get("leave_one_out", {}).items():
        mine = found.leave_one_out[node]
        assert mine.expected_annual_loss == pytest.approx(out["expected_annual_loss"], rel=1e-9)
        assert {f"{level:g}": x for level, x in mine.cvar.items()} == pytest.approx(out["cvar"], abs=1e-6)


def days(finish: Days) -> dict[str, float | None]:
    return {"min": finish.min, "typical": finish.typical, "max": finish.max}
