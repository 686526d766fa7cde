"""What a portfolio is made of: nodes, edges, positions with their layers and ways out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from desktop_app.domain import money


class Dimension(StrEnum):
    """The kind of a node (definitions.md 1)."""

    ASSET = "asset"
    TOKEN = "token"  # noqa: S105 - a crypto token, not a secret
    PROTOCOL = "protocol"
    PLATFORM = "platform"
    ROLE = "role"
    OPERATOR = "operator"
    SERVICE = "service"
    CHAIN = "chain"
    CUSTODY = "custody"
    BRIDGE = "bridge"
    ORACLE = "oracle"
    LENDER = "lender"
    CLIENT = "client"
    UNKNOWN = "unknown"


TELLING = (
    Dimension.PLATFORM,
    Dimension.PROTOCOL,
    Dimension.LENDER,
    Dimension.BRIDGE,
    Dimension.ORACLE,
    Dimension.OPERATOR,
    Dimension.SERVICE,
    Dimension.CLIENT,
    Dimension.ROLE,
    Dimension.CUSTODY,
    Dimension.TOKEN,
)
"""Of nodes on which the same amount stands, the one whose name says most comes first."""

SLASHERS = frozenset((Dimension.ROLE, Dimension.OPERATOR, Dimension.SERVICE, Dimension.CLIENT))
"""What reaches a stake only by getting it slashed: who validates with it, with what software, for whom."""

UNKNOWN_PREFIX = "unknown:"


def is_unknown(node: str) -> bool:
    """Tell whether a node id is the bucket of what nobody has named (``unknown:DIMENSION``)."""
    return node.startswith(UNKNOWN_PREFIX)


def counted_dimension(node: str, nodes: "Mapping[str, Node]") -> Dimension:
    """Return the dimension in whose concentration a node counts (an unknown bucket: its own)."""
    if is_unknown(node):
        return Dimension(node.removeprefix(UNKNOWN_PREFIX).partition("#")[0])
    return nodes[node].dimension


class Mode(StrEnum):
    """How much of A's value depends on B: every unit, a slice of a partition, or an overlapping share."""

    ALL = "all"
    SPLIT = "split"
    SHARED = "shared"


class Side(StrEnum):
    """Which side of a position with debt an edge hangs on: amplified by the leverage or not (5.1)."""

    COLLATERAL = "collateral"
    EQUITY = "equity"


class Origin(StrEnum):
    """Who says so: the shipped catalogue, an assumption of the program, or the user."""

    CATALOGUE = "catalogue"
    ASSUMED = "assumed"
    YOURS = "yours"


class Basis(StrEnum):
    """Where the assumptions of a node come from: typed, the program's illustrative set, another portfolio."""

    YOURS = "yours"
    ILLUSTRATIVE = "illustrative"
    COPIED = "copied"


@dataclass(frozen=True, slots=True)
class Node:
    """Anything a position depends on.

    ``failure_probability`` (a year) and ``loss_given_failure`` are fractions and the user's assumptions,
    ``basis`` says where they come from; None means unknown. ``entry`` is the id of the catalogue entry behind
    the node.
    """

    id: str
    name: str
    dimension: Dimension
    failure_probability: float | None = None
    loss_given_failure: float | None = None
    entry: str | None = None
    origin: Origin = Origin.YOURS
    basis: Basis = Basis.YOURS


