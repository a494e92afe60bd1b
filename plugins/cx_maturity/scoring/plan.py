"""What a subset of a questionnaire asks, as the tree of measures that scoring walks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from cx_maturity.model import Question, Questionnaire


@dataclass(frozen=True, slots=True)
class Group:
    """
    A measure: the mean, or the lowest, of its *questions* or of its *parts*.

    It has a score when the share *needed* of its applicable weight has one.
    """

    id: str
    weight: int
    needed: tuple[int, int]  # numerator and denominator
    questions: tuple[Question, ...] = ()
    parts: tuple[Group, ...] = ()
    foundation: bool = False
    is_capability: bool = False

    def walk(self) -> Iterator[Group]:
        """Yield the group itself and all below it, in the order of the questionnaire."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def at(self, level: int) -> Group | None:
        """Return what is left of the group with the questions of one staged *level*, if any."""
        questions = tuple(question for question in self.questions if question.level == level)
        parts = tuple(filter(None, (part.at(level) for part in self.parts)))
        if not questions and not parts:
            return None
        return replace(self, needed=(0, 1), questions=questions, parts=parts)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a subset of a questionnaire measures."""

    overall: Group
    groups: tuple[Group, ...]  # the overall, and every dimension and capability
    aspects: tuple[tuple[Group, Group], ...]  # say and do of each capability that asks both
    questions: tuple[Question, ...]
    stages: tuple[tuple[int, Group], ...]  # staged levels, lowest first: the overall of each


class _Same:
    """Stands for a questionnaire as a key: it holds mappings, so it is known by identity."""

    __slots__ = ("it",)

    def __init__(self, it: Questionnaire) -> None:
        self.it = it

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.it is self.it

    def __hash__(self) -> int:
        return id(self.it)


def plan(questionnaire: Questionnaire, subset: str) -> Plan:
    """Return what a *subset* of a *questionnaire* measures; asked again, the same plan."""
    return _plan(_Same(questionnaire), subset)


@lru_cache(maxsize=16)
def _plan(same: _Same, subset: str) -> Plan:
    questionnaire = same.it
    chosen = questionnaire.subset(subset).questions
    dimensions = tuple(filter(None, _dimensions(questionnaire, chosen)))
    overall = Group(OVERALL, 1, (1, 1), parts=dimensions)
    groups = tuple(overall.walk())
    levels = [level.number for level in questionnaire.levels if questionnaire.staged]
    return Plan(
        overall,
        groups,
        tuple(filter(None, (_aspects(group) for group in groups if group.is_capability))),
        tuple(question for group in groups for question in group.questions),
        tuple((level, part) for level in levels if (part := overall.at(level))),
    )


def _dimensions(questionnaire: Questionnaire, chosen: frozenset[str]) -> Iterator[Group | None]:
    for dimension in questionnaire.dimensions:
        capabilities = (
            _group(
                capability.id,
                capability.weight,
                questionnaire.capability_coverage,
                (q for q in capability.questions if q.id in chosen),
                foundation=capability.foundation,
                is_capability=True,
            )
            for capability in dimension.capabilities
        )
        yield _group(
            dimension.id,
            dimension.weight,
            questionnaire.dimension_coverage,
            (q for q in dimension.questions if q.id in chosen),
            tuple(filter(None, capabilities)),
            foundation=dimension.foundation,
        )


def _group(  # noqa: PLR0913 - a group is what it is
    group_id: str,
    weight: int,
    needed: Fraction,
    questions: Iterable[Question],
    parts: tuple[Group, ...] = (),
    *,
    foundation: bool,
    is_capability: bool = False,
) -> Group | None:
    """Return a group, or None when the subset asks nothing of it."""
    asked = tuple(questions)
    if not asked and not parts:
        return None
    share = needed.as_integer_ratio()
    return Group(group_id, weight, share, asked, parts, foundation, is_capability)


def _aspects(capability: Group) -> tuple[Group, Group] | None:
    say, do = (
        # All of it: a part of what is said compares with no part of what is done.
        Group(capability.id, 1, (1, 1), tuple(q for q in capability.questions if q.aspect == name))
        for name in ("say", "do")
    )
    return (say, do) if say.questions and do.questions else None
