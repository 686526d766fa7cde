"""The paths out of a position: which ones the catalogue knows, and the one that the user chose."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop_app.domain.catalogue import Catalogue, ExitFact
from desktop_app.domain.exits import MARKET, NATIVE, STANDARD
from desktop_app.domain.holdings import holding_of
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Exit, PathTerms, Position
from desktop_app.domain.restacking import way_out_now
from desktop_app.domain.stack_builder import propose
from desktop_app.errors import UserError


@dataclass(frozen=True, slots=True)
class Path:
    """A path and the facts of its own steps; ``only_when``: it is no free choice, it holds then."""

    name: str
    facts: tuple[ExitFact, ...]

    @property
    def only_when(self) -> str:
        """Return the condition under which the path holds, "" where it is a choice."""
        return next((fact.only_when for fact in self.facts if fact.only_when), "")


def paths_of(portfolio: Portfolio, catalogue: Catalogue, position: Position) -> Sequence[Path]:
    """Return the paths of what is left first on the way out, the standard one first; () if nobody knows."""
    key = holding_of(portfolio, position).stack_key
    entry = propose(catalogue, key).way
    if entry is None:
        return ()
    names = dict.fromkeys((STANDARD, *(f.path for f in entry.exits if f.holder_exit and f.path != NATIVE)))
    found = (Path(n, tuple(f for f in entry.exits if f.path == n and f.holder_exit)) for n in names)
    return [path for path in found if path.facts]


def exit_by(portfolio: Portfolio, catalogue: Catalogue, position: Position, path: str) -> Exit:
    """Return the position's way out by a path of the catalogue; that in force stays as the user has it.

    Steps of a path that the user has changed are kept in its terms while another path is chosen.
    """
    held = position.exit
    if path == held.path:
        return held
    key = holding_of(portfolio, position).stack_key
    proposed, given = propose(catalogue, key, path).exit, propose(catalogue, key, held.path).exit
    changed = () if held.tranches == given.tranches else held.tranches
    left = held.with_terms(replace(held.stored_terms(held.path), tranches=changed))
    known = left.stored_terms(path)
    if known.tranches:
        proposed = way_out_now(replace(proposed, tranches=known.tranches), proposed, proposed)
    terms = left.with_terms(replace(known, tranches=())).terms
    return replace(proposed, market=held.market, terms=terms)


def with_path_terms(portfolio: Portfolio, position_id: str, terms: PathTerms) -> Portfolio:
    """Return the portfolio with other terms of one path of a position; the haircut of a sale follows."""
    position = portfolio.positions[position_id]
    market = position.exit.market
    if terms.path == MARKET and market is not None and terms.cost is not None:
        market = replace(market, haircut=terms.cost)
    way_out = replace(position.exit.with_terms(terms), market=market)
    return portfolio.with_positions(replace(position, exit=way_out))


def with_path(portfolio: Portfolio, catalogue: Catalogue, position_id: str, path: str) -> Portfolio:
    """Return the portfolio with a position that leaves by a path; raise UserError if there is none such."""
    position = portfolio.positions[position_id]
    known = {"" if p.name == STANDARD else p.name for p in paths_of(portfolio, catalogue, position)}
    if path not in known:
        raise UserError(f"The catalogue knows no path “{path or STANDARD}” out of “{position.name}”.")
    return portfolio.with_positions(replace(position, exit=exit_by(portfolio, catalogue, position, path)))
