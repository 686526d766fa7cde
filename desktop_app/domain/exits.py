"""The way out of a stack: the steps of each layer from the outermost inwards (stacks.md, Exit)."""

from collections.abc import Sequence

from desktop_app.domain.catalogue import Catalogue, Entry, ExitFact, Token
from desktop_app.domain.places import POOLS, place
from desktop_app.domain.positions import Dimension, Exit, ExitStep, Origin, Tranche
from desktop_app.domain.resolve import resolve

STANDARD = "standard"
NATIVE = "native"
INSTANT, MARKET = "instant", "market"
ENDING = frozenset({INSTANT, MARKET})
"""Paths on which nothing underneath is waited for: paid from a buffer, or sold."""
CLAIM = "claim"
"""The kind of a step with which what has been waited for is taken."""
COINS = frozenset({"asset", "governance"})
"""Kinds of tokens that are their own underlying."""


def way_out(
    catalogue: Catalogue,
    token: Token | None,
    outer: Entry | None,
    staked: Entry | None,
    bridged_from: str = "",
    missing: Dimension | None = None,
    *,
    lent: bool = False,
    path: str = "",
) -> Exit:
    """Return the exit of a holding; no tranche where nothing is known of it.

    ``outer`` is what the token has been deposited in, ``missing`` its kind if nobody has named it, ``staked``
    the chain whose staking a coin is in, ``bridged_from`` the home chain of a token held elsewhere: only a
    lender (``lent``) lies further out than the bridge. A coin that is only held needs no step. Unknown days
    stay unknown. ``path``: of the outermost entry, "" for the standard one; after an instant or a market path
    nothing underneath is waited for.
    """
    if token is None and outer is None and staked is None and missing is None:
        return Exit()
    walk = _Walk(catalogue, path)
    held = None if token is None or token.kind in COINS else token
    back = f"Bridge back to {bridged_from}" if bridged_from and held is not None else ""
    if back and not lent:
        walk.unknown(back, "unknown:bridge")
    if missing is not None:
        walk.unknown(f"Leave the {missing}", f"unknown:{missing}")
    if outer is not None and staked is not None and _path(outer, NATIVE):
        walk.leave_beside(outer, staked)
    elif outer is not None:
        held = walk.given(outer, walk.leave(outer), held)
    elif staked is not None:
        walk.leave(staked)
    if back and lent:
        walk.unknown(back, "unknown:bridge")
    walk.redeem(held)
    if walk.steps and not walk.facts:
        return Exit()
    return Exit((Tranche("all", 1.0, tuple(walk.steps)),), path=path)


def outermost(
    catalogue: Catalogue, token: Token | None, outer: Entry | None, staked: Entry | None
) -> Entry | None:
    """Return the entry whose paths are the first choice on the way out of a holding."""
    if outer is not None:
        return None if staked is not None and _path(outer, NATIVE) else outer
    if staked is not None or token is None or token.kind in COINS:
        return staked
    return catalogue.entries[token.entry]


def _path(entry: Entry, name: str) -> list[ExitFact]:
    return [fact for fact in entry.exits if fact.path == name and fact.holder_exit]


def fact_of(catalogue: Catalogue, step: ExitStep) -> ExitFact | None:
    """Return the fact that a step (entry/path/number) was made from, None where there is none."""
    entry, _, rest = step.id.partition("/")
    path, _, number = rest.partition("/")
    known = catalogue.entries.get(entry)
    facts = {} if known is None else {str(n + 1): fact for n, fact in enumerate(_path(known, path))}
    return facts.get(number)


