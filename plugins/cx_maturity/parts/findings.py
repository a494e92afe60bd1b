"""What stands out: the findings, each with its numbers and the rule that made it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cx_maturity.findings import MOST, for_board
from cx_maturity.parts.action import joined_steps
from cx_maturity.parts.conditions import condition_said, named, reason_said, severity_said
from cx_maturity.parts.source import Head, Thought, rough_said
from cx_maturity.parts.spoken import basis, rests_on, spoken
from cx_maturity.reading.rules import SEVERITIES, names_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cx_maturity.model import Rule
    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import Finding

# Where one sentence of a rule's text ends and the next starts.
_SENTENCE = re.compile(r"(?<=[.!?]) +(?=[^a-zà-ÿ])")
# Of fewer meetings a count says nothing.
_FEWEST_MEETINGS = 3


@dataclass(frozen=True, slots=True)
class Way:
    """A link to a page of the site; *path* is from its root."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Said:
    """
    One finding in words: *basis* is on whom it rests, *who* why tables may have other scores too.

    *link* leads to where it stands in the report.
    """

    rule: str
    severity: str
    heading: str
    text: str
    leads_to: str
    basis: str
    who: str
    link: str


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One finding under its rule, with the way to how its scores came about.

    *heading* and *text* leave out what its rule says once for several findings.
    """

    said: Said
    heading: str
    text: str
    anchor: str
    traces: tuple[Way, ...]
    steps: str  # which steps of the path raise what it is about


@dataclass(frozen=True, slots=True)
class ByRule:
    """
    A rule that found something, what it leads to, and the findings that it made.

    Of several, *heading* and *text* say once what they have in common; of one they are empty.
    """

    rule: Way
    condition: str
    heading: str
    text: str
    leads_to: tuple[str, ...]
    entries: tuple[Entry, ...]
    more: str  # names the findings that are not written out


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one severity."""

    id: str
    name: str
    meaning: str
    rules: tuple[ByRule, ...]


@dataclass(frozen=True, slots=True)
class Untried:
    """Rules that could not be tried, for one reason."""

    reason: str
    rules: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found, and how much was tried."""

    head: Head
    groups: tuple[Group, ...]
    tried: str
    untried: tuple[Untried, ...]
    notes: tuple[str, ...]


def board_findings(about: Subject) -> tuple[Said, ...]:
    """Write what the board's page shows: five findings at most, one of a rule and a capability."""
    return tuple(said(about, finding) for finding in for_board(about.advice.findings))


def findings(about: Subject) -> Findings | None:
    """Write all findings and their rules; None when the questionnaire has no rules."""
    rules, found, words = about.questionnaire.findings, about.advice.findings, about.words
    if not rules:
        return None
    differences = [finding.difference for finding in found if finding.difference]
    return Findings(
        head=Head("findings", words.text("What stands out"), _found(about), _lede(about)),
        groups=tuple(
            Group(severity, *severity_said(severity, words), _by_rule(about, some))
            for severity in SEVERITIES
            if (some := [f for f in found if f.rule.severity == severity])
        ),
        tried=_tried(about),
        untried=_untried(about),
        notes=rough_said(about, (), differences),
    )


def said(about: Subject, finding: Finding) -> Said:
    """Write one finding: heading, numbers, what it leads to, and on whom it rests."""
    rule, language = finding.rule, about.words.language
    names = spoken(about, finding)
    return Said(
        rule=rule.id,
        severity=rule.severity,
        heading=named(rule.heading.to(language), names),
        text=named(rule.text.to(language), names),
        leads_to=named(rule.leads_to.to(language), names),
        basis=about.words.start(basis(about, finding)),
        who=rests_on(about, finding),
        link=f"#{_anchor(finding)}",
    )


def _anchor(finding: Finding) -> str:
    """Return an id of its own in the page; no rule's id holds a colon."""
    return ":".join((f"finding-{finding.rule.id}", *finding.measures[:1]))


def _by_rule(about: Subject, found: Sequence[Finding]) -> tuple[ByRule, ...]:
    """Put findings under their rules, in the order of each rule's first."""
    rules: dict[str, list[Finding]] = {}
    for finding in found:
        rules.setdefault(finding.rule.id, []).append(finding)
    return tuple(_rule(about, some) for some in rules.values())


def _rule(about: Subject, found: Sequence[Finding]) -> ByRule:
    rule, way, several = found[0].rule, _way(about, found[0].rule), len(found) > 1
    shared, own = _parted(rule.text.to(about.words.language)) if several else ("", None)
    entries = tuple(_entry(about, finding, own) for finding in found[:MOST])
    rest = [about.titles[finding.measures[0]] for finding in found[MOST:]]
    return ByRule(
        way,
        condition_said(rule, about.questionnaire, about.words, is_panel=about.wave.is_panel),
        way.text if several else "",
        shared,
        tuple(dict.fromkeys(entry.said.leads_to for entry in entries)),
        entries,
        about.words.text("By the same rule, also: {names}.", names=about.words.listing(rest))
        if rest
        else "",
    )


