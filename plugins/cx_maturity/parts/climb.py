"""The picture of the path: what the overall comes to after each step, and where a level opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity import chart
from cx_maturity.parts.row import DASH, Figure, Key, drawn, level_chip, printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cx_maturity.model import Capability, Dimension
    from cx_maturity.parts.action import Joined
    from cx_maturity.parts.subject import Subject


def climb(about: Subject, joined: Sequence[Joined], scores: Sequence[str]) -> Figure | None:
    """
    Draw the overall now and after each of the *joined* steps; None where no score may be shown.

    *scores* are the same as printed, that of now first: a mark stands where its number says.
    """
    if not joined or all(score == DASH for score in scores[1:]):
        return None
    words, gate = about.words, _gate(about)
    closed = _closed(about, joined) if gate else 0
    lines = _lines(about, joined, scores)
    picture = chart.Strip(
        zones=about.zones,
        lines=tuple(lines),
        peers_kind=None,
        stamp="",
        score_head="",
        level_head=words.text("Level"),
        gate=gate if closed else None,
        closed=closed,
        stair=True,
    )
    title = words.text("{name}: the overall, step by step", name=about.organisation.name)
    said = ". ".join(_said(about, line) for line in lines)
    if gate and closed:
        said = f"{said}. {words.start(gate.words)}"
    key = [Key("you", words.text("The overall, now and after each step"))]
    if closed:
        key.append(Key("gate", words.text("Closed by the gate")))
    source = words.text(
        "What today\N{RIGHT SINGLE QUOTATION MARK}s answers come to once a step is done: worked "
        "out, not forecast."
    )
    drawings = chart.overall(picture, title, f"{said}.")
    # Peers are not in the picture, so it has no tag.
    return Figure(drawn(drawings), tuple(key), source, "")


def _lines(about: Subject, joined: Sequence[Joined], scores: Sequence[str]) -> list[chart.Line]:
    """Write a line for now and for each step."""
    words, level = about.words, about.card.overall.gated_level
    lines = [_line(about, words.text("Now"), scores[0], level)]
    for place, (one, score) in enumerate(zip(joined, scores[1:], strict=True), 1):
        label = f"{words.number(place)} {about.titles[one.capability.id]}"
        opens = one.last.level if one.last.level > one.before else None
        lines.append(_line(about, label, score, one.last.level, opens))
    return lines


def _line(
    about: Subject, label: str, score: str, level: int | None, opens: int | None = None
) -> chart.Line:
    words, chip = about.words, level_chip(about.questionnaire, level, about.words)
    shown = score != DASH
    return chart.Line(
        label=label,
        score=printed(score)[0] if shown else None,
        score_text="",
        mark_text=score if shown else "",
        missing_text="" if shown else words.start(words.text("not shown: too few people")),
        interval_text=_bound(words.text("Opens level {k}", k=opens)) if opens else "",
        level_text=chip.text,
        shade=chip.shade or None,
        strong=bool(opens),
    )


def _said(about: Subject, line: chart.Line) -> str:
    """Say in words what one line shows."""
    score = line.mark_text or about.words.inside(line.missing_text)
    said = about.words.text(
        "{step}: {score}, level {k}", step=line.label, score=score, k=line.level_text
    )
    return f"{said}, {about.words.inside(line.interval_text)}" if line.interval_text else said


def _gate(about: Subject) -> chart.Gate | None:
    """Return where the next level starts, and the foundations that keep it closed."""
    words, blocking = about.words, _blocking(about)
    if not blocking:
        return None
    closed = words.plural(
        "closed: {names} is at {k}",
        "closed: {names} are at {k}",
        len(blocking),
        names=about.named([part.id for part in blocking]),
        k=about.measure(blocking[0].id).level,
    )
    level = about.questionnaire.levels[about.card.overall.gated_level or 0]
    return chart.Gate(float(level.start * 100), _bound(closed), words.text("closed"))


def _bound(said: str) -> str:
    """Keep the last two words on one line: a level's number means nothing alone."""
    return "\N{NO-BREAK SPACE}".join(said.rsplit(" ", 1))


def _blocking(about: Subject) -> list[Capability | Dimension]:
    """Return the foundations that would not let the whole rise; on the axis of no staged level."""
    level, gate = about.card.overall.gated_level, about.questionnaire.gate
    if level is None or gate is None or about.questionnaire.staged:
        return []
    if level == len(about.questionnaire.levels):
        return []
    known = ((part, about.measure(part.id).level) for part in about.foundations)
    return [part for part, own in known if own is not None and own + gate <= level]


def _closed(about: Subject, joined: Sequence[Joined]) -> int:
    """
    Count the lines on which a foundation keeps the next level closed, now the first of them.

    That a step opens the level is known; of a capability it is known before that, too.
    """
    level, gate = about.card.overall.gated_level or 0, about.questionnaire.gate or 0
    blocking = {part.id for part in _blocking(about)}
    for count, one in enumerate(joined, 1):
        after = one.last.capability_score
        starts = [each.start for each in about.questionnaire.levels]
        if after is not None and sum(start <= after for start in starts) + gate > level:
            blocking.discard(one.capability.id)
        if not blocking or one.last.level > level:
            return count
    return len(joined) + 1
