"""
What a chart says, before anybody decides where it stands.

The report fills these records with ready words and plain numbers; a score is
0-100, a share 0-1.  Nothing here knows a pixel.
"""

from __future__ import annotations

from dataclasses import dataclass

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Zone:
    """One level on the score axis; *shade* 1-5 is its step of the ramp, *short* its phone name."""

    start: float
    end: float
    title: str
    short: str
    shade: int
    reached: bool = False


@dataclass(frozen=True, slots=True)
class Bit:
    """The score of a part of a measure; *text* only where it is named."""

    at: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """
    One measure: the own score and, where there are any, the peers.

    *interval* is what chance allows, *allowed* what missing answers allow; *mark_text* stands
    beside the own mark.
    Without a *score* there is no mark; *missing_text* says why.  A *target* is drawn
    only where there is a score, and *target_text* stands beside it.  *bits* are the scores of
    its parts, ascending; the first and the last may be named.
    """

    label: str
    score: float | None
    score_text: str
    interval: Range | None = None
    interval_text: str = ""
    allowed: Range | None = None
    level_text: str = ""
    shade: int | None = None
    quartiles: Range | None = None
    median: float | None = None
    strong: bool = False
    missing_text: str = ""
    target: float | None = None
    target_text: str = ""
    bits: tuple[Bit, ...] = ()
    mark_text: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """The score from which the level is closed, and why."""

    at: float
    words: str
    short_words: str


@dataclass(frozen=True, slots=True)
class Strip:
    """
    Scores on one axis; *peers_kind* is "illustrative", "pooled" or None, *stamp* its tag.

    *gate* closes the first line, or the first *closed* ones; *needed* is the score that every
    line has to reach, drawn in those that fall short of it.  On a *stair* each line is a step
    from the one above.  The rows of a *low* picture are less high on paper.
    """

    zones: tuple[Zone, ...]
    lines: tuple[Line, ...]
    peers_kind: str | None
    stamp: str
    score_head: str
    level_head: str
    gate: Gate | None = None
    needed: float | None = None
    closed: int = 1
    stair: bool = False
    low: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """
    The way from the peers' median to one score; *kind* is "above", "below" or "level".

    *target* is how far a target is from the same median.
    """

    label: str
    points: float
    text: str
    kind: str
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Gaps:
    """
    Gaps in the order to show them, on an axis over *reach* points, with 0 among them.

    *ticks* are points and their words.
    """

    gaps: tuple[Gap, ...]
    reach: Range
    ticks: tuple[tuple[float, str], ...]
    peers_kind: str | None
    stamp: str


@dataclass(frozen=True, slots=True)
class Spot:
    """
    One of several scores in a row, told apart by its *mark*; *text* stands beside it.

    *mark* is one of :data:`~cx_maturity.charts.slots.MARKS`.
    """

    at: float
    mark: str
    interval: Range | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """
    Two scores that are compared, and *others* beside them.

    *link* is "solid", "dotted" or empty; *value* and *word* stand to the right, bold if
    *is_clear*.
    """

    label: str
    first: Spot | None
    second: Spot | None
    others: tuple[Spot, ...] = ()
    link: str = ""
    value: str = ""
    word: str = ""
    is_clear: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs in the order to show them; if *is_sloped*, the second is always below the first."""

    zones: tuple[Zone, ...]
    pairs: tuple[Pair, ...]
    value_head: str = ""
    word_head: str = ""
    is_sloped: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """One round: *at* 0-1 between the first date and the last."""

    at: float
    score: float
    text: str
    date: str
    interval: Range | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """One score over rounds in the order of their dates; *label* names it where several stand."""

    zones: tuple[Zone, ...]
    moments: tuple[Moment, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One answer's share of a bar, 0-1; *text* is empty where no count may be printed."""

    start: float
    end: float
    shade: int
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """How one question was answered."""

    label: str
    parts: tuple[Part, ...]
    right_text: str = ""


@dataclass(frozen=True, slots=True)
class Distribution:
    """Bars in the order to show them."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Mini:
    """A strip small enough for a table's cell: zones and the marks of one line."""

    zones: tuple[Zone, ...]
    line: Line
