"""Hashes of what scores depend on, so that nothing changes in silence."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from cx_maturity.model import Choice, Numeric
from cx_maturity.reading.scale import points_of, share

if TYPE_CHECKING:
    from cx_maturity.model import Dimension, Question, Questionnaire


def fingerprint(questionnaire: Questionnaire) -> str:
    """
    Hash structure, scales, weights and rules; no text, no order.

    The first 16 hexadecimal digits of SHA-256 over JSON with sorted keys and lists.
    """
    q = questionnaire
    content = {
        "aggregate": q.aggregate,
        "coverage": [str(q.capability_coverage), str(q.dimension_coverage)],
        "levels": [[level.number, str(level.start)] for level in q.levels],
        "staged": str(q.staged_pass) if q.staged else None,
        "gate": q.gate,
        "reasons": sorted(reason.id for reason in q.reasons),
        "roles": sorted(role.id for role in q.roles),
        "perception-gap": q.perception_gap,
        "subsets": sorted([subset.id, sorted(subset.questions)] for subset in q.subsets),
        "dimensions": sorted(map(_dimension, q.dimensions)),
    }
    names = [subset.id for subset in q.subsets]
    if names and names[0] != min(names):
        # A wave that names no subset means the first; written down where the order tells it apart.
        content["subset"] = names[0]
    return _hash(content)


def question_hash(question: Question, language: str) -> str:
    """
    Hash what one who answers goes by, so that answers in two versions can be compared.

    The wording in *language*, the questionnaire's first, and the scale with the place of each
    answer; not the id, nor where the question stands, what it weighs, or how it is explained.
    """
    kind, labels = question.scale.kind, question.scale.labels
    named = {point: text.to(language) for point, text in labels.items()}
    if isinstance(kind, Choice):
        named.update((option.id, option.title.to(language)) for option in kind.options)
    content = {
        "text": question.text.to(language),
        "anchors": {point: text.to(language) for point, text in question.anchors.items()},
        "aspect": question.aspect,
        "reverse": question.reverse,
        "places": _places(question),
        "names": named,
        "unit": kind.unit.to(language) if isinstance(kind, Numeric) and kind.unit else None,
    }
    return _hash(content)


def _hash(content: object) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _dimension(dimension: Dimension) -> list[object]:
    return [
        dimension.id,
        dimension.weight,
        dimension.foundation,
        sorted(
            [c.id, c.weight, c.foundation, sorted(map(_question, c.questions))]
            for c in dimension.capabilities
        ),
        sorted(map(_question, dimension.questions)),
    ]


def _question(question: Question) -> list[object]:
    aspect, level = question.aspect or "", question.level or 0
    places = _places(question)
    return [question.id, question.weight, question.reverse, aspect, level, places]


def _places(question: Question) -> list[list[str]]:
    kind = question.scale.kind
    if isinstance(kind, Numeric):
        return [["cut", str(cut)] for cut in kind.cuts]
    points = points_of(question.scale)
    if isinstance(kind, Choice):
        # Answers worth the same stand in no order.
        points = [option.id for option in sorted(kind.options, key=lambda o: (o.value, o.id))]
    return [[point, str(share(question, point))] for point in points]
