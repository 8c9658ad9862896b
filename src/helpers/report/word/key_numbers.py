"""The few numbers of a figure that a text needs, each with the key that finds it again."""

from dataclasses import dataclass

from helpers.report.office.numbers import Numbers, with_commas
from helpers.report.reported import Figure
from helpers.report.word.markup import TAG_LENGTH

# Columns of a figure's CSV (helpers/figures writes them).
_YEAR, _KEY, _SHOWN, _UNIT, _FLAG = "年度", "キー", "表示", "単位", "注記"
_NAMES = ("指標", "区分", "項目")
MOST = 6


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
    """Numbers of the whole city in the newest year, at most six; none where a figure has none."""
    data = figure.data
    if not {_YEAR, _KEY, _SHOWN, _UNIT, _FLAG, *_NAMES} <= set(data.columns):
        return []
    found: dict[str, KeyNumber] = {}
    for row in data.to_dict("records"):
        key = str(row[_KEY])
        parts = key.split(".")
        whole = len(parts) > 2 and (parts[1] in ("total", "kpi") or parts[2] == city)
        if whole and not row[_FLAG] and key not in found:
            tag = _tag(key, str(row[_SHOWN]), str(row[_YEAR]), numbers)
            if tag:
                name = " ".join(dict.fromkeys(str(row[n]) for n in _NAMES if row[n]))
                shown = with_commas(numbers.find(tag).printed)
                found[key] = KeyNumber(tag, name, str(row[_YEAR]), shown, str(row[_UNIT]))
    return list(found.values())[:MOST]


def _tag(key: str, shown: str, year: str, numbers: Numbers) -> str:
    """The key, with a definition where it needs one, that finds the very number the figure shows.

    A number of an earlier year has none: the key is to find the newest one every year.
    """
    definitions = sorted({str(row["definition"]) for row in numbers.rows_of(key)})
    keys = [key, *(f"{key}@{name}" for name in definitions if name)] if definitions else []
    for tag in keys:
        sought = numbers.find(tag)
        same = with_commas(sought.printed) == with_commas(shown.replace(",", ""))
        if sought.printed and same and str(sought.year) == year and len(tag) <= TAG_LENGTH:
            return tag
    return ""
