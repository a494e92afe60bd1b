"""The roadmap: the shortest path's lifts as actions, in their order, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.parts.action import (
    Action,
    Joined,
    action,
    beside,
    is_fine,
    joined_steps,
    score_after,
    takes,
    tenths,
)
from cx_maturity.parts.held import closing_next, held_at
from cx_maturity.parts.row import DASH, level_chip
from cx_maturity.parts.source import Thought

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cx_maturity.model import Action as Decided
    from cx_maturity.parts.row import Chip
    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import Path

_KINDS = ("basic", "build", "innovate")
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Group:
    """The actions of one kind, and what they do together."""

    kind: str
    meaning: str
    does: str
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """The overall after one action, or now."""

    place: str
    title: str
    effort: str
    score: str
    chip: Chip


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The shortest path as a plan; *reason* says why there is none."""

    heading: str
    finding: str
    reason: str
    groups: tuple[Group, ...]
    stages: tuple[Stage, ...]
    further: Thought | None
    aside_heading: str
    aside: tuple[Action, ...]
    notes: tuple[str, ...]


def roadmap(about: Subject) -> Roadmap | None:
    """Write the path to the next level, and what was decided beside it; None for neither."""
    path, words = about.advice.path, about.words
    joined = joined_steps(about, path)
    aside = tuple(beside(about, decided) for decided in _off(about, joined))
    if path is None or not (joined or aside or path.reason):
        return None
    actions = [action(about, place, one) for place, one in enumerate(joined, 1)]
    return Roadmap(
        heading=words.text("The shortest path to level {k}", k=path.goal) if joined else "",
        finding=_finding(about, path, joined),
        reason=_reason(about, path),
        groups=tuple(_groups(about, joined, actions)),
        stages=tuple(_stages(about, joined, actions)),
        further=_further(about),
        aside_heading=words.text("Decided outside the shortest path"),
        aside=aside,
        notes=_notes(about, path, joined),
    )


def next_action(about: Subject) -> Action | None:
    """Return the first action of the path, with what it is for."""
    joined = joined_steps(about, about.advice.path)
    if not joined:
        return None
    return replace(action(about, 1, joined[0]), purpose=_purpose(about, joined))


def target_scores(about: Subject) -> dict[str, Fraction]:
    """Return the score that the path takes each capability to, where it may be shown."""
    found = {}
    for one in joined_steps(about, about.advice.path):
        score = one.last.capability_score
        if score is not None and is_fine(about, one, Fraction(1, _HUNDRED), within=True):
            found[one.capability.id] = score
    return found


def _off(about: Subject, joined: Sequence[Joined]) -> list[Decided]:
    """Return the decided actions that are no step of the path."""
    return [d for d in about.wave.actions if not any(takes(d, one) for one in joined)]


# --- the whole path ----------------------------------------------------------


def _finding(about: Subject, path: Path, joined: Sequence[Joined]) -> str:
    """Claim no more than the search found: how many steps open the level, and of what kind."""
    words, n = about.words, len(joined)
    if not joined:
        return ""
    names = list(dict.fromkeys(one.capability.id for one in joined))
    if len(names) == 1:
        return words.plural(
            "One step opens level {k}: {name}",
            "{count} steps open level {k}, all in one capability: {name}",
            n,
            count=words.start(words.count(n)),
            k=path.goal,
            name=about.inside(names[0]),
        )
    basics = sum(one.step.kind == _KINDS[0] for one in joined)
    counted = {"count": words.start(words.count(n)), "k": path.goal}
    if basics == n:
        return words.text("{count} steps open level {k}, every one of them a basic", **counted)
    if not basics:
        return words.text("{count} steps open level {k}", **counted)
    return words.plural(
        "{count} steps open level {k}, {basics} of them a basic",
        "{count} steps open level {k}, {basics} of them basics",
        basics,
        basics=words.count(basics),
        **counted,
    )


def _purpose(about: Subject, joined: Sequence[Joined]) -> str:
    words, first, path = about.words, joined[0], about.advice.path
    name, goal = first.capability.id, path.goal if path else 0
    said = []
    if held_at(about) and name in about.card.held_by:
        said.append(
            words.text(
                "It is a foundation that holds the whole at level {k}.",
                k=about.card.overall.gated_level,
            )
        )
    elif name in closing_next(about):
        said.append(
            words.text(
                "It is a foundation that would not let the whole rise to level {k}.",
                k=(about.card.overall.gated_level or 0) + 1,
            )
        )
    said.append(
        words.plural(
            "This step alone opens level {k}.",
            "It is the first of {count} steps that open level {k} with the least effort.",
            len(joined),
            count=words.count(len(joined)),
            k=goal,
        )
    )
    return " ".join(said)


def _reason(about: Subject, path: Path) -> str:
    """Say why there is no path."""
    text = about.words.text
    return {
        "": "",
        "highest": text("This is the highest level; there is no next one to find a path to."),
        "no-level": text("Without a level there is no path to the next."),
        "no-steps": text(
            "The next level needs questions for which this questionnaire names no step."
        ),
        "not-additive": text(
            "The lowest part decides here, person by person, so that what one step adds depends on "
            "all others: no shortest path is worked out."
        ),
        "out-of-reach": text(
            "Level {k} rests on questions that nobody answered: no step reaches it.", k=path.goal
        ),
    }[path.reason]


