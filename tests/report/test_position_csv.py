"""The table of positions: read back, it gives the same holdings; what it cannot hold is said."""

import csv
import io
import string
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from desktop_app import shipped
from desktop_app.csv_import.plan import Outcome, read_plan
from desktop_app.domain.holdings import Holding, holding_of
from desktop_app.domain.imports import Price
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Status
from desktop_app.domain.stacks import add_holdings
from desktop_app.report.position_csv import positions_csv

TODAY = date(2026, 11, 28)

words = st.text(string.ascii_letters + string.digits + "='+-@\"., äß中", min_size=1, max_size=12).map(
    lambda text: f"{text.strip()}x"
)
amounts = st.decimals(min_value=Decimal("1e-18"), max_value=10**12, places=18) | st.decimals(
    min_value=Decimal("0.001"), max_value=10**6, places=3
)
operators = st.lists(st.sampled_from(["P2P.org", "Kiln", "Figment"]), unique=True, max_size=2).map(tuple)
holdings = st.builds(
    Holding,
    asset=st.sampled_from(["ETH", "stETH", "weETH", "JitoSOL", "LBTC", "sUSDe", "ATOM"]),
    quantity=amounts,
    unit_price=st.none() | amounts,
    name=words,
    account=words,
    custody=st.just(True),
    operators=operators,
    opened_on=st.none() | st.dates(date(2009, 1, 3), TODAY),
    reward_rate=st.none() | st.integers(1, 999_999).map(lambda n: n / 10**6),
    status=st.sampled_from(list(map(str, Status))),
    notes=st.text(string.printable.replace("\x0b", "").replace("\x0c", "").replace("\r", ""), max_size=20),
)


EMPTY = Portfolio()


def back(text: str, portfolio: Portfolio = EMPTY) -> Portfolio:
    """Return the portfolio after importing the table."""
    plan = read_plan(text.encode(), "positions.csv", portfolio, shipped.catalogue(), TODAY)
    assert plan.outcome is Outcome.ACCEPT, (plan.message, plan.rejected, plan.questions)
    return plan.apply(portfolio, shipped.catalogue(), datetime(2026, 11, 28, tzinfo=UTC), "import-1")


def told(portfolio: Portfolio) -> list[Holding]:
    """Return the holdings; the table has no column for the day of a price."""
    return [replace(holding_of(portfolio, p), priced_on=None) for p in portfolio.positions.values()]


@settings(deadline=None)
@given(st.lists(holdings, min_size=1, max_size=4, unique_by=lambda h: (h.asset, h.account)))
def test_a_table_read_back_gives_the_same_holdings(held: list[Holding]) -> None:
    portfolio, _ = add_holdings(Portfolio(), shipped.catalogue(), held)
    assert told(back(positions_csv(portfolio)[0])) == told(portfolio)


def test_the_sample_comes_back_position_by_position() -> None:
    sample = shipped.sample_portfolio()
    assert told(back(positions_csv(sample)[0])) == told(sample)


def test_a_second_import_of_the_table_changes_nothing() -> None:
    portfolio, _ = add_holdings(Portfolio(), shipped.catalogue(), [Holding("weETH", Decimal("1.234"))])
    text = positions_csv(portfolio)[0]
    once = back(text)
    assert positions_csv(once)[0].replace("Position table", "") == text


@pytest.mark.parametrize(("amount", "cell"), [("1.234", "1.2340"), ("0.123", "0.123"), ("1234", "1234")])
def test_no_number_can_be_taken_for_thousands(amount: str, cell: str) -> None:
    portfolio, _ = add_holdings(Portfolio(), shipped.catalogue(), [Holding("ETH", Decimal(amount))])
    assert f",ETH,{cell}," in positions_csv(portfolio)[0]


def test_a_negative_number_stays_a_number_and_a_formula_becomes_text() -> None:
    held = Holding("ETH", Decimal(1), name="=HYPERLINK(1)", notes="-2", layer="staking", reward_rate=-0.02)
    portfolio, _ = add_holdings(Portfolio(), shipped.catalogue(), [held])
    (row,) = csv.DictReader(io.StringIO(positions_csv(portfolio)[0]))
    assert (row["name"], row["notes"], row["reward_apr"]) == ("'=HYPERLINK(1)", "'-2", "-2%")


