"""The first sentences: value and largest dependency, the way out, what the extra layers pay."""

from desktop_app.report.blocks import Paragraph, Section
from desktop_app.report.reward_words import RewardWords, worth_clause
from desktop_app.report.sections.subject import Subject
from desktop_app.report.sentences import overview_sentences, sentence


def summary_section(subject: Subject) -> Section:
    """Return the sentences of the first page, a line each, and what the file says of itself; no heading."""
    worth = worth_clause(subject.asked.rewards, RewardWords(subject.portfolio, subject.labels))
    lines = overview_sentences(subject.overview, subject.labels, subject.asked.as_of, worth)
    paragraphs = [Paragraph(line, lead=True) for line in lines]
    if notice := subject.portfolio.notice:
        paragraphs.append(Paragraph(sentence(notice), note=True))
    return Section("", tuple(paragraphs))
