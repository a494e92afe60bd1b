"""
Where a number comes from: number, rule, inputs, down to the answers.

One explanation for the trace page and for the terminal.  Where single people's
answers may not be shown it ends at how many there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cx_maturity.explaining.basis import Basis, Explained
from cx_maturity.explaining.compared import compared
from cx_maturity.explaining.question import question_explained
from cx_maturity.explaining.scored import scored
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.report import Link, bands, method_path, wave_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cx_maturity.parts.subject import Subject
    from cx_maturity.report import Band


def explained(basis: Basis, name: str = OVERALL, depth: int = 0) -> Iterator[Explained]:
    """Explain *name*, then all that it is made of, down to the answers."""
    if name not in basis.below:
        yield question_explained(basis, basis.questions[name], depth)
        return
    yield _measure(basis, name, depth)
    for part in basis.below[name]:
        yield from explained(basis, part, depth + 1)


def _measure(basis: Basis, name: str, depth: int) -> Explained:
    about, text = basis.about, basis.words.text
    kind = text("Dimension") if name in about.card.dimensions else text("Capability")
    lines = (*scored(basis, name), *compared(basis, name))
    title = about.titles[name]
    return Explained(name, name, title, "" if name == OVERALL else kind, depth, lines)


@dataclass(frozen=True, slots=True)
class Trace:
    """The page that every number of a report leads to."""

    title: str
    heading: str
    lede: str
    running: str
    report: Link
    method: Link
    bands: tuple[Band, ...]
    explained: tuple[Explained, ...]


def trace_page(about: Subject) -> Trace:
    """Explain every number of a report."""
    words, name = about.words, about.organisation.name
    month = words.month(about.wave.date, about.wave.known)
    questionnaire = about.questionnaire.title.to(words.language)
    return Trace(
        title=words.text(
            "{organisation}, {month}: where each number comes from", organisation=name, month=month
        ),
        heading=words.text("Where each number comes from"),
        lede=words.text(
            "Every number of the report, the rule that made it and what went in, down to the "
            "answers. Shown with two decimals, calculated exactly."
        ),
        running=words.text(
            "{organisation} \N{MIDDLE DOT} {questionnaire} \N{MIDDLE DOT} {month}",
            organisation=name,
            questionnaire=questionnaire,
            month=month,
        ),
        report=Link(words.text("Report"), wave_path(about.organisation, about.wave.id)),
        method=Link(
            questionnaire, method_path(about.questionnaire.id, about.questionnaire.version)
        ),
        bands=bands(about),
        explained=tuple(explained(Basis(about))),
    )
