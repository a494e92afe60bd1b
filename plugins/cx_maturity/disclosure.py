"""
What may be published of people and of organisations, and what has to stay hidden.

Nothing here knows a score: the rules look at who and how many stand behind a
number, and at what the numbers beside it would give away together.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from cx_maturity.disclosing.cells import hide_cells
from cx_maturity.disclosing.gate import (
    cell_breaches,
    change_doubts,
    edition_breaches,
    split_breaches,
)
from cx_maturity.disclosing.splits import hide_splits
from cx_maturity.disclosing.ties import FEWEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from fractions import Fraction

__all__ = (
    "APART",
    "FEWEST",
    "NARROW",
    "QUANTILES",
    "REASONS",
    "allowed_quantiles",
    "cell_breaches",
    "change_doubts",
    "edition_breaches",
    "hidden_counts",
    "hide_cells",
    "hide_splits",
    "is_narrow",
    "is_of_few",
    "shows_counts",
    "split_breaches",
    "tells_of_few",
)

_FEWEST_HIDDEN = 2
# How far apart people are on a question is given as a figure from so many on: of fewer, it and
# the mean together leave hardly a choice of what each of them answered.
APART = 30

# Why something is not published; "narrow" hides the quantiles alone and leaves n.
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "few": "fewer than five are in it",
        "remainder": "one to four would be left over once it is taken from the whole",
        "overlap": "a role and a unit, taken from each other, would leave one to four people",
        "change": "fewer than five joined, left, moved or changed since the edition before",
        "known": "fewer than five of them do not publish a report of their own",
        "narrow": "the quartiles lie within five points of each other, so only the number is given",
    }
)

# --- counts of people --------------------------------------------------------


def hidden_counts(counts: Sequence[int]) -> frozenset[int]:
    """
    Return the places of the *counts* that may not be printed, when their sum is known.

    Those of one to four; and with them the next smallest until nobody who knows the sum,
    the printed counts and this rule can tell one of them.
    """
    small = [count for count in counts if 0 < count < FEWEST]
    if not small:
        return frozenset()
    most = max(small)
    for count in sorted({*counts}):
        within = [other for other in counts if 0 < other <= most]
        if not _gives_away(within):
            break
        # All of a size or none: which of two alike is hidden would say who is the smaller one.
        most = max(most, count)
    least = 0 if most == max(counts) else 1
    return frozenset(place for place, count in enumerate(counts) if least <= count <= most)


def _gives_away(counts: Sequence[int]) -> bool:
    """Tell whether the sum of hidden *counts* says too much: few, or all at an end of the range."""
    alone = len(counts) < _FEWEST_HIDDEN or sum(counts) < FEWEST
    return alone or {*counts} in ({1}, {FEWEST - 1})


def shows_counts(counts: Iterable[int]) -> bool:
    """
    Tell whether how often each answer was given may be printed.

    All of it or nothing: the mean and the number of people are printed beside it, and with
    these a few hidden counts among shown ones are soon worked out.
    """
    return not any(0 < count < FEWEST for count in counts)


def is_of_few(n: int, people: int) -> bool:
    """
    Tell whether a number that rests on *n* of so many people is what one to four of more said.

    Of one to four people in all it is their organisation's own.
    """
    return 0 < n < FEWEST <= people


def tells_of_few(left: int, added_up: int, step: Fraction) -> bool:
    """
    Tell whether means of nearly the same people give the few away who are not in both.

    *left* of the people are in one mean and not in another.  Printed in whole points, a mean of
    n people tells their sum to n / 2 points either way, so that what is *left* is known to half
    of the people *added_up* over all means that are taken from each other.  Where that is less
    than twice the *step* from one answer to the next, in points, it is too often one answer
    alone that is possible; above, it may still be where that answer lies on an end.
    """
    return 0 < left < FEWEST and added_up < 4 * step


# --- quantiles of organisations ----------------------------------------------

QUANTILES = (10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90)
# Quartiles no further apart than this (points) would give single organisations away.
NARROW = 5


def allowed_quantiles(n: int) -> tuple[int, ...]:
    """
    Return which quantiles *n* organisations may have published.

    Below five peers a quartile names a company: nothing; 5-9 the median; 10-29
    quartiles; from 30 deciles too.
    """
    if n < FEWEST:
        return ()
    if n < 10:  # noqa: PLR2004 - the rule is stated above
        return (50,)
    return (25, 50, 75) if n < 30 else QUANTILES  # noqa: PLR2004


def is_narrow(quantiles: Mapping[int, int]) -> bool:
    """Tell whether the quartiles are so close that only n may be published."""
    return 25 in quantiles and 75 in quantiles and quantiles[75] - quantiles[25] <= NARROW  # noqa: PLR2004
