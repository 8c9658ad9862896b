"""Claims: the sentences of a published text that state a number, as ``claims.yml`` lists them."""

import re
from typing import Literal, Self

from pydantic import Field, model_validator

from helpers.audit.quantity import Quantity, read_quantity, series
from helpers.configuration import Part, read_configuration
from helpers.edition import Edition, Name, Names, Year
from helpers.problems import Unfit

FILE = "claims.yml"

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
]
NUMBERS = ("value", "about", "at_least", "every_year", "rank", "share_of", "difference")
CHANGES = ("points", "percent", "ratio", "times")
# What a sentence may say of an order, and of how things went: a word decides, not its ending.
ORDERS = {"高い順": -1, "低い順": 1, "より高い": -1, "より低い": 1, "最も高い": -1, "最も低い": 1}
_WAYS = (
    ("level", r"横ばい|維持|変わら"),
    ("up", r"増|上昇|伸|改善|向上|高ま|アップ"),
    ("down", r"減|低下|下降|悪化|落ち|ダウン"),
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


class Claim(Part):
    """One statement of a sentence; a sentence with several numbers makes several claims."""

    sentence: str = Field(description="as published")
    page: str = ""
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
    needs: Name | None = Field(None, description="data that are missing to judge it")
    note: Name | None = Field(None, description="what a reader of the audit should know")

    @model_validator(mode="after")
    def _readable(self) -> Self:
        """What is claimed must be readable for its kind.

        Raises:
            Unfit: in a sentence that says what would be.
        """
        if not self.what and not self.needs:
            raise Unfit(
                "what（指標のキー）か needs（足りないデータ）を書いてください",
                "say “what” (keys of indicators) or “needs” (data that are missing)",
            )
        if self.kind in (*NUMBERS, *CHANGES, "described_as"):
            _ = self.quantity
        elif self.kind == "series":
            series(self.claimed)
        else:
            self._check_word()
        if self.of:
            series(self.of)
        needed = 2 if self.kind in ("share_of", "difference", "order") else 1
        if self.what and len(self.what) < needed:
            ja, en = f"what にキーが {needed} つ要ります", f"“what” needs {needed} keys"
            raise Unfit(f"{self.kind} には {ja}", f"{self.kind}: {en}")
        if self.kind == "described_as" and not self.described:
            ja = "described（言葉が本当に表す指標のキー）を書いてください"
            raise Unfit(ja, "say “described”: the key of what the words really describe")
        return self

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


class Claims(Part):
    """A ``claims.yml``."""

    claims: list[Claim]


def read_claims(edition: Edition) -> list[Claim]:
    """The claims of an edition; none where it has no ``claims.yml``.

    Raises:
        InputError: every key that is unknown, missing or wrong, by its place in the file.
    """
    path = edition.places.raw / FILE
    return read_configuration(path, Claims).claims if path.exists() else []
