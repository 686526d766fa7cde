from desktop_app.domain.positions import ExitStep, Origin, Tranche
from tests.domain.reach import one

Days = tuple[float | None, float | None, float | None]


def tranche(asset: str, **more: object) -> Tranche:
    (only,) = one(asset, **more)[1].exit.tranches
    assert only.fraction == 1.0
    return only


def finish(part: Tranche) -> Days:
    """Return the longest path, summed the plain way; None where a step on it has no duration."""
    return (
        _finish(part.steps, lambda s: s.minimum),
        _finish(part.steps, lambda s: s.typical),
        _finish(part.steps, lambda s: s.maximum),
    )


def _finish(steps: tuple[ExitStep, ...], days: object) -> float | None:
    ends: dict[str, float | None] = {}
    for step in steps:
        own = days(step)  # type: ignore[operator]
        before = [ends[a] for a in step.after] or [0.0]
        known = [b for b in before if b is not None]
        ends[step.id] = None if own is None or len(known) < len(before) else max(known) + own
    last = [e for e in ends.values() if e is not None]
    return None if None in ends.values() else max(last, default=0.0)


def nodes(part: Tranche) -> list[str | None]:
    return [s.node for s in part.steps]


def test_a_coin_that_is_only_held_is_out_at_once() -> None:
    assert tranche("ETH").steps == ()


def test_a_restaked_token_walks_the_platform_and_then_its_issuer() -> None:
    way = tranche("stETH", protocol="EigenLayer")
    assert nodes(way) == ["platform:eigenlayer"] * 2 + ["protocol:lido"] * 2
    least, _, most = finish(way)
    assert (least, most) == (15.0, 19.0)


def test_a_restaking_token_redeems_to_its_underlying_in_one_walk() -> None:
    way = tranche("weETH")
    assert nodes(way) == ["protocol:etherfi"]
    assert finish(way) == (1.0, None, 7.0)


def test_staked_sol_takes_its_epochs() -> None:
    assert finish(tranche("JitoSOL")) == (0.0, 1.0, 2.0)


def test_staked_atom_unbonds_for_twenty_one_days_and_can_be_slashed_meanwhile() -> None:
    way = tranche("ATOM", layer="staking")
    assert finish(way) == (21.0, 21.0, 21.0)
    assert [s.slashable for s in way.steps] == [True]


def test_susde_cools_down() -> None:
    assert finish(tranche("sUSDe")) == (1.0, 1.0, 7.0)


def test_a_principal_token_gives_its_token_whose_own_exit_follows() -> None:
    way = tranche("PT-weETH-26DEC2024")
    assert way.steps[0].name == "hold to maturity"
    assert nodes(way) == ["protocol:pendle-pt", "protocol:etherfi"]
    assert finish(way) == (1.0, None, None)


def test_a_vault_pays_the_token_that_the_facts_name() -> None:
    assert nodes(tranche("rstETH")) == ["protocol:mellow"] * 2 + ["protocol:lido"] * 2
    assert nodes(tranche("cmETH")) == ["protocol:mantle-cmeth", "protocol:mantle-meth"]
    assert nodes(tranche("mstETH")) == ["protocol:eigenpie", "protocol:lido", "protocol:lido"]


def test_what_a_pool_pays_out_is_unknown_where_nobody_names_it() -> None:
    way = tranche("steCRV")
    assert (way.steps[-1].typical, way.steps[-1].origin) == (None, Origin.ASSUMED)


def test_native_restaking_runs_the_validators_exit_beside_the_platforms_delay() -> None:
    steps = {s.id: s for s in tranche("ETH", protocol="EigenLayer").steps}
    delay, first = steps["eigenlayer/native/1"], steps["ethereum-native-staking/standard/1"]
    assert delay.after == first.after == ()
    assert (delay.minimum, delay.maximum) == (14.0, 14.0)
    assert steps["eigenlayer/native/2"].after == (delay.id, "ethereum-native-staking/standard/3")


def test_a_wrapped_coin_in_a_platform_has_no_validator_to_leave() -> None:
    assert set(nodes(tranche("WETH", protocol="EigenLayer"))) == {"platform:eigenlayer"}


def test_collateral_comes_back_before_its_own_way_out() -> None:
    assert nodes(tranche("weETH", protocol="Aave v3")) == ["lender:aave-v3", "protocol:etherfi"]


def test_an_issuer_that_was_given_a_token_pays_the_underlying() -> None:
    assert nodes(tranche("stETH", protocol="ether.fi")) == ["protocol:etherfi"]


def test_an_issuer_that_pays_another_token_is_followed_by_its_way_out() -> None:
    assert nodes(tranche("ETH", protocol="Mellow")) == ["protocol:mellow"] * 2 + ["protocol:lido"] * 2
    assert nodes(tranche("SOL", protocol="Renzo ezSOL")) == ["protocol:renzo-ezsol"] * 2 + [
        "protocol:jitosol"
    ]


def test_a_lender_abroad_is_left_before_the_bridge_is_crossed() -> None:
    way = tranche("rsETH", protocol="Aave v3", chain="Arbitrum")
    assert nodes(way) == ["lender:aave-v3", "unknown:bridge", "protocol:kelp"]
    unnamed = one("weETH", layer="collateral", chain="Base")[1].exit.tranches[0]
    assert nodes(unnamed) == ["unknown:protocol", "unknown:bridge", "protocol:etherfi"]


def test_a_token_abroad_must_be_brought_back_first_in_unknown_time() -> None:
    first = tranche("weETH", chain="Base").steps[0]
    assert (first.node, first.minimum, first.maximum) == ("unknown:bridge", None, None)


def test_leaving_a_protocol_that_nobody_knows_takes_unknown_time() -> None:
    first = tranche("stETH", protocol="Bob's Vault", layer="yield").steps[0]
    assert (first.node, first.typical) == ("protocol:bob-s-vault", None)


def test_no_way_out_is_known_where_the_facts_have_none() -> None:
    for asset in ("WBTC", "uniBTC", "YT-weETH-26DEC2024", "NOBODY"):
        assert one(asset)[1].exit.tranches == ()


def test_a_step_says_where_it_was_read_and_whether_it_was_verified() -> None:
    step = tranche("ATOM", layer="staking").steps[0]
    assert step.cited
    assert step.dated
    assert step.verified is True
    assert step.origin is Origin.CATALOGUE


def test_no_sale_is_invented() -> None:
    assert one("stETH")[1].exit.market is None
