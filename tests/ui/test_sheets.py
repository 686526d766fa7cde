"""What stands where on paper: nothing is torn, nothing stands alone, nothing leaves the margins."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtGui import QImage, QPainter

from desktop_app.figures.labels import Labels
from desktop_app.report.answers import Asked
from desktop_app.report.blocks import Column, FigureBlock, Paragraph, Report, Section, Strip, Table
from desktop_app.report.choices import MARGIN, Choices, Paper, Sheet
from desktop_app.report.content import summary
from desktop_app.report.sentences import Run, sentence
from desktop_app.shipped import catalogue
from desktop_app.ui.printing import page_image
from desktop_app.ui.sheets import Sheets
from tests.benchmarks.generate import layered_portfolio
from tests.report.holdings import TODAY
from tests.report.sheets import a_figure, a_report, a_table
from tests.ui.pdf_words import Word, pages_with, printed

pytestmark = pytest.mark.usefixtures("qapp")

POINTS = 72 / 25.4
HEADING = 9.75
"""Points of a heading."""


@cache
def summary_of(count: int, choices: Choices) -> tuple[Report, list[list[Word]]]:
    """Return the summary of so many positions and the words of its pages."""
    asked = Asked(layered_portfolio(count), "all", TODAY)
    report = summary(asked, "Marlow.stakeout", Labels(), catalogue(), choices)
    with TemporaryDirectory() as folder:
        return report, printed(Path(folder), report)


def wrapped(rows: int) -> Table:
    """Return a table whose cells need several lines, each with a word of its own."""
    columns = (Column("Name"), Column("Meaning"), Column("USD", "right"))
    lines = tuple(
        (
            Run(f"first{n} " + "name " * 9),
            Run(f"second{n} " + "meaning " * 30 + f"third{n}"),
            Run(f"{n},000"),
        )
        for n in range(rows)
    )
    return Table(columns, lines)


def sections(*found: Section) -> Report:
    return replace(a_report(), sections=found)


SUMMARIES = [
    (1, Choices()),
    (12, Choices(paper="letter")),
    (12, Choices(landscape=True)),
    (200, Choices()),
    (12, Choices(margin=10)),
    (12, Choices(paper="letter", landscape=True, margin=25)),
]


@pytest.mark.parametrize(("count", "choices"), SUMMARIES)
def test_words_stay_between_the_margins(count: int, choices: Choices) -> None:
    report, pages = summary_of(count, choices)
    sheet, margin = report.sheet, choices.margin
    for words in pages:
        bottom = (sheet.height - margin) * POINTS
        assert min(word.x for word in words) >= margin * POINTS - 0.5
        assert max(word.x for word in words) <= (sheet.width - margin) * POINTS
        assert min(word.y for word in words) >= margin * POINTS
        foot = {round(word.y, 3) for word in words if word.y > bottom}
        assert len(foot) == 1
        assert bottom + margin / 7 * POINTS < foot.pop() < bottom + margin / 2 * POINTS


@pytest.mark.parametrize(("count", "choices"), SUMMARIES)
def test_every_heading_has_something_under_it_on_its_page(count: int, choices: Choices) -> None:
    report, pages = summary_of(count, choices)
    for section in report.sections:
        if section.heading:
            ((words, heading),) = [
                (words, word)
                for words in pages
                for word in words
                if word.text == section.heading and word.size > HEADING - 0.5
            ]
            foot = max(word.y for word in words)
            alone = len(section.blocks) == 1 and isinstance(section.blocks[0], FigureBlock | Paragraph)
            below = {round(w.y) for w in words if heading.y + 8 < w.y < foot}
            assert len(below) >= (1 if alone else 2)


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("count", [1, 12, 200])
def test_one_page_says_it_all_however_many_positions_there_are(count: int, paper: Paper) -> None:
    _, pages = summary_of(count, Choices(sections=("summary", "glance"), paper=paper))
    assert len(pages) == 1


def test_words_of_one_row_stand_on_one_page_whatever_they_need(tmp_path: Path) -> None:
    for rows in (10, 17, 40):
        pages = printed(tmp_path, sections(Section("Method", (wrapped(rows),))))
        assert len(pages) > 1 or rows == 10
        for n in range(rows):
            places = [pages_with(pages, f"{word}{n} ") for word in ("first", "second")]
            places.append(
                [p for p, words in enumerate(pages) if any(w.text.endswith(f"third{n}") for w in words)]
            )
            assert len({tuple(place) for place in places}) == 1
            assert len(places[0]) == 1


@pytest.mark.parametrize("rows", range(30, 46))
def test_a_heading_takes_the_head_and_two_rows_with_it(tmp_path: Path, rows: int) -> None:
    after = Section("Then", (a_table(5, "After"),))
    pages = printed(tmp_path, sections(Section("First", (a_table(rows, "Before"),)), after))
    (heading,) = pages_with(pages, "Then")
    assert [pages_with(pages, f"After {n}") for n in (0, 1)] == [[heading], [heading]]


@pytest.mark.parametrize("rows", range(40, 48))
def test_sums_stand_under_two_rows_at_least(tmp_path: Path, rows: int) -> None:
    pages = printed(tmp_path, sections(Section("First", (a_table(rows, "Row"),))))
    (total,) = pages_with(pages, f"{rows} positions")
    assert [pages_with(pages, f"Row {n}") for n in (rows - 2, rows - 1)] == [[total], [total]]


def test_a_strip_repeats_its_head_and_tears_no_slice(tmp_path: Path) -> None:
    slices = tuple(a_figure(f"Slice-{n}.", width=600, height=60) for n in range(40))
    strip = Strip(a_figure("Head", 600, 30), slices, a_figure("Foot", 600, 20))
    pages = printed(tmp_path, sections(Section("Way out", (strip,))))
    assert len(pages) > 2
    assert pages_with(pages, "Head") == list(range(len(pages)))
    assert [len(pages_with(pages, f"Slice-{n}.")) for n in range(40)] == [1] * 40
    assert pages_with(pages, "Foot") == [len(pages) - 1]


@pytest.mark.parametrize("count", range(26, 36))
def test_the_foot_of_a_strip_stands_under_two_slices_at_least(tmp_path: Path, count: int) -> None:
    slices = tuple(a_figure(f"Slice-{n}.", width=600, height=60) for n in range(count))
    strip = Strip(a_figure("Head", 600, 30), slices, a_figure("Foot", 600, 20))
    pages = printed(tmp_path, sections(Section("Way out", (strip,))))
    (foot,) = pages_with(pages, "Foot")
    assert [pages_with(pages, f"Slice-{n}.") for n in (count - 2, count - 1)] == [[foot], [foot]]


def test_a_whole_section_moves_to_a_page_that_can_hold_it(tmp_path: Path) -> None:
    names = ("One", "Two", "Three", "Four")
    blocks = tuple(FigureBlock(a_figure(name, height=120)) for name in names)
    before = Section("Before", (a_table(25),))
    for whole, expected in ((False, [0, 0, 1, 1]), (True, [1, 1, 1, 1])):
        pages = printed(tmp_path, sections(before, Section("All", blocks, whole=whole)))
        assert [pages_with(pages, name)[0] for name in names] == expected


@pytest.mark.parametrize("rows", range(28, 45))
def test_a_short_table_is_not_torn_and_keeps_its_note(tmp_path: Path, rows: int) -> None:
    note = Paragraph(sentence("This is about the table."), note=True)
    after = Section("Then", (a_table(12, "After"), note))
    pages = printed(tmp_path, sections(Section("First", (a_table(rows, "Before"),)), after))
    (heading,) = pages_with(pages, "Then")
    assert [pages_with(pages, f"After {n}") for n in range(12)] == [[heading]] * 12
    assert pages_with(pages, "This is about the table") == [heading]


@pytest.mark.parametrize("rows", range(36, 48))
def test_a_note_never_stands_without_rows_above_it(tmp_path: Path, rows: int) -> None:
    note = Paragraph(sentence("140 more in the CSV."), note=True)
    pages = printed(tmp_path, sections(Section("First", (a_table(rows, "Row"), note))))
    (noted,) = pages_with(pages, "140 more")
    assert pages_with(pages, f"Row {rows - 1}") == [noted]


def test_half_sections_stand_side_by_side_where_both_are_chosen(tmp_path: Path) -> None:
    halves = [Section(name, (a_table(3, name),), half=True) for name in ("Year", "Limits")]
    (page,) = printed(tmp_path, sections(*halves))
    left, right = (next(word for word in page if word.text == name) for name in ("Year", "Limits"))
    assert left.y == pytest.approx(right.y)
    assert right.x > left.x + 200
    (alone,) = printed(tmp_path, sections(halves[1], Section("Other", (a_table(2),))))
    assert next(word for word in alone if word.text == "Limits").x == pytest.approx(MARGIN * POINTS, abs=1)


def test_half_sections_that_no_page_could_hold_so_stand_one_under_the_other(tmp_path: Path) -> None:
    halves = [Section(name, (a_table(90, name),), half=True) for name in ("Year", "Limits")]
    pages = printed(tmp_path, sections(*halves))
    assert pages_with(pages, "Limits")[0] >= 1
    assert len(pages) > 3


def test_rows_that_belong_together_say_their_name_once_a_page(tmp_path: Path) -> None:
    rows = tuple((Run("Lido"), Run(f"fact {n}")) for n in range(90))
    table = Table((Column("About"), Column("Fact")), rows, grouped=True)
    pages = printed(tmp_path, sections(Section("Facts", (table,))))
    assert len(pages) > 1
    assert [sum(word.text == "Lido" for word in words) for words in pages] == [1] * len(pages)


def test_a_small_sheet_of_a_printer_holds_the_summary_too(tmp_path: Path) -> None:
    asked = Asked(layered_portfolio(12), "all", TODAY)
    chosen = Choices(sections=("summary", "positions", "layers", "dependencies", "withdrawals", "facts"))
    report = summary(asked, "Marlow.stakeout", Labels(), catalogue(), chosen, Sheet(148.0, 210.0))
    for words in printed(tmp_path, report):
        assert min(word.x for word in words) >= MARGIN * POINTS - 0.5
        assert max(word.x for word in words) <= (148 - MARGIN) * POINTS


def test_a_long_paragraph_goes_on_on_the_next_page(tmp_path: Path) -> None:
    said = " ".join(f"word{n}" for n in range(2500))
    pages = printed(tmp_path, sections(Section("Note", (Paragraph(sentence(said)),))))
    assert len(pages) > 1
    text = " ".join(word.text for words in pages for word in words)
    assert [text.count(f"word{n} ") for n in (0, 1249, 2498)] == [1, 1, 1]


def test_words_before_a_figure_stay_with_it(tmp_path: Path) -> None:
    blocks = (Paragraph(sentence("This is what follows.")), FigureBlock(a_figure("Whole", height=500)))
    for rows in (20, 24, 28):
        pages = printed(
            tmp_path, sections(Section("A", (a_table(rows),)), Section("", (a_table(3, "x"), *blocks)))
        )
        assert pages_with(pages, "This is what follows") == pages_with(pages, "Whole")


def test_a_figure_higher_than_a_page_is_made_smaller(tmp_path: Path) -> None:
    pages = printed(tmp_path, sections(Section("High", (FigureBlock(a_figure("Top", height=5000)),))))
    assert pages_with(pages, "High") == pages_with(pages, "Top")


def test_a_figure_is_not_bold_because_its_heading_is(tmp_path: Path) -> None:
    def widths(note: str) -> float:
        section = Section("Heading", (FigureBlock(a_figure("Operator 98")),), note)
        image = page_image(Sheets(sections(section)), 0, 1200)
        return sum(image.pixelColor(x, y).lightness() for x in range(200, 700) for y in range(100, 400))

    assert widths("") == pytest.approx(widths(" "), rel=1e-4)


def test_a_cell_that_would_need_a_page_is_cut_and_says_so(tmp_path: Path) -> None:
    table = Table((Column("Name"), Column("USD", "right")), ((Run("long " * 2000), Run("1")),))
    (page,) = printed(tmp_path, sections(Section("Positions", (table,))))
    assert any(word.text.endswith("…") for word in page)


def test_two_may_draw_pages_of_one_report(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    sheets = Sheets(a_report(a_table(200)))

    def drawn(number: int) -> bytes:
        image = QImage(300, 424, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        painter.scale(300 / sheets.width, 300 / sheets.width)
        sheets.draw(painter, number)
        painter.end()
        return bytes(image.constBits())

    alone = [drawn(number) for number in range(sheets.count)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(drawn, list(range(sheets.count)) * 4)) == alone * 4
