"""How much of the answers is shown, and why not all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity.disclosure import FEWEST
from cx_maturity.parts.row import HIDDEN
from cx_maturity.reading.scale import points_of

if TYPE_CHECKING:
    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import QuestionResult


def has_counts(about: Subject, result: QuestionResult) -> bool:
    """Tell whether it is printed how often each answer was given."""
    return result.n >= FEWEST and result.id not in about.card.hidden_counts


def has_mean(about: Subject, result: QuestionResult) -> bool:
    """Tell whether a question's mean is printed."""
    return result.mean is not None and result.id not in about.card.hidden_means


def how_much(about: Subject) -> str:
    """Say what is shown of the answers: all of them, or how much of them."""
    words = about.words
    if not about.wave.is_panel:
        return words.text("What was answered, question by question")
    asked = [q for q in about.questionnaire.questions() if q.id in about.card.questions]
    means = [q for q in asked if has_mean(about, about.card.questions[q.id])]
    scaled = [q for q in asked if points_of(q.scale)]
    shown = [q for q in scaled if has_counts(about, about.card.questions[q.id])]
    if len(means) == len(asked) and len(shown) == len(scaled):
        return _how_all_answered(about)
    if not means:
        return words.text("Too few answered to show a mean or a count of any answer")
    return _part_shown(about, len(means), len(shown), len(asked))


def _part_shown(about: Subject, means: int, shown: int, asked: int) -> str:
    """Say of how many questions the mean is printed, and of how many each answer's count."""
    text, number = about.words.text, about.words.number
    values = {"means": number(means), "n": number(shown), "of": number(asked)}
    if means < asked and shown:
        return text(
            "The mean of {means} of {of} questions, and for {n} how often each answer was given",
            **values,
        )
    if means < asked:
        return text(
            "The mean of {means} of {of} questions; how often each answer was given is hidden",
            **values,
        )
    if shown:
        return text(
            "The mean of every question, and for {n} of {of} how often each answer was given",
            **values,
        )
    return text("The mean of every question; how often each answer was given is hidden")


def _how_all_answered(about: Subject) -> str:
    if about.questionnaire.customer_voice:
        return about.words.plural(
            "How {n} customer answered, question by question",
            "How {n} customers answered, question by question",
            about.people,
        )
    return about.words.plural(
        "How {n} person answered, question by question",
        "How {n} people answered, question by question",
        about.people,
    )


def elsewhere(about: Subject) -> tuple[str, ...]:
    """Say why the same measure may have another value in another part."""
    if not about.card.aspects and about.card.perception is None:
        return ()
    return (
        about.words.text(
            "Here everybody counts who answered a question. Elsewhere the same thing may have "
            "another value: say and do, and two measures set against each other, rest on those "
            "who answered both, and two roles on the questions that both answered."
        ),
    )


def hiding(about: Subject) -> str:
    """Say which counts and means are not shown."""
    said = about.words.text(
        "Where one to four gave an answer, none of the question\u2019s counts is shown ({mark}): "
        "with the mean they could be worked out.",
        mark=HIDDEN,
    )
    if not about.card.hidden_means:
        return said
    means = about.words.text(
        "Nor is its mean, where one to four answered more or fewer of a capability\u2019s "
        "questions than all others and so few answered that the means together would tell what "
        "they said, or fewer than five answered."
    )
    return f"{said} {means}"
