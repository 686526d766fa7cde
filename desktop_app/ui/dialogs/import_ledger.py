"""A ledger in the import dialog: the positions that it leads to, and what each of its rows moves."""

from decimal import Decimal

from desktop_app.csv_import.booking import Result
from desktop_app.csv_import.entries import Entry, Move
from desktop_app.csv_import.rows import Verdict
from desktop_app.domain import money
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position, Status
from desktop_app.domain.stacks import Holding, resolve
from desktop_app.figures.labels import Labels
from desktop_app.ui.dialogs.import_rows import PlanRow


def position_row(result: Result, portfolio: Portfolio, catalogue: Catalogue, labels: Labels) -> PlanRow:
    """Return the row of a position that a ledger leads to."""
    held, before, after = result.holding, result.before, result.after
    if before is None or after is None:
        quantity, why = held.quantity, new_words(held, catalogue)
        verdict = Verdict.ADD
    else:
        quantity, why = after.quantity, _changed_words(before, after, labels)
        verdict = Verdict.ACCEPT if after == before else Verdict.UPDATE
    earned = f"; {labels.quantity(result.rewards)} of it rewards" if result.rewards else ""
    return PlanRow(
        id=result.key,
        line=None,
        verdict=verdict,
        asset=result.symbol,
        quantity=quantity,
        account=held.account if after is None else after.account,
        why=why + earned,
        change=_change(result, quantity, portfolio),
        ticked=None,
    )


def _changed_words(before: Position, after: Position, labels: Labels) -> str:
    change = f"quantity {labels.quantity(before.quantity)} → {labels.quantity(after.quantity)}"
    if before.quantity != after.quantity and labels.quantity(before.quantity) == labels.quantity(
        after.quantity
    ):
        change = f"quantity {labels.quantity(before.quantity)} and a little {_more(before, after)}"
    if after.status == before.status:
        return change
    return f"{change}, {'nothing is left: closed' if after.status is Status.CLOSED else 'open again'}"


def _more(before: Position, after: Position) -> str:
    return "more" if (after.quantity or Decimal(0)) > (before.quantity or Decimal(0)) else "less"


def _change(result: Result, quantity: Decimal | None, portfolio: Portfolio) -> Decimal | None:
    """Return what a position adds to the known value, None where no price is known."""
    before = result.before
    price = None if before is None else before.unit_price
    if price is None:
        known = portfolio.price_of(result.symbol)
        price = None if known is None else known.price
    was = Decimal(0) if before is None else before.quantity
    if price is None or quantity is None or was is None:
        return None
    return money.product(money.difference(quantity, was), price)


def moves_words(entry: Entry, labels: Labels) -> str:
    """Return what an entry moves: "in, spot / main", "a reward, …", "−1.00 ETH, 1.00 stETH"."""
    if len(entry.moves) == 1:
        move = entry.moves[0]
        what = "a reward" if move.reward else "in" if move.amount > 0 else "out"
        return f"{what}{_place(move)}"
    return ", ".join(
        f"{labels.quantity(m.amount)} {m.slot.symbol}{' as a reward' if m.reward else ''}{_place(m)}"
        for m in entry.moves
    )


def _place(move: Move) -> str:
    return f", {move.slot.place}" if move.slot.place else ""


def new_words(held: Holding, catalogue: Catalogue) -> str:
    """Return what a new position stands on: "new, ether.fi weETH, layers from the catalogue"."""
    token = resolve(catalogue, held.asset, held.chain)
    entry = catalogue.entries.get(token.entry) if token else None
    if token is None:
        return "new, an asset of your own without layers"
    what = entry.short_name if entry else token.name
    staked = ", staked" if held.layer == "staking" else ""
    at = f" at {held.protocol}" if held.protocol and held.protocol.casefold() != what.casefold() else ""
    return f"new, {what}{at}{staked}, layers from the catalogue"
