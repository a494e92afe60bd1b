"""
Build a site and put it in place whole, or leave the old one standing.

check → a staging folder → every expected page is there → ``output``, a symbolic
link, is replaced in one step.  This is the adapter that runs Pelican.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import logging
import os
import shutil
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cx_maturity import validate
from cx_maturity.errors import ContentError, EnvironmentFailure, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cx_maturity.model import Assessments

# Where builds are made and kept; the links `output` and `preview` point into it.
WORKSHOP = ".site"


@dataclass(frozen=True, slots=True)
class Site:
    """What the generator needs: the records, whether to show all of them, whom to tell."""

    assessments: Assessments
    preview: bool
    progress: Callable[[int, int], None]
    pages: list[str] = field(default_factory=list)  # paths that must exist afterwards


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    organisations: int
    pages: int
    warnings: list[Problem]
    seconds: float
    index: Path


def build(
    root: Path,
    *,
    preview: bool = False,
    strict: bool = False,
    settings: str = "pelicanconf.py",
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Built:
    """
    Build the site that lies in *root* into ``root/output``, or ``root/preview``.

    Raises :class:`ContentError` for anything wrong with the files (with *strict*
    for warnings too) and :class:`EnvironmentFailure` for the machine; in both
    cases the site that stood before still stands.
    """
    start = time.monotonic()
    shown, root = root, root.resolve()
    with _locked(root):
        assessments, warnings = validate.assessments(root / "assessments")
        if strict and warnings:
            raise ContentError(replace(warning, is_warning=False) for warning in warnings)
        if not preview:
            public = tuple(o for o in assessments.organisations if o.public)
            assessments = replace(assessments, organisations=public)
        site = Site(assessments, preview, progress)
        link = root / ("preview" if preview else "output")
        _refuse_foreign(link)
        staging = Path(tempfile.mkdtemp(prefix=f"{link.name}-", dir=root / WORKSHOP))
        try:
            if not preview:
                staging.chmod(0o755)
            _run_pelican(root, settings, staging, site)
            pages = _verify(staging, site)
            _write_manifest(root / WORKSHOP / f"{link.name}.json", staging)
            _swap(link, staging)
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise
    return Built(
        len(assessments.organisations),
        pages,
        warnings,
        time.monotonic() - start,
        shown / link.name / "index.html",
    )


# --- the workshop ------------------------------------------------------------


@contextlib.contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Hold the workshop's lock; the kernel lets go of it when the process ends, however it ends."""
    workshop = root / WORKSHOP
    workshop.mkdir(exist_ok=True)
    with (workshop / "lock").open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            handle.seek(0)
            who = handle.read().strip() or "another process"
            raise EnvironmentFailure(
                f"{who} is building this site; wait until it is done"
            ) from None
        handle.truncate(0)
        handle.write(f"process {os.getpid()}")
        handle.flush()
        yield


def _refuse_foreign(link: Path) -> None:
    if link.is_symlink():
        if link.readlink().parts[:1] != (WORKSHOP,):
            raise EnvironmentFailure(
                f"{link} is a link that this program did not make; move it away"
            )
    elif link.exists():
        raise EnvironmentFailure(f"{link} was not made by this program; move it away or delete it")


def _verify(staging: Path, site: Site) -> int:
    """Return the number of pages; every page that was promised must be there."""
    missing = [page for page in site.pages if not (staging / page).is_file()]
    if missing or not site.pages:
        raise RuntimeError(
            f"pages are missing from the build: {', '.join(missing) or 'all of them'}"
        )
    return sum(1 for _ in staging.rglob("*.html"))


def _write_manifest(path: Path, staging: Path) -> None:
    content = {
        str(file.relative_to(staging)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(staging.rglob("*"))
        if file.is_file()
    }
    path.write_text(json.dumps(content, indent=0), "utf-8")


def _swap(link: Path, staging: Path) -> None:
    """Point *link* at *staging* in one step, then clear away what no link points at."""
    new = link.with_name(f".{link.name}.new")
    new.unlink(missing_ok=True)
    new.symlink_to(Path(WORKSHOP) / staging.name, target_is_directory=True)
    new.replace(link)
    for old in (link.parent / WORKSHOP).glob(f"{link.name}-*"):
        if old != staging:
            shutil.rmtree(old, ignore_errors=True)


# --- Pelican -----------------------------------------------------------------


class _Collected(logging.Handler):
    """Keeps what Pelican logs as an error, which it would otherwise only print."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = " ".join(record.getMessage().split())
        cause = record.exc_info[1] if record.exc_info else None
        self.messages.append(f"{text}: {cause}" if cause else text)


def _run_pelican(root: Path, settings_file: str, staging: Path, site: Site) -> None:
    import pelican
    from pelican.settings import read_settings

    collected = _Collected()
    logger = logging.getLogger("pelican")
    logger.addHandler(collected)
    logger.propagate = False
    pelican.console.quiet = True
    try:
        own = root / settings_file
        settings = read_settings(
            str(own) if own.is_file() else str(_shipped_settings()),
            override=_overrides(root, staging, site),
        )
        pelican.Pelican(settings).run()
    finally:
        logger.removeHandler(collected)
        logger.propagate = True
    if collected.messages:
        place = Place(Path(str(settings["PATH"])))
        raise ContentError(Problem(place, "", message) for message in collected.messages)


def _overrides(root: Path, staging: Path, site: Site) -> dict[str, Any]:
    """Return the settings that are the build's own, whatever a site's settings say."""
    content = root / "content"
    if not content.is_dir():
        content = root / WORKSHOP / "content"
        content.mkdir(exist_ok=True)
    own_theme = root / "theme"
    return {
        "PATH": str(content),
        "OUTPUT_PATH": str(staging),
        "THEME": str(own_theme if own_theme.is_dir() else _shipped("theme")),
        "PLUGINS": ["cx_maturity.generator"],
        "PLUGIN_PATHS": [],
        "DELETE_OUTPUT_DIRECTORY": False,
        "CACHE_CONTENT": False,
        "LOAD_CONTENT_CACHE": False,
        "CX_MATURITY": site,
    }


def _shipped(name: str) -> Path:
    """Return a file or folder of the checkout that the wheel carries inside the package."""
    package = Path(__file__).resolve().parent
    return package / name if (package / name).exists() else package.parents[1] / name


def _shipped_settings() -> Path:
    return _shipped("pelicanconf.py")
