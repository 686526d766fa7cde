"""The system's dialog sets the printer: its pages, order, copies, grey and file are obeyed."""

import re
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageRanges, QPageSize
from PySide6.QtPrintSupport import QPrinter

from desktop_app.errors import StoppedError, UserError
from desktop_app.report.blocks import Section
from desktop_app.ui.printing import page_layout, print_report, print_to_file, write_pdf
from tests.report.sheets import a_report, a_table

pytestmark = pytest.mark.usefixtures("qapp")


def words(path: Path) -> list[str]:
    """Return the words of each page."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(path, strict=True).pages]


def test_a_printer_gets_the_same_pages(tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(20, 20, 20, 20)
        )
    )
    report = a_report(a_table(120))
    assert len(print_report(report, printer)[1]) == write_pdf(report, tmp_path / "written.pdf")
    assert words(tmp_path / "printed.pdf") == words(tmp_path / "written.pdf")


def a_printer(path: Path) -> QPrinter:
    """Return a printer that prints the sheets of a report into a file."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(path))
    printer.setPageLayout(page_layout(a_report().sheet))
    return printer


def test_a_printer_prints_the_pages_chosen_in_the_order_chosen(tmp_path: Path) -> None:
    report = a_report(a_table(200))
    printer = a_printer(tmp_path / "part.pdf")
    printer.setPageRanges(QPageRanges.fromString("2-3"))
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    print_report(report, printer)
    pages = words(tmp_path / "part.pdf")
    write_pdf(report, tmp_path / "whole.pdf")
    whole = words(tmp_path / "whole.pdf")
    assert pages == [whole[2], whole[1]]
    for together, order in ((True, [2, 1, 2, 1]), (False, [2, 2, 1, 1])):
        printer.setCopyCount(2)
        printer.setCollateCopies(together)
        print_report(report, printer)
        assert words(tmp_path / "part.pdf") == [whole[number] for number in order]


def test_pages_that_are_not_there_are_told_and_nothing_is_printed(tmp_path: Path) -> None:
    printer = a_printer(tmp_path / "a.pdf")
    printer.setPageRanges(QPageRanges.fromString("7-9"))
    with pytest.raises(UserError, match="The report has one page"):
        print_report(a_report(), printer)
    assert list(tmp_path.iterdir()) == []


def test_a_printer_set_to_grey_gets_a_grey_report(tmp_path: Path) -> None:
    printer = a_printer(tmp_path / "grey.pdf")
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    print_report(a_report(), printer)
    write_pdf(a_report(), tmp_path / "like.pdf", grey=True)
    write_pdf(a_report(), tmp_path / "colour.pdf")
    drawn, like, colour = (inks(tmp_path / f"{name}.pdf") for name in ("grey", "like", "colour"))
    assert {len(ink) for ink in drawn} == {1}
    assert all(len(set(ink)) == 1 for ink in like)
    assert {ink[0] for ink in drawn} == {ink[0] for ink in like}
    assert any(len(set(ink)) > 1 for ink in colour)


def inks(path: Path) -> set[tuple[float, ...]]:
    """Return the colours that the first page is drawn in."""
    content = PdfReader(path).pages[0].get_contents()
    assert content is not None
    found = re.findall(rb"((?:[0-9.]+ )+)(?:sc|rg|scn|g)\b", content.get_data())
    return {tuple(round(float(part), 3) for part in ink.split()) for ink in found}


def test_printing_into_a_file_replaces_it_whole_and_no_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"precious")
    (tmp_path / "a.pdf").symlink_to(tmp_path / "precious")
    assert print_to_file(a_report(), a_printer(tmp_path / "a.pdf"), tmp_path / "a.pdf") == 1
    assert (tmp_path / "precious").read_bytes() == b"precious"
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert stat.S_IMODE((tmp_path / "a.pdf").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "precious"]


def test_some_pages_in_a_file_have_their_own_bookmarks(tmp_path: Path) -> None:
    report = a_report(a_table(200))
    report = replace(report, sections=(*report.sections, Section("Then", (a_table(2),))))
    for pages, titles in (
        ("2-9", [("Then", 3)]),
        ("2", []),
        ("1", [("Exposure summary", 0), ("Positions", 0)]),
    ):
        printer = a_printer(tmp_path / "a.pdf")
        printer.setPageRanges(QPageRanges.fromString(pages))
        printed_pages = print_to_file(report, printer, tmp_path / "a.pdf")
        reader = PdfReader(tmp_path / "a.pdf", strict=True)
        assert len(reader.pages) == printed_pages
        assert reader.metadata is not None
        assert reader.metadata.title == "Exposure summary, Marlow, as of today"
        marks = [mark for mark in reader.outline if not isinstance(mark, list)]
        assert [(mark.title, reader.get_destination_page_number(mark)) for mark in marks] == titles


def test_what_is_stopped_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    heard: list[str] = []

    def stop(words: str) -> None:
        heard.append(words)
        if words.startswith("page 2"):
            raise StoppedError("Stopped.")

    report = a_report(a_table(200))
    with pytest.raises(StoppedError):
        write_pdf(report, tmp_path / "a.pdf", progress=stop)
    with pytest.raises(StoppedError):
        print_to_file(report, a_printer(tmp_path / "a.pdf"), tmp_path / "a.pdf", progress=stop)
    assert heard == ["page 1 of 5", "page 2 of 5"] * 2
    assert (tmp_path / "a.pdf").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
