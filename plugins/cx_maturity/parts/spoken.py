"""What a finding's sentences show: its numbers, as they are written in the rest of a report."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, cast

from cx_maturity.model import Points
from cx_maturity.parts.contested import is_contested
from cx_maturity.parts.row import naming_levels
from cx_maturity.parts.source import counted, said_apart
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.reading.scale import worths

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cx_maturity.model import Question
    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import Difference, Finding

_NBSP = "\N{NO-BREAK SPACE}"
Said = dict[str, str]
_OF_BOTH = {"apart", "done-less-than-said"}


def spoken(about: Subject, finding: Finding) -> Said:
    """Write all that a finding's texts may name."""
    return {**_SAID[finding.rule.condition](about, finding), "basis": basis(about, finding)}


def basis(about: Subject, finding: Finding) -> str:
    """Say on whom, or on what, a finding rests; one set of answers is one view."""
    words = about.words
    match finding.rule.condition:
        case "effort-before-basics":
            return words.plural("{n} action", "{n} actions", _whole(finding, "actions"))
        case "loops-open":
            return words.plural("{n} action due", "{n} actions due", _whole(finding, "due"))
        case "minutes":
            return words.plural("{n} meeting", "{n} meetings", _whole(finding, "meetings"))
    if not about.wave.is_panel:
        return words.text("one set of answers: one person\u2019s view")
    people = _people(about, finding)
    if _rests_on_contested(about, finding):
        return words.text("{people}, not of one view", people=people)
    return people


def _rests_on_contested(about: Subject, finding: Finding) -> bool:
    """Tell whether a score that a finding compares is the mean of answers that are no one view."""
    held = [c for c in about.capabilities if c.id in finding.measures]
    return any(is_contested(about, question.id) for one in held for question in one.questions)


def _people(about: Subject, finding: Finding) -> str:
    words, numbers = about.words, finding.numbers
    if "first_n" in numbers:
        return _two_groups(about, finding)
    n = _whole(finding, "n") if "n" in numbers else about.card.overall.n
    if finding.rule.condition in _OF_BOTH:
        return words.plural("{n} person who answered both", "{n} people who answered both", n)
    return counted(about, n)


def _two_groups(about: Subject, finding: Finding) -> str:
    """Count the people of two roles or units whose scores are compared, and all who answered."""
    words, card = about.words, about.card
    first, second = (_whole(finding, name) for name in ("first_n", "second_n"))
    if finding.rule.condition == "roles-apart":
        sizes, sides = card.roles, (finding.rule.given["first"], finding.rule.given["second"])
    else:
        sizes = {unit.id: unit.n for unit in card.splits.units}
        sides = (finding.numbers["highest"], finding.numbers["lowest"])
    of = [sizes[str(side)] for side in sides]
    if of == [first, second]:
        return words.plural(
            "{first} and {n} person", "{first} and {n} people", second, first=words.number(first)
        )
    return words.text(
        "{first} of {first_of} and {second} of {second_of} people",
        first=words.number(first),
        first_of=words.number(of[0]),
        second=words.number(second),
        second_of=words.number(of[1]),
    )


def rests_on(about: Subject, finding: Finding) -> str:
    """Say beside a finding on whom it rests, and why its scores may not be those of the tables."""
    words, said, perception = about.words, basis(about, finding), about.card.perception
    if not about.wave.is_panel:
        return words.start(said)
    if finding.rule.condition == "apart":
        return words.text(
            "Among {people}; the tables count everybody, so a score may differ there", people=said
        )
    if finding.rule.condition == "done-less-than-said":
        return words.text("Among {people}", people=said)
    if finding.rule.condition == "roles-apart" and perception:
        asked, shared = perception.asked, len(perception.questions)
        if shared < asked:
            return words.text(
                "{people}, on {n} of {of} questions; the table by role takes all of them, so a "
                "score may differ there",
                people=words.start(said),
                n=words.number(shared),
                of=words.number(asked),
            )
    return words.start(said)


def apart_said(about: Subject, difference: Difference) -> str:
    """Write a difference with its interval in square brackets, where it has one."""
    value, spread = said_apart(about, difference)
    return f"{value}{_NBSP}[{spread}]" if spread else value


# --- by kind -----------------------------------------------------------------


def _held(about: Subject, finding: Finding) -> Said:
    level, held = _whole(finding, "level"), _whole(finding, "held")
    return {
        "score": _score(about, OVERALL),
        "level": str(level),
        "level_name": about.level_name(level),
        "held": str(held),
        "held_name": about.level_name(held),
        "by": _titles(about, finding.measures[1:]),
    }


def _apart(about: Subject, finding: Finding) -> Said:
    first, second = finding.measures
    return {
        "first": about.titles[first],
        "second": about.titles[second],
        **_two_scores(about, finding),
        **_difference(about, finding),
    }


def _done_less(about: Subject, finding: Finding) -> Said:
    return {**_title(about, finding), **_difference(about, finding)}


def _roles(about: Subject, finding: Finding) -> Said:
    titles = {r.id: r.title.to(about.words.language) for r in about.questionnaire.roles}
    return {
        **_title(about, finding),
        "first": titles[str(finding.rule.given["first"])],
        "second": titles[str(finding.rule.given["second"])],
        **_two_scores(about, finding),
        **_difference(about, finding),
    }


