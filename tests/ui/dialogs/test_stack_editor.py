"""Bridge, loan, rates and shares through the dialog; a bridged, lent and looped position entered by hand."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.analysis.exposure import exposure
from desktop_app.analysis.stress import stress
from desktop_app.analysis.withdrawals import withdrawals
from desktop_app.domain.positions import PathTerms, Scenario
from desktop_app.domain.shares import crowds
from desktop_app.domain.terms import terms_of
from desktop_app.ui.dialogs.position_editor import PositionEditor
from desktop_app.ui.dialogs.slash_helper import Helper
from desktop_app.ui.dialogs.stack_editor import StackEditor, edit_stack
from desktop_app.ui.main_window import MainWindow
from tests.conftest import Undoable, assert_stored
from tests.drivers import choose, click, dialog, settle


def put(editor: object, text: str) -> None:
    """Let a text stand in a field."""
    if isinstance(editor, QComboBox):
        editor.setCurrentText(text)
    elif isinstance(editor, QLineEdit):
        editor.setText(text)


def fill(editor: StackEditor | PositionEditor, qtbot: QtBot, **fields: str) -> None:
    for name, text in fields.items():
        put(editor.form.fields[name].editor, text)
    qtbot.waitUntil(lambda: not editor.is_waiting())
    settle(qtbot)


def opened(window: MainWindow, qtbot: QtBot, ident: str) -> StackEditor:
    editor = edit_stack(window, window.document, window.catalogue, ident)
    qtbot.waitUntil(lambda: not editor.is_waiting())
    settle(qtbot)
    return editor


def share(editor: StackEditor, crowd: str, node: str, text: str) -> None:
    form = next(c for c in editor.crowds if c.crowd.id == crowd)
    form.fields[node].setText(text)


# -- the whole way: bridged, lent, borrowed against, looped ------------------------------------------------


def test_the_looped_position_is_entered_and_every_answer_is_right(
    empty_window: MainWindow, qtbot: QtBot
) -> None:
    window, document = empty_window, empty_window.document
    choose(window, "add_position")
    editor = dialog(qtbot, PositionEditor)
    fill(
        editor,
        qtbot,
        asset="rsETH",
        quantity="24",
        price="3452",
        account="Day wallet",
        chain="arbitrum",
        protocol="Aave v3",
        operators="Kiln; Everstake",
        services="EigenDA",
    )
    click(editor.foot.primary)
    settle(qtbot)
    (ident,) = document.portfolio.positions
    stack = opened(window, qtbot, ident)
    assert not stack.foot.primary.isEnabled()
    fill(
        stack,
        qtbot,
        bridge="LayerZero",
        oracle="Chainlink",
        debt="60264",
        threshold="93",
        penalty="5",
        liquidity="0",
    )
    assert stack.form.fields["debt"].note.text().endswith("of the collateral, leverage 3.7")
    share(stack, "protocol:kelp#operators", "role:kiln@eigenlayer", "50")
    click(stack.foot.primary)
    settle(qtbot)
    portfolio = document.portfolio
    assert_stored(document, portfolio)
    exposed = exposure(portfolio)
    assert exposed.portfolio_value == Decimal(22584)
    reached = {n for n, found in exposed.nodes.items() if ident in found.by_position}
    assert reached >= {
        *("bridge:layerzero", "protocol:kelp", "platform:eigenlayer", "service:eigenda", "oracle:chainlink"),
        *("operator:kiln", "lender:aave-v3", "chain:arbitrum", "chain:ethereum", "custody:day-wallet"),
        *("token:rsETH", "asset:eth", "unknown:operator"),
    }
    # By hand (definitions 5.1): C 82,848, D 60,264, E 22,584. Half of the collateral lies with Kiln: of its
    # loss of 40 % a fifth of the collateral goes, D / (C · 0.8) = 0.909 < 0.93, so 16,569.60 and no penalty.
    shocks = {
        "bridge": ("bridge:layerzero", 0.22),
        "kiln": ("operator:kiln", 0.4),
        "oracle": ("oracle:chainlink", 0.1),
    }
    found = stress(portfolio.with_scenarios(*(Scenario(i, i, (shock,)) for i, shock in shocks.items())))
    assert found["kiln"].loss == pytest.approx(16_569.6, rel=1e-9)
    assert found["bridge"].loss == pytest.approx(82_848 * 0.22 + 0.05 * 60_264, rel=1e-9)
    assert found["oracle"].loss == pytest.approx(2_258.4, rel=1e-9)
    plan = withdrawals(portfolio).positions[ident]
    assert plan.finish.typical is None
    assert plan.tranches[0].frozen_share == 1.0
    steps = [(plan.step.name, plan.step.node) for plan in plan.tranches[0].steps]
    assert [node for _, node in steps][:2] == ["lender:aave-v3", "bridge:layerzero"]


# -- changing ----------------------------------------------------------------------------------------------


def test_a_change_is_one_step_of_undo_and_says_what_it_does(
    sample_window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    editor = opened(sample_window, qtbot, "rsETH")
    share(editor, "protocol:kelp#operators", "role:kiln@eigenlayer", "10")
    qtbot.waitUntil(lambda: not editor.is_waiting())
    settle(qtbot)
    assert editor.consequence.text().startswith("With this change")
    with undoable(sample_window.document):
        click(editor.foot.primary)
    position = sample_window.document.portfolio.positions["rsETH"]
    crowd = next(c for c in crowds(sample_window.document.portfolio, position) if c.owner == "protocol:kelp")
    assert crowd.members["role:kiln@eigenlayer"] == 0.1


def test_a_debt_that_would_be_liquidated_at_once_is_said(sample_window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(sample_window, qtbot, "rsETH")
    fill(editor, qtbot, debt="80000")
    assert "can be liquidated now" in editor.consequence.text()


def test_shares_over_everything_cannot_be_saved(sample_window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(sample_window, qtbot, "rsETH")
    share(editor, "protocol:kelp#operators", "role:kiln@eigenlayer", "90")
    qtbot.waitUntil(lambda: not editor.is_waiting())
    settle(qtbot)
    assert "more than all of it" in editor.foot.reason.text()
    assert not editor.foot.primary.isEnabled()


def test_what_is_wrong_is_named(sample_window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(sample_window, qtbot, "rsETH")
    fill(editor, qtbot, threshold="many")
    assert editor.foot.reason.text() == "Correct “Liquidated at, %”"
    fill(editor, qtbot, threshold="")
    assert editor.foot.reason.text() == "Enter “Liquidated at, %” of the debt"


def test_a_rate_is_split_over_the_layers(sample_window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(sample_window, qtbot, "LBTC")
    paying = [name for name in editor.form.fields if name.startswith("rate:")]
    fill(editor, qtbot, **{paying[-1]: "0.3", paying[-2]: "0.1"})
    click(editor.foot.primary)
    settle(qtbot)
    position = sample_window.document.portfolio.positions["LBTC"]
    assert not any(layer.unsplit for layer in position.layers)
    assert (
        terms_of(sample_window.document.portfolio, position).rates[paying[-1].removeprefix("rate:")] == 0.003
    )


# -- helpers -----------------------------------------------------------------------------------------------


def helper(editor: StackEditor, qtbot: QtBot, crowd: str, kind: str) -> Helper:
    form = next(c for c in editor.crowds if c.crowd.id == crowd)
    form.helped.emit(kind)
    return dialog(qtbot, Helper)


def test_magnitudes_become_slices_and_what_is_free_stands_on_nobody(
    sample_window: MainWindow, qtbot: QtBot
) -> None:
    editor = opened(sample_window, qtbot, "ETH")
    crowd = "role:p2p@eigenlayer#services"
    asked = helper(editor, qtbot, crowd, "magnitudes")
    assert not asked.fields["service:eigenda"].text()
    for name, text in {"whole": "0.9", "service:eigenda": "0.1", "service:lagrange": "0.25"}.items():
        put(asked.fields[name].editor, text)
    assert asked.words.text().replace("\u202f", " ") == "EigenDA 11.1 %, Lagrange ZK prover network 27.8 %"
    click(asked.foot.primary)
    form = next(c for c in editor.crowds if c.crowd.id == crowd)
    changed = form.changed()
    assert changed is not None
    assert changed.members["service:lagrange"] == pytest.approx(0.25 / 0.9)
    assert changed.members["service:eoracle"] is None
    assert not changed.overlapping
    assert not changed.rest_unknown


def test_limits_of_a_vault_become_shares_that_overlap(sample_window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(sample_window, qtbot, "rstETH")
    crowd = "role:p2p@symbiotic#services"
    asked = helper(editor, qtbot, crowd, "limits")
    assert not asked.foot.primary.isEnabled()
    for name, text in {"active": "1000", "service:mev-commit": "800", "service:hyperlane": "4000"}.items():
        put(asked.fields[name].editor, text)
    click(asked.foot.primary)
    form = next(c for c in editor.crowds if c.crowd.id == crowd)
    changed = form.changed()
    assert changed is not None
    assert changed.members == {"service:mev-commit": 0.8, "service:hyperlane": 1.0}
    assert changed.overlapping


def test_magnitudes_beyond_the_maximum_are_refused_in_words(sample_window: MainWindow, qtbot: QtBot) -> None:
    asked = helper(opened(sample_window, qtbot, "ETH"), qtbot, "role:p2p@eigenlayer#services", "magnitudes")
    put(asked.fields["service:eigenda"].editor, "1.5")
    assert asked.foot.reason.text() == "The services hold more of the operator than it has left."
    put(asked.fields["service:eigenda"].editor, "x")
    assert asked.foot.reason.text() == "Correct “Magnitude of EigenDA”"


# -- what the clock of the way out is told -----------------------------------------------------------------


def test_a_planned_exit_is_dated_by_its_phase(
    sample_window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    editor = opened(sample_window, qtbot, "SOL")
    clock = editor.form.clock
    assert clock.phase.isVisible()
    assert not clock.opening.isVisible()
    clock.phase.day.put("some day")
    assert editor.foot.reason.text() == "Correct “one of its epochs began on”"
    clock.phase.day.put("24 Nov 2026")
    qtbot.waitUntil(lambda: not editor.is_waiting())
    settle(qtbot)
    assert (
        editor.consequence.text()
        .replace("\u00a0", " ")
        .endswith("Until it is out: 2 days (before the change: 1 day, 0 to 2).")
    )
    with undoable(sample_window.document):
        click(editor.foot.primary)
    exit_ = sample_window.document.portfolio.positions["SOL"].exit
    assert exit_.terms == (PathTerms("", phase=datetime(2026, 11, 24, tzinfo=UTC)),)
    assert_stored(sample_window.document, sample_window.document.portfolio)
    again = opened(sample_window, qtbot, "SOL")
    assert again.form.clock.phase.day.text() == "24 Nov 2026"
    again.form.clock.phase.day.put("")
    again.form.clock.phase.time.put("")
    click(again.foot.primary)
    assert sample_window.document.portfolio.positions["SOL"].exit.terms == ()


def test_a_stack_without_such_a_clock_is_not_asked(sample_window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(sample_window, qtbot, "weETH")
    assert not editor.form.clock.isVisible()
    editor.reject()
