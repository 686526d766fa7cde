"""The smaller sections: what each says, and where it has nothing to say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop_app.domain.limits import Break, Limit, LimitKind
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Layer
from desktop_app.figures.labels import Labels
from desktop_app.report.sections.dependencies import dependencies_section, node_limits
from desktop_app.report.sections.graph import graph_section
from desktop_app.report.sections.layers import layers_section
from desktop_app.report.sections.limits import MOST_BREAKS, limits_section
from desktop_app.report.sections.method import method_section
from desktop_app.report.sections.notes import notes_section
from desktop_app.report.sections.positions import accounts_section
from desktop_app.report.sections.registry import SECTIONS
from desktop_app.report.sections.rewards import rewards_section
from desktop_app.report.sections.scenarios import scenarios_section
from desktop_app.report.sections.year import year_section
from tests.builders import drawn, scenario
from tests.report.holdings import held, holding, open_example
from tests.report.sections.subjects import drawn_words, figures, notes, rows, subject


def failing(*lines: str, chance: float = 0.02, loss: float = 0.5) -> Portfolio:
    """Return a drawing whose nodes fail once in 50 years and then take a half."""
    portfolio = drawn(*lines)
    nodes = portfolio.nodes.values()
    return portfolio.with_graph(
        [replace(n, failure_probability=chance, loss_given_failure=loss) for n in nodes]
    )


def test_every_section_says_something_or_nothing_of_any_portfolio() -> None:
    for portfolio in (open_example(), drawn("me: ? -> X"), drawn("me: 1000 -> X"), held(holding("weETH"))):
        for named in SECTIONS:
            section = named.make(subject(portfolio))
            assert section is None or section.blocks


def test_no_section_shows_a_hidden_amount() -> None:
    portfolio = replace(open_example(), limits={"l": Limit("l", LimitKind.NODE_SHARE, "P", 0.4)})
    hidden = subject(portfolio, Labels(hide_amounts=True))
    for named in SECTIONS:
        section = named.make(hidden)
        if section is not None:
            said = [*notes(section), *(drawn_words(figure) for figure in figures(section))]
            assert not any("1,000" in text or "1,500" in text for text in said)


def test_accounts_are_summed_and_the_unnamed_one_is_told() -> None:
    portfolio = drawn("a: 1000 -> X", "b: 500 -> X", "c: 250 -> X", "d: ? -> X")
    named = [replace(portfolio.positions[p], account="Cold") for p in ("a", "b")]
    section = accounts_section(subject(portfolio.with_positions(*named)))
    assert rows(section) == [
        ["Cold", "2", "1,500", "85.7 %"],
        ["No account named", "2", "250", "14.3 %"],
        ["2 accounts", "4", "1,750", "100.0 %"],
    ]


def test_what_layers_are_assumed_to_lose_is_summed_and_drawn() -> None:
    portfolio = failing("a: 1000 -> X", "b: 500 -> X")
    layered = [
        replace(p, layers=(Layer("hold", 0.0), Layer("staking", 0.04, (f"{p.id}>X",))))
        for p in portfolio.positions.values()
    ]
    asked = subject(portfolio.with_positions(*layered))
    assert asked.asked.rewards.losses_by_layer == {"staking": 15.0}
    assert "Loss a year 1,500" not in drawn_words(figures(layers_section(asked))[0])
    assert "assumed loss" in drawn_words(figures(layers_section(asked))[0])


def test_the_tightest_limit_of_each_node_stands_at_its_bar() -> None:
    portfolio = drawn("a: 1000 -> X -> operator:O", "b: 500 -> operator:P")
    limits = [
        Limit("1", LimitKind.NODE_SHARE, "X", 0.5),
        Limit("2", LimitKind.LARGEST_SHARE, "operator", 0.9),
        Limit("3", LimitKind.NODE_SHARE, "operator:O", 0.3),
        Limit("4", LimitKind.DAYS_OUT, "0.9", 30.0),
    ]
    asked = subject(replace(portfolio, limits={limit.id: limit for limit in limits}))
    assert node_limits(asked) == {"X": 0.5, "operator:O": 0.3, "operator:P": 0.9}
    section = dependencies_section(asked)
    assert section.note.endswith("line: your limit")
    assert "▲ over your 30 %" in drawn_words(figures(section)[0])


def test_limits_say_how_many_are_broken() -> None:
    portfolio = drawn("a: 1000 -> X", "b: 500 -> Y")
    limits = [
        Limit("1", LimitKind.NODE_SHARE, "X", 0.5),
        Limit("2", LimitKind.NODE_SHARE, "Y", 0.5),
        Limit("3", LimitKind.EXPECTED_LOSS, "", 0.02),
    ]
    section = limits_section(subject(replace(portfolio, limits={limit.id: limit for limit in limits})))
    assert section is not None
    assert section.heading == "Limits: 1 of 3 broken"
    assert [row[2:] for row in rows(section)] == [
        ["66.7 %", "▲ broken"],
        ["33.3 %", "kept"],
        ["unknown", "unknown"],
    ]
    assert limits_section(subject(portfolio)) is None


def test_limits_that_are_kept_or_not_known_are_not_called_broken() -> None:
    portfolio = drawn("a: 1000 -> X")
    kept = Limit("1", LimitKind.NODE_SHARE, "X", 1.0)
    unknown = Limit("2", LimitKind.EXPECTED_LOSS, "", 0.02)
    for limits, heading in (([kept], "Limits: all kept"), ([kept, unknown], "Limits: none broken")):
        section = limits_section(subject(replace(portfolio, limits={x.id: x for x in limits})))
        assert section is not None
        assert section.heading == heading


def test_the_year_tells_what_bad_years_cost() -> None:
    section = year_section(subject(failing("a: 1000 -> X")))
    assert section is not None
    assert [row[0] for row in rows(section)] == ["10", "20", "100"]
    assert rows(section)[2] == ["100", "500", "500"]
    assert notes(section)[0].startswith("On average a year costs USD 10. Every node has a rate.")
    assert year_section(subject(drawn("a: 1000 -> X"))) is None


def test_scenarios_stand_dearest_first_each_with_its_numbers() -> None:
    portfolio = drawn(
        "a: 1000 -> X", "b: 500 -> Y", scenarios=[scenario("small", Y=0.1), scenario("big", X=0.5)]
    )
    section = scenarios_section(subject(portfolio))
    assert section is not None
    assert [drawn_words(figure) for figure in figures(section)] == ["big 500 33 %", "small 50 3 %"]
    assert scenarios_section(subject(drawn("a: 1000 -> X"))) is None


def test_many_scenarios_are_folded() -> None:
    many = [scenario(f"s{n}", X=0.1) for n in range(5)]
    section = scenarios_section(subject(drawn("a: 1000 -> X", scenarios=many), most_rows=3))
    assert section is not None
    assert notes(section) == ["2 more in the CSV."]


def test_rewards_begin_with_the_least_paid_and_its_loss_is_bold() -> None:
    portfolio = failing("a: 1000 -> X", "b: 1000 -> Y")
    layered = [
        replace(
            portfolio.positions[p],
            layers=(Layer("hold", 0.0), Layer("staking", rate, (f"{p}>{node}",))),
        )
        for p, rate, node in (("a", 0.05, "X"), ("b", 0.001, "Y"))
    ]
    section = rewards_section(subject(portfolio.with_positions(*layered)))
    assert section is not None
    assert [row[0] for row in rows(section)] == ["b", "a"]
    table = section.blocks[1]
    assert [run.bold for run in table.rows[0]][4:6] == [True, True]  # type: ignore[union-attr]
    assert rewards_section(subject(drawn("a: 1000 -> X"))) is None


def test_the_graph_fits_its_page_and_a_portfolio_on_nothing_has_none() -> None:
    many = drawn(*(f"p{n}: 1000 -> X{n % 9} -> Y" for n in range(80)))
    asked = subject(many)
    section = graph_section(asked)
    assert section is not None
    (figure,) = figures(section)
    assert figure.height * asked.width / figure.width < asked.sheet.body_height
    assert graph_section(subject(Portfolio().with_positions(*drawn("a: 1 -> X").positions.values()))) is None


def test_notes_of_positions_are_listed_as_they_were_written() -> None:
    portfolio = drawn("a: 1000 -> X", "b: 500 -> X")
    noted = replace(portfolio.positions["a"], notes=" Ask Ada.\nTwice. ", quantity=None, value=Decimal(1000))
    section = notes_section(subject(portfolio.with_positions(noted)))
    assert section is not None
    assert rows(section) == [["a", "Ask Ada.\nTwice."]]
    assert notes_section(subject(portfolio)) is None


def test_the_method_says_what_is_not_modelled() -> None:
    said = dict(row for row in rows(method_section(subject(open_example()))))
    assert said["Not modelled"].startswith("The price of the assets")
    assert all(meaning.endswith(".") for meaning in said.values())


def test_the_newest_breaks_of_the_limits_stand_under_them() -> None:
    limit = Limit("l", LimitKind.NODE_SHARE, "P", 0.4)
    log = [
        Break(f"b{day}", limit.kind, "P", 0.4, 0.5, date(2026, 11, day), f"Edit {day}") for day in range(1, 9)
    ]
    section = limits_section(subject(open_example().with_limits(limit).with_breaks(*log)))
    assert section is not None
    said = [text for text in notes(section) if "since" in text]
    assert len(said) == MOST_BREAKS
    assert "(“Edit 8”)" in said[-1]
