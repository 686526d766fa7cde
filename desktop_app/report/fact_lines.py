"""All that is known of one entry of the catalogue, line by line: sentence, source, date, checked or not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.catalogue import Catalogue, Entry, ExitFact, Source, Token
from desktop_app.domain.facts import is_old, is_undated
from desktop_app.domain.overrides import FactKind, counterparts, facts_of, is_same, yours
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Basis, Dimension, Layer, Node, Origin
from desktop_app.figures.labels import Labels
from desktop_app.report.catalogue_words import STATES, YOURS, chain_word, entry_names
from desktop_app.report.fact_sentences import fact_sentence, path_words
from desktop_app.report.position_facts import dated_words
from desktop_app.report.words import counted, listed

GROUPS: dict[FactKind, str] = {
    "exits": "Getting out",
    "slashing": "Slashing",
    "risks": "Risks",
    "rewards": "Rewards",
}
DEPENDS, TOKENS, OWN = "Depends on", "Tokens and addresses", "Yours"
MOST_RATES = 4
_PAYING = {Dimension.PLATFORM, Dimension.PROTOCOL, Dimension.LENDER, Dimension.SERVICE}
_BASES = {
    Basis.YOURS: "your assumption; the catalogue states none",
    Basis.ILLUSTRATIVE: "of the illustrative set; the catalogue states none",
    Basis.COPIED: "copied from another portfolio; the catalogue states none",
}


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact: ``state`` is "✓ verified", "unverified", "yours" or "" where nobody needs to check it.

    ``kind`` and ``index`` name a fact that can be overridden (``index`` -1: one that cannot); ``shipped`` is
    what the catalogue says where the user says otherwise; ``note`` explains, ``way`` is another way out.
    """

    group: str
    text: str
    cited: str
    dated: str
    state: str
    old: bool = False
    note: str = ""
    way: str = ""
    kind: FactKind = "exits"
    index: int = -1
    shipped: str = ""


