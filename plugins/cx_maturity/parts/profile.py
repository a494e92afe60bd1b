"""The board's picture and the profile: every dimension against its peers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from cx_maturity import chart
from cx_maturity.parts.goals import aimed, goal_keys
from cx_maturity.parts.held import foundation_mark, held_at
from cx_maturity.parts.peers import peer_source
from cx_maturity.parts.row import DASH, Key
from cx_maturity.parts.source import (
    Head,
    decimals_said,
    described,
    keys,
    marks_said,
    own_source,
    reach_said,
    spread_head,
    within_reach,
)
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cx_maturity.parts.row import Figure, Row
    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import Measure

_MOST_GROUPS = 3
_MOST_NAMES = 3
_BOTH = 2
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Profile:
    """The dimensions against their peers."""

    head: Head
    figure: Figure
    rows: tuple[Row, ...]
    has_peers: bool
    spread_head: str
    missing_columns: int
    source: tuple[str, ...]


def profile(about: Subject) -> Profile:
    """Show every dimension against its peers."""
    words = about.words
    ids = [dimension.id for dimension in about.dimensions]
    title = words.text("{name}: scores by dimension", name=about.organisation.name)
    lede, shown = _lede(about), (OVERALL, *ids)
    rows = tuple(about.row(measure_id) for measure_id in shown)
    if about.questionnaire.gate is not None and about.foundation_ids.intersection(ids):
        lede = (*lede, foundation_mark(about))
    return Profile(
        head=Head("profile", words.text("Profile"), words.start(_finding(about)), lede),
        figure=about.figure(
            chart.profile(_with_parts(about, ids), title, _described(about, ids)),
            [*keys(about, ids), *_part_keys(about, ids), *goal_keys(about, ids)],
            peer_source(about) if about.peers else own_source(about),
        ),
        rows=rows,
        has_peers=about.peers is not None,
        spread_head=spread_head(about),
        missing_columns=1 + bool(spread_head(about)),
        source=(
            *marks_said(about, map(about.measure, shown)),
            *decimals_said(
                about,
                [text for row in rows for text in (row.score, row.spread)],
                peers=about.peers is not None,
            ),
            *_movable(about, ids),
        ),
    )


def overall_figure(about: Subject) -> Figure:
    """Draw the board's picture: the overall with its gate, then every dimension."""
    words, ids = about.words, [OVERALL, *(dimension.id for dimension in about.dimensions)]
    title = words.text("{name}: overall score and dimensions", name=about.organisation.name)
    gate = _gate(about)
    description = described(about, ids)
    if gate:
        description = f"{description} {words.start(gate.words)}."
    key = [*keys(about, ids), *goal_keys(about, ids)]
    if gate:
        key.append(Key("gate", words.text("Closed by the gate")))
    picture = replace(strip(about, ids), gate=gate, low=True)
    return about.figure(chart.overall(picture, title, description), key, peer_source(about))


def strip(about: Subject, measure_ids: Sequence[str]) -> chart.Strip:
    """Put measures on one axis."""
    text = about.words.text
    return chart.Strip(
        zones=about.zones,
        lines=tuple(aimed(about, m, about.lines[m]) for m in measure_ids),
        peers_kind=about.peers.edition.kind if about.peers else None,
        stamp=about.tag,
        score_head=text("Score"),
        level_head=text("Level"),
    )


# --- what a dimension is made of ---------------------------------------------


def _with_parts(about: Subject, dimension_ids: Sequence[str]) -> chart.Strip:
    """
    Put dimensions on one axis with the capabilities that each is the mean of.

    The board's picture has the dimensions already; this one shows how even each of them is.
    """
    picture = strip(about, dimension_ids)
    lines = zip(picture.lines, dimension_ids, strict=True)
    return replace(
        picture, lines=tuple(replace(line, bits=_bits(about, name)) for line, name in lines)
    )


def _bits(about: Subject, dimension_id: str) -> tuple[chart.Bit, ...]:
    """Return the scores of a dimension's capabilities, the lowest and the highest by name."""
    found = _scored_parts(about, dimension_id)
    ends = {id(found[0]), id(found[-1])} if found else set()
    return tuple(
        chart.Bit(
            float(measure.score * _HUNDRED),
            about.words.text(
                "{score} {title}", score=about.points(measure), title=about.titles[measure.id]
            )
            if id(measure) in ends
            else "",
        )
        for measure in found
        if measure.score is not None
    )


def _scored_parts(about: Subject, dimension_id: str) -> list[Measure]:
    """Return the capabilities with a score, ascending, in the order asked where they are equal."""
    measures = [about.measure(c.id) for c in about.capabilities_of[dimension_id]]
    scored = [(m.score, m) for m in measures if m.score is not None]
    return [measure for _, measure in sorted(scored, key=lambda pair: pair[0])]


def _described(about: Subject, dimension_ids: Sequence[str]) -> str:
    """Say in words what the profile shows."""
    said = []
    for name in dimension_ids:
        found = _scored_parts(about, name)
        own = about.alternative(name)
        if found and about.measure(name).score is not None:
            own = about.words.text(
                "{own}; its capabilities from {low} ({low_score}) to {high} ({high_score})",
                own=own,
                low=about.inside(found[0].id),
                low_score=about.points(found[0]),
                high=about.inside(found[-1].id),
                high_score=about.points(found[-1]),
            )
        said.append(own)
    return f"{'. '.join(said)}."


