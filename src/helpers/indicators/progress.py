"""Progress of indicators towards targets: 達成率, 進捗率, 必要ペース, and a status in words.

No national formula exists; these are the ones of methods 4. A number that can be zero or
negative has no 達成率 and no 前年度比; a target that is only a direction has no rate at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from helpers.indicators.rows import Row, indicator_row
from helpers.labels import label
from helpers.rounding import number

DIRECTIONS: Mapping[str, str] = {"↗": "up", "↘": "down", "→": "keep"}


@dataclass(frozen=True)
class Measurement:
    """One indicator in one year: its baseline, target and actual, as exact numbers.

    Attributes:
        target: None where the target is only a direction.
        direction: ``up``, ``down`` or ``keep``.
        level_within: a change from the baseline of at most this counts as 横ばい, in the
            indicator's unit; the sampling error of a survey, 0 for a count.
    """

    baseline: Fraction
    actual: Fraction
    target: Fraction | None
    direction: str
    baseline_year: int
    year: int
    target_year: int
    level_within: Fraction = Fraction(0)


def attainment(m: Measurement) -> Fraction | None:
    """達成率 = actual / target × 100; only where higher is better and all three are positive."""
    if m.target is None or m.direction == "down" or min(m.baseline, m.actual, m.target) <= 0:
        return None
    return 100 * m.actual / m.target


def progress(m: Measurement) -> Fraction | None:
    """進捗率 = (actual − baseline) / (target − baseline) × 100; below 0 is a step back.

    Works in both directions, since the signs cancel; undefined where target = baseline.
    """
    if m.target is None or m.target == m.baseline:
        return None
    return 100 * (m.actual - m.baseline) / (m.target - m.baseline)


def pace(m: Measurement) -> Fraction | None:
    """必要ペース: the share of the way that a straight line to the target asks for by now."""
    if m.target is None or m.target == m.baseline:
        return None
    return Fraction(100 * (m.year - m.baseline_year), m.target_year - m.baseline_year)


def status(m: Measurement) -> str:
    """What may be said of the indicator (methods 4), as an id of ``labels.py``."""
    share, needed = progress(m), pace(m)
    if m.direction == "keep":
        return "kept" if m.target is None or m.actual >= m.target else "missed"
    if m.target is None:
        change = m.actual - m.baseline
        if abs(change) <= m.level_within:
            return "level"
        return "improved" if (change > 0) == (m.direction == "up") else "declined"
    if share is None or needed is None:
        return "undefined"
    if share < 0:
        return "worse"
    if share >= 100:
        return "achieved"
    return "on_pace" if share >= needed else "behind"


def progress_rows(rows: list[Row], level_within: Mapping[str, float] | None = None) -> list[Row]:
    """Rates, change and status of every indicator and every year with an actual.

    Args:
        rows: rows of ``kpi`` with the categories baseline, actual and target.
        level_within: by indicator, the change that counts as 横ばい.

    Returns:
        Rows of ``kpi_attainment``, ``kpi_progress``, ``kpi_pace``, ``kpi_change``, ``kpi_status``.
    """
    derived: list[Row] = []
    for group in dict.fromkeys(str(row["group"]) for row in rows):
        own = [row for row in rows if row["group"] == group]
        by_category = {
            name: [row for row in own if row["category"] == name]
            for name in ("baseline", "actual", "target")
        }
        if not (by_category["baseline"] and by_category["target"]):
            continue
        within = Fraction(str((level_within or {}).get(group, 0)))
        previous = by_category["baseline"][0]
        for actual in sorted(by_category["actual"], key=lambda row: int(str(row["fiscal_year"]))):
            m = measurement(by_category["baseline"][0], actual, by_category["target"][0], within)
            derived += _rows_of_year(m, actual) + _change_rows(previous, actual)
            previous = actual
    return derived


def measurement(
    baseline: Row,
    actual: Row,
    target: Row,
    level_within: Fraction = Fraction(0),
) -> Measurement:
    """Read the three rows of an indicator; the printed texts are the exact numbers."""
    start, now = (Fraction(number(str(row["printed"]))) for row in (baseline, actual))
    text = str(target["printed"])
    goal = None if text in DIRECTIONS else Fraction(number(text))
    direction = DIRECTIONS.get(text) or ("up" if goal is None or goal >= start else "down")
    years = (int(str(row["fiscal_year"])) for row in (baseline, actual, target))
    base_year, year, target_year = years
    return Measurement(start, now, goal, direction, base_year, year, target_year, level_within)


def _rows_of_year(m: Measurement, actual: Row) -> list[Row]:
    same = {name: actual[name] for name in ("fiscal_year", "breakdown", "group", "source")}
    rates = (
        ("kpi_attainment", attainment(m)),
        ("kpi_progress", progress(m)),
        ("kpi_pace", pace(m)),
    )
    rows = [
        indicator_row(name, rate, 1, unit="%", **same) for name, rate in rates if rate is not None
    ]
    return [*rows, indicator_row("kpi_status", None, printed=label(status(m)), **same)]


def _change_rows(before: Row, after: Row) -> list[Row]:
    """Against the previous known year: points for a share, else the ratio in % (136 = ×1.36)."""
    old, new = (Fraction(number(str(row["printed"]))) for row in (before, after))
    same = {name: after[name] for name in ("fiscal_year", "breakdown", "group", "source")}
    if int(str(after["fiscal_year"])) - int(str(before["fiscal_year"])) != 1:
        return []
    if after["unit"] == "%":
        return [
            indicator_row("kpi_change", new - old, 1, unit="ポイント", definition="points", **same)
        ]
    if old <= 0:
        return []
    return [indicator_row("kpi_change", 100 * new / old, 1, unit="%", definition="ratio", **same)]
