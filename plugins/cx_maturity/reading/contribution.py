"""
Read contributions: what consultancies hand over, to be merged into an edition.

Nothing is believed because it was made by a program: a folder may have been edited, mixed up
with another or handed over twice.
"""

from __future__ import annotations

import os
import re
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from cx_maturity.disclosure import FEWEST
from cx_maturity.editions import Contribution
from cx_maturity.errors import ContentError, Place, Problems, quoted
from cx_maturity.load import document, files, table
from cx_maturity.reading.counts import CELLS, CONTRIBUTION, TOKENS, Counts
from cx_maturity.reading.edition import read_segments
from cx_maturity.reading.item import Item, meant
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.reading.wave import chosen_subset, referenced

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from cx_maturity.editions import Segment
    from cx_maturity.model import Questionnaire
    from cx_maturity.reading.csv_text import Table

FILES = (CONTRIBUTION, CELLS, TOKENS)
ORGANISATION = re.compile("[0-9a-f]{32}")
ORGANISATION_RULE = "32 of 0-9 and a-f"
EDITION = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,38}[A-Za-z0-9])?")
EDITION_RULE = (
    "1 to 40 of letters, digits, dot and dash, beginning and ending with a letter or digit"
)

_KEYS = (*("questionnaire", "aggregate", "edition", "period", "key", "segments", "organisations"),)
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")


class _Read(NamedTuple):
    """A contribution with the places of what others are held against."""

    contribution: Contribution
    fields: Mapping[str, Item]
    organisations: Mapping[str, Item]
    tokens: Table | None
    rows: Mapping[tuple[str, str], int]  # measure and token → row of the tokens


def contributions(
    folders: Sequence[Path],
    questionnaires: Mapping[tuple[str, str], Questionnaire],
    edition: str,
) -> tuple[Contribution, ...]:
    """
    Read the contributions to one *edition*, all of one instrument, nobody in two of them.

    Raises :class:`~cx_maturity.errors.ContentError` with every problem of every folder.
    """
    problems = Problems()
    found: dict[str, _Read] = {}
    for folder in folders:
        where = os.path.realpath(folder)
        if where in found:
            message = "this folder is named twice; name each contribution once"
            problems.add(Place(folder / CONTRIBUTION), "", message)
        elif one := _read(folder, questionnaires, problems):
            found[where] = one
    reads = list(found.values())
    for one in reads:
        _check_edition(one, edition)
    for first, other in combinations(reads, 2):
        _check_overlap(first, other)
    for other in reads[1:]:
        _check_instrument(reads[0], other)
    if problems.count():
        raise ContentError(problems.errors)
    return tuple(one.contribution for one in reads)


def earlier_contributions(
    folders: Sequence[Path], questionnaires: Mapping[tuple[str, str], Questionnaire]
) -> tuple[Contribution, ...]:
    """
    Read what one consultancy handed over before, of any edition and instrument.

    Raises :class:`~cx_maturity.errors.ContentError` with every problem of every folder.
    """
    problems = Problems()
    found = [_read(folder, questionnaires, problems) for folder in folders]
    if problems.count():
        raise ContentError(problems.errors)
    return tuple(one.contribution for one in found if one)


# --- one folder --------------------------------------------------------------


def _read(
    folder: Path, questionnaires: Mapping[tuple[str, str], Questionnaire], problems: Problems
) -> _Read | None:
    for path in files(folder, problems):
        if path.name not in FILES:
            message = f"no such file belongs to a contribution{meant(path.name, FILES)}"
            problems.add(Place(path), "", message)
    root = document(folder / CONTRIBUTION, problems).root
    counts, tokens = table(folder / CELLS, problems), table(folder / TOKENS, problems)
    if root is None:
        return None
    fields = Item(root, "", problems).record(_KEYS, ("subset",))
    period = _period(fields["period"]) if "period" in fields else ("", "")
    edition = fields["edition"].word(EDITION, EDITION_RULE) if "edition" in fields else ""
    before = problems.count()
    segments = read_segments(fields["segments"]) if "segments" in fields else ()
    if "segments" in fields:
        _check_segments(fields["segments"], segments)
    has_segments = "segments" in fields and problems.count() == before
    before = problems.count()
    organisations = _organisations(fields["organisations"]) if "organisations" in fields else {}
    n = len(organisations) if organisations and problems.count() == before else None
    if "questionnaire" not in fields:
        return None
    questionnaire = referenced(fields["questionnaire"], questionnaires)
    if questionnaire is None:
        return None
    cells, rows = {}, {}
    if counts and tokens and has_segments:
        reader = Counts(counts, tokens, segments, _measures(questionnaire), problems)
        cells, rows = reader.read(n), reader.rows
    marks = _marks(fields["key"]) if "key" in fields else ("", "")
    made = Contribution(
        questionnaire.id,
        questionnaire.version,
        chosen_subset(fields.get("subset"), questionnaire),
        _aggregate(fields["aggregate"], questionnaire) if "aggregate" in fields else "",
        edition,
        period,
        segments,
        tuple(sorted(organisations)),
        cells,
        folder / CONTRIBUTION,
        *marks,
    )
    return _Read(made, fields, organisations, tokens, rows)


