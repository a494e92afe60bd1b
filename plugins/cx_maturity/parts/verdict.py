"""The verdict: what a board remembers, in one or two sentences of at most thirty words."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from cx_maturity.parts.held import held_at, unscored
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from cx_maturity.parts.subject import Subject
    from cx_maturity.words import Words

MOST_WORDS = 30
# What fills two lines above the board's picture; more is not worth a third.
_TWO_LINES = 110
_MOST_NAMES = 3
_BOTH = 2


def headline(about: Subject) -> str:
    """
    Say level, place among peers and what holds the level, in at most thirty words.

    "Above" and "below" count only dimensions whose whole interval clears the
    median.  What does not apply, or makes it too long, is left out.
    """
    overall, words = about.card.overall, about.words
    if overall.score is None:
        return _no_score(about)
    if overall.gated_level is None:
        return _open_level(about)
    level = _level(about, overall.gated_level)
    against, held = against_peers(about), held_at(about)
    attempts = [[*against, *held], [*against[:1], *held], held, against]
    for phrases in attempts:
        sentence = words.start(f"{', '.join(phrases)}.") if phrases else ""
        candidate = f"{level} {sentence}".rstrip()
        if len(candidate.split()) <= MOST_WORDS:
            break
    else:
        candidate = level
    for more in ("" if against else _highest_and_lowest(about), _next(about)):
        longer = f"{candidate} {more}".rstrip()
        if len(longer.split()) <= MOST_WORDS and len(longer) <= _TWO_LINES:
            candidate = longer
    return candidate


def _next(about: Subject) -> str:
    """Name the capability of the path's first step, unless it is the one that holds the level."""
    path = about.advice.path
    first = path.lifts[0].capability if path and path.lifts else ""
    if first not in about.titles or (held_at(about) and first in about.card.held_by):
        return ""
    return about.words.text("Next: {name}.", name=about.inside(first))


def _level(about: Subject, number: int) -> str:
    words = about.words
    named = {
        "k": number,
        "of": len(about.questionnaire.levels),
        "name": about.level_name(number),
    }
    if about.wave.is_panel:
        return words.text("Level {k} of {of}, {name}.", **named)
    return words.text("Level {k} of {of}, {name}, by one set of answers.", **named)


def _highest_and_lowest(about: Subject) -> str:
    """Name the ends of the profile where their intervals lie apart; else nothing."""
    measures = [about.measure(dimension.id) for dimension in about.dimensions]
    scored = [(m.score, m.interval, m.id) for m in measures if m.score is not None and m.interval]
    if len(scored) < _BOTH:
        return ""
    _, lowest, low = min(scored, key=itemgetter(0))
    _, highest, high = max(scored, key=itemgetter(0))
    if lowest[1] >= highest[0]:
        return ""
    return about.words.text(
        "Highest: {high}; lowest: {low}.", high=about.titles[high], low=about.titles[low]
    )


def against_peers(about: Subject) -> list[str]:
    """Say in how many dimensions the scores are above, and below, the peers' median."""
    found = [about.standing(dimension.id) for dimension in about.dimensions]
    said = [standing.word for standing in found if standing and standing.word]
    if len(about.dimensions) == 1 or not said:
        standing = about.standing(OVERALL)
        return [_overall_against(standing.word, about)] if standing and standing.word else []
    words, of = about.words, len(about.dimensions)
    above, below = said.count("above"), said.count("below")
    if above:
        phrases = [_in_dimensions("above", above, of, words)]
        if below:
            phrases.append(words.text("below it in {n}", n=words.count(below)))
        return phrases
    if below:
        return [_in_dimensions("below", below, of, words)]
    overall = about.standing(OVERALL)
    if len(said) == of and overall and overall.word in {"above", "below"}:
        return [
            _overall_against(overall.word, about),
            words.text("level with it in each dimension"),
        ]
    return [_in_dimensions("level with", len(said), of, words)]


def _in_dimensions(word: str, n: int, of: int, words: Words) -> str:
    text = words.text
    counted = {"n": words.count(n), "of": words.count(of)}
    if n == of == _BOTH:
        return {
            "above": text("above the peer median in both dimensions"),
            "below": text("below the peer median in both dimensions"),
            "level with": text("level with the peer median in both dimensions"),
        }[word]
    if n == of:
        return {
            "above": text("above the peer median in all {of} dimensions", **counted),
            "below": text("below the peer median in all {of} dimensions", **counted),
            "level with": text("level with the peer median in all {of} dimensions", **counted),
        }[word]
    return {
        "above": text("above the peer median in {n} of {of} dimensions", **counted),
        "below": text("below the peer median in {n} of {of} dimensions", **counted),
        "level with": text("level with the peer median in {n} of {of} dimensions", **counted),
    }[word]


def _no_score(about: Subject) -> str:
    words = about.words
    if not about.card.overall.applicable:
        return words.text("No level: none of the questions applied.")
    missing = unscored(about)
    if not missing:
        if about.is_of_few(about.card.overall):
            return (
                words.text(
                    "No level yet: fewer than five customers answered enough of every dimension."
                )
                if about.questionnaire.customer_voice
                else words.text(
                    "No level yet: fewer than five people answered enough of every dimension."
                )
            )
        if about.people > 1:
            return words.text("No level yet: nobody answered enough of every dimension.")
        return words.text("No level yet: too few answers.")
    names = about.named(missing) if len(missing) <= _MOST_NAMES else None
    names = names or words.text("{n} dimensions", n=words.count(len(missing)))
    # Too few people, of some of them at least: each row says which.
    if any(about.is_of_few(about.measure(name)) for name in missing):
        return words.plural(
            "No level yet: {names} has no score.",
            "No level yet: {names} have no score.",
            len(missing),
            names=names,
        )
    return words.plural(
        "No level yet: {names} has too few answers.",
        "No level yet: {names} have too few answers.",
        len(missing),
        names=names,
    )


def _open_level(about: Subject) -> str:
    words, overall, n = about.words, about.card.overall, len(about.card.held_by)
    values = {
        "score": about.points(overall),
        "k": overall.level,
        "names": about.named(about.card.held_by),
    }
    if any(about.is_of_few(about.measure(name)) for name in about.card.held_by):
        return words.plural(
            "The level is open: {score} points would be level {k}, but {names} has no score.",
            "The level is open: {score} points would be level {k}, but {names} have no score.",
            n,
            **values,
        )
    if about.wave.is_panel:
        return words.plural(
            "The level is open: {score} points would be level {k}, but {names} has too few "
            "answers.",
            "The level is open: {score} points would be level {k}, but {names} have too few "
            "answers.",
            n,
            **values,
        )
    return words.plural(
        "By one set of answers the level is open: {score} points would be level {k}, but {names} "
        "has too few answers.",
        "By one set of answers the level is open: {score} points would be level {k}, but {names} "
        "have too few answers.",
        n,
        **values,
    )


def _overall_against(word: str, about: Subject) -> str:
    text = about.words.text
    return {
        "above": text("above the peer median"),
        "below": text("below the peer median"),
        "level with": text("level with the peer median"),
    }[word]