class _Walk:
    """Steps collected so far; each waits for the ones before it."""

    def __init__(self, catalogue: Catalogue, path: str) -> None:
        self.catalogue = catalogue
        self.path = path
        self.ended = False
        self.steps: list[ExitStep] = []
        self.last: tuple[str, ...] = ()
        self.facts = 0

    def leave(self, entry: Entry) -> str | None:
        """Add the path out of an entry; return the symbol that it gives, "" for the default.

        None: no such path is known, and so neither what it gives. Only the first entry has a chosen path.
        """
        path, self.path = self.path or STANDARD, ""
        facts = _path(entry, path)
        node = place(self.catalogue, entry)
        if not facts:
            self.unknown(f"Leave {node.name}", node.id)
            return None
        for number, fact in enumerate(facts):
            self._add(fact, f"{entry.id}/{fact.path}/{number + 1}", node.id)
        last = facts[-1]
        if last.only_when and path != STANDARD and all(fact.kind != CLAIM for fact in facts):
            last = self._claim(entry, node.id) or last
        self.ended = path in ENDING and not last.gives
        return last.gives

    def _claim(self, entry: Entry, node: str) -> ExitFact | None:
        """Add the claim of the standard path, which also follows a path that holds under a condition."""
        claimed = None
        for number, fact in enumerate(_path(entry, STANDARD)):
            if fact.kind == CLAIM:
                self._add(fact, f"{entry.id}/{fact.path}/{number + 1}", node)
                claimed = fact
        return claimed

    def leave_beside(self, platform: Entry, chain: Entry) -> None:
        """Add the native path of a platform: its delay, the chain's own exit beside it, then the rest.

        The path's first step is told as one with the validator's exit; here they are steps of their own.
        """
        before, node = self.last, place(self.catalogue, platform).id
        delay = (_path(platform, STANDARD) or _path(platform, NATIVE))[0]
        self._add(delay, f"{platform.id}/{NATIVE}/1", node)
        ends = self.last
        self.last = before
        self.leave(chain)
        self.last = (*ends, *self.last)
        for number, fact in enumerate(_path(platform, NATIVE)[1:]):
            self._add(fact, f"{platform.id}/{NATIVE}/{number + 2}", node)

    def given(self, outer: Entry, gives: str | None, held: Token | None) -> Token | None:
        """Return the token in hand after leaving what one was put into: an issuer pays the underlying."""
        if gives and gives != "named":
            return resolve(self.catalogue, gives)
        return None if not gives and outer.layer in POOLS else held

    def redeem(self, token: Token | None) -> None:
        """Walk from a token to the asset at its base, through every token that a path gives on the way."""
        seen: set[str] = set()
        while token is not None and not self.ended and token.kind not in COINS and token.symbol not in seen:
            seen.add(token.symbol)
            entry = self.catalogue.entries[token.entry]
            token = self._redeemed(token, entry, self.leave(entry))

    def _redeemed(self, token: Token, entry: Entry, gives: str | None) -> Token | None:
        """Return what a token has become; None: the underlying, or nobody knows."""
        if gives is None:
            return None
        inside = inner_tokens(self.catalogue, token)
        if gives == "named" and len(inside) != 1:
            self.unknown("Leave what was paid out", None)
            return None
        return self.given(entry, gives, inside[0] if inside else None)

    def unknown(self, name: str, node: str | None) -> None:
        """Add a step of which no duration is known."""
        step = ExitStep(f"step/{len(self.steps) + 1}", name, self.last, node=node, origin=Origin.ASSUMED)
        self.steps.append(step)
        self.last = (step.id,)

    def _add(self, fact: ExitFact, ident: str, node: str) -> None:
        step = ExitStep(
            id=ident,
            name=fact.name,
            after=self.last,
            minimum=fact.minimum,
            typical=fact.typical,
            maximum=fact.maximum,
            slashable=fact.slashable,
            node=node,
            origin=fact.source.origin,
            cited=fact.source.cited,
            dated=fact.source.dated,
            verified=fact.source.verified if fact.source.origin is Origin.CATALOGUE else None,
            kind=fact.kind,
        )
        self.steps.append(step)
        self.last = (ident,)
        self.facts += 1


def inner_tokens(catalogue: Catalogue, token: Token) -> Sequence[Token]:
    """Return the tokens that a token is made of, where they are not other forms of the same share."""
    found = [resolve(catalogue, symbol) for symbol in token.made_of]
    return [t for t in found if t is not None and (not t.entry or t.entry != token.entry)]
