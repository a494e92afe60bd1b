"""Where an answer lies between the bottom of its scale (0) and the top (1), exactly."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.model import Choice, Numeric, Points

if TYPE_CHECKING:
    from cx_maturity.model import Question, Scale

_WHOLE = re.compile(r"(-?\d{1,9})(?:\.0{1,9})?")
_DECIMAL = re.compile(r"-?\d{1,12}(?:\.\d{1,9})?")


def share(question: Question, given: str) -> Fraction:
    """
    Return the place of the answer *given* on the question's scale, 0-1, reversed if it is.

    Raises :class:`ValueError` with a message for the author when it is not on the scale.
    """
    place = _share(question.scale, given)
    return 1 - place if question.reverse else place


def _share(scale: Scale, given: str) -> Fraction:
    match scale.kind:
        case Points(low, high):
            match = _WHOLE.fullmatch(given)
            if not match or not low <= int(match[1]) <= high:
                raise ValueError(f"{given} is outside the scale {low} to {high}")
            return Fraction(int(match[1]) - low, high - low)
        case Choice(options):
            values = [option.value for option in options]
            for option in options:
                if option.id == given:
                    return Fraction(option.value - min(values), max(values) - min(values))
            known = ", ".join(option.id for option in options)
            raise ValueError(f"{given!r} is not one of the answers {known}")
        case Numeric(cuts):
            if not _DECIMAL.fullmatch(given):
                raise ValueError(f"{given!r} is not a number")
            return Fraction(sum(cut <= Fraction(given) for cut in cuts), len(cuts))


def points_of(scale: Scale) -> list[str]:
    """List the answers of a scale from bottom to top as they are written; none for a number."""
    match scale.kind:
        case Points(low, high):
            return [str(value) for value in range(low, high + 1)]
        case Choice(options):
            return [option.id for option in sorted(options, key=lambda option: option.value)]
        case Numeric():
            return []
