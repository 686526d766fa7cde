"""What is not known, old or unverified: a table of a line for each kind, and the words for a single thing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from desktop_app.analysis.overview import Missing, Overview
from desktop_app.figures.labels import Labels
from desktop_app.report import words
from desktop_app.report.blocks import Block, Column, Paragraph, Row, Table
from desktop_app.report.position_facts import dated_words
from desktop_app.report.sentences import Run, sentence

NAMED = 12
"""So many names stand in a line; the rest is counted."""

NO_VALUE = "of unknown value"
"""What is said of a bucket on which nothing with a price stands."""

Words = Callable[[str, Missing], tuple[str, str]]
"""(name of the subject, item) -> (what, remark)."""

_WORDS: Mapping[str, Words] = {
    "price": lambda name, _: (f"Price of {name}", "not known, enters no sum"),
    "negative": lambda name, item: (
        f"{words.capital(item.detail)} of {name}",
        "negative, enters no sum",
    ),
    "operators": lambda name, _: (name, ""),
    "services": lambda name, _: (name, ""),
    "exit": lambda name, item: (f"Typical time out of {name}", f"no date known{_after(': ', item.detail)}"),
    "reward": lambda name, item: (
        f"Reward of {name}{_after(', ', item.detail)}",
        "not stated, counted as unknown",
    ),
    "unverified": lambda name, item: (_fact(name, item), "unverified"),
    "old": lambda name, item: (f"{name}: {_about(name, item)}{_of(item.detail)}", _age(item.detail)),
}


def missing_words(item: Missing, overview: Overview, labels: Labels) -> tuple[str, str]:
    """Return (what, remark): "Operators not published", "USD 161,205, 39 % of the value"."""
    item = _dated(item, labels)
    what, remark = _WORDS[item.kind](words.node_name(item.subject, overview.names), item)
    value = "" if item.value is None else _value(item.value, overview, labels)
    return what, "; ".join(part for part in (remark, value) if part) or NO_VALUE


def _dated(item: Missing, labels: Labels) -> Missing:
    """Return an old fact with its date as people read it."""
    return replace(item, detail=dated_words(item.detail, labels)) if item.kind == "old" else item


def _value(value: float, overview: Overview, labels: Labels) -> str:
    total = float(overview.portfolio_value or 0)
    if not value or total <= 0:
        return ""
    amount = "" if labels.hide_amounts else f"{labels.money(value, with_currency=True)}, "
    return f"{amount}{labels.share(value / total)} of the value"


def _after(sign: str, detail: str) -> str:
    return f"{sign}{detail}" if detail else ""


def _age(dated: str) -> str:
    return dated if dated == "undated" else f"old, of {dated}"


def _of(dated: str) -> str:
    return "" if dated == "undated" else f", {dated}"


def _about(name: str, item: Missing) -> str:
    """Return what an old fact is about: the step, which may be called like its node, or what lies below."""
    return item.step if item.step not in {"", name} else "way out" if item.step else "what it stands on"


def _fact(name: str, item: Missing) -> str:
    return name if item.detail in {"", item.subject} else f"{name}: {item.detail}"


def missing_blocks(overview: Overview, labels: Labels) -> tuple[Block, ...]:
    """Return a table of what is missing, a line for each kind, and what was left out of sums and why."""
    kinds: dict[str, list[Missing]] = {kind: [] for kind in _HEADS}
    for item in overview.missing:
        kinds[_kind(item)].append(_dated(item, labels))
    rows: list[Row] = []
    for kind, items in kinds.items():
        if items:
            rows.append((Run(_HEADS[kind]), Run(_listed(items, overview, labels), warn=kind in _URGENT)))
    blocks: list[Block] = []
    if rows:
        blocks.append(Table((Column("", width=27), Column("", quiet=True)), tuple(rows)))
    blocks.extend(Paragraph(sentence(said), note=True) for said in _left_out(overview))
    return tuple(blocks)


def _left_out(overview: Overview) -> Iterator[str]:
    """Yield, for each reason, the positions that it keeps out of sums and the reason."""
    positions: dict[str, list[str]] = {}
    for path, why in overview.exposed.unavailable.items():
        name = words.node_name(path.partition("/")[2], overview.names)
        positions.setdefault(why, []).append(name)
    for why, names in positions.items():
        who = words.listed(words.cut(names, NAMED))
        yield f"Left out of exposure, concentration and losses, though not of the value: {who}. {why}"


_HEADS: Mapping[str, str] = {
    "operators": "Operators not published",
    "services": "Services not published",
    "price": "Price not known",
    "negative": "Amount negative",
    "exit": "No date of the way out",
    "reward": "Reward not stated",
    "unverified": "Facts unverified",
    "undated": "Facts undated",
    "old": "Facts older than a year",
}
_URGENT = frozenset({"price", "negative", "exit"})
_VALUED = frozenset({"operators", "services", "exit", "reward"})
"""Kinds whose values belong to positions or buckets and may be added up; facts overlap."""


def _kind(item: Missing) -> str:
    return "undated" if item.kind == "old" and item.detail == "undated" else item.kind


def _listed(items: Sequence[Missing], overview: Overview, labels: Labels) -> str:
    kind = _kind(items[0])
    names: dict[str, list[str]] = {}
    for item in items:
        names.setdefault(item.subject, []).append(item.detail)
    said = [
        words.node_name(subject, overview.names) + _bracketed(kind, subject, details)
        for subject, details in names.items()
    ]
    values = {item.subject: item.value or 0.0 for item in items} if kind in _VALUED else {}
    value = _value(sum(values.values()), overview, labels)
    listed = "" if kind in {"operators", "services"} else words.listed(words.cut(said, NAMED))
    return "; ".join(part for part in (listed, value) if part) or NO_VALUE


def _bracketed(kind: str, subject: str, details: Sequence[str]) -> str:
    shown = [detail for detail in dict.fromkeys(details) if detail and detail != subject]
    return f" ({', '.join(shown)})" if shown and kind not in {"price", "undated"} else ""
