"""The documents keep up with the project: commands, options, tasks, links, lock files."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "content").rglob("*.md")),
]
# Explained once, by --help itself.
UNIVERSAL = {"--help"}


@cache
def said(*arguments):
    """Return what a command of the project prints about itself."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT / "plugins",
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@cache
def documents():
    """Return everything a user reads, as one text."""
    return "\n".join(file.read_text("utf-8") for file in DOCUMENTS)


def commands(*above):
    """Yield every command, with the words that lead to it, as --help lists them."""
    for name in re.findall(r"^    ([a-z]+)\b", helped(*above), re.MULTILINE):
        yield (*above, name)
        yield from commands(*above, name)


def helped(*command):
    return said("-m", "cx_maturity", *command, "--help")


def options(text):
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) - UNIVERSAL


def pins(lock):
    """Return name → version of every package of *lock*, one for each of its markers."""
    text = (ROOT / lock).read_text("utf-8")
    return set(re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE))


def test_every_command_is_documented():
    lines = [" ".join(("cx-maturity", *command)) for command in commands()]

    assert lines
    assert [line for line in lines if line not in documents()] == []


def test_every_option_is_documented():
    known = options(helped()).union(*(options(helped(*command)) for command in commands()))

    assert {option for option in known if option not in documents()} == set()


def test_every_task_is_documented():
    tasks = re.findall(r"^  (\w+)", said(ROOT / "tasks.py", "--list"), re.MULTILINE)

    assert tasks == ["build", "check", "lint", "preview", "serve", "test"]
    assert [task for task in tasks if f"tasks.py {task}" not in documents()] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_a_link_to_a_file_of_the_project_finds_it(name):
    targets = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", (ROOT / name).read_text("utf-8"))

    assert [target for target in targets if not (ROOT / target).exists()] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_holds_names_versions_and_hashes_and_no_address(lock):
    line = re.compile(
        r"[\w.-]+==[\w.]+( ; [^/@]+)? \\"  # package, and where it is needed
        r"|    --hash=sha256:[0-9a-f]{64}( \\)?"
    )

    lines = (ROOT / lock).read_text("utf-8").splitlines()

    assert [each for each in lines if not line.fullmatch(each)] == []


def test_the_development_lock_holds_all_of_the_other():
    site, work = map(pins, LOCKS)

    assert site < work


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_can_install_the_package(lock):
    """The renderer is one exact version, and the build backend is there without a download."""
    assert ("vl-convert-python", "1.9.0.post1") in pins(lock)
    assert "hatchling" in dict(pins(lock))
