"""A wave's people by role and by unit, and what may not be shown of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from cx_maturity.disclosure import FEWEST
from cx_maturity.parts.row import DASH, Traced, naming_levels
from cx_maturity.parts.source import decimals_said, rough_said
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import Hidden, Measure, Split

# More names than this are no help; the rest is counted.
_MOST_NAMES = 12
# From this ICC(1) on, intervals that take people as drawn one by one are clearly too narrow.
_ALIKE = 0.05


class _Kind(NamedTuple):
    """Roles, or units: what they are called, what one of them is, and what explains its scores."""

    id: str
    heading: str
    named: str
    title: Callable[[str], str]
    is_traced: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One score of some of the people; *is_hidden* where there is one that may not be shown."""

    score: str
    spread: str = ""
    is_hidden: bool = False
    traced: Traced | None = None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One role or unit: how many, and their scores in the order of the table's heads."""

    title: str
    people: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class HiddenRow:
    """Roles or units of which nothing may be shown, all for one *reason*."""

    names: str
    reason: str


@dataclass(frozen=True, slots=True)
class Groups:
    """The people of a wave by role, or by unit."""

    heading: str
    named: str
    heads: tuple[str, ...]
    rows: tuple[GroupRow, ...]
    hidden: tuple[HiddenRow, ...]
    notes: tuple[str, ...]

    @property
    def columns(self) -> int:
        """How many columns stand beside the name."""
        return 1 + len(self.heads)


def roles(about: Subject) -> Groups | None:
    """Write every role with all its scores."""
    text = about.words.text
    shown = (OVERALL, *(d.id for d in about.dimensions))
    kind = _Kind("role", text("By role"), text("Role"), partial(role_named, about), is_traced=True)
    found = _groups(about, kind, about.card.splits.roles, shown)
    return replace(found, notes=(*_all_questions(about), *found.notes)) if found else None


def units(about: Subject) -> Groups | None:
    """Write every unit with its overall, and how far units are apart."""
    text = about.words.text
    # No unit is named where numbers are explained.
    kind = _Kind("unit", text("By unit"), text("Unit"), str, is_traced=False)
    found = _groups(about, kind, about.card.splits.units, (OVERALL,))
    return replace(found, notes=(*_spread(about), *found.notes)) if found else None


def _all_questions(about: Subject) -> tuple[str, ...]:
    """Say why two compared roles may have other scores on the questions that they share."""
    perception = about.card.perception
    if perception is None or perception.reason is not None or not perception.differences:
        return ()
    if len(perception.questions) == perception.asked:
        return ()
    return (
        about.words.text(
            "This table takes all {asked} questions, the comparison above only {n} of them, so a "
            "score may differ.",
            asked=about.words.number(perception.asked),
            n=about.words.number(len(perception.questions)),
        ),
    )


def role_named(about: Subject, role_id: str) -> str:
    """Return a role's title."""
    titles = (r.title for r in about.questionnaire.roles if r.id == role_id)
    return next(titles).to(about.words.language)


def _groups(
    about: Subject, kind: _Kind, splits: Sequence[Split], shown: Sequence[str]
) -> Groups | None:
    """Write the groups of one *kind*; nothing where all are one."""
    hidden = [h for h in about.card.splits.hidden if h.kind == kind.id]
    if len(splits) + len({h.id for h in hidden if h.measure is None}) < 2:  # noqa: PLR2004 - one is the whole
        return None
    unsaid = {(h.id, h.measure) for h in hidden}
    rows = tuple(
        GroupRow(
            kind.title(split.id),
            _people(about, split),
            tuple(
                Cell("", is_hidden=True)
                if (split.id, m) in unsaid
                else _cell(about, split.measures.get(m), split.id, kind)
                for m in shown
            ),
        )
        for split in splits
    )
    whole = [h for h in hidden if h.measure is None]
    return Groups(
        heading=kind.heading,
        named=kind.named,
        heads=tuple(about.titles[m] for m in shown),
        rows=rows,
        hidden=tuple(
            _hidden_row(about, [kind.title(h.id) for h in alike], code, kind)
            for code, alike in _by_reason(whole).items()
        ),
        notes=(
            *_two_counts(about, splits),
            *_cells_hidden(about, [h for h in hidden if h.measure in shown], kind),
            *decimals_said(
                about, [text for row in rows for c in row.cells for text in (c.score, c.spread)]
            ),
            *rough_said(about, (s.measures[m] for s in splits for m in shown if m in s.measures)),
        ),
    )


def _people(about: Subject, split: Split) -> str:
    """Count the people of a role or unit; where not all of them are in its overall, say so."""
    words, counted = about.words, _in_overall(split)
    if counted is None:
        return words.number(split.n)
    return words.text("{n} of {of}", n=words.number(counted), of=words.number(split.n))


def _in_overall(split: Split) -> int | None:
    """Return how many of a role or unit have an overall, where some of them have none."""
    overall = split.measures.get(OVERALL)
    if overall is None or overall.score is None or overall.n == split.n:
        return None
    return overall.n


def _two_counts(about: Subject, splits: Iterable[Split]) -> tuple[str, ...]:
    """Explain two numbers of people in one cell, where there are any."""
    if all(_in_overall(split) is None for split in splits):
        return ()
    text = about.words.text
    return (text("Two numbers in a cell: how many have an overall, of all who answered."),)


