"""Converts collections of facts (TOML) into the shipped catalogue, resources/catalogue/*.json.

    python packaging/convert_facts.py FOLDER_WITH_FACTS [TARGET_FOLDER]

Stops with a sentence at a key that it neither takes nor knows to leave out, at a value that did not arrive,
at a number without a source, at an id given twice and at one that is nowhere.
"""

import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
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
Keys = Mapping[str, str]
"""Key in the facts -> key in the catalogue."""


def same(*keys: str) -> Keys:
    """Return keys that the catalogue takes over as they are."""
    return {key: key for key in keys}


SOURCE = {"source": "cited", "source_date": "dated", "verified": "verified", "checked": "checked"}
STEP = {
    **same("path", "name", "kind", "slashable", "covers", "only_when", "holder_exit", "gives", "note"),
    "min_days": "minimum",
    "typical_days": "typical",
    "max_days": "maximum",
}
RULE = same("condition", "allocation", "max_fraction", "note")
RISK = {"fact": "text"}
REWARD = {**same("name", "kind", "as_of"), "rate_apr": "rate"}
ENTRY = {
    **same("id", "name", "layer", "chain", "depends_on", "chain_entry", "underlying", "platform", "note"),
    **same("reward_layers", "accepts", "platforms_possible", "operators_listed", "operates_on", "slashing"),
    "token_symbols": "symbols",
    "withdrawal_step": "exits",
    "reward": "rewards",
    "contract_risk": "risks",
}
EVENT = {
    **same("id", "name", "date", "kind", "protocols", "note", "loss_fraction", "discount"),
    **same("fraction_basis", "duration_days", "amount", "why_no_shock"),
    "shock": "shocks",
}
SHOCK = same("node", "fraction", "basis")
TOKEN = same("symbol", "name", "kind", "chain", "entry", "governs", "made_of", "address", "decimals", "note")
OTHER_IDS = ("rotki_ids", "coingecko_id")
AMBIGUOUS = {"symbol": "symbol", "ids": "entries", "reason": "reason"}
META = {"compiled": "dated", "checked": "checked", "ambiguous_token_symbols": "ambiguous"}
META_LEFT_OUT = {
    "schema_version": "numbers the layout of the collection; the catalogue has its own",
    "scope": "describes the collection, says nothing of a protocol",
    "day_unit": "the catalogue counts in the same days",
    "days_per_block": "1 / SLOTS_PER_DAY, which the constants have with its source",
    "days_per_epoch": "1 / EPOCHS_PER_DAY, which the constants have with its source",
    "rates_are_examples": "holds for all of them and is said wherever one is shown",
    "external_ids": "tells the collections apart, which become one catalogue",
    "contracts_snapshot_note": "said by the catalogue's notice",
}
TEXTS = ("note", "risks")
"""Keys that go into details.json, which is only read when somebody looks at an entry."""

REFERENCES = ("depends_on", "accepts", "platforms_possible", "operators_listed", "operates_on", "covers")
NAMED_ONCE = ("platform", "chain_entry", "entry", "governs")
LEAVES = ("operator", "service")
OPEN = ("varies", "unknown")
"""What ``underlying`` may say instead of an id."""


class FactError(ValueError):
    """The facts cannot become a catalogue; the sentence says which one and why."""


def main(arguments: list[str]) -> int:
    """Convert the facts of the folder named first; return the exit status."""
    if not arguments:
        print(__doc__)
        return 2
    facts, target = Path(arguments[0]), Path(arguments[1]) if len(arguments) > 1 else TARGET
    collections = {
        name: tomllib.loads((facts / name).read_text("utf-8")) for name in (*ENTRY_FILES, TOKEN_FILE)
    }
    try:
        records = convert(collections)
    except FactError as error:
        print(error, file=sys.stderr)
        return 1
    target.mkdir(parents=True, exist_ok=True)
    for name, record in records.items():
        text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
        (target / name).write_text(text, "utf-8")
        print(f"{target / name}: {len(text)} characters")
    return 0


