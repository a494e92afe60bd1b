"""What one person's anchor of a question is worth in a score: how much a gain may tell of few."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING

from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.reading.scale import worths
from cx_maturity.score import scored

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cx_maturity.model import Wave
    from cx_maturity.scoring.plan import Group


class Worths:
    """The worth of single anchors in the scores of one wave."""

    def __init__(self, wave: Wave) -> None:
        """Score *wave* once for all that is asked of it."""
        self.made = scored(wave)
        self.groups = {group.id: group for group in self.made.plan.groups}
        self.given: dict[str, Sequence[int]] = {
            **{measure: column.scored for measure, column in self.made.columns.by_id.items()},
            **{asked: found.column.scored for asked, found in self.made.answers.items()},
        }

    def of(self, capability: str, question: str) -> tuple[Fraction, Fraction]:
        """Return the worth of an anchor in the overall and in its capability, 0-1, at most."""
        holding = [g.id for g in self.groups.values() if any(p.id == capability for p in g.parts)]
        within = [capability]
        whole = [OVERALL, *(name for name in holding if name != OVERALL), *within]
        return self._worth(whole, question), self._worth(within, question)

    def _worth(self, measures: Sequence[str], name: str) -> Fraction:
        """
        Return what an anchor is worth in the first of *measures*.

        Each of these holds the next, and the last the question.  Of somebody who left much open,
        what is there counts for more.
        """
        made, given = self.made, self.given
        steps = zip(measures, [*measures[1:], name], strict=True)
        way = [(self.groups[own], part) for own, part in steps]
        rows = zip(given[name], *(given[measure] for measure in measures), strict=True)
        counts = list(map(all, rows))
        there = [_weights_there(group, given) for group, _ in way]
        parts_of = list(map(prod, zip(*there, strict=True)))
        sizes, least = [], []
        for _, start, end in made.combiner.stretches:
            if n := sum(map(bool, given[measures[0]][start:end])):
                sizes.append(n)
                least += [n * parts_of[place] for place in range(start, end) if counts[place]]
        question = next(question for question in made.plan.questions if question.id == name)
        weight = prod(_weight(group, part) for group, part in way)
        if not least:
            return Fraction(0)
        return Fraction(weight, min(least) * len(sizes) * (worths(question.scale) - 1))


def _weights_there(group: Group, given: Mapping[str, Sequence[int]]) -> list[int]:
    """Return by person how much weight of a group's parts has a score."""
    parts = [(one.weight, given[one.id]) for one in group.parts or group.questions]
    return [
        sum(weight for (weight, _), is_there in zip(parts, row, strict=True) if is_there)
        for row in zip(*(column for _, column in parts), strict=True)
    ]


def _weight(group: Group, part: str) -> int:
    return next(one.weight for one in group.parts or group.questions if one.id == part)
