"""
Score very many organisations at once, exactly as :mod:`~cx_maturity.score` scores one.

Respondent first, in whole numbers: a measure's scores are parts of one unit
that every division which its weights allow leaves whole.  Where no such unit is
small enough for a processor's numbers, as with weights that share few factors,
respondents are scored one by one by :mod:`~cx_maturity.scoring.respondent`:
some fifty times slower, and the same to the last digit.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from cx_maturity.disclosure import FEWEST
from cx_maturity.model import Answer, Respondent, State
from cx_maturity.pooling.cells import Member, whole_points
from cx_maturity.pooling.parquet import Rows, grown
from cx_maturity.reading.wave import ROLE_SIZE
from cx_maturity.scoring.plan import plan
from cx_maturity.scoring.respondent import Scorer, given

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from pyarrow.parquet import ParquetFile

    from cx_maturity.errors import Problems
    from cx_maturity.model import Questionnaire
    from cx_maturity.pooling.parquet import Batch, Coded
    from cx_maturity.scoring.plan import Group, Plan
    from cx_maturity.scoring.respondent import Column

    Numbers = NDArray[np.int64]

# What stands for a respondent's score that is none: too few answers, or nothing applies.
_NONE, _NOT_APPLICABLE = -1, -2
# The finest unit: a batch's sums are below 2**53, where doubles are whole numbers still, and a
# file's below 2**63.
FINEST = 1 << 36
# Answers to the questions of one group, taken together, that a table is made for.
_TABLE = 1 << 16
# How many organisations are finished at a time.
_CHUNK = 4096
# A double says which whole number a score rounds to unless it lies this close to a half.
_CLOSE = 1e-6


class Scored(NamedTuple):
    """
    The organisations of a file that consented and have a score.

    *respondents* are those of all that consented, of which some are *without_score*; *left_out*
    did not consent.
    """

    members: tuple[Member, ...]
    respondents: int
    without_score: int
    left_out: int


def scored(  # noqa: PLR0913 - a file, what it answers, and whom to tell
    file: ParquetFile,
    path: Path,
    questionnaire: Questionnaire,
    subset: str,
    problems: Problems,
    *,
    also: Callable[[Batch], None] | None = None,
) -> Scored | None:
    """
    Score the organisations of *file*; None when something is wrong, said in *problems*.

    *also* is given every batch on the way.
    """
    before = problems.count()
    tally = Tally(file, path, questionnaire, subset, problems)
    for batch in tally.rows.batches():
        tally.add(batch)
        if also:
            also(batch)
    if problems.count() > before:
        return None
    consented = int(tally.rows.consented.sum())
    left_out = len(tally.rows.organisations) - consented
    members = tuple(member for member in tally.members() if member.points)
    return Scored(members, tally.rows.respondents, consented - len(members), left_out)


class Tally:
    """
    The exact sums of every measure by organisation and role.

    *people*, *totals* and *counts* have a row for each role of each organisation, those of one
    organisation together; *totals* are in parts of the way's unit, by measure like *counts*.
    """

    def __init__(
        self,
        file: ParquetFile,
        path: Path,
        questionnaire: Questionnaire,
        subset: str,
        problems: Problems,
    ) -> None:
        """Make ready to read *file*, whose rows answered a *subset* of *questionnaire*."""
        asked = plan(questionnaire, questionnaire.subset(subset).questions)
        self.measures = [group.id for group in asked.groups]
        self.rows = Rows(file, path, questionnaire, asked.questions, problems)
        self.way = _way(asked, self.rows.answers, is_minimum=questionnaire.aggregate == "minimum")
        # One for each role, and one for those who have none.
        self.places = len(self.rows.roles) + 1
        self.people = np.zeros(0, np.int64)
        self.totals: NDArray[Any] = np.zeros((0, len(self.measures)), self.way.kind)
        self.counts = np.zeros((0, len(self.measures)), np.int32)

    def add(self, batch: Batch) -> None:
        """Add some respondents."""
        rows, whose = np.unique(
            batch.organisations * self.places + batch.roles, return_inverse=True
        )
        size = (int(rows[-1]) // self.places + 1) * self.places
        self.people, self.totals, self.counts = (
            grown(array, size, 0) for array in (self.people, self.totals, self.counts)
        )
        totals, counts = self.way.sums(batch, whose, len(rows))
        self.people[rows] += np.bincount(whose)
        self.totals[rows] += totals
        self.counts[rows] += counts

    def share(self, organisation: int, measure: int) -> Fraction | None:
        """Return an exact score, 0-1; both are places in their lists."""
        own = slice(organisation * self.places, (organisation + 1) * self.places)
        people, counts = self.people[own], self.counts[own, measure]
        totals = self.totals[own, measure]
        if not _is_shown(people.sum(), counts.sum()):
            return None
        pairs = [(Fraction(t), int(n)) for t, n in zip(totals, counts, strict=True) if n]
        if not _is_balanced(people):
            pairs = [(sum((t for t, _ in pairs), Fraction(0)), sum(n for _, n in pairs))]
        return sum((t / n for t, n in pairs), Fraction(0)) / (len(pairs) * self.way.unit)

    def members(self) -> Iterator[Member]:
        """Yield the organisations that consented, in the order in which they appear."""
        consented = np.flatnonzero(self.rows.consented)
        names, industries = self.rows.organisations, self.rows.industries
        countries = self.rows.countries
        for start in range(0, len(consented), _CHUNK):
            chunk = consented[start : start + _CHUNK]
            points = self._points(chunk)
            for number, own in zip(chunk.tolist(), points.tolist(), strict=True):
                found = {m: p for m, p in zip(self.measures, own, strict=True) if p >= 0}
                yield Member(names[number], industries[number], countries[number], found)

    def _points(self, organisations: Numbers) -> Numbers:
        """Return whole points by organisation and measure, -1 where there is no score."""
        rows = organisations[:, None] * self.places + np.arange(self.places)
        people, counts = self.people[rows], self.counts[rows]
        totals = self.totals[rows].astype(float)
        balanced = np.array([_is_balanced(own) for own in people])[:, None]
        n = counts.sum(axis=1)
        with np.errstate(invalid="ignore"):  # nobody has a score: 0 / 0 is put right below
            pooled = totals.sum(axis=1) / n
            present = (counts > 0).sum(axis=1)
            by_role = (totals / np.maximum(counts, 1)).sum(axis=1) / present
        near = np.where(balanced, by_role, pooled) * (100 / self.way.unit) + 0.5
        near[~_is_shown(people.sum(axis=1)[:, None], n)] = _NONE + 0.5
        points: Numbers = np.floor(near).astype(np.int64)
        for row, measure in np.argwhere(abs(near - np.rint(near)) < _CLOSE).tolist():
            share = self.share(int(organisations[row]), measure)
            points[row, measure] = whole_points(share) if share is not None else _NONE
        return points


def _is_shown(people: Any, scored: Any) -> Any:  # noqa: ANN401 - a number, or an array of them
    """Tell whether a score is there that is not of one to four of more people."""
    return (scored >= FEWEST) | ((scored > 0) & (people < FEWEST))


def _is_balanced(people: Numbers) -> bool:
    """Tell whether roles count alike, from the *people* by role, last those who have none."""
    # Of one role alone it makes no difference.
    return not people[-1] and bool((people[people > 0] >= ROLE_SIZE).all())


# --- scoring a batch -----------------------------------------------------------


def _way(asked: Plan, answers: Sequence[Coded], *, is_minimum: bool) -> _Whole | _OneByOne:
    try:
        return _Whole(asked, answers, is_minimum=is_minimum)
    except OverflowError:
        return _OneByOne(asked, answers, is_minimum=is_minimum)


class _Group:
    """Puts one group together from its parts, for many respondents at once."""

    def __init__(
        self,
        group: Group,
        weights: Sequence[int],
        units: Sequence[int],
        *,
        is_minimum: bool,
    ) -> None:
        """Take the *weights* and *units* of the parts; OverflowError when no unit can do."""
        self.needed = group.needed
        # What all weights have in common changes no mean and no share of them.
        common = math.gcd(*weights)
        self.weights = [weight // common for weight in weights]
        self.is_minimum = is_minimum
        divisors = {1} if is_minimum else _sums(self.weights)
        unit, fine = math.lcm(*units), math.lcm(*divisors)
        self.unit = unit * fine
        if self.unit > FINEST:
            raise OverflowError
        self.factors = [unit // own for own in units]
        self.quotients = np.zeros(sum(self.weights) + 1, np.int64)
        for divisor in divisors:
            self.quotients[divisor] = fine // divisor

    def scores(self, parts: Sequence[Numbers]) -> Numbers:
        """Return the scores in parts of :attr:`unit`, given those of the *parts*."""
        size = len(parts[0])
        weight, scored_weight = np.zeros((2, size), np.int64)
        score = np.full(size, self.unit if self.is_minimum else 0)
        for part, own, factor in zip(parts, self.weights, self.factors, strict=True):
            has_score = part >= 0
            weight += own * (part != _NOT_APPLICABLE)
            scored_weight += own * has_score
            if self.is_minimum:
                np.minimum(score, part * factor, out=score, where=has_score)
            else:
                score += np.maximum(part, 0) * (own * factor)
        if not self.is_minimum:
            score *= self.quotients[scored_weight]
        above, below = self.needed
        enough = (scored_weight > 0) & (scored_weight * below >= above * weight)
        return np.where(enough, score, np.where(weight > 0, _NONE, _NOT_APPLICABLE))


def _sums(weights: Sequence[int]) -> set[int]:
    """Return all sums of some of the *weights*; OverflowError when no unit suits them all."""
    found = {0}
    for weight in weights:
        found |= {weight + other for other in found}
        if math.lcm(*(found - {0})) > FINEST:
            raise OverflowError
    return found - {0}


class _Whole:
    """Scores all respondents of a batch at once, in whole parts of *unit*."""

    kind = np.int64

    def __init__(self, asked: Plan, answers: Sequence[Coded], *, is_minimum: bool) -> None:
        """Find a unit for every group; OverflowError when one would be too fine."""
        self.asked = asked
        self.answers = {column.question.id: column for column in answers}
        self.is_minimum = is_minimum
        self.groups: dict[str, _Group] = {}
        self.tables: dict[str, Numbers] = {}
        self.values = {name: _values(column) for name, column in self.answers.items()}
        self._prepare(asked.overall)
        self.unit = math.lcm(*[group.unit for group in self.groups.values()])
        if self.unit > FINEST:
            raise OverflowError

    def _prepare(self, group: Group) -> int:
        """Get ready for a group and all below it, and return its unit."""
        if group.questions:
            weights = [question.weight for question in group.questions]
            units = [_unit(self.answers[question.id]) for question in group.questions]
        else:
            weights = [part.weight for part in group.parts]
            units = [self._prepare(part) for part in group.parts]
        made = self.groups[group.id] = _Group(group, weights, units, is_minimum=self.is_minimum)
        sizes = [self.answers[question.id].size for question in group.questions]
        if sizes and math.prod(sizes) <= _TABLE:
            every = np.indices(sizes).reshape(len(sizes), -1)
            names = [question.id for question in group.questions]
            parts = [self.values[name][own] for name, own in zip(names, every, strict=True)]
            self.tables[group.id] = made.scores(parts)
        return made.unit

    def sums(self, batch: Batch, whose: Numbers, size: int) -> tuple[NDArray[Any], Numbers]:
        """
        Return the sum of the scores, and how many have one, by measure.

        *whose* tells for each respondent which of *size* rows they belong to.
        """
        found: dict[str, Numbers] = {}
        self._score(self.asked.overall, batch, found)
        totals = np.empty((size, len(self.groups)), np.int64)
        counts = np.empty((size, len(self.groups)), np.int64)
        for place, group in enumerate(self.asked.groups):
            scores = found[group.id]
            factor = self.unit // self.groups[group.id].unit
            own = np.bincount(whose, np.maximum(scores, 0), size).astype(np.int64)
            totals[:, place] = own * factor
            counts[:, place] = np.bincount(whose, scores >= 0, size)
        return totals, counts

    def _score(self, group: Group, batch: Batch, into: dict[str, Numbers]) -> Numbers:
        if group.id in self.tables:
            columns = [batch.answers[question.id] for question in group.questions]
            sizes = [self.answers[question.id].size for question in group.questions]
            pairs = zip(columns[1:], sizes[1:], strict=True)
            place = reduce(lambda found, pair: found * pair[1] + pair[0], pairs, columns[0])
            found = self.tables[group.id][place]
        elif group.questions:
            names = [question.id for question in group.questions]
            parts = [self.values[name][batch.answers[name]] for name in names]
            found = self.groups[group.id].scores(parts)
        else:
            parts = [self._score(part, batch, into) for part in group.parts]
            found = self.groups[group.id].scores(parts)
        into[group.id] = found
        return found


def _unit(column: Coded) -> int:
    return math.lcm(*[share.denominator for share in column.shares])


def _values(column: Coded) -> Numbers:
    """Return what each number of an answer is worth, in parts of the question's unit."""
    unit = _unit(column)
    if unit > FINEST:
        raise OverflowError
    values = [int(share * unit) for share in column.shares]
    return np.array([*values, _NONE, _NOT_APPLICABLE])


