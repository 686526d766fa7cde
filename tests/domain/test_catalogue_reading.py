import json

import pytest

from desktop_app import shipped
from desktop_app.domain.catalogue import Catalogue, Entry, ExitFact, Source
from desktop_app.domain.catalogue_reading import SCHEMA, from_json, with_details
from desktop_app.errors import UserError

HEAD = {"schema": SCHEMA, "version": "2026-01-02"}
TOKENS = json.dumps({**HEAD, "tokens": []})
SOURCE = Source("page", "2026-01-01", verified=True, checked="")
QUEUE = ExitFact("standard", "queue", "queue", SOURCE)
READ = Catalogue(
    entries={"a": Entry("a", "A", "defi", "x", exits=(QUEUE, QUEUE)), "b": Entry("b", "B", "defi", "x")}
)


def part(kind: str, value: object) -> str:
    return json.dumps({**HEAD, kind: value})


EVENTS, CONSTANTS = part("events", []), part("constants", [])


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "other/1", "entries": []}', TOKENS])
def test_a_text_that_is_no_catalogue_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UserError, match="catalogue's entries"):
        from_json(text, TOKENS)


def test_the_version_is_that_of_the_newer_part() -> None:
    entries = json.dumps({**HEAD, "version": "2026-03-04", "entries": []})
    assert from_json(entries, TOKENS).version == "2026-03-04"


def test_details_add_texts_and_leave_everything_else() -> None:
    risk = {"text": "One key.", "source": {"cited": "p", "dated": "2026", "verified": False, "checked": ""}}
    texts = {"a": {"note": "Whole.", "exits": ["", "Second."], "risks": [risk]}}
    full = with_details(READ, part("details", texts), EVENTS, CONSTANTS)
    a = full.entries["a"]
    assert (a.note, [s.note for s in a.exits], [r.text for r in a.risks]) == (
        "Whole.",
        ["", "Second."],
        ["One key."],
    )
    assert full.entries["b"] is READ.entries["b"]


def test_details_of_another_catalogue_are_refused() -> None:
    with pytest.raises(UserError, match="of another catalogue"):
        with_details(READ, part("details", {"a": {"exits": ["one"]}}), EVENTS, CONSTANTS)


@pytest.mark.parametrize("broken", ["details", "events", "constants"])
def test_a_broken_detail_is_refused_with_a_sentence(broken: str) -> None:
    texts = {"details": part("details", {}), "events": EVENTS, "constants": CONSTANTS, broken: "{"}
    with pytest.raises(UserError, match=f"catalogue's {broken}"):
        with_details(READ, *texts.values())


def test_what_a_start_reads_is_the_full_catalogue_without_its_texts() -> None:
    quick, full = shipped.catalogue(), shipped.full_catalogue()
    assert (quick.tokens, quick.version, list(quick.entries)) == (
        full.tokens,
        full.version,
        list(full.entries),
    )
    assert not any(entry.risks or entry.note for entry in quick.entries.values())
