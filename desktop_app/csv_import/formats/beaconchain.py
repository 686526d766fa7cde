"""beaconcha.in: the daily statistics of a validator, and the history of rewards with balances."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop_app.csv_import import layouts, ledger, running
from desktop_app.csv_import.format import Format, Reading, Table
from desktop_app.csv_import.ledger import Leg, Line, Rules
from desktop_app.csv_import.questions import Question

# Rows: rotki/rotki, issue 2379; columns: gobitfly/eth2-beaconchain-explorer, templates/
# validator_stats_table.html and validatorRewards.html; deposits shown as income: issues 1112 and 1434.
_FITS = layouts.ordered(
    "rewards_with_balance",
    "=time,Income=amount,Start=start,End=balance,M,O,P,M,O,Att,Prop,#,Amount=deposit",
    "=time,Income=amount,Start=start,End=balance,M,P,M,O,Att,Prop,#,Amount=deposit",
    "Date=time,Balance=balance,Income=amount,ETH Value,Income",
)

_COIN = "ETH"
_VALIDATOR = re.compile(r"validators?\D{0,3}(\d{1,8})(?!\d)", re.IGNORECASE | re.ASCII)
_LEAST_DEPOSIT = Decimal(1)
_LARGE = Decimal(100)  # no validator earns a hundredth of its balance in a day


def read(table: Table) -> Reading:
    """Return the days; the newest balance is what is staked."""
    days = _Days(running.balances_before(table, _COIN))
    rules = Rules(days.legs, date_format="DD Mon YYYY", identity=("time",), trusts_balance=True)
    return ledger.read(table, rules)


@dataclass(frozen=True)
class _Days:
    before: Mapping[int, Decimal]

    def legs(self, line: Line) -> Sequence[Leg]:
        """Return a day's income, negative for penalties, and what else changed the balance on that day."""
        income = line.amount(asset=_COIN)
        before, after = self._before(line), line.amount_if("balance", _COIN)
        deposit = self._deposit(line, income, after)
        leg = Leg(_COIN, ledger.net(income, deposit), staked=True, reward=True, chain="ethereum")
        other = (
            deposit if before is None or after is None else ledger.net(ledger.net(after, before), leg.amount)
        )
        return [leg, leg._replace(amount=other, reward=False)] if other else [leg]

    def _before(self, line: Line) -> Decimal | None:
        start = line.amount_if("start", _COIN)
        return self.before.get(line.number) if start is None else start

    @staticmethod
    def _deposit(line: Line, income: Decimal, after: Decimal | None) -> Decimal:
        """Return the part of a day's income that is none but a deposit."""
        deposit = line.amount_if("deposit", _COIN) or Decimal(0)
        if 0 < deposit <= income:
            return deposit
        if income < _LEAST_DEPOSIT or income * _LARGE < (after or 0):
            return Decimal(0)
        question = Question(
            "income_or_deposit",
            "On some days the income is so large that it can only be a deposit. Is it a reward after all?",
            stops=False,
            choices=("deposit", "reward"),
            default="deposit",
        )
        return income if line.ask(question) == "deposit" else Decimal(0)


def _account(file_name: str) -> str:
    found = _VALIDATOR.search(file_name)
    return f"Validator {found[1]}" if found else ""


FORMAT = Format("beaconchain", "beaconcha.in", _FITS, read, account_in=_account)
