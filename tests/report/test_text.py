from desktop_app.report.blocks import Column, Paragraph, Section, Table
from desktop_app.report.imported import import_text
from desktop_app.report.sentences import Run, sentence
from desktop_app.report.text import WIDTH, to_text


def table(*rows: tuple[str, ...], titles: tuple[str, ...] = ("Name", "Sum")) -> Section:
    columns = tuple(Column(title, "left" if i == 0 else "right") for i, title in enumerate(titles))
    return Section("Things", (Table(columns, tuple(tuple(map(Run, row)) for row in rows)),))


def test_columns_stand_under_each_other() -> None:
    assert to_text([table(("a", "1"), ("bcd", "1,000"))]) == (
        "Things\n------\nName    Sum\na         1\nbcd   1,000\n"
    )


def test_signs_that_are_two_places_wide_are_counted_so() -> None:
    lines = to_text([table(("安全", "1"), ("abcd", "2"))]).splitlines()
    assert lines[3:] == ["安全    1", "abcd    2"]


def test_a_table_without_titles_has_no_empty_line() -> None:
    assert to_text([table(("a", "1"), titles=("", ""))]) == "Things\n------\na  1\n"


def test_long_words_of_the_last_column_go_on_below() -> None:
    words = Table((Column(""), Column("")), ((Run("What"), Run("word " * 60)),))
    lines = to_text([Section("", (words,))]).splitlines()
    assert len(lines) == 3
    assert all(line.startswith("      word") for line in lines[1:])
    assert max(map(len, lines)) <= WIDTH


def test_a_table_stands_apart_from_sentences() -> None:
    section = Section(
        "S", (Paragraph(sentence("One.")), *table(("a", "1")).blocks, Paragraph(sentence("Two.")))
    )
    assert to_text([section]) == "S\n-\nOne.\n\nName  Sum\na       1\n\nTwo.\n"


def test_what_a_terminal_would_obey_is_taken_out() -> None:
    text = to_text([table(("\x1b[2J\u202ea\nb", "1"))])
    assert "\ufffd[2J\ufffda b  " in text


def test_of_many_rejected_rows_the_first_are_named() -> None:
    record = {
        "message": "Nothing.",
        "outcome": "refuse_file",
        "holdings": {},
        "rewards": {},
        "rejected": [{"line": n, "reason": "no"} for n in range(30)],
        "skipped": [],
        "warnings": [],
        "questions": [],
    }
    lines = import_text(record, "me.stakeout").splitlines()
    assert lines[1] == "  Line 0: no"
    assert lines[-1] == "  and 10 more rejected rows; --json lists them all."
