"""
A report as plain data: the numbers that its page shows, as it shows them, and nothing more.

``report.json`` follows ``schema/report-1.json``; the guide "Take the numbers further" explains
its keys.  Scores are rounded as on the page: a number of more digits would tell what somebody
answered in places where the page takes care not to.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cx_maturity.load import shipped
from cx_maturity.parts.action import action, joined_steps
from cx_maturity.parts.groups import role_named
from cx_maturity.parts.row import DASH, ROUGH
from cx_maturity.parts.source import said_apart
from cx_maturity.parts.trace import grouped_digest
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cx_maturity.model import Action, Outcome, Text
    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import Change, Followed, Measure, Split

VERSION = "1.0"
SCHEMA = "schema/report-1.json"

_HUNDRED = 100
_PLAIN = str.maketrans({",": ".", "\N{MINUS SIGN}": "-", ROUGH: None, "+": None})


def document(data: dict[str, Any]) -> str:
    """Return the text of ``report.json``."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def schema() -> str:
    """Return the text of the schema that the document follows."""
    return shipped(SCHEMA)


def report_data(about: Subject, verdict: str, schema: str) -> dict[str, Any]:
    """Return what ``report.json`` holds; *schema* is where its schema lies from there."""
    wave, questionnaire, card = about.wave, about.questionnaire, about.card
    organisation = about.organisation
    return {
        "$schema": schema,
        "version": VERSION,
        "language": about.words.language,
        "organisation": {
            "id": organisation.id,
            "name": organisation.name,
            "industry": organisation.industry,
            "country": organisation.country,
            "fictional": organisation.fictional,
        },
        "wave": {
            "id": wave.id,
            "date": _day(wave.date.isoformat(), wave.known),
            "respondents": about.people,
            "kind": "responses" if wave.is_panel else "answers",
            "combined": card.combined if wave.is_panel else None,
            "data": grouped_digest(wave.digest),
        },
        "questionnaire": {
            "id": questionnaire.id,
            "version": questionnaire.version,
            "subset": wave.subset,
            "fingerprint": questionnaire.fingerprint,
            "title": questionnaire.title.to(about.words.language),
            "levels": [
                {
                    "number": level.number,
                    "title": about.level_name(level.number),
                    "from": None if questionnaire.staged else float(level.start * _HUNDRED),
                }
                for level in questionnaire.levels
            ],
        },
        "verdict": verdict,
        "held_by": list(card.held_by),
        "peers": _peers(about),
        "measures": [_measure(about, name) for name in about.titles],
        "say_do": _say_do(about),
        "roles": [_split(about, split, role_named(about, split.id)) for split in card.splits.roles],
        "units": [_split(about, split, split.id) for split in card.splits.units],
        "perception": _perception(about),
        "change": _change(about),
        "path": _path(about),
        "targets": [
            {
                "measure": target.measure,
                "level": target.level,
                "score": None if target.score is None else float(target.score * _HUNDRED),
                "by": _day(target.by.isoformat(), target.known) if target.by else None,
            }
            for target in wave.targets
        ],
        "decided": [decided(about, chosen) for chosen in wave.actions],
        "followed": [_followed(about, each) for each in _followed_up(about)],
        "findings": [
            {
                "rule": finding.rule.id,
                "severity": finding.rule.severity,
                "measures": list(finding.measures),
            }
            for finding in about.advice.findings
        ],
    }


def shown(text: str) -> float | int | None:
    """Return the number that a page shows as *text*, in any of our languages; None for a dash."""
    plain = text.translate(_PLAIN)
    if plain in {"", DASH}:
        return None
    return float(plain) if "." in plain else int(plain)


def shown_range(text: str) -> list[float | int | None] | None:
    """Return the two numbers of a range that a page shows; None where it shows none."""
    bounds = text.split(DASH) if text != DASH else []
    if not text or not bounds:
        return None
    low, *high = bounds
    return [shown(low), shown(high[0] if high else low)]


def _day(iso: str, known: str) -> str:
    """Cut a date to what is known of it: 2026-05-19, 2026-05 or 2026."""
    return iso[: {"day": 10, "month": 7, "year": 4}[known]]


def _peers(about: Subject) -> dict[str, Any] | None:
    if about.peers is None:
        return None
    edition, language = about.peers.edition, about.words.language
    return {
        "kind": edition.kind,
        "benchmark": edition.id,
        "edition": edition.edition,
        "period": edition.period,
        "segment": about.peers.segment.id,
        "organisations": about.peers.n,
        "source": edition.source.to(language),
        "is_one_of_them": about.peers.is_member,
    }


def _kind(about: Subject, measure_id: str) -> str:
    if measure_id == OVERALL:
        return "overall"
    return "dimension" if measure_id in about.card.dimensions else "capability"


