"""Read what becomes of the questions of one version of a questionnaire in another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cx_maturity.errors import Place, quoted
from cx_maturity.load import document
from cx_maturity.model import Numeric
from cx_maturity.reading.fingerprint import question_hash
from cx_maturity.reading.item import Item
from cx_maturity.reading.scale import placed, points_of, share

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cx_maturity.errors import Problems
    from cx_maturity.model import Question, Questionnaire

SAME, MAPPED, RECODED = "same", "mapped", "recoded"


@dataclass(frozen=True, slots=True)
class Kept:
    """
    A question whose answers carry over to the question *to*; *how* says why.

    "same": unchanged; "mapped": its author says so; "recoded": by the table *answers*, from
    each answer as it was given to the one that it becomes.
    """

    to: str
    how: str
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuestionMapping:
    """What becomes of every question of the older version, and which ones are new."""

    kept: Mapping[str, Kept]  # by the older version's ids, in its order
    dropped: frozenset[str]
    added: tuple[str, ...]


def reference(questionnaire: Questionnaire) -> str:
    """Return how a file names a questionnaire: ``cx@1.0``."""
    return f"{questionnaire.id}@{questionnaire.version}"


def mapping(
    path: Path, old: Questionnaire, new: Questionnaire, problems: Problems
) -> QuestionMapping | None:
    """Read the mapping file at *path*; None when anything is wrong with it."""
    root = document(path, problems).root
    if root is None:
        return None
    before = problems.count()
    reader = _Reader(old, new)
    item = Item(root, "", problems)
    fields = item.record(("from", "to"), ("questions", "dropped"))
    for key, questionnaire in (("from", old), ("to", new)):
        if key in fields:
            fields[key].one_of((reference(questionnaire),))
    for name, value in fields["questions"].pairs() if "questions" in fields else []:
        reader.question(name, value)
    for entry in fields["dropped"].items() if "dropped" in fields else []:
        reader.drop(entry)
    if problems.count() == before:
        reader.check_targets()
        for message in reader.unaccounted():
            item.wrong(message)
    return reader.made() if problems.count() == before else None


def unmapped(
    path: Path, old: Questionnaire, new: Questionnaire, problems: Problems
) -> QuestionMapping | None:
    """Map without a file; None when one is needed, which is then missing at *path*."""
    reader = _Reader(old, new)
    messages = reader.unaccounted()
    if messages:
        needed = f"no such file; it has to say what becomes of the answers to {reference(old)}"
        problems.add(Place(path), "", needed)
    for message in messages:
        problems.add(Place(path), "", message)
    return None if messages else reader.made()


class _Reader:
    """Takes in line after line, and knows in the end what was not spoken of."""

    def __init__(self, old: Questionnaire, new: Questionnaire) -> None:
        self.names = reference(old), reference(new)
        self.languages = old.languages[0], new.languages[0]
        self.old = {question.id: question for question in old.questions()}
        self.new = {question.id: question for question in new.questions()}
        self.same = {name for name in self.old if self._is_same(name)}
        self.kept: dict[str, Kept] = {}
        self.dropped: dict[str, Item] = {}
        self.targets: dict[str, tuple[str, Item]] = {}  # new id → old id, where it stands

    def _is_same(self, name: str) -> bool:
        ours, theirs = self.old[name], self.new.get(name)
        first, second = self.languages
        return theirs is not None and question_hash(ours, first) == question_hash(theirs, second)

    def question(self, name: Item, value: Item) -> None:
        """Read ``old: new``, or ``old: {to: new, answers: {…}}``."""
        fields = value.record(("to",), ("answers",)) if value.is_map else {"to": value}
        if name.node_text not in self.old:
            name.unknown(f"no such question in {self.names[0]}", name.node_text, self.old)
        if "to" not in fields:
            return
        to = fields["to"].raw()
        if to and to not in self.new:
            fields["to"].unknown(f"no question {quoted(to)} in {self.names[1]}", to, self.new)
        if name.node_text not in self.old or to not in self.new:
            return
        if to in self.targets:
            other = self.targets[to][0]
            fields["to"].wrong(f"{to!r} takes the answers to {other!r} already; it can take no two")
            return
        self.targets[to] = (name.node_text, fields["to"])
        ours, theirs = self.old[name.node_text], self.new[to]
        if "answers" in fields:
            table = _answers(fields["answers"], ours, theirs)
            self.kept[ours.id] = Kept(to, RECODED, table)
        else:
            if wrong := self._incompatible(ours, theirs):
                fields["to"].wrong(wrong)
            is_same = ours.id == to and to in self.same
            self.kept[ours.id] = Kept(to, SAME if is_same else MAPPED)

    def drop(self, entry: Item) -> None:
        """Read one id under ``dropped``."""
        name = entry.raw()
        if name and name not in self.old:
            entry.unknown(f"no question {quoted(name)} in {self.names[0]}", name, self.old)
        elif name in self.dropped:
            entry.wrong(f"{name!r} is listed twice; list it once")
        elif name in self.kept:
            entry.wrong(f"{name!r} stands under questions too; keep one of the two")
        if name:
            self.dropped[name] = entry

    def check_targets(self) -> None:
        """Find what would take the place of a question that keeps its own answers."""
        for to, (name, item) in self.targets.items():
            keeps = to in self.same and to not in self.kept and to not in self.dropped
            if keeps and to != name:
                item.wrong(
                    f"{to!r} is unchanged and keeps its own answers; "
                    f"map {name!r} to another question, or list one of the two under dropped"
                )

    def unaccounted(self) -> list[str]:
        """Say of every question that nothing was said about what can be said."""
        found = []
        for name, ours in self.old.items():
            if name in self.kept or name in self.dropped or name in self.same:
                continue
            if name in self.new:
                what = _changed(ours, self.new[name], self.languages)
                found.append(
                    f"{name!r} has another {what} in {self.names[1]}; map it to itself under "
                    "questions if its answers still hold, else list it under dropped"
                )
            else:
                found.append(
                    f"nothing says what becomes of {name!r}; map it under questions, or list it "
                    "under dropped"
                )
        return found

    def made(self) -> QuestionMapping:
        kept = {
            name: self.kept.get(name) or Kept(name, SAME)
            for name in self.old
            if name not in self.dropped
        }
        taken = {found.to for found in kept.values()}
        added = tuple(name for name in self.new if name not in taken)
        return QuestionMapping(kept, frozenset(self.dropped), added)

    def _incompatible(self, ours: Question, theirs: Question) -> str:
        """Say why answers cannot stay as they were given; empty when they can."""
        first, second = ours.scale.kind, theirs.scale.kind
        if isinstance(first, Numeric) and isinstance(second, Numeric):
            # A number that was measured stays what it is, wherever the cuts are now.
            units = [
                kind.unit.to(language) if kind.unit else ""
                for kind, language in zip((first, second), self.languages, strict=True)
            ]
            if units[0] == units[1]:
                return ""
            return f"the unit was {units[0]!r} and is {units[1]!r}; list it under dropped"
        if isinstance(first, Numeric):
            return "a measured number has no place on another scale; list it under dropped"
        places = [{point: share(q, point) for point in points_of(q.scale)} for q in (ours, theirs)]
        if places[0] == places[1]:
            return ""
        return (
            "the scale is another one; write {to: …, answers: {…}} and say what each answer becomes"
        )


def _answers(item: Item, ours: Question, theirs: Question) -> dict[str, str]:
    """Read what each answer on the older scale becomes; every one has to be there."""
    known = dict.fromkeys(points_of(ours.scale))
    if not known:
        item.wrong("a measured number cannot be listed answer by answer; leave this out")
        return {}
    found = {}
    before = item.problems.count()
    for name, value in item.pairs():
        point = name.node_text.strip()
        if point not in known:
            name.unknown(f"{quoted(point)} is not an answer to {ours.id!r}", point, known)
            continue
        given = value.raw()
        try:
            found[point] = placed(theirs, given)[0] if given else ""
        except ValueError as error:
            value.wrong(str(error))
    missing = [point for point in known if point not in found]
    if missing and item.problems.count() == before:
        item.wrong(f"nothing says what becomes of {', '.join(map(repr, missing))}")
    return found


def _changed(ours: Question, theirs: Question, languages: tuple[str, str]) -> str:
    """Name the first thing in which two questions of one id differ."""
    texts = [q.text.to(language) for q, language in zip((ours, theirs), languages, strict=True)]
    if texts[0] != texts[1]:
        return "text"
    if ours.aspect != theirs.aspect:
        return "aspect"
    anchors = [
        {point: text.to(language) for point, text in q.anchors.items()}
        for q, language in zip((ours, theirs), languages, strict=True)
    ]
    return "anchor" if anchors[0] != anchors[1] else "scale"
