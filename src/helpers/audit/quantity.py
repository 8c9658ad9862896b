"""A number as a report prints it: ``約20万6千人``, ``136％増``, ``1万人以上``, ``4番目``."""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from helpers.intervals import Interval
from helpers.problems import Unfit

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
_UP = r"増加?|上昇|アップ|伸び|改善|プラス"
_DOWN = r"減少?|低下|ダウン|下降|悪化|マイナス"
_QUANTITY = re.compile(
    r"(?:前年度?比|対前年度?比|前年度?から)?(?P<about>約|およそ|おおよそ|ほぼ|概ね)?"
    r"(?P<sign>[-+−▲△])?(?P<body>(?:\d[\d,]*(?:\.\d+)?[億万千百]*)+)"
    rf"(?P<unit>[^\d\s億万千百十]*?)(?P<bound>以上|以下|未満|超)?の?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))?"
)
# Units that count things: whole numbers of them are exact, unless they say 約.
COUNTED = ("人", "世帯", "件", "位", "市", "市区町村")
_SAME = {"番目": "位", "pt": "ポイント", "ポイント差": "ポイント", "市区町村": "市"}


@dataclass(frozen=True)
class Quantity:
    """What a printed number states.

    Attributes:
        number: the number, sign and 万, 千, 割 taken in; 増 and 減 are in ``way``.
        step: the unit of its last digit: 1,000 for 20万6千, 0.1 for 72.5.
        unit: ``%``, ``ポイント``, ``人``, ``位`` … or nothing.
        about: whether it says 約.
        bound: ``以上``, ``以下``, ``未満``, ``超`` or nothing.
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
    plain = unicodedata.normalize("NFKC", text).strip().replace(" ", "")
    match = _QUANTITY.fullmatch(plain)
    pieces = list(_PIECE.finditer(match["body"])) if match else []
    if match is None or not pieces:
        raise Unfit(
            f"「{text}」は数値として読めません（例: 72.5％、約20万6千人、36％増、1万人以上）",
            f"“{text}” is not readable as a number (72.5％, 約20万6千人, 36％増, 1万人以上)",
        )
    about, unit = bool(match["about"]), match["unit"]
    number, step = _sum(pieces, about)
    if unit == "割":
        number, step, unit = 10 * number, 10 * step, "%"
    if match["sign"] and match["sign"] != "+":
        number = -number
    way = 1 if match["up"] else -1 if match["down"] else 0
    unit = _SAME.get(unit, unit)
    return Quantity(number, step, unit, about, match["bound"] or "", way)


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
