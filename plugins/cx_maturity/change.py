"""
What moved since the last wave, and where a measure is heading over many.

Only what was asked alike is compared: both waves are scored anew over the questions that
they share, by the structure and the weights of the later one.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.disclosure import FEWEST, tells_of_few
from cx_maturity.reading.fingerprint import question_hash
from cx_maturity.reading.scale import worths
from cx_maturity.reading.wave import is_balanced
from cx_maturity.results import Change, Movement, Trend
from cx_maturity.score import scored
from cx_maturity.scoring import aspects, trend
from cx_maturity.scoring.difference import LEVEL, holm, independent, paired, verdict
from cx_maturity.scoring.interval import Sample

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from cx_maturity.model import Question, Wave
    from cx_maturity.results import Difference, Measure
    from cx_maturity.score import Scored
    from cx_maturity.scoring.plan import Group

YEAR = Fraction(36525, 100)  # days
FEWEST_ROUNDS = 3  # that are shown one after another


def movement(waves: Iterable[Wave], later: Wave) -> Movement | None:
    """
    Compare *later* with the wave before it among *waves*; None when none can be compared.

    That is the last one of an earlier date that asked the same subset and shares a question
    with it, else the last one that shares any question.
    """
    known = _comparable(waves, later)
    if not known:
        return None
    earlier, questions = known[-1]
    changes, is_linked, balanced = _changes(earlier, later, questions)
    rounds, round_questions = _history(known, later, FEWEST_ROUNDS)
    return Movement(
        earlier=earlier,
        later=later,
        questions=len(questions),
        asked=(len(_asked(earlier)), len(_asked(later))),
        is_linked=is_linked,
        changes=changes,
        trends=_trends(rounds, [*changes]),
        trend_questions=len(round_questions),
        is_balanced=balanced,
        rounds=tuple(rounds),
        round_questions=round_questions,
    )


# --- what can be compared ----------------------------------------------------


def shared(earlier: Wave, later: Wave) -> frozenset[str]:
    """
    Return the ids of the questions that two waves have in common.

    Asked by both under the same id and with the same content, and not left open by everybody
    on either side: a question that only stands in a migrated wave was never asked.
    """
    theirs, ours = _asked(earlier), _asked(later)
    both = theirs.keys() & ours.keys() & _answered(earlier) & _answered(later)
    if earlier.questionnaire is later.questionnaire:
        return frozenset(both)
    languages = [wave.questionnaire.languages[0] for wave in (earlier, later)]
    return frozenset(
        name
        for name in both
        if question_hash(theirs[name], languages[0]) == question_hash(ours[name], languages[1])
    )


def _comparable(waves: Iterable[Wave], later: Wave) -> list[tuple[Wave, frozenset[str]]]:
    """Return the earlier waves that can be compared, oldest first, with what they share."""
    before = [
        wave
        for wave in waves
        if wave.date < later.date and wave.questionnaire.id == later.questionnaire.id
    ]
    before.sort(key=lambda wave: (wave.date, wave.id))
    known = [(wave, questions) for wave in before if (questions := shared(wave, later))]
    alike = [(wave, questions) for wave, questions in known if wave.subset == later.subset]
    return alike or known


def _asked(wave: Wave) -> dict[str, Question]:
    chosen = wave.questionnaire.subset(wave.subset).questions
    return {q.id: q for q in wave.questionnaire.questions() if q.id in chosen}


def _answered(wave: Wave) -> set[str]:
    return {name for respondent in wave.respondents for name in respondent.answers}


def _scored(wave: Wave, later: Wave, questions: frozenset[str], *, balanced: bool) -> Scored:
    """Score *wave* over *questions* as if it had been asked what the *later* one was."""
    alike = replace(wave, questionnaire=later.questionnaire, subset=later.subset)
    return scored(alike, questions, balanced=balanced)


def _all_balanced(waves: Sequence[Wave]) -> bool:
    """Tell whether roles count alike in all *waves*, and are the same ones."""
    roles = [{respondent.role for respondent in wave.respondents} for wave in waves]
    return all(own == roles[0] for own in roles) and all(
        is_balanced(wave.respondents, wave.combine) for wave in waves
    )


# --- what may be shown -------------------------------------------------------


def _shown(wave: Wave, made: Scored) -> dict[str, Measure]:
    """
    Return the measures *made* of some of a wave's questions, without the scores to be hidden.

    The report of the wave itself shows them over all questions that it asked.  Over one question,
    a capability's score is this question's mean, which may be hidden there; and what is over few
    capabilities tells theirs.
    """
    if not wave.is_panel or len(wave.respondents) < FEWEST:
        return made.measures
    hidden = {name for name, measure in made.measures.items() if 0 < measure.n < FEWEST}
    asked = scored(wave) if _asked(wave).keys() - {q.id for q in made.plan.questions} else None
    if asked:
        secret = aspects.hidden(asked.plan, asked.answers, {})[1]
        whole = {frozenset(q.id for q in group.questions) for group in asked.plan.groups}
        for group in made.plan.groups:
            ids = frozenset(q.id for q in group.questions)
            if ids & secret and ids not in whole:
                hidden.add(group.id)
    hidden |= {group.id for group in made.plan.groups if _tells(group, hidden, made)}
    return {name: _hidden(m) if name in hidden else m for name, m in made.measures.items()}


def _tells(group: Group, hidden: AbstractSet[str], made: Scored) -> bool:
    """Tell whether a mean over hidden parts is over so few of them that it tells of one."""
    lowest = [part for part in group.walk() if part.questions]
    if group.questions or hidden.isdisjoint(part.id for part in lowest):
        return False
    step = max(Fraction(100, worths(question.scale) - 1) for question in made.plan.questions)
    return tells_of_few(1, len(lowest) * made.measures[group.id].n, step)


def _hidden(measure: Measure) -> Measure:
    return replace(
        measure,
        score=None,
        level=None,
        gated_level=None,
        lowest=Fraction(0),
        highest=Fraction(1),
        interval=None,
        error=None,
        degrees=None,
        rough=False,
    )


# --- two waves ---------------------------------------------------------------


def _changes(
    earlier: Wave, later: Wave, questions: frozenset[str]
) -> tuple[dict[str, Change], bool, bool]:
    """Return every measure's change, whether people were found again, and whether roles count."""
    if earlier.linked and later.linked:
        found = _compared(earlier, later, questions, balanced=False, linked=True)
        if any(change.difference and change.difference.is_paired for change in found.values()):
            return found, True, False
    balanced = _all_balanced([earlier, later])
    return _compared(earlier, later, questions, balanced=balanced), False, balanced


