"""What is not known: missing answers, "don't know", and questions that did not apply."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.disclosure import FEWEST, hidden_counts
from cx_maturity.parts.row import DASH, aside
from cx_maturity.parts.source import Head, counted
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import Measure, QuestionResult

_MOST_NAMES = 3
_NEARLY_ALL = Fraction(19, 20)


@dataclass(frozen=True, slots=True)
class UnknownRow:
    """How much of one measure is known, and between what its score could lie."""

    title: str
    answered: str
    unsure: str
    could_be: str
    is_overall: bool


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """A question that did not apply, and why."""

    question: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """What the answers do not say; empty parts have nothing to tell."""

    head: Head
    rows: tuple[UnknownRow, ...]
    too_few: tuple[str, ...]
    not_applicable: tuple[NotApplicable, ...]


def unknown(about: Subject) -> Unknown:
    """List what the answers leave open."""
    parts = (OVERALL, *(d.id for d in about.dimensions))
    complete = _is_complete(about)
    return Unknown(
        head=Head(
            "unknown",
            about.words.text("What is not known"),
            _finding(about),
            _lede(about, complete=complete),
        ),
        rows=() if complete else tuple(_row(about, part) for part in parts),
        too_few=tuple(
            about.words.text("{name}. {reason}.", name=about.titles[m.id], reason=about.missing(m))
            for m in about.measures()[1:]
            if m.score is None and m.applicable and m.id in about.titles
        ),
        not_applicable=tuple(_not_applicable(about)),
    )


def _row(about: Subject, part: str) -> UnknownRow:
    measure, words = about.measure(part), about.words
    return UnknownRow(
        title=about.titles[part],
        answered=words.percent(measure.coverage) if measure.applicable else DASH,
        unsure=words.percent(1 - measure.visibility) if measure.applicable else DASH,
        could_be=about.could_be(measure) if measure.applicable else DASH,
        is_overall=part == OVERALL,
    )


def _is_complete(about: Subject) -> bool:
    return all(result.n == result.total for result in about.card.questions.values())


def _finding(about: Subject) -> str:
    words = about.words
    if _is_complete(about):
        return (
            words.text("Every question has an answer from everybody")
            if (about.people > 1)
            else words.text("Every question has an answer")
        )
    parts = [*(c.id for c in about.capabilities), *(d.id for d in about.dimensions)]
    missing = [p for p in parts if about.measure(p).score is None and about.measure(p).applicable]
    if 0 < len(missing) <= _MOST_NAMES:
        return words.plural(
            "{names} is not known well enough for a score",
            "{names} are not known well enough for a score",
            len(missing),
            names=words.start(about.named(missing)),
        )
    if missing:
        return words.text(
            "{n} parts are not known well enough for a score",
            n=words.start(words.count(len(missing))),
        )
    if about.card.overall.coverage >= _NEARLY_ALL:
        share = words.percent(about.card.overall.coverage)
        return words.text("Little is unknown: {share} of answers are given", share=share)
    least = max((about.measure(d.id) for d in about.dimensions), key=_unknown_share)
    if _unknown_share(least) > 0:
        return words.text(
            "{name} lacks the most answers: {share} of them are not given",
            name=about.titles[least.id],
            share=words.percent(_unknown_share(least)),
        )
    return words.text("Every question that applied has an answer")


def _unknown_share(measure: Measure) -> Fraction:
    return 1 - measure.coverage


def _lede(about: Subject, *, complete: bool) -> tuple[str, ...]:
    text = about.words.text
    if complete:
        return (text("Nothing was left out, so no score could move for want of an answer."),)
    return (
        text("An answer that is missing or \u201cdon\u2019t know\u201d carries no weight."),
        text(
            "The last column is what the score could be if every one of them were the lowest, or "
            "the highest."
        ),
    )


def _not_applicable(about: Subject) -> list[NotApplicable]:
    found = []
    for question in about.questionnaire.questions():
        result = about.card.questions.get(question.id)
        if result and result.not_applicable:
            found.append(
                NotApplicable(question.text.to(about.words.language), _reasons(about, result))
            )
    return found


def _reasons(about: Subject, result: QuestionResult) -> str:
    titles = {r.id: r.title.to(about.words.language) for r in about.questionnaire.reasons}
    if not about.wave.is_panel:
        return " ".join(titles[reason] for reason in result.not_applicable)
    counts = result.not_applicable
    column = aside(result)
    # Where the table of all answers hides their sum, none of the reasons may give it away.
    secret = (
        frozenset(range(len(counts)))
        if 1 in hidden_counts(column)
        else hidden_counts([*counts.values()])
    )
    return " ".join(
        _reason(about, titles[reason], count, is_hidden=place in secret)
        for place, (reason, count) in enumerate(counts.items())
    )


def _reason(about: Subject, reason: str, count: int, *, is_hidden: bool) -> str:
    words, customers = about.words, about.questionnaire.customer_voice
    if count < FEWEST:
        fewest = words.count(FEWEST)
        return (
            words.text(
                "\u201c{reason}\u201d This reason was given by fewer than {n} customers.",
                n=fewest,
                reason=reason,
            )
            if customers
            else words.text(
                "\u201c{reason}\u201d This reason was given by fewer than {n} people.",
                n=fewest,
                reason=reason,
            )
        )
    if is_hidden:
        return words.text(
            "\u201c{reason}\u201d By how many this reason was given is hidden.", reason=reason
        )
    return words.text(
        "\u201c{reason}\u201d This reason was given by {people}.",
        people=counted(about, count),
        reason=reason,
    )
