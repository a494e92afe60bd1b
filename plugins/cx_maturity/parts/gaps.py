"""Strengths and gaps: how far each score is from the peers' median."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from operator import itemgetter
from typing import TYPE_CHECKING

from cx_maturity import chart
from cx_maturity.parts.goals import goal_keys, goal_said, goals
from cx_maturity.parts.peers import peer_source
from cx_maturity.parts.source import Head, Thought, decimals_said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cx_maturity.parts.row import Figure
    from cx_maturity.parts.subject import Subject

Known = tuple[Fraction, str, str]

# Points from one number of the axis to the next, and how many steps it has at most.
_STEPS, _MOST_STEPS = (5, 10, 20, 25, 50), 6
_NAMED = 2
_HUNDRED = 100
_BOTH = 2


@dataclass(frozen=True, slots=True)
class GapRow:
    """One line of the table behind the gaps; *target* is empty where there is none."""

    title: str
    score: str
    median: str
    target: str
    difference: str
    word: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Gaps:
    """How far each score is from the peers' median."""

    head: Head
    figure: Figure
    notes: tuple[Thought, ...]
    rows: tuple[GapRow, ...]
    measured: str
    has_targets: bool


def gaps(about: Subject) -> Gaps | None:
    """Show the way from the peers' median to each score; nothing without peers."""
    parts = [c.id for c in about.capabilities] or [d.id for d in about.dimensions]
    known = [
        (standing.gap, standing.word, part)
        for part in parts
        if (standing := about.standing(part)) and standing.gap is not None and standing.word
    ]
    if not known:
        return None
    known.sort(key=lambda found: -found[0])
    words, aims = about.words, _aims(about, [part for _, _, part in known])
    rows = tuple(_gap_row(about, part, gap) for gap, _, part in known)
    drawn = tuple(
        chart.Gap(
            label=about.titles[part],
            points=float(gap),
            text=words.signed(gap),
            kind="level" if word == "level with" else word,
            target=float(aims[part]) if part in aims else None,
        )
        for gap, word, part in known
    )
    marks = _axis([*(gap for gap, _, _ in known), *aims.values()])
    picture = chart.Gaps(
        gaps=drawn,
        reach=(marks[0], marks[-1]),
        ticks=tuple((mark, words.signed(Fraction(mark))) for mark in marks),
        peers_kind=about.peers.edition.kind if about.peers else None,
        stamp=about.tag,
    )
    title = words.text(
        "{name}: points above or below the peer median", name=about.organisation.name
    )
    description = "; ".join(f"{gap.label} {gap.text}" for gap in drawn) + "."
    source = words.text("Filled: above. Open: below. Dotted: level with the median.")
    return Gaps(
        head=Head("gaps", words.text("Strengths and gaps"), _finding(about, known), _lede(about)),
        figure=about.figure(
            chart.gaps(picture, title, description),
            goal_keys(about, aims),
            " ".join([source, *decimals_said(about, [r.score for r in rows]), peer_source(about)]),
        ),
        notes=_notes(about, known, parts),
        rows=rows,
        measured=words.text("Capability") if about.capabilities else words.text("Dimension"),
        has_targets=bool(aims),
    )


def _axis(shown: Sequence[Fraction]) -> range:
    """Return the numbers of an axis with 0 that is no longer than what is shown needs."""
    low, high = min(Fraction(0), *shown), max(Fraction(0), *shown)
    for step in _STEPS:
        # An axis has at least one step.
        first, last = floor(low / step), max(ceil(high / step), floor(low / step) + 1)
        if last - first <= _MOST_STEPS:
            break
    return range(first * step, last * step + 1, step)


def _aims(about: Subject, parts: Sequence[str]) -> dict[str, Fraction]:
    """Return how far the target of each of these is from the peers' median, in points."""
    found = {}
    for part, goal in goals(about).items():
        standing = about.standing(part)
        if part in parts and standing and standing.median is not None:
            found[part] = goal * _HUNDRED - standing.median
    return found


def _gap_row(about: Subject, part: str, gap: Fraction) -> GapRow:
    row, goal = about.row(part), goals(about).get(part)
    return GapRow(
        title=row.title,
        score=row.score,
        median=row.median,
        target=goal_said(about, goal) if goal is not None else "",
        difference=about.words.signed(gap),
        word=row.word,
        differs=row.differs,
    )


def _finding(about: Subject, known: Sequence[Known]) -> str:
    """Count who is above and below; three or fewer of a kind would be named in the notes."""
    said = [word for _, word, _ in known]
    counts = [(word, said.count(word)) for word in ("above", "level with", "below")]
    found = [(word, n) for word, n in counts if n]
    if len(found) == 1 and len(said) > 1:
        return _alike(about, found[0][0], len(said))
    counted = ", ".join(
        _named_first(about, word, n) if place == 0 else _after(about, word, n)
        for place, (word, n) in enumerate(found)
    )
    words = about.words
    if about.capabilities:
        return words.plural(
            "Of {word} capability, {counted}",
            "Of {word} capabilities, {counted}",
            len(said),
            word=words.count(len(said)),
            counted=counted,
        )
    return words.plural(
        "Of {word} dimension, {counted}",
        "Of {word} dimensions, {counted}",
        len(said),
        word=words.count(len(said)),
        counted=counted,
    )


