"""Whatever the bytes: no unhandled exception, one verdict a row, and what is accepted is stored."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app import shipped
from desktop_app.csv_import.plan import Outcome, Plan
from desktop_app.csv_import.rows import Verdict
from desktop_app.csv_import.verdicts import as_record
from desktop_app.domain.portfolio import Portfolio
from tests.csv_import.reading import NOW, plan
from tests.csv_import.test_verdicts import validate

DATA = Path(__file__).parents[1] / "data"
NAMES = (
    "wealthfolio_holdings.csv",
    "generic_positions.csv",
    "rotki_balances_snapshot_import.csv",
    "kraken_ledgers.csv",
)
SAMPLES = [(DATA / name).read_bytes() for name in NAMES]
PIECES = [
    *(
        b'"',
        b",",
        b";",
        b"\r",
        b"\n",
        b"\t",
        b"\0",
        b"\xff",
        b"\xe2\x82\xac",
        b"'",
        b"=",
        b"-",
        b"(",
        b"1,234",
    ),
    *(
        b"1e99",
        b"NaN",
        b"Total",
        b"NULL1",
        b"01/02/2024",
        b"45306",
        b"\xe2\x80\xae",
        b"\xef\xbb\xbf",
        b"<b>",
        b"%",
    ),
    *(b"9" * 90, b"sep=;\n", b"0x", b"asset", b"quantity", b"symbol", b"date", b"$CASH", b"http://x.com"),
]
CELLS = st.one_of(
    st.sampled_from(
        ["ETH", "stETH", "1", "1,5", "1.5", "1,234", "", "-", "2024-01-02", "01/02/2024", "0.5%", "x"]
    ),
    st.text(max_size=12),
)
HEADS = st.sampled_from(
    [
        "asset,quantity,opened_on,reward_apr",
        "date,symbol,quantity,price,currency",
        "Coin,Amount,Date,Price",
        "layer,status,quantity,asset",
    ]
)


def holds(found: Plan) -> None:
    """Check the laws of every plan."""
    counts = found.counts
    assert (
        counts.accepted + counts.rejected + counts.skipped + counts.asked
        == counts.data_rows
        == len({row.number for row in found.rows})
    )
    assert all(row.reason for row in (*found.rejected, *found.skipped))
    assert bool(counts.asked) <= any(q.stops for q in found.questions)
    validate(as_record(found))
    if found.outcome in (Outcome.ACCEPT, Outcome.ACCEPT_PARTLY):
        after = found.apply(Portfolio(), shipped.catalogue(), NOW, "i")
        held = [row.quantity for row in found.rows if row.verdict is Verdict.ADD]
        if found.booked:
            held = [result.holding.quantity for result in found.booked.results]
            assert all(quantity is not None and quantity > 0 for quantity in held)
        assert [p.quantity for p in after.positions.values()] == held


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    data = draw(st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        cut = draw(st.integers(0, 12))
        data = data[:start] + draw(st.sampled_from(PIECES)) + data[start + cut :]
    return data


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_get_a_plan(data: bytes) -> None:
    holds(plan(data))


@settings(max_examples=100, deadline=None)
@given(mutated())
def test_a_damaged_file_gets_a_plan(data: bytes) -> None:
    holds(plan(data))


@settings(max_examples=100, deadline=None)
@given(HEADS, st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=6), st.sampled_from(",;\t"))
def test_any_table_gets_a_plan(head: str, rows: list[list[str]], delimiter: str) -> None:
    lines = [head.replace(",", delimiter), *(delimiter.join(row) for row in rows)]
    holds(plan("\n".join(lines).encode("utf-8", "replace")))


@settings(max_examples=80, deadline=None)
@given(mutated())
def test_taking_every_default_answers_every_question_that_has_one(data: bytes) -> None:
    found = plan(data)
    answers = {q.code: q.default for q in found.questions if q.default is not None}
    holds(plan(data, answers=answers))
