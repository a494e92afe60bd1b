"""Minutes are counted and forgotten: which words count, which files, and what is never said."""

import unicodedata
from dataclasses import fields
from pathlib import Path

import pytest

from cx_maturity import validate
from cx_maturity.errors import ContentError, Problems
from cx_maturity.model import Minutes
from cx_maturity.reading.item import Item
from cx_maturity.reading.mentions import folded, pattern
from cx_maturity.reading.mentions import mentions as read_mentions
from cx_maturity.reading.questionnaire import questionnaire
from cx_maturity.reading.yaml_text import read_yaml

ROOT = Path(__file__).resolve().parent.parent
TINY = (ROOT / "tests/valid/questionnaires/tiny/1.0/questionnaire.yaml").read_text("utf-8")
ENTRY = "a word of two letters at least, or its beginning with * behind it"
SECOND = (ROOT / "tests/valid/questionnaires/tiny/1.0/second.yaml").read_text("utf-8")


@pytest.fixture(scope="session")
def mentions():
    return questionnaire(ROOT / "assessments/questionnaires/cx/1.0", Problems()).mentions


def comes_up(mentions, language, said):
    return pattern(mentions[language]).search(folded(said)) is not None


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "What customers said."),
        ("en", "CUSTOMER'S letter"),
        ("en", "non-customers"),
        ("en", "_client_"),
        ("fi", "Asiakas soitti."),
        ("fi", "asiakkaiden palaute"),
        ("fi", "asiakkuuden hoito"),
        ("fi", "yritysasiakkaille"),
        ("fi", "asia\u00adkas"),
        ("sv", "kunden ringde"),
        ("sv", "Kundernas svar"),
        ("sv", "kundtj\u00e4nsten"),
        ("sv", "kundtja\u0308nst"),
        ("sv", "storkunder"),
        ("nb", "kunden ringte"),
        ("nb", "Kundene spurte"),
        ("nb", "kundeservice"),
        ("nb", "storkunde"),
    ],
)
def test_a_word_for_customers_counts(mentions, language, said):
    assert comes_up(mentions, language, said)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Customs and custom software"),
        ("en", "as is customary"),
        ("en", "clientelism"),
        ("fi", "Asiakirjat hyv\u00e4ksyttiin."),
        ("fi", "Seuraava asiakohta; asia k\u00e4siteltiin."),
        ("fi", "yritysasiakirja"),
        ("sv", "Vi kunde inte enas."),
        ("sv", "Kundskapen om lagen"),
        ("sv", "att kundg\u00f6ra beslutet"),
        ("sv", "sekunder"),
        ("nb", "Vi kunne og kunde ikke."),
        ("nb", "kundskap og kundgj\u00f8ring"),
        ("nb", "sekunder"),
    ],
)
def test_a_word_that_only_looks_alike_does_not(mentions, language, said):
    assert not comes_up(mentions, language, said)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_how_letters_are_encoded_does_not_matter(mentions, form):
    assert comes_up(mentions, "fi", unicodedata.normalize(form, "HENKIL\u00d6ASIAKKAAT"))


def test_what_is_kept_is_two_counts_their_language_and_the_folder_s_name():
    assert [field.name for field in fields(Minutes)] == [
        *("language", "meetings", "mentioning", "folder"),
    ]