def _compared(
    earlier: Wave,
    later: Wave,
    questions: frozenset[str],
    *,
    balanced: bool,
    linked: bool = False,
) -> dict[str, Change]:
    then, now = (_scored(wave, later, questions, balanced=balanced) for wave in (earlier, later))
    before, after = _shown(earlier, then), _shown(later, now)
    differences = {
        name: (_paired(then, now, name) if linked else None) or _independent(then, now, name)
        if before[name].score is not None and measure.score is not None
        else None
        for name, measure in after.items()
    }
    capabilities = [group.id for group in now.plan.groups if group.is_capability]
    adjusted = holm(
        {
            name: found.p
            for name in capabilities
            if (found := differences[name]) is not None and found.p is not None
        }
    )
    counts = _counts(later, questions)
    return {
        name: Change(
            id=name,
            earlier=before[name],
            later=measure,
            difference=differences[name],
            verdict=verdict(differences[name], adjusted.get(name)),
            holm=adjusted.get(name),
            questions=counts.get(name, (len(questions), len(_asked(later)))),
        )
        for name, measure in after.items()
    }


def _counts(later: Wave, questions: frozenset[str]) -> dict[str, tuple[int, int]]:
    """Return, for each dimension and capability, how many of its asked questions are compared."""
    asked, found = _asked(later), {}
    for dimension in later.questionnaire.dimensions:
        parts = [(dimension.id, [*dimension.all_questions()])]
        parts += [(capability.id, [*capability.questions]) for capability in dimension.capabilities]
        for name, own in parts:
            ids = [question.id for question in own if question.id in asked]
            found[name] = (sum(each in questions for each in ids), len(ids))
    return found


