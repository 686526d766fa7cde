"""A ledger format of the tests' own: the simplest that shows each rule, without an identity."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from desktop_app.csv_import import formats, layouts, ledger
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import Leg, Line, Rules

HEADER = "When,Kind,Coin,Change,Place,Wallet,Left\n"
WITHOUT_BALANCE = "When,Kind,Coin,Change,Place,Wallet\n"
_FITS = layouts.ordered(
    "ledger",
    "When=time,Kind=type,Coin=asset,Change=amount,Place=place,Wallet=account",
    "When=time,Kind=type,Coin=asset,Change=amount,Place=place,Wallet=account,Left=balance",
)


def _legs(line: Line) -> list[Leg]:
    if line.word("type") == "neutral":
        return []
    asset = line.asset()
    leg = Leg(asset, line.amount(asset=asset), line.text("place"), account=line.text("account"))
    kind = line.word("type")
    return [leg._replace(reward=kind == "reward", lock=kind == "lock", staked=kind == "stake")]


RULES = Rules(_legs)


@contextmanager
def toy(rules: Rules = RULES) -> Iterator[None]:
    """Let the program know the format meanwhile."""
    formats.known()["toy"] = Format("toy", "Toy", _FITS, partial(ledger.read, rules=rules))
    try:
        yield
    finally:
        formats.known.cache_clear()


def rows(*texts: str, days: int = 1) -> str:
    """Return a file of rows "kind coin change [place]", one a day."""
    lines = []
    for number, text in enumerate(texts):
        kind, coin, change, *place = text.split()
        lines.append(f"2025-01-{1 + number * days:02} 00:00:00,{kind},{coin},{change},{' '.join(place)},,\n")
    return HEADER + "".join(lines)


def with_rules(**changes: object) -> Rules:
    """Return the rules with some of them changed."""
    return replace(RULES, **changes)  # type: ignore[arg-type]
