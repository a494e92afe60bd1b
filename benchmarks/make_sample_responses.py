"""
Make the responses of the two fictional sample organisations that many people answer for.

Nobody answered: every cell is drawn.  The draws are made to look like a real survey, so that what
the reports do with one can be seen.  An answer is the organisation's own place on the question,
moved by

* the person: some see everything brighter, and some use more of the scale than others;
* the role: leadership sees a rosier organisation than the front line, deeds above all;
* the unit: one store does better than its neighbour;
* chance.

A role that seldom sees a practice answers ``unsure`` more readily, leadership less so than it
might.  A few questions do not apply to a few people, who give a reason.  Single answers are
skipped, and some people stop half-way.  The same seed gives the same bytes, on any machine:

    python benchmarks/make_sample_responses.py
"""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass, field
from pathlib import Path
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ORGANISATIONS = Path(__file__).resolve().parent.parent / "assessments" / "organisations"
SEED = 2026

# The capabilities in the questionnaire's order; each has the questions say and do.
CAPABILITIES = (
    *("culture.presence", "culture.employees", "culture.latitude"),
    *("culture.learning", "culture.silos"),
    *("strategy.insight", "strategy.world", "strategy.promise"),
    *("strategy.moments", "strategy.recovery"),
    *("leadership.ownership", "leadership.tradeoffs", "leadership.engagement"),
    *("leadership.communication", "leadership.foresight"),
    *("measurement.listening", "measurement.view", "measurement.signals"),
    *("measurement.interpretation", "measurement.loop"),
)
QUESTIONS = tuple(f"{c}.{aspect}" for c in CAPABILITIES for aspect in ("say", "do"))

# Who seldom sees it, by capability or by question.
LEADERSHIP, FRONT, SUPPORT = "leadership", "front-line", "support"
SELDOM = {
    "culture.presence": (LEADERSHIP,),
    "culture.employees.do": (LEADERSHIP,),
    "culture.latitude": (LEADERSHIP, SUPPORT),
    "culture.learning": (LEADERSHIP,),
    "culture.silos.do": (LEADERSHIP,),
    "strategy.insight.say": (FRONT,),
    "strategy.insight.do": (LEADERSHIP, SUPPORT),
    "strategy.world.do": (LEADERSHIP,),
    "strategy.promise.do": (LEADERSHIP,),
    "strategy.moments.say": (FRONT,),
    "strategy.moments.do": (LEADERSHIP, SUPPORT),
    "strategy.recovery": (LEADERSHIP, SUPPORT),
    "leadership.ownership.say": (FRONT, SUPPORT),
    "leadership.tradeoffs": (FRONT,),
    "leadership.engagement.do": (LEADERSHIP, SUPPORT),
    "leadership.communication": (LEADERSHIP,),
    "leadership.foresight": (FRONT,),
    "measurement.listening": (LEADERSHIP,),
    "measurement.view": (LEADERSHIP,),
    "measurement.signals": (LEADERSHIP,),
    "measurement.interpretation": (FRONT,),
    "measurement.loop": (LEADERSHIP,),
}
# Chance of unsure: whoever seldom sees it, by role, and everybody else.
UNSURE = {LEADERSHIP: 0.22, FRONT: 0.34, SUPPORT: 0.42}
UNSURE_ELSE = 0.03
SKIPPED, STOPPED = 0.008, 0.07
STOPS_AFTER = 15  # the first question that some people do not reach any more

# In steps of the scale: how much brighter a role sees what is said and what is done.
BRIGHTER = {
    LEADERSHIP: (0.35, 0.75),
    "management": (0.15, 0.25),
    FRONT: (0.0, -0.15),
    SUPPORT: (0.0, 0.0),
}
PERSON, CHANCE = 0.4, 0.6  # standard deviations, in steps of the scale
MIDDLE, REACH = 3.0, (0.7, 1.25)  # how far a person's answers lie from the middle


@dataclass(frozen=True, slots=True)
class Survey:
    """One wave: *places* holds say and do of each capability, 1-5; *people* who answers."""

    organisation: str
    wave: str
    places: tuple[tuple[float, float], ...]
    people: tuple[tuple[str, str, int], ...]  # role, unit, how many
    units: Mapping[str, float] = field(default_factory=dict)  # unit → better by, in steps
    reasons: Mapping[str, tuple[str, float]] = field(default_factory=dict)  # question → chance
    delimiter: str = ","
    columns: tuple[str, ...] = QUESTIONS
    skipped: str = ""


NUMBERED = tuple(f"Q{number:02}" for number in range(1, len(QUESTIONS) + 1))
OFFICE, LOGISTICS = "Puistola office", "Logistics hall"
HARBOUR, RIDGE, ONLINE = "Harbour Gate store", "Ridge Lane store", "Online desk"
STORES = {HARBOUR: 0.45, RIDGE: -0.55, ONLINE: 0.1}
CHAIN_REASONS = {
    "culture.silos.do": ("too-small", 0.05),
    "measurement.view.do": ("not-identifiable", 0.06),
}

