"""Since last time: what moved between two rounds of answers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.parts.compared import compared, is_clear_alone, notes, parts
from cx_maturity.parts.row import DASH
from cx_maturity.parts.slopes import slopes
from cx_maturity.parts.source import Head, Thought
from cx_maturity.parts.trends import rounds_part
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.scoring.trend import FEWEST_FOR_P

if TYPE_CHECKING:
    from cx_maturity.model import Wave
    from cx_maturity.parts.row import Figure
    from cx_maturity.parts.subject import Subject
    from cx_maturity.parts.trends import Rounds
    from cx_maturity.results import Change, Difference, Movement
    from cx_maturity.words import Words

_HUNDRED = 100
_MOVED = {"up", "down"}
_MOST = 6  # decimals


@dataclass(frozen=True, slots=True)
class MovedRow:
    """
    One measure in both rounds, ready to print.

    *some* tells when not all of it is compared, *alone* that it is clear only by itself.
    """

    title: str
    then: str
    now: str
    difference: str
    interval: str
    word: str
    moved: bool
    strong: bool
    some: str
    alone: str


@dataclass(frozen=True, slots=True)
class TrendRow:
    """Where one measure is heading, in points a year."""

    title: str
    slope: str
    rounds: str
    word: str
    moved: bool
    strong: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """Where measures are heading over all rounds that can be compared."""

    name: str
    lede: str
    rows: tuple[TrendRow, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved since the round before; *then* and *now* head the columns of its table."""

    head: Head
    figure: Figure | None
    then: str
    now: str
    has_intervals: bool
    rows: tuple[MovedRow, ...]
    compared: Thought
    notes: tuple[Thought, ...]
    rounds: Rounds | None
    trend: Heading | None


def movement_part(about: Subject, movement: Movement) -> Moved | None:
    """Say what moved since the round before; None when no measure has a score in both."""
    if not any(change.difference for change in movement.changes.values()):
        return None
    words = about.words
    then, now = _dates(about, movement)
    rows = tuple(
        _row(about, change)
        for change in movement.changes.values()
        if change.earlier.score is not None or change.later.score is not None
    )
    return Moved(
        head=Head(
            "change",
            words.text("Since last time"),
            _finding(about, movement),
            _lede(about, movement),
        ),
        figure=slopes(about, movement, (then, now), _said(about)),
        then=then,
        now=now,
        has_intervals=any(row.interval for row in rows),
        rows=rows,
        compared=Thought(words.text("What is compared"), compared(about, movement)),
        notes=notes(about, movement),
        rounds=rounds_part(about, movement),
        trend=_trend(about, movement),
    )


def _dates(about: Subject, movement: Movement) -> tuple[str, str]:
    """Name the two rounds by month, or by day where the month is the same."""
    earlier, later = movement.earlier, movement.later
    words = about.words
    then, now = (words.month(wave.date, wave.known) for wave in (earlier, later))
    if then != now:
        return then, now
    return words.date(earlier.date, earlier.known), words.date(later.date, later.known)


def _row(about: Subject, change: Change) -> MovedRow:
    words, (counted, asked) = about.words, change.questions
    value, interval = moved_said(about, change.difference) if change.difference else (DASH, "")
    some = ""
    if change.id != OVERALL and counted < asked:
        some = words.plural(
            "{compared} of {n} question",
            "{compared} of {n} questions",
            asked,
            compared=words.number(counted),
        )
    return MovedRow(
        title=about.titles[change.id],
        then=about.points(change.earlier),
        now=about.points(change.later),
        difference=value,
        interval=interval,
        word=verdict_said(about, change.verdict),
        moved=change.verdict in _MOVED,
        strong=change.id not in about.card.capabilities,
        some=some,
        alone=words.text("clear by itself only") if is_clear_alone(change) else "",
    )


def moved_said(about: Subject, difference: Difference) -> tuple[str, str]:
    """Write a difference and its interval; a bound that is not 0 is not written as 0."""
    words = about.words
    value = words.signed(difference.value * _HUNDRED)
    if difference.interval is None:
        return value, ""
    bounds = [Fraction(bound) * _HUNDRED for bound in difference.interval]
    places = next((p for p in range(_MOST) if all(_tells(words, b, p) for b in bounds)), _MOST)
    low, high = (_signed(words, b, places if difference.is_clear else 0) for b in bounds)
    return value, words.text("{low} to {high}", low=low, high=high)


def _tells(words: Words, points: Fraction, places: int) -> bool:
    return words.decimal(points, places) != words.decimal(Fraction(0), places)


def verdict_said(about: Subject, verdict: str | None) -> str:
    """Write one of the three words; empty where nobody may say."""
    return _said(about)[verdict] if verdict else ""


def _said(about: Subject) -> dict[str, str]:
    text = about.words.text
    return {
        "up": text("up"),
        "down": text("down"),
        "not distinguishable": text("not distinguishable"),
    }


