from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.catalogue import Catalogue, Entry, Fact, RiskFact, Source
from desktop_app.domain.own_entries import effective
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Basis, Origin
from desktop_app.domain.stacks import Holding, add_holdings
from desktop_app.figures.labels import Labels
from desktop_app.report.fact_lines import FactLine, FactWords, month_words
from desktop_app.shipped import full_catalogue

DAY = date(2026, 11, 24)
FULL = full_catalogue()
OWN = Source("a friend", "2026-11-01", verified=False, checked="", origin=Origin.YOURS)


def lines(ident: str, portfolio: Portfolio | None = None, *own: Entry) -> list[FactLine]:
    portfolio = portfolio or Portfolio()
    catalogue = effective(FULL, {e.id: e for e in own})
    return list(FactWords(catalogue, FULL, portfolio, Labels(), DAY).lines(catalogue.entries[ident]))


def texts(found: list[FactLine], group: str) -> list[str]:
    return [line.text for line in found if line.group == group]


def held() -> Portfolio:
    holdings = [
        Holding(a, Decimal(1), Decimal(1), reward_rate=r) for a, r in (("stETH", 0.025), ("wstETH", 0.025))
    ]
    return add_holdings(Portfolio(), FULL, holdings)[0]


def test_the_facts_of_an_entry_stand_in_their_groups_in_a_fixed_order() -> None:
    groups = list(dict.fromkeys(line.group for line in lines("lido", held())))
    assert groups == [
        "Getting out",
        "Slashing",
        "Risks",
        "Rewards",
        "Depends on",
        "Tokens and addresses",
        "Yours",
    ]


def test_every_fact_of_the_catalogue_has_a_line_with_its_source_and_date() -> None:
    for entry in FULL.entries.values():
        facts: tuple[Fact, ...] = (*entry.exits, *entry.slashing, *entry.risks, *entry.rewards)
        found = [line for line in lines(entry.id) if line.index >= 0]
        assert [line.cited for line in found] == [fact.source.cited for fact in facts]
        assert all(line.state in {"✓ verified", "unverified"} and line.dated for line in found)


def test_old_and_undated_facts_are_marked() -> None:
    old = Entry("x", "X", "service", "", risks=(RiskFact("One.", replace(OWN, dated="2025-11-23")),))
    new = replace(old, risks=(RiskFact("One.", replace(OWN, dated="2025-11-24")),))
    undated = replace(old, risks=(RiskFact("One.", replace(OWN, dated="undated")),))
    assert [lines("x", None, e)[0].old for e in (old, new, undated)] == [True, False, True]


def test_what_the_user_says_instead_stands_beside_what_the_catalogue_says() -> None:
    shipped = FULL.entries["eigenlayer"]
    mine = replace(shipped.exits[0], maximum=20.0, typical=20.0, minimum=20.0, source=OWN)
    changed = replace(shipped, exits=(mine, *shipped.exits[1:]), origin=Origin.YOURS)
    first, second = lines("eigenlayer", None, changed)[:2]
    assert (first.state, first.cited) == ("yours", "a friend")
    assert first.text.startswith("Queued withdrawal: takes 20\u00a0days")
    assert first.shipped.startswith("Queued withdrawal: takes 14\u00a0days")
    assert (first.kind, first.index) == ("exits", 0)
    assert (second.state, second.shipped) == ("✓ verified", "")


def test_names_make_sentences_of_what_it_stands_on_and_what_it_may_hold() -> None:
    found = texts(lines("etherfi"), "Depends on")
    assert found[0] == "Stands on Ethereum validators and EigenLayer with all of it."
    assert any(text.startswith("Names InfStones and Luganodes as operators") for text in found)


def test_tokens_have_their_addresses_and_an_own_token_says_that_none_is_recorded() -> None:
    found = texts(lines("etherfi"), "Tokens and addresses")
    assert "weETH on Base: 0x04C0599Ae5A44757c0af6F9eC3b93da8976c150A." in found
    assert any(text.startswith("ETHFI governs it, on Ethereum: 0x") for text in found)
    own = Entry("mine", "Mine", "liquid-staking", "ethereum", ("mETHx",), origin=Origin.YOURS)
    (line,) = lines("mine", None, own)
    assert (line.text, line.state) == ("mETHx on Ethereum, no address is recorded.", "yours")


@pytest.mark.parametrize(
    ("chance", "loss", "basis", "text", "cited"),
    [
        (0.008, 0.3, Basis.YOURS, "Fails once in 125 years and takes 30\u202f%.", "your assumption"),
        (
            0.008,
            0.3,
            Basis.ILLUSTRATIVE,
            "Fails once in 125 years and takes 30\u202f%.",
            "of the illustrative set",
        ),
        (0.008, 0.3, Basis.COPIED, "Fails once in 125 years and takes 30\u202f%.", "copied from another"),
        (0.0, None, Basis.YOURS, "Cannot fail.", "your assumption"),
        (
            0.5,
            None,
            Basis.YOURS,
            "Fails once in 2 years and takes a part that is not assumed.",
            "your assumption",
        ),
        (None, 0.3, Basis.YOURS, "Fails, how often is not assumed, and takes 30\u202f%.", "your assumption"),
    ],
)
def test_assumptions_are_the_users_and_say_where_they_come_from(
    chance: float | None, loss: float | None, basis: Basis, text: str, cited: str
) -> None:
    node = replace(
        held().nodes["protocol:lido"], failure_probability=chance, loss_given_failure=loss, basis=basis
    )
    assumed = next(line for line in lines("lido", held().with_graph([node])) if line.cited.startswith(cited))
    assert assumed.text == f"Lido: {text}"
    assert assumed.state == "yours"


def test_rewards_that_the_user_entered_stand_under_yours_once_for_equal_ones() -> None:
    assert texts(lines("lido", held()), "Yours") == [
        "Reward of liquid staking 2.50\u202f% a year, in 2 positions."
    ]
    assert texts(lines("eth", held()), "Yours") == []


@pytest.mark.parametrize(
    ("dated", "words"),
    [("2026-05-01", "May\u00a02026"), ("2025-03", "Mar\u00a02025"), ("2024", "2024"), ("undated", "undated")],
)
def test_a_narrow_column_has_month_and_year(dated: str, words: str) -> None:
    assert month_words(dated, Labels()) == words


def test_an_entry_of_nothing_but_a_name_has_no_lines() -> None:
    assert lines("x", None, Entry("x", "X", "service", "", origin=Origin.YOURS)) == []
    assert Catalogue().entries == {}
