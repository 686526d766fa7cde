"""Converts collections of facts (TOML) into the shipped catalogue, resources/catalogue/*.json.

    python packaging/convert_facts.py FOLDER_WITH_FACTS [TARGET_FOLDER]

Takes names, figures, dates and sources, not the collections' sentences. Refuses a figure without a source.
"""

import json
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

SCHEMA = "stakeout-catalogue/1"
ENTRY_FILES = ("ethereum-restaking.toml", "other-networks.toml")
TOKEN_FILE = "tokens.toml"  # noqa: S105 - a list of crypto tokens
TARGET = Path(__file__).resolve().parent.parent / "resources" / "catalogue"
NOTICE = (
    "Facts about protocols and tokens, compiled from public repositories and pages; each names its source "
    "and the day it was read. Reference facts that may have changed since: not live data, and no advice."
)

Record = dict[str, Any]


class MissingSourceError(ValueError):
    """A figure stands in the facts without saying where it was read."""


def main(arguments: list[str]) -> int:
    """Convert the facts of the folder named first; return the exit status."""
    if not arguments:
        print(__doc__)
        return 2
    facts, target = Path(arguments[0]), Path(arguments[1]) if len(arguments) > 1 else TARGET
    collections = {
        name: tomllib.loads((facts / name).read_text("utf-8")) for name in (*ENTRY_FILES, TOKEN_FILE)
    }
    target.mkdir(parents=True, exist_ok=True)
    for name, record in convert(collections).items():
        text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
        (target / name).write_text(text, "utf-8")
        print(f"{target / name}: {len(text)} characters")
    return 0


def convert(collections: Mapping[str, Record]) -> dict[str, Record]:
    """Return the records of entries.json and tokens.json; raise MissingSourceError."""
    entry_files = {name: collections[name] for name in ENTRY_FILES}
    version = max(c["meta"]["compiled"] for c in collections.values())
    head = {"schema": SCHEMA, "version": version, "notice": NOTICE}
    entries = [entry(p, name, c["meta"]) for name, c in entry_files.items() for p in c["protocol"]]
    tokens = [token(t) for t in collections[TOKEN_FILE]["token"]]
    return {"entries.json": {**head, "entries": entries}, "tokens.json": {**head, "tokens": tokens}}


def entry(p: Record, file_name: str, meta: Record) -> Record:
    """Return one entry with its exits, slashing rules and example rates."""
    return {
        "id": p["id"],
        "name": p["name"],
        "layer": p["layer"],
        "chain": p["chain"],
        **filled(
            symbols=p.get("token_symbols"),
            **taken(
                p, "depends_on", "chain_entry", "underlying", "reward_layers", "accepts", "platforms_possible"
            ),
            **taken(p, "operators_listed", "platform", "operates_on"),
            exits=[exit_fact(s, p["id"], meta) for s in p.get("withdrawal_step", ())],
            slashing=[slashing_fact(s, p["id"], meta) for s in p.get("slashing", ())],
            rewards=[reward_fact(r, p["id"], meta) for r in p.get("reward", ())],
        ),
        "cited": file_name,
        "dated": meta["compiled"],
    }


def exit_fact(s: Record, owner: str, meta: Record) -> Record:
    """Return one step of a way out; days as they stand, a missing one unknown."""
    return {
        "path": s["path"],
        "name": s["name"],
        "kind": s["kind"],
        **filled(
            minimum=s.get("min_days"),
            typical=s.get("typical_days"),
            maximum=s.get("max_days"),
            slashable=None if s["slashable"] == "unknown" else s["slashable"],
            **taken(s, "covers", "only_when", "holder_exit", "gives"),
        ),
        "source": source(s, f"{owner}: {s['name']}", meta),
    }


def slashing_fact(s: Record, owner: str, meta: Record) -> Record:
    """Return one slashing rule."""
    return {
        "condition": s["condition"],
        "allocation": s["allocation"],
        **filled(**taken(s, "max_fraction")),
        "source": source(s, f"{owner}: {s['condition']}", meta),
    }


def reward_fact(r: Record, owner: str, meta: Record) -> Record:
    """Return one example rate under a short name; the day it was seen dates its source as well."""
    name = r["name"].removeprefix("Example: ")
    for end in (". ", "; ", ": ", " ("):
        name = name.partition(end)[0]
    return {
        "name": name.rstrip("."),
        "kind": r["kind"],
        "as_of": r["as_of"],
        **filled(rate=r.get("rate_apr")),
        "source": source({"source_date": r["as_of"], **r}, f"{owner}: {r['name']}", meta),
    }


def token(t: Record) -> Record:
    """Return one token on one chain."""
    return {
        **taken(t, "symbol", "name", "kind", "chain"),
        **filled(
            **taken(t, "entry", "governs", "made_of", "address", "decimals"),
            other_ids=[*t.get("rotki_ids", ()), *([t["coingecko_id"]] if "coingecko_id" in t else [])],
        ),
        "source": source(t, t["symbol"], {}),
    }


def source(fact: Record, place: str, meta: Record) -> Record:
    """Return where a fact was read; one that was not said to be verified is not."""
    if not fact.get("source"):
        message = f"{place} has no source"
        raise MissingSourceError(message)
    return {
        "cited": fact["source"],
        "dated": fact.get("source_date", "undated"),
        "verified": fact.get("verified", False),
        "checked": fact.get("checked", meta.get("checked", "")),
    }


def taken(record: Record, *keys: str) -> Record:
    """Return the keys that a record has."""
    return {k: record[k] for k in keys if k in record}


def filled(**values: Any) -> Record:
    """Leave out what is unknown or empty; false and 0 stay."""
    return {k: v for k, v in values.items() if v is not None and not (isinstance(v, Iterable) and not v)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
