"""sUSDe's cooldown, Pendle's maturity, Veda's windows, Karak's delay, loops, Lido's bunker mode."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from decimal import MAX_EMAX, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from desktop_app.analysis.clocks.answer import (
    AT_ONCE,
    CHECKED,
    DAY,
    Answer,
    Wait,
    delayed,
    exactly,
    later,
    until,
)
from desktop_app.analysis.clocks.ethereum import EPOCH
from desktop_app.analysis.clocks.ethereum_slashing import VECTOR
from desktop_app.domain.catalogue import Source
from desktop_app.domain.principal import principal
from desktop_app.errors import UserError

MOST_COOLDOWN_DAYS = 90
MOST_YIELD = 10**300
"""A fraction a year; prices that imply more are mistyped."""
MOST_MATURITY = 30 * DAY
"""Seconds that a request in Veda's queue may take to mature."""
VEDA_WINDOW = 7 * DAY
"""Seconds in which a request in Veda's older module is completed where its asset sets no others."""


class KarakVersion(StrEnum):
    """The contracts a position is in."""

    V1 = "1"
    V2 = "2"


KARAK_DAYS = {KarakVersion.V1: Fraction(1), KarakVersion.V2: Fraction(9)}
KARAK_MOST_DAYS = 30


def _at(cited: str, dated: str = "undated", *, verified: bool = True) -> Source:
    return Source(cited, dated, verified, CHECKED)


SUSDE_SOURCE = _at(
    "https://github.com/ethena-labs/bbp-public-assets/blob/f3e56d5f06bfef82367d5d5b561398e91d5bebc1/contracts/"
    "contracts/StakedUSDeV2.sol; cooldown https://governance.aave.com/t/"
    "llamarisk-insights-ethena-susde-dynamic-cooldown/24305",
    "2026-03-13",
)
PENDLE_SOURCE = _at(
    "https://github.com/pendle-finance/documentation/blob/2150fb57ad9ad5065c03729fd1b924b00591d271/docs/"
    "pendle-dev-docs/Contracts/YieldTokenization/YieldTokenization.md",
    "2026-08-20",
)
VEDA_SOURCE = _at(
    "https://github.com/Se7en-Seas/boring-vault/blob/0e23e7fd3a9a7735bd3fea61dd33c1700e75c528/src/base/Roles/"
    "BoringQueue/BoringOnChainQueue.sol",
    "2024-12-18",
)
VEDA_DELAYED_SOURCE = _at(
    "https://github.com/Se7en-Seas/boring-vault/blob/0e23e7fd3a9a7735bd3fea61dd33c1700e75c528/src/base/Roles/"
    "DelayedWithdraw.sol",
    "2024-12-18",
)
KARAK_SOURCES = {
    KarakVersion.V1: _at("Andalusia-Labs/karak-restaking src/DelegationSupervisor.sol", "2024-05-11"),
    KarakVersion.V2: _at("https://docs.karak.network/protocol/v2/stakers"),
}
LOOP_SOURCE = _at("https://governance.aave.com", verified=False)
LIDO_SOURCE = _at(
    "lidofinance/docs docs/guides/oracle-spec/accounting-oracle.md; "
    "lidofinance/lido-oracle src/services/safe_border.py",
    "2026-07-24",
)


def susde(requested: Sequence[datetime] = (), cooldown_days: Fraction | None = None) -> Answer:
    """Return when sUSDe in cooldown can be claimed: every call starts the clock again for the whole amount.

    The live cooldown moves between 1 and 7 days; without it that range.
    """
    last = max(requested, default=None)
    if cooldown_days is None:
        return Answer(SUSDE_SOURCE, Wait(Fraction(DAY), None, Fraction(7 * DAY)), last)
    wait = cooldown_days * DAY
    return Answer(SUSDE_SOURCE, exactly(wait), last, claimable_at=None if last is None else later(last, wait))


# -- Pendle --------------------------------------------------------------------------------------------------


def expiry_of(symbol: str) -> datetime | None:
    """Return the maturity in the name of a PT or YT (PT-weETH-26DEC2024), at 00:00 UTC."""
    named = principal(symbol)
    return None if named is None else datetime.combine(named.maturity, time(), UTC)


def pendle(
    requested: datetime | None = None, expiry: datetime | None = None, symbol: str | None = None
) -> Answer:
    """Return when a principal token is redeemed alone: from its expiry on."""
    at = expiry or (None if symbol is None else expiry_of(symbol))
    if at is None:
        if symbol is not None:
            raise UserError(f"“{symbol}” does not end with a date.", "Write it like PT-weETH-26DEC2024.")
        return Answer(PENDLE_SOURCE, Wait(Fraction(0)), requested)
    wait = Wait() if requested is None else until(requested, at)
    return Answer(
        PENDLE_SOURCE, wait, requested, claimable_at=at if requested is None else max(at, requested)
    )


