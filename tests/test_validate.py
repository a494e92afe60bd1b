"""
A folder of assessments becomes records, or everything that is wrong with it.

``valid/`` is one small folder that uses everything once.  A case in ``invalid/``
holds the files that differ from it, and in ``expected.txt`` all that must be
said about them, to the letter.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from cx_maturity import __main__ as command
from cx_maturity import validate
from cx_maturity.errors import ContentError
from cx_maturity.model import Answer, Choice, Numeric, Points, State

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CASES = sorted(path for path in (HERE / "invalid").iterdir() if path.is_dir())
HEAD = "questionnaire: tiny@1.0\ndate: 2026-05-19\n"
# Runs of the fuzzer; with the same seed the same files, so a failure comes again.
MUTATIONS = 600


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Stand in a folder with a valid ``assessments/``; returns its path, relative."""
    shutil.copytree(HERE / "valid", tmp_path / "assessments")
    monkeypatch.chdir(tmp_path)
    return Path("assessments")


def said(root):
    """Return what a check says about *root*, line by line."""
    try:
        _, warnings = validate.assessments(root)
    except ContentError as error:
        return str(error).splitlines()
    return list(map(str, warnings))


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def wave(root, text, name="plain/2026-06.yaml"):
    """Write a wave and return it as read."""
    write(root / "organisations" / name, HEAD + text)
    return validate.one_wave(root / "organisations" / name)[0]


# --- what is wrong, to the letter ------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_everything_that_is_wrong_is_said(site, case):
    ignore = shutil.ignore_patterns("expected.txt")
    shutil.copytree(case, site, dirs_exist_ok=True, ignore=ignore)

    assert said(site) == (case / "expected.txt").read_text("utf-8").splitlines()


def test_nothing_is_wrong_with_the_folder_that_the_cases_change(site):
    assert said(site) == []


def test_all_problems_of_all_files_are_said_in_one_run(site):
    """A case of each kind of file at once, in the order of the files."""
    for name in ("organisation-keys", "questionnaire-in-another-folder", "cells-that-may-not-be"):
        shutil.copytree(HERE / "invalid" / name, site, dirs_exist_ok=True)
    write(site / "organisations/plain/2026-05.yaml", "a: 1\na: 2\n")

    places = [line.split(":")[0] for line in said(site)]

    assert list(dict.fromkeys(places)) == [
        "assessments/benchmarks/peers/quantiles.csv",
        "assessments/organisations/panel/organisation.yaml",
        "assessments/organisations/plain/2026-05.yaml",
        "assessments/organisations/plain/organisation.yaml",
        "assessments/questionnaires/tiny/1.0/questionnaire.yaml",
    ]


def test_a_folder_that_holds_no_questionnaires_is_another_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert said(Path("assessments")) == [
        "assessments:1:1: no folder questionnaires/ in here; is this an assessments folder?"
    ]


def test_more_organisations_than_are_read_are_refused_at_once(site, monkeypatch):
    monkeypatch.setattr(validate, "ORGANISATIONS", 1)

    assert said(site) == ["assessments/organisations:1:1: 2 organisations; at most 1"]


def test_a_file_that_is_not_there_is_named(site):
    (site / "organisations/plain/organisation.yaml").unlink()
    (site / "questionnaires/tiny/1.0/questionnaire.yaml").unlink()
    (site / "benchmarks/peers/quantiles.csv").unlink()

    assert said(site) == [
        "assessments/benchmarks/peers/quantiles.csv:1:1: no such file",
        (
            "assessments/organisations/plain/organisation.yaml:1:1: no such file; write one with "
            "the line `name: plain`"
        ),
        "assessments/questionnaires/tiny/1.0/questionnaire.yaml:1:1: no such file",
    ]


