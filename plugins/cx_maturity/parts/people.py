"""Who sees it how: roles, units, the gap between two roles, and how far people agree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cx_maturity.disclosure import FEWEST
from cx_maturity.parts.contested import contested, too_far_apart
from cx_maturity.parts.groups import cell, hidden_reason, role_named, roles, units
from cx_maturity.parts.seen import roles_figure
from cx_maturity.parts.source import (
    WIDE,
    Head,
    Thought,
    apart_decimals_said,
    decimals_said,
    rough_said,
    said_apart,
)
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.scoring.perception import NO_QUESTION

if TYPE_CHECKING:
    from collections.abc import Collection

    from cx_maturity.parts.contested import Contested
    from cx_maturity.parts.groups import Cell, Groups
    from cx_maturity.parts.row import Figure
    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import Difference, Perception

_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class View:
    """One measure as two roles see it, and what lies between them."""

    title: str
    sides: tuple[Cell, Cell]
    value: str
    spread: str
    word: str
    is_clear: bool
    is_overall: bool


@dataclass(frozen=True, slots=True)
class Views:
    """The gap between two roles, measure by measure."""

    heading: str
    sides: tuple[str, str]
    rows: tuple[View, ...]
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class People:
    """Who sees it how; parts that have nothing to say are None."""

    head: Head
    figure: Figure | None
    beside: tuple[Thought, ...]
    views: Views | None
    roles: Groups | None
    units: Groups | None
    contested: Contested | None
    people_head: str


def people(about: Subject) -> People | None:
    """Set the views of roles and units side by side; nothing where nobody is told apart."""
    if not about.wave.is_panel:
        return None
    text, perception = about.words.text, about.card.perception
    views = _views(about, perception) if perception else None
    said = views.source if views else ()
    by_role = _without(roles(about), said)
    said = (*said, *by_role.notes) if by_role else said
    found = People(
        head=Head("people", text("Who sees it how"), _finding(about), _lede(about)),
        figure=roles_figure(about),
        beside=_beside(about),
        views=views,
        roles=by_role,
        units=_without(units(about), said),
        contested=contested(about),
        people_head=text("Customers") if about.questionnaire.customer_voice else text("People"),
    )
    parts = (found.views, found.roles, found.units, found.contested)
    return found if any(parts) else None


def _without(found: Groups | None, said: Collection[str]) -> Groups | None:
    """Leave out what stands *said* under the table above."""
    if found is None:
        return None
    return replace(found, notes=tuple(note for note in found.notes if note not in said))


# --- the finding -------------------------------------------------------------


def _finding(about: Subject) -> str:
    """Say what is widest apart: two roles, else single questions."""
    words, perception = about.words, about.card.perception
    if perception and perception.reason is None and perception.differences:
        return _gap_found(about, perception)
    if about.card.agreement:
        n = len(too_far_apart(about))
        if not n:
            return words.text("Nobody is far from the others: no question is contested")
        return words.plural(
            "On {word} question, views are too far apart to call them one",
            "On {word} questions, views are too far apart to call them one",
            n,
            word=words.count(n),
        )
    if about.card.splits.roles or about.card.splits.units:
        return words.text("The same questions, seen from different places")
    return words.text("Too few answered to tell their views apart")


def _gap_found(about: Subject, perception: Perception) -> str:
    words = about.words
    first, second = (role_named(about, role) for role in perception.roles)
    overall = perception.differences.get(OVERALL)
    values = {"first": first, "second": words.inside(second)}
    if overall and _is_wide(overall):
        values["points"] = words.size(overall.value * _HUNDRED)
        if overall.value > 0:
            return words.text("{first} scored {points} points above {second}", **values)
        return words.text("{first} scored {points} points below {second}", **values)
    apart = [d.id for d in about.dimensions if _is_wide(perception.differences.get(d.id))]
    if apart:
        return words.text(
            "{first} and {second} see {names} differently", names=about.named(apart), **values
        )
    if overall and overall.is_clear:
        if overall.value > 0:
            return words.text("{first} scored a little above {second}", **values)
        return words.text("{first} scored a little below {second}", **values)
    return words.text("{first} and {second} see it alike, as far as these answers tell", **values)


def _is_wide(difference: Difference | None) -> bool:
    return difference is not None and difference.is_clear and abs(difference.value) >= WIDE


def _lede(about: Subject) -> tuple[str, ...]:
    words, perception = about.words, about.card.perception
    said = []
    if perception and perception.reason is None:
        said.append(
            words.plural(
                "{n} of {asked} questions was answered by five or more of each role, and only "
                "this one is compared.",
                "{n} of {asked} questions were answered by five or more of each role, and only "
                "these are compared.",
                len(perception.questions),
                asked=words.number(perception.asked),
            )
        )
        said.append(words.text("Not distinguishable means that these answers cannot tell."))
    elif perception and about.card.roles:
        said.append(_not_compared(about, perception))
    return tuple(said)


def _not_compared(about: Subject, perception: Perception) -> str:
    first, second = (role_named(about, role) for role in perception.roles)
    if perception.reason == NO_QUESTION:
        return about.words.text(
            "{first} and {second} are not compared: no question was answered by five or more of "
            "each.",
            first=first,
            second=about.words.inside(second),
        )
    return about.words.text(
        "{first} and {second} are not compared: {reason}.",
        first=first,
        second=about.words.inside(second),
        reason=hidden_reason(
            about, "either" if perception.reason == "few" else perception.reason or ""
        ),
    )


def _beside(about: Subject) -> tuple[Thought, ...]:
    """Say how to read the picture, and how far answers agree within it."""
    words, found = about.words, []
    perception = about.card.perception
    if perception and perception.reason is None and perception.differences:
        first, second = (role_named(about, role) for role in perception.roles)
        found.append(
            Thought(
                words.text("How to read it"),
                (
                    words.text(
                        "The line joins {first} and {second}. It is solid where they differ by "
                        "more than chance explains: the interval does not include 0.",
                        first=first,
                        second=words.inside(second),
                    ),
                ),
            )
        )
    of = len(about.card.agreement)
    if of:
        n = len(too_far_apart(about))
        said = (
            words.plural(
                "On {n} of {of} questions answers are too far apart to stand for one view.",
                "On {n} of {of} questions answers are too far apart to stand for one view.",
                n,
                of=words.number(of),
            )
            if n
            else words.text("On no question are answers too far apart to stand for one view.")
        )
        found.append(Thought(words.text("How far answers agree"), (said,)))
    return tuple(found)


# --- two roles ---------------------------------------------------------------


def _views(about: Subject, perception: Perception) -> Views | None:
    """Set two roles side by side; nothing where they may not be compared."""
    shown = [m for m in (OVERALL, *(d.id for d in about.dimensions)) if m in perception.differences]
    if perception.reason is not None or not shown:
        return None
    first, second = (role_named(about, role) for role in perception.roles)
    measures = [side for m in shown for side in perception.sides[m]]
    rows = tuple(_view(about, perception, m) for m in shown)
    return Views(
        heading=about.words.text(
            "{first} and {second}, on the same questions",
            first=first,
            second=about.words.inside(second),
        ),
        sides=(first, second),
        rows=rows,
        source=(
            *_asked(about, perception),
            *decimals_said(about, [t for r in rows for c in r.sides for t in (c.score, c.spread)]),
            *apart_decimals_said(about, [text for r in rows for text in (r.value, r.spread)]),
            *rough_said(about, measures, [perception.differences[m] for m in shown]),
        ),
    )


def _asked(about: Subject, perception: Perception) -> tuple[str, ...]:
    """Say how many of the questions ask what is said and what is done, where any does."""
    words, compared = about.words, perception.questions
    sides = Counter(q.aspect for q in about.questionnaire.questions() if q.id in {*compared})
    if not sides["say"] and not sides["do"]:
        return ()
    asked = words.plural(
        "Of this {n} question, {say} asks what is said and {do} what is done.",
        "Of these {n} questions, {say} ask what is said and {do} what is done.",
        len(compared),
        say=words.number(sides["say"]),
        do=words.number(sides["do"]),
    )
    left_out = perception.asked - len(compared)
    if not left_out:
        return (asked,)
    rest = words.plural(
        "The one left out was answered by fewer than {few} of a role.",
        "The {n} left out were answered by fewer than {few} of a role.",
        left_out,
        few=words.count(FEWEST),
    )
    return (asked, rest)


def _view(about: Subject, perception: Perception, measure_id: str) -> View:
    words, difference = about.words, perception.differences[measure_id]
    first, second = (role_named(about, role) for role in perception.roles)
    ours, theirs = perception.sides[measure_id]
    value, spread = said_apart(about, difference)
    higher = perception.roles[difference.value < 0]
    return View(
        title=about.titles[measure_id],
        sides=(cell(about, ours, first), cell(about, theirs, second)),
        value=value,
        spread=spread,
        word=(
            words.text("{role} higher", role=words.inside(role_named(about, higher)))
            if difference.is_clear
            else words.text("not distinguishable")
        ),
        is_clear=difference.is_clear,
        is_overall=measure_id == OVERALL,
    )
