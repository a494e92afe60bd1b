"""What can be wrong with the files, said so that the author can put it right."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# More than this on a terminal is read by nobody; the total is printed all the same.
SHOWN = 100
# The same warning in the same folder is shown so often.
REPEATED = 10
# A file with more problems than this is another kind of file; a list of them all fills the memory.
PER_FILE = 1_000
# The longest piece of an author's text that a message repeats.
QUOTED = 60


class Exit(IntEnum):
    """The exit codes of every command."""

    OK = 0
    CONTENT = 1
    USAGE = 2
    BUG = 3
    ENVIRONMENT = 4


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file; *line* and *column* count from 1."""

    path: Path
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """Give the place as a terminal can click it: relative to where the command ran."""
        return f"{os.path.relpath(self.path)}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong: where, under which key, what, and what would be right."""

    place: Place
    key: str
    message: str
    is_warning: bool = False

    def __str__(self) -> str:
        """Write ``path:line:column: key: what is wrong; what would be right``."""
        kind = "warning: " if self.is_warning else ""
        key = f"{_cut(self.key, 2 * QUOTED)}: " if self.key else ""
        return _visible(f"{self.place}: {kind}{key}{self.message}")


class Problems:
    """Collects problems, so that one run names them all."""

    def __init__(self) -> None:
        """Start with nothing wrong."""
        self._found: set[Problem] = set()
        self._in_file: Counter[Path] = Counter()
        self._to_look_at: Counter[Path] = Counter()
        self._errors = 0

    def add(self, place: Place, key: str, message: str, *, warning: bool = False) -> None:
        """Note one problem; the same problem seen twice is noted once."""
        problem = Problem(place, key, message, warning)
        # Counted apart: texts that nobody translated must not hide what is wrong.
        seen = self._to_look_at if warning else self._in_file
        if problem in self._found or seen[place.path] >= PER_FILE:
            return
        seen[place.path] += 1
        if seen[place.path] >= PER_FILE:
            what = "more deserves a look" if warning else "more is wrong"
            rest = f"{what} in this file; from here on its problems are not listed"
            problem = Problem(place, "", rest, warning)
        self._found.add(problem)
        self._errors += not problem.is_warning

    def is_full(self, path: Path) -> bool:
        """Tell whether so much is wrong with a file that no more is noted."""
        return self._in_file[path] >= PER_FILE

    def is_long(self, path: Path) -> bool:
        """Tell whether more is wrong with a file than is shown, so that guessing can stop."""
        return self._in_file[path] >= SHOWN

    @property
    def errors(self) -> list[Problem]:
        """Everything that keeps the files from being published, in order of place."""
        return sorted(p for p in self._found if not p.is_warning)

    @property
    def warnings(self) -> list[Problem]:
        """Everything worth a look that does not keep the files from being published."""
        return sorted(p for p in self._found if p.is_warning)

    def count(self) -> int:
        """Return how many errors were found so far."""
        return self._errors


class ContentError(Exception):
    """The files cannot be used; carries every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep *problems* for the adapter that prints them."""
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """Write one line for each problem."""
        return "\n".join(map(str, self.problems))


class Breach(Exception):
    """
    What was about to be published gives somebody away; nothing is published.

    The hiding has failed, which is a mistake of this software and of no file.
    """

    def __init__(self, place: str, found: Iterable[str]) -> None:
        """Keep what was *found* at *place*: an organisation's wave, or an edition, and measure."""
        self.place = place
        self.found = tuple(found)
        super().__init__(place, self.found)

    def __str__(self) -> str:
        """Write one line for each sentence."""
        return "\n".join(f"{self.place}: {sentence}" for sentence in self.found)


class EnvironmentFailure(Exception):
    """The machine does not let us work: a full disk, a lock held by another build."""


def folded(warnings: Iterable[Problem]) -> Iterator[str]:
    """
    Write each warning; one that a folder repeats, as texts nobody translated, only so often.

    The rest of them is counted at the end.
    """
    seen: Counter[tuple[Path, str]] = Counter()
    for warning in warnings:
        kind = (warning.place.path.parent, warning.message)
        seen[kind] += 1
        if seen[kind] <= REPEATED:
            yield str(warning)
    for (folder, message), times in seen.items():
        if times > REPEATED:
            more = f"{times - REPEATED:,} more; cx-maturity check --all shows every one"
            yield _visible(f"{os.path.relpath(folder)}: warning: {message}: {more}")


def counted(number: int, noun: str) -> str:
    """Write a number of things: 1 problem, 1,200 problems."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def quoted(text: str) -> str:
    """Return *text* between quotes, cut when it is long, nothing in it invisible."""
    return repr(_cut(text, QUOTED))


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _visible(text: str) -> str:
    # A line break or a mark that turns the direction of writing would forge other lines, and half
    # a surrogate pair, as in a file name that is not UTF-8, cannot be printed at all.
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
