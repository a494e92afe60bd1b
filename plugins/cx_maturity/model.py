"""
The records that travel between the stages.

Frozen and slotted; built by :mod:`~cx_maturity.validate`, which lets nothing
through that is not true, so that nobody behind it checks again.  A number on
the way is an exact :class:`~fractions.Fraction`; 0 is the bottom of the scale
and 1 its top.  Rounding and the 0-100 of the reader happen at display.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from fractions import Fraction
    from pathlib import Path


# --- words -----------------------------------------------------------------


class Untranslated(str):
    """A sentence in another *language* than the one that was asked for."""

    __slots__ = ("language",)

    language: str


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in one or more languages; ``Text({"en": "Culture"})``."""

    by_language: Mapping[str, str]

    def to(self, language: str) -> str:
        """
        Return the sentence in *language*, else :class:`Untranslated` in its first language.

        A figure without a letter, such as 60 %, is in every language.
        """
        if found := self.by_language.get(language):
            return found
        first, sentence = next(iter(self.by_language.items()))
        if first == language or not any(map(str.isalpha, sentence)):
            return sentence
        kept = Untranslated(sentence)
        kept.language = first
        return kept

    def has(self, language: str) -> bool:
        """Tell whether the sentence was written in *language*."""
        return language in self.by_language


# --- questionnaire ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Points:
    """A scale of whole numbers from *low* to *high*: 1-5, 1-7, 0-10."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice and the whole number it is worth."""

    id: str
    title: Text
    value: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A scale of named answers: yes/no, or any list with values."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Numeric:
    """
    A scale for a measured number, cut into steps.

    The answer's step is how many of the ascending *cuts* it reaches (a cut
    itself counts as reached), so k cuts make k + 1 steps.
    """

    cuts: tuple[Fraction, ...]
    unit: Text | None


@dataclass(frozen=True, slots=True)
class Scale:
    """How a question is answered; *labels* name single points where they have a name."""

    id: str
    kind: Points | Choice | Numeric
    labels: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Question:
    """One question; *anchors* maps an answer as written ("1") to what it looks like."""

    id: str
    text: Text
    scale: Scale
    weight: int = 1
    reverse: bool = False
    aspect: str | None = None  # "say" or "do"
    level: int | None = None  # staged levels only
    anchors: Mapping[str, Text] = field(default_factory=dict)
    guidance: Text | None = None
    evidence: Text | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What lifts a capability from level *start* to the next; effort 1-5."""

    start: int
    effort: int
    kind: str  # "basic", "build" or "innovate"
    action: Text
    sign: Text
    number: Text


@dataclass(frozen=True, slots=True)
class Capability:
    """A group of questions with a score of its own."""

    id: str
    title: Text
    questions: tuple[Question, ...]
    weight: int = 1
    foundation: bool = False
    ideas: tuple[str, ...] = ()  # ids of the questionnaire's ideas
    covers: Text | None = None
    excludes: Text | None = None
    answered_by: Text | None = None
    not_applicable: Text | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Dimension:
    """
    A part of the overall score.

    Three depths: it holds *capabilities*.  Two depths: it holds *questions*
    itself, and may be a foundation.  Never both.
    """

    id: str
    title: Text
    summary: Text | None = None
    weight: int = 1
    foundation: bool = False
    capabilities: tuple[Capability, ...] = ()
    questions: tuple[Question, ...] = ()

    def all_questions(self) -> Iterator[Question]:
        """Yield the questions in the order in which they are asked."""
        yield from self.questions
        for capability in self.capabilities:
            yield from capability.questions


@dataclass(frozen=True, slots=True)
class Level:
    """A stage with a name; *start* is the lowest score (0-1) that reaches it."""

    number: int
    title: Text
    start: Fraction
    described: Mapping[str, Text] = field(default_factory=dict)  # viewpoint → what they notice


@dataclass(frozen=True, slots=True)
class Role:
    """Who answers."""

    id: str
    title: Text
    description: Text | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a question may not apply."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True)
class Subset:
    """A shorter instrument made of some of the questions."""

    id: str
    title: Text
    questions: frozenset[str]
    minutes: int | None = None
    description: Text | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """A word that the questionnaire uses in one sense."""

    term: Text
    meaning: Text


@dataclass(frozen=True, slots=True)
class Rule:
    """
    When a finding is made, and its words.

    *condition* is one of :data:`~cx_maturity.reading.rules.KINDS`, *given* its parameters: ids
    of measures, thresholds in points, levels, shares (0-1).  *heading*, *text* and *leads_to*
    hold ``{names}`` of what the condition delivers.
    """

    id: str
    severity: str  # "act", "watch" or "note"
    condition: str
    given: Mapping[str, Fraction | int | str]
    heading: Text
    text: Text
    leads_to: Text


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One version of a questionnaire; everything that scoring needs is in it."""

    id: str
    version: str
    title: Text
    languages: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    levels: tuple[Level, ...]
    staged: bool  # else: bands of the score
    staged_pass: Fraction  # share (0-1) that the questions of a level must average
    aggregate: str  # "mean" or "minimum"
    gate: int | None  # a foundation at level k holds the overall at k + gate
    capability_coverage: Fraction  # 0-1
    dimension_coverage: Fraction  # 0-1
    subsets: tuple[Subset, ...]
    roles: tuple[Role, ...]
    perception_gap: tuple[str, str] | None
    reasons: tuple[Reason, ...]
    fingerprint: str
    summary: Text | None = None
    licence: str | None = None
    customer_voice: bool = False  # True: respondents judge the organisation from outside
    definitions: tuple[Definition, ...] = ()
    ideas: Mapping[str, Text] = field(default_factory=dict)  # what it is built on, by id
    guidance: Text | None = None
    findings: tuple[Rule, ...] = ()
    # Language → words by which minutes mention customers; one that ends in * is a beginning.
    mentions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def questions(self) -> Iterator[Question]:
        """Yield every question in the order in which they are asked."""
        for dimension in self.dimensions:
            yield from dimension.all_questions()

    def subset(self, subset_id: str) -> Subset:
        """Return the subset called *subset_id*; validate made sure that it exists."""
        return next(s for s in self.subsets if s.id == subset_id)

    @property
    def has_capabilities(self) -> bool:
        """Tell whether there are three depths."""
        return bool(self.dimensions[0].capabilities)


