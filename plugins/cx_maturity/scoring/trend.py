"""Where a measure is heading over many waves: Theil and Sen's slope, Mann and Kendall's p."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Waves that a slope needs, and a p; with four no order can reach p < .05.
FEWEST_FOR_SLOPE = 4
FEWEST_FOR_P = 5


def theil_sen(points: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """
    Return the median slope per year between any two of the *points*, (year, score).

    Theil (1950), Sen (1968).  Two on one date have no slope between them; ValueError for
    fewer than four points or when all are of one date.
    """
    if len(points) < FEWEST_FOR_SLOPE:
        message = f"a slope needs {FEWEST_FOR_SLOPE} waves, not {len(points)}"
        raise ValueError(message)
    slopes = sorted(
        (later - earlier) / (then - now)
        for (now, earlier), (then, later) in combinations(points, 2)
        if then != now
    )
    if not slopes:
        message = "waves of one date have no slope"
        raise ValueError(message)
    half = len(slopes) // 2
    return (slopes[half] + slopes[-half - 1]) / 2


def mann_kendall(scores: Sequence[Fraction]) -> float:
    """
    Return the exact two-sided p of Mann (1945) and Kendall for *scores* in order of time.

    How likely any order of these values, ties included, rises or falls as much: the pairs out
    of order of a multiset are counted by its q-multinomial coefficient (MacMahon 1915).
    ValueError for fewer than five scores.
    """
    if len(scores) < FEWEST_FOR_P:
        message = f"a p needs {FEWEST_FOR_P} waves, not {len(scores)}"
        raise ValueError(message)
    found = sum((b > a) - (b < a) for a, b in combinations(scores, 2))
    orders = _orders([*Counter(scores).values()])
    pairs = len(orders) - 1  # of different values
    extreme = sum(n for falling, n in enumerate(orders) if abs(pairs - 2 * falling) >= abs(found))
    return float(Fraction(extreme, sum(orders)))


def _orders(sizes: Sequence[int]) -> list[int]:
    """Return how many orders of a multiset have 0, 1, 2 … pairs out of order."""
    found = [1]
    placed = 0
    for size in sizes:
        for k in range(1, size + 1):
            found = _divided(_times(found, placed + k), k)
        placed += size
    return found


def _times(polynomial: Sequence[int], k: int) -> list[int]:
    """Multiply by ``1 - q^k``."""
    shifted = [*[0] * k, *polynomial]
    padded = [*polynomial, *[0] * k]
    return [a - b for a, b in zip(padded, shifted, strict=True)]


def _divided(polynomial: Sequence[int], k: int) -> list[int]:
    """Divide by ``1 - q^k``, which must leave nothing over."""
    found = list(polynomial)
    for place in range(k, len(found)):
        found[place] += found[place - k]
    return found[: len(found) - k]
