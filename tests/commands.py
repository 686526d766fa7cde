"""Running commands in this process, and the files they are given."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
HOLDINGS = DATA / "wealthfolio_holdings.csv"
POSITIONS = DATA / "positions.csv"
EXAMPLE = DATA / "portfolio/open-example.json"


@dataclass
class Ran:
    """How a command ended: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out, parse_float=Decimal)


Run = Callable[..., Ran]


def assert_asks_the_user(ran: Ran, sentence: str) -> None:
    """Assert exit status 1 and one line on standard error, nothing on standard output."""
    assert (ran.status, ran.out) == (1, "")
    assert sentence in ran.err
    assert ran.err.count("\n") == 1


def changed(name: str, key: str, /, **fields: object) -> Path:
    """Write the worked example with other fields in the first thing of a list, and return its path."""
    record = json.loads(EXAMPLE.read_text())
    record[key][0] |= fields
    Path(name).write_text(json.dumps(record))
    return Path(name)
