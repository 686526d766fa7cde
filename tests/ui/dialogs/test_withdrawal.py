"""The dialog of a withdrawal: it says first what would come of it, and every deed is one step of undo."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.domain.holdings import Holding
from desktop_app.domain.positions import ExitStep, Origin, PathTerms, Position
from desktop_app.domain.stacks import add_holding
from desktop_app.figures.labels import Labels
from desktop_app.shipped import catalogue
from desktop_app.ui.dialogs.clock_fields import ClockFields
from desktop_app.ui.dialogs.fields import Field
from desktop_app.ui.dialogs.withdrawal import WithdrawalDialog, edit_withdrawal
from desktop_app.ui.main_window import MainWindow
from tests.conftest import Undoable
from tests.drivers import click, settle
from tests.ui.conftest import TODAY

NOW = datetime(2026, 11, 24, 9, 15, 42, tzinfo=UTC)


def opened(window: MainWindow, qtbot: QtBot, position: str, request: str = "") -> WithdrawalDialog:
    made = edit_withdrawal(window, window.document, TODAY, window.labels, position, request, NOW)
    settled(made, qtbot)
    return made


def settled(dialog: WithdrawalDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog.is_waiting())
    settle(qtbot)


def clean(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def held(window: MainWindow, ident: str) -> Position:
    return window.document.portfolio.positions[ident]


def test_a_withdrawal_is_started_with_its_way(
    sample_window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    dialog = opened(sample_window, qtbot, "ATOM")
    assert dialog.foot.reason.text() == "Enter how much"
    assert clean(dialog.form.amount.note.text()) == "of 2,350.00 ATOM"
    dialog.form.amount.put("50")
    dialog.form.note.put("0xabc")
    settled(dialog, qtbot)
    assert clean(dialog.sentence.text()).startswith(
        "Claim from 15 Dec 2026, 09:15 UTC. Slashable until then."
    )
    with undoable(sample_window.document):
        click(dialog.foot.primary)
    request = held(sample_window, "ATOM").requests[1]
    assert (request.id, request.amount, request.note) == ("request-2", Decimal(50), "0xabc")
    assert request.requested_at == datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
    assert [step.id for step in request.steps] == ["cosmos-hub-staking/standard/1"]
    assert sample_window.document.undo_stack.undoText() == "Start withdrawal of ATOM"


def test_all_of_it_is_what_is_free(sample_window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(sample_window, qtbot, "ezETH")
    click(dialog.form.whole)
    assert dialog.form.amount.text() == "6.75"
    dialog.form.amount.put("6.76")
    assert dialog.foot.reason.text() == "Correct the amount"
    assert "has 6.75 ezETH left" in dialog.form.amount.note.text()
    dialog.reject()


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        ("amount", "many", "Correct the amount"),
        ("amount", "0", "Correct the amount"),
        ("asked_day", "soon", "Enter when it was asked for"),
        ("asked_time", "25:00", "Enter when it was asked for"),
        ("expiry_day", "soon", "Correct “expires on”"),
        ("maturity", "-1", "Correct “opens after, days”"),
        ("deadline", "10001", "Correct “stays open, days”"),
    ],
)
def test_what_is_wrong_is_said(
    sample_window: MainWindow, qtbot: QtBot, field: str, text: str, reason: str
) -> None:
    dialog = opened(sample_window, qtbot, "ezETH")
    dialog.form.amount.put("1")
    next(f for f in dialog.form.findChildren(Field) if f.editor.objectName() == field).put(text)
    assert dialog.foot.reason.text() == reason
    assert not dialog.foot.primary.isEnabled()
    dialog.reject()


def test_the_ways_stand_side_by_side_and_one_is_taken(
    sample_window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    dialog = opened(sample_window, qtbot, "weETH")
    dialog.form.amount.put("5")
    settled(dialog, qtbot)
    marks = {row.id: row.marks for row in dialog.table.rows_model.rows}
    assert marks == {
        "standard": "cheapest",
        "instant": "",
        "priority": "conditional",
        "buffer-empty": "conditional",
        "market": "fastest",
    }
    dialog.table.choose("instant")
    settled(dialog, qtbot)
    assert "at the latest" not in dialog.sentence.text()
    with undoable(sample_window.document):
        click(dialog.foot.primary)
    assert held(sample_window, "weETH").requests[0].path == "instant"


def test_a_way_is_remembered_with_the_position(
    sample_window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    dialog = opened(sample_window, qtbot, "weETH")
    dialog.table.choose("instant")
    settled(dialog, qtbot)
    with undoable(sample_window.document):
        click(dialog.remember)
    assert held(sample_window, "weETH").exit.path == "instant"
    again = opened(sample_window, qtbot, "weETH")
    assert {row.id: row.marks for row in again.table.rows_model.rows}["instant"] == "yours"
    again.reject()


def test_a_request_is_changed_and_taken_back(
    sample_window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    dialog = opened(sample_window, qtbot, "ATOM", "request-1")
    assert (dialog.form.amount.text(), dialog.form.box.isEnabled()) == ("600", False)
    assert dialog.form.asked.time.text() == "00:00"
    dialog.form.amount.put("700")
    settled(dialog, qtbot)
    with undoable(sample_window.document):
        click(dialog.foot.primary)
    assert [r.amount for r in held(sample_window, "ATOM").requests] == [Decimal(700)]
    dialog = opened(sample_window, qtbot, "ATOM", "request-1")
    with undoable(sample_window.document):
        click(dialog.take_back)
    assert held(sample_window, "ATOM").requests == ()


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("jitosol", "One of its epochs began on"),
        ("kusama-staking", "One of its eras began on"),
        ("stride-statom", "One of its batches began on"),
        ("ton-staking", "Its election began on"),
        ("aptos-staking", "Its lockup began on"),
    ],
)
def test_a_phase_is_asked_for_by_the_name_of_its_cycle(qtbot: QtBot, name: str, label: str) -> None:
    fields = ClockFields(Labels())
    qtbot.addWidget(fields)
    fields.offer([ExitStep(f"{name}/standard/1", "wait", origin=Origin.CATALOGUE)])
    assert fields.phase.isVisibleTo(fields)
    day = fields.phase.day
    assert (day.label.text(), day.label_text, day.editor.accessibleName()) == (label, label, label)
    fields.offer([])
    assert not fields.phase.isVisibleTo(fields)


def test_a_phase_is_asked_for_where_it_tells_something(sample_window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(sample_window, qtbot, "ATOM")
    assert not dialog.form.clock.phase.day.isVisible()
    names = [dialog.form.box.itemText(i) for i in range(dialog.form.box.count())]
    dialog.form.box.setCurrentIndex(names.index("SOL"))
    settled(dialog, qtbot)
    assert dialog.form.clock.phase.day.isVisible()
    assert not dialog.form.expiry.day.isVisible()
    dialog.form.amount.put("1")
    dialog.form.clock.phase.day.put("some day")
    assert dialog.foot.reason.text() == "Correct “one of its epochs began on”"
    dialog.form.clock.phase.day.put("24 Nov 2026")
    settled(dialog, qtbot)
    assert clean(dialog.sentence.text()).startswith("Claim from 26 Nov 2026, 00:00 UTC.")
    dialog.reject()


@pytest.fixture
def liquid(sample_window: MainWindow) -> MainWindow:
    """Return a window on a portfolio with shares of a Veda vault."""
    portfolio = add_holding(
        sample_window.document.portfolio, catalogue(), Holding("liquidETH", Decimal(4), custody=True)
    )
    sample_window.document.edit("Add liquidETH", portfolio)
    return sample_window


def test_the_clock_fills_the_expiry_and_the_users_date_wins(
    liquid: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    dialog = opened(liquid, qtbot, "liquidETH")
    assert dialog.form.clock.opening.isVisible()
    assert not dialog.form.clock.phase.isVisible()
    dialog.form.amount.put("1")
    dialog.form.clock.maturity.put("3")
    dialog.form.clock.deadline.put("1.5")
    settled(dialog, qtbot)
    assert clean(dialog.sentence.text()).startswith(
        "Claim from 27 Nov 2026, 09:15 UTC, before 28 Nov 2026, 21:15 UTC (by BoringOnChainQueue.sol, "
        "18 Dec 2024)."
    )
    dialog.form.expiry.day.put("30 Nov 2026")
    settled(dialog, qtbot)
    assert ", before 30 Nov 2026, 00:00 UTC (your date)." in clean(dialog.sentence.text())
    dialog.form.expiry.day.put("")
    settled(dialog, qtbot)
    with undoable(liquid.document):
        click(dialog.foot.primary)
    (request,) = held(liquid, "liquidETH").requests
    assert (request.maturity_seconds, request.deadline_seconds) == (259200, 129600)
    assert request.expires_at is None
    again = opened(liquid, qtbot, "liquidETH", request.id)
    assert (again.form.clock.maturity.text(), again.form.clock.deadline.text()) == ("3", "1.5")
    again.reject()


def test_what_the_user_knows_of_a_way_is_counted_and_kept(
    sample_window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    dialog = opened(sample_window, qtbot, "weETH")
    assert not dialog.terms.isVisible()
    dialog.table.choose("instant")
    settled(dialog, qtbot)
    dialog.terms.cost.setText("101")
    dialog.terms.cost.editingFinished.emit()
    assert dialog.terms.cost.property("wrong")
    dialog.terms.cost.setText("0.3")
    dialog.terms.capacity.setText("10000")
    dialog.terms.capacity.editingFinished.emit()
    settled(dialog, qtbot)
    row = next(r for r in dialog.table.rows_model.rows if r.id == "instant")
    assert (clean(row.costs), clean(row.arrives)) == ("0.30 %", "21.5 %, USD 9,970")
    with undoable(sample_window.document):
        click(dialog.keep)
    assert held(sample_window, "weETH").exit.terms == (PathTerms("instant", 0.003, Decimal(10000)),)
    assert sample_window.document.undo_stack.undoText() == "Terms of leaving weETH"


def test_the_terms_of_a_sale_are_its_haircut(sample_window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(sample_window, qtbot, "weETH")
    dialog.table.choose("market")
    settled(dialog, qtbot)
    assert dialog.terms.cost.text() == "0.15"
    dialog.terms.cost.setText("2")
    dialog.terms.cost.editingFinished.emit()
    dialog.form.amount.put("5")
    settled(dialog, qtbot)
    click(dialog.foot.primary)
    market = held(sample_window, "weETH").exit.market
    assert market is not None
    assert market.haircut == 0.02
    assert held(sample_window, "weETH").requests[0].path == "market"


def test_what_is_known_of_the_phase_is_kept_with_the_position_and_offered_again(
    sample_window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    dialog = opened(sample_window, qtbot, "SOL")
    assert not dialog.keep.isVisible()
    dialog.form.clock.phase.day.put("24 Nov 2026")
    settled(dialog, qtbot)
    with undoable(sample_window.document):
        click(dialog.keep)
    known = PathTerms("", phase=datetime(2026, 11, 24, tzinfo=UTC))
    assert held(sample_window, "SOL").exit.terms == (known,)
    again = opened(sample_window, qtbot, "SOL")
    assert again.form.clock.phase.day.text() == "24 Nov 2026"
    assert {row.id: row.out_in for row in again.table.rows_model.rows}["standard"] == "2\u00a0days"
    again.form.amount.put("1")
    settled(again, qtbot)
    click(again.foot.primary)
    assert held(sample_window, "SOL").requests[0].phase == known.phase
