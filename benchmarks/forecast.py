"""
Measure what the forecast of a target is worth: how often it holds the score that comes.

Nobody answered: the scores of an organisation's waves, half a year apart, are drawn around a path
that is stated here, and the forecast is the function that makes a report's.  *cover* is the share
of forecasts, made from n waves, that hold the score of the target's day, itself drawn with its own
chance; it should be .95.  *width* is the mean width in points, *none* the share of samples that
get no forecast.

    python benchmarks/forecast.py --runs 10000 --seed 2026
"""

from __future__ import annotations

import argparse
import sys
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "plugins"))

from cx_maturity.advising.forecast import forecast  # noqa: E402 - the folder was just added

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

WAVES = (4, 5, 8)
STEP = 0.5  # years between waves
CHANCE = 2.0  # points, standard deviation of a wave's score: some forty people
# How far ahead, as a share of what the waves span; 1 is the furthest that a report foretells.
AHEAD = (0.35, 1.0)
PARTS = 10_000  # of the scale: scores are exact fractions in a report


def line(years: Floats, chance: np.random.Generator, size: tuple[int, int]) -> Floats:
    """Rise four points a year, by chance alone around that."""
    return 45 + 4 * years + CHANCE * chance.standard_normal(size)


def still(years: Floats, chance: np.random.Generator, size: tuple[int, int]) -> Floats:
    """Stay where one is."""
    return 45 + 0 * years + CHANCE * chance.standard_normal(size)


def top(years: Floats, chance: np.random.Generator, size: tuple[int, int]) -> Floats:
    """Rise towards the end of the scale, where a score cannot go on."""
    return np.minimum(100, 90 + 4 * years + CHANCE * chance.standard_normal(size))


def levelling(years: Floats, chance: np.random.Generator, size: tuple[int, int]) -> Floats:
    """Rise fast at first, then hardly any more: twenty points, most of them in two years."""
    return 45 + 20 * (1 - np.exp(-years)) + CHANCE * chance.standard_normal(size)


def wandering(years: Floats, chance: np.random.Generator, size: tuple[int, int]) -> Floats:
    """Drift: each half year moves the true score by three points either way, for good."""
    steps = np.diff(years, prepend=years[0] - STEP) / STEP
    moves = 3 * np.sqrt(steps) * chance.standard_normal(size)
    return 50 + np.cumsum(moves, axis=1) + CHANCE * chance.standard_normal(size)


PATHS: dict[str, Callable[[Floats, np.random.Generator, tuple[int, int]], Floats]] = {
    "straight line": line,
    "no change": still,
    "line near the top": top,
    "levelling off": levelling,
    "wandering": wandering,
}


def row(name: str, waves: int, ahead: float, runs: int, chance: np.random.Generator) -> str:
    """Return one line of the table."""
    span = (waves - 1) * STEP
    years = np.append(np.arange(waves) * STEP, span + ahead * span)
    scores = np.rint(PATHS[name](years, chance, (runs, waves + 1)) * PARTS / 100).clip(0, PARTS)
    days = [Fraction(year).limit_denominator(1000) for year in years]
    held = width = given = 0.0
    for drawn in scores.astype(int).tolist():
        shares = [Fraction(share, PARTS) for share in drawn]
        found, _ = forecast(list(zip(days, shares[:-1], strict=False)), days[-1])
        if found:
            given += 1
            held += found[0] <= shares[-1] <= found[1]
            width += found[1] - found[0]
    none = f"{1 - given / runs:.3f}".removeprefix("0")
    if not given:
        return f"| {name} | {waves} | {ahead:.2f} | – | – | {none} |"
    share = f"{held / given:.3f}".removeprefix("0")
    return f"| {name} | {waves} | {ahead:.2f} | {share} | {100 * width / given:.0f} | {none} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="how often a forecast holds the score that comes")
    parser.add_argument("--runs", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    chance = np.random.default_rng(options.seed)
    print("| path | waves | ahead, of the span | cover | width | none |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name in PATHS:
        for waves in WAVES:
            for ahead in AHEAD:
                print(row(name, waves, ahead, options.runs, chance), flush=True)


if __name__ == "__main__":
    main()
