"""Every layout of every format, as its vendor writes the header: lines of "format: header" in tests/data."""

from pathlib import Path

_LINES = (Path(__file__).parents[1] / "data" / "csv_headers.txt").read_text("utf-8").splitlines()

HEADERS: dict[str, list[str]] = {}
for _line in _LINES:
    _name, _, _header = _line.partition(": ")
    HEADERS.setdefault(_name, []).append(_header)
