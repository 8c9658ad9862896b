"""Numbers of an edition by key in text, in the forms in which they may be written."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from helpers.edition import Edition
from helpers.labels import LABELS
from helpers.problems import Message, Problems, Said, near
from helpers.rounding import decimals_of, printed
from helpers.sentences.evidence import Evidence, Number
from helpers.sentences.judging import difference, increase, ratio, status_of
from helpers.sentences.naming import Naming
from helpers.sentences.numbers import thousands, with_unit
from helpers.years import parse_year

if TYPE_CHECKING:
    import pandas as pd


class Refused(Exception):
    """A field that must not become text, and why."""

    def __init__(self, why: Said, remedy: Said):
        super().__init__(why.ja)
        self.why, self.remedy = why, remedy


def allowed(number: Number) -> Number:
    """Hidden numbers and those of small bases never get into a sentence."""
    if number.flag == "suppressed":
        why = Said("秘匿した数値", "the number is suppressed")
        raise Refused(why, Said("区分をまとめる", "merge groups"))
    if number.small:
        why = Said("回答者が30人未満", "fewer than 30 answers")
        raise Refused(why, Said("区分をまとめるか、表に参考値として載せる", "merge groups"))
    if not number.printed:
        raise Refused(
            Said("数値がない", "there is no number"), Said("元データを見る", "see the data")
        )
    return number


def value_form(number: Number) -> Said:
    """With its unit, where that is one that sentences use."""
    if "・" in number.unit:
        return Said(thousands(number.printed), thousands(number.printed))
    return with_unit(number.printed, number.unit)


def interval_form(number: Number) -> Said:
    """``72.4〜77.0％``: the 95 % interval, with the decimals of the number."""
    if number.low != number.low or number.high != number.high:
        why = Said("標本の区間がない数値", "it has no interval of a sample")
        raise Refused(why, Said("値だけを書く", "write the value alone"))
    decimals = decimals_of(number.printed)
    low, high = (printed(end, decimals) for end in (number.low, number.high))
    unit = "" if "・" in number.unit else number.unit
    whole = with_unit(high, unit)
    return Said(f"{thousands(low)}〜{whole.ja}", f"{thousands(low)} to {whole.en}")


def _ratio(before: Number, after: Number) -> Said:
    _positive(before, after)
    return ratio(before, after)


def _increase(before: Number, after: Number) -> Said:
    _positive(before, after)
    return increase(before, after)


def _positive(*numbers: Number) -> None:
    """No ratio of what can be zero or less, nor of shares, whose change is said in points."""
    if min(number.interval.low for number in numbers) <= 0 or "・" in numbers[0].unit:
        why = Said("0以下になり得る指標の比", "a ratio of a number that can be 0 or less")
        raise Refused(why, Said("|change と書く", "write |change"))
    if numbers[0].measure in ("%", "ポイント", "点", "位"):
        why = Said("割合、点数、順位の比", "a ratio of shares, scores or ranks")
        raise Refused(why, Said("|change と書く", "write |change"))


CHANGES: Mapping[str, Callable[[Number, Number], Said]] = {
    "change": difference,
    "ratio": _ratio,
    "increase": _increase,
}


_FIELD = re.compile(
    r"\{(?P<key>[^{}|@#]+)(?:#(?P<definition>[^{}|@]+))?(?:@(?P<year>[^{}|]+))?(?:\|(?P<form>[^{}]+))?\}"
)
FORMS = {
    "value": ("値",),
    "number": ("数",),
    "change": ("増減",),
    "ratio": ("前年度比", "比"),
    "increase": ("増減率",),
    "rank": ("順位",),
    "interval": ("区間",),
}
# Where a number has several definitions, the one the city publishes; two others need a choice.
_FIRST = ("city_method", "published", "", "weighted")

_NOT_WRITTEN = Message(
    "「{field}」は文に書けません: {why}",
    remedy="{remedy}",
    en="“{field}” is not written: {why}. → {remedy}",
)


@dataclass(frozen=True)
class Facts:
    """The numbers of an edition, to be named in text."""

    evidence: Evidence
    naming: Naming
    year: int

    def write(self, text: str, lang: str = "ja") -> str:
        """The text with every ``{key}`` replaced by its number.

        Raises:
            InputError: every field that is unknown or must not be written, with the nearest keys.
        """
        problems = Problems()

        def filled(match: re.Match[str]) -> str:
            try:
                return str(getattr(self.fact(match), lang))
            except Refused as refused:
                words = {"field": match[0], "why": refused.why, "remedy": refused.remedy}
                problems.note(_NOT_WRITTEN.at("text", **words))
                return match[0]

        written = _FIELD.sub(filled, text)
        problems.stop_if_any()
        return written

    def fact(self, match: re.Match[str]) -> Said:
        """One field in words.

        Raises:
            Refused: it must not be written.
        """
        form, _, against = (match["form"] or "value").strip().partition(".")
        form = next((name for name, own in FORMS.items() if form in (name, *own)), form)
        number = self.number(match["key"].strip(), match["definition"] or "", match["year"] or "")
        if form not in FORMS:
            raise Refused(Said(f"「{form}」という形はない", f"no form “{form}”"), near(form, FORMS))
        if form == "rank":
            number = self._rank(number)
        if form in ("value", "rank"):
            return value_form(number)
        if form == "number":
            return Said(thousands(number.printed), thousands(number.printed))
        if form == "interval":
            return interval_form(number)
        return CHANGES[form](self.before(number, against), number)

    def number(self, key: str, definition: str = "", year: str = "") -> Number:
        """The number of a key that may be written.

        Raises:
            Refused: there is none, or it is hidden, or small, or one of several.
        """
        if key not in self.evidence:
            found = Said(f"指標「{key}」はない", f"there is no indicator “{key}”")
            raise Refused(found, near(key, self.evidence.keys))
        all_of_key = self.evidence.all_definitions(key)
        definitions = [definition] if definition else self.evidence.definitions([key])
        wanted = self._year(year, [y for d in definitions for y in all_of_key.get(d, {})])
        found_in = {
            d: all_of_key[d][wanted] for d in definitions if wanted in all_of_key.get(d, {})
        }
        if not found_in:
            years = sorted({y for d in definitions for y in all_of_key.get(d, {})})
            why = Said(f"{wanted}年度の数値がない", f"no number of FY{wanted}")
            there = [f"@{y}" for y in years] or [f"#{d}" for d in all_of_key]
            ja, en = "、".join(there), ", ".join(there)
            raise Refused(why, Said(f"あるのは {ja}", f"there are {en}"))
        first = next((d for d in _FIRST if d in found_in), None)
        if first is None and len(found_in) > 1:
            names = [f"#{d}" for d in found_in]
            why = Said("定義の違う数値が複数ある", "there are numbers of several definitions")
            ja, en = "、".join(names), ", ".join(names)
            raise Refused(why, Said(f"{ja} のどれかを書き添える", f"add one of {en}"))
        return allowed(found_in[first if first is not None else next(iter(found_in))])

    def _year(self, text: str, known: list[int]) -> int:
        if text in ("newest", "最新"):
            return max((year for year in known if year <= self.year), default=self.year)
        try:
            return parse_year(text) if text else self.year
        except ValueError as error:
            why = Said(str(error).rstrip("。"), f"“{text}” is no year")
            raise Refused(why, Said("@2025、@R7、@newest", "@2025, @R7, @newest")) from None

    def before(self, number: Number, against: str = "") -> Number:
        """The number of the year before, or the baseline.

        Raises:
            Refused: there is none.
        """
        key, year = number.key, number.year - 1
        if against in ("baseline", "現状値", "基準値"):
            key = key.removesuffix(".actual") + ".baseline"
            year = max(self.evidence.series(key, number.definition), default=0)
        elif against:
            year = self._year(against, [])
        earlier = self.evidence.series(key, number.definition).get(year)
        if earlier is None:
            why = Said("比べる数値がない", "there is nothing to compare with")
            raise Refused(
                why, Said("前の年度版があるか確かめる", "see whether the year before is there")
            )
        if self.evidence.broken(key, number.definition, earlier.year, number.year):
            why = Said("前の年度とは数え方が違う", "it was counted otherwise the year before")
            raise Refused(why, Said("値だけを書く", "write the value alone"))
        return allowed(earlier)

    def status(self, group: str) -> Said:
        """What became of an indicator with a target: ``後退``."""
        status = status_of(self.evidence, f"kpi_status.kpi.{group}", self.year)
        return Said(*LABELS[status]) if status else Said("", "")

    def _rank(self, number: Number) -> Number:
        """The rank that belongs to a number: ``brand_rank`` to ``brand_score``."""
        if number.measure == "位":
            return number
        indicator, _, rest = number.key.partition(".")
        for stem in (indicator.removesuffix("_score"), indicator.removesuffix("_index")):
            key = f"{stem}_rank.{rest}"
            if key in self.evidence:
                return self.number(key, number.definition, str(number.year))
        raise Refused(Said("順位がない", "it has no rank"), Said("値を書く", "write the value"))


def facts(edition: Edition, indicators: "pd.DataFrame", history: "pd.DataFrame") -> Facts:
    """The facts of an edition, from its indicator rows and those of earlier editions."""
    rows = [*indicators.to_dict("records"), *history.to_dict("records")]
    return facts_of_rows(edition, [{str(name): row[name] for name in row} for row in rows])


def facts_of_rows(edition: Edition, rows: Iterable[Mapping[str, Any]]) -> Facts:
    """The same from rows as they come, the edition's own first."""
    return Facts(Evidence(rows), Naming(edition), edition.fiscal_year)