def test_a_link_is_followed_nowhere(site, tmp_path):
    write(tmp_path / "outside.csv", "who;a.say\n")
    (site / "organisations/panel/link.csv").symlink_to(tmp_path / "outside.csv")
    (site / "organisations/linked").symlink_to("plain")
    write(site / "organisations/plain/a.yaml", HEAD + "responses: {file: ../panel/link.csv}\n")
    write(site / "organisations/plain/b.yaml", HEAD + "responses: {file: ../linked/x.csv}\n")
    write(site / "organisations/plain/x.csv", "a.say,a.do,b.open,b.days\n3,3,yes,1\n")

    rule = "symbolic links are not followed; put what it points to here"
    place = "the path is read from the folder of this wave"
    assert [line.removeprefix("assessments/organisations/") for line in said(site)] == [
        f"linked:1:1: {rule}",
        f"panel/link.csv:1:1: {rule}",
        f"plain/a.yaml:3:19: responses.file: no file '../panel/link.csv'; {place}",
        (
            f"plain/b.yaml:3:19: responses.file: no file '../linked/x.csv'; {place}; did you mean "
            "'x.csv'?"
        ),
    ]


def test_an_organisation_without_a_wave_is_worth_a_word(site):
    write(site / "organisations/new/organisation.yaml", "name: New Example\n")

    place = "assessments/organisations/new/organisation.yaml:1:1"
    message = "no wave yet, so there is no report; add one, such as 2026-05.yaml"
    assert said(site) == [f"{place}: warning: {message}"]


def test_a_simulated_edition_of_a_subset_that_nobody_answered_is_a_spare(site):
    """One of another version is worth a word; a real one is so for the subset alone."""
    path = site / "benchmarks/peers/benchmark.yaml"
    path.write_text(path.read_text().replace("aggregate:", "subset: short\naggregate:"))
    assert said(site) == []

    shutil.copytree(site / "questionnaires/tiny/1.0", site / "questionnaires/tiny/1.1")
    other = site / "questionnaires/tiny/1.1/questionnaire.yaml"
    other.write_text(other.read_text().replace('version: "1.0"', 'version: "1.1"'))
    path.write_text(path.read_text().replace("tiny@1.0", "tiny@1.1"))
    place = "assessments/benchmarks/peers/benchmark.yaml:3:16: warning: questionnaire"
    message = "no wave answers tiny@1.1 short; there are waves of tiny@1.0 full"
    assert [line for line in said(site) if "fingerprint" not in line] == [
        f"{place}: compared with nothing: {message}"
    ]


def test_an_edition_waits_for_waves_without_a_word(site):
    shutil.rmtree(site / "organisations")
    path = site / "benchmarks/peers/benchmark.yaml"
    path.write_text(path.read_text().replace("kind: illustrative", "kind: pooled"))

    assert said(site) == []


def test_a_text_missing_in_a_further_language_is_worth_a_word(site):
    path = site / "questionnaires/tiny/1.0/second.yaml"
    place = "assessments/questionnaires/tiny/1.0/second.yaml:2:8"
    message = "no text in 'fi'; readers see 'en' instead"
    before = "{en: Second, fi: Toka}"
    for after in ("Second", "{en: Second}"):
        path.write_text(path.read_text().replace(before, after))
        assert said(site) == [f"{place}: warning: title: {message}"]
        before = after


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "cuts: [1, 2.5, 10]",
            f"cuts: [{', '.join(map(str, range(101)))}]",
            "14:31: scales.days.cuts: 101 cut points; at most 100",
        ),
        (
            "      no: {title: {en: No, fi: Ei}, value: 0}\n",
            "".join(f"      o{n}: {{title: {{en: O, fi: O}}, value: {n}}}\n" for n in range(100)),
            "12:7: scales.yes-no.options: 101 answers; at most 100",
        ),
    ],
)
def test_a_scale_tells_a_hundred_answers_apart_and_no_more(site, old, new, message):
    path = site / "questionnaires/tiny/1.0/questionnaire.yaml"
    path.write_text(path.read_text().replace(old, new))

    assert said(site) == [f"assessments/questionnaires/tiny/1.0/questionnaire.yaml:{message}"]


def test_a_long_list_of_what_is_known_is_not_printed(site):
    path = site / "questionnaires/tiny/1.0/questionnaire.yaml"
    more = "".join(f"  s{n}: {{title: {{en: S, fi: S}}, questions: all}}\n" for n in range(12))
    path.write_text(path.read_text().replace("subsets:\n", f"subsets:\n{more}"))
    write(site / "organisations/plain/a.yaml", HEAD + "subset: shrot\nanswers: {}\n")
    write(site / "organisations/plain/b.yaml", HEAD + "subset: other\nanswers: {}\n")

    lines = [line.partition("/plain/")[2] for line in said(site)]

    assert lines[:2] == [
        "a.yaml:3:9: subset: 'shrot' is not known; did you mean 'short'?",
        "b.yaml:3:9: subset: 'other' is not known",
    ]


