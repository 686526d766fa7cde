import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.reading import holdings, imported, plan, question, rejected, skipped, stopping

OWN = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
OTHER = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"
THIRD = "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"
STETH = "0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84"
DEPOSIT = "0x00000000219ab540356cBB839Cbe05303d7705Fa"
NAME = f"export-{OWN.lower()}.csv"
TOKENS = f"export-address-token-{OWN}.csv"


def transactions(*rows: str, coin: str = "ETH") -> str:
    head = (
        "Transaction Hash,Blockno,UnixTimestamp,DateTime (UTC),From,To,ContractAddress,Value_IN(ETH),"
        "Value_OUT(ETH),"
        '"CurrentValue @ $1,785.9/Eth",TxnFee(ETH),TxnFee(USD),Historical $Price/Eth,Status,ErrCode,Method\n'
    )
    return head.replace("(ETH)", f"({coin})") + "".join(rows)


def transaction(
    sender: str, to: str, into: str, out: str, number: int = 1, status: str = "", fee: str = "0.002"
) -> str:
    return (
        f'"0xa{number}","1","{1700000000 + number}","2023-11-14 22:13:20","{sender}","{to}","",'
        f'"{into}","{out}","{number}","{fee}","4","2000","{status}","",""\n'
    )


def tokens(*rows: str) -> str:
    head = (
        "Transaction Hash,Blockno,UnixTimestamp,DateTime (UTC),From,To,TokenValue,USDValueDayOfTx,"
        "ContractAddress,"
        "TokenName,TokenSymbol\n"
    )
    return head + "".join(rows)


def token(
    sender: str, to: str, amount: str, contract: str = STETH, name: str = "stETH", number: int = 1
) -> str:
    return (
        f'"0xb{number}","1","{1700000000 + number}","2023-11-14 22:13:20","{sender}","{to}","{amount}","1",'
        f'"{contract}","{name}","{name[:20]}"\n'
    )


def test_transactions_move_value_and_the_sender_pays() -> None:
    text = transactions(
        transaction(OTHER, OWN, "5", "0"),
        transaction(OWN.lower(), OTHER, "0", "1.5", 2),
        transaction(OWN, STETH, "0", "0", 3),
        transaction(OWN, OTHER, "0", "2", 4, "Error(0)", fee="0.01"),
    )
    found = plan(text, file_name=NAME)
    assert (found.outcome, found.format, found.kind) == (Outcome.ACCEPT, "etherscan", "ledger")
    assert holdings(text, file_name=NAME) == {"ETH": "3.486"}
    assert holdings(text) == {"ETH": "3.486"}  # the values tell the direction, also without the address
    assert "three files together" in " ".join(found.warnings)


def test_a_failed_transaction_of_somebody_else_costs_nothing() -> None:
    text = transactions(transaction(OTHER, OWN, "5", "0"), transaction(OTHER, OWN, "1", "0", 2, "Error(0)"))
    assert skipped(text, file_name=NAME) == [(3, "failed")]
    assert holdings(text, file_name=NAME) == {"ETH": "5"}


def test_the_coin_of_another_chain_stands_in_the_names_of_the_columns() -> None:
    text = transactions(transaction(OTHER, OWN, "5", "0"), coin="AVAX")
    (position,) = imported(text, file_name=NAME).positions.values()
    assert (position.asset, position.chain, str(position.quantity)) == ("AVAX", "avalanche", "5")
    assert not [q for q in plan(text).questions if q.code == "chain"]


def test_which_chain_a_file_in_ether_is_of_is_a_question_with_a_default() -> None:
    text = transactions(transaction(OTHER, OWN, "5", "0"))
    asked = question(text, "chain")
    assert (asked.stops, asked.default) == (False, "ethereum")
    assert [p.chain for p in imported(text, answers={"chain": "base"}).positions.values()] == ["base"]
    assert [p.chain for p in imported(text, file_name="arbiscan.csv").positions.values()] == ["arbitrum"]


def test_internal_transactions_count_to_the_same_position() -> None:
    internal = (
        "Txhash,Blockno,UnixTimestamp,DateTime,ParentTxFrom,ParentTxTo,ParentTxETH_Value,From,TxTo,"
        "ContractAddress,"
        "Value_IN(ETH),Value_OUT(ETH),CurrentValue @ $17/Eth,Historical $Price/Eth,Status,ErrCode,Type\n"
        f"0xa2,1,1700000002,2023,{OWN},{OTHER},0,{OTHER},{OWN},,0.25,0,1,2,0,,call\n"
        f"0xa3,1,1700000003,2023,{OWN},{OTHER},0,{OTHER},{OWN},,9,0,1,2,1,,call\n"
    )
    assert skipped(internal, file_name=NAME) == [(3, "failed")]
    first = imported(transactions(transaction(OTHER, OWN, "5", "0")), file_name=NAME)
    after = imported(internal, first, "second", file_name=NAME)
    assert [(p.account, str(p.quantity)) for p in after.positions.values()] == [(OWN.lower(), "5.25")]


