"""What every token stands on and every way out, as somebody has read and approved it line by line."""

import pytest

from desktop_app import shipped
from tests.domain.approved import FOLDER, TABLES, symbols


@pytest.mark.parametrize("table", TABLES)
def test_what_was_approved_still_holds(table: str) -> None:
    approved = (FOLDER / table).read_text("utf-8").splitlines()
    assert list(TABLES[table]()) == approved


def test_every_token_and_every_symbol_of_an_entry_was_looked_at() -> None:
    looked_at = {(t.symbol, t.chain) for t in symbols()}
    catalogue = shipped.catalogue()
    assert looked_at >= {(t.symbol, t.chain) for t in catalogue.tokens}
    named = {symbol for entry in catalogue.entries.values() for symbol in entry.symbols}
    families = {a.symbol for a in catalogue.ambiguous if a.reason.startswith("family of tokens")}
    assert named - {symbol for symbol, _ in looked_at} == families == {"PT", "YT", "BPT", "aToken"}
