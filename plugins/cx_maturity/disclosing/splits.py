"""Which roles and units of a wave have to stay hidden."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

from cx_maturity.disclosing.ties import FEWEST, loose

if TYPE_CHECKING:
    from collections.abc import Mapping

    Partitions: TypeAlias = Mapping[str, Mapping[str, frozenset[int]]]

# A unit is given up before a role: there are more of them, and they are smaller.
_FIRST = "unit"


def hide_splits(partitions: Partitions, whole: frozenset[int]) -> dict[tuple[str, str], str]:
    """
    Return the groups, as (kind, id), that may not be shown, each with its reason.

    *partitions* holds the people with a value by kind ("role", "unit") and group; a person is in
    one group of a kind at most.  The number of the *whole* is always published.  Afterwards no
    sum of published numbers, with any factors, rests on one to four people alone.
    """
    table = _Table(partitions, whole)
    hidden = {key: "few" for key, n in table.sizes.items() if n < FEWEST}
    for kind in partitions:
        while 0 < table.left_over(kind, hidden) < FEWEST:
            shown = [key for key in table.smallest if key not in hidden and key[0] == kind]
            if not shown:
                break
            hidden[shown[0]] = "remainder"
    # Fewer than five in all have no group to hide, and a whole that is not a split.
    while len(hidden) < len(table.sizes) and (bundles := table.loose(hidden)):
        loosest = {
            key
            for bundle in bundles
            if not any((kind, None) in bundle for kind in table.first)
            for key in bundle
        }
        shown = [key for key in table.smallest if key not in hidden]
        hidden[next((key for key in shown if key in loosest), shown[0])] = "overlap"
    return _spare(table, hidden)


def _spare(table: _Table, hidden: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """Show again, the largest first, what need not be hidden since others are."""
    for key in reversed(table.smallest):
        if hidden.get(key, "few") != "few":
            without = {other: reason for other, reason in hidden.items() if other != key}
            if table.is_safe(without):
                hidden = without
    return {key: hidden[key] for key in table.sizes if key in hidden}


class _Table:
    """How many people each group has, and each role in each unit; None stands for the others."""

    def __init__(self, partitions: Partitions, whole: frozenset[int]) -> None:
        self.kinds = tuple(partitions)
        self.first = [kind for kind in self.kinds if kind == _FIRST] or list(self.kinds[:1])
        self.people = len(whole)
        self.sizes = {
            (kind, name): len(people & whole)
            for kind, groups in partitions.items()
            for name, people in groups.items()
        }
        # In the order in which they are hidden.
        self.smallest = sorted(
            self.sizes, key=lambda key: (key[0] not in self.first, self.sizes[key], key)
        )
        where = [
            {person: name for name, people in groups.items() for person in people}
            for groups in partitions.values()
        ]
        self.crossed = Counter(tuple(groups.get(person) for groups in where) for person in whole)

    def left_over(self, kind: str, hidden: Mapping[tuple[str, str], str]) -> int:
        """Return how many people are in no shown group of *kind*."""
        shown = (n for key, n in self.sizes.items() if key[0] == kind and key not in hidden)
        return self.people - sum(shown)

    def loose(
        self, hidden: Mapping[tuple[str, str], str]
    ) -> list[frozenset[tuple[str, str | None]]]:
        """Return the bundles of shown groups that can be told apart by a few people."""
        ties: Counter[tuple[tuple[str, str | None], tuple[str, str | None]]] = Counter()
        for names, count in self.crossed.items():
            groups = [
                (kind, None if name is None or (kind, name) in hidden else name)
                for kind, name in zip(self.kinds, names, strict=True)
            ]
            ties[groups[0], groups[-1]] += count
        return loose([ties])

    def is_safe(self, hidden: Mapping[tuple[str, str], str]) -> bool:
        """Tell whether what is not *hidden* gives nobody away."""
        rests = (self.left_over(kind, hidden) for kind in self.kinds)
        return not any(0 < rest < FEWEST for rest in rests) and not self.loose(hidden)
