"""A simulated benchmark says that it is one, and the same seed makes the same bytes."""

from datetime import date
from pathlib import Path

import pytest

from cx_maturity import validate
from cx_maturity.illustrate import LEAVES, illustrative

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def questionnaire():
    found, _ = validate.assessments(ROOT / "assessments")
    return found.questionnaires["cx", "1.0"]


@pytest.mark.parametrize("subset", ["full", "short"])
def test_the_shipped_edition_is_what_its_command_makes(questionnaire, subset):
    folder = ROOT / "assessments" / "benchmarks" / f"illustrative-{subset}"

    made = illustrative(questionnaire, subset, "2026.1", 2026, DAY)

    assert made == {path.name: path.read_bytes().decode() for path in folder.iterdir()}


def test_another_seed_makes_other_peers(questionnaire):
    one = illustrative(questionnaire, "pulse", "2026.1", 1, DAY)
    other = illustrative(questionnaire, "pulse", "2026.1", 2, DAY)

    assert one["quantiles.csv"] != other["quantiles.csv"]


def test_it_is_illustrative_and_its_source_says_simulated(questionnaire):
    head = illustrative(questionnaire, "pulse", "2026.1", 1, DAY)["benchmark.yaml"]

    assert "kind: illustrative\n" in head
    assert "simulated organisations, drawn with seed 1; not a fact about any market" in head


def test_a_thin_leaf_is_folded_and_what_is_left_over_is_five_or_more(questionnaire):
    files = illustrative(questionnaire, "pulse", "2026.1", 1, DAY)
    quantiles = files["quantiles.csv"]

    assert LEAVES["financial-services", "NO"] == 4
    assert 'country: "NO"\n    folded: "fewer than five are in it"\n' in files["benchmark.yaml"]
    assert "financial-services-no," not in quantiles
    assert "financial-services,overall,62," in quantiles
    # 62 less the two leaves shown, 24 and 31, leaves the 4 of the folded one and 3 of no country.
    assert "financial-services-fi,overall,24," in quantiles
    assert "financial-services-se,overall,31," in quantiles


def test_titles_are_written_in_every_language_of_ours(questionnaire):
    head = illustrative(questionnaire, "pulse", "2026.1", 1, DAY)["benchmark.yaml"]

    assert "\nlanguages: [en, fi, sv, nb]\n" in head
    assert '    title:\n      en: "Retail, Finland"\n      fi: "Vähittäiskauppa, Suomi"\n' in head
    assert '      sv: "Finansiella tjänster, Sverige"\n' in head
