import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from desktop_app.report.blocks import Column, FigureBlock, Paragraph, Report, Table
from desktop_app.report.html import to_html
from desktop_app.report.sentences import Run, sentence
from tests.report.hostile import NAMES, STRANGE, summary_of
from tests.report.sheets import a_figure, a_report, a_table

HOSTILE = (
    '<img src="file:///etc/passwd">',
    "{{7*7}}",
    "{% include 'page.html' %}",
    "<script>alert(1)</script>",
    '" onload="x',
    "&lt;b&gt;",
    "%s",
    "A name of forty letters without any blank",
)


class _Page(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def named(name: str) -> Report:
    table = Table((Column(name), Column("USD", "right")), ((Run(name), Run("1")),), (Run(name), Run("1")))
    return a_report(
        Paragraph(sentence(name)), table, FigureBlock(a_figure(name)), title=name, subtitle=f"{name}, today"
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_text_and_never_markup_or_formula(name: str) -> None:
    page, plain = _Page(to_html(named(name))), _Page(to_html(named("plain")))
    assert page.tags == plain.tags
    assert page.text.count(name) == plain.text.count("plain")
    assert [key for key, _ in page.attributes] == [key for key, _ in plain.attributes]


@pytest.mark.parametrize("name", [*NAMES.values(), *STRANGE.values()])
def test_no_name_of_a_whole_summary_is_markup_or_loads_anything(name: str) -> None:
    page, plain = _Page(to_html(summary_of(name))), _Page(to_html(summary_of("plain")))
    assert set(page.tags) == set(plain.tags)
    assert {key for key, _ in page.attributes} == {key for key, _ in plain.attributes}
    assert not {"script", "img", "link", "iframe", "object", "embed", "a", "form"} & set(page.tags)
    assert not any(key in {"src", "href", "xlink:href", "srcset", "data"} for key, _ in page.attributes)
    assert "default-src 'none'" in to_html(summary_of(name))


@pytest.mark.parametrize("name", NAMES.values())
def test_every_name_of_a_whole_summary_stands_as_it_is(name: str) -> None:
    assert _Page(to_html(summary_of(name))).text.count(name.replace("\ufffc", "")) >= 6


def test_the_page_needs_nothing_from_elsewhere() -> None:
    page = _Page(to_html(a_report()))
    assert not {"script", "link", "img", "iframe", "object", "embed"} & set(page.tags)
    assert not [
        key for key, _ in page.attributes if key in {"src", "href", "xlink:href"} or key.startswith("on")
    ]
    assert "url(" not in to_html(a_report())
    assert "@import" not in to_html(a_report())


def test_a_figure_stands_in_the_page_as_a_vector_with_its_words() -> None:
    page = to_html(a_report())
    assert page.count("<svg ") == 1
    assert ">EigenLayer</text>" in page
    assert 'aria-label="A bar called EigenLayer"' in page


def test_bold_and_warning_words_are_marked() -> None:
    page = to_html(a_report())
    assert "<b>USD\u00a0412,284</b>" in page
    assert '<span class="warn">one without a price</span>' in page


def test_sentences_keep_their_blanks_and_gain_none() -> None:
    assert "USD\u00a0412,284 in 12 positions, one without a price." in _Page(to_html(a_report())).text


def test_table_heads_can_repeat_and_sums_stand_apart() -> None:
    page = to_html(a_report(a_table(2)))
    assert re.search(r"<thead><tr><th[^>]*>Position</th>", page)
    assert re.search(r"<tfoot>\s*<tr><td[^>]*>2 positions</td>", page)


def test_a_table_without_headings_has_no_head() -> None:
    table = Table((Column(""), Column("")), ((Run("a"), Run("b")),))
    assert "<thead>" not in to_html(a_report(table))


def test_control_signs_and_turned_directions_are_taken_out() -> None:
    page = to_html(a_report(Paragraph(sentence("a\x00b\x1bc\u202ed"))))
    assert "<p>abcd</p>" in page


def test_in_grey_no_colour_is_left() -> None:
    page = to_html(a_report(), grey=True)
    codes = re.findall(r"#([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})\b", page)
    assert codes
    assert all(red == green == blue for red, green, blue in codes)


def style(page: str) -> str:
    return page.partition("<style>")[2].partition("</style>")[0]


@pytest.mark.parametrize(
    "name", [*NAMES.values(), *STRANGE.values(), '"; } * { background: url(//x) } </style>']
)
def test_the_foot_of_a_printed_page_cannot_leave_its_style(name: str) -> None:
    page, plain = (to_html(replace(a_report(), foot=foot)) for foot in (name, "plain"))
    ours = re.search(r'@bottom-left { content: "([^"]*)";', style(page))
    assert ours is not None
    assert re.fullmatch(r"([A-Za-z0-9]|\\[0-9a-f]+ )*", ours[1])
    assert style(page).replace(f'"{ours[1]}"', '"plain"') == style(plain)


def test_numbers_are_never_broken_and_words_only_where_they_are_endless() -> None:
    columns = (Column("Name"), Column("USD", "right"))
    rows = ((Run("a" * 24), Run("17,800.00")), (Run("a" * 25), Run("1")))
    page = to_html(a_report(Table(columns, rows)))
    assert re.findall(r'<td class="([^"]*)">a+<', page) == ["left", "left endless"]
    assert re.search(r"\.right[^{]*{[^}]*white-space: nowrap", style(page))


def test_the_page_prints_with_page_numbers_and_without_sums_on_every_page() -> None:
    printed = style(to_html(a_report(a_table(90))))
    assert "counter(page)" in printed
    assert "tfoot { display: table-row-group; }" in printed
    assert "@page {\n  size: 210.0mm 297.0mm; margin: 15mm;" in printed
