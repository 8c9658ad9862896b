"""Progress of measures towards targets: 達成率, 進捗率, 必要ペース, a status in words, a grade.

No national formula exists; these are the ones of methods 4. The two rates are told apart by
what they are of: of the plan's target, and of the year's where a table has one. A number that
can be zero or negative has no 達成率 and no 前年度比; a target that is only a direction, or a
range, has no rate at all; where neither a baseline nor the description says which way is better,
nothing is judged.
"""

import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from statistics import NormalDist
from typing import Any

from helpers.edition.description import GRADED, Described, Measured, text_id
from helpers.edition.grades import Rule, Value
from helpers.indicators.rows import Row, indicator_row
from helpers.labels import label
from helpers.problems import InputError, Message
from helpers.reading.targets import DIRECTIONS, RANGE
from helpers.rounding import number

_PLAIN = Measured.model_validate({})  # nothing is said of it
NO_BAND = Message(
    "成果指標「{name}」の {year} 年度の数値が、基準「{rule}」のどの区分にも当たりません"
    "（{values}）",
    "どの値も、どれか1つの区分に当たる基準",
    "edition.yml の grades.{rule}.bands の境目（以上・より大きい）を確かめてください",
    en="no band of the rule “{rule}” holds for the measure “{name}” in {year} ({values}). → see "
    "whether the bands (>= or >) under grades.{rule} in edition.yml leave a hole",
)
NO_RULE = Message(
    "成果指標「{name}」の評価の基準「{rule}」が grades にありません",
    "{rules}",
    "rule の名前を直すか、grades に基準を書いてください",
    en="the rule “{rule}” of the measure “{name}” is not under grades. → there are {rules}",
)


@dataclass(frozen=True)
class Measurement:
    """One measure in one year: its baseline, targets and actual, as exact numbers.

    Attributes:
        baseline: None where the plan has none.
        target: the plan's; None where it is only a direction, a range, or not there.
        direction: ``up``, ``down``, ``keep``, ``within`` or, where nothing says it, empty.
        level_within: a change from the baseline of at most this counts as 横ばい, in the
            measure's unit; the sampling error of a survey, 0 for a count.
        year_target: the target of the year itself, where there is one beside the plan's.
        previous: the actual of the year before.
        bounds: the range that a measure is to keep within.
        signed: whether the measure can be zero or negative in some year: it has no 達成率.
        survey: whether it is measured by a survey.
    """

    baseline: Fraction | None
    actual: Fraction
    target: Fraction | None
    direction: str
    baseline_year: int
    year: int
    target_year: int
    level_within: Fraction = Fraction(0)
    year_target: Fraction | None = None
    previous: Fraction | None = None
    bounds: tuple[Fraction, Fraction] | None = None
    signed: bool = False
    survey: bool = False

    @property
    def of_the_year(self) -> "Measurement":
        """The same against the year's own target."""
        return replace(self, target=self.year_target, target_year=self.year)

    def better(self, difference: Fraction) -> Fraction:
        """A difference, positive where things improve."""
        return -difference if self.direction == "down" else difference


def attainment(m: Measurement) -> Fraction | None:
    """達成率 = actual / target × 100; only where higher is better and all three are positive."""
    if m.target is None or m.direction not in ("up", "keep") or m.signed:
        return None
    if min(m.actual, m.target, m.target if m.baseline is None else m.baseline) <= 0:
        return None
    return 100 * m.actual / m.target


def progress(m: Measurement) -> Fraction | None:
    """進捗率 = (actual − baseline) / (target − baseline) × 100; below 0 is a step back.

    Works in both directions, since the signs cancel; undefined where target = baseline.
    """
    if m.target is None or m.baseline is None or m.target == m.baseline:
        return None
    return 100 * (m.actual - m.baseline) / (m.target - m.baseline)


def pace(m: Measurement) -> Fraction | None:
    """必要ペース: the share of the way that a straight line to the target asks for by now."""
    if m.target is None or m.baseline is None or m.target == m.baseline:
        return None
    if m.target_year <= m.baseline_year:
        return None
    return Fraction(100 * (m.year - m.baseline_year), m.target_year - m.baseline_year)


