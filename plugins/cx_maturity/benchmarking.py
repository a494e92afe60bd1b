"""The command line's room for benchmarks: pool, contribute, merge, show, illustrate."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cx_maturity import validate
from cx_maturity.errors import Exit
from cx_maturity.reading.item import meant

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

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
    if options.responses:
        asked = _asked(found, options.questionnaire, options.subset)
        if asked is None:
            return Exit.USAGE
        if not options.period:
            print(
                "cx-maturity: --responses needs --period, two months such as 2025-09 2026-05",
                file=sys.stderr,
            )
            return Exit.USAGE
        months = min(options.period), max(options.period)
        more = responses(options.responses, asked, options.subset, months)
    made = pool(found, options.edition, options.previous, more)
    for one in made.editions:
        _write_pooled(found, one)
    for line in told(made):
        print(line)
    return Exit.OK


def _month(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text):
        raise ValueError
    return text


def _write_pooled(found: Assessments, one: Pooled) -> None:
    """Write an edition, and its ledger where nobody publishes it."""
    folder = found.root / "benchmarks" / one.id
    ledgers = found.root / "ledgers"
    _write(folder, one.files)
    ledgers.mkdir(exist_ok=True)
    (ledgers / f"{one.id}.csv").write_text(one.ledger, "utf-8", newline="")
    print(f"{folder}: written; its ledger, {ledgers / one.id}.csv, stays private")


def _write(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8", newline="")


def _contribute(options: argparse.Namespace) -> Exit:
    from cx_maturity.contribute import checked_key, contribute, told
    from cx_maturity.pooling.handover import contribution_files, contribution_name
    from cx_maturity.reading.contribution import earlier_contributions

    found, _ = validate.assessments(options.assessments)
    key = checked_key(options.key.read_bytes(), options.key)
    folders = [] if options.previous == [Path("none")] else options.previous
    before = earlier_contributions(folders, found.questionnaires)
    made = contribute(found, options.edition, key, options.without, before)
    for one in made.handed:
        if one.contribution:
            folder = options.output / contribution_name(one.contribution)
            _write(folder, contribution_files(one.contribution))
            print(f"{folder}: written")
    for line in told(made):
        print(line)
    return Exit.OK


def _merge(options: argparse.Namespace) -> Exit:
    from cx_maturity.merge import merge
    from cx_maturity.reading.contribution import contributions

    found, _ = validate.assessments(options.assessments)
    handed = contributions(options.contributions, found.questionnaires, options.edition)
    _write_pooled(found, merge(handed, found, options.edition, options.previous))
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
    folder.mkdir(parents=True, exist_ok=True)
    files = illustrative(
        questionnaire, options.subset, options.edition, options.seed, date(2026, 1, 1)
    )
    for file, text in files.items():
        (folder / file).write_text(text, "utf-8", newline="")
    print(f"{folder}: made")
    return Exit.OK


def _asked(found: Assessments, reference: str | None, subset: str | None) -> Questionnaire | None:
    """Return the questionnaire called ``cx@1.0`` if it has the *subset*; else say what is wrong."""
    name, _, version = (reference or "").partition("@")
    questionnaire = found.questionnaires.get((name, version))
    if questionnaire and subset in {known.id for known in questionnaire.subsets}:
        return questionnaire
    print(f"cx-maturity: no {reference} with a subset {subset}", file=sys.stderr)
    return None