def _hidden_row(about: Subject, names: Sequence[str], code: str, kind: _Kind) -> HiddenRow:
    many = code == "few" and len(names) > 1
    reason = hidden_reason(about, "each" if many else code, kind.id)
    return HiddenRow(_listed(about, names), reason)


def _cell(about: Subject, measure: Measure | None, id_: str, kind: _Kind) -> Cell:
    found = cell(about, measure, kind.title(id_))
    return found if kind.is_traced else replace(found, traced=None)


def cell(about: Subject, measure: Measure | None, whose: str) -> Cell:
    """Write one score by some of the people, *whose* being what they are called."""
    if measure is None or measure.score is None:
        return Cell(DASH)
    score = about.points(measure)
    name = about.words.text(
        "{score}, {title} by {whose}: how it came about",
        score=score,
        title=about.titles[measure.id],
        whose=whose,
    )
    traced = Traced(f"{about.trace_path}#{measure.id}", name)
    return Cell(score, about.interval(measure), traced=traced)


def _by_reason(hidden: Iterable[Hidden]) -> dict[str, list[Hidden]]:
    """Sort what is hidden by its code, to be said together."""
    found: dict[str, list[Hidden]] = {}
    for each in hidden:
        found.setdefault(each.reason, []).append(each)
    return found


def _cells_hidden(about: Subject, hidden: Sequence[Hidden], kind: _Kind) -> list[str]:
    """Say which single scores of a role or unit are hidden, and why."""
    words, said = about.words, []
    for code, alike in _by_reason(hidden).items():
        reason = hidden_reason(about, "score" if code == "few" else code, kind.id)
        names = _listed(about, [_hidden_cell(about, h, kind) for h in alike])
        said.append(words.text("Hidden: {names} ({reason}).", names=names, reason=reason))
    return said


def _hidden_cell(about: Subject, hidden: Hidden, kind: _Kind) -> str:
    return about.words.text(
        "{title} by {whose}",
        title=about.titles[hidden.measure or OVERALL],
        whose=kind.title(hidden.id),
    )


def _listed(about: Subject, names: Sequence[str]) -> str:
    """List *names*; of very many the first ones and how many more there are."""
    words, most = about.words, _MOST_NAMES
    if len(names) <= most + 1:
        return words.listing(names)
    more = words.text("{n} more", n=words.number(len(names) - most))
    return words.listing([*names[:most], more])


def _spread(about: Subject) -> tuple[str, ...]:
    """Say how far units are apart, and how much of people's differences lies between them."""
    spread, words = about.card.spread, about.words
    if spread is None:
        return ()
    (low_unit, low), (high_unit, high) = spread.lowest, spread.highest
    levels = naming_levels(about.questionnaire)
    said = []
    if low != high:
        said.append(
            words.text(
                "Lowest {low_unit} ({low}), highest {high_unit} ({high}).",
                low_unit=low_unit,
                low=words.points(low, levels),
                high_unit=high_unit,
                high=words.points(high, levels),
            )
        )
    if spread.icc1 is not None:
        said.extend(_between(about, spread.icc1, spread.units))
    return tuple(said)


def _between(about: Subject, icc1: float, units: int) -> Iterator[str]:
    """Say how much of the differences lies between *units* units, and what follows from it."""
    words, is_customers = about.words, about.questionnaire.customer_voice
    values = {"share": words.percent(Fraction(icc1)), "units": words.count(units)}
    yield (
        words.text(
            "Of what customers of the {units} units shown differ in, {share} lies between these "
            "units, the rest within.",
            **values,
        )
        if is_customers
        else words.text(
            "Of what people of the {units} units shown differ in, {share} lies between these "
            "units, the rest within.",
            **values,
        )
    )
    if icc1 > _ALIKE:
        yield (
            words.text(
                "Customers of one unit answer alike: were these units a sample of more, every "
                "interval here would be wider."
            )
            if is_customers
            else words.text(
                "People of one unit answer alike: were these units a sample of more, every "
                "interval here would be wider."
            )
        )


def hidden_reason(about: Subject, code: str, kind: str = "role") -> str:
    """
    Say why something may not be shown, by its *code* in :mod:`~cx_maturity.disclosure`.

    "few" of one group; "each" of several, "score" of one measure of a group, and "either" of two
    roles are the same to be said otherwise.  *kind* is "role" or "unit".
    """
    text, n = about.words.text, about.words.count(FEWEST)
    if about.questionnaire.customer_voice:
        return {
            "few": text("fewer than {n} customers", n=n),
            "each": text("fewer than {n} customers in each", n=n),
            "score": text("fewer than {n} customers with a score", n=n),
            "either": text("fewer than {n} customers in one of them", n=n),
            "remainder": text(
                "taken from the whole, this would single out fewer than {n} customers", n=n
            ),
            "overlap": text("with the units, this would single out fewer than {n} customers", n=n)
            if kind == "role"
            else text("with the roles, this would single out fewer than {n} customers", n=n),
        }[code]
    return {
        "few": text("fewer than {n} people", n=n),
        "each": text("fewer than {n} people in each", n=n),
        "score": text("fewer than {n} people with a score", n=n),
        "either": text("fewer than {n} people in one of them", n=n),
        "remainder": text("taken from the whole, this would single out fewer than {n} people", n=n),
        "overlap": text("with the units, this would single out fewer than {n} people", n=n)
        if kind == "role"
        else text("with the roles, this would single out fewer than {n} people", n=n),
    }[code]
