"""What was taken from the catalogue follows a changed entry; what the user typed stays."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.analysis.exposure import exposure
from desktop_app.domain.catalogue import Entry, ExitFact, Source
from desktop_app.domain.checks import graph_issues
from desktop_app.domain.following import Following, with_own_entries
from desktop_app.domain.own_entries import effective
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, Edge, ExitStep, Mode, Node, Origin, Request, Tranche
from desktop_app.domain.requests import steps_to_walk
from desktop_app.domain.stacks import Holding, add_holding, add_holdings
from desktop_app.shipped import catalogue, sample_portfolio
from tests.domain.reach import reached

SHIPPED = catalogue()
OWN = Source("a friend", "2026-11-01", verified=False, checked="", origin=Origin.YOURS)
FASTER = ExitFact("standard", "my queue", "queue", OWN, 2.0, 3.0, 4.0, slashable=False)


def held(*holdings: Holding) -> Portfolio:
    return add_holdings(Portfolio(), SHIPPED, holdings)[0]


def one(asset: str, **more: object) -> Portfolio:
    return held(Holding(asset, Decimal(1), Decimal(100), **more))  # type: ignore[arg-type]


def override(ident: str, **fields: object) -> Entry:
    return replace(SHIPPED.entries[ident], origin=Origin.YOURS, **fields)  # type: ignore[arg-type]


def changed(portfolio: Portfolio, *entries: Entry) -> Following:
    return with_own_entries(portfolio, SHIPPED, {e.id: e for e in entries})


def steps(portfolio: Portfolio, position: str) -> list[ExitStep]:
    return [s for t in portfolio.positions[position].exit.tranches for s in t.steps]


def shares(portfolio: Portfolio) -> dict[str, float | None]:
    return {n.node: n.share for n in exposure(portfolio).nodes.values()}


# -- ways out ----------------------------------------------------------------------------------------------


def test_a_changed_step_reaches_the_positions_that_take_it_and_no_others() -> None:
    before = held(Holding("weETH", Decimal(1)), Holding("stETH", Decimal(1)))
    found = changed(before, override("etherfi", exits=(FASTER,)))
    assert (found.ways_out, found.stacks, found.kept) == (("weETH",), (), ())
    (step,) = steps(found.portfolio, "weETH")
    assert (step.name, step.typical, step.slashable, step.cited) == ("my queue", 3.0, False, "a friend")
    assert (step.origin, step.verified) == (Origin.YOURS, None)
    assert found.portfolio.positions["stETH"] is before.positions["stETH"]
    assert list(found.portfolio.entries) == ["etherfi"]


def test_a_changed_step_reaches_the_requests_that_walk_it() -> None:
    before = one("weETH")
    position = before.positions["weETH"]
    asked = Request("r", Decimal("0.5"), datetime(2026, 11, 24, tzinfo=UTC), steps=steps_to_walk(position))
    before = before.with_positions(
        replace(position, requests=(asked, replace(asked, id="s", path="instant")))
    )
    after = changed(before, override("etherfi", exits=(FASTER,))).portfolio.positions["weETH"]
    assert [step.name for step in after.requests[0].steps] == ["my queue"]
    assert after.requests[1].steps == asked.steps


def test_days_that_are_gone_and_parts_of_a_position_stay() -> None:
    before = one("weETH")
    position = before.positions["weETH"]
    (tranche,) = position.exit.tranches
    waiting = tuple(replace(s, elapsed_days=1.5, capacity=Decimal(7)) for s in tranche.steps)
    parts = (Tranche("a", 0.25, waiting), Tranche("b", 0.75, tranche.steps))
    before = before.with_positions(replace(position, exit=replace(position.exit, tranches=parts)))
    fact = replace(SHIPPED.entries["etherfi"].exits[0], maximum=30.0, source=OWN)
    after = changed(before, override("etherfi", exits=(fact,))).portfolio
    a, b = after.positions["weETH"].exit.tranches
    assert (a.fraction, a.steps[0].maximum, a.steps[0].elapsed_days, a.steps[0].capacity) == (
        0.25,
        30.0,
        1.5,
        Decimal(7),
    )
    assert (b.fraction, b.steps[0].maximum, b.steps[0].elapsed_days) == (0.75, 30.0, 0.0)


def test_a_step_that_the_user_typed_stays_and_is_told() -> None:
    before = one("weETH")
    position = before.positions["weETH"]
    mine = replace(steps(before, "weETH")[0], maximum=99.0, origin=Origin.YOURS)
    way_out = replace(position.exit, tranches=(Tranche("all", 1.0, (mine,)),))
    before = before.with_positions(replace(position, exit=way_out))
    found = changed(before, override("etherfi", exits=(FASTER,)))
    assert steps(found.portfolio, "weETH") == [mine]
    assert (found.ways_out, found.kept) == ((), ("weETH",))


def test_an_own_fact_follows_a_later_change_of_it() -> None:
    first = changed(one("weETH"), override("etherfi", exits=(FASTER,))).portfolio
    second = changed(first, override("etherfi", exits=(replace(FASTER, typical=4.0),)))
    assert steps(second.portfolio, "weETH")[0].typical == 4.0


def test_a_way_out_that_nobody_knew_is_there_once_it_is_entered_and_gone_with_the_entry() -> None:
    coin = Entry("mine", "Mine", "liquid-staking", "ethereum", ("mX",), ("ethereum-native-staking",))
    own = replace(coin, origin=Origin.YOURS)
    known = with_own_entries(Portfolio(), SHIPPED, {"mine": own}).portfolio
    before = add_holding(known, effective(SHIPPED, known.entries), Holding("mX", Decimal(1)))
    assert not [s for s in steps(before, "mX") if s.maximum is not None]
    found = changed(before, replace(own, exits=(FASTER,)))
    assert found.ways_out == ("mX",)
    assert steps(found.portfolio, "mX")[0].maximum == 4.0


# -- what positions stand on -------------------------------------------------------------------------------


def test_a_dependency_taken_away_is_gone_with_all_that_only_it_reached() -> None:
    before = one("weETH", operators=("P2P",))
    found = changed(before, override("etherfi", depends_on=("ethereum-native-staking",)))
    assert found.stacks == ("weETH",)
    assert "platform:eigenlayer" in reached(before, "weETH")
    assert "platform:eigenlayer" not in found.portfolio.nodes
    assert graph_issues(found.portfolio) == ()


def test_a_dependency_added_is_there_for_every_position_on_it() -> None:
    feed = Entry("feed", "Feed", "oracle", "", origin=Origin.YOURS)
    before = held(Holding("stETH", Decimal(1)), Holding("wstETH", Decimal(1)))
    lido = override("lido", depends_on=("ethereum-native-staking", "feed"))
    found = changed(before, feed, lido)
    assert set(found.stacks) == {"stETH", "wstETH"}
    assert all("oracle:feed" in reached(found.portfolio, p) for p in ("stETH", "wstETH"))
    layer = next(la for la in found.portfolio.positions["stETH"].layers if la.name == "liquid staking")
    assert "protocol:lido>oracle:feed" in layer.edges


def sliced() -> Portfolio:
    """Return stETH whose user gave P2P and Kiln 30 % each, and named an oracle of their own."""
    before = one("stETH", operators=("P2P", "Kiln"))
    group = before.groups["protocol:lido#operators"]
    slices = [Edge(f"{group.id}>{t}", "protocol:lido", t, Mode.SPLIT, 0.3, group.id) for t in group.names]
    typed = Edge("stETH>feed", "stETH", "oracle:mine")
    before = replace(before, edges={i: e for i, e in before.edges.items() if e.group != group.id})
    before = before.with_graph(
        [Node("oracle:mine", "Mine", Dimension.ORACLE)], [*slices, typed], [replace(group, names=())]
    )
    layers = before.positions["stETH"].layers
    named = replace(layers[-1], edges=(*layers[-1].edges, typed.id, *(e.id for e in slices)))
    return before.with_positions(replace(before.positions["stETH"], layers=(*layers[:-1], named)))


def weights(portfolio: Portfolio) -> dict[str, float]:
    return {e.target: e.weight for e in portfolio.edges.values() if e.group == "protocol:lido#operators"}


def test_shares_and_edges_of_the_user_stay() -> None:
    before = sliced()
    feed = Entry("feed", "Feed", "oracle", "", origin=Origin.YOURS)
    lido = override("lido", depends_on=("ethereum-native-staking", "feed"))
    after = changed(before, feed, lido).portfolio
    assert "oracle:feed" in reached(after, "stETH")
    assert weights(after) == weights(before) == {"operator:p2p": 0.3, "operator:kiln": 0.3}
    assert after.edges["stETH>feed"] == before.edges["stETH>feed"]
    assert any("stETH>feed" in la.edges for la in after.positions["stETH"].layers)
    assert graph_issues(after) == ()


def test_operators_keep_their_shares_where_they_now_work_on_a_platform() -> None:
    lido = override("lido", depends_on=("ethereum-native-staking", "eigenlayer"))
    after = changed(sliced(), lido).portfolio
    assert weights(after) == {"role:p2p@eigenlayer": 0.3, "role:kiln@eigenlayer": 0.3}
    assert {"operator:p2p", "operator:kiln", "platform:eigenlayer"} <= reached(after, "stETH")
    assert graph_issues(after) == ()


def test_a_layer_that_the_user_took_away_stays_away() -> None:
    before = one("weETH")
    position = before.positions["weETH"]
    before = before.with_positions(replace(position, layers=position.layers[:-1]))
    after = changed(before, override("etherfi", chain="base", exits=(FASTER,))).portfolio
    assert [la.name for la in after.positions["weETH"].layers] == [la.name for la in position.layers[:-1]]


def test_a_new_name_is_the_nodes_name_unless_the_user_named_it() -> None:
    before = one("ETH", protocol="EigenLayer")
    named = changed(before, override("eigenlayer", name="Eigen")).portfolio
    assert named.nodes["platform:eigenlayer"].name == "Eigen"
    assert "platform:eigenlayer" in reached(named, "ETH")
    own = before.with_graph([replace(before.nodes["platform:eigenlayer"], name="The platform")])
    kept = changed(own, override("eigenlayer", name="Eigen")).portfolio
    assert kept.nodes["platform:eigenlayer"].name == "The platform"


def test_an_asset_that_becomes_known_gets_its_stack_and_keeps_what_was_said_of_it() -> None:
    before = one("mX", name="My X", account="Cold", notes="n", reward_rate=0.04)
    own = Entry("mine", "Mine", "liquid-staking", "ethereum", ("mX",), ("ethereum-native-staking",))
    found = changed(before, replace(own, origin=Origin.YOURS))
    position = found.portfolio.positions["mX"]
    assert {"token:mX", "protocol:mine", "chain:ethereum"} <= reached(found.portfolio, "mX")
    assert "asset:mX" not in found.portfolio.nodes
    assert (position.name, position.account, position.notes) == ("My X", "Cold", "n")
    assert position.underlying == "ETH"
    gone = changed(found.portfolio)
    assert "protocol:mine" not in gone.portfolio.nodes
    assert "asset:mX" in reached(gone.portfolio, "mX")


# -- nothing else ------------------------------------------------------------------------------------------


def test_a_change_that_touches_no_position_changes_nothing_but_the_entries() -> None:
    before = one("weETH")
    after = changed(before, override("lido", name="L")).portfolio
    assert after == replace(before, entries=after.entries)
    assert after.positions is before.positions
    assert after.edges is before.edges


def test_of_a_reward_or_a_rule_of_slashing_nothing_follows() -> None:
    before = one("weETH")
    found = changed(before, override("etherfi", rewards=(), slashing=(), risks=()))
    assert (found.ways_out, found.stacks, found.kept) == ((), (), ())
    assert found.portfolio.positions is before.positions


ON = ("ethereum-native-staking", "eigenlayer", "symbiotic", "lido", "eth")
_changes = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["Other", "A name of forty letters, or some more of it", "Lido"]),
        "depends_on": st.lists(st.sampled_from(ON), unique=True).map(tuple),
        "exits": st.lists(st.sampled_from([FASTER, replace(FASTER, name="then", maximum=None)])).map(tuple),
        "chain": st.sampled_from(["ethereum", "base", ""]),
        "symbols": st.sampled_from([(), ("weETH",)]),
    },
)


_overrides = st.dictionaries(st.sampled_from(["etherfi", "lido", "eigenlayer", "kelp", "p2p"]), _changes)


@given(_overrides)
@settings(max_examples=25)
def test_whatever_is_changed_the_graph_stays_sound(changes: dict[str, dict[str, object]]) -> None:
    before = sample_portfolio()
    there = changed(before, *(override(i, **fields) for i, fields in changes.items())).portfolio
    assert graph_issues(there) == ()
    assert list(there.positions) == list(before.positions)
    back = changed(there).portfolio
    assert graph_issues(back) == ()
    assert [p.exit for p in back.positions.values()] == [p.exit for p in before.positions.values()]
    assert {n.id: n.name for n in back.nodes.values()} == {n.id: n.name for n in before.nodes.values()}


BUILT = held(
    *(Holding(a, Decimal(1), Decimal(100)) for a in ("weETH", "stETH", "rsETH", "ETH", "PT-weETH-26DEC2024")),
    Holding("weETH", Decimal(1), Decimal(100), operators=("P2P",), services=("EigenDA",)),
    Holding("wstETH", Decimal(1), Decimal(100), operators=("Kiln", "P2P")),
    Holding(
        "ETH", Decimal(1), Decimal(100), protocol="EigenLayer", operators=("P2P",), services=("EigenDA",)
    ),
    Holding("stETH", Decimal(1), Decimal(100), protocol="EigenLayer"),
)


@given(_overrides)
@settings(max_examples=25)
def test_going_back_to_the_shipped_entries_brings_everything_back(
    changes: dict[str, dict[str, object]],
) -> None:
    there = changed(BUILT, *(override(i, **fields) for i, fields in changes.items())).portfolio
    back = changed(there).portfolio
    assert shares(back) == pytest.approx(shares(BUILT))
    assert [p.exit for p in back.positions.values()] == [p.exit for p in BUILT.positions.values()]
    assert {n.id: n.name for n in back.nodes.values()} == {n.id: n.name for n in BUILT.nodes.values()}
