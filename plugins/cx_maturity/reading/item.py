"""
Tiny readers that turn plain data into typed values.

A reader that finds something wrong notes it, with its place, and returns a
harmless stand-in so that the rest of the file is read as well.  Nothing made
from a stand-in leaves :mod:`validate`: any problem at all ends in an error.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.errors import QUOTED, quoted
from cx_maturity.model import Text
from cx_maturity.reading.node import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from cx_maturity.errors import Place, Problems

FOLDER_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
FOLDER_ID_RULE = "1 to 60 of a-z, 0-9 and -, beginning and ending with a letter or digit"
MEASURE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
MEASURE_ID_RULE = "1 to 60 of letters, digits, dot, dash and underscore"
VERSION = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){0,2}")
LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?")
LANGUAGE_RULE = "a language code such as en, fi, sv or nb"

TEXT_LENGTH = 4_000
# Years outside these are slips of the hand, and days added to them may not exist.
_YEARS = range(1900, 2200)
# A list of so many known words, with so many letters in all, is short enough to print.
FEW, SHORT = 12, 400
# Among more words than this, or for a longer one, looking for the nearest takes too long.
MANY, LONG = 1_000, 100

# How alike two words must be, 0-1, for one to be taken for the other misspelt.
_CUTOFF = 0.5
# Word processors make them of straight ones, which alone YAML knows.
_CURLY = "\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb"
# Marks that turn the direction of the text around them; taken out, a sentence reads the same.
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
# No zero in front: one reader's 010 is ten, another's eight.
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,11})")
# A word that may stand between the brackets of a list without quotation marks.
_LISTED = re.compile(r"[^\W_][^,:#{}\[\]'\"]*|-?[0-9.]+")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,9})?")


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

    def unknown(self, message: str, found: str, known: Collection[str]) -> None:
        """Note that *found* is none of the *known* words, and which was meant."""
        guess = "" if self.problems.is_long(self.place.path) else meant(found, known)
        self.wrong(f"{message}{guess}")

    def warn(self, message: str) -> None:
        """Note that this value deserves a look."""
        self.problems.add(self.node.place, self.key, message, warning=True)

    def child(self, name: str, node: Node) -> Item:
        """Return the value under *name*."""
        return Item(node, f"{self.key}.{name}" if self.key else name, self.problems)

    @property
    def is_map(self) -> bool:
        """Tell whether this is a map."""
        return isinstance(self.node, Mapping)

    # --- single values ---

    @property
    def is_word(self) -> bool:
        """Tell whether this is a single value rather than a list or a map."""
        return isinstance(self.node, Scalar)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing stands after the key."""
        return isinstance(self.node, Scalar) and not self.node.text.strip()

    @property
    def hidden(self) -> str:
        """What stands in place of an empty value and is a comment: a colour without quotes."""
        return self.node.comment if isinstance(self.node, Scalar) else ""

    @property
    def node_text(self) -> str:
        """The text of a single value, without any check."""
        return self.node.text if isinstance(self.node, Scalar) else ""

    def raw(self) -> str:
        """Read a single value as it was written, without space around it."""
        if not isinstance(self.node, Scalar):
            self.wrong("a list or map stands here; write one value")
            return ""
        found = self.node.text.strip()
        if not found and self.hidden:
            self.wrong(
                f"{quoted(self.hidden)} is a comment and no value; put it in quotation marks"
            )
        elif not found:
            self.wrong("no value; write one or leave the key out")
        return found

    def plain(self) -> str:
        """Read a single value that no kind of quotation mark is a part of."""
        found = self.raw()
        if found and found[0] in _CURLY:
            self.wrong(f'{quoted(found)} stands in curly quotation marks; write straight ones (")')
            return ""
        return found

    def text(self) -> str:
        """Read a sentence or a word; runs of space and line breaks become one space."""
        found = self.raw()
        text = _BIDI.sub("", " ".join(found.split()))
        if found and not any(map(str.isprintable, text)):
            self.wrong("no value that one can see; write one or leave the key out")
        elif len(text) > TEXT_LENGTH:
            self.wrong(f"{len(text):,} characters; at most {TEXT_LENGTH:,}")
        return text

    def word(self, pattern: re.Pattern[str], rule: str) -> str:
        """Read a value that must match *pattern*; *rule* says in words what that is."""
        found = self.plain()
        if found and not pattern.fullmatch(found):
            guess = such_as(found) if pattern is FOLDER_ID else ""
            self.wrong(f"{quoted(found)} cannot stand here; use {rule}{guess}")
            return ""
        return found

    def whole(self, low: int, high: int) -> int:
        """Read a whole number from *low* to *high*."""
        found = self.plain()
        if not found:
            return low
        if not _WHOLE.fullmatch(found) or not low <= int(found) <= high:
            self.wrong(f"{quoted(found)} is not a whole number from {low:,} to {high:,}")
            return low
        return int(found)

    def number(self) -> Fraction | None:
        """Read a decimal number exactly."""
        found = self.plain()
        if found and not _DECIMAL.fullmatch(found):
            self.wrong(f"{quoted(found)} is not a number; write digits with a dot, such as 12.5")
            return None
        return Fraction(found) if found else None

    def flag(self) -> bool:
        """Read true or false."""
        return self.one_of(("true", "false")) == "true"

    def one_of(self, allowed: Collection[str]) -> str:
        """Read one word out of a closed list."""
        found = self.plain()
        if not found or found in allowed:
            return found
        if not allowed:
            self.wrong(f"{quoted(found)} cannot stand here; there is nothing to choose from")
        elif few := listed(allowed):
            self.wrong(f"{quoted(found)} is not one of {few}{near(found, allowed)}")
        else:
            self.unknown(f"{quoted(found)} is not known", found, allowed)
        return ""

    def date(self) -> tuple[date, str]:
        """
        Read 2026-05-19, or 2026-05 or 2026 where no more is known.

        Returns the first day that it may mean, and "day", "month" or "year".
        """
        found = self.plain()
        if _DATE.fullmatch(found):
            with suppress(ValueError):  # the 30th of February
                known = ("year", "month", "day")[found.count("-")]
                day = date.fromisoformat(found + "-01" * (2 - found.count("-")))
                if day.year in _YEARS:
                    return day, known
                years = f"{_YEARS.start} to {_YEARS.stop - 1}"
                self.wrong(f"{quoted(found)} lies outside the years {years}")
                return date.min, "day"
        if found:
            self.wrong(f"{quoted(found)} is not a date; write it as 2026-05-19, 2026-05 or 2026")
        return date.min, "day"

    def texts(self, languages: tuple[str, ...]) -> Text:
        """
        Read a sentence, or a map from language to sentence; plain means the first language.

        No *languages*: which there are could not be read, so that none is judged.
        """
        if not languages:
            return self._in_any_language()
        if isinstance(self.node, Scalar):
            plain = self.text()
            if any(map(str.isalpha, plain)):
                self.untranslated(languages[1:], languages[0])
            return Text({languages[0]: plain})
        if isinstance(self.node, Sequence):
            self.wrong("a list stands here; write one sentence, or one under each language")
            return Text({languages[0]: ""})
        found = {}
        for name, item in self.pairs():
            if name.node_text not in languages:
                meant = "; did you mean 'nb'?" if name.node_text == "no" else ""
                name.wrong(
                    f"{quoted(name.node_text)} is not a language of this file; "
                    f"list it under languages or use {', '.join(languages)}{meant}"
                )
            found[name.node_text] = item.text()
        if languages[0] not in found:
            self.wrong(f"no text in {languages[0]!r}, the first language; write one")
        missing = [language for language in languages[1:] if language not in found]
        self.untranslated(missing, languages[0])
        # In the order of the list: whoever asks for another language reads the first.
        told = {language: found[language] for language in languages if language in found}
        return Text(told or {languages[0]: ""})

    def _in_any_language(self) -> Text:
        items = [item for _, item in self.pairs()] if self.is_map else [self]
        return Text({"en": " ".join(item.text() for item in items)})

    def untranslated(self, missing: Collection[str], seen: str) -> None:
        """Warn of languages in which nothing stands here, where readers see the language *seen*."""
        if missing:
            named = ", ".join(map(repr, missing))
            self.warn(f"no text in {named}; readers see {seen!r} instead")

    # --- several values ---

    def items(self) -> list[Item]:
        """Read a list."""
        if not isinstance(self.node, Sequence):
            self.wrong(f"a list must stand here, {self._as_list()}")
            return []
        return [self.child(str(i), node) for i, node in enumerate(self.node.items, 1)]

    def _as_list(self) -> str:
        """Say how to write a list, such as the one that stands here without its brackets."""
        words = [word.strip() for word in self.node_text.split(",")]
        if all(map(_LISTED.fullmatch, words)) and len(self.node_text) <= QUOTED:
            return f"not {quoted(self.node_text)}; write [{', '.join(words)}]"
        return "each line beginning with a dash"

    def some(self) -> list[Item]:
        """Read a list that holds one thing at least."""
        items = self.items()
        if not items and isinstance(self.node, Sequence):
            self.wrong("the list is empty; give one at least")
        return items

    def pairs(self) -> list[tuple[Item, Item]]:
        """Read a map whose keys are the author's own; each pair is (key, value)."""
        if not isinstance(self.node, Mapping):
            dash = " and without a dash" if isinstance(self.node, Sequence) else ""
            self.wrong(f"a map must stand here, each line as `key: value`{dash}")
            return []
        found = []
        for key, value in self.node.pairs:
            path = f"{self.key}.{key.text}" if self.key else key.text
            found.append((Item(key, path, self.problems), Item(value, path, self.problems)))
        return found

    def some_pairs(self) -> list[tuple[Item, Item]]:
        """Read a map whose keys are the author's own and that holds one pair at least."""
        pairs = self.pairs()
        if not pairs and self.is_map:
            self.wrong("the map is empty; give one pair at least, or leave the key out")
        return pairs

    def record(self, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Item]:
        """Read a map with known keys; names what is missing and what does not belong."""
        required, known = tuple(required), (*required, *optional)
        found: dict[str, Item] = {}
        meant: set[str] = set()
        if self.is_word:
            few = listed(known)
            one = "key is" if len(known) == 1 else "keys are"
            more = f"; its {one} {few}" if few else ""
            self.wrong(f"a map must stand here, each line as `key: value`{more}")
            return found
        for name, item in self.pairs():
            if name.node_text in known:
                found[name.node_text] = item
            else:
                name.unknown("no such key", name.node_text, known)
                meant.add(nearest(name.node_text, known))
        if isinstance(self.node, Mapping):
            for key in required:
                # A misspelt one has been named where it stands.
                if key not in found and key not in meant:
                    self.wrong(f"the key {key!r} is missing")
        return found


