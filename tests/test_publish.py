"""The build's promise: the old site or the new one, whole, and nothing private in it."""

import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cx_maturity import __main__ as command
from cx_maturity.words import Words

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def site(tmp_path):
    """Make a small site: one public organisation, one private, nothing else of its own."""
    assessments = tmp_path / "assessments"
    shutil.copytree(ROOT / "assessments/questionnaires", assessments / "questionnaires")
    shutil.copytree(ROOT / "assessments/benchmarks", assessments / "benchmarks")
    write_organisation(assessments, "open-house", "Open House", publish="public")
    write_organisation(assessments, "zq-hidden-zq", "Zqwhisper Holding", publish="private")
    return tmp_path


def write_organisation(assessments, name, title, *, publish, answer="3"):
    folder = assessments / "organisations" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "organisation.yaml").write_text(
        f"name: {title}\nindustry: retail\ncountry: FI\npublish: {publish}\nfictional: true\n"
    )
    questions = [f"{dimension}.{aspect}" for dimension in QUESTIONS for aspect in ("say", "do")]
    answers = "".join(
        f"  {q}: {{answer: {answer}, note: zqnote kept between us}}\n" for q in questions
    )
    (folder / "2026-05.yaml").write_text(
        f"questionnaire: cx@1.0\nsubset: full\ndate: 2026-05-19\nanswers:\n{answers}"
    )


QUESTIONS = (
    "culture.presence", "culture.employees", "culture.latitude", "culture.learning",
    "culture.silos", "strategy.insight", "strategy.world", "strategy.promise",
    "strategy.moments", "strategy.recovery", "leadership.ownership", "leadership.tradeoffs",
    "leadership.engagement", "leadership.communication", "leadership.foresight",
    "measurement.listening", "measurement.view", "measurement.signals",
    "measurement.interpretation", "measurement.loop",
)  # fmt: skip


