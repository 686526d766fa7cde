"""The table of positions on paper: what each stands on, its value, its reward, when it can be out."""

from collections.abc import Iterator, Sequence
from datetime import date

from desktop_app.analysis.exposure import Exposure
from desktop_app.analysis.missing import reward_is_open
from desktop_app.analysis.overview import Overview
from desktop_app.analysis.withdrawals import Days
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, Position
from desktop_app.figures.labels import NO_BREAK, UNKNOWN, Labels, whole_days
from desktop_app.report import words
from desktop_app.report.blocks import Block, Column, Paragraph, Row, Table
from desktop_app.report.sentences import Run, sentence

STANDS_ON = (Dimension.PROTOCOL, Dimension.PLATFORM, Dimension.LENDER, Dimension.BRIDGE, Dimension.OPERATOR)
NAMES = 3
UNKNOWN_SIGN = "?"
LEAST_SHARE = 0.001


def positions_blocks(
    portfolio: Portfolio, overview: Overview, labels: Labels, as_of: date, most_rows: int
) -> tuple[Block, ...]:
    """Return the table, largest value first and unpriced last, folded after ``most_rows``, and its notes."""
    ordered = sorted(portfolio.counted_positions(), key=lambda p: _order(p, overview.exposed))
    rows = tuple(_row(position, portfolio, overview, labels) for position in ordered[:most_rows])
    notes = _notes(ordered, portfolio, labels, as_of, len(rows))
    table = _without_empty_columns(Table(_columns(labels), rows, _total(overview, labels)))
    return (table, *(Paragraph(sentence(note), note=True) for note in notes if note))


def _without_empty_columns(table: Table) -> Table:
    kept = [i for i in range(len(table.columns)) if any(row[i].text for row in table.rows)]
    rows = tuple(tuple(row[i] for i in kept) for row in table.rows)
    return Table(tuple(table.columns[i] for i in kept), rows, tuple(table.total[i] for i in kept))


def _order(position: Position, exposed: Exposure) -> tuple[bool, float, str]:
    worth = exposed.worths.get(position.id)
    return worth is None, -float(worth or 0), position.name


def _columns(labels: Labels) -> tuple[Column, ...]:
    return (
        Column("Position", width=19),
        Column("Stands on", quiet=True),
        Column("Account", width=11, quiet=True),
        Column("Quantity", "right", 8),
        Column(labels.currency, "right", 9),
        Column("Share", "right", 7),
        Column("Reward", "right", 11),
        Column("Out in, days", "right", 14),
    )


def _row(position: Position, portfolio: Portfolio, overview: Overview, labels: Labels) -> Row:
    worth = overview.exposed.worths.get(position.id)
    total = overview.portfolio_value
    share = None if worth is None or not total else float(worth) / float(total)
    quantity = Run(labels.quantity(position.quantity)) if position.quantity is not None else Run("")
    plan = overview.out.positions.get(position.id)
    return (
        Run(position.name),
        Run(stands_on(position, portfolio, overview.exposed)),
        Run(position.account),
        quantity,
        _known(labels.money(worth)),
        Run("") if share is None else Run(_share(share, labels)),
        _known(reward(position, labels)),
        _known(out_in(plan.finish, labels) if plan and position.exit.tranches else UNKNOWN_SIGN),
    )


def _share(share: float, labels: Labels) -> str:
    """Return "25.2 %"; what one decimal would make nothing is "< 0.1 %"."""
    if 0 < share < LEAST_SHARE / 2:
        return f"<{NO_BREAK}{labels.share(LEAST_SHARE, decimals=1)}"
    return labels.share(share, decimals=1)


def _known(text: str) -> Run:
    return Run(text, warn=text == UNKNOWN or text.startswith(UNKNOWN_SIGN))


