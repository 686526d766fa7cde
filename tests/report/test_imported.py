from desktop_app.csv_import.verdicts import as_record
from desktop_app.report.imported import import_text
from tests.csv_import.reading import plan
from tests.csv_import.test_plan import DATA


def test_a_ledger_tells_what_is_held_and_how_much_of_it_was_earned() -> None:
    lines = import_text(as_record(plan((DATA / "kraken_ledgers.csv").read_bytes())), "me.stakeout").split(
        "\n"
    )
    assert lines[1:4] == [
        "Holdings: 1.049824992 ETH, 310.989872 DOT, 42.75 SOL, 0.0000294667 BTC.",
        "Rewards so far: 0.000424992 ETH, 0.489872 DOT, 0.0000294667 BTC.",
        "  Skipped one row: It is not settled yet and comes again later.",
    ]


def test_a_table_of_positions_has_no_line_on_rewards() -> None:
    assert "Rewards" not in import_text(as_record(plan("asset,quantity\nETH,1\n")), "me.stakeout")
