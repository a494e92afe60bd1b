"""The appendix: every question with what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cx_maturity import chart
from cx_maturity.disclosure import FEWEST, hidden_counts
from cx_maturity.model import Choice, Numeric, State
from cx_maturity.parts.row import DASH, HIDDEN, aside, drawn, shade
from cx_maturity.parts.shown import elsewhere, has_counts, hiding, how_much
from cx_maturity.parts.source import Head, evidence_word
from cx_maturity.reading.scale import points_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from cx_maturity.model import Dimension, Question
    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import QuestionResult


# Question, answer and evidence; question, answered and mean before the counts.
_ANSWERED_COLUMNS = _COUNTED_COLUMNS = 3
# Letters of a question that fit beside its bar; longer ones stand in the table alone.
_LABEL = 60


@dataclass(frozen=True, slots=True)
class Answered:
    """One question of a plain answers file; *given* is empty where nothing was."""

    number: int
    text: str
    aspect: str
    given: str
    shade: int
    words: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Counted:
    """One question of a wave of responses; *counts* follow the heads of its block."""

    number: int
    text: str
    aspect: str
    answered: str
    mean: str
    counts: tuple[str, ...]


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


@dataclass(frozen=True, slots=True)
class Part:
    """A capability's questions; without a title where there are no capabilities."""

    title: str
    answered: tuple[Answered, ...] = ()
    counted: tuple[Counted, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Questions in one table; counted ones share a scale, whose points are the *heads*."""

    heads: tuple[str, ...]
    columns: int
    picture: Picture | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A dimension's questions."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """Every question that was asked."""

    head: Head
    mean_head: str
    chapters: tuple[Chapter, ...]


def answers(about: Subject) -> Answers:
    """List every question with what was answered; notes are private and stay out."""
    words = about.words
    numbers = {question_id: n for n, question_id in enumerate(about.card.questions, start=1)}
    lede: tuple[str, ...]
    mean_head = words.text("Mean")
    if not about.wave.is_panel:
        lede = (
            words.text("The sentence is the one that was chosen; the last word is the evidence."),
        )
    else:
        lede = (words.text("Means are on 0 to 100."), hiding(about))
        if about.card.combined == "role-balanced":
            mean_head = words.text("Mean, roles alike")
            alike = words.text(
                "In a mean every role counts alike, so it is not the mean of the counts beside it."
            )
            lede = (lede[0], alike, lede[1])
        lede = (*lede, *elsewhere(about))
    return Answers(
        Head("answers", words.text("All answers"), how_much(about), lede),
        mean_head,
        tuple(
            Chapter(about.titles[dimension.id], tuple(_blocks(about, dimension, numbers)))
            for dimension in about.dimensions
        ),
    )


def _blocks(about: Subject, dimension: Dimension, numbers: dict[str, int]) -> Iterator[Block]:
    asked = [q for q in dimension.all_questions() if q.id in numbers]
    if not about.wave.is_panel:
        parts = _grouped(about, dimension, asked)
        yield Block(
            (),
            _ANSWERED_COLUMNS,
            None,
            tuple(
                Part(title, answered=tuple(_answered(about, q, numbers) for q in same))
                for title, same in parts
            ),
        )
        return
    by_scale: dict[str, list[Question]] = {}
    for question in asked:
        by_scale.setdefault(question.scale.id, []).append(question)
    for same_scale in by_scale.values():
        parts = _grouped(about, dimension, same_scale)
        heads = _heads(about, same_scale[0])
        yield Block(
            heads,
            _COUNTED_COLUMNS + len(heads),
            _picture(about, dimension.id, same_scale, numbers),
            tuple(
                Part(title, counted=tuple(_counted(about, q, numbers) for q in same))
                for title, same in parts
            ),
        )


def _grouped(
    about: Subject, dimension: Dimension, asked: Sequence[Question]
) -> list[tuple[str, list[Question]]]:
    """Put questions under their capabilities' titles."""
    if not dimension.capabilities:
        return [("", list(asked))]
    ids = {q.id for q in asked}
    groups = [
        (about.titles[c.id], [q for q in c.questions if q.id in ids])
        for c in about.capabilities_of[dimension.id]
    ]
    return [(title, same) for title, same in groups if same]


# --- one set of answers ------------------------------------------------------


def _answered(about: Subject, question: Question, numbers: dict[str, int]) -> Answered:
    result = about.card.questions[question.id]
    return Answered(
        number=numbers[question.id],
        text=question.text.to(about.words.language),
        aspect=aspect_word(about, question.aspect),
        given=_short(result.given, question) if result.given is not None else DASH,
        shade=_place(question, result.given),
        words=_words(about, question, result),
        evidence=evidence_word(about, result.evidence) if result.evidence else "",
    )


def aspect_word(about: Subject, aspect: str | None) -> str:
    """Name an aspect as a tag."""
    text = about.words.text
    return {"say": text("say"), "do": text("do")}.get(aspect or "", "")


def _words(about: Subject, question: Question, result: QuestionResult) -> str:
    words = about.words
    if result.state is None:
        return words.text("No answer")
    if result.state is State.UNSURE:
        return words.text("Don\u2019t know")
    if result.state is State.NOT_APPLICABLE:
        titles = {r.id: r.title.to(words.language) for r in about.questionnaire.reasons}
        reason = " ".join(titles[reason] for reason in result.not_applicable)
        return words.text("Not applicable. {reason}", reason=reason)
    return worded(about, question, result.given or "")


def worded(about: Subject, question: Question, given: str) -> str:
    """Return the sentence, label or option behind an answer; empty where it has none."""
    language = about.words.language
    for named in (question.anchors, question.scale.labels):
        if given in named:
            return named[given].to(language)
    kind = question.scale.kind
    if isinstance(kind, Choice):
        return next(o.title.to(language) for o in kind.options if o.id == given)
    if isinstance(kind, Numeric) and kind.unit:
        return f"{given} {kind.unit.to(language)}"
    return ""


def _short(given: str, question: Question) -> str:
    """Return what fits a cell: the figure; a choice's value and a number stay with the words."""
    kind = question.scale.kind
    if isinstance(kind, Choice):
        return str(next(o.value for o in kind.options if o.id == given))
    return "" if isinstance(kind, Numeric) else given


def _place(question: Question, given: str | None) -> int:
    """Return the step of the ramp for an answer; darker is better, also on a reversed scale."""
    scale = points_of(question.scale)
    if given is None or given not in scale:
        return 0
    number = scale.index(given) + 1
    return shade(len(scale) + 1 - number if question.reverse else number, len(scale))


# --- many sets of answers ----------------------------------------------------


def _counted(about: Subject, question: Question, numbers: dict[str, int]) -> Counted:
    words, result = about.words, about.card.questions[question.id]
    return Counted(
        number=numbers[question.id],
        text=question.text.to(words.language),
        aspect=aspect_word(about, question.aspect),
        answered=words.text(
            "{n} of {total}", n=words.number(result.n), total=words.number(result.total)
        ),
        mean=_mean(about, result),
        counts=_counts(about, question, result),
    )


def _heads(about: Subject, question: Question) -> tuple[str, ...]:
    scale = points_of(question.scale)
    if not scale:
        return ()
    text = about.words.text
    named = [_named(about, question, point) for point in scale]
    return (*named, text("don\u2019t know"), text("n/a"))


def _counts(about: Subject, question: Question, result: QuestionResult) -> tuple[str, ...]:
    """Count each answer of the scale, don't know and not applicable; small counts stay out."""
    scale = points_of(question.scale)
    if not scale:
        return ()
    if result.n < FEWEST:
        return tuple(DASH for _ in range(len(scale) + 2))
    given = [about.words.number(result.counts.get(point, 0)) for point in scale]
    if not has_counts(about, result):
        given = [HIDDEN] * len(scale)
    # How many gave a value is printed, and how many were asked: a sum to take counts from.
    shown = (*given, *_printed(about, aside(result)))
    return shown[: len(scale) + 2]


def _mean(about: Subject, result: QuestionResult) -> str:
    if result.mean is None:
        return DASH
    return HIDDEN if result.id in about.card.hidden_means else about.words.points(result.mean)


def _named(about: Subject, question: Question, point: str) -> str:
    return worded(about, question, point) if isinstance(question.scale.kind, Choice) else point


def _printed(about: Subject, counts: Sequence[int]) -> tuple[str, ...]:
    secret = hidden_counts(counts)
    return tuple(
        HIDDEN if place in secret else about.words.number(count)
        for place, count in enumerate(counts)
    )


def _picture(
    about: Subject, dimension_id: str, asked: Sequence[Question], numbers: dict[str, int]
) -> Picture | None:
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
            points=_mean(about, about.card.questions[question.id]),
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
