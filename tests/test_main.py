"""The command line: what it prints, and its exit codes."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from cx_maturity import serve
from cx_maturity.__main__ import main

ROOT = Path(__file__).resolve().parent.parent
WAVE = "assessments/organisations/aspnes-outfitters/2026-05.yaml"


@pytest.fixture(autouse=True)
def _at_home(monkeypatch):
    monkeypatch.chdir(ROOT)


def run(*arguments, cwd=ROOT):
    return subprocess.run(
        [sys.executable, "-m", "cx_maturity", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_says_what_it_read_and_that_nothing_is_wrong(capsys):
    assert main(["check"]) == 0
    assert capsys.readouterr().out == (
        "1 questionnaire, 9 organisations with 15 waves, 3 benchmarks: nothing wrong\n"
    )


def test_check_of_a_folder_that_is_none_is_a_mistake_in_the_content(capsys, tmp_path):
    assert main(["check", str(tmp_path)]) == 1
    assert "is this an assessments folder?" in capsys.readouterr().out


def test_an_unknown_command_is_wrong_use():
    with pytest.raises(SystemExit) as ended:
        main(["publish"])

    assert ended.value.code == 2


def test_check_answers_without_the_heavy_libraries():
    code = (
        "import sys; from cx_maturity.__main__ import main; main(['check']);"
        "heavy = {'pandas', 'altair', 'pelican', 'vl_convert', 'jinja2', 'babel'};"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""


def test_score_prints_one_wave_with_points_and_exact_fractions(capsys):
    """Read by hand from the wave's file: 2 and 2 on a scale from 1 to 5 are 25 points."""
    assert main(["score", WAVE, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)

    assert list(found) == [
        "questionnaire", "version", "subset", "wave", "overall", "dimensions", "capabilities",
    ]  # fmt: skip
    assert found["capabilities"]["measurement.listening"] == {
        "score": 25.0,
        "exact": "25/1",
        "level": 2,
        "gated_level": 2,
        "coverage": 1.0,
        "visibility": 1.0,
        "lowest": 25.0,
        "highest": 25.0,
        "n": 1,
        "interval": None,
        "rough": False,
    }
    assert found["overall"]["level"] == 4
    assert found["overall"]["gated_level"] == 3
    assert found["overall"]["held_by"] == ["measurement.listening"]


def test_score_as_text_names_what_holds_the_level(capsys):
    assert main(["score", WAVE]) == 0
    assert "the level is held by measurement.listening" in capsys.readouterr().out


def test_explain_finds_a_wave_by_a_way_around(capsys, monkeypatch):
    assert main(["explain", WAVE, "overall"]) == 0
    straight = capsys.readouterr().out
    monkeypatch.chdir(ROOT / "assessments/questionnaires")

    assert main(["explain", "../organisations/aspnes-outfitters/2026-05.yaml", "overall"]) == 0
    assert capsys.readouterr().out == straight != ""


def test_score_of_something_else_says_what_would_be_right(capsys):
    assert main(["score", "README.md"]) == 1
    assert "no wave here; give a file such as" in capsys.readouterr().out


def test_a_reader_who_has_seen_enough_is_no_error():
    shell = f"{sys.executable} -m cx_maturity score {WAVE} --format json | head -1"
    done = subprocess.run(
        ["/bin/sh", "-c", shell],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""


def test_a_mistake_of_ours_is_said_to_be_ours(capsys, monkeypatch):
    monkeypatch.setattr("cx_maturity.validate.assessments", lambda _: 1 / 0)

    assert main(["check"]) == 3
    assert "a mistake in cx-maturity, not in your files" in capsys.readouterr().err


def test_serve_shows_the_site_and_rebuilds_on_a_change(tmp_path):
    """A real server on a free loopback port, ended from here."""
    shutil.copytree(ROOT / "assessments", tmp_path / "assessments")
    stop, built = threading.Event(), []
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    thread = threading.Thread(
        target=serve.serve,
        kwargs={
            "root": tmp_path,
            "preview": False,
            "port": port,
            "report": built.append,
            "stop": stop,
        },
    )
    thread.start()
    try:
        _until(lambda: _get(port, "organisations/index.html"))
        organisation = tmp_path / "assessments/organisations/aspnes-outfitters/organisation.yaml"
        time.sleep(0.5)
        organisation.write_text(organisation.read_text().replace("Aspnes Outfitters", "Aspnes AS"))
        _until(lambda: "Aspnes AS" in _get(port, "organisations/index.html"))
        with pytest.raises(urllib.error.HTTPError):
            _get(port, "organisations/hiidenkuru-capital/index.html")
    finally:
        stop.set()
        thread.join(20)

    assert len(built) >= 2
    assert not thread.is_alive()


def _get(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=5) as answer:
        return answer.read().decode()


def _until(condition, seconds=30):
    end = time.monotonic() + seconds
    while True:
        try:
            if condition():
                return
        except OSError:
            pass
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.2)
