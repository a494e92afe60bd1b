"""The site's own texts: what Pelican read of them is checked before anything is written."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.generators import ArticlesGenerator, PagesGenerator, PelicanTemplateNotFound

from cx_maturity.errors import ContentError, Place, Problem, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pelican.generators import Generator

# Where our templates lie; none of them is for a text.
TEMPLATES = Path(__file__).with_name("templates")
# Where our own pages lie; no article may take their place.
OURS = ("benchmarks", "index.html", "method", "organisations", "theme")
SLUG = re.compile(r"\w[\w-]*(\.[\w-]+)*")
# What a generator of texts keeps them in, beside drafts.
LISTS = (
    "articles",
    "hidden_articles",
    "pages",
    "hidden_pages",
    "translations",
    "hidden_translations",
)
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


def check_contents(generators: Iterable[Generator]) -> None:
    """
    Leave drafts out; refuse an article that would lie elsewhere than articles may.

    Raises :class:`~cx_maturity.errors.ContentError` with every problem of every article.
    """
    context = next(iter(generators)).context
    texts: dict[str, Any] = context["generated_content"]
    texts.update({path: None for path, text in texts.items() if _is_draft(text)})
    for generator in generators:
        _leave_out_drafts(generator)
    kept = {path: text for path, text in sorted(texts.items()) if text is not None}
    wanted = set().union(*(text.get_static_links() for text in kept.values()))
    files = [
        file
        for file in context["staticfiles"]
        if file.get_relative_source_path() in wanted or not _is_linked_only(file, context)
    ]
    context["staticfiles"] = files
    problems = [problem for text in kept.values() for problem in _text_problems(text)]
    problems += [problem for file in files for problem in _file_problems(file, kept.values())]
    problems += _clashes([*kept.values(), *files])
    problems += _without_template(generators)
    if problems:
        raise ContentError(sorted(problems))


def _is_draft(text: Any) -> bool:  # noqa: ANN401 - Pelican ships no types
    return getattr(text, "status", "") == "draft"


def _is_linked_only(file: Any, context: dict[str, Any]) -> bool:  # noqa: ANN401 - see above
    """Tell a file that is here for a link to it; only a draft had one when it is not wanted."""
    return file.get_relative_source_path() in context["static_links"]


def _leave_out_drafts(generator: Generator) -> None:
    if not isinstance(generator, ArticlesGenerator | PagesGenerator):
        return
    for name in ("drafts", "drafts_translations", "draft_pages", "draft_translations"):
        if hasattr(generator, name):
            setattr(generator, name, [])


def _without_template(generators: Iterable[Generator]) -> Iterator[Problem]:
    for generator in generators:
        texts = (getattr(generator, name, ()) for name in LISTS)
        for text in (text for found in texts for text in found):
            try:
                generator.get_template(text.template)
            except PelicanTemplateNotFound:
                message = f"the theme has no template {quoted(text.template)}"
                yield _problem(text, "template", message)


def _text_problems(text: Any) -> Iterator[Problem]:  # noqa: ANN401 - see above
    for key in ("save_as", "url"):
        if key in text.metadata:
            yield _problem(text, key, "a text's address follows from its slug; leave this out")
    if not SLUG.fullmatch(getattr(text, "slug", "")):
        rule = "letters, digits, hyphens and single dots"
        yield _problem(
            text, "slug", f"{quoted(text.slug)} cannot be part of an address; use {rule}"
        )
    if (TEMPLATES / f"{text.template}.html").exists():
        yield _problem(text, "template", f"{quoted(text.template)} is no template for texts")
    if not LANGUAGE.fullmatch(text.lang):
        yield _problem(text, "lang", f"{quoted(text.lang)} is no language; write it as in en")


def _file_problems(file: Any, texts: Iterable[Any]) -> Iterator[Problem]:  # noqa: ANN401 - see above
    """Name the text that links to a file which is not there, or not below content/."""
    source = file.get_relative_source_path()
    if _leads_out(source) or _leads_out(file.save_as):
        message = f"{quoted(source)} lies outside content/; put the file there"
    elif not Path(file.source_path).is_file():
        message = f"no file {quoted(source)} in content/"
    else:
        return
    linking = [text for text in texts if source in text.get_static_links()]
    places = [_place(text, re.escape(Path(source).name)) for text in linking]
    for place in places or [Place(Path(file.settings["PATH"]))]:
        yield Problem(place, "", message)


def _leads_out(path: str) -> bool:
    return os.path.normpath(path).startswith(("..", "/"))


def _clashes(contents: list[Any]) -> Iterator[Problem]:
    """Name every text that would be written over one of our pages, or over another text."""
    by_path = defaultdict(list)
    for each in contents:
        by_path[os.path.normpath(each.save_as)].append(each)
    for path, those in by_path.items():
        if path.partition("/")[0] in OURS:
            for each in those:
                yield _problem(each, "slug", f"it would be written to {path}, which is our page")
        for each in those[1:]:
            other = those[0].get_relative_source_path()
            yield _problem(each, "slug", f"it would be written over {quoted(other)}, to {path}")


def _problem(text: Any, key: str, message: str) -> Problem:  # noqa: ANN401 - see above
    return Problem(_place(text, rf"(?i)^\W*{key}\b"), key, message)


def _place(text: Any, pattern: str) -> Place:  # noqa: ANN401 - see above
    """Return the first line of the text's file with *pattern*, or the file's first line."""
    path = Path(text.source_path)
    lines = path.read_text("utf-8", errors="replace").splitlines()
    found = (number for number, line in enumerate(lines, start=1) if re.search(pattern, line))
    return Place(path, next(found, 1))
