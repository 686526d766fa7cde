"""Portfolios with real stacks, and all answers about them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from desktop_app.analysis.dependencies import dependencies
from desktop_app.analysis.overview import Overview, overview
from desktop_app.domain import interchange
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.stacks import Holding, add_holdings
from desktop_app.figures.labels import Labels
from desktop_app.report.panel import NodePanel, node_panel
from desktop_app.report.questions import Question, five_questions
from desktop_app.report.sentences import Sentence, plain
from desktop_app.shipped import catalogue, full_catalogue

TODAY = date(2026, 11, 24)


def spoken(said: Sentence | str) -> str:
    """Return a sentence with plain blanks."""
    text = said if isinstance(said, str) else plain(said)
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@cache
def open_example() -> Portfolio:
    """Return the worked example of the definitions."""
    path = Path(__file__).parent.parent / "data/portfolio/open-example.json"
    return interchange.loads(path.read_text(encoding="utf-8"))


def holding(asset: str, quantity: str = "10", price: str | None = "3000", **more: object) -> Holding:
    """Return a holding priced today."""
    cost = None if price is None else Decimal(price)
    return Holding(asset, Decimal(quantity), cost, priced_on=TODAY, **more)  # type: ignore[arg-type]


def held(*holdings: Holding) -> Portfolio:
    """Return a portfolio of these holdings on their shipped stacks."""
    return add_holdings(Portfolio(as_of=TODAY), catalogue(), holdings)[0]


@dataclass(frozen=True)
class Asked:
    """A portfolio with its answers."""

    portfolio: Portfolio
    overview: Overview

    def questions(self, position: str = "") -> list[Question]:
        """Return the five questions about a position, by default the first."""
        asked = self.portfolio.positions[position or next(iter(self.portfolio.positions))]
        exposed, out = self.overview.exposed, self.overview.out
        return list(five_questions(self.portfolio, asked, exposed, out, Labels(), full_catalogue()))

    def panel(self, node: str) -> NodePanel:
        """Return the panel of a node."""
        exposed = self.overview.exposed
        graph = dependencies(self.portfolio, exposed)
        panel = node_panel(node, self.portfolio, exposed, graph, Labels(), catalogue(), TODAY)
        assert panel is not None
        return panel


def ask(portfolio: Portfolio) -> Asked:
    """Return all answers about a portfolio."""
    return Asked(portfolio, overview(portfolio, portfolio.as_of))
