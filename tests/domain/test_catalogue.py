from collections import Counter

import pytest

from desktop_app import shipped
from desktop_app.domain.catalogue import ExitFact, RewardFact, SlashingFact, Source

CATALOGUE = shipped.full_catalogue()
ENTRIES = CATALOGUE.entries.values()


def test_every_thing_of_the_facts_is_shipped() -> None:
    facts = Counter(type(fact).__name__ for entry in ENTRIES for fact in entry.facts)
    assert facts == {"ExitFact": 132, "SlashingFact": 109, "RiskFact": 125, "RewardFact": 21}
    assert (len(ENTRIES), len(CATALOGUE.tokens), len({t.symbol for t in CATALOGUE.tokens})) == (138, 136, 95)
    assert sum(bool(t.address) for t in CATALOGUE.tokens) == 122
    assert (len(CATALOGUE.events), sum(bool(e.shocks) for e in CATALOGUE.events)) == (19, 8)
    assert Counter(c.group for c in CATALOGUE.constants) == {"ethereum": 59, "eigenlayer": 24}
    assert [a.symbol for a in CATALOGUE.ambiguous] == ["cUSD", "PT", "YT", "BPT", "aToken", "LBTC"]


def test_texts_come_over_with_what_they_are_about() -> None:
    lido = CATALOGUE.entries["lido"]
    assert lido.exits[0].note.startswith("First in, first out.")
    assert lido.slashing[0].note.startswith("Loss is shared by all stETH holders")
    assert lido.risks[1].text.startswith("Accounting oracle needs 5 of 9 members.")
    assert CATALOGUE.entries["lido-stvaults"].note.startswith("A vault owner mints ordinary stETH")
    assert all(
        fact.note for entry in ENTRIES for fact in entry.facts if isinstance(fact, ExitFact | SlashingFact)
    )


def test_a_rate_keeps_all_that_was_said_of_it() -> None:
    (first, *_) = CATALOGUE.entries["ethereum-native-staking"].rewards
    assert (first.name, first.rate) == ("average base staking rate quoted for late May 2026", 0.0278)
    assert first.note.endswith("about 897,000 validators and 38.9 million ETH staked")


def test_a_rate_is_dated_by_the_day_it_was_seen_and_unverified_unless_said_otherwise() -> None:
    rates = [fact for entry in ENTRIES for fact in entry.facts if isinstance(fact, RewardFact)]
    assert all(r.source.dated == r.as_of and not r.source.verified for r in rates)
    assert sum(r.rate is None for r in rates) == 13


def test_an_event_has_a_shock_or_says_why_it_has_none() -> None:
    assert all(bool(e.shocks) != bool(e.why_no_shock) for e in CATALOGUE.events)
    assert all(0 < s.fraction <= 1 and s.basis for e in CATALOGUE.events for s in e.shocks)


def test_an_event_is_dated_by_its_own_day() -> None:
    events = {e.id: e for e in CATALOGUE.events}
    kelp = events["kelp-rseth-2026-04"]
    assert (kelp.source.dated, kelp.loss_fraction, kelp.discount) == ("2026-04-18", 0.18, 0.15)
    assert (kelp.amount, kelp.shocks) == ("116500 rsETH", ())
    assert all(e.source.cited and e.source.dated == e.date for e in events.values())


def test_a_number_of_the_rules_says_where_it_was_read_and_when() -> None:
    constants = {c.name: c for c in CATALOGUE.constants}
    delay = constants["MIN_WITHDRAWAL_DELAY_BLOCKS"]
    assert (delay.group, delay.value, delay.source.dated) == ("eigenlayer", 100800, "2026-05-01")
    assert constants["MIN_ACTIVATION_BALANCE"].unit == "gwei"
    assert constants["EPOCHS_PER_DAY"].source == Source(
        "derived: 86400 / 384", CATALOGUE.version, verified=False, checked=CATALOGUE.version
    )


def test_what_entries_refer_to_is_there() -> None:
    for entry in ENTRIES:
        named = {*entry.depends_on, *entry.platforms_possible, entry.chain_entry, entry.platform}
        named |= {*entry.accepts, *entry.operators_listed, *entry.operates_on}
        named |= {i for step in entry.exits for i in step.covers}
        assert named - {""} <= CATALOGUE.entries.keys()
    assert {i for e in CATALOGUE.events for i in e.protocols} <= CATALOGUE.entries.keys()


def test_every_share_has_an_entry() -> None:
    assert [
        t.symbol for t in CATALOGUE.tokens if t.kind != "governance" and t.entry not in CATALOGUE.entries
    ] == []


def test_every_figure_has_a_source_with_a_date() -> None:
    sources = [t.source for t in CATALOGUE.tokens]
    sources += [fact.source for entry in ENTRIES for fact in entry.facts]
    sources += [event.source for event in CATALOGUE.events]
    sources += [constant.source for constant in CATALOGUE.constants]
    assert [s for s in sources if not s.cited or not s.dated] == []
    assert [e.id for e in ENTRIES if not e.cited or not e.dated] == []


def test_days_of_a_step_rise_from_least_to_most() -> None:
    for entry in ENTRIES:
        for fact in entry.exits:
            known = [d for d in (fact.minimum, fact.typical, fact.maximum) if d is not None]
            assert known == sorted(known)


def test_a_missing_duration_is_unknown() -> None:
    (queue, *_) = CATALOGUE.entries["ethereum-native-staking"].exits
    assert isinstance(queue, ExitFact)
    assert (queue.typical, queue.maximum) == (None, None)


def test_a_name_is_shown_without_its_list_of_tokens() -> None:
    assert CATALOGUE.entries["lido"].short_name == "Lido"
    assert CATALOGUE.entries["jito-restaking"].short_name == "Jito (Re)staking vaults"


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        ("jitosol", "Jito"),
        ("ethena-susde", "Ethena"),
        ("lombard-lbtc", "Lombard"),
        ("lido", "Lido"),
        ("rocket-pool", "Rocket Pool"),
    ],
)
def test_an_issuer_is_called_without_its_token(entry: str, title: str) -> None:
    assert CATALOGUE.titles[entry] == title


@pytest.mark.parametrize(
    ("entry", "title"), [("stride-statom", "Stride stATOM"), ("renzo-ezsol", "Renzo ezSOL")]
)
def test_issuers_that_would_be_called_alike_keep_their_token(entry: str, title: str) -> None:
    assert CATALOGUE.titles[entry] == title


def test_a_name_that_would_end_in_a_sign_stays_whole() -> None:
    assert CATALOGUE.titles["ankr-abnbc"] == "Ankr aBNBc / ankrBNB"
