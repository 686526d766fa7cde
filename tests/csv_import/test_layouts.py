"""A header is known by the order of its names, or by their presence; more may stand at its end."""

from desktop_app.csv_import.cells import normal_name
from desktop_app.csv_import.layouts import any_order, either, ordered

SHORT = "Date=time,Coin=asset,Amount=amount"
LONG = "Date=time,Coin=asset,Amount=amount,Fiat ({})=value"
DOUBLED = "Buy=received,Cur.=received_asset,Sell=sent,Cur.=sent_asset"


def names(text: str) -> list[str]:
    return [normal_name(name) for name in text.split(",")]


def test_names_in_their_order_fit_however_they_are_spelled() -> None:
    fit = ordered("ledger", SHORT)(names("date, COIN ,\u200bAmount"))
    assert fit is not None
    assert (fit.kind, fit.common, fit.columns) == ("ledger", 3, {"time": 0, "asset": 1, "amount": 2})


def test_more_columns_are_allowed_at_the_end_only() -> None:
    fits = ordered("ledger", SHORT)
    assert fits(names("Date,Coin,Amount,Note")) is not None
    assert fits(names("Note,Date,Coin,Amount")) is None
    assert fits(names("Date,Coin")) is None


def test_of_several_layouts_the_one_with_most_names_counts() -> None:
    fit = ordered("ledger", SHORT, LONG)(names("Date,Coin,Amount,Fiat (EUR)"))
    assert fit is not None
    assert (fit.common, fit.columns["value"]) == (4, 3)


def test_braces_stand_for_some_text() -> None:
    fits = ordered("ledger", LONG)
    assert fits(names("Date,Coin,Amount,Fiat (EUR)")) is not None
    assert fits(names("Date,Coin,Amount,Fiat ()")) is None
    assert fits(names("Date,Coin,Amount,Fiat")) is None


def test_the_same_name_twice_is_told_apart_by_its_place() -> None:
    fit = ordered("ledger", DOUBLED)(names("Buy,Cur.,Sell,Cur."))
    assert fit is not None
    assert (fit.columns["received_asset"], fit.columns["sent_asset"]) == (1, 3)


def test_names_in_any_order_fit_if_the_required_ones_are_there() -> None:
    fits = any_order("ledger", ("Date=time", "Symbol|Code=asset"), ("Fee=fee",))
    fit = fits(names("Note,Code,Fee,Date"))
    assert fit is not None
    assert fit.columns == {"time": 3, "asset": 1, "fee": 2}
    assert fits(names("Note,Code,Fee")) is None


def test_either_takes_the_best_of_several() -> None:
    fits = either(ordered("snapshot", SHORT), ordered("ledger", LONG))
    long, short = fits(names("Date,Coin,Amount,Fiat (EUR)")), fits(names("Date,Coin,Amount"))
    assert long is not None
    assert short is not None
    assert (long.kind, short.kind) == ("ledger", "snapshot")
    assert fits(names("Coin,Amount")) is None
