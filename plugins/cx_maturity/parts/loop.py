"""What was decided, and what came of it: actions of earlier rounds, and targets."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.parts.action import beside
from cx_maturity.parts.decision import figure_said
from cx_maturity.parts.row import DASH
from cx_maturity.parts.source import Head, Thought
from cx_maturity.parts.targets import TargetRow, measure_title, target_row
from cx_maturity.reading.plan import deadline
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.results import Loop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cx_maturity.model import Action, Wave
    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import Followed

_UNSURE = "not distinguishable"
_BOTH = 2


@dataclass(frozen=True, slots=True)
class DoneRow:
    """One action, ready to print; what stands *under* a figure explains it."""

    id: str
    title: str
    under: tuple[str, ...]
    done: str
    state: str
    is_closed: bool
    number: str
    baseline: str
    goal: str
    now: str
    measured: str
    since: str
    moved: bool
    scores: str


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """An action that was decided after this round, ready to print."""

    title: str
    rise: str
    owner: str
    by: str
    number: str
    target: str


@dataclass(frozen=True, slots=True)
class Done:
    """What became of earlier actions, what was decided now, and how far targets are."""

    head: Head
    rows: tuple[DoneRow, ...]
    share: Thought | None
    decided_heading: str
    decided: tuple[DecidedRow, ...]
    targets_heading: str
    targets: tuple[TargetRow, ...]
    notes: tuple[str, ...]


def loop_part(about: Subject) -> Done | None:
    """Say what was decided and what came of it; None where nothing was."""
    loop, words, now = about.advice.loop, about.words, about.wave.actions
    if loop is None and not now:
        return None
    loop = loop or Loop((), 0, 0, ())
    waves = {wave.id: wave for wave in about.organisation.waves}
    return Done(
        head=Head(
            "loop",
            words.text("What was decided, and what came of it"),
            _finding(about, loop),
            _lede(about, loop),
        ),
        rows=tuple(_done_row(about, found, waves[found.wave]) for found in loop.followed),
        share=_share(about, loop),
        decided_heading=words.text("Decided after this round"),
        decided=tuple(_decided_row(about, action) for action in now),
        targets_heading=words.text("Targets"),
        targets=tuple(target_row(about, found) for found in loop.trajectories),
        notes=_notes(about, loop),
    )


# --- the finding -------------------------------------------------------------


def _finding(about: Subject, loop: Loop) -> str:
    if not loop.followed:
        return _decided(about) if about.wave.actions else _targets_met(about, loop)
    closed = _closed(about, loop)
    # A goal that was missed comes before what moved: who closes an action without it is not done.
    then = _missed(about, loop) or _moved(about, loop)
    # Translators: two clauses that each could stand alone.
    return about.words.text("{closed}; {moved}", closed=closed, moved=then) if then else closed


def _decided(about: Subject) -> str:
    """Say how many actions this round decided, and how many of them have nobody to do them."""
    words, actions = about.words, about.wave.actions
    ownerless = sum(action.owner is None for action in actions)
    count = {"count": words.start(words.count(len(actions)))}
    if not ownerless:
        return words.plural(
            "{count} action is decided, with an owner",
            "{count} actions are decided, each with an owner",
            len(actions),
            **count,
        )
    if ownerless == len(actions):
        return words.plural(
            "{count} action is decided, without an owner",
            "{count} actions are decided, none with an owner",
            len(actions),
            **count,
        )
    return words.text(
        "{count} actions are decided, {without} of them without an owner",
        without=words.count(ownerless),
        **count,
    )


def _closed(about: Subject, loop: Loop) -> str:
    words, due = about.words, loop.due
    if not due:
        return words.plural(
            "The one action decided is not due yet",
            "None of the {count} actions decided is due yet",
            len(loop.followed),
            count=words.count(len(loop.followed)),
        )
    if not loop.closed:
        return words.plural(
            "The one action that was due is still open",
            "None of the {count} actions that were due is closed",
            due,
            count=words.count(due),
        )
    if loop.closed == due == _BOTH:
        return words.text("Both actions that were due are closed")
    if loop.closed == due:
        return words.plural(
            "The one action that was due is closed",
            "All {count} actions that were due are closed",
            due,
            count=words.count(due),
        )
    return words.plural(
        "{closed} of {due} actions that were due is closed",
        "{closed} of {due} actions that were due are closed",
        loop.closed,
        closed=words.start(words.count(loop.closed)),
        due=words.count(due),
    )


def _missed(about: Subject, loop: Loop) -> str:
    """Say how many of the closed actions missed their goal."""
    words = about.words
    missed = sum(_has_missed(found) for found in loop.followed if found.is_closed)
    if not missed:
        return ""
    if loop.closed == 1:
        return words.text("its goal was missed")
    return words.plural(
        "one of them missed its goal",
        "{count} of them missed their goals",
        missed,
        count=words.count(missed),
    )


def _has_missed(found: Followed) -> bool:
    return bool(found.outcome and found.outcome.reached == "no")


def _moved(about: Subject, loop: Loop) -> str:
    """Say how many of the capabilities that actions are about went up; nothing without a word."""
    words = about.words
    verdicts = {(f.action.capability, f.verdict) for f in loop.followed if f.verdict}
    if not verdicts:
        return ""
    up, down = (sum(word == side for _, word in verdicts) for side in ("up", "down"))
    if up and down:
        return words.text(
            "capabilities: {up} up, {down} down", up=words.number(up), down=words.number(down)
        )
    if up:
        return words.plural(
            "one capability rose", "{count} capabilities rose", up, count=words.count(up)
        )
    if down:
        return words.plural(
            "one capability fell", "{count} capabilities fell", down, count=words.count(down)
        )
    return words.text("none of their capabilities clearly moved")


def _targets_met(about: Subject, loop: Loop) -> str:
    words, targets = about.words, len(loop.trajectories)
    met = sum(found.is_met for found in loop.trajectories)
    if not met:
        return words.plural(
            "The target is not met yet",
            "None of the {count} targets is met yet",
            targets,
            count=words.count(targets),
        )
    if met == targets:
        return words.plural(
            "The target is met",
            "All {count} targets are met",
            targets,
            count=words.count(targets),
        )
    return words.plural(
        "{met} of {of} targets is met",
        "{met} of {of} targets are met",
        met,
        met=words.start(words.count(met)),
        of=words.count(targets),
    )


def _lede(about: Subject, loop: Loop) -> tuple[str, ...]:
    text = about.words.text
    if not loop.followed and about.wave.actions:
        return (text("What the next round will ask about."),)
    if not loop.followed:
        return (text("Where this round stands to what is wanted."),)
    said = [
        text(
            "What was decided after earlier rounds and was not closed before this one. A "
            "capability is compared with the round after which the action was decided."
        )
    ]
    verdicts = {found.verdict for found in loop.followed}
    if _UNSURE in verdicts:
        said.append(text("Not distinguishable: these answers cannot tell."))
    if not about.wave.is_panel:
        said.append(
            text(
                "One set of answers cannot tell a change from chance, so nothing is called up or "
                "down."
            )
        )
    return tuple(said)


# --- actions -----------------------------------------------------------------


def _done_row(about: Subject, found: Followed, decided: Wave) -> DoneRow:
    words, action, outcome = about.words, found.action, found.outcome
    own = action.number
    value = figure_said(about, outcome.value) if outcome and outcome.value else ""
    measured = ""
    if outcome and value and outcome.measured:
        measured = words.date(outcome.measured, outcome.measured_known)
    return DoneRow(
        id=action.id,
        title=action.title.to(words.language),
        under=_under(about, found, decided),
        done=_done_word(about, found),
        state=_state(about, found),
        is_closed=found.is_closed,
        number=own.to(words.language) if own else _scored_title(about, found),
        baseline=words.text("Then {value}", value=figure_said(about, action.baseline))
        if action.baseline
        else "",
        goal=figure_said(about, action.goal) if action.goal else DASH,
        now=value or (_score_now(about, found) if own is None else DASH),
        measured=measured,
        since=_since(about, found),
        moved=found.verdict in {"up", "down"},
        scores=_scores(about, found),
    )


def _decided_row(about: Subject, action: Action) -> DecidedRow:
    written = beside(about, action)
    return DecidedRow(
        title=written.action,
        rise=written.rise or written.capability,
        owner=written.owner,
        by=written.by,
        number=written.number,
        target=written.target if written.number else "",
    )


def _under(about: Subject, found: Followed, decided: Wave) -> tuple[str, ...]:
    """Say who was to do it, when it was decided, and by when."""
    words, action = about.words, found.action
    known = action.due_known if action.due else decided.known
    said = [action.owner.to(words.language)] if action.owner else []
    decided_in = words.month(decided.date, decided.known)
    by = words.date(action.due or deadline(action, decided), known)
    said.append(words.text("Decided {month}, due {day}", month=decided_in, day=by))
    return tuple(said)


def _done_word(about: Subject, found: Followed) -> str:
    text = about.words.text
    if found.outcome is None:
        return text("not reported")
    return {
        "yes": text("yes"),
        "partly": text("partly"),
        "no": text("not done"),
        "dropped": text("dropped"),
    }[found.outcome.done]


def _state(about: Subject, found: Followed) -> str:
    text = about.words.text
    if found.is_closed and _has_missed(found):
        return text("Closed, its goal missed")
    if found.is_closed and found.outcome and found.outcome.reached:
        return text("Closed, its goal reached")
    if found.is_closed:
        return text("Closed")
    if found.outcome and found.outcome.done == "yes":
        return text("Open: not measured again")
    return text("Open, past its day") if found.is_due else text("Open, not due yet")


def _scored_title(about: Subject, found: Followed) -> str:
    capability = found.action.capability
    if capability is None:
        return DASH
    return about.words.text("Score: {title}", title=measure_title(about, capability))


def _score_now(about: Subject, found: Followed) -> str:
    return about.points(found.later) if found.later else DASH


def _since(about: Subject, found: Followed) -> str:
    text = about.words.text
    if found.verdict is None:
        return ""
    return {"up": text("up"), "down": text("down"), _UNSURE: text("not distinguishable")}[
        found.verdict
    ]


def _scores(about: Subject, found: Followed) -> str:
    """Write the capability's two scores; a dash where there are no two."""
    then, now, capability = found.earlier, found.later, found.action.capability
    if capability is None or then is None or now is None or None in {then.score, now.score}:
        return DASH
    return about.words.text(
        "{title}: {then}, now {now}",
        title=measure_title(about, capability),
        then=about.points(then),
        now=about.points(now),
    )


