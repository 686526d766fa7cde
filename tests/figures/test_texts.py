"""Words inside pictures are one line and are cut where they would not fit."""

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.figures.texts import (
    cut,
    cut_at_word,
    estimate,
    fitting,
    in_lines,
    one_line,
    short_names,
    widest,
)


def test_a_name_from_a_file_is_one_line_without_control_signs() -> None:
    assert one_line("a\nb\tc\x07\u202ed\ufeff") == "a b cd"


def test_spaces_that_do_not_break_stay() -> None:
    assert one_line("52\u202f% of USD\u00a01") == "52\u202f% of USD\u00a01"


def test_what_fits_is_not_cut() -> None:
    assert cut("ether.fi", 100, 12, estimate) == "ether.fi"


@given(st.text(min_size=1, max_size=60), st.floats(20, 300))
def test_what_is_cut_fits_and_is_a_beginning(text: str, width: float) -> None:
    shown = cut(text, width, 12, estimate)
    assert shown == text or (shown.endswith("…") and text.startswith(shown[:-1]))
    assert estimate(shown, 12, False) <= width


@given(st.text(max_size=60), st.text(max_size=60))
def test_longer_text_is_wider(one: str, other: str) -> None:
    assert estimate(one + other, 12, False) >= estimate(one, 12, False)


@given(st.lists(st.text(max_size=20), max_size=30), st.booleans())
def test_the_widest_of_texts_is_as_wide_as_the_widest_of_them(texts: list[str], bold: bool) -> None:
    assert widest(texts, 13, estimate, bold=bold) == max((estimate(t, 13, bold) for t in texts), default=0)


def test_of_very_many_texts_the_longest_are_measured() -> None:
    measured: list[str] = []

    def measure(text: str, size: float, bold: bool) -> float:
        measured.append(text)
        return estimate(text, size, bold)

    short = [f"{i:04}" for i in range(9000)]
    assert widest([*short, "a long name"], 13, measure) == estimate("a long name", 13, False)
    assert len(measured) < 1000


def test_bold_is_wider() -> None:
    assert estimate("weETH", 12, True) > estimate("weETH", 12, False)


def test_a_text_is_broken_between_words_into_no_more_lines_than_allowed() -> None:
    assert in_lines("Lido", 2, 60, 11, estimate) == ["Lido"]
    assert in_lines("Operator 162", 2, 60, 11, estimate) == ["Operator", "162"]
    first, second = in_lines("Lagrange ZK prover network", 2, 74, 11, estimate)
    assert first == "Lagrange ZK"
    assert (second[:2], second[-1]) == ("pr", "…")


def test_a_name_is_cut_after_a_whole_word_unless_too_little_would_be_left() -> None:
    wide = estimate("Mellow vault tok…", 12, False)
    assert cut_at_word("Mellow vault tokens on Symbiotic", wide, 12, estimate) == "Mellow vault…"
    assert cut_at_word("Mellow vault", wide, 12, estimate) == "Mellow vault"
    assert cut_at_word("a SymbioticWithdrawalQueue", wide, 12, estimate).startswith("a Symbiotic")
    assert cut_at_word("PT-weETH-26DEC2024", wide, 12, estimate).startswith("PT-weETH-26")


@given(st.text(st.sampled_from("ab  cde"), max_size=40), st.floats(20, 200))
def test_what_is_cut_after_a_word_fits(text: str, width: float) -> None:
    shown = cut_at_word(text, width, 12, estimate)
    assert estimate(shown, 12, False) <= width
    assert text.startswith(shown.removesuffix("…"))


def test_a_short_name_is_as_many_first_words_as_tell_it_from_all_others() -> None:
    wanted = {
        "Symbiotic core v1 vault": "Symbiotic",
        "Lido": "Lido",
        "Lido oracle": "Lido oracle",
        "P2P.org": "P2P.org",
        "P2P.org on EigenLayer": "P2P.org on EigenLayer",
        "An Ox": "An Ox",
        "Pool 1": "Pool 1",
        "Pool 12": "Pool 12",
    }
    assert short_names(wanted) == wanted


@given(
    st.lists(st.text("ab ", min_size=1, max_size=12).map(str.split).filter(bool).map(" ".join), unique=True)
)
def test_short_names_are_told_apart(names: list[str]) -> None:
    found = short_names(names)
    assert len(set(found.values())) == len(names)
    assert all(name.startswith(short) for name, short in found.items())


def test_the_short_name_stands_only_where_the_whole_one_does_not_fit() -> None:
    whole, short = "Symbiotic core v1 vault", "Symbiotic"
    assert fitting(whole, short, 500, 12, estimate) == whole
    assert fitting(whole, short, 80, 12, estimate) == short
    assert fitting(whole, "", 80, 12, estimate).endswith("…")
