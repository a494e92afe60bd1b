"""
What stands beside a score once more, slowly: an oracle that shares no code with the package.

It takes the same records, is written from the method and for reading, and knows nothing but
fractions.  ``changed`` is the id of one part or question and the factor of its weight.
"""

import json
import math
from fractions import Fraction
from pathlib import Path

from cx_maturity import model

TABLE = json.loads(
    (Path(__file__).parents[1] / "plugins" / "cx_maturity" / "t.json").read_text("utf-8")
)


# --- one person ---------------------------------------------------------------------


def inside(part):
    """Return what a part is made of; nothing for a question."""
    if isinstance(part, model.Questionnaire):
        return part.dimensions
    if isinstance(part, model.Dimension):
        return part.capabilities or part.questions
    return part.questions if isinstance(part, model.Capability) else ()


def asked(part, chosen):
    """List the questions under a part that were asked."""
    if isinstance(part, model.Question):
        return [part] if part.id in chosen else []
    return [question for one in inside(part) for question in asked(one, chosen)]


def applies(part, answers, chosen):
    states = [answers[q.id].state if q.id in answers else None for q in asked(part, chosen)]
    return any(state is not model.State.NOT_APPLICABLE for state in states)


def needed(part, questionnaire):
    if isinstance(part, model.Questionnaire):
        return 1
    if isinstance(part, model.Capability):
        return questionnaire.capability_coverage
    return questionnaire.dimension_coverage


def mean(weighted):
    """Return the mean of (value, weight) pairs."""
    return sum(value * weight for value, weight in weighted) / sum(w for _, w in weighted)


def weighed(part, changed):
    return part.weight * (changed[1] if changed and changed[0] == part.id else Fraction(1))


def score(part, questionnaire, answers, chosen, changed=None):
    """Return one person's score of a part; None where there is none."""
    if isinstance(part, model.Question):
        return answers[part.id].share if part.id in answers else None
    there = [one for one in inside(part) if applies(one, answers, chosen)]
    found = [(one, score(one, questionnaire, answers, chosen, changed)) for one in there]
    found = [(one, value) for one, value in found if value is not None]
    if not found:
        return None
    have, whole = sum(one.weight for one, _ in found), sum(one.weight for one in there)
    if Fraction(have, whole) < needed(part, questionnaire):
        return None
    if questionnaire.aggregate == "minimum":
        return min(value for _, value in found)
    return mean([(value, weighed(one, changed)) for one, value in found])


def stage(part, level, answers, chosen, changed=None):
    """Return one person's mean over the questions of a staged level; "" when none applies."""
    if isinstance(part, model.Question):
        if part.id not in chosen or part.level != level:
            return ""
        given = answers.get(part.id)
        return "" if given and given.state is model.State.NOT_APPLICABLE else given and given.share
    found = [(one, stage(one, level, answers, chosen, changed)) for one in inside(part)]
    values = [(v, weighed(one, changed)) for one, v in found if isinstance(v, Fraction)]
    if values:
        return mean(values)
    return "" if all(value == "" for _, value in found) else None


# --- everybody ----------------------------------------------------------------------


def measures(questionnaire, chosen):
    """Return every part that has a score, by id."""
    parts = {"overall": questionnaire}
    for dimension in questionnaire.dimensions:
        parts[dimension.id] = dimension
        parts |= {capability.id: capability for capability in dimension.capabilities}
    return {name: part for name, part in parts.items() if asked(part, chosen)}


def is_balanced(wave):
    """Tell whether roles count alike."""
    if wave.combine:
        return wave.combine == "role-balanced"
    roles = [person.role for person in wave.respondents]
    return None not in roles and len(set(roles)) > 1 and min(map(roles.count, roles)) >= 5


def combined(values, *, balanced):
    """Return the mean of (role, value) pairs, or of the roles' means."""
    if not balanced:
        return mean([(value, 1) for _, value in values])
    roles = {role for role, _ in values}
    return mean([(mean([(v, 1) for r, v in values if r == role]), 1) for role in roles])


def level(found, questionnaire):
    """Return the level that a score reaches."""
    return max(level.number for level in questionnaire.levels if level.start <= found)


def staged_level(wave, chosen, changed):
    """Return the staged level of the overall."""
    questionnaire = wave.questionnaire
    reached = 1
    for number in sorted(one.number for one in questionnaire.levels):
        said = [
            (person.role, stage(questionnaire, number, person.answers, chosen, changed))
            for person in wave.respondents
        ]
        said = [(role, value) for role, value in said if value != ""]
        given = [(role, value) for role, value in said if value is not None]
        if not said:
            continue
        if not given or combined(given, balanced=is_balanced(wave)) < questionnaire.staged_pass:
            return reached
        reached = number
    return reached


# --- differences --------------------------------------------------------------------


def t(degrees):
    return max(line for line in TABLE if line[0] <= degrees)[1]


def error(values, population):
    """Return the squared standard error of a mean."""
    n, middle = len(values), mean([(value, 1) for value in values])
    spread = sum((value - middle) ** 2 for value in values) / (n - 1)
    return spread / n * (1 - Fraction(n, population) if population else 1)


def around(value, groups, populations, shares):
    """Return the 95 % interval of a sum of means, each with its share of the sum; not clipped."""
    if min(map(len, groups)) < 2 or all(len(set(group)) == 1 for group in groups):
        return None
    parts = [
        error(group, population) * share**2
        for group, population, share in zip(groups, populations, shares, strict=True)
    ]
    below = sum(p * p / (len(g) - 1) for p, g in zip(parts, groups, strict=True))
    degrees = math.floor(sum(parts) ** 2 / below) if below else 1
    half = t(degrees) * math.sqrt(sum(parts))
    return float(value) - half, float(value) + half
