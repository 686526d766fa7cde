from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop_app import __version__
from desktop_app.analysis.missing import Missing
from desktop_app.domain.imports import Price
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Text
from desktop_app.report.answers import Asked
from desktop_app.report.blocks import Report, Section
from desktop_app.report.choices import Choices
from desktop_app.report.content import currency_name, summary
from desktop_app.report.html import to_html
from desktop_app.report.missing_table import missing_words
from desktop_app.report.svg import to_svg
from desktop_app.shipped import catalogue
from tests.builders import drawn, position
from tests.report.answers import overview
from tests.report.holdings import TODAY, held, holding, open_example, spoken
from tests.report.sections.subjects import figures, notes
from tests.report.sections.subjects import rows as listed

PLAIN = Labels()


def made(portfolio: Portfolio, labels: Labels = PLAIN, **chosen: object) -> Report:
    choices = Choices(**chosen)  # type: ignore[arg-type]
    asked = Asked(portfolio, "all", portfolio.as_of or TODAY)
    return summary(asked, "Marlow.stakeout", labels, catalogue(), choices)


def lead(report: Report) -> list[str]:
    return notes(report.sections[0])


def section(report: Report, heading: str) -> Section:
    return next(part for part in report.sections if part.heading == heading)


FOUR = held(
    holding("weETH", "3", "3500", account="Cold North", custody=True, reward_rate=0.034),
    holding("stETH", "12", "3300", reward_rate=0.026),
    holding("ETH", "32", "3300", name="Validator", layer="staking", operators=("Kiln",), reward_rate=0.03),
    holding("ezETH", "2", None),
)


def test_the_head_says_whose_as_of_when_and_in_what() -> None:
    report = made(open_example())
    assert (report.title, spoken(report.subtitle)) == (
        "Exposure summary",
        "Marlow, as of 1 January 2026, in US dollars",
    )
    assert (
        spoken(report.foot) == f"Marlow.stakeout, as of 1 Jan 2026. Stakeout {__version__}. "
        "Rates, failure rates and losses are the owner’s assumptions. No advice."
    )
    assert lead(report)[0] == "USD 1,500 in 2 positions. 70 % of it stands on Operator O (all roles)."


def test_the_sections_stand_in_their_order() -> None:
    assert [part.heading for part in made(FOUR).sections] == [
        "",
        "Positions",
        "Value and reward by layer",
        "Largest dependencies",
        "Getting out",
        "Is the extra reward worth it",
        "Concentration",
        "Not known, old or unverified",
        "Dependency graph",
        "Every fact with its source",
        "Assumptions",
        "Method",
    ]


def test_the_reader_chooses_sections_and_their_order() -> None:
    report = made(FOUR, sections=("method", "positions", "nonsense", "positions"))
    assert [part.heading for part in report.sections] == ["Method", "Positions"]


def test_there_are_three_figures_and_more_all_vectors() -> None:
    pictures = figures(*made(FOUR).sections)
    assert len(pictures) >= 3
    assert all("<image" not in to_svg(picture) for picture in pictures)


def test_positions_are_listed_largest_first_and_unpriced_last_with_their_sum() -> None:
    rows = listed(section(made(FOUR), "Positions"))
    assert [row[0] for row in rows] == ["Validator", "stETH", "weETH", "ezETH", "4 positions"]
    assert rows[2] == [
        "weETH",
        "ether.fi, EigenLayer",
        "Cold North",
        "3.00",
        "10,500",
        "6.7 %",
        "3.40 %",
        rows[2][7],
    ]
    assert rows[3][4:6] == ["unknown", ""]
    assert rows[4][4:6] == ["155,700", "100.0 %"]


def test_a_small_share_is_never_nothing() -> None:
    rows = listed(section(made(drawn("big: 1000000 -> X", "small: 100 -> X")), "Positions"))
    assert [row[3] for row in rows] == ["100.0 %", "< 0.1 %", "100.0 %"]


