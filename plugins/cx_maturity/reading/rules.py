"""
Read the rules by which findings are made: ``findings.yaml``.

A rule is a condition of one of the :data:`KINDS`, its parameters, and three texts.  The kinds
know no questionnaire; a rule names the measures that it is about.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.errors import quoted
from cx_maturity.model import Rule, Text
from cx_maturity.reading.item import (
    FOLDER_ID,
    FOLDER_ID_RULE,
    MEASURE_ID,
    meant,
    same_but_for_case,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cx_maturity.reading.item import Item

# In this order readers see what fired.
SEVERITIES = ("act", "watch", "note")
TEXTS = ("heading", "text", "leads-to")
# More rules than these find something everywhere; each is tried on every wave.
RULES = 200
# What a heading holds that one takes in at a glance.
HEADING_WORDS = 12
# What a rule may name in place of one measure; a real id holds no space.
ANY = {"any capability": "capability", "any dimension": "dimension", "any foundation": ""}
_ANY_FOUNDATION = "any foundation"

Given = Fraction | int | str
_SHARE = re.compile(r"([1-9][0-9]{0,2})(?:/([1-9][0-9]{0,2})| ?(%))")


@dataclass(frozen=True, slots=True)
class Kind:
    """
    One kind of condition: the parameters that it *needs* and *may* have, each with what it is.

    *says* are the names that its sentences may hold between braces.
    """

    needs: Mapping[str, str]
    may: Mapping[str, str]
    says: frozenset[str]


def _kind(says: str, /, needs: Mapping[str, str], may: Mapping[str, str] | None = None) -> Kind:
    return Kind(needs, may or {}, frozenset(says.split()))


KINDS: Mapping[str, Kind] = {
    "held": _kind("score level level_name held held_name by basis", {}),
    "apart": _kind(
        "first second first_score second_score apart basis",
        {"first": "part", "second": "part", "at-least": "points"},
        {"alone": "points"},
    ),
    "done-less-than-said": _kind(
        "title apart basis",
        {"measure": "measures", "at-least": "points"},
        {"alone-measure": "measures", "alone": "points"},
    ),
    "roles-apart": _kind(
        "title first second first_score second_score apart basis",
        {"first": "role", "second": "role", "measure": "measures", "at-least": "points"},
    ),
    "unsure": _kind("title share basis", {}, {"dimension": "share", "capability": "share"}),
    "thin-evidence": _kind(
        "title level level_name score thin of at basis",
        {"measure": "measures", "level": "level", "at-least": "share"},
    ),
    "units-apart": _kind(
        "highest lowest highest_score lowest_score apart units basis", {"at-least": "points"}
    ),
    "effort-before-basics": _kind(
        "title by at share actions basis",
        {"effort": "effort", "at-least": "share", "measure": "measures", "level": "level"},
    ),
    "peers-rise": _kind(
        "title score apart peers before now older newer basis",
        {"measure": "measures", "at-least": "points"},
    ),
    "loops-open": _kind("due closed basis", {"due": "count", "under": "share"}),
    "proven": _kind(
        "title level level_name score median peers basis",
        {"measure": "measures", "level": "level"},
    ),
    "contested": _kind("contested of question basis", {"at-least": "count"}),
    "minutes": _kind(
        "title level level_name mentioning meetings basis",
        {"measure": "measures", "level": "level", "meetings": "count", "under": "share"},
    ),
    "answers-apart": _kind(
        "first second first_answer second_answer anchors basis",
        {"first": "question", "second": "question", "at-least": "anchors"},
    ),
}


@dataclass(frozen=True, slots=True)
class Known:
    """
    What rules may name; *measures* maps the whole, dimensions and capabilities to which they are.

    *is_complete* False: something of the questionnaire could not be read, so a name may be missing.
    """

    languages: tuple[str, ...]
    measures: Mapping[str, str]
    questions: Mapping[str, int]  # id → how many answers its scale tells apart
    roles: tuple[str, ...]
    pair: tuple[str, str] | None  # the two roles that are compared
    levels: int
    has_foundations: bool
    is_complete: bool


def rules(item: Item, known: Known) -> tuple[Rule, ...]:
    """Read a list of rules; a wrong one is named and left out."""
    made, ids = [], []
    entries = item.some()
    if len(entries) > RULES:
        item.wrong(f"{len(entries):,} rules; at most {RULES}")
    for found in entries[:RULES]:
        entry = _named(found, item)
        fields = entry.record(("id", "severity", "when", *TEXTS))
        word = fields["id"].word(FOLDER_ID, FOLDER_ID_RULE) if "id" in fields else ""
        if word:
            ids.append((word, fields["id"]))
        severity = fields["severity"].one_of(SEVERITIES) if "severity" in fields else ""
        condition, given = _condition(fields["when"], known) if "when" in fields else ("", {})
        texts = [_text(fields[name], condition, known) for name in TEXTS if name in fields]
        for each in _sentences(fields["heading"]) if "heading" in fields else []:
            if (number := len(each.node_text.split())) > HEADING_WORDS:
                each.warn(f"{number} words; a heading has {HEADING_WORDS} at most")
        if word and severity and condition and len(texts) == len(TEXTS):
            made.append(Rule(word, severity, condition, given, *texts))
    same_but_for_case(ids)
    return tuple(made)


def _named(entry: Item, within: Item) -> Item:
    """Return a rule under its id where it has one, as its author calls it, else its number."""
    pairs = entry.pairs() if entry.is_map else []
    word = next((value.node_text for name, value in pairs if name.node_text == "id"), "").strip()
    return within.child(word, entry.node) if MEASURE_ID.fullmatch(word) else entry


def _condition(item: Item, known: Known) -> tuple[str, dict[str, Given]]:
    """Read the one pair of a kind and its parameters; "" for a kind that there is not."""
    if item.node_text.strip() in KINDS:
        item.wrong(f"write the condition as a map, `{item.node_text.strip()}: {{}}`")
        return "", {}
    pairs = item.pairs()
    if item.is_map and len(pairs) != 1:
        item.wrong(f"{len(pairs)} conditions; give one, such as `held: {{}}`")
    if len(pairs) != 1:
        return "", {}
    name, value = pairs[0]
    kind = KINDS.get(name.node_text)
    if kind is None:
        name.wrong(f"no such condition{meant(name.node_text, KINDS)}")
        return "", {}
    if value.is_empty and not kind.needs and not kind.may:
        value.wrong(f"nothing stands here; write `{name.node_text}: {{}}`")
        return "", {}
    fields = value.record(kind.needs, kind.may)
    types = {**kind.needs, **kind.may}
    given = {key: _READERS[types[key]](one, known) for key, one in fields.items()}
    _check_together(value, name.node_text, fields, given, known)
    return name.node_text, given


def _check_together(
    item: Item, kind: str, fields: Mapping[str, Item], given: Mapping[str, Given], known: Known
) -> None:
    """Check what no parameter can tell alone."""
    if kind == "unsure" and item.is_map and not fields:
        item.wrong("give 'dimension', 'capability' or both, each with a share")
    for one, other in (("alone", "alone-measure"), ("alone-measure", "alone")):
        if kind == "done-less-than-said" and one in fields and other not in fields:
            item.wrong(f"the key {other!r} is missing; {one!r} needs it")
    if {"first", "second"} <= fields.keys() and given["first"] == given["second"] != "":
        fields["second"].wrong(f"{quoted(str(given['second']))} stands on both sides; name another")
    if kind == "answers-apart" and {"first", "second", "at-least"} <= fields.keys():
        sizes = [known.questions.get(str(given[side]), 0) for side in ("first", "second")]
        if all(sizes) and sizes[0] != sizes[1]:
            have = f"{quoted(str(given['second']))} has {sizes[1]} answers, the first {sizes[0]}"
            fields["second"].wrong(f"{have}; name two questions of one scale")
        elif all(sizes) and isinstance(given["at-least"], int) and given["at-least"] >= sizes[0]:
            most = sizes[0] - 1
            fields["at-least"].wrong(f"{given['at-least']} is more than the scale's {most} steps")


# --- texts -------------------------------------------------------------------


def _text(item: Item, condition: str, known: Known) -> Text:
    """Read a sentence and check the ``{names}`` in every language of it."""
    found = item.texts(known.languages)
    if condition:
        for each in _sentences(item):
            _check_names(each, condition)
    return found


def _sentences(item: Item) -> list[Item]:
    """Return each language of a text, or the text itself where it is plain."""
    return [value for _, value in item.pairs()] if item.is_map else [item]


def _check_names(sentence: Item, condition: str) -> None:
    says = sorted(KINDS[condition].says)
    for name in names_in(" ".join(sentence.node_text.split()), sentence):
        if name not in says:
            message = (
                f"{quoted(f'{{{name}}}')} is nothing that the condition {condition!r} delivers"
            )
            sentence.wrong(f"{message}{meant(name, says)}")


def names_in(sentence: str, item: Item | None = None) -> list[str]:
    """Return the names between braces; a brace that is none of theirs is noted with *item*."""
    found = []
    try:
        for _, name, form, conversion in string.Formatter().parse(sentence):
            if name is None:
                continue
            found.append(name)
            if item and (form or conversion):
                said = quoted(f"{{{name}}}")
                item.wrong(f"{said} stands with a form of its own; write the name alone")
    except ValueError:
        if item:
            item.wrong("a brace stands alone; write {name}, or {{ and }} for braces")
    return found


# --- parameters --------------------------------------------------------------


def _measures(item: Item, known: Known) -> str:
    found = item.raw()
    if found == _ANY_FOUNDATION and not known.has_foundations and known.is_complete:
        item.wrong("no capability is marked foundation: true; name a measure")
    elif found in ANY:
        if ANY[found] and ANY[found] not in known.measures.values() and known.is_complete:
            item.wrong(f"the questionnaire has no {ANY[found]}; name a measure")
    elif found and found not in known.measures and known.is_complete:
        item.unknown(f"no measure is called {quoted(found)}", found, [*known.measures, *ANY])
    return found


def _part(item: Item, known: Known) -> str:
    found = item.raw()
    parts = [name for name, what in known.measures.items() if what in ANY.values()]
    if found and found not in parts and known.is_complete:
        item.unknown(f"no dimension or capability is called {quoted(found)}", found, parts)
    return found


def _question(item: Item, known: Known) -> str:
    found = item.raw()
    if found and found not in known.questions and known.is_complete:
        item.unknown(f"no question is called {quoted(found)}", found, known.questions)
    return found


def _role(item: Item, known: Known) -> str:
    found = item.one_of(known.roles)
    if found and found not in (known.pair or ()):
        pair = " and ".join(known.pair) if known.pair else "none"
        item.wrong(f"only the two roles of perception-gap are compared: {pair}")
    return found


def _share(item: Item, _: Known) -> Fraction:
    """Read ``1/3`` or ``20 %``: a part of something, never none and never more than all."""
    found = item.raw()
    match = _SHARE.fullmatch(found)
    share = Fraction(int(match[1]), int(match[2] or 100)) if match else Fraction(0)
    if found and not 0 < share <= 1:
        item.wrong(f"{quoted(found)} is not a share; write it as 1/3 or 20 %")
    return share


_READERS: Mapping[str, Callable[[Item, Known], Given]] = {
    "measures": _measures,
    "part": _part,
    "question": _question,
    "role": _role,
    "share": _share,
    "points": lambda item, _: item.whole(1, 100),
    "level": lambda item, known: item.whole(1, known.levels),
    "count": lambda item, _: item.whole(1, 10_000),
    "anchors": lambda item, _: item.whole(1, 100),
    "effort": lambda item, _: item.one_of(("basic", "build", "innovate")),
}
