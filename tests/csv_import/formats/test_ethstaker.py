import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.reading import holdings, imported, plan, rejected, rewards, stopping

# After serenita-org/ethstaker.tax (2026-03-03), csvDownload.ts, and before it rewards.ts.
NOW = "Date,Validator Index,Price [EUR/ETH],Consensus Layer Income [ETH],Execution Layer Income [ETH]\n"
BY_DATE = NOW.replace("Validator Index,", "")
POOL = NOW.replace(
    "\n", ",Node Address,Smoothing Pool Income [ETH],Rocket Pool Node Income [RPL],Price [EUR/RPL]\n"
)
BEFORE = (
    "Date;Validator Index;End-of-day validator balance [ETH];Consensus layer income [ETH];Execution layer "
    "income [ETH];Price [ETH/EUR];Consensus layer income [EUR];Execution layer income [EUR];Withdrawals "
    "[ETH]\n"
)
NODE = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"


def test_income_of_both_layers_is_reward_and_tells_no_holding() -> None:
    text = (
        f"{NOW}2024-01-01,123,2100.5,0.002512345,0.05\n2024-01-01,124,2100.5,-0.000000012,0\n"
        "2024-01-02,123,2110,1e-9,0\n"
    )
    found = plan(text)
    assert (found.outcome, found.format, found.kind) == (Outcome.ACCEPT, "ethstaker", "rewards")
    assert holdings(text) == {}
    assert rewards(text) == {"ETH": "0.052512334"}
    assert imported(text).positions == {}
    assert stopping(text) == []


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_user_chooses_the_separator_and_may_group_by_date(separator: str) -> None:
    text = f"{BY_DATE}2024-01-01,2100.5,0.5,0.25\n".replace(",", separator)
    assert rewards(text) == {"ETH": "0.75"}


def test_rows_of_rocket_pool_nodes_have_no_validator() -> None:
    text = (
        f"{POOL}2024-01-01,123,2100,0.002,0,,,,\n"
        f"2024-01-01,,2100,,,{NODE},0.1,3.5,25\n2024-01-02,,2100,,,{NODE},0,1.5,25\n"
    )
    assert plan(text).outcome is Outcome.ACCEPT
    assert rewards(text) == {"ETH": "0.102", "RPL": "5"}


def test_a_longer_export_in_another_currency_adds_only_new_days() -> None:
    first = f"{NOW}2024-01-01,123,2100.5,0.002,0\n"
    longer = f"{NOW.replace('EUR', 'USD')}2024-01-01,123,2400,0.002,0\n2024-01-02,123,2400,0.003,0\n"
    after = imported(longer, imported(first), "second")
    assert [str(m.amount) for m in after.movements.values()] == ["0.002", "0.003"]


def test_the_older_layout_tells_the_balance_of_each_validator() -> None:
    text = (
        f"{BEFORE}2023-05-01;1;32.001;0.001;0.1;1700;1.7;170;0\n2023-05-01;2;34.5;0.002;0;1700;3.4;0;0\n"
        "2023-05-02;1;32.003;0.002;0;1700;3.4;0;0\n2023-05-02;2;32.001;0.0011;0;1700;1.87;0;2.5\n"
    )
    found = plan(text)
    assert (found.outcome, found.kind) == (Outcome.ACCEPT, "rewards_with_balance")
    assert holdings(text) == {"ETH": "64.004"}
    assert rewards(text) == {"ETH": "0.1061"}
    (position,) = imported(text).positions.values()
    assert [la.name for la in position.layers] == ["hold", "staking"]
    assert "do not follow" not in " ".join(found.warnings)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2024-01-01,123,2100,x,0", "quantity_invalid"),
        ("2024-01-01,123,2100,,", "quantity_missing"),
        ("01/01/2024,123,2100,0.1,0", "date_invalid"),
        (",123,2100,0.1,0", "date_missing"),
        ("2024-01-01,123,2100", "row_short"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(row: str, code: str) -> None:
    assert rejected(f"{NOW}{row}\n2024-01-02,123,2100,0.1,0\n") == [(2, code)]
