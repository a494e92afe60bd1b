"""
Pelican's side: put the records into its context, write our pages with its writer.

One report at a time is scored, written and let go, so that a thousand
organisations need no more memory than one.
"""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, cast

import nh3
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pelican import signals
from pelican.generators import Generator
from rcssmin import cssmin

from cx_maturity.addresses import (
    method_languages,
    method_path,
    newest_path,
    trace_path,
    wave_path,
)
from cx_maturity.advise import advise
from cx_maturity.benchmark import compare
from cx_maturity.change import movement
from cx_maturity.contents import TEMPLATES, check_contents
from cx_maturity.errors import Problems
from cx_maturity.explain import trace_page
from cx_maturity.load import text
from cx_maturity.pages.benchmarks import benchmarks_page
from cx_maturity.pages.brand import Dress, dressed
from cx_maturity.pages.languages import as_written, notes, tongues
from cx_maturity.pages.listing import Entry, entry, industry_title, listing, newest
from cx_maturity.pages.method import method_page
from cx_maturity.parts.subject import Subject, subject
from cx_maturity.report import Link, report
from cx_maturity.reportcsv import actions_csv, scores_csv
from cx_maturity.reportdata import SCHEMA, document, report_data, schema
from cx_maturity.score import scorecard
from cx_maturity.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pelican import Pelican
    from pelican.writers import Writer

    from cx_maturity.model import Organisation, Questionnaire, Wave
    from cx_maturity.publish import Site

# Stands for the site's root until a page knows where it lies; no text can hold it.
ROOT = "\0"
NEWEST = 6


