"""
Merge contributions into an edition, in whatever order they come.

It is the edition that pooling the same counts would make: only what a cell holds enters it, and
the rules of what may be published are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity import __version__
from cx_maturity.contribute import instrument_of
from cx_maturity.errors import ContentError, Place, Problems
from cx_maturity.model import Text
from cx_maturity.pool import (
    NONE,
    Pooled,
    check_names,
    check_new,
    earlier_than,
    edition_id,
)
from cx_maturity.pooling.cells import NothingToPublishError, joined, published
from cx_maturity.pooling.files import Head, edition_files, ledger_file
from cx_maturity.pooling.members import period_text
from cx_maturity.pooling.segments import ALL, segment_id, tree, unclear
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cx_maturity.editions import Assessments, Contributed, Contribution
    from cx_maturity.pooling.cells import Key
    from cx_maturity.pooling.members import Instrument

_TOKEN_LENGTH = 16


def merge(
    contributions: Sequence[Contribution],
    assessments: Assessments,
    edition: str,
    previous: str | None = None,
) -> Pooled:
    """
    Make an *edition* of *contributions*, which the reader has held against each other.

    *previous* is the id of the newest edition to hold it against, ``none`` for none of them, or
    None for all.  Raises :class:`~cx_maturity.errors.ContentError` when it may not be made.
    """
    problems = Problems()
    asked = instrument_of(contributions[0])
    own = edition_id(asked, edition)
    check_names(assessments, edition, previous, problems)
    check_new(assessments, own, problems)
    earlier = earlier_than(assessments, asked, edition, previous, problems)
    mark = contributions[0].key[:_TOKEN_LENGTH]
    for before in earlier.ledgers:
        if mark in before.members:
            continue
        message = (
            "not made of contributions with this key, so nobody can tell what has changed since; "
            f"say --previous {NONE} when no organisation is in both"
        )
        problems.add(Place(assessments.root / "ledgers" / f"{before.edition}.csv"), "", message)
    places = [(s.industry, s.country) for one in contributions for s in one.segments]
    for name, why in unclear(places).items():
        for one in contributions:
            if one.path and name in {segment.industry for segment in one.segments}:
                problems.add(Place(one.path), f"segments.{name}", why)
    if problems.count():
        raise ContentError(problems.errors)
    segments = tree(places)
    try:
        found = published(segments, joined(map(_by_place, contributions)), earlier.ledgers)
    except NothingToPublishError as error:
        problems.add(Place(assessments.root / "benchmarks" / own), "", str(error))
        raise ContentError(problems.errors) from None
    n = found.cells[ALL, OVERALL].n
    files = edition_files(_head(contributions, asked, edition, n), found)
    # Beside the tokens, what tells the key that made them.
    ledger = ledger_file(found, [mark])
    return Pooled(
        own, files, ledger, n, found, tuple(one.edition for one in earlier.ledgers), earlier.aside
    )


def _by_place(contribution: Contribution) -> dict[Key, Contributed]:
    """Return the cells under the names that a tree gives to its segments."""
    names = {s.id: segment_id(s.industry, s.country) for s in contribution.segments}
    return {(names[segment], m): found for (segment, m), found in contribution.cells.items()}


def _head(contributions: Sequence[Contribution], asked: Instrument, edition: str, n: int) -> Head:
    hands = f"{len(contributions)} contribution{'s' if len(contributions) > 1 else ''}"
    first = min(one.period[0] for one in contributions)
    last = max(one.period[1] for one in contributions)
    return Head(
        made=(
            f"Organisations that agreed to be counted, in {hands}.",
            f"Made with cx-maturity {__version__} by",
            f"  cx-maturity benchmark merge <folders> --edition {edition}",
            "It is frozen: a correction is a new edition.",
        ),
        kind="pooled",
        title=Text({"en": f"Pooled peers, {asked.subset}"}),
        questionnaire=asked.questionnaire,
        version=asked.version,
        subset=asked.subset,
        aggregate=asked.aggregate,
        edition=edition,
        period=period_text((first, last)),
        source=Text({"en": f"{n} organisations that agreed to be counted, in {hands}."}),
    )
