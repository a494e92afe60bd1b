"""
The scoring rule once more, slowly: an oracle for ``score.py`` and ``score.mjs``.

It shares no code with them and is written rule by rule from the method, for
reading rather than for speed.  ``vectors/README.md`` describes input, output
and how it settles what the method leaves open.  Everything is a
:class:`~fractions.Fraction` on 0-1 until the last lines.
"""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from typing import Any

Plain = dict[str, Any]
NOTHING, ALL = Fraction(0), Fraction(1)


def rational(value: float | str) -> Fraction:
    """Read a whole number, a decimal or "p/q"."""
    return Fraction(str(value))


# --- one answer --------------------------------------------------------------


def place(question: Plain, scale: Plain, given: str) -> Fraction:
    """Return how far up its scale the answer *given* stands."""
    if scale["kind"] == "points":
        low, high = scale["low"], scale["high"]
        up = Fraction(int(Fraction(given)) - low, high - low)
    elif scale["kind"] == "choice":
        low, high = min(scale["options"].values()), max(scale["options"].values())
        up = Fraction(scale["options"][given] - low, high - low)
    else:
        cuts = [rational(cut) for cut in scale["cuts"]]
        up = Fraction(len([cut for cut in cuts if rational(given) >= cut]), len(cuts))
    return 1 - up if question.get("reverse") else up


def read(question: Plain, questionnaire: Plain, answers: Plain) -> Fraction | str:
    """Return the answer's place on its scale, or the state that it is in instead."""
    answer = answers.get(question["id"])
    if isinstance(answer, dict) and "not-applicable" in answer:
        return "not applicable"
    if isinstance(answer, dict):
        answer = answer["answer"]
    if answer is None or answer == "":
        return "unanswered"
    if answer == "unsure":
        return "unsure"
    return place(question, questionnaire["scales"][question["scale"]], str(answer))


# --- the tree ----------------------------------------------------------------


def parts(node: Plain) -> list[Plain]:
    """Return what a dimension or a capability is made of; nothing for a question."""
    return node.get("dimensions") or node.get("capabilities") or node.get("questions") or []


def asked(node: Plain, subset: set[str]) -> list[Plain]:
    """Return the questions under *node* that belong to the subset."""
    if parts(node):
        return [question for part in parts(node) for question in asked(part, subset)]
    return [node] if node["id"] in subset else []


def needed(node: Plain, questionnaire: Plain) -> Fraction:
    """Return the share of the weight of its parts that a score of *node* needs."""
    if "dimensions" in node:
        return ALL
    capability = any(
        node["id"] == c["id"]
        for d in questionnaire["dimensions"]
        for c in d.get("capabilities", [])
    )
    return rational(questionnaire["coverage"]["capability" if capability else "dimension"]) / 100


class One:
    """What one respondent says about one part of the questionnaire."""

    def __init__(self, node: Plain, questionnaire: Plain, subset: set[str], answers: Plain) -> None:
        """Work out score, bounds, coverage and visibility."""
        states = [
            (q.get("weight", 1), read(q, questionnaire, answers)) for q in asked(node, subset)
        ]
        self.applicable = sum(w for w, state in states if state != "not applicable")
        self.unsure = sum(w for w, state in states if state == "unsure")
        self.valued = sum(w for w, state in states if isinstance(state, Fraction))
        self.score: Fraction | None = None
        self.lowest, self.highest = NOTHING, ALL
        if not parts(node):
            if states and isinstance(states[0][1], Fraction):
                self.score = self.lowest = self.highest = states[0][1]
            return
        inner = [
            (part.get("weight", 1), One(part, questionnaire, subset, answers))
            for part in parts(node)
        ]
        inner = [(w, one) for w, one in inner if one.applicable]
        if not inner:
            return
        how = questionnaire["aggregate"]
        self.lowest = together(how, [(w, one.lowest) for w, one in inner])
        self.highest = together(how, [(w, one.highest) for w, one in inner])
        scored = [(w, one.score) for w, one in inner if one.score is not None]
        share = Fraction(sum(w for w, _ in scored), sum(w for w, _ in inner))
        if scored and share >= needed(node, questionnaire):
            self.score = together(how, scored)


