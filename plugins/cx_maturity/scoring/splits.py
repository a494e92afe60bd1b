"""A wave by role and by unit: what may be shown of each, and how far units are apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cx_maturity.disclosure import FEWEST, hide_splits, split_breaches
from cx_maturity.errors import Breach
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.results import Hidden, Split, Splits, Spread
from cx_maturity.scoring.agreement import icc
from cx_maturity.scoring.combine import group
from cx_maturity.scoring.respondent import taken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cx_maturity.model import Respondent, Wave
    from cx_maturity.results import Measure
    from cx_maturity.scoring.interval import Sample
    from cx_maturity.scoring.respondent import Column, Columns

_FEWEST_UNITS = 2
# Kind ("role" or "unit") → id → the places of its people in a column.
Partitions = dict[str, dict[str, list[int]]]


class People(NamedTuple):
    """A wave's people in the order of the columns, and the groups that they are in."""

    wave: Wave
    n: int
    groups: Partitions


def people(wave: Wave, respondents: Sequence[Respondent]) -> People:
    """Sort the *respondents* into roles and units; who has none is in no group of the kind."""
    roles: dict[str, list[int]] = {role.id: [] for role in wave.questionnaire.roles}
    units: dict[str, list[int]] = {}
    for place, respondent in enumerate(respondents):
        if respondent.role is not None:
            roles.setdefault(respondent.role, []).append(place)
        if respondent.unit is not None:
            units.setdefault(respondent.unit, []).append(place)
    roles = {name: places for name, places in roles.items() if places}
    return People(wave, len(respondents), {"role": roles, "unit": dict(sorted(units.items()))})


def splits(
    everybody: People, scored: Columns, reasons: Reasons, roles: Sequence[str] | None = None
) -> Splits:
    """
    Return every measure of every role and unit that may be shown, and what is hidden and why.

    A group's people are pooled.  A role's interval knows the role's population; a unit has
    none.  A group that may not be shown by the number of its people is hidden as a whole;
    otherwise a measure is, by the people who have a score, and by those who were asked
    anything, because the bounds and the coverage are theirs.  *roles*: only these, no units.
    """
    gone = reasons.gone
    cells = {name: reasons.of(column) for name, column in scored.by_id.items()}
    hidden = []
    found: dict[str, list[Split]] = {"role": [], "unit": []}
    for kind, groups in everybody.groups.items():
        for name, places in groups.items():
            key = (kind, name)
            if roles is not None and (kind == "unit" or name not in roles):
                continue
            if key in gone:
                hidden.append(Hidden(kind, name, None, gone[key]))
                continue
            hidden += [Hidden(kind, name, m, of[key]) for m, of in cells.items() if key in of]
            shown = [m for m, of in cells.items() if key not in of]
            population = everybody.wave.population.get(name) if kind == "role" else None
            measures = _measures(everybody.wave, scored, shown, places, population)
            found[kind].append(Split(name, len(places), measures))
    made = Splits(tuple(found["role"]), tuple(found["unit"]), tuple(hidden))
    check(everybody, scored, made)
    return made


def check(everybody: People, scored: Columns, made: Splits) -> None:
    """
    Hold what is about to be shown against the last gate, which knows nothing of the hiding.

    Raises :class:`~cx_maturity.errors.Breach` when some of it would give one to four people away.
    """
    partitions = {
        kind: {name: frozenset(places) for name, places in groups.items()}
        for kind, groups in everybody.groups.items()
    }
    asked: set[tuple[bytes, frozenset[tuple[str, str]]]] = set()
    for name, column in scored.by_id.items():
        shown = frozenset(
            (kind, split.id)
            for kind, some in (("role", made.roles), ("unit", made.units))
            for split in some
            if name in split.measures
        )
        if not shown or (bytes(column.scored), shown) in asked:
            continue
        asked.add((bytes(column.scored), shown))
        whole = frozenset([place for place, one in enumerate(column.scored) if one])
        if breaches := split_breaches(partitions, shown, whole):
            wave = everybody.wave
            raise Breach(f"{wave.path or wave.id}: {name}", breaches)


class Reasons:
    """
    Tells what has to be hidden; asks once for all measures that the same people have.

    *gone* are the groups that are hidden as a whole, by the number of people in them.
    """

    def __init__(self, everybody: People) -> None:
        """Answer for the groups that *everybody* is in."""
        self.groups: Partitions = everybody.groups
        self.known: dict[bytes, Mapping[tuple[str, str], str]] = {}
        self.gone = self.among([1] * everybody.n)
        self.groups = {
            kind: {name: places for name, places in groups.items() if (kind, name) not in self.gone}
            for kind, groups in everybody.groups.items()
        }

    def of(self, column: Column) -> Mapping[tuple[str, str], str]:
        """Return what else has to be hidden of one measure, and why."""
        found = self.among(column.scored)
        if 0 not in column.applicable:
            return found
        return {**self.among([min(weight, 1) for weight in column.applicable]), **found}

    def among(self, counted: Sequence[int]) -> Mapping[tuple[str, str], str]:
        """Return which groups have to be hidden when those who are *counted* (1) have a value."""
        key = bytes(counted)
        if key not in self.known:
            whole = frozenset([place for place, one in enumerate(counted) if one])
            partitions = {
                kind: {name: whole.intersection(places) for name, places in groups.items()}
                for kind, groups in self.groups.items()
            }
            self.known[key] = (
                hide_splits(partitions, whole)
                if len(whole) >= FEWEST
                else {(kind, name): "few" for kind in partitions for name in partitions[kind]}
            )
        return self.known[key]


def _measures(
    wave: Wave, scored: Columns, shown: Sequence[str], places: Sequence[int], population: int | None
) -> dict[str, Measure]:
    combiner = group(wave, len(places), population)
    return {
        name: combiner.measure(
            name,
            taken(scored.by_id[name], places),
            [(level, taken(column, places)) for level, column in scored.stages.get(name, ())],
        )
        for name in shown
    }


def spread(everybody: People, shown: Splits, overall: Column) -> Spread | None:
    """
    Return how far the overalls of the units that may be *shown* are apart.

    None when there are fewer than two.  ICC(1) is over the people of these units alone.
    """
    units = {
        split.id: score
        for split in shown.units
        if OVERALL in split.measures and (score := split.measures[OVERALL].score) is not None
    }
    if len(units) < _FEWEST_UNITS:
        return None
    by_score = sorted(units.items(), key=lambda unit: (unit[1], unit[0]))
    groups: list[Sample] = []
    for name in units:
        places = everybody.groups["unit"][name]
        groups += group(everybody.wave, len(places)).samples(taken(overall, places)).values()
    between = icc(groups)
    return Spread(
        units=len(units),
        n=sum(sample.n for sample in groups),
        lowest=by_score[0],
        highest=max(by_score, key=lambda unit: unit[1]),
        icc1=between.icc1 if between else None,
    )
