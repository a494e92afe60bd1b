"""
What an edition publishes: from scores in whole points to quantiles that give nobody away.

A cell is one measure in one segment.  Scores enter in whole points, for pooled, merged and
simulated organisations alike: what is known of a cell is how many organisations have each
point, so that counts from several hands add up to what one hand would have counted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from cx_maturity.benchmark import half_up
from cx_maturity.disclosure import (
    FEWEST,
    allowed_quantiles,
    cell_breaches,
    hide_cells,
    is_narrow,
)
from cx_maturity.editions import Cell, Contributed, Ledger
from cx_maturity.errors import Breach
from cx_maturity.pooling.segments import ALL, path, segment_id
from cx_maturity.reading.ledger import token
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from fractions import Fraction

    from cx_maturity.editions import Segment

# A published quantile is the mean of this many organisations around its rank.
AROUND = 5

Key = tuple[str, str]  # segment and measure
_Name = TypeVar("_Name")


class Member(NamedTuple):
    """
    One organisation as it enters an edition.

    *points* holds the whole points, 0-100, of every measure that it has a score for.
    """

    key: str
    industry: str | None
    country: str | None
    points: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Publication:
    """
    What may be published, and what is kept to make the next edition.

    *segments* are all of the tree, those without figures with the reason in ``folded``; *hidden*
    has a reason for every cell of the others that is not among *cells*.  *tokens* stand for
    those behind each of the *cells*.
    """

    segments: tuple[Segment, ...]
    cells: Mapping[Key, Cell]
    hidden: Mapping[Key, str]
    tokens: Mapping[Key, frozenset[str]]


class NothingToPublishError(Exception):
    """Not even the overall of all organisations may be published; the message says why."""


def whole_points(share: Fraction) -> int:
    """Return a score of 0-1 as it enters an edition: whole points, 0-100, halves up."""
    return half_up(share * 100)


# --- counting ----------------------------------------------------------------


def gathered(
    members: Iterable[Member], segments: Iterable[Segment], key: bytes = b""
) -> dict[Key, Contributed]:
    """
    Count *members* by cell, each in its nearest segment only.

    *key* keys the tokens: whoever does not have it cannot tell whose they are.
    """
    known = {segment.id for segment in segments}
    bins: dict[Key, Counter[int]] = {}
    tokens: dict[Key, list[str]] = {}
    for member in members:
        steps = [segment_id(*step) for step in path(member.industry, member.country)]
        nearest = next(step for step in reversed(steps) if step in known)
        for measure, points in member.points.items():
            cell = nearest, measure
            bins.setdefault(cell, Counter())[points] += 1
            tokens.setdefault(cell, []).append(token(key, measure, member.key, points))
    return {
        cell: Contributed(dict(sorted(bins[cell].items())), tuple(sorted(tokens[cell])))
        for cell in sorted(bins)
    }


def joined(many: Iterable[Mapping[Key, Contributed]]) -> dict[Key, Contributed]:
    """Add up counts cell by cell."""
    bins: dict[Key, Counter[int]] = {}
    tokens: dict[Key, list[str]] = {}
    for one in many:
        for cell, found in one.items():
            bins.setdefault(cell, Counter()).update(found.bins)
            tokens.setdefault(cell, []).extend(found.tokens)
    return {
        cell: Contributed(dict(sorted(bins[cell].items())), tuple(sorted(tokens[cell])))
        for cell in sorted(bins)
    }


def cumulated(
    segments: Sequence[Segment], own: Mapping[Key, Contributed]
) -> dict[Key, Contributed]:
    """Add to each segment's counts those of the segments within it."""
    parents = {segment.id: segment.parent for segment in segments}
    return joined(
        {(step, measure): found}
        for (nearest, measure), found in own.items()
        for step in _upwards(nearest, parents)
    )


def _upwards(segment: str | None, parents: Mapping[str, str | None]) -> Iterator[str]:
    while segment is not None:
        yield segment
        segment = parents[segment]


# --- publishing --------------------------------------------------------------