def _independent(then: Scored, now: Scored, name: str) -> Difference | None:
    """Compare two groups of people; None when one of them has no score."""
    ours, theirs = now.samples(name), then.samples(name)
    if not ours or not theirs:
        return None
    sides = (tuple(ours.values()), tuple(theirs.values()))
    found = independent(*sides, (now.populations(name), then.populations(name)))
    if ours.keys() != theirs.keys():
        # Nobody of some role has a score on one side: two mixes differ, and not by chance alone.
        return replace(found, interval=None, degrees=None, p=None)
    return found


def _paired(then: Scored, now: Scored, name: str) -> Difference | None:
    """
    Compare people with themselves; None for fewer than five, or where that gave others away.

    Both waves' means are known, so that the difference of those in both tells the sum of the
    scores of those in one alone: these are nobody, or five at least.
    """
    before, after = then.by_respondent(name), now.by_respondent(name)
    both = sorted(before.keys() & after.keys())
    alone = then.measures[name].n + now.measures[name].n - 2 * len(both)
    if len(both) < FEWEST or 0 < alone < FEWEST:
        return None
    differences = Sample.of(after[person] - before[person] for person in both)
    populations = [*then.populations(name), *now.populations(name)]
    known = [number for number in populations if number is not None]
    # Whoever was there both times is out of no more people than the smaller population.
    return paired(differences, min(known) if len(known) == len(populations) else None)


# --- many waves --------------------------------------------------------------


def history(waves: Iterable[Wave], later: Wave) -> list[tuple[Wave, Mapping[str, Measure]]]:
    """
    Return *later* and the waves before it that can be compared all together, oldest first.

    Each with its measures over the questions that all of them share.
    """
    return _history(_comparable(waves, later), later)[0]


def _history(
    known: Sequence[tuple[Wave, frozenset[str]]], later: Wave, fewest: int = 1
) -> tuple[list[tuple[Wave, Mapping[str, Measure]]], frozenset[str]]:
    """Return the waves with their measures, and the questions that these rest on."""
    waves, questions = [later], shared(later, later)
    for wave, own in reversed(known):
        if wave.date < waves[0].date and questions & own:
            waves.insert(0, wave)
            questions &= own
    if len(waves) < fewest:
        return [], frozenset()
    balanced = _all_balanced(waves)
    found: list[tuple[Wave, Mapping[str, Measure]]] = [
        (wave, _shown(wave, _scored(wave, later, questions, balanced=balanced))) for wave in waves
    ]
    return found, questions


def _trends(
    scores: Sequence[tuple[Wave, Mapping[str, Measure]]], names: Sequence[str]
) -> dict[str, Trend]:
    """Return the trend of each measure that has one."""
    found = {}
    for name in names:
        points = [
            (Fraction((wave.date - scores[0][0].date).days) / YEAR, measures[name].score)
            for wave, measures in scores
            if name in measures
        ]
        made = _trend(name, [(year, score) for year, score in points if score is not None])
        if made:
            found[name] = made
    return found


def _trend(name: str, points: Sequence[tuple[Fraction, Fraction]]) -> Trend | None:
    if len(points) < trend.FEWEST_FOR_SLOPE:
        return None
    slope = trend.theil_sen(points)
    if len(points) < trend.FEWEST_FOR_P:
        return Trend(name, slope, len(points), None, None)
    p = trend.mann_kendall([score for _, score in points])
    word = "not distinguishable"
    if p < LEVEL and slope:
        word = "up" if slope > 0 else "down"
    return Trend(name, slope, len(points), p, word)
