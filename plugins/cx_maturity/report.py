"""The report as a record: every word, figure and chart in the order in which it is read."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.addresses import method_path, wave_path
from cx_maturity.disclosure import FEWEST
from cx_maturity.parts.answers import answers
from cx_maturity.parts.change import moved_said, movement_part, verdict_said
from cx_maturity.parts.findings import board_findings, findings, minutes_evidence
from cx_maturity.parts.foundation import held
from cx_maturity.parts.gaps import gaps, strength
from cx_maturity.parts.heat import capabilities
from cx_maturity.parts.held import find_out, what_holds
from cx_maturity.parts.loop import loop_part
from cx_maturity.parts.path import next_action
from cx_maturity.parts.people import people
from cx_maturity.parts.profile import overall_figure, profile
from cx_maturity.parts.source import Head, Thought, borderline, people_answered, reach_said
from cx_maturity.parts.trace import grouped_digest, trace
from cx_maturity.parts.unknown import unknown
from cx_maturity.parts.verdict import headline
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.reading.rules import SEVERITIES

if TYPE_CHECKING:
    from cx_maturity.parts.action import Action
    from cx_maturity.parts.answers import Answers
    from cx_maturity.parts.change import Moved
    from cx_maturity.parts.findings import Findings, Said
    from cx_maturity.parts.foundation import Held
    from cx_maturity.parts.gaps import Gaps
    from cx_maturity.parts.heat import Capabilities
    from cx_maturity.parts.loop import Done
    from cx_maturity.parts.people import People
    from cx_maturity.parts.profile import Profile
    from cx_maturity.parts.row import Figure
    from cx_maturity.parts.subject import Subject
    from cx_maturity.parts.trace import Trace
    from cx_maturity.parts.unknown import Unknown


FILES = ("report.json", "scores.csv", "actions.csv")
# The condition of which "What holds the level" tells.
_HELD = "held"
# One row of findings: who has a minute reads no more.
_MOST_FINDINGS = 3
# Questions this near to the lowest might as well have been the lowest.
_CLOSE = Fraction(1, 20)


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the site; *path* is from its root."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Band:
    """A warning that stands on every page: a tag and what it means."""

    tag: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part in the contents and above its page; the board is the first, without a number."""

    number: int
    head: Head


@dataclass(frozen=True, slots=True)
class Board:
    """The page that a board reads: verdict, picture, findings, what holds it, what is next."""

    verdict: str
    about: str
    means: str  # the level in the words of its questionnaire
    measures: str  # what the questionnaire measures, where it is not maturity
    figure: Figure
    findings: tuple[Said, ...]
    keep: Thought | None  # a strength, where findings leave room for it
    more: str  # how many findings are not on this page
    holds: Thought
    is_held: bool
    action: Action | None
    look_first: Thought | None
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One organisation's report on one wave; parts that have nothing to say are None."""

    title: str
    running: str
    summary: str
    is_panel: bool
    bands: tuple[Band, ...]
    waves: tuple[Link, ...]
    method: Link
    board: Board
    profile: Profile
    capabilities: Capabilities | None
    minutes: Thought | None  # how often customers come up in minutes: evidence, never a score
    gaps: Gaps | None
    people: People | None
    held: Held | None
    change: Moved | None
    loop: Done | None
    findings: Findings | None
    unknown: Unknown
    trace: Trace
    answers: Answers
    contents: tuple[Section, ...]
    files: tuple[str, ...]  # beside the page, with the same numbers


def report(about: Subject, industry: str) -> Report:
    """Write the report on one scored wave; *industry* is its name in the reader's language."""
    organisation, card, words = about.organisation, about.card, about.words
    month = words.month(card.wave.date, card.wave.known)
    name = about.questionnaire.title.to(words.language)
    first, second = profile(about), capabilities(about)
    between, seen, holding = gaps(about), people(about), held(about)
    moved = movement_part(about, about.movement) if about.movement else None
    done, found = loop_part(about), findings(about)
    open_, traced, given = unknown(about), trace(about), answers(about)
    parts = (first, second, between, seen, holding, moved, done, found, open_, traced, given)
    board = _board(about, industry)
    return Report(
        title=_title(about, month, name),
        running=words.text(
            "{organisation} \N{MIDDLE DOT} {questionnaire} \N{MIDDLE DOT} {month}",
            organisation=organisation.name,
            questionnaire=name,
            month=month,
        ),
        summary=board.verdict,
        is_panel=card.wave.is_panel,
        bands=bands(about),
        waves=tuple(
            Link(
                words.month(wave.date, wave.known), wave_path(organisation, wave.id, words.language)
            )
            for wave in organisation.waves
            if wave.id != card.wave.id
        ),
        method=Link(name, method_path(about.questionnaire, words.language, words.site)),
        board=board,
        profile=first,
        capabilities=second,
        minutes=minutes_evidence(about),
        gaps=between,
        people=seen,
        held=holding,
        change=moved,
        loop=done,
        findings=found,
        unknown=open_,
        trace=traced,
        answers=given,
        contents=tuple(
            Section(number, head)
            for number, head in enumerate((part.head for part in parts if part), start=2)
        ),
        files=FILES,
    )


