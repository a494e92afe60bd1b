"""Turn respondents' measures into the organisation's."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from operator import mul
from typing import TYPE_CHECKING

from cx_maturity.results import Measure
from cx_maturity.scoring import interval
from cx_maturity.scoring.interval import Sample

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cx_maturity.model import Respondent, Wave
    from cx_maturity.scoring.interval import Interval
    from cx_maturity.scoring.respondent import Column

_NONE, _ALL = Fraction(0), Fraction(1)


class Combiner:
    """Puts the respondents of a wave together, pooled or balanced over their roles."""

    def __init__(self, wave: Wave, *, balanced: bool) -> None:
        """Work for *wave*; columns must be in the order of :attr:`respondents`, by role."""
        self.wave = wave
        self.balanced = balanced
        self.respondents = sorted(wave.respondents, key=_role)
        self.stretches = list(_stretches(self.respondents, balanced=balanced))
        self.population = _population(wave)
        self.starts = [level.start.as_integer_ratio() for level in wave.questionnaire.levels]

    def totals(self, values: Sequence[int], counted: Sequence[int]) -> list[tuple[int, int]]:
        """
        Return (sum, n): one pair for all, or one for each role when balanced.

        *counted* is above 0 for those who have a value; the others' is 0.
        """
        found = []
        for _, start, end in self.stretches:
            if n := end - start - counted[start:end].count(0):
                found.append((sum(values[start:end]), n))
        return found

    def mean(self, values: Sequence[int], counted: Sequence[int], unit: int) -> Fraction | None:
        """Return the mean over those who have a value, pooled or over their roles."""
        totals = self.totals(values, counted)
        return interval.mean(totals, unit) if totals else None

    def samples(self, column: Column) -> dict[str, Sample]:
        """Return what an interval needs of a column's scores, by role when balanced."""
        unit, scores, scored, *_ = column
        found = {}
        for role, start, end in self.stretches:
            if n := sum(scored[start:end]):
                values = scores[start:end]
                found[role] = Sample(n, sum(values), sum(map(mul, values, values)), unit)
        return found

    def interval(self, samples: dict[str, Sample]) -> Interval | None:
        """Return the 95 % interval of the mean of the *samples*, not clipped."""
        if not self.wave.is_panel or not samples:
            return None
        if not self.balanced:
            return interval.pooled(samples[""], self.population)
        populations = [self.wave.population.get(role) for role in samples]
        return interval.balanced(list(samples.values()), populations)

    def measure(
        self, measure_id: str, column: Column, stages: Sequence[tuple[int, Column]] = ()
    ) -> tuple[Measure, Interval | None]:
        """
        Put one measure of all respondents together; *stages* are its staged levels.

        The interval is returned once more with its degrees of freedom, not clipped.
        """
        samples = self.samples(column)
        totals = [(s.total, s.n) for s in samples.values()]
        score = interval.mean(totals, column.unit) if totals else None
        low, high = self._bounds(column, score)
        found = self.interval(samples)
        level = self._level(score, stages)
        asked = sum(column.applicable)
        made = Measure(
            id=measure_id,
            score=score,
            level=level,
            gated_level=level,
            coverage=_share(sum(column.valued), asked) if asked else _NONE,
            visibility=_share(asked - sum(column.unsure), asked) if asked else _ALL,
            lowest=low,
            highest=high,
            n=sum([n for _, n in totals]) if self.wave.is_panel else 1,
            interval=(max(0.0, found.low), min(1.0, found.high)) if found else None,
            applicable=asked > 0,
        )
        return made, found

    def _bounds(self, column: Column, score: Fraction | None) -> tuple[Fraction, Fraction]:
        """
        Return the means of the respondents' bounds, widened so that they hold the score.

        The score leaves out what has too few answers, and the respondents who have no
        score; the bounds take in everybody who was asked anything.
        """
        _, scores, scored, lowest, highest, asked, *_ = column
        if score is not None and 0 not in scored and lowest == scores == highest:
            return score, score
        low = self.mean(lowest, asked, column.unit)
        high = low if lowest == highest else self.mean(highest, asked, column.unit)
        if low is None or high is None:
            return _NONE, _ALL
        return (low, high) if score is None else (min(low, score), max(high, score))

    def _level(self, score: Fraction | None, stages: Sequence[tuple[int, Column]]) -> int | None:
        """
        Return the highest level that is reached; no score, no level.

        Staged: level after level, as long as its questions average the pass mark.  A
        level of which nothing was asked, or to nobody, stands in no one's way and is
        not reached by itself; level 1 needs nothing.
        """
        if score is None:
            return None
        questionnaire = self.wave.questionnaire
        if not questionnaire.staged:
            above, below = score.as_integer_ratio()
            return sum(start * below <= above * unit for start, unit in self.starts)
        reached = 1
        for level, column in stages:
            if any(column.applicable):
                mean = self.mean(column.scores, column.scored, column.unit)
                if mean is None or mean < questionnaire.staged_pass:
                    break
                reached = level
        return reached


def _role(respondent: Respondent) -> str:
    return respondent.role or ""


def _stretches(
    respondents: Sequence[Respondent], *, balanced: bool
) -> Iterator[tuple[str, int, int]]:
    """Yield where each role's respondents begin and end; all of them are one when pooled."""
    start = 0
    roles = Counter(map(_role, respondents)) if balanced else {"": len(respondents)}
    for role in sorted(roles):
        yield role, start, start + roles[role]
        start += roles[role]


def _share(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if part != whole else _ALL


def _population(wave: Wave) -> int | None:
    """Return N when it is known for everybody who answered."""
    roles = {respondent.role for respondent in wave.respondents}
    if "all" not in wave.population and not roles <= wave.population.keys():
        return None
    return sum(wave.population.values())
