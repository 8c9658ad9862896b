"""What a target may be beside a number, and what it must be to baseline and actuals."""

import re
from collections.abc import Iterable, Iterator, Mapping

from helpers.problems import Message, Problem

ARROWS: Mapping[str, str] = {"up": "↗", "down": "↘", "keep": "→"}
"""How a target that is only a direction is printed."""
DIRECTIONS: Mapping[str, str] = {
    **{arrow: direction for direction, arrow in ARROWS.items()}, "↑": "up", "↓": "down",
}  # fmt: skip
RANGE = re.compile(r"(−?[\d.]+)[〜~～](−?[\d.]+)")
"""A target to keep within: its lower and its upper end, as numbers are printed."""

TARGET_BEFORE = Message(
    "目標（{year}年度）が、現状値（{base}年度、{first}）より前の年度です",
    "現状値より後の年度の目標",
    "見出しの年度か、現状値の年度を確かめてください",
    "the target of {year} is of a year before the baseline ({base}, at {first}). → look at the "
    "years of both",
)
TWO_BASELINES = Message(
    "現状値（基準値）が2つあります（{base}年度の {first} と {year}年度）",
    "指標ごとに1つ",
    "基準にしない方を実績値にしてください",
    "the measure has two baselines, of {base} (at {first}) and of {year}. → make the one that is "
    "no baseline an actual",
)
NO_UNIT = Message(
    "実績「{text}」に単位がありません",
    "人、件、％ など",
    "edition.yml の measures か printed_tables のその行に unit: を書いてください",
    "the actual “{text}” has no unit. → write unit: at the measure, or at its row of "
    "printed_tables, in edition.yml",
)
Row = Mapping[str, object]


def misplaced(rows: Iterable[Row]) -> Iterator[Problem]:
    """Targets before their baseline, second baselines, actuals without a unit, by their cell.

    Args:
        rows: rows of printed tables, with ``where``.
    """
    measures: dict[tuple[object, ...], list[Row]] = {}
    names = ("indicator", "breakdown", "group", "definition")
    for row in rows:
        if row["category"] in ("baseline", "actual", "target"):
            measures.setdefault(tuple(row[name] for name in names), []).append(row)
    for own in measures.values():
        yield from _of_measure(own)


def _of_measure(own: list[Row]) -> Iterator[Problem]:
    baselines = [row for row in own if row["category"] == "baseline"]
    for row in own:
        if row["category"] == "actual" and not row["unit"]:
            yield NO_UNIT.at(str(row["where"]), text=row["text"])
    for base in baselines[:1]:
        told = {"base": base["fiscal_year"], "first": base["where"]}
        for other in baselines[1:]:
            if other["fiscal_year"] != base["fiscal_year"]:
                year = other["fiscal_year"]
                yield TWO_BASELINES.at(str(other["where"]), year=year, **told)
        for row in own:
            if row["category"] == "target" and _year(row) < _year(base):
                yield TARGET_BEFORE.at(str(row["where"]), year=_year(row), **told)


def _year(row: Row) -> int:
    return int(str(row["fiscal_year"]))
