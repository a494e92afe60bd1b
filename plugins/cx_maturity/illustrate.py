"""
Make an illustrative benchmark: seeded, simulated organisations, said to be so everywhere.

It shows how a comparison looks before there are participants.  Nothing in it is
a fact about any market.
"""

from __future__ import annotations

import csv
import io
import random
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.benchmark import cells
from cx_maturity.disclosure import QUANTILES
from cx_maturity.model import Answer, Respondent, State, Wave
from cx_maturity.reading.edition import QUANTILE_COLUMNS
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.score import scorecard

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cx_maturity.model import Questionnaire
    from cx_maturity.results import Scorecard

INDUSTRIES = {"retail": "Retail", "financial-services": "Financial services"}
COUNTRIES = {"FI": "Finland", "SE": "Sweden", "NO": "Norway"}
# Simulated organisations of each leaf; the thin ones show what folding looks like.
LEAVES = {
    ("retail", "FI"): 41,
    ("retail", "SE"): 33,
    ("retail", "NO"): 18,
    ("financial-services", "FI"): 24,
    ("financial-services", "SE"): 31,
    ("financial-services", "NO"): 7,
}
# A leaf below this many is folded into its industry.
LEAF = 10
# Standard deviation of an answer between organisations, as a part of the scale.
SPREAD = 0.19
# Part of an answer's variance shared by the whole organisation and by a dimension.
SHARED, DIMENSION = 0.45, 0.2


def illustrative(
    questionnaire: Questionnaire, subset: str, edition: str, seed: int, day: date
) -> dict[str, str]:
    """Return the files of an illustrative benchmark by name; the same seed, the same bytes."""
    chance = random.Random(f"{seed} {questionnaire.id} {questionnaire.version} {subset}")  # noqa: S311 - a simulation
    ease = _ease(questionnaire, chance)
    members: dict[str, list[dict[str, Fraction]]] = {"all": []}
    for (industry, country), size in LEAVES.items():
        for _ in range(size):
            scores = _scores(scorecard(_wave(questionnaire, subset, day, chance, ease)))
            leaf = f"{industry}-{country.lower()}"
            for segment in ("all", industry, *([leaf] if size >= LEAF else [])):
                members.setdefault(segment, []).append(scores)
    rows: list[list[object]] = []
    for (segment, measure), found in cells(members).items():
        quantiles = [found.quantiles.get(q, "") for q in QUANTILES]
        rows.append([segment, measure, found.n, *quantiles])
    return {
        "benchmark.yaml": _head(questionnaire, subset, edition, seed),
        "quantiles.csv": _csv(rows),
    }


def _wave(
    questionnaire: Questionnaire,
    subset: str,
    day: date,
    chance: random.Random,
    ease: Mapping[str, float],
) -> Wave:
    chosen = questionnaire.subset(subset).questions
    organisation = chance.gauss(0, SHARED**0.5)
    answers = {}
    for dimension in questionnaire.dimensions:
        level = organisation + chance.gauss(0, DIMENSION**0.5)
        for question in dimension.all_questions():
            noise = chance.gauss(0, (1 - SHARED - DIMENSION) ** 0.5)
            # A mean of many people's answers: any point of the scale, to one in a hundred.
            place = round(100 * (ease[question.id] + (level + noise) * SPREAD))
            if question.id in chosen:
                answers[question.id] = Answer(
                    State.VALUE, share=Fraction(min(max(place, 0), 100), 100)
                )
    return Wave("simulated", questionnaire, subset, day, (Respondent(answers),), is_panel=False)


def _ease(questionnaire: Questionnaire, chance: random.Random) -> dict[str, float]:
    """Draw how high organisations answer each question on average; deeds come after words."""
    return {
        question.id: 0.52 + chance.gauss(0, 0.06) - (0.05 if question.aspect == "do" else 0)
        for question in questionnaire.questions()
    }


def _scores(card: Scorecard) -> dict[str, Fraction]:
    measures = {OVERALL: card.overall, **card.dimensions, **card.capabilities}
    return {name: m.score for name, m in measures.items() if m.score is not None}


def _head(questionnaire: Questionnaire, subset: str, edition: str, seed: int) -> str:
    name = f"{questionnaire.id}@{questionnaire.version}"
    drawn = f"{sum(LEAVES.values())} simulated organisations, drawn with seed {seed}"
    lines = [
        "# Simulated organisations, not a market.  Made by",
        f"#   cx-maturity benchmark illustrate {name} --subset {subset} \\",
        f"#     --edition {edition} --seed {seed}",
        "kind: illustrative",
        f"title: Illustrative peers, {subset}",
        f"questionnaire: {name}",
        f"subset: {subset}",
        f"aggregate: {questionnaire.aggregate}",
        f'edition: "{edition}"',
        'period: "simulated"',
        f"source: {drawn}; not a fact about any market.",
        "segments:",
        "  all: {title: All organisations}",
    ]
    for industry, title in INDUSTRIES.items():
        lines.append(f"  {industry}: {{title: {title}, parent: all, industry: {industry}}}")
        for country, name in COUNTRIES.items():
            size = LEAVES[industry, country]
            lines += [
                f"  {industry}-{country.lower()}:",
                f'    title: "{title}, {name}"',
                f"    parent: {industry}",
                f"    industry: {industry}",
                f"    country: {country}",
                *([f"    folded: fewer than {LEAF} organisations"] if size < LEAF else []),
            ]
    return "\n".join(lines) + "\n"


def _csv(rows: list[list[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(QUANTILE_COLUMNS)
    writer.writerows(rows)
    return out.getvalue()
