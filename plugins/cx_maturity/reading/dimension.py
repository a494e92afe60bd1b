"""Read a dimension with its capabilities and questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity.model import Capability, Dimension, Points, Question, Scale, Step
from cx_maturity.reading.basis import LEVELS
from cx_maturity.reading.item import MEASURE_ID, MEASURE_ID_RULE, Item

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cx_maturity.reading.basis import Basis

WEIGHT = 1_000
EFFORT = 5

_CAPABILITY = (
    "weight", "foundation", "ideas", "covers", "excludes", "answered-by", "not-applicable", "steps",
)  # fmt: skip
_QUESTION = ("aspect", "scale", "weight", "reverse", "level", "anchors", "guidance", "evidence")


class Parts:
    """Reads dimension after dimension and remembers the ids that they take."""

    def __init__(self, basis: Basis) -> None:
        """Read by what the questions of one questionnaire share, their *basis*."""
        self.basis = basis
        self.measure_ids: list[tuple[str, Item]] = []
        self.question_ids: list[tuple[str, Item]] = []
        self.foundations = 0
        self.is_complete = True  # False: something could not be read, so an id may be missing

    def dimension(self, item: Item) -> Dimension:
        """Read one dimension."""
        fields = item.record(
            ("id", "title"), ("summary", "weight", "foundation", "capabilities", "questions")
        )
        if item.is_map and ("capabilities" in fields) == ("questions" in fields):
            item.wrong("a dimension holds either capabilities or questions; give one of the two")
        foundation = self._foundation(fields)
        if foundation and "capabilities" in fields:
            fields["foundation"].wrong("the dimension holds capabilities; mark one of them instead")
        capabilities = fields["capabilities"].some() if "capabilities" in fields else []
        questions = fields["questions"].some() if "questions" in fields else []
        return Dimension(
            self._id(fields, self.measure_ids),
            self.basis.text(fields, "title"),
            self.basis.maybe(fields, "summary"),
            _weight(fields),
            foundation,
            tuple(map(self.capability, capabilities)),
            tuple(map(self.question, questions)),
        )

    def capability(self, item: Item) -> Capability:
        """Read one capability."""
        fields = item.record(("id", "title", "questions"), _CAPABILITY)
        questions = fields["questions"].some() if "questions" in fields else []
        return Capability(
            self._id(fields, self.measure_ids),
            self.basis.text(fields, "title"),
            tuple(map(self.question, questions)),
            _weight(fields),
            self._foundation(fields),
            self._ideas(fields["ideas"]) if "ideas" in fields else (),
            self.basis.maybe(fields, "covers"),
            self.basis.maybe(fields, "excludes"),
            self.basis.maybe(fields, "answered-by"),
            self.basis.maybe(fields, "not-applicable"),
            self._steps(fields["steps"]) if "steps" in fields else (),
        )

    def question(self, item: Item) -> Question:
        """Read one question."""
        fields = item.record(("id", "text"), _QUESTION)
        scale = self._scale(item, fields)
        return Question(
            self._id(fields, self.question_ids),
            self.basis.text(fields, "text"),
            scale or Scale("", Points(1, 5), {}),
            _weight(fields),
            "reverse" in fields and fields["reverse"].flag(),
            fields["aspect"].one_of(("say", "do")) if "aspect" in fields else None,
            self._level(item, fields),
            self.basis.by_point(fields.get("anchors"), scale),
            self.basis.maybe(fields, "guidance"),
            self.basis.maybe(fields, "evidence"),
        )

    def _scale(self, item: Item, fields: Mapping[str, Item]) -> Scale | None:
        if "scale" in fields:
            return self.basis.named_scale(fields["scale"])
        if "scale" not in self.basis.fields and item.is_map:
            item.wrong("the question has no scale; name one, or a default `scale` for all")
        return self.basis.default_scale

    def _level(self, item: Item, fields: Mapping[str, Item]) -> int | None:
        if "level" not in fields:
            if self.basis.method == "staged" and item.is_map:
                item.wrong("the key 'level' is missing; staged levels need it with every question")
            return None
        if self.basis.method == "bands":
            fields["level"].wrong("only levels of method staged use it; leave it out")
        return fields["level"].whole(1, self.basis.top or LEVELS)

    def _id(self, fields: Mapping[str, Item], taken: list[tuple[str, Item]]) -> str:
        found = fields["id"].word(MEASURE_ID, MEASURE_ID_RULE) if "id" in fields else ""
        if found:
            taken.append((found, fields["id"]))
        self.is_complete &= bool(found)
        return found

    def _foundation(self, fields: Mapping[str, Item]) -> bool:
        if "foundation" not in fields or not fields["foundation"].flag():
            return False
        if self.basis.gate is None:
            fields["foundation"].wrong("no gate is set in questionnaire.yaml; set one or drop this")
        self.foundations += 1
        return True

    def _ideas(self, item: Item) -> tuple[str, ...]:
        if not self.basis.ideas and "ideas" not in self.basis.fields:
            item.wrong("questionnaire.yaml names no ideas; name them there, or leave this out")
            return ()
        return tuple(idea.one_of(self.basis.ideas) for idea in item.items())

    def _steps(self, item: Item) -> tuple[Step, ...]:
        before = item.problems.count()
        steps = tuple(map(self._step, item.some()))
        wanted = list(range(1, self.basis.top or 0))
        found = [step.start for step in steps]
        if wanted and found != wanted and item.problems.count() == before:
            levels = ", ".join(map(str, wanted))
            item.wrong(f"give one step from each of the levels {levels}, in this order")
        return steps

    def _step(self, item: Item) -> Step:
        fields = item.record(("from", "effort", "kind", "action", "sign", "number"))
        return Step(
            fields["from"].whole(1, LEVELS) if "from" in fields else 0,
            fields["effort"].whole(1, EFFORT) if "effort" in fields else 1,
            fields["kind"].one_of(("basic", "build", "innovate")) if "kind" in fields else "basic",
            self.basis.text(fields, "action"),
            self.basis.text(fields, "sign"),
            self.basis.text(fields, "number"),
        )


def _weight(fields: Mapping[str, Item]) -> int:
    return fields["weight"].whole(1, WEIGHT) if "weight" in fields else 1
