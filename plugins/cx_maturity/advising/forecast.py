"""How far a straight line through the waves so far tells a score of a later day."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.scoring import interval

if TYPE_CHECKING:
    from collections.abc import Sequence

# Three points leave one degree of freedom, whose t is 12.7: wider than any scale.
FEWEST = 4


def forecast(
    points: Sequence[tuple[Fraction, Fraction]], at: Fraction
) -> tuple[tuple[float, float] | None, str]:
    """
    Return the 95 % prediction interval of the score at *at*, clipped to 0-1, or why there is none.

    *points* are (year, score) in order of time, on different days.  A least-squares line
    y = a + bx has n - 2 degrees of freedom, and the next score lies within
    ``a + b x ± t s √(1 + 1/n + (x - x̄)²/Sxx)``, where s² is the residual sum of squares over
    n - 2.  The line is exact until the root is taken.  The reasons are those of
    :class:`~cx_maturity.results.Trajectory`.
    """
    n = len(points)
    if n < FEWEST:
        return None, "few-waves"
    if at - points[-1][0] > points[-1][0] - points[0][0]:
        return None, "too-far"
    middle = sum(year for year, _ in points) / n
    mean = sum(score for _, score in points) / n
    across = sum((year - middle) ** 2 for year, _ in points)
    slope = sum((year - middle) * (score - mean) for year, score in points) / across
    left = sum((score - mean - slope * (year - middle)) ** 2 for year, score in points)
    if not left:
        return None, "no-spread"
    squared = left / (n - 2) * (1 + (at - middle) ** 2 / across + Fraction(1, n))
    expected = mean + slope * (at - middle)
    if not 0 <= expected <= 1:
        return None, "off-scale"
    half = interval.t(n - 2) * math.sqrt(squared)
    return (max(0.0, float(expected) - half), min(1.0, float(expected) + half)), ""
