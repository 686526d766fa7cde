"""Etherscan and the explorers built like it: transactions, internal ones, tokens and NFTs of one address."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop_app.csv_import import addresses, layouts, ledger, offers
from desktop_app.csv_import.format import Format, Reading, Table
from desktop_app.csv_import.ledger import Leg, Line, Rules
from desktop_app.csv_import.questions import Question
from desktop_app.csv_import.tokens import carries_link

# Layouts: BittyTax/BittyTax, conv/parsers/etherscan.py, arbiscan.py, bscscan.py and snowtrace.py.
_HASH, _TIME = "Transaction Hash|Txhash=id,", "UnixTimestamp=time,DateTime|DateTime (UTC),"
_VALUES = "ContractAddress,Value_IN({})=received,Value_OUT({})=sent,CurrentValue @ {},"
_SIDES = ("From=from,To=to,", "From=from,From_PrivateTag,To=to,To_PrivateTag,")
_HOLDERS = (
    "lists who holds a token, not what one address holds; export the transactions, internal transactions and "
    "token transfers of your own address instead."
)
_FITS = layouts.either(
    layouts.ordered(
        "ledger",
        *(
            f"{_HASH}Blockno,{_TIME}{sides}{_VALUES}"
            "TxnFee({})=fee,TxnFee(USD),Historical $Price/{},Status=status,ErrCode"
            for sides in _SIDES
        ),
        f"{_HASH}Blockno,{_TIME}ParentTxFrom,ParentTxTo,ParentTx{{}}_Value,From=from,TxTo=to,{_VALUES}"
        "Historical $Price/{},Status=status,ErrCode,Type=type",
        *(
            f"{_HASH}{block}{_TIME}{sides}{token}"
            for block in ("Blockno,", "")
            for sides in _SIDES
            for token in (
                (
                    "TokenValue|Value=amount,USDValueDayOfTx,ContractAddress=contract,TokenName=name,"
                    "TokenSymbol=asset"
                ),
                "TokenValue|Value=amount,ContractAddress=contract,TokenName=name,TokenSymbol=asset",
                "ContractAddress,TokenName,TokenSymbol=asset,Token ID=nft,Type,Quantity",
                "ContractAddress,TokenId=nft,TokenName,TokenSymbol=asset",
            )
        ),
    ),
    layouts.ordered("reference", "HolderAddress,Balance,PendingBalanceUpdate", refusal=_HOLDERS),
)

_COIN = re.compile(r"\((.+)\)")
_CHAINS = {"AVAX": "avalanche", "BNB": "bnb-chain", "MATIC": "polygon", "POL": "polygon", "XDAI": "gnosis"}
_SITES = {
    "arbi": "arbitrum",
    "basescan": "base",
    "optimis": "optimism",
    "polygon": "polygon",
    "bscscan": "bnb-chain",
    "snow": "avalanche",
    "linea": "linea",
    "scrollscan": "scroll",
    "blastscan": "blast",
    "gnosis": "gnosis",
}
_ETHEREUM = "ethereum"
_WITH_ETHER = (_ETHEREUM, "arbitrum", "base", "optimism", "linea", "scroll", "blast", "zksync")
_DEPOSIT_CONTRACT = "0x00000000219ab540356cbb839cbe05303d7705fa"
_PARTS = (
    "A balance follows from three files together: transactions, internal transactions and token transfers."
)


def read(table: Table) -> Reading:
    """Return the rows; the address that is the user's own tells what comes in."""
    named = [found.lower() for found in addresses.EVM.findall(table.context.file_name)]
    own, candidates = addresses.owner(named, list(_pairs(table)))
    coin = _coin(table)
    explorer = _Explorer(own, candidates, coin, _chain(table, coin))
    tokens = "contract" in table.fit.columns
    several = (
        ("id", "from", "to", "contract", "amount") if tokens else ("id", "from", "to", "received", "sent")
    )
    once = "fee" in table.fit.columns
    rules = Rules(
        explorer.legs, date_format="Unix seconds", identity=("id",) if once else several, nth=not once
    )
    return ledger.read(table, rules)


