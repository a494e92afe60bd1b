"""
Score one wave, exactly.

Respondent first: every respondent gets every measure, and the organisation's
measure is the mean over those who have it.  A plain answers file is a wave with
one respondent.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from operator import mul
from typing import TYPE_CHECKING

from cx_maturity.model import State
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.reading.wave import is_balanced
from cx_maturity.results import QuestionResult, Scorecard
from cx_maturity.scoring.combine import Combiner
from cx_maturity.scoring.plan import plan
from cx_maturity.scoring.respondent import Column, Scorer, given

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from cx_maturity.model import Questionnaire, Wave
    from cx_maturity.results import Measure
    from cx_maturity.scoring.plan import Group, Plan
    from cx_maturity.scoring.respondent import Given


def scorecard(wave: Wave) -> Scorecard:
    """Score *wave*: every measure, every question, and what holds the level."""
    questionnaire = wave.questionnaire
    asked = plan(questionnaire, wave.subset)
    combiner = Combiner(wave, balanced=is_balanced(wave.respondents, wave.combine))
    answers = {found.id: given(found, combiner.respondents) for found in asked.questions}
    scorer = Scorer(answers, is_minimum=questionnaire.aggregate == "minimum")
    columns: dict[str, Column] = {}
    scorer.group(asked.overall, columns)
    stages = _stages(asked, answers)
    found = {
        group.id: combiner.measure(group.id, columns[group.id], stages.get(group.id, ()))
        for group in asked.groups
    }
    measures = {name: measure for name, (measure, _) in found.items()}
    overall, held_by = _gated(questionnaire, measures[OVERALL], asked.groups, measures)
    interval = found[OVERALL][1]
    below = [group for group in asked.groups if group is not asked.overall]
    return Scorecard(
        wave=wave,
        overall=overall,
        dimensions={group.id: measures[group.id] for group in below if not group.is_capability},
        capabilities={group.id: measures[group.id] for group in below if group.is_capability},
        aspects=_aspects(asked, scorer, combiner),
        questions={name: _question(name, given_, combiner) for name, given_ in answers.items()},
        held_by=held_by,
        combined="role-balanced" if combiner.balanced else "pooled",
        other_overall=_other_overall(combiner, columns[OVERALL]),
        roles=_role_counts(wave),
        degrees_of_freedom=interval.degrees if interval else None,
    )


def _stages(asked: Plan, answers: dict[str, Given]) -> dict[str, list[tuple[int, Column]]]:
    """Return, for each group, the mean of the questions of every staged level."""
    scorer = Scorer(answers)
    found: dict[str, list[tuple[int, Column]]] = {}
    for level, overall in asked.stages:
        columns: dict[str, Column] = {}
        scorer.group(overall, columns)
        for name, column in columns.items():
            found.setdefault(name, []).append((level, column))
    return found


def _gated(
    questionnaire: Questionnaire,
    overall: Measure,
    groups: Sequence[Group],
    measures: Mapping[str, Measure],
) -> tuple[Measure, tuple[str, ...]]:
    """Return the overall with its gated level, and the foundations that hold it."""
    foundations = [measures[g.id] for g in groups if g.foundation and measures[g.id].applicable]
    if questionnaire.gate is None or overall.level is None or not foundations:
        return overall, ()
    unknown = tuple(measure.id for measure in foundations if measure.level is None)
    if unknown:
        return replace(overall, gated_level=None), unknown
    lowest = min(measure.level or 0 for measure in foundations)
    gated = min(overall.level, lowest + questionnaire.gate)
    held_by = tuple(measure.id for measure in foundations if measure.level == lowest)
    return replace(overall, gated_level=gated), held_by if gated < overall.level else ()


def _other_overall(combiner: Combiner, column: Column) -> Fraction | None:
    """Return the overall by the other way; None when there are no roles to balance."""
    wave = combiner.wave
    roles = {respondent.role for respondent in wave.respondents}
    if not wave.is_panel or None in roles or len(roles) < 2:  # noqa: PLR2004 - one role balances nothing
        return None
    other = Combiner(wave, balanced=not combiner.balanced)
    return other.mean(column.scores, column.scored, column.unit)


def _role_counts(wave: Wave) -> dict[str, int]:
    counts = Counter(respondent.role for respondent in wave.respondents)
    return {role.id: counts[role.id] for role in wave.questionnaire.roles if counts[role.id]}


def _aspects(asked: Plan, scorer: Scorer, combiner: Combiner) -> dict[str, dict[str, Measure]]:
    """Return say and do of each capability, from the same people: those who answered both."""
    found = {}
    for say, do in asked.aspects:
        said, done = scorer.questions(say), scorer.questions(do)
        found[say.id] = {
            "say": combiner.measure(say.id, _where_both(said, done))[0],
            "do": combiner.measure(do.id, _where_both(done, said))[0],
        }
    return found


def _where_both(column: Column, other: Column) -> Column:
    """Leave out the scores of those who have none in the *other* column."""
    if 0 not in other.scored:
        return column
    scores, scored = (list(map(mul, own, other.scored)) for own in (column.scores, column.scored))
    return Column(column.unit, scores, scored, *column[3:])


def _question(question_id: str, found: Given, combiner: Combiner) -> QuestionResult:
    values = unsure = 0
    reasons: dict[str, int] = {}
    counts: dict[str, int] = {}
    for answer, number in found.counts:
        if answer.state is State.VALUE:
            values += number
            counts[answer.given] = counts.get(answer.given, 0) + number
        elif answer.state is State.UNSURE:
            unsure += number
        else:
            reason = answer.reason or ""
            reasons[reason] = reasons.get(reason, 0) + number
    only = found.counts[0][0] if found.counts and not combiner.wave.is_panel else None
    return QuestionResult(
        id=question_id,
        n=values,
        total=len(found.values),
        unsure=unsure,
        not_applicable=dict(sorted(reasons.items())),
        mean=combiner.mean(found.column.scores, found.column.scored, found.unit),
        counts=dict(sorted(counts.items())),
        evidence=only.evidence if only else None,
        given=only.given if only and only.state is State.VALUE else None,
        state=only.state if only else None,
    )
