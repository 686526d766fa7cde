"""The answers to a question as ``stakeout-answers/1``, for programs and for tests."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from desktop_app.analysis.agenda import Dated, agenda
from desktop_app.analysis.annual import ExpectedLoss, expected_annual_loss
from desktop_app.analysis.concentration import Concentration, concentration
from desktop_app.analysis.dependencies import dependencies
from desktop_app.analysis.exit_queue import ExitQueue, exit_queue, leavers
from desktop_app.analysis.exposure import Exposure, exposure
from desktop_app.analysis.limits import LimitState, limits
from desktop_app.analysis.overview import Overview, overview
from desktop_app.analysis.rewards import Rewards, rewards
from desktop_app.analysis.stress import stress
from desktop_app.analysis.withdrawals import PASSES, Withdrawals, withdrawals
from desktop_app.analysis.year import Year, year
from desktop_app.domain.checks import check
from desktop_app.domain.money import MAX_TEXT, amount_text
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position
from desktop_app.figures.labels import Labels
from desktop_app.report import answer_records as records
from desktop_app.report import graph_records, words
from desktop_app.report.limit_words import not_known
from desktop_app.report.reward_words import RewardWords, missing_figures

SCHEMA = "stakeout-answers/1"

QUESTIONS = (
    "all",
    "overview",
    "positions",
    "exposure",
    "concentration",
    "dependencies",
    "withdrawals",
    "stress",
    "rewards",
    "limits",
)

NOTHING_PRICED = "No position has a known value."
NOTHING_WORTH = "The known value of the portfolio is zero."
NO_QUEUE = "How long Ethereum’s exit queue is, is not known: enter it on the Withdrawals page."
NO_DATE = "No date is known for a part of the value."

Record = dict[str, Any]


def answers(portfolio: Portfolio, question: str, as_of: date) -> Record:
    """Return the answer to one of ``QUESTIONS``; its amounts are Decimals, which ``to_json`` writes exactly.

    What cannot be computed is None, with a sentence in ``unavailable``.
    """
    return Asked(portfolio, question, as_of).answer()


def to_json(answer: Record) -> str:
    """Return an answer as JSON, a line for each key of it.

    The portfolio's value is a number with all its digits, any other amount decimal text. No indentation: with
    one, Python writes a large answer five times slower.
    """
    value = answer["portfolio_value"]
    lines = {
        key: json.dumps(part, ensure_ascii=False, allow_nan=False, default=_amount)
        for key, part in answer.items()
    }
    lines["portfolio_value"] = "null" if value is None else _amount(value)
    return "{\n" + ",\n".join(f' "{key}": {line}' for key, line in lines.items()) + "\n}\n"


def _amount(value: object) -> str:
    if isinstance(value, Decimal):
        # Products of amounts may be longer than any amount that can be recorded.
        return amount_text(value) if abs(value.adjusted()) <= MAX_TEXT else str(value)
    raise TypeError(type(value).__name__)


class Asked:
    """A question put to one portfolio: every analysis runs once, and only where it is needed."""

    def __init__(self, portfolio: Portfolio, question: str, as_of: date) -> None:
        self.portfolio = portfolio
        self.question = question
        self.as_of = as_of
        self._unavailable: dict[str, str] = {}

    def answer(self) -> Record:
        """Return the whole answer."""
        self._unavailable = dict(self.exposed.unavailable)
        for issue in check(self.portfolio):
            self._say(_path(issue.place, self.portfolio), issue.text)
        if self.exposed.portfolio_value is None:
            self._say("portfolio_value", NOTHING_PRICED)
        parts: Record = {}
        for name in QUESTIONS[1:] if self.question == "all" else (self.question,):
            parts.update(getattr(self, f"_{name}_part")())
        return {
            "schema": SCHEMA,
            "as_of": self.as_of.isoformat(),
            "currency": self.portfolio.currency,
            "portfolio_value": self.exposed.portfolio_value,
            "unpriced": records.unpriced_records(self.exposed),
            "unavailable": self._unavailable,
            **parts,
        }

    def _say(self, path: str, text: str) -> None:
        known = self._unavailable.get(path)
        self._unavailable[path] = f"{known} {text}" if known else text

    @property
    def names(self) -> Mapping[str, str]:
        """Return the names of all nodes and positions."""
        nodes, positions = self.portfolio.nodes.values(), self.portfolio.positions.values()
        return {n.id: n.name for n in nodes} | {p.id: p.name for p in positions}

    # -- analyses ------------------------------------------------------------------------------------------

    @property
    def _whole(self) -> bool:
        """Tell whether the overview is wanted, which brings the answers it is made of."""
        return self.question in {"all", "overview"}

    @cached_property
    def overview(self) -> Overview:
        """The first page in numbers."""
        return overview(self.portfolio, self.as_of)

    @cached_property
    def exposed(self) -> Exposure:
        """What each node carries."""
        return self.overview.exposed if self._whole else exposure(self.portfolio, self.as_of)

    @cached_property
    def concentrated(self) -> Concentration:
        """How much hangs together."""
        return self.overview.concentrated if self._whole else concentration(self.portfolio, self.exposed)

    @cached_property
    def out(self) -> Withdrawals:
        """The ways out."""
        return self.overview.out if self._whole else withdrawals(self.portfolio, self.as_of)

    @cached_property
    def dates(self) -> tuple[Dated, ...]:
        """What falls on which day."""
        return agenda(self.portfolio, self.out, self.as_of)

    @cached_property
    def expected_loss(self) -> ExpectedLoss | None:
        """What a year costs, as far as it is assumed."""
        return (
            self.overview.expected_loss if self._whole else expected_annual_loss(self.portfolio, self.as_of)
        )

    @cached_property
    def year(self) -> Year | None:
        """What a year can cost, as far as it is assumed."""
        return year(self.portfolio, self.as_of)

    @cached_property
    def rewards(self) -> Rewards:
        """What each layer pays and risks."""
        return rewards(self.portfolio, self.out, self.as_of)

    @cached_property
    def limits(self) -> tuple[LimitState, ...]:
        """How the portfolio stands to the user's limits."""
        return limits(self.portfolio, self.exposed, self.as_of)

    @property
    def worthless(self) -> str:
        """Return why there are no shares of the value, empty where there are."""
        if self.exposed.portfolio_value is None:
            return NOTHING_PRICED
        return "" if self.exposed.portfolio_value else NOTHING_WORTH

    # -- parts of the answer -------------------------------------------------------------------------------

    def _overview_part(self) -> Record:
        return {"overview": records.overview_record(self.overview, self.dates, self.as_of)}

    def _positions_part(self) -> Record:
        return {
            "positions": records.position_records(self.portfolio, self.exposed),
            "groups": graph_records.group_records(self.portfolio),
        }

    def _exposure_part(self) -> Record:
        return {"exposure": records.exposure_record(self.exposed)}

    def _concentration_part(self) -> Record:
        if self.worthless:
            return self._none(self.worthless, "concentration", "single_points_of_failure")
        return {
            "concentration": records.concentration_record(self.concentrated),
            "single_points_of_failure": records.single_point_records(self.concentrated),
        }

    def _dependencies_part(self) -> Record:
        found = dependencies(self.portfolio, self.exposed)
        return {
            "gateways": dict(found.gateways),
            "nodes": graph_records.node_records(self.portfolio, self.exposed),
            "edges": graph_records.edge_records(self.portfolio, found),
            "groups": graph_records.group_records(self.portfolio),
        }

    @cached_property
    def queue(self) -> ExitQueue | None:
        """Ethereum's exit queue, None where no position waits behind it."""
        if not leavers(self.portfolio):
            return None
        return exit_queue(self.portfolio, self.as_of, plans=self.out.positions)

    def _withdrawals_part(self) -> Record:
        for plan in self.out.positions.values():
            if missing := [name for name in PASSES if getattr(plan.finish, name) is None]:
                text = _no_date(self.portfolio.positions[plan.position], missing)
                self._say(f"withdrawals/positions/{plan.position}", text)
        for name, shares in self.out.days_to_share.items():
            if None in shares.values():
                self._say(f"withdrawals/days_to_share/{name}", self.worthless or NO_DATE)
        if self.queue is not None and self.queue.days is None:
            self._say("withdrawals/exit_queue", NO_QUEUE)
        found = records.withdrawals_record(self.out) | {"exit_queue": records.queue_record(self.queue)}
        if self.exposed.portfolio_value is None:
            self._say("withdrawals/ladder", NOTHING_PRICED)
            found["ladder"] = None
        return {"withdrawals": found}

    def _stress_part(self) -> Record:
        return {
            **self._scenarios(),
            **self._expected(),
            **self._distribution(),
        }

    def _scenarios(self) -> Record:
        if self.worthless and self.portfolio.scenarios:
            return self._none(self.worthless, "stress")
        found = records.stress_record(stress(self.portfolio, self.as_of))
        for scenario, loss in found.items():
            loss["by_position"] = self._every(loss["by_position"], f"stress/{scenario}")
        return {"stress": found}

    def _expected(self) -> Record:
        if self.expected_loss is None:
            return self._none(self.worthless or words.NOTHING_FAILS, "expected_annual_loss")
        found = records.expected_loss_record(self.expected_loss)
        found["by_position"] = self._every(found["by_position"], "expected_annual_loss")
        return {"expected_annual_loss": found}

    def _distribution(self) -> Record:
        if self.year is None:
            return self._none(self.worthless or words.NOTHING_FAILS, "loss_distribution", "leave_one_out")
        found = records.loss_distribution_record(self.year)
        for level, parts in found["cvar_by_position"].items():
            path = f"loss_distribution/cvar_by_position/{level}"
            found["cvar_by_position"][level] = self._every(parts, path)
        return {"loss_distribution": found, "leave_one_out": records.leave_one_out_record(self.year)}

    def _every(self, by_position: Mapping[str, float], path: str) -> dict[str, float | None]:
        """Return a figure for every position; None, with a sentence, for one that could not be counted."""
        unpriced = {unpriced.position for unpriced in self.exposed.unpriced}
        for position in self.portfolio.counted_positions():
            if position.id not in by_position:
                why = "has no known value" if position.id in unpriced else "is left out"
                self._say(f"{path}/by_position/{position.id}", f"“{position.name}” {why}.")
        return {p.id: by_position.get(p.id) for p in self.portfolio.counted_positions()}

    def _rewards_part(self) -> Record:
        said = RewardWords(self.portfolio, Labels(currency=self.portfolio.currency))
        for row in self.rewards.rows:
            path = f"rewards/{row.position}" + (f"/{row.layer}" if row.layer is not None else "")
            missing = missing_figures(row, said, nothing_assumed=self.rewards.nothing_assumed)
            for text in dict.fromkeys(missing.values()):
                self._say(path, text)
        return {"rewards": records.reward_records(self.rewards)}

    def _limits_part(self) -> Record:
        for state in self.limits:
            if state.figure is None:
                self._say(f"limits/{state.limit.id}", self.worthless or not_known(state))
        return {
            "limits": records.limit_records(self.limits),
            "limit_breaks": records.break_records(self.portfolio),
        }

    def _none(self, text: str, *keys: str) -> Record:
        for key in keys:
            self._say(key, text)
        return dict.fromkeys(keys)


def _path(place: str, portfolio: Portfolio) -> str:
    """Return where the thing with this id stands in an interchange file: "positions/A"."""
    for name in ("positions", "nodes", "edges", "groups", "scenarios"):
        if place in getattr(portfolio, name):
            return f"{name}/{place}"
    return place


def _no_date(position: Position, passes: list[str]) -> str:
    if not position.exit.tranches:
        return f"No way out of “{position.name}” is known."
    words = {"min": "soonest", "typical": "typical", "max": "latest"}
    which = " and ".join(words[name] for name in passes)
    date_is = "date of “{}” is" if len(passes) == 1 else "dates of “{}” are"
    why = "some step on its way out has no known duration"
    return f"The {which} {date_is.format(position.name)} not known: {why}."