def test_a_value_of_the_whole_holding_stays_one() -> None:
    held = Holding("stETH", Decimal(3), total_value=Decimal("10000.01"))
    portfolio, _ = add_holdings(Portfolio(), shipped.catalogue(), [held])
    (position,) = back(positions_csv(portfolio)[0]).positions.values()
    assert (position.unit_price, position.total_value) == (None, Decimal("10000.01"))


def test_prices_keep_the_currency_of_the_portfolio() -> None:
    euros = Portfolio(currency="EUR")
    portfolio, _ = add_holdings(euros, shipped.catalogue(), [Holding("ETH", Decimal(1), Decimal(3000))])
    text = positions_csv(portfolio)[0]
    assert "price_eur" in text
    (position,) = back(text, euros).positions.values()
    assert position.unit_price == 3000


def test_a_price_of_the_portfolio_stands_where_the_position_has_none() -> None:
    portfolio, _ = add_holdings(Portfolio(), shipped.catalogue(), [Holding("ETH", Decimal(2))])
    portfolio = portfolio.with_prices(Price("ETH", TODAY, "USD", Decimal(3100), ""))
    assert ",ETH,2,3100," in positions_csv(portfolio)[0]


def test_what_does_not_fit_into_the_table_is_said() -> None:
    sample = shipped.sample_portfolio()
    without = replace(sample.positions["SOL"], quantity=None, value=Decimal(5))
    text, notes = positions_csv(sample.with_positions(without))
    assert "SOL" not in [row["name"] for row in csv.DictReader(io.StringIO(text))]
    assert notes[0] == "1 position has no quantity and cannot be in a table of positions."
    assert notes[1].startswith("The table has no room for debts, withdrawal requests, rewards by layer,")
    assert notes[1].endswith(": a JSON file keeps all of it.")


def saved_in(locale: str, text: str) -> str:
    """Return the table as a spreadsheet of a locale saves it: its separator, numbers and dates."""
    local = QLocale(locale)
    comma = local.decimalPoint() == ","
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if comma else ",", lineterminator="\r\n")
    head, *rows = csv.reader(io.StringIO(text))
    writer.writerow(head)
    for row in rows:
        cells = dict(zip(head, row, strict=True))
        for name in ("quantity", "price_usd", "value_usd", "reward_apr"):
            cells[name] = written(cells[name], local)
        if cells["opened_on"]:
            year, month, day = cells["opened_on"].split("-")
            cells["opened_on"] = f"{day}.{month}.{year}" if comma else f"{day}/{month}/{year}"
        writer.writerow(cells.values())
    return out.getvalue()


def written(number: str, local: QLocale) -> str:
    """Return a number with the decimal sign and the groups of a locale."""
    whole, point, fraction = number.partition(".")
    if not whole.isdecimal():
        return number.replace(".", local.decimalPoint())
    groups = local.toString(int(whole))
    return f"{groups}{local.decimalPoint()}{fraction}" if point else groups


@pytest.mark.parametrize("locale", ["de_DE", "fr_CH", "fr_FR", "tr_TR", "en_IN", "en_US", "de_CH"])
def test_the_table_comes_back_from_a_spreadsheet_of_any_locale(locale: str) -> None:
    sample = shipped.sample_portfolio()
    text = saved_in(locale, positions_csv(sample)[0])
    plan = read_plan(text.encode("utf-8-sig"), "table.csv", EMPTY, shipped.catalogue(), TODAY)
    assert plan.outcome is Outcome.ACCEPT, (plan.message, plan.rejected, plan.questions)
    assert told(back(text)) == told(sample)


def test_digits_of_another_script_reject_their_rows_and_are_never_another_number() -> None:
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    text = "asset,quantity\r\nETH," + "12".translate(arabic) + "\r\nSOL,2\r\n"
    plan = read_plan(text.encode(), "table.csv", EMPTY, shipped.catalogue(), TODAY)
    assert [(row.line, row.code) for row in plan.rejected] == [(2, "quantity_invalid")]


@pytest.mark.parametrize("locale", ["de_DE", "fr_CH", "tr_TR", "ar_EG", "en_IN"])
def test_what_the_program_writes_is_the_same_in_every_locale(locale: str) -> None:
    sample = shipped.sample_portfolio()
    before = positions_csv(sample)
    QLocale.setDefault(QLocale(locale))
    try:
        assert positions_csv(sample) == before
        assert told(back(before[0])) == told(sample)
    finally:
        QLocale.setDefault(QLocale.c())
