"""Numbers that stand together must be possible together: limits, sums, a whole and its groups.

What is typed off a document is held against itself before anything is computed from it. A range
of rounding is allowed for every printed number: five shares with one decimal each may sum to
anything from 99.75 to 100.25.
"""

import itertools
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from helpers.bands import BANDS
from helpers.edition import PrintedTable
from helpers.intervals import Interval
from helpers.problems import Message, Problem
from helpers.rounding import decimals_of, number, printed

Row = dict[str, Any]

ANSWERS = ("positive", "neutral", "negative")
POINTS = tuple(BANDS)
BASE = "base"
"""The indicator by which edition.yml names a printed number of respondents."""
SHARE, MEAN = "%", "点"
_NO_PARTS = ("peer", "partner")  # breakdowns beside the whole, not within it
_FEWEST = 4  # numbers beside one another, before one of them stands out
_RANGE = re.compile(r"(?:under_(?P<under>\d+)|(?P<from>\d+)-(?P<to>\d+)|(?P<over>\d+)\+)")

OUT_OF_SCALE = Message(
    "「{text}」が {low}〜{high} の外です",
    "{low}〜{high} の数値",
    "文書の印刷と見比べてください。正しいなら edition.yml のこの表の scale を直してください",
    "“{text}” is outside {low}–{high}. → compare with the document; if it is right, mend scale of "
    "this table in edition.yml",
)
SLIPPED = Message(
    "「{text}」だけが、同じ表のほかの {count} 個（{low}〜{high}）と桁か数字の並びが違います",
    "{guess} など",
    "文書の印刷と見比べてください。正しいなら edition.yml のこの表に scale: [最小, 最大] と書いて"
    "ください",
    "“{text}” stands alone beside the {count} others of its table ({low}–{high}), as if digits had "
    "slipped ({guess}?). → compare with the document; if it is right, write scale: [least, most] "
    "at this table in edition.yml",
)
NOT_A_HUNDRED = Message(
    "割合 {shares} の合計は、端数処理を考えても 100 になりません（{low}〜{high}）",
    "合計 100（{low}〜{high} に 100 が入ること）",
    "打ち間違いか、抜けた区分がないか確かめてください",
    "the shares {shares} cannot sum to 100 even with rounding ({low}–{high}). → look for a "
    "mistyped or missing one",
)
NEARLY_A_HUNDRED = Message(
    "割合 {shares} の合計は 100 に近いのに、端数処理では 100 になりません（{low}〜{high}）",
    remedy="打ち間違いがないか確かめてください。1つだけ選ぶ設問なら、edition.yml のこの表に "
    "shares: [区分, …] と書くと必ず確かめます",
    en="the shares {shares} are close to 100 together, but rounding does not explain the rest "
    "({low}–{high}). → look for a mistyped one; where people choose one only, name the categories "
    "under shares of this table in edition.yml",
    severity="warning",
)
OVER_A_HUNDRED = Message(
    "割合 {shares} の合計は、端数処理を考えても 100 を超えます（{low} 以上）",
    "合計 100 以下",
    "打ち間違いがないか、複数回答でないか確かめてください",
    "the shares {shares} exceed 100 even with rounding (at least {low}). → look for a mistyped one",
)
IMPOSSIBLE_BASE = Message(
    "割合 {share} は、回答者数 {n} からは出ません（近いのは {near}）",
    "{n} 人中の何人かの割合",
    "割合か回答者数の写し間違いです。重み付けした割合なら、edition.yml のこの表に weighted: true と"
    "書いてください（printed_tables.csv の表なら base を外す）",
    "the share {share} cannot come from a base of {n} (nearest: {near}). → one of the two is "
    "mistyped; if the shares are weighted, write weighted: true at this table in edition.yml (in "
    "printed_tables.csv, take base out)",
)
IMPOSSIBLE_BASES = Message(
    "割合 {shares} のどれも単独では出ますが、合わせて回答者数 {n} になる人数がありません",
    remedy="割合か回答者数の写し間違いがないか確かめてください",
    en="no counts out of {n} give all of {shares}. → look for a mistyped share or base",
    severity="warning",
)
OUTSIDE_GROUPS = Message(
    "全体の「{text}」が、区分 {breakdown} の {low}〜{high} の外です",
    "全体は、区分の最小と最大の間",
    "全体か区分のどれかの写し間違いです。どの区分にも入らない人がいるなら、edition.yml のこの表に "
    "covers: false と書いてください",
    "the whole, “{text}”, is outside its groups by {breakdown} ({low}–{high}). → one of them is "
    "mistyped; if people are in no group, write covers: false at this table in edition.yml",
)
MAYBE_OUTSIDE = Message(
    "全体の「{text}」が、区分 {breakdown} の {low}〜{high} の外です",
    remedy="区分がこれですべてなら、どれかの写し間違いです。すべてでないなら、edition.yml の"
    "この表に covers: false と書いてください",
    en="the whole, “{text}”, is outside its groups by {breakdown} ({low}–{high}). → if these are "
    "all groups, one is mistyped; if not, write covers: false at this table in edition.yml",
    severity="warning",
)


