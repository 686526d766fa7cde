"""`when`: a protocol's clock by itself."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from desktop_app.cli.options import JsonOption
from desktop_app.cli.output import WRONG_USAGE, complain, print_json, print_text

if TYPE_CHECKING:
    from desktop_app.analysis.clocks.asking import Asked


def when(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="A rule of --list.")] = "",
    values: Annotated[
        list[str] | None, typer.Argument(metavar="KEY=VALUE...", help="What the rule is to reckon with.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="Name all rules, their keys and sources.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Tell when something would be claimable by a protocol's own clock. Times are UTC."""
    from desktop_app.report import clocks
    from desktop_app.report.text import to_text

    if list_:
        from desktop_app.analysis.clocks.rules import RULES

        rules = RULES.values()
        record, sections = clocks.rules_record(rules), clocks.rules_sections(rules)
    else:
        found = _asked(rule, values or ())
        record, sections = clocks.answer_record(found), (clocks.answer_section(found),)
    if as_json:
        print_json(clocks.to_json(record))
    else:
        print_text(to_text(sections))


def _asked(rule: str, values: Sequence[str]) -> "Asked":
    from desktop_app.analysis.clocks.asking import WrongKeysError, asked

    try:
        return asked(rule, values)
    except WrongKeysError as error:
        complain(str(error))
        raise typer.Exit(WRONG_USAGE) from None
