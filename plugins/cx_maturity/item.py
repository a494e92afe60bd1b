"""
Tiny readers that turn plain data into typed values.

A reader that finds something wrong notes it, with its place, and returns a
harmless stand-in so that the rest of the file is read as well.  Nothing made
from a stand-in leaves :mod:`validate`: any problem at all ends in an error.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.load import Mapping, Node, Scalar, Sequence
from cx_maturity.model import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from cx_maturity.errors import Place, Problems

FOLDER_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
FOLDER_ID_RULE = "1 to 60 of a-z, 0-9 and -, beginning and ending with a letter or digit"
MEASURE_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,59})")
MEASURE_ID_RULE = "1 to 60 of letters, digits, dot, dash and underscore"
VERSION = re.compile(r"[0-9]+(?:\.[0-9]+){0,2}")
LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?")

TEXT_LENGTH = 4_000

# Marks that turn the direction of the text around them: harmless in a sentence, a trap in a name.
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WHOLE = re.compile(r"-?\d{1,12}")
_DECIMAL = re.compile(r"-?\d{1,12}(?:\.\d{1,9})?")


@dataclass(frozen=True, slots=True)
class Item:
    """A node, the path of keys that led to it, and whom to tell what is wrong with it."""

    node: Node
    key: str
    problems: Problems

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.node.place

    def wrong(self, message: str) -> None:
        """Note that this value is wrong."""
        self.problems.add(self.node.place, self.key, message)

    def warn(self, message: str) -> None:
        """Note that this value deserves a look."""
        self.problems.add(self.node.place, self.key, message, warning=True)

    def child(self, name: str, node: Node) -> Item:
        """Return the value under *name*."""
        return Item(node, f"{self.key}.{name}" if self.key else name, self.problems)

    # --- single values ---

    @property
    def is_word(self) -> bool:
        """Tell whether this is a single value rather than a list or a map."""
        return isinstance(self.node, Scalar)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing stands after the key."""
        return isinstance(self.node, Scalar) and not self.node.text.strip()

    def text(self) -> str:
        """Read a sentence or a word, without leading and trailing space."""
        if not isinstance(self.node, Scalar):
            self.wrong("a list or map stands here; write one value")
            return ""
        text = _BIDI.sub("", " ".join(self.node.text.split()))
        if not text:
            self.wrong("no value; write one or leave the key out")
        elif len(text) > TEXT_LENGTH:
            self.wrong(f"{len(text):,} characters; at most {TEXT_LENGTH:,}")
        return text

    def word(self, pattern: re.Pattern[str], rule: str) -> str:
        """Read a value that must match *pattern*; *rule* says in words what that is."""
        found = self.raw()
        if found and not pattern.fullmatch(found):
            self.wrong(f"{found!r} cannot stand here; use {rule}")
            return ""
        return found

    def raw(self) -> str:
        """Read a single value exactly as it was written."""
        if not isinstance(self.node, Scalar):
            self.wrong("a list or map stands here; write one value")
            return ""
        if not self.node.text.strip():
            self.wrong("no value; write one or leave the key out")
        return self.node.text.strip()

    def whole(self, low: int, high: int) -> int:
        """Read a whole number from *low* to *high*."""
        found = self.raw()
        if not found:
            return low
        if not _WHOLE.fullmatch(found) or not low <= int(found) <= high:
            self.wrong(f"{found!r} is not a whole number from {low:,} to {high:,}")
            return low
        return int(found)

    def number(self) -> Fraction:
        """Read a decimal number exactly."""
        found = self.raw()
        if found and not _DECIMAL.fullmatch(found):
            self.wrong(f"{found!r} is not a number; write digits with a dot, such as 12.5")
            return Fraction(0)
        return Fraction(found or 0)

    def flag(self) -> bool:
        """Read true or false."""
        return self.one_of(("true", "false")) == "true"

    def one_of(self, allowed: Collection[str]) -> str:
        """Read one word out of a closed list."""
        found = self.raw()
        if found and found not in allowed:
            self.wrong(f"{found!r} is not one of {', '.join(allowed)}{meant(found, allowed)}")
            return next(iter(allowed), "")
        return found

    def date(self) -> date:
        """Read a day written as 2026-05-19."""
        found = self.raw()
        try:
            if found and not _DATE.fullmatch(found):
                raise ValueError
            return date.fromisoformat(found) if found else date.min
        except ValueError:
            self.wrong(f"{found!r} is not a date; write it as 2026-05-19")
            return date.min

    def texts(self, languages: tuple[str, ...]) -> Text:
        """Read a sentence, or a map from language to sentence; plain means the first language."""
        if isinstance(self.node, Scalar):
            return Text({languages[0]: self.text()})
        found = {}
        for name, item in self.pairs():
            if name.node_text not in languages:
                name.wrong(
                    f"{name.node_text!r} is not a language of this file; "
                    f"list it under languages or use {', '.join(languages)}"
                )
            found[name.node_text] = item.text()
        if languages[0] not in found:
            self.wrong(f"no text in {languages[0]!r}, the first language; write one")
        for language in languages[1:]:
            if language not in found:
                self.warn(f"no text in {language!r}; readers see {languages[0]!r} instead")
        return Text(found or {languages[0]: ""})

    @property
    def node_text(self) -> str:
        """The text of a single value, without any check."""
        return self.node.text if isinstance(self.node, Scalar) else ""

    # --- several values ---

    def items(self) -> list[Item]:
        """Read a list."""
        if not isinstance(self.node, Sequence):
            self.wrong("a list must stand here, each line beginning with a dash")
            return []
        return [self.child(str(i), node) for i, node in enumerate(self.node.items, 1)]

    def pairs(self) -> list[tuple[Item, Item]]:
        """Read a map whose keys are the author's own; each pair is (key, value)."""
        if not isinstance(self.node, Mapping):
            self.wrong("a map must stand here, each line as `key: value`")
            return []
        return [
            (Item(key, f"{self.key}.{key.text}" if self.key else key.text, self.problems),
             self.child(key.text, value))
            for key, value in self.node.pairs
        ]  # fmt: skip

    def record(self, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Item]:
        """Read a map with known keys; names what is missing and what does not belong."""
        required, known = tuple(required), (*required, *optional)
        found: dict[str, Item] = {}
        for name, item in self.pairs():
            if name.node_text in known:
                found[name.node_text] = item
            else:
                name.wrong(f"no such key{meant(name.node_text, known)}")
        if isinstance(self.node, Mapping):
            for key in required:
                if key not in found:
                    self.wrong(f"the key {key!r} is missing")
        return found


def meant(found: str, known: Collection[str]) -> str:
    """Return ``; did you mean 'x'?`` with the nearest known word, or what is known if few."""
    folded = {word.casefold(): word for word in known}
    near = difflib.get_close_matches(found.casefold(), folded, n=1, cutoff=0.5)
    if near:
        return f"; did you mean {folded[near[0]]!r}?"
    few = 12
    return f"; known: {', '.join(known)}" if 0 < len(known) <= few else ""


def same_but_for_case(ids: Iterable[tuple[str, Item]]) -> None:
    """Name every id that another one equals, or equals but for capitals."""
    seen: dict[str, tuple[str, Item]] = {}
    for word, item in ids:
        if not word:
            continue
        if word.casefold() in seen:
            other, first = seen[word.casefold()]
            how = "is used" if other == word else f"differs only by capitals from {other!r}"
            item.wrong(f"{word!r} {how} in line {first.place.line} already; give it another id")
        else:
            seen[word.casefold()] = (word, item)
