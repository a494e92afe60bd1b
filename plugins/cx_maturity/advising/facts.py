"""What conditions look at, what they tell, and how to find the parts of a questionnaire."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, cast

from cx_maturity.model import Dimension
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cx_maturity.editions import Comparison, Edition
    from cx_maturity.model import Capability, Question, Questionnaire
    from cx_maturity.results import Advice, Difference, Measure, Movement, Scorecard

Given = Fraction | int | str
POINTS = 100


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a condition may look at."""

    card: Scorecard
    comparison: Comparison
    movement: Movement | None
    advice: Advice
    editions: Sequence[Edition]

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire that was answered."""
        return self.card.wave.questionnaire

    @property
    def is_panel(self) -> bool:
        """Tell people's answers from one set of answers."""
        return self.card.wave.is_panel

    def measure(self, name: str) -> Measure | None:
        """Return the overall's, a dimension's or a capability's measure, if it was asked."""
        if name == OVERALL:
            return self.card.overall
        return self.card.dimensions.get(name) or self.card.capabilities.get(name)

    def named(self, given: Given) -> list[str]:
        """Return the measures that a rule means: one, or any of a kind."""
        match given:
            case "any capability":
                return [*self.card.capabilities]
            case "any dimension":
                return [*self.card.dimensions]
            case "any foundation":
                parts = parts_of(self.questionnaire)
                return [p.id for p in parts if p.foundation and self.measure(p.id)]
        return [str(given)] if self.measure(str(given)) else []


class Fired(NamedTuple):
    """One finding, before it has its rule."""

    measures: tuple[str, ...]
    numbers: Mapping[str, Given]
    size: Fraction  # 0-1: what orders findings of one severity
    difference: Difference | None = None
    about: str | None = None  # the capability of the board's page, when no measure tells it


def number(given: Mapping[str, Given], name: str) -> Fraction:
    """Return a threshold; reading made sure that it is a number."""
    return Fraction(cast("Fraction | int", given[name]))


def parts_of(q: Questionnaire) -> list[Dimension | Capability]:
    """Return capabilities and dimensions, the former first."""
    return [*(c for d in q.dimensions for c in d.capabilities), *q.dimensions]


def capabilities_of(part: Dimension | Capability) -> tuple[Capability, ...]:
    """Return the capabilities of a dimension; a capability has none."""
    return part.capabilities if isinstance(part, Dimension) else ()


def questions_of(q: Questionnaire, name: str) -> list[Question]:
    """Return every question of the overall, a dimension or a capability."""
    if name == OVERALL:
        return [*q.questions()]
    part = next(part for part in parts_of(q) if part.id == name)
    if capabilities := capabilities_of(part):
        return [asked for capability in capabilities for asked in capability.questions]
    return [*part.questions]


def weighted(parts: Iterable[tuple[int, Fraction | None]]) -> Fraction | None:
    """Return the mean of what there is, by weights; None of nothing."""
    known = [(weight, value) for weight, value in parts if value is not None]
    if not known:
        return None
    return sum((w * v for w, v in known), Fraction(0)) / sum(w for w, _ in known)


Tried = list[Fired] | str
