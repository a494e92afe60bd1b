"""
Read a strict subset of YAML: words, lists and maps, one document.

Tags, anchors, aliases and merges are refused, as are nesting and sizes that no
author needs, while the file is being parsed and before anything is built.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from cx_maturity.errors import Place
from cx_maturity.reading.node import (
    DEPTH,
    NODES,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Unusable,
    refuse_control,
    unique,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cx_maturity.errors import Problems

# The parser written in C is ten times faster; both report the same events.
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str, path: Path, problems: Problems) -> Node:
    """Return the content of a YAML file; raises :class:`Unusable` after noting why not."""
    composer = _Composer(path, problems)
    try:
        return composer.compose(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark, begun = error.problem_mark or error.context_mark, error.context_mark
        since = f"(from line {begun.line + 1})" if begun and mark and begun.line < mark.line else ""
        what = " ".join(filter(None, (error.context, since, error.problem)))
        place = _place(path, mark)
        problems.add(place, "", f"this is not YAML: {what}{_advice(text, place, what)}")
        raise Unusable from None


def _advice(text: str, place: Place, what: str) -> str:
    """Say how to mend the two slips that the parser's words do not explain."""
    if "mapping values are not allowed" in what:
        return "; put a text with a colon in it in quotes"
    if "cannot start any token" in what:
        line = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[place.line - 1]
        found = line[place.column - 1 : place.column]
        return (
            "; indent with spaces, not with tabs"
            if found == "\t"
            else f"; put a text that begins with {found} in quotes"
        )
    return ""


def _place(path: Path, mark: Any) -> Place:  # noqa: ANN401 - of PyYAML or of its C parser
    return Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)


class _Composer:
    """Builds nodes from parser events without recursion."""

    def __init__(self, path: Path, problems: Problems) -> None:
        self.path = path
        self.problems = problems
        # The lists and maps that are open, outermost first, and what each holds so far.
        self.open: list[tuple[Place, list[Node]]] = []
        self.root: Node | None = None

    def refuse(self, event: yaml.Event, message: str) -> NoReturn:
        self.problems.add(_place(self.path, event.start_mark), "", message)
        raise Unusable

    def compose(self, events: Iterator[yaml.Event]) -> Node:
        for number, event in enumerate(events):
            if number > NODES:
                self.refuse(event, f"more than {NODES:,} values in one file")
            self.take(event)
        if self.root is None:
            self.problems.add(Place(self.path), "", "the file is empty")
            raise Unusable
        return self.root

    def take(self, event: Any) -> None:  # noqa: ANN401 - PyYAML types no event fully
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self.check(event)
            scalar = Scalar(_place(self.path, event.start_mark), event.value)
            # An escape such as "\\0" brings in what the file's own text may not hold.
            refuse_control(scalar.text, scalar.place, self.problems)
            self.put(scalar)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self.check(event)
            if len(self.open) == DEPTH:
                self.refuse(event, f"nested deeper than {DEPTH} levels")
            self.open.append((_place(self.path, event.start_mark), []))
        elif kind is yaml.MappingEndEvent:
            place, parts = self.open.pop()
            pairs = zip(parts[::2], parts[1::2], strict=True)
            self.put(Mapping(place, unique(pairs, self.problems)))
        elif kind is yaml.SequenceEndEvent:
            place, parts = self.open.pop()
            self.put(Sequence(place, tuple(parts)))
        elif kind is yaml.AliasEvent:
            self.check(event)
        elif kind is yaml.DocumentStartEvent and self.root is not None:
            self.refuse(event, "a second document begins here; one file holds one")

    def put(self, node: Node) -> None:
        if self.open:
            self.open[-1][1].append(node)
        else:
            self.root = node

    def check(self, event: Any) -> None:  # noqa: ANN401 - as above
        if event.anchor is not None:
            self.refuse(event, "anchors and aliases (& and *) are not used here; write it out")
        if getattr(event, "tag", None) is not None:
            self.refuse(event, "tags (!) are not used here; leave it out")
