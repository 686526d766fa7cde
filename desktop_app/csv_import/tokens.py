"""What the words of a row mean here: tokens, layers and protocols of the catalogue, or questions."""

import difflib
import re
from typing import NamedTuple

from desktop_app.csv_import.cells import shown
from desktop_app.csv_import.questions import Inquiry, Question
from desktop_app.csv_import.rows import Unfit, Verdict
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.positions import LAYER_NAMES
from desktop_app.domain.stacks import find_entry, resolve

MAX_SYMBOL = 64
OWN, LEAVE = "own", "leave"

_NO_SYMBOL = re.compile(r"[<>\r\n\t]|^[=+\-@].*[(!]")
_EVM = re.compile(r"0x[0-9a-fA-F]{40}", re.ASCII)
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}|[1-9A-HJ-NP-Za-km-z]{32,44}", re.ASCII)
_STAND_IN = re.compile(r"NULL\d+", re.ASCII)
_LINK = re.compile(r"://|www\.|\.(com|org|net|io|xyz|app|me|site|finance|claims?)\b", re.IGNORECASE)
_MONEY = frozenset(
    (
        "$CASH",
        *("USD", "EUR", "GBP", "CHF", "JPY", "AUD", "CAD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF"),
        *("RON", "BGN", "TRY", "BRL", "MXN", "ZAR", "INR", "CNY", "HKD", "SGD", "KRW"),
    )
)
_SUGGESTED = 50


class Identity(NamedTuple):
    """What an asset's name stands for: ``asset`` to hold, its ``symbol``, the question it ``waits`` for."""

    asset: str
    symbol: str
    money: bool = False
    waits: str = ""
    left_out: bool = False


class Tokens:
    """Looks each word up in the catalogue once; what is not known is asked or kept under its own name."""

    def __init__(
        self,
        catalogue: Catalogue,
        inquiry: Inquiry,
        own: frozenset[str] = frozenset(),
        *,
        known_program: bool,
    ) -> None:
        """``own`` are the assets that the portfolio holds already: the user has decided on them before."""
        self._catalogue = catalogue
        self._inquiry = inquiry
        self._own = own
        self._known_program = known_program
        self._identities: dict[tuple[str, str], Identity] = {}
        self._layers: dict[str, tuple[str, str]] = {}
        self._protocols: dict[str, str] = {}

    def identify(self, asset: str, chain: str, line: int) -> Identity:
        """Return what a symbol or address stands for. Raises Unfit for what cannot be one or was left out."""
        key = (asset, chain)
        identity = self._identities.get(key)
        if identity is None:
            identity = self._identities[key] = self._identify(asset, chain, line)
        elif identity.waits:
            self._inquiry.add_lines(identity.waits, (line,))
        if identity.left_out:
            raise Unfit("left_out", value=asset, verdict=Verdict.SKIP)
        return identity

    def layer(self, word: str, line: int) -> tuple[str, str]:
        """Return the layer that a word names ("" for the user's own) and the question it waits for."""
        known = self._layers.get(word)
        if known is None:
            known = self._layers[word] = self._layer(word, line)
        elif known[1]:
            self._inquiry.add_lines(known[1], (line,))
        if known[0] == LEAVE:
            raise Unfit("left_out", value=word, verdict=Verdict.SKIP)
        return known

    def protocol(self, word: str, line: int) -> str:
        """Return the name of a protocol; an unknown one is kept as it stands and mentioned in a question."""
        known = self._protocols.get(word)
        if known is None:
            known = self._protocols[word] = self._protocol(word, line)
        return known

    def _identify(self, asset: str, chain: str, line: int) -> Identity:
        if (
            len(asset) > MAX_SYMBOL
            or _NO_SYMBOL.search(asset)
            or (asset[:2] == "0x" and not _EVM.fullmatch(asset))
        ):
            raise Unfit("asset_invalid", value=asset)
        token = resolve(self._catalogue, asset, chain) or (resolve(self._catalogue, asset) if chain else None)
        if token is not None:
            return Identity(asset, token.symbol)
        if asset.upper() in _MONEY:
            return Identity(asset, asset, money=True)
        if asset in self._own or (self._known_program and not self._is_doubtful(asset)):
            return Identity(asset, asset)
        return self._ask(asset, line)

    def _is_doubtful(self, asset: str) -> bool:
        """Tell whether even a program's symbol is asked about: stand-in, address, foreign letters, link."""
        return bool(
            _STAND_IN.fullmatch(asset)
            or _ADDRESS.fullmatch(asset)
            or _LINK.search(asset)
            or not asset.isascii()
        )

    def _ask(self, asset: str, line: int) -> Identity:
        spam = _LINK.search(asset) is not None
        question = Question(
            f"asset_unknown:{asset}",
            f"“{shown(asset)}” carries a link, as fraudulent tokens do; leave it out?"
            if spam
            else f"“{shown(asset)}” is not known. Which token is it, or is it one of your own?",
            lines=(line,),
            choices=(OWN, LEAVE, *self._similar(asset)),
            default=LEAVE if spam else OWN,
        )
        answer = self._inquiry.settle(question, lambda text: resolve(self._catalogue, text) is not None)
        if answer is None:
            return Identity(asset, asset, waits=question.code)
        if answer in (OWN, LEAVE):
            return Identity(asset, asset, left_out=answer == LEAVE)
        return Identity(answer, answer)

    def _similar(self, asset: str) -> list[str]:
        """Return a few known symbols like this one; not for the thousandth unknown, which would take long."""
        if len(self._identities) > _SUGGESTED:
            return []
        symbols = {t.symbol.casefold(): t.symbol for t in self._catalogue.tokens}
        return [symbols[s] for s in difflib.get_close_matches(asset.casefold(), symbols, n=3, cutoff=0.6)]

    def _layer(self, word: str, line: int) -> tuple[str, str]:
        name = " ".join(re.split(r"[\s_\-]+", word.casefold()))
        if name in LAYER_NAMES:
            return name, ""
        question = Question(
            f"layer_unknown:{word}",
            f"“{shown(word)}” is no layer of the program. Which one is meant? An own word is kept as a note.",
            lines=(line,),
            choices=(*LAYER_NAMES, OWN, LEAVE),
            default=OWN,
        )
        answer = self._inquiry.settle(question)
        if answer is None:
            return "", question.code
        return ("" if answer == OWN else answer), ""

    def _protocol(self, word: str, line: int) -> str:
        if find_entry(self._catalogue, word) is not None:
            return word
        question = Question(
            f"protocol:{word}",
            f"The protocol “{shown(word)}” is not in the catalogue; it is kept under its own name.",
            stops=False,
            lines=(line,),
            choices=(OWN,),
            default=OWN,
        )
        answer = self._inquiry.settle(question, lambda text: find_entry(self._catalogue, text) is not None)
        return word if answer in (None, OWN) else answer
