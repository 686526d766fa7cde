"""What a look over a portfolio file has found, for the command line and for the window."""

from desktop_app.domain.checkup import Checkup, Part
from desktop_app.report import words
from desktop_app.report.blocks import Column, Paragraph, Section, Table
from desktop_app.report.sentences import Run, sentence

PARTS = {
    Part.FILE: "The file: its pages, and what its tables refer to",
    Part.ACCESS: "Who can open it",
    Part.DECIMALS: "Amounts: each written exactly, in one form",
    Part.REFERENCES: "Dependencies: what they lead to, modes, weights, circles",
    Part.POSITIONS: "Positions: amounts, layers, ways out, assumptions",
    Part.SUMS: "Quantities: what the movements add up to",
    Part.DATES: "Dates: nothing in the future, no claim before its request",
}


def checked(checkup: Checkup, name: str) -> tuple[Section, ...]:
    """Return what was looked at, with a line for each part, and what is wrong."""
    rows = tuple((Run(state(checkup, part)), Run(text)) for part, text in PARTS.items())
    parts = Table((Column(""), Column("")), rows)
    found = [Paragraph(sentence(text)) for part in PARTS for text in checkup.found.get(part, ())]
    head = Section(name, (Paragraph(sentence(holds(checkup))), parts))
    wrong = Section(f"{verdict(checkup)[:-1]}", tuple(found))
    return (head, wrong) if found else (head, Section("", (Paragraph(sentence(verdict(checkup))),)))


def verdict(checkup: Checkup) -> str:
    """Return the result in a sentence."""
    if not checkup.wrong:
        return "Nothing is wrong."
    return f"{checkup.wrong} thing{' is' if checkup.wrong == 1 else 's are'} wrong."


def state(checkup: Checkup, part: Part) -> str:
    """Return how a part was found: ok, wrong, or not looked at because the file cannot be read."""
    if part not in checkup.found:
        return "not looked at"
    return "wrong" if checkup.found[part] else "ok"


def holds(checkup: Checkup) -> str:
    """Return what the file is and how much of what it holds."""
    file = f"A portfolio file of version {checkup.version}."
    held = [words.counted(n, kind.removesuffix("s")) for kind, n in checkup.counts.items() if n]
    return f"{file} It holds {words.listed(held)}." if held else file