def _part_keys(about: Subject, dimension_ids: Sequence[str]) -> list[Key]:
    if not any(
        _scored_parts(about, d) and about.measure(d).score is not None for d in dimension_ids
    ):
        return []
    return [Key("bit", about.words.text("A capability; the lowest and the highest are named"))]


def _gate(about: Subject) -> chart.Gate | None:
    level = about.card.overall.gated_level
    if not held_at(about) or level is None or about.questionnaire.staged:
        return None
    words, held = about.words, about.card.held_by
    closed = words.plural(
        "closed: {names} is at {k}",
        "closed: {names} are at {k}",
        len(held),
        names=about.named(held),
        k=about.measure(held[0]).level,
    )
    at = float(about.questionnaire.levels[level].start * 100)
    return chart.Gate(at, closed, words.text("closed"))


def _finding(about: Subject) -> str:
    words = about.words
    levels = {d.id: about.measure(d.id).level for d in about.dimensions}
    scored = [d.id for d in about.dimensions if levels[d.id] is not None]
    if not scored:
        return words.text("No dimension has enough answers for a level")
    scored.sort(key=lambda d: -(levels[d] or 0))
    groups = [(k, list(ids)) for k, ids in groupby(scored, key=lambda d: levels[d] or 0)]
    if len(groups) == 1:
        (k, ids) = groups[0]
        if len(ids) == len(about.dimensions) == _BOTH:
            return words.text(
                "Both dimensions are at level {k}, {name}", k=k, name=about.level_name(k)
            )
        if len(ids) == len(about.dimensions) > 1:
            return words.text(
                "All {n} dimensions are at level {k}, {name}",
                n=words.count(len(ids)),
                k=k,
                name=about.level_name(k),
            )
        return words.plural(
            "{names} is at level {k}, {name}",
            "{names} are at level {k}, {name}",
            len(ids),
            names=_few(about, ids),
            k=k,
            name=about.level_name(k),
        )
    top, bottom = groups[0], groups[-1]
    if len(groups) == _MOST_GROUPS and all(len(ids) <= _MOST_NAMES for _, ids in groups):
        return words.plural(
            "{first} reaches level {a}, {second} {b}, {third} {c}",
            "{first} reach level {a}, {second} {b}, {third} {c}",
            len(top[1]),
            first=_few(about, top[1]),
            a=top[0],
            second=_few(about, groups[1][1]),
            b=groups[1][0],
            third=_few(about, bottom[1]),
            c=bottom[0],
        )
    return words.plural(
        "{names} reaches level {k}; {others} at level {j}",
        "{names} reach level {k}; {others} at level {j}",
        len(top[1]),
        names=_few(about, top[1]),
        k=top[0],
        others=words.plural(
            "{names} is", "{names} are", len(bottom[1]), names=_few(about, bottom[1])
        ),
        j=bottom[0],
    )


def _few(about: Subject, ids: Sequence[str]) -> str:
    if len(ids) <= _MOST_NAMES:
        return about.named(ids)
    words = about.words
    return words.text("{n} dimensions", n=words.count(len(ids)))


def _lede(about: Subject) -> tuple[str, ...]:
    words = about.words
    if about.peers is None:
        return _lede_alone(about)
    shows = words.text(
        "The diamond is the score of {name}, the band the middle half of the peers.",
        name=about.organisation.name,
    )
    if about.has_intervals:
        rule = words.text(
            "Above and below are said only where the whole interval clears the median; "
            "otherwise the two are level: these answers cannot tell."
        )
    elif about.wave.is_panel:
        rule = words.text(
            "With so few people there is no interval, so nothing is called above or below."
        )
    else:
        rule = words.text(
            "One set of answers has no interval: above and below compare two numbers and do not "
            "say whether somebody else would answer the same."
        )
        if any(about.spread(measure) for measure in about.measures()):
            missing = words.text(
                "They are said only where no missing answer could take the score back across the "
                "median."
            )
            rule = f"{rule} {missing}"
    return (shows, rule)


def _lede_alone(about: Subject) -> tuple[str, ...]:
    words, name = about.words, about.organisation.name
    shows = words.text("The diamond is the score of {name}.", name=name)
    if about.has_intervals:
        line = words.text(
            "The line beside it is where the mean of everybody could lie, 95\N{NO-BREAK SPACE}%."
        )
        return (shows, line)
    return (shows,)


def _movable(about: Subject, measure_ids: Sequence[str]) -> tuple[str, ...]:
    words = about.words
    found = [
        (id_, reach) for id_ in measure_ids if (reach := within_reach(about, about.measure(id_)))
    ]
    if not found:
        return tuple(reach_said(about))
    names = [f"{about.titles[id_]} ({low}{DASH}{high})" for id_, (low, high) in found]
    return (
        *reach_said(about),
        words.text(
            "Missing answers could give these another level: {names}.", names=words.listing(names)
        ),
    )
