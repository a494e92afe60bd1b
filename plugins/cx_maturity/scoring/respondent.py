"""
Score respondents one by one, exactly.

Scores are whole numbers in parts of a unit that everybody shares, so that no
order of adding up can move a score across the border of a level.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from operator import itemgetter, mul
from typing import TYPE_CHECKING, NamedTuple

from cx_maturity.model import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cx_maturity.model import Answer, Question, Respondent
    from cx_maturity.scoring.plan import Group, Plan

# What stands for an answer that is no value.
_UNANSWERED, _UNSURE, _NOT_APPLICABLE = -1, -2, -3

# One respondent's line of a column: score, whether there is one, lowest, highest, and the weight
# of the questions that apply, have a value, are unsure.
_Line = tuple[int, int, int, int, int, int, int]
# What the lines of the parts add up to: score, whether there is one and what to divide it by,
# lowest and highest and what to divide them by, and the three weights.
_Sums = tuple[int, int, int, int, int, int, int, int, int]

_NOTHING: _Sums = (0, 0, 1, 0, 0, 1, 0, 0, 0)


class Column(NamedTuple):
    """
    One measure of every respondent; scores and bounds in parts of *unit*.

    Nothing is None: who has no score has 0 there and in *scored*, and who was asked
    nothing that applies has 0 everywhere.
    """

    unit: int
    scores: Sequence[int]
    scored: Sequence[int]  # 1: there is a score
    lowest: Sequence[int]
    highest: Sequence[int]
    applicable: Sequence[int]  # this and the next two: weights of questions
    valued: Sequence[int]
    unsure: Sequence[int]


class Columns(NamedTuple):
    """The columns of every measure, and for each its staged levels, lowest first."""

    by_id: Mapping[str, Column]
    stages: Mapping[str, Sequence[tuple[int, Column]]]


@dataclass(frozen=True, slots=True)
class Given:
    """The answers to one question: *values* in parts of *unit*, below 0 for what is none."""

    unit: int
    values: Sequence[int]
    counts: Sequence[tuple[Answer, int]]  # every different answer, and how many gave it
    column: Column


def given(question: Question, respondents: Sequence[Respondent]) -> Given:
    """Collect what the *respondents* answered, in their order."""
    answers = [respondent.answers.get(question.id) for respondent in respondents]
    # Respondents share the few answers that there are; each is looked at once.
    keys = list(map(id, answers))
    different = dict(zip(keys, answers, strict=True))
    shares = [answer.share for answer in different.values() if answer and answer.share is not None]
    unit = math.lcm(*[share.denominator for share in shares])
    known = {key: _value(answer, unit) for key, answer in different.items()}
    values = list(map(known.__getitem__, keys))
    lines = {value: _line(question.weight, value, unit) for value in known.values()}
    column = _from_lines(unit, list(map(lines.__getitem__, values)))
    numbers = Counter(keys)
    counts = [(answer, numbers[key]) for key, answer in different.items() if answer]
    return Given(unit, values, counts, column)


def columns(
    asked: Plan,
    answers: Mapping[str, Given],
    *,
    is_minimum: bool,
    known: Mapping[str, Column] | None = None,
) -> Columns:
    """
    Score everything that is *asked*; a staged level is the mean of its questions.

    What is *known* already is not scored again.
    """
    found: dict[str, Column] = {**known} if known else {}
    Scorer(answers, is_minimum=is_minimum).group(asked.overall, found)
    stages: dict[str, list[tuple[int, Column]]] = {}
    for level, overall in asked.stages:
        means: dict[str, Column] = {}
        Scorer(answers).group(overall, means)
        for name, column in means.items():
            stages.setdefault(name, []).append((level, column))
    return Columns({group.id: found[group.id] for group in asked.groups}, stages)


def taken(column: Column, places: Sequence[int]) -> Column:
    """Return the lines of a column at two *places* or more."""
    some = itemgetter(*places)
    return Column(column.unit, *map(some, column[1:]))


def _value(answer: Answer | None, unit: int) -> int:
    if answer is None:
        return _UNANSWERED
    if answer.share is not None:
        return answer.share.numerator * (unit // answer.share.denominator)
    return _UNSURE if answer.state is State.UNSURE else _NOT_APPLICABLE


def _line(weight: int, value: int, unit: int) -> _Line:
    """Return what one answer puts into a column."""
    if value >= 0:
        return value, 1, value, value, weight, weight, 0
    if value == _NOT_APPLICABLE:
        return 0, 0, 0, 0, 0, 0, 0
    return 0, 0, 0, unit, weight, 0, weight if value == _UNSURE else 0


class Scorer:
    """Scores group after group for all respondents of a wave."""

    def __init__(self, answers: Mapping[str, Given], *, is_minimum: bool = False) -> None:
        """Score *answers* by question; *is_minimum*: a group is as good as its lowest part."""
        self.answers = answers
        self.add_up = _least if is_minimum else _weighted
        # Equal answers under equal weights add up alike, in whichever capability.
        self.known: dict[object, dict[tuple[int, ...], _Sums]] = {}

    def group(self, group: Group, into: dict[str, Column]) -> Column:
        """Score *group* and all below it, unless *into* has it, where each one's column goes."""
        if group.id in into:
            return into[group.id]
        if group.questions:
            column = self.questions(group)
        else:
            column = self.parts(group, [self.group(part, into) for part in group.parts])
        into[group.id] = column
        return column

    def questions(self, group: Group) -> Column:
        """Score a group that holds questions; equal answers are scored once."""
        asked = [self.answers[question.id] for question in group.questions]
        if len(asked) == 1:
            return asked[0].column
        weights = tuple([question.weight for question in group.questions])
        units = tuple([answers.unit for answers in asked])
        unit = math.lcm(*units)
        rows = list(zip(*[answers.values for answers in asked], strict=True))
        different = list(dict.fromkeys(rows))
        known = self.known.setdefault((group.needed, weights, units), {})
        for row in different:
            if row not in known:
                fine = [
                    value * (unit // own) if value > 0 else value
                    for value, own in zip(row, units, strict=True)
                ]
                lines = map(_line, weights, fine, [unit] * len(fine))
                known[row] = self.add_up(group.needed, weights, list(lines))
        column = _divided(unit, [known[row] for row in different])
        if len(different) == len(rows):
            return column
        unit, *columns = column
        line_of = dict(zip(different, zip(*columns, strict=True), strict=True))
        return _from_lines(unit, list(map(line_of.__getitem__, rows)))

    def parts(self, group: Group, columns: Sequence[Column]) -> Column:
        """Score a group that holds groups, whose *columns* are given."""
        weights = tuple([part.weight for part in group.parts])
        unit = math.lcm(*[column.unit for column in columns])
        parts = [_lines(column, unit // column.unit) for column in columns]
        add_up, needed = self.add_up, group.needed
        return _divided(unit, [add_up(needed, weights, row) for row in zip(*parts, strict=True)])


def _weighted(needed: tuple[int, int], weights: Sequence[int], lines: Sequence[_Line]) -> _Sums:
    """Add up one respondent's lines of all parts, each times the part's weight."""
    weight = scored_weight = score = lowest = highest = applicable = valued = unsure = 0
    for part, (own, scored, low, high, a, v, u) in zip(weights, lines, strict=True):
        if a:
            weight += part
            lowest += part * low
            highest += part * high
            applicable += a
            valued += v
            unsure += u
            if scored:
                scored_weight += part
                score += part * own
    if not weight:
        return _NOTHING
    if not _is_enough(scored_weight, weight, needed):
        return 0, 0, 1, lowest, highest, weight, applicable, valued, unsure
    return score, 1, scored_weight, lowest, highest, weight, applicable, valued, unsure


def _least(needed: tuple[int, int], weights: Sequence[int], lines: Sequence[_Line]) -> _Sums:
    """Return the least of each; weights only decide whether enough was answered."""
    asked = [(weight, line) for weight, line in zip(weights, lines, strict=True) if line[4]]
    if not asked:
        return _NOTHING
    scored = [(weight, line) for weight, line in asked if line[1]]
    weight, scored_weight = (sum(weight for weight, _ in some) for some in (asked, scored))
    has_score = _is_enough(scored_weight, weight, needed)
    least = min(line[0] for _, line in scored) if has_score else 0
    lines = [line for _, line in asked]
    _, _, lowest, highest, applicable, valued, unsure = zip(*lines, strict=True)
    counts = sum(applicable), sum(valued), sum(unsure)
    return least, int(has_score), 1, min(lowest), min(highest), 1, *counts


def _is_enough(scored: int, weight: int, needed: tuple[int, int]) -> bool:
    return scored > 0 and scored * needed[1] >= needed[0] * weight


def _lines(column: Column, factor: int) -> Iterable[_Line]:
    """Yield the column's lines in a unit that is *factor* times as fine."""
    _, scores, scored, lowest, highest, applicable, valued, unsure = column
    if factor != 1:
        factors = [factor] * len(scores)
        scores, lowest = list(map(mul, scores, factors)), list(map(mul, lowest, factors))
        highest = list(map(mul, highest, factors))
    return zip(scores, scored, lowest, highest, applicable, valued, unsure, strict=True)


def _divided(unit: int, sums: Sequence[_Sums]) -> Column:
    """Divide all by their divisors, by making the unit as fine as they need together."""
    if not sums:
        return _from_lines(unit, [])
    scores, scored, divisors, lowest, highest, weights, *counts = zip(*sums, strict=True)
    fine = math.lcm(*{*divisors, *weights})
    if fine != 1:
        scores = tuple(map(mul, scores, [fine // divisor for divisor in divisors]))
        factors = [fine // weight for weight in weights]
        lowest, highest = tuple(map(mul, lowest, factors)), tuple(map(mul, highest, factors))
    return Column(unit * fine, scores, scored, lowest, highest, *counts)


def _from_lines(unit: int, lines: Sequence[_Line]) -> Column:
    return Column(unit, *(zip(*lines, strict=True) if lines else [()] * 7))
