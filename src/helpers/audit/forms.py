"""The forms in which a number may be written, and the numbers that may not."""

from collections.abc import Callable, Mapping

from helpers.audit.differences import difference, increase, ratio
from helpers.audit.evidence import Number
from helpers.audit.writing import thousands, with_unit
from helpers.problems import Said
from helpers.rounding import decimals_of, printed


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
