"""Made-up inputs for the measurements, the same on every machine: a position table and a large portfolio."""

import csv
import random
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import (
    Dimension,
    Edge,
    Exit,
    ExitStep,
    Group,
    Layer,
    Mode,
    Node,
    Position,
    Scenario,
    Tranche,
)

SEED = 20261123
TOKENS = (
    "weETH",
    "stETH",
    "wstETH",
    "ezETH",
    "ETH",
    "SOL",
    "JitoSOL",
    "ATOM",
    "DOT",
    "sUSDe",
    "LBTC",
    "rETH",
)
LEDGER_COLUMNS = "txid refid time type subtype aclass asset wallet amount fee balance"
LEDGER_ASSETS = ("ETH", "SOL", "DOT", "ATOM", "ADA", "BTC", "EUR")
OPERATORS = ("P2P", "Kiln", "Figment", "Everstake", "Chorus One", "Allnodes")
COLUMNS = "name account asset quantity price_usd protocol layer operator services opened_on reward_apr"


def table_rows(count: int) -> Iterator[tuple[str, ...]]:
    """Yield the header and ``count`` rows of a generic position table."""
    dice = random.Random(SEED)  # noqa: S311 - made-up data, not a secret
    yield tuple(COLUMNS.split())
    for number in range(count):
        token = dice.choice(TOKENS)
        restaked = token in {"ETH", "stETH"} and dice.random() < 0.2
        yield (
            f"Position {number}",
            f"Wallet {dice.randrange(40)}",
            token,
            f"{dice.randrange(1, 60)}.{dice.randrange(10**18):018d}",
            f"{dice.randrange(1, 5000)}.{dice.randrange(100):02d}",
            "EigenLayer" if restaked else "",
            "restaking" if restaked else "",
            dice.choice(OPERATORS) if restaked else "",
            "EigenDA; Lagrange" if restaked and dice.random() < 0.5 else "",
            f"2025-{dice.randrange(1, 13):02d}-{dice.randrange(1, 29):02d}",
            f"{dice.randrange(1, 12)}.{dice.randrange(100):02d}",
        )


def ledger_rows(count: int) -> Iterator[tuple[str, ...]]:
    """Yield the header and ``count`` rows of Kraken's ledgers, whose balances follow from one another."""
    dice = random.Random(SEED)  # noqa: S311
    yield tuple(LEDGER_COLUMNS.split())
    balances: dict[tuple[str, str], int] = {}
    moment = datetime(2020, 1, 1)  # noqa: DTZ001 - written without a zone
    for number in range(count):
        moment += timedelta(seconds=dice.randrange(200))
        asset, wallet = dice.choice(LEDGER_ASSETS), dice.choice(("spot / main", "earn / liquid"))
        before = balances.get((asset, wallet), 0)
        change = max(dice.randrange(-50_000, 100_000), -before)
        after = balances[asset, wallet] = before + change
        yield (
            *(
                f"L{number:07}-AAAAA-BBBBBB",
                f"R{number}",
                f"{moment:%Y-%m-%d %H:%M:%S}",
                "trade",
                "",
                "currency",
            ),
            *(asset, wallet, f"{change / 10_000:.10f}", "0", f"{after / 10_000:.10f}"),
        )


def write_rows(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    """Write rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def stacked_portfolio(positions: int, stacks: int = 400, nodes: int = 12, failing: int = 300) -> Portfolio:
    """Return ``positions`` on so many tokens, each a stack of ten atoms: two nodes for all, ten by slices."""
    dice = random.Random(SEED)  # noqa: S311
    risky = [Node(f"n{i}", f"Node {i}", Dimension.PROTOCOL, 0.01, 0.3) for i in range(failing)]
    tokens = [Node(f"t{i}", f"Token {i}", Dimension.TOKEN, 0.0, 0.0) for i in range(stacks)]
    edges, groups = [], []
    for token in (t.id for t in tokens):
        chosen = [f"n{i}" for i in dice.sample(range(failing), nodes)]
        groups.append(Group(f"{token}#s", token))
        edges += [Edge(f"{token}>{n}", token, n) for n in chosen[:2]]
        edges += [
            Edge(f"{token}>{n}", token, n, Mode.SPLIT, 1 / (nodes - 2), groups[-1].id) for n in chosen[2:]
        ]
    held = [
        Position(f"p{i}", f"Position {i}", "ETH", "ETH", value=Decimal(dice.randrange(100, 10_000)))
        for i in range(positions)
    ]
    edges += [Edge(f"p{i}>t", f"p{i}", f"t{i % stacks}") for i in range(positions)]
    scenarios = [
        Scenario(f"s{k}", f"Scenario {k}", tuple((f"n{i}", 0.3) for i in dice.sample(range(failing), 3)))
        for k in range(10)
    ]
    return (
        Portfolio()
        .with_graph([*risky, *tokens], edges, groups)
        .with_positions(*held)
        .with_scenarios(*scenarios)
    )


def layered_portfolio(
    positions: int, tokens: int = 60, protocols: int = 60, operators: int = 180
) -> Portfolio:
    """Return a portfolio of ``positions`` on ``tokens + protocols + operators`` nodes (300 by default).

    Each token stands on a protocol, each protocol splits 90 % of its value over five operators; a third of
    the positions also share an operator of their own.
    """
    dice = random.Random(SEED)  # noqa: S311
    nodes = [
        *(Node(f"token:{i}", f"Token {i}", Dimension.TOKEN, 0.01, 0.1) for i in range(tokens)),
        *(Node(f"protocol:{i}", f"Protocol {i}", Dimension.PROTOCOL, 0.01, 0.5) for i in range(protocols)),
        *(Node(f"operator:{i}", f"Operator {i}", Dimension.OPERATOR, 0.02, 0.2) for i in range(operators)),
    ]
    edges = [
        Edge(f"token:{i}>p", f"token:{i}", f"protocol:{dice.randrange(protocols)}") for i in range(tokens)
    ]
    groups = []
    for number in range(protocols):
        group = Group(f"protocol:{number}#operators", f"protocol:{number}", "unknown:operator")
        groups.append(group)
        edges += [
            Edge(f"{group.id}>{o}", group.node, f"operator:{o}", Mode.SPLIT, 0.18, group.id)
            for o in dice.sample(range(operators), 5)
        ]
    held = []
    for number in range(positions):
        own = [Edge(f"{number}>t", f"p{number}", f"token:{dice.randrange(tokens)}")]
        if number % 3 == 0:
            own.append(
                Edge(f"{number}>o", f"p{number}", f"operator:{dice.randrange(operators)}", Mode.SHARED, 0.5)
            )
        edges += own
        steps = (ExitStep("q", "queue", (), 1.0, float(dice.randrange(1, 30)), 60.0),)
        held.append(
            Position(
                f"p{number}",
                f"Position {number}",
                "ETH",
                "ETH",
                quantity=Decimal(dice.randrange(1, 10**6)) / 1000,
                unit_price=Decimal("3521.00"),
                layers=(Layer("hold", 0.0), Layer("staking", 0.03, tuple(e.id for e in own))),
                exit=Exit((Tranche("all", 1.0, steps),)),
            )
        )
    shocks = tuple((f"protocol:{i}", 0.3) for i in range(5))
    return (
        Portfolio()
        .with_graph(nodes, edges, groups)
        .with_positions(*held)
        .with_scenarios(Scenario("five", "Five protocols lose 30 %", shocks))
    )
