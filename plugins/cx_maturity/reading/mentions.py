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

WORDS = 200
_ENTRY = re.compile(r"[^\W\d_][^\W_]+(?:-[^\W_]+)*\*?")
_ENTRY_RULE = "a word of two letters at least, or its beginning with * behind it"
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
            word = folded(entry.word(_ENTRY, _ENTRY_RULE))
            if word in words:
                entry.wrong(f"{quoted(word)} is listed twice; list it once")
            elif word:
                words[word] = None
        if language and words:
            found[language] = tuple(words)
    return found


def folded(said: str) -> str:
    """Return a text without capitals and without what cannot be seen, in Unicode's form NFKC."""
    seen = unicodedata.normalize("NFKC", _UNSEEN.sub("", said))
    return unicodedata.normalize("NFKC", seen.casefold())


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return what finds one of *words*, read by :func:`mentions`, in a text that is folded."""
    # A word ends where no letter or digit follows; an underscore is no part of it.
    some = (re.escape(word).replace(r"\*", r"[^\W_]*") for word in words)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(some)})(?![^\W_])")
