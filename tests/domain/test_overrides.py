from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.catalogue import ExitFact, Source
from desktop_app.domain.overrides import (
    FACT_KINDS,
    counterparts,
    differs,
    facts_of,
    is_same,
    restored,
    with_facts,
    yours,
)
from desktop_app.domain.positions import Origin
from desktop_app.shipped import full_catalogue

READ = Source("a page", "2026-01-01", verified=True, checked="")
OWN = Source("a friend", "2026-11-01", verified=False, checked="", origin=Origin.YOURS)
EIGENLAYER = full_catalogue().entries["eigenlayer"]


def steps(names: str) -> tuple[ExitFact, ...]:
    return tuple(ExitFact("standard", name, "queue", READ) for name in names)


@pytest.mark.parametrize(
    ("own", "shipped", "found"),
    [
        ("abc", "abc", "abc"),
        ("axc", "abc", "abc"),
        ("ac", "abc", "ac"),
        ("abxc", "abc", "ab-c"),
        ("x", "", "-"),
        ("xyc", "abc", "abc"),
        ("", "abc", ""),
    ],
)
def test_a_fact_stands_in_for_the_shipped_one_of_its_name_or_of_its_place(
    own: str, shipped: str, found: str
) -> None:
    pairs = counterparts(steps(own), steps(shipped))
    assert "".join(fact.name if fact else "-" for fact in pairs) == found


@given(st.lists(st.sampled_from("abcd"), max_size=6), st.lists(st.sampled_from("abcd"), max_size=6))
def test_no_shipped_fact_is_replaced_twice(own: list[str], shipped: list[str]) -> None:
    facts = steps("".join(shipped))
    found = [id(fact) for fact in counterparts(steps("".join(own)), facts) if fact]
    assert len(found) == len(set(found))
    assert set(found) <= set(map(id, facts))


@pytest.mark.parametrize("kind", FACT_KINDS)
def test_a_changed_fact_goes_back_to_the_shipped_one(kind: str) -> None:
    facts = facts_of(EIGENLAYER, kind)  # type: ignore[arg-type]
    mine = tuple(replace(f, source=OWN) if i == 0 else f for i, f in enumerate(facts))
    changed = with_facts(EIGENLAYER, kind, mine)  # type: ignore[arg-type]
    assert yours(mine[0])
    assert is_same(mine[0], facts[0])
    assert differs(changed, EIGENLAYER)
    assert restored(changed, EIGENLAYER, kind, 0) == EIGENLAYER  # type: ignore[arg-type]


def test_a_fact_without_a_shipped_one_stays() -> None:
    added = with_facts(EIGENLAYER, "exits", (*EIGENLAYER.exits, steps("x")[0]))
    assert restored(added, EIGENLAYER, "exits", len(EIGENLAYER.exits)) == added


def test_an_entry_differs_by_what_it_says_and_not_by_who_says_it() -> None:
    assert not differs(replace(EIGENLAYER, origin=Origin.YOURS), EIGENLAYER)
    assert differs(replace(EIGENLAYER, name="Other"), EIGENLAYER)