def inconsistent(rows: Sequence[Row], tables: dict[str, PrintedTable]) -> Iterator[Problem]:
    """Everything about printed numbers that cannot be, or hardly.

    Args:
        rows: printed numbers with their keys, ``printed``, ``unit``, ``table`` and ``where``.
        tables: what edition.yml says of the tables.
    """
    known = [row for row in rows if row["value"] == row["value"]]
    alone = [*_limits(known), *_slips(known)]
    yield from alone
    wrong = {problem.where for problem in alone}  # said once, and not again through its sums
    rest = [row for row in known if row["where"] not in wrong]
    yield from _sums(rest, tables)
    yield from _wholes(rest, tables)


def _said(row: Row) -> str:
    """The number as it stands in the file."""
    return str(row.get("text") or row["printed"])


def unit_of(row: Row) -> str:
    """The unit in one spelling: ``％`` is ``%``."""
    return unicodedata.normalize("NFKC", str(row["unit"])).strip()


def _limits(rows: Iterable[Row]) -> Iterator[Problem]:
    """Numbers outside the scale that edition.yml gives; shares are from 0 to 100."""
    for row in rows:
        scale = row.get("scale") or ((0, 100) if unit_of(row) == SHARE else None)
        if scale and not scale[0] <= float(row["value"]) <= scale[1]:
            words = {"text": _said(row), "low": f"{scale[0]:g}", "high": f"{scale[1]:g}"}
            yield OUT_OF_SCALE.at(str(row["where"]), **words)


def _slips(rows: Iterable[Row]) -> Iterator[Problem]:
    """One number of a column far from all others, that a slip of digits would bring among them."""
    columns: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    names = ("table", "indicator", "category", "definition")
    for row in rows:
        if decimals_of(str(row["printed"])) and not row.get("scale"):
            columns[(*(row[name] for name in names), unit_of(row))].append(row)
    for column in columns.values():
        for row in column if len(column) > _FEWEST else ():
            others = [float(one["value"]) for one in column if one is not row]
            low, high, value = min(others), max(others), float(row["value"])
            if low <= 0 or low / 2 <= value <= high * 2:
                continue
            fits = [text for text in _near(str(row["printed"])) if low <= float(text) <= high]
            if fits:
                words = {"low": f"{low:g}", "high": f"{high:g}", "count": len(others)}
                where = str(row["where"])
                yield SLIPPED.at(where, text=_said(row), guess=fits[0], **words)


def _near(text: str) -> Iterator[str]:
    """What a number may have been before a slip: the point moved, or two neighbours swapped."""
    whole, _, part = text.partition(".")
    digits = whole + part
    if not digits.isascii() or not digits.isdigit():
        return
    for at in range(1, len(digits)):
        if at != len(whole):
            yield f"{digits[:at]}.{digits[at:]}"
    yield f"0.{digits}"
    yield digits
    for at in range(len(digits) - 1):
        swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        yield f"{swapped[: len(whole)]}.{swapped[len(whole) :]}"


