"""What can be wrong with the files, said so that the author can put it right."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# More than this on a terminal is read by nobody; the total is printed all the same.
SHOWN = 100


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
        key = f"{self.key}: " if self.key else ""
        return f"{self.place}: {kind}{key}{self.message}"


class Problems:
    """Collects problems, so that one run names them all."""

    def __init__(self) -> None:
        """Start with nothing wrong."""
        self._found: set[Problem] = set()

    def add(self, place: Place, key: str, message: str, *, warning: bool = False) -> None:
        """Note one problem; the same problem seen twice is noted once."""
        self._found.add(Problem(place, key, message, warning))

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
        return sum(not p.is_warning for p in self._found)


class ContentError(Exception):
    """The files cannot be used; carries every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep *problems* for the adapter that prints them."""
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class EnvironmentFailure(Exception):
    """The machine does not let us work: a full disk, a lock held by another build."""
