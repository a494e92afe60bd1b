"""Read what was decided after a wave: targets and actions, and what became of earlier ones."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from cx_maturity.errors import quoted
from cx_maturity.load import document
from cx_maturity.model import Action, Outcome, Target, Text
from cx_maturity.reading.basis import spoken_texts
from cx_maturity.reading.dimension import EFFORT
from cx_maturity.reading.item import (
    FOLDER_ID,
    FOLDER_ID_RULE,
    Item,
    same_but_for_case,
)
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cx_maturity.errors import Problems
    from cx_maturity.model import Capability, Questionnaire, Step, Wave

KEYS = ("targets", "horizons", "actions", "outcomes")
HORIZONS = (30, 90, 365)
KINDS = ("basic", "build", "innovate")
DONE = ("yes", "partly", "no", "dropped")
REACHED = ("yes", "no")
DAYS = 3_650
# More in one wave is no plan, and nobody could follow it up.
ACTIONS, OUTCOMES = 200, 500
POINTS = 100

# What an action takes from a capability's step unless it says otherwise.
_OF_STEP = ("title", "effort", "kind")
_OF_ACTION = (*_OF_STEP, "capability", "from", "owner", "due", "number")
_DECEMBER = 12
# What elsewhere is no value at all, and here is a text like any other.
_NOTHING = ("null", "~")


class Plan(NamedTuple):
    """What a wave's file says besides the answers; nothing in it changes a score."""

    targets: tuple[Target, ...] = ()
    actions: tuple[Action, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    horizons: tuple[int, int, int] = HORIZONS


def plan(
    fields: Mapping[str, Item], questionnaire: Questionnaire, day: date, languages: tuple[str, ...]
) -> Plan:
    """
    Read what was decided after the wave of *day*, out of the *fields* of its file.

    A plain text is in the first of the report's *languages*; in each other one it is missing.
    """
    reader = _Reader(questionnaire, day, languages)
    return Plan(
        tuple(map(reader.target, *_columns(fields.get("targets")))),
        tuple(map(reader.action, *_columns(fields.get("actions"), ACTIONS))),
        tuple(map(reader.outcome, *_columns(fields.get("outcomes"), OUTCOMES))),
        _horizons(fields["horizons"]) if "horizons" in fields else HORIZONS,
    )


def last_day(day: date, known: str) -> date:
    """Return the last day that a date may mean: of 2027-12, the 31st."""
    if known == "day":
        return day
    month = _DECEMBER if known == "year" else day.month
    return date(day.year, month, calendar.monthrange(day.year, month)[1])


def deadline(action: Action, decided: Wave) -> date:
    """Return the last day for an action: as written, else as its wave's horizons have it."""
    if action.due:
        return last_day(action.due, action.due_known)
    return decided.date + horizon(decided, action.effort)


def horizon(wave: Wave, effort: int) -> timedelta:
    """Return how long after a wave something of this effort takes, by the wave's horizons."""
    return timedelta(wave.horizons[0 if effort < 3 else 1 if effort == 3 else 2])  # noqa: PLR2004 - efforts 1-2, 3 and 4-5


def _columns(item: Item | None, most: int | None = None) -> tuple[list[Item], list[Item]]:
    pairs = item.some_pairs() if item else []
    if item and most and len(pairs) > most:
        item.wrong(f"{len(pairs):,} {item.key}; at most {most} in one wave")
    pairs = pairs[:most]
    return [name for name, _ in pairs], [value for _, value in pairs]


class _Reader:
    """Reads what refers to a questionnaire's measures and steps."""

    def __init__(self, questionnaire: Questionnaire, day: date, languages: tuple[str, ...]) -> None:
        self.questionnaire = questionnaire
        self.day = day
        self.languages = languages
        self.capabilities: dict[str, Capability | None] = {
            c.id: c for d in questionnaire.dimensions for c in d.capabilities
        }
        self.dimensions = [d.id for d in questionnaire.dimensions]

    # --- targets ---

    def target(self, name: Item, item: Item) -> Target:
        """Read where one measure is to be, and by when."""
        known = [OVERALL, *self.dimensions, *self.capabilities]
        measure = _known(name, known, "measure")
        fields = item.record((), ("level", "score", "by"))
        if item.is_map and ("level" in fields) == ("score" in fields):
            item.wrong("a target is a level or a score; give one of the two")
        top = len(self.questionnaire.levels)
        by, precisely = fields["by"].date() if "by" in fields else (None, "day")
        if by and by != date.min and last_day(by, precisely) <= self.day:
            fields["by"].wrong(f"{fields['by'].raw()} is not later than the wave, {self.day}")
        return Target(
            measure,
            fields["level"].whole(2, top) if "level" in fields else None,
            _score(fields["score"]) if "score" in fields else None,
            by,
            precisely,
        )

    # --- actions ---

    def action(self, name: Item, item: Item) -> Action:
        """Read one action; what it leaves out comes from the step that it takes."""
        action = name.word(FOLDER_ID, FOLDER_ID_RULE)
        fields = item.record((), _OF_ACTION)
        capability = self._capability(fields["capability"]) if "capability" in fields else None
        step = self._step(item, fields, capability) if "from" in fields else None
        lacking = [repr(key) for key in _OF_STEP if key not in fields]
        if item.is_map and "from" not in fields and lacking:
            self._name_lacking(item, lacking, has_capability="capability" in fields)
        due, known = fields["due"].date() if "due" in fields else (None, "day")
        if due and due != date.min and last_day(due, known) < self.day:
            fields["due"].wrong(f"{fields['due'].raw()} is before the wave, {self.day}")
        number, baseline, goal = self._number(fields["number"], step) if "number" in fields else _NO
        return Action(
            action,
            self._title(fields, step),
            fields["kind"].one_of(KINDS) if "kind" in fields else step.kind if step else "",
            fields["effort"].whole(1, EFFORT) if "effort" in fields else step.effort if step else 1,
            capability or None,
            step.start if step else None,
            self._owner(fields["owner"]) if "owner" in fields else None,
            due,
            known,
            number,
            baseline,
            goal,
        )

    @staticmethod
    def _name_lacking(item: Item, lacking: list[str], *, has_capability: bool) -> None:
        """Say what an action needs that takes no step of the questionnaire."""
        *first, last = lacking
        keys = f"keys {', '.join(first)} and {last} are" if first else f"key {last} is"
        other = "`from`, the level" if has_capability else "`capability` and `from`, the level"
        item.wrong(
            f"the {keys} missing; give {'them' if first else 'it'}, or {other} whose step the "
            "action takes"
        )

    def _capability(self, item: Item) -> str:
        known = [*self.capabilities] or self.dimensions
        what = "capability" if self.capabilities else "dimension"
        return _known(item, known, what)

    def _step(
        self, action: Item, fields: Mapping[str, Item], capability: str | None
    ) -> Step | None:
        """Return the step of *capability* from the level that stands under ``from``."""
        item = fields["from"]
        if capability is None:
            action.wrong("the key 'capability' is missing; `from` is a level of one")
        start = item.whole(1, len(self.questionnaire.levels) - 1)
        if not capability:
            return None
        found = self.capabilities.get(capability)
        steps = found.steps if found else ()
        if not steps:
            item.wrong(f"{capability!r} has no steps; leave it out and give title, effort and kind")
        return next((step for step in steps if step.start == start), None)

    def _title(self, fields: Mapping[str, Item], step: Step | None) -> Text:
        if "title" in fields:
            return self._texts(fields["title"])
        return step.action if step else Text({"en": ""})

    def _number(self, item: Item, step: Step | None) -> _Number:
        more = ("baseline", "goal")
        fields = item.record((), ("title", *more)) if step else item.record(("title",), more)
        title = self._texts(fields["title"]) if "title" in fields else step.number if step else None
        baseline, goal = (self._own(fields[k]) if k in fields else None for k in more)
        return title, baseline, goal

    def _texts(self, item: Item) -> Text:
        """Read a text in any language: a plan's readers need not be the questionnaire's."""
        if item.is_map:
            return spoken_texts(item, self.languages)
        return item.texts(self.languages)

    def _own(self, item: Item) -> Text | None:
        """Read the author's own words, which readers see as they stand."""
        text = self._texts(item)
        for found in text.by_language.values():
            if found in _NOTHING:
                item.wrong(
                    f"{found!r} would be shown as it stands; write a value or leave the key out"
                )
        return text if any(text.by_language.values()) else None

    def _owner(self, item: Item) -> Text | None:
        text = self._own(item)
        for found in text.by_language.values() if text else ():
            if not {"@", "\N{FULLWIDTH COMMERCIAL AT}"}.isdisjoint(found):
                item.wrong(
                    f"{quoted(found)} is an address; name a role or a unit, such as Head of stores"
                )
        return text

    # --- outcomes ---

    def outcome(self, name: Item, item: Item) -> Outcome:
        """Read what became of one action of an earlier wave."""
        fields = item.record(("done",), ("value", "measured", "reached"))
        for key in ("measured", "reached"):
            if key in fields and "value" not in fields:
                told = "no value was measured; give it under 'value' or leave this out"
                fields[key].wrong(told)
        measured, known = fields["measured"].date() if "measured" in fields else (None, "day")
        return Outcome(
            name.word(FOLDER_ID, FOLDER_ID_RULE),
            fields["done"].one_of(DONE) if "done" in fields else "",
            self._own(fields["value"]) if "value" in fields else None,
            measured,
            known,
            fields["reached"].one_of(REACHED) if "reached" in fields else "",
        )


# What an action's number is called, where it stands and where it is to go.
_Number = tuple[Text | None, Text | None, Text | None]
_NO: _Number = (None, None, None)


def _known(item: Item, known: Sequence[str], what: str) -> str:
    found = item.raw()
    if found and found not in known:
        item.unknown(f"no {what} is called {quoted(found)}", found, known)
        return ""
    return found


def _score(item: Item) -> Fraction:
    found = item.number()
    if found is not None and not 0 < found <= POINTS:
        item.wrong(f"{item.raw()} is not a score; give points above 0, at most {POINTS}")
    return (found or Fraction(0)) / POINTS


def _horizons(item: Item) -> tuple[int, int, int]:
    before = item.problems.count()
    found = [each.whole(1, DAYS) for each in item.items()]
    if len(found) == len(HORIZONS) and found == sorted({*found}):
        return found[0], found[1], found[2]
    if item.problems.count() == before:
        item.wrong(
            "give three numbers of days that rise: for efforts 1 and 2, for 3, and for 4 and 5"
        )
    return HORIZONS


# --- what waves say of each other ----------------------------------------------


class _Line(NamedTuple):
    """One line of ``actions`` or ``outcomes``: its wave's place in order, its key and its value."""

    wave: int
    key: Item
    value: Item

    @property
    def id(self) -> str:
        return self.key.node_text.strip()


def check(waves: Sequence[Wave], problems: Problems) -> None:
    """
    Check that the actions of one organisation's *waves* differ, and that outcomes fit them.

    The files are read once more, as a record does not know where in its file it stands.
    """
    if not any(wave.actions or wave.outcomes for wave in waves):
        return
    paths = [wave.path for wave in waves if wave.path]
    lines: dict[str, list[_Line]] = {"actions": [], "outcomes": []}
    for place, path in enumerate(paths):
        root = document(path, problems).root
        for name, item in Item(root, "", problems).pairs() if root else []:
            if name.node_text in lines:
                some = item.pairs()[: max(ACTIONS, OUTCOMES)] if item.is_map else []
                lines[name.node_text] += [_Line(place, *pair) for pair in some]
    actions = lines["actions"]
    same_but_for_case((line.id, line.key) for line in actions)
    if not _are_all_known(waves, paths):
        return
    decided = {line.id: line for line in reversed(actions)}
    dropped: dict[str, Wave] = {}
    for outcome in lines["outcomes"]:
        _check_outcome(outcome, decided, dropped, waves)


def _are_all_known(waves: Sequence[Wave], paths: Sequence[Path]) -> bool:
    """Tell whether no wave is broken or without its date, so that none can have been meant."""
    names = {path.name for path in paths} | {"organisation.yaml"}
    there = {path.name for path in paths[0].parent.iterdir() if path.suffix in {".yaml", ".json"}}
    broken = [name for name in there - names if not name.startswith(".")]
    return not broken and all(wave.date != date.min for wave in waves)


def _check_outcome(
    outcome: _Line,
    decided: Mapping[str, _Line],
    dropped: dict[str, Wave],
    waves: Sequence[Wave],
) -> None:
    earlier = [name for name, line in decided.items() if line.wave < outcome.wave]
    action = decided.get(outcome.id)
    if action is None and not earlier:
        outcome.key.wrong("no earlier wave decided anything; leave it out")
    elif action is None:
        outcome.key.unknown("no earlier wave has this action", outcome.id, sorted(earlier))
    elif action.wave >= outcome.wave:
        where = waves[action.wave].id
        outcome.key.wrong(
            f"the action was decided after {where}; say what came of it in a later wave"
        )
    elif outcome.id in dropped:
        outcome.key.wrong(
            f"the action was dropped in {dropped[outcome.id].id}; "
            "leave it out, or decide it anew under another id"
        )
    else:
        _check_measured(outcome, waves[action.wave])
        _check_reached(outcome, waves[action.wave])
        if _word(outcome.value, "done") == "dropped":
            dropped[outcome.id] = waves[outcome.wave]


def _check_measured(outcome: _Line, decided: Wave) -> None:
    for name, item in outcome.value.pairs() if outcome.value.is_map else []:
        if name.node_text == "measured":
            day, known = item.date()
            if day != date.min and last_day(day, known) < decided.date:
                item.wrong(
                    f"{item.raw()} is before {decided.date}, when the action was decided; "
                    "give the day on which the value was seen since"
                )


def _check_reached(outcome: _Line, decided: Wave) -> None:
    """Check that what was reached, or not, was a goal: an action's number may have none."""
    has_goal = any(action.id == outcome.id and action.goal for action in decided.actions)
    for name, item in outcome.value.pairs() if outcome.value.is_map else []:
        if name.node_text == "reached" and not has_goal:
            item.wrong(
                f"{outcome.id!r} has no goal in {decided.id}; give it under 'number' there, or "
                "leave this out"
            )


def _word(item: Item, key: str) -> str:
    pairs = item.pairs() if item.is_map else []
    return next((v.node_text.strip() for name, v in pairs if name.node_text == key), "")
