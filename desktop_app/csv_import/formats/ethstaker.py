"""ethstaker.tax: what validators and Rocket Pool nodes earned each day; before also their balances."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop_app.csv_import import layouts, ledger, running
from desktop_app.csv_import.format import Format, Reading, Table
from desktop_app.csv_import.ledger import Leg, Line, Rules

# Now: serenita-org/ethstaker.tax (2026-03-03), src/frontend_vue/src/components/outputs/csvDownload.ts;
# before: src/frontend_legacy/src/js/rewards.ts.
_INCOME = "Consensus Layer Income [ETH]=consensus,Execution Layer Income [ETH]=execution"
_POOL = "Smoothing Pool Income [ETH]=smoothing,Rocket Pool Node Income [RPL]=rpl,Price [{}/RPL]"
_BEFORE = (
    f"End-of-day validator balance [ETH]=balance,{_INCOME},Price [ETH/{{}}],Consensus layer income [{{}}],"
    "Execution layer income [{}]"
)
_FITS = layouts.either(
    layouts.ordered(
        "rewards",
        f"Date=time,Validator Index=validator,Price [{{}}/ETH],{_INCOME}",
        f"Date=time,Validator Index=validator,Price [{{}}/ETH],{_INCOME},Node Address=node,{_POOL}",
        f"Date=time,Price [{{}}/ETH],{_INCOME}",
        f"Date=time,Price [{{}}/ETH],{_INCOME},{_POOL}",
    ),
    layouts.ordered(
        "rewards_with_balance",
        f"Date=time,Validator Index=validator,{_BEFORE}",
        f"Date=time,{_BEFORE}",
    ),
)


def read(table: Table) -> Reading:
    """Return the days of each validator or node; only the older files tell what is staked."""
    told = "balance" in table.fit.columns
    days = _Days(running.balances_before(table, "ETH", "validator") if told else {})
    rules = Rules(
        days.legs,
        date_format="YYYY-MM-DD",
        identity=("time", "validator", "node"),
        trusts_balance=True,
        holds=told,
    )
    return ledger.read(table, rules)


@dataclass(frozen=True)
class _Days:
    before: Mapping[int, Decimal]

    def legs(self, line: Line) -> Sequence[Leg]:
        """Return a day's income by layer, negative for penalties; income outside the balance is elsewhere."""
        found = list(self._income(line))
        if not found:
            raise line.reject("quantity_missing", "consensus")
        after = line.amount_if("balance", "ETH")
        before = self.before.get(line.number)
        if after is not None and before is not None:
            rest = ledger.net(ledger.net(after, before), found[0].amount)
            found.append(found[0]._replace(amount=rest, reward=False))
        return [leg for at, leg in enumerate(found) if leg.amount or (at == 0 and after is not None)]

    @staticmethod
    def _income(line: Line) -> Iterator[Leg]:
        whose = line.text("validator") or line.text("node")
        required = line.has("balance")
        income = line.amount("consensus", "ETH") if required else line.amount_if("consensus", "ETH")
        if income is not None:
            yield Leg("ETH", income, whose, staked=True, reward=True, chain="ethereum")
        for field, coin, name in (
            ("execution", "ETH", "execution layer"),
            ("smoothing", "ETH", "smoothing pool"),
            ("rpl", "RPL", "node rewards"),
        ):
            income = line.amount_if(field, coin)
            if income is not None:
                place = " ".join(filter(None, (name, whose)))
                yield Leg(coin, income, place, reward=True, chain="ethereum", elsewhere=True)


FORMAT = Format("ethstaker", "ethstaker.tax", _FITS, read)
