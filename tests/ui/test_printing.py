import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QTextCharFormat, QTextDocument, QTextFormat
from PySide6.QtPrintSupport import QPrinter

from desktop_app.errors import UserError
from desktop_app.report.blocks import FigureBlock, Paragraph, Report
from desktop_app.report.sentences import sentence
from desktop_app.ui.printing import FigureObject, print_report, write_pdf
from tests.report.sheets import a_figure, a_report, a_table

pytestmark = pytest.mark.usefixtures("qapp")


def printed(tmp_path: Path, report: Report) -> PdfReader:
    path = tmp_path / "sheet.pdf"
    pages = write_pdf(report, path)
    reader = PdfReader(path)
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


def test_no_row_is_lost_or_printed_twice_at_a_page_break(tmp_path: Path) -> None:
    text = " ".join(words(printed(tmp_path, a_report(a_table(120)))))
    assert [text.count(f"Position {n} {n},000") for n in range(120)] == [1] * 120


def test_a_figure_that_does_not_fit_moves_to_the_next_page_whole(tmp_path: Path) -> None:
    blocks = [FigureBlock(a_figure(f"Figure-{n}", height=400)) for n in range(5)]
    pages = words(printed(tmp_path, a_report(*blocks)))
    assert [[n for n in range(5) if f"Figure-{n}" in page] for page in pages] == [[0, 1], [2, 3], [4]]


def test_a_figure_wider_than_the_sheet_is_made_smaller() -> None:
    figures = FigureObject(a_report(FigureBlock(a_figure(width=2000, height=100))), 1.0, 680, grey=False)
    shape = QTextCharFormat()
    shape.setProperty(int(QTextFormat.Property.UserProperty) + 1, 0)
    assert figures.intrinsicSize(QTextDocument(), 0, shape) == QSizeF(680, 34)


def test_a_heading_is_never_the_last_thing_on_a_page(tmp_path: Path) -> None:
    from dataclasses import replace

    from desktop_app.report.blocks import Section

    for rows in range(34, 42):
        report = a_report(a_table(rows))
        after = Section("Largest dependencies", (FigureBlock(a_figure("Whole")),))
        pages = words(printed(tmp_path, replace(report, sections=(*report.sections, after))))
        (page,) = [page for page in pages if "Largest dependencies" in page]
        assert "Whole" in page


@pytest.mark.parametrize(
    "name", ['<img src="file:///etc/passwd">', "{{7*7}}", "<b>bold</b>", "&lt;", "x" * 40]
)
def test_names_are_printed_as_they_are(tmp_path: Path, name: str) -> None:
    from dataclasses import replace

    report = a_report(a_table(1, name), Paragraph(sentence(name)), FigureBlock(a_figure(name)), subtitle=name)
    (page,) = words(printed(tmp_path, replace(report, foot=name)))
    assert page.count(name) >= 4


def test_nothing_named_in_the_data_is_opened(tmp_path: Path) -> None:
    opened: list[str] = []

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and watching:
            opened.append(str(arguments[0]))

    watching = True
    sys.addaudithook(watch)
    picture = tmp_path / "secret.png"
    picture.write_bytes(b"not a picture")
    reader = printed(tmp_path, a_report(Paragraph(sentence(f'<img src="{picture}">'))))
    watching = False
    assert str(picture) not in opened[1:]
    assert f'<img src="{picture}">' in " ".join(words(reader))


def test_the_document_loads_no_resource_whatever_it_is_asked_for(tmp_path: Path) -> None:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QPdfWriter, QTextDocument

    from desktop_app.ui.printing import Sheet

    picture = tmp_path / "secret.png"
    picture.write_bytes(b"not a picture")
    sheet = Sheet(a_report(), QPdfWriter(str(tmp_path / "x.pdf")))
    kind = QTextDocument.ResourceType.ImageResource.value
    assert sheet.resource(kind, QUrl.fromLocalFile(str(picture))) is None


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    write_pdf(a_report(), tmp_path / "a.pdf")
    assert stat.S_IMODE((tmp_path / "a.pdf").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_target_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"“a\.pdf” could not be written"):
        write_pdf(a_report(), tmp_path / "gone" / "a.pdf")


def test_paper_and_orientation_are_those_asked_for(tmp_path: Path) -> None:
    write_pdf(a_report(), tmp_path / "a.pdf", "letter", landscape=True)
    box = PdfReader(tmp_path / "a.pdf").pages[0].mediabox
    assert (round(box.width), round(box.height)) == (792, 612)
    write_pdf(a_report(), tmp_path / "b.pdf")
    box = PdfReader(tmp_path / "b.pdf").pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


def test_a_printer_gets_the_same_pages(tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(20, 20, 20, 20)
        )
    )
    report = a_report(a_table(120))
    assert print_report(report, printer) == write_pdf(report, tmp_path / "written.pdf")
    assert words(PdfReader(tmp_path / "printed.pdf")) == words(PdfReader(tmp_path / "written.pdf"))


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
