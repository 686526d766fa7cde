"""How concentrated each dimension is, in words and rows: for the page, paper and the command line alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.analysis.concentration import UNDERLYING, DimensionConcentration
from desktop_app.analysis.dependencies import PORTFOLIO
from desktop_app.analysis.limits import TOLERANCE
from desktop_app.analysis.overview import Overview
from desktop_app.domain.positions import Dimension, is_unknown
from desktop_app.figures.dimension_bars import OTHERS, Bar
from desktop_app.figures.labels import Labels
from desktop_app.report import words
from desktop_app.report.limited import NONE, DimensionLimits
from desktop_app.report.sentences import Run, Sentence, bold, nothing_sentence, sentence, warn

MODERATE, HIGH = 0.10, 0.18
"""HHI from which merger reviews speak of moderate and of high concentration (definitions.md 4)."""

YARDSTICKS = "The dotted marks are yardsticks of bank rules for large exposures, not limits."

_FIRST = (Dimension.OPERATOR, Dimension.PLATFORM, Dimension.PROTOCOL)
_ONE = {Dimension.CUSTODY: "a wallet", UNDERLYING: "an underlying asset"}
_NOT_PUBLISHED = {
    Dimension.OPERATOR: "who operates it",
    Dimension.SERVICE: "which services it secures",
    Dimension.PLATFORM: "on which platform it stands",
    Dimension.BRIDGE: "over which bridge it came",
    Dimension.CLIENT: "which client runs it",
}
_MANY = {
    Dimension.OPERATOR: "Operators, all their roles together",
    UNDERLYING: "Underlying assets, by plain value",
}
_UNITS = {"USD": "dollar", "EUR": "euro"}


@dataclass(frozen=True, slots=True)
class DimensionRow:
    """One dimension: ``largest``: the largest name's share of the portfolio; equal to ``effective`` names.

    ``whose``: that name; what nobody has published is one name like another (definitions.md 4).
    """

    id: str
    name: str
    names: int
    largest: float
    effective: float
    whose: str


@dataclass(frozen=True, slots=True)
class PointRow:
    """A single point of failure: ``fully`` of ``positions`` depend on it with all of their value."""

    id: str
    name: str
    dimension: Dimension
    share: float
    fully: int
    positions: int
    gateway: str


def dimension_name(dimension: str) -> str:
    """Return what the list calls a dimension: "Operator", "Wallet, custody", "Underlying"."""
    return words.capital(dimension if dimension == UNDERLYING else words.dimension_word(Dimension(dimension)))


def dimension_title(dimension: str) -> str:
    """Return the heading over the names of a dimension."""
    named = _MANY.get(dimension)
    return named or words.capital(words.dimension_word(Dimension(dimension), many=True))


def one_of(dimension: str) -> str:
    """Return "an operator", "a chain"."""
    if dimension in _ONE:
        return _ONE[dimension]
    word = words.dimension_word(Dimension(dimension))
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def dimension_rows(overview: Overview) -> tuple[DimensionRow, ...]:
    """Return every dimension that some value reaches, the underlying assets last."""
    found = overview.concentrated.dimensions
    ordered = [*(d for d in found if d != UNDERLYING), *(d for d in found if d == UNDERLYING)]
    return tuple(
        DimensionRow(
            d,
            dimension_name(d),
            found[d].names,
            shares_of(found[d], overview)[0][1],
            found[d].effective_number,
            name_in(d, shares_of(found[d], overview)[0][0], overview.names),
        )
        for d in ordered
    )


def first_dimension(overview: Overview) -> str:
    """Return the dimension that is told first, "" without any."""
    known = [row.id for row in dimension_rows(overview)]
    return next((d for d in (*_FIRST, *known) if d in known), "")


def shares_of(found: DimensionConcentration, overview: Overview) -> list[tuple[str, float]]:
    """Return (id, share of the portfolio) of the names of a dimension, largest first."""
    total = float(overview.portfolio_value or 1)
    return [(name, value / total) for name, value in found.values.items()]


def name_in(dimension: str, name: str, names: Mapping[str, str]) -> str:
    """Return what a name of a dimension is called beside its bar: what nobody has named "Not published"."""
    if dimension == UNDERLYING:
        return name
    return "Not published" if is_unknown(name) else words.node_name(name, names)


def dimension_bars_of(
    dimension: str,
    overview: Overview,
    most: int,
    together: float | None = None,
    limited: DimensionLimits = NONE,
) -> tuple[Bar, ...]:
    """Return the bars of a dimension; above ``most`` names the smallest stand ``together`` as one value."""
    found = overview.concentrated.dimensions[dimension]
    total = float(overview.portfolio_value or 1)
    kept, rest = folded(found, most)
    role = None if dimension == UNDERLYING else Dimension(dimension)
    bars = []
    for name in kept:
        share, bound = found.values[name] / total, limited.bound(name)
        over = bound is not None and share > bound + TOLERANCE
        called = name_in(dimension, name, overview.names)
        bars.append(Bar(name, called, role, found.values[name], share, bound, over))
    if rest:
        value = sum(found.values[name] for name in rest) if together is None else together
        bars.append(Bar(OTHERS, f"{len(rest):,} others", role, value, value / total))
    return tuple(bars)


def folded(found: DimensionConcentration, most: int) -> tuple[Sequence[str], Sequence[str]]:
    """Return the names that have a bar of their own, and those that share the last one."""
    names = list(found.values)
    return (names, []) if len(names) <= most else (names[: most - 1], names[most - 1 :])


# -- sentences -----------------------------------------------------------------------------------------


def concentration_sentence(
    dimension: str, overview: Overview, labels: Labels, limited: DimensionLimits = NONE
) -> Sentence:
    """Return which name of a dimension carries most, for how much no name is published, and the limits."""
    if not overview.positions:
        return nothing_sentence(overview)
    found = overview.concentrated.dimensions.get(dimension)
    if found is None:
        return sentence("Without a price ", warn("no share is known"), ".")
    shares = shares_of(found, overview)
    parts: list[str | Run] = []
    named = next(((name, share) for name, share in shares if not is_unknown(name)), None)
    if named is not None:
        parts += _largest(dimension, *named, overview, labels, limited)
    parts += _not_published(dimension, shares, labels, limited, first=not parts)
    return sentence(*parts)


def _largest(
    dimension: str,
    name: str,
    share: float,
    overview: Overview,
    labels: Labels,
    limited: DimensionLimits,
) -> list[str | Run]:
    key = share_key(dimension, name)
    amount = bold(words.capital(_said(share, labels)), key)
    if dimension == UNDERLYING:
        return [amount, " of the value is ", bold(name), "."]
    kind, bound = one_of(dimension).partition(" ")[2], limited.bound(name)
    if bound is not None and share <= bound + TOLERANCE:
        within = f", within your limit of {labels.share(bound)}."
        return [f"No {kind} carries more than ", bold(labels.share(share), key), within]
    above = "" if bound is None else f", above your limit of {labels.share(bound)}"
    return [amount, f" stands on the {kind} ", bold(words.node_name(name, overview.names)), f"{above}."]


def _said(share: float, labels: Labels) -> str:
    return "all of the value" if share >= 1 - 1e-9 else labels.share(share)


def _not_published(
    dimension: str,
    shares: Sequence[tuple[str, float]],
    labels: Labels,
    limited: DimensionLimits,
    *,
    first: bool,
) -> list[str | Run]:
    bucket = next(((name, share) for name, share in shares if is_unknown(name)), None)
    if bucket is None:
        return []
    what = _NOT_PUBLISHED.get(
        Dimension(dimension), f"which {one_of(dimension).partition(' ')[2]} it stands on"
    )
    amount = bold(_said(bucket[1], labels), share_key(dimension, bucket[0]))
    bound = limited.bound(bucket[0])
    over = bound is not None and bucket[1] > bound + TOLERANCE
    above = f", above your limit of {labels.share(bound)}" if over else ""
    return ["For " if first else " For ", amount, f" nobody publishes {what}{above}."]


def share_key(dimension: str, name: str) -> str:
    """Return the key of the explanation of a share."""
    return f"{'underlying' if dimension == UNDERLYING else 'share'}:{name}"


def measure_sentences(found: DimensionConcentration, labels: Labels) -> tuple[Sentence, ...]:
    """Return coverage, overlap and HHI, each with what it means."""
    dimension, unit = found.dimension, _UNITS.get(labels.currency, "unit of value")
    one = one_of(dimension)
    overlap = labels.number(found.overlap, decimals=2)
    return (
        sentence(
            bold("Coverage "),
            bold(labels.share(found.coverage), f"coverage:{dimension}"),
            bold(". "),
            f"That much of the value stands on {one} at all.",
        ),
        sentence(
            bold("Overlap "),
            bold(overlap, f"overlap:{dimension}"),
            bold(". "),
            f"Each covered {unit} stands on so many of these names.",
        ),
        sentence(
            bold("HHI\u00a0"),
            bold(labels.number(found.hhi, decimals=2), f"hhi:{dimension}"),
            ", the same as ",
            bold(_equal_names(found.effective_number, labels), f"effective:{dimension}"),
            f". {_review(found.hhi)}",
        ),
    )


def _equal_names(effective: float, labels: Labels) -> str:
    text = labels.number(effective, decimals=1)
    return "one name" if text == labels.number(1, decimals=1) else f"{text} equal names"


def _review(hhi: float) -> str:
    if hhi >= HIGH:
        return "Above 0.18 merger reviews speak of high concentration."
    if hhi >= MODERATE:
        return "From 0.10 to 0.18 merger reviews speak of moderate concentration."
    return "Below 0.10 merger reviews speak of none."


# -- single points of failure --------------------------------------------------------------------------


def point_rows(overview: Overview, gateways: Mapping[str, str]) -> tuple[PointRow, ...]:
    """Return the single points of failure beside the common ground, largest first."""
    common = {node.node for node in overview.common_ground}
    return tuple(
        PointRow(
            id=point.node,
            name=words.node_name(point.node, overview.names),
            dimension=overview.exposed.nodes[point.node].dimension,
            share=point.share,
            fully=len(point.fully_dependent_positions),
            positions=overview.exposed.nodes[point.node].positions,
            gateway=gateway_name(gateways.get(point.node, PORTFOLIO), overview.names),
        )
        for point in overview.concentrated.single_points
        if point.node not in common
    )


def gateway_name(gateway: str, names: Mapping[str, str]) -> str:
    """Return the name of a gateway, "none" where no single exit removes the dependence."""
    return "none" if gateway == PORTFOLIO else words.node_name(gateway, names)


def points_note(overview: Overview, labels: Labels, *, found: bool) -> str:
    """Return the line of explanation: from where a node counts, and the common ground with its shares.

    ``found``: whether any node counts beside the common ground.
    """
    ground = [
        f"{words.node_name(n.node, overview.names)} {labels.share(n.share)}" for n in overview.common_ground
    ]
    common = f" Not ranked, the common ground: {', '.join(ground)}." if ground else ""
    start = "A quarter of the value or more." if found else "No node carries a quarter of the value or more."
    return f"{start}{common}"