# --- files -------------------------------------------------------------------


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Stand in a folder with one organisation whose wave names minutes."""
    version = tmp_path / "assessments/questionnaires/tiny/1.0"
    version.mkdir(parents=True)
    (version / "questionnaire.yaml").write_text(f"{TINY}mentions: {{en: [customer*]}}\n", "utf-8")
    (version / "second.yaml").write_text(SECOND, "utf-8")
    home = tmp_path / "assessments/organisations/plain"
    home.mkdir(parents=True)
    (home / "organisation.yaml").write_text("name: Plain\nfictional: true\n", "utf-8")
    (home / "2026-05.yaml").write_text(
        "questionnaire: tiny@1.0\ndate: 2026-05-19\nanswers: {a.say: 3}\n"
        "minutes: {folder: minutes, language: en}\n",
        "utf-8",
    )
    (home / "minutes").mkdir()
    monkeypatch.chdir(tmp_path)
    return Path("assessments/organisations/plain")


def minuted(site, **said):
    for name, text in said.items():
        (site / "minutes" / f"{name}.txt").write_text(text, "utf-8")


def read(site):
    made, _ = validate.assessments(site.parents[1])
    return made.organisations[0].waves[0].minutes


def wrong(site):
    with pytest.raises(ContentError) as error:
        validate.assessments(site.parents[1])
    return str(error.value).splitlines()


def test_each_text_is_a_meeting_and_counts_once(site):
    minuted(site, one="Customers, customers!", two="Budget.", three="A customer wrote.")
    (site / "minutes/README.md").write_text("Customers; no meeting.", "utf-8")

    assert read(site) == Minutes("en", 3, 2, "minutes")


def test_an_empty_text_is_a_meeting_without_customers(site):
    minuted(site, one="")

    made, warnings = validate.assessments(site.parents[1])
    assert made.organisations[0].waves[0].minutes == Minutes("en", 1, 0, "minutes")
    assert list(map(str, warnings)) == [
        (
            "assessments/organisations/plain/minutes/one.txt:1:1: warning: the file is empty; it "
            "counts as a meeting without customers"
        )
    ]


def test_a_folder_is_named_that_is_not_there(site):
    (site / "minutes").rmdir()

    assert wrong(site) == [
        (
            "assessments/organisations/plain/2026-05.yaml:4:19: minutes.folder: no folder "
            "'minutes' beside this file"
        )
    ]


def test_a_folder_without_texts_has_no_meetings(site):
    assert wrong(site) == [
        (
            "assessments/organisations/plain/2026-05.yaml:4:19: minutes.folder: no .txt file in "
            "'minutes'; put one there for each meeting"
        )
    ]


def test_another_kind_of_file_is_named(site):
    minuted(site, one="A customer wrote.")
    (site / "minutes/april.docx").write_text("A customer wrote.", "utf-8")

    assert wrong(site) == [
        (
            "assessments/organisations/plain/minutes/april.docx:1:1: only .txt files belong here; "
            "save it as text, move it or delete it"
        )
    ]


def test_a_text_that_cannot_be_read_is_named_without_a_word_of_it(site):
    (site / "minutes/one.txt").write_bytes("Käse".encode("latin-1"))

    assert wrong(site) == [
        (
            "assessments/organisations/plain/minutes/one.txt:1:1: the file is not UTF-8; save it "
            "as UTF-8"
        )
    ]


def test_a_text_of_two_bytes_to_a_letter_is_no_meeting_without_customers(site):
    """UTF-16 without its mark can be read as UTF-8, and then no word in it is found."""
    (site / "minutes/one.txt").write_bytes("Customers".encode("utf-16-le"))

    assert wrong(site) == [
        (
            "assessments/organisations/plain/minutes/one.txt:1:1: the file is not plain text; save "
            "it as text in UTF-8"
        )
    ]


def test_marks_without_end_on_one_letter_are_no_word():
    """To put marks in order takes their number squared; a file full of them would never end."""
    assert folded("A" + "\u0301\u0323" * 400_000 + "b") == "a b"
    assert folded("A" + "\uff9e\u0301\u200b" * 200_000 + "b") == "a b"
    assert folded("cafe\u0301") == "caf\u00e9"


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("asiakka\u0308*", None),
        ("\u0130stanbul", None),
        ("x" * 60, None),
        ("x" * 61, "61 letters; at most 60"),
        ("(a+)+", f"'(a+)+' cannot stand here; use {ENTRY}"),
        (".*", f"'.*' cannot stand here; use {ENTRY}"),
        ("aa|bb", f"'aa|bb' cannot stand here; use {ENTRY}"),
    ],
)
def test_a_word_is_letters_however_its_accents_are_encoded(word, message):
    problems = Problems()
    read_mentions(Item(read_yaml(f'{{en: ["{word}"]}}', Path("q.yaml"), problems), "", problems))

    expected = [] if message is None else [f"q.yaml:1:7: en.1: {message}"]
    assert list(map(str, problems.errors)) == expected


def test_a_text_that_is_too_large_is_not_read(site):
    minuted(site, one="x" * 1_000_001)

    assert wrong(site) == [
        (
            "assessments/organisations/plain/minutes/one.txt:1:1: the file has 1,000,001 bytes; at "
            "most 1,000,000 are read"
        )
    ]


def test_links_are_not_followed(site):
    (site / "minutes/one.txt").symlink_to("../organisation.yaml")

    assert wrong(site) == [
        (
            "assessments/organisations/plain/minutes/one.txt:1:1: symbolic links are not followed; "
            "put what it points to here"
        ),
    ]


@pytest.mark.parametrize("name", ["../plain", "minutes/..", ".", "/etc", "minutes\\"])
def test_a_folder_elsewhere_is_not_asked_for(site, name):
    file = site / "2026-05.yaml"
    file.write_text(file.read_text("utf-8").replace("folder: minutes", f"folder: {name}"), "utf-8")

    assert wrong(site)[0] == (
        f"assessments/organisations/plain/2026-05.yaml:4:19: minutes.folder: {name!r} cannot stand "
        "here; use 1 to 60 of a-z, 0-9 and -, beginning and ending with a letter or digit"
    )


def test_a_language_without_words_is_named(site):
    minuted(site, one="En kund skrev.")
    file = site / "2026-05.yaml"
    file.write_text(file.read_text("utf-8").replace("language: en", "language: sv"), "utf-8")

    assert wrong(site) == [
        (
            "assessments/organisations/plain/2026-05.yaml:4:38: minutes.language: the "
            "questionnaire has no mentions in 'sv'; known: en"
        )
    ]


def test_a_folder_that_no_wave_names_does_not_belong_there(site):
    minuted(site, one="A customer wrote.")
    (site / "archive").mkdir()

    assert wrong(site) == [
        (
            "assessments/organisations/plain/archive:1:1: only files belong here; move the folder "
            "or delete it"
        )
    ]


def test_one_wave_is_read_with_its_minutes(site):
    minuted(site, one="A customer wrote.")

    wave, warnings = validate.one_wave(site / "2026-05.yaml")

    assert (wave.minutes, warnings) == (Minutes("en", 1, 1, "minutes"), [])


def test_the_sample_minutes_say_that_they_are_invented():
    texts = sorted((ROOT / "assessments/organisations/lindvik-bank/minutes-2026").glob("*.txt"))

    first = {text.read_text("utf-8").splitlines()[0] for text in texts}
    assert len(texts) == 9
    assert first == {"Invented minutes of an invented bank, to show how minutes are counted."}
