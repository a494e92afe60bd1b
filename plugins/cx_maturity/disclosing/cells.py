"""Which segments of a benchmark edition have to stay hidden, for one measure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

from cx_maturity.disclosing.ties import FEWEST, loose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Cells: TypeAlias = Mapping[str, frozenset[str]]
    _Group: TypeAlias = tuple[str, int]

_OUTSIDE = ("outside", 0)


def hide_cells(
    parents: Mapping[str, str | None], cells: Cells, previous: Cells | None = None
) -> dict[str, str]:
    """
    Return the segments that may not be published, each with its reason.

    *parents* is the tree, segment → parent; *cells* holds the tokens of the organisations of
    each segment and of all within it, *previous* what was last published of this measure and is
    taken to be in order.  A token stands for one organisation with unchanged answers.
    Afterwards no number rests on fewer than five organisations, and no sum of published numbers
    of both editions, with any factors, on one to four alone.  Where *previous* holds cells of
    different editions, that is said of each of its :func:`families`.
    """
    tree = _Tree(parents, cells, previous or {})
    hidden = {name: "few" for name in tree.names if tree.n[name] < FEWEST}
    while names := tree.over_rests(hidden):
        hidden[names[0]] = "remainder"
    while names := tree.over_changes(hidden):
        hidden[names[0]] = "change"
    return _spare(tree, hidden)


def _spare(tree: _Tree, hidden: dict[str, str]) -> dict[str, str]:
    """Publish again, the nearest to the root and largest first, what need not be hidden."""
    for name in reversed(tree.deepest):
        if hidden.get(name, "few") != "few":
            without = {other: reason for other, reason in hidden.items() if other != name}
            # Whoever is left over within the edition is a group that few hold to the outside.
            if not tree.over_changes(without):
                hidden = without
    return {name: hidden[name] for name in tree.names if name in hidden}


class _Tree:
    """
    The organisations of two editions, grouped by the cells they are in.

    Which cells those are is a whole number with a bit for each; a group of the picture is
    ("before" or "now", bits).  Nothing is known of whoever is in no published cell of an edition,
    so that "outside" is one group over both.
    """

    def __init__(self, parents: Mapping[str, str | None], cells: Cells, previous: Cells) -> None:
        self.names = tuple(parents)
        self.bit = {name: 1 << place for place, name in enumerate(self.names)}
        self.n = {name: len(cells.get(name, ())) for name in self.names}
        depth: dict[str, int] = {}
        for name in self.names:
            above, depth[name] = parents[name], 0
            while above is not None:
                above, depth[name] = parents[above], depth[name] + 1
        # In the order in which they are hidden.
        self.deepest = sorted(self.names, key=lambda name: (-depth[name], self.n[name], name))
        now = _signatures((cells.get(name, ()), self.bit[name]) for name in self.names)
        self.groups = []
        for family in families(previous) or [{}]:
            before = _signatures((tokens, 1 << k) for k, tokens in enumerate(family.values()))
            met = Counter((before.get(token, 0), now.get(token, 0)) for token in now | before)
            self.groups.append(met)

    def _shown(self, hidden: Mapping[str, str]) -> list[Counter[tuple[int, int]]]:
        mask = sum(self.bit[name] for name in self.names if name not in hidden)
        found = []
        for met in self.groups:
            shown: Counter[tuple[int, int]] = Counter()
            for (before, now), count in met.items():
                shown[before, now & mask] += count
            found.append(shown)
        return found

    def over_rests(self, hidden: Mapping[str, str]) -> list[str]:
        """Return the cells, best hidden first, that leave one to four over in one they are in."""
        rests: Counter[int] = Counter()
        for (_, now), count in self._shown(hidden)[0].items():
            rests[now] += count
        small = [now for now, count in rests.items() if now and count < FEWEST]
        # What is hidden of the cells further in joins the rest.
        within = {now & ~rest for rest in small for now in rests if now & rest == rest}
        return [name for name in self.deepest if any(self.bit[name] & now for now in within)]

    def over_changes(self, hidden: Mapping[str, str]) -> list[str]:
        """Return the cells, best hidden first, that show what a few did between the editions."""
        for met in self._shown(hidden):
            if names := self._over_changes(met):
                return names
        return []

    def _over_changes(self, met: Mapping[tuple[int, int], int]) -> list[str]:
        without_joined: Counter[tuple[_Group, _Group]] = Counter()
        without_left = without_joined.copy()
        for (before, now), count in met.items():
            pair = ("before", before) if before else _OUTSIDE, ("now", now) if now else _OUTSIDE
            if before:
                without_joined[pair] += count
            if now:
                without_left[pair] += count
        # One with new answers both left and joined: as many organisations stand behind a cut as
        # moved in it, and as left or joined, whichever are more.
        bundles = loose([without_joined, without_left])
        own = {now for bundle in bundles for edition, now in bundle if edition == "now"}
        ends = sum({self.bit[next(n for n in self.deepest if now & self.bit[n])] for now in own})
        return [name for name in self.deepest if self.bit[name] & ends]


def families(previous: Cells) -> list[dict[str, frozenset[str]]]:
    """
    Return the cells of *previous* in as few parts as they can be nested in.

    Those of one edition are one family: any two lie within one another or share nobody, and what
    is left over in one is nobody or five at least.  A cell that was not published again since,
    and whose organisations have moved on, has a family of its own.
    """
    found: list[dict[str, frozenset[str]]] = []
    for name in sorted(previous, key=lambda name: (-len(previous[name]), name)):
        for family in found:
            if _fits(previous[name], list(family.values())):
                family[name] = previous[name]
                break
        else:
            found.append({name: previous[name]})
    return found


def _fits(tokens: frozenset[str], family: Sequence[frozenset[str]]) -> bool:
    """Tell whether a cell, no larger than those of the *family*, lies within or beside each."""
    if any(not tokens <= other and tokens & other for other in family):
        return False
    around = [other for other in family if tokens <= other]
    if not around:
        return True
    rest = around[-1].difference(tokens, *(other for other in family if other < around[-1]))
    return not 0 < len(rest) < FEWEST


def _signatures(cells: Iterable[tuple[Iterable[str], int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for tokens, bit in cells:
        for token in tokens:
            found[token] = found.get(token, 0) | bit
    return found
