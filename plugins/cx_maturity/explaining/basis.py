"""What every explanation is written with: records, look-ups, numbers in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cx_maturity.parts.row import HIDDEN, naming_levels
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from cx_maturity.model import Question
    from cx_maturity.parts.row import Chip
    from cx_maturity.parts.subject import Subject
    from cx_maturity.results import Measure, QuestionResult

HUNDRED = 100
_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Input:
    """What a number is made of; *anchor* is where that is explained itself, if anywhere."""

    title: str
    value: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One number of a measure: its value, the rule that made it, and what went in."""

    name: str
    value: str
    rule: str
    inputs: tuple[Input, ...] = ()
    chip: Chip | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """Every number of one measure or question; *anchor* is its place on the trace page."""

    id: str
    anchor: str
    title: str
    kind: str
    depth: int
    lines: tuple[Line, ...]

    @property
    def heading(self) -> int:
        """The rank of its heading on the trace page, below the page's own."""
        return self.depth + 2


class Basis:
    """One report, looked up once for all its explanations."""

    def __init__(self, about: Subject) -> None:
        """Look up once what every explanation needs."""
        self.about = about
        self.words = about.words
        self.questions = {q.id: q for q in about.questionnaire.questions()}
        # The same few shares and scales stand behind most lines.
        self.written: dict[tuple[int, int], str] = {}
        self.scales: dict[tuple[str, bool], str] = {}
        self.numbers = {name: n for n, name in enumerate(about.card.questions, start=1)}
        self.below = {OVERALL: [d.id for d in about.dimensions]}
        self.weights = {name: q.weight for name, q in self.questions.items()}
        for dimension in about.dimensions:
            inside = about.capabilities_of[dimension.id]
            self.below[dimension.id] = [c.id for c in inside] or self.asked(dimension.questions)
            self.weights[dimension.id] = dimension.weight
            for capability in inside:
                self.below[capability.id] = self.asked(capability.questions)
                self.weights[capability.id] = capability.weight

    def asked(self, questions: Sequence[Question]) -> list[str]:
        """Return the ids of those *questions* that the wave's subset asks."""
        return [question.id for question in questions if question.id in self.numbers]

    def anchor(self, name: str) -> str:
        """Return where *name* is explained; questions have a set of names of their own."""
        return name if name in self.below else f"question-{name}"

    def value(self, measure: Measure) -> str:
        """Write a measure's score, or why there is none."""
        if measure.score is None:
            return self.about.missing(measure)
        return self.points(measure.score)

    def answer(self, result: QuestionResult) -> str:
        """Write a question's place between 0 and 100, or what stands instead of an answer."""
        words = self.words
        if result.id in self.about.card.hidden_means:
            return HIDDEN
        if result.mean is not None:
            is_panel = self.about.wave.is_panel
            return self.with_n(result.mean, result.n) if is_panel else self.points(result.mean)
        if self.about.wave.is_panel or not (result.unsure or result.not_applicable):
            return words.text("no answer")
        return words.text("don\u2019t know") if result.unsure else words.text("not applicable")

    def with_n(self, mean: Fraction, n: int) -> str:
        """Write a mean with the number of people behind it."""
        return self.words.text(
            "{mean} (n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{n})",
            mean=self.points(mean),
            n=self.words.number(n),
        )

    def signed(self, share_: Fraction) -> str:
        """Write a difference with its sign."""
        if self.about.wave.is_panel:
            return self.words.signed(share_ * HUNDRED)
        text = self.points(share_)
        return f"+{text}" if share_ > 0 else text

    def points(self, share_: Fraction) -> str:
        """
        Write a share in points with as many decimals as it has, two at most.

        Of several people as the report does: what more decimals tell, taken from each other, is
        what single people answered.
        """
        if self.about.wave.is_panel:
            return self.words.points(share_, naming_levels(self.about.questionnaire))
        above, below = share_.as_integer_ratio()
        if (above, below) not in self.written:
            units = (above * HUNDRED * 10**places % below for places in range(_DECIMALS))
            places = next((places for places, rest in enumerate(units) if not rest), _DECIMALS)
            text = self.words.decimal(share_ * HUNDRED, places)
            self.written[above, below] = text
        return self.written[above, below]

    @property
    def names(self) -> list[str]:
        """Everything that can be explained: each measure, each question that was asked."""
        return [*self.below, *self.numbers]
