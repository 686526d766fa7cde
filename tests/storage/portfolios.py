"""Generated portfolios: every field filled with whatever its type allows."""

import string
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from hypothesis import strategies as st

from desktop_app.domain.calendar_log import CalendarLog, Told
from desktop_app.domain.catalogue import Entry
from desktop_app.domain.congestion import Congestion
from desktop_app.domain.imports import ImportRecord, Movement, Price, Replaced
from desktop_app.domain.limits import Break, Limit, LimitKind
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
from tests.filled import filled

T = TypeVar("T")

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["'; DROP TABLE positions; --", "=1+1", "\x00", "weETH \U0001f95b", "%s {0} ?", '"', "\r\n"]
)
ids = st.text(string.ascii_letters + ":#>é\U0001f95b'\"%", min_size=1, max_size=6)
numbers = st.floats(allow_nan=False, allow_infinity=False)
whole = st.integers(-(2**63), 2**63 - 1)
amounts = st.decimals(allow_nan=False, allow_infinity=False, places=18) | st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(-(10**60), 10**60), st.integers(0, 30)
)
moments = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)).map(lambda t: t.replace(tzinfo=UTC))  # noqa: DTZ001
origins = st.sampled_from(Origin)


def some(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.none() | strategy


def listed(strategy: st.SearchStrategy[T], size: int = 3) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(strategy, max_size=size).map(tuple)


def mapped(
    strategy: st.SearchStrategy[T],
    key: Callable[[T], Any] = lambda row: row.id,  # type: ignore[attr-defined]
) -> st.SearchStrategy[dict[Any, T]]:
    return st.lists(strategy, max_size=4).map(lambda rows: {key(row): row for row in rows})


nodes = st.builds(
    Node,
    ids,
    texts,
    st.sampled_from(Dimension),
    some(numbers),
    some(numbers),
    some(texts),
    origins,
    st.sampled_from(Basis),
)
edges = st.builds(
    Edge,
    ids,
    texts,
    texts,
    st.sampled_from(Mode),
    numbers,
    some(texts),
    some(st.sampled_from(Side)),
    origins,
    st.booleans(),
    texts,
    texts,
)
groups = st.builds(Group, ids, texts, some(texts), listed(texts))
layers = st.builds(Layer, texts, some(numbers), listed(texts), st.booleans(), origins)
steps = st.builds(
    ExitStep,
    texts,
    texts,
    listed(texts, 2),
    some(numbers),
    some(numbers),
    some(numbers),
    some(st.booleans()),
    numbers,
    some(amounts),
    some(texts),
    origins,
    texts,
    texts,
    some(st.booleans()),
    texts,
)
named_steps = st.builds(replace, steps, id=ids)
tranches = listed(st.builds(Tranche, texts, numbers, listed(steps, 2)), 2)
exits = st.builds(
    Exit,
    tranches,
    some(st.builds(Market, numbers, numbers, numbers, numbers, numbers)),
    texts,
    listed(filled(PathTerms, texts, cost=some(numbers), capacity=some(amounts), tranches=tranches), 1),
)
positions = st.builds(
    Position,
    id=ids,
    name=texts,
    asset=texts,
    underlying=texts,
    quantity=some(amounts),
    unit_price=some(amounts),
    total_value=some(amounts),
    priced_on=some(st.dates()),
    value=some(amounts),
    debt=some(amounts),
    liquidation_threshold=some(numbers),
    liquidation_penalty=some(numbers),
    account=texts,
    chain=texts,
    opened_on=some(st.dates()),
    status=st.sampled_from(Status),
    notes=texts,
    layers=listed(layers),
    exit=exits,
    import_id=some(texts),
    import_key=texts,
    adjustment=some(amounts),
    requests=listed(filled(Request, texts, id=ids, amount=amounts, steps=listed(named_steps, 1)), 2),
)
scenarios = st.builds(Scenario, ids, texts, listed(st.tuples(texts, numbers)))
imports = st.builds(
    *(ImportRecord, ids, texts, texts, moments, texts, texts, texts, whole, whole, whole, whole),
    listed(filled(Replaced, texts)),
)
movements = st.builds(
    Movement,
    ids,
    texts,
    texts,
    texts,
    texts,
    amounts,
    moments,
    texts,
    whole,
    st.booleans(),
    texts,
    texts,
    some(amounts),
)
prices = st.builds(Price, ids, st.dates(), texts, amounts, texts)
limits = filled(Limit, texts, id=ids)
breaks = filled(Break, texts, id=ids)
entries = filled(Entry, texts, id=ids)

portfolios = st.builds(
    Portfolio,
    currency=texts,
    as_of=some(st.dates()),
    notice=texts,
    catalogue_version=texts,
    ladder_days=listed(whole),
    nodes=mapped(nodes),
    edges=mapped(edges),
    groups=mapped(groups),
    positions=mapped(positions),
    scenarios=mapped(scenarios),
    imports=mapped(imports),
    movements=mapped(movements),
    prices=mapped(prices, lambda p: (p.asset, p.on, p.currency)),
    entries=mapped(entries),
    limits=mapped(limits),
    breaks=mapped(breaks),
    congestion=filled(
        Congestion, texts, queue_eth=some(amounts), total_stake_eth=some(amounts), others=amounts
    ),
)


logs = st.builds(
    CalendarLog,
    told=mapped(
        filled(Told, texts, uid=ids, at=some(moments), changed=moments, sequence=whole),
        lambda entry: entry.uid,
    ),
)


def sample() -> Portfolio:
    """Return a small portfolio with something in every table."""
    staked = Exit((Tranche("all", 1.0, (ExitStep("q", "queue", capacity=Decimal("0.10")),)),))
    return (
        Portfolio(as_of=date(2026, 1, 1), notice="made up")
        .with_graph(
            [Node("X", "Protocol X", Dimension.PROTOCOL), Node("O", "Operator", Dimension.OPERATOR)],
            [Edge("X>O", "X", "O", Mode.SPLIT, 0.3, "X#v"), *(Edge(f"{p}>X", p, "X") for p in "ABC")],
            [Group("X#v", "X", "unknown:operator", ("Q",))],
        )
        .with_positions(
            *(
                Position(
                    p,
                    f"Position {p}",
                    "ETH",
                    "ETH",
                    Decimal("1.000000000000000001"),
                    layers=(Layer("staking", 0.03, (f"{p}>X",)),),
                    exit=staked,
                    adjustment=Decimal("-0.5"),
                    requests=(Request("r", Decimal("0.25"), datetime(2026, 1, 1, tzinfo=UTC)),),
                )
                for p in "ABC"
            )
        )
        .with_scenarios(Scenario("s", "X halves", (("X", 0.5),)))
        .with_imports(
            ImportRecord(
                *("i", "x.csv", "00", datetime(2026, 1, 1, tzinfo=UTC), "generic", "ledger", "", 1, 1, 0, 0),
                replaced=(Replaced("A", "quantity", "1", "2"),),
            )
        )
        .with_movements(
            Movement(
                "m",
                "i",
                "",
                "",
                "ETH",
                Decimal("0.1"),
                datetime(2026, 1, 1, tzinfo=UTC),
                "",
                2,
                cells="c0ffee",
                position="A",
            )
        )
        .with_prices(Price("ETH", date(2026, 1, 1), "USD", Decimal("3000.10"), "mine"))
        .with_entries(Entry("x", "Protocol X", "liquid-staking", "ethereum", ("xETH",), origin=Origin.YOURS))
        .with_limits(Limit("l", LimitKind.NODE_SHARE, "X", 0.3))
        .with_breaks(Break("b", LimitKind.NODE_SHARE, "X", 0.3, 0.5, date(2026, 1, 2), "Add Position C"))
    )
