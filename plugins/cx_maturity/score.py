"""
Score one wave, exactly.

Respondent first: every respondent gets every measure, and the organisation's
measure is the mean over those who have it.  A plain answers file is a wave with
one respondent.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.disclosure import FEWEST, shows_counts
from cx_maturity.model import State
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.reading.scale import worths
from cx_maturity.reading.wave import is_balanced
from cx_maturity.results import QuestionResult, Scorecard, Splits
from cx_maturity.scoring import aspects
from cx_maturity.scoring.agreement import agreement
from cx_maturity.scoring.combine import order, whole
from cx_maturity.scoring.perception import perception
from cx_maturity.scoring.plan import plan
from cx_maturity.scoring.respondent import columns, given
from cx_maturity.scoring.sensitivity import sensitivity
from cx_maturity.scoring.splits import Reasons, people, splits, spread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cx_maturity.model import Questionnaire, Wave
    from cx_maturity.results import Agreement, Measure
    from cx_maturity.scoring.combine import Combiner
    from cx_maturity.scoring.interval import Sample
    from cx_maturity.scoring.plan import Group
    from cx_maturity.scoring.respondent import Given


class Scored:
    """
    A wave's measures over some of its questions, and who stands behind each.

    Rows of its *columns* are in the order of *respondents*.
    """

    def __init__(self, wave: Wave, questions: frozenset[str], *, balanced: bool) -> None:
        """Score *wave* over those of the *questions* that it asks."""
        questionnaire = wave.questionnaire
        self.plan = plan(questionnaire, questionnaire.subset(wave.subset).questions & questions)
        self.respondents = order(wave)
        self.combiner = whole(wave, self.respondents, balanced=balanced)
        self.answers = {q.id: given(q, self.respondents) for q in self.plan.questions}
        self.is_minimum = questionnaire.aggregate == "minimum"
        self.columns = columns(self.plan, self.answers, is_minimum=self.is_minimum)
        found = {
            group.id: self.combiner.measure(
                group.id, self.columns.by_id[group.id], self.columns.stages.get(group.id, ())
            )
            for group in self.plan.groups
        }
        overall, self.held_by = _gated(questionnaire, self.plan.groups, found)
        self.measures: dict[str, Measure] = {**found, OVERALL: overall}

    def samples(self, measure: str) -> dict[str, Sample]:
        """Return the sums of the people's scores: by role when balanced, else under ""."""
        return self.combiner.samples(self.columns.by_id[measure])

    def populations(self, measure: str) -> list[int | None]:
        """Return the N of each of the :meth:`samples`, in their order."""
        return [self.combiner.populations.get(role) for role in self.samples(measure)]

    def by_respondent(self, measure: str) -> dict[str, Fraction]:
        """Return the score, 0-1, of everybody who has one and an id, by id."""
        column = self.columns.by_id[measure]
        rows = zip(self.respondents, column.scores, column.scored, strict=True)
        found = {
            respondent.id: Fraction(score, column.unit)
            for respondent, score, is_scored in rows
            if is_scored and respondent.id is not None
        }
        return dict(sorted(found.items()))


def scored(
    wave: Wave, questions: frozenset[str] | None = None, *, balanced: bool | None = None
) -> Scored:
    """
    Score *wave* over those of the *questions* that it asks; None: over all of them.

    *balanced* says whether roles count alike; None: as the wave itself has it.  A measure of
    which nothing is asked is not there.
    """
    if questions is None:
        questions = wave.questionnaire.subset(wave.subset).questions
    if balanced is None:
        balanced = is_balanced(wave.respondents, wave.combine)
    return Scored(wave, questions, balanced=balanced)


def measures(wave: Wave) -> dict[str, Measure]:
    """Return the overall, the dimensions and the capabilities of *wave*, and nothing else."""
    return scored(wave).measures


