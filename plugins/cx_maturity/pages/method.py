"""The method page: one version of a questionnaire with every sentence and rule in it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.addresses import method_path
from cx_maturity.model import Choice, Numeric, Points
from cx_maturity.pages.rules import FindingRule, Named, finding_rules, rules
from cx_maturity.parts.row import DASH, ROUGH, level_chip, shade
from cx_maturity.parts.trace import grouped_digest
from cx_maturity.reading.scale import points_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cx_maturity.editions import Edition, Reliability
    from cx_maturity.model import Capability, Dimension, Question, Questionnaire, Step, Text
    from cx_maturity.parts.row import Chip
    from cx_maturity.words import Words


@dataclass(frozen=True, slots=True)
class Anchor:
    """One point of a question's scale and what it looks like."""

    given: str
    words: str
    shade: int


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """One question as it is asked, and how to judge the answer."""

    number: int
    text: str
    aspect: str
    anchors: tuple[Anchor, ...]
    scale: str
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StepPart:
    """What lifts a capability from one level to the next."""

    rise: str
    action: str
    sign: str
    number: str
    kind: str


@dataclass(frozen=True, slots=True)
class CapabilityPart:
    """A capability: what it is about, its questions and its steps."""

    id: str
    title: str
    is_foundation: bool
    notes: tuple[tuple[str, str], ...]
    questions: tuple[QuestionPart, ...]
    steps: tuple[StepPart, ...]


@dataclass(frozen=True, slots=True)
class DimensionPart:
    """A dimension and what it is made of."""

    id: str
    title: str
    summary: str
    is_foundation: bool
    capabilities: tuple[CapabilityPart, ...]
    questions: tuple[QuestionPart, ...]


@dataclass(frozen=True, slots=True)
class LevelPart:
    """A level and how one notices it."""

    chip: Chip
    starts: str
    noticed: tuple[str, ...]  # in the order of the page's viewpoints


@dataclass(frozen=True, slots=True)
class ReliabilityRow:
    """How well the questions of one measure hang together."""

    title: str
    alpha: str
    interval: str
    icc1: str
    icc2: str
    rwg: str


@dataclass(frozen=True, slots=True)
class ReliabilityPart:
    """The figures of one pooled edition; *source* says over how many."""

    source: str
    rough: str  # what the mark means, where it stands
    rows: tuple[ReliabilityRow, ...]


@dataclass(frozen=True, slots=True)
class MethodPage:
    """One version of a questionnaire, whole."""

    title: str
    path: str
    version: str
    summary: str
    facts: tuple[tuple[str, str], ...]
    definitions: tuple[Named, ...]
    guidance: str
    levels_heading: str
    viewpoints: tuple[str, ...]
    levels: tuple[LevelPart, ...]
    rules: tuple[Named, ...]
    findings: tuple[FindingRule, ...]
    subsets: tuple[Named, ...]
    roles: tuple[Named, ...]
    reasons: tuple[str, ...]
    reliability: tuple[ReliabilityPart, ...]
    dimensions: tuple[DimensionPart, ...]


def method_page(
    questionnaire: Questionnaire, editions: Sequence[Edition], words: Words
) -> MethodPage:
    """Write the page of one version of a questionnaire; *editions* may tell its reliability."""
    q, language = questionnaire, words.language
    numbers = {question.id: n for n, question in enumerate(q.questions(), start=1)}
    return MethodPage(
        title=q.title.to(language),
        path=method_path(q, language, words.site),
        version=q.version,
        summary=q.summary.to(language) if q.summary else "",
        facts=_facts(q, words, len(numbers)),
        definitions=tuple(
            Named(d.term.to(language), d.meaning.to(language)) for d in q.definitions
        ),
        guidance=q.guidance.to(language) if q.guidance else "",
        levels_heading=_levels_heading(q, words),
        viewpoints=tuple(_viewpoint(v, words) for v in _viewpoints(q)),
        levels=_levels(q, words),
        rules=rules(q, words),
        findings=finding_rules(q, words),
        subsets=tuple(
            Named(
                s.title.to(language),
                s.description.to(language) if s.description else "",
                _subset_size(len(s.questions), s.minutes, words),
            )
            for s in q.subsets
        ),
        roles=tuple(
            Named(r.title.to(language), r.description.to(language) if r.description else "")
            for r in q.roles
        ),
        reasons=tuple(r.title.to(language) for r in q.reasons),
        reliability=tuple(
            _reliability(q, edition, words)
            for edition in editions
            if (edition.questionnaire, edition.version) == (q.id, q.version) and edition.reliability
        ),
        dimensions=tuple(_dimension(d, q.ideas, numbers, words) for d in q.dimensions),
    )


