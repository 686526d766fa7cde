"""Questions to the user: asked while a file is read, answered by the next reading of the same file."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from desktop_app.errors import UserError

_OF_WORDS = ("asset_unknown:", "layer_unknown:", "protocol:", "staked_share:")
OF_THE_WHOLE = frozenset({"balance_negative", "missing_positions"})
"""Codes of what only the whole file can leave in doubt: its last rows may settle it."""

OTHERS = {
    "asset_unknown": "the symbol of a known token",
    "protocol": "the name of a known protocol",
    "account": "another name",
    "own_address": "an address",
    "snapshot_date": "another day",
    "coin": "another symbol",
}
"""Questions that take other answers than those offered, and which."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing in doubt. ``code`` is "code" or "code:subject"; one that ``stops`` holds the import up.

    ``choices`` are the answers that come to mind (some questions take others too), ``default`` is what is
    assumed meanwhile, None if nothing can be. ``lines`` are physical lines of the file.
    """

    code: str
    text: str
    stops: bool = True
    lines: tuple[int, ...] = ()
    choices: tuple[str, ...] = ()
    default: str | None = None


def _nothing_else(_answer: str) -> bool:
    return False


@dataclass(slots=True)
class Inquiry:
    """The answers given so far and the questions still open in this reading.

    Questions whose code is among ``assumed`` are not asked: their default is the answer.
    """

    answers: Mapping[str, str]
    assumed: frozenset[str] = frozenset()
    _open: dict[str, Question] = field(default_factory=dict)
    _lines: dict[str, list[int]] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)

    def settle(self, question: Question, fits: Callable[[str], bool] = _nothing_else) -> str | None:
        """Return the user's answer, or note the question and return None; raises UserError as ``told``."""
        answer = self.told(question.code, question.choices, fits)
        if answer is not None:
            return answer
        if question.code.partition(":")[0] in self.assumed:
            return question.default
        self._open.setdefault(question.code, question)
        self._lines.setdefault(question.code, []).extend(question.lines)
        return None

    def told(
        self, question: str, choices: Collection[str], fits: Callable[[str], bool] = _nothing_else
    ) -> str | None:
        """Return the answer to the code of a question, whether or not it is asked.

        An answer to "code" holds for every "code:subject" without an answer of its own. Raises UserError for
        an answer that is neither among the choices nor ``fits``.
        """
        for code in (question, question.partition(":")[0]):
            answer = self.answers.get(code)
            if answer is None:
                continue
            self._used.add(code)
            if answer not in choices and not fits(answer):
                offered = ", ".join(f"“{c}”" for c in choices)
                other = OTHERS.get(question.partition(":")[0], "")
                way = f"Choose one of {offered}{f', or give {other}' if other else ''}."
                raise UserError(f"“{answer}” is no answer to “{question}”.", way)
            return answer
        return None

    def is_open(self, code: str) -> bool:
        """Tell whether a question stands open."""
        return code in self._open

    def given(self, code: str) -> str | None:
        """Return the answer to a code, whether or not it is asked."""
        answer = self.answers.get(code)
        if answer is not None:
            self._used.add(code)
        return answer

    def add_lines(self, code: str, lines: Iterable[int]) -> None:
        """Add lines to an open question."""
        self._lines[code].extend(lines)

    def default(self, code: str) -> str | None:
        """Return what is assumed while a question is open."""
        return self._open[code].default

    def questions(
        self, left_out: frozenset[int] = frozenset(), rejected: frozenset[int] = frozenset()
    ) -> tuple[Question, ...]:
        """Return the open questions, those that stop first; not those about lines that the user left out.

        What a word means is not asked either where every row that holds it is rejected.
        """
        lines = {code: tuple(sorted(set(found))) for code, found in self._lines.items()}

        def is_idle(code: str) -> bool:
            out = left_out | rejected if code.startswith(_OF_WORDS) else left_out
            return bool(lines[code]) and out.issuperset(lines[code])

        full = [
            replace(question, lines=lines[code]) for code, question in self._open.items() if not is_idle(code)
        ]
        return tuple(sorted(full, key=lambda q: not q.stops))

    def unused(self) -> tuple[str, ...]:
        """Return the codes of answers to which there was no question."""
        return tuple(code for code in self.answers if code not in self._used)
