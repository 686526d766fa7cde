import ctypes
import os
import stat
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from PySide6.QtGui import QImage

from desktop_app import __version__
from desktop_app.errors import UserError
from desktop_app.report.blocks import FigureBlock, Report, Section
from desktop_app.report.choices import SHEETS, Choices, Sheet
from desktop_app.report.html import to_html
from desktop_app.report.pdf_update import Bookmark, updated
from desktop_app.ui.printing import (
    page_image,
    page_layout,
    sheet_of,
    write_pdf,
)
from desktop_app.ui.sheets import Sheets
from tests.report.hostile import NAMES, STRANGE, summary_of
from tests.report.sheets import a_figure, a_report, a_table

pytestmark = pytest.mark.usefixtures("qapp")


def printed(tmp_path: Path, report: Report) -> PdfReader:
    path = tmp_path / "sheet.pdf"
    pages = write_pdf(report, path)
    reader = PdfReader(path, strict=True)
    assert len(reader.pages) == pages
    return reader


def words(reader: PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_sentences_tables_and_figures_are_text_that_can_be_selected(tmp_path: Path) -> None:
    (page,) = words(printed(tmp_path, a_report()))
    assert "Exposure summary Marlow, as of today" in page
    assert "USD 412,284 in 12 positions, one without a price" in page
    assert "Position USD" in page
    assert "EigenLayer" in page


def test_figures_are_vectors_and_no_image_is_in_the_file(tmp_path: Path) -> None:
    reader = printed(tmp_path, a_report())
    assert [image.name for page in reader.pages for image in page.images] == []


def test_every_page_says_program_file_and_page_of_pages(tmp_path: Path) -> None:
    pages = words(printed(tmp_path, a_report(a_table(120))))
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert "Made with Stakeout from Marlow.stakeout. No advice." in page
        assert f"page {number} of {len(pages)}" in page


def test_table_heads_repeat_on_every_page(tmp_path: Path) -> None:
    pages = words(printed(tmp_path, a_report(a_table(120))))
    assert [page.count("Position USD") for page in pages] == [1] * len(pages)


def test_bookmarks_lead_to_each_heading(tmp_path: Path) -> None:
    halves = [Section(name, (a_table(3),), half=True) for name in ("Year", "Limits")]
    report = a_report(a_table(120))
    report = replace(report, sections=(*report.sections, *halves, Section("محفظة 😀 (a)", (a_table(2),))))
    reader = printed(tmp_path, report)
    marks = [mark for mark in reader.outline if not isinstance(mark, list)]
    assert [mark.title for mark in marks] == [
        *("Exposure summary", "Positions", "Year", "Limits", "محفظة 😀 (a)")
    ]
    tops = {}
    for mark in marks[:4]:
        number = reader.get_destination_page_number(mark)
        assert number is not None
        assert str(mark.title) in words(reader)[number]
        tops[mark.title] = (number, mark.top)
    assert tops["Year"] == tops["Limits"]
    assert tops["Positions"][0] == 0 < tops["Year"][0]


def test_a_report_without_sections_is_still_a_whole_pdf(tmp_path: Path) -> None:
    write_pdf(replace(a_report(), sections=()), tmp_path / "a.pdf")
    (mark,) = PdfReader(tmp_path / "a.pdf", strict=True).outline
    assert not isinstance(mark, list)
    assert mark.title == "Exposure summary"


def test_the_file_says_what_it_is_and_who_made_it(tmp_path: Path) -> None:
    reader = printed(tmp_path, a_report(title="For\x07 Ada"))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.creator) == (
        "For Ada, Marlow, as of today",
        f"Stakeout {__version__}",
    )
    root = reader.trailer["/Root"]
    assert isinstance(root, DictionaryObject)
    assert str(root["/Lang"]) == "en"
    assert "/DisplayDocTitle" in str(root["/ViewerPreferences"])


@pytest.mark.parametrize("broken", [b"", b"%PDF-1.4\n", b"trailer\n<<\n/Root 1 0 R\n>>\nstartxref\n0\n%%EOF"])
def test_bookmarks_for_what_is_no_pdf_of_qt_are_refused(broken: bytes) -> None:
    with pytest.raises(ValueError, match="The PDF"):
        updated(broken, [Bookmark("A", 0, 1.0)])


def test_blanks_between_words_are_blanks_to_whoever_searches_or_copies(tmp_path: Path) -> None:
    text = printed(tmp_path, a_report(a_table(2))).pages[0].extract_text()
    assert "Exposure summary" in text
    assert "Position 1" in text
    assert "\t" not in text


def test_no_row_is_lost_or_printed_twice_at_a_page_break(tmp_path: Path) -> None:
    text = " ".join(words(printed(tmp_path, a_report(a_table(120)))))
    assert [text.count(f"Position {n} {n},000") for n in range(120)] == [1] * 120


def test_a_figure_that_does_not_fit_moves_to_the_next_page_whole(tmp_path: Path) -> None:
    blocks = [FigureBlock(a_figure(f"Figure-{n}", height=400)) for n in range(5)]
    pages = words(printed(tmp_path, a_report(*blocks)))
    assert [[n for n in range(5) if f"Figure-{n}" in page] for page in pages] == [[0, 1], [2, 3], [4]]


def test_a_heading_is_never_the_last_thing_on_a_page(tmp_path: Path) -> None:
    for rows in range(34, 42):
        report = a_report(a_table(rows))
        after = Section("Largest dependencies", (FigureBlock(a_figure("Whole")),))
        pages = words(printed(tmp_path, replace(report, sections=(*report.sections, after))))
        (page,) = [page for page in pages if "Largest dependencies" in page]
        assert "Whole" in page


