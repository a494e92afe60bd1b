"""The command line's room for benchmarks: pool, contribute, merge, show, illustrate."""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from cx_maturity import validate
from cx_maturity.errors import EnvironmentFailure, Exit, quoted
from cx_maturity.reading.item import meant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cx_maturity.editions import Assessments
    from cx_maturity.model import Questionnaire
    from cx_maturity.pool import Part, Pooled
    from cx_maturity.pooling.members import Instrument


def add(benchmark: argparse.ArgumentParser) -> None:
    """Add the commands to the parser of ``cx-maturity benchmark``."""
    kinds = benchmark.add_subparsers(required=True)
    assessments = Path("assessments")

    pool = kinds.add_parser("pool", help="make a frozen edition of the organisations that agreed")
    pool.add_argument("assessments", nargs="?", type=Path, default=assessments)
    pool.add_argument("--edition", required=True, help="such as 2026")
    pool.add_argument("--previous", help="the edition before, by its id; none when unpublished")
    pool.add_argument("--responses", type=Path, help="a Parquet file of more organisations")
    pool.add_argument("--questionnaire", help="what the Parquet file answers, such as cx@1.0")
    pool.add_argument("--subset", help="the subset that the Parquet file answers")
    pool.add_argument(
        "--period", nargs=2, type=_month, metavar=("FIRST", "LAST"), help="months of its answers"
    )
    pool.set_defaults(run=_pool)

    contribute = kinds.add_parser("contribute", help="write what may be handed over: counts")
    contribute.add_argument("assessments", nargs="?", type=Path, default=assessments)
    contribute.add_argument("--edition", required=True)
    contribute.add_argument("--key", required=True, type=Path, help="the file of the two keys")
    contribute.add_argument("--output", required=True, type=Path, help="folder for the files")
    contribute.add_argument("--without", nargs="+", default=[], help="hashes to leave out")
    contribute.add_argument(
        "--previous",
        nargs="+",
        required=True,
        type=Path,
        help="the folders handed over before; none, the first time",
    )
    contribute.set_defaults(run=_contribute)

    merge = kinds.add_parser("merge", help="make an edition of contributions")
    merge.add_argument("contributions", nargs="+", type=Path)
    merge.add_argument("--edition", required=True)
    merge.add_argument("--assessments", type=Path, default=assessments)
    merge.add_argument("--previous", help="the edition before, by its id; none when unpublished")
    merge.set_defaults(run=_merge)

    show = kinds.add_parser("show", help="print an edition")
    show.add_argument("edition", help="the id of a benchmark")
    show.add_argument("--assessments", type=Path, default=assessments)
    show.set_defaults(run=_show)

    illustrate = kinds.add_parser("illustrate", help="make a simulated benchmark, marked as such")
    illustrate.add_argument("questionnaire", help="such as cx@1.0")
    illustrate.add_argument("--subset", required=True)
    illustrate.add_argument("--edition", required=True, help="such as 2026.1")
    illustrate.add_argument("--seed", type=int, required=True)
    illustrate.add_argument("--assessments", type=Path, default=assessments)
    illustrate.set_defaults(run=_illustrate)


def _pool(options: argparse.Namespace) -> Exit:
    from cx_maturity.pool import pool, responses, told

    found, _ = validate.assessments(options.assessments)
    more: Mapping[Instrument, Part] = {}
    if wrong := _about_responses(options):
        print(f"cx-maturity: {wrong}", file=sys.stderr)
        return Exit.USAGE
    if options.responses:
        asked = _asked(found, options.questionnaire, options.subset)
        if asked is None:
            return Exit.USAGE
        months = min(options.period), max(options.period)
        more = responses(options.responses, asked, options.subset, months)
    made = pool(found, options.edition, options.previous, more)
    _write_pooled(found, made.editions)
    for line in told(made):
        print(line)
    return Exit.OK


def _about_responses(options: argparse.Namespace) -> str:
    """Say what is missing beside a Parquet file, or that one is missing."""
    needed = {
        "--questionnaire, such as cx@1.0": options.questionnaire,
        "--subset, such as full": options.subset,
        "--period, two months such as 2025-09 2026-05": options.period,
    }
    if options.responses:
        missing = [what for what, given in needed.items() if not given]
        return f"--responses needs {'; '.join(missing)}" if missing else ""
    given = [what.partition(",")[0] for what, given in needed.items() if given]
    return f"{', '.join(given)}: of a Parquet file; name it with --responses" if given else ""


def _month(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text):
        message = f"{quoted(text)} is no month; write one such as 2026-05"
        raise argparse.ArgumentTypeError(message)
    return text


def _write_pooled(found: Assessments, made: Sequence[Pooled]) -> None:
    """Write all editions or none, and their ledgers where nobody publishes them."""
    wanted: dict[Path, str | Mapping[str, str]] = {}
    for one in made:
        # A ledger without its edition is noticed; an edition without its ledger guards nobody.
        wanted[found.root / "ledgers" / f"{one.id}.csv"] = one.ledger
        wanted[found.root / "benchmarks" / one.id] = one.files
    write(found.root, wanted, "move it away, or give the edition another name with --edition")
    for one in made:
        ledger = found.root / "ledgers" / f"{one.id}.csv"
        print(f"{found.root / 'benchmarks' / one.id}: written; its ledger, {ledger}, stays private")


