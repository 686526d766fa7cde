"""From a holding to a position in the portfolio, and back (stacks.md)."""

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.drafts import Draft, custody_edge, custody_node
from desktop_app.domain.holdings import Holding, holding_of
from desktop_app.domain.ledgers import adjusted, typed_over
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, Exit, Layer, Position, Status
from desktop_app.domain.resolve import closure, find_entry, resolve
from desktop_app.domain.terms import terms_of, with_terms

__all__ = ["Holding", "add_holding", "add_holdings", "closure", "find_entry", "holding_of", "resolve"]


def add_holdings(
    portfolio: Portfolio, catalogue: Catalogue, holdings: Sequence[Holding]
) -> tuple[Portfolio, tuple[str, ...]]:
    """Return the portfolio with a position for each holding, and the ids of these positions in order.

    An asset that the catalogue does not know becomes the user's own asset node; unknown protocols, operators
    and services are kept under their own names. Shared nodes keep the weights they already have.
    """
    draft = Draft(portfolio, catalogue)
    ids = tuple(draft.add(holding).id for holding in holdings)
    return draft.finished(), ids


def add_holding(
    portfolio: Portfolio, catalogue: Catalogue, holding: Holding, position_id: str = ""
) -> Portfolio:
    """Return the portfolio with one more position (or that one replaced), its stack and its way out.

    A replaced position keeps its id, its place, its debt and where it was imported from. Where asset, chain,
    protocol, layer, operators and services stay the same, its stack and way out stay as the user left them.
    """
    old = portfolio.positions.get(position_id)
    if old is None:
        draft = Draft(portfolio, catalogue)
        draft.add(holding, position_id)
        return draft.finished()
    before = holding_of(portfolio, old)
    if _spelled(catalogue, before).stack_key == _spelled(catalogue, holding).stack_key:
        return typed_over(_updated(portfolio, old, before, holding), old)
    return typed_over(rebuilt(portfolio, catalogue, old, holding), old)


def _spelled(catalogue: Catalogue, holding: Holding) -> Holding:
    token = resolve(catalogue, holding.asset, holding.chain)
    return replace(holding, asset=token.symbol) if token else holding


def rebuilt(portfolio: Portfolio, catalogue: Catalogue, old: Position, holding: Holding) -> Portfolio:
    """Return the portfolio with the stack and the way out of a position made anew from what is said of it."""
    before = holding_of(portfolio, old)
    draft = Draft(portfolio.without_positions(old.id), catalogue)
    if holding.name == old.name and old.name == Draft(Portfolio(), catalogue).default_name(before):
        holding = replace(holding, name="")
    draft.state_exactly(holding)
    new = draft.add(holding, old.id, debt=old.debt is not None)
    layers = _with_rates_of(old, new.layers) if holding.reward_rate == before.reward_rate else new.layers
    draft.positions[old.id] = _kept(old, replace(new, layers=layers))
    after = replace(draft.finished(), movements=portfolio.movements)
    order = [*portfolio.positions, *after.positions]
    positions = {i: after.positions[i] for i in dict.fromkeys(order)}
    named = replace(terms_of(portfolio, old), rates={}, clock=None)
    whole = replace(after, positions=positions)
    return with_terms(whole, catalogue, old.id, named).without_orphans(portfolio)


def _with_rates_of(old: Position, layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """Keep the rates of the layers that are still there, unless one of those that paid is gone."""
    rates = {la.name: la for la in old.layers if la.reward_rate}
    if not rates.keys() <= {la.name for la in layers}:
        return layers
    return tuple(
        replace(la, reward_rate=rates[la.name].reward_rate, unsplit=rates[la.name].unsplit)
        if la.name in rates
        else replace(la, reward_rate=0.0 if la.name == "hold" else None, unsplit=False)
        for la in layers
    )


def _kept(old: Position, new: Position) -> Position:
    """Keep what a holding does not say: a debt, the import, requests, a sale, a value without a quantity."""
    return replace(
        adjusted(old, new),
        value=old.value if new.quantity is None and new.value is None else new.value,
        debt=old.debt,
        liquidation_threshold=old.liquidation_threshold,
        liquidation_penalty=old.liquidation_penalty,
        import_id=old.import_id,
        import_key=old.import_key,
        requests=old.requests,
        exit=_with_terms_of(old, new) if old.asset == new.asset else new.exit,
    )


def _with_terms_of(old: Position, new: Position) -> Exit:
    return replace(new.exit, market=old.exit.market, terms=old.exit.terms)


def _updated(portfolio: Portfolio, old: Position, before: Holding, holding: Holding) -> Portfolio:
    """Replace what is said of the holding itself and leave its stack alone."""
    counted = holding.quantity is not None
    new = replace(
        adjusted(old, replace(old, quantity=holding.quantity)),
        name=holding.name.strip() or old.name,
        unit_price=holding.unit_price if counted else None,
        total_value=holding.total_value if counted and holding.unit_price is None else None,
        value=None if counted else holding.total_value,
        priced_on=holding.priced_on,
        account=holding.account,
        opened_on=holding.opened_on,
        status=Status(holding.status),
        notes=holding.notes,
    )
    if holding.reward_rate != before.reward_rate:
        new = replace(new, layers=_with_rate(new.layers, holding.reward_rate))
    after = portfolio.with_positions(new)
    if (holding.custody, holding.account) == (before.custody, before.account):
        return after
    return _in_account(after, new, holding)


def _with_rate(layers: tuple[Layer, ...], rate: float | None) -> tuple[Layer, ...]:
    """Put one rate for the whole stack on its outermost paying layer."""
    paying = [la.name for la in layers if la.name not in {"hold", "bridge"}] or ["hold"]
    return tuple(
        replace(la, reward_rate=rate, unsplit=rate is not None and len(paying) > 1)
        if la.name == paying[-1]
        else replace(la, reward_rate=0.0 if la.name == "hold" else None, unsplit=False)
        for la in layers
    )


def _in_account(portfolio: Portfolio, position: Position, holding: Holding) -> Portfolio:
    """Move a position to another account, or to none."""
    accounts = {n.id for n in portfolio.nodes.values() if n.dimension is Dimension.CUSTODY}
    left = {e.id for e in portfolio.edges.values() if e.source == position.id and e.target in accounts}
    layers = [replace(la, edges=tuple(e for e in la.edges if e not in left)) for la in position.layers]
    after = replace(portfolio, edges={i: e for i, e in portfolio.edges.items() if i not in left})
    if holding.custody and holding.account.strip():
        node = custody_node(holding.account)
        edge = custody_edge(position.id, node.id, debt=position.debt is not None)
        hold = layers[0] if layers else Layer("hold", 0.0)
        layers[:1] = [replace(hold, edges=(*hold.edges, edge.id))]
        after = after.with_graph([after.nodes.get(node.id, node)], [edge])
    return after.with_positions(replace(position, layers=tuple(layers))).without_orphans(portfolio)
