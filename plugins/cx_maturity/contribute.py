"""
Contribute to a benchmark of several consultancies, none of whom sees another's clients.

A contribution holds counts of at least five organisations and no row of any of them, and what
it tells together with those before it has been looked at.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cx_maturity.disclosure import FEWEST
from cx_maturity.editions import Contributed, Contribution
from cx_maturity.errors import ContentError, Place, Problems, counted, quoted
from cx_maturity.pooling.lifting import FEW, GONE, NEW, SAME, Row, placed
from cx_maturity.pooling.members import (
    Instrument,
    consenting,
    member,
    newest,
    period,
    period_text,
)
from cx_maturity.pooling.segments import path, segment_id, tree
from cx_maturity.reading.contribution import EDITION, EDITION_RULE
from cx_maturity.reading.ledger import token
from cx_maturity.reading.organisation import business_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from cx_maturity.editions import Assessments, Segment
    from cx_maturity.model import Organisation, Wave
    from cx_maturity.pooling.cells import Key

# Business ids are numbers that follow a rule: with a short key at hand, or one that can be
# guessed, a list of hashes is a list of businesses.
KEY_LENGTH = 32
_HASH_LENGTH = 32

_WHY = {
    FEW: f"fewer than {FEWEST} have a score for it",
    NEW: f"new or with other points, and fewer than {FEWEST}: they wait for more",
    GONE: f"kept back, for fewer than {FEWEST} are gone or have other points",
    SAME: f"kept back, for fewer than {FEWEST} are as they were",
}

# --- contributing ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Handed:
    """
    What one instrument's organisations come to; *contribution* None where there are too few.

    *moved* counts organisations by measure, from which segment and to which; *left* those who
    do not count for a measure, by measure and reason.  *counted* are the organisations' ids.
    """

    asked: Instrument
    contribution: Contribution | None
    counted: tuple[str, ...]
    moved: Mapping[tuple[str, str, str], int]
    left: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Contributing:
    """
    All contributions of one run, and who is in none: organisation → why.

    *earlier* is how many they were held against.
    """

    handed: tuple[Handed, ...]
    left_out: Mapping[str, str]
    earlier: int


class Keys(NamedTuple):
    """
    What hashes are made with; neither part is ever written.

    *shared* with all who contribute, for what must be the same in two hands: organisations.
    *own* is one contributor's alone, for what nobody else needs to compare: tokens.
    """

    shared: bytes
    own: bytes


def checked_key(data: bytes, file: Path) -> Keys:
    """
    Return the key in a file's *data*: the shared part in one line, one's own in the next.

    Raises :class:`~cx_maturity.errors.ContentError` for one that is no secret.
    """
    problems = Problems()
    parts = [part.strip() for part in data.splitlines() if part.strip()]
    for line, part in enumerate(parts, 1):
        if len(part) < KEY_LENGTH:
            message = f"{len(part)} characters; use {KEY_LENGTH} or more, drawn at random"
            why = "whoever guesses them can look up businesses and their points"
            problems.add(Place(file, line), "--key", f"{message}, for {why}")
    if len(parts) != len(Keys._fields) or parts[0] == parts[-1]:
        message = "two different lines belong here, the key that all share and one of your own"
        problems.add(Place(file), "--key", message)
    if problems.count():
        raise ContentError(problems.errors)
    return Keys(*parts)


def contribute(
    assessments: Assessments,
    edition: str,
    key: Keys,
    without: Collection[str] = (),
    previous: Sequence[Contribution] = (),
) -> Contributing:
    """
    Make a contribution to *edition* for every instrument that was answered.

    *without* are hashes of organisations to leave out, *previous* what was handed over before.
    Raises :class:`~cx_maturity.errors.ContentError` when the files do not allow any.
    """
    problems = Problems()
    if not EDITION.fullmatch(edition):
        message = f"{quoted(edition)} cannot name an edition; use {EDITION_RULE}"
        problems.add(Place(assessments.root), "--edition", message)
    for one in previous:
        if one.path and (one.key, one.own) != marks(key):
            message = "made with another key, so nobody can tell what has changed since"
            problems.add(Place(one.path), "key", f"{message}; use the key of then")
    organisations, left_out = consenting(assessments)
    _check_business_ids(organisations, problems)
    if problems.count():
        raise ContentError(problems.errors)
    handed: list[Handed] = []
    unknown = {*without}
    for asked, answered in newest(organisations).items():
        hashes = {
            o.id: organisation_hash(key.shared, edition, asked, _business(o)) for o, _ in answered
        }
        unknown -= {*hashes.values()}
        kept = [(o, wave) for o, wave in answered if hashes[o.id] not in without]
        away = {o.id for o, _ in answered} - {o.id for o, _ in kept}
        left_out |= dict.fromkeys(sorted(away), f"left out of {asked} with --without")
        before = [one for one in previous if instrument_of(one) == asked]
        made = _handed(asked, kept, edition, key, hashes, before)
        left_out |= {o.id: f"in no cell of {asked}" for o, _ in kept if o.id not in made.counted}
        handed.append(made)
    for name in sorted(unknown):
        message = f"no organisation here has the hash {quoted(name)} in edition {quoted(edition)}"
        problems.add(Place(assessments.root / "organisations"), "--without", message)
    if problems.count():
        raise ContentError(problems.errors)
    return Contributing(tuple(handed), left_out, len(previous))


def organisation_hash(key: bytes, edition: str, asked: Instrument, business_id: str) -> str:
    """
    Return what stands for an organisation in one edition of one instrument: 32 hex digits.

    Another edition or instrument gives another, so that lists cannot be laid side by side.
    """
    return _keyed(key, "organisation", edition, *asked, business_key(business_id))


def marks(key: Keys) -> tuple[str, str]:
    """Return what tells one key from another, and nothing else about it: 32 hex digits each."""
    return _keyed(key.shared, "key"), _keyed(key.own, "own")


def _keyed(key: bytes, *parts: str) -> str:
    told = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)
    return hmac.new(key, told, hashlib.sha256).hexdigest()[:_HASH_LENGTH]


def _check_business_ids(organisations: Iterable[Organisation], problems: Problems) -> None:
    for one in organisations:
        if one.path and not business_key(one.business_id or ""):
            message = (
                "no business id, so nobody could tell that another consultancy contributes the "
                "same organisation; add business-id, or say contribute: false"
            )
            problems.add(Place(one.path), "business-id", message)


def _business(organisation: Organisation) -> str:
    return organisation.business_id or ""


def instrument_of(found: Contribution) -> Instrument:
    """Return what a contribution's organisations answered."""
    return Instrument(found.questionnaire, found.version, found.subset, found.aggregate)


