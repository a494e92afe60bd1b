"""One action of a plan: what changes, what it takes and gains, who, by when, which number."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from cx_maturity.advising.decided import Calendar, Decision, dated, decisions
from cx_maturity.disclosure import FEWEST
from cx_maturity.parts.contested import is_contested
from cx_maturity.parts.decision import by, owner, target, told
from cx_maturity.parts.row import DASH, naming_levels

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from cx_maturity.advising.decided import Dated
    from cx_maturity.model import Action as Decided
    from cx_maturity.model import Capability, Question, Step
    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import Lift, Path

_HUNDRED = 100
# A gain or a score is written so coarsely that it hides this many of one person's anchors.
_HIDDEN_ANCHORS = 4


@dataclass(frozen=True, slots=True)
class Action:
    """
    One step of a capability, ready to print; on the path it joins the lifts of say and do.

    *purpose* is for a reader who sees this action alone.  What was decided is empty where
    nothing was: then *owner* and *by* say so.
    """

    place: str  # 1, 2, 3 on the path; empty beside it
    capability: str
    rise: str
    action: str
    changes: tuple[str, ...]
    effort: str
    effort_of: str  # 2 of 5
    gain: str
    opens: bool
    owner: str
    is_owned: bool
    by: str
    dated: Dated
    number: str
    target: str
    score: str  # the capability's, now and after
    sign: str
    purpose: str = ""
    contested: str = ""  # that people are too far apart on what it raises
    told: tuple[str, ...] = ()  # what came of earlier decisions for the same step
    is_unfinished: bool = False  # decided after an earlier wave, and still open
    also: tuple[str, ...] = ()
    decided: str = ""  # the id of the action that takes the step


class Joined(NamedTuple):
    """The lifts of one step of one capability."""

    capability: Capability
    step: Step
    lifts: tuple[Lift, ...]
    before: int  # the overall's gated level
    own: Fraction | None  # the capability's score before
    year: int  # how many steps of the capability stand before it

    @property
    def last(self) -> Lift:
        """The last of the lifts, which knows what all of them come to."""
        return self.lifts[-1]

    @property
    def gain(self) -> Fraction:
        """What the lifts add to the overall together, 0-1."""
        return sum((lift.gain for lift in self.lifts), Fraction(0))


def joined_steps(about: Subject, path: Path | None) -> list[Joined]:
    """Join the lifts of one capability's step; the path has them one after another."""
    if path is None:
        return []
    capabilities = {capability.id: capability for capability in about.capabilities}
    by_step: dict[tuple[str, int], list[Lift]] = {}
    for lift in path.lifts:
        by_step.setdefault((lift.capability, lift.step), []).append(lift)
    found: list[Joined] = []
    level = about.card.overall.gated_level or 1
    scores = {name: about.measure(name).score for name, _ in by_step}
    for (name, start), lifts in by_step.items():
        step = next(step for step in capabilities[name].steps if step.start == start)
        year = sum(one.capability.id == name for one in found)
        found.append(Joined(capabilities[name], step, tuple(lifts), level, scores[name], year))
        level, scores[name] = lifts[-1].level, lifts[-1].capability_score
    return found


def action(about: Subject, place: int, one: Joined) -> Action:
    """Write the action at a *place* of the path, with what was decided for it."""
    words, found = about.words, decisions_for(about, one)
    standing = [decision for decision in found if decision.is_open]
    now = next(iter(standing), None)
    title = now.action.title if now else one.step.action
    on = dated(about.wave, now, one.step.effort, one.year)
    return Action(
        place=words.number(place),
        capability=about.titles[one.capability.id],
        rise=rise(about, one.capability, one.step.start),
        action=title.to(words.language),
        changes=tuple(_changes(about, one)),
        effort=effort_said(about, one.step.effort),
        effort_of=_of_five(about, one.step.effort),
        gain=_gain(about, one),
        opens=one.last.level > one.before,
        owner=owner(about, now),
        is_owned=bool(now and now.action.owner),
        by=by(about, on),
        dated=on,
        number=_number(about, now.action if now else None, one.step),
        target=target(about, now or next(iter(found), None)),
        score=_score(about, one),
        sign=one.step.sign.to(words.language),
        contested=_contested(about, one),
        told=tuple(told(about, found)),
        is_unfinished=bool(now and now.followed),
        also=tuple(_also(about, other.action) for other in standing[1:] if not other.followed),
        decided=now.action.id if now else "",
    )


