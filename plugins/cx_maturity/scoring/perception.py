"""How the two roles that a questionnaire names see the same things."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cx_maturity.disclosure import FEWEST
from cx_maturity.results import Perception, Splits
from cx_maturity.scoring.combine import group
from cx_maturity.scoring.difference import independent
from cx_maturity.scoring.interval import is_uneven
from cx_maturity.scoring.plan import plan
from cx_maturity.scoring.respondent import Columns, columns, taken
from cx_maturity.scoring.splits import splits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cx_maturity.model import Wave
    from cx_maturity.results import Difference, Hidden, Measure
    from cx_maturity.scoring.interval import Sample
    from cx_maturity.scoring.plan import Plan
    from cx_maturity.scoring.respondent import Column, Given
    from cx_maturity.scoring.splits import People, Reasons

# Beside disclosure.REASONS: there is no question that five people of either role answered.
NO_QUESTION = "questions"


def perception(
    everybody: People,
    answers: Mapping[str, Given],
    scored: Columns,
    shown: Splits,
    reasons: Reasons,
) -> Perception | None:
    """
    Compare the questionnaire's two roles over the questions that both answered.

    A question counts when at least five people of either role gave a value; people are scored
    over these questions by the normal rules.  A measure is left out when fewer than five
    people of a role have it, and when showing a role by it would give others away: over these
    questions, or in the whole wave, as it is *shown*.  None when two roles are not named, or
    nobody has a role to compare: a plain answers file.
    """
    wave = everybody.wave
    asked = plan(wave.questionnaire, frozenset(answers))
    roles = wave.questionnaire.perception_gap
    if roles is None or not wave.is_panel:
        return None
    places = [everybody.groups["role"].get(role, []) for role in roles]
    questions = tuple(
        question.id
        for question in asked.questions
        if all(_answered(answers[question.id], some) >= FEWEST for some in places)
    )
    over, anew = scored, Splits()
    if len(questions) < len(asked.questions):
        over = _rescored(wave, asked, answers, scored, questions)
        changed = {name: c for name, c in over.by_id.items() if c is not scored.by_id[name]}
        anew = splits(everybody, Columns(changed, over.stages), reasons, roles)
    first, second = (_measures(role, shown, anew, over) for role in roles)
    sides = {name: (first[name], second[name]) for name in first if name in second}
    return Perception(
        roles=roles,
        questions=questions,
        asked=len(asked.questions),
        sides=sides,
        differences={name: _difference(everybody, roles, over.by_id[name]) for name in sides},
        reason=None if sides else _reason(roles, questions, (shown, anew)),
    )


def _rescored(
    wave: Wave,
    asked: Plan,
    answers: Mapping[str, Given],
    scored: Columns,
    questions: tuple[str, ...],
) -> Columns:
    """Score everybody over the *questions* alone; what keeps all of its own stays as it is."""
    chosen = frozenset(questions)
    whole = [group.id for group in asked.groups if chosen.issuperset(q.id for q in group.asks())]
    return columns(
        plan(wave.questionnaire, chosen),
        answers,
        is_minimum=wave.questionnaire.aggregate == "minimum",
        known={name: scored.by_id[name] for name in whole},
    )


def _measures(role: str, shown: Splits, anew: Splits, over: Columns) -> dict[str, Measure]:
    """Return what may be shown of a role: as it is in the whole wave, or scored *anew*."""
    found: dict[str, Measure] = {}
    for splits_ in (shown, anew):
        for split in splits_.roles:
            if split.id == role:
                found |= split.measures
    gone = {h.measure for h in _hidden(role, anew)}
    # Scored anew a role may hardly differ from what would have given others away.
    gone |= {h.measure for h in _hidden(role, shown) if h.reason != "few"}
    return {name: found[name] for name in over.by_id if name in found and name not in gone}


def _hidden(role: str, found: Splits) -> list[Hidden]:
    return [hidden for hidden in found.hidden if (hidden.kind, hidden.id) == ("role", role)]


def _difference(everybody: People, roles: tuple[str, str], column: Column) -> Difference:
    """Return the first role's mean less the second's, each with its own population."""
    samples = [_sample(everybody, role, column) for role in roles]
    known = [[everybody.wave.population.get(role)] for role in roles]
    found = independent([samples[0]], [samples[1]], (known[0], known[1]))
    return replace(found, rough=found.interval is not None and any(map(is_uneven, samples)))


def _sample(everybody: People, role: str, column: Column) -> Sample:
    places = everybody.groups["role"][role]
    return group(everybody.wave, len(places)).samples(taken(column, places))[""]


def _reason(
    roles: tuple[str, str], questions: tuple[str, ...], found: tuple[Splits, Splits]
) -> str:
    """Return why there is no comparison at all."""
    hidden = [h for splits_ in found for role in roles for h in _hidden(role, splits_)]
    if whole := [h.reason for h in hidden if h.measure is None]:
        return whole[0]
    if not questions:
        return NO_QUESTION
    return hidden[-1].reason if hidden else "few"


def _answered(given: Given, places: list[int]) -> int:
    return sum([given.column.scored[place] for place in places])
