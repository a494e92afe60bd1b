"""
Where a number comes from: number, rule, inputs, down to the answers.

One explanation for the trace page and for the terminal.  Where single people's
answers may not be shown it ends at how many there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cx_maturity.addresses import method_path, wave_path
from cx_maturity.explaining.basis import Basis, Explained
from cx_maturity.explaining.compared import compared
from cx_maturity.explaining.question import question_explained
from cx_maturity.explaining.scored import scored
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.report import Link, bands

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
class Block:
    """One measure with the questions right under it; *fold* says how many they are."""

    measure: Explained
    fold: str
    questions: tuple[Explained, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A measure in the page's contents, with the measures that it is made of."""

    title: str
    anchor: str
    inside: tuple[Place, ...] = ()


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
    contents: tuple[Place, ...]
    blocks: tuple[Block, ...]

    @property
    def explained(self) -> Iterator[Explained]:
        """Everything that is explained, in the order in which it is read."""
        for block in self.blocks:
            yield block.measure
            yield from block.questions


def trace_page(about: Subject) -> Trace:
    """Explain every number of a report."""
    words, name = about.words, about.organisation.name
    month = words.month(about.wave.date, about.wave.known)
    questionnaire = about.questionnaire.title.to(words.language)
    basis = Basis(about)
    return Trace(
        title=words.text(
            "{organisation}, {month}: where each number comes from (Illustrative peers)",
            organisation=name,
            month=month,
        )
        if about.is_illustrative
        else words.text(
            "{organisation}, {month}: where each number comes from", organisation=name, month=month
        ),
        heading=words.text("Where each number comes from"),
        lede=words.text(
            "Every score of the report, the rule that made it and what went in, down to the "
            "answers. Calculated exactly; shown with at most two decimals, and for several people "
            "as the report shows them."
        ),
        running=words.text(
            "{organisation} \N{MIDDLE DOT} {questionnaire} \N{MIDDLE DOT} {month}",
            organisation=name,
            questionnaire=questionnaire,
            month=month,
        ),
        report=Link(
            words.text("Report"), wave_path(about.organisation, about.wave.id, words.language)
        ),
        method=Link(questionnaire, method_path(about.questionnaire, words.language, words.site)),
        bands=bands(about),
        contents=tuple(_place(basis, name) for name in (OVERALL, *basis.below[OVERALL])),
        blocks=tuple(_blocks(basis)),
    )


def _place(basis: Basis, name: str) -> Place:
    inside = [] if name == OVERALL else [part for part in basis.below[name] if part in basis.below]
    title = basis.about.titles[name]
    return Place(title, basis.anchor(name), tuple(_place(basis, part) for part in inside))


def _blocks(basis: Basis) -> Iterator[Block]:
    """Put every measure's own questions under it."""
    found = [*explained(basis)]
    starts = [place for place, each in enumerate(found) if each.id in basis.below]
    for start, end in zip(starts, [*starts[1:], len(found)], strict=True):
        asked = tuple(found[start + 1 : end])
        fold = basis.words.plural("{n} question", "{n} questions", len(asked)) if asked else ""
        yield Block(found[start], fold, asked)
