"""Would other choices change the level: the gate, how people are combined, the weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cx_maturity.parts.held import held_at
from cx_maturity.parts.row import DASH, naming_levels

if TYPE_CHECKING:
    from fractions import Fraction

    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import Sensitivity

_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """What another way of calculating would have given; *level* may name several: 3-4."""

    name: str
    score: str
    level: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen, beside what else could have been."""

    rows: tuple[Choice, ...]
    notes: tuple[str, ...]


def choices(about: Subject) -> Choices | None:
    """Set other choices beside the reported one; nothing where there is none, or no score."""
    words, card, overall = about.words, about.card, about.card.overall
    if overall.score is None:
        return None
    exact = _exact(about, overall.score)
    found = []
    if about.foundations and about.questionnaire.gate is not None:
        found.append(Choice(words.text("Without the gate"), exact, _level(overall.level)))
    if card.other_overall is not None and not about.questionnaire.staged:
        name = (
            words.text("Everybody counts alike (pooled)")
            if card.combined == "role-balanced"
            else words.text("Roles count alike (role-balanced)")
        )
        found.append(_otherwise(about, name, card.other_overall))
    if card.headcount_overall is not None and not about.questionnaire.staged:
        name = words.text("Each role counts by how many people it has, answered or not")
        found.append(_otherwise(about, name, card.headcount_overall))
    if card.sensitivity is not None:
        found.append(_weights(about, card.sensitivity))
    if not found:
        return None
    reported = Choice(words.text("As reported"), exact, about.chip(overall).text)
    notes = (*_borders(about), *(_moved(about, card.sensitivity) if card.sensitivity else ()))
    return Choices((reported, *found), notes)


def _otherwise(about: Subject, name: str, score: Fraction) -> Choice:
    """Write what people weighed in another way come to; the gate is left out."""
    level = sum(level.start <= score for level in about.questionnaire.levels)
    return Choice(name, _exact(about, score), _level(level))


def _weights(about: Subject, found: Sensitivity) -> Choice:
    """Write between what the overall lies with one weight changed; the gate is left out."""
    text = about.words.text
    name = (
        text("Each weight in turn a fifth less or more, without the gate")
        if held_at(about)
        else text("Each weight in turn a fifth less or more")
    )
    bounds = (_exact(about, found.lowest), _exact(about, found.highest))
    levels = (found.levels[0], found.levels[-1])
    return Choice(
        name, DASH.join(dict.fromkeys(bounds)), DASH.join(dict.fromkeys(map(str, levels)))
    )


def _moved(about: Subject, found: Sensitivity) -> tuple[str, ...]:
    """Say which weight moves the overall most, and whether the level hangs on one."""
    words, score = about.words, about.card.overall.score or found.lowest
    if found.lowest == found.highest:
        return (words.text("No weight moves the score."),)
    down, up = score - found.lowest, found.highest - score
    (name, factor), moved = (
        (found.highest_by, found.highest) if up > down else (found.lowest_by, found.lowest)
    )
    values = {"name": _weighed(about, name), "score": _exact(about, moved)}
    most = (
        words.text("The weight of {name} moves it most: with a fifth more, {score}.", **values)
        if factor > 1
        else words.text("The weight of {name} moves it most: with a fifth less, {score}.", **values)
    )
    levels = [str(level) for level in found.levels]
    if len(levels) == 1:
        stays = words.text("The level by score stays {k}.", k=levels[0])
    else:
        stays = words.text(
            "One weight is enough to change the level by score: {levels}.",
            levels=words.text("{first} or {last}", first=", ".join(levels[:-1]), last=levels[-1]),
        )
    return (most, stays)


def _weighed(about: Subject, name: str) -> str:
    """Name a part, or a question by its number, whose weight was changed."""
    if name in about.titles:
        return about.inside(name)
    return about.words.text("question {n}", n=[*about.card.questions].index(name) + 1)


def _borders(about: Subject) -> tuple[str, ...]:
    """Say what the level rests on where its score alone does not settle it."""
    words, between = about.words, about.touched(about.card.overall)
    if held_at(about) and between:
        return (
            words.text(
                "The level rests on the gate. Without it, the interval touches levels {levels}.",
                levels=between,
            ),
        )
    if held_at(about):
        return (words.text("The level rests on the gate."),)
    if between:
        return (words.text("The interval touches levels {levels}.", levels=between),)
    return ()


def _exact(about: Subject, score: Fraction) -> str:
    """Write a score with one decimal, with more where one would name another level."""
    words = about.words
    named = words.points(score, naming_levels(about.questionnaire))
    return max(named, words.decimal(score * _HUNDRED, 1), key=len)


def _level(number: int | None) -> str:
    return DASH if number is None else str(number)
