"""The part that shows the foundations, the gate and what to do next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cx_maturity import chart
from cx_maturity.parts.held import closing_next, gate_rule, held_at, next_actions
from cx_maturity.parts.peers import peer_source
from cx_maturity.parts.profile import strip
from cx_maturity.parts.row import DASH, Key
from cx_maturity.parts.source import Head, described, keys, own_source, spread_head

if TYPE_CHECKING:
    from fractions import Fraction

    from cx_maturity.parts.held import Action
    from cx_maturity.parts.row import Figure, Row
    from cx_maturity.parts.subject import Subject


@dataclass(frozen=True, slots=True)
class Foundation:
    """A foundation and the highest level that it allows."""

    row: Row
    allows: str


@dataclass(frozen=True, slots=True)
class Held:
    """Where the level is held and what to do next; no *figure* without foundations."""

    head: Head
    figure: Figure | None
    foundations: tuple[Foundation, ...]
    spread_head: str
    missing_columns: int
    is_held: bool
    actions_heading: str
    actions: tuple[Action, ...]


def held(about: Subject) -> Held | None:
    """Show what carries the gate and the next steps; nothing where there is neither."""
    gated = about.foundations if about.questionnaire.gate is not None else ()
    actions = next_actions(about)
    if not gated and not actions:
        return None
    words, ids = about.words, [part.id for part in gated]
    title = words.text("{name}: the foundations", name=about.organisation.name)
    head = spread_head(about) if any(about.spread(about.measure(part)) for part in ids) else ""
    figure = None
    if gated:
        needed = _needed(about)
        picture = replace(strip(about, ids), needed=float(needed[1] * 100) if needed else None)
        key = keys(about, ids)
        if needed:
            key.append(Key("needed", _opens(about, *needed)))
        figure = about.figure(
            chart.profile(picture, title, described(about, ids)),
            key,
            peer_source(about) if about.peers else own_source(about),
        )
    return Held(
        head=Head("held", _name(about), _finding(about), _lede(about)),
        figure=figure,
        foundations=tuple(Foundation(about.row(part), _allows(about, part)) for part in ids),
        spread_head=head,
        missing_columns=1 + bool(head),
        is_held=bool(held_at(about)),
        actions_heading=_actions_heading(about, len(actions)),
        actions=tuple(actions),
    )


def _needed(about: Subject) -> tuple[int, Fraction] | None:
    """Return the level that a foundation keeps closed, and the score that opens it."""
    level, gate = about.card.overall.gated_level, about.questionnaire.gate
    if level is None or gate is None or about.questionnaire.staged:
        return None
    if not held_at(about) and not closing_next(about):
        return None
    return level + 1, about.questionnaire.levels[level - gate].start


def _opens(about: Subject, level: int, score: Fraction) -> str:
    return about.words.text(
        "Needed to open level {k}: {points}",
        k=level,
        points=about.words.points(score),
    )


def _name(about: Subject) -> str:
    text = about.words.text
    if about.questionnaire.gate is None:
        return text("The next step")
    return text("Where the level is held")


def _allows(about: Subject, part: str) -> str:
    level = about.measure(part).level
    if level is None:
        return DASH
    return str(min(level + (about.questionnaire.gate or 0), len(about.questionnaire.levels)))


def _finding(about: Subject) -> str:
    words, overall, by = about.words, about.card.overall, about.card.held_by
    if overall.score is None:
        if about.questionnaire.gate is None:
            return words.text("The lowest score has a next step, with or without a level")
        return words.text("Without an overall score there is no level to hold")
    if overall.gated_level is None and by:
        return words.plural(
            "{names} is not known well enough, so the level stays open",
            "{names} are not known well enough, so the level stays open",
            len(by),
            names=words.start(about.named(by)),
        )
    if held_at(about):
        return words.plural(
            "{names} at level {j} holds the whole at level {k}",
            "{names} at level {j} hold the whole at level {k}",
            len(by),
            names=words.start(about.named(by)),
            j=about.measure(by[0]).level,
            k=overall.gated_level,
        )
    return _finding_free(about)


def _finding_free(about: Subject) -> str:
    """Say what there is to say where nothing holds the level."""
    words, level = about.words, about.card.overall.gated_level or 0
    if closing := closing_next(about):
        return words.plural(
            "The score gives level {j}; {names} keeps level {k} closed",
            "The score gives level {j}; {names} keep level {k} closed",
            len(closing),
            names=about.named(closing),
            j=level,
            k=level + 1,
        )
    if about.questionnaire.gate is not None and about.foundations:
        return words.text("No foundation holds the level back; the score alone gives it")
    return words.text("The lowest score has the most room, and this is its next step")


def _lede(about: Subject) -> tuple[str, ...]:
    words = about.words
    if about.questionnaire.gate is None or not about.foundations:
        return ()
    return (
        words.plural(
            "{word} foundation carries the whole.",
            "{word} foundations carry the whole.",
            len(about.foundations),
            word=words.start(words.count(len(about.foundations))),
        ),
        gate_rule(about),
    )


def _actions_heading(about: Subject, actions: int) -> str:
    words = about.words
    if held_at(about):
        return words.plural("What would lift it", "What would lift them", actions)
    if actions > 1:
        return words.text("What would lift the lowest score, and what the next level needs")
    return words.text("What would lift the lowest score")