def _sums(rows: Iterable[Row], tables: dict[str, PrintedTable]) -> Iterator[Problem]:
    """Shares of the same people, by the categories that exclude each other."""
    sets: dict[tuple[Any, ...], dict[str, Row]] = defaultdict(dict)
    bases: dict[tuple[object, ...], int] = {}
    for row in rows:
        people = tuple(row[n] for n in ("table", "breakdown", "group", "fiscal_year"))
        indicator, category = str(row["indicator"]), str(row["category"])
        if indicator == BASE:
            bases[*people, category] = int(float(row["value"]))
        elif unit_of(row) == SHARE and indicator in POINTS:
            sets[(*people, "points", category)][indicator] = row
        elif unit_of(row) == SHARE and category:
            sets[(*people, "answers", indicator)][category] = row
    for key, held in sets.items():
        table = tables.get(str(key[0]))
        together = table.shares if table and table.shares else None
        parts = _exclusive(held, together, key[4] == "points")
        complete = set(parts) in ({*ANSWERS}, {*POINTS}, {*(together or ())})
        if parts:
            where, texts = str(parts[next(iter(parts))]["where"]), _texts(parts)
            table = tables.get(str(key[0]))
            own = bases.get((*key[:4], key[5]), bases.get((*key[:4], "")))
            base = None if table and table.weighted else own
            yield from judge(where, texts, base, complete)
    yield from _unlike_the_others(
        {k: held for k, held in sets.items() if not _exclusive(held, None, k[4] == "points")
         and not (k[0] in tables and tables[k[0]].shares)}
    )  # fmt: skip


def _exclusive(held: dict[str, Row], together: list[str] | None, points: bool) -> dict[str, Row]:
    """The shares of which each person is in one only, as far as that is known."""
    names = together or (POINTS if points else ANSWERS)
    return {name: row for name, row in held.items() if name in names}


def _unlike_the_others(sets: dict[tuple[Any, ...], dict[str, Row]]) -> Iterator[Problem]:
    """Options of which nothing is said: where most groups sum to 100, all of them must.

    A single set is only warned of where it comes close: several answers may sum to anything.
    """
    families: dict[tuple[object, ...], list[dict[str, Row]]] = defaultdict(list)
    for key, held in sets.items():
        if len(held) > 1:
            families[key[0], key[5], frozenset(held)].append(held)
    for family in families.values():
        off = [held for held in family if 100 not in total(_texts(held))]
        most = len(family) >= 3 and len(off) * 3 <= len(family)
        for held in off:
            low, high = total(_texts(held)).low, total(_texts(held)).high
            close = len(held) > 2 and high >= 97 and low <= 103
            if most or close:
                words = {"shares": ", ".join(_texts(held)), "low": _end(low), "high": _end(high)}
                where = str(next(iter(held.values()))["where"])
                yield (NOT_A_HUNDRED if most else NEARLY_A_HUNDRED).at(where, **words)


def _texts(held: dict[str, Row]) -> list[str]:
    return [str(row["printed"]) for row in held.values()]


def total(texts: Iterable[str]) -> Interval:
    """What printed numbers sum to: half a unit of the last digit either way for each."""
    found = Interval.exactly(0)
    for text in texts:
        found += Interval.of_printed(text)
    return found


def judge(where: str, texts: list[str], base: int | None, complete: bool) -> Iterator[Problem]:
    """What is impossible about the shares of one row.

    Args:
        where: of the first of them.
        texts: the shares as printed, each person in one of them at most.
        base: how many people they are of, where that is printed.
        complete: whether everybody is in one of them.
    """
    whole = total(texts)
    words = {"shares": ", ".join(texts), "low": _end(whole.low), "high": _end(whole.high)}
    if whole.low > 100 or (whole.low == 100 and not whole.low_closed):
        yield (NOT_A_HUNDRED if complete else OVER_A_HUNDRED).at(where, **words)
    elif complete and 100 not in whole:
        yield NOT_A_HUNDRED.at(where, **words)
    elif base:
        yield from _judge_base(where, texts, base, complete)