def test_columns_that_nothing_fills_are_left_out() -> None:
    rows = listed(section(made(open_example()), "Positions"))
    assert rows == [
        ["Position A", "Protocol X", "1,000", "66.7 %", "4.00 %", "7 (1–15)"],
        ["Position B", "Operator O (all roles)", "500", "33.3 %", "2.00 %", "14 (14–42)"],
        ["2 positions", "", "1,500", "100.0 %", "", ""],
    ]


def test_long_tables_are_folded_and_say_so() -> None:
    portfolio = drawn(*(f"p{n}: {1000 + n} -> Lido" for n in range(70)))
    part = section(made(portfolio), "Positions")
    assert len(listed(part)) == 61
    assert "10 more in the CSV." in notes(part)
    assert "10 more in the CSV." in notes(section(made(portfolio), "Getting out"))
    assert len(listed(section(made(portfolio, whole=True), "Positions"))) == 71


def test_what_is_missing_is_listed_by_kind() -> None:
    rows = {row[0]: row[1] for row in listed(section(made(FOUR), "Not known, old or unverified"))}
    assert rows["Price not known"] == "ezETH"
    assert rows["Services not published"] == "USD 10,500, 7 % of the value"
    assert "ezETH (liquid staking, liquid restaking)" in rows["Reward not stated"]


def test_a_bucket_on_which_nothing_priced_stands_has_an_unknown_value() -> None:
    portfolio = held(holding("weETH", price=None), holding("ETH"))
    rows = {row[0]: row[1] for row in listed(section(made(portfolio), "Not known, old or unverified"))}
    assert rows["Services not published"] == "of unknown value"


def test_what_is_not_modelled_is_always_said() -> None:
    assert notes(section(made(open_example()), "Not known, old or unverified"))[-1].startswith(
        "Not modelled: the price"
    )


def test_hidden_amounts_are_on_no_page() -> None:
    page = to_html(made(FOUR, Labels(hide_amounts=True)))
    for amount in ("155,700", "105,600", "39,600", "10,500"):
        assert amount not in page
    assert "•••" in page
    assert "68" in page


def test_an_empty_portfolio_prints_one_sentence() -> None:
    report = made(Portfolio(as_of=TODAY))
    assert (lead(report), len(report.sections)) == (["Nothing is recorded yet."], 1)


def test_one_position_and_nothing_priced_print_too() -> None:
    report = made(held(holding("weETH", price=None)))
    assert lead(report)[0] == "One position, without a price. It stands on EigenLayer."
    assert listed(section(report, "Positions"))[-1][:1] == ["One position"]
    assert to_html(report)


def test_a_portfolio_that_stands_on_nothing_says_so() -> None:
    portfolio = Portfolio(as_of=TODAY).with_positions(position("bare"))
    assert notes(section(made(portfolio), "Largest dependencies")) == ["No position stands on anything yet."]


@pytest.mark.parametrize(
    "name", ['<img src="file:///etc/passwd">', "{{7*7}}", "A name of forty letters, no more nor less"]
)
def test_a_name_is_the_same_text_wherever_it_stands(name: str) -> None:
    portfolio = drawn("me: 1000 -> Lido")
    me, lido = portfolio.positions["me"], portfolio.nodes["Lido"]
    named = portfolio.with_positions(replace(me, name=name, account=name)).with_graph(
        [replace(lido, name=name)]
    )
    report = made(named)
    assert listed(section(report, "Positions"))[0][:3] == [name, name, name]
    assert name in lead(report)[0]
    assert "<img" not in to_html(report)
    drawn_words = [
        shape for picture in figures(*report.sections) for shape in picture.shapes if isinstance(shape, Text)
    ]
    assert any(name in {shape.text, shape.tooltip} for shape in drawn_words)


