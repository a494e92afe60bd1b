"""
A crowd of organisations that have nothing in common, by chance but the same each time.

The first ones are the extremes by hand; the others draw how many people answer, how they
answer and what they leave out.  Every one is fictional and says so.
"""

import csv
import io
import random
import shutil
from pathlib import Path

import yaml

from cx_maturity import validate

ASSESSMENTS = Path(__file__).resolve().parent.parent / "assessments"
LANGUAGES = ("en", "fi", "sv", "nb")
ROLES = ("leadership", "management", "front-line", "support", "partner")
REASONS = ("too-small", "no-direct-contact", "set-by-law", "too-new")
GRADES = ("none", "described", "document", "data")
LONGEST = 400
KINDS = (
    *("lowest", "highest", "one answer", "all unsure", "none applicable", "long name"),
    *("two hundred", "twelve waves", "five people", "four people", "one person of many"),
    *("opposed roles", "hostile name", "empty", "half and half"),
)


def crowd(root, size, seed):
    """Write *size* organisations below *root*, with our questionnaire and illustrative peers."""
    for name in ("questionnaires", "benchmarks"):
        shutil.copytree(ASSESSMENTS / name, root / name)
    questionnaire = validate.assessments(root)[0].questionnaires["cx", "1.0"]
    chance = random.Random(seed)  # noqa: S311 - the same each time, not secret
    for number in range(size):
        kind = KINDS[number] if number < len(KINDS) else "drawn"
        _organisation(root / "organisations" / f"crowd-{number:03d}", questionnaire, kind, chance)
    return root


def _organisation(folder, questionnaire, kind, chance):
    folder.mkdir(parents=True)
    number = int(folder.name[-3:])
    _dump(
        folder / "organisation.yaml",
        {
            "name": _name(kind, folder.name, chance),
            "industry": chance.choice(["retail", "financial-services", "other"]),
            "country": chance.choice(["FI", "SE", "NO", "DK"]),
            "languages": [LANGUAGES[number % 4], LANGUAGES[(number + 1) % 4]],
            "publish": "public",
            "fictional": True,
        },
    )
    waves = 12 if kind == "twelve waves" else chance.choice([1, 1, 1, 2, 4, 6])
    people = {"two hundred": 200, "five people": 5, "four people": 4, "twelve waves": 12}.get(
        kind, chance.choice([1, 1, 3, 6, 9, 14, 30, 60])
    )
    subset = chance.choice(["full", "full", "short", "pulse"])
    asked = [q.id for q in questionnaire.questions()]
    if subset != "full":
        asked = [q for q in asked if q in questionnaire.subset(subset).questions]
    style = _style(kind, chance)
    for wave in range(waves):
        year, month = 2015 + wave, 1 + wave % 12
        head = {"questionnaire": "cx@1.0", "subset": subset, "date": f"{year}-{month:02d}-10"}
        path = folder / f"{year}-{month:02d}.yaml"
        if people == 1:
            _dump(path, {**head, "answers": _answers(asked, style, chance)})
        else:
            rows = [_person(asked, style, chance, i, people) for i in range(people)]
            _write_rows(path.with_suffix(".responses.csv"), asked, rows)
            responses = {"file": f"{path.stem}.responses.csv", "respondent": "respondent"}
            _dump(path, {**head, "responses": {**responses, "role": "role", "unit": "unit"}})


def _name(kind, plain, chance):
    if kind == "long name":
        words = []
        while len(" ".join(words)) < LONGEST:
            words.append("".join(chance.choice("abdeiklmnoprstuväö") for _ in range(9)).title())
        return " ".join(words)[:LONGEST].strip()
    if kind == "hostile name":
        return '<script>alert("x")</script> & {{ 7*7 }} {name} %s \\ abc'
    return f"{plain.title()} (fictional)"


def _style(kind, chance):
    """Return (lowest anchor, highest, share unsure, share left open, share not applicable)."""
    fixed = {
        "lowest": (1, 1, 0, 0, 0),
        "highest": (5, 5, 0, 0, 0),
        "one answer": (3, 3, 0, 0.999, 0),
        "all unsure": (3, 3, 1, 0, 0),
        "none applicable": (3, 3, 0, 0, 1),
        "empty": (3, 3, 0, 1, 0),
        "half and half": (1, 5, 0.25, 0.25, 0),
    }
    if kind in fixed:
        return fixed[kind]
    low = chance.randint(1, 4)
    return low, chance.randint(low, 5), chance.choice([0, 0.05, 0.3]), chance.choice([0, 0.1]), 0.02


def _given(style, chance):
    low, high, unsure, left, unfit = style
    drawn = chance.random()
    if drawn < unsure:
        return "unsure"
    if drawn < unsure + left:
        return ""
    if drawn < unsure + left + unfit:
        return f"not-applicable:{chance.choice(REASONS)}"
    return str(chance.randint(low, high))


def _answers(asked, style, chance):
    found = {}
    for question in asked:
        given = _given(style, chance)
        if given.startswith("not-applicable:"):
            found[question] = {"not-applicable": given.partition(":")[2]}
        elif given.isdigit() and chance.random() < 0.5:
            found[question] = {"answer": int(given), "evidence": chance.choice(GRADES)}
        elif given:
            found[question] = int(given) if given.isdigit() else given
    return found or {asked[0]: "unsure"}


def _person(asked, style, chance, number, people):
    role = ROLES[number % (5 if people > 20 else 2)]
    unit = f"Unit {number % 3 + 1}"
    return [f"p{number:03d}", role, unit, *(_given(style, chance) for _ in asked)]


def _write_rows(path, asked, rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["respondent", "role", "unit", *asked])
    writer.writerows(rows)
    path.write_text(out.getvalue(), "utf-8")


def _dump(path, data):
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
