"""A portfolio for strangers: nothing that its owner named or wrote, the same structure and shares."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given

from desktop_app import shipped
from desktop_app.analysis.exposure import exposure
from desktop_app.analysis.withdrawals import withdrawals
from desktop_app.domain.anonymous import VALUE, anonymous
from desktop_app.domain.catalogue import Entry
from desktop_app.domain.checks import check
from desktop_app.domain.imports import ImportRecord, Price
from desktop_app.domain.interchange import dumps, loads
from desktop_app.domain.limits import Break, Limit, LimitKind
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Exit, ExitStep, Request, Scenario, Tranche
from desktop_app.domain.stacks import Holding, add_holdings
from tests.domain.generated import portfolios

NOW = datetime(2026, 11, 24, tzinfo=UTC)
SECRET = "Canary"


def marked() -> Portfolio:
    """Return a portfolio in which everything that a user can name or write says so."""
    holding = Holding(
        asset=f"{SECRET}coin",
        quantity=Decimal("12.34567"),
        unit_price=Decimal(3),
        name=f"{SECRET} name",
        account=f"{SECRET} account",
        custody=True,
        chain=f"{SECRET}chain",
        protocol=f"{SECRET} protocol",
        layer="restaking",
        operators=(f"{SECRET} one", f"{SECRET} two"),
        services=(f"{SECRET} service",),
        notes=f"{SECRET} notes",
    )
    held, (ident,) = add_holdings(Portfolio(notice=SECRET), shipped.catalogue(), [holding])
    step = ExitStep(f"{SECRET}/1", f"{SECRET} step", minimum=1.0, node=f"asset:{SECRET}coin", cited=SECRET)
    later = ExitStep(f"{SECRET}/2", f"{SECRET} step", (step.id,), capacity=Decimal("12.34567"))
    position = replace(
        held.positions[ident],
        exit=Exit((Tranche(f"{SECRET} part", 1.0, (step, later)),)),
        import_id=SECRET,
        import_key=SECRET,
        requests=(Request(SECRET, Decimal("12.34567"), NOW, note=SECRET),),
    )
    record = ImportRecord(SECRET, SECRET, SECRET, NOW, SECRET, SECRET, SECRET, 1, 1, 0, 0)
    return (
        held.with_positions(position)
        .with_imports(record)
        .with_entries(Entry(SECRET, SECRET, "defi", SECRET))
        .with_limits(Limit(SECRET, LimitKind.NODE_SHARE, f"custody:{SECRET.lower()}-account", 0.5))
        .with_breaks(
            Break(
                SECRET,
                LimitKind.NODE_SHARE,
                f"custody:{SECRET.lower()}-account",
                *(0.5, 0.6, date(2026, 1, 1), SECRET, date(2026, 1, 2), SECRET),
            )
        )
        .with_prices(Price(f"{SECRET}coin", date(2026, 1, 1), "USD", Decimal(3), SECRET))
        .with_scenarios(Scenario(SECRET, SECRET, ((f"custody:{SECRET.lower()}-account", 0.5),)))
    )


def test_nothing_that_the_owner_named_or_wrote_is_left() -> None:
    before, after = dumps(marked()), dumps(anonymous(marked()))
    assert before.lower().count(SECRET.lower()) > 40
    assert SECRET.lower() not in after.lower()
    assert "12.34567" not in after


def test_what_stands_on_what_stays_the_same() -> None:
    before, after = shipped.sample_portfolio(), anonymous(shipped.sample_portfolio())
    assert check(after) == ()
    old, new = exposure(before), exposure(after)
    assert new.portfolio_value is not None
    assert float(new.portfolio_value) == pytest.approx(float(VALUE), rel=1e-9)
    assert sorted(n.share or 0 for n in old.nodes.values()) == pytest.approx(
        sorted(n.share or 0 for n in new.nodes.values()), rel=1e-9
    )
    assert new.nodes["platform:eigenlayer"].share == pytest.approx(old.nodes["platform:eigenlayer"].share)
    days = [withdrawals(p, p.as_of).days_to_share for p in (before, after)]
    assert days[0] == days[1]


def test_operators_that_the_catalogue_names_keep_their_name_and_role() -> None:
    after = anonymous(shipped.sample_portfolio())
    assert after.nodes["role:p2p@eigenlayer"].name == "P2P.org on EigenLayer"
    unnamed = [n.name for n in after.nodes.values() if n.id.endswith("@eigenlayer") and "role-" in n.id]
    assert len(unnamed) == 1
    assert unnamed[0].startswith("Role ")


def test_nothing_priced_is_scaled_by_the_largest_quantity() -> None:
    held, _ = add_holdings(Portfolio(), shipped.catalogue(), [Holding("ETH", Decimal(4))])
    assert [p.quantity for p in anonymous(held).positions.values()] == [VALUE]


@given(portfolios)
def test_any_portfolio_can_be_made_anonymous_and_exported(portfolio: Portfolio) -> None:
    after = anonymous(portfolio)
    assert loads(dumps(after)) == after
    for kind in ("nodes", "edges", "groups", "positions", "scenarios", "limits", "breaks"):
        assert len(getattr(after, kind)) == len(getattr(portfolio, kind))
    assert (after.imports, after.movements, after.entries) == ({}, {}, {})
