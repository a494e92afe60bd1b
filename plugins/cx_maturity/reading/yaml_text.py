"""
Read a strict subset of YAML: words, lists and maps, one document.

Tags, anchors, aliases and merges are refused, as are nesting and sizes that no
author needs, while the file is being parsed and before anything is built.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from cx_maturity.errors import Place, quoted
from cx_maturity.reading.node import (
    DEPTH,
    NODES,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Unusable,
    lines_of,
    refuse_control,
    unique,
)
from cx_maturity.reading.yaml_slips import Last, Spot, Stop, explained

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cx_maturity.errors import Problems

# The parser written in C is ten times faster; both report the same events.
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# A sign of a comment with a word behind it: a remark has a space there.
_COMMENT = re.compile(r"\s+(#[^\s#].*?)\s*")
_QUOTE = "put a text that begins so in quotation marks"


def read_yaml(text: str, path: Path, problems: Problems) -> Node:
    """Return the content of a YAML file; raises :class:`Unusable` after noting why not."""
    composer = _Composer(text, path, problems)
    try:
        return composer.compose(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        at, begun = error.problem_mark or error.context_mark, error.context_mark
        said = " ".join(filter(None, (error.context, error.problem)))
        stop = Stop(_spot(at), said, _spot(begun) if begun else None, composer.last)
        spot, message = explained(text, stop)
        problems.add(Place(path, spot.line + 1, spot.column + 1), "", message)
        raise Unusable from None


def _spot(mark: Any) -> Spot:  # noqa: ANN401 - of PyYAML or of its C parser
    return Spot(mark.line, mark.column) if mark else Spot(0, 0)


def _place(path: Path, mark: Any) -> Place:  # noqa: ANN401 - of PyYAML or of its C parser
    return Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)


class _Composer:
    """Builds nodes from parser events without recursion."""

    def __init__(self, text: str, path: Path, problems: Problems) -> None:
        self.path = path
        self.problems = problems
        # Only a file with such a sign can hold a text that a comment cuts off.
        self.lines = lines_of(text) if "#" in text else []
        self.event: Any = None  # the last value
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
            self.event = event
            scalar = Scalar(_place(self.path, event.start_mark), event.value, self.comment(event))
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

    def comment(self, event: Any) -> str:  # noqa: ANN401 - as above
        """
        Return what stands behind a ``#`` in place of a value, such as a colour.

        Behind a value it is worth a word: the author may have meant it as a part of the text.
        """
        end = event.end_mark
        if event.style or not self.lines or end.line >= len(self.lines):
            return ""
        found = _COMMENT.fullmatch(self.lines[end.line], end.column)
        if not found:
            return ""
        if event.value:
            place = Place(self.path, end.line + 1, found.start(1) + 1)
            message = (
                f"{quoted(found[1])} is a comment and no part of the text before it; put the "
                "whole text in quotation marks, or a space behind the #"
            )
            self.problems.add(place, "", message, warning=True)
            return ""
        return found[1]

    @property
    def last(self) -> Last | None:
        """The last value that was read."""
        event = self.event
        if event is None:
            return None
        quote = event.style if event.style in {"'", '"'} else ""
        return Last(_spot(event.start_mark), _spot(event.end_mark), quote)

    def put(self, node: Node) -> None:
        if self.open:
            self.open[-1][1].append(node)
        else:
            self.root = node

    def check(self, event: Any) -> None:  # noqa: ANN401 - as above
        if event.anchor is not None:
            self.refuse(event, f"anchors and aliases (& and *) are not used here; {_QUOTE}")
        if getattr(event, "tag", None) is not None:
            self.refuse(event, f"tags (!) are not used here; {_QUOTE}")
