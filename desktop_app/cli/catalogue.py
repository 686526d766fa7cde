"""`catalogue`: what the program knows of protocols and tokens, and how old that is."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from desktop_app.cli.options import DayOption, JsonOption, labels
from desktop_app.cli.output import print_json, print_text


def catalogue(
    stale: Annotated[
        bool, typer.Option("--stale", help="Only facts that are unverified, undated or older than a year.")
    ] = False,
    as_of: DayOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the catalogue's entries with the number, age and verification of their facts."""
    from desktop_app import shipped
    from desktop_app.analysis.catalogue_review import review
    from desktop_app.report.catalogue_text import catalogue_json, catalogue_sections

    found = review(shipped.full_catalogue(), (as_of or datetime.now(UTC)).date())
    if as_json:
        print_json(catalogue_json(found, stale=stale))
        return
    from desktop_app.domain.portfolio import Portfolio
    from desktop_app.report.text import to_text

    print_text(to_text(catalogue_sections(found, labels(Portfolio()), stale=stale)))
