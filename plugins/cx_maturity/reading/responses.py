"""Turn the rows of a survey export into respondents."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from cx_maturity.errors import quoted
from cx_maturity.load import table
from cx_maturity.model import Answer, Choice, Respondent, State
from cx_maturity.reading.basis import STATES
from cx_maturity.reading.csv_text import DELIMITERS
from cx_maturity.reading.item import Item, listed, meant, nearest
from cx_maturity.reading.scale import placed, points_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from cx_maturity.model import Question, Questionnaire
    from cx_maturity.reading.csv_text import Table

UNSURE, NOT_APPLICABLE = STATES

# A column as near as this to a question's id is a slip of the hand, not a column of its own.
NEAR = 0.8
# More questions than these that have no column are named together.
FEW = 3

_OPTIONAL = ("delimiter", "missing", "where", "role", "unit", "respondent", "linked", "columns")


# An answer with its label behind it.
_NUMBERED = re.compile(r"(-?[0-9]{1,9})\s*[-\u2013:.)=]?\s+\D.*")
# What survey tools and people write where there is no answer.
_BLANK = re.compile(
    r"n\.?\s*/?\s*a\.?|[-\u2013\u2014\u2212]+|[.?*/]+|null|nil|none|nan|not[ _]applicable|missing|"
    r"no answer|do ?n.t know|do not know|d/?k|#n/a|unknown",
    re.IGNORECASE,
)


def is_blank(found: str) -> bool:
    """Tell whether somebody wrote a word or a sign for no answer that means nothing here."""
    return _BLANK.fullmatch(found) is not None or found.casefold() in STATES


class Responses:
    """Reads what a wave says under ``responses``."""

    def __init__(self, item: Item, path: Path | None) -> None:
        """Read the keys; *path* is the file that they name, None when it cannot be read."""
        self.item = item
        self.problems = item.problems
        self.fields = item.record(("file",), _OPTIONAL)
        missing = self.fields["missing"].items() if "missing" in self.fields else []
        self.missing = {"", *(entry.raw() for entry in missing)}
        self.is_linked = self._linked()
        before = item.problems.count()
        self.table = table(path, item.problems, self._delimiter()) if path else None
        self.digest = self.table.digest if self.table else ""
        header = self.table.header if self.table else ()
        self.index = {name: number for number, name in enumerate(header) if name}
        if self.table and not self.table.rows and item.problems.count() == before:
            item.wrong(f"{self.table.path.name} has no rows")

    def respondents(
        self, questionnaire: Questionnaire, asked: Mapping[str, Question]
    ) -> tuple[Respondent, ...]:
        """Return who answered the *asked* questions; one row is one respondent."""
        if self.table is None:
            return ()
        reader = _Rows(self, self.table, questionnaire, asked)
        where = self._where(self.table)
        if where is None:
            return ()
        found = []
        for number, row in enumerate(self.table.rows):
            if all(row[column] == value for column, value in where):
                found.append(reader.respondent(number, row))
                if reader.is_full:
                    break
        if not found and where and self.table.rows:
            self.fields["where"].wrong("no row has these values; every row was left out")
        return tuple(found)

    def column(self, name: str) -> int | None:
        """Return the number of the column that the key *name* names, if it does."""
        if name not in self.fields or self.table is None:
            return None
        item = self.fields[name]
        return self.find(item, item.raw(), self.table)

    def find(self, item: Item, column: str, source: Table) -> int | None:
        """Return the number of the *column* that stands in *item*."""
        if column in self.index:
            return self.index[column]
        if column:
            message = f"{source.path.name} has no column {quoted(column)}"
            item.unknown(message, column, source.header)
        return None

    def _linked(self) -> bool:
        """Tell whether an id is the same person in every wave that says so too."""
        if "linked" not in self.fields or not self.fields["linked"].flag():
            return False
        if "respondent" not in self.fields:
            self.fields["linked"].wrong(
                "people are found again by their ids; name the column that holds them under "
                "respondent, or leave this out"
            )
        return True

    def _delimiter(self) -> str:
        if "delimiter" not in self.fields:
            return ","
        item = self.fields["delimiter"]
        found = {"tab": "\t", "\\t": "\t"}.get(item.node_text, item.node_text)
        if found in DELIMITERS:
            return found
        item.wrong(f"{quoted(item.node_text)} is not one of ',' ';' '|' tab")
        return ","

    def _where(self, source: Table) -> list[tuple[int, str]] | None:
        """Return (column, value) pairs; None when one of them cannot be understood."""
        if "where" not in self.fields:
            return []
        before = self.problems.count()
        found = []
        for name, value in self.fields["where"].some_pairs():
            column, wanted = self.find(name, name.node_text.strip(), source), value.raw()
            if column is not None:
                found.append((column, wanted))
        return found if self.problems.count() == before else None


class _Rows:
    """Reads single rows; a survey repeats few different cells, and each is understood once."""

    def __init__(
        self,
        responses: Responses,
        source: Table,
        questionnaire: Questionnaire,
        asked: Mapping[str, Question],
    ) -> None:
        self.source = source
        self.problems = responses.problems
        self.missing = responses.missing
        self.roles = {role.id: role for role in questionnaire.roles}
        self.reasons = [reason.id for reason in questionnaire.reasons]
        if "role" in responses.fields and not self.roles:
            responses.fields["role"].wrong("the questionnaire has no roles; leave it out")
        self.role = responses.column("role") if self.roles else None
        self.unit = responses.column("unit")
        self.who = responses.column("respondent")
        self.columns = self._columns(responses, asked)
        self.understood: dict[tuple[str, str], Answer | str | None] = {}
        self.seen: dict[str, int] = {}  # respondent → line
        self.found_wrong = False

    def _columns(
        self, responses: Responses, asked: Mapping[str, Question]
    ) -> list[tuple[int, Question]]:
        fields, source = responses.fields, self.source
        before = self.problems.count()
        mapped = {}
        for name, value in fields["columns"].pairs() if "columns" in fields else []:
            if name.node_text not in asked:
                name.unknown("no such question", name.node_text, asked)
            else:
                mapped[name.node_text] = value
        is_sound = self.problems.count() == before
        found = []
        taken: Counter[int] = Counter()
        missing = []
        for question in asked.values():
            item = mapped.get(question.id)
            if item is None and question.id not in responses.index:
                missing.append(question.id)
                continue
            column = item.raw() if item else question.id
            index = responses.find(item or responses.item, column, source)
            if index is not None:
                found.append((index, question))
                taken[index] += 1
        # Which question was meant by a misspelt one is known only when that is put right.
        if is_sound:
            self._name_missing(responses, missing, {*taken, self.role, self.unit, self.who})
        for index, question in found:
            if taken[index] > 1:
                named = quoted(source.header[index])
                mapped.get(question.id, responses.item).wrong(
                    f"column {named} would answer two questions; give each its own column"
                )
        return found

    def _name_missing(
        self, responses: Responses, missing: list[str], read: Collection[int | None]
    ) -> None:
        """Name the questions without a column, at a column that is nearly called like one."""
        header = self.source.header
        spare = [name for number, name in enumerate(header) if name and number not in read]
        for name in spare:
            if guess := nearest(name, missing, NEAR):
                missing.remove(guess)
                message = f"no such question; did you mean {quoted(guess)}?"
                self.problems.add(self.source.header_place(name), name, message)
        if len(missing) > FEW:
            some = ", ".join(missing[:FEW])
            responses.item.wrong(
                f"{self.source.path.name} has no column for {len(missing)} questions ({some} …); "
                "name their columns under columns"
            )
        else:
            for name in missing:
                responses.item.wrong(
                    f"{self.source.path.name} has no column for the question {name!r}; "
                    "name its column under columns"
                )

    @property
    def is_full(self) -> bool:
        """Tell whether so much is wrong with the file that the other rows need no reading."""
        return self.found_wrong and self.problems.is_full(self.source.path)

    def respondent(self, number: int, row: tuple[str, ...]) -> Respondent:
        """Read one row."""
        role, unit, who = (
            (row[column] or None) if column is not None else None
            for column in (self.role, self.unit, self.who)
        )
        if role and role not in self.roles and self.role is not None:
            self.wrong(number, self.role, f"{quoted(role)} is not a role{meant(role, self.roles)}")
            role = None
        if who and self.who is not None:
            line = self.seen.setdefault(who, self.source.lines[number])
            if line != self.source.lines[number]:
                message = f"{quoted(who)} answered in line {line} already; keep one row"
                self.wrong(number, self.who, message)
        return Respondent(self.answers(number, row), role, unit, who)

    def answers(self, number: int, row: tuple[str, ...]) -> dict[str, Answer]:
        answers = {}
        for column, question in self.columns:
            cell = row[column]
            key = (question.id, cell)
            if key not in self.understood:
                self.understood[key] = self.cell(question, cell)
            answer = self.understood[key]
            if isinstance(answer, Answer):
                answers[question.id] = answer
            elif answer is not None:
                self.wrong(number, column, answer)
        return answers

    def wrong(self, number: int, column: int, message: str) -> None:
        self.found_wrong = True
        name = self.source.header[column]
        self.problems.add(self.source.place(number, column), name, message)

    def cell(self, question: Question, cell: str) -> Answer | str | None:
        """Return the answer, None for an unanswered cell, or what is wrong with it."""
        return None if cell in self.missing else understood(question, cell, self.reasons)


def understood(question: Question, cell: str, reasons: Collection[str]) -> Answer | str:
    """Return the answer that a cell holds, or what is wrong with it; *reasons* are known ones."""
    if cell == UNSURE:
        return Answer(State.UNSURE)
    if cell.startswith(NOT_APPLICABLE):
        reason = cell.removeprefix(NOT_APPLICABLE).removeprefix(":").strip()
        if reason in reasons:
            return Answer(State.NOT_APPLICABLE, reason=reason)
        guess = meant(reason, reasons)
        return f"{quoted(cell)} gives no known reason; write {NOT_APPLICABLE}:<reason>{guess}"
    try:
        return Answer(State.VALUE, *placed(question, cell))
    except ValueError as error:
        return _unread(question, cell, reasons, f"{error}")


def _unread(question: Question, cell: str, reasons: Collection[str], why: str) -> str:
    """Say what is wrong with a cell that is on no scale, for *why* it is not, and what is right."""
    if cell.casefold() == UNSURE:
        return f"{quoted(cell)} is written in small letters: {UNSURE}"
    if is_blank(cell):
        few = listed(reasons)
        which = f"{NOT_APPLICABLE}:{few}" if len(reasons) == 1 else f"{NOT_APPLICABLE}:<reason>"
        known = f"; known reasons: {few}" if few and len(reasons) > 1 else ""
        return (
            f"{quoted(cell)} is no answer; leave the cell empty or list {quoted(cell)} under "
            f"missing, or write {UNSURE} or {which}{known}"
        )
    if answer := _labelled(question, cell):
        return f"{why}; write {answer}"
    return f"{why}; a cell is a value, {UNSURE}, {NOT_APPLICABLE}:<reason> or empty"


def _labelled(question: Question, cell: str) -> str:
    """Return the answer that a survey tool wrote by its label, "3 - Sometimes" or "Sometimes"."""
    labels = dict(question.scale.labels)
    if isinstance(question.scale.kind, Choice):
        labels |= {option.id: option.title for option in question.scale.kind.options}
    for point, text in labels.items():
        if cell.casefold() in map(str.casefold, text.by_language.values()):
            return point
    found = _NUMBERED.fullmatch(cell)
    return found[1] if found and found[1] in points_of(question.scale) else ""