def test_an_overlapping_export_at_another_price_adds_only_what_is_new() -> None:
    first = transactions(transaction(OTHER, OWN, "5", "0"))
    later = first.replace("1,785.9", "9.1").replace('"1","0.002"', '"77","0.002"')
    later += transaction(OWN, OTHER, "0", "1", 2)
    after = imported(later, imported(first, file_name=NAME), "second", file_name=NAME)
    assert [str(p.quantity) for p in after.positions.values()] == ["3.998"]


def test_ether_for_validators_is_offered_as_a_staked_position() -> None:
    text = transactions(transaction(OTHER, OWN, "40", "0"), transaction(OWN, DEPOSIT, "0", "32", 2))
    assert question(text, "offer:validators").default == "gone"
    assert holdings(text) == {"ETH": "7.998"}
    after = imported(text, answers={"offer:validators": "position"})
    assert {p.name: str(p.quantity) for p in after.positions.values()} == {
        "ETH": "7.998",
        "ETH, staked": "32",
    }


def test_the_own_address_in_the_name_tells_what_tokens_come_in() -> None:
    text = tokens(
        token(OTHER, OWN.lower(), "1,234.5"),
        token(OWN, THIRD, "200", number=2),
        token(OTHER, OWN, "0", number=3),
        token(OTHER, THIRD, "7", number=4),
    )
    assert holdings(text, file_name=TOKENS) == {"stETH": "1034.5"}
    assert skipped(text, file_name=TOKENS) == [(4, "zero")]
    assert rejected(text, file_name=TOKENS) == [(5, "not_own")]
    (position,) = imported(text, file_name=TOKENS).positions.values()
    assert (position.chain, position.account) == ("ethereum", OWN)
    assert "At least" in position.notes


def test_without_the_address_in_the_name_it_is_asked_for() -> None:
    text = tokens(token(OTHER, OWN, "3"), token(OWN, THIRD, "1", number=2))
    asked = question(text, "own_address")
    assert (asked.stops, asked.lines, asked.default) == (True, (2, 3), OWN.lower())
    assert plan(text).counts.asked == 2
    assert holdings(text) == {"stETH": "2"}
    assert holdings(text, answers={"own_address": OWN}) == {"stETH": "2"}
    single = tokens(token(OTHER, OWN, "3"))
    assert question(single, "own_address").default is None
    assert holdings(single) == {}


def test_a_token_at_another_address_than_its_own_is_a_fake() -> None:
    text = tokens(token(OTHER, OWN, "3"), token(OTHER, OWN, "900", contract=THIRD, number=2))
    assert stopping(text, file_name=TOKENS) == [f"asset_unknown:{THIRD}"]
    assert holdings(text, file_name=TOKENS) == {"stETH": "3"}


def test_a_name_with_a_link_is_spam_whatever_the_symbol() -> None:
    spam = token(OTHER, OWN, "900", THIRD, "Visit claim-lido.com now", 2).replace(
        '"Visit claim-lido.com"', '"LDO2"'
    )
    text = tokens(token(OTHER, OWN, "3"), spam)
    assert stopping(text, file_name=TOKENS) == ["asset_unknown:Visit claim-lido.com now"]
    assert holdings(text, file_name=TOKENS) == {"stETH": "3"}


def test_nfts_are_skipped() -> None:
    text = (
        "Transaction Hash,Blockno,UnixTimestamp,DateTime (UTC),From,To,ContractAddress,TokenName,TokenSymbol,"
        f"Token ID,Type,Quantity\n0xc,1,1700000001,2023,{OTHER},{OWN},{THIRD},Punk,PUNK,7,721,1\n"
    )
    assert skipped(text) == [(2, "nft")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (transaction(OTHER, OWN, "x", "0"), "quantity_invalid"),
        (transaction(OTHER, OWN, "", "0"), "quantity_missing"),
        (transaction(OWN, OTHER, "0", "1", fee="much"), "fee_invalid"),
        (transaction(OTHER, OWN, "1", "0").replace("1700000001", "soon"), "date_invalid"),
        ('"0xa1","1"\n', "row_short"),
    ],
)
def test_a_transaction_that_cannot_be_read_is_rejected(row: str, code: str) -> None:
    assert rejected(transactions(row, transaction(OTHER, OWN, "1", "0", 9)), file_name=NAME) == [(2, code)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (token(OTHER, OWN, "x"), "quantity_invalid"),
        (token(OTHER, OWN, ""), "quantity_missing"),
        (token(OTHER, OWN, "1", contract="0x12"), "asset_invalid"),
        (token(OTHER, OWN, "1", contract=THIRD, name="<b>"), "asset_invalid"),
    ],
)
def test_a_transfer_that_cannot_be_read_is_rejected(row: str, code: str) -> None:
    assert rejected(tokens(row, token(OTHER, OWN, "1", number=9)), file_name=TOKENS) == [(2, code)]
