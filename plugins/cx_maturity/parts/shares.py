"""How questions of one scale were answered, as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cx_maturity import chart
from cx_maturity.model import Choice
from cx_maturity.parts.asked import aspect_word, mean, worded
from cx_maturity.parts.row import drawn, shade
from cx_maturity.reading.scale import points_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from cx_maturity.model import Question
    from cx_maturity.parts.subject import Subject

# Letters of a question that fit beside its bar; longer ones stand in the table alone.
_LABEL = 60


@dataclass(frozen=True, slots=True)
class Scaled:
    """The key of a distribution: each answer of its scale with its step of the ramp."""

    short: str
    text: str
    shade: int


@dataclass(frozen=True, slots=True)
class Picture:
    """How some questions of one scale were answered."""

    drawings: Markup
    key: tuple[Scaled, ...]
    source: str


def picture(
    about: Subject, dimension_id: str, asked: Sequence[Question], numbers: dict[str, int]
) -> Picture | None:
    """Draw the questions whose counts are all shown; None where there is none."""
    same = [
        question
        for question in asked
        if about.card.questions[question.id].n and question.id not in about.card.hidden_counts
    ]
    if not same:
        return None
    words, labels = about.words, _labels(about, same, numbers)
    bars = tuple(
        chart.Bar(
            label=label,
            parts=_parts(about, question),
            right_text=words.text(
                "{n} answers", n=words.number(about.card.questions[question.id].n)
            ),
        )
        for label, question in zip(labels, same, strict=True)
    )
    title = words.text(
        "{dimension}: how each question was answered", dimension=about.titles[dimension_id]
    )
    description = "; ".join(
        words.text(
            "{question}: mean {points}",
            question=label,
            points=mean(about, about.card.questions[question.id]),
        )
        for label, question in zip(labels, same, strict=True)
    )
    scale = points_of(same[0].scale)
    return Picture(
        drawn(chart.distribution(chart.Distribution(bars), title, description)),
        tuple(
            _scaled(about, same[0], point, shade(n, len(scale)))
            for n, point in enumerate(scale, start=1)
        ),
        _picture_source(about),
    )


def _picture_source(about: Subject) -> str:
    text = about.words.text
    if about.questionnaire.customer_voice:
        return text(
            "Customers per answer. Drawn are only questions of which each answer was given by at "
            "least five customers, or by nobody."
        )
    return text(
        "People per answer. Drawn are only questions of which each answer was given by at least "
        "five people, or by nobody."
    )


def _scaled(about: Subject, question: Question, point: str, step: int) -> Scaled:
    """Key one answer; anchors differ between questions, so only the scale's labels name it."""
    label = question.scale.labels.get(point)
    if isinstance(question.scale.kind, Choice):
        return Scaled("", worded(about, question, point), step)
    return Scaled(point, label.to(about.words.language) if label else "", step)


def _labels(about: Subject, same: Sequence[Question], numbers: dict[str, int]) -> list[str]:
    capability_of = {q.id: c.id for c in about.capabilities for q in c.questions}
    found = []
    for question in same:
        number = numbers[question.id]
        if question.id not in capability_of:
            text = question.text.to(about.words.language)
            short = len(text) <= _LABEL
            label = f"{number} {text}" if short else about.words.text("Question {n}", n=number)
            found.append(label)
            continue
        title = about.titles[capability_of[question.id]]
        aspect = aspect_word(about, question.aspect)
        found.append(f"{number} {title}, {aspect}" if aspect else f"{number} {title}")
    return found


def _parts(about: Subject, question: Question) -> tuple[chart.Part, ...]:
    """Draw the counts to scale, in order."""
    result, scale = about.card.questions[question.id], points_of(question.scale)
    order = scale[::-1] if question.reverse else scale
    counts = [result.counts.get(point, 0) for point in order]
    found, start = [], 0
    for place, count in enumerate(counts):
        if count:
            found.append(
                chart.Part(
                    start=start / result.n,
                    end=(start + count) / result.n,
                    shade=shade(place + 1, len(scale)),
                    text=about.words.number(count),
                )
            )
            start += count
    return tuple(found)
