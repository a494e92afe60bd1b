"""What a question is called, and how an answer to it and its mean are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity.model import Choice, Numeric
from cx_maturity.parts.row import DASH, HIDDEN

if TYPE_CHECKING:
    from cx_maturity.model import Question
    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import QuestionResult


def aspect_word(about: Subject, aspect: str | None) -> str:
    """Name an aspect as a tag."""
    text = about.words.text
    return {"say": text("say"), "do": text("do")}.get(aspect or "", "")


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


def mean(about: Subject, result: QuestionResult) -> str:
    """Write a question's mean, a mark where it is hidden."""
    if result.mean is None:
        return DASH
    return HIDDEN if result.id in about.card.hidden_means else about.words.points(result.mean)
