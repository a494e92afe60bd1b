"""
Measure what every interval of a report is worth: how often it holds the truth that it is about.

Nobody answered: every answer is drawn from a population that is stated here, whose truth is known.
The intervals themselves are made by the functions that make a report's.  *cover* is the share of
samples with an interval whose interval holds the truth, which should be .95; *width* is the
interval's mean width; *none* is the share of samples that get no interval; *marked* is the share
of the others that the report marks as rough, and the cover is given with and without that mark.

The same seed gives the same figures.  At the size of the documented ones it takes about three
minutes:

    python benchmarks/cover.py --runs 10000 --seed 2026
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "plugins"))

from cx_maturity import benchmark  # noqa: E402 - it lies in the folder that was just added
from cx_maturity.pooling import reliability  # noqa: E402
from cx_maturity.pooling.cells import cell_of  # noqa: E402
from cx_maturity.scoring import agreement, difference, interval  # noqa: E402
from cx_maturity.scoring.interval import Sample  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

# Share of the people who give each answer, 1 to 5.
POPULATIONS = {
    "centre": (0.10, 0.20, 0.40, 0.20, 0.10),
    "floor": (0.60, 0.25, 0.10, 0.04, 0.01),
    "ceiling": (0.01, 0.02, 0.07, 0.20, 0.70),
    "two humps": (0.35, 0.12, 0.06, 0.12, 0.35),
    "rare": (0.92, 0.02, 0.02, 0.02, 0.02),
}
# Steps of the scale from 1 to 5.
STEPS = 4
# Questions of a measure, and how much of an answer (its underlying variance) is the person's own.
MEASURES = {"question": (1, 0.0), "capability": (2, 0.5), "score": (40, 0.3)}
SIZES = (5, 8, 20)
OF = {5: 10, 8: 12, 20: 30}  # n of N
ROLES = ((5, 15), (8, 12))
CAPABILITIES = 20
# How much of an answer is the person's own, by question: some ask more to the point than others.
LOADINGS = {2: (0.7, 0.7), 10: tuple(float(x) for x in np.linspace(0.4, 0.8, 10))}
RESPONDENTS = (100, 300)
PEERS = (10, 30, 100)
# Organisations' scores, 0-100: mean and standard deviation.
MARKETS = {"wide": (52, 12), "narrow": (52, 6)}
# A double next to a bound.
HAIR = 1e-9

NORMAL = NormalDist()
HEAD = (
    *("what", "population", "n", "cover", "width", "none"),
    *("marked", "cover if marked", "cover if not"),
)


@dataclass
class Tally:
    """Counts how often an interval holds the *truth*."""

    truth: float
    runs: int = 0
    width: float = 0.0
    held: Counter[bool] = field(default_factory=Counter)  # by marked
    given: Counter[bool] = field(default_factory=Counter)

    def add(self, found: Sequence[float] | None, *, rough: bool = False) -> None:
        """Count one sample's interval, (low, high)."""
        self.runs += 1
        if found is not None:
            low, high = found[:2]
            self.given[rough] += 1
            self.held[rough] += low - HAIR <= self.truth <= high + HAIR
            self.width += high - low

    def cells(self, *, points: float = 100, marks: bool = False) -> list[str]:
        """Return the figures as they are printed, the width times *points*."""
        given = self.given.total()
        shown = [
            _share(self.held.total(), given),
            f"{self.width * points / given:.{1 if points > 1 else 2}f}" if given else "–",
            _share(self.runs - given, self.runs),
        ]
        if marks:
            shown.append(_share(self.given[True], given))
            shown += [_share(self.held[mark], self.given[mark]) for mark in (True, False)]
        return shown


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}".removeprefix("0") if whole else "–"


def show(title: str, rows: Iterable[Sequence[str]], columns: int = len(HEAD)) -> None:
    """Print a table of *rows* under *title*."""
    print(f"\n{title}\n")
    print(f"| {' | '.join(HEAD[:columns])} |")
    print(f"|{' --- |' * 3}{' ---: |' * (columns - 3)}")
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)


# --- people ------------------------------------------------------------------


