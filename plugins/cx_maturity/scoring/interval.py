"""
How sure a mean of respondents is: Student's t, pooled or balanced over roles.

Sums are exact whole numbers and are rounded once, at the end, so that no order
of respondents changes a bound.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from fractions import Fraction
from functools import cache
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from cx_maturity.load import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Two answers are a difference, not a spread.
FEWEST = 3
# When answers pile up at an end: a mean within 1 / NEAR of the scale, of fewer people than MANY,
# or with one in FEW_ON_END exactly there.
NEAR, MANY, FEW_ON_END = 5, 20, 20
# A group of fewer people can spoil the interval of several groups together.
SMALL = 8


class Interval(NamedTuple):
    """A 95 % interval of a mean, in the unit of the values, and what it was made of."""

    low: float
    high: float
    degrees: int
    error: float  # standard error of the mean


class Sample(NamedTuple):
    """What a mean needs of *n* values, one at least: sum and sum of squares in parts of *unit*."""

    n: int
    total: int
    squares: int
    unit: int

    @classmethod
    def of(cls, values: Iterable[Fraction]) -> Sample:
        """Sum up *values*, whose order does not matter."""
        found = [value.as_integer_ratio() for value in values]
        unit = math.lcm(*(denominator for _, denominator in found))
        whole = [numerator * (unit // denominator) for numerator, denominator in found]
        return cls(len(whole), sum(whole), sum(map(mul, whole, whole)), unit)

    def in_parts_of(self, unit: int) -> Sample:
        """Return the same in parts of *unit*, a multiple of its own."""
        factor = unit // self.unit
        return Sample(self.n, self.total * factor, self.squares * factor * factor, unit)

    @property
    def spread(self) -> int:
        """0 when all values are equal, else n(n-1) times their variance in parts of the unit."""
        return self.n * self.squares - self.total * self.total

    def error(self, population: int | None) -> tuple[int, int]:
        """
        Return the mean's squared standard error, ``s²/n · (1 - n/N)`` where N is given.

        As numerator and denominator, in squared parts of the unit.
        """
        n, total, squares, _ = self
        above, below = n * squares - total * total, n * n * (n - 1)
        if population is None:
            return above, below
        return above * (population - n), below * population


def mean(totals: Sequence[tuple[int, int]], unit: int) -> Fraction:
    """Return the mean of the means of groups, each given as (sum in parts of *unit*, n)."""
    return Fraction(*_mean(totals, unit))


def _mean(totals: Sequence[tuple[int, int]], unit: int) -> tuple[int, int]:
    if len(totals) == 1:
        ((total, n),) = totals
        return total, n * unit
    common = math.lcm(*[n for _, n in totals])
    together = sum([total * (common // n) for total, n in totals])
    return together, common * len(totals) * unit


@cache
def _table() -> tuple[list[int], list[float]]:
    pairs = json.loads(shipped("t.json"))
    return [df for df, _ in pairs], [t for _, t in pairs]


def t(degrees: int) -> float:
    """
    Return the 97.5 % point of Student's t with *degrees* >= 1 of freedom.

    Between two lines of the table it takes the upper one, whose t is the larger.
    """
    known, values = _table()
    return values[bisect_right(known, degrees) - 1]


def tail(t: float, degrees: int) -> float:
    """
    Return the two-sided p of *t* under Student's t with *degrees* >= 1 of freedom.

    For whole degrees the distribution function is a finite sum (Abramowitz and Stegun 1964,
    26.7.3 and 26.7.4).  It is exact to about 1e-12, so that a smaller p comes out as 0.
    """
    theta = math.atan2(abs(t), math.sqrt(degrees))
    cosine, sine = math.cos(theta), math.sin(theta)
    odd = degrees % 2
    term = total = cosine if odd else 1.0
    for k in range(2 + odd, degrees, 2):
        term *= (k - 1) / k * cosine * cosine
        total += term
    if degrees == 1:
        total = 0.0
    inside = 2 / math.pi * (theta + sine * total) if odd else sine * total
    return min(max(1 - inside, 0.0), 1.0)


def is_rough(values: Sample, at_bottom: int, at_top: int) -> bool:
    """
    Tell whether answers pile up at an end, so that the interval covers less than it says.

    So it is when the mean lies within a fifth of the scale from an end, and either fewer than
    20 answered or one in twenty lies exactly on that end; *at_bottom* and *at_top* count those.
    Simulated (benchmarks/cover.py): the three populations of five whose means lie near an end,
    and whose intervals of 5 or 8 people cover as little as 84 %, are marked in 75-100 % of these
    samples; the other two, which cover 93-96 %, in 0-16 %.  How many lie on the end does not
    tell them apart by itself: hardly anybody's mean of 40 answers is the lowest there is.
    """
    whole = values.n * values.unit
    for total, at_end in ((values.total, at_bottom), (whole - values.total, at_top)):
        if NEAR * total <= whole:
            return values.n < MANY or FEW_ON_END * at_end >= values.n
    return False


def is_uneven(values: Sample) -> bool:
    """
    Tell whether a small group lies so that its own t covers less than it says.

    Fewer than eight people whose mean is within a fifth of the scale from an end, or whose
    standard deviation is more than a third of it: they stand at both ends.  Simulated
    (benchmarks/cover.py): beside a larger role, five of these make the interval of a mean of
    roles, and of the gap between two, cover 92 to 93 %; eight do not.
    """
    if values.n >= SMALL:
        return False
    whole = values.n * values.unit
    is_near = NEAR * min(values.total, whole - values.total) <= whole
    return is_near or 9 * values.spread > values.n * (values.n - 1) * values.unit**2


def pooled(values: Sample, population: int | None = None) -> Interval | None:
    """
    Return ``m ± t s/√n · √(1 - n/N)``, or None for n < 3 or when all values are equal.

    *population* N gives the finite-population factor.  The bounds are not clipped
    to a scale.
    """
    if values.n < FEWEST or not values.spread:
        return None
    above, below = values.error(population)
    error = above / (below * values.unit**2)
    return _around(values.total / (values.n * values.unit), error, values.n - 1)


def balanced(
    groups: Sequence[Sample], populations: Sequence[int | None] | None = None
) -> Interval | None:
    """
    Return the interval of the mean of the groups' means (Welch-Satterthwaite).

    *populations* gives the N of each group, in their order.  None when a group has a
    single value, when there are fewer than three in all, or when no group varies.
    Degrees of freedom are floored to a whole number.
    """
    sizes = [s.n for s in groups]
    if min(sizes) < 2 or sum(sizes) < FEWEST:  # noqa: PLR2004 - one value has no spread
        return None
    if not any(s.spread for s in groups):
        return None
    unit = math.lcm(*[s.unit for s in groups])
    groups = [s if s.unit == unit else s.in_parts_of(unit) for s in groups]
    errors = list(map(Sample.error, groups, populations or [None] * len(groups)))
    common = math.lcm(*[below for _, below in errors])
    parts = [above * (common // below) for above, below in errors]
    error = sum(parts) / (common * (len(sizes) * unit) ** 2)
    above, below = _mean([(s.total, s.n) for s in groups], unit)
    return _around(above / below, error, _degrees(parts, [n - 1 for n in sizes]))


def _degrees(parts: Sequence[int], degrees: Sequence[int]) -> int:
    """Floor ``(Σ part)² / Σ (part² / degrees)``, exactly."""
    common = math.lcm(*degrees)
    below = sum([part * part * (common // df) for part, df in zip(parts, degrees, strict=True)])
    # Everybody answered: nothing is left to be unsure of, and there is nothing to divide by.
    return sum(parts) ** 2 * common // below if below else sum(degrees)


def _around(middle: float, squared_error: float, degrees: int) -> Interval:
    error = math.sqrt(squared_error)
    half = t(degrees) * error
    return Interval(middle - half, middle + half, degrees, error)