def _reliability(q: Questionnaire, edition: Edition, words: Words) -> ReliabilityPart:
    titles = {d.id: d.title for d in q.dimensions}
    titles |= {c.id: c.title for d in q.dimensions for c in d.capabilities}
    known = [(titles[name], found) for name, found in edition.reliability.items()]
    people = max(found.people for _, found in known)
    organisations = max(found.organisations for _, found in known)
    return ReliabilityPart(
        source=words.text(
            "{title}, edition {edition}: up to {people} people in {organisations} organisations "
            "with every answer.",
            title=edition.title.to(words.language),
            edition=edition.edition,
            people=words.number(people),
            organisations=words.number(organisations),
        ),
        rough=words.text(
            "{mark} rough: people\u2019s means lie near an end of the scale, and the interval "
            "covers less than it says.",
            mark=ROUGH,
        )
        if any(found.rough for _, found in known)
        else "",
        rows=tuple(
            ReliabilityRow(
                title=title.to(words.language),
                alpha=words.decimal(Fraction(found.alpha), 2),
                interval=_interval(found, words),
                icc1=words.decimal(Fraction(found.icc1), 2),
                icc2=words.decimal(Fraction(found.icc2), 2),
                rwg=words.decimal(Fraction(found.rwg), 2),
            )
            for title, found in known
        ),
    )


def _interval(found: Reliability, words: Words) -> str:
    text = DASH.join(words.decimal(Fraction(bound), 2) for bound in found.interval)
    return f"{ROUGH}{text}" if found.rough else text


def _facts(q: Questionnaire, words: Words, questions: int) -> tuple[tuple[str, str], ...]:
    text = words.text
    found = [
        (text("Version"), q.version),
        (text("Questions"), words.number(questions)),
        (text("Dimensions"), words.number(len(q.dimensions))),
    ]
    if q.has_capabilities:
        capabilities = sum(len(d.capabilities) for d in q.dimensions)
        found.append((text("Capabilities"), words.number(capabilities)))
    found.append((text("Fingerprint"), grouped_digest(q.fingerprint)))
    if q.licence:
        found.append((text("Licence of the text"), q.licence))
    return tuple(found)


def _subset_size(questions: int, minutes: int | None, words: Words) -> str:
    counted = words.plural("{n} question", "{n} questions", questions)
    if minutes is None:
        return counted
    return words.plural(
        "{questions}, about {n} minute",
        "{questions}, about {n} minutes",
        minutes,
        questions=counted,
    )


def _levels(q: Questionnaire, words: Words) -> tuple[LevelPart, ...]:
    return tuple(
        LevelPart(
            level_chip(q, level.number, words),
            "" if q.staged else words.text("from {start}", start=words.points(level.start)),
            tuple(
                level.described[viewpoint].to(words.language)
                if viewpoint in level.described
                else ""
                for viewpoint in _viewpoints(q)
            ),
        )
        for level in q.levels
    )


def _levels_heading(q: Questionnaire, words: Words) -> str:
    n = words.start(words.count(len(q.levels)))
    if _viewpoints(q):
        return words.text("{n} levels, and how one notices them", n=n)
    return words.text("{n} levels", n=n)


def _viewpoint(viewpoint: str, words: Words) -> str:
    """Say who notices; a questionnaire's own viewpoint is named as it is written."""
    text = words.text
    known = {"customer": text("Customer"), "employee": text("Employee"), "board": text("Board")}
    return known.get(viewpoint) or words.start(viewpoint.replace("-", " "))


def _viewpoints(q: Questionnaire) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v for level in q.levels for v in level.described))


# --- questions ---------------------------------------------------------------


