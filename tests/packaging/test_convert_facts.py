import json
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.catalogue import Catalogue, from_json
from tests.packaging.recipes import recipe

convert_facts = recipe("convert_facts")

READ = {
    "source": "a/b page.md",
    "source_date": "2026-01",
    "verified": True,
    "checked": "2026-02-03",
    "note": "Prose.",
}
STEP = {"path": "standard", "name": "queue", "kind": "queue", "min_days": 1.0, "slashable": "unknown", **READ}
LIDO: dict[str, Any] = {
    "id": "lido",
    "name": "Lido (stETH)",
    "layer": "liquid-staking",
    "chain": "ethereum",
    "token_symbols": ["stETH"],
    "depends_on": [],
    "note": "A sentence of somebody else.",
    "withdrawal_step": [STEP],
    "slashing": [{"condition": "double vote", "max_fraction": 0.5, "allocation": "n/a", **READ}],
    "reward": [
        {
            "name": "Example: net rate. More.",
            "kind": "base",
            "rate_apr": 0.03,
            "as_of": "2026-05-01",
            "source": "page",
        }
    ],
    "contract_risk": [{"fact": "A sentence of somebody else.", **READ}],
}
TOKEN = {"symbol": "stETH", "name": "Staked", "kind": "share", "entry": "lido", "chain": "ethereum", **READ}


def facts(protocol: dict[str, Any], token: dict[str, Any] | None = None) -> dict[str, Any]:
    meta = {"compiled": "2026-03-04", "checked": "2026-03-05"}
    return {
        "ethereum-restaking.toml": {"meta": meta, "protocol": [protocol]},
        "other-networks.toml": {"meta": {**meta, "compiled": "2026-04-01"}, "protocol": []},
        "tokens.toml": {"meta": {"compiled": "2026-03-01"}, "token": [token or TOKEN]},
    }


def converted(protocol: dict[str, Any], token: dict[str, Any] | None = None) -> Catalogue:
    records = convert_facts.convert(facts(protocol, token))
    return from_json(json.dumps(records["entries.json"]), json.dumps(records["tokens.json"]))


def test_figures_come_over_with_source_date_and_checks() -> None:
    lido = converted(LIDO).entries["lido"]
    (step,), (rule,), (reward,) = lido.exits, lido.slashing, lido.rewards
    assert (step.minimum, step.typical, step.maximum, step.slashable) == (1.0, None, None, None)
    assert (step.source.cited, step.source.dated) == ("a/b page.md", "2026-01")
    assert (step.source.verified, step.source.checked) == (True, "2026-02-03")
    assert (rule.max_fraction, rule.allocation) == (0.5, "n/a")
    assert (reward.rate, reward.as_of, reward.name) == (0.03, "2026-05-01", "net rate")


def test_what_was_not_said_to_be_verified_is_not() -> None:
    (reward,) = converted(LIDO).entries["lido"].rewards
    assert (reward.source.verified, reward.source.checked) == (False, "2026-03-05")


def test_sentences_of_others_stay_behind() -> None:
    records = convert_facts.convert(facts(LIDO))
    assert "somebody else" not in json.dumps(records)
    assert "Prose" not in json.dumps(records)


@pytest.mark.parametrize("key", ["withdrawal_step", "slashing", "reward"])
def test_a_figure_without_a_source_is_refused(key: str) -> None:
    bare = {k: v for k, v in LIDO[key][0].items() if k != "source"}
    with pytest.raises(ValueError, match=r"lido: .* has no source"):
        converted({**LIDO, key: [bare]})


def test_a_token_without_a_source_is_refused() -> None:
    with pytest.raises(ValueError, match="stETH has no source"):
        converted(LIDO, {k: v for k, v in TOKEN.items() if k != "source"})


def test_an_entry_says_which_collection_it_is_from() -> None:
    lido = converted(LIDO).entries["lido"]
    assert (lido.cited, lido.dated) == ("ethereum-restaking.toml", "2026-03-04")


def test_the_version_is_the_day_of_the_newest_collection() -> None:
    assert converted(LIDO).version == "2026-04-01"


def test_identifiers_used_elsewhere_are_kept() -> None:
    (token,) = converted(LIDO, {**TOKEN, "rotki_ids": ["A", "B"], "coingecko_id": "c", "decimals": 0}).tokens
    assert (token.other_ids, token.decimals) == (("A", "B", "c"), 0)


def test_the_recipe_reads_a_folder_and_writes_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "facts", tmp_path / "out" / "catalogue"
    source.mkdir()
    meta = '[meta]\ncompiled = "2026-01-01"\n'
    for name in ("ethereum-restaking.toml", "other-networks.toml"):
        (source / name).write_text(meta + "protocol = []\n")
    (source / "other-networks.toml").write_text(
        meta + '[[protocol]]\nid = "sol"\nname = "SOL"\nlayer = "asset"\nchain = "solana"\n'
    )
    (source / "ethereum-restaking.toml").write_text("protocol = []\n" + meta)
    (source / "tokens.toml").write_text("token = []\n" + meta)
    assert convert_facts.main([str(source), str(target)]) == 0
    texts = [(target / name).read_text("utf-8") for name in ("entries.json", "tokens.json")]
    assert list(from_json(*texts).entries) == ["sol"]
    assert "entries.json" in capsys.readouterr().out


def test_the_recipe_without_a_folder_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert convert_facts.main([]) == 2
    assert "convert_facts.py FOLDER" in capsys.readouterr().out
