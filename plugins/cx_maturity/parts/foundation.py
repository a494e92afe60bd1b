"""The part that shows the foundations, the gate and the shortest path."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cx_maturity import chart
from cx_maturity.parts.goals import goal_said
from cx_maturity.parts.held import closing_next, gate_rule, held_at
from cx_maturity.parts.path import roadmap, target_scores
from cx_maturity.parts.peers import peer_source
from cx_maturity.parts.profile import strip
from cx_maturity.parts.row import DASH, Key
from cx_maturity.parts.source import Head, described, keys, own_source, spread_head

if TYPE_CHECKING:
    from fractions import Fraction

    from cx_maturity.parts.path import Roadmap
    from cx_maturity.parts.row import Figure, Row
    from cx_maturity.parts.subject import Subject


@dataclass(frozen=True, slots=True)
class Foundation:
    """A foundation and the highest level that it allows."""

    row: Row
    allows: str


@dataclass(frozen=True, slots=True)
class Held:
    """Where the level is held and the way on; no *figure* without foundations."""

    head: Head
    figure: Figure | None
    foundations: tuple[Foundation, ...]
    spread_head: str
    missing_columns: int
    is_held: bool
    roadmap: Roadmap | None


def held(about: Subject) -> Held | None:
    """Show what carries the gate and the shortest path; nothing where there is neither."""
    gated = about.foundations if about.questionnaire.gate is not None else ()
    way = roadmap(about)
    if not gated and not (way and (way.groups or way.aside)):
        return None
    words, ids = about.words, [part.id for part in gated]
    title = words.text("{name}: the foundations", name=about.organisation.name)
    head = spread_head(about) if any(about.spread(about.measure(part)) for part in ids) else ""
    figure = None
    if gated:
        needed = _needed(about)
        drawn = strip(about, ids)
        reached = target_scores(about)
        lines = tuple(
            _after(about, line, reached.get(part))
            for part, line in zip(ids, drawn.lines, strict=True)
        )
        picture = replace(drawn, lines=lines, needed=float(needed[1] * 100) if needed else None)
        key = keys(about, ids)
        if any(line.target is not None for line in lines):
            key.append(Key("target", words.text("Target")))
        if needed:
            key.append(Key("needed", _opens(about, *needed)))
        figure = about.figure(
            chart.profile(picture, title, described(about, ids)),
            key,
            peer_source(about) if about.peers else own_source(about),
        )
    return Held(
        head=Head("held", _name(about, way), _finding(about, way), _lede(about, way)),
        figure=figure,
        foundations=tuple(Foundation(about.row(part), _allows(about, part)) for part in ids),
        spread_head=head,
        missing_columns=1 + bool(head),
        is_held=bool(held_at(about)),
        roadmap=way,
    )


def _after(about: Subject, line: chart.Line, score: Fraction | None) -> chart.Line:
    """Return *line* with the score that the path takes it to, unless it has a target of its own."""
    if score is None or line.target is not None or line.score is None:
        return line
    said = about.words.text("target {points}", points=goal_said(about, score))
    return replace(line, target=float(score * 100), target_text=said)


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


def _name(about: Subject, way: Roadmap | None) -> str:
    text, leads = about.words.text, bool(way and way.groups)
    if about.questionnaire.gate is None:
        return text("The shortest path") if leads else text("What is decided")
    if leads:
        return text("Where the level is held, and the shortest path")
    return text("Where the level is held")


def _allows(about: Subject, part: str) -> str:
    level = about.measure(part).level
    if level is None:
        return DASH
    return str(min(level + (about.questionnaire.gate or 0), len(about.questionnaire.levels)))


def _finding(about: Subject, way: Roadmap | None) -> str:
    """Say how many steps open the next level; without a path, what holds this one."""
    words, overall, by = about.words, about.card.overall, about.card.held_by
    if way and way.finding:
        return way.finding
    if overall.score is None:
        return words.text("Without an overall score there is no level to hold")
    if overall.gated_level is None and by:
        return words.plural(
            "Not known well enough, so the level stays open: {names}",
            "Not known well enough, so the level stays open: {names}",
            len(by),
            names=about.named(by),
        )
    if held_at(about):
        return words.plural(
            "A foundation at level {j} holds the whole down at level {k}: {names}",
            "Foundations at level {j} hold the whole down at level {k}: {names}",
            len(by),
            names=about.named(by),
            j=about.measure(by[0]).level,
            k=overall.gated_level,
        )
    if about.questionnaire.gate is not None and about.foundations:
        return words.text("No foundation holds the level back; the score alone gives it")
    return words.text("What was decided after these answers")


def _lede(about: Subject, way: Roadmap | None) -> tuple[str, ...]:
    """Say what the foundations allow, then how the path has to be read."""
    words = about.words
    said = []
    if about.questionnaire.gate is not None and about.foundations:
        said.append(
            words.plural(
                "{word} foundation carries the whole.",
                "{word} foundations carry the whole.",
                len(about.foundations),
                word=words.start(words.count(len(about.foundations))),
            )
        )
        said.append(gate_rule(about))
    if way and way.finding:
        said.extend(_between(about))
    return tuple(said)


def _between(about: Subject) -> list[str]:
    """Say what stands between this level and the next: a foundation, the score, or both."""
    words, overall, by = about.words, about.card.overall, about.card.held_by
    level = overall.gated_level or 0
    if held_at(about):
        return [
            words.plural(
                "A foundation at level {j} holds the whole down at level {k}: {names}.",
                "Foundations at level {j} hold the whole down at level {k}: {names}.",
                len(by),
                names=about.named(by),
                j=about.measure(by[0]).level,
                k=level,
            )
        ]
    if closing := closing_next(about):
        return [
            words.plural(
                "The score gives level {j}; a foundation keeps level {k} closed: {names}.",
                "The score gives level {j}; foundations keep level {k} closed: {names}.",
                len(closing),
                names=about.named(closing),
                j=level,
                k=level + 1,
            )
        ]
    if about.questionnaire.gate is not None and about.foundations:
        return [words.text("No foundation holds the level back; the score alone gives it.")]
    return []
