"""How far each target is, and what the rounds so far foretell for it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.advising.forecast import FEWEST
from cx_maturity.parts.row import DASH, naming_levels

if TYPE_CHECKING:
    from cx_maturity.model import Capability, Dimension
    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import Measure, Trajectory

_HUNDRED = 100
_FINEST = 10**9  # parts of the scale that a forecast's bound is read to
_MOST_PLACES = 6


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target, ready to print."""

    title: str
    target: str
    by: str
    now: str
    spread: str
    distance: str
    said: str


def target_row(about: Subject, found: Trajectory) -> TargetRow:
    """Write one target, ready to print."""
    words, target = about.words, found.target
    measure = _measure(about, found)
    return TargetRow(
        title=measure_title(about, target.measure),
        target=_wanted(about, found),
        by=words.date(target.by, target.known) if target.by else DASH,
        now=about.points(measure) if measure else DASH,
        spread=about.bracketed(measure) if measure else "",
        distance=_distance(about, found, measure.score if measure else None),
        said=" ".join(_target_said(about, found)),
    )


def _measure(about: Subject, found: Trajectory) -> Measure | None:
    """Return the measure that a target is about, None where it was not asked."""
    return next((m for m in about.measures() if m.id == found.target.measure), None)


def _wanted(about: Subject, found: Trajectory) -> str:
    words, target = about.words, found.target
    if target.level is not None:
        return words.text(
            "Level {k}, {name}", k=words.number(target.level), name=about.level_name(target.level)
        )
    return words.points(target.score, naming_levels(about.questionnaire)) if target.score else DASH


def _distance(about: Subject, found: Trajectory, score: Fraction | None) -> str:
    """Write how many points are missing; a distance that is not 0 is not written as 0."""
    if found.goal is None or score is None:
        return DASH
    missing, words = (score - found.goal) * _HUNDRED, about.words
    nought = (words.decimal(Fraction(0), places) for places in range(_MOST_PLACES))
    for places, zero in enumerate(nought):
        text = words.decimal(missing, places)
        if text != zero or not missing:
            break
    return f"+{text}" if missing > 0 else text


def _target_said(about: Subject, found: Trajectory) -> list[str]:
    """Say whether a target is met, and what the rounds so far foretell."""
    words = about.words
    said = [_standing(about, found)]
    if found.forecast is None:
        said.append(_unforetold(about, found))
        return [each for each in said if each]
    low, high = (Fraction(round(bound * _FINEST), _FINEST) for bound in found.forecast)
    levels = naming_levels(about.questionnaire)
    said.append(
        words.plural(
            "Forecast from {count} round: {low} to {high}.",
            "Forecast from {count} rounds: {low} to {high}.",
            len(found.waves),
            count=words.count(len(found.waves)),
            low=words.points(low, levels),
            high=words.points(high, levels),
        )
    )
    if found.goal is not None:
        said.append(_within(about, found.goal, low, high))
    return [each for each in said if each]


def _standing(about: Subject, found: Trajectory) -> str:
    text = about.words.text
    measure = _measure(about, found)
    score = measure.score if measure else None
    if found.is_met and measure and measure.interval and found.goal is not None:
        unsure = measure.interval[0] < found.goal
        return text("Met, though the interval reaches below it.") if unsure else text("Met.")
    if found.is_met:
        return text("Met.")
    if found.goal is not None and score is not None and score >= found.goal:
        return text("The score is there; a foundation holds the level.")
    return text("Its day has come, and it is not met.") if found.reason == "past" else ""


def _within(about: Subject, goal: Fraction, low: Fraction, high: Fraction) -> str:
    text = about.words.text
    if goal <= low:
        return text("The target lies below all of that.")
    if goal > high:
        return text("The target lies above all of that.")
    return text("The target lies within: it may be met or missed.")


def _unforetold(about: Subject, found: Trajectory) -> str:
    words, text = about.words, about.words.text
    if found.reason == "few-waves":
        return words.plural(
            "Not enough rounds: a forecast needs {fewest}, there is one.",
            "Not enough rounds: a forecast needs {fewest}, there are {count}.",
            max(1, len(found.waves)),
            fewest=words.count(FEWEST),
            count=words.count(len(found.waves)),
        )
    return {
        "no-score": text("There is no score in this round, so nothing is forecast."),
        "no-date": text("It has no day, so nothing is forecast."),
        "too-far": text("Further ahead than the rounds reach back, so nothing is forecast."),
        "off-scale": text("The line leaves the scale before that day, so nothing is forecast."),
        "no-spread": text("All rounds lie on one line, so nothing tells how sure a forecast is."),
    }.get(found.reason, "")


def measure_title(about: Subject, measure: str) -> str:
    """Name a measure, one that was not asked in this round too."""
    if measure in about.titles:
        return about.titles[measure]
    for dimension in about.questionnaire.dimensions:
        parts: tuple[Dimension | Capability, ...] = (dimension, *dimension.capabilities)
        for part in parts:
            if part.id == measure:
                return part.title.to(about.words.language)
    return measure
