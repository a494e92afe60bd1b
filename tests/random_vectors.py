"""
Draw questionnaires and waves, and write ``vectors/random-*.json``.

``python tests/random_vectors.py`` writes the files again; their expected values
come from ``reference.py``, which is neither of the two implementations under
test.  The same seed draws the same vectors with every Python.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any, TypeVar

import reference

Plain = dict[str, Any]
Thing = TypeVar("Thing")

HERE = Path(__file__).resolve().parent
TABLE = HERE.parent / "plugins" / "cx_maturity" / "t.json"
SEED = 20260519
QUESTIONNAIRES, WAVES = 25, 2  # in each file
KINDS = {
    "plain-bands": "One answers file, levels as bands",
    "plain-staged": "One answers file, staged levels",
    "panel": "Respondents without roles, some of them with a population",
    "panel-roles": "Respondents with roles: balanced, pooled and fixed",
}
SCALES: Plain = {
    "five": {"kind": "points", "low": 1, "high": 5},
    "seven": {"kind": "points", "low": 1, "high": 7},
    "ten": {"kind": "points", "low": 0, "high": 10},
    "yes-no": {"kind": "choice", "options": {"no": 0, "yes": 1}},
    "uneven": {"kind": "choice", "options": {"never": -1, "once": 0, "twice": 2, "always": 6}},
    "days": {"kind": "numeric", "cuts": ["0.5", 1, 7, 30]},
}
BANDS = (
    [0, 20, 40, 60, 80],
    [0, 20, 40, 60, 80],
    [0, "33.3", "66.7"],
    [0, 25, 50, 75],
    [0, 50],
)


class Dice:
    """Chance that stays the same from one Python to the next."""

    def __init__(self, seed: str) -> None:
        """Start from *seed*."""
        # random() alone is promised to give the same numbers in later versions.
        self.random = random.Random(seed).random  # noqa: S311 - nothing here is a secret

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from *low* to *high*."""
        return low + int(self.random() * (high - low + 1))

    def one_of(self, things: tuple[Thing, ...] | list[Thing]) -> Thing:
        """Return one of *things*."""
        return things[self.whole(0, len(things) - 1)]

    def happens(self, chance: float) -> bool:
        """Return True with the probability *chance*."""
        return self.random() < chance


# --- questionnaires ------------------------------------------------------------


def questionnaire(dice: Dice, kind: str) -> Plain:
    """Draw a questionnaire with every feature now and then."""
    staged = kind == "plain-staged" or (kind.startswith("panel") and dice.happens(0.2))
    levels: Plain = {"method": "bands", "starts": dice.one_of(BANDS)}
    if staged:
        levels = {"method": "staged", "count": dice.whole(2, 5), "pass": dice.one_of((100, 75, 50))}
    gate = dice.one_of((0, 1, 1, 2)) if dice.happens(0.6) else None
    draw = _Questions(dice, levels.get("count"))
    drawn: Plain = {
        "id": "drawn",
        "version": "1.0",
        "aggregate": "minimum" if dice.happens(0.2) else "mean",
        "coverage": {
            "capability": dice.one_of((50, 50, 50, 1, 67, 100)),
            "dimension": dice.one_of((60, 60, 60, 1, 34, 100)),
        },
        "levels": levels,
        "gate": gate,
        "scales": SCALES,
        "dimensions": _dimensions(dice, draw, gate),
    }
    ids = list(draw.drawn)
    some = [name for name in ids if dice.happens(0.6)] or ids[:1]
    drawn["subsets"] = {"full": ids, "some": some}
    used = {question["scale"] for question in draw.drawn.values()}
    drawn["scales"] = {name: scale for name, scale in SCALES.items() if name in used}
    return drawn


def _dimensions(dice: Dice, draw: _Questions, gate: int | None) -> list[Plain]:
    deep = dice.happens(0.7)

    def part(name: str, holds: str, parts: list[Plain], *, may_gate: bool) -> Plain:
        made: Plain = {"id": name}
        if dice.happens(0.5):
            made["weight"] = dice.whole(1, 5)
        if gate is not None and may_gate and dice.happens(0.5):
            made["foundation"] = True
        return {**made, holds: parts}

    dimensions = []
    for d in range(1, dice.whole(1, 3) + 1):
        if deep:
            capabilities = [
                part(f"d{d}.c{c}", "questions", draw.some(1, 3), may_gate=True)
                for c in range(1, dice.whole(1, 3) + 1)
            ]
            dimensions.append(part(f"d{d}", "capabilities", capabilities, may_gate=False))
        else:
            dimensions.append(part(f"d{d}", "questions", draw.some(1, 4), may_gate=True))
    return dimensions