def _handed(  # noqa: PLR0913, PLR0917 - all of it goes into the contribution
    asked: Instrument,
    answered: Sequence[tuple[Organisation, Wave]],
    edition: str,
    key: Keys,
    hashes: Mapping[str, str],
    previous: Sequence[Contribution],
) -> Handed:
    segments = tree((one.industry, one.country) for one, _ in answered)
    rows = _rows(answered, key, hashes)
    cells: dict[Key, Contributed] = {}
    counted: set[str] = set()
    moved: Counter[tuple[str, str, str]] = Counter()
    left: dict[tuple[str, str], int] = {}
    for measure, some in sorted(rows.items()):
        found = placed(some, segments, [_segments_of(one, measure) for one in previous])
        left |= {(measure, why): n for why, n in found.left.items()}
        for segment, group in found.groups.items():
            cells[segment, measure] = Contributed(
                Counter(row.points for row in group),
                tuple(sorted(row.token for row in group)),
            )
            counted |= {row.organisation for row in group}
            moved.update((measure, r.segment, segment) for r in group if r.segment != segment)
    contribution = None
    shared, own = marks(key)
    if cells:
        contribution = Contribution(
            *(asked.questionnaire, asked.version, asked.subset, asked.aggregate, edition),
            period(wave for one, wave in answered if hashes[one.id] in counted),
            _holding(segments, cells),
            tuple(sorted(counted)),
            dict(sorted(cells.items())),
            key=shared,
            own=own,
        )
    there = tuple(sorted(one.id for one, _ in answered if hashes[one.id] in counted))
    return Handed(asked, contribution, there, dict(sorted(moved.items())), left)