def test_the_reader_of_another_tongue_gets_its_numbers() -> None:
    rows = listed(section(made(FOUR, Labels(locale="de_DE")), "Positions"))
    assert rows[-1][4] == "155.700"


def test_the_day_of_the_question_stands_on_the_way_out() -> None:
    report = summary(Asked(open_example(), "all", date(2026, 3, 5)), "", Labels(), catalogue())
    assert spoken(section(report, "Getting out").note) == "if everything were asked for on 5 March 2026"
    assert spoken(report.subtitle) == "As of 5 March 2026, in US dollars"


def test_figures_are_told_in_words_for_those_who_do_not_see_them() -> None:
    assert all(picture.headline for picture in figures(*made(FOUR).sections))


def test_old_prices_are_dated_under_the_table() -> None:
    week_ago = date(2026, 11, 11)
    old = [replace(holding(asset), priced_on=week_ago) for asset in ("weETH", "stETH")]
    report = made(held(*old, holding("ezETH")))
    assert "Price of stETH and weETH of 11 Nov." in notes(section(report, "Positions"))[0]


def test_a_long_file_name_is_cut_at_the_foot() -> None:
    report = summary(Asked(open_example(), "all", TODAY), "n" * 80 + ".stakeout", PLAIN, catalogue())
    assert report.foot.startswith("nnnnnnnnnnn…n.stakeout, as of")


def test_a_typical_time_that_nobody_knows_keeps_its_range() -> None:
    rows = listed(section(made(FOUR), "Positions"))
    assert rows[1][-1] == "? (1–5)"


def test_a_position_with_debt_says_what_its_value_is() -> None:
    portfolio = drawn("loop: 10 ETH @ 3000 -> Aave")
    loop = replace(portfolio.positions["loop"], debt=Decimal(20000), liquidation_threshold=0.95)
    report = made(portfolio.with_positions(loop))
    assert notes(section(report, "Positions"))[0].startswith(
        "loop: value is the collateral less a debt of 20,000."
    )


def test_the_price_list_dates_the_prices_of_positions_without_their_own() -> None:
    portfolio = drawn("me: 10 weETH -> ether.fi").with_prices(
        Price("weETH", date(2026, 11, 2), "USD", Decimal(3500), "by hand")
    )
    report = made(portfolio)
    assert listed(section(report, "Positions"))[0][3:5] == ["35,000", "100.0 %"]
    assert "Price of me of 2 Nov." in notes(section(report, "Positions"))[0]


def test_a_currency_that_nobody_has_a_name_for_is_written_as_it_is() -> None:
    assert currency_name(Labels(currency="XQZ")) == "XQZ"
    assert currency_name(Labels(currency="EUR", locale="de_DE")) == "Euro"


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (
            Missing("operators", "unknown:operator", 390.0),
            ("Operators not published", "USD 390, 39 % of the value"),
        ),
        (Missing("services", "unknown:service", None), ("Services not published", "of unknown value")),
        (Missing("price", "P", None), ("Price of weETH", "not known, enters no sum")),
        (Missing("exit", "P", None, "vote"), ("Typical time out of weETH", "no date known: vote")),
        (
            Missing("reward", "P", None, "r"),
            ("Reward of weETH, r", "not stated, counted as unknown"),
        ),
        (Missing("unverified", "P", None, "queue"), ("weETH: queue", "unverified")),
        (Missing("old", "P", None, "2024-05"), ("weETH: what it stands on, May 2024", "old, of May 2024")),
        (
            Missing("old", "P", None, "2024-05-01", "queue"),
            ("weETH: queue, 1 May 2024", "old, of 1 May 2024"),
        ),
        (Missing("old", "P", None, "undated"), ("weETH: what it stands on", "undated")),
    ],
)
def test_each_missing_thing_has_its_words(item: Missing, said: tuple[str, str]) -> None:
    what, remark = missing_words(item, overview(), PLAIN)
    assert (spoken(what), spoken(remark)) == said