def write(near: Path, wanted: Mapping[Path, str | Mapping[str, str]], advice: str) -> None:
    """
    Write files and folders of files: all of them, made in *near* first, or none.

    Raises :class:`~cx_maturity.errors.EnvironmentFailure` with *advice* for what is there.
    """
    if there := [f"{path}" for path in wanted if path.exists() or path.is_symlink()]:
        message = f"{', '.join(there)}: there already, and nothing was written; {advice}"
        raise EnvironmentFailure(message)
    for parent in {above for path in (near / "-", *wanted) for above in path.parents}:
        if parent.exists() and not parent.is_dir():
            message = f"{parent}: a file where a folder is needed, and nothing was written"
            raise EnvironmentFailure(f"{message}; move it away")
    made: list[Path] = []
    try:
        made += _folders(near)
        stage = Path(tempfile.mkdtemp(prefix=".new-", dir=near))
        made.append(stage)
        for number, content in enumerate(wanted.values()):
            _prepare(stage / f"{number}", content)
        for number, path in enumerate(wanted):
            made += _folders(path.parent)
            made.append(path)
            shutil.move(stage / f"{number}", path)
    except BaseException:
        for path in reversed(made):
            _remove(path)
        raise
    _remove(stage)


def _prepare(path: Path, content: str | Mapping[str, str]) -> None:
    if isinstance(content, str):
        path.write_text(content, "utf-8", newline="")
        return
    path.mkdir()
    for name, text in content.items():
        (path / name).write_text(text, "utf-8", newline="")


def _folders(path: Path) -> list[Path]:
    """Make the folder *path* and return what was not there yet, the outermost first."""
    missing = [one for one in (path, *path.parents) if not one.exists()][::-1]
    for one in missing:
        one.mkdir()
    return missing


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _contribute(options: argparse.Namespace) -> Exit:
    from cx_maturity.contribute import checked_key, contribute, told
    from cx_maturity.pooling.handover import contribution_files, contribution_name
    from cx_maturity.reading.contribution import earlier_contributions

    found, _ = validate.assessments(options.assessments)
    if not options.key.exists() or options.key.is_dir():
        print(
            f"cx-maturity: no file {options.key}; --key names the file of two lines, the key that "
            "all share and one of your own",
            file=sys.stderr,
        )
        return Exit.USAGE
    key = checked_key(options.key.read_bytes(), options.key)
    folders = [] if options.previous == [Path("none")] else options.previous
    before = earlier_contributions(folders, found.questionnaires)
    made = contribute(found, options.edition, key, options.without, before)
    wanted = {
        options.output / contribution_name(one.contribution): contribution_files(one.contribution)
        for one in made.handed
        if one.contribution
    }
    write(options.output, wanted, "give --output another folder")
    for folder in wanted:
        print(f"{folder}: written")
    for line in told(made):
        print(line)
    return Exit.OK


def _merge(options: argparse.Namespace) -> Exit:
    from cx_maturity.merge import merge
    from cx_maturity.pool import aside
    from cx_maturity.reading.contribution import contributions

    found, _ = validate.assessments(options.assessments)
    handed = contributions(options.contributions, found.questionnaires, options.edition)
    made = merge(handed, found, options.edition, options.previous)
    _write_pooled(found, [made])
    for line in aside(made):
        print(line)
    return Exit.OK


def _show(options: argparse.Namespace) -> Exit:
    from cx_maturity.pooling.shown import show

    found, _ = validate.assessments(options.assessments)
    editions = {edition.id: edition for edition in found.editions}
    edition = editions.get(options.edition)
    if edition is None:
        guess = meant(options.edition, editions)
        print(f"cx-maturity: no edition {options.edition!r}{guess}", file=sys.stderr)
        return Exit.USAGE
    print(show(edition, found.questionnaires[edition.questionnaire, edition.version]), end="")
    return Exit.OK


def _illustrate(options: argparse.Namespace) -> Exit:
    from datetime import date

    from cx_maturity.illustrate import illustrative

    found, _ = validate.assessments(options.assessments)
    questionnaire = _asked(found, options.questionnaire, options.subset)
    if questionnaire is None:
        return Exit.USAGE
    folder = options.assessments / "benchmarks" / f"illustrative-{options.subset}"
    files = illustrative(
        questionnaire, options.subset, options.edition, options.seed, date(2026, 1, 1)
    )
    advice = "an edition is frozen, so move it away, or give --assessments another folder"
    write(options.assessments, {folder: files}, advice)
    print(f"{folder}: made")
    return Exit.OK


def _asked(found: Assessments, reference: str, subset: str) -> Questionnaire | None:
    """Return the questionnaire called ``cx@1.0`` if it has the *subset*; else say what is wrong."""
    known = {f"{name}@{version}": one for (name, version), one in found.questionnaires.items()}
    if reference not in known:
        wrong = f"no questionnaire {quoted(reference)}{meant(reference, known)}"
    else:
        subsets = [one.id for one in known[reference].subsets]
        if subset in subsets:
            return known[reference]
        wrong = f"{reference} has no subset {quoted(subset)}{meant(subset, subsets)}"
    print(f"cx-maturity: {wrong}", file=sys.stderr)
    return None
