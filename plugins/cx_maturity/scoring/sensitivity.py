"""What the overall would be with other weights: each in turn a fifth less, and a fifth more."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import compress
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.results import Sensitivity
from cx_maturity.scoring.respondent import Scorer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cx_maturity.model import Question
    from cx_maturity.scoring.combine import Combiner
    from cx_maturity.scoring.plan import Group, Plan
    from cx_maturity.scoring.respondent import Column, Columns, Given

# A fifth less and a fifth more, as fifths that are added to five.
_STEPS = (-1, 1)
_FIFTHS = 5
# Id of a part or question, whether it is a question (which may have a part's id), and the step
# of its weight.
_Key = tuple[str, bool, int]
# By how much the overall moves.
Moves = dict[_Key, Fraction]


class _Say(NamedTuple):
    """How much each person's score of a group counts in the overall: ``people · above / below``."""

    people: Sequence[int]
    above: int
    below: int


def sensitivity(
    asked: Plan, answers: Mapping[str, Given], scored: Columns, combiner: Combiner
) -> Sensitivity | None:
    """
    Change the weight of each dimension, capability and question, and combine anew.

    Respondents first, and combined as the wave combines.  What has a score keeps one, and
    what has none gets none: thresholds are not judged again.  The gate is left out.  None when
    there is no overall score, where the lowest part decides, whatever it weighs, and when no
    part has another beside it to be weighed against.
    """
    column = scored.by_id[OVERALL]
    score = combiner.mean(column.scores, column.scored, column.unit)
    if score is None or combiner.wave.questionnaire.aggregate == "minimum":
        return None
    moves = _moves(asked.overall, answers, scored.by_id, combiner)
    if not moves:
        return None
    lowest = min((move, key) for key, move in moves.items())
    highest = min((-move, key) for key, move in moves.items())
    if combiner.wave.questionnaire.staged:
        levels = _staged(asked, answers, moves, combiner)
    else:
        ends = {combiner.band(score + lowest[0]), combiner.band(score - highest[0])}
        # Every other move lies between the two.
        levels = ends if len(ends) == 1 else {combiner.band(score + m) for m in moves.values()}
    return Sensitivity(
        lowest=score + lowest[0],
        lowest_by=_factor(lowest[1]),
        highest=score - highest[0],
        highest_by=_factor(highest[1]),
        levels=tuple(sorted(levels)),
    )


def _factor(key: _Key) -> tuple[str, Fraction]:
    return key[0], Fraction(_FIFTHS + key[-1], _FIFTHS)


def _moves(
    overall: Group,
    answers: Mapping[str, Given],
    scored: Mapping[str, Column],
    combiner: Combiner,
) -> Moves:
    """Return by how much the mean of *overall* moves with each weight that can move it."""
    column = scored[overall.id]
    totals = combiner.totals(column.scores, column.scored)
    if not totals:
        return {}
    common = math.lcm(*[n for _, n in totals])
    people: list[int] = []
    for _, start, end in combiner.stretches:
        some = column.scored[start:end]
        people += [one * (common // (sum(some) or 1)) for one in some]
    moves: Moves = {}
    _walk(overall, _Say(people, 1, common * len(totals)), answers, scored, moves)
    return moves


def _walk(
    group: Group,
    say: _Say,
    answers: Mapping[str, Given],
    scored: Mapping[str, Column],
    moves: Moves,
) -> None:
    """
    Add the moves of the weights in *group* and below it.

    The mean of parts with the weights w and the scores s is T/W, T and W being the sums of w·s
    and of w.  With one w a fifth more (e = 1) or less (e = -1), it moves by
    e·w·(W·s - T) / (W·(5·W + e·w)): linear in the scores, so that all people who have a score
    for the same parts are added up first.
    """
    parts: Sequence[Group | Question] = group.parts or group.questions
    asked = [scored[p.id] for p in group.parts] or [answers[q.id].column for q in group.questions]
    weights = [part.weight for part in parts]
    unit = math.lcm(*[column.unit for column in asked])
    rows = list(zip(*[column.scored for column in asked], strict=True))
    patterns = {flags: sum(map(mul, weights, flags)) for flags in {*compress(rows, say.people)}}
    for flags, whole in patterns.items():
        if sum(flags) == 1:
            continue
        people = say.people
        if len(patterns) > 1:
            people = [one if row == flags else 0 for one, row in zip(people, rows, strict=True)]
        sums = [sum(map(mul, people, c.scores)) * (unit // c.unit) for c in asked]
        total = sum(map(mul, weights, sums))
        below = say.below * unit * whole
        for part, own, has_score in zip(parts, sums, flags, strict=True):
            if has_score:
                above = say.above * part.weight * (whole * own - total)
                for step in _STEPS:
                    move = Fraction(step * above, below * (_FIFTHS * whole + step * part.weight))
                    key = part.id, not group.parts, step
                    moves[key] = moves[key] + move if key in moves else move
    for place, part in enumerate(group.parts):
        if any(flags[place] for flags in patterns):
            its = _of_part(say, part.weight, place, patterns, rows)
            _walk(part, its, answers, scored, moves)


def _of_part(
    say: _Say,
    weight: int,
    place: int,
    patterns: Mapping[tuple[int, ...], int],
    rows: Sequence[tuple[int, ...]],
) -> _Say:
    """Return the say of each person's score of the part at *place* of a group."""
    common = math.lcm(*patterns.values())
    people = say.people
    if len(patterns) > 1:
        share = {flags: flags[place] * common // whole for flags, whole in patterns.items()}
        people = [one and one * share[row] for one, row in zip(people, rows, strict=True)]
    return _Say(people, say.above * weight, say.below * common)


def _staged(
    asked: Plan, answers: Mapping[str, Given], moves: Moves, combiner: Combiner
) -> set[int]:
    """Return the staged levels that come out, each stage being weighed anew as well."""
    stages = []
    for level, overall in asked.stages:
        scored: dict[str, Column] = {}
        column = Scorer(answers).group(overall, scored)
        if any(column.applicable):
            mean = combiner.mean(column.scores, column.scored, column.unit)
            stages.append((level, mean, _moves(overall, answers, scored, combiner)))
    return {
        combiner.stage(
            (level, None if mean is None else mean + moved.get(key, 0))
            for level, mean, moved in stages
        )
        for key in moves
    }
