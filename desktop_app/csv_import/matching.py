"""The second file of an account: which rows are stored already, which change something, what is gone."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from desktop_app.csv_import import keys
from desktop_app.csv_import.cells import shown
from desktop_app.csv_import.keys import Key
from desktop_app.csv_import.questions import Inquiry, Question
from desktop_app.csv_import.rows import Change, Row, Verdict
from desktop_app.domain.money import amount_text
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position, Status

_OPEN = (Verdict.ADD, Verdict.ASK)

NEW, KEEP, ADD, LEAVE, UPDATE, CLOSE, IMPORT = "new", "keep", "add", "leave", "update", "close", "import"


def key_of(row: Row) -> Key:
    """Return what identifies the position of a row in later files."""
    held = row.holding
    if held is None:
        return ()
    if row.by_name:
        return keys.key((held.account, row.symbol, held.chain, "", "", held.name, ""))
    words = (held.account, row.symbol, held.chain, held.protocol, ";".join(held.operators), held.name)
    return keys.key((*words, row.place))


def brought_in(portfolio: Portfolio, format_name: str) -> Iterator[Position]:
    """Yield the positions that earlier imports of a format brought in."""
    for position in portfolio.positions.values():
        record = portfolio.imports.get(position.import_id or "")
        if record is not None and record.format == format_name and position.import_key:
            yield position


def accounts(portfolio: Portfolio, format_name: str) -> set[str]:
    """Return the accounts of the positions that earlier imports of a format brought in, in small letters."""
    return {keys.read(position.import_key)[0] for position in brought_in(portfolio, format_name)}


class Stored:
    """The positions that earlier imports of the same format brought in, found again by their keys."""

    def __init__(
        self,
        portfolio: Portfolio,
        format_name: str,
        inquiry: Inquiry,
        compare: Callable[[Row, Position], tuple[Change, ...]],
    ) -> None:
        """``compare`` returns in what a row and its position differ beside quantity and price."""
        self._inquiry = inquiry
        self._compare = compare
        self._kept = [(p, keys.read(p.import_key)) for p in brought_in(portfolio, format_name)]
        self._changed: dict[str, list[Row]] = {}
        self._detailed: list[tuple[Row, str]] = []
        self._repriced: list[Row] = []
        self._doubtful: set[str] = set()

    def met(self, rows: Sequence[Row]) -> frozenset[int]:
        """Return the indices of the rows that meet a stored position of their own in key and quantity."""
        pool = dict(enumerate(self._kept))
        return frozenset(index for index, _ in _equal(rows, self._wanting(rows), pool, loose=False))

    def _wanting(self, rows: Sequence[Row]) -> dict[int, Key]:
        return {
            i: key_of(row)
            for i, row in enumerate(rows)
            if self._kept and row.holding is not None and row.verdict in _OPEN
        }

    def match(self, rows: list[Row]) -> list[Row]:
        """Return the rows with those that meet a stored position marked as duplicates, updates or questions.

        Four passes: the same key and quantity, the same key, then keys that agree as far as both are filled,
        again with the same quantity first. What is not unique on both sides is asked.
        """
        result = list(rows)
        wanting = self._wanting(rows)
        pool = dict(enumerate(self._kept))
        for loose in (False, True):
            for index, number in _equal(rows, wanting, pool, loose=loose):
                result[index] = self._met(rows[index], pool.pop(number)[0])
                del wanting[index]
            for index, numbers in _candidates(wanting, pool, loose=loose).items():
                if len(numbers) == 1:
                    result[index] = self._met(rows[index], pool.pop(numbers[0])[0])
                    del wanting[index]
                elif loose:
                    result[index] = self._unclear(rows[index], set(numbers), pool)
        places = {(row.number, row.part): index for index, row in enumerate(rows)}
        for row in self._decided():
            result[places[row.number, row.part]] = row
        return result

    def lacking(self, rows: Iterable[Row]) -> list[Position]:
        """Return the open positions of the file's accounts that the file does not hold any more."""
        accounts = {row.account.casefold() for row in rows if row.holding is not None}
        found = self._doubtful | {row.position for row in rows}
        return [
            position
            for position, key in self._kept
            if key[0] in accounts and position.id not in found and position.status is not Status.CLOSED
        ]

    def _met(self, row: Row, position: Position) -> Row:
        """Return the row as one that is stored, or note that it changes the quantity or the price."""
        row = self._beside(row, position)
        if position.quantity != row.quantity:
            self._changed.setdefault(row.asset, []).append(row)
        elif row.verdict is Verdict.ADD and row.changes:
            price = f", price {_amount(position.unit_price) or 'none'} → {_price(row)}"
            more = price if _has_new_price(row, position) else ""
            self._detailed.append((row, more))
        elif row.verdict is Verdict.ADD and _has_new_price(row, position):
            self._repriced.append(row)
        elif row.verdict is Verdict.ADD:
            return replace(row, verdict=Verdict.DUPLICATE, code="stored")
        return row

    def _beside(self, row: Row, position: Position) -> Row:
        changes = self._compare(row, position)
        return replace(row, position=position.id, before=position.quantity, changes=changes)

    def _decided(self) -> Iterator[Row]:
        """Yield the rows that change what is stored, after asking about quantities, details and prices."""
        for asset, rows in self._changed.items():
            yield from self._settled(_quantity_question(asset, rows), rows)
        if self._detailed:
            yield from self._settled(_detail_question(self._detailed), [row for row, _ in self._detailed])
        if self._repriced:
            yield from self._settled(_PRICE_QUESTION, self._repriced)

    def _settled(self, question: Question, rows: Sequence[Row]) -> Iterator[Row]:
        answer = self._inquiry.settle(replace(question, lines=tuple(row.line for row in rows)))
        for row in rows:
            if answer is None:
                yield replace(row, verdict=Verdict.ASK, waits=(*row.waits, question.code))
            elif answer == KEEP:
                yield replace(row, verdict=Verdict.SKIP, code="kept", waits=())
            else:
                yield row if row.verdict is Verdict.ASK else replace(row, verdict=Verdict.UPDATE)

    def _unclear(self, row: Row, numbers: Collection[int], pool: dict[int, tuple[Position, Key]]) -> Row:
        """Return a row that could be one of several positions, or of several rows that could be one."""
        code, one = f"changed_quantity:{row.asset}@{row.line}", min(numbers)
        single = pool[one][0] if len(numbers) == 1 and one in pool else None
        taken = len(numbers) == 1 and single is None  # another row was said to be that position
        if taken and self._inquiry.given(code) in (None, ADD):
            return row
        question = Question(
            code,
            f"{row.asset} on line {row.line} {_could_be(row, single, taken=taken)}",
            lines=(row.line,),
            choices=(ADD, LEAVE) if single is None else (UPDATE, ADD, LEAVE),
        )
        answer = self._inquiry.settle(question)
        if answer == UPDATE and single is not None:
            del pool[one]
            row = self._beside(row, single)
            return row if row.verdict is Verdict.ASK else replace(row, verdict=Verdict.UPDATE)
        if answer is None:
            self._doubtful.update(pool[n][0].id for n in numbers if n in pool)
            return replace(row, verdict=Verdict.ASK, waits=(*row.waits, question.code))
        return row if answer == ADD else replace(row, verdict=Verdict.SKIP, code="left_out", waits=())


