"""What people and programs call chains: short names, coins, token standards and EIP-155 numbers."""

from desktop_app.domain.names import joined, words

_FILLERS = frozenset({"mainnet", "network", "chain", "blockchain", "one", "pos"})
_NOTHING = frozenset({"", "na", "none", "unknown", "multi", "all", "native"})

# The numbers: ethereum-lists/chains, "chainId".
_OTHERS = {
    "ethereum": ("1", "eth", "erc20", "eth1", "beacon", "ethereuml1"),
    "optimism": ("10", "op", "oeth"),
    "bnb-chain": ("56", "bsc", "bnbsmart", "binancesmart", "binance", "bep20"),
    "gnosis": ("100", "xdai", "gno"),
    "polygon": ("137", "matic", "pol"),
    "zksync": ("324", "zksyncera"),
    "mantle": ("5000", "mnt"),
    "base": ("8453",),
    "arbitrum": ("42161", "arb", "arb1"),
    "avalanche": ("43114", "avax", "avalanchec", "avaxc"),
    "linea": ("59144",),
    "blast": ("81457",),
    "scroll": ("534352",),
    "bitcoin": ("btc",),
    "solana": ("sol", "spl"),
    "cosmoshub": ("cosmos", "atom", "cosmoshub4"),
    "osmosis": ("osmo", "osmosis1"),
    "celestia": ("tia",),
    "polkadot": ("dot",),
    "kusama": ("ksm",),
    "tron": ("trx", "trc20"),
    "near": ("nearprotocol",),
}
ALIASES = {alias: text for text, others in _OTHERS.items() for alias in (joined(text), *others)}
"""Compared form of a name → the catalogue's text for the chain, or the usual one where it has none."""


def compared(chain: str) -> str:
    """Return a chain's name as it is compared: without "mainnet", "network" …; "" if none is left."""
    parts = words(chain)
    if len(parts) > 1 and parts[0] == "eip155":
        parts = parts[1:]
    while parts and parts[-1] in _FILLERS:
        parts = parts[:-1]
    name = "".join(parts)
    return "" if name in _NOTHING else name