def gap(m: Measurement) -> Fraction | None:
    """How far the actual is beyond the target, in the better direction; negative: short of it."""
    if m.bounds is not None:
        return min(m.actual - m.bounds[0], m.bounds[1] - m.actual)
    if m.target is None or not m.direction:
        return None
    return m.better(m.actual - m.target)


def quantities(m: Measurement) -> dict[str, Value]:
    """What the conditions of a rule may ask for (``grades.QUANTITIES``), but ``level``."""
    gain = None if m.baseline is None else m.actual - m.baseline
    change = None if m.previous is None else m.actual - m.previous
    judged = m.direction in ("up", "down", "keep")
    return {
        "attainment": attainment(m),
        "year_attainment": attainment(m.of_the_year),
        "progress": progress(m),
        "year_progress": progress(m.of_the_year),
        "pace": pace(m),
        "gap": gap(m),
        "gain": m.better(gain) if gain is not None and judged else None,
        "gain_rate": _rate(m, gain, m.baseline) if judged else None,
        "change": m.better(change) if change is not None and judged else None,
        "change_rate": _rate(m, change, m.previous) if judged else None,
        "error": m.level_within,
        "survey": m.survey,
    }


def _rate(m: Measurement, change: Fraction | None, before: Fraction | None) -> Fraction | None:
    """A change in % of where it began; of what can be zero or negative there is none."""
    if change is None or before is None or m.signed:
        return None
    if change == 0:
        return Fraction(0)
    return 100 * m.better(change) / before if before > 0 else None


def status(m: Measurement) -> str:
    """What may be said of the measure (methods 4), as an id of ``labels.py``."""
    share, needed = progress(m), pace(m)
    if m.direction == "within":
        beyond = gap(m)
        return "undefined" if beyond is None else "kept" if beyond >= 0 else "missed"
    if m.direction == "keep":
        return "kept" if m.target is None or m.actual >= m.target else "missed"
    if m.target is None and m.baseline is not None and m.direction:
        change = m.better(m.actual - m.baseline)
        if abs(change) <= m.level_within:
            return "level"
        return "improved" if change > 0 else "declined"
    if m.baseline is None and (beyond := gap(m)) is not None:
        return "achieved" if beyond >= 0 else "undefined"
    if share is None or needed is None:
        return "undefined"
    if share < 0:
        return "worse"
    if share >= 100:
        return "achieved"
    return "on_pace" if share >= needed else "behind"


def level_within(about: Described, shares: float = 3.0) -> dict[str, float]:
    """By measure, the change that is no change: as it is described, else by its unit.

    Args:
        about: what the edition describes.
        shares: in points, for measures in % of which the sampling error is not known (the width
            that Fukuoka's plan uses); under ``%``.
    """
    own = {name: one.level_within for name, one in about.measures.items() if one.level_within}
    return {"%": shares, **own}


def measurements(
    rows: Sequence[Row],
    level_within: Mapping[str, float] | None = None,
    about: Mapping[str, Measured] | None = None,
) -> Iterator[tuple[Measurement, Row, Row | None]]:
    """Each measure in each year with an actual, its row, and the row before it.

    Args:
        rows: rows of ``kpi`` with the categories baseline, actual and target, in any order.
        level_within: by measure or by unit, the change that counts as 横ばい.
        about: what is described of the measures.
    """
    for group in dict.fromkeys(str(row["group"]) for row in rows):
        own = [row for row in rows if row["group"] == group]
        told = (about or {}).get(group, _PLAIN)
        by_category = {
            name: sorted((row for row in own if row["category"] == name), key=_year)
            for name in ("baseline", "actual", "target")
        }
        baselines, targets = by_category["baseline"], by_category["target"]
        if not targets:
            continue
        start = baselines[0] if baselines else None
        plan = next((t for t in targets if _year(t) == told.target_year), targets[-1])
        signed = told.signed or any(value is not None and value <= 0 for value in map(_exact, own))
        previous = start
        for actual in by_category["actual"]:
            yearly = next((t for t in targets if t is not plan and _year(t) == _year(actual)), None)
            before = previous if previous and _year(actual) - _year(previous) == 1 else None
            within = _level_within(level_within or {}, told, actual, start)
            m = measurement(start, actual, plan, within, told)
            m = replace(
                m,
                year_target=_exact(yearly) if yearly else None,
                previous=_exact(before) if before else None,
                signed=signed,
            )
            yield m, actual, previous
            previous = actual


