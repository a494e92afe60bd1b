"""Where the level is held, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity.parts.source import Thought

if TYPE_CHECKING:
    from cx_maturity.parts.subject import Subject


_MOST_NAMES = 3


def held_at(about: Subject) -> list[str]:
    """Say which foundations hold the level; nothing when the score alone gives it."""
    overall = about.card.overall
    if overall.gated_level is None or overall.gated_level == overall.level:
        return []
    by = about.named(about.card.held_by)
    return [about.words.text("held at {k} by {by}", k=overall.gated_level, by=by)]


def what_holds(about: Subject) -> Thought:
    """Explain the level: the gate in words, or where the score lies."""
    overall, words = about.card.overall, about.words
    if overall.score is None:
        return Thought(words.text("What is missing"), (_missing_parts(about),))
    score = about.points(overall)
    if overall.gated_level is None:
        return Thought(
            words.text("What keeps the level open"),
            (
                words.text(
                    "The score alone, {score}, would give level {k}.", score=score, k=overall.level
                ),
                _unknown_foundations(about),
                gate_rule(about),
            ),
        )
    if held_at(about):
        return Thought(
            words.text("What holds the level"),
            (
                words.text(
                    "The score alone, {score}, would give level {k}.", score=score, k=overall.level
                ),
                _binding(about),
                gate_rule(about),
                _opening(about),
            ),
        )
    return Thought(words.text("What the level rests on"), _resting(about))


def _unknown_foundations(about: Subject) -> str:
    """Name the foundations that leave the level open."""
    words, held = about.words, about.card.held_by
    if any(about.is_of_few(about.measure(name)) for name in held):
        return words.plural(
            "But a foundation has no score: {names}.",
            "But foundations have no score: {names}.",
            len(held),
            names=about.named(held),
        )
    return words.plural(
        "But a foundation has too few answers for a score: {names}.",
        "But foundations have too few answers for a score: {names}.",
        len(held),
        names=about.named(held),
    )


def find_out(about: Subject) -> Thought | None:
    """Name what has to be known before there is a level; nothing when there is one."""
    words, overall = about.words, about.card.overall
    if overall.gated_level is not None or not overall.applicable:
        return None
    waiting = about.card.held_by or _lacking(about)
    if not waiting:
        return None
    named = [about.titles[part] for part in waiting[:_MOST_NAMES]]
    if len(waiting) > _MOST_NAMES:
        more = words.count(len(waiting) - _MOST_NAMES)
        named.append(words.text("{n} more", n=more))
    said = [
        words.text("Answers are needed for these: {names}.", names=words.listing(named))
        if len(waiting) > 1
        else words.text("Answers are needed for {name}.", name=about.inside(waiting[0]))
    ]
    by_id = {capability.id: capability for capability in about.capabilities}
    first = by_id.get(waiting[0])
    if first and first.answered_by and len(waiting) == 1:
        said.append(first.answered_by.to(words.language))
    return Thought(words.text("Find out first"), tuple(said))


def _lacking(about: Subject) -> tuple[str, ...]:
    """Return what has too few answers in the dimensions without a score."""
    dimensions = unscored(about)
    found = []
    for dimension in about.dimensions:
        if dimension.id in dimensions:
            parts = [c.id for c in about.capabilities_of[dimension.id]]
            measures = [about.measure(part) for part in parts or [dimension.id]]
            found += [m.id for m in measures if m.score is None and m.applicable]
    return tuple(found)


def closing_next(about: Subject) -> list[str]:
    """Return the foundations that hold nothing yet, but would not let the level rise."""
    level, gate = about.card.overall.gated_level, about.questionnaire.gate
    if level is None or gate is None or held_at(about) or level == len(about.questionnaire.levels):
        return []
    levels = {part.id: about.measure(part.id).level for part in about.foundations}
    return [part for part, known in levels.items() if known is not None and known + gate <= level]


def unscored(about: Subject) -> list[str]:
    """Return the dimensions without a score, though something in them applies."""
    measures = [about.measure(dimension.id) for dimension in about.dimensions]
    return [m.id for m in measures if m.score is None and m.applicable]


def _missing_parts(about: Subject) -> str:
    words, names = about.words, about.named(unscored(about))
    if about.is_of_few(about.card.overall) or any(
        about.is_of_few(about.measure(name)) for name in unscored(about)
    ):
        return _too_few_people(about)
    if not names:
        if about.people > 1 and about.questionnaire.customer_voice:
            return words.text(
                "The overall is the mean of customers who have a score in every dimension, and "
                "nobody has."
            )
        if about.people > 1:
            return words.text(
                "The overall is the mean of people who have a score in every dimension, and nobody "
                "has."
            )
        return words.text("Too few answers were given for a score.")
    return words.plural(
        "{names} has fewer answers than a score may rest on; the overall needs every dimension.",
        "{names} have fewer answers than a score may rest on; the overall needs every dimension.",
        len(unscored(about)),
        names=names,
    )


def _too_few_people(about: Subject) -> str:
    """Say that there is no overall because of one to four people, of all or of a dimension."""
    words, missing = about.words, unscored(about)
    if missing:
        return words.plural(
            "{names} has no score; the overall needs every dimension.",
            "{names} have no score; the overall needs every dimension.",
            len(missing),
            names=about.named(missing),
        )
    if about.questionnaire.customer_voice:
        return words.text(
            "The overall is the mean of customers who have a score in every dimension, and fewer "
            "than five have."
        )
    return words.text(
        "The overall is the mean of people who have a score in every dimension, and fewer than "
        "five have."
    )


def _binding(about: Subject) -> str:
    words, held = about.words, about.card.held_by
    if len(held) > 1:
        return words.text(
            "But these foundations are at level {k}: {names}.",
            names=about.named(held),
            k=about.measure(held[0]).level,
        )
    measure = about.measure(held[0])
    if not measure.interval:
        return words.text(
            "But {name} is a foundation, and it is at level {k} ({score}).",
            name=about.inside(held[0]),
            k=measure.level,
            score=about.points(measure),
        )
    return words.text(
        "But {name} is a foundation, and it is at level {k} ({score}, interval {spread}).",
        name=about.inside(held[0]),
        k=measure.level,
        score=about.points(measure),
        spread=about.spread(measure),
    )


def _opening(about: Subject) -> str:
    words, held, levels = about.words, about.card.held_by, about.questionnaire.levels
    level = about.measure(held[0]).level or 1
    if about.questionnaire.staged:
        return words.text("One level more there would open the next here.")
    return words.text(
        "With {points} points there, level {k} would open.",
        points=words.points(levels[level].start),
        k=(about.card.overall.gated_level or 1) + 1,
    )


def gate_rule(about: Subject) -> str:
    """Say how far an organisation may stand above its weakest foundation."""
    words, gate = about.words, about.questionnaire.gate or 0
    if gate == 0:
        return words.text(
            "By the rule of this questionnaire, the whole is never above its weakest foundation."
        )
    return words.plural(
        "By the rule of this questionnaire, the whole is at most one level above its weakest "
        "foundation.",
        "By the rule of this questionnaire, the whole is at most {word} levels above its weakest "
        "foundation.",
        gate,
        word=words.count(gate),
    )


def foundation_mark(about: Subject) -> str:
    """Explain the letter beside a foundation's name."""
    words, gate = about.words, about.questionnaire.gate or 0
    # Translators: the letter that stands in tables for the word that you use for a foundation.
    mark = words.text("F")
    if gate == 0:
        return words.text(
            "{mark} marks a foundation: the whole is never above the weakest of them.", mark=mark
        )
    return words.plural(
        "{mark} marks a foundation: the whole can be at most one level above the weakest of them.",
        "{mark} marks a foundation: the whole can be at most {word} levels above the weakest of "
        "them.",
        gate,
        word=words.count(gate),
        mark=mark,
    )


