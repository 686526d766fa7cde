"""What has changed since an earlier file, on paper."""

from dataclasses import replace
from datetime import date

from desktop_app.domain.limits import LimitKind, limit_of
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.report.blocks import Section, Table
from desktop_app.report.earlier import Earlier
from desktop_app.report.sections.changes import changes_section
from desktop_app.report.tables import data_tables
from tests.builders import drawn, step, way_out
from tests.report.holdings import spoken
from tests.report.sections.subjects import notes, subject

OCTOBER = date(2026, 10, 24)


def held(*lines: str, days: float = 5) -> Portfolio:
    found = drawn(*lines)
    return found.with_positions(
        *(replace(p, exit=way_out(step("q", days))) for p in found.positions.values())
    )


BEFORE = held("a: 10 ETH @ 100 -> X", "b: 5 ETH @ 100 -> Y", "c: 1 ETH @ 100 -> Y")
AFTER = held("a: 20 ETH @ 100 -> X", "c: 1 ETH @ 150 -> Y", "d: 3 ETH @ 100 -> Y", days=9)


def changed(
    before: Portfolio = BEFORE, after: Portfolio = AFTER, labels: Labels | None = None, most_rows: int = 60
) -> Section:
    found = changes_section(
        replace(subject(after, labels, most_rows), earlier=Earlier(before, "old.stakeout", OCTOBER))
    )
    assert found is not None
    return found


def tables(section: Section) -> list[list[list[str]]]:
    return [
        [[spoken(cell.text) for cell in row] for row in block.rows]
        for block in section.blocks
        if isinstance(block, Table)
    ]


def test_without_an_earlier_file_there_is_no_such_section() -> None:
    assert changes_section(subject(AFTER)) is None


def test_it_begins_with_the_value_and_the_positions() -> None:
    assert notes(changed())[0] == (
        "Since 24 October 2026 the value went from USD 1,600 to USD 2,450. "
        "One position came, one position went and one position changed in amount."
    )
    assert notes(changed(AFTER))[0].endswith("to USD 2,450. No position changed in amount.")


def test_measures_shares_and_positions_stand_then_and_now() -> None:
    measures, shares, positions = tables(changed())
    assert measures[0] == ["Known value", "1,600", "2,450", "+850"]
    assert ["Days until 50 % is out", "5", "9", "+4"] in measures
    assert shares[0][0] in {"X", "Y"}
    assert ["X", "62.5 %", "81.6 %", "+19.1 points"] in shares
    assert positions == [
        ["a", "other amount", "10.00", "20.00", "1,000", "2,000"],
        ["b", "went", "5.00", "", "500", ""],
        ["d", "came", "", "3.00", "", "300"],
    ]


def test_a_share_that_is_the_same_is_not_told() -> None:
    (measures,) = tables(changed(AFTER))
    assert not any(row[0].startswith("Largest") for row in measures)
    assert all(row[-1] == "–" for row in measures)


def test_hidden_amounts_leave_shares_and_days() -> None:
    section = changed(labels=Labels(hide_amounts=True))
    said = " ".join([*notes(section), *(cell for table in tables(section) for row in table for cell in row)])
    assert "1,600" not in said
    assert "20.00" not in said
    assert "+850" not in said
    assert "62.5 %" in said


def test_a_value_that_is_not_known_is_not_compared() -> None:
    unpriced = held("a: 10 weETH -> X")
    assert notes(changed(unpriced))[0].startswith("The value of 24 October 2026 or that of now is not known.")


def test_limits_that_broke_since_and_those_kept_again_are_named() -> None:
    limit = limit_of(LimitKind.NODE_SHARE, "X", 0.7)
    then, now = BEFORE.with_limits(limit), AFTER.with_limits(limit)
    assert notes(changed(then, now))[-1] == "Broken since, or further: Share of X."
    assert notes(changed(now, then))[-1] == "Kept again: Share of X."


def test_a_long_list_is_folded() -> None:
    section = changed(most_rows=2)
    assert len(tables(section)[2]) == 2
    assert "1 more in the CSV." in notes(section)


def test_its_tables_hold_every_digit_and_are_there_only_with_an_earlier_file() -> None:
    names = {table.name for table in data_tables(subject(AFTER))}
    assert names.isdisjoint({"changes", "changed-positions"})
    compared = replace(subject(AFTER), earlier=Earlier(BEFORE, "old.stakeout", OCTOBER))
    found = {table.name: table for table in data_tables(compared)}
    assert found["changes"].rows[0] == ("value", "", 1600, "", 2450, "", 850)
    assert ("b", "b", 5, None, 500, None) in found["changed-positions"].rows