def _groups(about: Subject, joined: Sequence[Joined], actions: Sequence[Action]) -> Iterator[Group]:
    """Sort actions by kind; one that has to follow a later kind stands with that kind."""
    kinds: dict[int, list[int]] = {}
    latest: dict[str, int] = {}
    for place, one in enumerate(joined):
        name = one.capability.id
        latest[name] = max(latest.get(name, 0), _KINDS.index(one.step.kind))
        kinds.setdefault(latest[name], []).append(place)
    for kind, places in sorted(kinds.items()):
        yield Group(
            *_kind(about, _KINDS[kind]),
            does=_does(about, [joined[place] for place in places]),
            actions=tuple(actions[place] for place in places),
        )


def _kind(about: Subject, kind: str) -> tuple[str, str]:
    text = about.words.text
    return {
        "basic": (text("Basics"), text("Takes harm or luck away from today\u2019s customers")),
        "build": (text("Build"), text("Makes it the same everywhere, or puts a number on it")),
        "innovate": (text("Innovate"), text("Gives customers what they have not had")),
    }[kind]


def _does(about: Subject, group: Sequence[Joined]) -> str:
    """Say what a group of actions comes to: a level that opens, else the score."""
    words, last = about.words, group[-1]
    if last.last.level > group[0].before:
        return words.text("Opens level {k}", k=last.last.level)
    score = score_after(about, last)
    return words.text("Takes the overall to {score}", score=score) if score != DASH else ""


def _stages(about: Subject, joined: Sequence[Joined], actions: Sequence[Action]) -> Iterator[Stage]:
    if not joined:
        return
    overall, questionnaire = about.card.overall, about.questionnaire
    now = about.points(overall)
    if overall.score is not None and is_fine(about, joined[0], Fraction(1, 10 * _HUNDRED)):
        now = tenths(about, overall.score)
    yield Stage("", about.words.text("Now"), "", now, about.chip(overall))
    for one, done in zip(joined, actions, strict=True):
        chip = level_chip(questionnaire, one.last.level, about.words)
        score = score_after(about, one)
        yield Stage(done.place, done.rise, done.effort_of, score, chip)


def _years(joined: Sequence[Joined]) -> dict[str, int]:
    """Count the levels that each capability rises by on the path."""
    found: dict[str, int] = {}
    for one in joined:
        found[one.capability.id] = found.get(one.capability.id, 0) + 1
    return found


def _further(about: Subject) -> Thought | None:
    """Sum up the path to the target level, beyond the next."""
    path, words = about.advice.target_path, about.words
    joined = joined_steps(about, path)
    if path is None or not joined:
        return None
    nearer = {(one.capability.id, one.step.start) for one in joined_steps(about, about.advice.path)}
    shared = sum((one.capability.id, one.step.start) in nearer for one in joined)
    said = [
        words.plural(
            "From today\u2019s answers to level {k}, the target, the shortest path is {count} "
            "step.",
            "From today\u2019s answers to level {k}, the target, the shortest path is {count} "
            "steps.",
            len(joined),
            k=path.goal,
            count=words.count(len(joined)),
        )
    ]
    if shared:
        said.append(
            words.plural(
                "{count} of them is on the path to the next level as well.",
                "{count} of them are on the path to the next level as well.",
                shared,
                count=words.start(words.count(shared)),
            )
        )
    capabilities = _years(joined)
    most = max(capabilities.values())
    said.append(
        words.plural(
            "It lifts {count} capability; at one level a year it takes {years} years or more.",
            "It lifts {count} capabilities; at one level a year it takes {years} years or more.",
            len(capabilities),
            count=words.count(len(capabilities)),
            years=words.count(most),
        )
        if most > 1
        else words.plural(
            "It lifts {count} capability, by no more than one level.",
            "It lifts {count} capabilities, none by more than one level.",
            len(capabilities),
            count=words.count(len(capabilities)),
        )
    )
    return Thought(words.text("And on to level {k}", k=path.goal), tuple(said))


def _notes(about: Subject, path: Path, joined: Sequence[Joined]) -> tuple[str, ...]:
    words, said = about.words, []
    if joined:
        said.append(
            words.plural(
                "Found by an exact search of every set of steps: none reaches level {k} with less "
                "effort than this one, {n} in all.",
                "Found by an exact search of every set of steps: none reaches level {k} with less "
                "effort than this one, {n} in all.",
                path.effort,
                k=path.goal,
            )
        )
        said.append(
            words.text(
                "A step counts its effort for each question that it raises, and raises everybody "
                "below the anchor: gains assume that everyone\u2019s answer moves."
            )
            if about.people > 1
            else words.text(
                "A step counts its effort for each question that it raises; gains assume that the "
                "answer moves."
            )
        )
        said.append(words.text("At most one level of each capability is promised for a year."))
    rises = {name: levels for name, levels in _years(joined).items() if levels > 1}
    if rises:
        most = max(rises.values())
        said.append(
            words.plural(
                "This path takes more than a year: {names} has to rise by more than one level, so "
                "count on {years} years at least.",
                "This path takes more than a year: {names} have to rise by more than one level, so "
                "count on {years} years at least.",
                len(rises),
                names=about.named(list(rises)),
                years=words.count(most),
            )
        )
    return tuple(said)
