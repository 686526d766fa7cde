"""The rows of a long table to positions by column, with the part of the portfolio that they share."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from decimal import Decimal
from itertools import chain, compress, count
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any

from desktop_app.csv_import import cells, keys, matching
from desktop_app.csv_import.long_rows import LongRows, with_note
from desktop_app.csv_import.rows import ADD, Row
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.drafts import Draft, id_base
from desktop_app.domain.holdings import Holding
from desktop_app.domain.money import amount_text
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Edge, Group
from desktop_app.domain.stamped import Stamp, Stamped

_STAYS_OUT = -1
_NO_NAME = '"", ""]'
_NUMBERED = re.compile(r"(.+)-\d+")


def stamped(
    rows: LongRows, portfolio: Portfolio, catalogue: Catalogue, import_id: str
) -> tuple[Portfolio, Stamped] | None:
    """Return the portfolio with what the positions of the rows share, and these by column.

    None where an id could be that of something else: then they have to be added one by one.
    """
    which, firsts = _sorted(rows)
    draft = Draft(portfolio, catalogue)
    samples = [draft.add(held, import_id=import_id).id for _, held in firsts]
    defaults = [draft.default_name(held) for _, held in firsts]
    shared, stamps = _parted(draft.finished(), samples)
    bases = [id_base(stamp.position.asset) for stamp in stamps]
    if _may_meet(set(bases), shared.nodes.keys()):
        return None
    columns = _columns(rows)
    if _STAYS_OUT in which:
        comes_in = [number != _STAYS_OUT for number in which]
        columns = {name: list(compress(column, comes_in)) for name, column in columns.items()}
        which = list(compress(which, comes_in))
    given = columns.pop("names")
    heads = [_key_head(row, held) for row, held in firsts]
    said = map(encode_basestring, map(str.casefold, given))
    return shared, Stamped(
        stamps=stamps,
        which=which,
        ids=_ids(which, bases, portfolio.positions),
        names=[name or defaults[number] for number, name in zip(which, given, strict=True)],
        import_keys=[f'{heads[number]}{name}, ""]' for number, name in zip(which, said, strict=True)],
        **columns,
    )


# -- stamps ------------------------------------------------------------------------------------------------


def _sorted(rows: LongRows) -> tuple[list[int], list[tuple[Row, Holding]]]:
    """Return the number of its stamp for each row, and for each stamp the first row that it is for."""
    sorts: dict[int, object] = {}
    wanted: list[tuple[int, object, Row]] = [(r.number - 1, kind, r) for kind, r in rows.samples.items()]
    for place, row in rows.own.items():
        if row.verdict is ADD and (held := row.holding) is not None:
            rate = None if held.reward_rate is None else bool(held.reward_rate)
            sorts[place] = (held.stack_key, held.account, held.custody, held.status, rate)
            wanted.append((place, sorts[place], row))
    numbers: dict[object, int] = {}
    firsts: list[tuple[Row, Holding]] = []
    for _, sort, row in sorted(wanted, key=itemgetter(0)):
        if sort not in numbers and row.holding is not None:
            numbers[sort] = len(firsts)
            firsts.append((row, row.holding))
    of_kind = [numbers.get(kind, _STAYS_OUT) for kind in range(max(rows.kinds, default=-1) + 1)]
    which = list(map(of_kind.__getitem__, rows.kinds))
    for place in rows.own:
        which[place] = numbers[sorts[place]] if place in sorts else _STAYS_OUT
    return which, firsts


def _parted(portfolio: Portfolio, samples: Sequence[str]) -> tuple[Portfolio, list[Stamp]]:
    """Part a portfolio into what its positions share and what they have of their own."""
    edges: dict[str, list[Edge]] = {sample: [] for sample in samples}
    groups: dict[str, list[Group]] = {sample: [] for sample in samples}
    for edge in portfolio.edges.values():
        edges.get(edge.source, []).append(edge)
    for group in portfolio.groups.values():
        groups.get(group.node, []).append(group)
    stamps = []
    for sample in samples:
        position = portfolio.positions[sample]
        rated = next((i for i, layer in enumerate(position.layers) if layer.reward_rate), None)
        stamps.append(Stamp(position, tuple(edges[sample]), tuple(groups[sample]), rated))
    others = {ident: p for ident, p in portfolio.positions.items() if ident not in edges}
    shared = replace(portfolio, positions=others).without_sources(edges.keys())
    return shared, stamps


def _may_meet(bases: AbstractSet[str], nodes: AbstractSet[str]) -> bool:
    """Tell whether the numbers behind ids could make one the same as another, or as that of a node."""
    numbered = (match[1] for base in (*bases, *nodes) if (match := _NUMBERED.fullmatch(base)))
    return not bases.isdisjoint(nodes) or not bases.isdisjoint(numbered)


def _ids(which: Sequence[int], bases: Sequence[str], taken: Container[str]) -> list[str]:
    """Return the ids of the positions, numbered in their order; those that are taken are left out."""
    free = {base: _free(base, taken) for base in bases}
    of_stamp = [free[base] for base in bases]
    return list(map(next, map(of_stamp.__getitem__, which)))


def _free(base: str, taken: Container[str]) -> Iterator[str]:
    numbered = (f"{base}-{number}" for number in count(2))
    return (ident for ident in chain((base,), numbered) if ident not in taken)


def _key_head(row: Row, held: Holding) -> str:
    """Return what the import keys of a stamp's positions have before their names."""
    nameless = replace(row, holding=replace(held, name=""))
    return keys.text(matching.key_of(nameless)).removesuffix(_NO_NAME)


