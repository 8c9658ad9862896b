"""A statement: which numbers a sentence speaks of, and what it says of them."""

import re
from typing import Literal, Self

from pydantic import Field, model_validator

from helpers.configuration import Part
from helpers.edition import Names, Year
from helpers.problems import Unfit
from helpers.sentences.numbers import DOWN, UP, Quantity, read_quantity, series

Kind = Literal[
    "value",
    "about",
    "at_least",
    "every_year",
    "points",
    "percent",
    "ratio",
    "times",
    "trend",
    "rank",
    "series",
    "share_of",
    "difference",
    "order",
    "described_as",
    "status",
    "run",
    "record",
    "ordinal",
    "target",
    "sign",
    "tendency",
    "magnitude",
]
# Wordings in short of what is said without a number of its own, or with one in the midst.
FORMS: dict[str, tuple[str, str]] = {
    "run": (
        r"(?:(?P<n>\d+)年)?連続で(?:増加|減少|プラス|マイナス|上回る|下回る)|(?:増加|減少)傾向",
        "3年連続で増加、5年連続でプラス、増加傾向",
    ),
    "record": (
        r"(?:過去|(?P<n>\d+)年間で)(?:最高|最低)|過去最大の(?:増加|減少)幅",
        "過去最高、5年間で最低、過去最大の減少幅",
    ),
    "ordinal": (r"(?P<n>\d+)番目に(?:高い|低い)", "3番目に低い"),
    "target": (
        r"(?:年度)?目標を(?:達成|未達)|(?:年度)?目標の(?P<n>.+)",
        "目標を達成、年度目標を達成、目標を未達、目標の7割",
    ),
    "sign": (r"プラス|マイナス", "プラス、マイナス"),
    "tendency": (r"[上下]ほど(?:高い|低い)", "上ほど高い、下ほど低い"),
    "magnitude": (
        r"(?P<n>[増減])が(?P<other>[増減])を(?:上回る|下回る)",
        "減が増を上回る",
    ),
}
NUMBERS = ("value", "about", "at_least", "every_year", "rank", "share_of", "difference")
CHANGES = ("points", "percent", "ratio", "times")
# What a sentence may say of an order, and of how things went: a word decides, not its ending.
ORDERS = {"高い順": -1, "低い順": 1, "より高い": -1, "より低い": 1, "最も高い": -1, "最も低い": 1}
_WAYS = (
    ("level", r"横ばい|維持|変わら|同水準|同程度|増減な"),
    ("up", rf"{UP}|伸|上向"),
    ("down", DOWN),
)
_DEGREES = (("large", r"大幅|大き|著し|急"), ("slight", r"微|やや|わずか|若干"))
STATUSES: dict[str, set[str]] = {
    "順調": {"on_pace", "achieved", "improved", "kept"},
    "達成": {"achieved"},
    "改善": {"improved", "on_pace", "achieved"},
    "維持": {"kept", "level"},
    "横ばい": {"level", "kept"},
    "遅れ": {"behind", "worse", "missed", "declined"},
    "未達": {"missed", "behind", "worse"},
    "低下": {"declined", "worse"},
    "後退": {"worse", "declined"},
}


class Statement(Part):
    """What is said of which numbers; a sentence with several numbers makes several."""

    kind: Kind
    claimed: str = Field(description="the number or the word as printed: 約20万6千人, 36％増, 微減")
    what: Names = Field([], description="keys of the indicators that it is about")
    definition: Names = Field([], description="which definitions it means; else all are tried")
    year: Year | None = Field(None, description="of the number, else the edition's")
    years: list[Year] = []
    last: int | None = Field(None, ge=1, description="so many newest years of a series")
    against: str = Field("previous", description="previous, baseline, a year, or another key")
    of: str = Field("", description="of how many a rank is: 26市")
    described: str = Field("", description="key of what the words really describe")

    @model_validator(mode="after")
    def _readable(self) -> Self:
        """What is claimed must be readable for its kind.

        Raises:
            Unfit: in a sentence that says what would be.
        """
        if not self.kind or self._form_instead():
            return self
        if self.kind in (*NUMBERS, *CHANGES, "described_as"):
            _ = self.quantity
        elif self.kind in FORMS:
            self._check_form()
        elif self.kind == "series":
            series(self.claimed)
        else:
            self._check_word()
        if self.of:
            series(self.of)
        needed = (
            2 if self.kind in ("share_of", "difference", "order", "ordinal", "magnitude") else 1
        )
        if self.what and len(self.what) < needed:
            ja, en = f"what にキーが {needed} つ要ります", f"“what” needs {needed} keys"
            raise Unfit(f"{self.kind} には {ja}", f"{self.kind}: {en}")
        if self.kind == "described_as" and not self.described:
            ja = "described（言葉が本当に表す指標のキー）を書いてください"
            raise Unfit(ja, "say “described”: the key of what the words really describe")
        return self

    def _form_instead(self) -> bool:
        """Whether the wording is one that the grammar reads whatever kind is given."""
        return False

    def _check_form(self) -> None:
        pattern, words = FORMS[self.kind]
        if not re.fullmatch(pattern, self.claimed):
            ja = f"「{self.claimed}」は {self.kind} の言葉ではありません（{words}）"
            raise Unfit(ja, f"“{self.claimed}” is no word for {self.kind} ({words})")

    @property
    def form(self) -> re.Match[str] | None:
        """The parts of a wording in short: its number ``n``."""
        return re.fullmatch(FORMS[self.kind][0], self.claimed)

    def _check_word(self) -> None:
        known: dict[str, tuple[bool, object]] = {
            "trend": (bool(self.way), "増加、微減、大幅に増加、横ばい…"),
            "order": (self.claimed in ORDERS, "、".join(ORDERS)),
            "status": (bool(self.statuses), "、".join(STATUSES)),
        }
        fits, words = known[self.kind]
        if not fits:
            ja = f"「{self.claimed}」は {self.kind} の言葉ではありません（{words}）"
            raise Unfit(ja, f"“{self.claimed}” is no word for {self.kind} ({words})")

    @property
    def quantity(self) -> Quantity:
        """The number that is claimed."""
        return read_quantity(self.claimed)

    @property
    def way(self) -> str:
        """``up``, ``down``, ``level``, or nothing where no word says it."""
        return next((way for way, words in _WAYS if re.search(words, self.claimed)), "")

    @property
    def degree(self) -> str:
        """``large``, ``slight`` or nothing."""
        return next((size for size, words in _DEGREES if re.search(words, self.claimed)), "")

    @property
    def statuses(self) -> set[str]:
        """The statuses of an indicator that the word stands for (ids of ``labels.py``)."""
        return next((ids for word, ids in STATUSES.items() if word in self.claimed), set())