def _unsure(about: Subject, finding: Finding) -> Said:
    return {**_title(about, finding), "share": about.words.percent(_share(finding, "share"))}


def _thin(about: Subject, finding: Finding) -> Said:
    return {**_scored(about, finding), **_wholes(about, finding, "thin", "of", "at")}


def _units(about: Subject, finding: Finding) -> Said:
    points = about.words.points
    levels = naming_levels(about.questionnaire)
    return {
        "highest": str(finding.numbers["highest"]),
        "lowest": str(finding.numbers["lowest"]),
        "highest_score": points(_share(finding, "highest_score"), levels),
        "lowest_score": points(_share(finding, "lowest_score"), levels),
        **_wholes(about, finding, "units"),
        **_difference(about, finding),
    }


def _effort(about: Subject, finding: Finding) -> Said:
    return {
        **_title(about, finding),
        "by": _titles(about, finding.measures),
        "share": about.words.percent(_share(finding, "share")),
        **_wholes(about, finding, "at", "actions"),
    }


def _peers(about: Subject, finding: Finding) -> Said:
    return {
        **_title(about, finding),
        "score": _score(about, finding.measures[0]),
        **_difference(about, finding),
        "peers": about.peers_named(),
        **_wholes(about, finding, "before", "now"),
        "older": str(finding.numbers["older"]),
        "newer": str(finding.numbers["newer"]),
    }


def _loops(about: Subject, finding: Finding) -> Said:
    return _wholes(about, finding, "due", "closed")


def _proven(about: Subject, finding: Finding) -> Said:
    return {
        **_scored(about, finding),
        **_wholes(about, finding, "median"),
        "peers": about.peers_named(),
    }


def _contested(about: Subject, finding: Finding) -> Said:
    asked = _question(about, str(finding.numbers["question"]))
    return {
        **_wholes(about, finding, "contested", "of"),
        "question": asked.text.to(about.words.language),
    }


def _minutes(about: Subject, finding: Finding) -> Said:
    scored = _scored(about, finding)
    del scored["score"]
    return {**scored, **_wholes(about, finding, "mentioning", "meetings")}


def _answers(about: Subject, finding: Finding) -> Said:
    given = finding.rule.given
    places = 1 if about.wave.is_panel else 0
    scale = {
        side: about.words.decimal(
            _on_scale(about, str(given[side]), finding, f"{side}_answer"), places
        )
        for side in ("first", "second")
    }
    holders = (finding.measures[0], finding.measures[-1])
    return {
        "first": about.titles[holders[0]],
        "second": about.titles[holders[1]],
        "first_answer": scale["first"],
        "second_answer": scale["second"],
        "anchors": about.words.decimal(_share(finding, "anchors"), places),
    }


_SAID: Mapping[str, Callable[[Subject, Finding], Said]] = {
    "held": _held,
    "apart": _apart,
    "done-less-than-said": _done_less,
    "roles-apart": _roles,
    "unsure": _unsure,
    "thin-evidence": _thin,
    "units-apart": _units,
    "effort-before-basics": _effort,
    "peers-rise": _peers,
    "loops-open": _loops,
    "proven": _proven,
    "contested": _contested,
    "minutes": _minutes,
    "answers-apart": _answers,
}


# --- pieces ------------------------------------------------------------------


def _title(about: Subject, finding: Finding) -> Said:
    return {"title": about.titles[finding.measures[0]]}


def _titles(about: Subject, measures: tuple[str, ...]) -> str:
    return about.words.listing([about.titles[name] for name in measures])


def _scored(about: Subject, finding: Finding) -> Said:
    level = _whole(finding, "level")
    return {
        **_title(about, finding),
        "level": str(level),
        "level_name": about.level_name(level),
        "score": _score(about, finding.measures[0]),
    }


def _score(about: Subject, name: str) -> str:
    """Write a score with its spread behind it, where it has one."""
    measure = about.measure(name)
    spread = about.bracketed(measure)
    return f"{about.points(measure)}{_NBSP}{spread}" if spread else about.points(measure)


def _two_scores(about: Subject, finding: Finding) -> Said:
    levels = naming_levels(about.questionnaire)
    return {
        name: about.words.points(_share(finding, name), levels)
        for name in ("first_score", "second_score")
    }


def _difference(about: Subject, finding: Finding) -> Said:
    return {"apart": apart_said(about, finding.difference) if finding.difference else ""}


def _wholes(about: Subject, finding: Finding, *names: str) -> Said:
    return {name: about.words.number(_whole(finding, name)) for name in names}


def _whole(finding: Finding, name: str) -> int:
    return int(cast("int", finding.numbers[name]))


def _share(finding: Finding, name: str) -> Fraction:
    return Fraction(cast("Fraction", finding.numbers[name]))


def _question(about: Subject, name: str) -> Question:
    return next(q for q in about.questionnaire.questions() if q.id == name)


def _on_scale(about: Subject, name: str, finding: Finding, key: str) -> Fraction:
    """Return an answer as it is on its scale; one of named answers is counted from the lowest."""
    scale = _question(about, name).scale
    start = scale.kind.low if isinstance(scale.kind, Points) else 1
    return start + _share(finding, key) * (worths(scale) - 1)
