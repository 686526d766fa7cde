"""What a row says of a stored position beside quantity and price: status, layer, reward rate and notes."""

from collections.abc import Collection
from math import isclose

from desktop_app.csv_import.cells import shown
from desktop_app.csv_import.rows import Change
from desktop_app.csv_import.tokens import RATE_NOTE
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.holdings import Holding, rate_of
from desktop_app.domain.positions import Position
from desktop_app.domain.stack_builder import propose


def differences(
    held: Holding, position: Position, said: Collection[str], catalogue: Catalogue
) -> tuple[Change, ...]:
    """Return what differs, old and new; ``said`` are the fields that the row fills: others say nothing."""
    found = []
    if "status" in said and held.status != position.status:
        found.append(Change("status", f"status {position.status} → {held.status}"))
    if held.layer and "layer" in said and not _has_layer(held, position, catalogue):
        found.append(Change("layer", f"layer {position.layers[-1].name} → {held.layer}"))
    if held.reward_rate is not None and "reward_apr" in said:
        rate = rate_of(position)
        if not isclose(rate or 0.0, held.reward_rate, abs_tol=1e-12):
            found.append(
                Change("reward_apr", f"reward rate {_per_cent(rate)} → {_per_cent(held.reward_rate)}")
            )
    notes = new_notes(held, position)
    if notes and notes != position.notes and {"notes", "layer", "reward_apr"} & set(said):
        found.append(Change("notes", f"notes “{shown(position.notes, 30)}” → “{shown(notes, 30)}”"))
    return tuple(found)


def delegations(held: Holding, stored: Holding) -> tuple[Change, ...]:
    """Return that a stake works for others than before, or for nobody any more."""
    now, before = held.operators, stored.operators
    if (held.layer, set(now)) == (stored.layer, set(before)):
        return ()
    old, new = (shown(", ".join(names)) or "nobody" for names in (before, now))
    return (Change("delegation", f"delegated to {old} → {new}"),)


def new_notes(held: Holding, position: Position) -> str:
    """Return the notes of a row; that a plain coin has a rate is no news of one that is staked here."""
    return without_rate(held.notes) if rate_of(position) else held.notes


def without_rate(notes: str) -> str:
    """Return notes without the line on the reward rate of a coin that is only held."""
    return "\n".join(line for line in notes.split("\n") if not line.startswith(RATE_NOTE))


def _has_layer(held: Holding, position: Position, catalogue: Catalogue) -> bool:
    """Tell whether the position has the layer, or all that its stack would have if it were given."""
    there = {layer.name for layer in position.layers}
    if held.layer in there or not there:
        return True
    return there == {name for name, _ in propose(catalogue, held.stack_key).layers_in_order()}


def _per_cent(rate: float | None) -> str:
    return "none" if rate is None else f"{rate * 100:.6g} %"
