"""
Pelican's side: put the records into its context, write our pages with its writer.

One report at a time is scored, written and let go, so that a thousand
organisations need no more memory than one.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import nh3
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pelican import signals
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, PelicanTemplateNotFound

from cx_maturity.advise import advise
from cx_maturity.benchmark import compare
from cx_maturity.change import movement
from cx_maturity.errors import ContentError, Place, Problem, quoted
from cx_maturity.explain import trace_page
from cx_maturity.pages.benchmarks import benchmarks_page
from cx_maturity.pages.listing import Entry, entry, industry_title, listing, newest
from cx_maturity.pages.method import method_page
from cx_maturity.parts.subject import Subject, subject
from cx_maturity.report import Link, method_path, newest_path, report, wave_path
from cx_maturity.score import scorecard
from cx_maturity.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pelican import Pelican
    from pelican.writers import Writer

    from cx_maturity.model import Organisation, Wave
    from cx_maturity.publish import Site

TEMPLATES = Path(__file__).with_name("templates")
# Stands for the site's root until a page knows where it lies; no text can hold it.
ROOT = "\0"
NEWEST = 6

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


class Reports(Generator):  # type: ignore[misc]  # Pelican ships no types
    """Writes reports, the list of organisations, benchmarks and method pages."""

    @property
    def site(self) -> Site:
        """The checked records, which ``publish`` put into the settings."""
        return cast("Site", self.settings["CX_MATURITY"])

    @property
    def words(self) -> Words:
        """The site's own language."""
        return cast("Words", self.settings["CX_WORDS"])

    def generate_context(self) -> None:
        """Give every template what the home page and the footer show."""
        public = [o for o in self.site.assessments.organisations if o.waves]
        latest = sorted(public, key=lambda o: o.waves[-1].date, reverse=True)[:NEWEST]
        entries = [self._entry(organisation) for organisation in latest]
        self.context["CX_HOME"] = newest(entries, self.words, NEWEST)
        used = Counter(wave.questionnaire.fingerprint for o in public for wave in o.waves)
        questionnaires = self.site.assessments.questionnaires.values()
        self.context["CX_METHODS"] = [
            Link(q.title.to(self.words.language), method_path(q.id, q.version))
            for q in sorted(questionnaires, key=lambda q: -used[q.fingerprint])
        ]

    def generate_output(self, _writer: Writer) -> None:
        """Write every page."""
        assessments, words = self.site.assessments, self.words
        organisations = [o for o in assessments.organisations if o.waves]
        entries = []
        for done, organisation in enumerate(organisations, start=1):
            entries.append(self._write_organisation(organisation))
            self.site.progress(done, len(organisations))
        listed = self._render("organisations", listing=listing(entries, words))
        self._write("organisations/index.html", listed)
        for questionnaire in assessments.questionnaires.values():
            page = method_page(questionnaire, assessments.editions, words)
            self._write(page.path, self._render("method", page=page))
        benchmarks = benchmarks_page(
            assessments.editions, assessments.published, assessments.questionnaires, words
        )
        self._write("benchmarks/index.html", self._render("benchmarks", page=benchmarks))
        self.site.pages["index.html"] = None

    def _write_organisation(self, organisation: Organisation) -> Entry:
        """Write each wave's report, the newest also where it can always be found."""
        made: Entry | None = None
        for wave in organisation.waves:
            about = self._subject(organisation, wave)
            industry = self._industry(organisation, about.words)
            path = wave_path(organisation, wave.id)
            page = self._render(
                "report",
                report=report(about, industry),
                canonical=f"{self.settings['SITEURL'] or ROOT}/{path}",
                lang=about.words.language,
                text=about.words.text,
                plural=about.words.plural,
            )
            self._write(path, page)
            self._write_trace(about)
            if wave is organisation.waves[-1]:
                self._write(newest_path(organisation), page)
                made = entry(about, industry)
        assert made is not None  # noqa: S101 - only organisations with a wave come here
        return made

    def _write_trace(self, about: Subject) -> None:
        """Write the page that every number of a report leads to."""
        path = about.trace_path
        page = self._render(
            "trace",
            trace=trace_page(about),
            canonical=f"{self.settings['SITEURL'] or ROOT}/{path}",
            lang=about.words.language,
            text=about.words.text,
        )
        self._write(path, page)

    def _entry(self, organisation: Organisation) -> Entry:
        about = self._subject(organisation, organisation.waves[-1])
        return entry(about, self._industry(organisation, about.words))

    def _subject(self, organisation: Organisation, wave: Wave) -> Subject:
        card = scorecard(wave)
        comparison = compare(card, organisation, self.site.assessments.editions)
        moved = movement(organisation.waves, wave)
        editions = self.site.assessments.editions
        advice = advise(organisation, card, comparison, moved, editions)
        return subject(organisation, card, comparison, self.words, moved, advice=advice)

    def _industry(self, organisation: Organisation, words: Words) -> str:
        return industry_title(organisation.industry, self.site.assessments.editions, words)

    def _render(self, template: str, **values: object) -> bytes:
        """Return a page that may be written anywhere: its links begin at :data:`ROOT`."""
        context = {**self.context, "SITEURL": ROOT, **values}
        return cast("str", self.get_template(template).render(context)).encode()

    def _write(self, path: str, page: bytes) -> None:
        """Write *page* to *path*, its links as seen from there or from the site's address."""
        root = self.settings["SITEURL"]
        if self.settings["RELATIVE_URLS"]:
            root = "/".join([".."] * path.count("/")) or "."
        target = Path(self.output_path) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        data = page.replace(ROOT.encode(), root.encode())
        target.write_bytes(data)
        signals.content_written.send(str(target), context=self.context)
        self.site.pages[path] = hashlib.sha256(data).hexdigest()


def sanitised(html: str) -> Markup:
    """Return what Markdown made of an author's text, without anything that could run."""
    return Markup(nh3.clean(html))  # noqa: S704 - cleaned in the same breath


def prepare(pelican: Pelican) -> None:
    """Set up every template: escaping on, unknown names an error, words in the page's language."""
    settings = pelican.settings
    language = settings["DEFAULT_LANG"]
    words = Words(language)
    settings["CX_WORDS"] = words
    settings["JINJA_ENVIRONMENT"] = {
        **settings["JINJA_ENVIRONMENT"],
        "autoescape": True,
        "auto_reload": False,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    settings["JINJA_FILTERS"] = {**settings["JINJA_FILTERS"], "sanitised": sanitised}
    settings["JINJA_GLOBALS"] = {
        **settings["JINJA_GLOBALS"],
        "text": words.text,
        "plural": words.plural,
        "date": words.date,
        "lang": language,
        "preview": settings["CX_MATURITY"].preview,
    }


def offer_templates(generator: Generator) -> None:
    """Let every page use our templates; the theme is searched first, so it may override them."""
    generator.env.loader = ChoiceLoader([generator.env.loader, FileSystemLoader(TEMPLATES)])


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


def _generators(_pelican: Pelican) -> type[Reports]:
    return Reports


def register() -> None:
    """Connect to Pelican."""
    signals.initialized.connect(prepare)
    signals.generator_init.connect(offer_templates)
    signals.all_generators_finalized.connect(check_contents)
    signals.get_generators.connect(_generators)