def progress_rows(
    rows: Sequence[Row],
    level_within: Mapping[str, float] | None = None,
    about: Mapping[str, Measured] | None = None,
) -> list[Row]:
    """Rates, change and status of every measure and every year with an actual.

    Args:
        rows: rows of ``kpi`` with the categories baseline, actual and target.
        level_within: by measure or by unit, the change that counts as 横ばい.
        about: what is described of the measures.

    Returns:
        Rows of ``kpi_attainment``, ``kpi_progress``, ``kpi_pace``, ``kpi_change``,
        ``kpi_status``; where the year has a target beside the plan's, ``kpi_year_attainment`` and
        ``kpi_year_progress``.
    """
    derived: list[Row] = []
    for m, actual, previous in measurements(rows, level_within, about):
        derived += _rows_of_year(m, actual)
        derived += _change_rows(previous, actual) if previous else []
    return derived


def grade_rows(
    rows: Sequence[Row],
    rules: Mapping[str, Rule],
    level_within: Mapping[str, float] | None = None,
    about: Mapping[str, Measured] | None = None,
) -> list[Row]:
    """The grade of every measure and every year with an actual, by the plan's own rule.

    Args:
        rows: rows of ``kpi`` with the categories baseline, actual and target.
        rules: the rules of ``edition.yml``; a measure names its own, else the first is its.
        level_within: by measure or by unit, the change that counts as 横ばい.
        about: what is described of the measures.

    Returns:
        Rows of ``kpi_grade``, ``printed`` being the grade.

    Raises:
        InputError: a rule leaves a hole between its bands, or a measure names no rule there is.
    """
    if not rules:
        return []
    problems, made = [], []
    for m, actual, _ in measurements(rows, level_within, about):
        name, year = str(actual["group"]), _year(actual)
        ident = (about or {}).get(name, _PLAIN).rule or next(iter(rules))
        if ident not in rules:
            known = "、".join(rules)
            problems.append(NO_RULE.at("edition.yml measures", name=name, rule=ident, rules=known))
            continue
        values = quantities(m)
        grade = rules[ident].grade(values)
        if grade is None:
            shown = ", ".join(
                f"{key} {float(value):.6g}"
                for key in rules[ident].uses
                if isinstance(value := values.get(key), Fraction)
            )
            words = {"name": name, "year": year, "rule": ident, "values": shown}
            problems.append(NO_BAND.at(f"edition.yml grades.{ident}", **words))
            continue
        made.append(indicator_row("kpi_grade", None, printed=grade, **_same(actual)))
    if problems:
        raise InputError(dict.fromkeys(problems))
    return made


def without_printed_grades(rows: Iterable[Row], graded: Iterable[Row]) -> list[Row]:
    """The rows of a document but the grades that its rule gives anew: a measure has one grade.

    Args:
        rows: rows of any indicators.
        graded: what ``grade_rows`` gave.
    """
    by_rule = set(map(of_measure, graded))
    return [r for r in rows if r["indicator"] != "kpi_grade" or of_measure(r) not in by_rule]


def of_measure(row: Row) -> tuple[str, int]:
    """The measure and the fiscal year that a row is of."""
    return str(row["group"]), _year(row)


