"""The three figures of the one page that says it all."""

from desktop_app.domain.portfolio import Portfolio
from desktop_app.report.sections.dependencies import dependencies_section
from desktop_app.report.sections.glance import glance_section
from desktop_app.report.sections.layers import layers_section
from desktop_app.report.sections.way_out import way_out_section
from tests.builders import drawn
from tests.report.holdings import open_example
from tests.report.sections.subjects import drawn_words, figures, notes, subject


def test_it_shows_the_very_figures_of_the_sections_they_are_of() -> None:
    asked = subject(open_example())
    glance = figures(glance_section(asked))
    assert glance[0] == figures(dependencies_section(asked))[0]
    assert glance[2] == figures(way_out_section(asked))[-1]
    assert glance[3] == figures(layers_section(asked))[0]
    assert "today" in drawn_words(glance[1])


def test_each_figure_is_introduced() -> None:
    said = notes(glance_section(subject(open_example())))
    assert [text.partition(".")[0] for text in said] == [
        *("What it stands on", "When it is out", "What it pays and may lose")
    ]
    assert said[1] == "When it is out. If everything were asked for on 1 January 2026."


def test_without_a_value_there_is_no_ladder() -> None:
    portfolio = drawn("me: ? -> X")
    assert "When it is out" not in " ".join(notes(glance_section(subject(portfolio))))
    assert notes(glance_section(subject(Portfolio())))