def _dimension(
    dimension: Dimension, ideas: Mapping[str, Text], numbers: dict[str, int], words: Words
) -> DimensionPart:
    language = words.language
    return DimensionPart(
        id=dimension.id,
        title=dimension.title.to(language),
        summary=dimension.summary.to(language) if dimension.summary else "",
        is_foundation=dimension.foundation,
        capabilities=tuple(_capability(c, ideas, numbers, words) for c in dimension.capabilities),
        questions=tuple(_question(q, numbers, words) for q in dimension.questions),
    )


def _capability(
    capability: Capability, ideas: Mapping[str, Text], numbers: dict[str, int], words: Words
) -> CapabilityPart:
    text, language = words.text, words.language
    said = (
        (text("Is"), capability.covers),
        (text("Is not"), capability.excludes),
        (text("Answered by"), capability.answered_by),
        (text("Not applicable"), capability.not_applicable),
    )
    notes = [(head, sentence.to(language)) for head, sentence in said if sentence]
    if capability.ideas:
        titles = (ideas[idea].to(language) for idea in capability.ideas)
        notes.append((text("Ideas"), "; ".join(titles)))
    return CapabilityPart(
        id=capability.id,
        title=capability.title.to(language),
        is_foundation=capability.foundation,
        notes=tuple(notes),
        questions=tuple(_question(q, numbers, words) for q in capability.questions),
        steps=tuple(_step(step, words) for step in capability.steps),
    )


def _question(question: Question, numbers: dict[str, int], words: Words) -> QuestionPart:
    text, language = words.text, words.language
    said = ((text("To judge"), question.guidance), (text("Evidence"), question.evidence))
    return QuestionPart(
        number=numbers[question.id],
        text=question.text.to(language),
        aspect={"say": text("say"), "do": text("do")}.get(question.aspect or "", ""),
        anchors=_anchors(question, language),
        scale=_scale(question, words),
        notes=tuple((head, sentence.to(language)) for head, sentence in said if sentence),
    )


def _anchors(question: Question, language: str) -> tuple[Anchor, ...]:
    points = points_of(question.scale)
    titles = dict(question.scale.labels)
    if isinstance(question.scale.kind, Choice):
        titles.update({option.id: option.title for option in question.scale.kind.options})
    titles.update(question.anchors)
    of = len(points)
    return tuple(
        Anchor(
            given=point if isinstance(question.scale.kind, Points) else "",
            words=titles[point].to(language),
            shade=shade(of + 1 - n if question.reverse else n, of),
        )
        for n, point in enumerate(points, start=1)
        if point in titles
    )


def _scale(question: Question, words: Words) -> str:
    text, kind = words.text, question.scale.kind
    said = ""
    if isinstance(kind, Points) and len(question.anchors) < kind.high - kind.low + 1:
        said = text("A whole number from {low} to {high}.", low=kind.low, high=kind.high)
    elif isinstance(kind, Numeric):
        cuts = ", ".join(words.decimal(cut, _places(cut.denominator)) for cut in kind.cuts)
        unit = kind.unit.to(words.language) if kind.unit else ""
        said = (
            text("A number, in steps that begin at {cuts} {unit}", cuts=cuts, unit=unit).strip()
            + "."
        )
    if question.reverse:
        low = text("A high answer counts low.")
        said = f"{said} {low}".strip()
    return said


def _places(denominator: int) -> int:
    places = 0
    while (10**places) % denominator and places < 9:  # noqa: PLR2004 - as many as a file may hold
        places += 1
    return places


def _step(step: Step, words: Words) -> StepPart:
    text = words.text
    kind = {"basic": text("Basics"), "build": text("Build"), "innovate": text("Innovate")}
    return StepPart(
        rise=text(
            "{k}\N{NO-BREAK SPACE}\N{RIGHTWARDS ARROW}\N{NO-BREAK SPACE}{next}",
            k=step.start,
            next=step.start + 1,
        ),
        action=step.action.to(words.language),
        sign=step.sign.to(words.language),
        number=step.number.to(words.language),
        kind=text("{kind}, effort {effort} of 5", kind=kind[step.kind], effort=step.effort),
    )
