import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.headers import HEADERS
from tests.csv_import.reading import plan


def test_a_table_of_yields_is_refused_because_it_has_no_quantity() -> None:
    found = plan(f'{HEADERS["defillama"][0]}\nSTETH,lido,"Ethereum, Arbitrum",9,3.1,3.1,,0,0,up,1,x\n')
    assert (found.outcome, found.format, found.kind) == (Outcome.REFUSE_FILE, "defillama", "reference")
    assert "how much of them you hold" in found.message


@pytest.mark.parametrize(("name", "part"), [("rotki", "no balances"), ("etherscan", "who holds a token")])
def test_other_tables_without_holdings_are_refused_too(name: str, part: str) -> None:
    header = HEADERS[name][-1]
    found = plan(f"{header}\n{','.join('1' for _ in header.split(','))}\n")
    assert (found.outcome, found.format, found.kind) == (Outcome.REFUSE_FILE, name, "reference")
    assert part in found.message
