"""Read by which words minutes mention customers, and find them in a text."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from cx_maturity.errors import quoted
from cx_maturity.reading.item import LANGUAGE, LANGUAGE_RULE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cx_maturity.reading.item import Item

WORDS, LETTERS = 200, 60
_ENTRY = re.compile(r"[^\W\d_][^\W_]+(?:-[^\W_]+)*\*?")
_ENTRY_RULE = "a word of two letters at least, or its beginning with * behind it"
# Marks on one letter, far more than any language has; to put them in order takes their number
# squared.  Two of them count as letters: U+FF9E and U+FF9F, marks of half-width katakana.
_PILE = re.compile("(?:[^\\w\\s]|[\uff9e\uff9f]){32,}")
# What splits a word on the page without being seen: soft hyphens, and spaces of no width.
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def mentions(item: Item) -> dict[str, tuple[str, ...]]:
    """Read words, or their beginnings with * behind them, under each language."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in item.some_pairs():
        language = name.word(LANGUAGE, LANGUAGE_RULE)
        entries = value.some()
        if len(entries) > WORDS:
            value.wrong(f"{len(entries)} words; at most {WORDS}")
        words: dict[str, None] = {}
        for entry in entries:
            word = _word(entry)
            if word in words:
                entry.wrong(f"{quoted(word)} is listed twice; list it once")
            elif word:
                words[word] = None
        if language:
            found[language] = tuple(words)
    return found


def _word(entry: Item) -> str:
    """Read a word as it is looked for; "" for one that cannot be."""
    found = entry.raw()
    if len(found) > LETTERS:
        entry.wrong(f"{len(found):,} letters; at most {LETTERS}")
    elif found and not _ENTRY.fullmatch(_composed(found)):
        entry.wrong(f"{quoted(found)} cannot stand here; use {_ENTRY_RULE}")
    else:
        return folded(found)
    return ""


def folded(said: str) -> str:
    """Return a text without capitals and without what cannot be seen, in Unicode's form NFKC."""
    return unicodedata.normalize("NFKC", _composed(said).casefold())


def _composed(said: str) -> str:
    return unicodedata.normalize("NFKC", _PILE.sub(" ", _UNSEEN.sub("", said)))


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return what finds one of *words*, read by :func:`mentions`, in a text that is folded."""
    # A word ends where no letter or digit follows; an underscore is no part of it.
    some = (re.escape(word).replace(r"\*", r"[^\W_]*") for word in words)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(some)})(?![^\W_])")
