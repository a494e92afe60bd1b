"""
One mean less another: paired or between groups, Holm's adjustment, and the word for it.

Means and squared errors are exact fractions; they become doubles once, at the end.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.results import Difference
from cx_maturity.scoring import interval
from cx_maturity.scoring.interval import FEWEST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cx_maturity.scoring.interval import Sample

# Of 100 differences that are none, five are called one.
LEVEL = 0.05


def paired(differences: Sample, population: int | None = None) -> Difference:
    """
    Return the mean of what each person's two values differ by, with Student's t.

    *population* N gives the finite-population factor.  No interval for fewer than three
    people or when all differ by the same.
    """
    n = differences.n
    value = interval.mean([(differences.total, n)], differences.unit)
    if n < FEWEST or not differences.spread:
        return Difference(value, (n, n), is_paired=True)
    return _tested(value, _error(differences, population), n - 1, (n, n), is_paired=True)


def independent(
    first: Sequence[Sample],
    second: Sequence[Sample],
    populations: tuple[Sequence[int | None], Sequence[int | None]] | None = None,
) -> Difference:
    """
    Return the first mean less the second, each the mean of its groups' means.

    One group is pooled.  Welch (1947) and Satterthwaite (1946) over all groups, degrees
    floored; *populations* gives the N of each.  No interval when a side has fewer than three
    values, when a group has a single one, or when no group varies.
    """
    sides = (first, second)
    n = (sum(s.n for s in first), sum(s.n for s in second))
    ours, theirs = (_mean(side) for side in sides)
    known = populations or ([None] * len(first), [None] * len(second))
    groups = [*first, *second]
    if min(n) < FEWEST or min(s.n for s in groups) < 2 or not any(s.spread for s in groups):  # noqa: PLR2004 - one value has no spread
        return Difference(ours - theirs, n, is_paired=False)
    parts = [
        _error(group, population) / len(side) ** 2
        for side, given in zip(sides, known, strict=True)
        for group, population in zip(side, given, strict=True)
    ]
    degrees = _degrees(parts, [s.n - 1 for s in groups])
    return _tested(ours - theirs, sum(parts, Fraction(0)), degrees, n, is_paired=False)


def holm(p: Mapping[str, float]) -> dict[str, float]:
    """Return each *p* adjusted for all of them: Holm's step-down (1979), never above 1."""
    adjusted = {}
    least = 0.0
    for place, name in enumerate(sorted(p, key=lambda name: (p[name], name))):
        least = max(least, min(1.0, (len(p) - place) * p[name]))
        adjusted[name] = least
    return {name: adjusted[name] for name in p}


def verdict(difference: Difference | None, adjusted: float | None = None) -> str | None:
    """
    Return "up", "down" or "not distinguishable"; None where there is no interval.

    The *adjusted* p decides where it is given, else whether the interval leaves out 0.
    """
    if difference is None or difference.interval is None:
        return None
    is_clear = difference.is_clear if adjusted is None else adjusted < LEVEL
    if not is_clear:
        return "not distinguishable"
    return "up" if difference.value > 0 else "down"


def _mean(groups: Sequence[Sample]) -> Fraction:
    return sum((Fraction(s.total, s.n * s.unit) for s in groups), Fraction(0)) / len(groups)


def _error(values: Sample, population: int | None) -> Fraction:
    """Return the squared standard error of the mean of *values*."""
    above, below = values.error(population)
    return Fraction(above, below * values.unit**2)


def _degrees(parts: Sequence[Fraction], degrees: Sequence[int]) -> int:
    """Floor ``(Σ part)² / Σ (part² / degrees)``, exactly."""
    below = sum((part**2 / df for part, df in zip(parts, degrees, strict=True)), Fraction(0))
    # Everybody answered: nothing is left to be unsure of, and there is nothing to divide by.
    return math.floor(sum(parts) ** 2 / below) if below else sum(degrees)


def _tested(
    value: Fraction, error: Fraction, degrees: int, n: tuple[int, int], *, is_paired: bool
) -> Difference:
    """Return the difference with its interval, clipped to -1 and 1, and its p."""
    middle, unsure = float(value), math.sqrt(error)
    half = interval.t(degrees) * unsure
    p = interval.tail(middle / unsure, degrees) if unsure else float(not value)
    return Difference(
        value,
        n,
        is_paired=is_paired,
        interval=(max(-1.0, middle - half), min(1.0, middle + half)),
        degrees=degrees,
        p=p,
    )
