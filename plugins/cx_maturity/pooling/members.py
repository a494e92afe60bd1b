"""Who may be pooled, and with what: the newest answers of all that agreed to be counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cx_maturity.errors import ContentError, Place, Problems
from cx_maturity.pooling.cells import Member, whole_points
from cx_maturity.pooling.segments import unclear
from cx_maturity.reading.organisation import business_key
from cx_maturity.score import measures

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cx_maturity.editions import Assessments
    from cx_maturity.model import Organisation, Questionnaire, Wave


class Instrument(NamedTuple):
    """What was asked and how it is scored; only the same can be pooled."""

    questionnaire: str
    version: str
    subset: str
    aggregate: str

    def __str__(self) -> str:
        """Write ``cx@1.0, full``."""
        return f"{self.questionnaire}@{self.version}, {self.subset}"


def consenting(assessments: Assessments) -> tuple[list[Organisation], dict[str, str]]:
    """
    Return the organisations that may be counted, and why each of the others is not.

    Raises :class:`~cx_maturity.errors.ContentError` where two are the same business, or where
    the names of industries do not tell segments apart.
    """
    problems = Problems()
    found: list[Organisation] = []
    left_out: dict[str, str] = {}
    businesses: dict[str, Organisation] = {}
    for one in assessments.organisations:
        if why := _why_not(one):
            left_out[one.id] = why
            continue
        found.append(one)
        if one.business_id is None:
            continue
        key = business_key(one.business_id)
        other = businesses.setdefault(key, one)
        if other is not one:
            message = f"{Place(_path(other))} has the same; an organisation counts once"
            problems.add(Place(_path(one)), "business-id", f"{message}, so let one contribute")
    wrong = unclear((one.industry, one.country) for one in found)
    for one in found:
        if one.industry in wrong:
            problems.add(Place(_path(one)), "industry", wrong[one.industry])
    if problems.count():
        raise ContentError(problems.errors)
    return found, left_out


def _why_not(organisation: Organisation) -> str:
    if organisation.fictional:
        return "fictional"
    if not organisation.contributes:
        return "no consent: organisation.yaml does not say benchmark: {contribute: true}"
    return "" if organisation.waves else "no wave yet"


def _path(organisation: Organisation) -> Path:
    assert organisation.path is not None  # noqa: S101 - read from a file
    return organisation.path


def newest(
    organisations: Iterable[Organisation],
) -> dict[Instrument, list[tuple[Organisation, Wave]]]:
    """Return each organisation's newest wave of every instrument that it answered."""
    found: dict[Instrument, list[tuple[Organisation, Wave]]] = {}
    for organisation in organisations:
        # Waves are in order of date, so the last of each instrument stays.
        waves = {instrument(w.questionnaire, w.subset): w for w in organisation.waves}
        for asked, wave in waves.items():
            found.setdefault(asked, []).append((organisation, wave))
    return dict(sorted(found.items()))


def instrument(questionnaire: Questionnaire, subset: str) -> Instrument:
    """Return what is asked by a *subset* of a questionnaire."""
    return Instrument(questionnaire.id, questionnaire.version, subset, questionnaire.aggregate)


def member(organisation: Organisation, wave: Wave, key: str | None = None) -> Member:
    """Score *wave* for an edition; *key* stands for the organisation, its id when left out."""
    scores = {name: found.score for name, found in measures(wave).items()}
    return Member(
        organisation.id if key is None else key,
        organisation.industry,
        organisation.country,
        {name: whole_points(score) for name, score in scores.items() if score is not None},
    )


def period(waves: Iterable[Wave]) -> tuple[str, str]:
    """Return the first and the last month that the answers may be from, such as 2025-09."""
    days = [(wave.date, wave.known) for wave in waves]
    first = min(f"{day:%Y-%m}" for day, _ in days)
    last = max(f"{day:%Y}-12" if known == "year" else f"{day:%Y-%m}" for day, known in days)
    return first, last


def period_text(months: tuple[str, str]) -> str:
    """Write a period: one month, or the first and the last."""
    first, last = months
    return first if first == last else f"{first} to {last}"
