"""The command line: ``cx-maturity``, or ``python -m cx_maturity``."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cx_maturity import __version__, benchmarking, validate
from cx_maturity.errors import (
    SHOWN,
    Breach,
    ContentError,
    EnvironmentFailure,
    Exit,
    counted,
    folded,
)
from cx_maturity.reading.item import meant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cx_maturity.errors import Problem
    from cx_maturity.explaining.basis import Explained
    from cx_maturity.model import Wave
    from cx_maturity.publish import Built
    from cx_maturity.results import Scorecard


MAX_PORT = 65_535


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that knows fewer letters shows the rest as numbers, and nothing fails.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        with _ends_tidily():
            return int(options.run(options))
    except ContentError as error:
        _print_problems(error.problems)
        return Exit.CONTENT
    except BrokenPipeError:
        # Whoever read our words has read enough; Python must not try to write more at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    except (EnvironmentFailure, OSError) as error:
        print(f"cx-maturity: {_said(error)}", file=sys.stderr)
        return Exit.ENVIRONMENT
    except KeyboardInterrupt:
        print("cx-maturity: interrupted", file=sys.stderr)
        return Exit.ENVIRONMENT
    except Exception as error:  # noqa: BLE001 - the last line of defence says whose mistake it is
        if isinstance(error, Breach):
            print(f"{error}\nnothing was published", file=sys.stderr)
        else:
            traceback.print_exc()
        print("cx-maturity: this is a mistake in cx-maturity, not in your files", file=sys.stderr)
        return Exit.BUG


class _Stopped(KeyboardInterrupt):
    """
    Somebody asked the command to stop.

    Not KeyboardInterrupt itself: raised while Python runs a piece of text, as it does for every
    named tuple, that one ends the process by signal even when it is caught.
    """


def _stop(_number: int, _frame: object) -> None:
    raise _Stopped


@contextlib.contextmanager
def _ends_tidily() -> Iterator[None]:
    """Have Ctrl+C, a polite kill, or a closed terminal clear up and end with our own words."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(each, _stop) for each in signals]
    try:
        yield
    finally:
        for each, handler in zip(signals, before, strict=True):
            signal.signal(each, handler)


