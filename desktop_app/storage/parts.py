"""Nested values as JSON: above all the parts that rows share (ways out, layers, runs of edges).

Equal parts are written and read once.

Positions on one stack differ in little but their own id, which their edges repeat. A part therefore writes
every id relative to the row that it belongs to: "~>token:x" for "weETH-17>token:x" in the row of weETH-17.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from desktop_app.domain.catalogue import Entry
from desktop_app.domain.positions import (
    Edge,
    Exit,
    ExitStep,
    Layer,
    Market,
    Mode,
    Origin,
    PathTerms,
    Position,
    Request,
    Side,
    Tranche,
)
from desktop_app.domain.structure import plain
from desktop_app.storage.columns import built, json_text

_OWN, _OTHER = "~", "="
"""First letters of a text that begins with the id of its row, and of one that does not."""

_MOST = 1 << 14
"""So many different parts are remembered."""


def _relative(text: str, owner: str) -> str:
    return _OWN + text[len(owner) :] if text.startswith(owner) else _OTHER + text


def _absolute(text: str, owner: str) -> str:
    return owner + text[1:] if text[0] == _OWN else text[1:]


_cached_text = lru_cache(_MOST)(json_text)


# -- edges -------------------------------------------------------------------------------------------------


class Run(NamedTuple):
    """Neighbouring edges with the same source, of which the first gives the ``id``: one row of a table."""

    id: str
    source: str
    edges: tuple[Edge, ...]


_SAID = attrgetter("target", "mode", "weight", "side", "origin", "share_given", "cited", "dated")


def runs(edges: Mapping[str, Edge]) -> dict[str, Run]:
    """Return the edges as runs, by the id of the first edge of each."""
    found = (tuple(run) for _, run in groupby(edges.values(), attrgetter("source")))
    return {run[0].id: Run(run[0].id, run[0].source, run) for run in found}


def run_text(run: Run) -> str:
    """Return what a run shares with those that other sources have."""
    own, length = run.source, len(run.source)
    return _cached_text(
        tuple(
            [
                (
                    # _relative, written out: the most frequent step of a save
                    _OWN + e.id[length:] if e.id.startswith(own) else _OTHER + e.id,
                    None if e.group is None else _relative(e.group, own),
                    *_SAID(e),
                )
                for e in run.edges
            ]
        )
    )


@lru_cache(_MOST)
def _run(text: str) -> list[list[Any]]:
    return [
        [edge, group, target, Mode(mode), float(weight), side and Side(side), Origin(origin), *rest]
        for edge, group, target, mode, weight, side, origin, *rest in json.loads(text)
    ]


def read_run(source: str, text: str) -> list[Edge]:
    """Return the edges of a run."""
    return [
        Edge(
            _absolute(edge, source),
            source,
            target,
            mode,
            weight,
            None if group is None else _absolute(group, source),
            *rest,
        )
        for edge, group, target, mode, weight, *rest in _run(text)
    ]


# -- layers ------------------------------------------------------------------------------------------------


def layers_text(position: Position) -> str:
    """Return the layers without their rates, bottom up."""
    own, length = position.id, len(position.id)
    return _cached_text(
        tuple(
            [
                (
                    la.name,
                    la.unsplit,
                    la.origin,
                    # _relative, written out here too
                    tuple([_OWN + e[length:] if e.startswith(own) else _OTHER + e for e in la.edges]),
                )
                for la in position.layers
            ]
        )
    )


def rates_text(rates: tuple[float | None, ...]) -> str:
    """Return the rates of the layers of a position, bottom up."""
    return _cached_text(rates)


@lru_cache(_MOST)
def _layers(text: str) -> list[tuple[str, bool, Origin, list[str]]]:
    return [(name, unsplit, Origin(origin), edges) for name, unsplit, origin, edges in json.loads(text)]


@lru_cache(_MOST)
def _rates(text: str) -> list[float | None]:
    return [None if rate is None else float(rate) for rate in json.loads(text)]


def read_layers(position: str, text: str, rates: str) -> tuple[Layer, ...]:
    """Return the layers of a position."""
    return tuple(
        [
            Layer(name, rate, tuple([_absolute(e, position) for e in edges]), unsplit, origin)
            for (name, unsplit, origin, edges), rate in zip(_layers(text), _rates(rates), strict=True)
        ]
    )


# -- ways out ----------------------------------------------------------------------------------------------


@lru_cache(_MOST)
def exit_text(way_out: Exit) -> str:
    """Return a way out."""
    whole = asdict(way_out)
    for record, terms in zip(whole["terms"], way_out.terms, strict=True):
        record |= {"phase": plain(terms.phase)}
    return json_text(whole)


@lru_cache(_MOST)
def read_exit(text: str) -> Exit:
    """Return the way out that was written."""
    data = json.loads(text)
    market = Market(**data["market"]) if data["market"] else None
    terms = tuple(map(_terms, data.get("terms", ())))
    return Exit(_tranches(data), market, data.get("path", ""), terms)


def _terms(record: dict[str, Any]) -> PathTerms:
    kept = _tranches({"tranches": (), **record})
    return replace(built(PathTerms, {**record, "tranches": []}), tranches=kept)


def _tranches(record: dict[str, Any]) -> tuple[Tranche, ...]:
    return tuple(
        Tranche(t["name"], t["fraction"], tuple(_step(s) for s in t["steps"])) for t in record["tranches"]
    )


def _step(record: dict[str, Any]) -> ExitStep:
    capacity = record["capacity"]
    exact = None if capacity is None else Decimal(capacity)
    return ExitStep(
        **{**record, "after": tuple(record["after"]), "capacity": exact, "origin": Origin(record["origin"])}
    )


# -- requests and catalogue entries ------------------------------------------------------------------------


@lru_cache(_MOST)
def requests_text(requests: tuple[Request, ...]) -> str:
    """Return the withdrawal requests of a position."""
    return json_text(plain(requests))


@lru_cache(_MOST)
def read_requests(text: str) -> tuple[Request, ...]:
    """Return the withdrawal requests that were written."""
    return tuple(built(Request, record) for record in json.loads(text))


def entry_text(entry: Entry) -> str:
    """Return a catalogue entry."""
    return json_text(plain(entry))


def read_entry(text: str) -> Entry:
    """Return the catalogue entry that was written."""
    return built(Entry, json.loads(text))