def _pairs(table: Table) -> Iterator[tuple[str, ...]]:
    """Yield sender and recipient of each row, as far as they are addresses."""
    sides = table.fit.columns["from"], table.fit.columns["to"]
    for record in table.records:
        cells = [record.cells[at].strip() for at in sides if at < len(record.cells)]
        if pair := tuple(cell.lower() for cell in cells if addresses.EVM.fullmatch(cell)):
            yield pair


def _coin(table: Table) -> str:
    """Return the chain's coin, which stands in the names of the columns; "" in a file of tokens."""
    at = table.fit.columns.get("received")
    found = _COIN.search(table.names[at]) if at is not None else None
    return found[1] if found else ""


def _chain(table: Table, coin: str) -> str:
    """Return the chain: by its coin, the explorer in the file's name or known tokens; else it is asked."""
    context, name = table.context, table.context.file_name.lower()
    if coin not in ("", "ETH"):
        return _CHAINS.get(coin.upper(), context.tokens.chain(coin))
    if site := next((chain for site, chain in _SITES.items() if site in name), ""):
        return site
    at = table.fit.columns.get("contract")
    contracts = {r.cells[at].strip() for r in table.records if at is not None and at < len(r.cells)}
    if known := context.tokens.chain_of(contracts):
        return known
    question = Question(
        "chain",
        "Explorers of several chains write such files, and this one does not tell its chain. Which is it?",
        stops=False,
        choices=_WITH_ETHER,
        default=_ETHEREUM,
    )
    return context.inquiry.settle(question) or _ETHEREUM


@dataclass(frozen=True)
class _Explorer:
    own: str
    candidates: tuple[str, ...]
    coin: str
    chain: str

    def legs(self, line: Line) -> Sequence[Leg]:
        """Return what a row moves for the own address."""
        if line.has("nft"):
            raise line.skip("nft", "nft")
        line.warn(_PARTS)
        return self._token(line) if line.has("contract") else self._of_coin(line)

    def _of_coin(self, line: Line) -> list[Leg]:
        """Return a transaction's value and its fee; one that failed costs only the fee."""
        received, sent = line.amount("received", self.coin), line.amount("sent", self.coin)
        failed = line.text("status") not in (("", "0") if line.has("type") else ("",))
        values = [] if failed else [value for value in (received, -sent) if value]
        legs = [Leg(self.coin, value, chain=self.chain) for value in values]
        if sent and not failed and self.chain == _ETHEREUM and line.word("to") == _DEPOSIT_CONTRACT:
            legs.extend(self._validators(line, sent))
        fee = line.fee("fee", self.coin)
        if fee and self._pays(line, received):
            legs.append(Leg(self.coin, -fee, chain=self.chain))
        elif failed:
            raise line.skip("failed", "status")
        return legs

    def _pays(self, line: Line, received: Decimal) -> bool:
        own = self.own or (self.candidates[0] if len(self.candidates) == 1 else "")
        return line.word("from") == own if own else not received

    def _validators(self, line: Line, sent: Decimal) -> list[Leg]:
        """Return what a deposit for validators leads to, if the user wants to keep it as a position."""
        text = (
            "ETH went to Ethereum's deposit contract, which stakes it on validators. Keep it as a staked "
            "position?"
        )
        leg = Leg(self.coin, sent, "validators", staked=True, chain=self.chain)
        return offers.offered(line, "validators", text, leg)

    def _token(self, line: Line) -> list[Leg]:
        """Return a transfer of a token: its address tells which, a name with a link that it is spam."""
        contract = line.text("contract")
        if not addresses.EVM.fullmatch(contract):
            raise line.reject("asset_invalid", "contract")
        symbol = line.text("asset") or contract
        name = line.text("name")
        amount = line.amount(asset=symbol)
        if not amount:
            raise line.skip("zero", "amount")
        own = self.own or addresses.ask_owner(line, self.candidates, addresses.EVM.fullmatch)
        if not own:
            return []
        sides = line.word("from"), line.word("to")
        if own.lower() not in sides:
            raise line.reject("not_own", "from")
        sign = (sides[1] == own.lower()) - (sides[0] == own.lower())
        asset = name[:64] if carries_link(name) else symbol
        leg = Leg(asset, sign * amount, address=contract, chain=self.chain)
        return [leg] if sign else []


def _account(file_name: str) -> str:
    found = addresses.EVM.search(file_name)
    return found[0] if found else ""


FORMAT = Format("etherscan", "Etherscan", _FITS, read, account_in=_account)
