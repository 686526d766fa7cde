"""The positions as a table for spreadsheets, in the columns that an import of a position table reads."""

import csv
import io
import re
from collections.abc import Sequence
from decimal import Decimal

from desktop_app.domain.holdings import Holding, holding_of
from desktop_app.domain.money import amount_text
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position
from desktop_app.domain.spreadsheet import protected

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def positions_csv(portfolio: Portfolio) -> tuple[str, tuple[str, ...]]:
    """Return the table and, in sentences, what of the portfolio does not fit into it.

    A row a position, also of a closed one. The decimal sign is the point whatever the language, and numbers
    are written so that no reader can take it for a thousands separator. A rate is in per cent a year.
    """
    counted = [p for p in portfolio.positions.values() if p.quantity is not None]
    held = [(p, holding_of(portfolio, p)) for p in counted]
    per_cent = _per_cent_signs([h for _, h in held])
    currency = portfolio.currency.casefold()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        f"name account asset quantity price_{currency} value_{currency} protocol layer operator services "
        "chain opened_on reward_apr status notes".split()
    )
    writer.writerows(_row(portfolio, position, holding, per_cent) for position, holding in held)
    return out.getvalue(), tuple(_left_out(portfolio, len(counted)))


def _row(portfolio: Portfolio, position: Position, holding: Holding, per_cent: str) -> list[str]:
    given = position.unit_price is not None or position.total_value is not None
    found = None if given else portfolio.price_of(position.asset, portfolio.as_of)
    rate = "" if holding.reward_rate is None else _number(Decimal(repr(holding.reward_rate)).scaleb(2))
    return [
        _text(holding.name),
        _text(holding.account),
        _text(holding.asset),
        _number(holding.quantity),
        _number(found.price if found else position.unit_price),
        _number(position.total_value),
        _text(holding.protocol),
        _layer(position, holding),
        _list(holding.operators),
        _list(holding.services),
        _text(holding.chain),
        holding.opened_on.isoformat() if holding.opened_on else "",
        f"{rate}{per_cent}" if rate else "",
        holding.status,
        _text(holding.notes),
    ]


def _layer(position: Position, holding: Holding) -> str:
    """Return the layer; of a coin that is only held the word for that, or its rate would ask for another."""
    held = [layer.name for layer in position.layers] == ["hold"]
    return "hold" if held and holding.reward_rate is not None else holding.layer


def _per_cent_signs(holdings: Sequence[Holding]) -> str:
    """Return "%" where all rates are below 1 %: without it a reader would have to ask what they are."""
    rates = [h.reward_rate for h in holdings if h.reward_rate]
    return "%" if rates and max(rates) < 0.01 else ""


def _number(value: Decimal | None) -> str:
    if value is None:
        return ""
    text = amount_text(value)
    whole, point, fraction = text.partition(".")
    ambiguous = point and len(fraction) == 3 and whole.lstrip("-") != "0"
    return f"{text}0" if ambiguous else text  # "1.234" could be a thousand and more


def _list(names: Sequence[str]) -> str:
    return _text("; ".join(name.replace(";", ",") for name in names))


def _text(text: str) -> str:
    return protected(_CONTROL.sub(" ", text))


def _left_out(portfolio: Portfolio, rows: int) -> list[str]:
    positions = portfolio.positions.values()
    found = []
    if without := len(positions) - rows:
        many = f"{without} position{' has' if without == 1 else 's have'}"
        found.append(f"{many} no quantity and cannot be in a table of positions.")
    own = (
        any(p.debt is not None for p in positions),
        any(len(p.exit.tranches) > 1 or p.requests for p in positions),
        any(len([la for la in p.layers if la.reward_rate]) > 1 for p in positions),
        any(e.mode != "all" and e.weight not in (0, 1) for e in portfolio.edges.values()),
        bool(portfolio.scenarios or portfolio.limits),
    )
    words = ("debts", "withdrawal requests", "rewards by layer", "shares", "scenarios and limits")
    if said := [word for word, there in zip(words, own, strict=True) if there]:
        listed = ", ".join(said[:-1]) + (" and " if said[:-1] else "") + said[-1]
        found.append(f"The table has no room for {listed}: a JSON file keeps all of it.")
    return found
