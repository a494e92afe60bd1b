"""The conditions of finding rules, and why one could not be tried, in words."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, cast

from cx_maturity.disclosure import FEWEST
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.reading.rules import names_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cx_maturity.model import Questionnaire, Rule
    from cx_maturity.words import Words

_SHOWN = 100  # denominators above are not written as fractions


def condition_said(
    rule: Rule, q: Questionnaire, words: Words, *, is_panel: bool | None = None
) -> str:
    """
    Say when a rule of a questionnaire makes a finding, with its thresholds.

    *is_panel* tells people's answers from one set of answers; None: as it is for both.
    """
    return _SAID[rule.condition](_Given(rule, q, words, is_panel=is_panel))


def named(text: str, names: Mapping[str, str] | None = None) -> str:
    """Fill the ``{names}`` of a rule's text; without any, an ellipsis stands for each."""
    known = names or dict.fromkeys(names_in(text), "\N{HORIZONTAL ELLIPSIS}")
    return text.format(**known)


class _Given:
    """A rule's parameters, as words and numbers."""

    def __init__(
        self, rule: Rule, q: Questionnaire, words: Words, *, is_panel: bool | None
    ) -> None:
        self.given = rule.given
        self.q = q
        self.words = words
        self.for_people = is_panel is not False
        self.for_one = is_panel is not True and "alone" in rule.given

    def title(self, key: str) -> str:
        """Return the title of a measure; a rule may mean any of a kind."""
        text, name = self.words.text, str(self.given[key])
        language = self.words.language
        known = {d.id: d.title.to(language) for d in self.q.dimensions}
        known |= {c.id: c.title.to(language) for d in self.q.dimensions for c in d.capabilities}
        known |= {
            OVERALL: text("Overall"),
            "any capability": text("Any capability"),
            "any dimension": text("Any dimension"),
            "any foundation": text("Any foundation"),
        }
        return known[name]

    def role(self, key: str) -> str:
        """Return the title of a role, for the middle of a sentence."""
        title = next(role.title for role in self.q.roles if role.id == self.given[key])
        return self.words.inside(title.to(self.words.language))

    def question(self, key: str) -> str:
        name = str(self.given[key])
        found = next(q for q in self.q.questions() if q.id == name)
        return found.text.to(self.words.language)

    def number(self, key: str) -> str:
        return self.words.number(int(cast("int", self.given[key])))

    def share(self, key: str) -> str:
        """Write a share in percent, or as a fraction where that is no whole percent."""
        share = Fraction(cast("Fraction", self.given[key]))
        if _SHOWN % share.denominator:
            return f"{share.numerator}/{share.denominator}"
        return self.words.percent(share)


def _held(g: _Given) -> str:
    return g.words.text("The level is lower than the score alone would give it.")


def _apart(g: _Given) -> str:
    values = {"first": g.title("first"), "second": g.title("second")}
    said = []
    if g.for_people:
        said.append(
            g.words.text(
                "{first} less {second}, of the same people: {points} points or more, and more than "
                "chance explains (the interval does not include 0).",
                points=g.number("at-least"),
                **values,
            )
        )
    if g.for_one:
        said.append(
            g.words.text(
                "{first} less {second}, in one set of answers: {points} points or more, and above "
                "0 whatever the missing answers were.",
                points=g.number("alone"),
                **values,
            )
        )
    return " ".join(said)


def _done_less(g: _Given) -> str:
    said = []
    if g.for_people:
        said.append(
            g.words.text(
                "{measure}: what is done is {points} points or more below what is said, and "
                "further than chance explains (the interval does not include 0).",
                measure=g.title("measure"),
                points=g.number("at-least"),
            )
        )
    if g.for_one:
        said.append(
            g.words.text(
                "{measure}, in one set of answers: what is done is {points} points or more below "
                "what is said, and below it whatever the missing answers were.",
                measure=g.title("alone-measure"),
                points=g.number("alone"),
            )
        )
    return " ".join(said)


def _roles(g: _Given) -> str:
    return g.words.text(
        "{measure}, {first} less {second}: {points} points or more, {few} people or more of each, "
        "and more than chance explains (the interval does not include 0).",
        measure=g.title("measure"),
        first=g.role("first"),
        second=g.role("second"),
        points=g.number("at-least"),
        few=g.words.count(FEWEST),
    )


def _unsure(g: _Given) -> str:
    text = g.words.text
    if "dimension" in g.given and "capability" in g.given:
        return text(
            "\u201cDon\u2019t know\u201d makes up {dimension} or more of a dimension\u2019s "
            "weight, or {capability} or more of a capability\u2019s.",
            dimension=g.share("dimension"),
            capability=g.share("capability"),
        )
    if "dimension" in g.given:
        return text(
            "\u201cDon\u2019t know\u201d makes up {share} or more of a dimension\u2019s weight.",
            share=g.share("dimension"),
        )
    return text(
        "\u201cDon\u2019t know\u201d makes up {share} or more of a capability\u2019s weight.",
        share=g.share("capability"),
    )


