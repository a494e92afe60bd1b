"""What tables and charts are made of: cells, rows and figures, ready to print."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cx_maturity.chart import Drawing
    from cx_maturity.model import Level, Questionnaire
    from cx_maturity.results import QuestionResult
    from cx_maturity.words import Words

DASH = "\N{EN DASH}"
HIDDEN = "*"
ROUGH = "\N{ALMOST EQUAL TO}"
_SHADES = 5
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_DECIMALS = re.compile(r"\d[.,]\d")


@dataclass(frozen=True, slots=True)
class Chip:
    """A level as a cell: *shade* 1-5 is its step of the ramp, 0 the dash of no level."""

    text: str
    name: str
    shade: int


@dataclass(frozen=True, slots=True)
class Aspect:
    """What is said, or done, in one capability; *beside* is its score, or the evidence for it."""

    chip: Chip
    beside: str


@dataclass(frozen=True, slots=True)
class Apart:
    """How far apart two scores are; *word* is said only where they are clearly so."""

    value: str
    spread: str
    word: str


@dataclass(frozen=True, slots=True)
class Traced:
    """Where a number is explained: *path* from the site's root, *name* for those who hear it."""

    path: str
    name: str


class Row(NamedTuple):
    """One measure in a table; every figure is ready to print, an empty one is not to be had."""

    id: str
    title: str
    chip: Chip
    score: str
    spread: str  # 59-64; without brackets, as the column's head says what it is; ≈ where rough
    bracketed: str  # [59-64] of an interval, (59-64) of what missing answers allow
    median: str
    middle_half: str
    word: str
    differs: bool
    answered: str
    n: str  # people behind the score, where they are clearly fewer than answered
    missing: str
    mini: Markup
    is_foundation: bool = False
    holding: str = ""  # the tag of what holds the level or leaves it open
    say: Aspect | None = None
    do: Aspect | None = None
    evidence: str = ""
    touched: str = ""  # 3-4: the levels that the interval touches, where they are several
    apart: Apart | None = None  # do less say
    traced: Traced | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """A mark of a chart and what it stands for."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: its drawings for all widths, its key, and where the numbers are from."""

    drawings: Markup
    key: tuple[Key, ...]
    source: str
    tag: str


def standing_word(word: str | None, words: Words) -> str:
    """Say how a score stands to its peers' median."""
    match word:
        case "above":
            return words.text("above")
        case "below":
            return words.text("below")
        case "level with":
            return words.text("level with")
    return ""


def printed(text: str) -> list[float]:
    """Return the numbers of a score or an interval as it is printed: a mark tells no more."""
    return [float(found.replace(",", ".")) for found in _NUMBER.findall(text)]


def has_decimals(texts: Iterable[str]) -> bool:
    """Tell whether a score or a difference, as it is printed, is not in whole points."""
    return any(_DECIMALS.search(text) for text in texts)


def aside(result: QuestionResult) -> tuple[int, int, int]:
    """Count who gave a question no value: don't know, not applicable, and no answer."""
    unfit = sum(result.not_applicable.values())
    return result.unsure, unfit, result.total - result.n - result.unsure - unfit


def drawn(drawings: Iterable[Drawing]) -> Markup:
    """Hand drawings to a template; they are ours, with every word in them escaped."""
    return Markup("".join(drawing.svg for drawing in drawings))  # noqa: S704


def level_chip(questionnaire: Questionnaire, number: int | None, words: Words) -> Chip:
    """Write a level as a cell."""
    if number is None:
        return Chip(DASH, "", 0)
    levels = questionnaire.levels
    title = levels[number - 1].title.to(words.language)
    return Chip(str(number), title, shade(number, len(levels)))


def shade(number: int, of: int) -> int:
    """Return the step of the five-step ramp for number *number* of *of*."""
    if of == 1:
        return _SHADES
    return 1 + (2 * (number - 1) * (_SHADES - 1) + (of - 1)) // (2 * (of - 1))


def naming_levels(questionnaire: Questionnaire) -> tuple[Level, ...]:
    """Return the levels that a score names; a staged level is not read off the score."""
    return () if questionnaire.staged else questionnaire.levels
