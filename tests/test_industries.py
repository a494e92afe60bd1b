"""An industry is called as its readers call it, and one that nobody knows as it is written."""

import pytest

from cx_maturity.editions import Edition, Segment
from cx_maturity.industries import NAMES
from cx_maturity.model import Text
from cx_maturity.pages.listing import industry_title
from cx_maturity.reading.basis import SPOKEN
from cx_maturity.reading.item import FOLDER_ID
from cx_maturity.words import Words


def edition(title):
    segment = Segment("utilities", Text(title), "utilities", None, None)
    none = Text({"en": ""})
    head = ("peers", "pooled", none, "cx", "1.0", "full", "mean", "2026.1", "2026", none)
    return Edition(*head, (segment,), {})


def test_every_industry_with_a_name_has_one_in_every_language_of_a_report():
    assert all(tuple(name.by_language) == SPOKEN for name in NAMES.values())
    assert all(FOLDER_ID.fullmatch(word) for word in NAMES)
    assert {"retail", "financial-services", "utilities", "mobile-telephony"} <= NAMES.keys()


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Utilities"),
        ("fi", "Energia- ja vesihuolto"),
        ("sv", "Energi och vatten"),
        ("nb", "Energi og vann"),
    ],
)
def test_a_known_industry_is_named_in_the_reader_s_language(language, title):
    assert industry_title("utilities", [], Words(language)) == title


def test_an_industry_that_nobody_knows_is_shown_as_it_is_written():
    assert industry_title("deep-sea-mining", [], Words("fi")) == "Deep sea mining"
    assert industry_title(None, [], Words("fi")) == ""


def test_a_benchmark_s_own_name_goes_before_ours_where_it_is_in_the_reader_s_language():
    peers = edition({"en": "Power and water"})

    assert industry_title("utilities", [peers], Words("en")) == "Power and water"
    assert industry_title("utilities", [peers], Words("fi")) == "Energia- ja vesihuolto"
