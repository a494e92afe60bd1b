"""
Every lift that a wave's answers leave room for, and what it adds to each measure, exactly.

A lift changes answers and never who has one: what lifts gain adds up, and needs no scoring anew.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from cx_maturity.advising.weighed import Weighed
from cx_maturity.disclosure import FEWEST
from cx_maturity.model import Choice, Numeric, Points
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.scoring.combine import order, whole
from cx_maturity.scoring.plan import plan
from cx_maturity.scoring.respondent import given

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cx_maturity.advising.weighed import Counts
    from cx_maturity.model import Capability, Question, Questionnaire, Scale, Step
    from cx_maturity.results import QuestionResult, Scorecard
    from cx_maturity.scoring.plan import Plan
    from cx_maturity.scoring.respondent import Given

# A mean that answers count in: a measure, and the staged level whose questions it is over, 0 for
# the measure's own score.
Mean = tuple[str, int]

SCORE: Mean = (OVERALL, 0)
# A question's id → how many lifts are taken of its chain.
Taken = dict[str, int]

KINDS = ("basic", "build", "innovate")


class Raise(NamedTuple):
    """One question raised by one anchor, at the price of its capability's *step*."""

    start: str
    end: str
    low: Fraction  # where the anchors lie on the scale, 0-1
    high: Fraction
    step: Step


@dataclass(frozen=True, slots=True)
class Chain:
    """
    What one question may be lifted by, anchor after anchor.

    *gains* are by mean and lift by lift, in parts of the mean's unit.
    """

    question: str
    place: int  # in the questionnaire
    share: Fraction  # the mean of its answers, 0-1
    capability: Capability | None
    foundation: str | None  # the foundation that it is in, when there is a gate
    raises: tuple[Raise, ...]
    gains: Mapping[Mean, tuple[int, ...]] = field(default_factory=dict)


class Prospects:
    """
    What a scored wave may come to: the *chains* of lifts, and every mean as it is *now*.

    *units* are what each mean's gains are in parts of; *stages* the staged levels that anybody
    was asked about, lowest first, by measure.  *held_back* are the means that a question counts
    in which is not lifted, as it would tell what one to four people answered.
    """

    def __init__(self, card: Scorecard) -> None:
        """Look at the answers behind *card*; it has a level, and so have its foundations."""
        wave = card.wave
        questionnaire = wave.questionnaire
        self.card = card
        self.questionnaire: Questionnaire = questionnaire
        # Then one person answered, and a measure is what its lowest question is.
        self.is_minimum = questionnaire.aggregate == "minimum"
        asked = plan(questionnaire, questionnaire.subset(wave.subset).questions)
        respondents = order(wave)
        self.combiner = whole(wave, respondents, balanced=card.combined == "role-balanced")
        answers = {question.id: given(question, respondents) for question in asked.questions}
        self.groups = {group.id: group for group in asked.groups}
        self.weighed = Weighed(answers, self.combiner)
        self.foundations = _foundations(card, asked)
        counted, self.stages = self._counted(asked, answers)
        self.units: dict[Mean, int] = {}
        self.now: dict[Mean, Fraction] = {}
        for mean, counts in counted.items():
            unit = math.lcm(*{found.below * found.unit for found in counts.values()})
            total = sum([found.total(unit) for found in counts.values()])
            self.units[mean], self.now[mean] = unit, Fraction(total, unit)
        self.held_back: set[Mean] = set()
        self.chains = tuple(self._chains(asked, counted))
        if self.is_minimum:
            for mean in counted:
                self.now[mean] = min(c.share for c in self.chains if mean in c.gains)

    def _counted(
        self, asked: Plan, answers: Mapping[str, Given]
    ) -> tuple[dict[Mean, dict[str, Counts]], dict[str, list[int]]]:
        """Return what answers count for in the overall and in foundations, and their stages."""
        measures = [OVERALL, *self.foundations]
        counted: dict[Mean, dict[str, Counts]] = {}
        stages: dict[str, list[int]] = {measure: [] for measure in measures}
        for level, overall in ((0, asked.overall), *asked.stages):
            weighed = Weighed(answers, self.combiner) if level else self.weighed
            for group in overall.walk():
                if group.id in measures and any(weighed.states(group)):
                    if level:
                        stages[group.id].append(level)
                    if found := weighed.counts(group):
                        counted[group.id, level] = found
        return counted, stages

    def _chains(self, asked: Plan, counted: Mapping[Mean, Mapping[str, Counts]]) -> Iterator[Chain]:
        held = {
            question.id: group.id
            for group in asked.groups
            if group.id in self.foundations
            for question in group.asks()
        }
        capabilities = {
            question.id: capability
            for dimension in self.questionnaire.dimensions
            for capability in dimension.capabilities
            for question in capability.questions
        }
        ladders: dict[tuple[int, bool], list[tuple[Fraction, str, int]]] = {}
        for place, question in enumerate(self.questionnaire.questions()):
            result = self.card.questions.get(question.id)
            if result is None or result.mean is None:
                continue
            capability = capabilities.get(question.id)
            start = self._start(result, capability)
            if start is None:
                self.held_back |= {m for m, counts in counted.items() if question.id in counts}
                continue
            key = id(question.scale), question.reverse
            if key not in ladders:
                ladders[key] = [(at, name, self.level_of(at)) for at, name in anchors(question)]
            raises = tuple(_raises(ladders[key], capability, start, result.given))
            gains = {
                mean: counts[question.id].gains([r.high for r in raises], self.units[mean])
                for mean, counts in counted.items()
                if question.id in counts
            }
            foundation = held.get(question.id)
            yield Chain(question.id, place, result.mean, capability, foundation, raises, gains)

    def _start(self, result: QuestionResult, capability: Capability | None) -> Fraction | None:
        """
        Return the score just below which a question's lifts begin; None where none may be named.

        That is its mean.  Where this is hidden, the first lift would tell it, and the capability's
        score stands in; of one to four people of five or more no lift is named at all.  A
        capability that has no score, as so few have one, has none to stand in.
        """
        people = len(self.card.wave.respondents)
        if not self.card.wave.is_panel or people < FEWEST:
            return result.mean
        if result.n < FEWEST:
            return None
        if result.id in self.card.hidden_means and capability is not None:
            return self.card.capabilities[capability.id].score
        return result.mean

    def holds_back(self, means: Iterable[Mean]) -> bool:
        """Tell whether one of the *means* holds a question that too few people answered to lift."""
        return not self.held_back.isdisjoint(means)

    def level_of(self, share: Fraction) -> int:
        """Return the level that an answer would give by itself; staged levels split 0-1 evenly."""
        if not self.questionnaire.staged:
            return self.combiner.band(share)
        levels = len(self.questionnaire.levels)
        return min(levels, 1 + int(share * levels))

    def level(self, means: Mapping[Mean, Fraction], measure: str) -> int:
        """Return the level of a *measure* by the *means*."""
        if not self.questionnaire.staged:
            return self.combiner.band(means[measure, 0])
        stages = self.stages[measure]
        return self.combiner.stage((level, means.get((measure, level))) for level in stages)

    def gated(self, means: Mapping[Mean, Fraction]) -> int:
        """Return the overall's gated level by the *means*."""
        level, gate = self.level(means, OVERALL), self.questionnaire.gate
        if gate is None or not self.foundations:
            return level
        return min(level, gate + min(self.level(means, name) for name in self.foundations))

    def capability(self, name: str) -> Mapping[str, Counts]:
        """Return what each question's answers count for in the score of a capability."""
        return self.weighed.counts(self.groups[name])


