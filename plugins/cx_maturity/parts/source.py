"""What stands around a chart: its finding, its key, its source and its description."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cx_maturity.parts.row import DASH, Key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cx_maturity.model import Measure
    from cx_maturity.parts.subject import Subject


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


def keys(about: Subject) -> list[Key]:
    """Name the marks of a strip: own first, then the peers'."""
    words, name = about.words, about.organisation.name
    found = [Key("you", name)]
    if about.has_intervals:
        found = [Key("interval", words.text("{name} and its 95 % interval", name=name))]
    elif any(about.spread(measure) for measure in about.measures()):
        found.append(Key("range", words.text("What missing answers could change")))
    standings = about.comparison.standings.values()
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


def own_source(about: Subject) -> str:
    """Say what the scores rest on."""
    words = about.words
    people = words.start(people_answered(about))
    if about.has_intervals:
        return words.text("{people}; intervals are 95\N{NO-BREAK SPACE}% t.", people=people)
    if about.wave.is_panel:
        return words.text("{people}, too few for intervals.", people=people)
    return words.text("One answer to each question, so there is no interval.")


def touched(about: Subject, measure: Measure) -> str:
    """Name the levels that a measure's interval touches, when they are several: 3-4."""
    if measure.interval is None or about.questionnaire.staged:
        return ""
    low, high = (
        sum(float(level.start) <= bound for level in about.questionnaire.levels)
        for bound in measure.interval
    )
    return f"{low}{DASH}{high}" if low != high else ""


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