def _contested(about: Subject, one: Joined) -> str:
    """Warn where the answers that a step raises are no common view."""
    text, questions = about.words.text, {lift.question for lift in one.lifts}
    if not any(is_contested(about, question) for question in questions):
        return ""
    if len(questions) == 1:
        return text(
            "Answers to this question lie too far apart to be one view: see first where it is "
            "done already, and where not."
        )
    return text(
        "Answers to one of these questions, or more, lie too far apart to be one view: see first "
        "where it is done already, and where not."
    )


def decisions_for(about: Subject, one: Joined) -> list[Decision]:
    """Return what was decided for a step of the path, newest first."""
    waves, loop = about.organisation.waves, about.advice.loop
    return decisions(waves, about.wave, loop, one.capability.id, one.step.start)


def ends(about: Subject, one: Joined) -> date:
    """Return the day of a step of the path: the decided one, else the proposed."""
    calendar = Calendar(about.organisation.waves, about.wave, about.advice.loop)
    return calendar.ends(one.capability.id, one.step.start, one.year)


def beside(about: Subject, decided: Decided) -> Action:
    """Write an action that was decided and is not on the path."""
    capability = next((c for c in about.capabilities if c.id == decided.capability), None)
    step = None
    named = ""
    if capability and decided.start is not None:
        step = next((step for step in capability.steps if step.start == decided.start), None)
        named = rise(about, capability, decided.start)
    language, alone = about.words.language, Decision(decided, about.wave)
    on = dated(about.wave, alone, decided.effort)
    return Action(
        place="",
        capability=about.titles[capability.id] if capability else "",
        rise=named,
        action=decided.title.to(language),
        changes=(),
        effort=effort_said(about, decided.effort),
        effort_of=_of_five(about, decided.effort),
        gain="",
        opens=False,
        owner=owner(about, alone),
        is_owned=bool(decided.owner),
        by=by(about, on),
        dated=on,
        number=_number(about, decided, step),
        target=target(about, alone),
        score="",
        sign=step.sign.to(language) if step else "",
    )


def rise(about: Subject, capability: Capability, start: int) -> str:
    """Name a step: its capability, from which level and to which."""
    return about.words.text(
        "{capability}, step {k}\N{NO-BREAK SPACE}\N{RIGHTWARDS ARROW}\N{NO-BREAK SPACE}{next}",
        capability=about.titles[capability.id],
        k=start,
        next=start + 1,
    )


def effort_said(about: Subject, effort: int) -> str:
    """Say what an effort of 1-5 means."""
    text = about.words.text
    return {
        1: text("1 of 5: two weeks of one team\u2019s work, no money"),
        2: text("2 of 5: a month of one team\u2019s work"),
        3: text("3 of 5: a quarter, several teams"),
        4: text("4 of 5: half a year, with a budget"),
        5: text("5 of 5: a year, systems or organisation"),
    }[effort]


def _of_five(about: Subject, effort: int) -> str:
    return about.words.text("{effort} of 5", effort=effort)


def _number(about: Subject, decided: Decided | None, step: Step | None) -> str:
    found = (decided and decided.number) or (step and step.number)
    return found.to(about.words.language) if found else ""


def _also(about: Subject, decided: Decided) -> str:
    alone = Decision(decided, about.wave)
    return about.words.text(
        "Also decided for this step: {action} Owner: {owner}. By: {date}.",
        action=_sentence(decided.title.to(about.words.language)),
        owner=owner(about, alone),
        date=by(about, dated(about.wave, alone, decided.effort)),
    )


def _sentence(title: str) -> str:
    return title if title.endswith((".", "!", "?")) else f"{title}."


# --- anchors in words --------------------------------------------------------


def _changes(about: Subject, one: Joined) -> Iterator[str]:
    """Say for each question from which anchor to which it goes."""
    words = about.words
    lifts: dict[str, list[Lift]] = {}
    for lift in one.lifts:
        lifts.setdefault(lift.question, []).append(lift)
    questions = {question.id: question for question in one.capability.questions}
    for name, own in lifts.items():
        question = questions[name]
        if about.wave.is_panel and about.card.questions[name].n < FEWEST:
            change = words.text("One anchor up; fewer than five answered, so not from which.")
        else:
            change = words.text(
                "From {start} to {end}.",
                start=_anchor(about, question, own[0].start),
                end=_anchor(about, question, own[-1].end),
            )
        yield _by_aspect(about, question, change)