def cuts(population: str) -> Floats:
    """Return where a standard normal variable passes from one answer to the next."""
    return np.array([NORMAL.inv_cdf(share) for share in np.cumsum(POPULATIONS[population])[:-1]])


def mean(population: str) -> float:
    """Return the true mean of the *population*, 0-1."""
    return sum(step * share for step, share in enumerate(POPULATIONS[population])) / STEPS


@dataclass(frozen=True)
class Crowd:
    """Draws people who answer; one after another from the same stream of chance."""

    chance: np.random.Generator
    runs: int

    def answers(
        self, populations: Sequence[str], people: int, own: float | Sequence[float]
    ) -> Ints:
        """Return answers as steps, 0-4, runs x people x questions, a population for each."""
        size = (self.runs, people, len(populations))
        share = np.asarray(own)
        person = self.chance.standard_normal((self.runs, people, 1))
        underlying = np.sqrt(share) * person + np.sqrt(1 - share) * self.chance.standard_normal(
            size
        )
        found = np.empty(size, dtype=np.int64)
        for place, population in enumerate(populations):
            found[:, :, place] = np.searchsorted(cuts(population), underlying[:, :, place])
        return found

    def totals(self, measure: str, population: str, people: int) -> tuple[Ints, int]:
        """Return each person's sum of steps, runs x people, and the highest sum there is."""
        questions, own = MEASURES[measure]
        return self.answers([population] * questions, people, own).sum(axis=2), STEPS * questions


def samples(totals: Ints, unit: int) -> list[Sample]:
    """Sum up each run."""
    people = totals.shape[1]
    sums, squares = totals.sum(axis=1).tolist(), (totals * totals).sum(axis=1).tolist()
    return [Sample(people, a, b, unit) for a, b in zip(sums, squares, strict=True)]


def marks(totals: Ints, unit: int) -> list[bool]:
    """Tell of each run whether its interval is marked as rough."""
    bottom = (totals == 0).sum(axis=1).tolist()
    top = (totals == unit).sum(axis=1).tolist()
    return list(map(interval.is_rough, samples(totals, unit), bottom, top))


def clipped(found: interval.Interval | None) -> tuple[float, float] | None:
    """Return the interval as it is printed."""
    return found and (max(0.0, found.low), min(1.0, found.high))


# --- means -------------------------------------------------------------------


def pooled(crowd: Crowd) -> Iterator[list[str]]:
    """Yield the cover of a mean of people."""
    for measure in MEASURES:
        for population in POPULATIONS:
            for people in SIZES:
                totals, unit = crowd.totals(measure, population, people)
                tally = Tally(mean(population))
                for sample, rough in zip(samples(totals, unit), marks(totals, unit), strict=True):
                    tally.add(clipped(interval.pooled(sample)), rough=rough)
                yield [measure, population, str(people), *tally.cells(marks=True)]


def finite(crowd: Crowd) -> Iterator[list[str]]:
    """Yield the cover of the mean of a known number of people, some of whom answered."""
    for measure in MEASURES:
        for population in POPULATIONS:
            for people, everybody in OF.items():
                totals, unit = crowd.totals(measure, population, everybody)
                truths = (totals.sum(axis=1) / (everybody * unit)).tolist()
                answered = totals[:, :people]
                tally = Tally(0)
                rows = zip(samples(answered, unit), marks(answered, unit), truths, strict=True)
                for sample, rough, truth in rows:
                    tally.truth = truth
                    tally.add(clipped(interval.pooled(sample, everybody)), rough=rough)
                size = f"{people} of {everybody}"
                yield [measure, population, size, *tally.cells(marks=True)]


def balanced(crowd: Crowd) -> Iterator[list[str]]:
    """Yield the cover of the mean of two roles' means; the second role is of the centre."""
    for measure in MEASURES:
        for population in POPULATIONS:
            for sizes in ROLES:
                first, unit = crowd.totals(measure, population, sizes[0])
                second, _ = crowd.totals(measure, "centre", sizes[1])
                rough = marks(np.concatenate([first, second], axis=1), unit)
                tally = Tally((mean(population) + mean("centre")) / 2)
                rows = zip(samples(first, unit), samples(second, unit), rough, strict=True)
                for one, other, mark in rows:
                    uneven = mark or interval.is_uneven(one) or interval.is_uneven(other)
                    tally.add(clipped(interval.balanced([one, other])), rough=uneven)
                size = f"{sizes[0]} + {sizes[1]}"
                yield [measure, population, size, *tally.cells(marks=True)]


