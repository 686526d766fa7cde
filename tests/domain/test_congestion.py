"""What the user reads of the exit queue: amounts of ETH, to the gwei."""

from decimal import Decimal

import pytest

from desktop_app.domain.congestion import Congestion
from desktop_app.domain.interchange import dumps, loads
from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError


@pytest.mark.parametrize("queue", ["0", "1240000", "0.000000001", "1E+9", "2.500000000000"])
def test_a_queue_is_eth_to_the_gwei(queue: str) -> None:
    assert not Congestion(Decimal(queue)).fault


@pytest.mark.parametrize("queue", ["-1", "1000000001", "0.0000000001", "NaN", "Infinity", "1E+99"])
def test_what_cannot_be_a_queue_is_told(queue: str) -> None:
    assert "The exit queue is an amount of ETH from 0 to 1,000,000,000" in Congestion(Decimal(queue)).fault


def test_there_is_some_stake() -> None:
    assert "The total stake" in Congestion(total_stake_eth=Decimal("0.5")).fault
    assert not Congestion(total_stake_eth=Decimal(36_000_000)).fault


def test_a_file_with_a_wrong_queue_is_refused() -> None:
    text = dumps(Portfolio(congestion=Congestion(Decimal(5)))).replace(
        '"queue_eth": "5"', '"queue_eth": "-5"'
    )
    with pytest.raises(UserError, match=r"The exit queue is an amount .* Correct the settings"):
        loads(text)


@pytest.mark.parametrize(
    "settings", ["{}", "null", '{"congestion": null}', '{"congestion": {"dated": null}}']
)
def test_a_file_may_know_nothing_of_it(settings: str) -> None:
    text = f'{{"schema": "layered-stake-portfolio/1", "settings": {settings}}}'
    assert loads(text).congestion == Congestion()
