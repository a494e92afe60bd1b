"""Read JSON and keep the places of everything, which the standard library's reader does not."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from json.decoder import scanstring  # type: ignore[attr-defined] # public, missing in typeshed
from typing import TYPE_CHECKING, NoReturn

from cx_maturity.errors import Place
from cx_maturity.reading.node import (
    DEPTH,
    NODES,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Unusable,
    line_starts,
    refuse_control,
    unique,
)

if TYPE_CHECKING:
    from pathlib import Path

    from cx_maturity.errors import Problems

_SPACE = re.compile(r"[ \t\n\r]*")
_WORD = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\w.])|true|false|null")


def read_json(text: str, path: Path, problems: Problems) -> Node:
    """Return the content of a JSON file; raises :class:`Unusable` after noting why not."""
    return _Reader(text, path, problems).document()


class _Reader:
    """Goes through the text once; nesting is limited, so recursion is."""

    def __init__(self, text: str, path: Path, problems: Problems) -> None:
        self.text, self.path, self.problems = text, path, problems
        self.position = 0
        self.nodes = 0
        self.starts = line_starts(text)

    def document(self) -> Node:
        if not self.text.strip():
            self.refuse("the file is empty")
        node = self.value(0)
        if self.space():
            self.refuse("this is not JSON: something follows the end of the document")
        return node

    def place(self) -> Place:
        line = bisect_right(self.starts, self.position)
        return Place(self.path, line, self.position - self.starts[line - 1] + 1)

    def refuse(self, message: str) -> NoReturn:
        self.problems.add(self.place(), "", message)
        raise Unusable

    def space(self) -> str:
        """Skip space and return the character behind it, "" at the end."""
        match = _SPACE.match(self.text, self.position)
        self.position = match.end() if match else self.position
        return self.text[self.position : self.position + 1]

    def value(self, depth: int) -> Node:
        self.nodes += 1
        if self.nodes > NODES:
            self.refuse(f"more than {NODES:,} values in one file")
        start = self.space()
        if start and start in "{[" and depth == DEPTH:
            self.refuse(f"nested deeper than {DEPTH} levels")
        if start == "{":
            return self.mapping(depth)
        if start == "[":
            return self.sequence(depth)
        return self.string() if start == '"' else self.word()

    def string(self) -> Scalar:
        place = self.place()
        try:
            text, self.position = scanstring(self.text, self.position + 1, True)  # noqa: FBT003
        except json.JSONDecodeError as error:
            self.position = error.pos
            self.refuse("this is not JSON: the text is not closed, or needs an escape (\\) here")
        # An escape such as \ud800 brings in what the file's own text may not hold.
        refuse_control(text, place, self.problems)
        return Scalar(place, text)

    def word(self) -> Scalar:
        place = self.place()
        match = _WORD.match(self.text, self.position)
        if not match:
            self.refuse_sign(self.text[self.position : self.position + 1])
            self.refuse("this is not JSON: a value is missing, or text is not in double quotes")
        self.position = match.end()
        return Scalar(place, "" if match[0] == "null" else match[0])

    def expect(self, wanted: str) -> str:
        found = self.space()
        if not found or found not in wanted:
            self.refuse(f"this is not JSON: expected {' or '.join(wanted)}")
        self.position += 1
        return found

    def refuse_sign(self, found: str) -> None:
        """Name a sign that other languages allow where a key or a value must stand."""
        before = self.text[: self.position].rstrip()
        if found and found in "]}" and before.endswith(","):
            self.position = len(before) - 1
            self.refuse(f"this is not JSON: a comma stands before {found}; take it out")
        if found in {"/", "#"}:
            self.refuse("this is not JSON: there are no comments in it; take this out")

    def sequence(self, depth: int) -> Sequence:
        place = self.place()
        self.position += 1
        if self.space() == "]":
            self.position += 1
            return Sequence(place, ())
        items = [self.value(depth + 1)]
        while self.expect(",]") == ",":
            items.append(self.value(depth + 1))
        return Sequence(place, tuple(items))

    def mapping(self, depth: int) -> Mapping:
        place = self.place()
        self.position += 1
        if self.space() == "}":
            self.position += 1
            return Mapping(place, ())
        pairs = [self.pair(depth)]
        while self.expect(",}") == ",":
            pairs.append(self.pair(depth))
        return Mapping(place, unique(pairs, self.problems))

    def pair(self, depth: int) -> tuple[Node, Node]:
        if (found := self.space()) != '"':
            self.refuse_sign(found)
            self.refuse("this is not JSON: a key must stand in double quotes")
        key = self.string()
        self.expect(":")
        return key, self.value(depth + 1)