# -- columns -----------------------------------------------------------------------------------------------


def _columns(rows: LongRows) -> dict[str, list[Any]]:
    """Return what is said of each row, by the fields of ``Stamped``; names as they are given."""
    prices, values = _amounts(rows, "price_usd"), _amounts(rows, "value_usd")
    columns: dict[str, list[Any]] = {
        "names": list(map(str.strip, _texts(rows, "name"))),
        "quantities": _amounts(rows, "quantity"),
        "unit_prices": prices,
        "total_values": [v if p is None else None for p, v in zip(prices, values, strict=True)],
        "opened_on": _meanings(rows, "opened_on", rows.days),
        "rates": _meanings(rows, "reward_apr", rows.rates),
        "notes": _notes(rows),
    }
    for place, row in rows.own.items():
        if (held := row.holding) is not None:
            columns["names"][place] = held.name.strip()
            columns["quantities"][place] = _text(held.quantity)
            columns["unit_prices"][place] = _text(held.unit_price)
            columns["total_values"][place] = _text(held.total_value) if held.unit_price is None else None
            columns["opened_on"][place] = held.opened_on
            columns["rates"][place] = held.reward_rate
            columns["notes"][place] = held.notes
    return columns


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else amount_text(amount)


def _amounts(rows: LongRows, field: str) -> list[str | None]:
    """Return the plain numbers of a column as ``money.amount_text`` writes them."""
    column = rows.amounts.get(field)
    if column is None:
        return [None] * len(rows)
    return [
        None if not cell
        else _without_zeros(cell) if cell[0] == "0"
        else cell.rstrip("0").rstrip(".") if cell[-1] == "0" and "." in cell
        else cell
        for cell in column
    ]  # fmt: skip


def _without_zeros(cell: str) -> str:
    own = (cell.rstrip("0").rstrip(".") if "." in cell else cell).lstrip("0")
    return own if own[:1].isdigit() else f"0{own}"


def _texts(rows: LongRows, field: str) -> Sequence[str]:
    """Return the cells of a column as free text."""
    column = rows.column(field)
    if column is None:
        return [""] * len(rows)
    return list(map(cells.free_text, column)) if "'" in "".join(column) else column


def _meanings(rows: LongRows, field: str, meanings: Mapping[str, Any]) -> list[Any]:
    column = rows.column(field)
    return [meanings[""]] * len(rows) if column is None else list(map(meanings.__getitem__, column))


def _notes(rows: LongRows) -> list[str]:
    notes, rates = list(_texts(rows, "notes")), rows.column("reward_apr")
    if rows.noting and rates is not None:
        of_rate = {cell: with_note("", rate) for cell, rate in rows.rates.items()}
        for place in compress(range(len(rows)), map(rows.noting.__contains__, rows.kinds)):
            said, by_rate = notes[place], of_rate[rates[place]]
            notes[place] = f"{said}\n{by_rate}" if said else by_rate
    return notes
