"""The heat table: every capability with its level, what is said and what is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cx_maturity.parts.held import foundation_mark
from cx_maturity.parts.peers import peer_source
from cx_maturity.parts.row import Apart, Aspect, level_chip
from cx_maturity.parts.source import (
    WIDE,
    Head,
    apart_decimals_said,
    decimals_said,
    evidence_word,
    marks_said,
    own_source,
    said_apart,
    spread_head,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cx_maturity.model import Capability
    from cx_maturity.parts.row import Row
    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import Measure


@dataclass(frozen=True, slots=True)
class Group:
    """A dimension and its capabilities."""

    row: Row
    rows: tuple[Row, ...]
    folded: str  # what a phone opens

    @property
    def all(self) -> tuple[Row, ...]:
        """The dimension, then its capabilities."""
        return (self.row, *self.rows)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """The heat table; the flags say which columns have anything to show."""

    head: Head
    groups: tuple[Group, ...]
    has_peers: bool
    has_aspects: bool
    has_apart: bool
    has_evidence: bool
    missing_columns: int
    spread_head: str
    source: tuple[str, ...]
    tag: str


def capabilities(about: Subject) -> Capabilities | None:
    """Show every capability as a heat table; nothing where there are only two depths."""
    if not about.capabilities:
        return None
    groups = tuple(
        Group(
            about.row(dimension.id)._replace(apart=_apart(about, dimension.id)),
            tuple(_row(about, c) for c in about.capabilities_of[dimension.id]),
            _folded(about, dimension.id),
        )
        for dimension in about.dimensions
    )
    rows = [row for group in groups for row in group.rows]
    has_aspects = any(row.say for row in rows)
    has_apart = has_aspects and any(row.apart for row in rows)
    return Capabilities(
        head=Head(
            "capabilities",
            about.words.text("Capabilities"),
            _finding(about),
            _lede(about, has_aspects=has_aspects),
        ),
        groups=groups,
        has_peers=about.peers is not None,
        has_aspects=has_aspects,
        has_apart=has_apart,
        has_evidence=not has_aspects and any(row.evidence for row in rows),
        # What a row without a score leaves empty: score, its interval if there is one, picture.
        missing_columns=2 + bool(spread_head(about)),
        spread_head=spread_head(about),
        source=_source(about, groups, has_apart=has_apart),
        tag=about.tag,
    )


def _folded(about: Subject, dimension_id: str) -> str:
    """Say what a phone folds away: how many capabilities, and their levels."""
    words, own = about.words, about.capabilities_of[dimension_id]
    levels = {level for c in own if (level := about.measure(c.id).level) is not None}
    if not levels:
        return words.plural("{n} capability", "{n} capabilities", len(own))
    if len(levels) == 1:
        return words.plural(
            "{n} capability, level {k}", "{n} capabilities, level {k}", len(own), k=min(levels)
        )
    return words.plural(
        "{n} capability, levels {low}\N{EN DASH}{high}",
        "{n} capabilities, levels {low}\N{EN DASH}{high}",
        len(own),
        low=min(levels),
        high=max(levels),
    )


def _row(about: Subject, capability: Capability) -> Row:
    sides = about.card.aspects.get(capability.id, {})
    asked = [q for q in capability.questions if q.id in about.subset.questions]
    by_aspect = {
        aspect: [q.id for q in asked if q.aspect == aspect] for aspect in ("say", "do") if sides
    }
    made = {aspect: _side(about, sides[aspect], ids) for aspect, ids in by_aspect.items()}
    return about.row(capability.id)._replace(
        say=made.get("say"),
        do=made.get("do"),
        evidence=_evidence(about, [q.id for q in asked]),
        apart=_apart(about, capability.id),
    )


def _apart(about: Subject, measure_id: str) -> Apart | None:
    """Write how far what is done falls short of what is said; one set of answers shows both."""
    difference, words = about.card.say_do.get(measure_id), about.words
    if difference is None or not about.wave.is_panel:
        return None
    value, spread = said_apart(about, difference)
    if not difference.is_clear or abs(difference.value) < WIDE:
        return Apart(value, spread, "")
    if difference.value < 0:
        return Apart(value, spread, words.text("done less than said"))
    return Apart(value, spread, words.text("done more than said"))


def _side(about: Subject, measure: Measure, question_ids: Sequence[str]) -> Aspect:
    """Write what is said or done: of people with its score, of one set with its evidence."""
    if about.wave.is_panel:
        chip = level_chip(about.questionnaire, measure.level, about.words)
        return Aspect(chip, about.points(measure) if measure.score is not None else "")
    level = measure.level
    if len(question_ids) == 1 and not about.questionnaire.staged:
        # An answer stands on its own, also where the other side has none.
        mean = about.card.questions[question_ids[0]].mean
        level = None if mean is None else sum(lv.start <= mean for lv in about.questionnaire.levels)
    chip = level_chip(about.questionnaire, level, about.words)
    return Aspect(chip, _evidence(about, question_ids))


def _evidence(about: Subject, question_ids: Sequence[str]) -> str:
    grades = [about.card.questions[question_id].evidence for question_id in question_ids]
    return ", ".join(dict.fromkeys(evidence_word(about, grade) for grade in grades if grade))


def _finding(about: Subject) -> str:
    words, of = about.words, len(about.capabilities)
    known = [c for c in about.capabilities if about.measure(c.id).level is not None]
    if not known:
        return words.text(
            "{of} capabilities, none with enough answers for a level",
            of=words.start(words.count(of)),
        )
    lowest = min(about.measure(c.id).level or 0 for c in known)
    low = [c for c in known if about.measure(c.id).level == lowest]
    if len(low) == 1:
        return _only(about, low[0], lowest)
    if len(low) == of:
        return words.text("All {n} capabilities are at level {k}", n=words.count(of), k=lowest)
    grounds = sum(c.foundation for c in low)
    counted = {"of": words.start(words.count(of)), "low": words.count(len(low)), "k": lowest}
    if about.questionnaire.gate is None or not about.foundations:
        return words.text("{of} capabilities: {low} at level {k}, the lowest", **counted)
    if not grounds:
        return words.text(
            "{of} capabilities: {low} at level {k}, no foundation among them", **counted
        )
    return words.plural(
        "{of} capabilities: {low} at level {k}, one of them a foundation",
        "{of} capabilities: {low} at level {k}, {grounds} of them foundations",
        grounds,
        grounds=words.count(grounds),
        **counted,
    )


def _only(about: Subject, capability: Capability, level: int) -> str:
    words, name = about.words, about.titles[capability.id]
    if len(about.capabilities) == 1:
        return words.text("{name} is at level {k}", name=name, k=level)
    if capability.foundation and about.questionnaire.gate is not None:
        return words.text(
            "{name} is the only capability at level {k}, and it is a foundation", name=name, k=level
        )
    return words.text("{name} is the only capability at level {k}", name=name, k=level)


def _lede(about: Subject, *, has_aspects: bool) -> tuple[str, ...]:
    text, hidden = about.words.text, about.card.hidden_aspects
    said = [
        text("The number in a cell is the level, 1 to {of}.", of=len(about.questionnaire.levels))
    ]
    if about.foundations and about.questionnaire.gate is not None:
        said.append(foundation_mark(about))
    if has_aspects:
        said.append(text("Say is what is decided and written, do what happened the last times."))
        if about.wave.is_panel:
            said.append(text("Beside each stands its score."))
            said.append(_both_sides(about))
            said += [_hidden(about)] if hidden else []
        else:
            said.append(text("Beside each stands the evidence that was named."))
    elif hidden:
        said.append(_hidden(about))
    elif any(q.aspect for c in about.capabilities for q in c.questions):
        said.append(text("This subset asks one side only, so words and deeds are not compared."))
    return tuple(said)


def _hidden(about: Subject) -> str:
    """Say why say and do of some capabilities are not there."""
    if about.questionnaire.customer_voice:
        return about.words.text(
            "Say and do are hidden where fewer than five customers answered only one of them and "
            "the means together would tell what they said."
        )
    return about.words.text(
        "Say and do are hidden where fewer than five people answered only one of them and the "
        "means together would tell what they said."
    )


def _both_sides(about: Subject) -> str:
    if about.questionnaire.customer_voice:
        return about.words.text(
            "Say and do come from customers who answered both and the score rests on everybody, "
            "so it need not lie between them."
        )
    return about.words.text(
        "Say and do come from people who answered both and the score rests on everybody, so it "
        "need not lie between them."
    )


def _source(about: Subject, groups: Sequence[Group], *, has_apart: bool) -> tuple[str, ...]:
    words, shown = about.words, about.measures()[1:]
    said = [own_source(about), *marks_said(about, shown)]
    if has_apart:
        said.append(
            words.text(
                "Do against say is in words where the difference is {points} points or more and "
                "its interval does not include 0; it is taken before anything is rounded.",
                points=words.points(WIDE),
            )
        )
    rows = [row for group in groups for row in group.all]
    scores = [text for row in rows for text in _scores(row)]
    apart = [text for row in rows if row.apart for text in (row.apart.value, row.apart.spread)]
    said += decimals_said(about, scores, peers=about.peers is not None)
    said += apart_decimals_said(about, apart)
    if about.peers:
        said += _by_itself(about)
        said.append(peer_source(about))
    return tuple(said)


def _by_itself(about: Subject) -> list[str]:
    """Say what the comparisons with the peers' medians leave out."""
    text = about.words.text
    said = [text("Peer medians are treated as fixed.")]
    if about.has_intervals:
        said.append(
            text(
                "Each comparison with one stands by itself: of those that lie on the median, about "
                "one in twenty looks above or below it by chance."
            )
        )
    return said


def _scores(row: Row) -> tuple[str, ...]:
    """Return every score of a row as it is printed, with its interval."""
    return (row.score, row.spread, *(side.beside for side in (row.say, row.do) if side))
