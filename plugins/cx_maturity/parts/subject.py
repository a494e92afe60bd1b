"""One organisation's wave, its numbers already in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from markupsafe import Markup

from cx_maturity import chart
from cx_maturity.addresses import trace_path
from cx_maturity.disclosure import is_of_few
from cx_maturity.parts.row import (
    DASH,
    ROUGH,
    Chip,
    Figure,
    Key,
    Row,
    Traced,
    drawn,
    level_chip,
    naming_levels,
    shade,
    standing_word,
)
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.results import Advice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cx_maturity.editions import Comparison, Peers, Standing
    from cx_maturity.model import (
        Capability,
        Dimension,
        Organisation,
        Question,
        Questionnaire,
        Subset,
        Wave,
    )
    from cx_maturity.results import Measure, Movement, Scorecard
    from cx_maturity.words import Words

# An interval's bound is a double; what differs by less than this from a level's start is on it.
_FINEST = 10**9
# A score that rests on a smaller share of the people says on how many.
_NEARLY_ALL = Fraction(9, 10)


@dataclass(frozen=True, slots=True)
class Subject:
    """What every section of a report is made from."""

    organisation: Organisation
    card: Scorecard
    comparison: Comparison
    words: Words
    titles: Mapping[str, str]
    zones: tuple[chart.Zone, ...]
    dimensions: tuple[Dimension, ...]  # those of which something was asked, as in the next two
    capabilities: tuple[Capability, ...]
    capabilities_of: Mapping[str, tuple[Capability, ...]]  # dimension id → its capabilities
    foundations: tuple[Capability | Dimension, ...]
    has_intervals: bool  # False: too few people, brackets show what missing answers allow
    lines: Mapping[str, chart.Line] = field(repr=False)
    movement: Movement | None = None  # since the wave before, where there is one to compare
    advice: Advice = field(default_factory=Advice)
    _rows: dict[str, Row] = field(repr=False, default_factory=dict)
    # The same score and spread are written in charts, tables and sentences.
    _spreads: dict[int, str] = field(repr=False, default_factory=dict)
    _points: dict[tuple[int, int], str] = field(repr=False, default_factory=dict)

    @property
    def wave(self) -> Wave:
        """The wave that was scored."""
        return self.card.wave

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire that was answered."""
        return self.card.wave.questionnaire

    @property
    def subset(self) -> Subset:
        """The part of the questionnaire that was asked."""
        return self.questionnaire.subset(self.wave.subset)

    @property
    def peers(self) -> Peers | None:
        """Whom the scores are compared with."""
        return self.comparison.peers

    @property
    def is_illustrative(self) -> bool:
        """Tell whether the peers are simulated."""
        return self.peers is not None and self.peers.edition.kind == "illustrative"

    @property
    def tag(self) -> str:
        """The stamp of everything that shows simulated peers."""
        return self.words.text("Illustrative") if self.is_illustrative else ""

    @property
    def people(self) -> int:
        """How many answered."""
        return len(self.wave.respondents)

    def measure(self, measure_id: str) -> Measure:
        """Return the overall, a dimension's or a capability's measure."""
        if measure_id == OVERALL:
            return self.card.overall
        if measure_id in self.card.dimensions:
            return self.card.dimensions[measure_id]
        return self.card.capabilities[measure_id]

    @property
    def foundation_ids(self) -> frozenset[str]:
        """The ids of what carries the gate."""
        return frozenset(part.id for part in self.foundations)

    def measures(self) -> list[Measure]:
        """Return every measure, the overall first."""
        return [
            self.card.overall,
            *self.card.dimensions.values(),
            *self.card.capabilities.values(),
        ]

    def standing(self, measure_id: str) -> Standing | None:
        """Return where a measure stands among its peers, if that is known."""
        return self.comparison.standings.get(measure_id)

    def inside(self, measure_id: str) -> str:
        """Name a measure in the middle of a sentence; dimensions keep their capital."""
        title = self.titles[measure_id]
        return title if measure_id in self.card.dimensions else self.words.inside(title)

    def named(self, measure_ids: Sequence[str]) -> str:
        """Name several measures in a sentence."""
        return self.words.listing([self.inside(measure_id) for measure_id in measure_ids])

    def points(self, measure: Measure) -> str:
        """Write a measure's score, a dash for none."""
        if measure.score is None:
            return DASH
        exact = measure.score.as_integer_ratio()
        if exact not in self._points:
            levels = naming_levels(self.questionnaire)
            self._points[exact] = self.words.points(measure.score, levels)
        return self._points[exact]

    def chip(self, measure: Measure) -> Chip:
        """Write a measure's level; the overall's is the gated one."""
        return level_chip(self.questionnaire, measure.gated_level, self.words)

    def level_name(self, number: int) -> str:
        """Return the name of level *number*."""
        return self.questionnaire.levels[number - 1].title.to(self.words.language)

    def missing(self, measure: Measure) -> str:
        """Say why a measure has no score; empty when it has one."""
        if measure.score is not None:
            return ""
        if not measure.applicable:
            return self.words.text("Not applicable, by every answer given")
        if self.is_of_few(measure):
            return (
                self.words.text("Fewer than five customers answered enough of it")
                if self.questionnaire.customer_voice
                else self.words.text("Fewer than five people answered enough of it")
            )
        limit = self.coverage_needed(measure.id)
        if limit is None:
            return self.words.text("Not enough answers")
        return self.words.text(
            "Not enough answers: {given} given, {needed} needed",
            given=self.words.percent(measure.coverage),
            needed=self.words.percent(limit),
        )

    def is_of_few(self, measure: Measure) -> bool:
        """Tell whether a measure has no score because one to four of more people have it."""
        return self.wave.is_panel and measure.score is None and is_of_few(measure.n, self.people)

    def counted(self, measure: Measure) -> str:
        """Say how many people a score rests on, where they are under nine in ten of all."""
        if not self.wave.is_panel or measure.score is None:
            return ""
        if measure.n >= _NEARLY_ALL * self.people:
            return ""
        return self.words.text(
            "n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{n}", n=self.words.number(measure.n)
        )

    def coverage_needed(self, measure_id: str) -> Fraction | None:
        """Return the least coverage that a score of this measure may rest on."""
        if measure_id in self.card.capabilities:
            return self.questionnaire.capability_coverage
        if measure_id in self.card.dimensions:
            return self.questionnaire.dimension_coverage
        return None

    def spread(self, measure: Measure) -> str:
        """Write a measure's interval, or what its missing answers allow; empty for neither."""
        if id(measure) not in self._spreads:
            self._spreads[id(measure)] = self._spread(measure)
        return self._spreads[id(measure)]

    def _spread(self, measure: Measure) -> str:
        if measure.score is None:
            return ""
        if measure.interval:
            bounds = (self._bound(measure.id, _exact(bound)) for bound in measure.interval)
            return f"{_mark(measure)}{DASH.join(bounds)}"
        if not self.has_intervals and measure.lowest != measure.highest:
            return self.could_be(measure)
        return ""

    def interval(self, measure: Measure) -> str:
        """Write the interval of some of the people, who are compared with no peers."""
        if measure.interval is None:
            return ""
        levels = naming_levels(self.questionnaire)
        bounds = (self.words.points(_exact(bound), levels) for bound in measure.interval)
        return f"{_mark(measure)}{DASH.join(bounds)}"

    def touched(self, measure: Measure) -> str:
        """Name the levels that a measure's interval touches, when they are several: 3-4."""
        if measure.interval is None or measure.gated_level is None or self.questionnaire.staged:
            return ""
        low, high = (
            sum(float(level.start) <= bound for level in self.questionnaire.levels)
            for bound in measure.interval
        )
        return f"{low}{DASH}{high}" if low != high else ""

    def could_be(self, measure: Measure) -> str:
        """Write what a score could be with every missing answer; one number where no answer is."""
        bounds = (measure.lowest, measure.highest)
        return DASH.join(dict.fromkeys(self._bound(measure.id, bound) for bound in bounds))

    def _bound(self, measure_id: str, bound: Fraction) -> str:
        """Write a bound so that it names its level, and is not the median that it clears."""
        standing = self.standing(measure_id)
        clears = standing is not None and standing.word in {"above", "below"}
        beside = standing.median if standing and clears else None
        return self.words.points(bound, naming_levels(self.questionnaire), beside)

    def bracketed(self, measure: Measure) -> str:
        """Write the spread in square brackets for an interval, in round ones otherwise."""
        spread = self.spread(measure)
        if not spread:
            return ""
        return f"[{spread}]" if measure.interval else f"({spread})"

    def row(self, measure_id: str) -> Row:
        """Write everything that a table says of one measure; several tables say it."""
        if measure_id not in self._rows:
            self._rows[measure_id] = self._row(measure_id)
        return self._rows[measure_id]

    def _row(self, measure_id: str) -> Row:
        measure, standing, words = self.measure(measure_id), self.standing(measure_id), self.words
        shown = standing is not None and measure.score is not None
        return Row(
            id=measure_id,
            title=self.titles[measure_id],
            chip=self.chip(measure),
            score=self.points(measure),
            spread=self.spread(measure),
            bracketed=self.bracketed(measure),
            median=str(standing.median) if standing and standing.median is not None else DASH,
            middle_half=_range(standing.quartiles if standing else None),
            word=standing_word(standing.word, words) if standing and shown else "",
            # Without an interval the word compares two numbers: it is not a finding.
            differs=shown
            and self.wave.is_panel
            and standing is not None
            and standing.word in {"above", "below"},
            answered=words.percent(measure.coverage) if measure.applicable else DASH,
            n=self.counted(measure),
            missing=self.missing(measure),
            mini=self.mini(measure_id),
            is_foundation=measure_id in self.foundation_ids,
            holding=self.holding(measure_id),
            touched=self.touched(measure),
            traced=self.traced(measure),
        )

    def traced(self, measure: Measure) -> Traced | None:
        """Return where a score is explained; nothing where there is none."""
        if measure.score is None:
            return None
        name = self.words.text(
            "{score}, {title}: how it came about",
            score=self.points(measure),
            title=self.titles[measure.id],
        )
        return Traced(f"{self.trace_path}#{measure.id}", name)

    @property
    def trace_path(self) -> str:
        """Where the page that explains every number of this wave lies in the site."""
        return trace_path(self.organisation, self.wave.id, self.words.language)

    def holding(self, measure_id: str) -> str:
        """Return the tag of what holds the level, or leaves it open; empty for all others."""
        if measure_id not in self.card.held_by:
            return ""
        if self.card.overall.gated_level is None:
            return self.words.text("leaves the level open")
        return self.words.text("holds the level")

    def mini(self, measure_id: str) -> Markup:
        """Draw one measure for a table's cell; nothing when it has no score."""
        if self.measure(measure_id).score is None:
            return Markup()
        picture = chart.Mini(zones=self.zones, line=self.lines[measure_id])
        return drawn(chart.mini(picture, self.alternative(measure_id), ""))

    def own_mini(self, measure_id: str) -> Markup:
        """Draw one measure without its peers: where there is no room to say who they are."""
        if self.measure(measure_id).score is None:
            return Markup()
        line = replace(self.lines[measure_id], quartiles=None, median=None)
        picture = chart.Mini(zones=self.zones, line=line)
        return drawn(chart.mini(picture, self.own_alternative(measure_id), ""))

    def alternative(self, measure_id: str) -> str:
        """Say in words what one line of a chart shows."""
        standing, own = self.standing(measure_id), self.own_alternative(measure_id)
        if standing is None or standing.median is None:
            return own
        return self.words.text("{own}, peer median {median}", own=own, median=standing.median)

    def own_alternative(self, measure_id: str) -> str:
        """Say in words what one line of a chart shows of the organisation itself."""
        measure, words = self.measure(measure_id), self.words
        if measure.score is None:
            return f"{self.titles[measure_id]}: {self.missing(measure)}"
        score = words.text(
            "{title}: {score} {spread}",
            title=self.titles[measure_id],
            score=self.points(measure),
            spread=self.bracketed(measure),
        ).rstrip()
        chip, touched = self.chip(measure), self.touched(measure)
        if not chip.shade:
            return score
        if touched:
            return words.text(
                "{score}, level {k}, borderline {levels}", score=score, k=chip.text, levels=touched
            )
        return words.text("{score}, level {k}", score=score, k=chip.text)

    def figure(
        self, drawings: tuple[chart.Drawing, ...], key: Iterable[Key], source: str
    ) -> Figure:
        """Put a chart between its key and its source, stamped if its peers are simulated."""
        # Last what marks no place of its own but says how far an interval may be trusted.
        key = sorted(key, key=lambda item: item.mark == "rough")
        return Figure(drawn(drawings), tuple(key), source, self.tag)

    def peers_named(self) -> str:
        """Name the peers with their number, simulated ones as such."""
        if self.peers is None:
            return ""
        if self.is_illustrative:
            return self.words.plural("{n} simulated peer", "{n} simulated peers", self.peers.n)
        return self.words.plural("{n} peer", "{n} peers", self.peers.n)


