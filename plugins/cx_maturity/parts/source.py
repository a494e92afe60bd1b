"""What stands around a chart: its finding, its key, its source and its description."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.parts.row import DASH, ROUGH, Key, has_decimals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import Difference, Measure
    from cx_maturity.words import Words

# Clear differences of less than this (0-1) are not worth a word.
WIDE = Fraction(1, 10)
_HUNDRED = 100
_MOST_PLACES = 6
# A range of two digits is not worth a line break.
_UNBROKEN = f"{DASH}\N{WORD JOINER}"


@dataclass(frozen=True, slots=True)
class Head:
    """A part's place in the contents, its finding, and how to read it."""

    id: str
    name: str
    finding: str
    lede: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thought:
    """A heading and the sentences under it."""

    heading: str
    sentences: tuple[str, ...]


def described(about: Subject, measure_ids: Sequence[str]) -> str:
    """Say in words what a strip of these measures shows."""
    return ". ".join(about.alternative(measure_id) for measure_id in measure_ids) + "."


def keys(about: Subject, measure_ids: Sequence[str] = ()) -> list[Key]:
    """Name the marks of a strip of these measures, else of all: own first, then the peers'."""
    words, name = about.words, about.organisation.name
    measures = [about.measure(m) for m in measure_ids] or about.measures()
    found = [Key("you", name)]
    if any(m.interval and m.score is not None for m in measures):
        text = words.text("{name} and its 95\N{NO-BREAK SPACE}% interval", name=name)
        found = [Key("interval", text)]
    elif any(about.spread(measure) for measure in measures):
        found.append(Key("range", words.text("What missing answers could change")))
    if any(is_rough(m) for m in measures):
        found.append(Key("rough", rough_key(about)))
    standings = [standing for m in measures if (standing := about.standing(m.id))]
    kind = "simulated" if about.is_illustrative else "pooled"
    if any(standing.quartiles for standing in standings):
        text = words.text("Middle half and median of {peers}", peers=about.peers_named())
        found.append(Key(kind, text))
    elif any(standing.median is not None for standing in standings):
        found.append(Key("median", words.text("Median of {peers}", peers=about.peers_named())))
    return found


def spread_head(about: Subject) -> str:
    """Head the column of what stands beside a score; empty when nothing does."""
    text = about.words.text
    if about.has_intervals:
        return text("Interval")
    return text("Could be") if any(about.spread(m) for m in about.measures()) else ""


def said_apart(about: Subject, difference: Difference) -> tuple[str, str]:
    """
    Write a difference in points, and its interval; empty where none may be given.

    As with a score and its level, a decimal stands where whole points would make it wide, or
    let a clear one touch 0.
    """
    words, nought = about.words, (0,) if difference.is_clear else ()
    wide = WIDE * _HUNDRED
    value = _signed(words, difference.value, (-wide, *nought, wide))
    if difference.interval is None:
        return value, ""
    low, high = (_signed(words, Fraction(bound), nought) for bound in difference.interval)
    said = words.text("{low} to {high}", low=low, high=high)
    return value, f"{ROUGH}{said}" if difference.rough else said


