"""
Which arithmetic with published sums would rest on a few alone.

Picture every person as a tie between two published groups: their role and their
unit, or an organisation's cell in one edition and in the next.  Whoever multiplies
the sums of groups by factors and adds them up drops each person whose two groups
get opposite factors, so what remains is the ties between groups treated
differently: a cut of the picture.  No combination rests on one to four people
exactly when no cut has one to four ties, and by Menger's theorem (1927) that is
when at least five paths that share no tie lead from each group to every group it
hangs together with.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Group = TypeVar("Group")
if TYPE_CHECKING:
    _Room: TypeAlias = dict[Group, dict[Group, int]]

# Fewer than this, people or organisations, are nobody's business: on their own, or as what is
# left over when one published number is taken from another.
FEWEST = 5


def loose(pictures: Sequence[Mapping[tuple[Group, Group], int]]) -> list[frozenset[Group]]:
    """
    Return the bundles of groups that too few ties hold together; none when all is well.

    Two groups that five ties or paths hold together in one of the *pictures* are one bundle.
    Several pictures show the same groups, each counting other ties: a cut is too small when it
    is so in all of them.  The answer may then name bundles without one such cut, never miss one.
    """
    names = dict.fromkeys(name for ties in pictures for pair in ties for name in pair)
    bundle = {name: name for name in names}
    while True:
        rooms = [_room(ties, bundle) for ties in pictures]
        # Five direct ties are found at a glance and leave little to walk through.
        tied = _direct(rooms) or _walked(rooms)
        if not tied:
            break
        _join(bundle, tied)
    apart = {name for room in rooms for name in room}
    return [frozenset(n for n in names if bundle[n] == each) for each in names if each in apart]


def _room(ties: Mapping[tuple[Group, Group], int], bundle: Mapping[Group, Group]) -> _Room[Group]:
    """Return how many ties join each bundle with each other one, both ways."""
    room: _Room[Group] = defaultdict(lambda: defaultdict(int))
    for (one, other), count in ties.items():
        a, b = bundle[one], bundle[other]
        if a != b and count:
            room[a][b] += count
            room[b][a] += count
    return room


def _direct(rooms: Sequence[_Room[Group]]) -> list[tuple[Group, Group]]:
    return [
        (one, other)
        for room in rooms
        for one, beside in room.items()
        for other, count in beside.items()
        if count >= FEWEST
    ]


def _walked(rooms: Sequence[_Room[Group]]) -> list[tuple[Group, Group]]:
    for room in rooms:
        for one, beside in room.items():
            for other in beside:
                if _paths(room, one, other) >= FEWEST:
                    return [(one, other)]
    return []


def _join(bundle: dict[Group, Group], tied: Sequence[tuple[Group, Group]]) -> None:
    for one, other in tied:
        keep, lose = bundle[one], bundle[other]
        if keep != lose:
            for name, home in bundle.items():
                if home == lose:
                    bundle[name] = keep


def _paths(room: _Room[Group], start: Group, end: Group) -> int:
    """Return how many paths without a common tie lead from *start* to *end*, five at most."""
    free = {name: dict(beside) for name, beside in room.items()}
    found = 0
    while found < FEWEST and (way := _way(free, start, end)):
        for one, other in way:
            free[one][other] -= 1
            free[other][one] += 1
        found += 1
    return found


def _way(free: _Room[Group], start: Group, end: Group) -> list[tuple[Group, Group]]:
    came: dict[Group, Group] = {start: start}
    waiting = [start]
    for name in waiting:
        for other, count in free[name].items():
            if count and other not in came:
                came[other] = name
                waiting.append(other)
        if end in came:
            break
    else:
        return []
    way = []
    while end != start:
        way.append((came[end], end))
        end = came[end]
    return way