def _share(about: Subject, loop: Loop) -> Thought | None:
    if not loop.due:
        return None
    words = about.words
    return Thought(
        words.text(
            "Loops closed: {closed} of {due} ({share})",
            closed=words.number(loop.closed),
            due=words.number(loop.due),
            share=words.percent(Fraction(loop.closed, loop.due)),
        ),
        (
            words.text(
                "Counted are actions that were due by this round, or closed before their day."
            ),
            *_how_closed(about, loop),
            words.text(
                "An action is closed when it was dropped on purpose, or when it was done and what "
                "it should move was measured again: its own number, or its capability\u2019s score."
            ),
        ),
    )


def _how_closed(about: Subject, loop: Loop) -> Iterator[str]:
    """Say what the closed actions are made up of: a closed one need not have changed anything."""
    if not loop.closed:
        return
    text, number = about.words.text, about.words.number
    closed = [found for found in loop.followed if found.is_closed]
    dropped = sum(bool(f.outcome and f.outcome.done == "dropped") for f in closed)
    reported = sum(bool(f.outcome and f.outcome.done == "yes" and f.outcome.value) for f in closed)
    yield text(
        "Closed: {reported} done with an own number reported, {scored} done with only the "
        "capability\u2019s score measured again, {dropped} dropped.",
        reported=number(reported),
        scored=number(len(closed) - dropped - reported),
        dropped=number(dropped),
    )


# --- how to read it ---------------------------------------------------------


def _notes(about: Subject, loop: Loop) -> tuple[str, ...]:
    """Explain the table of targets: the forecast, the gate, and how strict the words are."""
    text, said = about.words.text, []
    if any(found.verdict for found in loop.followed):
        said.append(
            text(
                "Whether a capability moved is decided among all that are compared, and so more "
                "strictly than by its interval (Holm\u2019s adjustment)."
            )
        )
    if any(found.forecast for found in loop.trajectories):
        said.append(
            text(
                "A forecast is the range that holds the score of that day in about 95 of 100 such "
                "forecasts, as long as the rounds go on as they did: in a straight line, levelling "
                "off or wandering. So few rounds cannot show that they will. It is a calculation, "
                "not a promise."
            )
        )
    targets = [found.target for found in loop.trajectories]
    if about.questionnaire.gate is not None and any(
        target.level is not None and target.measure == OVERALL for target in targets
    ):
        said.append(
            text(
                "The overall level depends on the foundations as well; distance and forecast are "
                "those of the score alone."
            )
        )
    return tuple(said)