@dataclass(frozen=True, slots=True)
class Edge:
    """``source`` depends on ``target``; ``weight`` is a fraction of the source's value.

    ``group`` names the split group of a ``split`` edge. ``share_given`` is False where a name was given
    without a share (it then counts in full). ``cited`` and ``dated`` say where a catalogue edge comes from.
    """

    id: str
    source: str
    target: str
    mode: Mode = Mode.ALL
    weight: float = 1.0
    group: str | None = None
    side: Side | None = None
    origin: Origin = Origin.YOURS
    share_given: bool = True
    cited: str = ""
    dated: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A split of the value of ``node``; what the edges leave goes nowhere or to ``residual_node``.

    ``names`` lists node ids that are known to belong here but have no share yet.
    """

    id: str
    node: str
    residual_node: str | None = None
    names: tuple[str, ...] = ()


LAYER_NAMES = (
    "hold",
    "staking",
    "liquid staking",
    "restaking",
    "liquid restaking",
    "yield",
    "fixed yield",
    "bridge",
    "collateral",
)
"""The closed list of layers, bottom up (stacks.md); the first three are the base, the rest is extra."""

BASE_LAYERS = LAYER_NAMES[:3]


@dataclass(frozen=True, slots=True)
class Layer:
    """One step of a position's stack: reward rate (a fraction a year, None unknown), edges it adds.

    ``unsplit`` marks a rate that is the total of the whole stack, not this layer's own. ``origin`` says who
    gave the rate, or, without one, the layer.
    """

    name: str
    reward_rate: float | None = None
    edges: tuple[str, ...] = ()
    unsplit: bool = False
    origin: Origin = Origin.YOURS


@dataclass(frozen=True, slots=True)
class ExitStep:
    """One step on the way out, in days; a missing duration is unknown. ``after`` names steps before it.

    ``slashable``: can the stake still lose while it waits here (None unknown). ``capacity`` is in the
    portfolio's currency: what can pass at all. ``node`` imposes the step, ``kind`` is the catalogue's word.
    """

    id: str
    name: str
    after: tuple[str, ...] = ()
    minimum: float | None = None
    typical: float | None = None
    maximum: float | None = None
    slashable: bool | None = None
    elapsed_days: float = 0.0
    capacity: Decimal | None = None
    node: str | None = None
    origin: Origin = Origin.YOURS
    cited: str = ""
    dated: str = ""
    verified: bool | None = None
    kind: str = ""

    @property
    def is_queue(self) -> bool:
        """Tell whether others who leave make it longer; its name says so where no kind is stored."""
        return self.kind == "queue" or (not self.kind and "queue" in self.name)


@dataclass(frozen=True, slots=True)
class Tranche:
    """A part of a position with its own way out."""

    name: str
    fraction: float
    steps: tuple[ExitStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Market:
    """Selling instead of waiting: the fraction that can be sold, the haircut, the days it takes."""

    fraction: float
    haircut: float
    minimum: float
    typical: float
    maximum: float


@dataclass(frozen=True, slots=True)
class PathTerms:
    """What the user knows of a path of the catalogue: the fraction it costs, what can pass at all.

    ``capacity`` is in the portfolio's currency; None is unknown. ``phase``, ``maturity_seconds`` and
    ``deadline_seconds`` as of a :class:`Request`, for what nobody has asked for yet. ``tranches``: its steps,
    as the user had changed them before another path was chosen.
    """

    path: str
    cost: float | None = None
    capacity: Decimal | None = None
    phase: datetime | None = None
    maturity_seconds: int | None = None
    deadline_seconds: int | None = None
    tranches: tuple[Tranche, ...] = ()

    def with_clock(self, told: "PathTerms") -> "PathTerms":
        """Return these terms with what others tell the clock."""
        return replace(
            self,
            phase=told.phase,
            maturity_seconds=told.maturity_seconds,
            deadline_seconds=told.deadline_seconds,
        )


@dataclass(frozen=True, slots=True)
class Exit:
    """All ways out of a position. Fractions of the tranches sum to 1; no tranche = no way out is known.

    ``path``: the path of the catalogue that the user chose, "" for the standard one. ``terms``: of this and
    of the paths beside it.
    """

    tranches: tuple[Tranche, ...] = ()
    market: Market | None = None
    path: str = ""
    terms: tuple[PathTerms, ...] = ()

    def with_terms(self, terms: PathTerms) -> "Exit":
        """Return the way out with other terms of one path."""
        known = {t.path: t for t in self.terms} | {terms.path: terms}
        return replace(self, terms=tuple(t for t in known.values() if t != PathTerms(t.path)))

    def stored_terms(self, path: str) -> PathTerms:
        """Return what is stored of a path."""
        return next((t for t in self.terms if t.path == path), PathTerms(path))

    def terms_of(self, path: str) -> PathTerms:
        """Return what the user knows of a path; of a sale that is its haircut."""
        known = self.stored_terms(path)
        if path == "market" and self.market is not None and known.cost is None:
            return replace(known, cost=self.market.haircut)
        return known


@dataclass(frozen=True, slots=True)
class Request:
    """One request to take ``amount`` units of the position's asset out; times in UTC.

    ``path`` of the catalogue ("" the standard one) and its ``steps`` are those of the day it was made; with
    none it walks the position's own. ``phase``: when any epoch or era of the protocol began, which fixes the
    rest of its clock; ``maturity_seconds`` after the request a window opens that closes ``deadline_seconds``
    later, where the protocol has one; ``expires_at``: as the user says. Open until ``claimed_at``; whether
    it waits, can be claimed, is overdue or has expired follows from the clocks of the steps.
    """

    id: str
    amount: Decimal
    requested_at: datetime
    claimed_at: datetime | None = None
    note: str = ""
    path: str = ""
    phase: datetime | None = None
    expires_at: datetime | None = None
    maturity_seconds: int | None = None
    deadline_seconds: int | None = None
    steps: tuple[ExitStep, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether it has not been claimed yet."""
        return self.claimed_at is None


class Status(StrEnum):
    """State of a position; a closed one is kept but counts nowhere."""

    ACTIVE = "active"
    PENDING = "pending"
    UNBONDING = "unbonding"
    WITHDRAWABLE = "withdrawable"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Position:
    """A holding of one asset in one account, standing on a stack of layers.

    Stores ``quantity`` and *either* ``unit_price`` *or* ``total_value`` as the source gave it (before debt);
    ``value`` is V itself and only set where there is no quantity. All in the portfolio's currency.
    ``adjustment``: of a holding folded from movements, what the user added to their sum to get ``quantity``.
    """

    id: str
    name: str
    asset: str
    underlying: str
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    total_value: Decimal | None = None
    priced_on: date | None = None
    value: Decimal | None = None
    debt: Decimal | None = None
    liquidation_threshold: float | None = None
    liquidation_penalty: float | None = None
    account: str = ""
    chain: str = ""
    opened_on: date | None = None
    status: Status = Status.ACTIVE
    notes: str = ""
    layers: tuple[Layer, ...] = ()
    exit: Exit = Exit()
    import_id: str | None = None
    import_key: str = ""
    adjustment: Decimal | None = None
    requests: tuple[Request, ...] = ()

    def worth(self, price: Decimal | None = None) -> Decimal | None:
        """Return V (equity where there is a debt), None if unknown; ``price`` serves if it has no own."""
        if self.quantity is None:
            return self.value
        if self.total_value is not None:
            gross: Decimal | None = self.total_value
        else:
            own = self.unit_price if self.unit_price is not None else price
            gross = None if own is None else money.product(self.quantity, own)
        if gross is None or self.debt is None:
            return gross
        return money.difference(gross, self.debt)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named set of shocks: node id -> fraction lost."""

    id: str
    name: str
    shocks: tuple[tuple[str, float], ...] = ()