def _thin(g: _Given) -> str:
    return g.words.text(
        "{measure}, at level {level} or above: of the answers at level {level} or above, {share} "
        "or more have no evidence or only a description. For one set of answers.",
        measure=g.title("measure"),
        level=g.number("level"),
        share=g.share("at-least"),
    )


def _units(g: _Given) -> str:
    return g.words.text(
        "The highest unit\u2019s overall is {points} points or more above the lowest unit\u2019s, "
        "{few} people or more in each, and more than chance explains even among all pairs of "
        "units.",
        points=g.number("at-least"),
        few=g.words.count(FEWEST),
    )


def _effort(g: _Given) -> str:
    kinds = {
        "basic": g.words.text("Basics"),
        "build": g.words.text("Build"),
        "innovate": g.words.text("Innovate"),
    }
    return g.words.text(
        "{measure} is at level {level} or below, while {share} or more of the effort decided is of "
        "the kind \u201c{kind}\u201d.",
        measure=g.title("measure"),
        level=g.number("level"),
        share=g.share("at-least"),
        kind=kinds[str(g.given["effort"])],
    )


def _peers(g: _Given) -> str:
    return g.words.text(
        "{measure}: the change since the last round is not distinguishable, while the median of "
        "the same segment rose by {points} points or more from one edition to the next.",
        measure=g.title("measure"),
        points=g.number("at-least"),
    )


def _loops(g: _Given) -> str:
    return g.words.text(
        "{n} actions or more are due, and under {share} of them are closed: done and measured "
        "again, or dropped on purpose.",
        n=g.number("due"),
        share=g.share("under"),
    )


def _proven(g: _Given) -> str:
    return g.words.text(
        "{measure}, at level {level} or above: every answer has a document or data behind it, and "
        "the score is above the peers\u2019 median, whatever the missing answers were. For one set "
        "of answers.",
        measure=g.title("measure"),
        level=g.number("level"),
    )


def _contested(g: _Given) -> str:
    n = int(cast("int", g.given["at-least"]))
    return g.words.plural(
        "{n} question or more is contested: answers lie further from their mean, on average, than "
        "a sixth of the number of the scale\u2019s points.",
        "{n} questions or more are contested: answers lie further from their mean, on average, "
        "than a sixth of the number of the scale\u2019s points.",
        n,
    )


def _minutes(g: _Given) -> str:
    return g.words.text(
        "{measure} is at level {level} or above, while customers come up in under {share} of "
        "{meetings} or more meetings, by their minutes.",
        measure=g.title("measure"),
        level=g.number("level"),
        share=g.share("under"),
        meetings=g.number("meetings"),
    )


def _answers(g: _Given) -> str:
    return g.words.text(
        "The answer to \u201c{first}\u201d is {n} steps of the scale or more above the answer to "
        "\u201c{second}\u201d.",
        first=g.question("first"),
        second=g.question("second"),
        n=g.number("at-least"),
    )


_SAID: Mapping[str, Callable[[_Given], str]] = {
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


def severity_said(severity: str, words: Words) -> tuple[str, str]:
    """Return the name of a severity and what it asks for."""
    text = words.text
    return {
        "act": (text("Act"), text("Something to decide now.")),
        "watch": (text("Watch"), text("Something to find out or keep an eye on.")),
        "note": (text("Keep"), text("Something to keep.")),
    }[severity]


def reason_said(reason: str, words: Words) -> str:
    """Say why rules could not be tried."""
    text = words.text
    return {
        "not-asked": text("The questions that they need were not asked."),
        "no-score": text("What they are about has no score."),
        "no-level": text("There is no level."),
        "no-gate": text("The questionnaire has no gate."),
        "no-interval": text("Too few people answered for an interval, or nobody differs."),
        "hidden": text("The numbers may not be shown: they would give single people away."),
        "one-set": text("They need the answers of several people."),
        "few-people": text("Fewer than {n} people answered.", n=words.count(FEWEST)),
        "no-roles": text("There are no two roles of {n} people to compare.", n=words.count(FEWEST)),
        "no-units": text("There are no two units of {n} people to compare.", n=words.count(FEWEST)),
        "no-evidence": text("No answer says what evidence there is for it."),
        "many-people": text("Evidence is graded in one set of answers only, not by many people."),
        "no-second-wave": text("There is no earlier round to compare with."),
        "no-peers": text("There are no peers to compare with."),
        "no-second-edition": text("There is no earlier edition of the peers\u2019 figures."),
        "no-plan": text("No actions were decided after this round."),
        "no-earlier-plan": text("No actions were decided after an earlier round."),
        "no-minutes": text("No minutes were given."),
        "few-minutes": text("Too few minutes were given."),
    }[reason]
