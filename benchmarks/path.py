"""
Measure what the shortest path costs, in CPU milliseconds, on seeded answers that this makes.

    python benchmarks/path.py
    python benchmarks/path.py --people 300 --runs 20

Forty questions of the shipped questionnaire, a tenth of the answers missing.  Each row is a panel
or one person whose answers lie about a level; *next* is the path to the next level, *top* the one
to level 5.  Steps are actions: the lifts of one step of a capability together.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "plugins"))

from cx_maturity import validate  # noqa: E402 - the checkout beside this script is measured
from cx_maturity.model import Answer, Respondent, State, Wave  # noqa: E402
from cx_maturity.path import shortest_path  # noqa: E402
from cx_maturity.score import scorecard  # noqa: E402

if TYPE_CHECKING:
    from cx_maturity.model import Questionnaire
    from cx_maturity.results import Scorecard

ROLES = ("leadership", "management", "front-line", "support")
GIVEN = {n: Answer(State.VALUE, str(n), Fraction(n - 1, 4)) for n in range(1, 6)}
# The mean that answers are drawn about, and their standard deviation: first, all at the bottom.
WAVES = ((1.0, 0.0), (1.5, 0.6), (2.3, 0.9), (3.0, 0.9), (3.7, 0.9))
MISSING = 0.1


def drawn(asked: Questionnaire, people: int, mean: float, spread: float) -> Scorecard:
    """Score answers drawn about a *mean* of 1-5."""
    chance = random.Random(f"{people} {mean}")
    respondents = []
    for person in range(people):
        answers = {
            question.id: GIVEN[min(5, max(1, round(chance.gauss(mean, spread))))]
            for question in asked.questions()
            if chance.random() >= MISSING
        }
        role = ROLES[person % len(ROLES)] if people > 1 else None
        respondents.append(Respondent(answers, role, None, f"p{person}"))
    day = date(2026, 5, 19)
    return scorecard(Wave("w", asked, "full", day, tuple(respondents), people > 1))


def timed(card: Scorecard, goal: int | None, runs: int) -> str:
    """Return level, steps, lifts, effort and the median of the CPU milliseconds, as cells."""
    spent = []
    for _ in range(runs):
        start = time.process_time()
        path = shortest_path(card, goal)
        spent.append((time.process_time() - start) * 1000)
    if path is None:
        return ""
    steps = len({(lift.capability, lift.step) for lift in path.lifts})
    milliseconds = statistics.median(spent)
    return f"{path.goal} | {steps} | {len(path.lifts)} | {path.effort} | {milliseconds:.1f}"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="What the shortest path costs, in CPU ms.")
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    found, _ = validate.assessments(ROOT / "assessments")
    asked = found.questionnaires["cx", "1.0"]
    print("| people | answers about | goal | steps | lifts | effort | CPU ms |")
    print("| ---: | ---: | --- | ---: | ---: | ---: | ---: |")
    for people in (1, options.people):
        for mean, spread in WAVES:
            card = drawn(asked, people, mean, spread)
            for goal in (None, len(asked.levels)):
                print(f"| {people} | {mean} | {timed(card, goal, options.runs)} |", flush=True)


if __name__ == "__main__":
    main()