def counts(text: str, base: int) -> range:
    """The counts out of a base that print as a share (GRIM); none where it is impossible.

    48.0 % is not possible of 51 people. It holds for unweighted shares of one base.
    """
    share = Interval.of_printed(text)
    low, high = math.ceil(share.low * base / 100), math.floor(share.high * base / 100)
    fit = [k for k in range(low, high + 1) if Fraction(100 * k, base) in share]
    return range(fit[0], fit[-1] + 1) if fit else range(0)


def _judge_base(where: str, texts: list[str], base: int, complete: bool) -> Iterator[Problem]:
    possible = [counts(text, base) for text in texts]
    for text, fit in zip(texts, possible, strict=True):
        if not fit:
            near = Fraction(100 * round(float(text) * base / 100), base)
            words = {"share": text, "n": base, "near": printed(near, decimals_of(text))}
            yield IMPOSSIBLE_BASE.at(where, **words)
    if all(possible):
        low, high = sum(fit[0] for fit in possible), sum(fit[-1] for fit in possible)
        if low > base or (complete and high < base):
            yield IMPOSSIBLE_BASES.at(where, shares=", ".join(texts), n=base)


def _wholes(rows: Iterable[Row], tables: dict[str, PrintedTable]) -> Iterator[Problem]:
    """A share or a mean of all people lies between those of the groups that make them up."""
    numbers: dict[tuple[object, ...], dict[str, dict[str, Row]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    bases: dict[tuple[object, ...], dict[str, dict[str, int]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for row in rows:
        breakdown, group = str(row["breakdown"]), str(row["group"])
        if row["indicator"] == BASE:
            bases[row["table"], row["fiscal_year"]][breakdown][group] = int(float(row["value"]))
        elif unit_of(row) in (SHARE, MEAN):
            names = ("indicator", "category", "fiscal_year", "definition")
            numbers[tuple(row[n] for n in names)][breakdown].setdefault(group, row)
    for by in numbers.values():
        (whole,) = by.get("total", {}).values() or (None,)
        for breakdown, groups in by.items():
            if whole is None or breakdown in ("total", *_NO_PARTS) or len(groups) < 2:
                continue
            said = [tables.get(str(row["table"])) for row in (whole, *groups.values())]
            if any(table is not None and table.covers is False for table in said):
                continue
            ends = [Interval.of_printed(str(row["printed"])) for row in groups.values()]
            low, high = min(e.low for e in ends), max(e.high for e in ends)
            own = Interval.of_printed(str(whole["printed"]))
            if own.high > low and own.low < high:
                continue
            table = next(iter(groups.values()))["table"]
            counted = bases.get((table, whole["fiscal_year"]), {})
            covered = _covered(list(groups), counted, breakdown)
            if covered is not False:
                printed_texts = sorted((str(r["printed"]) for r in groups.values()), key=number)
                words = {"low": printed_texts[0], "high": printed_texts[-1]}
                words |= {"text": _said(whole), "breakdown": breakdown}
                message = OUTSIDE_GROUPS if covered else MAYBE_OUTSIDE
                yield message.at(str(whole["where"]), **words)


def _covered(groups: list[str], bases: dict[str, dict[str, int]], breakdown: str) -> bool | None:
    """Whether everybody is in one of the groups; None where that cannot be told.

    It can by their printed bases, and by classes that follow one another up to an open end.
    """
    everybody = bases.get("total", {}).values()
    own = bases.get(breakdown, {})
    if everybody and all(group in own for group in groups):
        return sum(own[group] for group in groups) == next(iter(everybody))
    matches = [_RANGE.fullmatch(group) for group in groups]
    classes = [match for match in matches if match]
    if len(classes) < len(groups):
        return None if not classes else False
    ends = sorted(
        (
            0 if m["under"] else int(m["from"] or m["over"]),
            int(m["under"] or m["to"] or 1000),
        )
        for m in classes
    )
    follow = all(b[0] - a[1] in (0, 1) for a, b in itertools.pairwise(ends))
    return follow and ends[0][0] <= 20 and ends[-1][1] == 1000


def _end(value: Fraction) -> str:
    return f"{float(value):g}"
