"""The few numbers of a figure that a text needs, each with the key that finds it again."""

from dataclasses import dataclass

from helpers.report.numbers import CATEGORY, FLAG, GROUP, INDICATOR, KEY, PRINTED, UNIT, YEAR
from helpers.report.office.numbers import Numbers
from helpers.report.office.written import with_commas
from helpers.report.reported import Figure
from helpers.report.word.markup import TAG_LENGTH

_NAMES = (INDICATOR, GROUP, CATEGORY)
MOST = 13  # as many as the mGAP figure needs


@dataclass(frozen=True)
class KeyNumber:
    """A number as a table prints it.

    Attributes:
        key: names it in ``word refresh``.
        name: indicator, group and category in words.
        year: fiscal or calendar year, as the series counts.
        text: the printed number, thousands parted.
        unit: its unit.
    """

    key: str
    name: str
    year: str
    text: str
    unit: str


def key_numbers(figure: Figure, numbers: Numbers, city: str) -> list[KeyNumber]:
    """Numbers of the whole city in the newest year, at most thirteen; none where it has none."""
    found: dict[str, KeyNumber] = {}
    for row in figure.rows:
        key = row[KEY]
        if _is_main(key, city) and not row[FLAG] and key not in found:
            tag = _tag(key, row[PRINTED], row[YEAR], numbers)
            if tag:
                name = " ".join(dict.fromkeys(row[n] for n in _NAMES if row[n]))
                shown = with_commas(numbers.find(tag).printed)
                found[key] = KeyNumber(tag, name, row[YEAR], shown, row[UNIT])
    return _fairly(list(found.items()))


def _is_main(key: str, city: str) -> bool:
    """Whether it is of the whole city, and not one of the single answers of a question."""
    parts = key.split(".")
    return len(parts) in (3, 4) and (parts[1] in ("total", "kpi") or parts[2] == city)


def _fairly(found: list[tuple[str, KeyNumber]]) -> list[KeyNumber]:
    """As many as may be, in their order, so that every indicator has its turn."""
    turns: dict[str, int] = {}
    ranked = []
    for place, (key, number) in enumerate(found):
        indicator = key.partition(".")[0]
        turns[indicator] = turns.get(indicator, 0) + 1
        ranked.append((turns[indicator], place, number))
    kept = sorted(ranked, key=lambda each: each[:2])[:MOST]
    return [number for _, _, number in sorted(kept, key=lambda each: each[1])]


def _tag(key: str, shown: str, year: str, numbers: Numbers) -> str:
    """The key, with a definition where it needs one, that finds the very number the figure shows.

    A number of an earlier year has none: the key is to find the newest one every year.
    """
    definitions = sorted({row["definition"] for row in numbers.rows_of(key)})
    keys = [key, *(f"{key}@{name}" for name in definitions if name)] if definitions else []
    for tag in keys:
        sought = numbers.find(tag)
        same = with_commas(sought.printed) == with_commas(shown.replace(",", ""))
        if sought.printed and same and str(sought.year) == year and len(tag) <= TAG_LENGTH:
            return tag
    return ""