def _raises(
    ladder: Sequence[tuple[Fraction, str, int]],
    capability: Capability | None,
    mean: Fraction,
    own: str | None,
) -> Iterator[Raise]:
    """Yield the lifts from the floor of the *mean*, as long as there is a step for them."""
    steps = {step.start: step for step in capability.steps} if capability else {}
    first = sum([share <= mean for share, _, _ in ladder]) - 1
    start = own or ladder[first][1]
    for (low, _, level), (high, end, _) in pairwise(ladder[first:]):
        if level not in steps:
            return
        yield Raise(start, end, low, high, steps[level])
        start = end


def _foundations(card: Scorecard, asked: Plan) -> tuple[str, ...]:
    """Return what carries the gate, in the questionnaire's order."""
    if card.wave.questionnaire.gate is None:
        return ()
    known = {**card.dimensions, **card.capabilities}
    return tuple(g.id for g in asked.groups if g.foundation and known[g.id].applicable)


# --- anchors -----------------------------------------------------------------


def anchors(question: Question) -> list[tuple[Fraction, str]]:
    """
    List the places of a question's answers, 0-1 and ascending, each as it is written.

    A step of a measured number is written as the cut that it reaches, the one below all cuts
    as ``<`` and the lowest cut.
    """
    found = _anchors(question.scale)
    return [(1 - share, name) for share, name in reversed(found)] if question.reverse else found


def _anchors(scale: Scale) -> list[tuple[Fraction, str]]:
    match scale.kind:
        case Points(low, high):
            return [(Fraction(v - low, high - low), str(v)) for v in range(low, high + 1)]
        case Choice(options):
            first: dict[int, str] = {}
            for option in options:
                first.setdefault(option.value, option.id)
            low, high = min(first), max(first)
            return [(Fraction(v - low, high - low), first[v]) for v in sorted(first)]
        case Numeric(cuts):
            names = [f"<{_decimal(cuts[0])}", *map(_decimal, cuts)]
            return [(Fraction(place, len(cuts)), name) for place, name in enumerate(names)]


def _decimal(cut: Fraction) -> str:
    return f"{Decimal(cut.numerator) / Decimal(cut.denominator):f}"
