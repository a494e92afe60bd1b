"""
Pool the organisations of one folder into benchmark editions.

An organisation is in it when it consented, when it is real, and with its newest wave of each
questionnaire, version and subset.  What may not be published is left out before any text of an
edition exists.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from cx_maturity import __version__
from cx_maturity.disclosure import FEWEST, REASONS
from cx_maturity.editions import Ledger
from cx_maturity.errors import ContentError, Place, Problems, quoted
from cx_maturity.load import columns
from cx_maturity.model import Text
from cx_maturity.pooling.cells import NothingToPublishError, gathered, published
from cx_maturity.pooling.files import Head, edition_files, ledger_file
from cx_maturity.pooling.members import (
    Instrument,
    consenting,
    instrument,
    member,
    newest,
    period,
    period_text,
)
from cx_maturity.pooling.reliability import of_waves, organisations_behind
from cx_maturity.pooling.segments import ALL, tree, unclear
from cx_maturity.reading.contribution import EDITION, EDITION_RULE
from cx_maturity.reading.edition import in_order
from cx_maturity.reading.item import FOLDER_ID, FOLDER_ID_RULE, meant
from cx_maturity.reading.ledger import member_token, token
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from cx_maturity.editions import Assessments, Edition, Reliability
    from cx_maturity.model import Organisation, Questionnaire, Wave
    from cx_maturity.pooling.cells import Member, Publication

# What --previous says where the editions so far are not to be looked at.
NONE = "none"


@dataclass(frozen=True, slots=True)
class Pooled:
    """
    One edition, ready to be written.

    *files* belong in ``benchmarks/<id>/``; *ledger* in ``ledgers/<id>.csv``, and nowhere else.
    """

    id: str
    files: Mapping[str, str]
    ledger: str
    n: int  # organisations with an overall score
    publication: Publication
    earlier: tuple[str, ...] = ()  # ids of the editions that it was held against, newest first
    aside: tuple[str, ...] = ()  # ids of those that it was not held against, newest first


@dataclass(frozen=True, slots=True)
class Pooling:
    """All editions of one run, and what is in none: organisation → why."""

    editions: tuple[Pooled, ...]
    left_out: Mapping[str, str]
    refused: Mapping[str, str] = field(default_factory=dict)  # edition → why


class Part(NamedTuple):
    """What enters the edition of one instrument; *period* is its first and its last month."""

    members: tuple[Member, ...]
    period: tuple[str, str]
    reliability: Mapping[str, Reliability] = MappingProxyType({})


class Before(NamedTuple):
    """
    The editions before a new one, each newest first.

    *ledgers* are what it is held against, *aside* the ids of the others; *has_reliability* tells
    whether any of them published how well questions hang together.
    """

    ledgers: tuple[Ledger, ...]
    aside: tuple[str, ...] = ()
    has_reliability: bool = False


def parts(assessments: Assessments) -> tuple[dict[Instrument, Part], dict[str, str]]:
    """Score whoever may be counted, by instrument; and return why each of the others is not."""
    organisations, left_out = consenting(assessments)
    found = {}
    for asked, answered in newest(organisations).items():
        scored = [(member(organisation, wave), wave) for organisation, wave in answered]
        left_out |= {
            one.key: f"{_too_few(wave)} for a score in {asked}"
            for one, wave in scored
            if not one.points
        }
        kept = [(one, wave) for one, wave in scored if one.points]
        if kept:
            members, waves = zip(*kept, strict=True)
            found[asked] = Part(members, period(waves), _reliability(organisations, waves))
    return found, left_out


def _too_few(wave: Wave) -> str:
    """Say what *wave*, which has no score, lacks: from five people on, a score needs five."""
    if wave.is_panel and len(wave.respondents) >= FEWEST:
        return "fewer than five people answered enough"
    return "too few answers"


def _reliability(
    organisations: Iterable[Organisation], waves: Sequence[Wave]
) -> dict[str, Reliability]:
    """Return the figures of every measure that rests on none or on five private organisations."""
    made = of_waves(waves)
    public = {wave.path for one in organisations if one.public for wave in one.waves}
    private = [wave for wave in waves if wave.path not in public]
    if len(private) == len(waves):
        return made
    behind = organisations_behind(private)
    return {name: one for name, one in made.items() if not 0 < behind.get(name, 0) < FEWEST}


def responses(
    path: Path, questionnaire: Questionnaire, subset: str, months: tuple[str, str]
) -> dict[Instrument, Part]:
    """
    Score the organisations of a Parquet file, which answered in the *months* given.

    Raises :class:`~cx_maturity.errors.ContentError` with everything that is wrong with it.
    """
    from cx_maturity.pooling.columns import scored  # noqa: PLC0415 - numpy, for those who have so many
    from cx_maturity.pooling.moments import Moments  # noqa: PLC0415 - the same

    problems = Problems()
    file = columns(path, problems)
    moments = Moments(questionnaire, subset)
    found = scored(file, path, questionnaire, subset, problems, also=moments.add) if file else None
    members = found.members if found else ()
    for name, why in unclear((one.industry, one.country) for one in members).items():
        problems.add(Place(path), "industry", f"{quoted(name)}: {why}")
    if problems.count():
        raise ContentError(problems.errors)
    if not members:
        return {}
    part = Part(members, months, moments.reliability())
    return {instrument(questionnaire, subset): part}


def pool(
    assessments: Assessments,
    edition: str,
    previous: str | None = None,
    more: Mapping[Instrument, Part] | None = None,
) -> Pooling:
    """
    Make *edition* of every instrument that enough organisations answered.

    *previous* is the id of the newest edition to hold it against, ``none`` for none of them, or
    None for all.  *more* holds organisations from elsewhere.  Raises
    :class:`~cx_maturity.errors.ContentError` when none can be made, or one may not be.
    """
    problems = Problems()
    check_names(assessments, edition, previous, problems)
    found, left_out = parts(assessments)
    found = _together(assessments, found, more or {}, problems)
    elsewhere = {one.key for part in (more or {}).values() for one in part.members}
    made: dict[Instrument, Pooled] = {}
    refused: dict[str, str] = {}
    for asked, part in found.items():
        own = edition_id(asked, edition)
        before = earlier_than(assessments, asked, edition, previous, problems)
        _check_origin(assessments, before.ledgers, problems)
        check_new(assessments, own, problems)
        if own in {one.id for one in made.values()}:
            message = "two questionnaires or subsets have nearly the same id; rename one of them"
            problems.add(Place(assessments.root / "benchmarks" / own), "", message)
        if problems.count():
            continue
        known = _known(assessments, asked, elsewhere)
        try:
            one = _pooled(asked, part, edition, _beside(before, made, asked), known)
        except NothingToPublishError as error:
            refused[own] = str(error)
        else:
            made[asked] = one
    if not made and not problems.count():
        _say_why(assessments.root / "organisations", refused, problems)
    if problems.count():
        raise ContentError(problems.errors)
    return Pooling(tuple(made.values()), left_out, refused)


def _known(
    assessments: Assessments, asked: Instrument, elsewhere: Collection[str]
) -> frozenset[str]:
    """
    Return the tokens of all points that the site itself publishes, in reports of any wave.

    Nobody *elsewhere* has a report here, whatever its name.
    """
    return frozenset(
        token(b"", measure, organisation.id, points)
        for organisation in assessments.organisations
        if organisation.public and organisation.id not in elsewhere
        for wave in organisation.waves
        if (wave.questionnaire.id, wave.subset) == (asked.questionnaire, asked.subset)
        for measure, points in member(organisation, wave).points.items()
    )


def _beside(before: Before, made: Mapping[Instrument, Pooled], asked: Instrument) -> Before:
    """Add what the same run has made of other versions: it is published with this edition."""
    same = [one for other, one in made.items() if _is_same(other, asked)]
    ledgers = tuple(Ledger(one.id, one.publication.tokens) for one in same)
    has = any("\nreliability:\n" in one.files["benchmark.yaml"] for one in same)
    return before._replace(
        ledgers=ledgers + before.ledgers, has_reliability=before.has_reliability or has
    )


def _pooled(
    asked: Instrument, part: Part, edition: str, before: Before, known: frozenset[str]
) -> Pooled:
    segments = tree((one.industry, one.country) for one in part.members)
    found = published(segments, gathered(part.members, segments), before.ledgers, known)
    # No ledger tells whose answers were behind the figures of then, so none can differ from them.
    reliability = {
        measure: one
        for measure, one in part.reliability.items()
        if (ALL, measure) in found.cells and not before.has_reliability
    }
    n = found.cells[ALL, OVERALL].n
    head = Head(
        made=(
            f"Organisations that agreed to be counted.  Made with cx-maturity {__version__} by",
            f"  cx-maturity benchmark pool --edition {edition}",
            "It is frozen: a correction is a new edition.",
        ),
        kind="pooled",
        title=Text({"en": f"Pooled peers, {asked.subset}"}),
        questionnaire=asked.questionnaire,
        version=asked.version,
        subset=asked.subset,
        aggregate=asked.aggregate,
        edition=edition,
        period=period_text(part.period),
        source=Text({"en": f"{n} organisations that agreed to be counted."}),
    )
    members = (member_token(one.key) for one in part.members if OVERALL in one.points)
    return Pooled(
        edition_id(asked, edition),
        edition_files(head, found, reliability),
        ledger_file(found, members),
        n,
        found,
        tuple(ledger.edition for ledger in before.ledgers),
        before.aside,
    )


def told(pooling: Pooling) -> list[str]:
    """Return what was done, line by line, for whoever pooled; it names organisations."""
    lines = []
    for one in pooling.editions:
        beside = ", ".join(one.earlier) or "no edition before"
        lines.append(f"{one.id}: {one.n} organisations, held against {beside}")
        lines += aside(one)
        lines += [
            f"  folded: {segment.id}: {REASONS[segment.folded]}"
            for segment in one.publication.segments
            if segment.folded
        ]
        lines += [
            f"  hidden: {measure} of {segment}: {REASONS[reason]}"
            for (segment, measure), reason in sorted(one.publication.hidden.items())
        ]
    lines += [f"not made: {own}: {why}" for own, why in pooling.refused.items()]
    return lines + [f"left out: {name}: {why}" for name, why in pooling.left_out.items()]


def aside(one: Pooled) -> list[str]:
    """Return the line that says which editions nobody compared this one with, if any."""
    return [f"  not held against: {', '.join(one.aside)}"] if one.aside else []


def edition_id(asked: Instrument, edition: str) -> str:
    """Return the id of a pooled edition, the name of its folder: ``pooled-cx-1-0-full-2026``."""
    words = ("pooled", asked.questionnaire, asked.version, asked.subset, edition)
    return re.sub(r"[^a-z0-9]+", "-", "-".join(words).lower()).strip("-")


def earlier_than(
    assessments: Assessments,
    asked: Instrument,
    edition: str,
    previous: str | None,
    problems: Problems,
) -> Before:
    """
    Return the editions that a new one is held against, of whatever version.

    Each must have its ledger.  Where *previous* names one, that one must, and of those before it
    all that are at hand are used.  Whatever keeps them from being used goes to *problems*.
    """
    same = [found for found in assessments.editions if _measures(found, asked)]
    same.sort(key=lambda found: (in_order(found.edition), in_order(found.version)), reverse=True)
    for other in same:
        is_late = other.version == asked.version and in_order(other.edition) >= in_order(edition)
        if is_late and other.path and other.id != edition_id(asked, edition):
            message = f"edition {quoted(other.edition)} is there already"
            advice = f"a new one comes after it, and {quoted(edition)} does not"
            problems.add(Place(other.path), "edition", f"{message}; {advice}")
    ids = tuple(found.id for found in same)
    if previous == NONE or not same:
        return Before((), ids)
    at = ids.index(previous) if previous in ids else 0
    ledgers = assessments.ledgers
    for own in ids[at : at + 1] if previous else ids:
        if own not in ledgers:
            message = (
                "no ledger of this edition, so nobody can tell how many have changed since; put "
                "it back, name with --previous an edition that has its ledger and is to be held "
                f"against, or say --previous {NONE} when nobody has seen any of them"
            )
            problems.add(Place(assessments.root / "ledgers" / f"{own}.csv"), "", message)
    used = [own for own in ids[at:] if own in ledgers]
    return Before(
        tuple(ledgers[own] for own in used),
        tuple(own for own in ids if own not in used),
        any(found.reliability for found in same),
    )


def _measures(edition: Edition, asked: Instrument) -> bool:
    own = Instrument(edition.questionnaire, edition.version, edition.subset, edition.aggregate)
    return edition.kind == "pooled" and _is_same(own, asked)


def _is_same(one: Instrument, other: Instrument) -> bool:
    """Tell whether both are versions of one thing, so that their tokens can be compared."""
    return (one.questionnaire, one.subset) == (other.questionnaire, other.subset)


def _together(
    assessments: Assessments,
    found: Mapping[Instrument, Part],
    more: Mapping[Instrument, Part],
    problems: Problems,
) -> dict[Instrument, Part]:
    """Put members from two places together; nobody may come from both."""
    both: dict[Instrument, Part] = {}
    for asked in sorted({*found, *more}):
        here = [part for part in (found.get(asked), more.get(asked)) if part]
        members = tuple(one for part in here for one in part.members)
        months = [month for part in here for month in part.period]
        # Figures of either half say nothing of the whole.
        reliability = here[0].reliability if len(here) == 1 else {}
        both[asked] = Part(members, (min(months), max(months)), reliability)
        for key, count in Counter(one.key for one in members).items():
            if count > 1:
                message = f"{quoted(key)} answered {asked} here and in the other file"
                place = Place(assessments.root / "organisations" / key)
                problems.add(place, "", f"{message}; an organisation counts once")
    return both


def check_names(
    assessments: Assessments, edition: str, previous: str | None, problems: Problems
) -> None:
    """Check what a command says of the edition to make and of the one before."""
    if not EDITION.fullmatch(edition):
        message = f"{quoted(edition)} cannot name an edition; use {EDITION_RULE}"
        problems.add(Place(assessments.root / "benchmarks"), "--edition", message)
    known = [found.id for found in assessments.editions if found.kind == "pooled"]
    if previous not in {None, NONE, *known}:
        message = f"no pooled edition {quoted(previous or '')}{meant(previous or '', known)}"
        problems.add(Place(assessments.root / "benchmarks"), "--previous", message)


def check_new(assessments: Assessments, own: str, problems: Problems) -> None:
    """Check that *own* can be the id of an edition that is not there yet."""
    folder = assessments.root / "benchmarks" / own
    if not FOLDER_ID.fullmatch(own):
        problems.add(Place(folder), "", f"{quoted(own)} cannot be an id; use {FOLDER_ID_RULE}")
    known = {found.id for found in assessments.editions}
    if own in known | {found.id for found in assessments.published}:
        message = "this edition is frozen; give the new one another name with --edition"
        problems.add(Place(folder), "", message)


def _check_origin(assessments: Assessments, earlier: Iterable[Ledger], problems: Problems) -> None:
    """Name ledgers of merged editions: their tokens have a key, and none is like one of ours."""
    for ledger in earlier:
        if len(ledger.members) < len(ledger.tokens.get((ALL, OVERALL), ())):
            message = (
                "not pooled from organisations of one folder, so nobody can tell what has changed "
                f"since; say --previous {NONE} when no organisation is in both"
            )
            problems.add(Place(assessments.root / "ledgers" / f"{ledger.edition}.csv"), "", message)


def _say_why(folder: Path, refused: Mapping[str, str], problems: Problems) -> None:
    for own, why in refused.items():
        problems.add(Place(folder), own, why)
    if not refused:
        message = (
            "no organisation here may be counted; one that agrees says "
            "benchmark: {contribute: true} in its organisation.yaml"
        )
        problems.add(Place(folder), "", message)
