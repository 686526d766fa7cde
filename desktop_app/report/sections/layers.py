"""Value and reward by layer."""

from desktop_app.figures.layer_bars import layer_bars
from desktop_app.figures.layer_words import layer_word
from desktop_app.figures.sizes import PAPER
from desktop_app.report.blocks import FigureBlock, Section
from desktop_app.report.sections.subject import Subject

HEADING = "Value and reward by layer"


def layers_section(subject: Subject) -> Section:
    """Return the bars of every layer that some position has, the outermost first."""
    layers, labels = subject.overview.layers, subject.labels
    figure = layer_bars(
        layers,
        labels,
        subject.width,
        layer_word,
        PAPER,
        headline=HEADING,
        losses=subject.asked.rewards.losses_by_layer,
    )
    made_up = "; losses illustrative" if subject.asked.rewards.illustrative else ""
    note = f"{labels.currency}; a position counts in each of its layers, so the values do not add up{made_up}"
    return Section(HEADING, (FigureBlock(figure),), note)
