"""Identifiers of rotki: a symbol, or chain and address as in "eip155:1/erc20:0x…" and "solana/token:…"."""

import re

from desktop_app.csv_import.rows import Unfit, Verdict
from desktop_app.csv_import.tokens import Tokens

_EVM = re.compile(r"eip155:(\d+)/(erc20|erc721):(0x[0-9a-fA-F]{40}).*", re.ASCII)
_SOLANA = re.compile(r"solana/token:([1-9A-HJ-NP-Za-km-z]{32,44})", re.ASCII)


def located(identifier: str, tokens: Tokens, column: str) -> tuple[str, str]:
    """Return the address and the chain in an identifier; the text itself where it is a symbol.

    Raises Unfit for an NFT and for what only looks like an identifier.
    """
    if evm := _EVM.fullmatch(identifier):
        if evm[2] == "erc721":
            raise Unfit("nft", column, identifier, Verdict.SKIP)
        return evm[3], tokens.chain(evm[1])
    if solana := _SOLANA.fullmatch(identifier):
        return solana[1], "solana"
    if identifier.startswith("_nft_"):
        raise Unfit("nft", column, identifier, Verdict.SKIP)
    if identifier.startswith(("eip155:", "solana/")):
        raise Unfit("asset_invalid", column, identifier)
    return identifier, ""
