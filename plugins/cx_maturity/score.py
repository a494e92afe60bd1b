"""
Score one wave, exactly.

Respondent first: every respondent gets every measure, and the organisation's
measure is the mean over those who have it.  A plain answers file is a wave with
one respondent.  Numbers are pairs of whole numbers until the last step, so that
no order of adding up can move a score across the border of a level.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity import interval
from cx_maturity.model import Measure, QuestionResult, Scorecard, State
from cx_maturity.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cx_maturity.model import Answer, Question, Questionnaire, Respondent, Wave

# From five respondents in every role on, roles count alike; below, people do.
ROLE_SIZE = 5

# A number as (numerator, denominator), not reduced.
_Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A question; answers are looked up by its id."""

    id: str
    weight: int
    level: int


@dataclass(frozen=True, slots=True)
class _Group:
    """A measure made of *parts*; it has a score when *needed* of their weight has one."""

    id: str
    weight: int
    needed: Fraction
    parts: tuple[_Group | _Leaf, ...]
    foundation: bool = False
    is_capability: bool = False


@dataclass(frozen=True, slots=True)
class _One:
    """One respondent's measure; weights are of questions."""

    score: _Pair | None
    lowest: _Pair
    highest: _Pair
    applicable: int
    valued: int
    unsure: int
    steps: Mapping[int, _Pair | None]  # staged only: level → mean of its questions


def scorecard(wave: Wave) -> Scorecard:
    """Score *wave*: every measure, every question, and what holds the level."""
    questionnaire = wave.questionnaire
    tree = _tree(questionnaire, wave.subset)
    scorer = _Scorer(questionnaire)
    singles: dict[str, list[_One]] = {}
    for respondent in wave.respondents:
        scorer.respondent(tree, respondent.answers, singles)
    roles = [respondent.role for respondent in wave.respondents]
    combined = _combined(roles, wave.combine)
    combiner = _Combiner(wave, roles, balanced=combined == "role-balanced")
    groups = list(_groups(tree))
    measures = {group.id: combiner.measure(group.id, singles[group.id]) for group in groups}
    overall, held_by = _gated(questionnaire, measures[OVERALL], groups, measures)
    return Scorecard(
        wave=wave,
        overall=overall,
        dimensions={
            g.id: measures[g.id] for g in groups if g.id != OVERALL and not g.is_capability
        },
        capabilities={g.id: measures[g.id] for g in groups if g.is_capability},
        aspects=_aspects(wave, combiner),
        questions=_questions(wave, combiner),
        held_by=held_by,
        combined=combined,
        other_overall=_other_overall(wave, roles, combined, singles[OVERALL]),
        roles=_role_counts(questionnaire, roles),
        degrees_of_freedom=combiner.degrees(singles[OVERALL]),
    )


# --- the shape of the questionnaire ------------------------------------------


def _tree(questionnaire: Questionnaire, subset_id: str) -> _Group:
    chosen = questionnaire.subset(subset_id).questions

    def leaves(questions: Iterable[Question]) -> tuple[_Leaf, ...]:
        return tuple(_Leaf(q.id, q.weight, q.level or 0) for q in questions if q.id in chosen)

    dimensions = []
    for dimension in questionnaire.dimensions:
        capabilities = (
            _Group(
                capability.id,
                capability.weight,
                questionnaire.capability_coverage,
                leaves(capability.questions),
                capability.foundation,
                is_capability=True,
            )
            for capability in dimension.capabilities
        )
        dimensions.append(
            _Group(
                dimension.id,
                dimension.weight,
                questionnaire.dimension_coverage,
                (*leaves(dimension.questions), *(c for c in capabilities if c.parts)),
                dimension.foundation,
            )
        )
    return _Group(OVERALL, 1, Fraction(1), tuple(d for d in dimensions if d.parts))


def _groups(group: _Group) -> Iterator[_Group]:
    yield group
    for part in group.parts:
        if isinstance(part, _Group):
            yield from _groups(part)


# --- one respondent ----------------------------------------------------------


