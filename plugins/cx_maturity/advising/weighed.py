"""
What every answer counts for in a mean, by the rules that score.

Whoever has an answer keeps it when it is raised, and who has none gets none: each answer's share
of a mean is fixed, and so is what a mean gains.
"""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from cx_maturity.model import Choice, Numeric, Points

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cx_maturity.model import Question, Scale
    from cx_maturity.scoring.combine import Combiner
    from cx_maturity.scoring.plan import Group
    from cx_maturity.scoring.respondent import Given

# What somebody has of a question or a group: nothing that applies, no score, a score.
_NOTHING, _NO_SCORE, _SCORE = 0, 1, 2


class Counts(NamedTuple):
    """
    What one question's answers count for in a mean: ``people[value] · above / below`` each.

    Values, and the sum of values that are weighted so, are in parts of *unit*.
    """

    people: Mapping[int, int]
    above: int
    below: int
    unit: int

    def total(self, fine: int) -> int:
        """Return what the question puts into the mean, in parts of *fine*."""
        return self._share(sum([value * n for value, n in self.people.items()]), fine)

    def raised(self, end: Fraction) -> Fraction:
        """Return what the question puts into the mean once everybody below is at *end*."""
        unit = self.below * self.unit
        (gain,) = self.gains([end], unit)
        return Fraction(self.total(unit) + gain, unit)

    def gains(self, ends: Iterable[Fraction], fine: int) -> tuple[int, ...]:
        """Return what the mean gains when everybody below gets to each of the *ends* in turn."""
        found, start = [], 0
        for share in ends:
            end = share.numerator * (self.unit // share.denominator)
            below = [(value, n) for value, n in self.people.items() if value < end]
            rise = sum([n * (end - max(value, start)) for value, n in below])
            found.append(self._share(rise, fine))
            start = end
        return tuple(found)

    def _share(self, amount: int, fine: int) -> int:
        return amount * self.above * (fine // (self.below * self.unit))


class Weighed:
    """Tells what answers count for in the means of one tree of groups."""

    def __init__(self, answers: Mapping[str, Given], combiner: Combiner) -> None:
        """Weigh *answers* by question as *combiner* puts people together."""
        self.answers = answers
        self.combiner = combiner
        self.known: dict[str, list[int]] = {}
        self.found: dict[str, Counts] = {}

    def states(self, group: Group) -> list[int]:
        """Return what each person has of *group*, by the rules of scoring."""
        if group.id not in self.known:
            weights = [part.weight for part in group.parts or group.questions]
            above, below = group.needed
            states = {}
            rows = list(zip(*self._of_parts(group), strict=True))
            for row in {*rows}:
                some = sum(w for w, state in zip(weights, row, strict=True) if state)
                scored = sum(w for w, state in zip(weights, row, strict=True) if state == _SCORE)
                enough = scored and scored * below >= above * some
                states[row] = (_SCORE if enough else _NO_SCORE) if some else _NOTHING
            self.known[group.id] = [states[row] for row in rows]
        return self.known[group.id]

    def _of_parts(self, group: Group) -> list[list[int]]:
        if group.parts:
            return [self.states(part) for part in group.parts]
        return [_states(self.answers[question.id]) for question in group.questions]

    def counts(self, group: Group) -> dict[str, Counts]:
        """Return what the answers to each question count for in the mean of *group*."""
        flags = [state == _SCORE for state in self.states(group)]
        stretches = [(start, end) for _, start, end in self.combiner.stretches]
        numbers = [sum(flags[start:end]) for start, end in stretches]
        common = math.lcm(*[n for n in numbers if n])
        people: list[int] = []
        for (start, end), n in zip(stretches, numbers, strict=True):
            people += [flag * (common // (n or 1)) for flag in flags[start:end]]
        self.found = {}
        if any(numbers):
            self._walk(group, people, 1, common * sum(map(bool, numbers)))
        return self.found

    def _walk(self, group: Group, people: Sequence[int], above: int, below: int) -> None:
        """Hand what each person's score of *group* counts for on to the parts of the group."""
        rows = [
            tuple([state == _SCORE for state in row]) if n else ()
            for n, row in zip(people, zip(*self._of_parts(group), strict=True), strict=True)
        ]
        parts = [(part.id, part.weight) for part in group.parts or group.questions]
        whole_of = {
            row: sum([weight for (_, weight), flag in zip(parts, row, strict=True) if flag])
            for row in {*rows}
            if row
        }
        common = math.lcm(*whole_of.values())
        for place, (part, weight) in enumerate(parts):
            its = people
            if len(whole_of) > 1 or 0 in people:
                its = [
                    n * common // whole_of[row] if n and row[place] else 0
                    for n, row in zip(people, rows, strict=True)
                ]
            elif not rows[0][place]:
                continue
            if not any(its):
                continue
            if group.parts:
                self._walk(group.parts[place], its, above * weight, below * common)
            else:
                its_count = self._count(group.questions[place], its, above * weight, below * common)
                self.found[part] = its_count

    def _count(self, question: Question, people: Sequence[int], above: int, below: int) -> Counts:
        answered = self.answers[question.id]
        fine = math.lcm(answered.unit, _parts_of(question.scale))
        factor = fine // answered.unit
        counted: Counter[int] = Counter()
        for value, n in zip(answered.values, people, strict=True):
            if n:
                counted[value * factor] += n
        return Counts(counted, above, below, fine)


def _states(answered: Given) -> list[int]:
    """Return what each person has of one question."""
    column = answered.column
    return [
        _SCORE if scored else _NO_SCORE if weight else _NOTHING
        for scored, weight in zip(column.scored, column.applicable, strict=True)
    ]


def _parts_of(scale: Scale) -> int:
    """Return into how many equal parts the places of a scale's answers can be cut."""
    match scale.kind:
        case Points(low, high):
            return high - low
        case Choice(options):
            values = [option.value for option in options]
            return max(values) - min(values)
        case Numeric(cuts):
            return len(cuts)