def test_a_hopeless_survey_is_not_read_to_its_end(site):
    rows = "r;2;x;;9;9;9;x;\n" * 20_000
    path = site / "organisations/panel/2026-05.responses.csv"
    path.write_text(path.read_text().splitlines()[0] + "\n" + rows)
    begin = time.process_time()

    lines = said(site)

    assert len(lines) == 1_000
    assert lines[-1].endswith(
        ": more is wrong in this file; from here on its problems are not listed"
    )
    assert time.process_time() - begin < 5


# --- what is printed ---------------------------------------------------------------


def test_the_command_shows_the_first_hundred_and_counts_all(site, capsys):
    answers = "".join(f"  question-{n}: 1\n" for n in range(150))
    write(site / "organisations/plain/2026-05.yaml", HEAD + "answers:\n" + answers)

    assert command.main(["check"]) == 1
    shown = capsys.readouterr()
    assert len(shown.out.splitlines()) == 100
    assert shown.out.startswith(
        "assessments/organisations/plain/2026-05.yaml:4:3: answers.question-0: no such question"
    )
    assert shown.err == "150 problems, the first 100 are shown\n"


def test_warnings_are_printed_and_pass_unless_asked_otherwise(site, capsys):
    write(site / "organisations/new/organisation.yaml", "name: New Example\n")

    assert command.main(["check"]) == 0
    assert "warning: no wave yet" in capsys.readouterr().out
    assert command.main(["check", "--strict"]) == 1


# --- what must simply work -----------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *("NO", "NA", "NULL", "None", "null", "010", "12:30", "yes", "true", "~", "1.0"),
        *("2026-05-19", "Straße & Söhne", "日本", "O'Hara", "a\u200db"),
    ],
)
@pytest.mark.parametrize("quoted", ["{}", '"{}"'])
def test_an_organisation_may_be_called_anything(site, name, quoted):
    text = f"name: {quoted.format(name)}\ncountry: NO\n"
    write(site / "organisations/no/organisation.yaml", text)
    write(site / "organisations/no/2026-05.yaml", HEAD + "answers: {a.say: 3}\n")

    found = next(o for o in validate.assessments(site)[0].organisations if o.id == "no")

    assert (found.name, found.country) == (name, "NO")


def test_marks_that_turn_the_direction_of_writing_are_taken_out_of_texts(site):
    write(site / "organisations/plain/organisation.yaml", "name: \u202eA\u2066b\u200f  c\n")

    assert validate.assessments(site)[0].organisations[1].name == "Ab c"


def test_every_form_of_an_answer_is_read(site):
    found = wave(
        site,
        "answers:\n"
        "  a.say: 4.0\n"
        "  a.do: {answer: 2, evidence: document, note: private words}\n"
        "  b.open: {not-applicable: too-small, note: one person}\n"
        "  b.days:\n",
    ).respondents[0]

    assert found.answers == {
        "a.say": Answer(State.VALUE, "4", Fraction(3, 4)),
        "a.do": Answer(State.VALUE, "2", Fraction(1, 4), evidence="document", note="private words"),
        "b.open": Answer(State.NOT_APPLICABLE, reason="too-small", note="one person"),
    }
    assert wave(site, "answers: {b.days: unsure}\n").respondents[0].answers == {
        "b.days": Answer(State.UNSURE)
    }
    assert wave(site, "answers: {a.say: {answer: unsure, note: x}}\n").respondents[0].answers == {
        "a.say": Answer(State.UNSURE, note="x")
    }


def test_an_option_may_be_called_no(site):
    answers = wave(site, "answers: {b.open: no, b.days: 2.5}\n").respondents[0].answers

    assert answers["b.open"] == Answer(State.VALUE, "no", Fraction(0))
    assert answers["b.days"] == Answer(State.VALUE, "2.5", Fraction(1, 3))


def test_nothing_need_be_answered(site):
    assert wave(site, "answers: {}\n").respondents[0].answers == {}


