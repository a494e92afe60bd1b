"""The picture of change: then and now on one axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity import chart
from cx_maturity.parts.compared import parts
from cx_maturity.parts.row import Figure, Key, drawn, printed
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import Change, Measure, Movement

_MOVED = {"up", "down"}
# Capabilities in the picture: all that moved, and the nearest to it up to so many, two at least.
_SHOWN, _NEAREST = 6, 2


def drawn_changes(about: Subject, movement: Movement) -> list[Change]:
    """Choose what the picture shows: the overall, the dimensions and the capabilities to see."""
    known = [movement.changes.get(m) for m in (OVERALL, *(d.id for d in about.dimensions))]
    chosen = {change.id for change in _capabilities(about, movement)}
    known += [movement.changes[c.id] for c in about.capabilities if c.id in chosen]
    return [change for change in known if change and change.difference is not None]


def _capabilities(about: Subject, movement: Movement) -> Iterable[Change]:
    if not about.capabilities:
        return ()
    own = [change for change in parts(about, movement) if change.difference is not None]
    moved = [change for change in own if change.verdict in _MOVED]
    rest = sorted((change for change in own if change.verdict not in _MOVED), key=_far)
    return (*moved, *rest[: max(_NEAREST, _SHOWN - len(moved))])


def _far(change: Change) -> tuple[float, float, float]:
    """Return how far a change is from being found, then how small it is."""
    difference = change.difference
    if difference is None:
        return 2.0, 2.0, 0.0
    p = 1.5 if difference.p is None else difference.p
    holm = p if change.holm is None else change.holm
    return holm, p, -abs(float(difference.value))


def slopes(
    about: Subject, movement: Movement, rounds: tuple[str, str], said: dict[str, str]
) -> Figure | None:
    """
    Draw every measure to see in both rounds; nothing where none has a score in both.

    *said* is the word for each verdict.  Only what went up or down is joined.
    """
    words, (then, now) = about.words, rounds
    changes = drawn_changes(about, movement)
    if not changes:
        return None
    picture = chart.Pairs(
        zones=about.zones,
        pairs=tuple(_pair(about, change, said) for change in changes),
        value_head=words.text("Then \N{RIGHTWARDS ARROW} now"),
        is_sloped=True,
    )
    title = words.text(
        "{name}: scores in {then} and in {now}",
        name=about.organisation.name,
        then=then,
        now=now,
    )
    described = ". ".join(_described(about, change, said) for change in changes)
    # Peers are in neither picture, so they have no tag.
    return Figure(
        drawn(chart.pairs(picture, title, f"{described}.")),
        tuple(_keys(about, changes, rounds)),
        _source(about, movement, changes),
        "",
    )


def _pair(about: Subject, change: Change, said: dict[str, str]) -> chart.Pair:
    moved = change.verdict in _MOVED
    value = about.words.text(
        "{then}\N{NO-BREAK SPACE}\N{RIGHTWARDS ARROW}\N{NO-BREAK SPACE}{now}",
        then=about.points(change.earlier),
        now=about.points(change.later),
    )
    return chart.Pair(
        label=about.titles[change.id],
        first=_spot(about, change.earlier, "open"),
        second=_spot(about, change.later, "diamond"),
        link="solid" if moved else "",
        # With decimals it may need two lines of its lane.
        value=value.replace("\N{NO-BREAK SPACE}", " "),
        word=said.get(change.verdict or "", ""),
        is_clear=moved,
        strong=change.id not in about.card.capabilities,
    )


def _spot(about: Subject, measure: Measure, mark: str) -> chart.Spot:
    return chart.Spot(printed(about.points(measure))[0], mark, _interval(about, measure))


def _interval(about: Subject, measure: Measure) -> chart.Range | None:
    bounds = printed(about.interval(measure))
    return (bounds[0], bounds[-1]) if bounds else None


def _described(about: Subject, change: Change, said: dict[str, str]) -> str:
    values = {
        "title": about.titles[change.id],
        "then": _scored(about, change.earlier),
        "now": _scored(about, change.later),
    }
    word = said.get(change.verdict or "")
    if not word:
        return about.words.text("{title}: {then}, now {now}", **values)
    return about.words.text("{title}: {then}, now {now}, {word}", **values, word=word)


def _scored(about: Subject, measure: Measure) -> str:
    interval = about.interval(measure)
    return f"{about.points(measure)} [{interval}]" if interval else about.points(measure)


def _keys(about: Subject, changes: Sequence[Change], rounds: tuple[str, str]) -> list[Key]:
    words = about.words
    found = [Key("open", rounds[0]), Key("you", rounds[1])]
    if any(measure.interval for change in changes for measure in (change.earlier, change.later)):
        found.append(Key("span", words.text("95\N{NO-BREAK SPACE}% interval")))
    if any(change.verdict in _MOVED for change in changes):
        found.append(Key("solid", words.text("went up or down")))
    return found


def _source(about: Subject, movement: Movement, changes: Sequence[Change]) -> str:
    """Say which capabilities are shown, where it is not all of them."""
    words = about.words
    known = [change for change in movement.changes.values() if change.difference is not None]
    if len(changes) == len(known):
        return words.text("Over the questions that both rounds share.")
    if any(change.verdict for change in known):
        return words.text(
            "Shown of the capabilities: those that moved and those nearest to it. The table below "
            "has all. Over the questions that both rounds share."
        )
    return words.text(
        "Shown of the capabilities: the widest differences. The table below has all. Over the "
        "questions that both rounds share."
    )
