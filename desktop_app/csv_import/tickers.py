"""Tickers and identifiers of programs for securities: which of them are coins, and which coin."""

import re

from desktop_app.csv_import.tokens import MONEY

# Banks give coins numbers of their own in the form of an ISIN, all with XF, XC or XT for the country.
_COIN = re.compile(r"X[FCT][A-Z0-9]{10}", re.ASCII)


def coin(ticker: str) -> str:
    """Return the coin of a quote's ticker ("ETH-EUR" is ETH), any other text as it is."""
    before, _, currency = ticker.rpartition("-")
    return before if before and currency.upper() in MONEY else ticker


def is_security(isin: str, wkn: str = "") -> bool:
    """Tell whether the numbers of a row are those of a stock, a fund or the like."""
    return bool((isin or wkn) and not _COIN.fullmatch(isin.upper()))
