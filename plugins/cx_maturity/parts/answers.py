"""The appendix: every question with what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cx_maturity.disclosure import FEWEST, hidden_counts
from cx_maturity.model import Choice, Numeric, State
from cx_maturity.parts.asked import aspect_word, mean, worded
from cx_maturity.parts.row import DASH, HIDDEN, aside, shade
from cx_maturity.parts.shares import picture
from cx_maturity.parts.shown import elsewhere, has_counts, hiding, how_much
from cx_maturity.parts.source import Head, evidence_word
from cx_maturity.reading.scale import points_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cx_maturity.model import Dimension, Question
    from cx_maturity.parts.shares import Picture
    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import QuestionResult


# Question, answer and evidence; question, answered and mean before the counts.
_ANSWERED_COLUMNS = _COUNTED_COLUMNS = 3


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


class Count(NamedTuple):
    """How many gave an answer, under the head of its column."""

    head: str
    text: str


@dataclass(frozen=True, slots=True)
class Counted:
    """
    One question of a wave of responses; its counts follow the heads of its block.

    In place of the first *span* counts it may say *why* they are not shown.
    """

    number: int
    text: str
    aspect: str
    answered: str
    mean: str
    why: str
    span: int
    counts: tuple[Count, ...]


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
            picture(about, dimension.id, same_scale, numbers),
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
    why, span, counts = _counts(about, question, result)
    return Counted(
        number=numbers[question.id],
        text=question.text.to(words.language),
        aspect=aspect_word(about, question.aspect),
        answered=words.text(
            "{n} of {total}", n=words.number(result.n), total=words.number(result.total)
        ),
        mean=mean(about, result),
        why=why,
        span=span,
        counts=counts,
    )


def _heads(about: Subject, question: Question) -> tuple[str, ...]:
    scale = points_of(question.scale)
    if not scale:
        return ()
    text = about.words.text
    named = [_named(about, question, point) for point in scale]
    return (*named, text("don\u2019t know"), text("n/a"))


def _counts(
    about: Subject, question: Question, result: QuestionResult
) -> tuple[str, int, tuple[Count, ...]]:
    """
    Count each answer of the scale, don't know and not applicable; small counts stay out.

    Return why the first are not shown, how many these are, and the rest.
    """
    words, scale = about.words, points_of(question.scale)
    if not scale:
        return "", 0, ()
    heads = _heads(about, question)
    if result.n < FEWEST:
        return words.text("Fewer than five answered"), len(heads), ()
    # How many gave a value is printed, and how many were asked: a sum to take counts from.
    beside = _printed(about, aside(result))[: len(heads) - len(scale)]
    if has_counts(about, result):
        given = tuple(words.number(result.counts.get(point, 0)) for point in scale)
        return "", 0, tuple(map(Count, heads, (*given, *beside)))
    why = words.text("Hidden: singles out a few")
    if set(beside) == {HIDDEN}:
        return why, len(heads), ()
    return why, len(scale), tuple(map(Count, heads[len(scale) :], beside))


def _named(about: Subject, question: Question, point: str) -> str:
    return worded(about, question, point) if isinstance(question.scale.kind, Choice) else point


def _printed(about: Subject, counts: Sequence[int]) -> tuple[str, ...]:
    secret = hidden_counts(counts)
    return tuple(
        HIDDEN if place in secret else about.words.number(count)
        for place, count in enumerate(counts)
    )