# --- the finding -------------------------------------------------------------


def _finding(about: Subject, movement: Movement) -> str:
    """Count what moved, among the capabilities or, where there are none, the dimensions."""
    text = about.words.text
    verdicts = [change.verdict for change in parts(about, movement) if change.verdict]
    if not verdicts:
        if not (movement.earlier.is_panel and movement.later.is_panel):
            return text("Whether anything moved cannot be told from one set of answers")
        if about.questionnaire.customer_voice:
            return text("Whether anything moved cannot be told from so few customers")
        return text("Whether anything moved cannot be told from so few people")
    moved = sum(verdict in _MOVED for verdict in verdicts)
    if not moved:
        return _nothing_moved(about, len(verdicts))
    if moved == len(verdicts):
        return _all_moved(about, moved)
    return _some_moved(about, moved, len(verdicts))


def _nothing_moved(about: Subject, of: int) -> str:
    plural = about.words.plural
    if about.capabilities:
        return plural(
            "For the one capability compared, the two rounds cannot be told apart",
            "For all {n} capabilities compared, the two rounds cannot be told apart",
            of,
        )
    return plural(
        "For the one dimension compared, the two rounds cannot be told apart",
        "For all {n} dimensions compared, the two rounds cannot be told apart",
        of,
    )


def _all_moved(about: Subject, moved: int) -> str:
    plural = about.words.plural
    if about.capabilities:
        return plural(
            "The one capability compared moved", "All {n} capabilities compared moved", moved
        )
    return plural("The one dimension compared moved", "All {n} dimensions compared moved", moved)


def _some_moved(about: Subject, moved: int, of: int) -> str:
    words = about.words
    counts = {
        "moved": words.start(words.count(moved)),
        "of": words.number(of),
        "rest": words.number(of - moved),
    }
    if about.capabilities:
        return words.text(
            "{moved} of {of} capabilities moved; for {rest} the two rounds cannot be told apart",
            **counts,
        )
    return words.text(
        "{moved} of {of} dimensions moved; for {rest} the two rounds cannot be told apart",
        **counts,
    )


def _lede(about: Subject, movement: Movement) -> tuple[str, ...]:
    words = about.words
    then, now = _dates(about, movement)
    return (
        words.text(
            "{now} against {then}: scores and differences in points, 0 to 100, each rounded by "
            "itself.",
            now=now,
            then=then,
        ),
        words.text(
            "Then {then}, now {now}.",
            then=_answered(about, movement.earlier),
            now=_answered(about, movement.later),
        ),
    )


def _answered(about: Subject, wave: Wave) -> str:
    words, n = about.words, len(wave.respondents)
    if not wave.is_panel:
        return words.text("one set of answers")
    if about.questionnaire.customer_voice:
        return words.plural("{n} customer", "{n} customers", n)
    return words.plural("{n} person", "{n} people", n)


# --- many rounds -------------------------------------------------------------


def _trend(about: Subject, movement: Movement) -> Heading | None:
    if not movement.trends:
        return None
    words, n = about.words, movement.trend_questions
    return Heading(
        name=words.text("Points a year"),
        lede=words.plural(
            "The middle one of the slopes between any two rounds (Theil and Sen), over the {n} "
            "question that all share. Whether there is a direction is tested from five rounds on "
            "(Mann and Kendall), for each measure by itself: with many measures, one or another "
            "will show a direction by chance.",
            "The middle one of the slopes between any two rounds (Theil and Sen), over the {n} "
            "questions that all share. Whether there is a direction is tested from five rounds on "
            "(Mann and Kendall), for each measure by itself: with many measures, one or another "
            "will show a direction by chance.",
            n,
        )
        + _all_of_five(about, movement),
        rows=tuple(
            TrendRow(
                title=about.titles[trend.id],
                slope=_signed(words, trend.slope * _HUNDRED, 1),
                rounds=words.number(trend.waves),
                word=verdict_said(about, trend.verdict),
                moved=trend.verdict in _MOVED,
                strong=trend.id not in about.card.capabilities,
            )
            for trend in movement.trends.values()
        ),
    )


def _all_of_five(about: Subject, movement: Movement) -> str:
    """Say how strict the test is where rounds are as few as it takes."""
    if max(trend.waves for trend in movement.trends.values()) != FEWEST_FOR_P:
        return ""
    said = about.words.text(
        "With five rounds, each has to lie above the one before it, or each below: so a measure "
        "may have moved since last time and have no direction."
    )
    return f" {said}"


def _signed(words: Words, points: Fraction, places: int) -> str:
    """Write *points* with their sign and *places* decimals; what rounds to 0 has no sign."""
    text = words.decimal(points, places)
    return f"+{text}" if points > 0 and text != words.decimal(Fraction(0), places) else text
