"""Past events as ready scenarios, only where it was published what a holder lost (definitions.md 5)."""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.domain.catalogue import Event
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Scenario


@dataclass(frozen=True, slots=True)
class OfferedScenario:
    """A past event and what it would be again for this portfolio.

    The event says its date, its source and, for each shock, of what the fraction was measured.
    """

    event: Event
    scenario: Scenario


def offered_scenarios(events: Iterable[Event], portfolio: Portfolio) -> tuple[OfferedScenario, ...]:
    """Return the events that can be tried on a portfolio, the newest first.

    A shock strikes its node and the copies of it that positions have of their own (``token:stETH#POSITION``).
    Shocks to nodes that are not there are left out; an event without any shock left is not offered.
    """
    found = [
        OfferedScenario(event, scenario)
        for event in events
        if (scenario := scenario_of(event, portfolio)) is not None
    ]
    return tuple(sorted(found, key=lambda offered: offered.event.date, reverse=True))


def scenario_of(event: Event, portfolio: Portfolio) -> Scenario | None:
    """Return the scenario of one event, None if it has no shock to a node of the portfolio."""
    struck = {shock.node: shock.fraction for shock in event.shocks}
    shocks = tuple(
        (node, struck[original]) for node in portfolio.nodes if (original := node.partition("#")[0]) in struck
    )
    return Scenario(f"event:{event.id}", event.name, shocks) if shocks else None