class _Questions:
    """Draws questions and numbers them."""

    def __init__(self, dice: Dice, levels: int | None) -> None:
        self.dice = dice
        self.levels = levels
        self.drawn: dict[str, Plain] = {}

    def some(self, low: int, high: int) -> list[Plain]:
        return [self.one() for _ in range(self.dice.whole(low, high))]

    def one(self) -> Plain:
        dice = self.dice
        scale = dice.one_of(tuple(SCALES)) if dice.happens(0.4) else "five"
        made: Plain = {"id": f"q{len(self.drawn) + 1}", "scale": scale}
        if dice.happens(0.4):
            made["weight"] = dice.whole(1, 5)
        if dice.happens(0.15):
            made["reverse"] = True
        if self.levels:
            made["level"] = dice.whole(1, self.levels)
        self.drawn[made["id"]] = made
        return made


# --- waves ---------------------------------------------------------------------


def wave(dice: Dice, kind: str, asked: Plain) -> Plain:
    """Draw a wave of the questionnaire *asked*."""
    subset = dice.one_of(("full", "full", "some"))
    made: Plain = {"id": "drawn", "subset": subset}
    questions = [q for q in _questions(asked) if q["id"] in asked["subsets"][subset]]
    gaps = dice.one_of((0.0, 0.1, 0.3, 0.6))
    high = dice.happens(0.3)  # now and then a good organisation, or levels would all be low
    draw = _Answers(dice, asked["scales"], gaps, high=high)
    if kind.startswith("plain"):
        return {**made, "answers": draw.all(questions)}
    roles = ["manager", "server", "clerk"][: dice.whole(2, 3)] if kind == "panel-roles" else []
    people = []
    for role in roles or [""]:
        n = dice.whole(1, 9) if not roles or dice.happens(0.4) else dice.whole(5, 7)
        people += [_person(role, draw.all(questions)) for _ in range(n)]
    if roles and dice.happens(0.1):
        people[0].pop("role")
    made["respondents"] = people
    if roles and dice.happens(0.3):
        combine = dice.one_of(("pooled", "role-balanced"))
        # Nobody is balanced by a role that is not known: such a wave is refused.
        made["combine"] = combine if all("role" in person for person in people) else "pooled"
    if dice.happens(0.4):
        made["population"] = _population(dice, people)
    return made


def _questions(asked: Plain) -> list[Plain]:
    found = []
    for dimension in asked["dimensions"]:
        for part in (dimension, *dimension.get("capabilities", [])):
            found += part.get("questions", [])
    return found


def _person(role: str, answers: Plain) -> Plain:
    return {"role": role, "answers": answers} if role else {"answers": answers}


def _population(dice: Dice, people: list[Plain]) -> Plain:
    roles = sorted({person["role"] for person in people if "role" in person})
    if not roles:
        return {"all": len(people) + dice.whole(1, 40)}
    # A role whose size nobody knows is left out of the map now and then.
    known = [role for role in roles if dice.happens(0.9)] or roles[:1]
    return {
        role: sum(person.get("role") == role for person in people) + dice.whole(1, 40)
        for role in known
    }


class _Answers:
    """Draws one respondent's answers, with *gaps* of every kind."""

    def __init__(self, dice: Dice, scales: Plain, gaps: float, *, high: bool) -> None:
        self.dice = dice
        self.scales = scales
        self.gaps = gaps
        self.high = high

    def all(self, questions: list[Plain]) -> Plain:
        drawn = {question["id"]: self.one(question) for question in questions}
        return {name: answer for name, answer in drawn.items() if answer is not None}

    def one(self, question: Plain) -> object:
        dice = self.dice
        if dice.happens(self.gaps):
            return dice.one_of((None, "unsure", "unsure", {"not-applicable": "too-small"}))
        scale = self.scales[question["scale"]]
        if scale["kind"] == "points":
            middle = (scale["low"] + scale["high"] + 1) // 2
            return dice.whole(middle if self.high else scale["low"], scale["high"])
        if scale["kind"] == "choice":
            return dice.one_of(list(scale["options"]))
        return dice.one_of(("0", "0.499", "0.5", "1", "6.9", "7.0", "30", "31.5"))


# --- files ---------------------------------------------------------------------


def cases(kind: str, seed: int = SEED) -> list[Plain]:
    """Draw the cases of one file: a questionnaire each, and what its waves must give."""
    table = json.loads(TABLE.read_text("utf-8"))
    dice = Dice(f"{kind} {seed}")
    drawn = []
    for _ in range(QUESTIONNAIRES):
        asked = questionnaire(dice, kind)
        waves = [wave(dice, kind, asked) for _ in range(WAVES)]
        drawn.append(
            {
                "questionnaire": asked,
                "waves": [
                    {"wave": w, "expected": reference.scores(asked, w, table)} for w in waves
                ],
            }
        )
    return drawn


def text(kind: str) -> str:
    """Return the file of one kind, a line for each questionnaire."""
    head = {
        "title": KINDS[kind],
        "rule": "All rules together, as they fall",
        "why": f"Drawn by random_vectors.py with the seed {SEED}, scored by reference.py",
    }
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases(kind))
    return f'{json.dumps(head, indent=2)[:-2]},\n  "cases": [\n{lines}\n]}}\n'


if __name__ == "__main__":
    for name in KINDS:
        (HERE / "vectors" / f"random-{name}.json").write_text(text(name), encoding="utf-8")
