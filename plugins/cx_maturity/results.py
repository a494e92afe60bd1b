"""
What a wave's answers say: the records that scoring makes, and comparing waves.

Shares are on 0-1 and exact, differences on -1 to 1; intervals are doubles.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cx_maturity.model import Action, Outcome, Rule, State, Target, Wave


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
    rough: bool = False  # answers pile up at an end: the interval covers less than it says
    error: float | None = None  # standard error of the score, 0-1
    degrees: int | None = None  # of freedom, of the interval


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
class Difference:
    """
    One mean less another, -1 to 1.

    *interval* is 95 % and *p* two-sided against no difference; both are None where nothing may
    be said: too few people, or nobody differs from anybody.  *n* counts the people on either
    side, who are the same when *is_paired*.
    """

    value: Fraction
    n: tuple[int, int]
    is_paired: bool
    interval: tuple[float, float] | None = None
    degrees: int | None = None
    p: float | None = None
    rough: bool = False  # the interval covers less than it says

    @property
    def is_clear(self) -> bool:
        """Tell whether the interval leaves out 0."""
        return self.interval is not None and not self.interval[0] <= 0 <= self.interval[1]


@dataclass(frozen=True, slots=True)
class Agreement:
    """
    How far people are apart on one question.

    *ad* is the mean absolute deviation from the mean, in points of the question's own scale;
    above *limit*, a sixth of the number of its points, the question is contested.
    """

    ad: Fraction
    limit: Fraction
    n: int

    @property
    def is_contested(self) -> bool:
        """Tell whether people are too far apart to speak of one view."""
        return self.ad > self.limit


@dataclass(frozen=True, slots=True)
class Split:
    """The people of one role or unit; *measures* holds only what may be shown of them."""

    id: str
    n: int
    measures: Mapping[str, Measure]


@dataclass(frozen=True, slots=True)
class Hidden:
    """
    What may not be shown of a split, and why.

    *kind* is "role" or "unit", *measure* None for all of it, *reason* one of
    :data:`~cx_maturity.disclosure.REASONS`.
    """

    kind: str
    id: str
    measure: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Splits:
    """A wave by role and by unit; whoever has no role or no unit is in the whole only."""

    roles: tuple[Split, ...] = ()
    units: tuple[Split, ...] = ()
    hidden: tuple[Hidden, ...] = ()


@dataclass(frozen=True, slots=True)
class Perception:
    """
    How two roles see the same things: the first less the second.

    Only *questions* count that both roles answered, five people of each at least, out of
    *asked*.  *reason* says why there is no comparison.
    """

    roles: tuple[str, str]
    questions: tuple[str, ...]
    asked: int
    sides: Mapping[str, tuple[Measure, Measure]]
    differences: Mapping[str, Difference]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """
    How far units are apart: *lowest* and *highest* are among the *units* that may be shown.

    *icc1* is the share of people's differences that lies between their units.
    """

    units: int
    n: int
    lowest: tuple[str, Fraction]
    highest: tuple[str, Fraction]
    icc1: float | None


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """
    What the overall would be with each weight in turn a fifth less, and a fifth more.

    *lowest_by* and *highest_by* are the id of the part or question and the factor that does
    it; *levels* are all levels by score that come out, ascending.
    """

    lowest: Fraction
    lowest_by: tuple[str, Fraction]
    highest: Fraction
    highest_by: tuple[str, Fraction]
    levels: tuple[int, ...]


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
    headcount_overall: Fraction | None = None  # each role by its population, where all are known
    say_do: Mapping[str, Difference] = field(default_factory=dict)  # measure → do less say
    perception: Perception | None = None  # None: the questionnaire names no two roles
    splits: Splits = field(default_factory=Splits)
    agreement: Mapping[str, Agreement] = field(default_factory=dict)  # question → agreement
    spread: Spread | None = None
    sensitivity: Sensitivity | None = None
    # What nearly the same people answered, and what would tell of the few who are left over.
    hidden_aspects: frozenset[str] = frozenset()  # capabilities
    hidden_means: frozenset[str] = frozenset()  # questions
    hidden_counts: frozenset[str] = frozenset()  # questions whose answers may not be counted


# --- waves -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """
    One measure in two waves, over the questions that both share.

    *verdict* is "up", "down" or "not distinguishable"; None where nobody may say: no
    interval can be had.  *holm* is a capability's p, adjusted for all that were compared.
    """

    id: str
    earlier: Measure
    later: Measure
    difference: Difference | None
    verdict: str | None
    holm: float | None = None
    questions: tuple[int, int] = (0, 0)  # compared, of those that the later wave asks


@dataclass(frozen=True, slots=True)
class Trend:
    """
    One measure over all waves that can be compared, four at least.

    *slope* is Theil and Sen's, per year, -1 to 1; *p* is Mann and Kendall's, from five waves.
    """

    id: str
    slope: Fraction
    waves: int
    p: float | None
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Movement:
    """What happened between the *earlier* wave and the *later*."""

    earlier: Wave
    later: Wave
    questions: int  # unchanged and answered in both waves: these alone are compared
    asked: tuple[int, int]  # questions of either wave
    is_linked: bool
    changes: Mapping[str, Change]
    trends: Mapping[str, Trend] = field(default_factory=dict)
    trend_questions: int = 0  # that all waves of the trends share
    is_balanced: bool = False  # True: roles count alike on both sides
    # Three waves or more that can be compared all together, oldest first, each with its measures
    # over the questions that all of them share.
    rounds: tuple[tuple[Wave, Mapping[str, Measure]], ...] = ()
    round_questions: frozenset[str] = frozenset()


# --- what to do next ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lift:
    """
    One question raised by one anchor, for everybody who stands below it.

    *start* and *end* are answers as written; a measured number's step is written as the cut that
    it reaches.  *score* and *level* (gated) are the overall's when this and all lifts before it
    are done, and *capability_score* is the capability's, None where it has none; *gain* is what
    this one adds to the score, 0-1.  *worth* is what one person's anchor is worth in the overall
    of a panel, and *worth_within* in the capability's score, at most.
    """

    capability: str
    question: str
    start: str
    end: str
    step: int  # the level from which the capability's step leads
    effort: int
    kind: str  # "basic", "build" or "innovate"
    gain: Fraction
    score: Fraction
    level: int
    capability_score: Fraction | None = None
    worth: Fraction = Fraction(0)
    worth_within: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Path:
    """
    The least-effort lifts to level *goal*, in the order in which to do them.

    *reason* says why there are none: "highest", "no-level", "no-steps", "not-additive",
    "out-of-reach" or "few"; "" when there are.
    """

    goal: int
    lifts: tuple[Lift, ...]
    effort: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """
    An action of an earlier wave, and what came of it.

    *verdict* is how its capability moved since: "up", "down", "not distinguishable", None where
    nobody may say.  An action is *closed* when it was done or dropped on purpose and, if done,
    what it should move was measured again.
    """

    action: Action
    wave: str  # the id of the wave after which it was decided
    outcome: Outcome | None
    is_due: bool  # by the date of this wave
    earlier: Measure | None
    later: Measure | None
    verdict: str | None
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Trajectory:
    """
    Where a target stands: *goal* (0-1) by a day, and what the waves so far foretell for it.

    *goal* is None for a staged level, which no score reaches.  *decided* is the wave that set the
    target.  *forecast* is a 95 % prediction interval for the score at that day, 0-1; None with
    the *reason*: "no-score", "no-date", "past", "few-waves", "too-far" (further ahead than the
    waves reach back), "no-spread" (all waves on one line, so that nothing tells how far off it
    the next may be) or "off-scale" (the line leaves 0-1 before that day).
    """

    target: Target
    goal: Fraction | None
    waves: tuple[tuple[date, Fraction], ...]
    is_met: bool
    forecast: tuple[float, float] | None
    reason: str = ""
    decided: str = ""


@dataclass(frozen=True, slots=True)
class Loop:
    """
    What happened to what was decided: *closed* of the *due* actions are loops closed.

    An action that was closed before its day is among the *due* too.
    """

    followed: tuple[Followed, ...]
    due: int
    closed: int
    trajectories: tuple[Trajectory, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """
    A rule of the questionnaire that fired.

    *numbers* are what its sentences are made of, exact: scores and shares on 0-1, levels, counts,
    ids; *difference* is the one that it speaks of, and *measures* what it is about:
    capabilities, dimensions or "overall".
    """

    rule: Rule
    measures: tuple[str, ...]
    numbers: Mapping[str, Fraction | int | str]
    capability: str | None = None  # at most one finding about each on the board's page
    difference: Difference | None = None
    size: Fraction = Fraction(0)  # 0-1: the larger comes first


@dataclass(frozen=True, slots=True)
class Advice:
    """
    What one wave's numbers lead to: *path* to the next level, *target_path* to the target's.

    *timely_path* is the one of least effort that ends by the target's day, where the other one
    to this level does not; without lifts where none does.
    *untried* tells for a rule that could not be tried why, in one of the words of
    :data:`~cx_maturity.advising.conditions.REASONS`.
    """

    path: Path | None = None
    target_path: Path | None = None
    timely_path: Path | None = None
    loop: Loop | None = None
    findings: tuple[Finding, ...] = ()
    untried: Mapping[str, str] = field(default_factory=dict)  # rule id → reason
