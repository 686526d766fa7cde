"""Scenarios of the user: kept, renamed, combined, duplicated, taken away; each an edit of the portfolio."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from desktop_app.domain.names import slug
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Scenario, is_unknown
from desktop_app.errors import UserError

Shocks = Mapping[str, float]
"""Node id -> fraction lost."""


def with_scenario(portfolio: Portfolio, name: str, shocks: Shocks, scenario_id: str = "") -> Portfolio:
    """Add a scenario, or replace the one with an id; raises UserError where it cannot be one.

    Fractions are of what is left of each unit, more than 0 and at most 1 (definitions.md 5).
    """
    name = name.strip()
    if not name:
        raise UserError("A scenario needs a name.")
    if not shocks:
        raise UserError(f"“{name}” hits nothing yet.", "Add a node and say how much of it is lost.")
    for node, fraction in shocks.items():
        if node not in portfolio.nodes or is_unknown(node):
            raise UserError(f"“{node}” is not in the portfolio.")
        if not 0 < fraction <= 1:
            raise UserError(f"“{portfolio.nodes[node].name}” must lose more than 0 and at most 100 %.")
    ident = scenario_id or _free_id(portfolio, name)
    return portfolio.with_scenarios(Scenario(ident, name, tuple(shocks.items()))).without_orphans(portfolio)


def without_scenarios(portfolio: Portfolio, *ids: str) -> Portfolio:
    """Take scenarios away, and the nodes that only they hit."""
    kept = {k: s for k, s in portfolio.scenarios.items() if k not in ids}
    return replace(portfolio, scenarios=kept).without_orphans(portfolio)


def duplicated(portfolio: Portfolio, scenario: Scenario) -> tuple[Portfolio, Scenario]:
    """Return the portfolio with a copy of a scenario, and the copy, under a name that is free."""
    name = free_name(portfolio, scenario.name)
    copy = Scenario(_free_id(portfolio, name), name, scenario.shocks)
    return portfolio.with_scenarios(copy), copy


def free_name(portfolio: Portfolio, name: str) -> str:
    """Return the name, or the name with the lowest number behind it that no scenario has yet."""
    taken = {scenario.name for scenario in portfolio.scenarios.values()}
    number, free = 2, name
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def combined(several: Iterable[Iterable[tuple[str, float]]]) -> dict[str, float]:
    """Return the shocks of several scenarios together; what hits a node twice takes of what is left."""
    shocks: dict[str, float] = {}
    for one in several:
        for node, fraction in one:
            shocks[node] = 1 - (1 - shocks.get(node, 0.0)) * (1 - fraction)
    return shocks


def _free_id(portfolio: Portfolio, name: str) -> str:
    wanted = slug(name) or "scenario"
    number, free = 2, wanted
    while free in portfolio.scenarios:
        free, number = f"{wanted}-{number}", number + 1
    return free
