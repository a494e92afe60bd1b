"""What some questions of a questionnaire ask, as the tree of measures that scoring walks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
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

    def asks(self) -> Iterator[Question]:
        """Yield the questions in the group and in all below it."""
        for group in self.walk():
            yield from group.questions

    def only(self, chosen: Container[str]) -> Group | None:
        """Return what is left of the group with the *chosen* questions, whatever it needs."""
        questions = tuple(question for question in self.questions if question.id in chosen)
        parts = tuple(filter(None, (part.only(chosen) for part in self.parts)))
        if not questions and not parts:
            return None
        return replace(self, needed=(0, 1), questions=questions, parts=parts)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that some questions of a questionnaire measure."""

    overall: Group
    groups: tuple[Group, ...]  # the overall, and every dimension and capability
    aspects: Mapping[str, tuple[Group, Group]]  # say and do of each group that asks both
    say_do: Group | None  # the overall of the groups that ask both
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


def plan(questionnaire: Questionnaire, chosen: frozenset[str]) -> Plan:
    """Return what the *chosen* questions measure; asked again, the same plan."""
    return _plan(_Same(questionnaire), chosen)


@lru_cache(maxsize=64)
def _plan(same: _Same, chosen: frozenset[str]) -> Plan:
    questionnaire = same.it
    dimensions = tuple(filter(None, _dimensions(questionnaire, chosen)))
    overall = Group(OVERALL, 1, (1, 1), parts=dimensions)
    groups = tuple(overall.walk())
    questions = tuple(question for group in groups for question in group.questions)
    aspects = {group.id: sides for group in groups if (sides := _aspects(group))}
    both = {q.id for sides in aspects.values() for side in sides for q in side.questions}
    levels = [level.number for level in questionnaire.levels if questionnaire.staged]
    at = [(level, {q.id for q in questions if q.level == level}) for level in levels]
    return Plan(
        overall,
        groups,
        aspects,
        overall.only(both),
        questions,
        tuple((level, part) for level, chosen in at if (part := overall.only(chosen))),
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
    """Return a group, or None when nothing of it is asked."""
    asked = tuple(questions)
    if not asked and not parts:
        return None
    share = needed.as_integer_ratio()
    return Group(group_id, weight, share, asked, parts, foundation, is_capability)


def _aspects(group: Group) -> tuple[Group, Group] | None:
    say, do = (
        # All of it: a part of what is said compares with no part of what is done.
        Group(group.id, 1, (1, 1), tuple(q for q in group.questions if q.aspect == name))
        for name in ("say", "do")
    )
    return (say, do) if say.questions and do.questions else None
