"""
Read responses from a Parquet file, batch by batch, as whole numbers.

One row is one respondent, its cells those of a responses CSV; the rows of an
organisation need not stand together.  Every different cell is understood once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa

from cx_maturity.errors import Place, quoted
from cx_maturity.model import Answer, Numeric, State
from cx_maturity.reading.item import FOLDER_ID, FOLDER_ID_RULE, meant, near
from cx_maturity.reading.organisation import COUNTRY, COUNTRY_RULE
from cx_maturity.reading.responses import understood
from cx_maturity.reading.scale import placed, points_of

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from pyarrow.parquet import ParquetFile

    from cx_maturity.errors import Problems
    from cx_maturity.model import Question, Questionnaire

    Numbers = NDArray[np.int64]

# Small enough for a processor's cache, large enough that a batch costs little by itself.
BATCH = 1 << 16
# With it, and parts of a unit below 2**36, no sum over a file leaves 63 bits.
RESPONDENTS = 100_000_000

ORGANISATION, CONTRIBUTE, ROLE = "organisation", "contribute", "role"
INDUSTRY, COUNTRY_ = "industry", "country"
_WRONG = -1  # stands for a cell that is none of what may stand there


@dataclass(frozen=True, slots=True)
class Coded:
    """
    A question's answers as small numbers.

    An answer's number is its place among the *shares*; one more stands for no value, two more
    for not applicable.
    """

    question: Question
    shares: tuple[Fraction, ...]  # ascending

    @property
    def size(self) -> int:
        """How many different numbers there are."""
        return len(self.shares) + 2

    def number(self, answer: Answer | None) -> int:
        """Return what stands for *answer*; unsure and unanswered are both no value."""
        if answer is None or answer.state is State.UNSURE:
            return len(self.shares)
        return self.shares.index(answer.share) if answer.share is not None else self.size - 1


def coded(question: Question) -> Coded:
    """Give a number to each answer that *question* can have."""
    kind = question.scale.kind
    if isinstance(kind, Numeric):
        steps = len(kind.cuts)
        shares = {Fraction(step, steps) for step in range(steps + 1)}
    else:
        shares = {placed(question, point)[1] for point in points_of(question.scale)}
    return Coded(question, tuple(sorted(shares)))


class Batch(NamedTuple):
    """
    Some respondents of organisations that consented, one place of each array for each.

    *organisations* and *roles* are places in the lists of :class:`Rows`, *answers* numbers of
    :class:`Coded` by question.
    """

    organisations: Numbers
    roles: Numbers
    answers: Mapping[str, Numbers]


class _Column:
    """Turns the cells of one column into numbers; *number* is asked once for each cell."""

    def __init__(self, name: str, place: int, number: Callable[[str | None], int | str]) -> None:
        """Use *number*, which returns what is wrong where it can give no number."""
        self.name = name
        self.place = place
        self.number = number
        self.dictionary: pa.Array | None = None
        self.numbers: Numbers = np.zeros(0, np.int64)
        self.wrong: dict[int, str] = {}

    def read(self, cells: pa.Array) -> Numbers:
        """Return the place of each of the *cells* in :attr:`numbers`, which is made to fit them."""
        if not isinstance(cells, pa.DictionaryArray):
            cells = cells.dictionary_encode()
        dictionary = cells.dictionary
        # All batches of a row group share one dictionary.
        if self.dictionary is None or not dictionary.equals(self.dictionary):
            self.dictionary = dictionary
            found = [self.number(_text(value)) for value in (*dictionary.to_pylist(), None)]
            self.wrong = {i: wrong for i, wrong in enumerate(found) if isinstance(wrong, str)}
            self.numbers = np.array([_WRONG if isinstance(n, str) else n for n in found])
        places = cells.indices
        if places.null_count:
            places = places.cast(pa.int32()).fill_null(len(dictionary))
        read: Numbers = places.to_numpy(zero_copy_only=False)
        return read


class _Words:
    """Numbers words in the order in which they are first seen."""

    def __init__(self) -> None:
        self.all: list[str | None] = []
        self.places: dict[str | None, int] = {}

    def place(self, word: str | None) -> int:
        if word not in self.places:
            self.places[word] = len(self.all)
            self.all.append(word)
        return self.places[word]


class Rows:
    """
    The rows of a file that belong to organisations which consented.

    *organisations* fills up as batches are read; one that consented has True in *consented*.
    """

    def __init__(
        self,
        file: ParquetFile,
        path: Path,
        questionnaire: Questionnaire,
        asked: Sequence[Question],
        problems: Problems,
    ) -> None:
        """Look at the columns of *file*, which lies at *path*."""
        self.file, self.path, self.problems = file, path, problems
        self.answers = [coded(question) for question in asked]
        self.roles = [role.id for role in questionnaire.roles]
        self.reasons = [reason.id for reason in questionnaire.reasons]
        self.respondents = 0
        self._organisations, self._industries, self._countries = _Words(), _Words(), _Words()
        # Whatever must be the same in all rows of an organisation, -1 while it is not known.
        self._fixed: dict[str, Numbers] = {}
        self._names = file.schema_arrow.names
        self._starts = [
            0,
            *accumulate(
                file.metadata.row_group(i).num_rows for i in range(file.metadata.num_row_groups)
            ),
        ]
        self._columns = self._found(problems)

    @property
    def organisations(self) -> list[str]:
        """The organisations in the order in which they first appear."""
        return [name or "" for name in self._organisations.all]

    @property
    def consented(self) -> NDArray[np.bool_]:
        """Which of the organisations may be counted."""
        found: NDArray[np.bool_] = self._of(CONTRIBUTE) == 1
        return found

    @property
    def industries(self) -> list[str | None]:
        """The industry of each organisation."""
        return [self._industries.all[i] if i >= 0 else None for i in self._of(INDUSTRY).tolist()]

    @property
    def countries(self) -> list[str | None]:
        """The country of each organisation."""
        return [self._countries.all[i] if i >= 0 else None for i in self._of(COUNTRY_).tolist()]

    def _of(self, name: str) -> Numbers:
        size = len(self._organisations.all)
        return self._fixed.get(name, np.full(size, _WRONG))[:size]

    def batches(self) -> Iterator[Batch]:
        """
        Yield the respondents, some at a time, until something wrong is found.

        From then on the rest is only looked through for more that is wrong.
        """
        before = self.problems.count()
        if not self._columns:
            return
        start = 0
        names = [column.name for column in self._columns.values()]
        try:
            for batch in self.file.iter_batches(BATCH, columns=names):
                found = self._batch(start, batch)
                start += len(batch)
                if self.problems.is_full(self.path):
                    return
                if found and self.problems.count() == before:
                    self.respondents += len(found.roles)
                    yield found
        except (pa.ArrowException, OSError, UnicodeDecodeError):
            message = f"the file is damaged somewhere after row {start:,}; write it again"
            self.problems.add(Place(self.path, start + 1), "", message)

    # --- columns ---

    def _found(self, problems: Problems) -> dict[str, _Column]:
        """Return the columns that are read, none when they cannot be."""
        before = problems.count()
        if not self._starts[-1]:
            problems.add(Place(self.path), "", "the file has no rows")
        if self._starts[-1] > RESPONDENTS:
            message = f"{self._starts[-1]:,} rows; at most {RESPONDENTS:,}"
            problems.add(Place(self.path), "", message)
        readers: dict[str, Callable[[str | None], int | str]] = {
            ORGANISATION: self._organisation,
            CONTRIBUTE: _consent,
            INDUSTRY: partial(_word, self._industries, FOLDER_ID, FOLDER_ID_RULE),
            COUNTRY_: partial(_word, self._countries, COUNTRY, COUNTRY_RULE),
            ROLE: self._role,
            **{column.question.id: partial(self._answer, column, {}) for column in self.answers},
        }
        optional = {INDUSTRY, COUNTRY_, ROLE}
        if not self.roles:
            del readers[ROLE]
        counts = Counter(self._names)
        for name in readers:
            if not counts[name] and name not in optional:
                what = (
                    f"no column {quoted(name)}{near(name, sorted(counts.keys() - readers.keys()))}"
                )
                problems.add(Place(self.path), "", what)
            elif counts[name] > 1:
                message = f"{counts[name]} columns are called {quoted(name)}; keep one"
                problems.add(Place(self.path), "", message)
            elif counts[name]:
                self._check_kind(name)
        if problems.count() > before:
            return {}
        places = {name: place for place, name in enumerate(self._names, 1)}
        return {
            name: _Column(name, places[name], reader)
            for name, reader in readers.items()
            if name in places
        }

    def _check_kind(self, name: str) -> None:
        kind = self.file.schema_arrow.field(name).type
        held = kind.value_type if pa.types.is_dictionary(kind) else kind
        tests = pa.types
        allowed = (tests.is_string, tests.is_large_string, tests.is_integer, tests.is_floating)
        if not any(test(held) for test in (*allowed, tests.is_boolean, tests.is_null)):
            message = f"the column holds {quoted(str(held))}; write texts or numbers"
            place = Place(self.path, 1, self._names.index(name) + 1)
            self.problems.add(place, name, message)

    def _organisation(self, text: str | None) -> int | str:
        if text is None:
            return "no organisation; say in each row which one the respondent belongs to"
        return self._organisations.place(text)

    def _role(self, text: str | None) -> int | str:
        if text is None:
            return len(self.roles)
        if text in self.roles:
            return self.roles.index(text)
        return f"{quoted(text)} is not a role{meant(text, self.roles)}"

    def _answer(self, column: Coded, known: dict[str, int | str], text: str | None) -> int | str:
        if text is None:
            return column.number(None)
        if text not in known:
            if len(known) > BATCH:  # measured numbers may all be different
                known.clear()
            found = understood(column.question, text, self.reasons)
            known[text] = column.number(found) if isinstance(found, Answer) else found
        return known[text]

    # --- rows ---

    def _batch(self, start: int, batch: pa.RecordBatch) -> Batch | None:
        """Return what a batch holds that begins at row *start*; None when nobody consented."""
        size = len(batch)
        rows = np.arange(size)
        whose = self._numbers(batch, ORGANISATION, start, rows)
        for name in (CONTRIBUTE, INDUSTRY, COUNTRY_):
            if name in self._columns:
                self._fix(batch, name, start, whose)
        used = rows[whose >= 0]
        used = used[self._fixed[CONTRIBUTE][whose[used]] == 1]
        if not len(used):
            return None
        roles = (
            self._numbers(batch, ROLE, start, used)
            if ROLE in self._columns
            else np.full(len(used), len(self.roles))
        )
        names = [column.question.id for column in self.answers]
        answers = {name: self._numbers(batch, name, start, used) for name in names}
        return Batch(whose[used], roles, answers)

    def _numbers(self, batch: pa.RecordBatch, name: str, start: int, rows: Numbers) -> Numbers:
        """Return what stands in a column for each of the *rows*, and note what is wrong there."""
        column = self._columns[name]
        places = column.read(batch.column(name))
        if len(rows) < len(places):
            places = places[rows]
        for place, message in column.wrong.items():
            for at in np.flatnonzero(places == place).tolist():
                if self.problems.is_full(self.path):
                    break
                self._wrong(start + int(rows[at]), column, message)
        return column.numbers[places]

    def _fix(self, batch: pa.RecordBatch, name: str, start: int, whose: Numbers) -> None:
        """Take from the first row of each organisation what must be the same in all its rows."""
        column = self._columns[name]
        found = self._numbers(batch, name, start, np.arange(len(whose)))
        sound = np.flatnonzero((whose >= 0) & (found >= 0))
        whose, found = whose[sound], found[sound]
        fixed = self._fixed[name] = grown(
            self._fixed.get(name, np.zeros(0, np.int64)), len(self._organisations.all), _WRONG
        )
        first = np.flatnonzero(fixed[whose] < 0)[::-1]
        fixed[whose[first]] = found[first]  # of two for the same place the last one stays
        other = np.flatnonzero(fixed[whose] != found)
        if not len(other):
            return
        for whom, at in zip(*np.unique(whose[other], return_index=True), strict=True):
            row = start + int(sound[other[at]])
            earlier = self._said(name, int(fixed[whom]))
            now = self._said(name, int(found[other[at]]))
            of = quoted(self.organisations[whom])
            message = f"{now}, but an earlier row of {of} says {earlier}; all its rows must agree"
            self._wrong(row, column, message)

    def _said(self, name: str, number: int) -> str:
        if name == CONTRIBUTE:
            return "true" if number else "false"
        word = (self._industries if name == INDUSTRY else self._countries).all[number]
        return quoted(word) if word else "nothing"

    def _wrong(self, row: int, column: _Column, message: str) -> None:
        """Note what is wrong in a *row*, counted from 0 over the whole file."""
        group = bisect_right(self._starts, row)
        where = f"row {row - self._starts[group - 1] + 1:,} of row group {group}"
        place = Place(self.path, row + 1, column.place)
        self.problems.add(place, column.name, f"{where}: {message}")


def _text(value: object) -> str | None:
    """Return a cell as a CSV file would have it; None for an empty one."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case float():
            # A column of numbers with a gap in it is often written as 3.0 and NaN.
            return None if value != value else format(Decimal(repr(value)), "f")  # noqa: PLR0124 - NaN
        case _:
            return str(value).strip() or None


def _consent(text: str | None) -> int | str:
    if text in {None, "false"}:
        return 0  # whoever says nothing did not consent
    return 1 if text == "true" else f"{quoted(text or '')} is not one of true, false"


def _word(words: _Words, pattern: re.Pattern[str], rule: str, text: str | None) -> int | str:
    if text is not None and not pattern.fullmatch(text):
        return f"{quoted(text)} cannot stand here; use {rule}"
    return words.place(text)


def grown(array: NDArray[Any], size: int, fill: int) -> NDArray[Any]:
    """Return *array* with *size* rows at least, new ones full of *fill*; half as many to spare."""
    if size <= len(array):
        return array
    more = np.full((size + size // 2 - len(array), *array.shape[1:]), fill, array.dtype)
    return np.concatenate([array, more])