class _OneByOne:
    """Scores respondents as :mod:`~cx_maturity.score` does, in fractions of any size."""

    unit = 1
    kind = object

    def __init__(self, asked: Plan, answers: Sequence[Coded], *, is_minimum: bool) -> None:
        """Make an answer for each number that stands for one."""
        self.asked = asked
        self.is_minimum = is_minimum
        self.known: dict[str, list[Answer | None]] = {
            column.question.id: [
                *(Answer(State.VALUE, share=share) for share in column.shares),
                None,
                Answer(State.NOT_APPLICABLE),
            ]
            for column in answers
        }

    def sums(self, batch: Batch, whose: Numbers, size: int) -> tuple[NDArray[Any], Numbers]:
        """Return the same as :meth:`_Whole.sums`."""
        people = [Respondent(answers) for answers in self._answers(batch)]
        answers = {question.id: given(question, people) for question in self.asked.questions}
        columns: dict[str, Column] = {}
        Scorer(answers, is_minimum=self.is_minimum).group(self.asked.overall, columns)
        totals = np.zeros((size, len(columns)), object)
        counts = np.zeros((size, len(columns)), np.int64)
        for place, group in enumerate(self.asked.groups):
            column = columns[group.id]
            np.add.at(totals[:, place], whose, np.array(column.scores, object))
            totals[:, place] *= Fraction(1, column.unit)
            np.add.at(counts[:, place], whose, column.scored)
        return totals, counts

    def _answers(self, batch: Batch) -> Iterator[dict[str, Answer]]:
        rows = zip(*[batch.answers[name].tolist() for name in self.known], strict=True)
        known = list(self.known.items())
        for row in rows:
            pairs = ((name, own[number]) for (name, own), number in zip(known, row, strict=True))
            yield {name: answer for name, answer in pairs if answer}
