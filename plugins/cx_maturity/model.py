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


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in one or more languages; ``Text({"en": "Culture"})``."""

    by_language: Mapping[str, str]

    def to(self, language: str) -> str:
        """Return the sentence in *language*, else in the first language it was written in."""
        return self.by_language.get(language) or next(iter(self.by_language.values()))

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
    ideas: tuple[str, ...] = ()
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
    guidance: Text | None = None

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
    """One row of a responses file; ids and units are private."""

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


# --- scores ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Measure:
    """
    One number and what makes it believable.

    *score*, *lowest* and *highest* are exact, 0-1; *score* is None under the
    coverage threshold, *applicable* False when every question was not
    applicable.  *interval* is 95 %, 0-1, None where none may be given.
    """

    id: str
    score: Fraction | None
    level: int | None
    gated_level: int | None  # differs from level for the overall only
    coverage: Fraction
    visibility: Fraction
    lowest: Fraction
    highest: Fraction
    n: int
    interval: tuple[float, float] | None = None
    applicable: bool = True


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """How one question was answered by everybody."""

    id: str
    n: int  # respondents with a value
    total: int  # respondents asked
    unsure: int
    not_applicable: Mapping[str, int]  # reason id → respondents
    mean: Fraction | None  # 0-1
    counts: Mapping[str, int]  # answer as written → respondents
    evidence: str | None = None  # plain answers file only
    given: str | None = None  # plain answers file only
    state: State | None = None  # plain answers file only; None: unanswered


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Everything that one wave's answers say, before anybody is compared."""

    wave: Wave
    overall: Measure
    dimensions: Mapping[str, Measure]
    capabilities: Mapping[str, Measure]
    aspects: Mapping[str, Mapping[str, Measure]]  # capability id → "say"/"do" → measure
    questions: Mapping[str, QuestionResult]
    held_by: tuple[str, ...]  # foundations that hold the level, or leave it open
    combined: str  # "pooled" or "role-balanced"
    other_overall: Fraction | None  # the overall by the other way, when there are roles
    roles: Mapping[str, int]  # role id → respondents
    degrees_of_freedom: int | None = None  # of the overall's interval


# --- benchmarks ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """One measure in one segment: *quantiles* maps a percent (10 … 90) to whole points, 0-100."""

    n: int
    quantiles: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Segment:
    """A group of peers; *industry* and *country* None mean any."""

    id: str
    title: Text
    industry: str | None
    country: str | None
    parent: str | None
    folded: str | None = None  # why nothing is published for it


@dataclass(frozen=True, slots=True)
class Edition:
    """A frozen benchmark: pooled or illustrative."""

    id: str
    kind: str  # "pooled" or "illustrative"
    title: Text
    questionnaire: str
    version: str
    subset: str
    aggregate: str
    edition: str
    period: str
    source: Text
    segments: tuple[Segment, ...]
    cells: Mapping[tuple[str, str], Cell]  # (segment id, measure id or "overall")
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One share as its publisher printed it; *bound* is "", "<" or ">"."""

    stage: str
    share: str
    bound: str
    note: str
    order: int | None


@dataclass(frozen=True, slots=True)
class PublishedSet:
    """The figures of one publisher, year and geography; *sums_to_100* within 1."""

    publisher: str
    seen_in: str
    year: str
    geography: str
    n: str
    figures: tuple[PublishedFigure, ...]
    sums_to_100: bool


@dataclass(frozen=True, slots=True)
class Published:
    """Figures of others, for context on a page of their own; never mixed into an edition."""

    id: str
    title: Text
    source: Text
    sets: tuple[PublishedSet, ...]
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Peers:
    """The part of an edition that one organisation is compared with."""

    edition: Edition
    segment: Segment
    n: int
    folded: tuple[Segment, ...]  # nearer segments that have no figures of their own


@dataclass(frozen=True, slots=True)
class Standing:
    """
    One measure against its peers; points on 0-100.

    *word* is "above", "below" or "level with"; *percentile* is a whole number,
    or 0 / 100 for below the lowest / above the highest published one.
    """

    cell: Cell
    median: int | None
    quartiles: tuple[int, int] | None
    word: str | None
    gap: Fraction | None  # score minus median, points
    percentile: int | None = None
    percentile_interval: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A scorecard beside its peers; *peers* None says that no edition fits."""

    peers: Peers | None
    standings: Mapping[str, Standing]  # measure id or "overall"


@dataclass(frozen=True, slots=True)
class Assessments:
    """Everything that one ``assessments/`` folder holds, valid as a whole."""

    questionnaires: Mapping[tuple[str, str], Questionnaire]
    organisations: tuple[Organisation, ...]
    editions: tuple[Edition, ...]
    published: tuple[Published, ...]
    root: Path