def bands(about: Subject) -> tuple[Band, ...]:
    """Say on every page what must not be taken for real."""
    words, found = about.words, []
    if about.peers and about.is_illustrative:
        found.append(
            Band(
                about.tag,
                words.plural(
                    "The {n} peer is simulated. Do not quote its figures as market data.",
                    "The {n} peers are simulated. Do not quote their figures as market data.",
                    about.peers.n,
                ),
            )
        )
    if about.organisation.fictional:
        found.append(
            Band(
                words.text("Fictional"),
                words.text(
                    "{name} is invented, to show what a report looks like.",
                    name=about.organisation.name,
                ),
            )
        )
    return tuple(found)


def _title(about: Subject, month: str, questionnaire: str) -> str:
    words, name = about.words, about.organisation.name
    if about.is_illustrative:
        return words.text(
            "{organisation}, {month}: {questionnaire} (Illustrative peers)",
            organisation=name,
            month=month,
            questionnaire=questionnaire,
        )
    return words.text(
        "{organisation}, {month}: {questionnaire}",
        organisation=name,
        month=month,
        questionnaire=questionnaire,
    )


def _board(about: Subject, industry: str) -> Board:
    unknown = find_out(about)
    action = None if unknown else next_action(about)
    return Board(
        verdict=headline(about),
        about=_about(about, industry),
        means=_means(about),
        measures=_measures(about),
        figure=overall_figure(about),
        findings=_on_board(about),
        keep=_keep(about),
        more=_more_findings(about),
        holds=what_holds(about),
        is_held=about.card.overall.gated_level != about.card.overall.level,
        action=action,
        look_first=unknown or (None if action else _lowest(about)),
        basis=_basis(about),
    )


def _on_board(about: Subject) -> tuple[Said, ...]:
    """Return the findings that the page does not say elsewhere, as many as fit in a row."""
    elsewhere = {
        finding.rule.id for finding in about.advice.findings if finding.rule.condition == _HELD
    }
    shown = [said for said in board_findings(about) if said.rule not in elsewhere]
    return tuple(shown[:_MOST_FINDINGS])


def _keep(about: Subject) -> Thought | None:
    """Name a strength where findings leave room, and none of them tells of one."""
    shown = _on_board(about)
    if len(shown) == _MOST_FINDINGS or any(said.severity == SEVERITIES[-1] for said in shown):
        return None
    return strength(about)


def _more_findings(about: Subject) -> str:
    """Count the findings that the board's page leaves out; empty for none."""
    left = len(about.advice.findings) - len(_on_board(about))
    if not left:
        return ""
    return about.words.plural(
        "{n} more finding, with its rule and numbers",
        "{n} more findings, with their rules and numbers",
        left,
    )


def _means(about: Subject) -> str:
    """Say what the level reached looks like, seen by whoever the questionnaire names last."""
    level = about.card.overall.gated_level
    if level is None:
        return ""
    described = list(about.questionnaire.levels[level - 1].described.values())
    if not described:
        return ""
    return about.words.text(
        "Level {k} is described as: \u201c{described}\u201d",
        k=level,
        described=described[-1].to(about.words.language),
    )


def _measures(about: Subject) -> str:
    """Say what customers were asked, so that nobody takes their view for maturity."""
    summary = about.questionnaire.summary
    if not about.questionnaire.customer_voice or summary is None:
        return ""
    return summary.to(about.words.language)


def _about(about: Subject, industry: str) -> str:
    words, organisation = about.words, about.organisation
    where = [
        part
        for part in (
            organisation.name,
            words.inside(industry),
            words.country(organisation.country) if organisation.country else "",
        )
        if part
    ]
    sentences = [
        f"{', '.join(where)}.",
        words.text(
            "{people}, {date}.",
            people=words.start(people_answered(about)),
            date=words.date(about.wave.date, about.wave.known),
        ),
    ]
    if len(organisation.waves) > 1:
        place = [wave.id for wave in organisation.waves].index(about.wave.id) + 1
        sentences.append(
            words.text(
                "{place} of {of} rounds.",
                place=words.start(words.rank(place)),
                of=words.count(len(organisation.waves)),
            )
        )
    return " ".join([*sentences, *_since(about)])


