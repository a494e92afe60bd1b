"""The way from the answers to the level, step by step, with this report's own numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cx_maturity.disclosure import FEWEST, hidden_counts
from cx_maturity.parts.peers import benchmark_used
from cx_maturity.parts.row import DASH, level_chip
from cx_maturity.parts.sensitivity import choices
from cx_maturity.parts.source import WIDE, Head, Thought, counted, people_answered
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from cx_maturity.parts.row import Chip
    from cx_maturity.parts.sensitivity import Choices
    from cx_maturity.parts.subject import Subject

_DIGEST = 12


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the calculation: *value* in words, or a level's *chip*."""

    name: str
    rule: str
    value: str
    chip: Chip | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """The calculation, its alternatives, the benchmark, and what it takes to repeat it."""

    head: Head
    stages: tuple[Stage, ...]
    choices: Choices | None
    remarks: tuple[str, ...]
    benchmark: Thought
    benchmark_tag: str
    identity: tuple[tuple[str, str], ...]


def trace(about: Subject) -> Trace:
    """Follow the overall score from the answers to the level."""
    words, overall = about.words, about.card.overall
    score = about.points(overall)
    if overall.score is None:
        finding = words.text("How the answers became no level yet")
    elif overall.gated_level is None:
        finding = words.text("How {score} became an open level", score=score)
    else:
        finding = words.text("How {score} became level {k}", score=score, k=overall.gated_level)
    lede = words.text("Every figure of this report comes from the answers in this way.")
    stages = [
        _answers(about),
        _each(about),
        _together(about),
        _overall(about),
        _interval(about),
        _level(about),
    ]
    if about.foundations and about.questionnaire.gate is not None:
        stages.append(_gate(about))
    return Trace(
        head=Head("method", words.text("Method"), finding, (lede,)),
        stages=tuple(stages),
        choices=choices(about),
        remarks=_remarks(about),
        benchmark=Thought(words.text("The benchmark"), benchmark_used(about)),
        benchmark_tag=about.tag,
        identity=_identity(about),
    )


def grouped_digest(digest: str) -> str:
    """Write the start of a hash in groups of four, for people who compare two."""
    start = digest.removeprefix("sha256:")[:_DIGEST]
    return " ".join(start[i : i + 4] for i in range(0, len(start), 4))


def _answers(about: Subject) -> Stage:
    words, results = about.words, about.card.questions.values()
    given, asked = sum(r.n for r in results), sum(r.total for r in results)
    aside = sum(sum(r.not_applicable.values()) for r in results)
    rule = words.text(
        "{asked} possible; don\u2019t know and unanswered carry no weight",
        asked=words.number(asked),
    )
    if aside >= FEWEST or (aside and not about.wave.is_panel):
        rule = words.plural(
            "{asked} possible, {n} of them not applicable; don\u2019t know and unanswered carry "
            "no weight",
            "{asked} possible, {n} of them not applicable; don\u2019t know and unanswered carry "
            "no weight",
            aside,
            asked=words.number(asked),
        )
    return Stage(
        words.text("Answers given"),
        rule,
        words.text(
            "{given} ({share})",
            given=words.number(given),
            share=words.percent(about.card.overall.coverage),
        ),
    )


def _each(about: Subject) -> Stage:
    words, minimum = about.words, about.questionnaire.aggregate == "minimum"
    if about.questionnaire.has_capabilities:
        rule = (
            words.text("Lowest of questions, capabilities, then dimensions")
            if minimum
            else words.text("Mean of questions, capabilities, then dimensions")
        )
    else:
        rule = (
            words.text("Lowest of questions, then dimensions")
            if minimum
            else words.text("Mean of questions, then dimensions")
        )
    if not about.wave.is_panel:
        return Stage(
            words.text("Each question"),
            words.text("Its place between the bottom (0) and the top (100) of its scale"),
            words.plural("{n} question", "{n} questions", len(about.card.questions)),
        )
    name = (
        words.text("Each customer\u2019s score")
        if about.questionnaire.customer_voice
        else words.text("Each person\u2019s score")
    )
    n, without = about.card.overall.n, about.people - about.card.overall.n
    if not without:
        return Stage(name, rule, counted(about, n))
    rule = words.text(
        "{rule}; {word} answered too little for an overall", rule=rule, word=words.count(without)
    )
    return Stage(
        name,
        rule,
        words.text("{n} of {people}", n=words.number(n), people=counted(about, about.people)),
    )