def _signed(words: Words, share: Fraction, borders: Iterable[Fraction | int]) -> str:
    """Write a difference of -1 to 1 in points, on the side of each of the *borders* it is on."""
    points, borders = share * _HUNDRED, tuple(borders)
    for places in range(_MOST_PLACES):
        unit = 10**places
        shown = Fraction((points * unit + Fraction(1, 2)) // 1, unit)
        if all(_side(shown, border) == _side(points, border) for border in borders):
            break
    text = words.decimal(points, places)
    return f"+{text}" if shown > 0 else text


def _side(points: Fraction, border: Fraction | int) -> int:
    """Tell on which side of a border *points* lie: on 0 is neither, on any other is beyond."""
    if border:
        return points >= border if border > 0 else points <= border
    return (points > 0) - (points < 0)


def own_source(about: Subject) -> str:
    """Say what the scores rest on."""
    words = about.words
    people = words.start(people_answered(about))
    if about.has_intervals:
        return words.text(
            "{people}. The intervals (95\N{NO-BREAK SPACE}%) allow for chance in who answered, not "
            "for those who chose not to.",
            people=people,
        )
    if about.wave.is_panel:
        return words.text("{people}, too few for intervals.", people=people)
    return words.text("One answer to each question, so there is no interval.")


def borderline(about: Subject, measure_ids: Sequence[str]) -> tuple[str, ...]:
    """Name every measure whose interval touches several levels, with the levels."""
    found = [
        f"{about.titles[measure_id]} ({levels.replace(DASH, _UNBROKEN)})"
        for measure_id in measure_ids
        if (levels := about.touched(about.measure(measure_id)))
    ]
    if not found:
        return ()
    names = about.words.listing(found)
    return (
        about.words.text("Borderline, the interval touches several levels: {names}.", names=names),
    )


def is_rough(measure: Measure) -> bool:
    """Tell whether the interval that is shown is narrower than it should be."""
    return measure.rough and measure.interval is not None and measure.score is not None


def rough_key(about: Subject) -> str:
    """Say in a key what a rough interval is; the tables say why."""
    return about.words.text("rough: narrower than it should be")


def marks_said(about: Subject, measures: Iterable[Measure]) -> tuple[str, ...]:
    """Explain what a table marks beside the scores of these measures: borderline and rough."""
    words, measures = about.words, [*measures]
    said = []
    if any(about.touched(measure) for measure in measures):
        said.append(
            words.text("Small figures beside a level: every level that the interval touches.")
        )
    return (*said, *rough_said(about, measures))


def rough_said(
    about: Subject, measures: Iterable[Measure], differences: Iterable[Difference] = ()
) -> tuple[str, ...]:
    """Explain the mark of a rough interval, where one of these has it."""
    if not any(map(is_rough, measures)) and not any(found.rough for found in differences):
        return ()
    return (
        about.words.text(
            "{mark} marks an interval as rough: answers pile up at an end of the scale, or a small "
            "role stands apart, and it is narrower than it should be.",
            mark=ROUGH,
        ),
    )


def decimals_said(about: Subject, scores: Iterable[str], *, peers: bool = False) -> tuple[str, ...]:
    """
    Say why a printed score or an end of its interval is not in whole points, where one is not.

    *peers* tells whether they are set against a median.
    """
    text = about.words.text
    if not has_decimals(scores):
        return ()
    if about.questionnaire.staged:
        return (
            text("An end of an interval has decimals where whole points would be the peer median."),
        )
    if peers:
        return (
            text(
                "A score or an end of its interval has decimals where whole points would name "
                "another level or be the peer median."
            ),
        )
    return (
        text(
            "A score or an end of its interval has decimals where whole points would name another "
            "level."
        ),
    )


def apart_decimals_said(about: Subject, differences: Iterable[str]) -> tuple[str, ...]:
    """Say why a printed difference is not in whole points, where one is not."""
    if not has_decimals(differences):
        return ()
    return (
        about.words.text(
            "A difference or an end of its interval has decimals where whole points would make it "
            "0 or {points}.",
            points=about.words.points(WIDE),
        ),
    )


def within_reach(about: Subject, measure: Measure) -> tuple[int, int] | None:
    """Return the levels that missing answers could give a score, from the lowest; None for one."""
    if about.wave.is_panel or measure.score is None or about.questionnaire.staged:
        return None
    levels = about.questionnaire.levels
    low, high = (
        sum(level.start <= bound for level in levels) for bound in (measure.lowest, measure.highest)
    )
    return (low, high) if low != high else None


def reach_said(about: Subject) -> list[str]:
    """Say between which levels missing answers leave one person's score."""
    words, found = about.words, within_reach(about, about.card.overall)
    if not found:
        return []
    low, high = found
    if high == low + 1:
        return [
            words.text(
                "With every missing answer, the score could be at level {low} or {high}.",
                low=low,
                high=high,
            )
        ]
    return [
        words.text(
            "With every missing answer, the score could be at any level from {low} to {high}.",
            low=low,
            high=high,
        )
    ]


def counted(about: Subject, n: int) -> str:
    """Count whoever answered: people, or customers where they judge from outside."""
    if about.questionnaire.customer_voice:
        return about.words.plural("{n} customer", "{n} customers", n)
    return about.words.plural("{n} person", "{n} people", n)


def people_answered(about: Subject) -> str:
    """Say how many answered; whoever judges from outside is a customer."""
    words, n = about.words, about.people
    if not about.wave.is_panel:
        return words.text("one set of answers")
    of = sum(about.wave.population.values())
    if of and about.questionnaire.customer_voice:
        return words.plural(
            "{n} of {of} customers answered",
            "{n} of {of} customers answered",
            n,
            of=words.number(of),
        )
    if about.questionnaire.customer_voice:
        return words.plural("{n} customer answered", "{n} customers answered", n)
    if of:
        return words.plural(
            "{n} of {of} people answered", "{n} of {of} people answered", n, of=words.number(of)
        )
    return words.plural("{n} person answered", "{n} people answered", n)


def evidence_word(about: Subject, grade: str) -> str:
    """Say what stands behind an answer."""
    text = about.words.text
    return {
        "none": text("no evidence"),
        "described": text("described"),
        "document": text("document"),
        "data": text("data"),
    }[grade]