_PRICE_QUESTION = Question(
    "changed_price",
    "The quantities of some positions are as stored, but the file has other prices. Take the new prices?",
    choices=(NEW, KEEP),
    default=NEW,
)


def _could_be(row: Row, single: Position | None, *, taken: bool) -> str:
    """Return the rest of the question about a row whose position is not clear."""
    if taken:
        return "is not the stored position, which another row is; add it as another?"
    if single is None:
        return "could be one of several stored positions; add it as another?"
    before, now = _amount(single.quantity) or "none", _amount(row.quantity) or "none"
    return (
        f"could be the stored “{shown(single.name)}” ({before} → {now}), and so could other rows: "
        "is it that one, or one more?"
    )


def _detail_question(found: Sequence[tuple[Row, str]]) -> Question:
    changes = "; ".join(_details(row) + more for row, more in found[:5])
    rest = f"; and {len(found) - 5} more" if len(found) > 5 else ""
    return Question(
        "changed_details",
        f"The file says something else than what is stored: {changes}{rest}. Take what the file says?",
        choices=(NEW, KEEP),
        default=NEW,
    )


def _details(row: Row) -> str:
    return f"{row.asset}, line {row.line}: {', '.join(change.text for change in row.changes)}"


def _quantity_question(asset: str, rows: Sequence[Row]) -> Question:
    changes = ", ".join(
        " and ".join((f"{_amount(r.before) or 'none'} → {_amount(r.quantity)}", *(c.text for c in r.changes)))
        for r in rows[:5]
    )
    more = f" and {len(rows) - 5} more" if len(rows) > 5 else ""
    return Question(
        f"changed_quantity:{asset}",
        f"{asset} in {rows[0].account} is stored with another quantity: {changes}{more}. Take the new one?",
        choices=(NEW, KEEP),
        default=NEW,
    )


