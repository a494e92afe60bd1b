"""On which questions people are too far apart to speak of one view."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.disclosure import APART

if TYPE_CHECKING:
    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import Agreement

_PLACES, _MOST_PLACES = 2, 6
_MOST_CONTESTED = 10


@dataclass(frozen=True, slots=True)
class Question:
    """
    A question on which people are far apart: how far, and up to where it would be one view.

    *apart* and *limit* are empty where too few answered for figures.
    """

    number: int
    text: str
    people: str
    apart: str
    limit: str


@dataclass(frozen=True, slots=True)
class Contested:
    """On which questions people are too far apart; without rows, that there is none."""

    heading: str
    rows: tuple[Question, ...]
    source: tuple[str, ...]

    @property
    def has_figures(self) -> bool:
        """Tell whether it is printed of any question how far people are apart."""
        return any(row.apart for row in self.rows)


def contested(about: Subject) -> Contested | None:
    """List the questions on which people are too far apart, the widest first."""
    words, of = about.words, len(about.card.agreement)
    if not of:
        return None
    found = too_far_apart(about)
    if not found:
        return Contested(
            words.text("How far answers agree"),
            (),
            (
                words.text(
                    "No question is contested: on each, answers lie on average within a sixth of "
                    "the number of the scale\u2019s points from their mean."
                ),
            ),
        )
    unsaid = [each for _, each in found if each.n < APART]
    said = [
        words.text(
            "A question is contested where answers lie, on average, further from their mean than "
            "a sixth of the number of the scale\u2019s points: its mean stands for no common view."
        )
        if len(unsaid) == len(found)
        else words.text(
            "How far answers lie from their mean, on average, in points of the question\u2019s "
            "scale. Beyond a sixth of the number of its points a question is contested: its mean "
            "stands for no common view."
        )
    ]
    if unsaid:
        said.append(
            words.text(
                "How far is printed only where {many} or more answered: of fewer, it would give "
                "single answers away.",
                many=words.number(APART),
            )
        )
    if len(found) > _MOST_CONTESTED:
        values = {"most": words.count(_MOST_CONTESTED), "n": words.number(len(found))}
        said.append(
            words.text("Listed are {most} of {n} contested questions.", **values)
            if unsaid
            else words.text("The {most} widest apart of {n} contested questions.", **values)
        )
    return Contested(
        words.plural(
            "{n} of {of} questions is contested",
            "{n} of {of} questions are contested",
            len(found),
            of=words.number(of),
        ),
        tuple(_question(about, *each) for each in found[:_MOST_CONTESTED]),
        tuple(said),
    )


def too_far_apart(about: Subject) -> list[tuple[str, Agreement]]:
    """Return the contested questions: those with figures, the widest apart first, then others."""
    found = [(name, each) for name, each in about.card.agreement.items() if each.is_contested]
    return sorted(found, key=lambda pair: _place(pair[1]))


def is_contested(about: Subject, question_id: str) -> bool:
    """Tell whether people are too far apart on a question for one view."""
    found = about.card.agreement.get(question_id)
    return found is not None and found.is_contested


def _place(found: Agreement) -> tuple[bool, Fraction]:
    """Return what to sort by; without figures not even the order tells who is wider apart."""
    few = found.n < APART
    return few, Fraction(0) if few else -found.ad / found.limit


def _question(about: Subject, question_id: str, agreement: Agreement) -> Question:
    words = about.words
    asked = next(q for q in about.questionnaire.questions() if q.id == question_id)
    apart = limit = ""
    # Where two decimals would make them equal, as many as it takes.
    for places in range(_PLACES, _MOST_PLACES if agreement.n >= APART else _PLACES):
        apart, limit = (words.decimal(v, places) for v in (agreement.ad, agreement.limit))
        if apart != limit:
            break
    number = [*about.card.questions].index(question_id) + 1
    text = asked.text.to(words.language)
    return Question(number, text, words.number(agreement.n), apart, limit)
