"""The picture of who sees it how: every role that may be shown, measure by measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cx_maturity import chart
from cx_maturity.parts.groups import cell, role_named
from cx_maturity.parts.row import DASH, Figure, Key, drawn, printed
from cx_maturity.parts.source import own_source, said_apart
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import Difference, Measure, Perception

_FEWEST = 2


class _Side(NamedTuple):
    """One role's mark and its scores."""

    id: str
    title: str
    mark: str
    n: int
    measures: Mapping[str, Measure]


def roles_figure(about: Subject) -> Figure | None:
    """
    Draw the roles on one axis; nothing where fewer than two may be shown.

    A mark stands where the table's number is, so that no more is told than is printed.
    """
    perception = _compared(about)
    sides = list(_sides(about, perception))
    if len(sides) < _FEWEST:
        return None
    words = about.words
    shown = (OVERALL, *(d.id for d in about.dimensions))
    pairs = {m: found for m in shown if (found := _pair(about, m, sides, perception))}
    if not pairs:
        return None
    picture = chart.Pairs(
        zones=about.zones,
        pairs=tuple(pairs.values()),
        value_head=words.text("Difference") if perception else "",
    )
    title = words.text("{name}: scores by role", name=about.organisation.name)
    described = ". ".join(_described(about, m, sides, perception) for m in pairs)
    # Peers are not in it, so it has no tag.
    return Figure(
        drawn(chart.pairs(picture, title, f"{described}.")),
        tuple(_keys(about, sides, list(pairs.values()))),
        " ".join([own_source(about), *_source(about, sides, perception)]),
        "",
    )


def _compared(about: Subject) -> Perception | None:
    """Return how two roles see it, where they may be compared."""
    found = about.card.perception
    return found if found and found.reason is None and found.differences else None


def _sides(about: Subject, perception: Perception | None) -> Iterator[_Side]:
    """Yield the roles that may be shown: those that are compared first, then as they are asked."""
    splits = {split.id: split for split in about.card.splits.roles}
    unsaid = {(h.id, h.measure) for h in about.card.splits.hidden if h.kind == "role"}
    asked = about.questionnaire.perception_gap or ()
    first = [role for role in asked if role in splits]
    marks = dict(zip(asked, ("full", "open"), strict=False))
    others = [role for role in splits if role not in first]
    marks.update(zip(others, chart.MARKS[3:], strict=False))
    for role in (*first, *others):
        if role not in marks:
            return
        measures: Mapping[str, Measure] = {
            m: found for m, found in splits[role].measures.items() if (role, m) not in unsaid
        }
        if perception and role in perception.roles:
            place = perception.roles.index(role)
            measures = {m: both[place] for m, both in perception.sides.items()}
        yield _Side(role, role_named(about, role), marks[role], splits[role].n, measures)


def _pair(
    about: Subject, measure_id: str, sides: Sequence[_Side], perception: Perception | None
) -> chart.Pair | None:
    spots = [(side, _spot(about, measure_id, side)) for side in sides]
    by_mark = {side.mark: spot for side, spot in spots if spot}
    if not by_mark:
        return None
    first, second = by_mark.pop("full", None), by_mark.pop("open", None)
    difference = perception.differences.get(measure_id) if perception else None
    value, spread = said_apart(about, difference) if difference else ("", "")
    return chart.Pair(
        label=about.titles[measure_id],
        first=first,
        second=second,
        others=tuple(by_mark.values()),
        link=_link(difference),
        value=value,
        word=f"[{spread}]" if spread else "",
        is_clear=difference is not None and difference.is_clear,
        strong=measure_id == OVERALL,
    )


def _link(difference: Difference | None) -> str:
    if difference is None:
        return ""
    return "solid" if difference.is_clear else "dotted"


def _spot(about: Subject, measure_id: str, side: _Side) -> chart.Spot | None:
    found = cell(about, side.measures.get(measure_id), side.title)
    if found.score == DASH:
        return None
    bounds = printed(found.spread)
    return chart.Spot(
        at=printed(found.score)[0],
        mark=side.mark,
        interval=(bounds[0], bounds[-1]) if bounds else None,
        text=found.score,
    )


def _described(
    about: Subject, measure_id: str, sides: Sequence[_Side], perception: Perception | None
) -> str:
    """Say in words what one row shows."""
    words = about.words
    scores = []
    for side in sides:
        found = cell(about, side.measures.get(measure_id), side.title)
        if found.score != DASH:
            spread = f" [{found.spread}]" if found.spread else ""
            scores.append(f"{side.title} {found.score}{spread}")
    said = words.text(
        "{title}: {scores}", title=about.titles[measure_id], scores=words.listing(scores)
    )
    difference = perception.differences.get(measure_id) if perception else None
    if difference is None:
        return said
    value, spread = said_apart(about, difference)
    value = f"{value} [{spread}]" if spread else value
    return words.text("{scores}; difference {value}", scores=said, value=value)


def _keys(about: Subject, sides: Sequence[_Side], pairs: Sequence[chart.Pair]) -> list[Key]:
    words = about.words
    found = [
        Key(
            side.mark,
            words.text(
                "{role}, n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{n}",
                role=side.title,
                n=words.number(side.n),
            ),
        )
        for side in sides
    ]
    spots = [s for p in pairs for s in (p.first, p.second, *p.others) if s]
    if any(spot.interval for spot in spots):
        found.append(Key("span", words.text("95\N{NO-BREAK SPACE}% interval")))
    links = {pair.link for pair in pairs}
    if "solid" in links:
        found.append(Key("solid", words.text("difference distinguishable from 0")))
    if "dotted" in links:
        found.append(Key("dotted", words.text("not distinguishable")))
    return found


def _source(about: Subject, sides: Sequence[_Side], perception: Perception | None) -> Iterator[str]:
    """Say what the marks rest on, where that is not the same for all, and who has none."""
    words = about.words
    others = [side.title for side in sides if perception and side.id not in perception.roles]
    if perception and others and len(perception.questions) < perception.asked:
        yield words.text(
            "{names}: over all questions asked, not only those that the two compared roles share.",
            names=words.listing(others),
        )
    drawn = {side.id for side in sides}
    left = [role_named(about, s.id) for s in about.card.splits.roles if s.id not in drawn]
    if left:
        yield words.text("In the table only: {names}.", names=words.listing(left))
