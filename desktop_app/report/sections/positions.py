"""Every position with what it stands on, its value, its reward and its way out; and the sums by account."""

from collections.abc import Iterable
from decimal import Decimal

from desktop_app.domain.money import total
from desktop_app.domain.positions import Position
from desktop_app.figures.labels import UNKNOWN
from desktop_app.report import words
from desktop_app.report.blocks import Column, Row, Section, Table
from desktop_app.report.position_table import positions_blocks
from desktop_app.report.sections.subject import Subject
from desktop_app.report.sentences import Run

NO_ACCOUNT = "No account named"


def positions_section(subject: Subject) -> Section:
    """Return the table of positions, folded where it is long."""
    blocks = positions_blocks(
        subject.portfolio, subject.overview, subject.labels, subject.asked.as_of, subject.most_rows
    )
    return Section("Positions", blocks)


def accounts_section(subject: Subject) -> Section:
    """Return what lies in each account, largest value first."""
    held: dict[str, list[Position]] = {}
    for position in subject.portfolio.counted_positions():
        held.setdefault(position.account, []).append(position)
    rows = sorted(
        ((account, _value(positions, subject), positions) for account, positions in held.items()),
        key=lambda row: (row[1] is None, -(row[1] or 0), row[0]),
    )
    columns = (
        Column("Account", width=30),
        Column("Positions", "right"),
        Column(subject.labels.currency, "right"),
        Column("Share", "right"),
    )
    whole = subject.overview.portfolio_value
    sums = _row("", subject.portfolio.counted_positions(), whole, subject)
    table = Table(
        columns,
        tuple(_row(account or NO_ACCOUNT, positions, value, subject) for account, value, positions in rows),
        (Run(words.capital(words.counted(len(rows), "account"))), *sums[1:]),
    )
    return Section("Positions by account", (table,))


def _value(positions: Iterable[Position], subject: Subject) -> Decimal | None:
    known = [w for p in positions if (w := subject.overview.exposed.worths.get(p.id)) is not None]
    return total(known) if known else None


def _row(account: str, positions: Iterable[Position], value: Decimal | None, subject: Subject) -> Row:
    labels, whole = subject.labels, subject.overview.portfolio_value
    share = None if value is None or not whole else float(value) / float(whole)
    money = labels.money(value)
    return (
        Run(account),
        Run(labels.number(len(tuple(positions)))),
        Run(money, warn=money == UNKNOWN),
        Run("" if share is None else labels.share(share, decimals=1)),
    )
