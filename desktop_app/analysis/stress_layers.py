"""Which layer a scenario's loss comes through (definitions.md 5 and 7)."""

from collections.abc import Mapping
from datetime import date

from desktop_app.analysis.layering import stages
from desktop_app.analysis.losses import compiled
from desktop_app.analysis.plain_stages import PlainStages, Stage
from desktop_app.analysis.stress import stress
from desktop_app.analysis.worths import worths
from desktop_app.domain.portfolio import Portfolio

WITHOUT = ""
"""Stands for the edges that no layer names: they are always there."""


def loss_by_layer(portfolio: Portfolio, scenario: str, as_of: date | None = None) -> Mapping[str, float]:
    """Return layer name -> what it adds to the loss of a scenario, largest first; they sum to the loss.

    A layer adds the loss of the position with it and what lies below, less the loss without it. Where a
    lower layer already loses everything, the ones above it add nothing.
    """
    losses = stress(portfolio, as_of).get(scenario)
    if losses is None:
        return {}
    shocks, known = dict(portfolio.scenarios[scenario].shocks), worths(portfolio, as_of)
    standing = compiled(portfolio, as_of)
    graph, freed = standing.graph, standing.freed
    hit = [portfolio.positions[p] for p, lost in losses.by_position.items() if lost > 0]
    plain = [Stage(p, count) for p in hit if not p.debt for count in range(len(p.layers) + 1)]
    fractions = iter(PlainStages(portfolio, graph, plain, freed).losses([shocks])[:, 0].tolist())
    added: dict[str, float] = {}
    for position in hit:
        worth = known[position.id]
        if position.debt:
            found = stages(portfolio, graph, position, worth, freed)
            taken = [float(s.losses.of(s.losses.shocks([shocks]))[0, 0]) * float(worth) for s in found]
        else:
            taken = [next(fractions) * float(worth) for _ in range(len(position.layers) + 1)]
        names = [WITHOUT, *(layer.name for layer in position.layers)]
        for name, before, after in zip(names, [0.0, *taken], taken, strict=False):
            added[name] = added.get(name, 0.0) + after - before
    kept = {name: value for name, value in added.items() if abs(value) > 1e-9}
    return dict(sorted(kept.items(), key=lambda item: -item[1]))
