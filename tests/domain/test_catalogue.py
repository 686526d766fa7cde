import json

import pytest

from desktop_app import shipped
from desktop_app.domain.catalogue import SCHEMA, ExitFact, from_json
from desktop_app.errors import UserError

HEAD = {"schema": SCHEMA, "version": "2026-01-02"}
TOKENS = json.dumps({**HEAD, "tokens": []})
CATALOGUE = shipped.catalogue()


def test_every_entry_and_token_is_shipped() -> None:
    assert (len(CATALOGUE.entries), len(CATALOGUE.tokens)) == (138, 136)


def test_what_entries_refer_to_is_there() -> None:
    for entry in CATALOGUE.entries.values():
        named = (*entry.depends_on, *entry.platforms_possible, entry.chain_entry, entry.platform)
        assert [n for n in named if n and n not in CATALOGUE.entries] == []


def test_every_share_has_an_entry() -> None:
    assert [
        t.symbol for t in CATALOGUE.tokens if t.kind != "governance" and t.entry not in CATALOGUE.entries
    ] == []


def test_every_figure_has_a_source_with_a_date() -> None:
    sources = [t.source for t in CATALOGUE.tokens]
    for entry in CATALOGUE.entries.values():
        sources += [x.source for x in entry.exits]
        sources += [x.source for x in entry.slashing]
        sources += [x.source for x in entry.rewards]
    assert len(sources) > 300
    assert [s for s in sources if not s.cited or not s.dated] == []


def test_days_of_a_step_rise_from_least_to_most() -> None:
    for entry in CATALOGUE.entries.values():
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
    assert shipped.catalogue().titles[entry] == title


@pytest.mark.parametrize(
    ("entry", "title"), [("stride-statom", "Stride stATOM"), ("renzo-ezsol", "Renzo ezSOL")]
)
def test_issuers_that_would_be_called_alike_keep_their_token(entry: str, title: str) -> None:
    assert shipped.catalogue().titles[entry] == title


def test_a_name_that_would_end_in_a_sign_stays_whole() -> None:
    assert shipped.catalogue().titles["ankr-abnbc"] == "Ankr aBNBc / ankrBNB"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "other/1", "entries": []}', TOKENS])
def test_a_text_that_is_no_catalogue_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UserError, match="catalogue's entries"):
        from_json(text, TOKENS)


def test_the_version_is_that_of_the_newer_part() -> None:
    entries = json.dumps({**HEAD, "version": "2026-03-04", "entries": []})
    assert from_json(entries, TOKENS).version == "2026-03-04"