@pytest.mark.parametrize("kind", NAMES)
def test_names_are_printed_as_they_are_and_never_act(tmp_path: Path, kind: str) -> None:
    reader = printed(tmp_path, summary_of(NAMES[kind]))
    name = " ".join(NAMES[kind].replace("\ufffc", "").split())
    assert " ".join(words(reader)).count(name) >= 4
    assert_lifeless(reader)


@pytest.mark.parametrize("kind", STRANGE)
def test_strange_names_are_printed_and_break_nothing(tmp_path: Path, kind: str) -> None:
    reader = printed(tmp_path, summary_of(STRANGE[kind]))
    text = "".join("".join(words(reader)).split())
    assert len(reader.pages) < 20
    assert "Method" in text
    if kind != "emoji":  # whose glyphs have no letters in the file
        assert not {sign for sign in text if ord(sign) < 32} | ({"\u202e", "\u2066"} & set(text))
    assert_lifeless(reader)


@pytest.mark.parametrize("name", ["محفظة", "漢字", "é"])
def test_letters_of_other_scripts_can_be_found_in_the_file(tmp_path: Path, name: str) -> None:
    text = " ".join(words(printed(tmp_path, summary_of(name))))
    assert set(name) <= set(unicodedata.normalize("NFKC", text))


def assert_lifeless(reader: PdfReader) -> None:
    """Assert that a file has no links, actions, forms, scripts or files in it."""
    root = reader.trailer["/Root"]
    assert isinstance(root, DictionaryObject)
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root)
    assert not {"/JavaScript", "/EmbeddedFiles"} & set(root.get("/Names", {}))
    assert not any(page.annotations or "/AA" in page for page in reader.pages)


@contextmanager
def nobody_opens(path: Path) -> Iterator[None]:
    """Fail where a file is opened meanwhile, by Python or by Qt: the kernel tells (inotify)."""
    libc = ctypes.CDLL(None, use_errno=True)
    watch = libc.inotify_init1(os.O_NONBLOCK)
    assert libc.inotify_add_watch(watch, bytes(path), OPENED) >= 0
    try:
        yield
        with pytest.raises(BlockingIOError):
            os.read(watch, 4096)
    finally:
        os.close(watch)


OPENED = 0x20
"""IN_OPEN of inotify(7)."""


@pytest.mark.parametrize(
    "form", ["{0}", "file://{0}", '<img src="file://{0}">', "url(file://{0})", "![]({0})"]
)
def test_nothing_named_in_the_data_is_opened(tmp_path: Path, form: str) -> None:
    picture = tmp_path / "secret.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    with nobody_opens(picture):
        report = summary_of(form.format(picture))
        reader = printed(tmp_path, report)
        page_image(Sheets(report), 0, 300)
        to_html(report)
    assert [image.name for page in reader.pages for image in page.images] == []


def test_the_watch_on_a_file_sees_that_qt_opens_it(tmp_path: Path) -> None:
    picture = tmp_path / "secret.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"), nobody_opens(picture):
        QImage(str(picture))


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    write_pdf(a_report(), tmp_path / "a.pdf")
    assert stat.S_IMODE((tmp_path / "a.pdf").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_target_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"“a\.pdf” could not be written"):
        write_pdf(a_report(), tmp_path / "gone" / "a.pdf")


def test_paper_and_orientation_are_those_asked_for(tmp_path: Path) -> None:
    across = Choices(paper="letter", landscape=True).sheet
    write_pdf(replace(a_report(), sheet=across), tmp_path / "a.pdf")
    box = PdfReader(tmp_path / "a.pdf").pages[0].mediabox
    assert (round(box.width), round(box.height)) == (792, 612)
    write_pdf(a_report(), tmp_path / "b.pdf")
    box = PdfReader(tmp_path / "b.pdf").pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


@pytest.mark.parametrize("across", [False, True])
def test_a_sheet_is_the_same_for_qt_and_back(across: bool) -> None:
    for paper in SHEETS.values():
        sheet = Sheet(paper.height, paper.width) if across else paper
        back = sheet_of(page_layout(sheet), 20)
        assert back.margin == 20
        assert (back.width, back.height) == pytest.approx((sheet.width, sheet.height), abs=0.5)


def test_a_page_is_a_picture_as_high_as_wanted_in_the_pixels_of_the_screen() -> None:
    image = page_image(Sheets(a_report()), 0, 400, 2.0)
    assert (image.height(), image.devicePixelRatio()) == (800, 2.0)
    dark = sum(image.pixelColor(x, 150).lightness() < 128 for x in range(image.width()))
    assert image.pixelColor(2, 2).name() == "#ffffff"
    assert dark < image.width() / 2


def test_in_grey_every_dot_is_grey() -> None:
    image = page_image(Sheets(a_report(), grey=True), 0, 300)
    dots = [image.pixelColor(x, y) for x in range(image.width()) for y in range(300)]
    assert len({dot.name() for dot in dots}) > 2
    assert all(dot.red() == dot.green() == dot.blue() for dot in dots)


def test_a_report_is_written_without_a_display(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from desktop_app.ui.printing import write_pdf; "
        "from tests.report.sheets import a_report; print(write_pdf(a_report(), Path('a.pdf')))"
    )
    hidden = {"DISPLAY", "WAYLAND_DISPLAY"}
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    environment["QT_QPA_PLATFORM"] = "xcb"  # would need the display that is not there
    root = str(Path(__file__).parents[2])
    environment["PYTHONPATH"] = root
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")
    assert "USD 412,284" in " ".join(words(PdfReader(tmp_path / "a.pdf")))
