"""Turn people's measures into those of the whole: of a wave, of a role, of a unit."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import lru_cache
from operator import mul
from typing import TYPE_CHECKING

from cx_maturity.disclosure import is_of_few
from cx_maturity.results import Measure
from cx_maturity.scoring import interval
from cx_maturity.scoring.interval import Sample

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cx_maturity.model import Respondent, Wave
    from cx_maturity.scoring.interval import Interval
    from cx_maturity.scoring.respondent import Column

_NONE, _ALL = Fraction(0), Fraction(1)

# Where the people of one role begin and end in a column; "" stands for everybody.
Stretch = tuple[str, int, int]


class Combiner:
    """Puts people together, pooled or balanced over their roles."""

    def __init__(
        self,
        wave: Wave,
        stretches: Sequence[Stretch],
        populations: Mapping[str, int | None],
    ) -> None:
        """Work for people of *wave* whose columns have these *stretches*, each with its N."""
        self.wave = wave
        self.stretches = stretches
        self.populations = populations
        # Roles count alike, and not people.
        self.balanced = any(role for role, *_ in stretches)
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

    def interval(self, samples: Mapping[str, Sample]) -> Interval | None:
        """Return the 95 % interval of the mean of the *samples*, not clipped."""
        if not self.wave.is_panel or not samples:
            return None
        populations = [self.populations.get(role) for role in samples]
        if not self.balanced:
            return interval.pooled(samples[""], populations[0])
        return interval.balanced(list(samples.values()), populations)

    def measure(
        self, measure_id: str, column: Column, stages: Sequence[tuple[int, Column]] = ()
    ) -> Measure:
        """Put one measure of all people together; *stages* are its staged levels."""
        samples = self.samples(column)
        totals = [(s.total, s.n) for s in samples.values()]
        n = sum([n for _, n in totals])
        is_hidden = self.is_of_few(n)
        score = interval.mean(totals, column.unit) if totals and not is_hidden else None
        low, high = self._bounds(column, score, n)
        found = None if is_hidden else self.interval(samples)
        level = self._level(score, stages)
        asked, unsure = sum(column.applicable), sum(column.unsure)
        return Measure(
            id=measure_id,
            score=score,
            level=level,
            gated_level=level,
            coverage=_share(sum(column.valued), asked) if asked else _NONE,
            visibility=_share(asked - unsure, asked) if unsure else _ALL,
            lowest=low,
            highest=high,
            n=n if self.wave.is_panel else 1,
            interval=(max(0.0, found.low), min(1.0, found.high)) if found else None,
            applicable=asked > 0,
            rough=found is not None
            and (
                _is_rough(column, totals)
                or (self.balanced and any(map(interval.is_uneven, samples.values())))
            ),
            error=found.error if found else None,
            degrees=found.degrees if found else None,
        )

    def is_of_few(self, n: int) -> bool:
        """Tell whether a number that rests on *n* of a panel may not be shown."""
        return self.wave.is_panel and is_of_few(n, len(self.wave.respondents))

    def _bounds(self, column: Column, score: Fraction | None, n: int) -> tuple[Fraction, Fraction]:
        """
        Return the means of the respondents' bounds, widened so that they hold the score of *n*.

        The score leaves out what has too few answers, and the respondents who have no
        score; the bounds take in everybody who was asked anything.  Where the score, or all
        that was answered, is of one to four of more people, nothing but the scale is told.
        """
        unit, _, _, lowest, highest, asked, valued, _ = column
        if score is None and any(map(self.is_of_few, (n, len(valued) - valued.count(0)))):
            return _NONE, _ALL
        if asked == valued and score is not None:
            return score, score  # nothing is missing
        low, high = (self.mean(values, asked, unit) for values in (lowest, highest))
        if low is None or high is None:
            return _NONE, _ALL
        return (low, high) if score is None else (min(low, score), max(high, score))

    def _level(self, score: Fraction | None, stages: Sequence[tuple[int, Column]]) -> int | None:
        """Return the highest level that is reached; no score, no level."""
        if score is None:
            return None
        if not self.wave.questionnaire.staged:
            return self.band(score)
        return self.stage(
            (level, self.mean(column.scores, column.scored, column.unit))
            for level, column in stages
            if any(column.applicable)
        )

    def band(self, score: Fraction) -> int:
        """Return the highest level whose lower border *score* reaches."""
        above, below = score.as_integer_ratio()
        return sum([start * below <= above * unit for start, unit in self.starts])

    def stage(self, means: Iterable[tuple[int, Fraction | None]]) -> int:
        """
        Return the staged level that the *means* of the questions of each level reach.

        Level after level, as long as its questions average the pass mark.  A level of
        which nothing was asked, or to nobody, stands in no one's way and is not reached
        by itself; level 1 needs nothing.
        """
        reached = 1
        for level, mean in means:
            if mean is None or mean < self.wave.questionnaire.staged_pass:
                break
            reached = level
        return reached


def whole(wave: Wave, respondents: Sequence[Respondent], *, balanced: bool) -> Combiner:
    """Return what puts all *respondents* of a wave together; they are in :func:`order`."""
    if not balanced:
        return Combiner(wave, [("", 0, len(respondents))], {"": _population(wave)})
    stretches, start = [], 0
    roles = Counter(map(_role, respondents))
    for role in sorted(roles):
        stretches.append((role, start, start + roles[role]))
        start += roles[role]
    return Combiner(wave, stretches, {role: wave.population.get(role) for role in roles})


def group(wave: Wave, n: int, population: int | None = None) -> Combiner:
    """Return what pools a group of *n* people out of *population*."""
    return Combiner(wave, [("", 0, n)], {"": population})


def order(wave: Wave) -> list[Respondent]:
    """Return the respondents by role, as columns have them."""
    return sorted(wave.respondents, key=_role)


def _role(respondent: Respondent) -> str:
    return respondent.role or ""


def _is_rough(column: Column, totals: Sequence[tuple[int, int]]) -> bool:
    """Tell whether the scores pile up at an end, all people of all roles together."""
    unit, scores, *_ = column
    n = sum([n for _, n in totals])
    everybody = Sample(n, sum([total for total, _ in totals]), 0, unit)
    at_bottom = n - (len(scores) - scores.count(0))
    return interval.is_rough(everybody, at_bottom, scores.count(unit))


@lru_cache(maxsize=4096)
def _share(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if part != whole else _ALL


def _population(wave: Wave) -> int | None:
    """Return N when it is known for everybody who answered."""
    roles = {respondent.role for respondent in wave.respondents}
    if "all" not in wave.population and not roles <= wave.population.keys():
        return None
    return sum(wave.population.values())
