"""Portfolios to draw: the made-up one of twelve positions, and generated ones of any size."""

import random
from collections.abc import Mapping
from dataclasses import replace

from desktop_app.analysis.dependencies import Dependencies, dependencies
from desktop_app.analysis.exposure import Exposure, exposure, group_values
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.graph_drawing import Canvas
from desktop_app.figures.labels import Labels
from desktop_app.figures.layers import AS_AT_FIRST, GraphOptions, LayeredGraph, layered_graph
from tests.builders import drawn

TWELVE = """
32 ETH validator: 103954 -> role:P2P on EigenLayer -> operator:P2P
role:P2P on EigenLayer -> platform:EigenLayer -> chain:Ethereum
role:P2P on EigenLayer -30% unique-> service:EigenDA
role:P2P on EigenLayer -10% unique-> service:Lagrange
weETH: 46477 -> token:weETH -> protocol:ether.fi -25% roles-> role:Kiln on EigenLayer
protocol:ether.fi -20% roles-> role:P2P on EigenLayer
protocol:ether.fi -15% roles-> role:Figment on EigenLayer
protocol:ether.fi -rest roles-> unknown:role
protocol:ether.fi -25% validators-> operator:Kiln
protocol:ether.fi -20% validators-> operator:Figment
protocol:ether.fi -10% validators-> operator:Everstake
protocol:ether.fi -rest validators-> unknown:operator
PT-weETH: 22068 -> token:PT-weETH -> token:weETH
token:PT-weETH -> protocol:Pendle -> protocol:ether.fi
role:Kiln on EigenLayer -> operator:Kiln
role:Kiln on EigenLayer -> platform:EigenLayer
role:Kiln on EigenLayer -40% unique-> service:EigenDA
role:Figment on EigenLayer -> operator:Figment
role:Figment on EigenLayer -> platform:EigenLayer
role:Figment on EigenLayer -20% unique-> service:eOracle
role:Everstake on EigenLayer -> operator:Everstake
role:Everstake on EigenLayer -> platform:EigenLayer
role:Everstake on EigenLayer -50% unique-> service:EigenDA
ezETH: 30345 -> token:ezETH -> protocol:Renzo -30% roles-> role:Figment on EigenLayer
protocol:Renzo -40% roles-> role:Everstake on EigenLayer
protocol:Renzo -rest roles-> unknown:role
protocol:Renzo -> platform:EigenLayer
rsETH, looped: 22584 -> token:rsETH -> protocol:Kelp -40% roles-> role:Kiln on EigenLayer
protocol:Kelp -30% roles-> role:Everstake on EigenLayer
protocol:Kelp -35% held-> protocol:Lido
protocol:Kelp -> platform:EigenLayer
rsETH, looped: 22584 -> lender:Aave v3 -> chain:Arbitrum One
rsETH, looped: 22584 -> bridge:LayerZero
rsETH, looped: 22584 -> oracle:Chainlink
rstETH: 31461 -> token:rstETH -> protocol:Mellow -> protocol:Lido
protocol:Mellow -60% roles-> role:P2P on Symbiotic
protocol:Mellow -40% roles-> role:Everstake on Symbiotic
role:P2P on Symbiotic -> platform:Symbiotic
role:P2P on Symbiotic -> operator:P2P
role:P2P on Symbiotic ~80%~> service:Primev
role:P2P on Symbiotic ~50%~> service:Cap
role:Everstake on Symbiotic -> platform:Symbiotic
role:Everstake on Symbiotic -> operator:Everstake
role:Everstake on Symbiotic ~70%~> service:Hyperlane
role:Everstake on Symbiotic ~40%~> service:Primev
wstETH: 58143 -> token:wstETH -> protocol:Lido -> oracle:Lido oracle
protocol:Lido -12% validators-> operator:P2P
protocol:Lido -10% validators-> operator:Kiln
protocol:Lido -9% validators-> operator:Figment
protocol:Lido -rest validators-> unknown:operator
protocol:Lido -> chain:Ethereum
LBTC: 22381 -> token:LBTC -> protocol:Lombard -40% roles-> role:Kiln on Babylon
protocol:Lombard -30% roles-> role:P2P on Babylon
protocol:Lombard -30% roles-> role:Figment on Babylon
role:Kiln on Babylon -> platform:Babylon -> chain:Bitcoin
role:P2P on Babylon -> platform:Babylon
role:Figment on Babylon -> platform:Babylon
role:Kiln on Babylon -> operator:Kiln
role:P2P on Babylon -> operator:P2P
role:Figment on Babylon -> operator:Figment
SOL: 18944 -> operator:Figment
SOL: 18944 -> chain:Solana
ATOM: 12154 -> operator:Everstake
ATOM: 12154 -> chain:Cosmos Hub
sUSDe: 21609 -> token:sUSDe -> protocol:Ethena -> chain:Ethereum
JitoSOL: 22164 -> token:JitoSOL -> protocol:Jito -> chain:Solana
"""