def convert(collections: Mapping[str, Record]) -> dict[str, Record]:
    """Return the records of the catalogue's files by name; raise FactError."""
    for name, collection in collections.items():
        prove_sources(collection, name)
    version = max(c["meta"]["compiled"] for c in collections.values())
    head = {"schema": SCHEMA, "version": version, "notice": NOTICE}
    parts: dict[str, list[Record]] = {"protocol": [], "event": [], "token": []}
    constants: list[Record] = []
    ambiguous: list[Record] = []
    for name, collection in collections.items():
        meta = renamed(collection["meta"], META, f"{name}: meta", META_LEFT_OUT)
        read = {"cited": name, **meta}
        for part, values in collection.items():
            if part in parts:
                parts[part] += [PARTS[part](value, read) for value in values]
            elif part == "constants":
                constants += [c for group in values for c in constants_of(group, values[group], read)]
            elif part != "meta":
                raise FactError(f"{name}: nothing is known of “{part}”.")
        ambiguous += [renamed(a, AMBIGUOUS, f"{name}: {a['symbol']}") for a in meta.get("ambiguous", ())]
    entries, details = apart(parts["protocol"])
    records: dict[str, Record] = {
        "entries.json": {**head, "entries": entries},
        "tokens.json": {**head, "tokens": parts["token"], "ambiguous": ambiguous},
        "details.json": {**head, "details": details},
        "events.json": {**head, "events": parts["event"]},
        "constants.json": {**head, "constants": constants},
    }
    prove_references(records)
    prove_arrival(collections, records)
    return records


# -- one thing each ------------------------------------------------------------------------------------


def renamed(fact: Record, keys: Keys, place: str, left_out: Iterable[str] = ()) -> Record:
    """Return what a table says under the catalogue's keys; raise FactError at a key that nobody knows."""
    for key in fact:
        if key not in keys and key not in left_out:
            raise FactError(f"{place}: the key “{key}” is neither taken nor known to be left out.")
    return {keys[key]: value for key, value in fact.items() if key in keys and value != []}


def sourced(fact: Record, keys: Keys, place: str, read: Record, **otherwise: str) -> Record:
    """Return a fact with where it was read; one that was not said to be verified is not."""
    record = renamed(fact, keys, place, SOURCE)
    source = {SOURCE[k]: v for k, v in fact.items() if k in SOURCE}
    defaults = {"dated": "undated", "verified": False, "checked": read.get("checked", ""), **otherwise}
    return {**record, "source": {k: {**defaults, **source}[k] for k in SOURCE.values()}}


def entry(p: Record, read: Record) -> Record:
    """Return one entry with its facts and, for what it depends on, the collection and its day."""
    name = p["id"]
    record = renamed(p, ENTRY, name)
    lists = {
        "exits": [step(s, name, read) for s in p.get("withdrawal_step", ())],
        "slashing": [sourced(s, RULE, f"{name}: {s['condition']}", read) for s in p.get("slashing", ())],
        "rewards": [reward(r, name, read) for r in p.get("reward", ())],
        "risks": [sourced(r, RISK, f"{name}: {r['fact']}", read) for r in p.get("contract_risk", ())],
    }
    filled = {key: values for key, values in lists.items() if values}
    return {**record, **filled, "cited": read["cited"], "dated": read["dated"]}


def step(s: Record, owner: str, read: Record) -> Record:
    """Return one step of a way out; an unknown answer to whether it is slashable is left out."""
    record = sourced(s, STEP, f"{owner}: {s['name']}", read)
    return {k: v for k, v in record.items() if (k, v) != ("slashable", "unknown")}


def reward(r: Record, owner: str, read: Record) -> Record:
    """Return one example rate under a short name; the day it was seen dates its source as well."""
    record = sourced(r, REWARD, f"{owner}: {r['name']}", read, dated=r["as_of"])
    whole = short = reward_name(r["name"])
    for end in (". ", "; ", ": ", " ("):
        short = short.partition(end)[0]
    return {**record, "name": short, **({"note": whole} if whole != short else {})}


