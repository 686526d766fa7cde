"""The report page: what is chosen is shown, remembered, printed and saved."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.domain.interchange import dumps
from desktop_app.domain.portfolio import Portfolio
from desktop_app.report.sections.registry import SECTIONS, USUAL
from desktop_app.storage.store import Store
from desktop_app.ui.actions import PAGES
from desktop_app.ui.latest import asked_of
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.report import ReportPage
from desktop_app.ui.place import Place
from tests.benchmarks.generate import layered_portfolio
from tests.builders import drawn
from tests.drivers import button, choose, click, dialog, name_file, press, settle
from tests.ui.conftest import OpenWindow


def report_page(window: MainWindow, qtbot: QtBot) -> ReportPage:
    window.resize(1280, 720)
    window.go(Place("report"))
    settle(qtbot)
    settle(qtbot)
    assert isinstance(window.page, ReportPage)
    return window.page


@pytest.fixture
def page(sample_window: MainWindow, qtbot: QtBot) -> ReportPage:
    return report_page(sample_window, qtbot)


def tick(page: ReportPage, key: str, qtbot: QtBot, *, ticked: bool) -> None:
    row = [k for k, _ in page.sections.entries()].index(key)
    page.sections.item(row).setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    settle(qtbot)


def only(page: ReportPage, qtbot: QtBot, *keys: str) -> None:
    for named in SECTIONS:
        tick(page, named.key, qtbot, ticked=named.key in keys)


def printed(window: MainWindow, qtbot: QtBot, path: Path) -> str:
    choose(window, "save_pdf")
    name_file(qtbot, path)
    settle(qtbot)
    return " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(path).pages).split())


def test_the_report_is_the_last_page_of_the_rail() -> None:
    assert PAGES[8:] == (("report", "Report"),)


def test_ctrl_9_leads_to_it(sample_window: MainWindow) -> None:
    assert sample_window.actions_by_key["go_report"].shortcut().toString() == "Ctrl+9"


def test_its_real_pages_are_shown_with_their_number_and_how_long_they_took(page: ReportPage) -> None:
    assert page.answer is not None
    assert page.preview.count == page.answer.sheets.count > 1
    assert page.made.text().startswith(f"{page.preview.count} pages, made in ")


def test_only_the_pages_in_sight_have_pictures(page: ReportPage, qtbot: QtBot) -> None:
    seen = page.preview.visible_pages()
    assert 1 <= len(seen) < page.preview.count
    assert [page.preview.has_picture(n) for n in range(page.preview.count)] == [
        n in seen for n in range(page.preview.count)
    ]
    press(page.preview, Qt.Key.Key_End)
    settle(qtbot)
    assert page.preview.has_picture(page.preview.count - 1)


def test_usual_sections_are_ticked_at_first(page: ReportPage) -> None:
    assert tuple(key for key, ticked in page.sections.entries() if ticked) == USUAL


def test_a_section_that_is_not_ticked_is_not_printed(
    page: ReportPage, sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    only(page, qtbot, "summary", "method")
    text = printed(sample_window, qtbot, tmp_path / "a.pdf")
    assert "Method" in text
    assert "Largest dependencies" not in text
    assert page.made.text().startswith("One page, made in ")


def test_sections_are_moved_by_keys_and_stay_where_they_were_put(
    page: ReportPage, sample_window: MainWindow, qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    only(page, qtbot, "positions", "layers")
    page.sections.setCurrentRow([k for k, _ in page.sections.entries()].index("layers"))
    for _ in range(2):
        QTest.keyClick(page.sections, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settle(qtbot)
    text = printed(sample_window, qtbot, tmp_path / "a.pdf")
    assert text.index("Value and reward by layer") < text.index("Positions")
    again = report_page(open_window(None), qtbot)
    assert [key for key, ticked in again.sections.entries() if ticked] == ["layers", "positions"]


def test_a_dragged_section_counts_as_moved(page: ReportPage, qtbot: QtBot) -> None:
    moved: list[None] = []
    page.sections.changed.connect(lambda: moved.append(None))
    page.sections.model().moveRow(page.sections.rootIndex(), 0, page.sections.rootIndex(), 3)
    page.sections.changed.emit()
    settle(qtbot)
    assert page.choices.sections is not None
    assert page.choices.sections[0] == "positions"
    assert moved


def test_paper_title_and_grey_are_remembered(page: ReportPage, qtbot: QtBot, open_window: OpenWindow) -> None:
    page.paper.setCurrentText("Letter, across")
    page.margins.setCurrentText("20 mm")
    page.title_field.setText("For Ada")
    page.title_field.textEdited.emit("For Ada")
    page.title_field.editingFinished.emit()
    page.grey_box.setChecked(True)
    settle(qtbot)
    assert page.answer is not None
    assert page.answer.sheets.width > page.answer.sheets.height
    again = report_page(open_window(None), qtbot)
    assert again.choices == page.choices
    assert (again.choices.title, again.choices.paper, again.choices.landscape) == ("For Ada", "letter", True)
    assert again.choices.margin == 20


def test_amounts_can_be_hidden_on_paper_only(
    page: ReportPage, sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page.hide_box.setChecked(True)
    settle(qtbot)
    text = printed(sample_window, qtbot, tmp_path / "a.pdf")
    assert "•••" in text
    assert "168,753" not in text
    assert not sample_window.labels.hide_amounts


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF"), ("html", b"<!DOCTYPE"), ("json", b"{\n")])
def test_each_button_saves_its_file(
    page: ReportPage, sample_window: MainWindow, qtbot: QtBot, tmp_path: Path, kind: str, start: bytes
) -> None:
    click(button(page, f"{kind.upper()}…"))
    name_file(qtbot, tmp_path / "summary")
    settle(qtbot)
    assert (tmp_path / f"summary.{kind}").read_bytes().startswith(start)
    assert f"summary.{kind}" in sample_window.status.saved.text()


def test_tables_are_saved_as_a_folder_beside_what_was_chosen(
    page: ReportPage, sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    click(button(page, "CSV…"))
    asked = dialog(qtbot, QFileDialog)
    asked.fileSelected.emit(str(tmp_path))
    asked.reject()
    settle(qtbot)
    assert (tmp_path / "sample tables" / "positions.csv").read_text("utf-8").startswith('"id","name"')
    assert "sample tables" in sample_window.status.saved.text()


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_what_holds_every_digit_is_not_saved_while_amounts_are_hidden(
    page: ReportPage, sample_window: MainWindow, qtbot: QtBot, tmp_path: Path, kind: Literal["csv", "json"]
) -> None:
    page.hide_box.setChecked(True)
    settle(qtbot)
    sample_window.reports.write(kind, page.as_of, page.labels, tmp_path / "x")
    settle(qtbot)
    assert "amounts are hidden" in sample_window.banner.words.text()
    assert list(tmp_path.iterdir()) == []


def test_no_report_takes_the_place_of_a_portfolio(
    page: ReportPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    path = sample_window.document.path
    assert path is not None
    before = path.read_bytes()
    sample_window.reports.write("html", page.as_of, page.labels, path)
    settle(qtbot)
    assert "would replace it" in sample_window.banner.words.text()
    assert path.read_bytes() == before


def test_the_printer_starts_with_the_paper_chosen(
    page: ReportPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    page.paper.setCurrentText("Letter, across")
    settle(qtbot)
    click(button(page, "Print…"))
    asked = dialog(qtbot, QPrintDialog)
    layout = asked.printer().pageLayout()
    assert (layout.pageSize().name(), layout.orientation().name) == ("Letter / ANSI A", "Landscape")
    asked.hide()


def earlier_file(window: MainWindow, path: Path) -> Path:
    """Write what the portfolio would be without its ATOM."""
    held = window.document.portfolio
    path.write_text(dumps(replace(held.without_positions("ATOM"), as_of=date(2026, 10, 24))), "utf-8")
    return path


def test_the_report_is_compared_with_an_earlier_file(
    page: ReportPage, sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    earlier_file(sample_window, tmp_path / "old.json")
    only(page, qtbot, "changes")
    choose(sample_window, "compare_report")
    name_file(qtbot, tmp_path / "old.json")
    settle(qtbot)
    assert page.since_button.text() == "old.json…"
    assert page.since_note.text() == "As of 24\u00a0Oct\u00a02026"
    assert "One position came." in printed(sample_window, qtbot, tmp_path / "a.pdf")
    press(page.since_link, Qt.Key.Key_Return)
    settle(qtbot)
    assert page.since_button.text() == "An earlier file…"
    assert not page.since_link.isVisible()
    assert "Change since" not in printed(sample_window, qtbot, tmp_path / "b.pdf")


def test_an_earlier_portfolio_file_is_read_and_one_that_is_gone_is_said(
    page: ReportPage, sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    old = tmp_path / "old.stakeout"
    Store.create(old, replace(sample_window.document.portfolio, as_of=date(2026, 10, 24))).close()
    page.compare(old)
    settle(qtbot)
    assert page.since_note.text().startswith("As of 24")
    old.unlink()
    page.compare(old)
    settle(qtbot)
    assert page.since_note.text().startswith("There is no portfolio")
    assert page.preview.count > 1


def test_an_empty_portfolio_offers_ways_to_fill_it(empty_window: MainWindow, qtbot: QtBot) -> None:
    empty_window.go(Place("report"))
    settle(qtbot)
    assert empty_window.page.empty.isVisible()
    assert button(empty_window.page, "Import…").isEnabled()


def test_the_choices_are_of_use_while_the_first_pages_are_made(sample_window: MainWindow) -> None:
    sample_window.go(Place("report"))
    page = sample_window.page
    assert isinstance(page, ReportPage)
    assert page.sections.isVisible()
    assert page.made.text() == "Making the pages …"


def test_a_change_of_the_choices_works_nothing_out_again(page: ReportPage, qtbot: QtBot) -> None:
    asked = asked_of(page.portfolio, page.as_of)
    assert "overview" in vars(asked)
    tick(page, "method", qtbot, ticked=False)
    assert asked_of(page.portfolio, page.as_of) is asked


def test_amounts_hidden_in_the_whole_window_are_hidden_on_paper(
    page: ReportPage, sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(sample_window, "hide_amounts")
    settle(qtbot)
    assert not page.hide_box.isEnabled()
    assert "•••" in printed(sample_window, qtbot, tmp_path / "a.pdf")


def test_pages_are_shown_while_later_sections_are_made(
    page: ReportPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    shown: list[tuple[int, bool]] = []
    whole = page.answer
    page.preview.wanted.connect(lambda *_: shown.append((page.preview.count, page.answer is whole)))
    many = layered_portfolio(1000)
    sample_window.document.edit("Import 1,000 positions", many)
    qtbot.waitUntil(lambda: bool(shown), timeout=60_000)
    count, before = shown[0]
    assert before, "the first pages came with the whole"
    assert page.made.text() == "Making the pages …"
    settle(qtbot)
    assert page.preview.count > count
    assert page.made.text().startswith(f"{page.preview.count} pages, made in ")


def test_writing_can_be_stopped_and_leaves_no_file(
    page: ReportPage, sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    stop, status = sample_window.actions_by_key["stop_report"], sample_window.status
    assert not stop.isEnabled()
    for kind in ("pdf", "html", "json", "csv"):
        sample_window.reports.write(kind, page.as_of, page.labels, tmp_path / f"x.{kind}")
    assert stop.isEnabled()
    assert status.stop.isVisible()
    stop.trigger()
    assert status.saved.text() == "Stopping …"
    settle(qtbot)
    assert list(tmp_path.iterdir()) == []
    assert status.saved.text().startswith("Stopped: “x.")
    assert not stop.isEnabled()
    assert not status.stop.isVisible()
    assert "Stopped" not in sample_window.banner.words.text()


def test_the_status_bar_tells_how_far_a_report_is(
    page: ReportPage, sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    said: list[str] = []
    sample_window.reports.done.connect(said.append)
    sample_window.reports.write("pdf", page.as_of, page.labels, tmp_path / "x.pdf")
    settle(qtbot)
    assert said[0] == "Writing x.pdf …"
    assert f"Writing x.pdf: section 1 of {len(USUAL)} …" in said
    assert f"Writing x.pdf: page 2 of {page.preview.count} …" in said
    assert said[-1] == f"Saved x.pdf, {page.preview.count} pages"


def test_what_cannot_be_written_is_told_and_the_status_bar_does_not_stay_busy(
    page: ReportPage, sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    sample_window.reports.write("pdf", page.as_of, page.labels, tmp_path / "gone" / "x.pdf")
    settle(qtbot)
    assert "could not be written" in sample_window.banner.words.text()
    assert sample_window.status.saved.text() == "“x.pdf” was not written."
    assert not sample_window.status.stop.isVisible()


def test_the_dialog_prints_into_a_file_and_never_over_a_portfolio(
    page: ReportPage, sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    own = sample_window.document.path
    assert own is not None
    before = own.read_bytes()
    for target, said in ((tmp_path / "x.pdf", f"Printed {page.preview.count} pages"), (own, "Nothing was")):
        click(button(page, "Print…"))
        asked = dialog(qtbot, QPrintDialog)
        asked.printer().setOutputFileName(str(target))
        asked.accepted.emit(asked.printer())
        asked.hide()
        settle(qtbot)
        assert sample_window.status.saved.text().startswith(said)
    assert len(PdfReader(tmp_path / "x.pdf").pages) == page.preview.count
    assert own.read_bytes() == before


def test_an_edit_shows_new_pages(page: ReportPage, sample_window: MainWindow, qtbot: QtBot) -> None:
    edition = page.preview.edition
    sample_window.document.edit("Start again", drawn("me: 1000 -> Lido"))
    settle(qtbot)
    assert page.preview.edition > edition
    assert page.preview.has_picture(0)


def test_two_thousand_positions_are_laid_out_beside_the_window(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(None)
    many = drawn(*(f"position {i}: 1000 -> protocol {i % 7}" for i in range(2000)))
    assert isinstance(many, Portfolio)
    window.document.edit("Import 2,000 positions", many)
    page = report_page(window, qtbot)
    assert "1,940 more in the CSV" not in page.made.text()
    assert page.preview.count < 12
