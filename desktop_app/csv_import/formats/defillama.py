"""DefiLlama: its table of yields, refused as holdings; it has rates of pools, but no quantity."""

from desktop_app.csv_import import layouts
from desktop_app.csv_import.format import Format, Reading, Table

# Columns: DefiLlama/defillama-app (2026-06-13), src/containers/Yields/domain/poolCsv.ts.
_FITS = layouts.ordered(
    "reference",
    "Pool,Project,Chain,TVL,APY",
    refusal=(
        "is DefiLlama's table of yields: it says what pools pay, not how much of them you hold; import a "
        "file "
        "of your balances or transactions instead."
    ),
)


def read(_table: Table) -> Reading:
    """Return nothing: the file is refused before its rows are read."""
    return Reading([], ())


FORMAT = Format("defillama", "DefiLlama", _FITS, read)
