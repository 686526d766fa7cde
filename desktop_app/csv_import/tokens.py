"""What the words of a row mean here: tokens, layers and protocols of the catalogue, or questions."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from desktop_app.csv_import import lookalikes
from desktop_app.csv_import.cells import shown
from desktop_app.csv_import.questions import Inquiry, Question
from desktop_app.csv_import.rows import Unfit, Verdict
from desktop_app.domain.catalogue import Catalogue, Entry, Token, address_key
from desktop_app.domain.places import POOLS
from desktop_app.domain.positions import LAYER_NAMES
from desktop_app.domain.resolve import begins, is_unknown_chain, known_chain
from desktop_app.domain.stack_builder import bases, find_protocol, propose
from desktop_app.domain.stacks import find_entry, resolve

MAX_SYMBOL = 64
OWN, LEAVE = "own", "leave"
HELD, STAKED = "held", "staked"
RATE_NOTE = "Reward rate in the file:"
STAKED_SHARE = "staked_share:"

_NO_SYMBOL = re.compile(r"[<>\r\n\t]|^[=+\-@].*[(!]")
_EVM = re.compile(r"0x[0-9a-fA-F]{40}", re.ASCII)
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}|[1-9A-HJ-NP-Za-km-z]{32,44}", re.ASCII)
_STAND_IN = re.compile(r"NULL\d+", re.ASCII)
_EXCHANGE = re.compile(r"(?P<code>ETH2|[A-Z]+)(?:\d{0,3}(?P<ending>\.S|\.M|\.P|\.F|\.B|\.HOLD))?", re.ASCII)
_EXCHANGE_CODES = {"XETH": "ETH", "ETH2": "ETH", "XXBT": "BTC", "XBT": "BTC"}
_LINK = re.compile(r"://|www\.|\.(com|org|net|io|xyz|app|me|site|finance|claims?)\b", re.IGNORECASE)
MONEY = frozenset(
    (
        "$CASH",
        *("ZUSD", "ZEUR", "ZGBP", "ZJPY", "ZCAD", "ZAUD"),
        *("USD", "EUR", "GBP", "CHF", "JPY", "AUD", "CAD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF"),
        *("RON", "BGN", "TRY", "BRL", "MXN", "ZAR", "INR", "CNY", "HKD", "SGD", "KRW"),
    )
)
_SUGGESTED = 50


def rate_note(rate: float) -> str:
    """Return the note of a rate (a fraction a year) that a file gives for what is only held."""
    return f"{RATE_NOTE} {rate * 100:.6g} %"


def carries_link(text: str) -> bool:
    """Tell whether a symbol or name holds a link, as those of fraudulent tokens do."""
    return _LINK.search(text) is not None


class Identity(NamedTuple):
    """What an asset's name stands for: ``asset`` to hold, its ``symbol``, the question it ``waits`` for.

    ``layer`` is "staking" where the name itself says that it is staked (ETH2).
    """

    asset: str
    symbol: str
    layer: str = ""
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
        self._protocols: dict[tuple[str, str], str] = {}
        self._stacks: dict[tuple[str, str, str], bool] = {}
        self.warnings: dict[str, None] = {}

    def afresh(self, inquiry: Inquiry) -> "Tokens":
        """Return what knows and has looked up nothing more than this did at first; it asks elsewhere."""
        return Tokens(self._catalogue, inquiry, self._own, known_program=self._known_program)

    def identify(self, asset: str, chain: str, line: int) -> Identity:
        """Return what a symbol or address stands for. Raises Unfit for what cannot be one or was left out."""
        key = (asset, chain)
        identity = self._identities.get(key)
        if identity is None:
            self._note_chain(chain)
            identity = self._identities[key] = self._identify(asset, chain, line)
        elif identity.waits:
            self._inquiry.add_lines(identity.waits, (line,))
        if identity.left_out:
            raise Unfit("left_out", value=asset, verdict=Verdict.SKIP)
        return identity

    def identify_at(self, asset: str, address: str, chain: str, line: int) -> Identity:
        """Return what a symbol beside a contract address stands for: a known address beats it. Raises Unfit.

        A known symbol at an address that is not the token's is a fake, which is asked about.
        """
        known = address and resolve(self._catalogue, address, chain) is not None
        if address and not known and self._is_fake(asset, chain):
            if (address, chain) not in self._identities:
                self._identities[address, chain] = self._ask(address, line, fake=asset)
            known = True
        return self.identify(address if known else asset, chain, line)

    def _is_fake(self, asset: str, chain: str) -> bool:
        """Tell whether a symbol is that of a token whose address there is known (anywhere, for no chain)."""
        token = resolve(self._catalogue, asset, chain)
        if token is None or not token.address:
            return False
        return not chain or token.chain == known_chain(self._catalogue, chain)

    def chain_of(self, addresses: Iterable[str]) -> str:
        """Return the chain on which most of the addresses are known tokens, "" if none is known."""
        rows = self._catalogue.tokens_by_other_id
        found = Counter(t.chain for a in sorted(addresses) for t in rows.get(address_key(a), ()) if t.address)
        return found.most_common(1)[0][0] if found else ""

    def chain(self, text: str) -> str:
        """Return the catalogue's text for a chain ("1" → "ethereum"), the text itself for an unknown one."""
        return known_chain(self._catalogue, text) or text

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

    def protocol(self, word: str, asset: str, line: int) -> str:
        """Return the name of an asset's protocol; an unknown one is kept as it stands, in a question."""
        key = (word, asset)
        known = self._protocols.get(key)
        if known is None:
            known = self._protocols[key] = self._protocol(word, resolve(self._catalogue, asset), line)
        return known

    def staked(self, asset: str, chain: str, line: int) -> bool | None:
        """Return whether the answer calls an asset with a reward rate staked; None if its stack pays anyway.

        While nothing is answered it is only held: a rate alone does not say that the coin is staked.
        """
        if self._pays(asset, chain, ""):
            return None
        code = f"{STAKED_SHARE}{asset}"
        if self._inquiry.is_open(code):
            self._inquiry.add_lines(code, (line,))
            return False
        can_stake = self.can_stake(asset, chain)
        question = Question(
            code,
            f"{shown(asset)} has a reward rate, but nothing in the file says that it is staked: it is taken "
            f"as only held, and the rate is kept as a note.{' Is it staked?' if can_stake else ''}",
            stops=False,
            lines=(line,),
            choices=(HELD, STAKED) if can_stake else (HELD,),
            default=HELD,
        )
        return self._inquiry.settle(question) == STAKED

    def can_stake(self, asset: str, chain: str) -> bool:
        """Tell whether an asset is a coin that is staked by itself; of an unknown one a file is believed."""
        token = resolve(self._catalogue, asset, chain)
        if token is None:
            return True
        entries = self._catalogue.entries.values()
        return any(e.layer == "native-staking" and token.entry in e.depends_on for e in entries)

    def _pays(self, asset: str, chain: str, layer: str) -> bool:
        key = (asset, chain, layer)
        pays = self._stacks.get(key)
        if pays is None:
            stack = propose(self._catalogue, (asset, chain, "", layer, (), ()))
            pays = self._stacks[key] = bool(stack.paying_layers())
        return pays

    def _identify(self, asset: str, chain: str, line: int) -> Identity:
        if (
            len(asset) > MAX_SYMBOL
            or _NO_SYMBOL.search(asset)
            or (asset[:2] == "0x" and not _EVM.fullmatch(asset))
        ):
            raise Unfit("asset_invalid", value=asset)
        token = resolve(self._catalogue, asset, chain)
        if token is None and chain and not _EVM.fullmatch(asset):
            token = resolve(self._catalogue, asset)
        if token is not None and asset.upper() != "ETH2":
            return Identity(asset, token.symbol)
        if asset.upper() in MONEY:
            return Identity(asset, asset, money=True)
        if (known := self._exchange_name(asset)) is not None:
            return known
        if asset in self._own or (self._known_program and not self._is_doubtful(asset)):
            return Identity(asset, asset)
        return self._ask(asset, line)

    def _exchange_name(self, asset: str) -> Identity | None:
        """Return what an exchange's own name stands for (XXBT, DOT28.S, ETH2); it is said in a warning."""
        match = _EXCHANGE.fullmatch(asset.upper())
        if match is None:
            return None
        code, ending = match["code"], match["ending"] or ""
        if code == "BETH" and not ending:
            return Identity(asset, code)
        coin = _EXCHANGE_CODES.get(code, code)
        token = resolve(self._catalogue, coin) if ending or coin != code else None
        if token is None or token.kind != "asset":
            return None
        staked = code == "ETH2" or ending in (".S", ".B")
        what = f"staked {token.symbol}" if staked else token.symbol
        self.warnings.setdefault(f"“{shown(asset)}” is read as {what}: another name for it.")
        return Identity(token.symbol, token.symbol, layer="staking" if staked else "")

    def _note_chain(self, chain: str) -> None:
        if is_unknown_chain(self._catalogue, chain):
            self.warnings.setdefault(
                f"The chain “{shown(chain)}” is not known; it is kept under its own name, and what lives "
                "elsewhere stands on an unknown bridge as well."
            )

    def _is_doubtful(self, asset: str) -> bool:
        """Tell whether even a program's symbol is asked about: stand-in, address, foreign letters, link."""
        return bool(
            _STAND_IN.fullmatch(asset)
            or _ADDRESS.fullmatch(asset)
            or carries_link(asset)
            or not asset.isascii()
        )

    def _ask(self, asset: str, line: int, fake: str = "") -> Identity:
        spam = bool(fake) or carries_link(asset)
        if fake:
            what = f"“{shown(asset)}” calls itself {shown(fake)}, but is not at its address; leave it out?"
        elif spam:
            what = f"“{shown(asset)}” carries a link, as fraudulent tokens do; leave it out?"
        else:
            what = f"“{shown(asset)}” {self._strange(asset)}. Which token is it, or is it one of your own?"
        question = Question(
            f"asset_unknown:{asset}",
            what,
            lines=(line,),
            choices=tuple(dict.fromkeys((OWN, LEAVE, *self._resembled(asset), *self._similar(asset)))),
            default=LEAVE if spam else OWN,
        )
        answer = self._inquiry.settle(question, lambda text: resolve(self._catalogue, text) is not None)
        if answer is None:
            return Identity(asset, asset, waits=question.code)
        if answer in (OWN, LEAVE):
            return Identity(asset, asset, left_out=answer == LEAVE)
        return Identity(answer, answer)

    def _resembled(self, asset: str) -> list[str]:
        """Return the token as which a symbol with foreign letters would be read, if there is one."""
        token = None if asset.isascii() else resolve(self._catalogue, lookalikes.plain(asset))
        return [] if token is None else [token.symbol]

    def _strange(self, asset: str) -> str:
        """Return what is wrong with an unknown symbol, as the rest of a sentence."""
        foreign = lookalikes.foreign_letter(asset)
        if not foreign:
            return "is not known"
        looks = "".join(f" and looks like {symbol}, but is not" for symbol in self._resembled(asset))
        return f"is not known: it holds the foreign letter {foreign}{looks}"

    def _similar(self, asset: str) -> list[str]:
        """Return a few known symbols like this one; not for the thousandth unknown, which would take long."""
        if len(self._identities) > _SUGGESTED:
            return []
        symbols = {symbol.casefold(): symbol for symbol in self._catalogue.tokens_by_symbol}
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

    def _protocol(self, word: str, token: Token | None, line: int) -> str:
        entry = find_protocol(self._catalogue, token, word)
        if entry is not None:
            if token is not None:
                self._compare(token, entry)
            return word
        several = [e.short_name for e in self._catalogue.entries.values() if begins(e, word)]
        why = f"could be {' or '.join(several[:5])}" if several else "is not in the catalogue"
        question = Question(
            f"protocol:{word}",
            f"The protocol “{shown(word)}” {why}; it is kept under its own name.",
            stops=False,
            lines=(line,),
            choices=(OWN, *several[:5]),
            default=OWN,
        )
        answer = self._inquiry.settle(question, lambda text: find_entry(self._catalogue, text) is not None)
        return word if answer in (None, OWN) else answer

    def _compare(self, token: Token, entry: Entry) -> None:
        """Warn of a token of one issuer beside the name of another that does not take it in."""
        if entry.layer not in POOLS or not (entry.layer == "liquid-staking" or entry.accepts):
            return
        under = bases(self._catalogue, token) if token.kind not in {"asset", "governance"} else []
        own = next((e for e in under if e.layer in POOLS), None)
        if own is None or entry in under or any(e.id in entry.accepts for e in under):
            return
        self.warnings.setdefault(
            f"{token.symbol} is a token of {own.short_name}, but the file names {entry.short_name} as its "
            "protocol: it stands on both, as typed."
        )
