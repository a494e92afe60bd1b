"""
How far whole points move a published quantile: made of rounded scores, and of exact ones.

Seeded simulated organisations of the shipped questionnaire, from five to a hundred and fifty of
them; each answers once, or is the mean of twenty people.

    PYTHONPATH=plugins python benchmarks/whole_points.py
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from cx_maturity import validate
from cx_maturity.benchmark import half_up
from cx_maturity.model import Answer, Respondent, State, Wave
from cx_maturity.pooling.cells import AROUND, cell_of, whole_points
from cx_maturity.score import measures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cx_maturity.model import Questionnaire

SEED = 2026
# Organisations in a segment, and how many such segments are drawn.
ROUNDS = {5: 40, 9: 40, 10: 20, 29: 8, 30: 6, 150: 1}
PEOPLE = (1, 20)


def main() -> None:
    """Print one line for each subset and size of a panel."""
    root = Path(__file__).resolve().parent.parent / "assessments"
    questionnaire = validate.assessments(root)[0].questionnaires["cx", "1.0"]
    for subset in questionnaire.subsets:
        for people in PEOPLE:
            apart = counted(questionnaire, subset.id, people, random.Random(SEED))
            moved = (f"{count / apart.total():.1%} by {by}" for by, count in sorted(apart.items()))
            print(f"{subset.id}, people {people}: {apart.total():,} quantiles,", *moved)


def counted(
    questionnaire: Questionnaire, subset: str, people: int, chance: random.Random
) -> Counter[int]:
    """Count the quantiles by how many points they lie apart."""
    apart: Counter[int] = Counter()
    for size in (size for size, rounds in ROUNDS.items() for _ in range(rounds)):
        drawn = [scores(questionnaire, subset, people, chance) for _ in range(size)]
        for name in drawn[0]:
            exact = sorted(found[name] for found in drawn)
            shown = cell_of(Counter(map(whole_points, exact))).quantiles
            apart.update(abs(value - of_exact(exact, percent)) for percent, value in shown.items())
    return apart


def scores(
    questionnaire: Questionnaire, subset: str, people: int, chance: random.Random
) -> dict[str, Fraction]:
    """Draw one organisation: its answers hang together."""
    level = chance.gauss(0.5, 0.2)
    answers = {}
    for question in sorted(questionnaire.subset(subset).questions):
        steps = 4 * people
        share = Fraction(min(max(round(steps * chance.gauss(level, 0.15)), 0), steps), steps)
        answers[question] = Answer(State.VALUE, "", share)
    day = date(2026, 1, 1)
    wave = Wave("w", questionnaire, subset, day, (Respondent(answers),), is_panel=False)
    return {name: found.score for name, found in measures(wave).items() if found.score is not None}


def of_exact(ordered: Sequence[Fraction], percent: int) -> int:
    """Make a quantile of exact scores, rounded once."""
    rank = half_up(Fraction(percent * (len(ordered) - 1), 100))
    first = min(max(rank - AROUND // 2, 0), len(ordered) - AROUND)
    return half_up(sum(ordered[first : first + AROUND], Fraction(0)) * 100 / AROUND)


if __name__ == "__main__":
    main()
