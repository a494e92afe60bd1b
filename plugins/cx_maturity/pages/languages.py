"""The languages of a page: where it lies in the others, and what nobody translated."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from cx_maturity.model import Text, Untranslated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cx_maturity.model import Questionnaire
    from cx_maturity.words import Words


class Tongue(NamedTuple):
    """One language of a page; *name* is how its own readers call it."""

    language: str
    name: str
    path: str
    is_current: bool


class Note(NamedTuple):
    """A band above a page: a tag, the language that this is in, and what it says."""

    tag: str
    text: str


def tongues(
    spoken: Iterable[Words], current: Words, path: Callable[[str], str]
) -> tuple[Tongue, ...]:
    """List the languages of a page, which lies at *path* in each; nothing where it is one."""
    found = tuple(
        Tongue(words.language, words.own_name, path(words.language), words is current)
        for words in spoken
    )
    return found if len(found) > 1 else ()


def notes(questionnaire: Questionnaire, words: Words) -> tuple[Note, ...]:
    """Say above a page which texts of its questionnaire are in another language than it is."""
    language = words.language
    if language == questionnaire.languages[0]:
        return ()
    told = [text.has(language) for text in _texts(questionnaire)]
    if all(told):
        return ()
    if any(told):
        said = words.text("Parts of the questionnaire are not translated, and stand as written.")
    else:
        said = words.text("The questionnaire is not translated: its texts stand as written.")
    return (Note(words.tongue(questionnaire.languages[0]), said),)


def as_written(text: str) -> str:
    """Mark a text for its reader's ears where it is in another language than the page."""
    if isinstance(text, Untranslated):
        return Markup('<span lang="{}">{}</span>').format(text.language, text)
    return escape(text)


def _texts(found: object) -> Iterator[Text]:
    """Yield every text in a record and in what it holds."""
    if isinstance(found, Text):
        yield found
    elif is_dataclass(found):
        for each in fields(found):
            yield from _texts(getattr(found, each.name))
    elif isinstance(found, tuple):
        for each in found:
            yield from _texts(each)
    elif isinstance(found, dict):
        for each in found.values():
            yield from _texts(each)
