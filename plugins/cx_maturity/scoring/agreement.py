"""
How far people agree, and how well questions hang together.

Everything is summed up exactly, in whole numbers, and in one pass over the answers.
"""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from cx_maturity.results import Agreement
from cx_maturity.scoring import interval
from cx_maturity.scoring.interval import Sample

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    # One person's shares a row, one for each question, None where there is no answer.
    Rows = Sequence[Sequence[Fraction | None]]


class Icc(NamedTuple):
    """Intraclass correlations, 0-1: *icc1* of one person, *icc2* of a group's mean."""

    icc1: float
    icc2: float
    mean_size: float


def agreement(shares: Iterable[Fraction], points: int) -> Agreement:
    """
    Return how far the *shares* (0-1), one at least, lie from their mean, in points.

    The scale has so many *points*.  Mean absolute deviation: Burke, Finkelstein and Dusig
    (1999); its limit, points / 6: Burke and Dunlap (2002).
    """
    unit, values = _whole(shares)
    n, total = len(values), sum(values)
    apart = sum(abs(n * value - total) for value in values)
    return Agreement(Fraction(apart * (points - 1), n * n * unit), Fraction(points, 6), n)


def rwg_j(rows: Rows, points: Sequence[int]) -> float | None:
    """
    Return rwg(j) of James, Demaree and Wolf (1984) over the complete *rows* of one group.

    A row holds one person's shares (0-1); *points* is each question's number of points.  Each
    question's variance is set against that of answers drawn evenly over its points,
    (points² - 1) / 12.  A mean ratio above 1 counts as 1, as these authors have it, so that
    the result lies within 0 and 1.  None for fewer than two complete rows.
    """
    unit, columns, n = _columns(rows)
    if n < 2:  # noqa: PLR2004 - one person agrees with nobody
        return None
    ratio = Fraction(0)
    for values, size in zip(columns, points, strict=True):
        by_chance = Fraction(size + 1, 12 * (size - 1))  # of shares
        answers = Sample(n, sum(values), sum(map(mul, values, values)), unit)
        ratio += Fraction(answers.spread, n * (n - 1) * unit**2) / by_chance
    j = len(columns)
    common = max(j - ratio, Fraction(0))
    return float(common / (common + ratio / j))


def icc(groups: Sequence[Sample]) -> Icc | None:
    """
    Return ICC(1) and ICC(2) by one-way analysis of variance, and the mean size of a group.

    Shrout and Fleiss (1979), Bliese (2000); groups of different sizes enter with their mean
    size.  An estimate below 0 counts as 0.  None when fewer than two groups or no group with
    two people are there, or when nothing varies.
    """
    people = sum(group.n for group in groups)
    within, between = people - len(groups), len(groups) - 1
    if not within or between < 1:
        return None
    unit = math.lcm(*[group.unit for group in groups])
    groups = [group.in_parts_of(unit) for group in groups]
    squares = sum(group.squares for group in groups)
    total = sum(group.total for group in groups)
    by_size: Counter[int] = Counter()  # few different sizes, however many groups
    for group in groups:
        by_size[group.n] += group.total**2
    of_means = sum((Fraction(own, n) for n, own in by_size.items()), Fraction(0))
    inside = (squares - of_means) / within
    outside = (of_means - Fraction(total**2, people)) / between
    size = Fraction(people, len(groups))
    if not outside + (size - 1) * inside:
        return None
    icc1 = max((outside - inside) / (outside + (size - 1) * inside), Fraction(0))
    icc2 = max((outside - inside) / outside, Fraction(0)) if outside else Fraction(0)
    return Icc(float(icc1), float(icc2), float(size))


def alpha(rows: Rows) -> float | None:
    """
    Return Cronbach's alpha (1951) over the complete *rows*, each one person's shares.

    A row with an answer missing is dropped.  None for fewer than two questions or two complete
    rows, or when all people's totals are equal.
    """
    _, columns, n = _columns(rows)
    part, whole = map(sum, _squares(columns, n))
    return _alpha(part, whole, len(columns)) if whole else None


def alpha_interval(rows: Rows) -> tuple[float, float] | None:
    """
    Return the 95 % interval of alpha, ``alpha ± t s``, never above 1.

    s is the jackknife's (Miller 1974): how far alpha moves when people are left out one by one.
    It supposes no distribution of the answers, which a formula for normal ones does, and which
    costs it its cover near an end of the scale.  None without an alpha, when it is 1, or when
    the totals of all but one person are equal.
    """
    _, columns, n = _columns(rows)
    own, together = _squares(columns, n)
    part, whole, k = sum(own), sum(together), len(columns)
    # Without one person, sums of squares about the new mean: n / (n - 1) of the person's less.
    left = [(n - 1) * whole - n * t for t in together]
    if not part or not all(left) or k * part == whole:
        return None
    others = [_alpha((n - 1) * part - n * q, t, k) for q, t in zip(own, left, strict=True)]
    mean = math.fsum(others) / n
    error = math.sqrt((n - 1) / n * math.fsum([(value - mean) ** 2 for value in others]))
    middle, half = _alpha(part, whole, k), interval.t(n - 1) * error
    return middle - half, min(1.0, middle + half)


def _alpha(part: int, whole: int, k: int) -> float:
    """Return alpha of k questions whose variances' sum is *part*, and their sum's *whole*."""
    return k * (whole - part) / ((k - 1) * whole)


def _squares(columns: Sequence[Sequence[int]], n: int) -> tuple[list[int], list[int]]:
    """
    Return each person's squared distance from the means, question by question and in all.

    In parts of n²; nothing for fewer than two questions.
    """
    own: list[int] = []
    together: list[int] = []
    if len(columns) < 2:  # noqa: PLR2004 - nothing hangs together with itself
        return own, together
    totals = [sum(values) for values in columns]
    for row in zip(*columns, strict=True):
        apart = [n * value - total for value, total in zip(row, totals, strict=True)]
        own.append(sum(map(mul, apart, apart)))
        together.append(sum(apart) ** 2)
    return own, together


def _columns(rows: Rows) -> tuple[int, list[list[int]], int]:
    """Return the unit, the complete rows by question in parts of it, and their number."""
    complete = [there for row in rows if len(there := _there(row)) == len(row)]
    unit = math.lcm(*{share.denominator for row in complete for share in row})
    columns = [
        [share.numerator * (unit // share.denominator) for share in column]
        for column in zip(*complete, strict=True)
    ]
    return unit, columns, len(complete)


def _there(row: Sequence[Fraction | None]) -> list[Fraction]:
    return [share for share in row if share is not None]


def _whole(shares: Iterable[Fraction]) -> tuple[int, list[int]]:
    found = [share.as_integer_ratio() for share in shares]
    unit = math.lcm(*{denominator for _, denominator in found})
    return unit, [numerator * (unit // denominator) for numerator, denominator in found]