# --- what is decided ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Target:
    """Where a measure is to be, as a level or as a score (0-1), and by when."""

    measure: str  # a capability, a dimension or "overall"
    level: int | None
    score: Fraction | None
    by: date | None
    known: str = "day"  # how exactly *by* is known


@dataclass(frozen=True, slots=True)
class Action:
    """
    What was decided after a wave; it may take a capability's step from level *start*.

    *number* is the organisation's own figure; *baseline* and *goal* are as it writes them.
    """

    id: str
    title: Text
    kind: str  # "basic", "build" or "innovate"
    effort: int  # 1-5
    capability: str | None = None
    start: int | None = None
    owner: Text | None = None
    due: date | None = None
    due_known: str = "day"
    number: Text | None = None
    baseline: Text | None = None
    goal: Text | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an action of an earlier wave; *value* is its own figure, as written."""

    action: str
    done: str  # "yes", "partly", "no" or "dropped"
    value: Text | None = None
    measured: date | None = None  # when *value* was seen
    measured_known: str = "day"
    reached: str = ""  # whether *value* is at the action's goal: "yes", "no" or not said


@dataclass(frozen=True, slots=True)
class Minutes:
    """How often customers come up in minutes; what the minutes say is not kept."""

    language: str
    meetings: int
    mentioning: int
    folder: str = ""  # private: where they lie, as the wave's file says


# --- answers ---------------------------------------------------------------


class State(Enum):
    """The four states of an answer; an unanswered question has no Answer at all."""

    VALUE = "value"
    UNSURE = "unsure"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: *share* is its place on the scale (0-1, reversed already)."""

    state: State
    given: str = ""
    share: Fraction | None = None
    reason: str | None = None
    evidence: str | None = None  # "none", "described", "document" or "data"
    note: str | None = None  # private: never in a page


@dataclass(frozen=True, slots=True)
class Respondent:
    """One row of a responses file; ids are private, units shown only as splits."""

    answers: Mapping[str, Answer]
    role: str | None = None
    unit: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Wave:
    """One assessment: a plain answers file (one respondent) or a file of responses."""

    id: str
    questionnaire: Questionnaire
    subset: str
    date: date
    respondents: tuple[Respondent, ...]
    is_panel: bool  # False: a plain answers file
    combine: str | None = None  # "pooled" or "role-balanced" when the file fixes it
    population: Mapping[str, int] = field(default_factory=dict)  # role id (or "all") → N
    path: Path | None = None
    digest: str = ""  # of the bytes that were read
    known: str = "day"  # how exactly *date* is known: "day", "month" or "year"
    linked: bool = False  # True: a respondent's id is the same person in every linked wave
    targets: tuple[Target, ...] = ()
    actions: tuple[Action, ...] = ()  # decided after this wave
    outcomes: tuple[Outcome, ...] = ()  # of actions decided after earlier waves
    horizons: tuple[int, int, int] = (30, 90, 365)  # days for efforts 1-2, 3 and 4-5
    minutes: Minutes | None = None


@dataclass(frozen=True, slots=True)
class Brand:
    """
    Whose report it is: what the head of a page and its foot show.

    Colours are ``#rrggbb``; *logo* is an SVG or PNG file as it was read, with its media type.
    """

    name: str | None = None
    logo: bytes | None = None
    logo_type: str = ""
    colour: str | None = None  # of the square and the rule of the head, dark enough for *ink*
    ink: str | None = None  # on *colour*
    accent: str | None = None
    font: str | None = None  # names of families, as CSS lists them
    contact: Text | None = None
    legal: Text | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """Whoever is assessed; waves in order of date."""

    id: str
    name: str
    industry: str | None
    country: str | None
    size: str | None
    languages: tuple[str, ...]
    public: bool
    fictional: bool
    waves: tuple[Wave, ...]
    path: Path | None = None
    contributes: bool = False  # True: it consented to being counted in pooled benchmarks
    business_id: str | None = None  # private: only its keyed hash ever leaves the folder
    brand: Brand | None = None  # None: the site's
