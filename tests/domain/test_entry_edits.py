from dataclasses import replace
from datetime import date

import pytest

from desktop_app.domain.catalogue import Entry
from desktop_app.domain.entry_edits import (
    ENTERED,
    KINDS,
    free_id,
    own_source,
    users_of,
    with_entry,
    without_entry,
)
from desktop_app.domain.own_entries import effective
from desktop_app.domain.positions import Origin
from desktop_app.report.catalogue_words import kind_word
from desktop_app.shipped import full_catalogue

FULL = full_catalogue()
LIDO = FULL.entries["lido"]
DAY = date(2026, 11, 24)
OWN = own_source("a friend", DAY)


def faster() -> Entry:
    return replace(LIDO, exits=(replace(LIDO.exits[0], maximum=3.0, source=OWN), *LIDO.exits[1:]))


def test_an_override_is_kept_whole_and_as_the_users() -> None:
    entries = with_entry(FULL, {}, faster(), DAY)
    assert entries == {"lido": replace(faster(), origin=Origin.YOURS)}
    assert entries["lido"].risks == LIDO.risks


def test_what_says_the_same_as_the_shipped_entry_is_no_override() -> None:
    same = replace(LIDO, exits=(replace(LIDO.exits[0], source=OWN), *LIDO.exits[1:]), origin=Origin.YOURS)
    assert with_entry(FULL, {"lido": faster()}, same, DAY) == {}
    assert with_entry(FULL, {}, LIDO, DAY) == {}


def test_what_an_override_depends_on_is_the_users_and_dated_once_it_is_another() -> None:
    moved = with_entry(FULL, {}, replace(LIDO, depends_on=("ethereum-native-staking", "eigenlayer")), DAY)
    assert (moved["lido"].cited, moved["lido"].dated) == (ENTERED, "2026-11-24")
    back = with_entry(FULL, moved, replace(moved["lido"], name="L", depends_on=LIDO.depends_on), DAY)
    assert (back["lido"].cited, back["lido"].dated) == (LIDO.cited, LIDO.dated)


def test_an_own_entry_keeps_its_place_and_its_first_date() -> None:
    own = Entry("mine", "Mine", "oracle", "")
    entries = with_entry(FULL, {"lido": faster()}, own, DAY)
    assert (entries["mine"].cited, entries["mine"].dated) == (ENTERED, "2026-11-24")
    assert entries["mine"].origin is Origin.YOURS
    later = with_entry(FULL, {**entries, "z": own}, replace(entries["mine"], name="M"), date(2027, 1, 1))
    assert list(later) == ["lido", "mine", "z"]
    assert later["mine"].dated == "2026-11-24"


def test_an_id_is_readable_and_free() -> None:
    assert free_id(FULL, {}, "My Oracle!") == "my-oracle"
    assert free_id(FULL, {"my-oracle": LIDO}, "My Oracle!") == "my-oracle-2"
    assert free_id(FULL, {}, "Lido") == "lido-2"


def test_taking_an_entry_away_leaves_the_others_and_knows_who_needs_it() -> None:
    a, b = Entry("a", "A", "oracle", ""), Entry("b", "B", "defi", "", depends_on=("a",))
    assert without_entry({"a": a, "b": b}, "a") == {"b": b}
    assert users_of({"a": a, "b": b}, "a") == [b]
    assert users_of({"a": a, "b": b}, "b") == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_that_can_be_chosen_is_called_so_afterwards(kind: str) -> None:
    layer, rewards = KINDS[kind]
    own = Entry("mine", "Mine", layer, "ethereum", ("mX",), reward_layers=rewards, origin=Origin.YOURS)
    catalogue = effective(FULL, {"mine": own})
    assert kind_word(catalogue, catalogue.entries["mine"]) == kind


def test_a_fact_of_the_users_says_so() -> None:
    assert (OWN.origin, OWN.dated, OWN.verified) == (Origin.YOURS, "2026-11-24", False)