def _together(about: Subject) -> Stage:
    words, card = about.words, about.card
    if not about.wave.is_panel:
        minimum = about.questionnaire.aggregate == "minimum"
        return Stage(
            words.text("Each dimension"),
            words.text("The lowest of its parts")
            if minimum
            else words.text("The weighted mean of its parts"),
            ", ".join(
                f"{about.titles[d.id]}\N{NO-BREAK SPACE}{about.points(about.measure(d.id))}"
                for d in about.dimensions
            ),
        )
    if not card.roles:
        return Stage(
            words.text("All together"),
            words.text("No roles were told apart"),
            words.text("pooled"),
        )
    titles = {role.id: role.title.to(words.language) for role in about.questionnaire.roles}
    roles = [*card.roles.values()]
    # Everybody's number is printed, so whoever names no role is a count like the others.
    secret = hidden_counts([*roles, about.people - sum(roles)])
    named = [titles[role] for role in card.roles]
    sizes = [
        _size(about, role, name, count)
        for place, (role, name, count) in enumerate(zip(card.roles, named, roles, strict=True))
        if place not in secret
    ]
    if unsaid := [name for place, name in enumerate(named) if place in secret]:
        sizes.append(
            words.plural(
                "{names}: count hidden",
                "{names}: counts hidden",
                len(unsaid),
                names=words.listing(unsaid),
            )
        )
    value = (
        words.text("role-balanced") if card.combined == "role-balanced" else words.text("pooled")
    )
    return Stage(words.text("Roles"), "; ".join(sizes), value)


def _size(about: Subject, role: str, name: str, count: int) -> str:
    """Write how many of a role answered and, where the wave knows, of how many."""
    words, of = about.words, about.wave.population.get(role)
    if of is None:
        return words.text("{role} {n}", role=name, n=words.number(count))
    return words.text("{role} {n} of {of}", role=name, n=words.number(count), of=words.number(of))


def _overall(about: Subject) -> Stage:
    words, overall = about.words, about.card.overall
    if not about.wave.is_panel:
        rule = (
            words.text("The lowest of the dimensions")
            if about.questionnaire.aggregate == "minimum"
            else words.text("The weighted mean of the dimensions")
        )
    elif about.card.combined == "role-balanced":
        rule = (
            words.text("Role-balanced, as the wave file asks: the mean of the roles\u2019 means")
            if about.wave.combine
            else words.text("Role-balanced: every role has at least five who answered")
        )
    elif about.wave.combine:
        rule = words.text("Pooled, as the wave file asks: everybody counts alike")
    else:
        rule = words.text("Pooled: everybody counts alike")
    value = words.decimal(overall.score * 100, 2) if overall.score is not None else DASH
    return Stage(about.titles[OVERALL], rule, value)


def _interval(about: Subject) -> Stage:
    words, overall = about.words, about.card.overall
    if overall.interval is None or overall.degrees is None:
        if overall.coverage == 1:
            rule = words.text("No answer is missing, so there is nothing left to vary")
        else:
            rule = words.text("From every missing answer the lowest to every one the highest")
        return Stage(words.text("Could be"), rule, about.could_be(overall))
    population, degrees = about.wave.population, words.number(overall.degrees)
    balanced = about.card.combined == "role-balanced"
    if not population or (balanced and population.keys().isdisjoint(about.card.roles)):
        rule = words.text("95 %, t with {degrees} degrees of freedom", degrees=degrees)
    elif balanced:
        rule = words.text(
            "95 %, t with {degrees} degrees of freedom, finite populations by role",
            degrees=degrees,
        )
    else:
        rule = words.text(
            "95 %, t with {degrees} degrees of freedom, finite population {n}",
            degrees=degrees,
            n=words.number(sum(population.values())),
        )
    low, high = overall.interval
    return Stage(words.text("Interval"), rule, words.range_exact(low, high))