def _entry(about: Subject, finding: Finding, own: str | None) -> Entry:
    """Write a finding under its rule, in full or only its *own* part of the rule's text."""
    whole = said(about, finding)
    heading, text = whole.heading, whole.text
    if own is not None:
        heading = heading.removesuffix(f": {_claim(about, finding.rule)}")
        text = about.words.start(named(own, spoken(about, finding)))
    ways = tuple(
        Way(about.titles[name], traced.path)
        for name in finding.measures
        if (traced := about.traced(about.measure(name)))
    )
    return Entry(whole, heading, text, _anchor(finding), ways, _steps(about, finding))


def _steps(about: Subject, finding: Finding) -> str:
    """Name the steps of the shortest path that raise a capability which the finding is about."""
    words, named_ = about.words, {*finding.measures, finding.capability}
    steps = [
        words.number(place)
        for place, one in enumerate(joined_steps(about, about.advice.path), 1)
        if one.capability.id in named_
    ]
    if not steps:
        return ""
    return words.plural(
        "Taken up by step {steps} of the shortest path",
        "Taken up by steps {steps} of the shortest path",
        len(steps),
        steps=words.listing(steps),
    )


def _parted(text: str) -> tuple[str, str]:
    """
    Part a rule's text into what is the same in all its findings and what each says itself.

    The same are sentences that name nothing, and how a sentence begins up to a semicolon.
    """
    shared, own = [], []
    for sentence in _SENTENCE.split(text):
        before, mark, after = sentence.partition("; ")
        if not names_in(sentence):
            shared.append(sentence)
        elif mark and not names_in(before):
            shared.append(f"{before}.")
            own.append(after)
        else:
            own.append(sentence)
    return " ".join(shared), " ".join(own)


def _claim(about: Subject, rule: Rule) -> str:
    """Return a rule's heading without what it is about."""
    claim = named(rule.heading.to(about.words.language))
    return claim.removeprefix("\N{HORIZONTAL ELLIPSIS}: ")


def _way(about: Subject, rule: Rule) -> Way:
    """Lead to a rule on the questionnaire's own page; its heading is its name."""
    q, heading = about.questionnaire, about.words.start(_claim(about, rule))
    return Way(heading, f"method/{q.id}/{q.version}/index.html#rule-{rule.id}")


# --- what was found ----------------------------------------------------------


def _found(about: Subject) -> str:
    """Count the findings of the gravest kind."""
    words = about.words
    found = [finding.rule.severity for finding in about.advice.findings]
    act, watch, note = map(found.count, SEVERITIES)
    if act:
        return words.plural(
            "{word} finding asks for a decision",
            "{word} findings ask for a decision",
            act,
            word=words.start(words.count(act)),
        )
    if watch:
        return words.plural(
            "Nothing asks for a decision, and {word} finding for a closer look",
            "Nothing asks for a decision, and {word} findings for a closer look",
            watch,
            word=words.count(watch),
        )
    if note:
        return words.plural(
            "Nothing to put right was found, and {word} thing worth keeping",
            "Nothing to put right was found, and {word} things worth keeping",
            note,
            word=words.count(note),
        )
    return words.text("Nothing stands out by these rules")


def _lede(about: Subject) -> tuple[str, ...]:
    text = about.words.text
    lede = [
        text(
            "Each finding stands with the rule that made it. The thresholds are judgement, not "
            "research."
        )
    ]
    if not about.wave.is_panel:
        lede.append(
            text("There is one set of answers, so what rests on them is one person\u2019s view.")
        )
    return tuple(lede)


def _tried(about: Subject) -> str:
    """Say how many of the rules were tried, and how many of these found something."""
    words, advice = about.words, about.advice
    rules = len(about.questionnaire.findings)
    found = len({finding.rule.id for finding in advice.findings})
    quiet = rules - found - len(advice.untried)
    return words.plural(
        "{n} rule: {found} found something, {quiet} nothing, and {untried} could not be tried.",
        "{n} rules: {found} found something, {quiet} nothing, and {untried} could not be tried.",
        rules,
        found=words.number(found),
        quiet=words.number(quiet),
        untried=words.number(len(advice.untried)),
    )


def _untried(about: Subject) -> tuple[Untried, ...]:
    by_reason: dict[str, list[Way]] = {}
    for rule in about.questionnaire.findings:
        if rule.id in about.advice.untried:
            by_reason.setdefault(about.advice.untried[rule.id], []).append(_way(about, rule))
    text = about.words.text
    return tuple(
        Untried(
            text("{reason} Not tried:", reason=reason_said(reason, about.words)),
            tuple(replace(way, text=text("\u201c{title}\u201d", title=way.text)) for way in ways),
        )
        for reason, ways in by_reason.items()
    )


# --- minutes -----------------------------------------------------------------


def minutes_evidence(about: Subject) -> Thought | None:
    """Say in how many meetings customers came up; nothing for fewer than three meetings."""
    words, minutes = about.words, about.wave.minutes
    if minutes is None or minutes.meetings < _FEWEST_MEETINGS:
        return None
    return Thought(
        words.text("In the minutes"),
        (
            words.text(
                "In {k} of {n} meetings customers came up.",
                k=words.number(minutes.mentioning),
                n=words.number(minutes.meetings),
            ),
            words.text(
                "This is evidence, not part of the score: a count over the minutes that were "
                "given, of those that hold a word for customers. What was said of them is not "
                "judged."
            ),
        ),
    )
