"""What layers add to positions without debt, worked out for all stacks at once (definitions.md 7)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from desktop_app.analysis.annual import assumptions, failing
from desktop_app.analysis.copies import Copies, Floats
from desktop_app.analysis.graph import Graph, Mask, bits
from desktop_app.analysis.multiplier import hazard_multipliers, riskier
from desktop_app.analysis.new_risk import RAISED, NewRisk, severity_of, with_worst
from desktop_app.analysis.plain_stages import PlainStages, Stage
from desktop_app.analysis.sampling import SCRAMBLINGS
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position

AT_ONCE = 2_000
"""So many layers are worked out together: more would only take more memory."""

ROUNDING = 1e-15
"""A smaller spread over scramblings is none."""

Layers = Sequence[tuple[Position, int]]
"""Positions, each with the number of one of its layers."""


def plain_risks(
    portfolio: Portfolio, graph: Graph, layers: Layers, freed: Mapping[str, float], *, annual: bool
) -> list[NewRisk]:
    """Return what each layer of a sound position without debt adds; without ``annual`` no figures of a year.

    ``graph`` is that of the portfolio, ``freed`` as in ``losses.Compiled``.
    """
    found = []
    for start in range(0, len(layers), AT_ONCE):
        found += _Together(portfolio, graph, layers[start : start + AT_ONCE], freed).risks(annual=annual)
    return found


class _Together:
    """Some layers; the stages above them all, then the stages below them all."""

    def __init__(
        self, portfolio: Portfolio, graph: Graph, layers: Layers, freed: Mapping[str, float]
    ) -> None:
        self._portfolio = portfolio
        self._layers = layers
        self._ids = graph.ids
        above = [Stage(position, number + 1) for position, number in layers]
        below = [Stage(position, number) for position, number in layers]
        self._stages = PlainStages(portfolio, graph, [*above, *below], freed)
        self._hazards = failing(assumptions(portfolio, portfolio.nodes))
        self._assumed = assumptions(portfolio, portfolio.nodes).keys()
        self._failing: dict[Graph, Mask] = {}

    def risks(self, *, annual: bool) -> list[NewRisk]:
        """Return what each layer adds."""
        found = self._with_nodes()
        if annual:
            self._add_year(found)
            self._add_multipliers(found)
        return found

    def _added(self, columns: Sequence[Mapping[str, float]]) -> Floats:
        above, below = np.split(self._stages.losses(columns), 2)
        return above - below

    def _with_nodes(self) -> list[NewRisk]:
        """Return the new nodes of each layer and the worst of them."""
        raised = self._added([{node: 1.0} for node in self._ids]) > RAISED
        severities = [severity_of(self._portfolio.nodes.get(node)) for node in self._ids]
        lost = self._added([{node: x} for node, x in zip(self._ids, severities, strict=True)])
        found = []
        for row, new in enumerate(raised):
            places = np.flatnonzero(new).tolist()
            nodes = tuple(self._ids[place] for place in places)
            left_out = tuple(node for node in nodes if node not in self._assumed)
            taken = {self._ids[place]: float(lost[row, place]) for place in places}
            found.append(with_worst(NewRisk(nodes, left_out), self._portfolio, taken))
        return found

    def _add_year(self, found: list[NewRisk]) -> None:
        """Add the expected losses where something is assumed about what a layer adds."""
        expected = [{node: q * severity for node, (q, severity) in self._hazards.items()}]
        above, below = np.split(self._stages.losses(expected)[:, 0], 2)
        errors = self._errors(expected)
        for row, risk in enumerate(found):
            if risk.assumable:
                found[row] = replace(
                    risk, loss_with=float(above[row]), loss_without=float(below[row]), error=errors[row]
                )

    def _errors(self, expected: Sequence[Mapping[str, float]]) -> list[float | None]:
        """Return the errors of the increments, None where they are exact."""
        if not self._stages.uncertain:
            return [None] * len(self._layers)
        drawn = [np.split(self._stages.losses(expected, i)[:, 0], 2) for i in range(SCRAMBLINGS)]
        spread = np.std([above - below for above, below in drawn], axis=0, ddof=1)
        return [float(x) if x > ROUNDING else None for x in spread]

    def _add_multipliers(self, found: list[NewRisk]) -> None:
        """Add how much riskier the new nodes may be, where a layer pays and can lose."""
        asked = [row for row, risk in enumerate(found) if risk.increment is not None and self._rate(row) > 0]
        if not asked:
            return
        met = {row: self._met(row) for row in asked}
        copies = Copies(met)
        count = len(self._layers)
        above, below = (
            np.array([copies.add(*self._stages.row(row + shift), row) for row in asked])
            for shift in (0, count)
        )
        owners = {row: place for place, row in enumerate(asked)}
        cells = [(owners[row], node, node in found[row].new_nodes) for row, node in copies.cells]
        places = np.array([place for place, _, _ in cells], dtype=np.intp)
        raised = np.array([new for _, _, new in cells], dtype=np.bool_)[:, None]
        q, severity = np.array([self._hazards[node] for _, node, _ in cells]).reshape(-1, 2).T[:, :, None]

        def losses(multipliers: Floats) -> Floats:
            chances = np.where(raised, riskier(q, multipliers[places]), q)
            values = copies.values(chances * severity, np.concatenate([above, below]))
            upper, lower = np.split(values, 2)
            return upper - lower

        rates = np.array([self._rate(row) for row in asked])
        for row, multiplier in zip(asked, hazard_multipliers(losses, rates), strict=True):
            found[row] = replace(found[row], multiplier=multiplier)

    def _rate(self, row: int) -> float:
        position, number = self._layers[row]
        return position.layers[number].reward_rate or 0.0

    def _met(self, row: int) -> list[str]:
        """Return the nodes that can fail below the upper stage of a layer."""
        formula, place = self._stages.row(row)
        graph = formula.graph
        if graph not in self._failing:
            self._failing[graph] = sum(1 << graph.index[node] for node in self._hazards)
        return [graph.ids[node] for node in bits(formula.reached[place] & self._failing[graph])]
