"""The answers as plain tables for spreadsheets and programs: one a kind of thing, every row, every digit."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields

from desktop_app.report import words
from desktop_app.report.answer_records import Record
from desktop_app.report.change_tables import CHANGES, POSITIONS, change_records, position_records
from desktop_app.report.sections.facts import Fact, facts
from desktop_app.report.sections.subject import Subject

Cell = object
"""Text, an exact or a floating number, true or false; None: not known, or there is none."""


@dataclass(frozen=True, slots=True)
class DataTable:
    """Rows under the names of their columns; ``name`` is that of the file."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def data_tables(subject: Subject) -> tuple[DataTable, ...]:
    """Return every table; one without rows has its columns all the same.

    Columns are called as in the JSON answers (``resources/schema/answers.json``), with names beside the ids.
    What cannot be computed is listed in "unavailable", each with its reason. Two of them tell what has
    changed, where there is an earlier file.
    """
    answer = subject.asked.answer()
    names = subject.overview.names
    made = [
        *(_table(name, columns.split(), rows(answer), names) for name, (columns, rows) in _TABLES.items()),
        _table("facts", [f.name for f in fields(Fact)], map(asdict, facts(subject)), names),
    ]
    if (before := subject.earlier) is not None:
        both = {**before.asked.names, **names}
        made += [
            _table("changes", CHANGES.split(), change_records(subject, before), both),
            _table("changed-positions", POSITIONS.split(), position_records(subject, before), both),
        ]
    return tuple(made)


def _table(
    name: str, columns: Iterable[str], records: Iterable[Record], names: Mapping[str, str]
) -> DataTable:
    """Return a table of records; a column "position_name" or "node_name" names the id beside it."""
    keys = tuple(columns)

    def cell(record: Record, key: str) -> Cell:
        thing = key.removesuffix("_name")
        if key in record or thing == key:
            return record.get(key)
        found = record.get(thing)
        return None if found is None else words.node_name(str(found), names)

    return DataTable(name, keys, tuple(tuple(cell(record, key) for key in keys) for record in records))


def _positions(answer: Record) -> Iterator[Record]:
    for position in answer["positions"]:
        finish = answer["withdrawals"]["positions"].get(position["id"], {})
        days = {f"days_{name}": finish.get(name) for name in ("min", "typical", "max")}
        yield {**position, **days}


def _layers(answer: Record) -> Iterator[Record]:
    for position in answer["positions"]:
        for layer in position["layers"]:
            yield {**layer, "layer": layer["name"], "position": position["id"]}


def _nodes(answer: Record) -> Iterator[Record]:
    for node in answer["nodes"]:
        held = answer["exposure"].get(node["id"], {})
        yield {**node, "positions": held.get("positions"), "gateway": answer["gateways"].get(node["id"])}


def _exposure(answer: Record) -> Iterator[Record]:
    for node, exposure in answer["exposure"].items():
        for position, part in exposure["by_position"].items():
            yield {"node": node, "position": position, "part": part}


def _concentration(answer: Record) -> Iterator[Record]:
    for dimension, measures in (answer["concentration"] or {}).items():
        yield {"dimension": dimension, **measures}


def _single_points(answer: Record) -> Iterator[Record]:
    for point in answer["single_points_of_failure"] or ():
        yield {**point, "fully_dependent_positions": "; ".join(point["fully_dependent_positions"])}


def _parts(answer: Record) -> Iterator[Record]:
    for position, plan in answer["withdrawals"]["positions"].items():
        for part in plan["tranches"]:
            yield {**part, "position": position, "part": part["name"]}


def _steps(answer: Record) -> Iterator[Record]:
    for part in _parts(answer):
        for step in part["steps"]:
            yield {**step, "position": part["position"], "part": part["name"], "step": step["name"]}


def _ladder(answer: Record) -> Iterator[Record]:
    ladder = answer["withdrawals"]["ladder"]
    if ladder is None:
        return
    for i, day in enumerate(ladder["days"]):
        found = {
            f"{curve}_{name}": values[i]
            for curve in ("protocol", "market_first")
            for name, values in ladder[curve].items()
        }
        yield {"day": day, **found}


def _scenarios(answer: Record) -> Iterator[Record]:
    for scenario, loss in (answer["stress"] or {}).items():
        yield {"scenario": scenario, **loss}