def _since(about: Subject) -> list[str]:
    """Say how the overall moved since the round before, with the word that its interval allows."""
    movement, words = about.movement, about.words
    change = movement.changes.get(OVERALL) if movement else None
    if movement is None or change is None or change.difference is None:
        return []
    value, interval = moved_said(about, change.difference)
    word = verdict_said(about, change.verdict)
    spread = f"{value}\N{NO-BREAK SPACE}[{interval}]" if interval else value
    values = {
        "month": words.month(movement.earlier.date, movement.earlier.known),
        "then": about.points(change.earlier),
        "now": about.points(change.later),
        "moved": f"{word}, {spread}" if word else spread,
    }
    if movement.questions < movement.asked[1]:
        return [
            words.text(
                "Since {month}, on the questions that both share: {then}\N{NO-BREAK SPACE}"
                "\N{RIGHTWARDS ARROW}\N{NO-BREAK SPACE}{now}, {moved}.",
                **values,
            )
        ]
    return [
        words.text(
            "Since {month}: {then}\N{NO-BREAK SPACE}\N{RIGHTWARDS ARROW}\N{NO-BREAK SPACE}{now}, "
            "{moved}.",
            **values,
        )
    ]


def _lowest(about: Subject) -> Thought | None:
    words = about.words
    scored = [
        (result.mean, question.text.to(words.language), result.n)
        for question in about.questionnaire.questions()
        if (result := about.card.questions.get(question.id))
        and result.mean is not None
        and (result.n >= FEWEST or not about.wave.is_panel)
        and result.id not in about.card.hidden_means
    ]
    if not scored or len({mean for mean, _, _ in scored}) == 1:
        return None
    scored.sort(key=lambda found: found[0])
    mean, text, n = scored[0]
    sentences = [words.text("\u201c{question}\u201d", question=text)]
    if about.wave.is_panel:
        sentences.append(
            words.plural(
                "Its mean of {points} from {n} answer is the lowest of {of} questions.",
                "Its mean of {points} from {n} answers is the lowest of {of} questions.",
                n,
                points=words.points(mean),
                of=len(scored),
            )
        )
    else:
        sentences.append(
            words.text(
                "No answer of {of} is lower than this one, {points} of 100.",
                points=words.points(mean),
                of=len(scored),
            )
        )
    if scored[1][0] - mean <= _CLOSE:
        sentences.append(words.text("Others are close; this is a place to ask, not a ranking."))
    return Thought(words.text("Lowest in these answers"), tuple(sentences))


def _silent(about: Subject) -> list[str]:
    """Say of how many people nothing is known, where intervals stand that leave them out."""
    words, population = about.words, about.wave.population
    silent = sum(population.values()) - about.people
    known = population.keys() >= {*about.card.roles} or "all" in population
    if not about.has_intervals or silent <= 0 or not known:
        return []
    if about.questionnaire.customer_voice:
        return [
            words.plural(
                "No interval covers the {n} customer who did not answer.",
                "No interval covers the {n} customers who did not answer.",
                silent,
            )
        ]
    return [
        words.plural(
            "No interval covers the {n} person who did not answer.",
            "No interval covers the {n} people who did not answer.",
            silent,
        )
    ]


def _basis(about: Subject) -> tuple[str, ...]:
    words, card = about.words, about.card
    questions = words.plural("{n} question", "{n} questions", len(card.questions))
    if about.questionnaire.customer_voice:
        kind = words.text("Customers\u2019 view, {questions}", questions=questions)
    else:
        kind = words.text("Self-assessed maturity, {questions}", questions=questions)
    if card.combined == "role-balanced":
        kind = words.plural(
            "{kind}; {word} role, counted whatever its size.",
            "{kind}; {word} roles count alike, whatever their size.",
            len(card.roles),
            kind=kind,
            word=words.count(len(card.roles)),
        )
    else:
        kind = f"{kind}."
    said = [
        kind,
        words.text("{share} of answers given.", share=words.percent(card.overall.coverage)),
        *_silent(about),
    ]
    said.extend(borderline(about, (OVERALL, *(d.id for d in about.dimensions))))
    said.extend(reach_said(about))
    if not about.questionnaire.staged:
        said.append(words.text("Where a level begins is a convention."))
    said.append(
        words.text(
            "Data {digest}, questionnaire {id} {version}.",
            digest=grouped_digest(about.wave.digest)[:9],
            id=about.questionnaire.id,
            version=about.questionnaire.version,
        )
    )
    return tuple(said)
