"""Lido: the history of an address, rewards and transfers with the balance after each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from desktop_app.csv_import import layouts, ledger, running
from desktop_app.csv_import.format import Format, Reading, Table
from desktop_app.csv_import.ledger import Leg, Line, Rules
from desktop_app.domain import money

# Columns and kinds of row: lidofinance/ethereum-staking-widget (2026-08-06), features/rewards/utils/
# genExportData.ts and types/Event.ts.
_FITS = layouts.ordered(
    "rewards_with_balance",
    "date=time,type=type,direction=direction,change=amount,change_wei=wei,change_{},apr,balance=balance,"
    "balance_wei",
)

_COIN = "stETH"
_WEI = -18


def read(table: Table) -> Reading:
    """Return the rows of a history; the newest balance is what is held."""
    history = _History(running.balances_before(table, _COIN))
    rules = Rules(history.legs, date_format="YYYY-MM-DDTHH:MM:SS.000Z", trusts_balance=True)
    return ledger.read(table, rules)


@dataclass(frozen=True)
class _History:
    before: Mapping[int, Decimal] = field(default_factory=dict)

    def legs(self, line: Line) -> Sequence[Leg]:
        """Return what a row changes; an unknown kind by the difference of two balances."""
        kind, direction = line.word("type"), line.word("direction")
        amount = self._amount(line)
        if kind == "withdrawal" or (kind, direction) == ("transfer", "out"):
            amount = -amount
        elif kind != "reward" and (kind, direction) != ("transfer", "in"):
            amount = self._difference(line)
        return [Leg(_COIN, amount, reward=kind == "reward")]

    @staticmethod
    def _amount(line: Line) -> Decimal:
        wei = line.amount_if("wei")
        return line.amount() if wei is None else money.EXACT.scaleb(wei, _WEI)

    def _difference(self, line: Line) -> Decimal:
        before, after = self.before.get(line.number), line.amount_if("balance")
        if before is None or after is None:
            raise line.reject("type_unknown", "type")
        return money.EXACT.subtract(after, before)


FORMAT = Format("lido", "Lido", _FITS, read)