def test_a_json_wave_has_the_same_keys(site):
    yaml = wave(site, "answers:\n  a.say: 4\n  b.open: {answer: yes, note: x}\n  b.days:\n")
    path = site / "organisations/plain/2026-07.json"
    write(
        path,
        '{"questionnaire": "tiny@1.0", "date": "2026-05-19", "answers": '
        '{"a.say": 4, "b.open": {"answer": "yes", "note": "x"}, "b.days": null}}',
    )

    json = validate.one_wave(path)[0]

    assert json.respondents == yaml.respondents
    assert (json.id, json.date, json.subset) == ("2026-07", date(2026, 5, 19), "full")


def test_a_wave_without_a_subset_takes_the_first(site):
    assert wave(site, "answers: {}\n").subset == "full"
    assert wave(site, "answers: {a.do: 3}\nsubset: short\n").subset == "short"


def test_the_cells_of_a_survey_are_read(site):
    found = validate.one_wave(site / "organisations/panel/2026-05.yaml")[0]

    assert found.is_panel
    assert found.combine == "pooled"
    assert found.population == {"lead": 3, "front": 90}
    assert [(r.id, r.role, r.unit) for r in found.respondents] == [
        ("r1", "lead", "north"),
        ("r2", "front", "south"),
        ("r3", "front", "south"),
    ]
    assert [dict(r.answers) for r in found.respondents] == [
        {
            "a.say": Answer(State.VALUE, "4", Fraction(3, 4)),
            "a.do": Answer(State.VALUE, "3", Fraction(1, 2)),
            "b.open": Answer(State.VALUE, "yes", Fraction(1)),
            "b.days": Answer(State.VALUE, "0.5", Fraction(1)),
        },
        {
            "a.say": Answer(State.VALUE, "2", Fraction(1, 4)),
            "a.do": Answer(State.UNSURE),
            "b.open": Answer(State.VALUE, "no", Fraction(0)),
            "b.days": Answer(State.VALUE, "3", Fraction(1, 3)),
        },
        {
            "a.do": Answer(State.VALUE, "1", Fraction(0)),
            "b.open": Answer(State.NOT_APPLICABLE, reason="too-small"),
        },
    ]


def test_one_file_may_hold_the_answers_of_several_organisations(site):
    rows = "org,a.say,a.do,b.open,b.days\nx,3,3,yes,1\ny,4,4,no,2\nNA,5,5,no,2\n"
    write(site / "exports/all.csv", rows)
    for name, value in (("plain", "x"), ("panel", '"y"'), ("plain", "NA")):
        path = f"organisations/{name}/2027-{value.strip(chr(34)).lower()}.yaml"
        more = f"responses:\n  file: ../../exports/all.csv\n  where: {{org: {value}}}\n"
        write(site / path, HEAD + more)

    waves = {w.id: w for o in validate.assessments(site)[0].organisations for w in o.waves}

    assert [waves[name].respondents[0].answers["a.say"].given for name in (
        "2027-x", "2027-y", "2027-na",
    )] == ["3", "4", "5"]  # fmt: skip


def test_waves_stand_in_the_order_of_their_dates(site):
    write(site / "organisations/plain/a.yaml", HEAD.replace("2026", "2027") + "answers: {}\n")
    write(site / "organisations/plain/b.yaml", HEAD.replace("2026", "2025") + "answers: {}\n")
    write(site / "organisations/plain/c.yaml", HEAD.replace("2026", "2025") + "answers: {}\n")

    found = validate.assessments(site)[0].organisations[1]

    assert [w.id for w in found.waves] == ["b", "c", "2026-05", "a"]


def test_the_defaults_are_the_documented_ones(site):
    write(site / "organisations/plain/organisation.yaml", "name: Plain Example\n")
    found = validate.assessments(site)[0]
    plain = found.organisations[1]

    assert (plain.public, plain.fictional, plain.languages) == (False, False, ("en",))
    assert (plain.industry, plain.country, plain.size) == (None, None, None)
    tiny = found.questionnaires["tiny", "1.0"]
    assert (tiny.capability_coverage, tiny.dimension_coverage) == (Fraction(1, 2), Fraction(3, 5))
    assert (tiny.aggregate, tiny.staged, tiny.customer_voice) == ("mean", False, False)


@pytest.mark.parametrize(("word", "is_public"), [("private", False), ("public", True)])
def test_what_is_published_is_called_public(site, word, is_public):
    write(site / "organisations/plain/organisation.yaml", f"name: Example\npublish: {word}\n")

    assert validate.assessments(site)[0].organisations[1].public is is_public