@dataclass(frozen=True, slots=True)
class FactWords:
    """Writes the facts of entries: ``catalogue`` as it holds, ``shipped`` with its details."""

    catalogue: Catalogue
    shipped: Catalogue
    portfolio: Portfolio
    labels: Labels
    as_of: date

    def lines(self, entry: Entry) -> tuple[FactLine, ...]:
        """Return every line of an entry, group by group."""
        parts = (*(line for kind in GROUPS for line in self._facts(entry, kind)), *self._names(entry))
        return (*parts, *self._tokens(entry), *self._own(entry))

    # -- facts with a source of their own ------------------------------------------------------------------

    def _facts(self, entry: Entry, kind: FactKind) -> Iterator[FactLine]:
        facts, before = facts_of(entry, kind), self.shipped.entries.get(entry.id)
        shipped = counterparts(facts, facts_of(before, kind)) if before else (None,) * len(facts)
        for index, (fact, other) in enumerate(zip(facts, shipped, strict=True)):
            says = ""
            if other is not None and yours(fact) and not is_same(fact, other):
                says = fact_sentence(other, self.labels)
            yield self._line(
                GROUPS[kind],
                fact_sentence(fact, self.labels),
                fact.source,
                note=getattr(fact, "note", ""),
                way=path_words(fact) if isinstance(fact, ExitFact) else "",
                kind=kind,
                index=index,
                shipped=says,
            )

    def _line(self, group: str, text: str, source: Source, **more: object) -> FactLine:
        own = source.origin is Origin.YOURS
        return FactLine(
            group,
            text,
            source.cited or ("entered by you" if own else ""),
            dated_words(source.dated, self.labels),
            YOURS if own else STATES[source.verified],
            is_old(source.dated, self.as_of),
            **more,  # type: ignore[arg-type]
        )

    # -- what it stands on and is called -------------------------------------------------------------------

    def _names(self, entry: Entry) -> Iterator[FactLine]:
        """Yield what the entry names: only the first of these makes dependencies."""
        names = {
            "Stands on {} with all of it.": entry.depends_on,
            "Draws on the stake of {}.": (entry.platform,) if entry.platform else (),
            "Stands on one of {}; which one is not published.": entry.platforms_possible,
            "May hold {}; what a position has in it is a matter of the position.": entry.accepts,
            "Names {} as operators, without their shares.": entry.operators_listed,
            "Operates on {}.": entry.operates_on,
        }
        for text, idents in names.items():
            if idents:
                yield self._said(DEPENDS, text.format(listed(entry_names(self.catalogue, idents))), entry)
        if entry.note:
            yield self._said(DEPENDS, entry.note, entry)

    def _said(self, group: str, text: str, entry: Entry) -> FactLine:
        """Return what an entry says as a whole: the collection of facts is its source."""
        own = entry.origin is Origin.YOURS and entry.id not in self.shipped.entries
        old = bool(entry.dated) and is_old(entry.dated, self.as_of)
        dated = dated_words(entry.dated, self.labels)
        return FactLine(group, text, entry.cited, dated, YOURS if own else "", old)

    def _tokens(self, entry: Entry) -> Iterator[FactLine]:
        for token in self.catalogue.tokens:
            if entry.id in {token.entry, token.governs}:
                yield (
                    self._line(TOKENS, self._token(token), token.source, note=token.note)
                    if (token.source.cited)
                    else self._said(TOKENS, self._token(token), entry)
                )

    def _token(self, token: Token) -> str:
        chain = chain_word(self.catalogue, token.chain)
        what = "governs it, " if token.governs else ""
        where = f"on {chain}" if chain else "on several chains"
        address = f": {token.address}" if token.address else ", no address is recorded"
        return (
            f"{token.symbol} {what}{where}{'' if token.kind == 'asset' and not token.address else address}."
        )

    # -- the user's own ------------------------------------------------------------------------------------

    def _own(self, entry: Entry) -> Iterator[FactLine]:
        """Yield what the user assumes of the entry's nodes and the rewards that they entered for them."""
        nodes = [n for n in self.portfolio.nodes.values() if n.entry == entry.id]
        for node in nodes:
            if text := _assumed(node, self.labels):
                name = f"{node.name}: " if len(nodes) > 1 else ""
                yield FactLine(OWN, name + text, _BASES[node.basis], "", YOURS)
        for text in self._rates({n.id: n for n in nodes if n.dimension in _PAYING}):
            yield FactLine(OWN, text, "entered by you", "", YOURS)

    def _rates(self, nodes: Mapping[str, Node]) -> Iterable[str]:
        """Return the rates that the user gave to layers that reach a node, those of most positions first."""
        edges = {e.id for e in self.portfolio.edges.values() if e.target in nodes}
        found: dict[tuple[str, float], list[str]] = {}
        for position in self.portfolio.counted_positions():
            for layer in position.layers:
                if _is_typed(layer) and not edges.isdisjoint(layer.edges):
                    found.setdefault((layer.name, layer.reward_rate or 0.0), []).append(position.name)
        ranked = sorted(found.items(), key=lambda item: -len(item[1]))
        for (layer_name, rate), names in ranked[:MOST_RATES]:
            through = names[0] if len(names) == 1 else counted(len(names), "position")
            yield f"Reward of {layer_name} {self.labels.rate(rate)} a year, in {through}."


def _is_typed(layer: Layer) -> bool:
    return layer.origin is Origin.YOURS and not layer.unsplit and bool(layer.reward_rate)


def _assumed(node: Node, labels: Labels) -> str:
    """Return "Fails once in 125 years and takes 30 %.", "" where nothing is assumed."""
    chance, loss = node.failure_probability, node.loss_given_failure
    if chance is None and loss is None:
        return ""
    if chance == 0:
        return "Cannot fail."
    years = "" if chance is None else f"once in {labels.number(round(1 / chance))} years"
    often = f"Fails {years}" if years else "Fails, how often is not assumed,"
    return f"{often} and takes {'a part that is not assumed' if loss is None else labels.share(loss)}."


def month_words(dated: str, labels: Labels) -> str:
    """Return the date of a fact in a narrow column: "May 2026", a year alone, or "undated"."""
    if is_undated(dated):
        return "undated"
    numbers = [int(part) for part in dated.split("-")]
    return str(numbers[0]) if len(numbers) == 1 else labels.month(date(numbers[0], numbers[1], 1))
