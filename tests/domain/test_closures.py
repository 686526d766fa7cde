"""Laws of what a token stands on (stacks.md), for any catalogue that keeps the rules of the facts."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings

from desktop_app import shipped
from desktop_app.domain.catalogue import Catalogue, Token
from desktop_app.domain.checks import check
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, Mode
from desktop_app.domain.resolve import closure
from desktop_app.domain.stacks import Holding, add_holding
from tests.domain.catalogues import LEAVES, catalogues
from tests.domain.reach import reached

FEW = settings(max_examples=40)
"""Each example builds the stacks of all its tokens."""


def held(catalogue: Catalogue, token: Token) -> Portfolio:
    return add_holding(Portfolio(), catalogue, Holding(token.symbol, Decimal(1)))


def under(catalogue: Catalogue, token: Token) -> set[str]:
    portfolio = held(catalogue, token)
    return reached(portfolio, next(iter(portfolio.positions)))


def inside(catalogue: Catalogue, token: Token) -> Iterator[Token]:
    """Yield a token and all tokens that it is made of."""
    yield token
    for symbol in token.made_of:
        yield from inside(catalogue, catalogue.tokens_by_symbol[symbol][0])


def test_no_entry_depends_on_an_operator_or_a_service_and_these_on_nothing() -> None:
    entries = shipped.catalogue().entries
    for entry in entries.values():
        below = [e for e in closure(shipped.catalogue(), entry.id).values() if e is not entry]
        assert not {e.layer for e in below} & set(LEAVES)
        assert entry.layer not in LEAVES or below == []


@FEW
@given(catalogues())
def test_no_token_stands_on_operators_or_services_that_nobody_gave_a_share(catalogue: Catalogue) -> None:
    for token in catalogue.tokens:
        nodes = held(catalogue, token).nodes.values()
        assert not {n.dimension for n in nodes} & {Dimension.OPERATOR, Dimension.SERVICE, Dimension.ROLE}


@FEW
@given(catalogues())
def test_what_may_be_accepted_or_is_only_listed_changes_nothing(catalogue: Catalogue) -> None:
    bare = replace(
        catalogue,
        entries={i: replace(e, accepts=(), operators_listed=()) for i, e in catalogue.entries.items()},
    )
    for token in catalogue.tokens:
        assert under(bare, token) == under(catalogue, token)


@FEW
@given(catalogues())
def test_a_possible_platform_is_only_ever_an_unknown_one(catalogue: Catalogue) -> None:
    for token in catalogue.tokens:
        needed = {i for t in inside(catalogue, token) for i in closure(catalogue, t.entry)}
        platforms = {
            n.removeprefix("platform:") for n in under(catalogue, token) if n.startswith("platform:")
        }
        assert platforms == {i for i in needed if catalogue.entries[i].layer == "restaking-platform"}


@FEW
@given(catalogues())
def test_every_asset_and_chain_of_the_closure_is_there(catalogue: Catalogue) -> None:
    for token in catalogue.tokens:
        below = [e for t in inside(catalogue, token) for e in closure(catalogue, t.entry).values()]
        found = under(catalogue, token)
        assert {f"asset:{e.id}" for e in below if e.layer == "asset"} <= found
        assert {f"chain:{e.chain_slug}" for e in below if e.layer == "native-staking"} <= found


@FEW
@given(catalogues())
def test_every_token_stands_on_a_chain_and_on_its_own_node(catalogue: Catalogue) -> None:
    for token in catalogue.tokens:
        found = under(catalogue, token)
        assert any(node.startswith("chain:") for node in found)
        assert token.kind == "asset" or f"token:{token.symbol}" in found


@FEW
@given(catalogues())
def test_every_edge_between_nodes_takes_all_or_is_an_unknown_slice(catalogue: Catalogue) -> None:
    for token in catalogue.tokens:
        for edge in held(catalogue, token).edges.values():
            assert edge.mode is Mode.ALL or (edge.mode is Mode.SPLIT and edge.target.startswith("unknown:"))


@FEW
@given(catalogues())
def test_every_stack_is_sound(catalogue: Catalogue) -> None:
    for token in catalogue.tokens:
        assert check(held(catalogue, token)) == ()
