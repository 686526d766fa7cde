"""From a token to a stack: what a symbol and a few words become as nodes, edges, layers and a way out (stacks.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_app.domain.catalogue import Catalogue, Entry, Token
from desktop_app.domain.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class Holding:
    """What a user or a file says of one position; everything but asset and quantity may be missing.

    ``asset`` is a symbol (or a contract address together with ``chain``); ``reward_rate`` is a fraction a year of the
    whole stack; ``custody`` makes the account a node (an exchange, or an account the user named).
    """

    asset: str
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    total_value: Decimal | None = None
    priced_on: date | None = None
    name: str = ""
    account: str = ""
    custody: bool = False
    chain: str = ""
    protocol: str = ""
    layer: str = ""
    operators: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    opened_on: date | None = None
    reward_rate: float | None = None
    status: str = "active"
    notes: str = ""


def resolve(catalogue: Catalogue, asset: str, chain: str = "") -> Token | None:
    """Return the token of a symbol or address: exact first, then without regard to case if that is unique.

    ``PT-X-DATE`` and ``YT-X-DATE`` with a known X resolve to a principal token made of X. None: not known.
    """
    raise NotImplementedError


def find_entry(catalogue: Catalogue, words: str) -> Entry | None:
    """Return the entry that a free text such as "ether.fi" or "EigenLayer" names, or None if none or several fit."""
    raise NotImplementedError


def add_holding(portfolio: Portfolio, catalogue: Catalogue, holding: Holding, position_id: str = "") -> Portfolio:
    """Return the portfolio with one more position (or that one replaced), its layers, nodes, edges, groups and exit.

    An asset that the catalogue does not know becomes the user's own asset node; unknown protocols, operators and
    services are kept under their own names. Shared nodes keep the weights they already have in the portfolio.
    """
    raise NotImplementedError


def closure(catalogue: Catalogue, entry: str) -> Mapping[str, Entry]:
    """Return the entries that every unit of ``entry`` depends on, itself first."""
    raise NotImplementedError
