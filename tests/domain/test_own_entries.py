from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.catalogue import Entry
from desktop_app.domain.own_entries import effective, entry_issues
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Origin
from desktop_app.domain.resolve import resolve
from desktop_app.domain.stacks import Holding, add_holding
from desktop_app.shipped import catalogue
from tests.domain.reach import reached

SHIPPED = catalogue()


def own(ident: str, layer: str = "liquid-staking", **fields: object) -> Entry:
    """Return an entry of the user's own on Ethereum's staking."""
    given: dict[str, object] = {"depends_on": ("ethereum-native-staking",), "origin": Origin.YOURS, **fields}
    return Entry(ident, ident.capitalize(), layer, "ethereum", **given)  # type: ignore[arg-type]


def mapped(*entries: Entry) -> dict[str, Entry]:
    return {e.id: e for e in entries}


def test_without_own_entries_the_shipped_catalogue_holds() -> None:
    assert effective(SHIPPED, {}) is SHIPPED


def test_an_own_entry_stands_beside_the_shipped_ones_and_an_override_in_the_place_of_one() -> None:
    changed = replace(SHIPPED.entries["lido"], name="Lido as I know it", origin=Origin.YOURS)
    found = effective(SHIPPED, mapped(own("mine"), changed))
    assert list(found.entries) == [*SHIPPED.entries, "mine"]
    assert found.entries["lido"] == changed
    assert found.entries["etherfi"] is SHIPPED.entries["etherfi"]
    assert SHIPPED.entries["lido"].name != changed.name


def test_the_same_entries_give_the_same_catalogue_so_that_its_indexes_are_made_once() -> None:
    assert effective(SHIPPED, mapped(own("mine"))) is effective(SHIPPED, mapped(own("mine")))


def test_a_symbol_of_an_own_entry_is_a_token_with_a_stack() -> None:
    found = effective(SHIPPED, mapped(own("mine", symbols=("mETHx",))))
    token = resolve(found, "methx")
    assert token is not None
    assert token.entry == "mine"
    after = add_holding(Portfolio(), found, Holding("mETHx"))
    assert {"token:mETHx", "protocol:mine", "chain:ethereum", "asset:eth", "unknown:operator"} <= reached(
        after, "mETHx"
    )


def test_a_symbol_of_a_shipped_token_stays_with_it() -> None:
    found = effective(SHIPPED, mapped(own("mine", symbols=("weETH",))))
    token = resolve(found, "weETH")
    assert token is not None
    assert token.entry == "etherfi"


@pytest.mark.parametrize("kind", ["bridge", "oracle"])
def test_own_bridges_and_oracles_are_nodes_of_their_dimension(kind: str) -> None:
    feed = own("feed", kind, depends_on=())
    lender = own("pool", "liquid-staking", symbols=("pTOK",), depends_on=("ethereum-native-staking", "feed"))
    after = add_holding(Portfolio(), effective(SHIPPED, mapped(feed, lender)), Holding("pTOK"))
    assert f"{kind}:feed" in reached(after, "pTOK")


def test_what_an_entry_cannot_depend_on_is_left_out() -> None:
    a = own("a", depends_on=("b", "moon"), symbols=("aTOK",), chain_entry="moon")
    b = own("b", depends_on=("a", "ethereum-native-staking"))
    found = effective(SHIPPED, mapped(a, b))
    on = {d for e in (found.entries["a"], found.entries["b"]) for d in e.depends_on}
    assert "moon" not in on
    assert not {"a", "b"} <= on
    assert found.entries["a"].chain_entry == ""
    assert add_holding(Portfolio(), found, Holding("aTOK")).positions


def test_what_an_own_token_is_worth_in_the_end_is_read_from_what_it_stands_on() -> None:
    found = effective(SHIPPED, mapped(own("mine", symbols=("mETHx",))))
    assert add_holding(Portfolio(), found, Holding("mETHx")).positions["mETHx"].underlying == "ETH"


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sets(st.sampled_from(["a", "b", "c", "d", "lido"])))))
def test_whatever_entries_depend_on_every_symbol_of_theirs_gets_a_stack(
    pairs: list[tuple[str, set[str]]],
) -> None:
    entries = mapped(*(own(i, depends_on=tuple(sorted(on)), symbols=(f"{i}TOK",)) for i, on in pairs))
    found = effective(SHIPPED, entries)
    for name in entries:
        assert add_holding(Portfolio(), found, Holding(f"{name}TOK")).positions


@pytest.mark.parametrize(
    ("entry", "place", "words"),
    [
        (own("x", depends_on=("moon",)), "depends_on", "“moon” is not in the catalogue"),
        (replace(own("x"), name="EIGEN layer"), "name", "another entry called EigenLayer"),
        (replace(own("x"), name="User"), "name", "another entry called User"),
        (own("x", depends_on=("x",)), "depends_on", "X depends on this entry"),
        (own("lido", depends_on=("user",)), "depends_on", "User depends on this entry"),
        (own("x", symbols=("weETH",)), "symbols", "weETH is a symbol of ether.fi"),
        (own("x", symbols=("usrx",)), "symbols", "usrx is a symbol of User already"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said_beside_its_field(entry: Entry, place: str, words: str) -> None:
    others = mapped(own("user", depends_on=("lido",), symbols=("USRX",)))
    (issue,) = entry_issues(SHIPPED, others, entry)
    assert (issue.place, words in issue.text) == (place, True), issue.text


def test_a_sound_entry_and_one_that_only_changes_itself_have_no_issues() -> None:
    user = own("user", symbols=("USRX",))
    assert entry_issues(SHIPPED, mapped(user), replace(user, name="New name")) == ()
    assert entry_issues(SHIPPED, {}, replace(SHIPPED.entries["lido"], origin=Origin.YOURS)) == ()
    assert not any(entry_issues(SHIPPED, {}, entry) for entry in SHIPPED.entries.values())
    assert entry_issues(SHIPPED, {}, own("op", "operator", symbols=("ETH",), depends_on=())) == ()
