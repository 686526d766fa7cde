"""A scenario's loss, layer by layer: the parts sum to the loss."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.stress import stress
from desktop_app.analysis.stress_layers import WITHOUT, loss_by_layer
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Scenario
from tests.analysis.strategies import portfolios, shocks_on
from tests.builders import drawn, layer

LAYERED = drawn("p: 1000 -> Lido", "p -> EigenLayer", "p -> Safe")
STACK = (layer("liquid staking", None, "p>Lido"), layer("restaking", None, "p>EigenLayer"))


def layered(*shocks: tuple[str, float]) -> Portfolio:
    row = replace(LAYERED.positions["p"], layers=STACK)
    return LAYERED.with_positions(row).with_scenarios(Scenario("s", "s", shocks))


def test_each_layer_adds_what_it_loses_on_top_of_the_ones_below() -> None:
    found = loss_by_layer(layered(("Lido", 0.2), ("EigenLayer", 0.5)), "s")
    assert found == pytest.approx({"restaking": 400.0, "liquid staking": 200.0})


def test_what_no_layer_names_stands_apart() -> None:
    assert loss_by_layer(layered(("Safe", 0.1)), "s") == pytest.approx({WITHOUT: 100.0})


def test_a_scenario_that_is_not_there_has_no_layers() -> None:
    assert loss_by_layer(layered(), "gone") == {}


@given(st.data())
def test_layers_sum_to_the_loss(data: st.DataObject) -> None:
    portfolio = data.draw(portfolios(indebted=True))
    shocks = data.draw(shocks_on(portfolio))
    asked = portfolio.with_scenarios(Scenario("s", "s", tuple(shocks.items())))
    loss = stress(asked).get("s")
    parts = loss_by_layer(asked, "s")
    assert sum(parts.values()) == pytest.approx(loss.loss if loss else 0.0, abs=1e-6)