SURVEYS = (
    Survey(
        "suviyo-mutual",
        "2026-03",
        (
            *((3.2, 2.6), (3.4, 2.9), (2.8, 2.4), (3.6, 3.3), (2.6, 2.2)),
            *((3.8, 3.3), (3.4, 2.9), (4.0, 3.4), (3.5, 3.0), (3.9, 3.7)),
            *((4.1, 3.4), (3.3, 2.5), (2.9, 2.6), (3.6, 3.0), (3.2, 2.6)),
            *((3.7, 3.4), (3.0, 2.3), (2.7, 2.6), (3.3, 2.9), (3.1, 2.2)),
        ),
        (
            (LEADERSHIP, "Upper floor", 2),
            ("management", "Claims floor", 2),
            ("management", "Policies floor", 1),
            (FRONT, "Claims floor", 2),
            (FRONT, "Policies floor", 2),
            (SUPPORT, "Policies floor", 3),
        ),
        reasons={
            "culture.latitude.do": ("set-by-law", 0.2),
            "measurement.interpretation.do": ("too-new", 0.12),
        },
    ),
    Survey(
        "tuulentupa-stores",
        "2025-05",
        (
            *((2.6, 2.3), (3.0, 2.5), (3.3, 3.2), (2.7, 2.5), (2.6, 2.5)),
            *((3.4, 2.9), (3.0, 2.7), (3.6, 3.2), (3.0, 2.8), (3.2, 2.6)),
            *((3.7, 2.8), (2.9, 2.4), (2.9, 2.7), (3.1, 2.7), (3.0, 2.7)),
            *((3.8, 3.6), (3.3, 3.0), (3.4, 3.3), (3.2, 2.8), (2.7, 2.1)),
        ),
        (
            (LEADERSHIP, OFFICE, 6),
            ("management", HARBOUR, 4),
            ("management", RIDGE, 4),
            ("management", ONLINE, 3),
            ("management", OFFICE, 2),
            (FRONT, HARBOUR, 9),
            (FRONT, RIDGE, 11),
            (FRONT, ONLINE, 7),
            (SUPPORT, LOGISTICS, 6),
            (SUPPORT, OFFICE, 3),
        ),
        STORES,
        CHAIN_REASONS,
        ";",
        NUMBERED,
        "-99",
    ),
    Survey(
        "tuulentupa-stores",
        "2026-05",
        (
            *((3.6, 3.2), (3.2, 2.6), (3.4, 3.3), (3.3, 3.1), (2.7, 2.4)),
            *((3.5, 3.0), (3.1, 2.8), (3.6, 3.1), (3.4, 3.1), (4.0, 3.7)),
            *((4.0, 3.3), (3.0, 2.5), (3.2, 3.0), (3.2, 2.8), (2.9, 2.4)),
            *((3.9, 3.7), (3.3, 3.1), (3.3, 3.3), (3.3, 2.9), (3.0, 2.3)),
        ),
        (
            (LEADERSHIP, OFFICE, 7),
            ("management", HARBOUR, 5),
            ("management", RIDGE, 4),
            ("management", ONLINE, 3),
            ("management", OFFICE, 2),
            (FRONT, HARBOUR, 10),
            (FRONT, RIDGE, 11),
            (FRONT, ONLINE, 8),
            (SUPPORT, LOGISTICS, 6),
            (SUPPORT, OFFICE, 4),
        ),
        STORES,
        CHAIN_REASONS,
        ";",
        NUMBERED,
        "-99",
    ),
)


def files() -> dict[Path, str]:
    """Return every responses file and its text."""
    return {
        ORGANISATIONS / survey.organisation / f"{survey.wave}.responses.csv": responses(survey)
        for survey in SURVEYS
    }


def responses(survey: Survey) -> str:
    """Return the text of one wave's file; rows stand in the order of the drawn ids."""
    chance = random.Random(f"{SEED} {survey.organisation} {survey.wave}")
    rows = [
        [_name(chance), role, unit, *_person(survey, role, unit, chance)]
        for role, unit, count in survey.people
        for _ in range(count)
    ]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=survey.delimiter, lineterminator="\n")
    writer.writerow(["respondent", "role", "unit", *survey.columns])
    writer.writerows(sorted(rows))
    return out.getvalue()


def _name(chance: random.Random) -> str:
    """Draw an id that says nothing about anybody and is new in every wave."""
    return "".join(chance.choice("bcdfghjkmnpqrstvwxz23456789") for _ in range(8))


def _person(survey: Survey, role: str, unit: str, chance: random.Random) -> list[str]:
    bright = _normal(chance, PERSON) + survey.units.get(unit, 0.0)
    reach = REACH[0] + (REACH[1] - REACH[0]) * chance.random()
    stops = chance.randrange(STOPS_AFTER, len(QUESTIONS)) if chance.random() < STOPPED else None
    cells = []
    for number, question in enumerate(QUESTIONS):
        place = survey.places[number // 2][number % 2] + BRIGHTER[role][number % 2]
        seen = MIDDLE + reach * (place + bright + _normal(chance, CHANCE) - MIDDLE)
        value = str(min(max(round(seen), 1), 5))
        cells.append(_cell(survey, question, role, value, chance))
        if stops is not None and number >= stops:
            cells[-1] = ""
    return cells


def _cell(survey: Survey, question: str, role: str, value: str, chance: random.Random) -> str:
    reason, often = survey.reasons.get(question, ("", 0.0))
    # Drawn in any case, so that a changed probability moves no other person's answers.
    skips, excused, doubts = chance.random(), chance.random(), chance.random()
    seldom = SELDOM.get(question, SELDOM.get(question.rpartition(".")[0], ()))
    if skips < SKIPPED:
        return survey.skipped
    if excused < often:
        return f"not-applicable:{reason}"
    return "unsure" if doubts < (UNSURE[role] if role in seldom else UNSURE_ELSE) else value


def _normal(chance: random.Random, deviation: float) -> float:
    # random() alone is promised to stay the same from one Python to the next.
    return NormalDist(0, deviation).inv_cdf(min(max(chance.random(), 1e-12), 1 - 1e-12))


if __name__ == "__main__":
    for path, text in files().items():
        path.write_text(text, "utf-8", newline="\n")