def _measure(about: Subject, measure_id: str) -> dict[str, Any]:
    measure, row = about.measure(measure_id), about.row(measure_id)
    return {
        "id": measure_id,
        "kind": _kind(about, measure_id),
        "title": row.title,
        "foundation": row.is_foundation,
        "score": shown(row.score),
        "interval": shown_range(row.spread) if measure.interval else None,
        "rough": measure.rough,
        "possible": None if measure.interval else shown_range(row.spread),
        "level": measure.gated_level,
        "level_by_score": measure.level,
        "answered": row.answered if row.answered != DASH else None,
        "missing": row.missing or None,
        "median": shown(row.median),
        "middle_half": shown_range(row.middle_half),
        "against_median": (found.word if (found := about.standing(measure_id)) else None)
        if row.word
        else None,
    }


def _some(about: Subject, measure: Measure) -> dict[str, Any]:
    """Return the score of some of the people, with its interval."""
    return {
        "score": shown(about.points(measure)),
        "interval": shown_range(about.interval(measure)),
        "rough": measure.rough,
    }


def _say_do(about: Subject) -> list[dict[str, Any]]:
    if not about.wave.is_panel:
        return []
    found = []
    for name, difference in about.card.say_do.items():
        if name in about.titles and name != OVERALL:
            value, _ = said_apart(about, difference)
            found.append(
                {"measure": name, "do_less_say": shown(value), "is_clear": difference.is_clear}
            )
    return found


def _split(about: Subject, split: Split, title: str) -> dict[str, Any]:
    """Return one role or unit as its table shows it: of units, the overall alone."""
    hidden = {(h.id, h.measure) for h in about.card.splits.hidden}
    is_role = split.id in about.card.roles
    names = [OVERALL, *(d.id for d in about.dimensions)] if is_role else [OVERALL]
    return {
        "id": split.id,
        "title": title,
        "people": split.n,
        "scores": {
            name: _some(about, split.measures[name])
            for name in names
            if name in split.measures and (split.id, name) not in hidden
        },
    }


def _perception(about: Subject) -> list[dict[str, Any]]:
    perception = about.card.perception
    if perception is None or perception.reason is not None:
        return []
    return [
        {
            "measure": name,
            "first": perception.roles[0],
            "second": perception.roles[1],
            "first_less_second": shown(said_apart(about, difference)[0]),
            "is_clear": difference.is_clear,
        }
        for name, difference in perception.differences.items()
        if name == OVERALL or name in about.card.dimensions
    ]


def _change(about: Subject) -> list[dict[str, Any]]:
    changes = about.movement.changes.values() if about.movement else ()
    if not any(change.difference for change in changes):
        return []
    return [
        _moved(about, change)
        for change in changes
        if change.earlier.score is not None or change.later.score is not None
    ]


def _moved(about: Subject, change: Change) -> dict[str, Any]:
    return {
        "measure": change.id,
        "then": shown(about.points(change.earlier)),
        "now": shown(about.points(change.later)),
        "verdict": change.verdict,
    }


def _path(about: Subject) -> list[dict[str, Any]]:
    """Return the steps of the shortest path in the words of the page, which hide the few."""
    found = []
    for place, one in enumerate(joined_steps(about, about.advice.path), start=1):
        said = action(about, place, one)
        found.append(
            {
                "place": place,
                "title": said.action,
                "capability": one.capability.id,
                "from": one.step.start,
                "to": one.step.start + 1,
                "kind": one.step.kind,
                "effort": one.step.effort,
                "gain": said.gain or None,
                "changes": list(said.changes),
                "owner": said.owner if said.is_owned else None,
                "by": _day(said.dated.day.isoformat(), said.dated.known),
                "by_is": said.dated.state,
                "number": said.number or None,
                "decided": said.decided or None,
            }
        )
    return found


def decided(about: Subject, chosen: Action) -> dict[str, Any]:
    """Return an action as it was decided."""
    language = about.words.language
    return {
        "id": chosen.id,
        "title": chosen.title.to(language),
        "capability": chosen.capability,
        "kind": chosen.kind,
        "effort": chosen.effort,
        "owner": _said(about, chosen.owner),
        "due": _day(chosen.due.isoformat(), chosen.due_known) if chosen.due else None,
        "number": _said(about, chosen.number),
        "baseline": _said(about, chosen.baseline),
        "goal": _said(about, chosen.goal),
    }


def _said(about: Subject, text: Text | None) -> str | None:
    return text.to(about.words.language) if text else None


def _followed_up(about: Subject) -> Iterable[Followed]:
    return about.advice.loop.followed if about.advice.loop else ()


def _followed(about: Subject, followed: Followed) -> dict[str, Any]:
    outcome: Outcome | None = followed.outcome
    return {
        **decided(about, followed.action),
        "wave": followed.wave,
        "done": outcome.done if outcome else None,
        "value": _said(about, outcome.value) if outcome else None,
        "reached": outcome.reached or None if outcome else None,
        "closed": followed.is_closed,
        "verdict": followed.verdict,
    }