def together(how: str, weighted: list[tuple[int, Fraction]]) -> Fraction:
    """Combine parts into a whole: their weighted mean, or the lowest of them."""
    if how == "minimum":
        return min(value for _, value in weighted)
    return sum((w * value for w, value in weighted), NOTHING) / sum(w for w, _ in weighted)


def mean(values: list[Fraction]) -> Fraction:
    """Return the plain mean."""
    return sum(values, NOTHING) / len(values)


# --- many respondents --------------------------------------------------------


def balanced(wave: Plain) -> bool:
    """Tell whether the wave is the mean of its roles' means."""
    if wave.get("combine"):
        return bool(wave["combine"] == "role-balanced")
    roles = Counter(person.get("role") or "" for person in people(wave))
    return "" not in roles and len(roles) > 1 and min(roles.values()) >= 5


def combined(values: list[tuple[str, Fraction]], wave: Plain) -> Fraction:
    """Return the mean of *values*, or of their roles' means."""
    if not balanced(wave):
        return mean([value for _, value in values])
    roles = {role for role, _ in values}
    return mean([mean([v for r, v in values if r == role]) for role in roles])


def variance(values: list[Fraction]) -> Fraction:
    """Return the sample variance."""
    middle = mean(values)
    return sum(((v - middle) ** 2 for v in values), NOTHING) / (len(values) - 1)


def population_of(wave: Plain, role: str) -> int | None:
    """Return how many people stand behind a role, or behind the whole panel."""
    population: dict[str, int] = wave.get("population") or {}
    if balanced(wave):
        return population.get(role)
    known = population and all(person.get("role") in population for person in people(wave))
    return sum(population.values()) if known or "all" in population else None


def interval(
    values: list[tuple[str, Fraction]], wave: Plain, table: list[list[float]]
) -> list[float] | None:
    """Return the 95 % interval of the mean on 0-100; None where none may be given."""
    if len(values) < 3:
        return None
    groups: dict[str, list[Fraction]] = {}
    for role, value in values:
        groups.setdefault(role if balanced(wave) else "", []).append(value)
    if any(len(group) < 2 for group in groups.values()):
        return None
    if all(len(set(group)) == 1 for group in groups.values()):
        return None
    errors = []
    for role, group in groups.items():
        behind = population_of(wave, role)
        unseen = 1 - Fraction(len(group), behind) if behind else ALL
        errors.append((variance(group) / len(group) * unseen, len(group) - 1))
    error = sum((e for e, _ in errors), NOTHING)
    middle = float(combined(values, wave))
    if not error:  # everybody there is has answered
        return [100 * middle, 100 * middle]
    freedom = math.floor(error**2 / sum((e**2 / df for e, df in errors), NOTHING))
    t = max((row for row in table if row[0] <= freedom), key=lambda row: row[0])[1]
    half = t * math.sqrt(error) / len(groups)
    return [100 * max(0.0, middle - half), 100 * min(1.0, middle + half)]


# --- levels ------------------------------------------------------------------


def level(score: Fraction, node: Plain, questionnaire: Plain, wave: Plain) -> int:
    """Return the level of a measure that has a score."""
    levels = questionnaire["levels"]
    if levels["method"] == "bands":
        return len([start for start in levels["starts"] if score >= rational(start) / 100])
    reached = 1
    for number in range(1, levels["count"] + 1):
        means = [
            (person.get("role") or "", stage(node, number, questionnaire, wave, person["answers"]))
            for person in people(wave)
        ]
        means = [(role, value) for role, value in means if value != "nothing asked"]
        if not means:
            continue
        given = [(role, value) for role, value in means if isinstance(value, Fraction)]
        if not given or combined(given, wave) < rational(levels["pass"]) / 100:
            break
        reached = number
    return reached


def stage(
    node: Plain, number: int, questionnaire: Plain, wave: Plain, answers: Plain
) -> Fraction | str:
    """Return one respondent's mean over the questions of one level, part by part."""
    if not parts(node):
        if node["id"] not in questionnaire["subsets"][wave["subset"]] or node["level"] != number:
            return "nothing asked"
        answer = read(node, questionnaire, answers)
        if isinstance(answer, str):
            return "nothing asked" if answer == "not applicable" else "nothing given"
        return answer
    inner = [
        (part.get("weight", 1), stage(part, number, questionnaire, wave, answers))
        for part in parts(node)
    ]
    given = [(w, value) for w, value in inner if isinstance(value, Fraction)]
    if given:
        return together("mean", given)
    return "nothing given" if any(v == "nothing given" for _, v in inner) else "nothing asked"


