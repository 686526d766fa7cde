"""What the command line tells a person."""

from datetime import date

import pytest

from desktop_app.figures.labels import Labels
from desktop_app.report.answers import Asked
from desktop_app.report.blocks import Table
from desktop_app.report.shown import shown
from desktop_app.shipped import sample_portfolio
from tests.builders import drawn
from tests.report.holdings import TODAY


@pytest.mark.parametrize("question", ["exposure", "dependencies"])
def test_a_node_without_any_price_on_it_is_unknown_and_never_zero(question: str) -> None:
    asked = Asked(drawn("a: ? -> Renzo", "b: 100 -> Lido"), question, TODAY)
    (section,) = shown(asked, Labels())
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    row = next(row for row in table.rows if row[0].text == "Renzo")
    assert [(cell.text, cell.warn) for cell in row[2:4]] == [("unknown", True), ("unknown", True)]


def test_what_was_asked_for_is_shown_with_its_state_and_claim() -> None:
    section, *_ = shown(Asked(sample_portfolio(), "withdrawals", date(2026, 11, 24)), Labels())
    tables = (block for block in section.blocks if isinstance(block, Table))
    asked = next(table for table in tables if table.columns[0].title == "Asked for")
    assert [cell.text.replace("\u00a0", " ") for cell in asked.rows[1]] == [
        "600.00 ATOM",
        "waiting",
        "Claim from 3 Dec 2026, 00:00 UTC",
    ]
