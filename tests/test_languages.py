"""Reports in several languages: what is written, where it lies, and what nobody translated."""

import gettext
import re
import shutil
import string
from datetime import date
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from markupsafe import escape

from cx_maturity import __main__ as command
from cx_maturity import addresses, publish, validate, words
from cx_maturity.errors import ContentError, Place, Problem, Problems, folded
from cx_maturity.model import Organisation, Text, Untranslated
from cx_maturity.pages.languages import Note, Tongue, as_written, notes, tongues
from cx_maturity.reading.basis import SPOKEN
from cx_maturity.words import Words

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
LOCALE = ROOT / "plugins/cx_maturity/locale"
NBSP = "\N{NO-BREAK SPACE}"
PLAIN = "assessments/organisations/plain"


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Stand in a site whose public organisation `plain` is told in three languages."""
    shutil.copytree(HERE / "valid", tmp_path / "assessments")
    monkeypatch.chdir(tmp_path)
    change(f"{PLAIN}/organisation.yaml", "private", "public")
    change(f"{PLAIN}/organisation.yaml", "[en]", "[fi, en, sv]")
    return tmp_path


def change(path, old, new):
    file = Path(path)
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def said():
    try:
        _, warnings = validate.assessments(Path("assessments"))
    except ContentError as error:
        return str(error).splitlines()
    return list(map(str, warnings))


# --- numbers, dates and lists --------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "day", "month", "listed", "country"),
    [
        ("en", "5 May 2026", "May 2026", "a, b and c", "Norway"),
        ("fi", "5.\N{NO-BREAK SPACE}toukokuuta 2026", "toukokuu 2026", "a, b ja c", "Norja"),
        ("sv", "5 maj 2026", "maj 2026", "a, b och c", "Norge"),
        ("nb", "5.\N{NO-BREAK SPACE}mai 2026", "mai 2026", "a, b og c", "Norge"),
    ],
)
def test_dates_lists_and_countries_are_the_language_s_own(language, day, month, listed, country):
    spoken = Words(language)

    assert spoken.date(date(2026, 5, 5)) == day
    assert spoken.date(date(2026, 5, 1), "month") == spoken.month(date(2026, 5, 5)) == month
    assert spoken.date(date(2026, 1, 1), "year") == "2026"
    assert spoken.listing(["a", "b", "c"]) == listed
    assert spoken.country("NO") == country


@pytest.mark.parametrize(
    ("language", "thousands", "decimal", "bounds"),
    [
        ("en", "1,234,567", "−1,234.6", "59.3–64.4"),
        ("fi", f"1{NBSP}234{NBSP}567", f"−1{NBSP}234,6", "59,3–64,4"),
        ("sv", f"1{NBSP}234{NBSP}567", f"−1{NBSP}234,6", "59,3–64,4"),
        ("nb", f"1{NBSP}234{NBSP}567", f"−1{NBSP}234,6", "59,3–64,4"),
    ],
)
def test_numbers_have_the_language_s_marks_and_a_true_minus(language, thousands, decimal, bounds):
    spoken = Words(language)

    assert spoken.number(1_234_567) == thousands
    assert spoken.decimal(Fraction("-1234.56"), 1) == decimal
    assert spoken.range_exact(0.593, 0.644) == bounds
    assert spoken.signed(Fraction(-22)) == "−22"
    assert spoken.percent(Fraction(1, 2)) == f"50{NBSP}%"
    assert spoken.percent(Fraction(1, 1000)).endswith(f"1{NBSP}%")


@pytest.mark.parametrize(
    ("language", "title", "inside"),
    [
        ("en", "Listening coverage", "listening coverage"),
        ("fi", "Yksi asiakasnäkymä", "yksi asiakasnäkymä"),
        ("fi", "Äänen kuuluvuus", "äänen kuuluvuus"),
        ("sv", "Återkoppling", "återkoppling"),
        ("nb", "Åpenhet om feil", "åpenhet om feil"),
        ("nb", "NPS over tid", "NPS over tid"),
    ],
)
def test_a_title_within_a_sentence_has_a_small_letter_in_all_of_them(language, title, inside):
    assert Words(language).inside(title) == inside


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["English", "Finnish", "Swedish", "Norwegian Bokmål"]),
        ("fi", ["Englanti", "Suomi", "Ruotsi", "Norjan bokmål"]),
        ("sv", ["Engelska", "Finska", "Svenska", "Norskt bokmål"]),
        ("nb", ["Engelsk", "Finsk", "Svensk", "Norsk bokmål"]),
    ],
)
def test_languages_are_named_in_the_reader_s_and_in_their_own(language, names):
    assert [Words(language).tongue(each) for each in SPOKEN] == names
    assert Words(language).own_name == names[SPOKEN.index(language)]


# --- the catalogues ------------------------------------------------------------------


def catalogue(language):
    with (LOCALE / language / "LC_MESSAGES/cx_maturity.po").open(encoding="utf-8") as file:
        return read_po(file, locale=language)


@pytest.fixture(scope="module")
def extracted():
    """Collect every sentence anew."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = Catalog()
    keywords = {"text": None, "plural": (1, 2)}
    for _, _, message, _, _ in extract_from_dir(ROOT, methods, options, keywords):
        found.add(message)
    return found