def _resting(about: Subject) -> tuple[str, ...]:
    overall, words, levels = about.card.overall, about.words, about.questionnaire.levels
    level = overall.level or 1
    said = []
    if about.questionnaire.staged:
        said.append(
            words.text(
                "Every level up to {k} is met by {share} or more of what its questions ask.",
                k=level,
                share=words.percent(about.questionnaire.staged_pass),
            )
        )
    elif level < len(levels):
        said.append(
            words.text(
                "The score alone gives the level: {score} lies between {start}, where level {k} "
                "starts, and {end}, where level {next} starts.",
                score=about.points(overall),
                start=words.points(levels[level - 1].start),
                end=words.points(levels[level].start),
                k=level,
                next=level + 1,
            )
        )
    else:
        said.append(
            words.text(
                "The score alone gives the level: {score} is in level {k}, the highest, which "
                "starts at {start}.",
                score=about.points(overall),
                k=level,
                start=words.points(levels[level - 1].start),
            )
        )
    if about.foundations and about.questionnaire.gate is not None:
        said.append(_not_held(about, level))
    return tuple(said)


def _not_held(about: Subject, level: int) -> str:
    """Say that no foundation holds the level, or that one would hold the next."""
    words, names = about.words, closing_next(about)
    if not names:
        return words.text("No foundation holds it back.")
    return words.plural(
        "But a foundation at level {k} would not let it rise to {next}: {names}.",
        "But foundations at level {k} would not let it rise to {next}: {names}.",
        len(names),
        names=about.named(names),
        k=about.measure(names[0]).level,
        next=level + 1,
    )
