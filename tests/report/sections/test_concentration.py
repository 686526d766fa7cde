"""Concentration on paper: the same numbers and words as on the page, folded to what a sheet holds."""

import pytest

from desktop_app.domain.limits import LimitKind, limit_of
from desktop_app.report.blocks import FigureBlock, Paragraph, Section, Table
from desktop_app.report.choices import SHEETS
from desktop_app.report.sections.concentration import concentration_section
from desktop_app.report.sentences import plain
from tests.builders import drawn
from tests.report.holdings import Asked, ask, open_example, spoken
from tests.report.sections.subjects import drawn_words, figures, notes, subject

WIDTH = SHEETS["a4"].body_width


def section(asked: Asked, most_rows: int = 60) -> Section:
    return concentration_section(subject(asked.portfolio, most_rows=most_rows))


def tables(found: Section) -> list[list[str]]:
    return [[spoken(run.text) for run in row] for b in found.blocks if isinstance(b, Table) for row in b.rows]


def test_every_dimension_is_measured_and_every_single_point_named() -> None:
    rows = tables(section(ask(open_example())))
    assert ["Operator", "Operator O (all roles)", "70 %", "2", "1.9", "0.52", "93 %", "1.25"] in rows
    assert ["Operator O (all roles)", "operator", "none", "0 of 2", "70 %"] in rows


@pytest.mark.parametrize("count", [1, 45])
def test_figures_are_never_wider_than_the_sheet_and_split_over_rows(count: int) -> None:
    lines = [f"p{i}: 10 -> X{i} -> operator:{i} -> service:{i}" for i in range(count)]
    found = figures(section(ask(drawn(*lines))))
    assert all(figure.width <= WIDTH for figure in found)
    assert len(found) == 1 + -(-count // 20)


def test_a_long_portfolio_is_folded() -> None:
    asked = ask(drawn(*(f"p{i}: 10 -> X" for i in range(100))))
    rows = [t.id for b in section(asked, 30).blocks if isinstance(b, FigureBlock) for t in b.figure.targets]
    assert sum(target.startswith("row") for target in rows) == 30


def test_without_a_price_only_the_matrix_is_printed() -> None:
    found = section(ask(drawn("a: 3 ETH -> X")))
    assert not tables(found)
    first = found.blocks[0]
    assert isinstance(first, Paragraph)
    assert plain(first.text) == "Without a price no share is known."
    assert sum(isinstance(block, FigureBlock) for block in found.blocks) == 1


def test_limits_are_drawn_on_the_bars() -> None:
    limit = limit_of(LimitKind.LARGEST_SHARE, "operator", 0.3)
    found = section(ask(open_example().with_limits(limit)))
    assert any("limit 30 %" in drawn_words(figure) for figure in figures(found))
    assert "above your limit of 30 %" in notes(found)[0]
