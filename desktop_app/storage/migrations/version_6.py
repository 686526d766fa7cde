"""Version 6: requests have a path, a phase, steps; ways out a path, steps a kind; all within their JSON."""

from sqlalchemy import Connection


def step(_: Connection) -> None:
    """Bring a file of version 5 to version 6: what is missing in its JSON stands for what was meant there."""