def _alike(about: Subject, word: str, n: int) -> str:
    text, count = about.words.text, about.words.count(n)
    if about.capabilities:
        return {
            "above": text("All {n} capabilities are above the peer median", n=count),
            "level with": text("All {n} capabilities are level with the peer median", n=count),
            "below": text("All {n} capabilities are below the peer median", n=count),
        }[word]
    if n == _BOTH:
        return {
            "above": text("Both dimensions are above the peer median"),
            "level with": text("Both dimensions are level with the peer median"),
            "below": text("Both dimensions are below the peer median"),
        }[word]
    return {
        "above": text("All {n} dimensions are above the peer median", n=count),
        "level with": text("All {n} dimensions are level with the peer median", n=count),
        "below": text("All {n} dimensions are below the peer median", n=count),
    }[word]


def _named_first(about: Subject, word: str, n: int) -> str:
    plural, count = about.words.plural, about.words.count(n)
    return {
        "above": plural(
            "{word} is above the peer median", "{word} are above the peer median", n, word=count
        ),
        "level with": plural(
            "{word} is level with the peer median",
            "{word} are level with the peer median",
            n,
            word=count,
        ),
        "below": plural(
            "{word} is below the peer median", "{word} are below the peer median", n, word=count
        ),
    }[word]


def _after(about: Subject, word: str, n: int) -> str:
    text, count = about.words.text, about.words.count(n)
    if word == "below":
        return text("{word} below it", word=count)
    return text("{word} level with it", word=count)


def _lede(about: Subject) -> tuple[str, ...]:
    words = about.words
    said = words.text("Points above or below the median of {peers}.", peers=about.peers_named())
    if about.has_intervals:
        return (said, words.text("A dotted stem means that the interval still covers the median."))
    if about.wave.is_panel:
        return (said, words.text("All are level with it: so few people give no interval."))
    return (
        said,
        words.text(
            "One set of answers has no interval: above and below compare two numbers. A dotted "
            "stem means that missing answers could still take it to the median."
        ),
    )


def _notes(about: Subject, known: Sequence[Known], parts: Sequence[str]) -> tuple[Thought, ...]:
    words, notes = about.words, []
    ahead = [part for _, word, part in known if word == "above"][:_NAMED]
    if ahead:
        lead = words.text(
            "Furthest above in these answers: {names}.",
            names=about.named(ahead),
        )
        notes.append(Thought(words.text("To keep"), (lead,)))
    behind = [(gap, part) for gap, word, part in reversed(known) if word == "below"][:_NAMED]
    if behind:
        notes.append(
            Thought(
                words.text("To close"), tuple(_shortfall(about, gap, part) for gap, part in behind)
            )
        )
    shown = {part for _, _, part in known}
    left_out = [part for part in parts if part not in shown]
    if left_out:
        notes.append(
            Thought(
                words.text("Not shown"),
                tuple(
                    words.text(
                        "{name}: {reason}.",
                        name=about.titles[part],
                        reason=words.inside(about.missing(about.measure(part)))
                        or words.text("no peer figure"),
                    )
                    for part in left_out
                ),
            )
        )
    return tuple(notes)


def strength(about: Subject) -> Thought | None:
    """Name the capability, or dimension, that is furthest above the peers; None where none is."""
    parts = [c.id for c in about.capabilities] or [d.id for d in about.dimensions]
    above = [
        (standing.gap, part)
        for part in parts
        if (standing := about.standing(part)) and standing.gap and standing.word == "above"
    ]
    if not above:
        return None
    words, (gap, part) = about.words, max(above, key=itemgetter(0))
    measure = about.measure(part)
    score, spread = about.points(measure), about.bracketed(measure)
    return Thought(
        words.text("To keep: {name}", name=about.inside(part)),
        (
            words.text(
                "{score} points, {gap} above the median of {peers}: furthest above in these "
                "answers.",
                score=f"{score}\N{NO-BREAK SPACE}{spread}" if spread else score,
                gap=words.size(gap),
                peers=about.peers_named(),
            ),
        ),
    )


def _shortfall(about: Subject, gap: Fraction, part: str) -> str:
    words, points = about.words, about.words.size(gap)
    name = words.start(about.inside(part))
    if part in about.card.held_by:
        return words.text(
            "{name} is {points} points short, and it is the foundation that holds the level.",
            name=name,
            points=points,
        )
    return words.text("{name} is {points} points short.", name=name, points=points)
