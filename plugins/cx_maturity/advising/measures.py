"""Conditions on the level, on two measures, and on what is said and done."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.advising.facts import (
    POINTS,
    Fired,
    Given,
    capabilities_of,
    number,
    parts_of,
    questions_of,
    weighted,
)
from cx_maturity.disclosure import tells_of_few
from cx_maturity.model import State
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.reading.scale import worths
from cx_maturity.results import Difference
from cx_maturity.score import scored
from cx_maturity.scoring import aspects

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cx_maturity.advising.facts import Facts, Tried
    from cx_maturity.model import Answer, Capability, Dimension
    from cx_maturity.results import Scorecard


def held(facts: Facts, _: Mapping[str, Given]) -> Tried:
    """Fire where foundations hold the level below what the score alone would give."""
    overall = facts.card.overall
    if facts.questionnaire.gate is None:
        return "no-gate"
    if overall.level is None or overall.gated_level is None:
        return "no-level"
    if overall.gated_level >= overall.level:
        return []
    lost = Fraction(overall.level - overall.gated_level, len(facts.questionnaire.levels))
    numbers: dict[str, Given] = {"level": overall.level, "held": overall.gated_level}
    return [Fired((OVERALL, *facts.card.held_by), numbers, lost, about=facts.card.held_by[0])]


def apart(facts: Facts, given: Mapping[str, Given]) -> Tried:
    """Fire where the first measure is so far above the second."""
    names = (str(given["first"]), str(given["second"]))
    first, second = map(facts.measure, names)
    if first is None or second is None:
        return "not-asked"
    if first.score is None or second.score is None:
        return "no-score"
    if facts.is_panel:
        found = paired(facts.card, *names)
        if isinstance(found, str):
            return found
        difference, scores = found
        fires = difference.value * POINTS >= number(given, "at-least") and difference.is_clear
    elif "alone" not in given:
        return "one-set"
    else:
        scores = (first.score, second.score)
        difference = Difference(scores[0] - scores[1], (1, 1), is_paired=True)
        enough = difference.value * POINTS >= number(given, "alone")
        fires = enough and first.lowest > second.highest
    numbers: dict[str, Given] = {
        "first_score": scores[0],
        "second_score": scores[1],
        "n": difference.n[0],
    }
    return [Fired(names, numbers, abs(difference.value), difference)] if fires else []


def paired(
    card: Scorecard, first: str, second: str
) -> tuple[Difference, tuple[Fraction, Fraction]] | str:
    """
    Return the first measure less the second, and both, of the people who have both.

    A reason instead where there is no interval, or where people who have one of the two alone
    are so few that these means would give them away.
    """
    q = card.wave.questionnaire
    asked = frozenset(one.id for name in (first, second) for one in questions_of(q, name))
    anew = scored(card.wave, asked, balanced=card.combined == "role-balanced")
    columns = anew.columns.by_id[first], anew.columns.by_id[second]
    both = aspects.where_both(*columns), aspects.where_both(*columns[::-1])
    n = sum(both[0].scored)
    for name, column in zip((first, second), columns, strict=True):
        count = sum(column.scored)
        if tells_of_few(count - n, count + n, _step(card, name) * POINTS):
            return "hidden"
    difference = aspects.difference(aspects.less(*both), anew.combiner)
    scores = [anew.combiner.measure(first, column).score for column in both]
    if difference is None or scores[0] is None or scores[1] is None:
        return "no-score"
    return (difference, (scores[0], scores[1])) if difference.interval else "no-interval"


def _step(card: Scorecard, name: str) -> Fraction:
    """Return how far one answer, changed by one step, can move one person's score, 0-1."""
    q = card.wave.questionnaire
    part = next(part for part in parts_of(q) if part.id == name)
    if capabilities := capabilities_of(part):
        parts = [(c.weight, _step(card, c.id)) for c in capabilities if c.id in card.capabilities]
        least = q.dimension_coverage
    else:
        asked = [one for one in part.questions if one.id in card.questions]
        parts = [(one.weight, Fraction(1, worths(one.scale) - 1)) for one in asked]
        least = q.capability_coverage if name in card.capabilities else q.dimension_coverage
    # Of few answers each counts for more, so count with as few as a score may rest on.
    needed = least * sum(weight for weight, _ in parts)
    return max(min(Fraction(1), weight / needed) * step for weight, step in parts)


def done_less(facts: Facts, given: Mapping[str, Given]) -> Tried:
    """Fire for every measure in which so much less is done than said."""
    alone = not facts.is_panel
    if alone and "alone" not in given:
        return "one-set"
    wanted = given["alone-measure"] if alone else given["measure"]
    least = number(given, "alone" if alone else "at-least")
    gaps = {name: facts.card.say_do.get(name) for name in facts.named(wanted)}
    known = {name: gap for name, gap in gaps.items() if gap and (alone or gap.interval)}
    if not known:
        return "no-interval" if any(gaps.values()) else "not-asked"
    return [
        Fired((name,), {"n": gap.n[0]}, abs(gap.value), gap)
        for name, gap in known.items()
        if gap.value * POINTS <= -least and (_most_done(facts, name) < 0 if alone else gap.is_clear)
    ]


def _most_done(facts: Facts, name: str) -> Fraction:
    """Return do less say, at most: as if one person's missing answers were the best for it."""
    q = facts.questionnaire
    if name == OVERALL:
        return weighted([(d.weight, _most_in(facts, d)) for d in q.dimensions]) or Fraction(0)
    part = next(part for part in parts_of(q) if part.id == name)
    return _most_in(facts, part) or Fraction(0)


def _most_in(facts: Facts, part: Dimension | Capability) -> Fraction | None:
    if capabilities := capabilities_of(part):
        return weighted([(c.weight, _most_in(facts, c)) for c in capabilities])
    answers = facts.card.wave.respondents[0].answers
    sides = []
    for aspect, missing in (("do", Fraction(1)), ("say", Fraction(0))):
        asked = [q for q in part.questions if q.aspect == aspect and q.id in facts.card.questions]
        sides.append(weighted([(q.weight, _share(answers.get(q.id), missing)) for q in asked]))
    done, said = sides
    return None if done is None or said is None else done - said


def _share(answer: Answer | None, missing: Fraction) -> Fraction | None:
    """Return an answer's share, or what is *missing*; None where it does not apply."""
    if answer is None or answer.state is State.UNSURE:
        return missing
    return None if answer.state is State.NOT_APPLICABLE else answer.share