def test_a_questionnaire_is_read_whole(site):
    tiny = validate.assessments(site)[0].questionnaires["tiny", "1.0"]
    first, second = tiny.dimensions

    assert [q.id for q in tiny.questions()] == ["a.say", "a.do", "b.open", "b.days"]
    assert [q.scale.kind for q in tiny.questions()][:2] == [Points(1, 5), Points(1, 5)]
    assert isinstance(second.capabilities[0].questions[0].scale.kind, Choice)
    assert second.capabilities[0].questions[1].scale.kind == Numeric(
        (Fraction(1), Fraction(5, 2), Fraction(10)),
        second.capabilities[0].questions[1].scale.kind.unit,
    )
    assert second.capabilities[0].questions[1].reverse
    assert (first.weight, second.weight, first.capabilities[0].foundation) == (1, 2, True)
    assert [level.start for level in tiny.levels] == [Fraction(0), Fraction(1, 2)]
    assert (tiny.gate, tiny.perception_gap) == (1, ("lead", "front"))
    assert tiny.subset("short").questions == {"a.do", "b.days"}
    assert tiny.title.to("fi") == "Pieni"
    assert tiny.title.to("sv") == "Tiny"


def test_a_published_set_that_adds_up_may_be_drawn(site):
    (printed,) = validate.assessments(site)[0].published

    assert [(s.year, s.sums_to_100, len(s.figures)) for s in printed.sets] == [
        ("2020", True, 2),
        ("2021", False, 1),
    ]
    assert printed.sets[1].figures[0].bound == "<"


def test_the_digest_of_a_wave_covers_its_responses(site):
    path = site / "organisations/panel/2026-05.yaml"
    before = validate.one_wave(path)[0].digest
    responses = site / "organisations/panel/2026-05.responses.csv"

    responses.write_text(responses.read_text().replace("fine", "good"))

    assert validate.one_wave(path)[0].digest != before


# --- one wave ------------------------------------------------------------------------


def test_one_wave_is_found_from_wherever_the_command_runs(site, monkeypatch):
    monkeypatch.chdir(site / "organisations/plain")

    assert validate.one_wave(Path("2026-05.yaml"))[0].id == "2026-05"


def test_one_wave_needs_nothing_of_its_neighbours(site):
    write(site / "organisations/panel/2026-05.yaml", "nothing: right\n")

    assert validate.one_wave(site / "organisations/plain/2026-05.yaml")[0].id == "2026-05"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("organisations/plain/organisation.yaml", "this file is not a wave"),
        (
            "organisations/plain/2030.yaml",
            "no wave here; give a file such as assessments/organisations/<id>/2026-05.yaml",
        ),
        (
            "questionnaires/tiny/1.0/second.yaml",
            "no wave here; give a file such as assessments/organisations/<id>/2026-05.yaml",
        ),
    ],
)
def test_what_is_no_wave_is_said(site, path, message):
    with pytest.raises(ContentError) as caught:
        validate.one_wave(site / path)

    assert str(caught.value) == f"assessments/{path}:1:1: {message}"


# --- whatever the files hold ---------------------------------------------------------

NASTY = (
    *("", "{", "}", "[", "]", ":", ",", "-", '"', "'", "&x", "*x", "!x", "<<", "#", "|", "---"),
    *("null", "NO", "010", "1e999", "-1", "9" * 30, "0.0", "a.say", "unsure", "not-applicable"),
    *("\t", "\r", "\x00", "\u2028", "\u202e", "\ufeff", "😀", "../..", "/", "x" * 5_000),
)


def mutated(data, chance):
    """Return *data* with something small wrong with it."""
    lines, words = data.split(b"\n"), data.split(b" ")
    at, line, word = (chance.randrange(len(parts)) for parts in (data + b"!", lines, words))
    nasty = chance.choice(NASTY).encode()
    changes = (
        lambda: data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :],
        lambda: data[:at],
        lambda: data[:at] + nasty + data[at:],
        lambda: b"\n".join(lines[:line] + lines[line + 1 :]),
        lambda: b"\n".join([*lines[:line], chance.choice(lines), *lines[line:]]),
        lambda: b"\n".join(chance.sample(lines, len(lines))),
        lambda: b" ".join([*words[:word], nasty, *words[word + 1 :]]),
        lambda: b" ".join([*words[:word], chance.choice(words), *words[word + 1 :]]),
    )
    return chance.choice(changes)()