class _Scorer:
    """Scores single respondents by one questionnaire's rules."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.minimum = questionnaire.aggregate == "minimum"
        self.staged = questionnaire.staged

    def respondent(
        self, group: _Group, answers: Mapping[str, Answer], into: dict[str, list[_One]]
    ) -> _One:
        """Score *group* and everything below it; each result is appended to *into*."""
        parts: list[tuple[int, _One]] = []
        for part in group.parts:
            one = (
                _leaf(part, answers.get(part.id))
                if isinstance(part, _Leaf)
                else self.respondent(part, answers, into)
            )
            if one.applicable:
                parts.append((part.weight, one))
        made = self.group(group, parts)
        into.setdefault(group.id, []).append(made)
        return made

    def group(self, group: _Group, parts: Sequence[tuple[int, _One]]) -> _One:
        applicable = sum(one.applicable for _, one in parts)
        valued = sum(one.valued for _, one in parts)
        unsure = sum(one.unsure for _, one in parts)
        steps = self.steps(group, parts) if self.staged else {}
        if not parts:
            return _One(None, (0, 1), (1, 1), 0, 0, 0, steps)
        scored = [(weight, one.score) for weight, one in parts if one.score]
        weight = sum(weight for weight, _ in parts)
        has_score = scored and sum(w for w, _ in scored) >= group.needed * weight
        score = self.together(scored) if has_score else None
        if score and valued == applicable:
            return _One(score, score, score, applicable, valued, unsure, steps)
        lowest = self.together([(w, one.lowest) for w, one in parts])
        highest = self.together([(w, one.highest) for w, one in parts])
        return _One(score, lowest, highest, applicable, valued, unsure, steps)

    def together(self, parts: Sequence[tuple[int, _Pair]]) -> _Pair:
        """Return the weighted mean, or the smallest, of numbers given as pairs."""
        if self.minimum:
            return min((pair for _, pair in parts), key=lambda pair: Fraction(*pair))
        common = math.lcm(*(pair[1] for _, pair in parts))
        total = sum(weight * pair[0] * (common // pair[1]) for weight, pair in parts)
        return total, common * sum(weight for weight, _ in parts)

    def steps(self, group: _Group, parts: Sequence[tuple[int, _One]]) -> dict[int, _Pair | None]:
        """Return for each staged level the mean of the group's own questions of that level."""
        found: dict[int, list[tuple[int, _Pair | None]]] = {}
        for weight, one in parts:
            for level, pair in one.steps.items():
                found.setdefault(level, []).append((weight, pair))
        means: dict[int, _Pair | None] = {}
        for level, pairs in found.items():
            given = [(weight, pair) for weight, pair in pairs if pair]
            common = math.lcm(*(pair[1] for _, pair in given)) if given else 1
            total = sum(weight * pair[0] * (common // pair[1]) for weight, pair in given)
            means[level] = (total, common * sum(w for w, _ in given)) if given else None
        return means


def _leaf(leaf: _Leaf, answer: Answer | None) -> _One:
    if answer is None:
        return _One(None, (0, 1), (1, 1), leaf.weight, 0, 0, {leaf.level: None})
    if answer.state is State.NOT_APPLICABLE:
        return _One(None, (0, 1), (1, 1), 0, 0, 0, {})
    if answer.share is None:
        return _One(None, (0, 1), (1, 1), leaf.weight, 0, leaf.weight, {leaf.level: None})
    pair = answer.share.as_integer_ratio()
    return _One(pair, pair, pair, leaf.weight, leaf.weight, 0, {leaf.level: pair})


# --- all respondents ---------------------------------------------------------


def _combined(roles: Sequence[str | None], fixed: str | None) -> str:
    """Say how respondents are put together: by role when every role has enough of them."""
    counts = Counter(roles)
    if fixed and counts.keys() != {None}:
        return fixed
    known = None not in counts and len(counts) > 1
    return "role-balanced" if known and min(counts.values()) >= ROLE_SIZE else "pooled"


class _Combiner:
    """Turns respondents' measures into the organisation's."""

    def __init__(self, wave: Wave, roles: Sequence[str | None], *, balanced: bool) -> None:
        self.wave = wave
        self.roles = roles
        self.balanced = balanced

    def mean(self, values: Sequence[_Pair | None]) -> Fraction | None:
        """Return the mean over respondents who have a value, pooled or over their roles."""
        groups = [_mean(group) for group in self._grouped(values).values()]
        return sum(groups, Fraction(0)) / len(groups) if groups else None

    def _grouped(self, values: Sequence[_Pair | None]) -> dict[str, list[_Pair]]:
        found: dict[str, list[_Pair]] = {}
        for role, value in zip(self.roles, values, strict=True):
            if value is not None:
                found.setdefault((role or "") if self.balanced else "", []).append(value)
        return found

    def interval(self, values: Sequence[_Pair | None]) -> interval.Interval | None:
        """Return the 95 % interval of :meth:`mean`, not clipped."""
        if not self.wave.is_panel:
            return None
        groups = {
            role: [numerator / denominator for numerator, denominator in pairs]
            for role, pairs in sorted(self._grouped(values).items())
        }
        if not groups:
            return None
        if self.balanced:
            return interval.balanced(groups, self.wave.population)
        return interval.pooled(groups[""], self._population())

    def _population(self) -> int | None:
        """Return N when it is known for everybody who answered."""
        population = self.wave.population
        if not population or ("all" not in population and not set(self.roles) <= population.keys()):
            return None
        return sum(population.values())

    def degrees(self, ones: Sequence[_One]) -> int | None:
        """Return the degrees of freedom behind a measure's interval."""
        found = self.interval([one.score for one in ones])
        return found.degrees if found else None

    def measure(self, measure_id: str, ones: Sequence[_One]) -> Measure:
        """Put one measure of all respondents together."""
        applicable = sum(one.applicable for one in ones)
        scores = [one.score for one in ones]
        score = self.mean(scores)
        asked = [one.applicable > 0 for one in ones]
        lowest = self.mean([one.lowest if a else None for one, a in zip(ones, asked, strict=True)])
        highest = self.mean(
            [one.highest if a else None for one, a in zip(ones, asked, strict=True)]
        )
        bounds = [bound for bound in (score, lowest, highest) if bound is not None]
        found = self.interval(scores)
        level = self._level(score, ones)
        return Measure(
            id=measure_id,
            score=score,
            level=level,
            gated_level=level,
            coverage=Fraction(sum(one.valued for one in ones), applicable or 1),
            visibility=1 - Fraction(sum(one.unsure for one in ones), applicable or 1),
            # A score may leave out answers of a capability that has too few of them;
            # the bounds take those in, and are widened so that they hold the score.
            lowest=min(bounds, default=Fraction(0)),
            highest=max(bounds, default=Fraction(1)),
            n=sum(s is not None for s in scores) if self.wave.is_panel else 1,
            interval=(max(0.0, found.low), min(1.0, found.high)) if found else None,
            applicable=applicable > 0,
        )

    def _level(self, score: Fraction | None, ones: Sequence[_One]) -> int | None:
        questionnaire = self.wave.questionnaire
        if score is None:
            return None
        if not questionnaire.staged:
            return max(level.number for level in questionnaire.levels if level.start <= score)
        asked = sorted({level for one in ones for level in one.steps})
        reached = 1
        for level in asked:
            mean = self.mean([one.steps.get(level) for one in ones])
            if mean is None or mean < questionnaire.staged_pass:
                return reached
            reached = max(reached, level)
        return reached


def _mean(pairs: Sequence[_Pair]) -> Fraction:
    common = math.lcm(*(denominator for _, denominator in pairs))
    return Fraction(sum(n * (common // d) for n, d in pairs), common * len(pairs))


def _gated(
    questionnaire: Questionnaire,
    overall: Measure,
    groups: Sequence[_Group],
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


def _other_overall(
    wave: Wave, roles: Sequence[str | None], combined: str, ones: Sequence[_One]
) -> Fraction | None:
    if not wave.is_panel or len(set(roles)) < 2:  # noqa: PLR2004 - one role balances nothing
        return None
    other = _Combiner(wave, roles, balanced=combined != "role-balanced")
    return other.mean([one.score for one in ones])


def _role_counts(questionnaire: Questionnaire, roles: Sequence[str | None]) -> dict[str, int]:
    counts = Counter(roles)
    return {role.id: counts[role.id] for role in questionnaire.roles if counts[role.id]}


# --- say and do, question by question ----------------------------------------


def _aspects(wave: Wave, combiner: _Combiner) -> dict[str, dict[str, Measure]]:
    """Return say and do of each capability, from the same people: those who answered both."""
    chosen = wave.questionnaire.subset(wave.subset).questions
    scorer = _Scorer(wave.questionnaire)
    found: dict[str, dict[str, Measure]] = {}
    for dimension in wave.questionnaire.dimensions:
        for capability in dimension.capabilities:
            leaves = {
                aspect: tuple(
                    _Leaf(q.id, q.weight, q.level or 0)
                    for q in capability.questions
                    if q.id in chosen and q.aspect == aspect
                )
                for aspect in ("say", "do")
            }
            if all(leaves.values()):
                found[capability.id] = _pair(
                    scorer, combiner, capability.id, leaves, wave.respondents
                )
    return found


def _pair(
    scorer: _Scorer,
    combiner: _Combiner,
    capability_id: str,
    leaves: Mapping[str, tuple[_Leaf, ...]],
    respondents: Iterable[Respondent],
) -> dict[str, Measure]:
    ones: dict[str, list[_One]] = {"say": [], "do": []}
    for respondent in respondents:
        both = {
            aspect: scorer.respondent(
                _Group(capability_id, 1, Fraction(1), parts), respondent.answers, {}
            )
            for aspect, parts in leaves.items()
        }
        complete = all(one.score for one in both.values())
        for aspect, one in both.items():
            ones[aspect].append(one if complete else replace(one, score=None))
    return {aspect: combiner.measure(capability_id, list_) for aspect, list_ in ones.items()}


def _questions(wave: Wave, combiner: _Combiner) -> dict[str, QuestionResult]:
    chosen = wave.questionnaire.subset(wave.subset).questions
    return {
        question.id: _question(question.id, wave, combiner)
        for question in wave.questionnaire.questions()
        if question.id in chosen
    }


def _question(question_id: str, wave: Wave, combiner: _Combiner) -> QuestionResult:
    answers = [respondent.answers.get(question_id) for respondent in wave.respondents]
    states = Counter(answer.state for answer in answers if answer)
    only = answers[0] if not wave.is_panel else None
    return QuestionResult(
        id=question_id,
        n=states[State.VALUE],
        total=len(answers),
        unsure=states[State.UNSURE],
        not_applicable=dict(
            sorted(Counter(answer.reason for answer in answers if answer and answer.reason).items())
        ),
        mean=combiner.mean(
            [a.share.as_integer_ratio() if a and a.share is not None else None for a in answers]
        ),
        counts=dict(
            sorted(Counter(answer.given for answer in answers if answer and answer.given).items())
        ),
        evidence=only.evidence if only else None,
        given=only.given if only and only.state is State.VALUE else None,
        state=only.state if only else None,
    )