def _said(error: Exception) -> str:
    """Write what the machine refused in words, without its number."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return str(error)


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= MAX_PORT:
        raise ValueError
    return port


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cx-maturity",
        description="Score customer-experience maturity and publish the reports.",
        epilog="Exit codes: 0 done, 1 something in the files is wrong, 2 wrong use of the command, "
        "3 a mistake in cx-maturity, 4 the machine (disk, lock).",
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True)

    check = commands.add_parser("check", help="find everything that is wrong with the files")
    check.add_argument("path", nargs="?", type=Path, default=Path("assessments"))
    check.add_argument("--strict", action="store_true", help="treat warnings as errors")
    check.add_argument("--all", action="store_true", help="show every warning, however often")
    check.set_defaults(run=_check)

    score = commands.add_parser("score", help="print the scores of one wave")
    score.add_argument("path", type=Path, help="a wave: assessments/organisations/<id>/<wave>.yaml")
    score.add_argument("--format", choices=("text", "json"), default="text")
    score.set_defaults(run=_score)

    explain = commands.add_parser("explain", help="show where a number comes from")
    explain.add_argument("path", type=Path, help="a wave, as for score")
    explain.add_argument(
        "measure", help="overall, or a dimension, capability or question by its id"
    )
    explain.set_defaults(run=_explain)

    migrate = commands.add_parser("migrate", help="carry answers over to another version")
    migrate.add_argument("path", type=Path, help="a wave, as for score")
    migrate.add_argument("--to", required=True, help="the new version, such as cx@2.0")
    migrate.add_argument("--map", type=Path, help="a mapping file that lies elsewhere than usual")
    migrate.add_argument("--output", required=True, type=Path, help="folder for the new files")
    migrate.set_defaults(run=_migrate)

    build = commands.add_parser("build", help="build the site into output/")
    build.add_argument(
        "site", nargs="?", type=Path, default=Path(), help="the folder with assessments/"
    )
    build.add_argument(
        "--all", action="store_true", help="every organisation, private ones too, into preview/"
    )
    build.add_argument("--strict", action="store_true", help="treat warnings as errors")
    build.add_argument(
        "--settings", default="pelicanconf.py", help="settings file in the site's folder"
    )
    build.set_defaults(run=_build)

    serve = commands.add_parser("serve", help="build, show on this machine, build again on changes")
    serve.add_argument("site", nargs="?", type=Path, default=Path())
    serve.add_argument("--all", action="store_true", help="show the preview instead")
    serve.add_argument("--port", type=_port, default=8000)
    serve.set_defaults(run=_serve)

    frames = commands.add_parser("frames", help="draw the chart frames again and prove them")
    frames.add_argument("--check", action="store_true", help="only compare with the frames at hand")
    frames.set_defaults(run=_frames)

    benchmark = commands.add_parser("benchmark", help="make, join and print benchmarks")
    benchmarking.add(benchmark)
    return parser


def _print_problems(problems: Sequence[Problem]) -> None:
    for problem in problems[:SHOWN]:
        print(problem)
    more = f", the first {SHOWN} are shown" if len(problems) > SHOWN else ""
    print(f"{counted(len(problems), 'problem')}{more}", file=sys.stderr)


def _check(options: argparse.Namespace) -> Exit:
    content = options.path.absolute().parent / "content"
    found, warnings, _ = validate.site(options.path, content)
    for warning in warnings if options.all else folded(warnings):
        print(warning)
    waves = sum(len(organisation.waves) for organisation in found.organisations)
    print(
        f"{counted(len(found.questionnaires), 'questionnaire')}, "
        f"{counted(len(found.organisations), 'organisation')} with {counted(waves, 'wave')}, "
        f"{counted(len(found.editions) + len(found.published), 'benchmark')}: "
        f"{counted(len(warnings), 'warning') if warnings else 'nothing wrong'}"
    )
    return Exit.CONTENT if warnings and options.strict else Exit.OK


def _score(options: argparse.Namespace) -> Exit:
    from cx_maturity.export import scores
    from cx_maturity.score import scorecard

    wave, _ = validate.one_wave(options.path)
    card = scorecard(wave)
    if options.format == "json":
        print(json.dumps(scores(card), indent=2, ensure_ascii=False))
    else:
        _print_scores(card, scores(card))
    return Exit.OK


def _print_scores(card: Scorecard, found: dict[str, Any]) -> None:
    print(f"{found['questionnaire']}@{found['version']}, {found['subset']}, wave {found['wave']}")
    print(f"{'measure':32} {'score':>6} {'level':>5} {'answered':>8} {'n':>5}  interval")
    rows = {"overall": found["overall"], **found["dimensions"], **found["capabilities"]}
    for name, row in rows.items():
        score = "-" if row["score"] is None else f"{row['score']:.1f}"
        level = "-" if row["gated_level"] is None else row["gated_level"]
        interval = "{:.1f} to {:.1f}".format(*row["interval"]) if row["interval"] else ""
        interval += ", rough" if row["rough"] else ""
        print(f"{name:32} {score:>6} {level:>5} {row['coverage']:>8.0%} {row['n']:>5}  {interval}")
    if card.held_by:
        print(f"the level is held by {', '.join(card.held_by)}")


def _explain(options: argparse.Namespace) -> Exit:
    from cx_maturity.benchmark import compare
    from cx_maturity.change import movement
    from cx_maturity.explain import explained
    from cx_maturity.explaining.basis import Basis
    from cx_maturity.parts.subject import subject
    from cx_maturity.score import scorecard
    from cx_maturity.words import Words

    wave, _ = validate.one_wave(options.path)
    found, _ = validate.assessments(_root(wave))
    organisation = next(o for o in found.organisations if wave.path in {w.path for w in o.waves})
    card = scorecard(wave)
    moved = movement(organisation.waves, wave)
    peers = compare(card, organisation, found.editions)
    about = subject(organisation, card, peers, Words("en"), moved)
    basis = Basis(about)
    if options.measure not in basis.names:
        guess = meant(options.measure, basis.names)
        print(f"cx-maturity: no measure {options.measure!r} in this wave{guess}", file=sys.stderr)
        return Exit.USAGE
    for each in explained(basis, options.measure):
        _print_explained(each)
    return Exit.OK


def _root(wave: Wave) -> Path:
    """Return the folder of assessments that holds *wave*, however its path was written."""
    return (wave.path or Path()).parents[2]


def _print_explained(explained: Explained) -> None:
    indent = "  " * explained.depth
    print(f"{indent}{explained.title}")
    for line in explained.lines:
        value = " ".join(filter(None, (line.chip.text if line.chip else "", line.value)))
        print(f"{indent}  {line.name}: {value}" if value else f"{indent}  {line.name}")
        print(f"{indent}    {line.rule}")
        for given in line.inputs:
            print(f"{indent}    - {given.title}: {given.value}")


def _migrate(options: argparse.Namespace) -> Exit:
    from cx_maturity.migrate import mapping_for, migrated

    wave, _ = validate.one_wave(options.path)
    found, _ = validate.assessments(_root(wave))
    known = {f"{name}@{version}": q for (name, version), q in found.questionnaires.items()}
    if options.to not in known:
        guess = meant(options.to, known)
        print(f"cx-maturity: no questionnaire {options.to!r}{guess}", file=sys.stderr)
        return Exit.USAGE
    new = known[options.to]
    files, account = migrated(wave, new, mapping_for(wave, new, options.map))
    # What is there already is somebody's work: it is never written over.
    wanted = {options.output / name: text for name, text in files.items()}
    benchmarking.write(
        options.output, wanted, "give --output another folder, such as a new one, or move it away"
    )
    for path in wanted:
        print(f"{path}: written")
    for line in account.lines():
        print(line)
    return Exit.OK


def _build(options: argparse.Namespace) -> Exit:
    from cx_maturity import publish

    if options.settings != publish.SETTINGS and not (options.site / options.settings).is_file():
        print(f"cx-maturity: no file {options.site / options.settings}", file=sys.stderr)
        return Exit.USAGE
    with _progress() as progress:
        done = publish.build(
            options.site,
            preview=options.all,
            strict=options.strict,
            settings=options.settings,
            progress=progress,
        )
    _print_built(done)
    return Exit.OK


def _print_built(done: Built) -> None:
    for warning in folded(done.warnings):
        print(warning)
    print(
        f"{counted(done.organisations, 'organisation')}, {counted(done.pages, 'page')}, "
        f"{counted(len(done.warnings), 'warning')}, {done.seconds:.1f} s; open {done.index}"
    )
    if done.left_out:
        told = counted(done.left_out, "private organisation")
        print(f"left out: {told}; a preview (--all) shows them, `publish: public` publishes one")


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Give the build what it calls with (done, all): a bar on a terminal, silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reports")
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _serve(options: argparse.Namespace) -> Exit:
    from cx_maturity import serve

    serve.serve(options.site, preview=options.all, port=options.port, report=_print_built)
    return Exit.OK


def _frames(options: argparse.Namespace) -> Exit:
    from cx_maturity import chart

    if options.check:
        chart.check_frames()
    else:
        for file, text in chart.draw_frames().items():
            file.write_text(text, "utf-8", newline="")
    return Exit.OK


if __name__ == "__main__":
    sys.exit(main())
