"""A wave's targets, actions and outcomes as they stand in its file, for whoever writes one."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from cx_maturity.reading.plan import HORIZONS
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from cx_maturity.model import Action, Capability, Outcome, Questionnaire, Target, Text, Wave

# What may stand in YAML without quotes whatever stands around it.
_PLAIN = re.compile(r"-?[A-Za-z0-9](?:[A-Za-z0-9 ._/@+-]*[A-Za-z0-9._/@+-])?")


def scalar(text: str) -> str:
    """Write *text* so that YAML reads just that."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def written_date(day: date, known: str) -> str:
    """Write a date as exactly as it is known: 2026-05-19, 2026-05 or 2026."""
    return day.isoformat()[: {"year": 4, "month": 7}.get(known, 10)]


def homeless(wave: Wave, new: Questionnaire) -> Iterator[tuple[str, str]]:
    """Yield (key, measure) of every target and action whose measure *new* does not have."""
    dimensions = {dimension.id for dimension in new.dimensions}
    for target in wave.targets:
        if target.measure not in {OVERALL, *dimensions, *_capabilities(new)}:
            yield f"targets.{target.measure}", target.measure
    for action in wave.actions:
        if action.capability and action.capability not in _capabilities(new):
            yield f"actions.{action.id}.capability", action.capability


def plan_lines(wave: Wave, new: Questionnaire) -> Iterator[str]:
    """Yield the lines of everything a wave plans; a step that *new* has not loses its `from`."""
    if wave.targets:
        yield "targets:"
        for target in wave.targets:
            yield f"  {target.measure}: {{{', '.join(_target(target))}}}"
    if wave.horizons != HORIZONS:
        yield f"horizons: [{', '.join(map(str, wave.horizons))}]"
    if wave.actions:
        yield "actions:"
        for action in wave.actions:
            yield f"  {action.id}:"
            yield from (f"    {line}" for line in _action(action, _capabilities(new)))
    if wave.outcomes:
        yield "outcomes:"
        for outcome in wave.outcomes:
            yield f"  {outcome.action}:"
            yield from (f"    {line}" for line in _outcome(outcome))
    if wave.minutes:
        yield f"minutes: {{folder: {wave.minutes.folder}, language: {wave.minutes.language}}}"


def _capabilities(questionnaire: Questionnaire) -> dict[str, Capability]:
    return {c.id: c for dimension in questionnaire.dimensions for c in dimension.capabilities}


def _target(target: Target) -> Iterator[str]:
    if target.level is not None:
        yield f"level: {target.level}"
    if target.score is not None:
        points = target.score * 100
        yield f"score: {points if points.denominator == 1 else float(points)}"
    if target.by:
        yield f"by: {written_date(target.by, target.known)}"


def _action(action: Action, known: dict[str, Capability]) -> Iterator[str]:
    yield from _text("title", action.title)
    if action.capability:
        yield f"capability: {action.capability}"
        steps = {step.start for step in known[action.capability].steps}
        if action.start in steps:
            yield f"from: {action.start}"
    yield f"effort: {action.effort}"
    yield f"kind: {action.kind}"
    if action.owner:
        yield from _text("owner", action.owner)
    if action.due:
        yield f"due: {written_date(action.due, action.due_known)}"
    if action.number:
        yield "number:"
        yield from (f"  {line}" for line in _text("title", action.number))
        for key, value in (("baseline", action.baseline), ("goal", action.goal)):
            if value:
                yield from (f"  {line}" for line in _text(key, value))


def _outcome(outcome: Outcome) -> Iterator[str]:
    yield f"done: {outcome.done}"
    if outcome.value:
        yield from _text("value", outcome.value)
    if outcome.measured:
        yield f"measured: {written_date(outcome.measured, outcome.measured_known)}"
    if outcome.reached:
        yield f"reached: {outcome.reached}"


def _text(key: str, text: Text) -> Iterator[str]:
    if len(text.by_language) == 1:
        yield f"{key}: {scalar(next(iter(text.by_language.values())))}"
        return
    yield f"{key}:"
    yield from (f"  {language}: {scalar(said)}" for language, said in text.by_language.items())