def subject(  # noqa: PLR0913 - what a report is told from
    organisation: Organisation,
    card: Scorecard,
    comparison: Comparison,
    words: Words,
    movement: Movement | None = None,
    *,
    advice: Advice | None = None,
) -> Subject:
    """Prepare what every section of a report is made from."""
    questionnaire = card.wave.questionnaire
    asked = questionnaire.subset(card.wave.subset).questions
    dimensions = [d for d in questionnaire.dimensions if _asks(d.all_questions(), asked)]
    capabilities_of = {
        d.id: tuple(c for c in d.capabilities if _asks(c.questions, asked)) for d in dimensions
    }
    capabilities = [c for group in capabilities_of.values() for c in group]
    parts: list[Capability | Dimension] = [*dimensions, *capabilities]
    lines: dict[str, chart.Line] = {}
    made = Subject(
        organisation=organisation,
        card=card,
        comparison=comparison,
        words=words,
        titles={
            OVERALL: words.text("Overall"),
            **{part.id: part.title.to(words.language) for part in parts},
        },
        zones=_zones(questionnaire, card.overall.gated_level, words),
        dimensions=tuple(dimensions),
        capabilities=tuple(capabilities),
        capabilities_of=capabilities_of,
        foundations=tuple(part for part in parts if part.foundation),
        has_intervals=any(
            measure.interval
            for measure in (card.overall, *card.dimensions.values(), *card.capabilities.values())
        ),
        lines=lines,
        movement=movement,
        advice=advice or Advice(),
    )
    for measure_id in made.titles:
        lines[measure_id] = _line(made, measure_id)
    return made