def _level(about: Subject) -> Stage:
    words, overall, levels = about.words, about.card.overall, about.questionnaire.levels
    chip = level_chip(about.questionnaire, overall.level, words)
    name = words.text("Level by score")
    if overall.level is None:
        return Stage(name, words.text("No score, so no level"), "", chip)
    if about.questionnaire.staged:
        rule = words.text(
            "The questions of every level up to {k} average {share} or more",
            k=overall.level,
            share=words.percent(about.questionnaire.staged_pass),
        )
        return Stage(words.text("Level by stages"), rule, "", chip)
    start = words.points(levels[overall.level - 1].start)
    if overall.level == len(levels):
        rule = words.text("{start} and more is level {k}", start=start, k=overall.level)
    else:
        end = words.points(levels[overall.level].start)
        rule = words.text("{start} up to {end} is level {k}", start=start, end=end, k=overall.level)
    return Stage(name, rule, "", chip)


def _gate(about: Subject) -> Stage:
    words, overall = about.words, about.card.overall
    chip = level_chip(about.questionnaire, overall.gated_level, words)
    known = [level for f in about.foundations if (level := about.measure(f.id).level) is not None]
    gate = about.questionnaire.gate or 0
    if overall.level is not None and overall.gated_level is None:
        rule = words.text("Open: {names} without a score", names=about.named(about.card.held_by))
    elif known and overall.level is None:
        rule = words.text("The lowest foundation is at {k}; there is no score", k=min(known))
    elif known:
        rule = words.text(
            "The lowest foundation is at {k}, so at most level {most} is open; the score gives "
            "{level}",
            k=min(known),
            most=min(min(known) + gate, len(about.questionnaire.levels)),
            level=overall.level,
        )
    else:
        rule = words.text("No foundation applied")
    return Stage(words.text("Gate"), rule, "", chip)


def _remarks(about: Subject) -> tuple[str, ...]:
    text, said = about.words.text, []
    if not about.questionnaire.staged:
        said.append(
            text("Where one level ends and the next begins is a convention, not a finding.")
        )
    said.append(
        text(
            "Numbers are rounded once, when they are printed; levels and comparisons use the "
            "exact ones."
        )
    )
    said.append(
        text(
            "They are in whole points; decimals stand where whole points would name another level, "
            "be the peer median, or make a difference 0 or {points}.",
            points=about.words.points(WIDE),
        )
    )
    if about.wave.is_panel and about.people > 1 and about.questionnaire.customer_voice:
        said.append(
            text(
                "The overall is the mean of customers\u2019 own overalls, so it need not equal the "
                "mean of the dimensions shown."
            )
        )
    elif about.wave.is_panel and about.people > 1:
        said.append(
            text(
                "The overall is the mean of people\u2019s own overalls, so it need not equal the "
                "mean of the dimensions shown."
            )
        )
    return tuple(said)


def _identity(about: Subject) -> tuple[tuple[str, str], ...]:
    words, questionnaire = about.words, about.questionnaire
    return (
        (
            words.text("Questionnaire"),
            words.text(
                "{title} ({id}), version {version}",
                title=questionnaire.title.to(words.language),
                id=questionnaire.id,
                version=questionnaire.version,
            ),
        ),
        (
            words.text("Subset"),
            words.plural(
                "{title}, {n} question",
                "{title}, {n} questions",
                len(about.card.questions),
                title=about.subset.title.to(words.language),
            ),
        ),
        (words.text("Fingerprint"), grouped_digest(questionnaire.fingerprint)),
        (words.text("Data"), grouped_digest(about.wave.digest)),
        (
            words.text("Wave"),
            words.text(
                "{date}, {people}",
                date=words.date(about.wave.date, about.wave.known),
                people=people_answered(about),
            ),
        ),
        (
            words.text("Cite as"),
            words.text(
                "{organisation}: {title}, {date}. Data {digest}.",
                organisation=about.organisation.name,
                title=questionnaire.title.to(words.language),
                date=words.date(about.wave.date, about.wave.known),
                digest=grouped_digest(about.wave.digest),
            ),
        ),
    )
