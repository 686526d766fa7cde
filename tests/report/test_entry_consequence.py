from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop_app.domain.catalogue import Entry, ExitFact
from desktop_app.domain.entry_edits import own_source
from desktop_app.domain.following import with_own_entries
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Origin, Tranche
from desktop_app.domain.stacks import Holding, add_holdings
from desktop_app.figures.labels import Labels
from desktop_app.report.entry_consequence import entry_consequence, held
from desktop_app.report.sentences import plain
from desktop_app.shipped import catalogue

DAY = date(2026, 11, 24)
SHIPPED = catalogue()
FAST = ExitFact("standard", "queue", "queue", own_source("", DAY), 2.0, 3.0, 4.0)


def portfolio(*assets: str) -> Portfolio:
    return add_holdings(Portfolio(), SHIPPED, [Holding(a, Decimal(1), Decimal(100)) for a in assets])[0]


def said(before: Portfolio, *entries: Entry) -> str:
    own = {e.id: replace(e, origin=Origin.YOURS) for e in entries}
    following = with_own_entries(before, SHIPPED, own)
    words = entry_consequence(held(before, DAY), held(following.portfolio, DAY), following, Labels())
    return plain(words).replace("\u00a0", " ").replace("\u202f", " ")


def override(ident: str, **fields: object) -> Entry:
    return replace(SHIPPED.entries[ident], **fields)  # type: ignore[arg-type]


def test_where_nothing_rests_on_it_nothing_changes() -> None:
    assert said(portfolio("stETH"), override("kelp", exits=(FAST,))) == (
        "With this change nothing that you hold changes."
    )
    assert said(Portfolio(), override("kelp", name="K")) == "With this change nothing that you hold changes."


def test_another_way_out_says_how_long_it_takes_now() -> None:
    text = said(portfolio("weETH"), override("etherfi", exits=(FAST,)))
    assert text == (
        "With this change weETH takes another way out: it is typically out in 3 days "
        "instead of on a day that is not known."
    )
    two = said(portfolio("weETH", "eETH"), override("etherfi", exits=(FAST,)))
    assert two.startswith("With this change 2 positions take another way out: the last is typically out in 3")


def test_another_way_out_of_the_same_length_says_no_more() -> None:
    known = replace(SHIPPED.entries["cosmos-hub-staking"].exits[0], name="unbonding at the hub")
    before = add_holdings(Portfolio(), SHIPPED, [Holding("ATOM", Decimal(1), layer="staking")])[0]
    text = said(before, override("cosmos-hub-staking", exits=(known,)))
    assert text == "With this change ATOM, staked takes another way out."


def test_other_dependencies_say_whose_share_changes() -> None:
    text = said(portfolio("weETH", "stETH"), override("etherfi", depends_on=("ethereum-native-staking",)))
    moved = "EigenLayer goes from 50.0 to 0.0 % of the portfolio."
    assert text.startswith(f"With this change weETH stands on something else: {moved}")


def test_a_new_name_and_steps_that_stay_are_told() -> None:
    before = portfolio("weETH")
    position = before.positions["weETH"]
    mine = tuple(replace(s, maximum=99.0, origin=Origin.YOURS) for s in position.exit.tranches[0].steps)
    exits = replace(position.exit, tranches=(Tranche("all", 1.0, mine),))
    before = before.with_positions(replace(position, exit=exits))
    text = said(before, override("etherfi", exits=(FAST,), name="My pool"))
    assert text == "With this change ether.fi is called My pool. weETH keeps the steps that you typed."
