"""Whether each layer of each position pays for the risk that it adds (definitions.md 7)."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from desktop_app.analysis.annual import assumptions, failing, is_illustrative
from desktop_app.analysis.graph import Graph
from desktop_app.analysis.layering import stages
from desktop_app.analysis.losses import Compiled, compiled, losses_of
from desktop_app.analysis.missing import is_within_total
from desktop_app.analysis.new_risk import NOTHING, NewRisk, new_risk
from desktop_app.analysis.plain_layers import Layers, plain_risks
from desktop_app.analysis.withdrawals import Withdrawals
from desktop_app.analysis.worths import worths
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import BASE_LAYERS, LAYER_NAMES, Position

HOLD = LAYER_NAMES[0]


@dataclass(frozen=True, slots=True)
class LayerReward:
    """One layer of one position. Amounts are in the portfolio's currency a year, rates fractions a year.

    ``layer`` None: one rate for the whole stack, not split over its layers; nothing else is known then.
    ``number``: the layer's place in the position. ``extra``: above plain staking. ``value``: V, None unknown.
    ``rates_below``: B, None where one of them is not known. ``exit_days``: D, typical. ``risk``: what the
    layer adds, in fractions of V. ``fault``: why that cannot be computed, "" where it can.
    """

    position: str
    layer: str | None
    number: int
    extra: bool
    value: float | None
    reward_rate: float | None
    rates_below: float | None = None
    exit_days: float | None = None
    risk: NewRisk = NOTHING
    fault: str = ""

    @property
    def extra_reward(self) -> float | None:
        """Return V r."""
        return _product(self.value, self.reward_rate)

    @property
    def loss_with(self) -> float | None:
        """Return the expected annual loss with this layer and those below it."""
        return _product(self.value, self.risk.loss_with)

    @property
    def loss_without(self) -> float | None:
        """Return the expected annual loss with the layers below it alone."""
        return _product(self.value, self.risk.loss_without)

    @property
    def incremental_expected_loss(self) -> float | None:
        """Return what the layer is expected to lose; None where nothing is assumed about what it adds."""
        return _product(self.value, self.risk.increment)

    @property
    def reward_to_expected_loss(self) -> float | None:
        """Return reward ÷ expected loss: below 1 the layer is not paid for the risk assumed."""
        reward, loss = self.extra_reward, self.incremental_expected_loss
        return None if reward is None or not loss else reward / loss

    @property
    def underpaid(self) -> bool:
        """Tell whether the layer pays less than the loss that is assumed for it."""
        ratio = self.reward_to_expected_loss
        return ratio is not None and ratio < 1

    @property
    def hazard_multiplier(self) -> float | None:
        """Return how many times as risky all new nodes may be until the layer pays just what it loses."""
        return None if self.value is None else self.risk.multiplier

    @property
    def breakeven_simple(self) -> float | None:
        """Return the annual failure probability of the worst new node up to which the layer pays."""
        rate, lost = self.reward_rate, self.risk.loss_given_failure
        if rate is None or lost is None:
            return None
        return _chance(rate, rate / lost if lost > 0 else 1.0)

    @property
    def breakeven_exact(self) -> float | None:
        """Return the same with what the layers below earn, and the time on the way out at risk too."""
        rate, below, lost = self.reward_rate, self.rates_below, self.risk.loss_given_failure
        if rate is None or below is None or lost is None or self.exit_days is None:
            return None
        part = (1 - (1 + below) / (1 + below + rate)) / lost if lost > 0 and 1 + below + rate > 0 else 1.0
        return _chance(rate, 1 - (1 - min(1.0, max(0.0, part))) ** (1 / (1 + self.exit_days / 365)))


@dataclass(frozen=True, slots=True)
class Rewards:
    """All layers but ``hold``, position by position, each from its lowest layer up.

    ``nothing_assumed``: no node that can fail has assumptions, so there are no annual figures at all.
    ``illustrative``: some assumption is made up.
    """

    rows: tuple[LayerReward, ...]
    nothing_assumed: bool
    illustrative: bool = False

    @property
    def ranked(self) -> tuple[LayerReward, ...]:
        """Return the rows, least paid first: unknown rewards, then by ratio, then by break-even."""
        return tuple(sorted(self.rows, key=_rank))

    @property
    def underpaid(self) -> tuple[LayerReward, ...]:
        """Return the layers that pay less than the loss that is assumed for them."""
        return tuple(row for row in self.rows if row.underpaid)

    @property
    def weakest(self) -> LayerReward | None:
        """Return the extra layer that pays something and is the first to stop being worth it."""
        paying = [row for row in self.rows if row.extra and row.breakeven_simple]
        return min(paying, key=lambda row: row.breakeven_simple or 0.0, default=None)

    def reward(self, *, extra: bool) -> float | None:
        """Return what the extra (or the base) layers pay, as far as is known; None where nothing is."""
        return _known(row.extra_reward for row in self.layers(extra=extra))

    def loss(self, *, extra: bool) -> float | None:
        """Return what the extra (or the base) layers are assumed to lose; None where nothing is assumed."""
        return _known(row.incremental_expected_loss for row in self.layers(extra=extra))

    @property
    def extra_ratio(self) -> float | None:
        """Return reward ÷ expected loss of the extra layers together; None while one of either is unknown.

        A total that is not split over its layers is one reward of unknown layers.
        """
        pairs = [(row.extra_reward, row.incremental_expected_loss) for row in self.rows if row.extra]
        if any(reward is None or loss is None for reward, loss in pairs):
            return None
        lost = math.fsum(loss or 0.0 for _, loss in pairs)
        return math.fsum(reward or 0.0 for reward, _ in pairs) / lost if lost > 0 else None

    @property
    def losses_by_layer(self) -> Mapping[str, float]:
        """Return what each layer of all positions is assumed to lose a year, as far as it can be told."""
        lost: dict[str, float] = {}
        for row in self.rows:
            if row.layer is not None and row.incremental_expected_loss is not None:
                lost[row.layer] = lost.get(row.layer, 0.0) + row.incremental_expected_loss
        return lost

    def layers(self, *, extra: bool) -> Iterator[LayerReward]:
        """Yield the extra (or the base) layers that have a rate of their own, or an unknown one."""
        return (row for row in self.rows if row.extra is extra and row.layer is not None)


def rewards(portfolio: Portfolio, out: Withdrawals, as_of: date | None = None) -> Rewards:
    """Return what every layer of the counted positions pays and risks; ``out``: their ways out."""
    known = worths(portfolio, as_of)
    losses = losses_of(portfolio, known, as_of)
    hazards = failing(assumptions(portfolio, losses.reached(by_value=True)))
    annual = bool(hazards) and any(known.values())
    asked = [(p, number) for p in portfolio.counted_positions() for number in _listed(p)]
    sound = [(p, n) for p, n in asked if p.id not in losses.unavailable and not p.layers[n].unsplit]
    risks = _risks(portfolio, sound, known, compiled(portfolio, as_of), annual=annual)
    rows = []
    for position, number in asked:
        finish = out.positions[position.id].finish.typical
        row = _row(position, number, known.get(position.id), finish)
        risk, fault = risks.get((position.id, number), NOTHING), losses.unavailable.get(position.id, "")
        rows.append(row if row.layer is None else replace(row, risk=risk, fault=fault))
    return Rewards(tuple(rows), nothing_assumed=not annual, illustrative=is_illustrative(portfolio, hazards))


def _listed(position: Position) -> list[int]:
    """Return the layers that have a row; those that an unsplit total speaks for have none."""
    layers = position.layers
    return [i for i, la in enumerate(layers) if la.name != HOLD and not is_within_total(position, la)]


def _row(position: Position, number: int, worth: Decimal | None, exit_days: float | None) -> LayerReward:
    layer, value = position.layers[number], None if worth is None else float(worth)
    if layer.unsplit:
        return LayerReward(position.id, None, number, extra=True, value=value, reward_rate=layer.reward_rate)
    return LayerReward(
        position.id,
        layer.name,
        number,
        extra=layer.name not in BASE_LAYERS,
        value=value,
        reward_rate=layer.reward_rate,
        rates_below=_rates_below(position, number),
        exit_days=exit_days,
    )


def _rates_below(position: Position, number: int) -> float | None:
    """Return what the layers below pay together; holding pays nothing unless a rate says otherwise."""
    rates = [0.0 if la.name == HOLD and la.reward_rate is None else la.reward_rate for la in position.layers]
    below = [rate for rate in rates[:number] if rate is not None]
    return math.fsum(below) if len(below) == number else None


def _product(value: float | None, part: float | None) -> float | None:
    return None if value is None or part is None else value * part


def _chance(rate: float, chance: float) -> float:
    """Return a break-even as a probability; what pays nothing is never worth a risk."""
    return 0.0 if rate <= 0 else min(1.0, max(0.0, chance))


def _known(figures: Iterable[float | None]) -> float | None:
    known = [figure for figure in figures if figure is not None]
    return math.fsum(known) if known else None


def _rank(row: LayerReward) -> tuple[bool, float, float]:
    ratio, breakeven = row.reward_to_expected_loss, row.breakeven_simple
    return (
        row.reward_rate is not None and row.layer is not None,
        math.inf if ratio is None else ratio,
        math.inf if breakeven is None else breakeven,
    )


# -- stacks ----------------------------------------------------------------------------------------------


def _risks(
    portfolio: Portfolio, layers: Layers, known: Mapping[str, Decimal], standing: Compiled, *, annual: bool
) -> dict[tuple[str, int], NewRisk]:
    """Return what each layer adds, worked out once for positions with the same stack and the same rates."""
    graph, freed = standing.graph, standing.freed
    plain: dict[tuple[int, int], tuple[Position, int]] = {}
    kinds: dict[object, int] = {}
    shapes: dict[str, int] = {}
    found = {}
    for position, number in layers:
        if position.debt is None:
            if position.id not in shapes:
                shape = (freed.get(position.id), _shape(portfolio, graph, position))
                shapes[position.id] = kinds.setdefault(shape, len(kinds))
            plain.setdefault((shapes[position.id], number), (position, number))
        else:
            found[position.id, number] = _levered(portfolio, standing, position, number, known, annual=annual)
    worked_out = plain_risks(portfolio, graph, list(plain.values()), freed, annual=annual)
    risks = dict(zip(plain, worked_out, strict=True))
    return found | {(p.id, n): risks[shapes[p.id], n] for p, n in layers if p.debt is None}


def _levered(
    portfolio: Portfolio,
    standing: Compiled,
    position: Position,
    number: int,
    known: Mapping[str, Decimal],
    *,
    annual: bool,
) -> NewRisk:
    below, above = stages(portfolio, standing.graph, position, known[position.id], standing.freed)[
        number : number + 2
    ]
    return new_risk(portfolio, below, above, position.layers[number].reward_rate, annual=annual)


def _shape(portfolio: Portfolio, graph: Graph, position: Position) -> object:
    """Return what two positions have in common that stand on the same layers in the same way."""
    own = graph.edges_of(position.id)
    places = {edge.id: i for i, edge in enumerate(own)}
    groups = {edge.group: i for i, edge in reversed(list(enumerate(own))) if edge.group is not None}
    return (
        tuple((e.target, e.mode, e.weight, groups.get(e.group or "")) for e in own),
        tuple((portfolio.groups[g].residual_node, i) for g, i in groups.items()),
        tuple(
            (la.name, la.reward_rate, la.unsplit, tuple(places.get(e, e) for e in la.edges))
            for la in position.layers
        ),
    )
