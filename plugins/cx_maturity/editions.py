"""Whom one is compared with: the records of benchmarks, and all that a folder holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction
    from pathlib import Path

    from cx_maturity.model import Organisation, Questionnaire, Text


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
class Reliability:
    """
    How well the questions of one measure hang together, over all who were pooled.

    Cronbach's *alpha* with its 95 % interval; ICC(1) and ICC(2) with organisations as groups;
    *rwg* is the median organisation's.  From 100 people on, in five organisations at least.
    """

    people: int
    organisations: int
    alpha: float
    interval: tuple[float, float]
    icc1: float
    icc2: float
    rwg: float
    rough: bool = False  # people's mean lies near an end: alpha's interval covers less than it says


@dataclass(frozen=True, slots=True)
class Edition:
    """
    A frozen benchmark: pooled or illustrative.

    *hidden* tells for a cell that is not published which of
    :data:`~cx_maturity.disclosure.REASONS` it was.
    """

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
    hidden: Mapping[tuple[str, str], str] = field(default_factory=dict)
    reliability: Mapping[str, Reliability] = field(default_factory=dict)  # by measure
    members: frozenset[str] = frozenset()  # of its ledger, where that is at hand: private


@dataclass(frozen=True, slots=True)
class Ledger:
    """
    Who stands behind each cell of an edition, as tokens: private, kept for the next edition.

    A token is made of an organisation, a measure and the answers behind it, so that one with
    new answers is a new one.
    """

    edition: str  # id of the benchmark
    tokens: Mapping[tuple[str, str], frozenset[str]]  # (segment, measure) → tokens
    members: frozenset[str] = frozenset()  # tokens of the organisations, whatever they answered

    def of(self, measure: str) -> dict[str, frozenset[str]]:
        """Return segment → tokens of one measure."""
        return {segment: some for (segment, name), some in self.tokens.items() if name == measure}


@dataclass(frozen=True, slots=True)
class Contributed:
    """What one contribution says of one measure in one segment: *bins* is points → how many."""

    bins: Mapping[int, int]
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """
    What one consultancy hands over: counts in whole points, never rows.

    *organisations* are keyed hashes of business ids, only there to find one that came twice;
    *key* and *own* are hashes of that key and of the contributor's own, to tell when two were
    made with different ones.
    """

    questionnaire: str
    version: str
    subset: str
    aggregate: str
    edition: str
    period: tuple[str, str]  # first and last month, 2025-09
    segments: tuple[Segment, ...]
    organisations: tuple[str, ...]
    cells: Mapping[tuple[str, str], Contributed]
    path: Path | None = None
    key: str = ""
    own: str = ""


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
    is_member: bool = False  # True: the organisation is one of them


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
    ledgers: Mapping[str, Ledger] = field(default_factory=dict)  # by edition: private