def reward_name(text: str) -> str:
    """Return the name of a rate without the word that holds for all of them."""
    return text.removeprefix("Example: ").removesuffix(".")


def event(e: Record, read: Record) -> Record:
    """Return one past event; its own day dates its source."""
    record = sourced(e, EVENT, e["id"], read, dated=e["date"])
    shocks = [renamed(s, SHOCK, f"{e['id']}: shock") for s in e.get("shock", ())]
    if bool(shocks) == bool(e.get("why_no_shock")):
        raise FactError(f"{e['id']} must have either a shock or the reason why it has none.")
    return {**record, **({"shocks": shocks} if shocks else {})}


def token(t: Record, read: Record) -> Record:
    """Return one token on one chain, with its identifiers elsewhere in one list."""
    rest = {key: value for key, value in t.items() if key not in OTHER_IDS}
    record = sourced(rest, TOKEN, f"{t['symbol']} on {t['chain']}", read)
    ids = [*t.get("rotki_ids", ()), *([t["coingecko_id"]] if "coingecko_id" in t else ())]
    return {**record, "other_ids": ids} if ids else record


PARTS = {"protocol": entry, "event": event, "token": token}


def constants_of(group: str, values: Record, read: Record) -> Iterator[Record]:
    """Yield the numbers of a protocol's rules; a date in brackets after the source is the source's."""
    for name, value in values.items():
        if name.endswith(("_source", "_unit")):
            continue
        cited = values[f"{name}_source"]
        day = re.search(r"\((\d{4}-\d\d-\d\d)\b", cited)
        unit = values.get(f"{name}_unit")
        yield {
            "group": group,
            "name": name,
            "value": value,
            **({"unit": unit} if unit else {}),
            "source": {
                "cited": cited,
                "dated": day[1] if day else read["dated"],
                "verified": False,
                "checked": read.get("checked", ""),
            },
        }


def apart(entries: list[Record]) -> tuple[list[Record], Record]:
    """Return the entries without their texts, and these: entry id -> its own, and a list for its facts."""
    details: Record = {}
    for record in entries:
        texts: Record = {key: record.pop(key) for key in TEXTS if key in record}
        for kind in ("exits", "slashing", "rewards"):
            notes = [fact.pop("note", "") for fact in record.get(kind, ())]
            if any(notes):
                texts[kind] = notes
        if texts:
            details[record["id"]] = texts
    return entries, details


# -- proofs --------------------------------------------------------------------------------------------


def prove_sources(collection: Record, place: str) -> None:
    """Raise FactError at a number for which neither its table nor one around it says where it was read."""
    for part, values in collection.items():
        if part == "meta":
            continue
        if part == "constants":
            for group, table in values.items():
                bare = [k for k in table if not k.endswith(("_source", "_unit"))]
                _missing([f"{group} {k}" for k in bare if not table.get(f"{k}_source")], place)
        else:
            _missing(list(bare_tables(values, part)), place)


def _missing(places: list[str], where: str) -> None:
    if places:
        raise FactError(f"{where}: {places[0]} has no source.")


def bare_tables(value: Any, place: str, *, covered: bool = False) -> Iterator[str]:
    """Yield the places of numbers, and of whole facts, that no source covers."""
    if isinstance(value, list):
        for item in value:
            yield from bare_tables(item, place, covered=covered)
    elif isinstance(value, dict):
        name = next((str(value[k]) for k in ("id", "symbol", "name", "condition", "fact") if k in value), "")
        here = f"{place}: {name}" if name else place
        covered = covered or bool(value.get("source"))
        if "id" not in value and not covered:
            yield here
        for key, inner in value.items():
            yield from bare_tables(
                inner, here if isinstance(inner, dict | list) else f"{here}, {key}", covered=covered
            )
    elif isinstance(value, int | float) and not isinstance(value, bool) and not covered:
        yield place


