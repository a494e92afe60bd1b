"""Conditions on what stands behind answers: evidence, minutes, and other answers."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.advising.facts import POINTS, Fired, Given, number, parts_of, questions_of
from cx_maturity.disclosure import FEWEST
from cx_maturity.reading.scale import worths

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cx_maturity.advising.facts import Facts, Tried

_THIN = {"none", "described"}
_FIRM = {"document", "data"}


def thin_evidence(facts: Facts, given: Mapping[str, Given]) -> Tried:
    """Fire for every high measure with so much that rests on word."""
    if facts.is_panel:
        return "many-people"
    card, level = facts.card, number(given, "level")
    if not any(result.evidence for result in card.questions.values()):
        return "no-evidence"
    found = []
    for name in facts.named(given["measure"]):
        measure = facts.measure(name)
        if measure is None or measure.level is None or measure.level < level:
            continue
        high = [
            card.questions[q.id].evidence
            for q in questions_of(facts.questionnaire, name)
            if _answer_level(facts, q.id) >= level
        ]
        thin = sum(evidence in _THIN for evidence in high)
        if high and Fraction(thin, len(high)) >= number(given, "at-least"):
            numbers: dict[str, Given] = {
                "level": measure.level, "thin": thin, "of": len(high), "at": int(level), "n": 1,
            }  # fmt: skip
            found.append(Fired((name,), numbers, Fraction(thin, len(high))))
    return found


def _answer_level(facts: Facts, question: str) -> int:
    """Return the level that an answer alone is; 0 for none, and where levels are staged."""
    result, q = facts.card.questions.get(question), facts.questionnaire
    if result is None or result.mean is None or q.staged:
        return 0
    mean = result.mean
    return sum(level.start <= mean for level in q.levels)


def proven(facts: Facts, given: Mapping[str, Given]) -> Tried:
    """Fire for every high measure with firm evidence and above its peers."""
    if facts.is_panel:
        return "many-people"
    if facts.comparison.peers is None:
        return "no-peers"
    if not any(result.evidence for result in facts.card.questions.values()):
        return "no-evidence"
    found = []
    for name in facts.named(given["measure"]):
        measure, standing = facts.measure(name), facts.comparison.standings.get(name)
        if measure is None or measure.score is None or standing is None or standing.median is None:
            continue
        asked = [
            q.id for q in questions_of(facts.questionnaire, name) if q.id in facts.card.questions
        ]
        firm = all(facts.card.questions[q].evidence in _FIRM for q in asked)
        high = measure.level is not None and measure.level >= number(given, "level")
        if high and firm and standing.word == "above":
            above = measure.score - Fraction(standing.median, POINTS)
            numbers: dict[str, Given] = {
                "level": measure.level or 0,
                "median": standing.median,
                "n": 1,
            }
            found.append(Fired((name,), numbers, above))
    return found


def answers_apart(facts: Facts, given: Mapping[str, Given]) -> Tried:
    """Fire where the answer to one question is so many steps above that to another."""
    names = (str(given["first"]), str(given["second"]))
    first, second = (facts.card.questions.get(name) for name in names)
    if first is None or second is None:
        return "not-asked"
    if first.mean is None or second.mean is None:
        return "no-score"
    if facts.is_panel and (
        min(first.n, second.n) < FEWEST or facts.card.hidden_means.intersection(names)
    ):
        return "hidden"
    scale = next(q.scale for q in facts.questionnaire.questions() if q.id == names[0])
    steps = worths(scale) - 1
    anchors = (first.mean - second.mean) * steps
    if anchors < number(given, "at-least"):
        return []
    holders = tuple(
        next(p.id for p in parts_of(facts.questionnaire) if name in {q.id for q in p.questions})
        for name in names
    )
    numbers: dict[str, Given] = {
        "first_answer": first.mean, "second_answer": second.mean, "anchors": anchors,
        "n": min(first.n, second.n),
    }  # fmt: skip
    return [Fired(tuple(dict.fromkeys(holders)), numbers, anchors / steps)]


def minutes(facts: Facts, given: Mapping[str, Given]) -> Tried:
    """Fire for every high measure while customers come up in few meetings."""
    counted = facts.card.wave.minutes
    if counted is None:
        return "no-minutes"
    if counted.meetings < number(given, "meetings"):
        return "few-minutes"
    measures = [m for name in facts.named(given["measure"]) if (m := facts.measure(name))]
    if all(measure.level is None for measure in measures):
        return "no-score" if measures else "not-asked"
    share = Fraction(counted.mentioning, counted.meetings)
    return [
        Fired(
            (measure.id,),
            {
                "level": measure.level,
                "mentioning": counted.mentioning,
                "meetings": counted.meetings,
            },
            1 - share,
        )
        for measure in measures
        if measure.level is not None
        and measure.level >= number(given, "level")
        and share < number(given, "under")
    ]
