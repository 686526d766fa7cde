"""Exchanges by name: an account there is a dependency of its own, one named after a tracker is none."""

from desktop_app.domain.names import words

_EXCHANGES = frozenset(
    {
        *(
            "binance",
            "bitfinex",
            "bitget",
            "bitpanda",
            "bitstamp",
            "bitvavo",
            "bybit",
            "coinbase",
            "cryptocom",
        ),
        *("gateio", "gemini", "htx", "huobi", "kraken", "kucoin", "luno", "mexc", "nexo", "okx", "poloniex"),
    }
)


def is_exchange(account: str) -> bool:
    """Tell whether an account is named after an exchange ("Kraken - main", "Crypto.com")."""
    parts = words(account)
    return bool(parts) and (parts[0] in _EXCHANGES or "".join(parts[:2]) in _EXCHANGES)
