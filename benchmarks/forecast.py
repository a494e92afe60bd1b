"""
Measure what the forecast of a target is worth: how often it holds the score that comes.

Nobody answered: the scores of an organisation's waves, half a year apart, evenly or not, are drawn
around a path that is stated here, and the forecast is the function that makes a report's.  *cover*
is the share of forecasts, made from n waves, that hold the score of the target's day, itself drawn
with its own chance; it should be .95.  *width* is the mean width in points, *none* the share of
samples that get no forecast.

    python benchmarks/forecast.py --runs 4000 --seed 2026
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

WAVES = (4, 5, 8, 12)
STEP = 0.5  # years between waves
CHANCE = 2.0  # points, standard deviation of a wave's score: some forty people
# How far ahead, as a share of what the waves span; 1 is the furthest that a report foretells.
AHEAD = (1 / 3, 1.0)
PARTS = 10_000  # of the scale: scores are exact fractions in a report


def chance_of(years: Floats, chance: np.random.Generator) -> Floats:
    """Return what each wave is off its path."""
    return CHANCE * chance.standard_normal(years.shape)


def line(years: Floats, chance: np.random.Generator) -> Floats:
    """Rise four points a year, by chance alone around that."""
    return 45 + 4 * years + chance_of(years, chance)


def still(years: Floats, chance: np.random.Generator) -> Floats:
    """Stay where one is."""
    return 45 + chance_of(years, chance)


def top(years: Floats, chance: np.random.Generator) -> Floats:
    """Rise towards the end of the scale, where a score cannot go on."""
    return np.minimum(100, 90 + 4 * years + chance_of(years, chance))


def levelling(years: Floats, chance: np.random.Generator) -> Floats:
    """Rise fast at first, then hardly any more: twenty points, most of them in two years."""
    return 45 + 20 * (1 - np.exp(-years)) + chance_of(years, chance)


def wandering(years: Floats, chance: np.random.Generator) -> Floats:
    """Drift: each half year moves the true score by three points either way, for good."""
    steps = np.diff(years, prepend=years[:, :1] - STEP) / STEP
    moves = 3 * np.sqrt(steps) * chance.standard_normal(years.shape)
    return 50 + np.cumsum(moves, axis=1) + chance_of(years, chance)


def step(years: Floats, chance: np.random.Generator) -> Floats:
    """Jump up by ten points, once, between any two of the waves."""
    last = years[:, -2:-1]
    return 45 + 10 * (years > last * chance.random(last.shape)) + chance_of(years, chance)


def step_ahead(years: Floats, chance: np.random.Generator) -> Floats:
    """Jump up by ten points behind the last wave: what no wave has seen."""
    return 45 + 10 * (years == years[:, -1:]) + chance_of(years, chance)


def seasons(years: Floats, chance: np.random.Generator) -> Floats:
    """Swing by five points either way within each year, and rise by two a year."""
    phase = chance.random((len(years), 1))
    swing = 5 * np.sin(2 * np.pi * (years + phase))
    return 45 + 2 * years + swing + chance_of(years, chance)


PATHS: dict[str, Callable[[Floats, np.random.Generator], Floats]] = {
    "straight line": line,
    "no change": still,
    "line near the top": top,
    "levelling off": levelling,
    "wandering": wandering,
    "one step": step,
    "seasons": seasons,
    "a step to come": step_ahead,
}


def dates(waves: int, runs: int, chance: np.random.Generator, *, even: bool) -> Floats:
    """Return the years of the waves, each row beginning at 0."""
    gaps = np.full((runs, waves - 1), STEP)
    if not even:
        gaps = chance.uniform(0.4 * STEP, 1.6 * STEP, gaps.shape)
    return np.cumsum(np.hstack([np.zeros((runs, 1)), gaps]), axis=1)


def row(name: str, years: Floats, ahead: float, chance: np.random.Generator) -> str:
    """Return the cells of one line of the table: cover, width, none."""
    days = np.rint(years * 1000)
    days = np.hstack([days, days[:, -1:] + np.floor(days[:, -1:] * ahead)])
    scores = np.rint(PATHS[name](days / 1000, chance) * PARTS / 100).clip(0, PARTS)
    held = width = given = 0.0
    for when, drawn in zip(days.astype(int).tolist(), scores.astype(int).tolist(), strict=True):
        points = [
            (Fraction(day, 1000), Fraction(score, PARTS))
            for day, score in zip(when, drawn, strict=True)
        ]
        found, _ = forecast(points[:-1], points[-1][0])
        if found:
            given += 1
            held += found[0] <= points[-1][1] <= found[1]
            width += found[1] - found[0]
    none = f"{1 - given / len(days):.3f}".removeprefix("0")
    if not given:
        return f"– | – | {none}"
    share = f"{held / given:.3f}".removeprefix("0")
    return f"{share} | {100 * width / given:.0f} | {none}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="how often a forecast holds the score that comes")
    parser.add_argument("--runs", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    chance = np.random.default_rng(options.seed)
    print("| path | dates | waves | ahead, of the span | cover | width | none |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for name in PATHS:
        for word in ("even", "uneven"):
            for waves in WAVES:
                years = dates(waves, options.runs, chance, even=word == "even")
                for ahead in AHEAD:
                    cells = row(name, years, ahead, chance)
                    print(f"| {name} | {word} | {waves} | {ahead:.2f} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
