"""How a decision for a step is written: who, by when, from where to where, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity.model import Untranslated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cx_maturity.advising.decided import Dated, Decision
    from cx_maturity.model import Text
    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import Followed

# A line may end behind the arrow: the two figures are words of an organisation's own.
_TO = "\N{NO-BREAK SPACE}\N{RIGHTWARDS ARROW} "


def owner(about: Subject, decision: Decision | None) -> str:
    """Name who was given it, or say that nobody was."""
    if decision is None or decision.action.owner is None:
        return about.words.text("To be named")
    return decision.action.owner.to(about.words.language)


def by(about: Subject, found: Dated) -> str:
    """Write the day, and that it is proposed or has passed."""
    words, written = about.words, about.words.date(found.day, found.known)
    match found.state:
        case "proposed":
            return words.text("{date}, proposed", date=written)
        case "passed":
            return words.text("Was due {date}; to be given a new day", date=written)
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
