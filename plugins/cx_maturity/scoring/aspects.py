"""What is said and what is done: both sides of each capability, and how far apart they are."""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from operator import mul, sub
from typing import TYPE_CHECKING

from cx_maturity.disclosure import is_of_few, tells_of_few
from cx_maturity.reading.scale import worths
from cx_maturity.results import Difference
from cx_maturity.scoring import interval
from cx_maturity.scoring.difference import paired
from cx_maturity.scoring.respondent import Column, Scorer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cx_maturity.results import Measure
    from cx_maturity.scoring.combine import Combiner
    from cx_maturity.scoring.plan import Group, Plan
    from cx_maturity.scoring.respondent import Given

Sides = tuple[Column, Column]


def columns(asked: Plan, answers: Mapping[str, Given], *, is_minimum: bool) -> dict[str, Sides]:
    """Return say and do of every group that asks both, of the people who answered both."""
    scorer = Scorer(answers, is_minimum=is_minimum)
    found = {}
    for name, (say, do) in asked.aspects.items():
        said, done = scorer.questions(say), scorer.questions(do)
        found[name] = where_both(said, done), where_both(done, said)
    return found


def measures(
    asked: Plan, sides: Mapping[str, Sides], combiner: Combiner
) -> dict[str, dict[str, Measure]]:
    """Return say and do of each capability, as measures of the same people."""
    return {
        group.id: {
            aspect: combiner.measure(group.id, column)
            for aspect, column in zip(("say", "do"), sides[group.id], strict=True)
        }
        for group in asked.groups
        if group.is_capability and group.id in sides
    }


def hidden(
    asked: Plan, answers: Mapping[str, Given], sides: Mapping[str, Sides]
) -> tuple[frozenset[str], frozenset[str]]:
    """
    Return the capabilities whose say and do, and the questions whose means, may not be shown.

    Say and do are of those who answered both; the questions' means are of all who answered,
    and the capability's of all who answered enough.  What is taken from each other must not be
    what one to four people answered: those who answered another share of the questions than all
    others.  Nor is a mean shown that one to four of more people gave.
    """
    capabilities: set[str] = set()
    questions: set[str] = set()
    for group in asked.groups:
        given = {q.id: [value >= 0 for value in answers[q.id].values] for q in group.questions}
        if not given:
            continue
        n = {name: sum(column) for name, column in given.items()}
        people = len(next(iter(given.values())))
        step = max(Fraction(100, worths(q.scale) - 1) for q in group.questions)
        weights = [q.weight for q in group.questions]
        # How many people answered so much of the weight.
        alike = Counter(sum(map(mul, weights, row)) for row in zip(*given.values(), strict=True))
        some = people - alike.pop(0, 0)
        if group.id in sides:
            both = sum(sides[group.id][0].scored)
            if tells_of_few(some - both, max(n.values()) + both, step):
                capabilities.add(group.id)
        added_up = len(n) * max(n.values()) + sum(n.values())
        if any(tells_of_few(some - same, added_up, step) for same in alike.values()):
            questions.update(given)
        questions.update(name for name, one in n.items() if is_of_few(one, people))
    return frozenset(capabilities), frozenset(questions)


def say_do(asked: Plan, sides: Mapping[str, Sides], combiner: Combiner) -> dict[str, Difference]:
    """
    Return what is done less what is said: of each capability, each dimension and the whole.

    A capability compares the people who answered all its questions of either aspect.  Above
    it, what is compared are each person's own two means, of say and of do, over the
    capabilities for which they have both, with the questionnaire's weights, first within a
    dimension and then over dimensions; no threshold applies, and "minimum" changes nothing.
    A measure for which nobody has both is not there.
    """
    if asked.say_do is None:
        return {}
    apart: dict[str, Column] = {}
    _apart(asked.say_do, sides, Scorer({}), apart)
    order = [group.id for group in asked.groups if group.id in apart]
    found = {name: difference(apart[name], combiner) for name in order}
    return {name: one for name, one in found.items() if one}


def where_both(column: Column, other: Column) -> Column:
    """Leave out the scores of those who have none in the *other* column."""
    if 0 not in other.scored:
        return column
    scores, scored = (list(map(mul, own, other.scored)) for own in (column.scores, column.scored))
    return Column(column.unit, scores, scored, *column[3:])


def _apart(
    group: Group, sides: Mapping[str, Sides], scorer: Scorer, into: dict[str, Column]
) -> Column:
    """Put do less say into a column, of *group* and of all below it."""
    if group.parts:
        parts = [_apart(part, sides, scorer, into) for part in group.parts]
        column = scorer.parts(group, parts)
    else:
        said, done = sides[group.id]
        column = less(done, said)
    into[group.id] = column
    return column


def less(first: Column, second: Column) -> Column:
    """Return the first column less the second, of the same people."""
    unit = math.lcm(first.unit, second.unit)
    more, fewer = ([v * (unit // c.unit) for v in c.scores] for c in (first, second))
    both, none = first.scored, [0] * len(more)
    return Column(unit, list(map(sub, more, fewer)), both, none, none, both, both, none)


def difference(column: Column, combiner: Combiner) -> Difference | None:
    """
    Return the mean of a column of differences, combined as the wave's measures are.

    None where nobody has one, or one to four of more people.
    """
    samples = combiner.samples(column)
    if not samples or combiner.is_of_few(sum(s.n for s in samples.values())):
        return None
    if not combiner.balanced:
        return paired(samples[""], combiner.populations[""])
    n = sum(s.n for s in samples.values())
    value = interval.mean([(s.total, s.n) for s in samples.values()], column.unit)
    found = combiner.interval(samples)
    if found is None:
        return Difference(value, (n, n), is_paired=True)
    low, high, degrees, error = found
    return Difference(
        value,
        (n, n),
        is_paired=True,
        interval=(max(-1.0, low), min(1.0, high)),
        degrees=degrees,
        p=interval.tail(float(value) / error, degrees) if error else float(not value),
    )