def pendle_redemption(pt: Fraction, index: Fraction, rate: Fraction | None = None) -> Answer:
    """Return what a PT pays after expiry: SY = PT / index, worth SY × rate; the stored index never falls.

    ``loss`` is the fraction that is missing of the face value where the rate has fallen below the index.
    """
    if index <= 0:
        raise UserError("The index is above 0.", "Enter the stored pyIndex.")
    sy = pt / max(index, rate or index)
    underlying = sy * (index if rate is None else rate)
    return Answer(
        PENDLE_SOURCE,
        figures={"sy": sy, "underlying": underlying, "loss": 1 - underlying / pt if pt else None},
    )


def pendle_yield(yt: Fraction, pt: Fraction, days: int) -> Answer:
    """Return the fraction a year that the prices of YT and PT imply: (1 + YT / PT)^(365 / days) - 1."""
    if pt == 0:
        raise UserError("The price of the PT is above 0.", "Enter its price as pt.")
    with localcontext(prec=20, Emax=MAX_EMAX):
        ratio = 1 + Decimal(yt.numerator) * pt.denominator / (Decimal(yt.denominator) * pt.numerator)
        implied = ratio ** (Decimal(365) / days) - 1
    if implied > MOST_YIELD:
        raise UserError("Those prices imply a yield that cannot be.", "Correct yt, pt or days.")
    return Answer(PENDLE_SOURCE, figures={"implied_apy": Fraction(implied)})


# -- others --------------------------------------------------------------------------------------------------


def veda(
    maturity_seconds: int, deadline_seconds: int | None = None, requested: datetime | None = None
) -> Answer:
    """Return the window in which a solver may fill a request; afterwards it has expired.

    Typically as soon as it opens; nobody is obliged to, so there is no latest time.
    """
    claim = None if requested is None else later(requested, maturity_seconds)
    return Answer(
        VEDA_SOURCE,
        Wait(Fraction(maturity_seconds), Fraction(maturity_seconds)),
        requested,
        claimable_at=claim,
        expires_at=_closed(claim, deadline_seconds),
    )


def veda_delayed(
    delay_seconds: int, window_seconds: int = VEDA_WINDOW, requested: datetime | None = None
) -> Answer:
    """Return from when on a request in Veda's older module can be completed, and until when."""
    found = delayed(VEDA_DELAYED_SOURCE, delay_seconds, requested)
    return replace(found, expires_at=_closed(found.claimable_at, window_seconds))


def _closed(opened: datetime | None, seconds: int | None) -> datetime | None:
    return None if opened is None or seconds is None else later(opened, seconds)


def karak(
    version: KarakVersion, requested: datetime | None = None, delay_days: Fraction | None = None
) -> Answer:
    """Return the delay: nine days in v2; in v1 one read when it ends, 30 days at most."""
    if version is KarakVersion.V1 and delay_days is None:
        return Answer(
            KARAK_SOURCES[KarakVersion.V1],
            Wait(KARAK_DAYS[KarakVersion.V1] * DAY, None, Fraction(KARAK_MOST_DAYS * DAY)),
            requested,
        )
    wait = (KARAK_DAYS[KarakVersion.V2] if version is KarakVersion.V2 else delay_days or Fraction(0)) * DAY
    claim = None if requested is None else later(requested, wait)
    return Answer(KARAK_SOURCES[version], exactly(wait), requested, claimable_at=claim)


def loop_leverage(liquidation_threshold: Fraction, health_factor: Fraction = Fraction(1)) -> Answer:
    """Return the highest leverage of a loop: 1 / (1 − threshold / health factor)."""
    if liquidation_threshold >= health_factor:
        raise UserError(
            "A loop below the threshold has no highest leverage.",
            "Enter a health_factor above liquidation_threshold.",
        )
    return Answer(LOOP_SOURCE, figures={"leverage": 1 / (1 - liquidation_threshold / health_factor)})


def lido_bunker(
    requested: datetime, frame_start: datetime, slashed: datetime, shift_seconds: int = 0
) -> Answer:
    """Return how long bunker mode holds a request while a slashing of Lido's validators runs.

    Held are requests younger than ``frame_start`` (of the report after the earliest slashing) less the shift,
    until those validators are withdrawable: 8,192 epochs, longer behind a long exit queue.
    """
    if requested <= later(frame_start, -shift_seconds):
        return Answer(LIDO_SOURCE, AT_ONCE, requested, figures={"held": False})
    released = later(slashed, VECTOR * EPOCH)
    wait = until(requested, released)
    return Answer(
        LIDO_SOURCE, Wait(wait.minimum), requested, slashable_until=released, figures={"held": True}
    )
