from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop_app.analysis.annual import ExpectedLoss
from desktop_app.analysis.concentration import SinglePoint
from desktop_app.analysis.exposure import NodeExposure
from desktop_app.analysis.overview import LayerSum, Overview
from desktop_app.analysis.withdrawals import Withdrawals, withdrawals
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, Exit, ExitStep, Position, Tranche
from desktop_app.figures.labels import Labels
from desktop_app.report.sentences import (
    dependencies_sentence,
    overview_sentences,
    plain,
    way_out_sentence,
    withdrawals_sentence,
)
from tests.report.answers import finishing, layer, node, open_ended, overview

TODAY = date(2026, 11, 24)
LABELS = Labels()
EIGENLAYER = node("EigenLayer", Dimension.PLATFORM, 0.522)
ETH = node("ETH", Dimension.ASSET, 0.76)
ETHEREUM = node("Ethereum", Dimension.CHAIN, 0.87)


def spoken(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def lines(answer: Overview, labels: Labels = LABELS) -> list[str]:
    return [spoken(plain(line)) for line in overview_sentences(answer, labels, TODAY)]


# -- Overview, first sentence --------------------------------------------------------------------------


def test_the_first_sentence_names_value_positions_and_the_largest_node_beside_the_common_ground() -> None:
    answer = overview(value="412284.4", largest=(EIGENLAYER,), common=(ETH,))
    assert lines(answer)[0] == "USD 412,284 in 12 positions. 52 % of it stands on EigenLayer."


def test_its_numbers_and_names_are_bold_and_its_numbers_can_be_explained() -> None:
    first = overview_sentences(overview(largest=(EIGENLAYER,)), LABELS, TODAY)[0]
    assert [run.text for run in first if run.bold] == ["USD\u00a01,000", "52\u202f%", "EigenLayer"]
    assert [run.explain for run in first if run.explain] == ["value", "share:EigenLayer"]


def test_one_position_is_one_position() -> None:
    assert lines(overview(positions=1))[0] == "USD 1,000 in one position."


def test_positions_without_a_price_are_said_beside_the_value() -> None:
    answer = overview(positions=14, unpriced=2, largest=(EIGENLAYER,))
    assert lines(answer)[0] == (
        "USD 1,000 in 12 positions, and 2 positions without a price. 52 % of it stands on EigenLayer."
    )


def test_with_nothing_priced_positions_are_counted_instead_of_money() -> None:
    largest = (node("Lido", Dimension.PROTOCOL, None, positions=2),)
    answer = overview(
        positions=3, unpriced=3, value=None, largest=largest, out=open_ended(finishing({"P": (7, 0)}))
    )
    assert lines(answer)[0] == "3 positions, none with a price. Two of them stand on Lido."


def test_one_position_without_a_price_stands_on_its_node() -> None:
    largest = (node("Lido", Dimension.PROTOCOL, None),)
    answer = overview(
        positions=1, unpriced=1, value=None, largest=largest, out=open_ended(finishing({"P": (7, 0)}))
    )
    assert lines(answer)[0] == "One position, without a price. It stands on Lido."


def test_of_equal_nodes_the_platform_is_named_before_its_tokens_and_wallets() -> None:
    equal = (
        node("weETH", Dimension.TOKEN, 1.0),
        node("Ledger", Dimension.CUSTODY, 1.0),
        node("EigenLayer", Dimension.PLATFORM, 1.0),
        node("ether.fi", Dimension.PROTOCOL, 1.0),
    )
    assert lines(overview(largest=equal))[0].endswith("100 % of it stands on EigenLayer.")


def test_a_small_share_is_not_said_to_be_nothing() -> None:
    answer = overview(largest=(node("Lido", Dimension.PROTOCOL, 0.001),))
    assert lines(answer)[0] == "USD 1,000 in 12 positions. Under 1 % of it stands on Lido."


def test_an_empty_portfolio_is_one_sentence() -> None:
    assert lines(overview(positions=0, value=None)) == ["Nothing is recorded yet."]


def test_hidden_amounts_keep_their_shares() -> None:
    shown = lines(overview(largest=(EIGENLAYER,)), Labels(hide_amounts=True))[0]
    assert shown == "••• in 12 positions. 52 % of it stands on EigenLayer."


# -- Overview, reward ----------------------------------------------------------------------------------


def test_the_extra_reward_counts_only_layers_above_plain_staking() -> None:
    layers = (layer("restaking", 1143.0), layer("yield", 1124.4), layer("staking", 5781.0, extra=False))
    assert lines(overview(layers=layers))[2] == "The layers above plain staking pay USD 2,267 a year."


def test_an_unknown_reward_is_said_and_never_counted_as_zero() -> None:
    layers = (layer("liquid restaking", 1593.0, unknown=1),)
    assert (
        lines(overview(layers=layers))[2]
        == "The layers above plain staking pay USD 1,593 a year, one reward unknown."
    )


def test_where_no_extra_reward_is_known_no_amount_is_made_up() -> None:
    layers = (layer("restaking", 0.0, unknown=2),)
    assert lines(overview(layers=layers))[2] == "What the layers above plain staking pay is not known."


def test_layers_that_cost_more_than_they_pay_cost() -> None:
    layers = (layer("collateral", -1416.0),)
    assert lines(overview(layers=layers))[2] == "The layers above plain staking cost USD 1,416 a year."


def total(name: str, reward: float, unsplit: int = 1) -> LayerSum:
    """Return the sums of a layer whose whole reward is the total of whole stacks."""
    return replace(layer(name, reward), unsplit=unsplit, unsplit_reward=reward)


def test_a_total_of_a_whole_stack_is_not_called_extra() -> None:
    answer = overview(layers=(total("restaking", 320.0),))
    assert lines(answer)[2] == (
        "One rate of USD 320 a year is the total of a whole stack and is not counted as extra until it is "
        "split."
    )


def test_totals_stand_beside_what_is_known_to_be_extra() -> None:
    answer = overview(layers=(total("restaking", 320.0, 2), layer("yield", 50.0)))
    assert lines(answer)[2] == (
        "The layers above plain staking pay USD 50 a year. Two rates, together USD 320 a year, are totals of "
        "whole stacks and are not counted as extra until they are split."
    )


def test_a_total_beside_an_unknown_reward() -> None:
    answer = overview(layers=(total("restaking", 320.0), layer("yield", 0.0, unknown=1)))
    assert lines(answer)[2].startswith("What the layers above plain staking pay is not known. One rate of")


def test_extra_layers_without_any_price_are_not_said_to_pay_nothing() -> None:
    answer = overview(layers=(replace(layer("restaking", 0.0), priced=0),))
    assert lines(answer)[2] == "What the layers above plain staking pay is not known."


def test_a_node_without_any_price_is_not_said_to_carry_nothing() -> None:
    unpriced = NodeExposure("Renzo", Dimension.PROTOCOL, 0.0, 0.0, 1, {"Q": 1.0}, priced=False)
    assert lines(overview(unpriced=1, largest=(unpriced,)))[0].endswith("without a price.")


def test_without_extra_layers_plain_staking_is_said() -> None:
    layers = (layer("staking", 30.0, extra=False), layer("hold", 0.0, extra=False))
    assert lines(overview(layers=layers))[2] == "Plain staking pays USD 30 a year; nothing stands above it."
    assert lines(overview(layers=layers[1:]))[2] == "Nothing of it is staked."


def test_an_unknown_reward_of_plain_staking_is_said() -> None:
    layers = (layer("staking", 0.0, unknown=1, extra=False),)
    assert (
        lines(overview(layers=layers))[2] == "What plain staking pays is not known; nothing stands above it."
    )


def test_the_expected_loss_is_called_an_assumption() -> None:
    loss = ExpectedLoss(4100.0, 0.01, {"P": 4100.0}, ("EigenLayer",), (), 0.0)
    answer = overview(layers=(layer("restaking", 2804.0),), expected_loss=loss)
    assert lines(answer)[2].endswith("a year. On average failures cost USD 4,100 a year, as you assumed.")


# -- the way out ---------------------------------------------------------------------------------------


def out_in(*finishes: tuple[float | None, float]) -> str:
    out = finishing({f"P{i}": finish for i, finish in enumerate(finishes)})
    return spoken(plain(way_out_sentence(out, LABELS, TODAY)))


def test_half_ninety_per_cent_and_all_are_said_and_a_far_day_is_a_date() -> None:
    said = out_in((7, 500.0), (26.2, 400.0), (128, 100.0))
    assert said == "Typically half can be out in 7 days, 90 % in 27 days and all on 1 April 2027."


def test_what_falls_on_one_day_is_said_once() -> None:
    assert out_in((7, 1000.0)) == "Typically all can be out in 7 days."
    assert out_in((7, 600.0), (14, 400.0)) == "Typically half can be out in 7 days and all in 14 days."


def test_nothing_to_wait_for_is_at_once() -> None:
    assert out_in((0, 600.0), (1, 400.0)) == "Typically half can be out at once and all in 1 day."


def test_value_without_a_known_date_is_named() -> None:
    said = out_in((14, 500.0), (None, 120.0))
    assert said == "Typically half can be out in 14 days; no date is known for USD 120."


def test_where_half_has_no_date_a_quarter_is_said() -> None:
    assert (
        out_in((5, 300.0), (None, 700.0))
        == "Typically a quarter can be out in 5 days; no date is known for USD 700."
    )


def test_where_nothing_has_a_date_that_is_the_sentence() -> None:
    assert out_in((None, 700.0)) == "No date is known for any of it."
    assert (
        out_in((3, 100.0), (None, 900.0))
        == "Typically 10 % can be out in 3 days; no date is known for USD 900."
    )


def ranging(*ways: tuple[float, float | None, str]) -> Withdrawals:
    return withdrawals(ranging_portfolio(*ways), TODAY)


def ranging_portfolio(*ways: tuple[float, float | None, str]) -> Portfolio:
    """Return positions with a way out of (earliest, latest, value) and no typical time."""
    positions = (
        Position(
            f"p{number}",
            "p",
            "ETH",
            "ETH",
            value=Decimal(value),
            exit=Exit((Tranche("all", 1.0, (ExitStep("q", "queue", (), earliest, None, latest),)),)),
        )
        for number, (earliest, latest, value) in enumerate(ways)
    )
    return Portfolio().with_positions(*positions)


def test_without_typical_times_the_latest_dates_are_told() -> None:
    said = plain(way_out_sentence(ranging((1, 5, "400"), (2, None, "600")), Labels(), TODAY))
    assert (
        spoken(said) == "At the latest a quarter can be out in 5 days; no latest date is known for USD 600."
    )


def test_beside_an_unknown_typical_time_the_latest_date_is_told() -> None:
    known = Position("k", "k", "ETH", "ETH", value=Decimal(500), exit=Exit((Tranche("all", 1.0),)))
    open_ended = ranging_portfolio((1, 5, "500")).with_positions(known)
    said = plain(way_out_sentence(withdrawals(open_ended, TODAY), Labels(), TODAY))
    assert spoken(said) == (
        "Typically half can be out at once; no typical time is known for USD 500. "
        "At the latest all can be out in 5 days."
    )


def test_without_latest_dates_the_earliest_are_told() -> None:
    said = plain(way_out_sentence(ranging((2, None, "600")), Labels(), TODAY))
    assert spoken(said) == "At the earliest all can be out in 2 days."


def test_hidden_amounts_become_shares_where_no_date_is_known() -> None:
    out = finishing({"A": (14, 500.0), "B": (None, 500.0)})
    said = plain(way_out_sentence(out, Labels(hide_amounts=True), TODAY))
    assert spoken(said) == "Typically half can be out in 14 days; no date is known for 50 %."


def test_with_nothing_priced_dates_stay() -> None:
    out = open_ended(finishing({"A": (14, 0.0), "B": (None, 0.0)}))
    said = spoken(plain(way_out_sentence(out, LABELS, TODAY)))
    assert said == "Typically one of 2 positions can be out in 14 days."


def test_withdrawals_add_what_selling_first_frees_today() -> None:
    out = finishing({"A": (7, 1000.0)}, sold_at_once=520.0)
    said = spoken(plain(withdrawals_sentence(out, LABELS, TODAY)))
    assert said == "Typically all can be out in 7 days. Selling first frees 52 % today."


def test_a_sale_that_frees_nothing_today_is_not_mentioned() -> None:
    out = finishing({"A": (7, 1000.0)})
    assert spoken(plain(withdrawals_sentence(out, LABELS, TODAY))) == "Typically all can be out in 7 days."


# -- Dependencies --------------------------------------------------------------------------------------


def point(name: str) -> SinglePoint:
    return SinglePoint(name, 0.5, (), 0.0)


def test_dependencies_count_nodes_and_the_heavy_ones_beside_the_common_ground() -> None:
    answer = overview(
        largest=(
            EIGENLAYER,
            node("Lido", Dimension.PROTOCOL, 0.29),
            node("unknown:operator", Dimension.UNKNOWN, 0.4),
        ),
        common=(ETH, ETHEREUM),
        single_points=(point("Ethereum"), point("ETH"), point("EigenLayer"), point("Lido")),
    )
    assert spoken(plain(dependencies_sentence(answer))) == (
        "12 positions stand on 4 nodes. "
        "Two of them, beside ETH and Ethereum, carry a quarter of the value or more."
    )


def test_where_no_node_is_heavy_none_of_them_is() -> None:
    answer = overview(positions=1, largest=(node("Lido", Dimension.PROTOCOL, 0.2),))
    assert plain(dependencies_sentence(answer)) == (
        "One position stands on one node. None of them carries a quarter of the value or more."
    )


def test_without_a_price_no_share_of_a_node_is_claimed() -> None:
    answer = overview(positions=2, value=None, largest=(node("Lido", Dimension.PROTOCOL, None),))
    assert (
        plain(dependencies_sentence(answer))
        == "2 positions stand on one node. Without a price no share is known."
    )


def test_value_is_shown_to_the_unit_not_beyond() -> None:
    assert lines(overview(value=str(Decimal("1234567.891"))))[0] == "USD 1,234,568 in 12 positions."
