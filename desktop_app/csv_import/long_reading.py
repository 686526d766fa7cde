"""Reads a long position table by column: a sample for each kind of row, and by themselves the unlike rows."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import compress

from desktop_app.csv_import import cells, matching
from desktop_app.csv_import.columns import NumberColumn, Values, evidence_in, number_column
from desktop_app.csv_import.format import Context, Reading, Table
from desktop_app.csv_import.formats import generic
from desktop_app.csv_import.judging import Judge
from desktop_app.csv_import.long_columns import Amounts, LongColumns, amounts, zeros
from desktop_app.csv_import.long_rows import LongRows, with_note
from desktop_app.csv_import.questions import Inquiry
from desktop_app.csv_import.reader import Record
from desktop_app.csv_import.rows import Row, Verdict, unticked
from desktop_app.csv_import.tokens import STAKED_SHARE

_AMOUNTS = ("quantity", "price_usd", "value_usd")
_MOST_KINDS = 50_000
_ODD_RATE = -1


def read(table: Table, columns: LongColumns, left_out: Collection[int]) -> Reading | None:
    """Return the rows of a long table, the same as ``generic.read`` gives; those on some lines are left out.

    None where only that can answer: a question about a whole column, amounts in a foreign currency, or hardly
    two rows of a kind. ``table`` has no records.
    """
    return _LongReading(table, columns, left_out).reading()


class _LongReading:
    """One reading: which rows have to be read by themselves, and a sample for each kind of the others."""

    def __init__(self, table: Table, columns: LongColumns, left_out: Collection[int]) -> None:
        self._table = table
        self._columns = columns
        self._at = table.fit.columns
        self._left_out = {line - columns.line for line in left_out}.intersection(range(len(columns)))
        self._alone = set(self._left_out)
        self._amounts: dict[str, Amounts] = {}

    def reading(self) -> Reading | None:
        """Return what the table holds, or None."""
        if not self._is_fit():
            return None
        if not self._set_aside():
            return None
        self._amounts = {field: amounts(self._column(field)) for field in _AMOUNTS if field in self._at}
        self._go_on()
        how = self._written()
        if how is None:
            return None
        days = {cell: how.dates.read(cell) for cell in self._different("opened_on")}
        rates = {cell: _rate(how, cell) for cell in self._different("reward_apr")}
        self._alone_if("opened_on", {cell for cell, day in days.items() if day.trouble})
        self._alone_if("reward_apr", {cell for cell, (sort, _) in rates.items() if sort == _ODD_RATE})
        self._look_at_texts()
        self._go_on()
        kinds = self._kinds({cell: sort for cell, (sort, _) in rates.items()})
        firsts = self._firsts(kinds)
        if len(firsts) > min(_MOST_KINDS, len(kinds) // 4):
            return None
        strange, noting = self._unlike(firsts, how)
        self._alone.update(self._of_kinds(kinds, strange))
        samples = {place: kind for kind, place in firsts.items() if kind not in strange}
        reader, own = self._by_themselves(how, sorted(self._alone | samples.keys()))
        rows = LongRows(
            columns=self._columns,
            at=self._at,
            amounts={field: found.texts for field, found in self._amounts.items()},
            kinds=kinds,
            samples={kind: own.pop(place) for place, kind in samples.items()},
            own=own | {place: unticked(own[place]) for place in self._left_out},
            days={cell: day.value for cell, day in days.items()},
            rates={cell: rate for cell, (_, rate) in rates.items()},
            noting=frozenset(noting),
        )
        self._say_lines(rows)
        self._go_on()
        rows = replace(rows, own=self._repeated(rows))
        return Reading(rows, reader.uses(), tuple(reader.warnings))

    def _go_on(self) -> None:
        """Tell that all rows are read; raises where nobody wants them any more."""
        if self._table.context.progress:
            self._table.context.progress(len(self._columns))

    # -- what is not as usual ------------------------------------------------------------------------------

    def _is_fit(self) -> bool:
        """Tell whether amounts are in the portfolio's currency, and each column has its name."""
        named = (generic.column_name(self._table, f) for f in ("price_usd", "value_usd") if f in self._at)
        currency = self._table.context.currency
        return all(generic.currency_of(name) == currency for name in named) and bool(
            self._table.names[-1].strip()
        )

    def _set_aside(self) -> bool:
        """Set the rows aside that are no data: their cells have no say in how a column is written.

        False where there is data in a row with another number of cells than the header.
        """
        columns, where = self._columns, self._columns.kind_at.index(self._at["asset"])
        header = self._table.names[self._at["asset"]]
        odd_kinds = {
            number
            for number, texts in enumerate(columns.kind_cells)
            if (asset := texts[where]) == header or not cells.clean(asset) or cells.begins_sum(asset)
        }
        suspects = sorted({*columns.odd, *self._of_kinds(columns.kinds, odd_kinds)})
        judge = Judge(replace(self._table, records=[columns.record(place) for place in suspects]))
        data = {line - columns.line for line, _ in judge.values("asset")}
        for place in suspects:
            if place not in data:
                columns.set_aside(place)
        self._alone.update(suspects)
        return data.isdisjoint(columns.odd)

    def _written(self) -> generic.Written | None:
        """Return how the columns are written, None where that is a question."""
        votes: dict[str, Mapping[str, int]] = {
            **{field: found.votes for field, found in self._amounts.items()},
            "reward_apr": _votes(Counter(self._column("reward_apr"))),
        }
        trial = Inquiry(self._table.context.inquiry.answers)
        how = self._written_by(votes, trial)
        if trial.questions() or any(how.numbers[f].decimal != a.decimal for f, a in self._amounts.items()):
            return None
        self._alone.update(*(found.others for found in self._amounts.values()))
        return self._written_by(votes, self._table.context.inquiry)  # which then knows the answers as used

    def _written_by(self, votes: Mapping[str, Mapping[str, int]], inquiry: Inquiry) -> generic.Written:
        table = replace(self._table, context=replace(self._table.context, inquiry=inquiry))
        numbers = {
            field: number_column(generic.column_name(table, field), (), inquiry, votes.get(field, {}))
            for field in generic.NUMBERS
        }
        return generic.written(table, self._values, numbers)

    def _values(self, field: str) -> Values:
        return ((0, cell) for cell in self._different(field))

    def _look_at_texts(self) -> None:
        """Let rows with a cell that is too long, or a quantity of zero, be read by themselves."""
        for column in self._columns.cells.values():
            if max(map(len, column), default=0) > cells.MAX_CELL:
                self._alone |= {place for place, cell in enumerate(column) if len(cell) > cells.MAX_CELL}
        self._alone.update(zeros(self._amounts["quantity"].texts))

    def _alone_if(self, field: str, strange: set[str]) -> None:
        if strange:
            self._alone |= {place for place, cell in enumerate(self._column(field)) if cell in strange}

    # -- kinds ---------------------------------------------------------------------------------------------

    def _kinds(self, sorts: Mapping[str, int]) -> Sequence[int]:
        """Return the kind of each row, now also by whether it has a rate, and one other than zero."""
        if "reward_apr" not in self._at:
            return self._columns.kinds
        numbers: dict[tuple[int, int], int] = {}
        pairs = list(
            zip(self._columns.kinds, map(sorts.__getitem__, self._column("reward_apr")), strict=True)
        )
        for pair in dict.fromkeys(pairs):
            numbers[pair] = len(numbers)
        return list(map(numbers.__getitem__, pairs))

    @staticmethod
    def _of_kinds(kinds: Sequence[int], wanted: set[int]) -> Iterable[int]:
        """Return the rows of some kinds."""
        return (place for place, kind in enumerate(kinds) if kind in wanted) if wanted else ()

    def _firsts(self, kinds: Sequence[int]) -> dict[int, int]:
        """Return the first row of each kind that is not read by itself anyway."""
        last = len(kinds) - 1
        firsts = dict(zip(reversed(kinds), range(last, -1, -1), strict=True))
        if early := {kind for kind, place in firsts.items() if place in self._alone}:
            for kind in early:
                del firsts[kind]
            for place, kind in enumerate(kinds):
                if kind in early and place not in self._alone:
                    firsts.setdefault(kind, place)
        return firsts

    def _unlike(self, firsts: Mapping[int, int], how: generic.Written) -> tuple[set[int], set[int]]:
        """Return the kinds whose rows do not simply come in, and those whose rate becomes a note."""
        context = self._table.context
        inquiry = Inquiry(context.inquiry.answers)
        trial = replace(context, inquiry=inquiry, tokens=context.tokens.afresh(inquiry), progress=None)
        strange, noting = set[int](), set[int]()
        for kind, place in firsts.items():
            record = self._columns.record(place)
            table = replace(self._table, records=[record], context=trial)
            row = Judge(table).rows(generic.PositionReader(table, how).row)[0]
            held = row.holding
            said = cells.free_text(self._cell(record, "notes"))
            if row.verdict is not Verdict.ADD or held is None:
                strange.add(kind)
            elif row.asset[0].isdecimal() or row.asset[-1].isdecimal():
                strange.add(kind)  # its quantities may be written with it: 5 1INCH
            elif held.notes != said:
                _, rate = _rate(how, self._cell(record, "reward_apr"))
                by_rate = held.reward_rate is None and held.notes == with_note(said, rate)
                (noting if by_rate else strange).add(kind)
        return strange, noting

    def _cell(self, record: Record, field: str) -> str:
        index = self._at.get(field)
        return "" if index is None else record.cells[index]

    def _say_lines(self, rows: LongRows) -> None:
        """Name the lines of the rows whose rate becomes a note where there is a question about that."""
        inquiry, first = self._table.context.inquiry, self._columns.line
        codes = {}
        for kind in rows.noting:
            held = rows.samples[kind].holding
            code = f"{STAKED_SHARE}{held.asset}" if held else ""
            if inquiry.is_open(code):
                codes[kind] = code
        for code in dict.fromkeys(codes.values()):
            kinds = {kind for kind, asked in codes.items() if asked == code}
            lines = rows.plain(range(first, first + len(rows)))
            inquiry.add_lines(code, compress(lines, map(kinds.__contains__, rows.plain(rows.kinds))))

    # -- rows by themselves --------------------------------------------------------------------------------

    def _by_themselves(
        self, how: generic.Written, places: Sequence[int]
    ) -> tuple[generic.PositionReader, dict[int, Row]]:
        """Return the rows at some places, in their order, as ``generic.read`` reads them."""
        context: Context = replace(self._table.context, progress=None)
        table = replace(self._table, records=[self._columns.record(p) for p in places], context=context)
        reader = generic.PositionReader(table, how)
        rows = Judge(table).rows(reader.row)
        return reader, {p: replace(row, number=p + 1) for p, row in zip(places, rows, strict=True)}

    def _repeated(self, rows: LongRows) -> dict[int, Row]:
        """Return the rows by themselves, with those that repeat others cell for cell and are asked about."""
        own = dict(rows.own)
        for field in ("quantity", "name"):
            column = self._column(field)
            if len(set(column)) == len(column):
                return own
        contents = list(self._columns.contents())
        counts = Counter(contents)
        places = [place for place, content in enumerate(contents) if counts[content] > 1]
        before = [rows[place] for place in places]
        texts = [self._columns.record(place).cells for place in places]
        after = matching.repeated(before, texts, self._table.context.inquiry)
        return own | {p: new for p, old, new in zip(places, before, after, strict=True) if new is not old}

    # -- columns -------------------------------------------------------------------------------------------

    def _column(self, field: str) -> Sequence[str]:
        index = self._at.get(field)
        return () if index is None else self._columns.cells[index]

    def _different(self, field: str) -> Iterable[str]:
        """Return the different cells of a column, in the order of the file; only "" where there is none."""
        return dict.fromkeys(self._column(field)) or ("",)


def _votes(counts: Mapping[str, int]) -> Counter[str]:
    votes: Counter[str] = Counter()
    for cell, count in counts.items():
        if sign := evidence_in(cell):
            votes[sign] += count
    return votes


def _rate(how: generic.Written, cell: str) -> tuple[int, float | None]:
    """Return of which sort a rate is (none, zero, another, or one to be read with its row) and the rate."""
    rule: NumberColumn = how.numbers["reward_apr"]
    number = rule.read(cell)
    if number.trouble or number.unit not in ("", "%"):
        return _ODD_RATE, None
    if number.value is None:
        return 0, None
    rate = float(number.value if how.rate_unit == "fraction" else number.value.scaleb(-2))
    return (2 if rate else 1), rate
