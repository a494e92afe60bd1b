"""
How well the questions of a measure hang together, over all who were pooled.

Only people who gave a value to every question of the measure enter.  This is
for waves, row by row; :mod:`~cx_maturity.pooling.moments` makes the same figures
of a file that is too long to be held.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.editions import Reliability
from cx_maturity.pooling.cells import AROUND
from cx_maturity.reading.edition import RELIABLE
from cx_maturity.reading.scale import worths
from cx_maturity.scoring import agreement
from cx_maturity.scoring.interval import NEAR, Sample
from cx_maturity.scoring.plan import plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cx_maturity.model import Question, Respondent, Wave
    from cx_maturity.scoring.agreement import Icc
    from cx_maturity.scoring.plan import Plan

    Row = Sequence[Fraction | None]


def of_waves(waves: Iterable[Wave]) -> dict[str, Reliability]:
    """
    Return what may be said of every measure; *waves* are of one questionnaire and subset.

    An organisation has one wave here.  One without respondents' own rows has nothing to say.
    """
    panels = [wave for wave in waves if wave.is_panel]
    if not panels:
        return {}
    questionnaire = panels[0].questionnaire
    asked = plan(questionnaire, questionnaire.subset(panels[0].subset).questions)
    found = {}
    for measure, questions in measures(asked):
        rows = {
            str(number): [_row(person, questions) for person in wave.respondents]
            for number, wave in enumerate(panels)
        }
        if made := reliability(rows, [worths(question.scale) for question in questions]):
            found[measure] = made
    return found


def organisations_behind(waves: Iterable[Wave]) -> dict[str, int]:
    """Return how many of the *waves* have a complete row, by measure."""
    panels = [wave for wave in waves if wave.is_panel]
    if not panels:
        return {}
    questionnaire = panels[0].questionnaire
    asked = plan(questionnaire, questionnaire.subset(panels[0].subset).questions)
    return {
        measure: sum(
            any(None not in _row(person, questions) for person in wave.respondents)
            for wave in panels
        )
        for measure, questions in measures(asked)
    }


def reliability(
    organisations: Mapping[str, Sequence[Row]], sizes: Sequence[int]
) -> Reliability | None:
    """
    Return what may be said of one measure, None when that is nothing.

    A row holds one person's shares by question, each of which has so many points as its
    *sizes* say.
    """
    complete = {
        name: kept
        for name, rows in organisations.items()
        if (kept := [row for row in rows if None not in row])
    }
    together = [row for rows in complete.values() for row in rows]
    if not is_enough(len(together), len(complete)):
        return None
    groups = [Sample.of(map(_mean, rows)) for rows in complete.values()]
    return made(
        (len(together), len(complete)),
        agreement.alpha(together),
        agreement.alpha_interval(together),
        agreement.icc(groups),
        [agreement.rwg_j(rows, sizes) for rows in complete.values()],
        rough=is_near_end(*_added(groups)),
    )


def is_enough(people: int, organisations: int) -> bool:
    """Tell whether so many with complete rows are worth a figure."""
    return people >= RELIABLE["people"] and organisations >= RELIABLE["organisations"]


def made(  # noqa: PLR0913 - a record is made of what it holds
    counts: tuple[int, int],
    alpha: float | None,
    alpha_interval: tuple[float, float] | None,
    icc: Icc | None,
    rwg: Iterable[float | None],
    *,
    rough: bool,
) -> Reliability | None:
    """
    Put the figures of one measure together, None when one of them cannot be had.

    *rwg* is by organisation; as for every figure of an edition, what stands for the one in the
    middle is the mean of the five around it.
    """
    agreed = sorted(value for value in rwg if value is not None)
    if alpha is None or alpha_interval is None or icc is None or len(agreed) < AROUND:
        return None
    first = min(max(len(agreed) // 2 - AROUND // 2, 0), len(agreed) - AROUND)
    middle = sum(agreed[first : first + AROUND]) / AROUND
    return Reliability(*counts, alpha, alpha_interval, icc.icc1, icc.icc2, middle, rough)


def is_near_end(total: Fraction, people: int) -> bool:
    """
    Tell whether the mean of *people*, whose shares add up to *total*, is near an end.

    Within a fifth of the scale, where alpha's interval covers as little as 79 % (rare answers,
    benchmarks/cover.py).
    """
    return NEAR * min(total, people - total) <= people


def _added(groups: Iterable[Sample]) -> tuple[Fraction, int]:
    known = list(groups)
    return sum((Fraction(g.total, g.unit) for g in known), Fraction(0)), sum(g.n for g in known)


def measures(asked: Plan) -> Iterator[tuple[str, list[Question]]]:
    """Yield every measure with all questions that stand behind it, two at least."""
    for group in asked.groups:
        questions = [question for part in group.walk() for question in part.questions]
        if len(questions) > 1:
            yield group.id, questions


def _row(person: Respondent, questions: Sequence[Question]) -> Row:
    answers = [person.answers.get(question.id) for question in questions]
    return [answer.share if answer else None for answer in answers]


def _mean(row: Row) -> Fraction:
    given = [share for share in row if share is not None]
    return sum(given[1:], given[0]) / len(given)
