"""A number as a report prints it: ``約20万6千人``, ``136％増``, ``1万人以上``, ``4番目``."""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from helpers.intervals import Interval
from helpers.problems import Said, Unfit
from helpers.rounding import printed

_MULTIPLIERS = {
    "億": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "万": 10**4,
    "千": 1000,
    "百": 100,
    "": 1,
}
_PIECE = re.compile(rf"(\d[\d,]*)(?:\.(\d+))?({'|'.join(_MULTIPLIERS)})")
UP = r"増|上昇|上が|上げ|アップ|伸び|伸長|改善|プラス|高ま|向上|拡大"
DOWN = r"減|低下|下が|下げ|ダウン|下降|悪化|マイナス|後退|落ち|縮小"
_WAY = rf"(?:(?P<up>{UP}|高|多)|(?P<down>{DOWN}|低|少))[加少]?幅?"
ABOUT = r"約|およそ|おおよそ|おおむね|ほぼ|概ね|だいたい"
# What stands after a number and says how exact it is.
NEAR = {
    "台前半": "強", "台後半": "台後半", "程度": "約", "ほど": "約", "前後": "約", "台": "台",
    "強": "強", "弱": "弱", "近く": "弱", "余り": "余", "あまり": "余", "余": "余",
}  # fmt: skip
_SOME = r"[をも]?(?:大きく|大幅に|わずかに|やや|若干)?"
_NOT = (
    r"(?:て|って)?(?:い|お)?(?:ない|なく|なかった|ません|らず|らない|りません|ず|らなかった|りませ)"
)
# Bounds by their stems; an ending makes no other bound, a negation does.
BOUNDS: tuple[tuple[str, str], ...] = (
    (r"以上", "以上"),
    (r"以下", "以下"),
    (r"未満", "未満"),
    (rf"{_SOME}(?:超え|上回|突破し|超過し){_NOT}", "以下"),
    (rf"{_SOME}(?:超え|上回|突破|超過)", "超"),
    (r"超(?!え)", "超"),
    (rf"{_SOME}(?:下回|割り込|割れ){_NOT}", "以上"),
    (rf"{_SOME}(?:下回|割り込|割れ|割っ|切っ)", "未満"),
    (r"に[はも]?(?:届か|満た|及ば|達さ|達せ)", "未満"),
    (rf"に[はも]?(?:届い|達し|到達し|及ん){_NOT}", "未満"),
    (r"に迫", "未満"),
    (r"に[はも]?(?:届|達|到達|及ん|のぼ|上[っり])", "以上"),
)
_BOUND = "|".join(rf"(?:{pattern})" for pattern, _ in BOUNDS)
_COUNTER = r"割|分|倍|年連続|年続|位|番目|つ|項目|ポイント|パーセント|%|万|点|代|歳|人に|市中|世帯"
_KANJI = re.compile(
    rf"(?<![\d第〇一二三四五六七八九十百])(?!十分(?!の))(?:[〇一二三四五六七八九十百]+(?={_COUNTER})|"
    r"[〇一二三四五六七八九十百]{2,}(?=人)|(?<=人に)[一二三四五六七八九](?=人))"
)
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}
BODY = r"(?:\d[\d,]*(?:\.\d+)?[億万千百]*)+"
FRACTION = r"過半数|半数|半分|大半|大多数|\d+分の\d+|\d+人に\d+人"
MULTIPLE = {"倍増": Fraction(2), "半減": Fraction(1, 2)}
_AGAINST = r"(?:対?(?:前|昨)年(?:度)?(?:同期|同月)?(?:比|から)?|(?:現状|基準|目標)値?比)?(?:で|は)?"
_QUANTITY = re.compile(
    rf"{_AGAINST}(?P<about>{ABOUT})?"
    rf"(?:(?P<fraction>{FRACTION})|(?P<multiple>倍増|半減)|"
    rf"(?P<sign>[-+−]|プラス|マイナス)?(?P<body>{BODY})"
    r"(?P<unit>[^\d\s億万千百十をもに]*?))"
    rf"(?P<near>{'|'.join(NEAR)})?(?P<bound>{_BOUND})?"
    rf"[ぁ-ん]*?(?:{_WAY})?(?:[ぁ-ん]|占|見|続|推移|水準)*"
)
# Units that count things: whole numbers of them are exact, unless they say 約.
COUNTED = ("人", "世帯", "件", "位", "市", "市区町村")
_SAME = {
    "番目": "位",
    "pt": "ポイント",
    "ポイント差": "ポイント",
    "市区町村": "市",
    "パーセント": "%",
}