def scorecard(wave: Wave) -> Scorecard:
    """Score *wave*: every measure, every question, and what stands behind them."""
    found = scored(wave)
    combiner, asked = found.combiner, found.plan
    sides = aspects.columns(asked, found.answers, is_minimum=found.is_minimum)
    everybody = people(wave, found.respondents)
    reasons = Reasons(everybody)
    shown = splits(everybody, found.columns, reasons) if wave.is_panel else Splits()
    below = [group for group in asked.groups if group is not asked.overall]
    overall = found.measures[OVERALL]
    without: frozenset[str] = frozenset()
    secret = aspects.hidden(asked, found.answers, sides) if wave.is_panel else (without, without)
    shown_sides = {name: side for name, side in sides.items() if name not in secret[0]}
    apart = aspects.say_do(asked, sides, combiner)
    return Scorecard(
        wave=wave,
        overall=overall,
        dimensions={g.id: found.measures[g.id] for g in below if not g.is_capability},
        capabilities={g.id: found.measures[g.id] for g in below if g.is_capability},
        aspects=aspects.measures(asked, shown_sides, combiner),
        questions={
            name: _question(name, given_, combiner) for name, given_ in found.answers.items()
        },
        held_by=found.held_by,
        combined="role-balanced" if combiner.balanced else "pooled",
        other_overall=_other_overall(found, shown),
        headcount_overall=_headcount_overall(found, shown),
        roles=_role_counts(wave),
        say_do={name: gap for name, gap in apart.items() if name not in secret[0]},
        perception=perception(everybody, found.answers, found.columns, shown, reasons),
        splits=shown,
        agreement=_agreement(found),
        spread=spread(everybody, shown, found.columns.by_id[OVERALL]),
        sensitivity=sensitivity(found.plan, found.answers, found.columns, combiner)
        if overall.score is not None
        else None,
        hidden_counts=_uncounted(found) if wave.is_panel else without,
        hidden_aspects=secret[0],
        hidden_means=secret[1],
    )


def _gated(
    questionnaire: Questionnaire, groups: Sequence[Group], measures: Mapping[str, Measure]
) -> tuple[Measure, tuple[str, ...]]:
    """Return the overall with its gated level, and the foundations that hold it."""
    overall = measures[OVERALL]
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


def _other_overall(found: Scored, shown: Splits) -> Fraction | None:
    """
    Return the overall by the other way; None when there are no roles to balance.

    Nor when the overall of a role is hidden: both ways and the roles that are shown would be
    equations enough to find it.
    """
    if not _may_reweigh(found, shown):
        return None
    balanced = not found.combiner.balanced
    other = whole(found.combiner.wave, found.respondents, balanced=balanced)
    column = found.columns.by_id[OVERALL]
    return other.mean(column.scores, column.scored, column.unit)


def _headcount_overall(found: Scored, shown: Splits) -> Fraction | None:
    """
    Return the overall in which each role counts by its population, ``Σ N·m / Σ N``.

    The stratified mean of Cochran (1977, 5.1), with the answers as a sample of each role.  None
    where a role's N is not known or none of it has an overall, and where one may not be shown.
    """
    known = found.combiner.wave.population
    roles = {respondent.role for respondent in found.respondents}
    if not _may_reweigh(found, shown) or not roles <= known.keys():
        return None
    by_role = whole(found.combiner.wave, found.respondents, balanced=True)
    samples = by_role.samples(found.columns.by_id[OVERALL])
    if samples.keys() != roles:
        return None
    people = sum(known[role] for role in samples)
    return (
        sum(
            (Fraction(known[role] * one.total, one.n * one.unit) for role, one in samples.items()),
            Fraction(0),
        )
        / people
    )


def _may_reweigh(found: Scored, shown: Splits) -> bool:
    """Tell whether there are roles to weigh anew, and none whose overall that would tell."""
    roles = {respondent.role for respondent in found.respondents}
    if not found.combiner.wave.is_panel or None in roles or len(roles) < 2:  # noqa: PLR2004 - one role balances nothing
        return False
    return not any(h.kind == "role" and h.measure in {None, OVERALL} for h in shown.hidden)


def _role_counts(wave: Wave) -> dict[str, int]:
    counts = Counter(respondent.role for respondent in wave.respondents)
    return {role.id: counts[role.id] for role in wave.questionnaire.roles if counts[role.id]}


def _agreement(found: Scored) -> dict[str, Agreement]:
    """Return how far people are apart on every question that five of them answered."""
    agreed = {}
    for question in found.plan.questions:
        given_ = found.answers[question.id]
        shares = [
            answer.share
            for answer, number in given_.counts
            if answer.share is not None
            for _ in range(number)
        ]
        if len(shares) >= FEWEST:
            agreed[question.id] = agreement(shares, worths(question.scale))
    return agreed


def _uncounted(found: Scored) -> frozenset[str]:
    """
    Return the questions of which it may not be shown how often each answer was given.

    Those with an answer that one to four gave; and where roles count alike, those that one to
    four of a role answered: the roles' mean and the counts of all would be two equations.
    """
    hidden = set()
    for name, given_ in found.answers.items():
        counts = Counter(value for value in given_.values if value >= 0)
        roles = [
            sum(value >= 0 for value in given_.values[start:end])
            for _, start, end in found.combiner.stretches
        ]
        if not (shows_counts(counts.values()) and shows_counts(roles)):
            hidden.add(name)
    return frozenset(hidden)


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
