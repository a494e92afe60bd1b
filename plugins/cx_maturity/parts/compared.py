"""What two rounds of answers are compared over, and what cannot be told from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity.parts.source import Thought

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import Change, Movement


def parts(about: Subject, movement: Movement) -> list[Change]:
    """Return the changes of the capabilities or, where there are none, of the dimensions."""
    known = [c.id for c in about.capabilities] or [d.id for d in about.dimensions]
    return [movement.changes[part] for part in known if part in movement.changes]


def is_clear_alone(change: Change) -> bool:
    """Tell whether its interval alone would call moved what is not, among all compared."""
    return (
        change.verdict == "not distinguishable"
        and change.difference is not None
        and change.difference.is_clear
    )


def compared(about: Subject, movement: Movement) -> tuple[str, ...]:
    """Say which questions and which people are compared, and how strictly."""
    return (
        *_questions(about, movement),
        *_people(about, movement),
        *_strictness(about, movement),
        *_narrower(about, movement),
    )


def _questions(about: Subject, movement: Movement) -> list[str]:
    words, n, (then, now) = about.words, movement.questions, movement.asked
    earlier, later = movement.earlier, movement.later
    versions = (earlier.questionnaire.version, later.questionnaire.version)
    said = []
    if n == now:
        said.append(words.plural("The one question.", "All {n} questions.", n))
    else:
        said.append(
            words.plural(
                "{compared} of {n} question: those that stand unchanged in both rounds and were "
                "answered in both.",
                "{compared} of {n} questions: those that stand unchanged in both rounds and were "
                "answered in both.",
                now,
                compared=words.number(n),
            )
        )
    if then != now:
        said.append(words.plural("Then {n} was asked.", "Then {n} were asked.", then))
    if versions[0] != versions[1]:
        said.append(
            words.text(
                "The questionnaire was version {then} and is version {now}; both rounds are "
                "scored by the structure and the weights of {now}.",
                then=versions[0],
                now=versions[1],
            )
        )
    if said[1:] or n != now:
        said.append(
            words.text("So the scores here need not be those of the reports on the two rounds.")
        )
    return said


def _people(about: Subject, movement: Movement) -> list[str]:
    waves = (movement.earlier, movement.later)
    if not all(wave.is_panel for wave in waves):
        return []
    text = about.words.text
    said = []
    if movement.is_linked:
        said.append(_linked_said(about))
        apart = [
            change.id
            for change in movement.changes.values()
            if change.difference and not change.difference.is_paired
        ]
        if apart:
            said.append(
                text(
                    "Too few gave both answers, or too few only one of them, for {names}: there, "
                    "the rounds are compared as two separate groups.",
                    names=about.named(apart),
                )
            )
    elif all(wave.linked for wave in waves):
        said.append(_unlinked_said(about))
    elif about.questionnaire.customer_voice:
        said.append(text("Customers are not linked: the rounds are two separate groups."))
    else:
        said.append(text("People are not linked: the rounds are two separate groups."))
    if movement.is_balanced:
        said.append(text("Each role counts alike."))
    elif about.card.combined == "role-balanced":
        said.append(
            text("Each respondent counts alike here; in the other parts, each role counts alike.")
        )
    return said


def _linked_said(about: Subject) -> str:
    if about.questionnaire.customer_voice:
        return about.words.text(
            "Customers are linked: a difference is that of the customers who answered both times, "
            "each compared with their own earlier answers; the scores are all customers\u2019."
        )
    return about.words.text(
        "People are linked: a difference is that of the people who answered both times, each "
        "compared with their own earlier answers; the scores are everybody\u2019s."
    )


def _unlinked_said(about: Subject) -> str:
    if about.questionnaire.customer_voice:
        return about.words.text(
            "Customers are linked, but too few answered both times, or too few only once: the "
            "rounds are compared as two separate groups."
        )
    return about.words.text(
        "People are linked, but too few answered both times, or too few only once: the rounds "
        "are compared as two separate groups."
    )


def _strictness(about: Subject, movement: Movement) -> list[str]:
    tested = sum(change.holm is not None for change in movement.changes.values())
    if tested <= 1:
        return []
    return [
        about.words.text(
            "Among {n} capabilities, one or another would seem to move by chance alone. Whether "
            "one moved is therefore decided more strictly than by its interval (Holm\u2019s "
            "adjustment); the overall and the dimensions go by their intervals.",
            n=about.words.number(tested),
        )
    ]


def _narrower(about: Subject, movement: Movement) -> list[str]:
    """Explain changes that are surer than what they are changes of."""
    names = [
        change.id
        for change in movement.changes.values()
        if change.difference
        and not change.difference.is_paired
        and change.difference.interval
        and change.later.interval
        and _width(change.difference.interval) < _width(change.later.interval)
    ]
    if not names:
        return []
    return [
        about.words.text(
            "For {names} the interval of the difference is narrower than that of the newer score: "
            "of one role only few answered, and how far they spread is judged from both rounds "
            "together.",
            names=about.named(names),
        )
    ]


def _width(interval: tuple[float, float]) -> float:
    return interval[1] - interval[0]


# --- notes -------------------------------------------------------------------


def notes(about: Subject, movement: Movement) -> tuple[Thought, ...]:
    """Name what moved, what nearly did, and what could not be compared."""
    words, own = about.words, parts(about, movement)
    found = [
        (words.text("Up"), _named(about, [c for c in own if c.verdict == "up"])),
        (words.text("Down"), _named(about, [c for c in own if c.verdict == "down"])),
        (words.text("Not enough to say so"), _almost(about, own)),
    ]
    found.append((words.text("Neither up nor down"), _unsaid(about, movement)))
    left_out = [
        name
        for name in about.titles
        if name not in movement.changes or movement.changes[name].difference is None
    ]
    if left_out:
        said = words.text(
            "No question in common, or too few answers in one of the rounds: {names}.",
            names=about.named(left_out),
        )
        found.append((words.text("Not compared"), said))
    return tuple(Thought(heading, (said,)) for heading, said in found if said)


def _unsaid(about: Subject, movement: Movement) -> str:
    """Say why a difference has no word."""
    text = about.words.text
    if not (movement.earlier.is_panel and movement.later.is_panel):
        return text("One set of answers has no interval, so no difference is called up or down.")
    known = [change for change in movement.changes.values() if change.difference]
    names = [change.id for change in known if change.verdict is None]
    if len(names) == len(known):
        return text("Too few gave answers, or all gave the same, so there is no interval.")
    if not names:
        return ""
    return text(
        "No interval, because too few gave answers or all gave the same: {names}.",
        names=about.named(names),
    )


def _named(about: Subject, changes: Sequence[Change]) -> str:
    if not changes:
        return ""
    names = about.words.start(about.named([change.id for change in changes]))
    return about.words.text("{names}.", names=names)


def _almost(about: Subject, own: Sequence[Change]) -> str:
    """Name what its interval alone would call moved."""
    names = [change.id for change in own if is_clear_alone(change)]
    if not names:
        return ""
    return about.words.text(
        "Clear when looked at alone, but among {n} comparisons chance makes one or another look "
        "so: {names}.",
        names=about.named(names),
        n=about.words.number(sum(change.holm is not None for change in own)),
    )
