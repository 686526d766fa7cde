"""Taking one import back, also long after it: what came only from it goes, what it changed is as before."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any

from desktop_app.domain import ledgers
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.holdings import Holding, holding_of
from desktop_app.domain.imports import ImportRecord, Movement, Replaced
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.ledgers import written
from desktop_app.domain.money import total
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position, Status
from desktop_app.domain.stacks import add_holding
from desktop_app.errors import UserError

_AMOUNTS = ("quantity", "unit_price", "total_value", "value", "adjustment")
_FOLDED = ("quantity", "adjustment", "opened_on")
_OF_FIELD: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(_AMOUNTS, lambda text: Decimal(text) if text else None),
    **dict.fromkeys(("priced_on", "opened_on"), lambda text: date.fromisoformat(text) if text else None),
    "status": Status,
    "notes": str,
}
_OF_STACK: Mapping[str, Callable[[str], Any]] = {
    "layer": str,
    "protocol": str,
    "reward_rate": lambda text: float(text) if text else None,
}

_TYPED = {
    "quantity": "its quantity",
    "unit_price": "its price",
    "total_value": "its value",
    "opened_on": "its day",
    "status": "its state",
    "notes": "its notes",
}


# -- what an import changes --------------------------------------------------------------------------------


def replaced(before: Portfolio, after: Portfolio, ids: Iterable[str]) -> tuple[Replaced, ...]:
    """Return what differs between two states of the named positions, to be kept with the import."""
    return tuple(found for i in ids for found in _differences(before, after, i))


def _differences(before: Portfolio, after: Portfolio, ident: str) -> Iterator[Replaced]:
    old, new = before.positions[ident], after.positions[ident]
    for name in _OF_FIELD:
        texts = written(getattr(old, name)), written(getattr(new, name))
        if texts[0] != texts[1]:
            yield Replaced(ident, name, *texts)
    if old.layers != new.layers:
        first, second = holding_of(before, old), holding_of(after, new)
        for name in _OF_STACK:
            texts = written(getattr(first, name)), written(getattr(second, name))
            if texts[0] != texts[1]:
                yield Replaced(ident, name, *texts)


# -- taking it back ----------------------------------------------------------------------------------------


def without_import(portfolio: Portfolio, catalogue: Catalogue, import_id: str) -> Portfolio:
    """Return the portfolio as if a file had not been imported, as far as what is stored can tell.

    Positions that came only from it go; folded ones hold the sum of the movements that are left, and the
    user's adjustment; other fields that it changed are as before, unless they have been changed since.
    Raises UserError if there is no such import.
    """
    undo = _Undo(portfolio, import_id)
    kept = replace(portfolio, movements=undo.movements, imports=undo.imports())
    changes: dict[str, list[Replaced]] = {}
    for change in undo.to_restore():
        changes.setdefault(change.position, []).append(change)
    for ident, found in changes.items():
        kept = _restored(kept, catalogue, ident, found)
    kept = kept.with_positions(*undo.folded(kept))
    heirs = [replace(kept.positions[i], import_id=heir) for i, heir in undo.inherited().items()]
    return kept.with_positions(*heirs).without_positions(*undo.gone())


def lost_with_import(portfolio: Portfolio, import_id: str) -> tuple[Issue, ...]:
    """Return what the user has entered by hand that taking an import back would lose, or has to leave."""
    undo = _Undo(portfolio, import_id)
    given: dict[str, dict[str, str]] = {}
    for change in portfolio.imports[import_id].replaced:
        given.setdefault(change.position, {})[change.field] = change.after
    gone = dict.fromkeys(undo.gone())
    lost = [_lost(portfolio, portfolio.positions[i], given.get(i, {})) for i in gone]
    stays = [
        Issue(
            change.position, f"“{name}”: {change.field.replace('_', ' ')} has been changed since and stays."
        )
        for change in undo.changed_since()
        if change.position not in gone and (name := portfolio.positions[change.position].name)
    ]
    return tuple(replace(issue, severity=Severity.WARNING) for issue in (*filter(None, lost), *stays))


class _Undo:
    """One import and what depends on it."""

    def __init__(self, portfolio: Portfolio, import_id: str) -> None:
        if import_id not in portfolio.imports:
            raise UserError(f"There is no import “{import_id}”.")
        self._portfolio = portfolio
        self._record = portfolio.imports[import_id]
        ids = list(portfolio.imports)
        self._later = [portfolio.imports[i] for i in ids[ids.index(import_id) + 1 :]]
        self._removed = [m for m in portfolio.movements.values() if m.import_id == import_id]
        self.movements = _movements_without(portfolio, self._removed)
        self._left: dict[str, list[Movement]] = {}
        for movement in self.movements.values():
            if movement.position:
                self._left.setdefault(movement.position, []).append(movement)

    def inherited(self) -> dict[str, str]:
        """Return the positions that it brought and other imports feed or changed, with one of those."""
        found: dict[str, str] = {}
        mine = [p.id for p in self._portfolio.positions.values() if p.import_id == self._record.id]
        later = {change.position: r.id for r in reversed(self._later) for change in r.replaced}
        for ident in mine:
            if self._left.get(ident):
                found[ident] = self._left[ident][0].import_id
            elif ident in later:
                found[ident] = later[ident]
        return found

    def gone(self) -> list[str]:
        """Return the positions that came only from it."""
        kept = self.inherited()
        return [
            p.id
            for p in self._portfolio.positions.values()
            if p.import_id == self._record.id and p.id not in kept
        ]

    def imports(self) -> dict[str, ImportRecord]:
        """Return the other imports; what they found changed is what was there before this one."""
        result = {i: r for i, r in self._portfolio.imports.items() if i != self._record.id}
        for change in self._record.replaced:
            later = self._next(change)
            if later is not None:
                record, found = result[later[0]], later[1]
                now = replace(found, before=change.before) if found.before == change.after else found
                changes = (now if c == found else c for c in record.replaced)
                result[record.id] = replace(record, replaced=tuple(c for c in changes if c.before != c.after))
        return result

    def _next(self, change: Replaced) -> tuple[str, Replaced] | None:
        """Return the next import that changed the same field."""
        found = (
            (record.id, c)
            for record in self._later
            for c in record.replaced
            if (c.position, c.field) == (change.position, change.field)
        )
        return next(found, None)

    def _open(self) -> Iterator[Replaced]:
        """Yield the changes that no later import has changed again and no sum of movements decides."""
        for change in self._record.replaced:
            folds = change.field in _FOLDED and self._left.get(change.position)
            if change.position in self._portfolio.positions and not folds and self._next(change) is None:
                yield change

    def to_restore(self) -> list[Replaced]:
        """Return the changes that can be taken back."""
        return [c for c in self._open() if _current(self._portfolio, c) == c.after]

    def changed_since(self) -> list[Replaced]:
        """Return the changes that somebody has changed again by hand."""
        return [c for c in self._open() if _current(self._portfolio, c) not in (c.after, c.before)]

    def folded(self, portfolio: Portfolio) -> Iterator[Position]:
        """Yield the positions whose movements have become others, with what these add up to."""
        before: dict[str, list[Movement]] = {}
        for movement in self._portfolio.movements.values():
            before.setdefault(movement.position, []).append(movement)
        for ident, movements in self._left.items():
            position = portfolio.positions.get(ident)
            if position is not None and movements != before.get(ident):
                opened = ledgers.opened(before.get(ident, ())), ledgers.opened(movements)
                yield ledgers.folded(
                    position, total(m.amount for m in movements), position.adjustment or Decimal(0), *opened
                )


def _movements_without(portfolio: Portfolio, removed: Collection[Movement]) -> Mapping[str, Movement]:
    """Return the movements that are left; what was there before their files stays what these said.

    Files speak of each other's amounts only where they are of one format, as in an import.
    """
    movements, imports = portfolio.movements, portfolio.imports
    if not removed:
        return movements

    def place_of(m: Movement) -> tuple[str, ...]:
        record = imports.get(m.import_id)
        return record.format if record else "", m.position, *ledgers.place_of(m)

    ids, touched = {m.id for m in removed}, set(map(place_of, removed))
    kept = {i: m for i, m in movements.items() if i not in ids}
    by_place: dict[tuple[str, ...], list[Movement]] = {}
    for movement in movements.values():
        if (place := place_of(movement)) in touched:
            by_place.setdefault(place, []).append(movement)
    for there in by_place.values():
        if any(not m.line and m.id in kept for m in there):
            kept |= {m.id: m for m in _resettled(there, ids)}
    return kept


def _resettled(movements: Iterable[Movement], gone: Collection[str]) -> Iterator[Movement]:
    """Yield what was there before the files of one place, now that some movements are gone.

    Of the rows of the same moment those come before it that lead to what its file told, as in an import.
    """
    whole, left = Decimal(0), Decimal(0)
    for _, together in groupby(ledgers.in_order(movements), attrgetter("moved_at")):
        passed = [left]
        for movement in together:
            whole = total((whole, movement.amount))
            if movement.id in gone:
                continue
            if movement.line:
                left = total((left, movement.amount))
            elif movement.told is None:
                yield movement._replace(amount=total((whole, -left)))
                left = whole
            else:
                reached = movement.told if movement.told in passed else passed[0]
                amount = total((movement.told, -reached))
                yield movement._replace(amount=amount)
                left = total((left, amount))
            passed.append(left)


def _current(portfolio: Portfolio, change: Replaced) -> str:
    position = portfolio.positions[change.position]
    there = holding_of(portfolio, position) if change.field in _OF_STACK else position
    return written(getattr(there, change.field))


def _restored(
    portfolio: Portfolio, catalogue: Catalogue, ident: str, changes: Iterable[Replaced]
) -> Portfolio:
    """Return the portfolio with the named fields of a position as they were before."""
    stack = {c.field: _OF_STACK[c.field](c.before) for c in changes if c.field in _OF_STACK}
    own = {c.field: _OF_FIELD[c.field](c.before) for c in changes if c.field in _OF_FIELD}
    if stack:
        holding = replace(holding_of(portfolio, portfolio.positions[ident]), **stack)
        portfolio = add_holding(portfolio, catalogue, holding, ident)
    return portfolio.with_positions(replace(portfolio.positions[ident], **own))


def _lost(portfolio: Portfolio, position: Position, given: Mapping[str, str]) -> Issue | None:
    """Return what was entered by hand in a position, as far as it can be told from what a file said.

    ``given`` is what the file gave by field, where something else was typed over it.
    """
    words = [*(json.loads(position.import_key) if position.import_key else []), *[""] * 7][:7]
    typed = {name for name, text in given.items() if text != written(getattr(position, name, text))}
    if position.adjustment:
        typed.add("quantity")
    things = [words for name, words in _TYPED.items() if name in typed]
    things += [name for name, there in _by_hand(holding_of(portfolio, position), position, words) if there]
    if not things:
        return None
    return Issue(position.id, f"“{position.name}” goes, and with it what you entered: {', '.join(things)}.")


def _by_hand(held: Holding, position: Position, words: list[str]) -> Iterator[tuple[str, bool]]:
    account, _, chain, protocol, operators, *_ = words
    yield "its account", held.account.casefold() != account
    yield "its chain", held.chain.casefold() != chain
    yield "its protocol", bool(held.protocol) and not protocol
    yield "its operators", bool(held.operators) and not operators
    yield "its services", bool(held.services) and not operators
    yield "its debt", position.debt is not None
    yield "its withdrawal requests", bool(position.requests)
    yield "its market", position.exit.market is not None