def such_as(found: str) -> str:
    """Return ``, such as x``, where *found* is nearly the name of a folder."""
    plain = unicodedata.normalize("NFKD", found.casefold())
    if "/" in found or "\\" in found:
        return ""  # a path
    words = re.findall("[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    made = "-".join(words)
    return f", such as {made}" if FOLDER_ID.fullmatch(made) else ""


def near(found: str, known: Collection[str], cutoff: float = _CUTOFF) -> str:
    """Return ``; did you mean 'x'?`` with the nearest known word, if one is near."""
    guess = nearest(found, known, cutoff)
    return f"; did you mean {quoted(guess)}?" if guess else ""


def nearest(found: str, known: Collection[str], cutoff: float = _CUTOFF) -> str:
    """Return the known word that is nearest, "" where none is nearer than *cutoff*, 0-1."""
    if len(found) > LONG or len(known) > MANY:
        return ""
    folded = {word.casefold(): word for word in known}
    best = difflib.get_close_matches(found.casefold(), folded, n=1, cutoff=cutoff)
    return folded[best[0]] if best else ""


def listed(known: Collection[str]) -> str:
    """Return all that is known when that is little, else nothing."""
    together = ", ".join(known) if len(known) <= FEW else ""
    return together if len(together) <= SHORT else ""


def meant(found: str, known: Collection[str]) -> str:
    """Return which known word was meant, else all that is known when that is little."""
    few = listed(known)
    return near(found, known) or (f"; known: {few}" if few else "")


def same_but_for_case(ids: Iterable[tuple[str, Item]]) -> None:
    """Name every id that another one equals, or equals but for capitals."""
    seen: dict[str, tuple[str, Item]] = {}
    for word, item in ids:
        if not word:
            continue
        if word.casefold() not in seen:
            seen[word.casefold()] = (word, item)
            continue
        other, first = seen[word.casefold()]
        where = f"line {first.place.line}"
        if first.place.path != item.place.path:
            where = f"{first.place.path.name}, {where}"
        how = "is used already" if other == word else f"differs only by capitals from {other!r}"
        item.wrong(f"{word!r} {how} in {where}; give it another id")
