"""Where an answer lies between the bottom of its scale (0) and the top (1), exactly."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.errors import quoted
from cx_maturity.model import Choice, Numeric, Points
from cx_maturity.reading.item import listed, near

if TYPE_CHECKING:
    from cx_maturity.model import Question, Scale

# Exports write 3 as 3.0; no zero in front, because one reader's 010 is ten, another's eight.
_WHOLE = re.compile(r"(-?(?:0|[1-9][0-9]{0,8}))(?:\.0{1,9})?")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,9})?")


def placed(question: Question, given: str) -> tuple[str, Fraction]:
    """
    Return the answer as the scale writes it, and its place, 0-1, reversed if the question is.

    Raises :class:`ValueError` with a message for the author when it is not on the scale.
    """
    written, place = _placed(question.scale, given)
    return written, 1 - place if question.reverse else place


def share(question: Question, given: str) -> Fraction:
    """Return only the place of :func:`placed`."""
    return placed(question, given)[1]


def _placed(scale: Scale, given: str) -> tuple[str, Fraction]:
    match scale.kind:
        case Points(low, high):
            match = _WHOLE.fullmatch(given)
            if not match:
                raise ValueError(f"{quoted(given)} is not a whole number from {low} to {high}")
            value = int(match[1])
            if not low <= value <= high:
                raise ValueError(f"{given} is outside the scale {low} to {high}")
            return str(value), Fraction(value - low, high - low)
        case Choice(options):
            values = [option.value for option in options]
            for option in options:
                if option.id == given:
                    low, high = min(values), max(values)
                    return given, Fraction(option.value - low, high - low)
            known = [option.id for option in options]
            few = listed(known)
            raise ValueError(
                f"{quoted(given)} is not one of the answers {few}"
                if few
                else f"{quoted(given)} is not one of the {len(known)} answers{near(given, known)}"
            )
        case Numeric(cuts):
            if not _DECIMAL.fullmatch(given):
                raise ValueError(f"{quoted(given)} is not a number, such as 12.5")
            number = Fraction(given)
            return given, Fraction(sum(cut <= number for cut in cuts), len(cuts))


def points_of(scale: Scale) -> list[str]:
    """List the answers of a scale from bottom to top as they are written; none for a number."""
    match scale.kind:
        case Points(low, high):
            return [str(value) for value in range(low, high + 1)]
        case Choice(options):
            return [option.id for option in sorted(options, key=lambda option: option.value)]
        case Numeric():
            return []


def worths(scale: Scale) -> int:
    """Return how many answers of different worth *scale* has, two at least."""
    if isinstance(scale.kind, Points):
        return scale.kind.high - scale.kind.low + 1
    if isinstance(scale.kind, Choice):
        return len({option.value for option in scale.kind.options})
    return len(scale.kind.cuts) + 1
