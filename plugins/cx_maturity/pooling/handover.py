"""The text of a contribution's files: sorted, and laid out to be read before it is handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity.pooling.files import csv_text, in_quotes, segment_lines
from cx_maturity.reading.counts import CELL_COLUMNS, CELLS, CONTRIBUTION, TOKEN_COLUMNS, TOKENS
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cx_maturity.editions import Contribution
    from cx_maturity.pooling.cells import Key

_SAID = """\
A contribution to a benchmark: how many organisations have how many points, in cells of five
organisations or more.  No name, no answer, and no organisation's measures side by side.

Read all three files, then give them to the coordinator and to nobody else: points that stand
in cells.csv are single organisations' scores, without a name.
Who has the shared key can test a guess: whether an organisation whose business id they know is
in the list below.  So it stays with those who contribute, and the coordinator does without.
Keep a copy: the next contribution is made with it as --previous, lest the two together give
away who came, went or changed."""


def contribution_name(contribution: Contribution) -> str:
    """Return the name of a contribution's folder: ``cx-1.0-full-2026``."""
    parts = (contribution.questionnaire, contribution.version, contribution.subset)
    return "-".join((*parts, contribution.edition))


def contribution_files(contribution: Contribution) -> dict[str, str]:
    """Return the files of a contribution's folder by name."""
    return {
        CONTRIBUTION: "".join(f"{line}\n" for line in _head(contribution)),
        CELLS: csv_text(CELL_COLUMNS, _counts(contribution)),
        TOKENS: csv_text(TOKEN_COLUMNS, _tokens(contribution)),
    }


def _head(contribution: Contribution) -> Iterator[str]:
    yield from (f"# {line}".rstrip() for line in _SAID.splitlines())
    first, last = contribution.period
    yield f"questionnaire: {contribution.questionnaire}@{contribution.version}"
    yield f"subset: {contribution.subset}"
    yield f"aggregate: {contribution.aggregate}"
    yield f"edition: {in_quotes(contribution.edition)}"
    yield f"period: {{from: {in_quotes(first)}, to: {in_quotes(last)}}}"
    shared, own = in_quotes(contribution.key), in_quotes(contribution.own)
    yield f"key: {{shared: {shared}, own: {own}}}"
    yield "segments:"
    for segment in contribution.segments:
        yield from segment_lines(segment)
    yield "organisations:"
    yield from (f"  - {in_quotes(each)}" for each in sorted(contribution.organisations))


def _cells(contribution: Contribution) -> list[Key]:
    """Return the cells in the order of the files: overall first, and parents before children."""
    order = {segment.id: place for place, segment in enumerate(contribution.segments)}
    return sorted(
        contribution.cells, key=lambda cell: (cell[1] != OVERALL, cell[1], order[cell[0]])
    )


def _counts(contribution: Contribution) -> Iterator[tuple[object, ...]]:
    for segment, measure in _cells(contribution):
        for points, count in sorted(contribution.cells[segment, measure].bins.items()):
            yield measure, segment, points, count


def _tokens(contribution: Contribution) -> Iterator[tuple[object, ...]]:
    for segment, measure in _cells(contribution):
        # In their own order, which is that of the hashes: it says nothing of the points.
        for each in sorted(contribution.cells[segment, measure].tokens):
            yield measure, segment, each
