"""What all figures of one report share: the city, the edition, the language, the printed size."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from helpers.rounding import MINUS

MINUS_SIGNS = (MINUS, "▲", "△")
# A sign before a number; between two numbers or with a space after it, it is an operator.
_BELOW_ZERO = re.compile(rf"(?<![0-9)）％%]){MINUS}(?=[0-9])")


class FromEdition(str):
    """A text that the edition's own files say, so that it is true of no other."""


@dataclass(frozen=True)
class Sizes:
    """Type sizes in points; ``least`` for numbers in narrow places."""

    title: float
    label: float
    note: float
    least: float = 7


@dataclass(frozen=True)
class Context:
    """Everything a figure needs that is not a number.

    Attributes:
        city: the city's name as shown.
        edition: city id and fiscal year, ``"nishitokyo 2025"``.
        source: printed after 出典 when a figure names no source of its own.
        notes: printed after 注 before those that a figure adds.
        lang: ``ja`` or ``en``.
        width_mm: printed width: 160 (text width of A4) or 80 (half).
        large_print: larger type for readers who need it.
        title_in_figure: False when the caption in Word carries the title.
        labels: the edition's own names of groups, asked before ``helpers.labels``.
        words: the same by language: what a notebook may call a group, whatever is drawn.
        shared_by: the editions whose runs use the notebook, asked for when a text is typed in it.
        editions: all editions there are, asked for when one is named.
        minus: the sign printed before numbers below zero: ``−``, or ``▲`` or ``△`` in city style.
            Files for machines and screen readers (CSV, alternative text) keep ``−``.
    """

    city: str
    edition: str
    source: str = ""
    notes: tuple[str, ...] = ()
    lang: str = "ja"
    width_mm: float = 160
    large_print: bool = False
    title_in_figure: bool = True
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict, compare=False)
    minus: str = MINUS
    shared_by: Callable[[], Sequence[str]] = field(default=tuple, compare=False, repr=False)
    editions: Callable[[], Sequence[str]] = field(default=tuple, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.lang not in ("ja", "en"):
            raise ValueError(f"lang は ja か en です（{self.lang}）。")
        if self.minus not in MINUS_SIGNS:
            raise ValueError(f"minus は {'、'.join(MINUS_SIGNS)} のどれかです（{self.minus}）。")

    @property
    def year(self) -> int:
        """The fiscal year of the edition."""
        return int(self.edition.split()[-1])

    @property
    def narrow(self) -> bool:
        """Whether there is room for one column only."""
        return self.width_mm < 110

    @property
    def sizes(self) -> Sizes:
        """Type sizes for this width (Mie's guideline calls 9 pt the floor for body text)."""
        if self.large_print:  # nothing under 10 pt, on half a page too
            return Sizes(title=13, label=11, note=10, least=10)
        return Sizes(9.5, 8, 7) if self.narrow else Sizes(10.5, 9, 8)

    def at(self, **changes: Any) -> Self:
        """The same with another width, language or size of type."""
        return replace(self, **changes)

    def signed(self, text: str) -> str:
        """A text with the minus signs of this context before its numbers."""
        return _BELOW_ZERO.sub(self.minus, text) if self.minus != MINUS else text

    def say(self, ja: str, en: str) -> str:
        """One of two wordings."""
        return ja if self.lang == "ja" else en
