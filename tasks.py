"""
The project's tasks, thin: each calls a tool or ``cx-maturity``.

``python3 tasks.py build`` needs a CPython from 3.11 on and nothing else: it makes
or refreshes ``.venv`` from the lock file, then works inside it.  ``invoke build``
does the same work in the environment that is active.  A task's arguments are
passed on: ``python3 tasks.py test -k levels``, ``invoke test -a "-k levels"``.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python reads this far
    sys.stderr.write(
        "tasks.py: Python 3.11 or newer is needed, and this is {}.{}\n".format(*sys.version_info)
    )
    sys.exit(4)

import hashlib
import importlib.util
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

    from invoke.collection import Collection
    from invoke.context import Context

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "cx-maturity.json"
SITE, WORK = "requirements.lock", "requirements-dev.lock"  # the second holds all of the first

# Started as a script we work inside .venv, imported by invoke in the environment that is active.
PYTHON = str(VENV_PYTHON) if __name__ == "__main__" else sys.executable
USAGE, ENVIRONMENT = 2, 4  # exit codes, as cx_maturity.errors.Exit has them


# --- tasks -----------------------------------------------------------------


def build(*arguments: str) -> int:
    """Check every file and build the public site into output/."""
    return python("cx_maturity", "build", *arguments)


def preview(*arguments: str) -> int:
    """Build every organisation, private ones too, into preview/."""
    return python("cx_maturity", "build", "--all", *arguments)


def check(*arguments: str) -> int:
    """Check every file and write nothing."""
    return python("cx_maturity", "check", *arguments)


def serve(*arguments: str) -> int:
    """Build, serve on this machine, and build again after every change."""
    return python("cx_maturity", "serve", *arguments)


def lint(*arguments: str) -> int:
    """Run ruff and mypy; arguments go to ruff (--fix)."""
    return max(python("ruff", "check", *arguments), python("mypy"))


def test(*arguments: str) -> int:
    """Run the tests of browser modules and pytest; with arguments pytest alone."""
    folders = [] if arguments else [ROOT / "plugins/cx_maturity/browser", ROOT / "tests"]
    files = sorted(str(file) for folder in folders for file in folder.glob("*.test.mjs"))
    node = shutil.which("node") if files else None
    if node and node_version(node) < 18:  # noqa: PLR2004 - the first with a test runner
        node = None
    first = call(node, "--test", *files) if node else 0
    code = python("pytest", *arguments) or first
    if files and not node:
        say("left out: the tests of the browser modules; they need Node.js 18 or newer")
        required = os.environ.get("CX_MATURITY_REQUIRE_ALL") == "1"
        return code or (ENVIRONMENT if required else 0)
    return code


TASKS: dict[str, tuple[str, "Callable[..., int]"]] = {
    "build": (SITE, build),
    "check": (SITE, check),
    "lint": (WORK, lint),
    "preview": (SITE, preview),
    "serve": (SITE, serve),
    "test": (WORK, test),
}


def node_version(node: str) -> int:
    """Return the major version of *node*, 0 when it does not tell."""
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)", told)
    return int(version[1]) if version else 0


# --- running ---------------------------------------------------------------


def python(module: str, *arguments: str) -> int:
    """Run *module* with the environment's Python and return its exit code."""
    return call(PYTHON, "-m", module, *arguments)


def call(*command: str) -> int:
    """Run *command* at the top of the checkout and return its exit code, as a shell counts it."""
    with subprocess.Popen(command, cwd=ROOT) as child:
        # Ctrl-C reaches the child from the terminal; a polite kill reaches only us.
        signal.signal(signal.SIGINT, lambda *_: None)
        signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        code = child.wait()
    return code if code >= 0 else 128 - code


def say(message: str) -> None:
    """Tell the person at the terminal; standard output belongs to the tools."""
    print(f"tasks.py: {message}", file=sys.stderr, flush=True)