# --- the whole ---------------------------------------------------------------


def people(wave: Plain) -> list[Plain]:
    """Return the respondents; a plain answers file is one person's."""
    if "respondents" in wave:
        return list(wave["respondents"])
    return [{"answers": wave["answers"]}]


def ones(node: Plain, questionnaire: Plain, wave: Plain) -> list[tuple[str, One]]:
    """Return what everybody to whom *node* applies says about it, with their roles."""
    subset = set(questionnaire["subsets"][wave["subset"]])
    said = [
        (person.get("role") or "", One(node, questionnaire, subset, person["answers"]))
        for person in people(wave)
    ]
    return [(role, one) for role, one in said if one.applicable]


def few(number: int, wave: Plain) -> bool:
    """Tell whether *number* people of a panel of five or more are one, two, three or four."""
    return len(wave.get("respondents", ())) > 4 and number in {1, 2, 3, 4}


def measure(node: Plain, questionnaire: Plain, wave: Plain, table: list[list[float]]) -> Plain:
    """Return one number and what makes it believable."""
    said = ones(node, questionnaire, wave)
    scored = [(role, one.score) for role, one in said if one.score is not None]
    secret = few(len(scored), wave)
    score = combined(scored, wave) if scored and not secret else None
    reached = None if score is None else level(score, node, questionnaire, wave)
    lowest = combined([(role, one.lowest) for role, one in said], wave) if said else NOTHING
    highest = combined([(role, one.highest) for role, one in said], wave) if said else ALL
    if score is not None:
        lowest, highest = min(lowest, score), max(highest, score)
    elif secret or few(len([one for _, one in said if one.valued]), wave):
        lowest, highest = NOTHING, ALL
    weight = sum(one.applicable for _, one in said) or 1
    return {
        "score": None if score is None else float(score * 100),
        "exact": None if score is None else "/".join(map(str, (score * 100).as_integer_ratio())),
        "level": reached,
        "gated_level": reached,
        "coverage": float(Fraction(sum(one.valued for _, one in said), weight)),
        "visibility": float(1 - Fraction(sum(one.unsure for _, one in said), weight)),
        "lowest": float(lowest * 100),
        "highest": float(highest * 100),
        "n": len(scored) if "respondents" in wave else 1,
        "interval": None if secret else interval(scored, wave, table),
    }


def scores(questionnaire: Plain, wave: Plain, table: list[list[float]]) -> Plain:
    """Return what ``cx-maturity score`` prints."""
    subset = set(questionnaire["subsets"][wave["subset"]])
    dimensions = [d for d in questionnaire["dimensions"] if asked(d, subset)]
    capabilities = [c for d in dimensions for c in d.get("capabilities", []) if asked(c, subset)]
    found = {
        node["id"]: measure(node, questionnaire, wave, table) for node in dimensions + capabilities
    }
    overall = measure(questionnaire, questionnaire, wave, table)
    foundations = [
        node["id"]
        for dimension in dimensions
        for node in (dimension, *dimension.get("capabilities", []))
        if node.get("foundation") and ones(node, questionnaire, wave)
    ]
    gated_level, held_by = gated(
        overall["level"],
        {name: found[name]["level"] for name in foundations},
        questionnaire.get("gate"),
    )
    return {
        "questionnaire": questionnaire["id"],
        "version": questionnaire["version"],
        "subset": wave["subset"],
        "wave": wave["id"],
        "overall": {**overall, "gated_level": gated_level, "held_by": held_by},
        "dimensions": {d["id"]: found[d["id"]] for d in dimensions},
        "capabilities": {c["id"]: found[c["id"]] for c in capabilities},
    }


def gated(
    additive: int | None, foundations: dict[str, int | None], gate: int | None
) -> tuple[int | None, list[str]]:
    """Return the level under the gate, and the foundations that hold it or leave it open."""
    if gate is None or additive is None or not foundations:
        return additive, []
    unknown = [name for name, found in foundations.items() if found is None]
    if unknown:
        return None, unknown
    lowest = min(found for found in foundations.values() if found is not None)
    if lowest + gate >= additive:
        return additive, []
    return lowest + gate, [name for name, found in foundations.items() if found == lowest]
