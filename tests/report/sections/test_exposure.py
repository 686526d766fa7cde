"""Everything that a portfolio stands on, as a table."""

from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.report.sections.exposure import exposure_section
from tests.builders import drawn
from tests.report.holdings import open_example
from tests.report.sections.subjects import notes, rows, subject


def test_each_node_stands_once_with_its_value_and_how_many_stand_on_it_wholly() -> None:
    section = exposure_section(subject(drawn("me: 1000 -> X -> Y", "you: 500 -> X", "they: 500 -> Z")))
    assert section is not None
    assert rows(section) == [
        ["X", "protocol", "", "2 of 2", "1,500", "75.0 %"],
        ["Y", "protocol", "X", "2 of 2", "1,500", "75.0 %"],
        ["Z", "protocol", "they", "1 of 1", "500", "25.0 %"],
    ]


def test_it_says_what_the_answers_say() -> None:
    asked = subject(open_example())
    section = exposure_section(asked)
    assert section is not None
    exposure = asked.asked.answer()["exposure"]
    assert len(rows(section)) == len(exposure)
    whole = {len([p for p in node["by_position"].values() if p == 1]) for node in exposure.values()}
    assert {int(row[3].split(" of ")[0]) for row in rows(section)} == whole


def test_a_long_table_is_folded_and_hidden_amounts_leave_the_shares() -> None:
    portfolio = drawn(*(f"p{n}: 1000 -> N{n}" for n in range(70)))
    section = exposure_section(subject(portfolio))
    assert section is not None
    assert (len(rows(section)), notes(section)) == (60, ["10 more in the CSV."])
    hidden = exposure_section(subject(drawn("me: 1000 -> X"), Labels(hide_amounts=True)))
    assert hidden is not None
    assert rows(hidden) == [["X", "protocol", "me", "1 of 1", "•••", "100.0 %"]]


def test_nothing_to_stand_on_is_no_section() -> None:
    assert exposure_section(subject(Portfolio())) is None
