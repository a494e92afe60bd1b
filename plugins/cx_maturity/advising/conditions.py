"""
The kinds of conditions of finding rules: each looks at a wave's numbers and tells what fires.

They know no questionnaire.  A condition returns what fired, perhaps nothing, or the word of
:data:`REASONS` that tells why it could not be tried.  Nothing that is hidden is looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity.advising.groups import contested, roles_apart, units_apart, unsure
from cx_maturity.advising.measures import apart, done_less, held
from cx_maturity.advising.plans import effort_before_basics, loops_open, peers_rise
from cx_maturity.advising.proofs import answers_apart, minutes, proven, thin_evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cx_maturity.advising.facts import Facts, Given, Tried

# Why a rule could not be tried.
REASONS = (
    *("not-asked", "no-score", "no-level", "no-gate", "no-interval", "hidden", "one-set"),
    *("few-people", "no-roles", "no-units", "no-evidence", "many-people", "no-second-wave"),
    "no-peers",
    *("no-second-edition", "no-plan", "no-earlier-plan", "no-minutes", "few-minutes"),
)

CONDITIONS: Mapping[str, Callable[[Facts, Mapping[str, Given]], Tried]] = {
    "held": held,
    "apart": apart,
    "done-less-than-said": done_less,
    "roles-apart": roles_apart,
    "unsure": unsure,
    "thin-evidence": thin_evidence,
    "units-apart": units_apart,
    "effort-before-basics": effort_before_basics,
    "peers-rise": peers_rise,
    "loops-open": loops_open,
    "proven": proven,
    "contested": contested,
    "minutes": minutes,
    "answers-apart": answers_apart,
}