@lru_cache(maxsize=50_000)  # names of topics are asked for with every clause
def plain(text: str) -> str:
    """One way of writing: half width, one minus, 漢数字 before a counter as digits, 割分 as %."""
    one = unicodedata.normalize("NFKC", text).strip().replace(" ", "")
    one = one.translate(str.maketrans("▲△～~‐", "−−〜〜-"))
    one = re.sub(r"(?<=\d)・(?=\d[%点倍ポ])", ".", one)
    one = re.sub(r"[〇一二三四五六七八九]・[〇一二三四五六七八九](?=[%ポ点倍])", _decimal, one)
    one = re.sub(r"([〇一二三四五六七八九十]+)(?=\d\.\d)", _tens, one)
    one = _KANJI.sub(lambda match: _from_kanji(match[0]), one)
    return re.sub(r"(\d)割(\d)分(?!の)", r"\1\2%", one)


def _tens(match: re.Match[str]) -> str:
    """七十 before 3.7 → 7, of 73.7."""
    return _from_kanji(match[1]).removesuffix("0")


def _decimal(match: re.Match[str]) -> str:
    """三・七 → 3.7."""
    return f"{_DIGITS[match[0][0]]}.{_DIGITS[match[0][2]]}"


def _from_kanji(text: str) -> str:
    """九 → 9, 二十 → 20, 十五 → 15, 二〇 → 20; a single character that begins a word stays."""
    if all(c in _DIGITS for c in text):
        return "".join(str(_DIGITS[c]) for c in text)
    total, digit = 0, 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        else:
            total, digit = total + (digit or 1) * {"十": 10, "百": 100}[c], 0
    return str(total + digit)


# 70％台, 7割強, 7割弱, 7割余り: from and to, in steps of the number.
_RANGES = {
    "台": (Fraction(0), Fraction(1)),
    "強": (Fraction(0), Fraction(1, 2)),
    "弱": (Fraction(-1, 2), Fraction(0)),
    "余": (Fraction(0), Fraction(1)),
    "台後半": (Fraction(1, 2), Fraction(1)),
}


@dataclass(frozen=True)
class Quantity:
    """What a printed number states.

    Attributes:
        number: the number, sign and 万, 千, 割 taken in; 増 and 減 are in ``way``.
        step: the unit of its last digit: 1,000 for 20万6千, 0.1 for 72.5.
        unit: ``%``, ``ポイント``, ``人``, ``位`` … or nothing.
        about: whether it says 約.
        bound: ``以上``, ``以下``, ``未満``, ``超``; ``台``, ``強``, ``弱``, ``余``; or nothing.
        way: 1 for 増, −1 for 減, 0 where neither is said.
    """

    number: Fraction
    step: Fraction
    unit: str = ""
    about: bool = False
    bound: str = ""
    way: int = 0

    @property
    def decimals(self) -> int:
        """How many decimals a number of the same step has."""
        return max(0, len(str(self.step.denominator)) - 1)

    @property
    def interval(self) -> Interval:
        """What may have been printed as this number."""
        if self.bound in _RANGES:
            low, high = _RANGES[self.bound]
            sign = -1 if self.number < 0 else 1
            ends = sorted((self.number + sign * part * self.step) for part in (low, high))
            return Interval(ends[0], ends[1], True, self.bound == "弱")
        exact = self.step == 1 and self.unit in COUNTED and not self.about
        if exact or self.bound:
            return Interval.exactly(self.number)
        return Interval.around(self.number, self.step)

    def rounds_from(self, value: Fraction) -> bool:
        """Whether ``value``, rounded half away from zero to this step, is this number."""
        return value in Interval.around(self.number, self.step)


