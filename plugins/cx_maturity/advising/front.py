"""
The cheapest choice of one option for each item that gains enough, exactly.

A knapsack with choices, in whole numbers: what is gained adds up, and so does what it costs.
A first pass over the efforts alone finds the least one; a second keeps every choice that can
still meet it, and finds the cheapest of these.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from cx_maturity.advising.lifts import KINDS, SCORE
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from fractions import Fraction

    from cx_maturity.advising.lifts import Chain, Mean, Prospects, Taken

_FIRST_CAP = 16
# Whether these steps of a capability, by the levels they start from, may be taken together.
Allows = Callable[[str, Sequence[int]], bool]
_by_cost = itemgetter(0)


class Option(NamedTuple):
    """
    One way to deal with an item, or with several.

    *cost* settles what is better, and holds *effort* as its most significant part.  *own* is
    gained for what the item itself has to reach.  *taken* are the options that it is made of,
    the last one first, each with what stands before it.
    """

    cost: int
    effort: int
    gain: int
    own: int = 0
    taken: object = ()


def joint(items: Sequence[Sequence[Option]], own: int, most: int) -> list[Option]:
    """
    Return the options for all *items* together that gain *own* at least.

    None is dearer than another and gains no more: neither for the whole, where more than *most*
    is as good as *most*, nor for themselves.
    """
    left = [0]
    for item in reversed(items):
        left.append(left[-1] + max((option.own for option in item), default=0))
    left.pop()
    found = [Option(0, 0, 0)]
    for item in items:
        still = left.pop()
        found = _undominated(
            Option(
                a.cost + b.cost,
                a.effort + b.effort,
                min(most, a.gain + b.gain),
                min(own, a.own + b.own),
                (a.taken, b.taken),
            )
            for a in found
            for b in item
            if a.own + b.own + still >= own
        )
    return found


def _undominated(options: Iterable[Option]) -> list[Option]:
    """Return the *options* that no cheaper one equals in both gains, the cheapest first."""
    kept: list[Option] = []
    # A staircase: the more gained of its own, the less for the whole.
    owns: list[int] = []
    gains: list[int] = []
    for option in sorted(options, key=_by_cost):
        place = bisect_left(owns, option.own)
        if place < len(owns) and gains[place] >= option.gain:
            continue
        kept.append(option)
        end = place + 1 if place < len(owns) and owns[place] == option.own else place
        start = place
        while start and gains[start - 1] <= option.gain:
            start -= 1
        owns[start:end], gains[start:end] = [option.own], [option.gain]
    return kept


def cheapest(items: Sequence[Sequence[Option]], need: int) -> Option | None:
    """
    Return the cheapest choice of one option for each item that gains *need*, 0 or more.

    None where no choice does.
    """
    if any(not item for item in items):
        return None
    if sum(max(option.gain for option in item) for item in items) < need:
        return None
    within = _most(items, need)
    effort = next(effort for effort, gain in enumerate(within[0]) if gain >= need)
    states = [Option(0, 0, 0)]
    for item, rest in zip(items, within[1:], strict=True):
        reached = sorted(
            (
                Option(a.cost + b.cost, spent, min(need, gain), 0, (a.taken, b.taken))
                for a in states
                for b in item
                if (spent := a.effort + b.effort) <= effort
                and (gain := a.gain + b.gain) + rest[effort - spent] >= need
            ),
            key=_by_cost,
        )
        states, most = [], -1
        for option in reached:
            if option.gain > most:
                most = option.gain
                states.append(option)
    return states[0]


def _most(items: Sequence[Sequence[Option]], need: int) -> list[list[int]]:
    """Return, for the items from each place on, the most that every effort can gain."""
    least = sum(min(option.effort for option in item) for item in items)
    # So little that no gain makes up for it: there is no way at this effort.
    none = -1 - sum(max(option.gain for option in item) for item in items)
    cap = max(_FIRST_CAP, 2 * least)
    while True:
        found = [[0] * (cap + 1)]
        for item in reversed(items):
            found.append(_with(_by_effort(item), found[-1], [none] * (cap + 1)))
        if found[-1][cap] >= need:
            return found[::-1]
        cap *= 2


def _by_effort(item: Iterable[Option]) -> list[tuple[int, int]]:
    """Return (effort, gain) of the options that gain more than all of less effort."""
    kept: list[tuple[int, int]] = []
    for effort, gain in sorted((option.effort, -option.gain) for option in item):
        if not kept or -gain > kept[-1][1]:
            kept.append((effort, -gain))
    return kept


def _with(item: Sequence[tuple[int, int]], rest: Sequence[int], best: list[int]) -> list[int]:
    """Return in *best* the most that each effort gains with one more item than the *rest*."""
    for effort, gain in item:
        if effort < len(best):
            added = [most + gain for most in rest[: len(best) - effort]]
            best[effort:] = map(max, best[effort:], added)
    return best


# --- lifts as options ---------------------------------------------------------


def cheapest_lifts(
    prospects: Prospects, needs: Mapping[Mean, Fraction], allows: Allows | None = None
) -> Taken | None:
    """
    Solve each staged level by itself, as no question belongs to two; bands are one problem.

    *allows* says which steps of a capability may be taken together; where levels are staged, a
    capability's questions belong to several problems, and it cannot be given.
    """
    prices = _Prices(prospects.chains)
    taken: Taken = {}
    for stage in dict.fromkeys(stage for _, stage in needs):
        at = {measure: need for (measure, own), need in needs.items() if own == stage}
        found = _solved(prospects, prices, stage, at, allows)
        if found is None:
            return None
        taken.update(found)
    return taken


def _solved(
    prospects: Prospects,
    prices: _Prices,
    stage: int,
    needs: Mapping[str, Fraction],
    allows: Allows | None,
) -> Taken | None:
    """Return the lifts that take the means over the questions of one *stage* to the *needs*."""
    whole = {}
    for measure, need in needs.items():
        short = need - prospects.now[measure, stage]
        whole[measure] = max(0, math.ceil(short * prospects.units[measure, stage]))
    chains = [c for c in prospects.chains if any((m, stage) in c.gains for m in needs)]
    most = whole.get(OVERALL, 0)
    by_foundation: dict[str, list[list[Option]]] = {}
    items = []
    for together in [[c] for c in chains] if allows is None else _by_capability(chains):
        foundation = together[0].foundation
        own = foundation if whole.get(foundation or "") else None
        each = [list(prices.options(chain, stage, own)) for chain in together]
        options = each[0] if allows is None else _allowed(together, each, allows)
        if own is None:
            items.append(options)
        else:
            by_foundation.setdefault(own, []).append(options)
    unmet = [measure for measure in whole if measure != OVERALL and whole[measure]]
    held = [joint(by_foundation.get(name, []), whole[name], most) for name in unmet]
    found = cheapest([*held, *items], most)
    return None if found is None else dict(_flat(found.taken))


def _by_capability(chains: Iterable[Chain]) -> list[list[Chain]]:
    found: dict[str, list[Chain]] = {}
    for chain in chains:
        found.setdefault(chain.capability.id if chain.capability else chain.question, []).append(
            chain
        )
    return list(found.values())


def _allowed(
    chains: Sequence[Chain], options: Sequence[Sequence[Option]], allows: Allows
) -> list[Option]:
    """Return the options for the questions of one capability whose steps are allowed together."""
    capability = chains[0].capability
    found = {frozenset[int](): [Option(0, 0, 0)]}
    for chain, own in zip(chains, options, strict=True):
        grown: dict[frozenset[int], list[Option]] = {}
        for steps, before in found.items():
            for number, option in enumerate(own):
                taken = steps | {lift.step.start for lift in chain.raises[:number]}
                if capability is None or allows(capability.id, sorted(taken)):
                    grown.setdefault(taken, []).extend(_added(one, option) for one in before)
        found = {steps: _undominated(some) for steps, some in grown.items()}
    return _undominated(option for some in found.values() for option in some)


def _added(one: Option, other: Option) -> Option:
    return Option(
        one.cost + other.cost,
        one.effort + other.effort,
        one.gain + other.gain,
        one.own + other.own,
        (one.taken, other.taken),
    )


def _flat(taken: object) -> Iterator[tuple[str, int]]:
    """Yield every question with its number of lifts out of pairs within pairs."""
    match taken:
        case (str(question), int(number)):
            yield question, number
        case (before, last):
            yield from _flat(before)
            yield from _flat(last)


@dataclass(frozen=True, slots=True)
class _Digits:
    """What the parts of a cost are multiplied by, so that none outweighs the one before it."""

    effort: int
    found: int
    new: int
    gain: int
    lifts: int  # the base in which the numbers of lifts are written, question by question


class _Prices:
    """Says what lifts cost: whole numbers that add up and keep the order of what matters."""

    def __init__(self, chains: Sequence[Chain]) -> None:
        self.places = max((chain.place for chain in chains), default=0)
        effort = sum(lift.step.effort for chain in chains for lift in chain.raises)
        base = 1 + max((len(chain.raises) for chain in chains), default=0)
        gain = base ** (self.places + 1)
        new = gain * (1 + sum(sum(chain.gains.get(SCORE, ())) for chain in chains))
        found = new * (1 + effort)
        self.digits = _Digits(found * (1 + effort), found, new, gain, base)

    def options(self, chain: Chain, stage: int, own: str | None) -> Iterator[Option]:
        """Yield no lift, the first lift, the first two of *chain* and so on."""
        digits = self.digits
        cost = effort = gain = for_own = 0
        yield Option(0, 0, 0)
        gains = chain.gains.get((OVERALL, stage), ())
        owns = chain.gains[own, stage] if own else ()
        scores = chain.gains.get(SCORE, ())
        order = digits.lifts ** (self.places - chain.place)
        for number, lift in enumerate(chain.raises):
            effort += lift.step.effort
            weight = digits.effort
            if chain.foundation:
                weight -= digits.found
            if lift.step.kind == KINDS[-1]:
                weight += digits.new
            cost += lift.step.effort * weight - order
            if scores:
                cost -= scores[number] * digits.gain
            gain += gains[number] if gains else 0
            for_own += owns[number] if owns else 0
            yield Option(cost, effort, gain, for_own, (chain.question, number + 1))
