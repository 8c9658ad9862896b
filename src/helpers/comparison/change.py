"""One number in two editions: its difference in its unit, held against the sampling error."""

import math
from dataclasses import dataclass
from typing import Any

from helpers.rounding import decimals_of, number, printed
from helpers.tables import KEY

Row = dict[str, Any]

BEYOND, WITHIN, UNKNOWN = "beyond", "within", "unknown"


@dataclass(frozen=True)
class Change:
    """A row that is not the same on both sides.

    Attributes:
        kind: ``change``, ``status``, ``handling``, ``revision``, ``method``, ``new``, ``dropped``.
        before: the row of the older edition; None if it is new.
        after: the row of the newer edition; None if it was dropped.
    """

    kind: str
    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        """The side that is there, the newer one first."""
        return self.after or self.before or {}

    @property
    def key(self) -> str:
        """``attachment.age_group.18-19.positive``."""
        return ".".join(str(self.row[part]) for part in KEY if self.row[part] != "")

    @property
    def comparable(self) -> bool:
        """Whether both sides have a number in the same unit, counted in the same way."""
        if self.before is None or self.after is None:
            return False
        if self.kind != "revision" and self.after["flag"] == "series_break":
            return False  # two ways of counting
        numbers = not any(math.isnan(row["value"]) for row in (self.before, self.after))
        return numbers and self.before["unit"] == self.after["unit"]

    @property
    def difference(self) -> str:
        """The difference of the unrounded numbers, as it is printed; empty where there is none."""
        if not self.comparable or self.before is None or self.after is None:
            return ""
        decimals = max(_decimals(self.before), _decimals(self.after))
        return printed(_exact(self.after) - _exact(self.before), decimals)

    @property
    def unit(self) -> str:
        """The unit of the difference: points for shares, else the number's own."""
        unit = str(self.row["unit"])
        return "ポイント" if unit.startswith(("%", "％")) else unit

    @property
    def margin(self) -> float | None:
        """The half-width of the difference's 95 % interval, for two independent samples."""
        if not self.comparable or self.before is None or self.after is None:
            return None
        if self.kind == "revision" or not (_sampled(self.before) and _sampled(self.after)):
            return None
        sides = (self.before, self.after)
        halves = [(_exact(row, "high") - _exact(row, "low")) / 2 for row in sides]
        return math.hypot(*halves)

    @property
    def judgement(self) -> str:
        """``beyond`` the sampling error, ``within`` it, or ``unknown`` without intervals."""
        if self.margin is None or self.before is None or self.after is None:
            return UNKNOWN
        size = abs(_exact(self.after) - _exact(self.before))
        return BEYOND if size > self.margin else WITHIN


def _exact(row: Row, name: str = "value") -> float:
    """A number before it was rounded, where this machine has computed it (``tables.unrounded``)."""
    exact = row.get("unrounded" if name == "value" else f"unrounded_{name}")
    return float(row[name] if exact is None else exact)


def _sampled(row: Row) -> bool:
    """Whether the interval is one of a sample; those of rounding are not."""
    return row["basis"] == "microdata" and not math.isnan(row["low"] + row["high"])


def _decimals(row: Row) -> int:
    try:
        number(row["printed"])
    except ValueError:
        return 1
    return decimals_of(row["printed"])