def grade_counts(graded: Sequence[Row], about: Described, year: int) -> list[Row]:
    """How many measures have each grade, in all and by the 分野 of their 施策.

    Args:
        graded: rows of ``kpi_grade``.
        about: what the edition describes; without 施策 there is nothing to count by.
        year: the fiscal year to count.

    Returns:
        Rows of ``kpi_grade_count`` in the unit 指標, the grade being the category: of each grade
        that some measure has, zeros too. Measures without an actual of the year are ``missing``.
    """
    if not about.policies or not about.grades:
        return []
    told = {str(row["group"]): str(row["printed"]) for row in graded if _year(row) == year}
    first = next(iter(about.grades.values()))
    rules = [about.grades.get(one.rule, first) for one in about.measures.values()]
    found = [
        (about.policies[one.policy].field if one.policy else "", told.get(name, rule.missing))
        for (name, one), rule in zip(about.measures.items(), rules, strict=True)
    ]
    every = {grade for _, grade in found}
    grades = [g for g in dict.fromkeys(g for rule in rules for g in rule.grades) if g in every]
    fields = [field for field in dict.fromkeys(field for field, _ in found) if field]
    source = next((row["source"] for row in graded), "")
    same: dict[str, Any] = {"fiscal_year": year, "unit": "指標", "source": source}
    return [
        indicator_row(
            GRADED,
            Fraction(sum(g == grade and field in ("", f) for f, g in found)),
            breakdown="field" if field else "total",
            group=text_id(field) or "total",
            category=grade,
            **same,
        )
        for field in ["", *fields]
        for grade in grades
    ]


def _year(row: Row) -> int:
    return int(str(row["fiscal_year"]))


def _exact(row: Row) -> Fraction | None:
    """The number that a row prints; None for a direction or a range."""
    text = str(row["printed"])
    if text in DIRECTIONS or RANGE.fullmatch(text):
        return None
    return Fraction(number(text))


def _level_within(
    allowed: Mapping[str, float], told: Measured, actual: Row, start: Row | None
) -> Fraction:
    """What is no change: described, else the sampling error of both years, else by the unit."""
    group, unit = str(actual["group"]), unicodedata.normalize("NFKC", str(actual["unit"]))
    if group in allowed:
        return Fraction(str(allowed[group]))
    if unit == "%" and start is not None:
        error = sampling_error(
            (float(_exact(row) or 0), float(row.get("n", math.nan))) for row in (start, actual)
        )
        if error is not None:
            return Fraction(str(error))
    return Fraction(str(allowed.get(unit, 0) if not told.level_within else told.level_within))


def sampling_error(shares: Iterable[tuple[float, float]]) -> float | None:
    """Half the 95 % interval of the difference of two shares of independent random samples.

    1.96 √(p₁(100 − p₁)/n₁ + p₂(100 − p₂)/n₂), in points (methods 3.7); None without both n.

    Args:
        shares: percentage and number of people asked, twice.
    """
    variance = 0.0
    for share, n in shares:
        if not n > 0:
            return None
        variance += share * (100 - share) / n
    return _HALF * math.sqrt(variance)


_HALF = NormalDist().inv_cdf(0.975)


def measurement(
    baseline: Row | None,
    actual: Row,
    target: Row,
    level_within: Fraction = Fraction(0),
    told: Measured | None = None,
) -> Measurement:
    """Read the rows of a measure; the printed texts are the exact numbers.

    The direction is the described one, else that of an arrow, else from the baseline to the
    target; a target equal to its baseline is to be kept or bettered upwards, as it was.
    """
    told = told or _PLAIN
    start = None if baseline is None else _exact(baseline)
    now, goal, text = _exact(actual), _exact(target), str(target["printed"])
    assert now is not None
    bounds = None
    if match := RANGE.fullmatch(text):
        low, high = sorted(Fraction(number(end)) for end in match.groups())
        bounds = (low, high)
    elif told.within is not None:
        low, high = (Fraction(str(end)) for end in told.within)
        bounds = (low, high)
    direction = "within" if bounds else told.direction or DIRECTIONS.get(text, "")
    if not direction and goal is not None and start is not None:
        direction = "up" if goal >= start else "down"
    base_year = _year(baseline) if baseline is not None else _year(actual)
    return Measurement(
        start, now, None if bounds else goal, direction, base_year, _year(actual), _year(target),
        level_within, bounds=bounds, survey=told.survey,
    )  # fmt: skip


def _same(actual: Row) -> dict[str, Any]:
    return {name: actual[name] for name in ("fiscal_year", "breakdown", "group", "source")}


def _rows_of_year(m: Measurement, actual: Row) -> list[Row]:
    same = _same(actual)
    rates = (
        ("kpi_attainment", attainment(m)),
        ("kpi_progress", progress(m)),
        ("kpi_pace", pace(m)),
        ("kpi_year_attainment", attainment(m.of_the_year)),
        ("kpi_year_progress", progress(m.of_the_year)),
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