def _by_aspect(about: Subject, question: Question, change: str) -> str:
    text = about.words.text
    match question.aspect:
        case "say":
            return text("Say: {change}", change=change)
        case "do":
            return text("Do: {change}", change=change)
    return change


def _anchor(about: Subject, question: Question, given: str) -> str:
    """Write an anchor in its words, with the answer that stands for it."""
    words = about.words
    for named in (question.anchors, question.scale.labels):
        if given in named:
            name = named[given].to(words.language).rstrip(".")
            return words.text("\u201c{anchor}\u201d ({answer})", anchor=name, answer=given)
    return given


# --- numbers -----------------------------------------------------------------


def is_fine(about: Subject, one: Joined, unit: Fraction, *, within: bool = False) -> bool:
    """
    Tell whether a gain written in steps of *unit* tells nothing of one to four people.

    It adds up how many anchors everybody rises, which one person's answer may be most of.
    *within*: of the capability's own score, not of the overall.
    """
    if not about.wave.is_panel:
        return True
    worth = max(lift.worth_within if within else lift.worth for lift in one.lifts)
    return unit >= _HIDDEN_ANCHORS * worth


def _gain(about: Subject, one: Joined) -> str:
    """Write what the overall gains, and the level that opens."""
    words = about.words
    points = one.gain * _HUNDRED
    if is_fine(about, one, Fraction(1, 10 * _HUNDRED)):
        shown = words.decimal(points, 1)
        if points and shown == words.decimal(Fraction(0), 1):
            said = words.text("under 0.1 points")
        else:
            said = words.text("+{points} points", points=shown)
    elif not is_fine(about, one, Fraction(1, _HUNDRED)):
        said = words.text("not shown: too few people")
    elif points < 1:
        said = words.text("under 1 point")
    else:
        whole = int(points + Fraction(1, 2))
        said = words.plural("about +{n} point", "about +{n} points", whole)
    if one.last.level > one.before:
        return words.text(
            "Level {k}\N{NO-BREAK SPACE}\N{RIGHTWARDS ARROW}\N{NO-BREAK SPACE}{next}, {points}",
            k=one.before,
            next=one.last.level,
            points=said,
        )
    return said


def score_after(about: Subject, one: Joined) -> str:
    """Write the overall after an action; coarsely where few answered, a dash where very few."""
    score, levels = one.last.score, naming_levels(about.questionnaire)
    if is_fine(about, one, Fraction(1, 10 * _HUNDRED)):
        return tenths(about, score)
    if not is_fine(about, one, Fraction(1, _HUNDRED)):
        return DASH
    # Whole points, and those of the level that the exact score has.
    whole = Fraction((score * 2 * _HUNDRED + 1) // 2, _HUNDRED)
    if any((whole >= level.start) != (score >= level.start) for level in levels):
        whole = Fraction(score * _HUNDRED // 1, _HUNDRED)
    return about.words.points(whole)


def tenths(about: Subject, score: Fraction) -> str:
    """Write a score with one decimal, or with more where one would name another level."""
    shown = Fraction((score * 20 * _HUNDRED + 1) // 2, 10 * _HUNDRED)
    levels = naming_levels(about.questionnaire)
    if any((shown >= level.start) != (score >= level.start) for level in levels):
        return about.words.points(score, levels)
    return about.words.decimal(score * _HUNDRED, 1)


def _score(about: Subject, one: Joined) -> str:
    """Write the capability's score before and after the step."""
    words, after, own = about.words, one.last.capability_score, one.own
    if own is None or after is None:
        return ""
    title, levels = about.titles[one.capability.id], naming_levels(about.questionnaire)
    if is_fine(about, one, Fraction(1, _HUNDRED), within=True):
        return words.text(
            "{capability} {now}\N{NO-BREAK SPACE}\N{RIGHTWARDS ARROW}\N{NO-BREAK SPACE}{after}",
            capability=title,
            now=words.points(own, levels),
            after=words.points(after, levels),
        )
    start, end = (sum(level.start <= score for level in levels) for score in (own, after))
    if start == end:
        return ""
    return words.text(
        "{capability}, level {k}\N{NO-BREAK SPACE}\N{RIGHTWARDS ARROW}\N{NO-BREAK SPACE}{next}",
        capability=title,
        k=start,
        next=end,
    )
