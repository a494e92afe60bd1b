"""
The figures of :mod:`~cx_maturity.pooling.reliability`, from batches that nobody keeps.

What is kept of the people are sums of products, exact whole numbers that need
one pass over the file, and of each organisation the sums behind its variances.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from cx_maturity.pooling.parquet import BATCH, RESPONDENTS, coded, grown
from cx_maturity.pooling.reliability import is_enough, is_near_end, made, measures
from cx_maturity.scoring import agreement, interval
from cx_maturity.scoring.interval import Sample
from cx_maturity.scoring.plan import plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cx_maturity.editions import Reliability
    from cx_maturity.model import Question, Questionnaire
    from cx_maturity.pooling.parquet import Batch

    Numbers = NDArray[np.int64]


class Moments:
    """Adds up batches; :meth:`reliability` may be asked at any time."""

    def __init__(self, questionnaire: Questionnaire, subset: str) -> None:
        """Make ready for a *subset* of *questionnaire*."""
        asked = plan(questionnaire, questionnaire.subset(subset).questions)
        self.measures = {name: _Measure(questions) for name, questions in measures(asked)}

    def add(self, batch: Batch) -> None:
        """Add some respondents."""
        names, whose = np.unique(batch.organisations, return_inverse=True)
        for measure in self.measures.values():
            measure.add(batch, names, whose)

    def reliability(self) -> dict[str, Reliability]:
        """Return what may be said of every measure."""
        found = {name: measure.reliability() for name, measure in self.measures.items()}
        return {name: one for name, one in found.items() if one}


class _Measure:
    """
    The sums of one measure over people with a value for every question.

    *products* are of all pairs out of: 1, each answer, the sum of the answers' squares, the
    square of their sum.  *own* has for each organisation: people, sum and squares of their
    sums, each question's sum, and each question's sum of squares.  Where scales share no unit
    that is small enough for these, nothing is said.
    """

    def __init__(self, questions: Sequence[Question]) -> None:
        self.answers = [coded(question) for question in questions]
        shares = [column.shares for column in self.answers]
        self.unit = math.lcm(*[share.denominator for own in shares for share in own])
        self.values = [np.array([int(share * self.unit) for share in own]) for own in shares]
        highest = len(questions) * self.unit
        # 64 bits as long as a batch's sum of fourth powers stays within them.
        self.kind = np.int64 if highest**4 * BATCH < 1 << 63 else object
        self.is_small = highest**2 * RESPONDENTS < 1 << 63
        size = len(questions) + 3
        self.products: NDArray[Any] = np.zeros((size, size), object)
        self.own: Numbers = np.zeros((0, 2 * len(questions) + 3), np.int64)

    def add(self, batch: Batch, names: Numbers, whose: Numbers) -> None:
        """Add some respondents, *whose* organisation is which of the *names*."""
        columns = [batch.answers[column.question.id] for column in self.answers]
        pairs = list(zip(columns, self.values, strict=True))
        complete = np.flatnonzero(
            np.logical_and.reduce([numbers < len(own) for numbers, own in pairs])
        )
        if not self.is_small or not len(complete):
            return
        answers = np.stack([own[numbers[complete]] for numbers, own in pairs])
        squares, total = answers * answers, answers.sum(axis=0)
        one, square = np.ones_like(total), total * total
        features = np.vstack([one, answers, squares.sum(axis=0), square]).astype(self.kind)
        # Not by @: with doubles it starts threads that cost more than they help.
        products = np.einsum("ip,jp->ij", features, features)
        self.products += products.astype(object)
        whose = whose[complete]
        sums = [_summed(whose, v, len(names)) for v in (one, total, square, *answers, *squares)]
        self.own = grown(self.own, int(names[-1]) + 1, 0)
        self.own[names] += np.stack(sums, axis=1)

    def reliability(self) -> Reliability | None:
        own = self.own[self.own[:, 0] > 0]
        people = int(own[:, 0].sum())
        if not is_enough(people, len(own)):
            return None
        alpha, error = self._alpha()
        if alpha is None or alpha >= 1:
            return None
        half = interval.t(people - 1) * error
        bounds = alpha - half, min(1.0, alpha + half)
        groups = [Sample(n, total, squares, 1) for n, total, squares in own[:, :3].tolist()]
        icc = agreement.icc(groups)
        rwg = self._rwg(own[own[:, 0] > 1])
        total = Fraction(int(own[:, 1].sum()), self.unit * len(self.answers))
        rough = is_near_end(total, people)
        return made((people, len(own)), alpha, bounds, icc, rwg, rough=rough)

    def _alpha(self) -> tuple[float | None, float]:
        """
        Return alpha and the jackknife's standard error to its first order.

        What leaving somebody out moves alpha by is there a weighted sum of that person's products,
        so that its square is one of *products*.  Against
        :func:`~cx_maturity.scoring.agreement.alpha_interval`, which leaves out one by one, the
        error lacks something in the order of one part in as many as there are people.
        """
        n, *totals = self.products[0, :-2].tolist()
        k, whole = len(totals), sum(totals)
        squares = sum(t * t for t in totals)
        each = np.array([squares, *(-2 * n * t for t in totals), n * n, 0], object)
        joint = np.array([whole * whole, *([-2 * n * whole] * k), 0, n * n], object)
        apart, together = each @ self.products[0], joint @ self.products[0]
        if not together:
            return None, 0.0
        ratio, factor = Fraction(apart, together), Fraction(k, k - 1)
        moved = ratio.denominator * each - ratio.numerator * joint
        squared = Fraction(moved @ self.products @ moved, (ratio.denominator * together) ** 2)
        return float(factor * (1 - ratio)), float(factor) * math.sqrt(squared * n / (n - 1))

    def _rwg(self, own: Numbers) -> list[float]:
        """Return rwg(j) of organisations with two people at least."""
        k = len(self.answers)
        n, sums, squares = own[:, :1], own[:, 3 : 3 + k], own[:, 3 + k :]
        sizes = np.array([len(column.shares) for column in self.answers])
        chance = self.unit**2 * (sizes + 1) / (12 * (sizes - 1))
        ratio = ((n * squares - sums**2) / (n * (n - 1)) / chance).mean(axis=1)
        common = np.maximum(1 - ratio, 0) * k
        found: list[float] = (common / (common + np.minimum(ratio, 1))).tolist()
        return found


def _summed(whose: Numbers, values: Numbers, size: int) -> Numbers:
    """Add up *values* by *whose* they are, exactly: doubles would do for small ones alone."""
    if int(values.max()) * len(values) < 1 << 53:
        return np.bincount(whose, values, size).astype(np.int64)
    found = np.zeros(size, np.int64)
    np.add.at(found, whose, values)
    return found
