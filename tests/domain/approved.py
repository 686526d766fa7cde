"""Tables that somebody has read line by line: what every token stands on, and every way out.

``python -m tests.domain.approved`` writes them anew; read the difference before you keep it.
"""

from collections.abc import Iterator
from pathlib import Path

from desktop_app import shipped
from desktop_app.domain.catalogue import Entry, Token
from desktop_app.domain.positions import ExitStep
from tests.domain.reach import one, reached

FOLDER = Path(__file__).parents[1] / "data" / "catalogue"
CATALOGUE = shipped.catalogue()

PUT = {"bitcoin": "BTC", "solana": "JitoSOL", "cosmoshub": "ATOM", "ethereum": "stETH"}
"""What is put into an entry that may hold many things, by the entry's chain."""

Holding = tuple[str, dict[str, object]]


def symbols() -> Iterator[Token]:
    """Yield one token for each symbol and chain."""
    found = {(t.symbol, t.chain): t for rows in CATALOGUE.tokens_by_symbol.values() for t in rows}
    yield from found.values()


def deposits() -> Iterator[Holding]:
    """Yield what can be put into each entry, and a coin for each operator and service."""
    for entry in CATALOGUE.entries.values():
        if entry.layer == "native-staking":
            yield CATALOGUE.entries[entry.depends_on[0]].symbols[0], {"layer": "staking"}
        elif entry.layer == "operator":
            yield "ETH", {"operators": (entry.name,)}
        elif entry.layer == "service":
            yield _coin(entry), {"services": (entry.name,)}
        elif entry.layer != "asset":
            coin = CATALOGUE.entries.get(entry.underlying)
            yield coin.symbols[0] if coin else PUT[entry.chain], {"protocol": entry.name}
    yield "ETH", {"protocol": "EigenLayer"}
    yield "stETH", {"protocol": "ether.fi"}
    yield "stETH", {"protocol": "Mellow"}
    yield "weETH", {"protocol": "Aave v3"}
    yield "rsETH", {"protocol": "Aave v3", "chain": "Arbitrum"}
    yield "PT-weETH-26DEC2024", {}


def _coin(service: Entry) -> str:
    platform = CATALOGUE.entries.get(service.platform)
    return {"solana": "SOL", "cosmoshub": "ATOM"}.get(platform.chain if platform else "", "ETH")


def closures() -> Iterator[str]:
    """Yield "stETH on ethereum: asset:eth chain:ethereum …" for each token, and for each deposit."""
    for token in symbols():
        yield _stands(f"{token.symbol} on {token.chain}", (token.symbol, {"chain": token.chain}))
    for asset, more in deposits():
        yield _stands(f"{asset} in {_said(more)}", (asset, more))


def _stands(said: str, holding: Holding) -> str:
    portfolio, position = one(holding[0], **holding[1])
    return f"{said}: {' '.join(sorted(reached(portfolio, position.id)))}"


def exits() -> Iterator[str]:
    """Yield the way out of each symbol and each deposit: a line for it and one for each step."""
    for symbol, rows in CATALOGUE.tokens_by_symbol.items():
        if rows[0].kind not in {"asset", "governance"}:
            yield from _way(symbol, (symbol, {}))
    for asset, more in deposits():
        if not {"operators", "services"} & more.keys():  # they walk out as their chain or platform does
            yield from _way(f"{asset} in {_said(more)}", (asset, more))


def _way(said: str, holding: Holding) -> Iterator[str]:
    tranches = one(holding[0], **holding[1])[1].exit.tranches
    yield f"{said}{'' if tranches else ': no way out is known'}"
    for tranche in tranches:
        yield from (_step(step, tranche.steps) for step in tranche.steps)


def _step(step: ExitStep, steps: tuple[ExitStep, ...]) -> str:
    number = {s.id: str(n) for n, s in enumerate(steps, 1)}
    after = f", after {' and '.join(number[i] for i in step.after)}" if step.after else ""
    days = " ".join("?" if d is None else f"{d:g}" for d in (step.minimum, step.typical, step.maximum))
    slashable = {True: "slashable", False: "safe", None: "slashable?"}[step.slashable]
    return f"  {number[step.id]} {step.name} ({step.node}): {days} days, {slashable}{after}"


def _said(more: dict[str, object]) -> str:
    return ", ".join(f"{v[0] if isinstance(v, tuple) else v}" for v in more.values()) or "hand"


TABLES = {"closures.txt": closures, "exits.txt": exits}

if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, lines in TABLES.items():
        (FOLDER / name).write_text("\n".join(lines()) + "\n", "utf-8")