def run(site, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "cx_maturity", *arguments],
        cwd=site,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins"), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def contents(folder):
    """Every file below *folder* with a hash of its bytes."""
    top = Path(folder).resolve()
    return {
        str(path.relative_to(top)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(top.rglob("*"))
        if path.is_file()
    }


def test_a_build_replaces_the_output_link_and_says_what_it_did(site):
    done = run(site, "build")

    assert done.returncode == 0, done.stdout + done.stderr
    assert (site / "output").is_symlink()
    assert done.stdout.startswith("1 organisation, ")
    assert "open output/index.html" in done.stdout
    for page in (
        "index.html",
        "organisations/index.html",
        "organisations/open-house/index.html",
        "organisations/open-house/2026-05/index.html",
        "benchmarks/index.html",
        "method/cx/1.0/index.html",
    ):
        assert (site / "output" / page).is_file(), page


def test_an_error_leaves_the_old_site_byte_for_byte(site):
    run(site, "build")
    before = contents(site / "output")
    wave = site / "assessments/organisations/open-house/2026-05.yaml"
    wave.write_text(wave.read_text().replace("answer: 3", "answer: 6", 1))

    done = run(site, "build")

    assert done.returncode == 1
    assert (
        "assessments/organisations/open-house/2026-05.yaml:5:34: "
        "answers.culture.presence.say.answer: 6 is outside the scale 1 to 5"
    ) in done.stdout
    assert contents(site / "output") == before
    assert before


def test_who_builds_is_told_how_many_private_organisations_are_left_out(site, capsys):
    assert command.main(["build", str(site)]) == 0
    left_out = (
        "left out: 1 private organisation; a preview (--all) shows them, `publish: public` "
        "publishes one"
    )
    assert capsys.readouterr().out.splitlines()[-1] == left_out

    assert command.main(["build", "--all", str(site)]) == 0
    assert "left out" not in capsys.readouterr().out


def test_a_private_organisation_and_every_note_are_in_no_file(site):
    run(site, "build")

    for path in (site / "output").resolve().rglob("*"):
        assert "zq" not in path.name
        if path.is_file():
            data = path.read_bytes().lower()
            assert b"zqwhisper" not in data
            assert b"zq-hidden" not in data
            assert b"zqnote" not in data


def test_a_preview_holds_everybody_and_says_not_for_publication_on_every_page(site):
    run(site, "build")
    public = contents(site / "output")

    done = run(site, "build", "--all")

    assert done.returncode == 0, done.stdout + done.stderr
    assert (site / "preview").stat().st_mode & 0o777 == 0o700
    assert (site / "preview/organisations/zq-hidden-zq/2026-05/index.html").is_file()
    pages = list((site / "preview").resolve().rglob("*.html"))
    for page in pages:
        text = page.read_text()
        title = text[text.index("<title>") : text.index("</title>")]
        warned = Words(re.search(r'<html lang="(\w+)"', text)[1]).text("Not for publication")
        assert warned in title, page
        assert warned in text[text.index("<body") :], page
        assert 'name="robots" content="noindex' in text, page
        assert "zqnote" not in text
    assert pages
    assert contents(site / "output") == public


def test_an_output_folder_that_somebody_else_made_is_refused(site):
    (site / "output").mkdir()
    (site / "output/mine.txt").write_text("mine")

    done = run(site, "build")

    assert done.returncode == 4
    assert "was not made by this program" in done.stderr
    assert (site / "output/mine.txt").read_text() == "mine"


def test_a_second_builder_is_sent_away_at_once(site):
    import fcntl

    (site / ".site").mkdir()
    with (site / ".site/lock").open("a+") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        handle.write("process 4711")
        handle.flush()

        done = run(site, "build")

    assert done.returncode == 4
    assert "process 4711 is building this site" in done.stderr


def test_a_deleted_organisation_leaves_nothing(site):
    write_organisation(site / "assessments", "gone-tomorrow", "Gone Tomorrow", publish="public")
    run(site, "build")
    assert (site / "output/organisations/gone-tomorrow/index.html").is_file()

    shutil.rmtree(site / "assessments/organisations/gone-tomorrow")
    run(site, "build")

    for path in (site / "output").resolve().rglob("*"):
        assert "gone-tomorrow" not in path.name
        assert path.is_dir() or b"Gone Tomorrow" not in path.read_bytes()
    assert len(list((site / ".site").glob("output-*"))) == 1


def test_the_same_input_gives_the_same_bytes_wherever_and_whenever(site, tmp_path_factory):
    run(site, "build", TZ="UTC", PYTHONHASHSEED="1", LC_ALL="C")
    first = contents(site / "output")
    other = tmp_path_factory.mktemp("elsewhere") / "deep" / "er"
    shutil.copytree(site / "assessments", other / "assessments")

    done = run(other, "build", TZ="Pacific/Auckland", PYTHONHASHSEED="77", HOME=str(other))

    assert done.returncode == 0, done.stdout + done.stderr
    assert contents(other / "output") == first
    assert first


def test_an_article_that_pelican_cannot_read_fails_the_build(site):
    run(site, "build")
    before = contents(site / "output")
    (site / "content/articles").mkdir(parents=True)
    (site / "content/articles/broken.md").write_text("no metadata at all\n")

    done = run(site, "build")

    assert done.returncode == 1
    assert "broken.md" in done.stdout
    assert contents(site / "output") == before


def test_a_warning_fails_a_strict_build_only(site):
    folder = site / "assessments/organisations/no-wave-yet"
    folder.mkdir()
    (folder / "organisation.yaml").write_text("name: No Wave Yet\npublish: public\n")

    assert run(site, "build").returncode == 0
    strict = run(site, "build", "--strict")

    assert strict.returncode == 1
    assert "no-wave-yet/organisation.yaml:1:1: no wave yet" in strict.stdout


def test_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_one(site):
    assert run(site, "build").returncode == 0
    old = contents(site / "output")
    wave = site / "assessments/organisations/open-house/2026-05.yaml"
    wave.write_text(wave.read_text().replace("answer: 3", "answer: 4"))
    whole = time.monotonic()
    shutil.copytree(site / "assessments", site / "twin/assessments")
    assert run(site / "twin", "build").returncode == 0
    whole = time.monotonic() - whole
    new = contents(site / "twin/output")
    chance = random.Random(20)  # noqa: S311 - moments, no secrets
    seen = set()
    for _ in range(20):
        process = subprocess.Popen(
            [sys.executable, "-m", "cx_maturity", "build"],
            cwd=site,
            env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0, whole * 1.1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        now = contents(site / "output")
        assert now in (old, new)
        seen.add(json.dumps(now))

    assert run(site, "build").returncode == 0
    assert contents(site / "output") == new != old
    assert len(list((site / ".site").glob("output-*"))) == 1
    assert seen
