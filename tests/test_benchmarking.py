"""The commands about benchmarks, as they are typed: what is written, what is said, exit codes."""

import json
import shutil
from pathlib import Path

import pytest

from cx_maturity.__main__ import main
from cx_maturity.scoring import splits

ROOT = Path(__file__).resolve().parent.parent
CX = ROOT / "assessments" / "questionnaires"
EDITION = "pooled-cx-1-0-short-2026"
PARTS = ("culture", "strategy", "leadership", "measurement")


@pytest.fixture(scope="module")
def asked():
    """Return the ids of the 20 questions of the short subset."""
    text = (ROOT / "assessments/organisations/lyckmossa-home/2026-03.json").read_text("utf-8")
    return list(json.loads(text)["answers"])


@pytest.fixture
def site(tmp_path, monkeypatch, asked):
    """Make twelve organisations that agreed; the nth one answers everything alike."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(CX, tmp_path / "assessments" / "questionnaires")
    for number in range(12):
        organisation(asked, f"organisation-{number:02}", number % 5 + 1, f"{number:03}")
    return tmp_path / "assessments"


def organisation(asked, name, answer, business, root=Path("assessments")):
    folder = root / "organisations" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "organisation.yaml").write_text(
        f"name: {name}\nindustry: retail\nbusiness-id: '{business}'\n"
        "benchmark: {contribute: true}\n"
    )
    lines = [f"  {question}: {answer}" for question in asked]
    head = ["questionnaire: cx@1.0", "subset: short", "date: 2026-05-19", "answers:"]
    (folder / "2026-05.yaml").write_text("\n".join([*head, *lines]) + "\n")


def test_pool_writes_an_edition_and_its_ledger_and_show_prints_it(site, capsys):
    assert main(["benchmark", "pool", "--edition", "2026"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        (
            f"assessments/benchmarks/{EDITION}: written; its ledger, "
            f"assessments/ledgers/{EDITION}.csv, stays private"
        ),
        f"{EDITION}: 12 organisations, held against no edition before",
    ]
    assert sorted(f.name for f in (site / "benchmarks" / EDITION).iterdir()) == [
        "benchmark.yaml",
        "quantiles.csv",
    ]

    assert main(["check", "--strict"]) == 0
    capsys.readouterr()
    assert main(["benchmark", "show", EDITION]) == 0
    shown = capsys.readouterr().out.split("\n\n")[2].splitlines()
    # 0 0 0 25 25 25 50 50 75 75 100 100: of the five around each quarter of the way, (0 + 0 + 25
    # + 25 + 25) / 5, (25 + 25 + 50 + 50 + 75) / 5 and (50 + 50 + 75 + 75 + 100) / 5.
    assert [line.split() for line in shown] == [
        ["overall", "n", "p25", "p50", "p75"],
        ["all", "12", "15", "45", "70"],
        ["retail", "12", "15", "45", "70"],
    ]


def test_an_edition_is_frozen(site, capsys):
    main(["benchmark", "pool", "--edition", "2026"])
    before = (site / "benchmarks" / EDITION / "quantiles.csv").read_bytes()
    capsys.readouterr()

    assert main(["benchmark", "pool", "--edition", "2026"]) == 1
    assert "this edition is frozen" in capsys.readouterr().out
    assert (site / "benchmarks" / EDITION / "quantiles.csv").read_bytes() == before


def test_an_edition_that_would_give_a_newcomer_away_is_not_made(site, asked, capsys):
    main(["benchmark", "pool", "--edition", "2026"])
    organisation(asked, "organisation-12", 5, "012")
    capsys.readouterr()

    assert main(["benchmark", "pool", "--edition", "2027"]) == 1
    assert "1 of 13 has joined, left or changed since" in capsys.readouterr().out
    assert [f.name for f in (site / "benchmarks").iterdir()] == [EDITION]


@pytest.mark.usefixtures("site")
def test_show_names_an_edition_that_was_meant(capsys):
    main(["benchmark", "pool", "--edition", "2026"])
    capsys.readouterr()

    assert main(["benchmark", "show", EDITION[:-1]]) == 2
    assert capsys.readouterr().err == (
        f"cx-maturity: no edition '{EDITION[:-1]}'; did you mean '{EDITION}'?\n"
    )


@pytest.mark.usefixtures("site")
def test_contributions_of_two_are_merged_and_nobody_is_named(asked, capsys, tmp_path):
    key = tmp_path / "benchmark.key"
    key.write_text(f"{'shared' * 8}\n{'own' * 12}\n")
    other = tmp_path / "other"
    shutil.copytree(CX, other / "questionnaires")
    for number in range(20, 30):
        organisation(asked, f"client-{number}", number % 5 + 1, f"{number}", other)
    for folder in ("assessments", "other"):
        done = main([
            "benchmark", "contribute", folder, "--edition", "2026", "--key", str(key),
            "--output", f"from-{folder}", "--previous", "none",
        ])  # fmt: skip
        assert done == 0
    handed = [f"from-{folder}/cx-1.0-short-2026" for folder in ("assessments", "other")]
    written = [f.read_text("utf-8") for folder in handed for f in Path(folder).iterdir()]
    assert not any(name in text for text in written for name in ("organisation-0", "client-2"))
    capsys.readouterr()

    assert main(["benchmark", "merge", *handed, "--edition", "2026"]) == 0
    main(["benchmark", "show", EDITION])
    assert "All organisations: 22\n" in capsys.readouterr().out


@pytest.mark.usefixtures("site")
def test_contribute_writes_over_nothing(capsys, tmp_path):
    key = tmp_path / "benchmark.key"
    key.write_text(f"{'shared' * 8}\n{'own' * 12}\n")
    command = [
        "benchmark", "contribute", "--edition", "2026", "--key", str(key), "--output", "handed",
        "--previous", "none",
    ]  # fmt: skip
    main(command)

    assert main(command) == 4
    assert capsys.readouterr().err == (
        "cx-maturity: handed/cx-1.0-short-2026: there already, and nothing was written; give "
        "--output another folder\n"
    )


@pytest.mark.usefixtures("site")
def test_a_key_that_is_not_there_is_said_to_be_a_file_of_two_lines(capsys):
    done = main([
        "benchmark", "contribute", "--edition", "2026", "--key", "nokey", "--output", "handed",
        "--previous", "none",
    ])  # fmt: skip

    assert done == 2
    assert capsys.readouterr().err == (
        "cx-maturity: no file nokey; --key names the file of two lines, the key that all share "
        "and one of your own\n"
    )


def test_pool_writes_all_or_nothing(site, monkeypatch, capsys):
    """No folder can stand where a file is; and a disk may fill at the last file."""
    (site / "ledgers").write_text("")
    assert main(["benchmark", "pool", "--edition", "2026"]) == 4
    assert capsys.readouterr().err == (
        "cx-maturity: assessments/ledgers: a file where a folder is needed, and nothing was "
        "written; move it away\n"
    )
    (site / "ledgers").unlink()
    before = sorted(site.rglob("*"))
    move = shutil.move

    def full(source, target):
        if Path(target).name == EDITION:
            raise OSError(28, "No space left on device", str(target))
        return move(source, target)

    monkeypatch.setattr(shutil, "move", full)
    assert main(["benchmark", "pool", "--edition", "2026"]) == 4
    assert capsys.readouterr().err == (
        f"cx-maturity: No space left on device: assessments/benchmarks/{EDITION}\n"
    )
    assert sorted(site.rglob("*")) == before

    monkeypatch.undo()
    monkeypatch.chdir(site.parent)
    assert main(["benchmark", "pool", "--edition", "2026"]) == 0
    assert (site / "ledgers" / f"{EDITION}.csv").is_file()
    assert not list(site.glob(".new*"))


def test_pool_tells_which_editions_it_was_not_held_against(site, capsys):
    main(["benchmark", "pool", "--edition", "2026"])
    capsys.readouterr()

    assert main(["benchmark", "pool", "--edition", "2027", "--previous", "none"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "pooled-cx-1-0-short-2027: 12 organisations, held against no edition before",
        f"  not held against: {EDITION}",
    ]
    assert (site / "benchmarks" / "pooled-cx-1-0-short-2027").is_dir()


def test_illustrate_writes_over_nothing(site, capsys):
    command = ["benchmark", "illustrate", "cx@1.0", "--subset", "short", "--edition", "1"]
    assert main([*command, "--seed", "1"]) == 0
    before = (site / "benchmarks/illustrative-short/quantiles.csv").read_bytes()
    capsys.readouterr()

    assert main([*command, "--seed", "2"]) == 4
    assert capsys.readouterr().err == (
        "cx-maturity: assessments/benchmarks/illustrative-short: there already, and nothing was "
        "written; an edition is frozen, so move it away, or give --assessments another folder\n"
    )
    assert (site / "benchmarks/illustrative-short/quantiles.csv").read_bytes() == before


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ["--responses", "more.parquet"],
            (
                "--responses needs --questionnaire, such as cx@1.0; --subset, such as full; "
                "--period, two months such as 2025-09 2026-05"
            ),
        ),
        (
            ["--questionnaire", "cx@1.0", "--subset", "short"],
            "--questionnaire, --subset: of a Parquet file; name it with --responses",
        ),
        (
            ["--responses", "x", "--questionnaire", "cx@1.1", "--subset", "short"],
            "no questionnaire 'cx@1.1'; did you mean 'cx@1.0'?",
        ),
        (
            ["--responses", "x", "--questionnaire", "cx@1.0", "--subset", "shrt"],
            "cx@1.0 has no subset 'shrt'; did you mean 'short'?",
        ),
    ],
)
def test_what_is_missing_beside_a_parquet_file_is_said(capsys, options, message):
    months = ["--period", "2026-01", "2026-02"] if "x" in options else []

    assert main(["benchmark", "pool", "--edition", "2026", *options, *months]) == 2
    assert capsys.readouterr().err == f"cx-maturity: {message}\n"


def test_a_month_that_is_none_is_named(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["benchmark", "pool", "--edition", "2026", "--period", "2026-13", "2026-02"])

    assert ended.value.code == 2
    assert capsys.readouterr().err.splitlines()[-1] == (
        "cx-maturity benchmark pool: error: argument --period: '2026-13' is no month; write one "
        "such as 2026-05"
    )


def parquet(asked, path, organisations):
    import pyarrow as pa
    from pyarrow import parquet as pq

    rows = [(f"client-{n}", n % 5 + 1) for n in range(organisations) for _ in range(3)]
    columns = {
        "organisation": [name for name, _ in rows],
        "contribute": ["true"] * len(rows),
        **{question: [str(answer) for _, answer in rows] for question in asked},
    }
    pq.write_table(pa.table(columns), path)


@pytest.mark.usefixtures("site")
def test_organisations_of_a_parquet_file_are_pooled_with_the_folder_s(asked, capsys):
    parquet(asked, "more.parquet", 8)
    options = ["--responses", "more.parquet", "--questionnaire", "cx@1.0", "--subset", "short"]

    assert main(["benchmark", "pool", "--edition", "2026", *options]) == 2
    assert capsys.readouterr().err == (
        "cx-maturity: --responses needs --period, two months such as 2025-09 2026-05\n"
    )
    options += ["--period", "2025-01", "2026-06"]
    assert main(["benchmark", "pool", "--edition", "2026", *options]) == 0
    main(["benchmark", "show", EDITION])
    shown = capsys.readouterr().out
    assert "edition 2026, 2025-01 to 2026-06\n" in shown
    assert "All organisations: 20\n" in shown


def test_a_parquet_file_that_is_none_is_named(site, capsys):
    Path("more.parquet").write_text("organisation,contribute\n")
    options = ["--responses", "more.parquet", "--questionnaire", "cx@1.0", "--subset", "short"]
    options += ["--period", "2025-01", "2026-06"]

    assert main(["benchmark", "pool", "--edition", "2026", *options]) == 1
    assert capsys.readouterr().out.startswith("more.parquet:1:1: ")
    assert not (site / "benchmarks").exists()


# --- the last gate -----------------------------------------------------------


def test_a_breach_of_disclosure_fails_the_build_and_nothing_is_published(
    tmp_path, monkeypatch, capsys
):
    """Were the hiding to fail, the gate behind it would stop the build."""
    for name in ("assessments", "content", "theme"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "pelicanconf.py", tmp_path)
    monkeypatch.setattr(splits, "hide_splits", lambda *_: {})

    assert main(["build", str(tmp_path)]) == 3

    said = capsys.readouterr().err
    assert "taken from each other, would leave n = " in said
    assert said.endswith(
        "nothing was published\ncx-maturity: this is a mistake in cx-maturity, not in your files\n"
    )
    assert not (tmp_path / "output").exists()
