"""Generated portfolios as the interchange format can hold them: sound or not, every field filled."""

import string
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from hypothesis import strategies as st

from desktop_app.domain.catalogue import Entry
from desktop_app.domain.congestion import Congestion
from desktop_app.domain.imports import ImportRecord, Movement, Price, Replaced
from desktop_app.domain.limits import Break, Limit
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import (
    Basis,
    Dimension,
    Edge,
    Exit,
    ExitStep,
    Group,
    Layer,
    Market,
    Mode,
    Node,
    Origin,
    PathTerms,
    Position,
    Request,
    Scenario,
    Side,
    Status,
    Tranche,
)
from tests.filled import filled, moments

T = TypeVar("T")

ids = st.text(string.ascii_letters + ":#>é ", min_size=1, max_size=6)
texts = st.text(max_size=10)
names = st.text(min_size=1, max_size=10)
numbers = st.floats(allow_nan=False, allow_infinity=False)
amounts = st.decimals(allow_nan=False, allow_infinity=False, places=18, min_value=-(10**20), max_value=10**20)
days = st.dates(date(1970, 1, 1))


def some(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    """Return what may be unknown."""
    return st.none() | strategy


def tuples(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    """Return a few of them."""
    return st.lists(strategy, max_size=2).map(tuple)


def rows(strategy: st.SearchStrategy[T], key: Callable[[T], Any]) -> st.SearchStrategy[dict[Any, T]]:
    """Return a few of them by their key."""
    return st.lists(strategy, max_size=3).map(lambda found: {key(row): row for row in found})


steps = st.builds(
    ExitStep,
    id=ids,
    name=names,
    after=tuples(ids),
    minimum=some(numbers),
    typical=some(numbers),
    maximum=some(numbers),
    slashable=some(st.booleans()),
    elapsed_days=numbers,
    capacity=some(amounts),
    node=some(ids),
    cited=texts,
    verified=some(st.booleans()),
    kind=texts,
)
tranches = tuples(st.builds(Tranche, name=texts, fraction=numbers, steps=tuples(steps)))
exits = st.builds(
    Exit,
    tranches=tranches,
    market=some(st.builds(Market, numbers, numbers, numbers, numbers, numbers)),
    path=texts,
    terms=tuples(filled(PathTerms, texts, cost=some(numbers), capacity=some(amounts), tranches=tranches)),
)
layers = st.builds(Layer, name=names, reward_rate=some(numbers), edges=tuples(ids), unsplit=st.booleans())

requests = filled(Request, texts, id=ids, amount=amounts, steps=tuples(steps))


@st.composite
def positions(draw: st.DrawFn) -> Position:
    """Return a position with a quantity, or with nothing but a value."""
    quantity = draw(some(amounts))
    return Position(
        id=draw(ids),
        name=draw(names),
        asset=draw(names),
        underlying=draw(names),
        quantity=quantity,
        unit_price=draw(some(amounts)),
        total_value=draw(some(amounts)),
        priced_on=draw(some(days)),
        value=None if quantity is not None else draw(some(amounts)),
        debt=draw(some(amounts)),
        liquidation_threshold=draw(some(numbers)),
        liquidation_penalty=draw(some(numbers)),
        account=draw(texts),
        chain=draw(texts),
        opened_on=draw(some(days)),
        status=draw(st.sampled_from(Status)),
        notes=draw(texts),
        layers=draw(tuples(layers)),
        exit=draw(exits),
        import_id=draw(some(ids)),
        import_key=draw(texts),
        adjustment=draw(some(amounts)),
        requests=draw(st.lists(requests, max_size=2, unique_by=lambda r: r.id).map(tuple)),
    )


nodes = st.builds(
    Node,
    id=ids,
    name=names,
    dimension=st.sampled_from(Dimension),
    failure_probability=some(numbers),
    loss_given_failure=some(numbers),
    entry=some(ids),
    origin=st.sampled_from(Origin),
    basis=st.sampled_from(Basis),
)
edges = st.builds(
    Edge,
    id=ids,
    source=ids,
    target=ids,
    mode=st.sampled_from(Mode),
    weight=numbers,
    group=some(ids),
    side=some(st.sampled_from(Side)),
    origin=st.sampled_from(Origin),
    share_given=st.booleans(),
    cited=texts,
    dated=texts,
)
scenarios = st.builds(
    Scenario,
    id=ids,
    name=names,
    shocks=st.dictionaries(ids, numbers, max_size=3).map(lambda shocks: tuple(shocks.items())),
)
whole = st.integers(0, 10**9)
imports = st.builds(
    ImportRecord,
    id=ids,
    file_name=texts,
    sha256=texts,
    imported_at=moments,
    data_rows=whole,
    accepted=whole,
    rejected=whole,
    skipped=whole,
    replaced=st.lists(filled(Replaced, texts), max_size=2).map(tuple),
)
movements = st.builds(
    Movement,
    id=ids,
    import_id=ids,
    asset=names,
    amount=amounts,
    moved_at=moments,
    line=whole,
    reward=st.booleans(),
    cells=texts,
    position=texts,
    told=some(amounts),
)
prices = st.builds(Price, asset=names, on=days, currency=names, price=amounts.map(abs), source=texts)
limits = filled(Limit, texts, id=ids)
breaks = filled(Break, texts, id=ids)
entries = filled(Entry, texts, id=ids)
eth = st.decimals(1, 10**9, places=9)
times = st.decimals("0.01", 100, places=2)
congestions = filled(
    Congestion, texts, queue_eth=some(eth), dated=some(days), total_stake_eth=some(eth), others=times
)

portfolios = st.builds(
    Portfolio,
    currency=names,
    as_of=some(days),
    notice=texts,
    catalogue_version=texts,
    ladder_days=tuples(whole),
    nodes=rows(nodes, lambda n: n.id),
    edges=rows(edges, lambda e: e.id),
    groups=rows(
        st.builds(Group, id=ids, node=ids, residual_node=some(ids), names=tuples(ids)), lambda g: g.id
    ),
    positions=rows(positions(), lambda p: p.id),
    scenarios=rows(scenarios, lambda s: s.id),
    imports=rows(imports, lambda i: i.id),
    movements=rows(movements, lambda m: m.id),
    prices=rows(prices, lambda p: (p.asset, p.on, p.currency)),
    entries=rows(entries, lambda e: e.id),
    limits=rows(limits, lambda x: x.id),
    breaks=rows(breaks, lambda x: x.id),
    congestion=congestions,
)