def prove_references(records: Mapping[str, Record]) -> None:
    """Raise FactError where an id is given twice, names nothing, or depends on what it must not."""
    entries, tokens = records["entries.json"]["entries"], records["tokens.json"]["tokens"]
    events, ambiguous = records["events.json"]["events"], records["tokens.json"]["ambiguous"]
    for things in (entries, events):
        for name, count in Counter(t["id"] for t in things).items():
            if count > 1:
                raise FactError(f"“{name}” is the id of {count} things.")
    known, symbols = {e["id"] for e in entries}, {t["symbol"] for t in tokens}
    ends = {e["id"] for e in entries if e["layer"] in LEAVES}
    below = {e["id"]: e.get("depends_on", []) for e in entries}
    for name, needed in below.items():
        if (name in ends and needed) or ends.intersection(needed):
            raise FactError(
                f"{name}: an operator or a service neither depends on anything nor is depended on."
            )
        if name in _reached(needed, below):
            raise FactError(f"{name} depends on itself.")
    for thing in (*entries, *tokens):
        who = thing.get("id") or thing["symbol"]
        named = [n for k in REFERENCES for n in thing.get(k, ())] + [
            thing[k] for k in NAMED_ONCE if k in thing
        ]
        named += [n for s in thing.get("exits", ()) for n in s.get("covers", ())]
        named += [u for u in [thing.get("underlying")] if u and u not in OPEN]
        _nowhere(who, named, known)
        given = [s["gives"] for s in thing.get("exits", ()) if s.get("gives", "named") != "named"]
        _nowhere(who, [*given, *thing.get("made_of", ())], symbols)
    for thing in (*events, *ambiguous):
        _nowhere(thing.get("id") or thing["symbol"], thing.get("protocols") or thing["entries"], known)


def _reached(todo: Iterable[str], below: Mapping[str, list[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(todo)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += below.get(name, [])
    return seen


def _nowhere(who: str, named: Iterable[str], known: set[str]) -> None:
    for name in named:
        if name not in known:
            raise FactError(f"{who} names “{name}”, which is nowhere.")


def prove_arrival(collections: Mapping[str, Record], records: Mapping[str, Record]) -> None:
    """Raise FactError at a value of the facts that the catalogue has less often, thing by thing."""
    arrived: dict[str, Counter[str]] = {}
    for entry_record in records["entries.json"]["entries"]:
        texts = records["details.json"]["details"].get(entry_record["id"], {})
        arrived[f"protocol {entry_record['id']}"] = Counter([*leaves(entry_record), *leaves(texts)])
    for e in records["events.json"]["events"]:
        arrived[f"event {e['id']}"] = Counter(leaves(e))
    for t in records["tokens.json"]["tokens"]:
        arrived.setdefault(f"token {t['symbol']}", Counter()).update(leaves(t))
    arrived["constants"] = Counter(leaves(records["constants.json"]["constants"]))
    for place, wanted in facts_of(collections):
        lost = wanted - arrived.get(place, Counter())
        if lost:
            raise FactError(f"{place}: {next(iter(lost))} did not arrive in the catalogue.")


def facts_of(collections: Mapping[str, Record]) -> Iterator[tuple[str, Counter[str]]]:
    """Yield (thing, the values that the facts have on it)."""
    constants: Counter[str] = Counter()
    tokens: dict[str, Counter[str]] = {}
    for collection in collections.values():
        for p in collection.get("protocol", ()):
            rewards = [{**r, "name": reward_name(r["name"])} for r in p.get("reward", ())]
            yield f"protocol {p['id']}", Counter(leaves({**p, "reward": rewards}))
        for e in collection.get("event", ()):
            yield f"event {e['id']}", Counter(leaves(e))
        for t in collection.get("token", ()):
            tokens.setdefault(t["symbol"], Counter()).update(leaves(t))
        constants.update(leaves(collection.get("constants", {})))
    for symbol, values in tokens.items():
        yield f"token {symbol}", values
    yield "constants", constants


def leaves(value: Any, key: str = "") -> Iterator[str]:
    """Yield every single value in nested tables and lists, as JSON; the answer "unknown" is none."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, key)
    elif value != "" and (key, value) != ("slashable", "unknown"):
        yield json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
