"""Explain a question: how it was answered, and what an answer counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity.disclosure import APART, FEWEST, hidden_counts
from cx_maturity.explaining.basis import Explained, Input, Line
from cx_maturity.parts.asked import worded
from cx_maturity.parts.row import HIDDEN, aside
from cx_maturity.parts.source import counted
from cx_maturity.reading.scale import points_of, share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cx_maturity.explaining.basis import Basis
    from cx_maturity.model import Question
    from cx_maturity.results import QuestionResult


def question_explained(basis: Basis, question: Question, depth: int) -> Explained:
    """Explain a question: each answer's place on its scale, and how many gave it."""
    words, result = basis.words, basis.about.card.questions[question.id]
    is_panel = basis.about.wave.is_panel
    line = Line(
        words.text("Place"),
        basis.answer(result),
        _scale_rule(basis, question),
        _counts(basis, question, result) if is_panel else _given(basis, question, result),
    )
    title = words.text(
        "{n} {question}",
        n=basis.numbers[question.id],
        question=question.text.to(words.language),
    )
    name, lines = basis.anchor(question.id), (line, *_agreement(basis, question.id))
    return Explained(question.id, name, title, "", depth, lines)


def _agreement(basis: Basis, question_id: str) -> Iterator[Line]:
    words, found = basis.words, basis.about.card.agreement.get(question_id)
    if found is None:
        return
    if found.n < APART:
        rule = words.text("How far apart is given as a figure from {n} people on", n=APART)
        value = words.text("contested") if found.is_contested else words.text("not contested")
        yield Line(words.text("Apart"), value, rule)
        return
    rule = words.text(
        "Mean distance of {people} from their mean, in points of the scale; contested above "
        "{limit}",
        people=counted(basis.about, found.n),
        limit=words.decimal(found.limit, 2),
    )
    value = words.decimal(found.ad, 2)
    if found.is_contested:
        value = words.text("{value}, contested", value=value)
    yield Line(words.text("Apart"), value, rule)


def _scale_rule(basis: Basis, question: Question) -> str:
    key = question.scale.id, question.reverse
    if key not in basis.scales:
        basis.scales[key] = _scale_said(basis, question)
    return basis.scales[key]


def _scale_said(basis: Basis, question: Question) -> str:
    words, points = basis.words, points_of(question.scale)
    if not points:
        return words.text("Each cut point that the number reaches lifts it by one step.")
    ends = sorted(points, key=lambda point: share(question, point))
    return words.text(
        "Answer {low} counts 0 and {high} counts 100; the others lie between by their value.",
        low=ends[0],
        high=ends[-1],
    )


def _given(basis: Basis, question: Question, result: QuestionResult) -> tuple[Input, ...]:
    if result.given is None:
        return ()
    title = basis.words.text("Answer {given}", given=result.given)
    return (Input(title, worded(basis.about, question, result.given)),)


def _counts(basis: Basis, question: Question, result: QuestionResult) -> tuple[Input, ...]:
    """Count each answer as the report does: what could give somebody away is hidden."""
    words, points = basis.words, points_of(question.scale)
    if not points or result.n < FEWEST:
        return ()
    counts = [
        HIDDEN if result.id in basis.about.card.hidden_counts else words.number(count)
        for count in (result.counts.get(point, 0) for point in points)
    ]
    named = [words.text("Answer {given}", given=point) for point in points]
    others = (
        words.text("Don\u2019t know"),
        words.text("Not applicable"),
        words.text("No answer"),
    )
    inputs = map(Input, named, counts)
    return (*inputs, *_printed(basis, others, aside(result)))


def _printed(basis: Basis, names: Sequence[str], counts: Sequence[int]) -> Iterator[Input]:
    secret = hidden_counts(counts)
    for place, (name, count) in enumerate(zip(names, counts, strict=True)):
        yield Input(name, HIDDEN if place in secret else basis.words.number(count))
