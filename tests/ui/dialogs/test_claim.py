"""The dialog of a claim: what was received comes in with it, as one step, or not at all."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.domain.positions import Position, Request
from desktop_app.domain.requests import with_request
from desktop_app.ui.dialogs.claim import ClaimDialog
from desktop_app.ui.main_window import MainWindow
from tests.conftest import Undoable
from tests.drivers import click, settle

NOW = datetime(2026, 12, 4, 9, 15, 42, 7, tzinfo=UTC)


def opened(window: MainWindow, qtbot: QtBot, position: str, now: datetime = NOW) -> ClaimDialog:
    request = window.document.portfolio.positions[position].requests[0].id
    dialog = ClaimDialog(window, window.document, window.labels, position, request, now)
    dialog.open()
    settle(qtbot)
    return dialog


def clean(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def new_ones(window: MainWindow, before: set[str]) -> list[Position]:
    return [p for i, p in window.document.portfolio.positions.items() if i not in before]


def test_coins_of_the_same_kind_come_in_with_the_claim(
    sample_window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    before = set(sample_window.document.portfolio.positions)
    dialog = opened(sample_window, qtbot, "ATOM")
    assert dialog.add_box.isChecked()
    assert (dialog.asset.text(), dialog.amount.text(), dialog.price.text()) == ("ATOM", "600", "4.12")
    assert clean(dialog.sentence.text()) == (
        "2,350.00 ATOM stay; 600.00 ATOM come in as a holding of their own in Keel."
    )
    with undoable(sample_window.document):
        click(dialog.foot.primary)
    (got,) = new_ones(sample_window, before)
    assert (got.asset, got.quantity, got.unit_price, got.account) == (
        "ATOM",
        Decimal(600),
        Decimal("4.12"),
        "Keel",
    )
    staked = sample_window.document.portfolio.positions["ATOM"]
    assert got.priced_on == staked.priced_on
    assert got.opened_on == date(2026, 12, 4)
    assert staked.quantity == Decimal(2350)
    assert staked.requests[0].claimed_at == datetime(2026, 12, 4, 9, 15, 42, tzinfo=UTC)
    assert sample_window.document.undo_stack.undoText() == "Claim withdrawal of ATOM"


def test_of_another_asset_the_amount_has_to_be_typed(
    sample_window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    before = set(sample_window.document.portfolio.positions)
    dialog = opened(sample_window, qtbot, "ezETH")
    assert not dialog.add_box.isChecked()
    assert not dialog.received.isVisible()
    assert clean(dialog.sentence.text()) == ("6.75 ezETH stay; nothing takes the place of what was claimed.")
    dialog.add_box.setChecked(True)
    assert (dialog.asset.text(), dialog.amount.text()) == ("ETH", "")
    assert dialog.foot.reason.text() == "Enter how much was received"
    dialog.amount.put("2.05")
    dialog.price.put("3000")
    with undoable(sample_window.document):
        click(dialog.foot.primary)
    (got,) = new_ones(sample_window, before)
    assert (got.asset, got.quantity, got.unit_price, got.priced_on) == (
        "ETH",
        Decimal("2.05"),
        Decimal(3000),
        date(2026, 12, 4),
    )


def test_a_claim_alone_adds_nothing(sample_window: MainWindow, qtbot: QtBot, undoable: Undoable) -> None:
    before = set(sample_window.document.portfolio.positions)
    dialog = opened(sample_window, qtbot, "ATOM")
    dialog.add_box.setChecked(False)
    with undoable(sample_window.document):
        click(dialog.foot.primary)
    assert new_ones(sample_window, before) == []


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        ("asset", "", "Enter what was received"),
        ("amount", "0", "Enter how much was received"),
        ("amount", "many", "Enter how much was received"),
        ("price", "-1", "Correct the price"),
    ],
)
def test_what_is_wrong_is_said(
    sample_window: MainWindow, qtbot: QtBot, field: str, text: str, reason: str
) -> None:
    dialog = opened(sample_window, qtbot, "ATOM")
    getattr(dialog, field).put(text)
    assert dialog.foot.reason.text() == reason
    assert not dialog.foot.primary.isEnabled()
    dialog.reject()


def test_the_time_of_a_claim_is_checked(sample_window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(sample_window, qtbot, "ATOM")
    dialog.claimed.day.put("soon")
    assert dialog.foot.reason.text() == "Enter when it was claimed"
    dialog.claimed.day.put("1 Jan 2026")
    assert dialog.foot.reason.text() == "Enter a time after it was asked for"
    dialog.reject()


def test_a_clock_set_back_claims_no_earlier_than_was_asked(sample_window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(sample_window, qtbot, "ATOM", datetime(2020, 1, 1, tzinfo=UTC))
    assert dialog.foot.reason.text() == ""
    dialog.reject()


def test_a_position_of_which_nothing_is_left_is_closed(sample_window: MainWindow, qtbot: QtBot) -> None:
    document = sample_window.document
    held = document.portfolio.positions["weETH"]
    assert held.quantity is not None
    asked = with_request(document.portfolio, held.id, Request("all", held.quantity, NOW))
    document.edit("Ask", asked)
    dialog = opened(sample_window, qtbot, held.id)
    assert dialog.sentence.text() == f"{held.name} is closed; nothing takes the place of what was claimed."
    dialog.reject()