class Reports(Generator):  # type: ignore[misc]  # Pelican ships no types
    """Writes reports, the list of organisations, benchmarks and method pages."""

    @property
    def site(self) -> Site:
        """The checked records, which ``publish`` put into the settings."""
        return cast("Site", self.settings["CX_MATURITY"])

    @property
    def words(self) -> Words:
        """The site's own language."""
        return self._words(self.settings["DEFAULT_LANG"])

    def _words(self, language: str) -> Words:
        """Open a language once in a build."""
        opened: dict[str, Words] = self.settings["CX_WORDS"]
        if language not in opened:
            opened[language] = Words(language, self.settings["DEFAULT_LANG"])
        return opened[language]

    def generate_context(self) -> None:
        """Give every template what the home page and the footer show."""
        public = [o for o in self.site.assessments.organisations if o.waves]
        latest = sorted(public, key=lambda o: o.waves[-1].date, reverse=True)[:NEWEST]
        told = (self._told(o, o.waves[-1]) for o in latest)
        entries = [self._entry(about(self.words)) for about in told]
        self.context["CX_HOME"] = newest(entries, self.words, NEWEST)
        used = Counter(wave.questionnaire.fingerprint for o in public for wave in o.waves)
        questionnaires = self.site.assessments.questionnaires.values()
        self.asked = sorted(questionnaires, key=lambda q: -used[q.fingerprint])
        self.context["CX_METHODS"] = self._methods(self.words)

    def generate_output(self, _writer: Writer) -> None:
        """Write every page."""
        assessments, words = self.site.assessments, self.words
        self._write_files(self.settings["CX_DRESS"])
        self._put(SCHEMA, schema().encode())
        organisations = [o for o in assessments.organisations if o.waves]
        entries = []
        for done, organisation in enumerate(organisations, start=1):
            entries.append(self._write_organisation(organisation))
            # A page and the macros of its template hold each other, and `publish` has turned the
            # collector off: a site of 300 took 100 MB more.  Only what is new is looked at.
            gc.collect(0)
            self.site.progress(done, len(organisations))
        listed = self._render("organisations", words, listing=listing(entries, words))
        self._write("organisations/index.html", listed)
        for questionnaire in assessments.questionnaires.values():
            self._write_method(questionnaire)
        benchmarks = benchmarks_page(
            assessments.editions, assessments.published, assessments.questionnaires, words
        )
        self._write("benchmarks/index.html", self._render("benchmarks", words, page=benchmarks))
        self.site.pages["index.html"] = None

    def _write_method(self, questionnaire: Questionnaire) -> None:
        """Write a questionnaire's page in the site's language and in each of its own."""
        site = self.words.language
        spoken = [self._words(language) for language in method_languages(questionnaire, site)]
        for words in spoken:
            page = method_page(questionnaire, self.site.assessments.editions, words)
            made = self._render(
                "method",
                words,
                page=page,
                notes=notes(questionnaire, words),
                tongues=tongues(spoken, words, lambda each: method_path(questionnaire, each, site)),
            )
            self._write(page.path, made)

    def _write_organisation(self, organisation: Organisation) -> Entry:
        """Write each wave in each language, the newest also where it can always be found."""
        dress = self._dress(organisation)
        self._write_files(dress)
        for wave in organisation.waves:
            told = self._told(organisation, wave)
            found = {each: told(self._words(each)) for each in organisation.languages}
            for about in found.values():
                self._write_report(about, dress)
        return self._entry(found.get(self.words.language) or told(self.words))

    def _write_report(self, about: Subject, dress: Dress) -> None:
        """Write a report, and the page that every number of it leads to."""
        organisation, wave, language = about.organisation, about.wave.id, about.words.language
        made = report(about, self._industry(organisation, about.words))
        around = self._around(about, dress, wave_path)
        page = self._render("report", about.words, report=made, **around)
        paths = [wave_path(organisation, wave, language)]
        if about.wave is organisation.waves[-1]:
            paths.append(newest_path(organisation, language))
        for path in paths:
            self._write(path, page)
        self._write_data(paths, about, made.board.verdict)
        around = self._around(about, dress, trace_path)
        page = self._render("trace", about.words, trace=trace_page(about), **around)
        self._write(about.trace_path, page)

    def _write_data(self, pages: Sequence[str], about: Subject, verdict: str) -> None:
        """Write a report's numbers beside each of its *pages*."""
        data = report_data(about, verdict, SCHEMA)
        # Spreadsheets take a file for UTF-8 by its first three bytes.
        scores = scores_csv(data).encode("utf-8-sig")
        actions = actions_csv(data).encode("utf-8-sig")
        for page in pages:
            folder, up = page.removesuffix("index.html"), "../" * page.count("/")
            here = {**data, "$schema": f"{up}{SCHEMA}"}
            self._put(f"{folder}report.json", document(here).encode())
            self._put(f"{folder}scores.csv", scores)
            self._put(f"{folder}actions.csv", actions)

    def _around(
        self, about: Subject, dress: Dress, path: Callable[[Organisation, str, str], str]
    ) -> dict[str, object]:
        """Return what stands around a page of an organisation that lies at *path*."""
        organisation, wave, words = about.organisation, about.wave.id, about.words
        spoken = [self._words(language) for language in organisation.languages]
        return {
            "SITENAME": dress.name or self.settings["SITENAME"],
            "brand": dress.to(words.language),
            "canonical": f"{self._home}/{path(organisation, wave, words.language)}",
            "notes": notes(about.questionnaire, words),
            "tongues": tongues(spoken, words, lambda each: path(organisation, wave, each)),
        }

    def _dress(self, organisation: Organisation) -> Dress:
        worn = self.settings["CX_DRESS"]
        return dressed(organisation.brand) if organisation.brand else cast("Dress", worn)

    def _entry(self, about: Subject) -> Entry:
        return entry(about, self._industry(about.organisation, about.words))

    def _told(self, organisation: Organisation, wave: Wave) -> Callable[[Words], Subject]:
        """Score a wave once, to be told in as many languages as it takes."""
        card = scorecard(wave)
        comparison = compare(card, organisation, self.site.assessments.editions)
        moved = movement(organisation.waves, wave)
        editions = self.site.assessments.editions
        given = advise(organisation, card, comparison, moved, editions)
        return lambda words: subject(organisation, card, comparison, words, moved, advice=given)

    @property
    def _home(self) -> str:
        """The site's address where it has one, else its root as seen from each page."""
        return str(self.settings["SITEURL"] or ROOT)

    def _industry(self, organisation: Organisation, words: Words) -> str:
        return industry_title(organisation.industry, self.site.assessments.editions, words)

    def _methods(self, words: Words) -> list[Link]:
        """Name every questionnaire, and its page in the language of *words* where it has one."""
        return [
            Link(q.title.to(words.language), method_path(q, words.language, words.site))
            for q in self.asked
        ]

    def _render(self, template: str, words: Words, **values: object) -> bytes:
        """Return a page that may be written anywhere: its links begin at :data:`ROOT`."""
        context = {
            **self.context,
            **spoken(words),
            "brand": self.settings["CX_DRESS"].to(words.language),
            "CX_METHODS": self._methods(words),
            "HOME": self._home,
            "SITEURL": ROOT,
            **values,
        }
        return cast("str", self.get_template(template).render(context)).encode()

    def _write_files(self, dress: Dress) -> None:
        """Write a brand's logo and colours, which several organisations may share."""
        for path, data in dress.files:
            self._put(path, data)

    def _put(self, path: str, data: bytes) -> Path:
        """Write *data* to *path* and note its hash; return where it is."""
        target = Path(self.output_path) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self.site.pages[path] = hashlib.sha256(data).hexdigest()
        return target

    def _write(self, path: str, page: bytes) -> None:
        """Write *page* to *path*, its links as seen from there or from the site's address."""
        root = self.settings["SITEURL"]
        if self.settings["RELATIVE_URLS"]:
            root = "/".join([".."] * path.count("/")) or "."
        target = self._put(path, page.replace(ROOT.encode(), root.encode()))
        signals.content_written.send(str(target), context=self.context)


