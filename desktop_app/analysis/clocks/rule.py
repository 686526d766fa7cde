"""A rule: a clock with the keys that it takes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import Parameter, signature

from desktop_app.analysis.clocks.answer import Answer
from desktop_app.analysis.clocks.kinds import Kind
from desktop_app.domain.catalogue import Source

REPEATABLE = frozenset({("susde", "requested"), ("cosmos", "open_entries"), ("symbiotic-v2", "adapters")})
"""Keys that may be given several times."""


@dataclass(frozen=True, slots=True)
class Key:
    """One input of a rule; ``default`` None is unknown."""

    name: str
    kind: Kind
    required: bool
    repeatable: bool
    default: object


@dataclass(frozen=True, slots=True)
class Rule:
    """A clock with its keys, which are the names of its arguments."""

    name: str
    answer: Callable[..., Answer]
    kinds: Mapping[str, Kind]
    sources: tuple[Source, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        """Return the keys in the order of the list, with the defaults of the clock."""
        takes = signature(self.answer).parameters
        return tuple(self._key(name, kind, takes[name]) for name, kind in self.kinds.items())

    def _key(self, name: str, kind: Kind, parameter: Parameter) -> Key:
        required = parameter.default is Parameter.empty
        repeatable = (self.name, name) in REPEATABLE
        return Key(name, kind, required, repeatable, None if required or repeatable else parameter.default)