# --- differences -------------------------------------------------------------


def say_do(crowd: Crowd) -> Iterator[list[str]]:
    """Yield the cover of do less say, when what people say is of the centre."""
    for population in POPULATIONS:
        for people in SIZES:
            both = crowd.answers(["centre", population], people, MEASURES["capability"][1])
            tally = Tally(mean(population) - mean("centre"))
            for sample in samples(both[:, :, 1] - both[:, :, 0], STEPS):
                tally.add(difference.paired(sample).interval)
            yield ["do less say", population, str(people), *tally.cells()]


def roles(crowd: Crowd) -> Iterator[list[str]]:
    """Yield the cover of one role less another, which is of the centre."""
    for measure in MEASURES:
        for population in POPULATIONS:
            for sizes in ROLES:
                first, unit = crowd.totals(measure, population, sizes[0])
                second, _ = crowd.totals(measure, "centre", sizes[1])
                tally = Tally(mean(population) - mean("centre"))
                for one, other in zip(samples(first, unit), samples(second, unit), strict=True):
                    uneven = interval.is_uneven(one) or interval.is_uneven(other)
                    tally.add(difference.independent([one], [other]).interval, rough=uneven)
                size = f"{sizes[0]} and {sizes[1]}"
                yield [measure, population, size, *tally.cells(marks=True)]


def waves(crowd: Crowd) -> Iterator[list[str]]:
    """Yield the cover of a wave less the one before, when nothing has changed."""
    for measure in MEASURES:
        for population in POPULATIONS:
            for sizes in ((8,), (20,), ROLES[0]):
                sides = []
                for _ in range(2):
                    drawn = [crowd.totals(measure, population, people) for people in sizes]
                    sides.append(list(zip(*(samples(*one) for one in drawn), strict=True)))
                tally = Tally(0)
                for one, other in zip(*sides, strict=True):
                    tally.add(difference.independent(one, other).interval)
                size = " + ".join(map(str, sizes))
                yield [measure, population, f"{size} and {size}", *tally.cells()]


def many(crowd: Crowd, people: int = 20) -> None:
    """Print how often chance alone moves one capability or more of twenty."""
    print("\n### One of twenty capabilities, two waves, nothing has changed\n")
    print("| population | n | each by its own interval | with Holm's adjustment |")
    print("| --- | --- | ---: | ---: |")
    own = MEASURES["score"][1]
    for population in POPULATIONS:
        waves = []
        for _ in range(2):
            answers = crowd.answers([population] * 2 * CAPABILITIES, people, own)
            totals = answers[:, :, ::2] + answers[:, :, 1::2]
            waves.append([samples(totals[:, :, c], 2 * STEPS) for c in range(CAPABILITIES)])
        alone = together = 0
        for run in range(crowd.runs):
            found = {
                str(c): difference.independent([waves[1][c][run]], [waves[0][c][run]])
                for c in range(CAPABILITIES)
            }
            adjusted = difference.holm({c: d.p for c, d in found.items() if d.p is not None})
            moved = {"up", "down"}
            alone += any(difference.verdict(d) in moved for d in found.values())
            together += any(difference.verdict(found[c], p) in moved for c, p in adjusted.items())
        shares = [_share(alone, crowd.runs), _share(together, crowd.runs)]
        print(f"| {population} | {people} and {people} | {' | '.join(shares)} |", flush=True)


# --- questions that hang together, and peers ---------------------------------


def true_alpha(population: str, loadings: Sequence[float]) -> float:
    """Return Cronbach's alpha of the *population*, by integrating over the person."""
    person = np.linspace(-8, 8, 1601)
    weight = np.exp(-person * person / 2)
    weight /= weight.sum()
    above = np.vectorize(NORMAL.cdf)
    expected = np.array(
        [
            sum(above((a * person - cut) / (1 - a * a) ** 0.5) for cut in cuts(population))
            for a in loadings
        ]
    )
    means = expected @ weight
    shared = (expected * weight) @ expected.T - np.outer(means, means)
    shares = np.array(POPULATIONS[population])
    steps = np.arange(STEPS + 1)
    np.fill_diagonal(shared, shares @ steps**2 - (shares @ steps) ** 2)
    k = len(loadings)
    return float(k / (k - 1) * (1 - np.trace(shared) / shared.sum()))


