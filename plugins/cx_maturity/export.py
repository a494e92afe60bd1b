"""Scores as plain data for other programs; points are on 0-100."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fractions import Fraction

    from cx_maturity.results import Measure, Scorecard


def scores(card: Scorecard) -> dict[str, Any]:
    """
    Return what ``cx-maturity score`` prints for one wave.

    ``score``, ``lowest``, ``highest`` and ``interval`` are points, 0-100, each
    the double nearest to the exact value; ``exact`` is the reduced fraction
    "p/q" of the same points; ``coverage`` and ``visibility`` are shares, 0-1.
    """
    questionnaire = card.wave.questionnaire
    return {
        "questionnaire": questionnaire.id,
        "version": questionnaire.version,
        "subset": card.wave.subset,
        "wave": card.wave.id,
        "overall": {**_measure(card.overall), "held_by": list(card.held_by)},
        "dimensions": {name: _measure(measure) for name, measure in card.dimensions.items()},
        "capabilities": {name: _measure(measure) for name, measure in card.capabilities.items()},
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "score": None if measure.score is None else _points(measure.score),
        "exact": None if measure.score is None else _exact(measure.score),
        "level": measure.level,
        "gated_level": measure.gated_level,
        "coverage": float(measure.coverage),
        "visibility": float(measure.visibility),
        "lowest": _points(measure.lowest),
        "highest": _points(measure.highest),
        "n": measure.n,
        "interval": [bound * 100 for bound in measure.interval] if measure.interval else None,
        "rough": measure.rough,
    }


def _points(value: Fraction) -> float:
    return float(value * 100)


def _exact(value: Fraction) -> str:
    numerator, denominator = (value * 100).as_integer_ratio()
    return f"{numerator}/{denominator}"
