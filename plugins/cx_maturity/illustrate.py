"""
Make an illustrative benchmark: seeded, simulated organisations, said to be so everywhere.

It shows how a comparison looks before there are participants.  Nothing in it is
a fact about any market.
"""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.industries import NAMES
from cx_maturity.model import Answer, Respondent, State, Text, Wave
from cx_maturity.pooling.cells import Member, gathered, published, whole_points
from cx_maturity.pooling.files import Head, edition_files
from cx_maturity.pooling.segments import tree
from cx_maturity.score import measures

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cx_maturity.model import Questionnaire

# Simulated organisations of each industry and country; the thin one shows what folding looks like.
LEAVES: dict[tuple[str, str | None], int] = {
    ("retail", "FI"): 41,
    ("retail", "SE"): 33,
    ("retail", "NO"): 18,
    ("financial-services", "FI"): 24,
    ("financial-services", "SE"): 31,
    ("financial-services", "NO"): 4,
    ("financial-services", None): 3,
}
# What all of them together are called.
ALL = Text(
    {
        "en": "All organisations",
        "fi": "Kaikki organisaatiot",
        "sv": "Alla organisationer",
        "nb": "Alle virksomheter",
    }
)
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
    members: list[Member] = []
    for (industry, country), size in LEAVES.items():
        for _ in range(size):
            scores = measures(_wave(questionnaire, subset, day, chance, ease))
            points = {n: whole_points(m.score) for n, m in scores.items() if m.score is not None}
            members.append(Member(str(len(members)), industry, country, points))
    places = tree((one.industry, one.country) for one in members)
    segments = tuple(replace(one, title=_title(one.industry, one.country)) for one in places)
    found = published(segments, gathered(members, segments))
    return edition_files(_head(questionnaire, subset, edition, seed), found)


def _title(industry: str | None, country: str | None) -> Text:
    """Return a segment's title in every language of ours: ``Retail, Finland``."""
    from babel import Locale  # noqa: PLC0415 - for the few who make an edition

    named = NAMES[industry] if industry else ALL
    if not country:
        return named
    titles = named.by_language.items()
    return Text({k: f"{title}, {Locale(k).territories[country]}" for k, title in titles})


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


def _head(questionnaire: Questionnaire, subset: str, edition: str, seed: int) -> Head:
    name = f"{questionnaire.id}@{questionnaire.version}"
    n, named = sum(LEAVES.values()), questionnaire.subset(subset).title
    return Head(
        made=(
            "Simulated organisations, not a market.  Made by",
            f"  cx-maturity benchmark illustrate {name} --subset {subset} \\",
            f"    --edition {edition} --seed {seed}",
        ),
        kind="illustrative",
        title=Text(
            {
                "en": f"Illustrative peers, {named.to('en')}",
                "fi": f"Esimerkkivertailuryhmä, {named.to('fi')}",
                "sv": f"Exempelgrupp för jämförelse, {named.to('sv')}",
                "nb": f"Eksempelgruppe for sammenligning, {named.to('nb')}",
            }
        ),
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        subset=subset,
        aggregate=questionnaire.aggregate,
        edition=edition,
        period="simulated",
        source=Text(
            {
                "en": f"{n} simulated organisations, drawn with seed {seed}; not a fact about any "
                "market.",
                "fi": f"{n} simuloitua organisaatiota, arvottu siemenluvulla {seed}; ei tietoa "
                "miltään markkinalta.",
                "sv": f"{n} simulerade organisationer, slumpade med startvärde {seed}; inga fakta "
                "om någon marknad.",
                "nb": f"{n} simulerte virksomheter, trukket med frø {seed}; ikke fakta om noe "
                "marked.",
            }
        ),
    )