def bonett(alpha: float | None, questions: int, people: int) -> tuple[float, float] | None:
    """Return the interval for normal answers that are all alike (Bonett 2002), for comparison."""
    if alpha is None:
        return None
    half = NORMAL.inv_cdf(0.975) * (2 * questions / ((questions - 1) * (people - 2))) ** 0.5
    return 1 - (1 - alpha) * math.exp(half), 1 - (1 - alpha) * math.exp(-half)


def alphas(crowd: Crowd) -> Iterator[list[str]]:
    """Yield the cover of alpha's interval."""
    shares = [Fraction(step, STEPS) for step in range(STEPS + 1)]
    for questions, loadings in LOADINGS.items():
        for population in POPULATIONS:
            truth = true_alpha(population, loadings)
            for people in RESPONDENTS:
                own = [a * a for a in loadings]
                answers = crowd.answers([population] * questions, people, own)
                tally, by_formula = Tally(truth), Tally(truth)
                for run in answers.tolist():
                    rows = [[shares[step] for step in row] for row in run]
                    total = sum(map(sum, rows), Fraction(0)) / questions
                    near = reliability.is_near_end(total, people)
                    tally.add(agreement.alpha_interval(rows), rough=near)
                    by_formula.add(bonett(agreement.alpha(rows), questions, people))
                what = f"{questions} questions, alpha {_share(round(truth * 1000), 1000)}"
                yield [what, population, str(people), *tally.cells(points=1, marks=True)]
                what = "the same by Bonett's formula, not used"
                yield [what, population, str(people), *by_formula.cells(points=1, marks=True)]


def percentiles(crowd: Crowd) -> Iterator[list[str]]:
    """Yield the cover of a percentile's interval, for organisations drawn like their peers."""
    for market, (middle, spread) in MARKETS.items():
        for peers in PEERS:
            drawn = np.clip(crowd.chance.normal(middle, spread, (crowd.runs, peers + 1)), 0, 100)
            published, counted = Tally(0), Tally(0)
            for mine, *others in drawn.tolist():
                points = Fraction(round(mine * 100), 100)
                truth = NORMAL.cdf((float(points) - middle) / spread)
                cell = cell_of(Counter(benchmark.half_up(Fraction(score)) for score in others))
                _, found = benchmark._percentile(points, cell)  # noqa: SLF001 - as reports have it
                published.truth = counted.truth = truth
                published.add(found and [bound / 100 for bound in found])
                below = sum(score < mine for score in others)
                counted.add(benchmark.wilson(below / peers, peers))
            yield ["from published quantiles", market, str(peers), *published.cells()]
            yield ["counted among all", market, str(peers), *counted.cells()]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="How often each interval holds the truth.")
    parser.add_argument("--runs", type=int, default=10_000, help="samples behind each figure")
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    chance = np.random.default_rng(options.seed)
    crowd, fewer = (Crowd(chance, max(runs, 1)) for runs in (options.runs, options.runs // 5))
    print(f"{crowd.runs} samples a figure, {fewer.runs} for Holm and alpha; seed {options.seed}.")
    for name, shares in POPULATIONS.items():
        print(f"\n{name}: {', '.join(f'{100 * share:.0f} %' for share in shares)} answer 1 to 5.")
    show("### A mean of people", pooled(crowd))
    show("### A mean of n people of N", finite(crowd))
    show("### The mean of two roles, the second of the centre", balanced(crowd))
    show("### Do less say, what is said being of the centre", say_do(crowd), 6)
    show("### One role less another, which is of the centre", roles(crowd))
    show("### A wave less the one before, nothing has changed", waves(crowd), 6)
    many(fewer)
    show("### Cronbach's alpha, width on its own scale", alphas(fewer))
    show("### Percentile among N peers", percentiles(crowd), 6)


if __name__ == "__main__":
    main()