def named(portfolio: Portfolio) -> Portfolio:
    """Return the portfolio with nodes named after the word behind the colon of their ids."""
    return portfolio.with_graph(replace(n, name=n.id.partition(":")[2]) for n in portfolio.nodes.values())


def twelve() -> Portfolio:
    """Return the twelve positions."""
    return named(drawn(TWELVE))


def generated(positions: int, nodes: int, seed: int = 1) -> Portfolio:
    """Return a portfolio on so many nodes of all dimensions, a few lines each, always the same for a seed."""
    chance = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    kinds = ("token", "protocol", "role", "platform", "service", "operator", "chain")
    shares = (0.2, 0.25, 0.25, 0.02, 0.1, 0.15, 0.03)
    names: dict[str, list[str]] = {
        kind: [f"{kind}:{kind} {n}" for n in range(max(1, round(share * nodes)))]
        for kind, share in zip(kinds, shares, strict=True)
    }
    lines = [
        f"position {n}: {chance.randint(10, 9999)} -> {chance.choice(names['token'])}"
        for n in range(positions)
    ]
    lines += [f"{token} -> {chance.choice(names['protocol'])}" for token in names["token"]]
    for number, protocol in enumerate(names["protocol"]):
        roles = chance.sample(names["role"], min(3, len(names["role"])))
        lines += [
            f"{protocol} -{weight}%-> {role}" for weight, role in zip((50, 20, 10), roles, strict=False)
        ]
        lines.append(f"{protocol} -rest-> unknown:role")
        if number % 5 == 0 and number:
            lines.append(f"{protocol} -> {chance.choice(names['protocol'][:number])}")
    for role in names["role"]:
        lines.append(f"{role} -> {chance.choice(names['platform'])}")
        lines.append(f"{role} -> {chance.choice(names['operator'])}")
        lines.append(f"{role} ~{chance.randint(10, 90)}%~> {chance.choice(names['service'])}")
    lines += [f"{platform} -> {chance.choice(names['chain'])}" for platform in names["platform"]]
    return named(drawn("\n".join(lines)))


def answers(portfolio: Portfolio) -> tuple[Exposure, Dependencies]:
    """Return what the graph is drawn from."""
    exposed = exposure(portfolio)
    return exposed, dependencies(portfolio, exposed)


def graph_of(
    portfolio: Portfolio,
    width: float = 806,
    height: float = 620,
    options: GraphOptions = AS_AT_FIRST,
    labels: Labels | None = None,
) -> LayeredGraph:
    """Return the drawn graph of a portfolio."""
    exposed, graph = answers(portfolio)

    def values(groups: Mapping[str, frozenset[str]]) -> Mapping[str, float]:
        return group_values(portfolio, groups)

    canvas = Canvas(width, height, labels or Labels())
    return layered_graph(portfolio, exposed, graph, values, canvas, options)
