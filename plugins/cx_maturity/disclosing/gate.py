"""
The last gate: what is about to be published is checked once more.

Written differently from the hiding, on purpose, and it knows nothing of it: where the hiding
looks for paths, this looks for the smallest cut, and for cells that lie within one another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TypeAlias

from cx_maturity.disclosing.cells import families
from cx_maturity.disclosing.ties import FEWEST

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping

    from cx_maturity.editions import Cell

    Cells: TypeAlias = Mapping[str, frozenset[str]]
    Shown: TypeAlias = Collection[tuple[str, str]]
    _Group: TypeAlias = tuple[str, str]

# --- people ------------------------------------------------------------------


def split_breaches(
    partitions: Mapping[str, Mapping[str, frozenset[int]]], shown: Shown, whole: frozenset[int]
) -> list[str]:
    """Return what showing the groups *shown*, as (kind, id), beside the *whole* gives away."""
    found = []
    where: list[dict[int, str]] = []
    for kind, groups in partitions.items():
        here: dict[int, str] = {}
        for name, people in groups.items():
            if (kind, name) in shown:
                n = len(people & whole)
                if n < FEWEST:
                    found.append(f"{kind} {name!r} would be shown with n = {n}")
                here |= dict.fromkeys(people & whole, name)
        rest = len(whole - here.keys())
        if here and 0 < rest < FEWEST:
            found.append(f"the whole less every {kind} that is shown would leave n = {rest}")
        where.append(here)
    if found:
        return found
    least = _smallest_cut(
        (("first", where[0].get(person)), ("last", where[-1].get(person))) for person in whole
    )
    if least < FEWEST and any(where):
        kinds = " and ".join(partitions)
        found.append(f"numbers by {kinds}, taken from each other, would leave n = {least}")
    return found


# --- organisations -----------------------------------------------------------


def cell_breaches(cells: Cells, previous: Cells | None = None) -> list[str]:
    """
    Return what publishing these *cells* of one measure gives away, beside those of *previous*.

    Both hold, for each published segment, the tokens of the organisations in it.
    """
    found = [
        f"{name!r} would be published with n = {len(tokens)}"
        for name, tokens in cells.items()
        if len(tokens) < FEWEST
    ]
    for name, tokens in cells.items():
        rest = len(tokens.difference(*(other for other in cells.values() if other < tokens)))
        if 0 < rest < FEWEST <= len(tokens):
            found.append(f"{name!r} less the cells within it would leave n = {rest}")
    return found or [
        sentence for family in families(previous or {}) for sentence in _changes(cells, family)
    ]


def _changes(cells: Cells, previous: Cells) -> list[str]:
    before, now = _innermost(previous), _innermost(cells)
    met = Counter((before.get(token), now.get(token)) for token in before | now)
    editions = _Editions(met)
    decided: frozenset[_Group] = frozenset()
    for start in editions.groups:
        if few := editions.few(frozenset([start]), decided):
            named = " and ".join(sorted({repr(name) for _, name in few}))
            n = editions.behind(few)
            return [f"{named} less the same in the edition before would leave n = {n}"]
        decided |= {start}
    return []


class _Editions:
    """How many organisations each cell of one edition shares with each of the other."""

    def __init__(self, met: Mapping[tuple[str | None, str | None], int]) -> None:
        self.left: Counter[_Group] = Counter()
        self.joined: Counter[_Group] = Counter()
        self.beside: dict[_Group, Counter[_Group]] = defaultdict(Counter)
        for (then, now), count in sorted(met.items(), key=str):
            if then is None:
                self.joined["now", str(now)] += count
            elif now is None:
                self.left["before", then] += count
            else:
                self.beside["before", then]["now", now] += count
                self.beside["now", now]["before", then] += count
        self.groups = tuple(dict.fromkeys([*self.beside, *self.left, *self.joined]))

    def behind(self, inside: Collection[_Group], outside: Collection[_Group] | None = None) -> int:
        """
        Return how many organisations, at least, make the difference between *inside*'s editions.

        That is what was in before less what is in now; None for *outside* means all others.
        """
        moved = sum(
            count
            for group in inside
            for other, count in self.beside[group].items()
            if other not in inside and (outside is None or other in outside)
        )
        left, joined = (sum(of[group] for group in inside) for of in (self.left, self.joined))
        # One with new answers both left and joined.
        return moved + max(left, joined)

    def few(self, inside: frozenset[_Group], outside: frozenset[_Group]) -> frozenset[_Group]:
        """Return groups, *inside* among them and *outside* not, that few make the difference in."""
        if self.behind(inside, outside) >= FEWEST:
            return frozenset()
        near: Counter[_Group] = Counter()
        for group in inside:
            near.update(self.beside[group])
        open_ = [other for other in near if other not in inside and other not in outside]
        if not open_:
            return inside if self.behind(inside) else frozenset()
        nearest = max(open_, key=near.__getitem__)
        return self.few(inside, outside | {nearest}) or self.few(inside | {nearest}, outside)


def _innermost(cells: Cells) -> dict[str, str]:
    """Return token → the smallest cell it is in."""
    found: dict[str, str] = {}
    for name in sorted(cells, key=lambda name: -len(cells[name])):
        found |= dict.fromkeys(cells[name], name)
    return found


def _smallest_cut(ties: Iterable[tuple[Hashable, Hashable]]) -> int:
    """
    Return how few *ties* part any groups that hang together, at most :data:`FEWEST`.

    By Stoer and Wagner, "A simple min-cut algorithm" (1997): of the groups in order of how many
    ties they have to those before them, the last is cut off, then joined to the last but one.
    """
    beside: dict[Hashable, Counter[Hashable]] = {}
    for (one, other), count in Counter(ties).items():
        beside.setdefault(one, Counter())
        beside.setdefault(other, Counter())
        if one != other:
            beside[one][other] += count
            beside[other][one] += count
    least = FEWEST
    while beside:
        order, near = [next(iter(beside))], Counter(beside[next(iter(beside))])
        while near:
            closest = max(near, key=near.__getitem__)
            order.append(closest)
            cut = near.pop(closest)
            near.update({n: c for n, c in beside[closest].items() if n not in order})
        last = order[-1]
        if len(order) == 1:
            del beside[last]
            continue
        least = min(least, cut)
        for name, count in beside.pop(last).items():
            del beside[name][last]
            if name != order[-2]:
                beside[name][order[-2]] += count
                beside[order[-2]][name] += count
    return least


# --- published numbers -------------------------------------------------------


def edition_breaches(parents: Mapping[str, str | None], n: Mapping[str, int]) -> dict[str, str]:
    """
    Return segment → what its *n* of one measure gives away; *n* holds published segments only.

    A segment under one that is not published lies within the next one above that is.
    """
    inside: Counter[str] = Counter()
    for name, count in n.items():
        above = parents[name]
        while above is not None and above not in n:
            above = parents[above]
        if above is not None:
            inside[above] += count
    found = {}
    for name, count in n.items():
        left = count - inside[name]
        if left < 0:
            found[name] = f"{count} is less than the {inside[name]} of the segments in it"
        elif inside[name] and 0 < left < FEWEST:
            found[name] = f"{left} of {count} are in none of the segments in it; fold one of them"
    return found


# Of simulated editions of 12 to 160 organisations in which five or more joined and four left,
# 95 in 100 stay under these shares; in which one joined, most reach them.
_SMALL, _ALIKE, _ALIKE_IN_MANY = 50, 0.5, 0.75
_TOO_LITTLE = 10


def change_doubts(
    cells: Mapping[tuple[str, str], Cell], previous: Mapping[tuple[str, str], Cell]
) -> dict[str, str]:
    """
    Return segment → why it seems that only a few organisations changed since *previous*.

    Both hold (segment, measure) → cell, of consecutive editions of the same questionnaire,
    version, subset and aggregate.  A doubt and no more: published numbers cannot prove how many
    joined and left, only a ledger can.  Nothing is said where n differs by five or more (so many
    did), where nothing at all is different, or where few quantiles can be compared.
    """
    found = {}
    for segment in dict.fromkeys(name for name, _ in cells):
        both = [
            (cells[key], previous[key]) for key in cells if key[0] == segment and key in previous
        ]
        alike = [
            now.quantiles[q] == then.quantiles[q]
            for now, then in both
            for q in now.quantiles.keys() & then.quantiles.keys()
        ]
        difference = max((abs(now.n - then.n) for now, then in both), default=FEWEST)
        is_same = all(alike) and not difference
        if difference >= FEWEST or is_same or len(alike) < _TOO_LITTLE:
            continue
        enough = _ALIKE if max(now.n for now, _ in both) < _SMALL else _ALIKE_IN_MANY
        if sum(alike) >= enough * len(alike):
            found[segment] = (
                f"{sum(alike)} of {len(alike)} quantiles are those of the edition before and n "
                f"differs by {difference}; if fewer than {FEWEST} organisations joined, left or "
                "changed, fold this segment"
            )
    return found