def _measures(questionnaire: Questionnaire) -> list[str]:
    found = [OVERALL]
    for dimension in questionnaire.dimensions:
        found += [dimension.id, *(capability.id for capability in dimension.capabilities)]
    return found


def _aggregate(item: Item, questionnaire: Questionnaire) -> str:
    found = item.one_of(("mean", "minimum"))
    if found and found != questionnaire.aggregate:
        item.wrong(
            f"the contribution is made by {found}, the questionnaire scores by "
            f"{questionnaire.aggregate}; they cannot be merged"
        )
    return found


def _period(item: Item) -> tuple[str, str]:
    fields = item.record(("from", "to"))
    first, last = (
        fields[name].word(_MONTH, "a month such as 2026-05") if name in fields else ""
        for name in ("from", "to")
    )
    if first and last and last < first:
        fields["to"].wrong(f"{last} is before {first}; the period ends after it begins")
    return first, last


def _marks(item: Item) -> tuple[str, str]:
    fields = item.record(("shared", "own"))
    shared, own = (
        fields[name].word(ORGANISATION, ORGANISATION_RULE) if name in fields else ""
        for name in ("shared", "own")
    )
    return shared, own


def _check_segments(item: Item, segments: Iterable[Segment]) -> None:
    """Check what an edition's segments may be and a contribution's may not."""
    by_id = {segment.id: segment for segment in segments}
    for name, value in item.pairs():
        segment = by_id.get(name.node_text.strip())
        if segment and segment.folded is not None:
            value.wrong("a contribution folds nothing; leave the key 'folded' out")
        if segment and segment.country and not segment.industry:
            value.wrong("a country alone is no segment; give its industry, or leave it out")
        if segment and segment.parent is None and segment.industry:
            value.wrong("the segment without a parent holds everybody; it has no industry")


def _organisations(item: Item) -> dict[str, Item]:
    found: dict[str, Item] = {}
    items = item.some()
    for one in items:
        text = one.word(ORGANISATION, ORGANISATION_RULE)
        if text in found:
            line = found[text].place.line
            one.wrong(f"{text} stands here a second time, first in line {line}; keep one")
        elif text:
            found[text] = one
    if 0 < len(items) < FEWEST:
        item.wrong(f"{len(items)} organisations; nothing may be handed over below {FEWEST}")
    return found


# --- several folders ---------------------------------------------------------


def _check_edition(one: _Read, edition: str) -> None:
    found = one.contribution.edition
    if found and found != edition:
        message = f"{quoted(found)} is another edition; what is merged here is {quoted(edition)}"
        one.fields["edition"].wrong(message)


def _check_instrument(first: _Read, other: _Read) -> None:
    """Check that two contributions can be counted together at all."""
    one, two = first.contribution, other.contribution
    mine, theirs = (f"{c.questionnaire}@{c.version}" for c in (two, one))
    for key, own, wanted in (
        ("questionnaire", mine, theirs),
        ("subset", two.subset, one.subset if mine == theirs else two.subset),
    ):
        if own and wanted and own != wanted:
            item = other.fields.get(key, other.fields["questionnaire"])
            place = first.fields.get(key, first.fields["questionnaire"]).place
            item.wrong(f"{own} here, {wanted} in {place}; only the same can be merged")
    if one.key and two.key and one.key != two.key:
        other.fields["key"].wrong(
            f"made with another key than {first.fields['key'].place}, so one organisation in both "
            "could not be found; hand over again with the key that all share"
        )


def _check_overlap(first: _Read, other: _Read) -> None:
    """Name every organisation that stands in both contributions, and the way out."""
    twice = sorted(first.organisations.keys() & other.organisations.keys())
    if twice and len(twice) == len(first.organisations) == len(other.organisations):
        place = first.fields["organisations"].place
        other.fields["organisations"].wrong(
            f"all {len(twice)} organisations are those of {place}; "
            "this is the same contribution twice, so leave one of the two out"
        )
        return
    for name in twice:
        other.organisations[name].wrong(
            f"this organisation stands in {first.organisations[name].place} as well and counts "
            f"once; one of the two hands over again, with --without {name} and with what it "
            "handed over before as --previous"
        )
    same = first.rows.keys() & other.rows.keys()
    if same and not twice and first.tokens and other.tokens:
        key = min(same, key=other.rows.__getitem__)
        place = first.tokens.place(first.rows[key], first.tokens.header.index("token"))
        message = f"stands in {place} as well; the same answers count once"
        column = other.tokens.header.index("token")
        problems = other.fields["organisations"].problems
        problems.add(other.tokens.place(other.rows[key], column), "token", message)