def repeated(
    rows: list[Row],
    contents: Sequence[Sequence[str]],
    inquiry: Inquiry,
    stored: Callable[[Sequence[Row]], Collection[int]] = lambda _: (),
) -> list[Row]:
    """Return the rows; those that repeat an earlier one cell for cell are asked about: real, or too many?

    Rows with an identity of their own are no doubt, unless equal ones may share it, nor are those
    that are ``stored``, by their indices.
    """
    first: dict[tuple[int, tuple[str, ...]], int] = {}
    again = []
    for index, (row, content) in enumerate(zip(rows, contents, strict=True)):
        if (
            row.verdict in _OPEN
            and (row.holding is not None or (row.entry is not None and row.entry.cells))
            and first.setdefault((row.part, tuple(content)), index) != index
        ):
            again.append(index)
    there = stored(rows) if again else ()
    again = [index for index in again if index not in there]
    if not again:
        return rows
    lines = tuple(dict.fromkeys(rows[i].line for i in again))
    question = Question(
        "repeated_rows",
        f"{'1 row repeats' if len(lines) == 1 else f'{len(lines)} rows repeat'} another one cell for cell. "
        "Keep both, or count them once?",
        lines=lines,
        choices=("both", "one"),
        default="both",
    )
    answer = inquiry.settle(question)
    result = list(rows)
    for index in again:
        row = rows[index]
        if answer is None:
            result[index] = replace(row, verdict=Verdict.ASK, waits=(*row.waits, question.code))
        elif answer == "one":
            result[index] = replace(row, verdict=Verdict.SKIP, code="repeated", waits=())
    return result


class _Index:
    """Finds the stored keys that agree with a key: in all parts, or as far as both have them filled."""

    def __init__(self, keys: Iterable[tuple[Key, int]], *, loose: bool) -> None:
        self._loose = loose
        self._by_parts: dict[tuple[int, ...], list[tuple[Key, int]]] = defaultdict(list)
        for key, number in keys:
            self._by_parts[_filled(key) if loose else ()].append((key, number))
        self._tables: dict[tuple[tuple[int, ...], tuple[int, ...]], dict[Key, list[int]]] = {}
        self._taken: set[int] = set()

    def find(self, key: Key) -> Iterator[int]:
        """Yield the numbers of the stored keys that agree."""
        for numbers in self._lists(key):
            yield from reversed(numbers)

    def take(self, key: Key) -> int | None:
        """Return the number of a stored key that agrees, each number only once; None if none is left."""
        for numbers in self._lists(key):
            while numbers:
                number = numbers.pop()
                if number not in self._taken:
                    self._taken.add(number)
                    return number
        return None

    def _lists(self, key: Key) -> Iterator[list[int]]:
        for parts in self._by_parts:
            common = tuple(p for p in parts if key[p]) if self._loose else tuple(range(len(key)))
            if (parts, common) not in self._tables:
                table = self._tables[parts, common] = {}
                for stored, number in reversed(self._by_parts[parts]):
                    table.setdefault(tuple(stored[p] for p in common), []).append(number)
            yield self._tables[parts, common].get(tuple(key[p] for p in common), [])


def _filled(key: Key) -> tuple[int, ...]:
    return tuple(part for part, word in enumerate(key) if word)


def _equal(
    rows: Sequence[Row], wanting: dict[int, Key], pool: dict[int, tuple[Position, Key]], *, loose: bool
) -> list[tuple[int, int]]:
    """Return pairs of row and stored number with agreeing keys and the same quantity, each used once."""
    stored = (((*k, amount_text(p.quantity)), n) for n, (p, k) in pool.items() if p.quantity is not None)
    index = _Index(stored, loose=loose)
    taken = ((row, index.take((*key, _amount(rows[row].quantity)))) for row, key in wanting.items())
    return [(row, number) for row, number in taken if number is not None]


def _candidates(
    wanting: dict[int, Key], pool: dict[int, tuple[Position, Key]], *, loose: bool
) -> dict[int, tuple[int, ...]]:
    """Return for each row that agrees with stored keys the one it alone can mean, or any two of several."""
    index = _Index(((key, number) for number, (_, key) in pool.items()), loose=loose)
    found = {row: tuple(islice(index.find(key), 2)) for row, key in wanting.items()}
    claims = Counter(numbers[0] for numbers in found.values() if len(numbers) == 1)
    return {
        row: numbers if len(numbers) > 1 or claims[numbers[0]] == 1 else (*numbers, *numbers)
        for row, numbers in found.items()
        if numbers
    }


def _amount(quantity: Decimal | None) -> str:
    return "" if quantity is None else amount_text(quantity)


def _price(row: Row) -> str:
    return _amount(row.holding.unit_price if row.holding else None)


def _has_new_price(row: Row, position: Position) -> bool:
    held = row.holding
    if held is None or held.unit_price is None or held.unit_price == position.unit_price:
        return False
    return held.priced_on is None or position.priced_on is None or held.priced_on >= position.priced_on