def check(site, note):
    """Check *site*; returns the CPU seconds, and whether it is wrong; nothing else may happen."""
    begin, is_wrong = time.process_time(), False
    try:
        validate.assessments(site)
    except ContentError as error:
        is_wrong = bool(error.problems and str(error))
    except Exception as error:
        error.add_note(note)
        raise
    return time.process_time() - begin, is_wrong


def test_only_problems_come_out_of_broken_files(site):
    """No traceback and no endless loop, whatever a file holds."""
    chance = random.Random(2026)  # noqa: S311 - no secret
    valid = {path: path.read_bytes() for path in sorted(site.rglob("*.*")) if path.is_file()}
    found = []
    for number in range(MUTATIONS):
        changed = chance.sample(sorted(valid), chance.choice((1, 1, 1, 2, 3)))
        for path in changed:
            data = valid[path]
            for _ in range(chance.choice((1, 1, 2, 5))):
                data = mutated(data, chance)
            path.write_bytes(data)
        found.append(check(site, f"mutation {number} of {', '.join(map(str, changed))}"))
        for path in changed:
            path.write_bytes(valid[path])

    assert sum(is_wrong for _, is_wrong in found) > MUTATIONS / 2
    assert max(seconds for seconds, _ in found) < 1
    assert said(site) == []


def test_only_problems_come_out_of_files_that_changed_places(site):
    chance = random.Random(2026)  # noqa: S311 - no secret
    valid = {path: path.read_bytes() for path in sorted(site.rglob("*.*")) if path.is_file()}
    for path, own in valid.items():
        for other in chance.sample(sorted(valid), 3):
            path.write_bytes(valid[other])
            check(site, f"{other} as {path}")
        path.write_bytes(own)

    assert said(site) == []


# --- costs -------------------------------------------------------------------------


def test_checking_the_samples_takes_no_time_and_no_library():
    """An author checks at every save; the slow libraries are for those who draw."""
    code = (
        "import sys, time; begin = time.process_time();"
        "from cx_maturity.__main__ import main; code = main(['check', 'assessments']);"
        "print(code, time.process_time() - begin, *sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
        text=True,
    )
    code, seconds, *modules = done.stdout.splitlines()[-1].split()

    assert code == "0"
    assert {"pandas", "numpy", "altair", "vl_convert", "pelican", "jinja2"} & set(modules) == set()
    assert float(seconds) < 1


def test_a_thousand_organisations_cost_ten_times_a_hundred(site):
    """With room for a busy machine; what grows with the square would cost a hundred times."""
    costs = {}
    for count in (100, 1_000):
        for number in range(count):
            folder = site / f"organisations/o{number}"
            write(folder / "organisation.yaml", f"name: Example {number}\n")
            write(folder / "2026-05.yaml", HEAD + "answers: {a.say: 3, a.do: 4, b.open: no}\n")
        begin = time.process_time()
        assert len(validate.assessments(site)[0].organisations) == count + 2
        costs[count] = time.process_time() - begin

    assert costs[1_000] < 30 * costs[100]


def test_a_thousand_broken_organisations_cost_no_more(site):
    """Every file has its problems listed, and none is looked at twice."""
    for number in range(1_000):
        folder = site / f"organisations/o{number}"
        write(folder / "organisation.yaml", "nam: Example\npublish: yes\n")
        write(folder / "2026-05.yaml", HEAD + "answers: {a.say: 9, x: 4}\n")
    begin = time.process_time()

    assert len(said(site)) == 4_000
    assert time.process_time() - begin < 10


@pytest.mark.parametrize(
    ("written", "start", "known"),
    [
        ("2026-05-19", "2026-05-19", "day"),
        ("2026-05", "2026-05-01", "month"),
        ("2026", "2026-01-01", "year"),
    ],
)
def test_a_wave_is_dated_as_far_as_its_file_knows(site, written, start, known):
    path = site / "organisations" / "plain" / "2026-06.yaml"
    write(path, f"questionnaire: tiny@1.0\ndate: {written}\nanswers: {{a.say: 3}}\n")

    found, _ = validate.one_wave(path)

    assert (found.date.isoformat(), found.known) == (start, known)
