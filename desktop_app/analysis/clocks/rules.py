"""The rules by name: which clock answers, and which keys it takes."""

from collections.abc import Mapping

from desktop_app.analysis.clocks import (
    bitcoin,
    chains,
    cosmos,
    eigenlayer,
    eigenlayer_slashing,
    ethereum,
    ethereum_slashing,
    polkadot,
    solana,
    symbiotic,
    symbiotic_slashing,
    wrappers,
)
from desktop_app.analysis.clocks import kinds as k
from desktop_app.analysis.clocks.rule import Rule
from desktop_app.domain.congestion import Fork

_FORK = k.one_of(Fork)
_TIMED = {"requested": k.TIME}
_BLOCK_TIMED = {"requested_block": k.BLOCK, "requested": k.TIME}
_CHAIN = k.one_of(tuple(cosmos.CHAINS))
_BABYLON = {"blocks": k.whole("Bitcoin blocks", 1), "version": k.whole("parameter version")}

_ALL = (
    Rule(
        "ethereum-exit",
        ethereum.withdrawal,
        {
            "queue_eth": k.ETH,
            "exit_eth": k.ETH,
            "total_stake_eth": k.ETH,
            "fork": _FORK,
            "paying_validators": k.whole("validators"),
            "active_epochs": k.whole("epochs"),
            "partial_epochs": k.whole("epochs"),
            "requested": k.TIME,
        },
        (ethereum.SOURCE, ethereum.SWEEP_SOURCE),
    ),
    Rule(
        "ethereum-queue",
        ethereum.exit_queue,
        {
            "queue_eth": k.ETH,
            "exit_eth": k.ETH,
            "total_stake_eth": k.ETH,
            "fork": _FORK,
            "requested": k.TIME,
        },
        (ethereum.SOURCE,),
    ),
    Rule(
        "ethereum-partial",
        ethereum.partial_withdrawal,
        {
            "queue_eth": k.ETH,
            "amount_eth": k.ETH,
            "total_stake_eth": k.ETH,
            "fork": _FORK,
            "pending": k.whole("partial withdrawals"),
            "balance_eth": k.ETH,
            "active_epochs": k.whole("epochs"),
            "requested": k.TIME,
        },
        (ethereum.SOURCE,),
    ),
    Rule(
        "ethereum-sweep",
        ethereum.sweep,
        {"paying_validators": k.whole("validators"), "partial_queue_full": k.FLAG, "requested": k.TIME},
        (ethereum.SWEEP_SOURCE,),
    ),
    Rule(
        "ethereum-churn",
        ethereum.churn_limits,
        {"total_stake_eth": k.ETH, "fork": _FORK},
        (ethereum.SOURCE,),
    ),
    Rule(
        "ethereum-slashing",
        ethereum_slashing.slashing,
        {
            "slashed_eth": k.ETH,
            "total_stake_eth": k.ETH,
            "effective_eth": k.ETH,
            "queue_eth": k.ETH,
            "fork": _FORK,
            "requested": k.TIME,
        },
        (ethereum.SOURCE,),
    ),
    Rule("eigenlayer-withdrawal", eigenlayer.withdrawal, _BLOCK_TIMED, (eigenlayer.CONFIGURED,)),
    Rule(
        "eigenlayer-deallocation",
        eigenlayer.deallocation,
        {**_BLOCK_TIMED, "slashable": k.FLAG},
        (eigenlayer.ALLOCATIONS,),
    ),
    Rule("eigenlayer-deregistration", eigenlayer.deregistration, _BLOCK_TIMED, (eigenlayer.ALLOCATIONS,)),
    Rule(
        "eigenlayer-allocation",
        eigenlayer.allocation,
        {"blocks": k.whole("blocks"), **_BLOCK_TIMED},
        (eigenlayer.ALLOCATIONS,),
    ),
    Rule(
        "eigenlayer-allocation-delay",
        eigenlayer.allocation_delay,
        {"new_operator": k.FLAG, **_BLOCK_TIMED},
        (eigenlayer.ALLOCATIONS,),
    ),
    Rule("eigenlayer-slasher", eigenlayer.slasher_change, _BLOCK_TIMED, (eigenlayer.ALLOCATIONS,)),
    Rule("eigenlayer-redistribution", eigenlayer.redistribution, _BLOCK_TIMED, (eigenlayer.ELIP_016,)),
    Rule("eigenlayer-rewards", eigenlayer.rewards, _TIMED, (eigenlayer.CONFIGURED,)),
    Rule("eigenlayer-proof", eigenlayer.proof, _TIMED, (eigenlayer.CONFIGURED,)),
    Rule(
        "eigenlayer-slashing",
        eigenlayer_slashing.slashing,
        {
            "allocated": k.FRACTION,
            "slashed": k.FRACTION,
            "magnitude": k.FRACTION,
            "pending": k.FRACTION,
            "shares": k.UNITS,
        },
        (eigenlayer_slashing.SOURCE,),
    ),
    Rule(
        "eigenlayer-shares",
        eigenlayer_slashing.staker_shares,
        {
            "deposited": k.AMOUNT,
            "scaling": k.AMOUNT,
            "beacon": k.FRACTION,
            "magnitude": k.FRACTION,
            "deposit": k.AMOUNT,
        },
        (eigenlayer_slashing.SHARES_SOURCE,),
    ),
    Rule(
        "symbiotic",
        symbiotic.withdrawal,
        {"requested": k.TIME, "epoch_start": k.TIME, "epoch_seconds": k.SECONDS},
        (symbiotic.SOURCE,),
    ),
    Rule(
        "symbiotic-v2",
        symbiotic.queue,
        {"free": k.AMOUNT, "ahead": k.AMOUNT, "amount": k.AMOUNT, "adapters": k.ADAPTER, "requested": k.TIME},
        (symbiotic.QUEUE_SOURCE,),
    ),
    Rule(
        "symbiotic-veto",
        symbiotic.veto,
        {
            "captured": k.TIME,
            "epoch_seconds": k.SECONDS,
            "veto_seconds": k.SECONDS,
            "requested": k.TIME,
            "resolver": k.FLAG,
        },
        (symbiotic.VETO_SOURCE,),
    ),
    Rule(
        "symbiotic-resolver",
        symbiotic.resolver_change,
        {
            "requested": k.TIME,
            "epoch_start": k.TIME,
            "epoch_seconds": k.SECONDS,
            "delay_epochs": k.whole("epochs", symbiotic.LEAST_RESOLVER_EPOCHS),
            "first": k.FLAG,
        },
        (symbiotic.VETO_SOURCE,),
    ),
    Rule(
        "symbiotic-slashing",
        symbiotic_slashing.slashing,
        {
            "active": k.UNITS,
            "current": k.UNITS,
            "following": k.UNITS,
            "amount": k.UNITS,
            "capture": k.one_of(symbiotic_slashing.Capture),
        },
        (symbiotic.SOURCE,),
    ),
    Rule(
        "symbiotic-stake",
        symbiotic_slashing.operator_stake,
        {
            "delegator": k.one_of(symbiotic_slashing.Delegator),
            "active": k.UNITS,
            "limit": k.UNITS,
            "operator_limit": k.UNITS,
            "shares": k.UNITS,
            "total_shares": k.UNITS,
        },
        (symbiotic_slashing.DELEGATOR_SOURCE,),
    ),
    Rule(
        "symbiotic-slashable",
        symbiotic_slashing.slashable_stake,
        {
            "captured": k.TIME,
            "stake": k.UNITS,
            "requested": k.TIME,
            "epoch_seconds": k.SECONDS,
            "slashed_before": k.UNITS,
            "slashed_since": k.UNITS,
            "latest_slashed": k.TIME,
        },
        (symbiotic.SOURCE,),
    ),
    Rule(
        "babylon",
        bitcoin.unbonding,
        {"unbonding_block": k.BLOCK, **_BABYLON, "requested": k.TIME},
        (bitcoin.PARAMETERS_SOURCE, bitcoin.PROPOSED_SOURCE),
    ),
    Rule(
        "babylon-expiry",
        bitcoin.expiry,
        {
            "staking_block": k.BLOCK,
            "blocks": k.whole("Bitcoin blocks", 1),
            "timelock": k.whole("Bitcoin blocks", 1),
        },
        (bitcoin.PARAMETERS_SOURCE,),
    ),
    Rule(
        "babylon-slashing",
        bitcoin.slashing,
        {
            "stake_sat": k.SAT,
            "fee_sat": k.SAT,
            "rate": k.FRACTION,
            "blocks": k.whole("Bitcoin blocks", 1),
        },
        (bitcoin.PARAMETERS_SOURCE,),
    ),
    Rule("lombard", bitcoin.lombard, {**_BABYLON, "requested": k.TIME}, (bitcoin.LOMBARD_SOURCE,)),
    Rule("solvbtc", bitcoin.solvbtc, _TIMED, (bitcoin.SOLV_SOURCE,)),
    Rule("xsolvbtc", bitcoin.xsolvbtc, _TIMED, (bitcoin.XSOLV_SOURCE,)),
    Rule(
        "solana",
        solana.deactivation,
        {"slot": k.SLOT, "leaving": k.FRACTION, "requested": k.TIME, "epoch_start": k.TIME},
        (solana.SOURCE,),
    ),
    Rule(
        "jito",
        solana.jito_ticket,
        {"slot": k.SLOT, "requested": k.TIME, "epoch_start": k.TIME},
        (solana.JITO_SOURCE,),
    ),
    Rule(
        "marinade",
        solana.marinade_ticket,
        {"slot": k.SLOT, "late": k.FLAG, "requested": k.TIME, "epoch_start": k.TIME},
        (solana.MARINADE_SOURCE,),
    ),
    Rule(
        "cosmos",
        cosmos.undelegation,
        {"chain": _CHAIN, "requested": k.TIME, "open_entries": k.TIME},
        tuple(chain.source for chain in cosmos.CHAINS.values()),
    ),
    Rule(
        "cosmos-redelegation",
        cosmos.redelegation,
        {"chain": _CHAIN, "requested": k.TIME},
        tuple(chain.source for chain in cosmos.CHAINS.values()),
    ),
    Rule(
        "stride",
        cosmos.stride,
        {
            "unbonding_days": k.whole("days", 1, 1000),
            "day": k.whole("day epoch"),
            "next_day": k.TIME,
            "requested": k.TIME,
        },
        (cosmos.STRIDE_SOURCE,),
    ),
    Rule(
        "stride-batch",
        cosmos.stride_batch,
        {"unbonding_days": k.whole("days", 1, 1000), "requested": k.TIME, "batch_start": k.TIME},
        (cosmos.STRIDE_SOURCE,),
    ),
    Rule(
        "polkadot",
        polkadot.unbonding,
        {"requested": k.TIME, "era_start": k.TIME, "nominators_slashable": k.FLAG, "validator": k.FLAG},
        (polkadot.SOURCE,),
    ),
    Rule(
        "polkadot-slashing",
        polkadot.slashing,
        {"offenders": k.whole("validators"), "validators": k.whole("validators", 1)},
        (polkadot.SLASHING_SOURCE,),
    ),
    Rule("kusama", polkadot.kusama, {"requested": k.TIME, "era_start": k.TIME}, (polkadot.KUSAMA_SOURCE,)),
    Rule("ton", chains.ton, {"requested": k.TIME, "election_start": k.TIME}, (chains.TON_SOURCE,)),
    Rule("aptos", chains.aptos, {"requested": k.TIME, "cycle_start": k.TIME}, (chains.APTOS_SOURCE,)),
    Rule("near", chains.near, {"requested": k.TIME, "epoch_start": k.TIME}, (chains.NEAR_SOURCE,)),
    Rule("avalanche", chains.avalanche, {"requested": k.TIME, "ends": k.TIME}, (chains.AVALANCHE_SOURCE,)),
    Rule(
        "chain",
        chains.delay,
        {"chain": k.one_of(tuple(chains.DELAYS)), "requested": k.TIME},
        tuple(source for _, source in chains.DELAYS.values()),
    ),
    Rule(
        "susde",
        wrappers.susde,
        {"requested": k.TIME, "cooldown_days": k.number("days", wrappers.MOST_COOLDOWN_DAYS)},
        (wrappers.SUSDE_SOURCE,),
    ),
    Rule(
        "pendle",
        wrappers.pendle,
        {"requested": k.TIME, "expiry": k.TIME, "symbol": k.SYMBOL},
        (wrappers.PENDLE_SOURCE,),
    ),
    Rule(
        "pendle-redemption",
        wrappers.pendle_redemption,
        {"pt": k.AMOUNT, "index": k.AMOUNT, "rate": k.AMOUNT},
        (wrappers.PENDLE_SOURCE,),
    ),
    Rule(
        "pendle-yield",
        wrappers.pendle_yield,
        {"yt": k.AMOUNT, "pt": k.AMOUNT, "days": k.whole("days", 1, 36_500)},
        (wrappers.PENDLE_SOURCE,),
    ),
    Rule(
        "veda",
        wrappers.veda,
        {
            "requested": k.TIME,
            "maturity_seconds": k.whole("seconds", 0, wrappers.MOST_MATURITY),
            "deadline_seconds": k.whole("seconds"),
        },
        (wrappers.VEDA_SOURCE,),
    ),
    Rule(
        "veda-delayed",
        wrappers.veda_delayed,
        {"requested": k.TIME, "delay_seconds": k.whole("seconds"), "window_seconds": k.whole("seconds")},
        (wrappers.VEDA_DELAYED_SOURCE,),
    ),
    Rule(
        "karak",
        wrappers.karak,
        {
            "version": k.one_of(wrappers.KarakVersion),
            "requested": k.TIME,
            "delay_days": k.number("days", wrappers.KARAK_MOST_DAYS),
        },
        tuple(wrappers.KARAK_SOURCES.values()),
    ),
    Rule(
        "loop-leverage",
        wrappers.loop_leverage,
        {"liquidation_threshold": k.FRACTION, "health_factor": k.AMOUNT},
        (wrappers.LOOP_SOURCE,),
    ),
    Rule(
        "lido-bunker",
        wrappers.lido_bunker,
        {
            "requested": k.TIME,
            "frame_start": k.TIME,
            "slashed": k.TIME,
            "shift_seconds": k.whole("seconds"),
        },
        (wrappers.LIDO_SOURCE,),
    ),
)

RULES: Mapping[str, Rule] = {rule.name: rule for rule in _ALL}
