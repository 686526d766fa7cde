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
    found = None if list_ else _asked(rule, values or ())
    from desktop_app.analysis.clocks.rules import RULES

    if as_json:  # without the words, which the heavy libraries come with
        from desktop_app.report.clocks import answer_record, rules_record, to_json

        print_json(to_json(rules_record(RULES.values()) if found is None else answer_record(found)))
        return
    from desktop_app.report.clock_text import answer_section, rules_sections
    from desktop_app.report.text import to_text

    print_text(to_text(rules_sections(RULES.values()) if found is None else [answer_section(found)]))


def _asked(rule: str, values: Sequence[str]) -> "Asked":
    from desktop_app.analysis.clocks.asking import WrongKeysError, asked

    try:
        return asked(rule, values)
    except WrongKeysError as error:
        complain(str(error))
        raise typer.Exit(WRONG_USAGE) from None