def sanitised(html: str) -> Markup:
    """Return what Markdown made of an author's text, without anything that could run."""
    return Markup(nh3.clean(html))  # noqa: S704 - cleaned in the same breath


def spoken(words: Words) -> dict[str, object]:
    """Return what templates write a page's own sentences with."""
    return {
        "lang": words.language,
        "text": words.text,
        "plural": words.plural,
        "date": words.date,
    }


def prepare(pelican: Pelican) -> None:
    """Set up every template: escaping on, unknown names an error, words in the page's language."""
    settings = pelican.settings
    words = Words(settings["DEFAULT_LANG"])
    dress = dressed(settings["CX_MATURITY"].brand, words.language)
    settings["CX_WORDS"], settings["CX_DRESS"] = {words.language: words}, dress
    settings["SITENAME"] = dress.name or settings["SITENAME"]
    settings["JINJA_ENVIRONMENT"] = {
        **settings["JINJA_ENVIRONMENT"],
        "autoescape": True,
        "auto_reload": False,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    filters = {"sanitised": sanitised, "as_written": as_written}
    settings["JINJA_FILTERS"] = {**settings["JINJA_FILTERS"], **filters}
    settings["JINJA_GLOBALS"] = {
        **settings["JINJA_GLOBALS"],
        **spoken(words),
        "brand": dress,
        "notes": (),
        "tongues": (),
        "preview": settings["CX_MATURITY"].preview,
    }


def offer_templates(generator: Generator) -> None:
    """Let every page use our templates; the theme is searched first, so it may override them."""
    generator.env.loader = ChoiceLoader([generator.env.loader, FileSystemLoader(TEMPLATES)])


def lighten(pelican: Pelican) -> None:
    """Take comments and spare spaces out of the theme's style sheets, as they lie in the output."""
    root = Path(pelican.output_path)
    ours: Site = pelican.settings["CX_MATURITY"]
    for path in sorted((root / "theme").rglob("*.css")):
        if str(path.relative_to(root)) in ours.pages:
            continue  # a brand's, as short as it gets
        style = text(path, Problems())
        if style is not None:
            path.write_text(cssmin(style), "utf-8")


def _generators(_pelican: Pelican) -> type[Reports]:
    return Reports


def register() -> None:
    """Connect to Pelican."""
    signals.initialized.connect(prepare)
    signals.generator_init.connect(offer_templates)
    signals.all_generators_finalized.connect(check_contents)
    signals.get_generators.connect(_generators)
    signals.finalized.connect(lighten)
