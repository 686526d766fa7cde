"""Names that a figure cuts stand in full under it."""

from dataclasses import replace

from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Figure, Text
from desktop_app.report.blocks import FigureBlock, Paragraph, Section, Strip
from desktop_app.report.choices import Choices
from desktop_app.report.content import summary
from desktop_app.report.sections.whole_names import LONGEST, MOST_NAMES, with_whole_names
from desktop_app.shipped import catalogue
from tests.builders import drawn
from tests.report.sections.subjects import notes, subject

LONG = "A wallet with a name that nobody would want to read twice, number "


def names(*whole: str) -> Figure:
    return Figure(100, 20, tuple(Text(0, 10, f"{name[:9]}…", tooltip=name) for name in whole))


def test_names_that_were_cut_stand_once_under_their_figure() -> None:
    figures = Strip(names(), (names("Lido on Ethereum"), names("Kelp on Ethereum")), names())
    section = with_whole_names(
        Section("A", (figures, FigureBlock(names("Lido on Ethereum", "Lido on Ethereum"))))
    )
    assert notes(section) == ["In full: Lido on Ethereum; Kelp on Ethereum.", "In full: Lido on Ethereum."]
    assert [isinstance(block, Paragraph) for block in section.blocks] == [False, True, False, True]


def test_where_nothing_is_cut_nothing_is_told() -> None:
    figure = Figure(100, 20, (Text(0, 10, "Lido", tooltip="Lido"), Text(0, 10, "and so on …")))
    section = Section("A", (FigureBlock(figure),))
    assert with_whole_names(section) == section


def test_the_note_stays_readable_whatever_the_names() -> None:
    many = with_whole_names(Section("A", (FigureBlock(names(*(f"{LONG}{n}" for n in range(200)))),)))
    assert f"{200 - MOST_NAMES + 1} more." in notes(many)[0]
    (endless,) = notes(with_whole_names(Section("A", (FigureBlock(names("x" * 10_000)),))))
    assert len(endless) < LONGEST + 20


def test_a_report_tells_every_name_of_its_figures_in_full() -> None:
    portfolio = drawn("me: 1000 -> X")
    held = [replace(p, name=LONG + "one") for p in portfolio.positions.values()]
    asked = subject(portfolio.with_positions(*held)).asked
    choices = Choices(sections=("withdrawals", "graph"))
    report = summary(asked, "me.stakeout", Labels(), catalogue(), choices)
    assert len(report.sections) == 2
    for section in report.sections:
        assert any(LONG + "one" in note for note in notes(section))