def ids(message):
    return message.id if isinstance(message.id, tuple) else (message.id,)


def strings(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def placeholders(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def edges(sentence):
    return sentence[: len(sentence) - len(sentence.lstrip())], sentence[len(sentence.rstrip()) :]


def test_what_may_be_asked_for_is_english_and_what_has_a_catalogue():
    assert {"en", *(path.name for path in LOCALE.iterdir() if path.is_dir())} == set(SPOKEN)


@pytest.mark.parametrize("language", SPOKEN[1:])
def test_a_catalogue_has_every_sentence_and_no_other(language, extracted):
    made = catalogue(language)

    assert [m.id for m in extracted if m.id and not made.get(m.id)] == []
    assert [m.id for m in made if m.id and not extracted.get(m.id)] == []
    assert [m.id for m in made if m.id and not all(strings(m))] == []
    assert [m.id for m in made if m.id and m.fuzzy] == []
    assert list(made.obsolete) == []


@pytest.mark.parametrize("language", SPOKEN[1:])
def test_a_translation_fills_in_what_the_sentence_does(language):
    made = catalogue(language)
    one, many = 0, -1
    wrong = [
        (sentence, translated)
        for message in made
        if message.id and all(strings(message))
        for sentence, translated in (
            (ids(message)[one], strings(message)[one]),
            (ids(message)[many], strings(message)[many]),
        )
        # A form for one thing may leave the figure out, or write it.
        if placeholders(sentence) - {"n"} != placeholders(translated) - {"n"}
        or ("n" in placeholders(ids(message)[many])) < ("n" in placeholders(translated))
        or edges(sentence) != edges(translated)
    ]

    assert wrong == []
    assert (made.num_plurals, made.plural_expr) == (2, "(n != 1)")


def test_a_catalogue_is_read_once():
    assert words.catalogue("fi") is words.catalogue("fi")


def test_the_package_holds_the_catalogues():
    """What the wheel takes along is what lies in the package and git does not ignore."""
    ignored = (ROOT / ".gitignore").read_text("utf-8")

    assert ".po" not in ignored
    assert "locale" not in ignored


# --- what is asked for ---------------------------------------------------------------


@pytest.mark.usefixtures("site")
def test_a_language_that_nobody_can_write_is_refused():
    change(f"{PLAIN}/organisation.yaml", "[fi, en, sv]", "[de, fi, no]")

    known = "is no language that reports are written in; use en, fi, sv, nb"
    assert said() == [
        f"{PLAIN}/organisation.yaml:5:13: languages.1: 'de' {known}",
        f"{PLAIN}/organisation.yaml:5:21: languages.3: 'no' {known}; did you mean 'nb'?",
    ]


def test_a_site_in_a_language_that_nobody_can_write_is_refused(site):
    (site / "pelicanconf.py").write_text('SITENAME = "S"\nDEFAULT_LANG = "de"\n', "utf-8")

    with pytest.raises(ContentError) as wrong:
        publish.build(site)
    assert str(wrong.value) == "pelicanconf.py:2:1: DEFAULT_LANG: 'de' is not one of en, fi, sv, nb"


@pytest.mark.usefixtures("site")
def test_a_language_that_a_questionnaire_has_no_text_in_is_a_warning():
    message = "questionnaire tiny@1.0 has no text in 'sv'; its questions are shown in 'en'"
    place = f"{PLAIN}/organisation.yaml:5:21: warning: languages.3"
    assert said() == [f"{place}: {message}, and the report says so"]


@pytest.mark.usefixtures("site")
def test_a_wrong_list_of_languages_is_not_said_again_of_every_text():
    path = "assessments/questionnaires/tiny/1.0/questionnaire.yaml"
    change(path, "languages: [en, fi]", "languages: [EN, fi]")

    rule = "a language code such as en, fi, sv or nb"
    assert said() == [f"{path}:5:13: languages.1: 'EN' cannot stand here; use {rule}"]


@pytest.mark.usefixtures("site")
def test_norwegian_is_called_by_the_code_of_what_is_written():
    path = "assessments/questionnaires/tiny/1.0/questionnaire.yaml"
    change(path, "title: {en: Tiny, fi: Pieni}", "title: {en: Tiny, fi: Pieni, no: Liten}")

    known = "list it under languages or use en, fi; did you mean 'nb'?"
    assert said() == [f"{path}:6:30: title.no: 'no' is not a language of this file; {known}"]


def test_a_wave_cannot_lie_where_a_language_does(site):
    (site / PLAIN / "2026-05.yaml").rename(site / PLAIN / "fi.yaml")

    assert said() == [
        f"{PLAIN}/fi.yaml:1:1: 'fi' is where the report in that language lies; rename the wave"
    ]


def test_texts_fall_back_to_the_first_language_of_their_file_however_they_are_ordered(site):
    change(
        "assessments/questionnaires/tiny/1.0/questionnaire.yaml",
        "title: {en: Tiny, fi: Pieni}",
        "title: {fi: Pieni, en: Tiny}",
    )
    (questionnaire,) = validate.assessments(site / "assessments")[0].questionnaires.values()

    assert questionnaire.title.to("sv") == "Tiny"


@pytest.mark.usefixtures("site")
def test_a_warning_that_a_folder_repeats_is_shown_ten_times(capsys):
    file = "assessments/questionnaires/tiny/1.0/questionnaire.yaml"
    text = Path(file).read_text("utf-8")
    for one, other in re.findall(r"\{en: ([^,}]+), fi: ([^,}]+)\}", text):
        text = text.replace(f"{{en: {one}, fi: {other}}}", f"'{one}'", 1)
    text = re.sub(r"'([^'\n]*)'", r"{en: \1}", text)
    Path(file).write_text(text, "utf-8")

    assert command.main(["check"]) == 0
    shown = capsys.readouterr().out.splitlines()
    missing = "no text in 'fi'; readers see 'en' instead"
    assert sum(line.endswith(missing) for line in shown) == 10
    assert shown[-2] == (
        f"assessments/questionnaires/tiny/1.0: warning: {missing}: "
        "6 more; cx-maturity check --all shows every one"
    )
    assert command.main(["check", "--all"]) == 0
    assert sum(line.endswith(missing) for line in capsys.readouterr().out.splitlines()) == 16


def test_ten_of_a_kind_are_all_shown_and_another_folder_is_counted_apart(tmp_path):
    here, there = tmp_path / "a/x.yaml", tmp_path / "b/x.yaml"
    found = [Problem(Place(path, line), "", "odd") for path in (here, there) for line in range(10)]

    assert len(list(folded(found))) == 20


def test_warnings_never_hide_what_is_wrong(tmp_path):
    problems = Problems()
    for line in range(2_000):
        problems.add(Place(tmp_path / "a", line), "", "odd", warning=True)
    problems.add(Place(tmp_path / "a", 1), "", "wrong")

    assert [problem.message for problem in problems.errors] == ["wrong"]
    assert len(problems.warnings) == 1_000
    assert "more deserves a look in this file; from here on its problems are not listed" in {
        problem.message for problem in problems.warnings
    }


# --- what falls back -----------------------------------------------------------------


def test_a_text_in_another_language_says_which_it_is():
    text = Text({"en": "Tiny", "fi": "Pieni"})

    assert not isinstance(text.to("fi"), Untranslated)
    assert not isinstance(text.to("en"), Untranslated)
    assert (text.to("sv"), text.to("sv").language) == ("Tiny", "en")


def test_templates_mark_what_is_in_another_language():
    text = Text({"en": "Tiny <b>"})

    assert as_written(text.to("sv")) == '<span lang="en">Tiny &lt;b&gt;</span>'
    assert as_written(text.to("en")) == escape("Tiny <b>")


def test_a_page_says_whether_none_or_some_of_its_questionnaire_is_translated(site):
    (whole,) = validate.assessments(site / "assessments")[0].questionnaires.values()
    file = "assessments/questionnaires/tiny/1.0/questionnaire.yaml"
    change(file, "title: {en: Tiny, fi: Pieni}", "title: {en: Tiny}")
    (part,) = validate.assessments(site / "assessments")[0].questionnaires.values()

    assert notes(whole, Words("en")) == notes(whole, Words("fi")) == notes(part, Words("en")) == ()
    none = "The questionnaire is not translated: its texts stand as written."
    some = "Parts of the questionnaire are not translated, and stand as written."
    swedish, finnish = Words("sv"), Words("fi")
    assert notes(whole, swedish) == (Note("Engelska", swedish.text(none)),)
    assert notes(part, finnish) == (Note("Englanti", finnish.text(some)),)


# --- where it lies -------------------------------------------------------------------


def test_the_main_language_lies_above_the_others():
    told = Organisation("bank", "Bank", None, None, None, ("nb", "en"), True, False, ())  # noqa: FBT003 - a record
    found = [
        (
            addresses.newest_path(told, language),
            addresses.wave_path(told, "2026", language),
            addresses.trace_path(told, "2026", language),
        )
        for language in ("nb", "en", "fi")
    ]
    main = (
        "organisations/bank/index.html",
        "organisations/bank/2026/index.html",
        "organisations/bank/2026/trace/index.html",
    )

    assert found[0] == found[2] == main
    assert found[1] == (
        "organisations/bank/en/index.html",
        "organisations/bank/2026/en/index.html",
        "organisations/bank/2026/en/trace/index.html",
    )


def test_a_page_in_one_language_offers_no_other():
    english, finnish = Words("en"), Words("fi")

    assert tongues([english], english, str) == ()
    assert tongues([english, finnish], finnish, str) == (
        Tongue("en", "English", "en", is_current=False),
        Tongue("fi", "Suomi", "fi", is_current=True),
    )


@pytest.fixture
def pages(site):
    """Build the site; a page's path → its text."""
    publish.build(site)
    output = (site / "output").resolve()
    return {
        str(file.relative_to(output)): file.read_text("utf-8") for file in output.rglob("*.html")
    }


def test_every_report_lies_in_each_of_its_languages(pages):
    report = "organisations/plain/2026-05"
    found = {path for path in pages if path.startswith(("organisations/plain", "method"))}

    assert found == {
        *("organisations/plain/index.html", f"{report}/index.html"),
        *(f"{report}/trace/index.html", f"{report}/en/index.html", f"{report}/en/trace/index.html"),
        *(f"{report}/sv/index.html", f"{report}/sv/trace/index.html"),
        *("organisations/plain/en/index.html", "organisations/plain/sv/index.html"),
        *("method/tiny/1.0/index.html", "method/tiny/1.0/fi/index.html"),
    }
    languages = {path: re.search('<html lang="([^"]*)"', pages[path])[1] for path in found}
    assert {path for path, language in languages.items() if language == "fi"} == {
        *("organisations/plain/index.html", f"{report}/index.html", f"{report}/trace/index.html"),
        "method/tiny/1.0/fi/index.html",
    }
    assert {path for path, language in languages.items() if language == "sv"} == {
        path for path in found if "/sv/" in path
    }


def test_a_page_names_itself_and_the_others(pages):
    for path in ("2026-05/sv/index.html", "sv/index.html"):
        page = pages[f"organisations/plain/{path}"]
        root = "/".join([".."] * (path.count("/") + 2))
        wave = f"{root}/organisations/plain/2026-05"
        here = ' aria-current="page"'
        assert f'<link rel="canonical" href="{wave}/sv/index.html">' in page
        assert re.findall('<link rel="alternate" (.*)>', page) == [
            f'hreflang="fi" href="{wave}/index.html"',
            f'hreflang="en" href="{wave}/en/index.html"',
            f'hreflang="sv" href="{wave}/sv/index.html"',
        ]
        switch = re.search('<nav class="links tongues"[^>]*>(.*?)</nav>', page, re.DOTALL)[1]
        assert switch.split("\n")[1:-1] == [
            f'<a href="{wave}/index.html" lang="fi" hreflang="fi">Suomi</a>',
            f'<a href="{wave}/en/index.html" lang="en" hreflang="en">English</a>',
            f'<a href="{wave}/sv/index.html" lang="sv" hreflang="sv"{here}>Svenska</a>',
        ]
    assert "alternate" not in pages["index.html"]
    assert "tongues" not in pages["organisations/index.html"]


def test_a_report_leads_to_pages_in_its_own_language(pages):
    finnish, swedish = (
        pages[f"organisations/plain/2026-05/{each}index.html"] for each in ("", "sv/")
    )

    assert 'href="../../../method/tiny/1.0/fi/index.html"' in finnish
    assert 'href="../../../method/tiny/1.0/index.html"' not in finnish
    assert 'href="../../../../method/tiny/1.0/index.html"' in swedish
    assert 'href="../../../../organisations/plain/2026-05/sv/trace/index.html#' in swedish
    assert (
        'href="../../../../../organisations/plain/2026-05/sv/index.html"'
        in (pages["organisations/plain/2026-05/sv/trace/index.html"])
    )


def test_the_list_leads_to_the_report_in_the_site_s_language(pages):
    assert 'href="../organisations/plain/en/index.html"' in pages["organisations/index.html"]
    assert 'href="./organisations/plain/en/index.html"' in pages["index.html"]


def test_what_is_not_translated_is_marked_and_said_once(pages):
    finnish, swedish = (
        pages[f"organisations/plain/2026-05/{each}index.html"] for each in ("", "sv/")
    )

    assert '<span lang="en">Say?</span>' in swedish
    assert swedish.count('<b class="tag">Engelska</b>') == 1
    assert '<span lang="en">' not in finnish
    assert "Englanti" not in finnish
    assert "Mit" in finnish


def test_a_site_in_another_language_says_so_of_a_questionnaire_without_it(site):
    (site / "pelicanconf.py").write_text('SITENAME = "S"\nDEFAULT_LANG = "sv"\n', "utf-8")
    publish.build(site)
    page = (site / "output/method/tiny/1.0/index.html").read_text("utf-8")

    assert '<html lang="sv"' in page
    assert page.count('<b class="tag">Engelska</b>') == 1
    assert '<span lang="en">Say?</span>' in page
    assert (site / "output/method/tiny/1.0/en/index.html").is_file()
    listed = (site / "output/organisations/index.html").read_text("utf-8")
    assert 'href="/organisations/plain/sv/index.html"' in listed


def test_every_link_between_languages_leads_to_a_page(pages):
    wrong = [
        (path, target)
        for path, page in pages.items()
        for target in re.findall(r'href="([^"#:]+\.html)', page)
        if (Path("/") / path).parent.joinpath(target).resolve().relative_to("/").as_posix()
        not in pages
    ]

    assert wrong == []


# --- a language that nobody speaks -----------------------------------------------------


class Bracketed(gettext.NullTranslations):
    """A catalogue that shows what went through it."""

    def gettext(self, message):
        return f"⟦{message}⟧"

    def ngettext(self, one, many, count):
        return f"⟦{one if count == 1 else many}⟧"


# What a page may say in letters that are in no catalogue: ids, digests, names of statistics.
OUTSIDE = re.compile(
    r"[0-9a-f]{4}( [0-9a-f]{4})*|ICC\([12]\)|rwg|CC-BY-4\.0|[A-E](, [A-E])*|[a-z]+\.(csv|json)"
)
SHOWN = {"aria-label", "title", "alt", "data-l", "data-of", "data-foot", "data-head", "data-shown"}


class Reader(HTMLParser):
    """Collects what a reader sees and hears; the texts of one picture are one."""

    def __init__(self):
        """Start with nothing said."""
        super().__init__()
        self.said = [""]
        self.is_picture = False

    def handle_starttag(self, tag, attributes):
        self.is_picture |= tag == "svg"
        self.said += [value or "" for name, value in attributes if name in SHOWN]
        if (tag, ("name", "description")) == ("meta", attributes[0] if attributes else None):
            self.said.append(dict(attributes)["content"])
        if not self.is_picture:
            self.said.append("")

    def handle_endtag(self, tag):
        self.is_picture &= tag != "svg"
        if not self.is_picture:
            self.said.append("")

    def handle_data(self, data):
        self.said[-1] += data


def outside(text):
    """Return what of *text* lies in no brackets."""
    depth, kept = 0, []
    for letter in text:
        depth += (letter == "⟦") - (letter == "⟧")
        kept.append(letter if depth == 0 and letter not in "⟦⟧" else "")
    return "".join(kept).strip(" ·:()\n")


def bracketed(path):
    """Put brackets around what an organisation and a benchmark say in their own words."""
    names = "name|title|owner|size|baseline|goal|value|period|source|text"
    text = re.sub(rf"(?m)^(\s*(?:- )?(?:{names}):) +(?![{{|>&*]).+$", r'\1 "⟦x⟧"', path.read_text())
    path.write_text(text, "utf-8")


def test_no_sentence_of_a_page_goes_past_the_catalogue(tmp_path, monkeypatch):
    for name in ("questionnaires/cx", "benchmarks/illustrative-full"):
        shutil.copytree(ROOT / "assessments" / name, tmp_path / "assessments" / name)
    for name in ("tuulentupa-stores", "aspnes-outfitters", "usvakello-insurance"):
        folder = tmp_path / "assessments/organisations" / name
        shutil.copytree(ROOT / "assessments/organisations" / name, folder)
        bracketed(folder / "organisation.yaml")
    bracketed(tmp_path / "assessments/benchmarks/illustrative-full/benchmark.yaml")
    (tmp_path / "pelicanconf.py").write_text(
        (ROOT / "pelicanconf.py").read_text("utf-8").replace("CX Maturity", "⟦⟧"), "utf-8"
    )
    own = _own_words(tmp_path / "assessments")
    monkeypatch.setattr(words, "catalogue", lambda _language: Bracketed())
    for name in ("date", "month", "country", "listing", "tongue"):
        monkeypatch.setattr(words.Words, name, lambda *_, **__: "⟦x⟧")
    monkeypatch.setattr(Text, "to", lambda *_: "⟦x⟧")
    publish.build(tmp_path)

    wrong = set()
    for file in sorted((tmp_path / "output").resolve().rglob("*.html")):
        reader = Reader()
        reader.feed(file.read_text("utf-8"))
        for text in map(outside, reader.said):
            wrong |= {
                (file.parent.name, part)
                for part in re.split(r"\s→\s", text)
                if re.search(r"[^\W\d_]", part) and part not in own
                if not OUTSIDE.fullmatch(part)
            }

    assert wrong == set()


def _own_words(folder):
    """Return what people wrote in their files that no language changes: owners, units, ids."""
    found = set()
    for path in folder.rglob("*.csv"):
        found |= set(re.split("[;,\n]", path.read_text("utf-8")))
    for path in folder.rglob("*.yaml"):
        text = path.read_text("utf-8")
        found |= set(re.findall(r"\b(?:id|owner|baseline|goal|value): ([^,}\n]+)", text))
    return {text.strip("\"'") for text in found}
