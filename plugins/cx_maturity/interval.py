"""How sure a mean of respondents is: Student's t, pooled or balanced over roles."""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from cx_maturity.load import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Two answers are a difference, not a spread.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval of a mean, in the unit of the values, and its degrees of freedom."""

    low: float
    high: float
    degrees: int


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


def pooled(values: Sequence[float], population: int | None = None) -> Interval | None:
    """
    Return ``m ± t s/√n · √(1 - n/N)``, or None for n < 3 or when all values are equal.

    *values* in any order; *population* N gives the finite-population factor.
    The bounds are not clipped to a scale.
    """
    n = len(values)
    if n < FEWEST or min(values) == max(values):
        return None
    return _around(math.fsum(values) / n, _squared_error(values, population), n - 1)


def balanced(
    groups: Mapping[str, Sequence[float]], population: Mapping[str, int]
) -> Interval | None:
    """
    Return the interval of the mean of the groups' means (Welch-Satterthwaite).

    Each group has two values at least, else None; None too when no group varies.
    Zero width where everybody in every group answered.
    Degrees of freedom are floored to a whole number.
    """
    if sum(map(len, groups.values())) < FEWEST or min(map(len, groups.values())) < 2:  # noqa: PLR2004
        return None
    if all(min(values) == max(values) for values in groups.values()):
        return None
    k = len(groups)
    mean = math.fsum(math.fsum(values) / len(values) for values in groups.values()) / k
    parts = [
        (_squared_error(values, population.get(name)) / k**2, len(values) - 1)
        for name, values in groups.items()
    ]
    error = math.fsum(part for part, _ in parts)
    if error == 0:  # everybody answered: nothing is left to chance
        return Interval(mean, mean, sum(df for _, df in parts))
    degrees = error**2 / math.fsum(part**2 / df for part, df in parts)
    # Exactly 8 degrees must not come out as 7.999...: far beyond what rounding can add up to.
    return _around(mean, error, max(1, math.floor(degrees * (1 + 1e-12))))


def _squared_error(values: Sequence[float], population: int | None) -> float:
    # fsum rounds once, whatever the order: permuting respondents changes no byte.
    n = len(values)
    mean = math.fsum(values) / n
    variance = math.fsum((value - mean) ** 2 for value in values) / (n - 1)
    return variance / n * (1 - n / population if population else 1)


def _around(mean: float, squared_error: float, degrees: int) -> Interval:
    half = t(degrees) * math.sqrt(squared_error)
    return Interval(mean - half, mean + half, degrees)
