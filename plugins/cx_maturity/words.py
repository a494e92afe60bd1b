"""
Every sentence, number and date that a reader sees, in the reader's language.

A sentence is written once, in English, where it is used; the catalogues in
``locale/`` translate it.  Collect the sentences anew, and carry them over, with::

    pybabel extract -F babel.cfg -k text -k plural:1,2 -c Translators: --omit-header \
        --add-location=file --sort-output -o plugins/cx_maturity/locale/cx_maturity.pot .
    pybabel update -N --ignore-obsolete -D cx_maturity -d plugins/cx_maturity/locale \
        -i plugins/cx_maturity/locale/cx_maturity.pot

The catalogues are read as they are written, so nothing has to be compiled.
"""

from __future__ import annotations

import functools
import gettext
import io
from fractions import Fraction
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from cx_maturity.load import shipped
from cx_maturity.reading.basis import SPOKEN

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from cx_maturity.model import Level

CATALOGUE = "locale/{language}/LC_MESSAGES/cx_maturity.po"

# Days before months, as in the other languages we write; plain "en" is American.
_LOCALES = {"en": "en_GB"}
_MINUS = "\N{MINUS SIGN}"
_EN_DASH = "\N{EN DASH}"
_MOST_DECIMALS = 6
_HUNDRED = 100


