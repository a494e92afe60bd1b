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
    decisions_for,
    ends,
    is_fine,
    joined_steps,
    rise,
    score_after,
    tenths,
)
from cx_maturity.parts.climb import climb
from cx_maturity.parts.held import closing_next, held_at
from cx_maturity.parts.row import DASH, level_chip
from cx_maturity.parts.source import Thought
from cx_maturity.reading.plan import last_day
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cx_maturity.model import Action as Decided
    from cx_maturity.parts.row import Chip, Figure
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
    climb: Figure | None  # the stages as a picture
    stages: tuple[Stage, ...]
    further: Thought | None
    in_time: Thought | None
    too_soon: str  # a target's day that comes before the path's end
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
    stages = tuple(_stages(about, joined, actions))
    return Roadmap(
        heading=words.text("The shortest path to level {k}", k=path.goal) if joined else "",
        finding=_finding(about, path, joined),
        reason=_reason(about, path),
        groups=tuple(_groups(about, joined, actions)),
        climb=climb(about, joined, [stage.score for stage in stages]),
        stages=stages,
        further=_further(about),
        in_time=_in_time(about),
        too_soon=too_soon(about),
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
    on_path = {decision.action.id for one in joined for decision in decisions_for(about, one)}
    return [action for action in about.wave.actions if action.id not in on_path]


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
                "It is a foundation that holds the whole down at level {k}.",
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
    late = too_soon(about)
    if len(joined) > 1 and not late:
        said.append(_planned_for(about, joined))
    return " ".join([*said, late]).rstrip()


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
        "few": text(
            "The next level needs questions that fewer than five people answered: ask more of them "
            "first."
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
    if score in {DASH, about.points(about.card.overall)}:
        return ""
    return words.text("Takes the overall to {score}", score=score)


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


def _planned_for(about: Subject, joined: Sequence[Joined]) -> str:
    """Say when the last step of a path is to be done, by the days decided and proposed."""
    words, last = about.words, max(ends(about, one) for one in joined)
    return words.text(
        "By the days decided and proposed, the last ends in {month}.", month=words.month(last)
    )


def too_soon(about: Subject) -> str:
    """Say that the target level's day comes before the end of the path to it."""
    loop, words, advice = about.advice.loop, about.words, about.advice
    for found in loop.trajectories if loop else ():
        target, paths = found.target, (advice.path, advice.target_path)
        path = next((path for path in paths if path and path.goal == target.level), None)
        joined = joined_steps(about, path)
        if target.measure != OVERALL or target.by is None or found.is_met or not joined:
            continue
        last = max(ends(about, one) for one in joined)
        if last > last_day(target.by, target.known):
            late = words.text(
                "The target, level {k} by {date}, comes before the path of least effort to it "
                "ends, {month}.",
                k=target.level,
                date=words.date(target.by, target.known),
                month=words.month(last),
            )
            return f"{late} {_faster(about, path)}".rstrip()
    return ""


def _faster(about: Subject, path: Path | None) -> str:
    """Say what a path that ends in time costs, or that there is none."""
    timely, text = about.advice.timely_path, about.words.text
    if timely is None or path is None:
        return ""
    if not timely.lifts:
        return text(
            "No path ends in time: at most one level of each capability is promised for a year."
        )
    if timely.effort == path.effort:
        return text("Another one, of the same effort, ends in time.")
    return text(
        "One that ends in time takes {n} points of effort, not {least}.",
        n=about.words.number(timely.effort),
        least=about.words.number(path.effort),
    )


def _lagging(about: Subject, joined: Sequence[Joined]) -> list[str]:
    """Explain steps that are earlier than their capability's level."""
    levels = ((about.measure(one.capability.id).level, one.step.start) for one in joined)
    if not any(level is not None and level > start for level, start in levels):
        return []
    return [
        about.words.text(
            "A step is numbered by the answer that it raises: where one question lags, that is "
            "less than its capability\u2019s level."
        )
    ]


def _untouched(about: Subject, joined: Sequence[Joined]) -> list[str]:
    """Name the measures that have a target which no step of the path takes them nearer to."""
    loop = about.advice.loop
    raised = {one.capability.id for one in joined}
    raised |= {d.id for d in about.dimensions if raised & {c.id for c in d.capabilities}}
    names = [
        found.target.measure
        for found in (loop.trajectories if loop else ())
        if not found.is_met
        and found.target.measure in about.titles
        and found.target.measure not in {OVERALL, *raised}
    ]
    if not names:
        return []
    return [
        about.words.text(
            "A target stands for {names} too, which no step of this path raises.",
            names=about.named(names),
        )
    ]


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
    said.append(_planned_for(about, joined))
    return Thought(words.text("And on to level {k}", k=path.goal), tuple(said))


def _in_time(about: Subject) -> Thought | None:
    """List the steps of the path that ends by the target's day."""
    joined, words = joined_steps(about, about.advice.timely_path), about.words
    if not joined:
        return None
    return Thought(
        words.text("In time for the target"),
        (
            words.plural(
                "{count} step: {steps}.",
                "{count} steps: {steps}.",
                len(joined),
                count=words.start(words.count(len(joined))),
                steps=words.listing(
                    [rise(about, one.capability, one.step.start) for one in joined]
                ),
            ),
            _planned_for(about, joined),
            words.text(
                "Found by the same search, among the sets of steps that end by the target\u2019s "
                "day."
            ),
        ),
    )


def _notes(about: Subject, path: Path, joined: Sequence[Joined]) -> tuple[str, ...]:
    words, said = about.words, []
    if joined:
        said.append(
            words.plural(
                "Found by an exact search of every set of steps: none reaches level {k} with less "
                "effort than this one, {n} point of effort in all.",
                "Found by an exact search of every set of steps: none reaches level {k} with less "
                "effort than this one, {n} points of effort in all.",
                path.effort,
                k=path.goal,
            )
        )
        said.append(
            words.text(
                "A step counts its effort for each question that it raises, and lifts every lower "
                "answer to the described one: gains assume that everyone\u2019s answer moves."
            )
            if about.people > 1
            else words.text(
                "A step counts its effort for each question that it raises; gains assume that the "
                "answer moves."
            )
        )
        if len(joined) > 1:
            said.append(
                words.text(
                    "Points of effort, 1 to 5, are added up by convention: they put work in order "
                    "and do not measure time or money."
                )
            )
        said.append(words.text("At most one level of each capability is promised for a year."))
        if len(joined) > 1:
            said.append(_planned_for(about, joined))
        said += _lagging(about, joined)
        said += _untouched(about, joined)
    return tuple(said)
