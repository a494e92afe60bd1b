"""What was decided for a step of a capability, now or after an earlier wave: who, by when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from cx_maturity.model import Untranslated
from cx_maturity.reading.plan import deadline, horizon

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from cx_maturity.model import Action, Text, Wave
    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import Followed

_YEAR = timedelta(365)
_TO = "\N{NO-BREAK SPACE}\N{RIGHTWARDS ARROW}\N{NO-BREAK SPACE}"


class Decision(NamedTuple):
    """An action, the wave after which it was decided and, for an earlier one, what came of it."""

    action: Action
    wave: Wave
    followed: Followed | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still stands: decided now, or earlier and not closed."""
        return self.followed is None or not self.followed.is_closed

    @property
    def value(self) -> Text | None:
        """Where its number stands now, as far as was reported."""
        return self.followed.outcome.value if self.followed and self.followed.outcome else None

    @property
    def is_late(self) -> bool:
        """Whether it was to be done by now and is still open."""
        return self.followed is not None and self.is_open and self.followed.is_due


class Dated(NamedTuple):
    """The day for a step; *known* is how exactly it is meant: "day", "month" or "year"."""

    day: date
    known: str
    state: str  # "decided", "proposed" or "passed"


def decisions(about: Subject, capability: str, start: int) -> list[Decision]:
    """Return what was decided for the step of a capability from level *start*, newest first."""
    loop = about.advice.loop
    waves = {wave.id: wave for wave in about.organisation.waves}
    earlier = [Decision(f.action, waves[f.wave], f) for f in (loop.followed if loop else ())]
    found = [Decision(action, about.wave) for action in about.wave.actions] + earlier[::-1]
    return [d for d in found if (d.action.capability, d.action.start) == (capability, start)]


def owner(about: Subject, decision: Decision | None) -> str:
    """Name who was given it, or say that nobody was."""
    if decision is None or decision.action.owner is None:
        return about.words.text("To be named")
    return decision.action.owner.to(about.words.language)


def day(about: Subject, decision: Decision | None, effort: int, years: int = 0) -> date:
    """
    Return the decided day where it is still ahead, else the one that the effort's horizon proposes.

    A capability is promised one level a year: each earlier step puts a proposal off by one.
    """
    wave = about.wave
    if decision and not decision.is_late:
        return deadline(decision.action, decision.wave)
    return wave.date + horizon(wave, effort) + _YEAR * years


def dated(about: Subject, decision: Decision | None, effort: int, years: int = 0) -> Dated:
    """Return the day for a step, and whether it was decided, is proposed, or has passed."""
    if decision is None:
        return Dated(day(about, None, effort, years), about.wave.known, "proposed")
    action, wave = decision.action, decision.wave
    if decision.followed is None and action.due is None:
        return Dated(deadline(action, wave), wave.known, "proposed")
    known = action.due_known if action.due else wave.known
    state = "passed" if decision.is_late else "decided"
    return Dated(action.due or deadline(action, wave), known, state)


def by(about: Subject, found: Dated) -> str:
    """Write the day, and that it is proposed or has passed."""
    words, written = about.words, about.words.date(found.day, found.known)
    match found.state:
        case "proposed":
            return words.text("{date}, proposed", date=written)
        case "passed":
            return words.text("Was due {date}; a new day is to be set", date=written)
    return written


def target(about: Subject, decision: Decision | None) -> str:
    """Write where the number was, is and is to go, as the organisation wrote it."""
    text = about.words.text
    if decision is None or not (decision.action.baseline or decision.action.goal or decision.value):
        return text("Baseline to be taken")
    written = (decision.action.baseline, decision.value, decision.action.goal)
    then, now, goal = (text and figure_said(about, text) for text in written)
    if not goal:
        return text("Now {baseline}, target to be set", baseline=now or then)
    if now and then:
        return text(
            "Then {baseline}, now {value}, target {goal}", baseline=then, value=now, goal=goal
        )
    if now:
        return text("Now {value}, target {goal}", value=now, goal=goal)
    if then:
        return f"{then}{_TO}{goal}"
    return text("Target {goal}, baseline to be taken", goal=goal)


def figure_said(about: Subject, figure: Text) -> str:
    """Write an organisation's own figure; the sign of a percentage stays on its line."""
    said = figure.to(about.words.language)
    kept = said.replace(" %", "\N{NO-BREAK SPACE}%")
    if isinstance(said, Untranslated):
        kept = Untranslated(kept)
        kept.language = said.language
    return kept


def told(about: Subject, found: list[Decision]) -> Iterator[str]:
    """Say when earlier actions for the same step were decided, and what came of them."""
    for decision in found:
        if decision.followed:
            yield _told(about, decision, decision.followed)


def _told(about: Subject, decision: Decision, followed: Followed) -> str:
    words, text, done = about.words, about.words.text, ""
    when = {"month": words.month(decision.wave.date, decision.wave.known)}
    if followed.outcome:
        done = followed.outcome.done
    if done == "dropped":
        return text("Decided in {month} and dropped; the path still leads over it.", **when)
    if done == "yes":
        reached = bool(followed.outcome and followed.outcome.reached == "yes")
        return {
            (True, True): text(
                "Decided in {month} and done, its goal reached; the answers have not followed yet.",
                **when,
            ),
            (True, False): text(
                "Decided in {month} and done; these answers still ask for it.", **when
            ),
            (False, False): text("Decided in {month} and done, but not measured again.", **when),
        }[followed.is_closed, reached]
    if decision.is_late:
        return {
            "": text("Decided in {month}; it is past its day, and nothing was reported.", **when),
            "no": text("Decided in {month}; it is past its day, and not done.", **when),
            "partly": text("Decided in {month}; it is past its day, and done in part.", **when),
        }[done]
    if done == "partly":
        return text("Decided in {month}, and done in part so far.", **when)
    return text("Decided in {month}; its day is still to come.", **when)