def _asks(questions: Iterable[Question], asked: frozenset[str]) -> bool:
    return any(question.id in asked for question in questions)


def _zones(
    questionnaire: Questionnaire, reached: int | None, words: Words
) -> tuple[chart.Zone, ...]:
    levels = naming_levels(questionnaire)
    if not levels:
        # A staged level is not read off the score, so the axis names none.
        return (chart.Zone(0.0, 100.0, words.text("Score, 0 to 100"), "", 1),)
    ends = [*(float(level.start * 100) for level in levels[1:]), 100.0]
    return tuple(
        chart.Zone(
            start=float(level.start * 100),
            end=end,
            title=f"{level.number} {level.title.to(words.language)}",
            short=str(level.number),
            shade=shade(level.number, len(levels)),
            reached=level.number == reached,
        )
        for level, end in zip(levels, ends, strict=False)
    )


def _line(about: Subject, measure_id: str) -> chart.Line:
    measure, standing = about.measure(measure_id), about.standing(measure_id)
    chip = about.chip(measure)
    scored = measure.score is not None
    allowed = scored and not measure.interval and bool(about.bracketed(measure))
    return chart.Line(
        label=about.titles[measure_id],
        score=float(measure.score * 100) if measure.score is not None else None,
        score_text=about.points(measure),
        interval=_hundred(measure.interval) if scored else None,
        interval_text=about.bracketed(measure),
        allowed=_hundred((measure.lowest, measure.highest)) if allowed else None,
        level_text=chip.text,
        shade=chip.shade or None,
        quartiles=standing.quartiles if standing else None,
        median=standing.median if standing else None,
        strong=measure_id == OVERALL,
        missing_text="" if scored else _unscored(about, measure),
    )


def _unscored(about: Subject, measure: Measure) -> str:
    """Say in a chart's few words why a measure has no score; the table beside it says more."""
    if about.is_of_few(measure):
        return about.words.text("Fewer than five answered enough")
    if not measure.applicable:
        return about.words.text("Not applicable")
    return about.words.text("Not enough answers")


def _mark(measure: Measure) -> str:
    return ROUGH if measure.rough else ""


def _exact(bound: float) -> Fraction:
    return Fraction(round(bound * _FINEST), _FINEST)


def _hundred(bounds: tuple[float | Fraction, float | Fraction] | None) -> chart.Range | None:
    return (float(bounds[0] * 100), float(bounds[1] * 100)) if bounds else None


def _range(quartiles: tuple[int, int] | None) -> str:
    return f"{quartiles[0]}{DASH}{quartiles[1]}" if quartiles else DASH
