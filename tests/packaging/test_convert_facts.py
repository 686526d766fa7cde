"""The converter takes everything, and stops with a sentence where it cannot."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.catalogue import Catalogue, Shock
from desktop_app.domain.catalogue_reading import from_json, with_details
from tests.packaging.recipes import recipe

convert_facts = recipe("convert_facts")

PARTS = ("entries", "tokens", "details", "events", "constants")
READ = {"source": "a/b page.md", "source_date": "2026-01", "verified": True, "checked": "2026-02-03"}
FACTS: dict[str, Any] = {
    "ethereum-restaking.toml": {
        "meta": {
            "compiled": "2026-03-04",
            "checked": "2026-03-05",
            "schema_version": 3,
            "ambiguous_token_symbols": [{"symbol": "stETH", "ids": ["lido"], "reason": "also another"}],
        },
        "constants": {
            "chain": {
                "SLOTS": 32,
                "SLOTS_source": "a/b preset.yaml (2026-02-01)",
                "LIMIT": 5.5,
                "LIMIT_unit": "gwei",
                "LIMIT_source": "derived",
            }
        },
        "protocol": [
            {
                "id": "lido",
                "name": "Lido (stETH)",
                "layer": "liquid-staking",
                "chain": "ethereum",
                "token_symbols": ["stETH"],
                "depends_on": [],
                "note": "A pool.",
                "withdrawal_step": [
                    {
                        "path": "standard",
                        "name": "queue",
                        "kind": "queue",
                        "min_days": 1.0,
                        "slashable": "unknown",
                        "note": "First in, first out.",
                        **READ,
                    }
                ],
                "slashing": [
                    {
                        "condition": "double vote",
                        "max_fraction": 0.5,
                        "allocation": "n/a",
                        "note": "Rare.",
                        **READ,
                    }
                ],
                "reward": [
                    {
                        "name": "Example: net rate. More.",
                        "kind": "base",
                        "rate_apr": 0.03,
                        "as_of": "2026-05-01",
                        "source": "page",
                    },
                    {"name": "points", "kind": "points", "as_of": "undated", "source": "page"},
                ],
                "contract_risk": [{"fact": "One key.", **READ, "verified": False}],
            }
        ],
    },
    "other-networks.toml": {
        "meta": {"compiled": "2026-04-01"},
        "protocol": [],
        "event": [
            {
                "id": "depeg",
                "name": "A depeg",
                "date": "2022-06",
                "protocols": ["lido"],
                "kind": "depeg",
                "discount": 0.08,
                "note": "Then.",
                "shock": [{"node": "token:stETH", "fraction": 0.08, "basis": "price"}],
                "source": "report",
                "verified": True,
            }
        ],
    },
    "tokens.toml": {
        "meta": {"compiled": "2026-03-01"},
        "token": [
            {
                "symbol": "stETH",
                "name": "Staked",
                "kind": "share",
                "entry": "lido",
                "chain": "ethereum",
                "decimals": 0,
                "rotki_ids": ["A", "B"],
                "coingecko_id": "c",
                "note": "Rebases.",
                **READ,
            }
        ],
    },
}
LIDO, TOKEN = ("ethereum-restaking.toml", "protocol", 0), ("tokens.toml", "token", 0)
CHAIN = ("ethereum-restaking.toml", "constants", "chain")
DEPEG = ("other-networks.toml", "event", 0)


def at(facts: Any, *place: str | int) -> Any:
    for key in place:
        facts = facts[key]
    return facts


def changed(*place: str | int, **values: Any) -> dict[str, Any]:
    """Return the facts with other values in the table at a place; None takes a key away."""
    facts = deepcopy(FACTS)
    table = at(facts, *place)
    table.update(values)
    for key in [k for k, v in values.items() if v is None]:
        del table[key]
    return facts


def converted(facts: dict[str, Any] = FACTS) -> Catalogue:
    records = convert_facts.convert(deepcopy(facts))
    assert list(records) == [f"{part}.json" for part in PARTS]
    entries, tokens, *rest = [json.dumps(record) for record in records.values()]
    return with_details(from_json(entries, tokens), *rest)


def refused(facts: dict[str, Any], sentence: str) -> None:
    with pytest.raises(convert_facts.FactError, match=sentence):
        convert_facts.convert(facts)


# -- what comes over ---------------------------------------------------------------------------------------


def test_figures_come_over_with_source_date_and_checks() -> None:
    lido = converted().entries["lido"]
    (step,), (rule,), (reward, _) = lido.exits, lido.slashing, lido.rewards
    assert (step.minimum, step.typical, step.maximum, step.slashable) == (1.0, None, None, None)
    assert (step.source.cited, step.source.dated) == ("a/b page.md", "2026-01")
    assert (step.source.verified, step.source.checked) == (True, "2026-02-03")
    assert (rule.max_fraction, rule.allocation) == (0.5, "n/a")
    assert (reward.rate, reward.as_of, reward.name, reward.note) == (
        0.03,
        "2026-05-01",
        "net rate",
        "net rate. More",
    )


def test_texts_come_over_with_the_fact_that_they_are_about() -> None:
    lido = converted().entries["lido"]
    assert (lido.note, lido.exits[0].note, lido.slashing[0].note) == (
        "A pool.",
        "First in, first out.",
        "Rare.",
    )
    (risk,) = lido.risks
    assert (risk.text, risk.source.verified) == ("One key.", False)


def test_texts_stay_out_of_what_every_start_reads() -> None:
    records = convert_facts.convert(deepcopy(FACTS))
    for text in ("A pool.", "First in", "Rare.", "One key.", "More"):
        assert text not in json.dumps(records["entries.json"])


def test_a_missing_verified_is_false_and_a_missing_checked_is_the_collections() -> None:
    (reward, _) = converted().entries["lido"].rewards
    assert (reward.source.verified, reward.source.checked) == (False, "2026-03-05")


def test_a_rate_that_nobody_publishes_is_unknown() -> None:
    (_, points) = converted().entries["lido"].rewards
    assert (points.rate, points.source.dated) == (None, "undated")


def test_an_event_comes_over_with_its_shocks_and_its_own_day() -> None:
    (event,) = converted().events
    assert event.shocks == (Shock("token:stETH", 0.08, "price"),)
    assert (event.discount, event.note, event.source.dated) == (0.08, "Then.", "2022-06")


def test_a_constant_is_dated_by_its_source_or_the_day_of_compilation() -> None:
    slots, limit = converted().constants
    assert (slots.name, slots.value, slots.source.dated) == ("SLOTS", 32, "2026-02-01")
    assert (limit.value, limit.unit, limit.source.cited, limit.source.dated) == (
        5.5,
        "gwei",
        "derived",
        "2026-03-04",
    )


def test_a_token_keeps_its_identifiers_and_its_note() -> None:
    (token,) = converted().tokens
    assert (token.other_ids, token.decimals, token.note) == (("A", "B", "c"), 0, "Rebases.")


def test_a_symbol_that_names_several_things_is_known_as_such() -> None:
    (ambiguity,) = converted().ambiguous
    assert (ambiguity.symbol, ambiguity.entries, ambiguity.reason) == ("stETH", ("lido",), "also another")


def test_an_entry_says_which_collection_it_is_from() -> None:
    lido = converted().entries["lido"]
    assert (lido.cited, lido.dated) == ("ethereum-restaking.toml", "2026-03-04")


def test_the_version_is_the_day_of_the_newest_collection() -> None:
    assert converted().version == "2026-04-01"


# -- nothing is lost ---------------------------------------------------------------------------------------

TABLES = [
    LIDO,
    (*LIDO, "withdrawal_step", 0),
    (*LIDO, "slashing", 0),
    (*LIDO, "reward", 0),
    (*LIDO, "contract_risk", 0),
    DEPEG,
    (*DEPEG, "shock", 0),
    TOKEN,
    ("ethereum-restaking.toml", "meta"),
    ("ethereum-restaking.toml", "meta", "ambiguous_token_symbols", 0),
]


@pytest.mark.parametrize("place", TABLES, ids=str)
def test_a_key_that_nobody_knows_stops_the_conversion(place: tuple[str | int, ...]) -> None:
    refused(changed(*place, novelty="new"), "the key “novelty” is neither taken nor known to be left out")


def test_a_part_that_nobody_knows_stops_the_conversion() -> None:
    refused(changed("tokens.toml", novelty=[]), "tokens.toml: nothing is known of “novelty”")


@pytest.mark.parametrize(
    ("place", "key"),
    [
        (("entries.json", "entries", 0), "name"),
        (("entries.json", "entries", 0, "exits", 0), "minimum"),
        (("entries.json", "entries", 0, "exits", 0, "source"), "checked"),
        (("entries.json", "entries", 0, "slashing", 0), "max_fraction"),
        (("entries.json", "entries", 0, "rewards", 0), "rate"),
        (("details.json", "details", "lido"), "note"),
        (("details.json", "details", "lido"), "exits"),
        (("details.json", "details", "lido", "risks", 0), "text"),
        (("events.json", "events", 0, "shocks", 0), "fraction"),
        (("tokens.json", "tokens", 0), "other_ids"),
        (("constants.json", "constants", 1), "value"),
    ],
    ids=str,
)
def test_a_value_that_does_not_arrive_stops_the_conversion(place: tuple[str | int, ...], key: str) -> None:
    records = convert_facts.convert(deepcopy(FACTS))
    del at(records, *place)[key]
    with pytest.raises(convert_facts.FactError, match="did not arrive in the catalogue"):
        convert_facts.prove_arrival(FACTS, records)


def test_an_id_given_twice_stops_the_conversion() -> None:
    facts = deepcopy(FACTS)
    facts["other-networks.toml"]["protocol"] = [facts["ethereum-restaking.toml"]["protocol"][0]]
    refused(facts, "“lido” is the id of 2 things")


@pytest.mark.parametrize(
    ("place", "values"),
    [
        (LIDO, {"depends_on": ["eth"]}),
        (LIDO, {"accepts": ["eth"]}),
        (LIDO, {"chain_entry": "eth"}),
        (LIDO, {"underlying": "eth"}),
        ((*LIDO, "withdrawal_step", 0), {"covers": ["eth"]}),
        ((*LIDO, "withdrawal_step", 0), {"gives": "eth"}),
        (TOKEN, {"entry": "eth"}),
        (TOKEN, {"governs": "eth"}),
        (TOKEN, {"made_of": ["eth"]}),
        (DEPEG, {"protocols": ["eth"]}),
        (("ethereum-restaking.toml", "meta", "ambiguous_token_symbols", 0), {"ids": ["eth"]}),
    ],
    ids=str,
)
def test_what_is_named_and_is_nowhere_stops_the_conversion(
    place: tuple[str | int, ...], values: dict[str, Any]
) -> None:
    refused(changed(*place, **values), "names “eth”, which is nowhere")


@pytest.mark.parametrize("layer", ["operator", "service"])
def test_operators_and_services_are_leaves(layer: str) -> None:
    facts = deepcopy(FACTS)
    leaf: dict[str, Any] = {"id": "kiln", "name": "Kiln", "layer": layer, "chain": "multi"}
    facts["other-networks.toml"]["protocol"] = [leaf]
    assert "kiln" in converted(facts).entries
    sentence = "an operator or a service neither depends on anything nor is depended on"
    at(facts, *LIDO)["depends_on"] = ["kiln"]
    refused(facts, f"lido: {sentence}")
    at(facts, *LIDO)["depends_on"] = []
    leaf["depends_on"] = ["lido"]
    refused(facts, f"kiln: {sentence}")


def test_what_depends_on_itself_stops_the_conversion() -> None:
    facts = changed(*LIDO, depends_on=["other"])
    other = {"id": "other", "name": "O", "layer": "defi", "chain": "x", "depends_on": ["lido"]}
    facts["other-networks.toml"]["protocol"] = [other]
    refused(facts, "lido depends on itself")


@pytest.mark.parametrize("word", ["varies", "unknown"])
def test_an_underlying_may_be_open(word: str) -> None:
    assert converted(changed(*LIDO, underlying=word)).entries["lido"].underlying == word


@pytest.mark.parametrize("values", [{"shock": None}, {"why_no_shock": "Nobody lost."}], ids=str)
def test_an_event_has_a_shock_or_the_reason_why_not(values: dict[str, Any]) -> None:
    refused(changed(*DEPEG, **values), "depeg must have either a shock or the reason")


# -- no number without its source --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ((*LIDO, "withdrawal_step", 0), "queue"),
        ((*LIDO, "slashing", 0), "double vote"),
        ((*LIDO, "reward", 0), "net rate"),
        ((*LIDO, "contract_risk", 0), "One key"),
        (TOKEN, "stETH"),
        (DEPEG, "depeg"),
    ],
    ids=str,
)
def test_a_fact_without_a_source_stops_the_conversion(place: tuple[str | int, ...], name: str) -> None:
    refused(changed(*place, source=None), f"{place[0]}: .*{name}.* has no source")


def test_a_number_of_an_entry_itself_has_no_source() -> None:
    refused(changed(*LIDO, share=0.5), "lido, share has no source")


def test_a_constant_without_a_source_stops_the_conversion() -> None:
    refused(changed(*CHAIN, LIMIT_source=None), "chain LIMIT has no source")


# -- the recipe --------------------------------------------------------------------------------------------

META = '[meta]\ncompiled = "2026-01-01"\n'


def folder(path: Path, asset: str) -> Path:
    """Write small collections of facts and return their folder."""
    path.mkdir()
    (path / "ethereum-restaking.toml").write_text("protocol = []\n" + META)
    (path / "other-networks.toml").write_text(META + "[[protocol]]\n" + asset)
    (path / "tokens.toml").write_text("token = []\n" + META)
    return path


def test_the_recipe_reads_a_folder_and_writes_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sol = 'id = "sol"\nname = "SOL"\nlayer = "asset"\nchain = "solana"\n'
    source, target = folder(tmp_path / "facts", sol), tmp_path / "out" / "catalogue"
    assert convert_facts.main([str(source), str(target)]) == 0
    entries, tokens, *rest = [(target / f"{part}.json").read_text("utf-8") for part in PARTS]
    assert list(with_details(from_json(entries, tokens), *rest).entries) == ["sol"]
    assert "entries.json" in capsys.readouterr().out


def test_the_recipe_says_what_is_wrong_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = folder(tmp_path / "facts", 'id = "sol"\nnovelty = 1\n')
    assert convert_facts.main([str(source), str(tmp_path / "out")]) == 1
    assert "sol, novelty has no source" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_recipe_without_a_folder_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert convert_facts.main([]) == 2
    assert "convert_facts.py FOLDER" in capsys.readouterr().out
