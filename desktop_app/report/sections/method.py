"""How the figures come about, in short, and what the model leaves out."""

from desktop_app.report.blocks import Column, Section, Table
from desktop_app.report.sections.subject import Subject
from desktop_app.report.sentences import Run

_SAID = """
Value: Quantity times price, or the total that the source gave, less debt. A position without a known
    price is listed and enters no sum.
Stands on: The value that would be touched if the named thing failed. Each unit of value counts once,
    however many ways lead to it; so the shares of one kind need not add up to the whole.
Not published: What nobody publishes is a name of its own and is never spread over the known names.
By layer: The value of all positions that have the layer. Base: held, staking, liquid staking; everything
    above is extra.
Reward: The rate a year that was entered, times the value. A rate for a whole stack is not split by guess.
Getting out: The longest way through the steps of each part, three times: all steps at their earliest,
    typical and latest. It is a range, not a probability. Market first: what has a market is sold, less
    the haircut.
If this happened: Every thing that fails takes its fraction of what is left of each unit. The line reaches
    from the largest shock alone to the sum of all, and never beyond the value.
Borrowed: The value is what remains after the debt; losses of the collateral are amplified by it, and a
    liquidation adds its penalty.
A year: Things fail independently, at most once, with the chance and the loss that the owner assumed. What
    has no assumed chance stays out.
Concentration: 10 % and 25 % are yardsticks of bank rules for large exposures, 0.10 and 0.18 of merger
    reviews; none of them is a limit for a portfolio like this.
Not modelled: The price of the assets; when in the year a failure happens; more than one failure of a
    thing; how sure a loss is; how failures depend on the market.
"""


def method_section(_: Subject) -> Section:
    """Return the definitions in a few words each."""
    lines = _SAID.strip().replace("\n    ", " ").splitlines()
    rows = tuple((Run(word), Run(meaning)) for word, _, meaning in (line.partition(": ") for line in lines))
    return Section("Method", (Table((Column("", width=17), Column("", quiet=True)), rows),))
