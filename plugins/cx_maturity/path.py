"""
The shortest path: the least-effort lifts that take the gated level to a goal, exactly.

A lift raises one question by one anchor for everybody who stands below it, and costs the effort
of its capability's step from the level that the anchor below is by itself.  Of all sets of lifts
that reach the goal the one of least effort is found; among equals the one with more of its effort
on foundations, then with less on what is new, then with the greater gain, then the one that lifts
the questionnaire's earlier questions.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from cx_maturity.advising.front import cheapest_lifts
from cx_maturity.advising.lifts import KINDS, SCORE, Prospects
from cx_maturity.advising.worth import Worths
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.results import Lift, Path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cx_maturity.advising.front import Allows
    from cx_maturity.advising.lifts import Chain, Mean, Taken
    from cx_maturity.advising.weighed import Counts
    from cx_maturity.results import Scorecard


def shortest_path(
    card: Scorecard, goal: int | None = None, allows: Allows | None = None
) -> Path | None:
    """
    Return the least-effort lifts to level *goal*, the next when None.

    *allows* leaves only sets of lifts of which it allows, of each capability, the steps that
    they take, by the levels they start from, ascending.  It cannot be given for staged levels.
    """
    questionnaire, level = card.wave.questionnaire, card.overall.gated_level
    top = len(questionnaire.levels)
    if goal is None:
        goal = top if level is None else min(level + 1, top)
    if level is None:
        return Path(goal, (), 0, "no-level")
    if level >= goal:
        return Path(goal, (), 0, "highest" if level == top else "")
    is_minimum = questionnaire.aggregate == "minimum"
    if is_minimum and (len(card.wave.respondents) > 1 or questionnaire.staged):
        return Path(goal, (), 0, "not-additive")
    prospects = Prospects(card)
    needs = _needs(prospects, goal) if goal <= top else None
    if needs is None:
        return Path(goal, (), 0, "out-of-reach")
    taken = _taken(prospects, needs, allows)
    if taken is None:
        # With every answer that is given at the top, each of these means would be at the top.
        return Path(goal, (), 0, "few" if prospects.holds_back(needs) else "no-steps")
    lifts = tuple(_scored(prospects, _ordered(prospects, taken)))
    return Path(goal, lifts, sum(lift.effort for lift in lifts))


def _taken(
    prospects: Prospects, needs: Mapping[Mean, Fraction], allows: Allows | None
) -> Taken | None:
    """Return how many lifts of each question to take; None where all of them are not enough."""
    lifted = {mean for chain in prospects.chains for mean in chain.gains}
    if any(prospects.now[mean] < need for mean, need in needs.items() if mean not in lifted):
        return None
    if prospects.is_minimum:
        return _least(prospects, needs)
    return cheapest_lifts(prospects, needs, allows)


def _needs(prospects: Prospects, goal: int) -> dict[Mean, Fraction] | None:
    """Return how high each mean has to be for level *goal*; None where no answers can do it."""
    questionnaire, needs = prospects.questionnaire, {}
    allowed = goal - questionnaire.gate if questionnaire.gate is not None else 0
    wanted = {OVERALL: goal, **dict.fromkeys(prospects.foundations, allowed)}
    for measure, level in wanted.items():
        if level <= 1:
            continue
        if not questionnaire.staged:
            needs[measure, 0] = questionnaire.levels[level - 1].start
            continue
        stages = prospects.stages[measure]
        reaching = [stage for stage in stages if stage >= level]
        if not reaching:
            return None
        for stage in stages[: stages.index(reaching[0]) + 1]:
            needs[measure, stage] = questionnaire.staged_pass
    return needs if needs.keys() <= prospects.now.keys() else None


def _least(prospects: Prospects, needs: Mapping[Mean, Fraction]) -> Taken | None:
    """Lift every question that counts to what the lowest must be; there is no other way."""
    taken: Taken = {}
    for chain in prospects.chains:
        need = max((needs[mean] for mean in chain.gains if mean in needs), default=chain.share)
        if chain.share < need:
            number = sum(lift.low < need for lift in chain.raises)
            if not number or chain.raises[number - 1].high < need:
                return None
            taken[chain.question] = number
    return taken


_NONE = Fraction(0)

# --- the order ---------------------------------------------------------------

# A chain and the place of one of its lifts.
_Placed = tuple["Chain", int]
# Kind, whether it is on no foundation, step, effort, and the gain with its sign turned.
_Rank = tuple[int, bool, int, int, int]


def _ordered(prospects: Prospects, taken: Mapping[str, int]) -> list[_Placed]:
    """
    Put lifts in the order in which to do them; those of one step of a capability go together.

    Basics, build, innovate; in each foundations first, then by step, effort and gain.  No lift
    stands before an earlier one of its capability.
    """
    actions: dict[tuple[str, int], list[_Placed]] = {}
    for chain in prospects.chains:
        for place in range(taken.get(chain.question, 0)):
            key = chain.capability.id if chain.capability else "", chain.raises[place].step.start
            actions.setdefault(key, []).append((chain, place))
    ranked = []
    by_gain = not prospects.is_minimum
    for _, own in groupby(sorted(actions), key=lambda key: key[0]):
        before: _Rank = (0, False, 0, 0, 0)
        for place, key in enumerate(own):
            rank = _rank(actions[key], by_gain=by_gain)
            before = max(before, rank) if place else rank
            ranked.append((before, key[1], actions[key][0][0].place, actions[key]))
    ranked.sort(key=lambda one: one[:3])
    return [placed for *_, placed_ in ranked for placed in placed_]


def _rank(action: Sequence[_Placed], *, by_gain: bool) -> _Rank:
    chain, place = action[0]
    step = chain.raises[place].step
    gains = [c.gains[SCORE][at] for c, at in action if by_gain and SCORE in c.gains]
    return KINDS.index(step.kind), not chain.foundation, step.start, step.effort, -sum(gains)


def _scored(prospects: Prospects, lifts: Iterable[_Placed]) -> Iterator[Lift]:
    """Yield the *lifts* with what the overall comes to after each."""
    standing = _Standing(prospects)
    wave = prospects.card.wave
    worths = Worths(wave) if wave.is_panel else None
    for chain, place in lifts:
        before = standing.score
        lift = chain.raises[place]
        standing.lift(chain, place)
        own = chain.capability.id if chain.capability else ""
        worth, within = worths.of(own, chain.question) if worths and own else (_NONE, _NONE)
        yield Lift(
            capability=own,
            question=chain.question,
            start=lift.start,
            end=lift.end,
            step=lift.step.start,
            effort=lift.step.effort,
            kind=lift.step.kind,
            gain=standing.score - before,
            score=standing.score,
            level=prospects.gated(standing.means),
            capability_score=standing.of_capability(own),
            worth=worth,
            worth_within=within,
        )


class _Standing:
    """Every mean after some lifts; *score* is the overall's."""

    def __init__(self, prospects: Prospects) -> None:
        self.prospects = prospects
        self.means = dict(prospects.now)
        self.members = {
            mean: [chain.question for chain in prospects.chains if mean in chain.gains]
            for mean in (prospects.now if prospects.is_minimum else ())
        }
        self.shares = {chain.question: chain.share for chain in prospects.chains}
        self.counts: dict[str, Mapping[str, Counts]] = {}
        self.ends: dict[str, Fraction] = {}

    @property
    def score(self) -> Fraction:
        return self.means[SCORE]

    def lift(self, chain: Chain, place: int) -> None:
        """Lift the question of *chain* once, from its anchor at *place*."""
        end = chain.raises[place].high
        self.shares[chain.question] = self.ends[chain.question] = end
        for mean, gains in chain.gains.items():
            if mean in self.members:
                self.means[mean] = min(self.shares[name] for name in self.members[mean])
            else:
                self.means[mean] += Fraction(gains[place], self.prospects.units[mean])

    def of_capability(self, name: str) -> Fraction | None:
        """Return the score of a capability; None where it has none."""
        if self.prospects.card.capabilities[name].score is None:
            return None
        if name not in self.counts:
            self.counts[name] = self.prospects.capability(name)
        counts = self.counts[name]
        if not counts:
            return None
        if self.prospects.is_minimum:
            return min(self.shares[question] for question in counts)
        raised = (found.raised(self.ends.get(q, Fraction(0))) for q, found in counts.items())
        return sum(raised, Fraction(0))