def published(
    segments: Sequence[Segment],
    own: Mapping[Key, Contributed],
    earlier: Sequence[Ledger] = (),
    known: frozenset[str] = frozenset(),
) -> Publication:
    """
    Decide what may be published of the counts in *own*, and make the quantiles.

    The overall first: a segment that may not show it is folded as a whole.  Nothing published
    may give anybody away beside any of the *earlier* editions, nor to whoever takes away those
    whose points everybody can read: *known* holds their tokens.  Raises
    :class:`NothingToPublishError` when all organisations together may not be shown, and
    :class:`~cx_maturity.errors.Breach` when what is left would still say too much.
    """
    counts = cumulated(segments, own)
    parents = {segment.id: segment.parent for segment in segments}
    folded = _hidden(OVERALL, parents, counts, earlier, known)
    if ALL in folded:
        is_known = folded[ALL] == "known"
        why = _nothing_but_known(counts, known) if is_known else _nothing(counts, earlier)
        raise NothingToPublishError(why)
    shown = {name: _shown_above(name, parents, folded) for name in parents if name not in folded}
    cells: dict[Key, Cell] = {}
    hidden: dict[Key, str] = {}
    for measure in sorted({measure for _, measure in counts}, key=_overall_first):
        reasons = _hidden(measure, shown, counts, earlier, known)
        for name in shown:
            if name in reasons:
                hidden[name, measure] = reasons[name]
            else:
                cells[name, measure] = cell_of(counts[name, measure].bins)
    found = Publication(
        tuple(replace(segment, folded=folded.get(segment.id)) for segment in segments),
        cells,
        hidden,
        {cell: frozenset(counts[cell].tokens) for cell in cells},
    )
    _check_once_more(Ledger("", found.tokens), earlier)
    if known:
        others = Ledger("", _without(found.tokens, known, 1))
        _check_once_more(others, [_ledger_without(one, known) for one in earlier])
    return found


def _hidden(
    measure: str,
    parents: Mapping[str, str | None],
    counts: Mapping[Key, Contributed],
    earlier: Sequence[Ledger],
    known: frozenset[str],
) -> dict[str, str]:
    """Return the segments that may not show *measure*, each with its reason."""
    now = {
        name: frozenset(counts[name, measure].tokens if (name, measure) in counts else ())
        for name in parents
    }
    # Beside each edition by itself, until none asks for more: whoever is no longer seen in one
    # cell counts as gone from another, so that hiding for one edition may call for it in the next.
    editions = [ledger.of(measure) for ledger in earlier] or [{}]
    others = _without(now, known, 1) if known else {}
    others_then = [_without(then, known, FEWEST) for then in editions]
    found: dict[str, str] = {}
    before = -1
    while len(found) > before:
        before = len(found)
        for then in editions:
            found |= _over(parents, now, then, found)
        for then in others_then if others else ():
            found |= dict.fromkeys(_over(parents, others, then, found), "known")
    return {name: found[name] for name in parents if name in found}


def _over(
    parents: Mapping[str, str | None],
    now: Mapping[str, frozenset[str]],
    then: Mapping[str, frozenset[str]],
    hidden: Mapping[str, str],
) -> dict[str, str]:
    """Return which more of the segments in *now* have to be hidden beside one edition."""
    gone = {name for name in parents if name in hidden or name not in now}
    above = {name: _shown_above(name, parents, gone) for name in parents if name not in gone}
    return hide_cells(above, {name: now[name] for name in above}, then)


def _without(
    cells: Mapping[_Name, frozenset[str]], known: frozenset[str], least: int
) -> dict[_Name, frozenset[str]]:
    """
    Return the *cells* without those who are known, where so many are left at *least*.

    Of an earlier edition, a cell that one to four are left in has said already what it says.
    """
    left = {name: tokens - known for name, tokens in cells.items()}
    return {name: tokens for name, tokens in left.items() if len(tokens) >= least}


def _ledger_without(ledger: Ledger, known: frozenset[str]) -> Ledger:
    return replace(ledger, tokens=_without(ledger.tokens, known, FEWEST))


