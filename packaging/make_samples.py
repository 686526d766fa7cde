"""Makes the sample portfolios in resources/samples from a few holdings, the way a user would enter them.

    python packaging/make_samples.py

A new catalogue may change what the holdings stand on; a test tells when the files are behind.
"""

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SMALL = ROOT / "resources" / "samples" / "small.json"
sys.path.insert(0, str(ROOT))

from desktop_app import shipped  # noqa: E402 - found beside this folder
from desktop_app.domain.interchange import dumps  # noqa: E402 - likewise
from desktop_app.domain.portfolio import Portfolio  # noqa: E402 - likewise
from desktop_app.domain.positions import Scenario  # noqa: E402 - likewise
from desktop_app.domain.stacks import Holding, add_holdings  # noqa: E402 - likewise

PRICED_ON = date(2026, 11, 2)
NOTICE = "A made-up portfolio to look around in. Amounts, prices and reward rates are invented."


def small() -> Portfolio:
    """Return four positions: two tokens, one validator with an operator, one without a price."""
    holdings = (
        Holding(
            asset="weETH",
            quantity=Decimal("13.2"),
            unit_price=Decimal(3240),
            priced_on=PRICED_ON,
            account="Ledger",
            custody=True,
            opened_on=date(2026, 2, 14),
            reward_rate=0.041,
        ),
        Holding(
            asset="stETH",
            quantity=Decimal(10),
            unit_price=Decimal("2998.5"),
            priced_on=PRICED_ON,
            account="Ledger",
            custody=True,
            opened_on=date(2025, 9, 1),
            reward_rate=0.027,
        ),
        Holding(
            asset="ETH",
            quantity=Decimal(32),
            unit_price=Decimal(3000),
            priced_on=PRICED_ON,
            name="Validator at P2P",
            layer="staking",
            operators=("P2P",),
            opened_on=date(2025, 3, 20),
            reward_rate=0.031,
        ),
        Holding(asset="ezETH", quantity=Decimal("2.25"), account="Phone wallet", custody=True),
    )
    portfolio, _ = add_holdings(Portfolio(notice=NOTICE), shipped.catalogue(), holdings)
    return portfolio.with_scenarios(
        Scenario("eigenlayer", "EigenLayer loses 30 %", (("platform:eigenlayer", 0.3),)),
        Scenario("p2p", "P2P loses half", (("operator:p2p", 0.5),)),
    )


if __name__ == "__main__":
    SMALL.parent.mkdir(parents=True, exist_ok=True)
    SMALL.write_text(dumps(small()), "utf-8")
    print(SMALL)
