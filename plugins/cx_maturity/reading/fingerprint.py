"""A hash of what scores depend on, so that no version changes in silence."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from cx_maturity.model import Numeric
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
    scale = question.scale
    places = [[point, str(share(question, point))] for point in points_of(scale)]
    if isinstance(scale.kind, Numeric):
        places = [["cut", str(cut)] for cut in scale.kind.cuts]
    aspect, level = question.aspect or "", question.level or 0
    return [question.id, question.weight, question.reverse, aspect, level, places]