def stop(message: str, code: int = ENVIRONMENT) -> NoReturn:
    """Say in one line why it goes no further."""
    say(message)
    sys.exit(code)


# --- the environment -------------------------------------------------------


def prepare(lock: str) -> None:
    """Bring .venv up to *lock*; when it is, that costs a glance at three files."""
    home = f"{sys.implementation.cache_tag} {ROOT}"
    stamp = read_stamp()
    if stamp.get("home") != home or not VENV_PYTHON.exists():
        make()
    elif stamp.get(lock) == key(lock):
        return
    # Until the new stamp is written the environment counts as half-made.
    STAMP.unlink(missing_ok=True)
    say(f"installing {lock} into .venv")
    # Never from source: a source build would fetch build tools that no hash covers.
    pip("--only-binary", ":all:", "--require-hashes", "--requirement", lock)
    pip("--no-deps", "--no-build-isolation", "--editable", ".")
    met = [SITE, WORK] if lock == WORK else [SITE]
    STAMP.write_text(json.dumps({"home": home} | {name: key(name) for name in met}))


def key(lock: str) -> str:
    """Return the hash of everything an installation of *lock* rests on."""
    files = (ROOT / lock, ROOT / "pyproject.toml")
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def read_stamp() -> dict[str, str]:
    """Return what .venv was last brought up to; nothing, if its making was interrupted."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def make() -> None:
    """Make .venv anew."""
    if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        package = f"python3.{sys.version_info.minor}-venv"
        stop(f"this Python cannot make environments; on Debian or Ubuntu: apt install {package}")
    say("making .venv, once; this takes a minute")
    quietly(sys.executable, "-m", "venv", "--clear", str(VENV))


def pip(*arguments: str) -> None:
    """Install with the pip of .venv."""
    quietly(PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", *arguments)


def quietly(*command: str) -> None:
    """Run *command*, silent unless it fails; then its words are shown and we stop."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if not done.returncode:
        return
    if re.search(r"NewConnectionError|NameResolutionError|TimeoutError|ProxyError", done.stderr):
        stop(
            "no network: pip reaches no package index; connect and try again, or set "
            "PIP_NO_INDEX=1 and PIP_FIND_LINKS to a folder with the wheels"
        )
    sys.stderr.write(done.stdout + done.stderr)
    stop(f"failed with exit code {done.returncode}: {shlex.join(command)}")


# --- two ways in -----------------------------------------------------------


def main(arguments: list[str]) -> int:
    """Run the task that *arguments* begin with, inside .venv."""
    name = arguments[0] if arguments else "--help"
    if name in {"-h", "--help", "--list"}:
        print("usage: python3 tasks.py TASK [ARGUMENT ...]\n")
        for each, (_, task) in TASKS.items():
            print(f"  {each:8} {task.__doc__}")
        return 0 if arguments else USAGE
    if name not in TASKS:
        stop(f"no such task: {name!r}; one of {', '.join(TASKS)}", USAGE)
    lock, task = TASKS[name]
    try:
        prepare(lock)
        return task(*arguments[1:])
    except OSError as error:
        stop(str(error))
    except KeyboardInterrupt:
        return 130


def collection() -> "Collection":
    """Return the tasks as invoke knows them."""
    from invoke.collection import Collection
    from invoke.exceptions import Exit
    from invoke.tasks import Task

    def wrapped(task: "Callable[..., int]") -> "Callable[..., None]":
        def body(_context: "Context", arguments: str = "") -> None:
            code = task(*shlex.split(arguments))
            if code:
                raise Exit(code=code)

        body.__doc__ = task.__doc__
        return body

    passed_on = {"arguments": "passed on, as one word in quotes"}
    tasks = Collection()
    for name, (_, task) in TASKS.items():
        tasks.add_task(Task(wrapped(task), name=name, help=passed_on))
    return tasks


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
namespace = collection()