def _check_once_more(made: Ledger, earlier: Sequence[Ledger]) -> None:
    """Look at what is about to be published with other eyes than those that hid the rest."""
    for measure in sorted({measure for _, measure in made.tokens}):
        shown = made.of(measure)
        if found := cell_breaches(shown):
            raise Breach(measure, found)
        for ledger in earlier:
            if found := cell_breaches(shown, ledger.of(measure)):
                raise Breach(f"{measure}, beside {ledger.edition}", found)


def _shown_above(
    name: str, parents: Mapping[str, str | None], folded: Collection[str]
) -> str | None:
    """Return the nearest segment above that has figures."""
    return next((s for s in _upwards(parents[name], parents) if s not in folded), None)


def _overall_first(measure: str) -> tuple[bool, str]:
    return measure != OVERALL, measure


def cell_of(bins: Mapping[int, int]) -> Cell:
    """
    Return the cell of organisations counted by their points: n, and the quantiles that n allows.

    Each quantile is the mean of the five organisations nearest its rank, in whole points, halves
    up.  Quartiles within five points of each other leave n alone.
    """
    ordered = [points for points, count in sorted(bins.items()) for _ in range(count)]
    quantiles = {q: _around(ordered, q) for q in allowed_quantiles(len(ordered))}
    return Cell(len(ordered), {} if is_narrow(quantiles) else quantiles)


def _around(ordered: Sequence[int], percent: int) -> int:
    # The rank is percent * (n - 1) / 100, halves up; the window stays within the row.
    rank = (percent * (len(ordered) - 1) + 50) // 100
    first = min(max(rank - AROUND // 2, 0), len(ordered) - AROUND)
    return (2 * sum(ordered[first : first + AROUND]) + AROUND) // (2 * AROUND)


def _nothing_but_known(counts: Mapping[Key, Contributed], known: frozenset[str]) -> str:
    """Say why those who publish a report of their own keep the others from being shown."""
    now = frozenset(counts[ALL, OVERALL].tokens)
    few = len(now - known)
    if few >= FEWEST:
        return (
            f"of the {few} that publish no report of their own, fewer than {FEWEST} have joined, "
            "left or changed since an edition before, and what differs between the two would give "
            f"them away to whoever reads the reports of the other {len(now) - few}; nothing is "
            f"published until {FEWEST} have"
        )
    return (
        f"{few} of {len(now)} {'publishes' if few == 1 else 'publish'} no report of "
        f"{'its' if few == 1 else 'their'} own, and whoever takes the reports of the others away "
        f"would be left with {'it' if few == 1 else 'them'}; nothing is published until there are "
        f"{FEWEST} of that kind or none, so {FEWEST - few} more "
        f"{'is' if FEWEST - few == 1 else 'are'} needed"
    )


def _nothing(counts: Mapping[Key, Contributed], earlier: Sequence[Ledger]) -> str:
    """Say why not even the overall of all may be published, and what would be enough."""
    whole = counts.get((ALL, OVERALL))
    now = frozenset(whole.tokens if whole else ())
    if len(now) < FEWEST:
        more = FEWEST - len(now)
        return (
            f"{len(now)} with an overall score; nothing is published below {FEWEST}, "
            f"so {more} more {'is' if more == 1 else 'are'} needed"
        )
    then = {ledger.edition: ledger.tokens.get((ALL, OVERALL), frozenset()) for ledger in earlier}
    changed = {name: max(len(now - some), len(some - now)) for name, some in then.items() if some}
    name, few = min(changed.items(), key=lambda one: (one[1] == 0, one[1]))
    more = FEWEST - few
    return (
        f"{few} of {len(now)} {'has' if few == 1 else 'have'} joined, left or changed since "
        f"{name}, and what differs between the two would give {'it' if few == 1 else 'them'} "
        f"away; nothing is published until {FEWEST} have, so {more} more "
        f"{'is' if more == 1 else 'are'} needed"
    )