def stands_on(position: Position, portfolio: Portfolio, exposed: Exposure) -> str:
    """Return the names a person knows the position by: issuer, platform, lender; "Lido", "Kelp, Aave v3"."""
    nodes = portfolio.nodes
    found = [
        (STANDS_ON.index(node.dimension), -node.by_position[position.id], nodes[node.node].name)
        for node in exposed.nodes.values()
        if position.id in node.by_position and node.dimension in STANDS_ON and node.node in nodes
    ]
    if any(rank < STANDS_ON.index(Dimension.OPERATOR) for rank, _, _ in found):
        found = [item for item in found if item[0] < STANDS_ON.index(Dimension.OPERATOR)]
    return ", ".join(words.cut([name for _, _, name in sorted(found)], NAMES))


def reward(position: Position, labels: Labels) -> str:
    """Return the rate of all layers together, "2.45 % +?" where one is unknown, "?" where all are."""
    rates = [layer.reward_rate for layer in position.layers if layer.reward_rate is not None]
    paying = [layer for layer in position.layers if layer.name != "hold" or layer.reward_rate]
    unknown = any(reward_is_open(position, layer) for layer in paying)
    if not paying:
        return ""
    if unknown and not sum(rates):
        return UNKNOWN_SIGN
    return labels.rate(sum(rates)) + (f"{NO_BREAK}+{UNKNOWN_SIGN}" if unknown else "")


def out_in(finish: Days, labels: Labels) -> str:
    """Return "27 (23–31)", "20 (15–?)", "? (1–5)", "21" where nothing else can be, or "?"."""
    ends = [finish.min, finish.max]
    if finish.typical is None and ends == [None, None]:
        return UNKNOWN_SIGN
    if finish.typical is not None and all(
        end is not None and whole_days(end) == whole_days(finish.typical) for end in ends
    ):
        return labels.days(finish.typical)
    return f"{labels.days(finish.typical)}{NO_BREAK}({labels.days(finish.min)}–{labels.days(finish.max)})"


def _total(overview: Overview, labels: Labels) -> Row:
    whole = "" if overview.portfolio_value is None else labels.share(1.0, decimals=1)
    value = labels.money(overview.portfolio_value)
    count = Run(words.capital(words.counted(overview.positions, "position")))
    empty = Run("")
    return (count, empty, empty, empty, Run(value, bold=True), Run(whole), empty, empty)


def _notes(
    ordered: Sequence[Position], portfolio: Portfolio, labels: Labels, as_of: date, shown: int
) -> Iterator[str]:
    if len(ordered) > shown:
        yield f"{labels.number(len(ordered) - shown)} more in the CSV."
    remarks = [_debt(p, labels) for p in ordered[:shown] if p.debt is not None]
    remarks += _old_prices(ordered[:shown], portfolio, labels, as_of)
    if any(UNKNOWN_SIGN in reward(p, labels) for p in ordered[:shown]):
        remarks.append("A question mark stands for what is not known.")
    yield " ".join(words.cut([remark for remark in remarks if remark], 6))


def _debt(position: Position, labels: Labels) -> str:
    if position.quantity is None:
        return f"{position.name}: value is the equity, debt {labels.money(position.debt)}."
    return f"{position.name}: value is the collateral less a debt of {labels.money(position.debt)}."


def _old_prices(
    positions: Sequence[Position], portfolio: Portfolio, labels: Labels, as_of: date
) -> Iterator[str]:
    """Yield "Price of weETH and stETH of 11 Nov." for each day that is a week ago or longer."""
    by_day: dict[date, list[str]] = {}
    for position in positions:
        on = _priced_on(position, portfolio, as_of)
        if on is not None and (as_of - on).days >= 7:
            by_day.setdefault(on, []).append(position.name)
    for on, names in sorted(by_day.items(), reverse=True):
        day = labels.day(on, year=on.year != as_of.year)
        yield f"Price of {words.listed(words.cut(names, 6))} of {day.removesuffix('.')}."


def _priced_on(position: Position, portfolio: Portfolio, as_of: date) -> date | None:
    if position.unit_price is not None or position.total_value is not None:
        return position.priced_on
    price = portfolio.price_of(position.asset, as_of)
    return price.on if price else None
