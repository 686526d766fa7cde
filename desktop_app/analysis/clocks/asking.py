"""Asking a clock by name with KEY=VALUE texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.analysis.clocks.answer import Answer
from desktop_app.analysis.clocks.rule import Key, Rule
from desktop_app.analysis.clocks.rules import RULES
from desktop_app.errors import UserError

NAMES_THEM = "“stakeout when --list” names them all."


class WrongKeysError(UserError):
    """A rule or key that does not exist, is missing or stands twice: wrong usage, not a wrong value."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule, what was given, and the answer."""

    rule: Rule
    given: Mapping[str, object]
    answer: Answer

    @property
    def assumed(self) -> dict[str, object]:
        """Return the defaults that the answer rests on."""
        return {
            key.name: key.default
            for key in self.rule.keys
            if key.name not in self.given and key.default is not None
        }


def asked(name: str, texts: Sequence[str]) -> Asked:
    """Return the answer of a rule to KEY=VALUE texts; raise UserError, or WrongKeysError, in one sentence."""
    if not name:
        raise WrongKeysError("No rule is named.", NAMES_THEM)
    if (rule := RULES.get(name)) is None:
        raise WrongKeysError(f"There is no rule “{name}”.", NAMES_THEM)
    given = _read(rule, texts)
    try:
        return Asked(rule, given, rule.answer(**given))
    except OverflowError:
        raise UserError(f"“{name}” would end after the year 9999.", "Enter smaller numbers.") from None


def _read(rule: Rule, texts: Sequence[str]) -> dict[str, object]:
    given: dict[str, object] = {}
    keys = {key.name: key for key in rule.keys}
    for pair in texts:
        name, sign, text = pair.partition("=")
        if not sign:
            raise WrongKeysError(f"“{pair}” is no key with a value.", "Write KEY=VALUE.")
        if (key := keys.get(name)) is None:
            raise WrongKeysError(f"“{rule.name}” has no key “{name}”.", f"It takes {', '.join(keys)}.")
        value = _value(rule, key, text)
        if key.repeatable:
            given[name] = (*given.get(name, ()), value)  # type: ignore[misc]
        elif name in given:
            raise WrongKeysError(f"“{name}” is given twice.", "Give it once.")
        else:
            given[name] = value
    if missing := [key.name for key in keys.values() if key.required and key.name not in given]:
        raise WrongKeysError(f"“{rule.name}” needs {' and '.join(missing)}.", f"Add {missing[0]}=….")
    return given


def _value(rule: Rule, key: Key, text: str) -> object:
    value = key.kind.read(text.strip())
    if value is None:
        shown = text if len(text) <= 60 else f"{text[:57]}…"
        raise UserError(f"For “{rule.name}”, {key.name} cannot be “{shown}”.", f"Enter {key.kind.expected}.")
    return value