def _scenario_positions(answer: Record) -> Iterator[Record]:
    for scenario, loss in (answer["stress"] or {}).items():
        for position, lost in loss["by_position"].items():
            yield {"scenario": scenario, "position": position, "loss": lost}


def _year(answer: Record) -> Iterator[Record]:
    expected = answer["expected_annual_loss"]
    levels = (answer["loss_distribution"] or {}).get("cvar_by_position", {})
    for position, lost in (expected["by_position"] if expected else {}).items():
        worst = {f"cvar_{level}": parts.get(position) for level, parts in levels.items()}
        yield {"position": position, "expected_annual_loss": lost, **worst}


def _bad_years(answer: Record) -> Iterator[Record]:
    found = answer["loss_distribution"]
    for level in found["var"] if found else ():
        yield {"level": float(level), "var": found["var"][level], "cvar": found["cvar"][level]}


def _exceedance(answer: Record) -> Iterator[Record]:
    for loss, chance in (answer["loss_distribution"] or {}).get("exceedance", ()):
        yield {"loss": loss, "chance": chance}


def _leave_one_out(answer: Record) -> Iterator[Record]:
    for node, less in (answer["leave_one_out"] or {}).items():
        worst = {f"cvar_{level}": value for level, value in less["cvar"].items()}
        yield {"node": node, "expected_annual_loss": less["expected_annual_loss"], **worst}


def _unavailable(answer: Record) -> Iterator[Record]:
    for path, reason in answer["unavailable"].items():
        yield {"path": path, "reason": reason}


_TABLES: Mapping[str, tuple[str, Callable[[Record], Iterable[Record]]]] = {
    "positions": (
        """id name account asset underlying quantity unit_price total_value priced_on debt value chain
        opened_on status days_min days_typical days_max notes""",
        _positions,
    ),
    "layers": ("position position_name layer reward_rate unsplit", _layers),
    "nodes": (
        """id name dimension value share positions gateway gateway_name annual_failure_probability
        loss_given_failure origin""",
        _nodes,
    ),
    "exposure": ("node node_name position position_name part", _exposure),
    "edges": ("id from from_name to to_name mode weight group value origin", lambda answer: answer["edges"]),
    "concentration": (
        "dimension names coverage overlap hhi effective_number gini largest_share",
        _concentration,
    ),
    "single-points": (
        "node node_name share fully_dependent_share fully_dependent_positions",
        _single_points,
    ),
    "withdrawals": ("position position_name part fraction value min typical max frozen_share", _parts),
    "steps": ("position position_name part step start end slashable critical overdue", _steps),
    "ladder": (
        """day protocol_min protocol_typical protocol_max market_first_min market_first_typical
        market_first_max""",
        _ladder,
    ),
    "scenarios": ("scenario name loss share low high", _scenarios),
    "scenario-positions": ("scenario position position_name loss", _scenario_positions),
    "year": ("position position_name expected_annual_loss cvar_0.9 cvar_0.95 cvar_0.99", _year),
    "bad-years": ("level var cvar", _bad_years),
    "exceedance": ("loss chance", _exceedance),
    "leave-one-out": ("node node_name expected_annual_loss cvar_0.95 cvar_0.99", _leave_one_out),
    "rewards": (
        """position position_name layer extra reward_rate extra_reward expected_loss_with
        expected_loss_without incremental_expected_loss reward_to_expected_loss worst_new_node
        worst_new_node_name loss_given_failure exit_days breakeven_simple breakeven_exact
        hazard_multiplier""",
        lambda answer: answer["rewards"] or (),
    ),
    "limits": (
        "id kind subject subject_name bound figure broken",
        lambda answer: answer["limits"] or (),
    ),
    "limit-breaks": (
        "id kind subject subject_name bound figure broke_on broken_by mended_on mended_by",
        lambda answer: answer["limit_breaks"],
    ),
    "missing": (
        "kind subject subject_name value detail step",
        lambda answer: answer["overview"]["missing"],
    ),
    "dates": (
        "kind position position_name part day at earliest latest typical amount value",
        lambda answer: answer["overview"]["dates"],
    ),
    "unavailable": ("path reason", _unavailable),
}
"""Name of the file -> its columns, and what makes its rows out of the answers."""