def read_quantity(text: str) -> Quantity:
    """Read a number with its unit and the words that belong to it.

    Raises:
        Unfit: the text is not one number with a unit.
    """
    match = _QUANTITY.fullmatch(plain(text))
    pieces = list(_PIECE.finditer(match["body"])) if match and match["body"] else []
    if match is None or not (pieces or match["fraction"] or match["multiple"]):
        raise Unfit(
            f"「{text}」は数値として読めません（例: 72.5％、約20万6千人、36％増、1万人以上）",
            f"“{text}” is not readable as a number (72.5％, 約20万6千人, 36％増, 1万人以上)",
        )
    near = NEAR.get(match["near"] or "", "")
    about = bool(match["about"]) or near == "約"
    bound = next((b for stem, b in BOUNDS if re.match(stem, match["bound"] or "-")), "")
    bound = near if near in _RANGES else bound  # 5万人近くに達し: not five, but nearly
    way = 1 if match["up"] else -1 if match["down"] else 0
    if match["multiple"]:
        return Quantity(MULTIPLE[match["multiple"]], Fraction(1, 4), "倍", about, bound)
    if match["fraction"]:
        number, more = _fraction(match["fraction"])
        return Quantity(number, Fraction(10 if about else 5), "%", about, bound or more, way)
    unit = match["unit"]
    number, step = _sum(pieces, about or near in _RANGES)
    if unit == "割":
        number, step, unit = 10 * number, 10 * step, "%"
    elif near in _RANGES and unit == "%" and number % 10 == 0:
        step = Fraction(10)
    if match["sign"] in ("-", "−", "マイナス"):
        number = -number
    unit = _SAME.get(unit, unit)
    return Quantity(number, step, unit, about, bound, way)


def _fraction(text: str) -> tuple[Fraction, str]:
    """半数 50, 3分の1 33.3, 4人に3人 75 in %; 過半数 and 大半 are more than a half."""
    if match := re.fullmatch(r"(\d+)分の(\d+)", text):
        return Fraction(100 * int(match[2]), int(match[1]) or 1), ""
    if match := re.fullmatch(r"(\d+)人に(\d+)人", text):
        return Fraction(100 * int(match[2]), int(match[1]) or 1), ""
    return Fraction(50), "" if text in ("半数", "半分") else "超"


def _sum(pieces: list[re.Match[str]], about: bool) -> tuple[Fraction, Fraction]:
    """20万6千 → 206,000 in steps of 1,000; 約15,000 is in thousands too."""
    total, step = Fraction(0), Fraction(1)
    for piece in pieces:
        whole, decimals = piece[1].replace(",", ""), piece[2] or ""
        multiplier = _MULTIPLIERS[piece[3]]
        step = Fraction(multiplier, 10 ** len(decimals))
        total += Fraction(int(whole + decimals)) * step
        if about and not decimals and int(whole):
            step *= 10 ** (len(whole) - len(whole.rstrip("0")))
    return total, step


def series(text: str) -> list[Quantity]:
    """The numbers of ``22位→16位→18位``.

    Raises:
        Unfit: one of them is not readable.
    """
    parts = [part for part in re.split(r"→|⇒|、|・|から", text) if part.strip()]
    return [read_quantity(part) for part in parts]


_EN = {
    "%": "%",
    "ポイント": " points",
    "点": " points",
    "人": " people",
    "世帯": " households",
    "件": "",
    "万件": "0,000",
    "万人": "0,000 people",
    "万人・ポイント": " (10,000 people × points)",
    "倍": " times",
}


def thousands(text: str) -> str:
    """``−1097.1`` → ``−1,097.1``."""
    return re.sub(r"(?<![\d.])\d{4,}", lambda m: f"{int(m[0]):,}", text, count=1)


def with_unit(text: str, unit: str) -> Said:
    """A printed number and its unit: ``72.5％``, in English ``72.5%``."""
    shown = thousands(text)
    ja = f"{shown}{'％' if unit == '%' else unit}"
    if unit in ("位", "番目"):
        return Said(ja, f"rank {shown}")
    if unit in ("万件", "万人") and re.fullmatch(r"[−]?\d+(\.\d)?", text):
        whole, _, tenth = text.partition(".")
        tail = " people" if unit == "万人" else ""
        return Said(ja, f"{thousands(f'{whole}{tenth or 0}000')}{tail}")
    return Said(ja, f"{shown}{_EN.get(unit, ' ' + unit if unit else '')}")


def signed(value: Fraction, decimals: int, unit: str) -> Said:
    """A change with its direction: ``3.8ポイント減``, ``36％増``, ``増減なし``."""
    text = printed(abs(value), decimals)
    if not text.strip("0."):
        return Said("増減なし", "no change")
    size = with_unit(text, unit)
    up = value > 0
    if unit == "位":
        return Said(
            f"{size.ja}{'上昇' if up else '下降'}", f"{'up' if up else 'down'} {text} places"
        )
    return Said(f"{size.ja}{'増' if up else '減'}", f"{'up' if up else 'down'} {size.en}")


def joined(parts: list[Said], ja: str = "、", en: str = "; ") -> Said:
    """Several in a row."""
    return Said(ja.join(p.ja for p in parts), en.join(p.en for p in parts))