class Words:
    """One language: its catalogue, its numbers and its dates."""

    __slots__ = (
        "_and",
        "_catalogue",
        "_counted",
        "_locale",
        "_point",
        "_ranked",
        "language",
        "site",
    )

    def __init__(self, language: str = "en", site: str = "") -> None:
        """
        Open the catalogue of *language*; where there is none the sentences stay English.

        *site* is the language of the pages around, which is the same when it is not given.
        """
        self.language = language
        self.site = site or language
        self._locale = Locale.parse(_LOCALES.get(language, language), sep="_")
        self._catalogue = catalogue(language)
        self._counted = self._count_words()
        self._ranked = self._rank_words()
        self._point = str(self._locale.number_symbols["latn"]["decimal"])
        self._and = self._locale.list_patterns["standard"]["2"].format("", "")

    # --- sentences ---------------------------------------------------------

    def text(self, message: str, /, **values: object) -> str:
        """Translate *message*, then fill its ``{names}``."""
        translated = self._catalogue.gettext(message)
        return translated.format(**values) if values else translated

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Translate the form that *count* asks for; ``{n}`` is the count as a figure."""
        message = self._catalogue.ngettext(one, many, count)
        return message.format(**{"n": self.number(count), **values})

    def listing(self, items: Sequence[str]) -> str:
        """Join *items* as one says them, or by semicolons where one holds an "and" or a comma."""
        names = list(items)
        if len(names) > 1 and any(", " in name or self._and in name for name in names):
            return "; ".join(names)
        return format_list(names, locale=self._locale) if names else ""

    def inside(self, title: str) -> str:
        """Return *title* for the middle of a sentence; capitals inside it stay."""
        starts_a_word = len(title) > 1 and title[1].islower()
        return title[0].lower() + title[1:] if starts_a_word else title

    def start(self, sentence: str) -> str:
        """Return *sentence* with a capital first letter."""
        return sentence[:1].upper() + sentence[1:]

    def count(self, number: int) -> str:
        """Return *number* as a word up to twenty, as a figure beyond."""
        return self._counted[number] if number < len(self._counted) else self.number(number)

    def rank(self, place: int) -> str:
        """Return the *place* in a row as a word up to tenth, as a figure beyond."""
        known = 0 < place <= len(self._ranked)
        return self._ranked[place - 1] if known else self.text("number {n}", n=self.number(place))

    def country(self, code: str) -> str:
        """Return the name of the country *code*."""
        return str(self._locale.territories.get(code, code))

    def tongue(self, language: str) -> str:
        """Return the name of *language*, which is a code, as a word that stands alone."""
        named = Locale.parse(language, sep="-").get_display_name(self._locale)
        return self.start(named or language)

    @property
    def own_name(self) -> str:
        """What its readers call this language."""
        return self.tongue(self.language)

    # --- numbers -----------------------------------------------------------

    def number(self, value: int) -> str:
        """Write a whole number with its thousands apart."""
        if 0 <= value < 1000:  # noqa: PLR2004 - nothing to set apart, and Babel takes 20 µs
            return str(value)
        return format_decimal(value, locale=self._locale).replace("-", _MINUS)

    def decimal(self, value: Fraction, places: int) -> str:
        """Write *value* with exactly *places* decimals, rounded half up."""
        return self._scaled(_half_up(value, 10**places), places)

    def points(
        self, share: Fraction, levels: Sequence[Level] = (), beside: int | None = None
    ) -> str:
        """
        Write a score of 0-1 on 0-100: whole points, half up.

        Where these would name another of the *levels* than the exact score
        does, as many decimals as it takes not to: 79.9 is below 80.  So also
        where they would be the point *beside* which the score lies.
        """
        for places in range(_MOST_DECIMALS):
            unit = _HUNDRED * 10**places
            shown = _half_up(share, unit)
            merges = beside is not None and shown * _HUNDRED == beside * unit
            if merges and share * _HUNDRED != beside:
                continue
            if not any(_misnames(shown, unit, share, level.start) for level in levels):
                return self._scaled(shown, places)
        # Nearer to a level's start than decimals can tell: cut off instead of rounding.
        return self._scaled(share.numerator * unit // share.denominator, places)

    def percent(self, share: Fraction) -> str:
        """Write a share of 0-1 in percent; 100 % only when it is all, 0 % only when it is none."""
        whole = _half_up(share, _HUNDRED)
        if whole == 0 and share > 0:
            return self.text("under 1\N{NO-BREAK SPACE}%")
        if whole == _HUNDRED and share < 1:
            whole = _HUNDRED - 1
        return self.text("{number}\N{NO-BREAK SPACE}%", number=whole)

    def range_exact(self, low: float, high: float) -> str:
        """Write two scores of 0-1 as a range with one decimal."""
        bounds = (self.decimal(Fraction(bound) * _HUNDRED, 1) for bound in (low, high))
        return _EN_DASH.join(bounds)

    def signed(self, points: Fraction) -> str:
        """Write a difference in whole points with its sign; a zero has none."""
        text = self.decimal(points, 0)
        return f"+{text}" if _half_up(points, 1) > 0 else text

    def size(self, points: Fraction) -> str:
        """Write a difference as :meth:`signed` does, without its sign."""
        return self.number(abs(_half_up(points, 1)))

    # --- dates -------------------------------------------------------------

    def date(self, day: dt.date, known: str = "day") -> str:
        """Write a day as far as it is known: 19 May 2026, May 2026, 2026."""
        if known == "day":
            # A line that ends in "26." would seem to end a sentence.
            return format_date(day, "long", locale=self._locale).replace(
                ". ", ".\N{NO-BREAK SPACE}", 1
            )
        return self.month(day, known)

    def month(self, day: dt.date, known: str = "day") -> str:
        """Write the month of a day, or the year where no more is known: May 2026, 2026."""
        skeleton = "y" if known == "year" else "yMMMM"
        return format_skeleton(skeleton, day, locale=self._locale)

    def _scaled(self, value: int, places: int) -> str:
        """Write *value*, a number of units of the last of *places* decimals."""
        whole, rest = divmod(abs(value), 10**places)
        text = self.number(whole)
        if places:
            text = f"{text}{self._point}{rest:0{places}}"
        return f"{_MINUS}{text}" if value < 0 else text

    def _count_words(self) -> tuple[str, ...]:
        # Translators: number words in the middle of a sentence; where they would have to be
        # inflected, translate them to the figure.
        return (
            self.text("no"),
            self.text("one"),
            self.text("two"),
            self.text("three"),
            self.text("four"),
            self.text("five"),
            self.text("six"),
            self.text("seven"),
            self.text("eight"),
            self.text("nine"),
            self.text("ten"),
            self.text("eleven"),
            self.text("twelve"),
            self.text("thirteen"),
            self.text("fourteen"),
            self.text("fifteen"),
            self.text("sixteen"),
            self.text("seventeen"),
            self.text("eighteen"),
            self.text("nineteen"),
            self.text("twenty"),
        )

    def _rank_words(self) -> tuple[str, ...]:
        # Translators: first to tenth name a round of answers: "Second of two rounds".
        return (
            self.text("first"),
            self.text("second"),
            self.text("third"),
            self.text("fourth"),
            self.text("fifth"),
            self.text("sixth"),
            self.text("seventh"),
            self.text("eighth"),
            self.text("ninth"),
            self.text("tenth"),
        )


@functools.cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the sentences of *language*; English ones need no catalogue."""
    if language == "en" or language not in SPOKEN:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - for sites in other languages
    from babel.messages.pofile import read_po  # noqa: PLC0415 - the same

    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.StringIO(shipped(CATALOGUE.format(language=language)))))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _half_up(value: Fraction, unit: int) -> int:
    """Return *value* in units of 1 / *unit*, rounded half up; whole numbers all the way."""
    numerator, denominator = value.numerator, value.denominator
    return (2 * numerator * unit + denominator) // (2 * denominator)


def _misnames(shown: int, unit: int, exact: Fraction, start: Fraction) -> bool:
    """Tell whether the number shown and the exact one are on different sides of a level's start."""
    at, of = start.numerator, start.denominator
    return (shown * of >= at * unit) != (exact.numerator * of >= at * exact.denominator)
