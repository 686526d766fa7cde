"""What was chosen for the report comes back, and nonsense in the settings does not."""

from pathlib import Path

from desktop_app.report.choices import Choices
from desktop_app.report.sections.registry import BY_KEY, SECTIONS, USUAL
from desktop_app.ui import report_choices, settings


def test_choices_come_back_as_they_were() -> None:
    chosen = Choices(("method", "summary"), "For Ada", "letter", landscape=True, hide_amounts=True, grey=True)
    rest = [(key, False) for key in BY_KEY if key not in {"method", "summary"}]
    report_choices.save(chosen, [("method", True), ("summary", True), *rest])
    assert report_choices.load() == chosen


def test_at_first_the_usual_sections_are_chosen() -> None:
    assert report_choices.load() == Choices(sections=USUAL)


def test_settings_that_make_no_sense_count_as_never_chosen() -> None:
    for nonsense in (
        "no json",
        "[1]",
        '{"paper": "a0", "margin": 3, "landscape": "yes", "title": 5, "sections": 1}',
    ):
        settings.write("report", nonsense)
        settings.write("report_sections", "gone -method method")
        choices = report_choices.load()
        assert (choices.paper, choices.landscape, choices.title) == ("a4", False, "Exposure summary")
        assert choices.margin == 15
        assert {key for key, _ in report_choices.load_sections()} == {named.key for named in SECTIONS}


def test_a_section_that_is_new_comes_at_its_usual_place() -> None:
    settings.write("report_sections", "method -positions summary")
    found = report_choices.load_sections()
    keys = [key for key, _ in found]
    assert [key for key in keys if key in {"method", "positions", "summary"}] == [
        "method",
        "positions",
        "summary",
    ]
    assert not dict(found)["positions"]
    assert dict(found)["layers"]


def test_an_earlier_file_belongs_to_one_portfolio() -> None:
    mine, old = Path("/home/ada/me.stakeout"), Path("/home/ada/old.stakeout")
    assert report_choices.load_since(mine) is None
    report_choices.save_since(mine, old)
    assert report_choices.load_since(mine) == old
    assert report_choices.load_since(Path("/home/ada/other.stakeout")) is None
    assert report_choices.load_since(None) is None
    report_choices.save_since(mine, None)
    assert report_choices.load_since(mine) is None
