"""How far the waves so far tell a score of a later day."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise
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
    Return where the score at *at* should lie, 95 times in 100, or why nothing is foretold.

    *points* are (year, score) in order of time, on different days.  Nobody knows whether a rise
    goes on or levels off.  Gardner and McKenzie's damped trends ("Forecasting trends in time
    series", 1985) run from a straight line to no rise at all, and the forecast of each lies
    between those of these two.  So the range holds the prediction intervals of both:

    - of the least-squares line y = a + bx, ``a + b x ± t s √(1 + 1/n + (x - x̄)²/Sxx)`` with n - 2
      degrees of freedom, s² being the residual sum of squares over n - 2;
    - of a path that wanders on from the last score as it did so far, ``y ± t √(h Σd²/(n - 1))``
      with n - 1 degrees of freedom, d being the changes from wave to wave and h how many usual
      gaps between waves lie ahead, one at least.

    Chatfield ("Calculating interval forecasts", 1993) has why the first alone is too narrow: it
    takes its model for true.  Everything is exact until the roots are taken.  The reasons are
    those of :class:`~cx_maturity.results.Trajectory`; the range is clipped to 0-1.
    """
    if len(points) < FEWEST:
        return None, "few-waves"
    ahead, span = at - points[-1][0], points[-1][0] - points[0][0]
    if ahead > span:
        return None, "too-far"
    expected, squared = _line(points, at)
    if not squared:
        return None, "no-spread"
    if not 0 <= expected <= 1:
        return None, "off-scale"
    n, last = len(points), points[-1][1]
    line = interval.t(n - 2) * math.sqrt(squared)
    gaps = max(Fraction(1), ahead * (n - 1) / span)
    moved = sum((later - earlier) ** 2 for (_, earlier), (_, later) in pairwise(points))
    drift = interval.t(n - 1) * math.sqrt(gaps * moved / (n - 1))
    low = min(float(expected) - line, float(last) - drift)
    high = max(float(expected) + line, float(last) + drift)
    return (max(0.0, low), min(1.0, high)), ""


def _line(points: Sequence[tuple[Fraction, Fraction]], at: Fraction) -> tuple[Fraction, Fraction]:
    """Return what the least-squares line expects at *at*, and the square of that one's error."""
    n = len(points)
    middle, mean = (sum(column, Fraction(0)) / n for column in zip(*points, strict=True))
    off = [(year - middle, score - mean) for year, score in points]
    across = sum((x * x for x, _ in off), Fraction(0))
    slope = sum((x * y for x, y in off), Fraction(0)) / across
    left = sum(((y - slope * x) ** 2 for x, y in off), Fraction(0))
    squared = left / (n - 2) * (1 + (at - middle) ** 2 / across + Fraction(1, n))
    return mean + slope * (at - middle), squared
