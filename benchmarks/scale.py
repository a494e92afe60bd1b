"""
Measure what scoring and pooling cost from Parquet, on seeded input that this script makes.

    python benchmarks/scale.py                       1e5, 1e6 and 1e7 respondents
    python benchmarks/scale.py 1e6 --runs 3 --text

A hundred respondents for each organisation, the 40 questions of the shipped questionnaire, seven
cells in a hundred unsure, not applicable or empty, one organisation in ten without consent; the
rows of an organisation stand anywhere.  With --text the columns do not say that they are
dictionaries, with --numbers cells are doubles, as an export with gaps often has them.

For each size and step a process of its own, start and imports included: reading the columns
alone, scoring, scoring with reliability, and scoring with an edition made of it.  CPU seconds are
user and system of all threads.  Wall-clock time is not shown: the machine may be doing something
else.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "plugins"))

SIZES = (100_000, 1_000_000, 10_000_000)
EACH = 100  # respondents for each organisation
STEPS = ("decode", "score", "reliability", "pool")
# Rows that are made at a time, and stand in one row group.
ROWS = 1 << 20
UNSURE, NOT_APPLICABLE, EMPTY = 0.03, 0.01, 0.03


def make_file(path: Path, respondents: int, kind: str = "", seed: int = 7) -> None:
    """Write a file of that many respondents; *kind* is "text", "numbers" or dictionaries."""
    import numpy as np
    import pyarrow as pa
    from pyarrow import parquet

    questionnaire = _questionnaire()
    ids = [question.id for question in questionnaire.questions()]
    roles = pa.array([role.id for role in questionnaire.roles])
    reason = questionnaire.reasons[0].id
    cells = pa.array([*"12345", "unsure", f"not-applicable:{reason}"])
    chance = np.random.default_rng(seed)
    organisations = max(respondents // EACH, 1)
    level = chance.uniform(1.5, 4.5, organisations)
    names = pa.array([f"organisation-{i:06}" for i in range(organisations)])

    def words(places: np.ndarray, known: pa.Array, mask: np.ndarray | None = None) -> pa.Array:
        made = pa.DictionaryArray.from_arrays(pa.array(places.astype("int32"), mask=mask), known)
        return made.dictionary_decode() if kind == "text" else made

    writer = None
    for start in range(0, respondents, ROWS):
        rows = min(ROWS, respondents - start)
        whose = chance.integers(0, organisations, rows)
        columns = {
            "organisation": words(whose, names),
            "industry": words(whose % 2, pa.array(["retail", "financial-services"])),
            "country": words(whose % 3, pa.array(["FI", "SE", "NO"])),
            "contribute": pa.array(whose % 10 != 9),  # noqa: PLR2004 - one in ten does not
            "role": words(chance.integers(0, len(roles), rows), roles),
        }
        own = level[whose] + chance.normal(0, 0.4, rows)
        for question in ids:
            answer = np.clip(np.rint(own + chance.normal(0, 0.8, rows)), 1, 5).astype(int)
            drawn = chance.random(rows)
            gap = drawn < UNSURE + NOT_APPLICABLE + EMPTY
            if kind == "numbers":
                columns[question] = pa.array(answer.astype(float), mask=gap)
                continue
            answer[drawn < UNSURE + NOT_APPLICABLE] = 7
            answer[drawn < UNSURE] = 6
            columns[question] = words(answer - 1, cells, gap & (answer < 6))  # noqa: PLR2004
        table = pa.table(columns)
        writer = writer or parquet.ParquetWriter(path, table.schema)
        writer.write_table(table, row_group_size=ROWS)
    if writer:
        writer.close()


def _questionnaire():  # noqa: ANN202 - a record of the package, imported where the clock runs
    from cx_maturity.errors import Problems
    from cx_maturity.reading.questionnaire import questionnaire

    return questionnaire(ROOT / "assessments/questionnaires/cx/1.0", Problems())


def step(name: str, path: Path) -> str:
    """Do one step in this process; returns what came out."""
    from cx_maturity import load
    from cx_maturity.errors import Problems

    problems = Problems()
    file = load.columns(path, problems)
    if name == "decode":
        from cx_maturity.pooling.parquet import BATCH

        return f"{sum(len(batch) for batch in file.iter_batches(BATCH)):,} rows"
    from cx_maturity.pooling import columns

    questionnaire = _questionnaire()
    if name == "reliability":
        from cx_maturity.pooling.moments import Moments

        moments = Moments(questionnaire, "full")
        columns.scored(file, path, questionnaire, "full", problems, also=moments.add)
        found = moments.reliability()["overall"]
        return f"alpha {found.alpha:.3f} of {found.people:,} people"
    made = columns.scored(file, path, questionnaire, "full", problems)
    if made is None:
        sys.exit("\n".join(map(str, problems.errors)))
    if name == "score":
        return f"{len(made.members):,} organisations scored"
    from cx_maturity.pooling.cells import gathered, published
    from cx_maturity.pooling.segments import tree

    segments = tree((member.industry, member.country) for member in made.members)
    found = published(segments, gathered(made.members, segments))
    return f"{len(found.cells):,} cells of {len(segments)} segments"


def measure(name: str, path: Path) -> tuple[float, float, str]:
    """Return CPU seconds, peak memory in MB and what came out of a step in a fresh process."""
    process = subprocess.Popen(
        [sys.executable, __file__, "--step", name, "--file", str(path)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
        stdout=subprocess.PIPE,
        text=True,
    )
    said = process.stdout.read().strip() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{name} ended with exit code {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said


def main() -> None:
    """Print what each size costs."""
    parser = argparse.ArgumentParser(description="Measure scoring and pooling from Parquet.")
    parser.add_argument("sizes", nargs="*", type=float, default=SIZES, help="respondents")
    parser.add_argument("--runs", type=int, default=1, help="runs of each, of which the median")
    parser.add_argument("--text", action="store_const", const="text", default="", dest="kind")
    parser.add_argument("--numbers", action="store_const", const="numbers", dest="kind")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        print(step(options.step, options.file))
        return
    with tempfile.TemporaryDirectory() as folder:
        for size in map(int, options.sizes):
            path = Path(folder) / "responses.parquet"
            make_file(path, size, options.kind)
            print(f"{size:,} respondents, {path.stat().st_size / 1e6:.0f} MB of Parquet")
            base = 0.0
            for name in STEPS:
                runs = [measure(name, path) for _ in range(options.runs)]
                cpu = statistics.median(cpu for cpu, _, _ in runs)
                peak = max(memory for _, memory, _ in runs)
                base = base or cpu
                ratio = f"{cpu / base:5.1f} times decoding"
                print(f"  {name:12}{cpu:8.2f} s {peak:7.0f} MB  {ratio}  {runs[0][2]}")
            path.unlink()


if __name__ == "__main__":
    main()