def _rows(
    answered: Iterable[tuple[Organisation, Wave]], key: Keys, hashes: Mapping[str, str]
) -> dict[str, list[Row]]:
    """Return a row for each organisation and measure, by measure."""
    rows: dict[str, list[Row]] = {}
    for organisation, wave in answered:
        one = member(organisation, wave, business_key(_business(organisation)))
        *_, nearest = path(one.industry, one.country)
        for measure, points in one.points.items():
            # Of the points, not of the answers: new answers that come to the same points leave
            # the counts as they were, and whoever else came or went would be plain.
            hashed = token(key.own, measure, one.key, points)
            row = Row(hashes[organisation.id], hashed, segment_id(*nearest), points)
            rows.setdefault(measure, []).append(row)
    return rows


def _segments_of(contribution: Contribution, measure: str) -> dict[str, str]:
    """Return which segment each token of a measure stood in."""
    return {
        each: segment
        for (segment, name), found in contribution.cells.items()
        if name == measure
        for each in found.tokens
    }


def _holding(segments: Sequence[Segment], cells: Iterable[Key]) -> tuple[Segment, ...]:
    """Return the segments that have a cell, and those around them: the others are nobody's."""
    parents = {segment.id: segment.parent for segment in segments}
    kept: set[str | None] = {segments[0].id}
    for name, _ in cells:
        step: str | None = name
        while step is not None:
            kept.add(step)
            step = parents[step]
    return tuple(segment for segment in segments if segment.id in kept)


def told(contributing: Contributing) -> list[str]:
    """Return what was done, line by line, for whoever hands it over."""
    lines = [line for one in contributing.handed for line in _told_of(one)]
    held = counted(contributing.earlier, "contribution")
    lines.append(f"held against {held} handed over before")
    lines += [f"left out: {name}: {why}" for name, why in sorted(contributing.left_out.items())]
    return lines


def _told_of(one: Handed) -> list[str]:
    made = one.contribution
    if made is None:
        return [f"{one.asked}: nothing to hand over"]
    measures = {measure for _, measure in made.cells}
    segments = {segment for segment, _ in made.cells}
    cells = (
        f"{counted(len(made.cells), 'cell')} of {counted(len(measures), 'measure')} in "
        f"{counted(len(segments), 'segment')}"
    )
    organisations = counted(len(made.organisations), "organisation")
    lines = [f"{one.asked}: {organisations}, {period_text(made.period)}, {cells}"]
    ways: dict[tuple[str, str, int], list[str]] = {}
    for (measure, start, end), n in one.moved.items():
        ways.setdefault((start, end, n), []).append(measure)
    for (start, end, n), some in sorted(ways.items()):
        lines.append(f"  up from {start} to {end}: {counted(n, 'organisation')}, {_listed(some)}")
    missing: dict[tuple[str, int], list[str]] = {}
    for (measure, why), n in one.left.items():
        missing.setdefault((why, n), []).append(measure)
    for (why, n), some in sorted(missing.items()):
        lines.append(f"  not counted: {counted(n, 'organisation')}, {_listed(some)}: {_WHY[why]}")
    return lines


def _listed(measures: Sequence[str]) -> str:
    few = ", ".join(sorted(measures))
    return few if len(measures) <= FEWEST else counted(len(measures), "measure")
