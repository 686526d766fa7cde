"""Files as they reach an importer after something went wrong with them: for every format, real or made."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random

from hypothesis import strategies as st

from desktop_app.csv_import import formats
from tests.csv_import.headers import HEADERS

_FORMATS = Path(formats.__file__).parent
DATA = Path(__file__).parents[1] / "data"
SAMPLES = [path.read_bytes() for path in sorted(DATA.glob("*.csv"))]
SEPARATORS = ",;\t|"
PIECES = [
    *('"', ",", ";", "\r", "\n", "\t", "\0", "€", "'", "=", "-", "(", "1,234", "1e99", "NaN", "Total"),
    *("NULL1", "01/02/2024", "45306", "\u202e", "\ufeff", "<b>", "%", "9" * 90, "sep=;\n", "0x", "asset"),
    *(
        "quantity",
        "symbol",
        "date",
        "$CASH",
        "http://x.com",
        "\u0395\u03a4\u0397",
        "=1+1",
        '""',
        "\u2028",
        "x" * 40_000,
    ),
]
_NUMBERS = (
    *("1", "0.5", "-2", "32", "0", "3.25", "10.0", "1,234.5", "1.234,5", "1,5", "1e-7", "5 ETH", "", "-"),
    *("-0.25", "0.000000001", "1e400", "1_000", "ID 7", "٣", "+0.0081 ETH"),
)
_DAYS = (
    *("2024-01-02", "2024-01-02 03:04:05", "2024-01-02T03:04:05.000Z", "1704164645", "1704164645000"),
    *("02.01.2024 03:04", "01/02/2024 03:04:05", "2024-01-02 03:04:05 UTC", "14 Feb 2021", "", "2030-01-01"),
    *("45306", "yesterday", "2024-01-02T00:00", "2024-01-02 03:04:05-04:00", "9999-12-31 23:59:59"),
)
_ADDRESSES = (
    "0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84",
    "0x0000000000000000000000000000000000000001",
    "7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU",
)
_ASSETS = (
    *(
        "ETH",
        "stETH",
        "SOL",
        "weETH",
        "USD",
        "ETH2",
        "DOT28.S",
        "NULL1",
        "ETH-EUR",
        "eip155:1/erc20:0xae",
        "",
    ),
    *("SOL (Solana)", "<b>", "E\u0422H", "ETH, SOL", "1 ETH, 2 SOL", "PT-weETH-26DEC2024", "LINK www.x.com"),
    *_ADDRESSES,
)
_KINDS = (
    (r"date|time|day|start|end", _DAYS),
    (r"amount|quantity|balance|change|fee|value|shares|income|units|position|buy|sell|price", _NUMBERS),
    (r"asset|currency|coin|symbol|ticker|commodity|cur|unit", _ASSETS),
    (r"from|to|address|hash|contract", _ADDRESSES),
)
_ANYTHING = (*_NUMBERS, *_DAYS, *_ASSETS, *PIECES)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "utf-32", "utf-7")


@cache
def _words(format_name: str) -> list[str]:
    """Return the words that a format's own file speaks of: the types of its rows among them."""
    return re.findall(r'"([a-z][a-z0-9 ()._-]{1,40})"', (_FORMATS / f"{format_name}.py").read_text("utf-8"))


def _usual(format_name: str, column: str) -> Sequence[str]:
    """Return what the words of a column's name promise, else words of the format."""
    pools = (pool for pattern, pool in _KINDS if re.search(pattern, column, re.IGNORECASE))
    return next(pools, None) or _words(format_name)


def table(format_name: str, rows: int) -> str:
    """Return a long file with a format's first header, the same every time."""
    header = HEADERS[format_name][0]
    separator = max(SEPARATORS, key=header.count)
    columns = [_usual(format_name, name.strip('"')) for name in header.split(separator)]
    dice = Random(rows)  # noqa: S311 - no secret
    lines = (separator.join(_quoted(dice.choice(pool), separator) for pool in columns) for _ in range(rows))
    return "\n".join([header, *lines])


@st.composite
def made(draw: st.DrawFn) -> bytes:
    """Return a file with the header of any layout of any format and rows that nearly fit it."""
    name, header = draw(st.sampled_from([(name, h) for name, headers in HEADERS.items() for h in headers]))
    separator = max(SEPARATORS, key=header.count)
    columns = [_cells(name, column.strip('"')) for column in header.split(separator)]
    rows = st.tuples(*columns).map(lambda row: separator.join(_quoted(cell, separator) for cell in row))
    return "\n".join([header, *draw(st.lists(rows, min_size=1, max_size=4))]).encode()


def _cells(format_name: str, column: str) -> st.SearchStrategy[str]:
    usual, anything = st.sampled_from(_usual(format_name, column)), st.sampled_from(_ANYTHING)
    return st.integers(0, 15).flatmap(lambda dice: usual if dice else anything)


def _quoted(cell: str, separator: str) -> str:
    return f'"{cell}"' if separator in cell else cell


@st.composite
def damaged(draw: st.DrawFn, files: st.SearchStrategy[bytes]) -> bytes:
    """Return a file that was cut, doubled, mixed up, edited or saved by something that meant well."""
    text = draw(files).decode()
    for _ in range(draw(st.integers(1, 4))):
        text = draw(st.sampled_from(_DAMAGES))(draw, text)
    data = text.encode(draw(st.sampled_from(ENCODINGS)), "replace")
    if data and draw(st.booleans()):
        at = draw(st.integers(0, len(data) - 1))
        data = data[:at] + bytes([data[at] ^ 1 << draw(st.integers(0, 7))]) + data[at + 1 :]
    return data


def _pasted(draw: st.DrawFn, text: str) -> str:
    at, cut = draw(st.integers(0, len(text))), draw(st.integers(0, 12))
    return text[:at] + draw(st.sampled_from(PIECES)) + text[at + cut :]


def _ended(draw: st.DrawFn, text: str) -> str:
    return text[: draw(st.integers(0, len(text)))]


def _doubled(draw: st.DrawFn, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    line = draw(st.sampled_from(lines))
    lines.insert(draw(st.integers(0, len(lines))), line)
    return "".join(lines)


def _without_line(draw: st.DrawFn, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    del lines[draw(st.integers(0, len(lines) - 1))]
    return "".join(lines)


def _swapped(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    at = draw(st.integers(0, len(lines) - 1))
    cells = re.split(r"([,;\t|])", lines[at])
    one, other = (draw(st.integers(0, len(cells) // 2)) * 2 for _ in "ab")
    cells[one], cells[other] = cells[other], cells[one]
    lines[at] = "".join(cells)
    return "\n".join(lines)


def _separated(draw: st.DrawFn, text: str) -> str:
    return text.replace(draw(st.sampled_from(SEPARATORS)), draw(st.sampled_from(SEPARATORS)))


def _ends(draw: st.DrawFn, text: str) -> str:
    return text.replace("\n", draw(st.sampled_from(("\r\n", "\r", "\n\n", "\n\r"))))


_DAMAGES = (_pasted, _ended, _doubled, _without_line, _swapped, _separated, _ends)
