"""Which target of a figure lies under a point, and which one an arrow key leads to."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt

from desktop_app.figures.shapes import Target

Links = Mapping[str, Sequence[str]]
"""Target -> the targets at the other ends of its lines, the widest line first."""

_STEPS: Mapping[Qt.Key, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def is_step(key: int) -> bool:
    """Tell whether a key walks."""
    return key in _STEPS


def target_at(targets: Sequence[Target], x: float, y: float) -> Target | None:
    """Return the target under a point; of several the one in front."""
    for target in reversed(targets):
        if target.x <= x < target.x + target.width and target.y <= y < target.y + target.height:
            return target
    return None


def next_target(
    targets: Sequence[Target], current: Target | None, key: int, links: Links | None = None
) -> Target | None:
    """Return where an arrow key leads: along the widest line that way, else to the nearest target that way.

    Without a current target any key leads to the first one; where nothing lies that way it is ``current``.
    """
    if current is None:
        return targets[0] if targets else None
    right, down = _STEPS[Qt.Key(key)]
    ahead = [
        target for target in targets if target is not current and _ahead(current, target, right, down) > 0
    ]
    if links and right:
        by_id = {target.id: target for target in ahead}
        linked = next((by_id[other] for other in links.get(current.id, ()) if other in by_id), None)
        if linked is not None:
            return linked
    return min(ahead, key=lambda target: _distance(current, target, right), default=current)


def _middle(target: Target) -> tuple[float, float]:
    return target.x + target.width / 2, target.y + target.height / 2


def _ahead(current: Target, target: Target, right: int, down: int) -> float:
    (x, y), (other_x, other_y) = _middle(current), _middle(target)
    if right:
        return (other_x - x) * right - min(current.width, target.width) / 2
    return (other_y - y) * down - min(current.height, target.height) / 2


def _distance(current: Target, target: Target, right: int) -> tuple[float, float]:
    """Return how far a target is: along the way first across columns or rows, then beside it."""
    (x, y), (other_x, other_y) = _middle(current), _middle(target)
    across, along = abs(other_x - x), abs(other_y - y)
    return (across, along) if right else (along + 4 * across, across)
