"""
Bring the organisations of one measure into cells that may be handed over.

What a reader of a contribution sees of a cell is every point in it, so each group that can be
told apart must be five organisations or none: those of a cell; and, for a reader who has kept
what was handed over before, also those who stood in one cell then and stand in one cell now,
those who are new or have other points, and those who are gone or have.  That is more than
:func:`~cx_maturity.disclosing.cells.hide_cells` asks of quantiles.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from cx_maturity.disclosure import FEWEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cx_maturity.editions import Segment

# Why somebody does not count for a measure this time.
FEW, NEW, GONE, SAME = "few", "new", "gone", "same"

# The cell of each earlier contribution that a token stood in.
Origin = tuple[str | None, ...]
Groups = dict[str, list["Row"]]  # by segment


class Row(NamedTuple):
    """One *organisation*, as its hash, and one measure; *segment* is its nearest."""

    organisation: str
    token: str
    segment: str
    points: int


class Placed(NamedTuple):
    """Where each row may stand, and how many may not, by reason."""

    groups: Mapping[str, Sequence[Row]]
    left: Mapping[str, int]


def placed(
    rows: Iterable[Row], segments: Sequence[Segment], earlier: Sequence[Mapping[str, str]]
) -> Placed:
    """
    Return the cells in which the *rows* of one measure may be handed over.

    *segments* is a tree, parents first; *earlier* has for each contribution before, of this
    measure, token → segment.
    """
    by_origin: dict[Origin, list[Row]] = {}
    for row in sorted(rows):
        by_origin.setdefault(_origin(row.token, earlier), []).append(row)
    before = Counter(_origin(token, earlier) for token in {t for one in earlier for t in one})
    groups: Groups = {}
    left: Counter[str] = Counter()
    for origin in sorted(by_origin, key=repr):
        there = by_origin[origin]
        gone = before[origin] - len(there) if origin in before else 0
        # Where one to four are gone, as many more stay away as make it five: nobody can tell who
        # did of themselves.  Rows are in order of hashes: the first are as good as drawn, and
        # the same for every measure.
        is_few = 0 < gone < FEWEST
        found = _lifted(there[FEWEST - gone if is_few else 0 :], segments)
        for segment, some in found.items():
            groups.setdefault(segment, []).extend(some)
        if missing := len(there) - sum(map(len, found.values())):
            left[_why(origin in before, is_few=is_few, is_first=not earlier)] += missing
    return Placed(groups, left)


def _why(was_there: bool, *, is_few: bool, is_first: bool) -> str:  # noqa: FBT001 - says itself
    if was_there:
        return GONE if is_few else SAME
    return FEW if is_first else NEW


def _origin(token: str, earlier: Sequence[Mapping[str, str]]) -> Origin:
    return tuple(one.get(token) for one in earlier)


def _lifted(rows: Sequence[Row], segments: Sequence[Segment]) -> Groups:
    """
    Move what is below five up to the first segment where it is five, with what else came up.

    One to four who are left at the top draw the smallest cell up to them; without any, they
    are in no group.
    """
    groups: Groups = {segment.id: [] for segment in segments}
    for row in rows:
        groups[row.segment].append(row)
    for segment in reversed(segments):
        if segment.parent is not None and len(groups[segment.id]) < FEWEST:
            groups[segment.parent] += groups.pop(segment.id)
    top = segments[0].id
    if 0 < len(groups[top]) < FEWEST:
        others = [(len(found), name) for name, found in groups.items() if name != top]
        groups[top] += groups.pop(min(others)[1]) if others else []
    return {name: found for name, found in groups.items() if len(found) >= FEWEST}
