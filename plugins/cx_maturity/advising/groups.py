"""Conditions on people: two roles, units, single questions, and what they do not know."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, cast

from cx_maturity.advising.facts import POINTS, Fired, Given, number, parts_of, questions_of
from cx_maturity.disclosure import APART, FEWEST
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.results import Difference
from cx_maturity.scoring import interval
from cx_maturity.scoring.difference import LEVEL, holm

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cx_maturity.advising.facts import Facts, Tried
    from cx_maturity.results import Split

_TWO = 2


def roles_apart(facts: Facts, given: Mapping[str, Given]) -> Tried:
    """Fire where the first role is so far above the second."""
    perception = facts.card.perception
    if perception is None or perception.reason is not None:
        return "no-roles"
    is_turned = (given["first"], given["second"]) != perception.roles
    names = [name for name in facts.named(given["measure"]) if name in perception.differences]
    found = []
    for name in names:
        gap, sides = perception.differences[name], perception.sides[name]
        if is_turned:
            gap, sides = _turned(gap), sides[::-1]
        scores = sides[0].score, sides[1].score
        if min(gap.n) < FEWEST or scores[0] is None or scores[1] is None or gap.interval is None:
            continue
        numbers: dict[str, Given] = {
            "first_score": scores[0], "second_score": scores[1],
            "first_n": gap.n[0], "second_n": gap.n[1],
        }  # fmt: skip
        found.append(Fired((name,), numbers, abs(gap.value), gap))
    if not found:
        return "no-interval" if names else "hidden"
    least = number(given, "at-least")
    return [f for f in found if f.difference and _is_wide(f.difference, least)]


def _turned(gap: Difference) -> Difference:
    low, high = gap.interval or (0.0, 0.0)
    bounds = (-high, -low) if gap.interval else None
    return Difference(
        -gap.value, (gap.n[1], gap.n[0]), gap.is_paired, bounds, gap.degrees, gap.p, gap.rough
    )


def _is_wide(gap: Difference, points: Fraction) -> bool:
    return gap.value * POINTS >= points and gap.is_clear


def units_apart(facts: Facts, given: Mapping[str, Given]) -> Tried:
    """Fire where the highest unit is so far above the lowest, clear among all pairs."""
    units = [
        (score, split)
        for split in facts.card.splits.units
        if (measure := split.measures.get(OVERALL))
        and (score := measure.score) is not None
        and measure.n >= FEWEST
    ]
    if len(units) < _TWO:
        return "no-units"
    units.sort(key=lambda unit: (-unit[0], unit[1].id))
    (high, first), (low, last) = units[0], units[-1]
    gap = _between(first, last)
    if gap.p is None:
        return "no-interval"
    enough = gap.value * POINTS >= number(given, "at-least")
    if not enough or not _is_clear_among([split for _, split in units], gap.p):
        return []
    numbers: dict[str, Given] = {
        "highest": first.id, "lowest": last.id, "highest_score": high, "lowest_score": low,
        "units": len(units), "first_n": gap.n[0], "second_n": gap.n[1],
    }  # fmt: skip
    return [Fired((OVERALL,), numbers, gap.value, gap)]


def _is_clear_among(units: Sequence[Split], p: float) -> bool:
    """Tell whether the highest and the lowest differ when all pairs of *units* are tested."""
    pairs = math.comb(len(units), 2)
    # Holm's p is never below the p itself and never above that of Bonferroni.
    if p >= LEVEL or p * pairs < LEVEL:
        return p < LEVEL
    tested = {
        f"{one.id}\n{other.id}": _between(one, other).p for one, other in combinations(units, 2)
    }
    adjusted = holm({name: found for name, found in tested.items() if found is not None})
    return adjusted[f"{units[0].id}\n{units[-1].id}"] < LEVEL


def _between(first: Split, last: Split) -> Difference:
    """Return one unit's overall less another's: Welch's interval from their standard errors."""
    one, other = first.measures[OVERALL], last.measures[OVERALL]
    value = cast("Fraction", one.score) - cast("Fraction", other.score)
    squares = [(measure.error or 0.0) ** 2 for measure in (one, other)]
    n = (one.n, other.n)
    if not sum(squares):
        return Difference(value, n, is_paired=False)
    below = sum(part**2 / (size - 1) for part, size in zip(squares, n, strict=True))
    degrees = math.floor(sum(squares) ** 2 / below)
    error = math.sqrt(sum(squares))
    half = interval.t(degrees) * error
    middle = float(value)
    return Difference(
        value,
        n,
        is_paired=False,
        interval=(max(-1.0, middle - half), min(1.0, middle + half)),
        degrees=degrees,
        p=interval.tail(middle / error, degrees),
        rough=one.rough or other.rough,
    )


def contested(facts: Facts, given: Mapping[str, Given]) -> Tried:
    """Fire where people are too far apart on so many questions."""
    agreement = facts.card.agreement
    if not agreement:
        return "few-people" if facts.is_panel else "one-set"
    apart = [(name, found) for name, found in agreement.items() if found.is_contested]
    if len(apart) < number(given, "at-least"):
        return []
    # Of fewer people not even the order may be told.
    widest = min(
        apart,
        key=lambda one: (one[1].n < APART, 0 if one[1].n < APART else -one[1].ad / one[1].limit),
    )
    numbers: dict[str, Given] = {
        "contested": len(apart), "of": len(agreement), "question": widest[0],
        "n": len(facts.card.wave.respondents),
    }  # fmt: skip
    holder = next(
        p.id for p in parts_of(facts.questionnaire) if widest[0] in {q.id for q in p.questions}
    )
    share = Fraction(len(apart), len(agreement))
    return [Fired((), numbers, share, about=holder)]


def unsure(facts: Facts, given: Mapping[str, Given]) -> Tried:
    """Fire for every part of which so much is not known."""
    kinds = (("capability", facts.card.capabilities), ("dimension", facts.card.dimensions))
    measures = [
        (measure, number(given, key))
        for key, some in kinds
        if key in given
        for measure in some.values()
        if measure.applicable
    ]
    if not measures:
        return "not-asked"
    return [
        Fired((measure.id,), {"share": share, "n": len(facts.card.wave.respondents)}, share)
        for measure, least in measures
        if (share := 1 - measure.visibility) >= least and _may_be_told(facts, measure.id)
    ]


def _may_be_told(facts: Facts, name: str) -> bool:
    """Tell whether how often people do not know is no count of fewer than five answers."""
    if not facts.is_panel:
        return True
    results = [facts.card.questions.get(q.id) for q in questions_of(facts.questionnaire, name)]
    return sum(result.unsure for result in results if result) >= FEWEST
