"""Round by round: the overall and every dimension over all rounds that can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from cx_maturity import chart
from cx_maturity.disclosure import FEWEST
from cx_maturity.parts.row import DASH, Figure, Key, drawn, printed
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import Measure, Movement

# Rounds in a row of figures, so that a table fits a page.
_MOST_COLUMNS = 6
_FEWEST_PANELS = 2


@dataclass(frozen=True, slots=True)
class RoundCell:
    """One measure in one round; *round* names it where the head of its column is not seen."""

    round: str
    score: str
    spread: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One measure in several rounds."""

    title: str
    cells: tuple[RoundCell, ...]
    strong: bool


@dataclass(frozen=True, slots=True)
class RoundTable:
    """The measures in some of the rounds; *heads* are their dates."""

    heads: tuple[str, ...]
    rows: tuple[RoundRow, ...]


@dataclass(frozen=True, slots=True)
class Rounds:
    """All rounds that can be compared, three at least: pictures, and a table of their numbers."""

    name: str
    caption: str
    figure: Figure | None
    panels: Figure | None
    tables: tuple[RoundTable, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Track:
    """The scores of one measure, one for each round; None where there is none to show."""

    id: str
    scores: tuple[Measure | None, ...]
    hidden: frozenset[int]  # the places of rounds of which it would tell what few answered

    @property
    def known(self) -> int:
        return sum(score is not None for score in self.scores)


def rounds_part(about: Subject, movement: Movement) -> Rounds | None:
    """Show the rounds one after another; None where fewer than three can be compared."""
    tracks = [track for track in _tracks(about, movement) if track.known or track.hidden]
    if not any(track.known for track in tracks):
        return None
    words, dates = about.words, _dates(about, movement)
    source = words.plural(
        "Over the {n} question that all these rounds share.",
        "Over the {n} questions that all these rounds share.",
        len(movement.round_questions),
    )
    notes = [source]
    if any(measure and measure.interval for track in tracks for measure in track.scores):
        notes.append(words.text("Below each score: its 95\N{NO-BREAK SPACE}% interval."))
    if any(track.hidden for track in tracks):
        notes.append(
            words.text(
                "Hidden, because it would tell what fewer than {few} answered.",
                few=words.count(FEWEST),
            )
        )
    return Rounds(
        name=words.text("Over {rounds} rounds", rounds=words.count(len(movement.rounds))),
        caption=words.text("Round by round"),
        figure=_overall(about, movement, tracks, dates, source),
        panels=_panels(about, movement, tracks, dates, source),
        tables=tuple(_tables(about, tracks, dates)),
        notes=tuple(notes),
    )


def _dates(about: Subject, movement: Movement) -> list[str]:
    """Name each round by its month, or all by their days where two are of one month."""
    words, waves = about.words, [wave for wave, _ in movement.rounds]
    months = [words.month(wave.date, wave.known) for wave in waves]
    if len({*months}) == len(months):
        return months
    return [words.date(wave.date, wave.known) for wave in waves]


# --- what may be shown -------------------------------------------------------


def _tracks(about: Subject, movement: Movement) -> list[_Track]:
    names = [OVERALL, *(dimension.id for dimension in about.dimensions)]
    return [_track(movement, name) for name in names]


def _track(movement: Movement, name: str) -> _Track:
    found = [measures.get(name) for _, measures in movement.rounds]
    return _Track(
        name,
        tuple(measure if measure and measure.score is not None else None for measure in found),
        # Somebody has a score, and :mod:`~cx_maturity.change` shows none.
        frozenset(at for at, m in enumerate(found) if m and m.score is None and m.n),
    )


# --- pictures ----------------------------------------------------------------


def _overall(
    about: Subject, movement: Movement, tracks: Sequence[_Track], dates: Sequence[str], source: str
) -> Figure | None:
    track = tracks[0]
    if track.id != OVERALL or track.known < _FEWEST_PANELS:
        return None
    words = about.words
    title = words.text("{name}: overall score over time", name=about.organisation.name)
    picture = chart.Times(about.zones, _moments(about, movement, track, dates))
    key = [Key("you", words.text("Overall"))]
    if any(moment.interval for moment in picture.moments):
        key = [
            Key("upright", words.text("Overall and its 95\N{NO-BREAK SPACE}% interval")),
        ]
    drawings = chart.times(picture, title, _described(about, track, dates))
    return Figure(drawn(drawings), tuple(key), source, "")


def _panels(
    about: Subject, movement: Movement, tracks: Sequence[_Track], dates: Sequence[str], source: str
) -> Figure | None:
    """Draw the dimensions side by side; nothing where there are not two to be seen together."""
    shown = [t for t in tracks if t.id != OVERALL and t.known >= _FEWEST_PANELS]
    if len(shown) < _FEWEST_PANELS:
        return None
    words, drawings, spread = about.words, Markup(), False
    for track in shown:
        moments = _moments(about, movement, track, dates)
        spread = spread or any(moment.interval for moment in moments)
        picture = chart.Times(about.zones, moments, about.titles[track.id])
        title = words.text(
            "{name}: {measure} over time",
            name=about.organisation.name,
            measure=about.inside(track.id),
        )
        drawings += drawn(chart.trend(picture, title, _described(about, track, dates)))
    key = Key("you", words.text("A dimension"))
    if spread:
        key = Key("upright", words.text("A dimension and its 95\N{NO-BREAK SPACE}% interval"))
    # Together they lie in one grid of the page.
    grid = Markup('<div class="panels">{}</div>').format(drawings)
    return Figure(grid, (key,), source, "")


def _moments(
    about: Subject, movement: Movement, track: _Track, dates: Sequence[str]
) -> tuple[chart.Moment, ...]:
    """Place the rounds on one axis of dates, from the first of all to the last."""
    days = [wave.date for wave, _ in movement.rounds]
    whole = (days[-1] - days[0]).days
    found = zip(days, dates, track.scores, strict=True)
    return tuple(
        chart.Moment(
            at=(day - days[0]).days / whole,
            score=printed(about.points(measure))[0],
            text=about.points(measure),
            date=date,
            interval=_interval(about, measure),
        )
        for day, date, measure in found
        if measure
    )


def _interval(about: Subject, measure: Measure) -> chart.Range | None:
    bounds = printed(about.interval(measure))
    return (bounds[0], bounds[-1]) if bounds else None


def _described(about: Subject, track: _Track, dates: Sequence[str]) -> str:
    said = (
        f"{date}: {_scored(about, measure)}"
        for date, measure in zip(dates, track.scores, strict=True)
        if measure
    )
    return f"{'; '.join(said)}."


def _scored(about: Subject, measure: Measure) -> str:
    interval = about.interval(measure)
    return f"{about.points(measure)} [{interval}]" if interval else about.points(measure)


# --- the table ---------------------------------------------------------------


def _tables(about: Subject, tracks: Sequence[_Track], dates: Sequence[str]) -> list[RoundTable]:
    """Write as many tables as the rounds need columns, the last of them full."""
    first = len(dates) % _MOST_COLUMNS
    starts = [*([0] if first else []), *range(first, len(dates), _MOST_COLUMNS)]
    ends = [*starts[1:], len(dates)]
    return [
        RoundTable(
            heads=tuple(dates[start:end]),
            rows=tuple(
                RoundRow(
                    title=about.titles[track.id],
                    cells=tuple(_cell(about, track, at, dates[at]) for at in range(start, end)),
                    strong=track.id == OVERALL,
                )
                for track in tracks
            ),
        )
        for start, end in zip(starts, ends, strict=True)
    ]


def _cell(about: Subject, track: _Track, place: int, date: str) -> RoundCell:
    measure = track.scores[place]
    if measure is None:
        return RoundCell(date, DASH, "", place in track.hidden)
    return RoundCell(date, about.points(measure), about.interval(measure), is_hidden=False)
