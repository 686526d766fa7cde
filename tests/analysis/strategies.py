"""Random small portfolios with edges of every mode, for agreement with the oracle and for the laws."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Edge, Exit, ExitStep, Group, Layer, Market, Mode, Node, Side, Tranche
from tests.builders import node, position

NODES = ("token:a", "protocol:b", "role:c", "operator:d", "service:e")
BUCKETS = (None, "unknown:operator", "unknown:service")

Days = tuple[float | None, float | None, float | None]

fractions = st.integers(0, 8).map(lambda n: n / 8)
weights = st.integers(1, 7).map(lambda n: n / 8)


@st.composite
def portfolios(draw: st.DrawFn, *, indebted: bool = False) -> Portfolio:
    """Draw one to three positions on up to five nodes; edges point down the list, so there is no circle."""
    names = NODES[: draw(st.integers(1, len(NODES)))]
    count = draw(st.integers(1, 3))
    held = [position(f"p{i}", str(draw(st.integers(1, 1000)))) for i in range(count)]
    edges: list[Edge] = []
    groups: list[Group] = []
    for place, name in enumerate([*(p.id for p in held), *names]):
        below = names[max(0, place - count + 1) :] if place >= count else names
        _add_edges(draw, name, below, edges, groups)
    if indebted:
        held[0] = replace(
            held[0],
            debt=Decimal(draw(st.integers(1, 3))) * (held[0].value or 0),
            liquidation_threshold=0.9,
            liquidation_penalty=draw(st.sampled_from([0.0, 0.05])),
        )
        edges = [replace(e, side=draw(st.sampled_from(Side))) if _own_single(e) else e for e in edges]
    return Portfolio(
        nodes={n: _risky(draw, n) for n in names},
        edges={e.id: e for e in edges},
        groups={g.id: g for g in groups},
        positions={p.id: p for p in held},
    )


def _own_single(edge: Edge) -> bool:
    return edge.source == "p0" and edge.mode is not Mode.SPLIT


def _risky(draw: st.DrawFn, name: str) -> Node:
    chance = draw(st.sampled_from([None, 0.0, 0.01, 0.25]))
    return node(name, chance, draw(fractions))


def _add_edges(
    draw: st.DrawFn, source: str, below: Sequence[str], edges: list[Edge], groups: list[Group]
) -> None:
    slices: dict[str, list[tuple[str, int]]] = {}
    for target in below:
        kind = draw(st.sampled_from(["none", "none", "all", "shared", "one", "other"]))
        name = f"{source}>{target}"
        if kind == "all":
            edges.append(Edge(name, source, target))
        elif kind == "shared":
            edges.append(Edge(name, source, target, Mode.SHARED, draw(weights)))
        elif kind != "none":
            slices.setdefault(f"{source}#{kind}", []).append((target, draw(st.integers(1, 4))))
    for group, parts in slices.items():
        whole = sum(part for _, part in parts) + draw(st.integers(0, 4))
        groups.append(Group(group, source, draw(st.sampled_from(BUCKETS))))
        for target, part in parts:
            edges.append(Edge(f"{group}>{target}", source, target, Mode.SPLIT, part / whole, group))


@st.composite
def layered(draw: st.DrawFn) -> Portfolio:
    """Draw a portfolio with a debt whose positions have up to three layers, each with edges of its own."""
    portfolio = draw(portfolios(indebted=True))
    for held in portfolio.positions.values():
        mine = [e.id for e in portfolio.edges.values() if e.source in {held.id, *portfolio.nodes}]
        found = {edge: draw(st.integers(0, 3)) for edge in mine}
        layers = tuple(
            Layer(name, draw(_rates), tuple(edge for edge in mine if found[edge] == number))
            for number, name in enumerate(("hold", "staking", "restaking")[: draw(st.integers(1, 3))], 1)
        )
        way_out = Exit((Tranche("all", 1.0, (ExitStep("s", "s", (), 1.0, draw(_typical), 90.0),)),))
        portfolio = portfolio.with_positions(replace(held, layers=layers, exit=way_out))
    return portfolio


_rates = st.sampled_from([None, -0.05, 0.0, 0.001, 0.02, 0.9])
_typical = st.sampled_from([None, 1.0, 30.0])


def shocks_on(portfolio: Portfolio) -> st.SearchStrategy[dict[str, float]]:
    """Draw a fraction lost for some nodes of a portfolio."""
    return st.dictionaries(st.sampled_from(sorted(portfolio.nodes)), fractions)


_known_days = st.lists(st.integers(0, 60), min_size=3, max_size=3).map(
    lambda days: (float(min(days)), float(sorted(days)[1]), float(max(days)))
)


@st.composite
def exits(draw: st.DrawFn, *, known: bool = False) -> Exit:
    """Draw one or two tranches of up to four steps, each waiting for some of those before it."""
    cut = draw(st.sampled_from([None, 0.25, 0.5]))
    parts = [1.0] if cut is None else [cut, 1 - cut]
    sale = draw(st.none() | st.builds(_market, fractions, fractions, _known_days))
    return Exit(tuple(Tranche(f"t{i}", f, _steps(draw, known=known)) for i, f in enumerate(parts)), sale)


def _market(fraction: float, haircut: float, days: tuple[float, float, float]) -> Market:
    return Market(fraction, haircut, *days)


def _steps(draw: st.DrawFn, *, known: bool) -> tuple[ExitStep, ...]:
    steps: list[ExitStep] = []
    for number in range(draw(st.integers(0, 4))):
        after = draw(st.sets(st.sampled_from([s.id for s in steps]))) if steps else set()
        days = draw(_days(known=known))
        waited = float(draw(st.sampled_from([0, 0, 3])))
        steps.append(ExitStep(f"s{number}", f"s{number}", tuple(sorted(after)), *days, elapsed_days=waited))
    return tuple(steps)


def _days(*, known: bool) -> st.SearchStrategy[Days]:
    if known:
        return _known_days
    lost = st.sampled_from([(), (0, 1, 2), (2,), (1, 2)])
    return st.tuples(_known_days, lost).map(_blanked)


def _blanked(drawn: tuple[tuple[float, ...], tuple[int, ...]]) -> Days:
    minimum, typical, maximum = (None if i in drawn[1] else d for i, d in enumerate(drawn[0]))
    return (minimum, typical, maximum)
